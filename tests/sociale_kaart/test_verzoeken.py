"""Asking organisations whether all is still right: whom, when, and through a real mail server."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from sociale_kaart import tasks, verzoeken
from sociale_kaart.models import Controleverzoek, Groep, Invoer, Voorstel
from tests import factories
from tests.doorverwijzing.test_mail import mailserver  # noqa: F401

pytestmark = pytest.mark.django_db

NU = timezone.now()


@pytest.fixture
def organisatie():
    organisatie = factories.OrganisatieFactory(naam="De Kern", email="info@dekern.example")
    factories.AanbodFactory(organisatie=organisatie, naam="Taalcafé")
    return organisatie


def queued():
    return ProcrastinateJob.objects.filter(task_name="sociale_kaart.send_controleverzoek").count()


class TestWhom:
    def test_who_has_something_due(self, organisatie):
        klaar = factories.AanbodFactory()
        for groep in Groep.values:
            factories.ControleFactory(aanbod=klaar, groep=groep)
        assert list(verzoeken.to_ask(NU)) == [organisatie]

    @pytest.mark.parametrize(
        "wat",
        [
            {"email": ""},
            {"gearchiveerd_op": NU},
        ],
    )
    def test_not_without_address_or_from_the_archive(self, organisatie, wat):
        type(organisatie).objects.update(**wat)
        assert not verzoeken.to_ask(NU).exists()

    def test_not_for_an_archived_offer(self, organisatie):
        organisatie.aanbod.update(gearchiveerd_op=NU)
        assert not verzoeken.to_ask(NU).exists()

    def test_not_twice_in_three_weeks(self, organisatie):
        assert verzoeken.ask_due(NU) == 1
        assert verzoeken.ask_due(NU + timedelta(days=20)) == 0
        assert verzoeken.ask_due(NU + timedelta(days=22)) == 1

    def test_a_mended_address_may_be_asked_at_once(self, organisatie):
        verzoeken.ask(organisatie=organisatie, now=NU)
        with pytest.raises(verzoeken.AlGevraagd):
            verzoeken.ask(organisatie=organisatie, now=NU)
        organisatie.controle_email = "ander@dekern.example"
        organisatie.save()
        assert verzoeken.ask(organisatie=organisatie, now=NU).email == "ander@dekern.example"

    def test_without_address_is_said(self, organisatie):
        type(organisatie).objects.update(email="")
        with pytest.raises(verzoeken.GeenAdres):
            verzoeken.ask(organisatie=organisatie, now=NU)
        assert queued() == 0

    def test_a_fixed_number_of_queries_to_find_them(self, organisatie, django_assert_num_queries):
        for _ in range(5):
            factories.AanbodFactory()
        with django_assert_num_queries(3):  # two counts of use, one list
            assert len(verzoeken.to_ask(NU)) == 6


@pytest.mark.parametrize(
    ("dag", "mag"),
    [
        (date(2026, 4, 1), True),  # a Wednesday
        (date(2026, 8, 1), False),  # a Saturday
        (date(2026, 8, 3), True),  # the Monday after
        (date(2027, 1, 1), False),  # New Year's Day
        (date(2026, 4, 6), False),  # Easter Monday
        (date(2026, 4, 8), False),  # the week is over
    ],
)
def test_days_on_which_mail_goes_out(dag, mag):
    assert verzoeken.is_mail_day(dag) is mag


@pytest.mark.parametrize(
    "moment", [datetime(2026, 7, 1, 7, tzinfo=UTC), datetime(2026, 12, 1, 8, tzinfo=UTC)]
)
def test_at_nine_in_summer_and_in_winter(organisatie, moment):
    uur = timedelta(hours=1)
    for ander in (moment - uur, moment + uur):
        tasks.ask_due(timestamp=int(ander.timestamp()))
    assert queued() == 0
    tasks.ask_due(timestamp=int(moment.timestamp()))
    assert queued() == 1


class TestMail:
    def send(self, organisatie):
        verzoek = verzoeken.ask(organisatie=organisatie, now=timezone.now())
        tasks.send_controleverzoek(verzoek_id=verzoek.pk)
        verzoek.refresh_from_db()
        return verzoek

    def test_arrives_with_a_link_that_works(self, mailserver, organisatie):  # noqa: F811
        verzoek = self.send(organisatie)
        (bericht,) = mailserver.berichten
        assert bericht["to"] == "info@dekern.example"
        tekst = bericht.get_body(("plain",)).get_content()
        (pad,) = re.findall(r"https://infopunt.example(/klopt/\S+/)", tekst)
        assert "Taalcafé" in Client().get(pad).content.decode()
        html = bericht.get_body(("html",)).get_content()
        assert pad in html
        assert not re.search(r"<(img|link|script|iframe)|src=|url\(", html)
        assert verzoek.verstuurd_op is not None
        assert pad.split("/")[2] not in str(Controleverzoek.objects.values())

    def test_names_nobody(self, mailserver, organisatie):  # noqa: F811
        factories.AanbodContactFactory(aanbod=organisatie.aanbod.get(), contactpersoon__naam="Cees Hagedoorn")
        self.send(organisatie)
        assert "Hagedoorn" not in mailserver.berichten[0].as_string()

    def test_a_server_that_is_down_loses_nothing(self, mailserver, organisatie, settings):  # noqa: F811
        poort, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
        with pytest.raises(OSError, match="refused"):
            self.send(organisatie)
        settings.EMAIL_PORT = poort
        verzoek = Controleverzoek.objects.get()
        for _ in range(2):
            tasks.send_controleverzoek(verzoek_id=verzoek.pk)
        assert len(mailserver.berichten) == 1

    def test_nothing_for_who_went_meanwhile(self, mailserver, organisatie):  # noqa: F811
        verzoek = verzoeken.ask(organisatie=organisatie, now=timezone.now())
        type(organisatie).objects.update(gearchiveerd_op=timezone.now())
        tasks.send_controleverzoek(verzoek_id=verzoek.pk)
        assert mailserver.berichten == []


def test_every_night_what_is_old_goes(organisatie):
    oud, jong = timezone.now() - timedelta(days=366), timezone.now() - timedelta(days=364)
    for moment in (oud, jong):
        factories.ControleverzoekFactory(organisatie=organisatie, gemaakt_op=moment, token=str(moment))
        Voorstel.objects.create(organisatie=organisatie, behandeld_op=moment)
    Voorstel.objects.create(organisatie=organisatie, ingediend_op=oud)
    for dagen in (31, 29):
        Invoer.objects.create(
            soort="tabel",
            bestandsnaam=f"{dagen}.csv",
            inhoud=b"naam",
            verslag={"rijen": []},
            gemaakt_op=timezone.now() - timedelta(days=dagen),
        )
    tasks.clean_up(timestamp=0)
    assert [verzoek.gemaakt_op for verzoek in Controleverzoek.objects.all()] == [jong]
    assert {voorstel.behandeld_op for voorstel in Voorstel.objects.all()} == {jong, None}
    per_naam = {invoer.bestandsnaam: (invoer.inhoud, invoer.verslag) for invoer in Invoer.objects.all()}
    assert per_naam["31.csv"] == (None, {})
    assert per_naam["29.csv"][1] == {"rijen": []}
