"""The monthly mail: through a real mail server, without figures, once, and stopped in one click."""

import re
import socket
from datetime import UTC, date, datetime
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from rapportage import abonnement, tasks
from rapportage.models import Abonnement, Publicatie, Samenvatting
from tests import factories

pytestmark = pytest.mark.django_db
EERSTE_WERKDAG = date(2026, 6, 1)  # a Monday


class Brievenbus(Message):
    """Keeps what a server received."""

    def __init__(self):
        super().__init__()
        self.berichten = []

    def handle_message(self, message):
        self.berichten.append(message_from_bytes(message.as_bytes(), policy=policy.default))


@pytest.fixture
def mailserver(settings):
    """A real SMTP server on a free port of this machine."""
    brievenbus = Brievenbus()
    with socket.create_server(("127.0.0.1", 0)) as vrij:
        port = vrij.getsockname()[1]
    controller = Controller(brievenbus, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    yield brievenbus
    controller.stop()


@pytest.fixture
def lezer(coordinator):
    """A coordinator who asked for the mail long ago."""
    type(coordinator).objects.update(first_name="Marieke")
    coordinator.refresh_from_db()
    abonnement.subscribe(coordinator)
    Abonnement.objects.update(sinds=datetime(2026, 1, 1, tzinfo=UTC))
    return coordinator


def tick(*moment):
    """The worker's clock says this, in UTC."""
    tasks.mail_month(timestamp=int(datetime(*moment, tzinfo=UTC).timestamp()))


def queued():
    return ProcrastinateJob.objects.filter(task_name="rapportage.send_summary")


def send_queued():
    for job in queued():
        tasks.send_summary(**job.args)


@pytest.mark.parametrize(
    ("moment", "aantal"),
    [
        ((2026, 6, 1, 7), 1),  # nine o'clock in summer
        ((2026, 6, 1, 8), 0),
        ((2026, 5, 1, 7), 1),  # a Friday
        ((2026, 8, 1, 7), 0),  # a Saturday
        ((2026, 8, 3, 7), 1),
        ((2026, 12, 1, 8), 1),  # nine o'clock in winter
        ((2027, 1, 1, 8), 0),  # New Year
        ((2027, 1, 4, 8), 1),
        ((2026, 6, 15, 7), 0),
    ],
)
def test_goes_at_nine_on_the_first_working_day(lezer, moment, aantal):
    tick(*moment)
    assert queued().count() == aantal


def test_a_worker_that_was_off_catches_up_once(lezer):
    tick(2026, 6, 3, 7)
    tick(2026, 6, 4, 7)
    assert queued().count() == 1


def test_who_asks_after_the_mail_went_waits_for_next_month(coordinator):
    abonnement.subscribe(coordinator)
    Abonnement.objects.update(sinds=datetime(2026, 6, 2, 12, 0, tzinfo=UTC))
    tick(2026, 6, 3, 7)
    assert queued().count() == 0
    tick(2026, 7, 1, 7)
    assert queued().count() == 1


def test_holds_links_and_no_figure(lezer, mailserver):
    for _ in range(37):
        factories.VraagFactory(moment=datetime(2026, 5, 12, 10, 0, tzinfo=UTC))
    tick(2026, 6, 1, 7)
    send_queued()
    (bericht,) = mailserver.berichten
    assert bericht["to"] == lezer.email
    assert bericht["subject"] == "Infopunt: de cijfers van mei 2026 staan klaar"
    for soort in ("plain", "html"):
        tekst = bericht.get_body((soort,)).get_content()
        assert "https://infopunt.example/rapportage/?periode=vorige_maand" in tekst
        assert "https://infopunt.example/rapportage/ido/" in tekst
        zonder_links = re.sub(r"https?://\S+|<[^>]+>", "", tekst)
        assert re.findall(r"\d+", zonder_links) == ["2026"]
    assert not re.search(r"<(img|link|script|iframe)|src=|url\(", bericht.get_body(("html",)).get_content())


def test_a_job_run_twice_sends_once(lezer, mailserver):
    tick(2026, 6, 1, 7)
    send_queued()
    send_queued()
    assert len(mailserver.berichten) == 1


def test_a_server_that_is_down_is_tried_again(lezer, mailserver, settings):
    poort, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    tick(2026, 6, 1, 7)
    with pytest.raises(OSError, match="refused"):
        send_queued()
    assert Samenvatting.objects.get().verzonden_op is None
    settings.EMAIL_PORT = poort
    send_queued()
    assert len(mailserver.berichten) == 1


def test_a_worker_that_dies_after_sending_repeats_the_same_message(lezer, mailserver, monkeypatch):
    """The mail is out and nothing was written down: the second copy has the same id, so a mailbox can tell."""

    class Dood(BaseException):
        pass

    def die():
        raise Dood

    tick(2026, 6, 1, 7)
    with monkeypatch.context() as patch:
        patch.setattr("rapportage.tasks.timezone.now", die)
        with pytest.raises(Dood):
            send_queued()
    send_queued()
    assert [b["message-id"] for b in mailserver.berichten] == [mailserver.berichten[0]["message-id"]] * 2


@pytest.mark.parametrize(
    "anders", [{"is_active": False}, {"rol": "vrijwilliger"}, {"rol": "partner"}, {"email": ""}]
)
@pytest.mark.parametrize("na_klaarzetten", [True, False])
def test_who_left_or_changed_role_gets_none(lezer, mailserver, anders, na_klaarzetten):
    if na_klaarzetten:
        tick(2026, 6, 1, 7)
    type(lezer).objects.filter(pk=lezer.pk).update(**anders)
    tick(2026, 6, 2, 7)
    send_queued()
    assert mailserver.berichten == []


def stop_link(mailserver):
    (bericht,) = mailserver.berichten
    (adres,) = re.findall(r"<https://infopunt.example(\S+)>", bericht["list-unsubscribe"])
    assert bericht["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    assert adres in bericht.get_body(("plain",)).get_content()
    return adres


def test_the_link_asks_and_a_post_stops(lezer, mailserver):
    tick(2026, 6, 1, 7)
    send_queued()
    adres = stop_link(mailserver)
    bezoeker = Client(enforce_csrf_checks=True)
    assert "Wil je de maandmail stoppen?" in bezoeker.get(adres).content.decode()
    assert Abonnement.objects.exists()
    response = bezoeker.post(adres, {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert "Je krijgt deze mail niet meer" in response.content.decode()
    assert response["Referrer-Policy"] == "no-referrer"
    assert not Abonnement.objects.exists()


def test_stopping_between_queue_and_mail_stops_the_mail(lezer, mailserver):
    tick(2026, 6, 1, 7)
    abonnement.unsubscribe(lezer)
    send_queued()
    assert mailserver.berichten == []


def test_an_old_link_does_not_stop_a_new_subscription(lezer):
    oud = abonnement.stop_token(Abonnement.objects.get())
    abonnement.unsubscribe(lezer)
    abonnement.subscribe(lezer)
    Client().post(f"/rapportage/stoppen/{oud}/")
    assert Abonnement.objects.exists()


@pytest.mark.parametrize("token", ["onzin", "onzin:onzin:onzin"])
def test_a_forged_link_stops_nothing(lezer, token):
    response = Client().post(f"/rapportage/stoppen/{token}/")
    assert "Je krijgt deze mail niet meer" in response.content.decode()
    assert Abonnement.objects.exists()


def test_asking_and_stopping_on_the_page(coordinator, as_user):
    coordinatie = as_user(coordinator)
    for _ in range(2):
        coordinatie.post("/rapportage/samenvatting/")
    assert Abonnement.objects.get().medewerker == coordinator
    assert "Staat aan" in coordinatie.get("/rapportage/samenvatting/").content.decode()
    coordinatie.post("/rapportage/samenvatting/", {"stop": "ja"})
    assert not Abonnement.objects.exists()


def test_without_an_address_there_is_no_mail(coordinator, as_user):
    type(coordinator).objects.update(email="")
    coordinatie = as_user(coordinator)
    coordinatie.post("/rapportage/samenvatting/")
    assert not Abonnement.objects.exists()
    assert "staat geen mailadres" in coordinatie.get("/rapportage/samenvatting/").content.decode()


def test_every_night_quarters_are_published_while_somebody_may_look(monkeypatch):
    echt = timezone.localdate
    monkeypatch.setattr(timezone, "localdate", lambda *m: echt(*m) if m else date(2026, 6, 1))
    factories.VraagFactory(moment=datetime(2026, 2, 2, 10, 0, tzinfo=UTC))
    tasks.publish_quarters(timestamp=0)
    assert not Publicatie.objects.exists()
    factories.BuitenlinkFactory(geldig_tot=date(2026, 6, 1))
    tasks.publish_quarters(timestamp=0)
    assert [p.code for p in Publicatie.objects.all()] == ["2026-K1"]
