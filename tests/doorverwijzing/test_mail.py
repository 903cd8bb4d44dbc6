"""The mail to a partner: through a real mail server, with a link, without the visitor."""

import re
import socket
from contextlib import contextmanager
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from django.test import Client

from doorverwijzing import actions, tasks
from doorverwijzing.models import Partnerlink, Status
from tests.doorverwijzing.conftest import NAAM

pytestmark = pytest.mark.django_db


class Brievenbus(Message):
    """Keeps what a server received."""

    def __init__(self):
        super().__init__()
        self.berichten = []

    def handle_message(self, message):
        self.berichten.append(message_from_bytes(message.as_bytes(), policy=policy.default))


@contextmanager
def serve(settings, brievenbus):
    """A real SMTP server on a free port of this machine, to which mail goes."""
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
def mailserver(settings):
    with serve(settings, Brievenbus()) as brievenbus:
        yield brievenbus


def send(verwijzing):
    tasks.send_mail(doorverwijzing_id=str(verwijzing.pk))
    verwijzing.refresh_from_db()


def test_arrives_with_a_link_that_works(mailserver, verwijzing):
    send(verwijzing)
    (bericht,) = mailserver.berichten
    assert bericht["to"] == "cees@partner.example"
    assert verwijzing.infopunt.email in bericht["from"]
    assert verwijzing.kenmerk in bericht["subject"]
    assert verwijzing.verzonden_op is not None
    tekst = bericht.get_body(("plain",)).get_content()
    (pad,) = re.findall(r"https://infopunt.example(/d/\S+/)", tekst)
    assert NAAM in Client().get(pad).content.decode()
    assert pad in bericht.get_body(("html",)).get_content()


def test_says_nothing_about_the_visitor(mailserver, verwijzing):
    send(verwijzing)
    alles = mailserver.berichten[0].as_string() + "".join(
        deel.get_content() for deel in mailserver.berichten[0].walk() if deel.get_content_maintype() == "text"
    )
    for geheim in ("Merkteken", "Zwaantje", "0529 551 234", "551234", "brieven"):
        assert geheim not in alles


def test_loads_nothing_from_anywhere(mailserver, verwijzing):
    send(verwijzing)
    html = mailserver.berichten[0].get_body(("html",)).get_content()
    assert not re.search(r"<(img|link|script|iframe)|src=|url\(", html)


def test_server_down_loses_nothing(verwijzing, settings, mailserver):
    poort, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    with pytest.raises(OSError, match="refused"):
        send(verwijzing)
    verwijzing.refresh_from_db()
    assert verwijzing.verzonden_op is None
    settings.EMAIL_PORT = poort
    send(verwijzing)
    assert len(mailserver.berichten) == 1


def test_a_job_run_twice_sends_once(mailserver, verwijzing):
    send(verwijzing)
    send(verwijzing)
    assert len(mailserver.berichten) == 1


def test_nothing_is_sent_for_what_has_ended(mailserver, verwijzing):
    actions.report(doorverwijzing=verwijzing, afloop=actions.Afloop(Status.INGETROKKEN), door="balie")
    send(verwijzing)
    assert mailserver.berichten == []
    assert not Partnerlink.objects.exists()


def test_an_unknown_referral_is_no_error(mailserver):
    tasks.send_mail(doorverwijzing_id="00000000-0000-4000-8000-000000000000")
    assert mailserver.berichten == []


def test_pauses_grow_to_an_hour_and_never_end():
    class Job:
        attempts = 0

    def pause(attempts):
        job = Job()
        job.attempts = attempts
        decision = tasks.UntilItWorks().get_retry_decision(exception=OSError(), job=job)
        return round((decision.retry_at - before).total_seconds())

    from django.utils import timezone

    before = timezone.now()
    assert [pause(n) for n in (0, 1, 2, 20, 500)] == [10, 20, 40, 3600, 3600]
