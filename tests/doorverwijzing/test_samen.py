"""Referring with the visitor beside us: by telephone or by walking along."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from doorverwijzing.models import Contactgegevens, Doorverwijzing, Toestemming
from tests import factories
from tests.doorverwijzing.conftest import queued_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(as_user, vrijwilliger):
    return as_user(vrijwilliger)


@pytest.fixture
def url(aanbod):
    return f"/doorverwijzingen/nieuw/{aanbod.pk}/samen/"


@pytest.fixture
def data(aanbod):
    return {
        "id": str(uuid.uuid4()),
        "wijze": "telefoon",
        "contact": aanbod.contacten.get().pk,
        "uitkomst": "geholpen",
    }


def test_outcome_is_noted_and_nothing_personal_is_kept(client, url, data, vrijwilliger):
    html = client.post(url, data, follow=True).content.decode()
    verwijzing = Doorverwijzing.objects.get()
    assert (verwijzing.wijze, verwijzing.status, verwijzing.email) == ("telefoon", "geholpen", "")
    assert [event.naar for event in verwijzing.gebeurtenissen.all()] == ["geholpen"]
    assert verwijzing.gemaakt_door == vrijwilliger
    assert "Er is niets over de bezoeker bewaard" in html
    assert not Toestemming.objects.exists()
    assert not Contactgegevens.objects.exists()
    assert not queued_jobs()


def test_an_appointment_stands_with_it(client, url, data):
    morgen = timezone.localdate() + timedelta(days=1)
    html = client.post(
        url, data | {"afspraak_dag": morgen.isoformat(), "afspraak_tijd": "14:30"}, follow=True
    ).content.decode()
    assert timezone.localtime(Doorverwijzing.objects.get().afspraak_op).strftime("%H:%M") == "14:30"
    assert "14.30 uur" in html


def test_double_click_makes_one(client, url, data):
    client.post(url, data)
    assert client.post(url, data).status_code == 302
    assert Doorverwijzing.objects.count() == 1


@pytest.mark.parametrize(
    ("wijziging", "fout"),
    [
        ({"uitkomst": ""}, "Kies hoe het ging"),
        ({"uitkomst": "niet_passend"}, "Kies waarom het niet past"),
        ({"uitkomst": "ontvangen"}, "Selecteer een geldige keuze"),
        ({"wijze": "mail"}, "Selecteer een geldige keuze"),
        ({"afspraak_tijd": "10:00"}, "Op welke dag is de afspraak?"),
        ({"afspraak_dag": "2020-01-01", "afspraak_tijd": "10:00"}, "Kies een dag vanaf vandaag"),
        ({"afspraak_dag": "morgen"}, "Dit is geen dag"),
        ({"afspraak_dag": "2999-01-01"}, "Hoe laat is de afspraak?"),
    ],
)
def test_bad_input_says_what_is_wrong(client, url, data, wijziging, fout):
    response = client.post(url, data | wijziging)
    assert response.status_code == 422
    assert fout in response.content.decode()
    assert not Doorverwijzing.objects.exists()


def test_an_appointment_typed_before_it_failed_does_not_count(client, url, data):
    client.post(url, data | {"uitkomst": "niet_bereikt", "afspraak_dag": "2020-01-01"})
    assert Doorverwijzing.objects.get().afspraak_op is None


def test_the_card_says_whom_and_when_and_there_is_nothing_to_withdraw(client, url, data):
    morgen = timezone.localdate() + timedelta(days=1)
    client.post(url, data | {"afspraak_dag": morgen.isoformat(), "afspraak_tijd": "14:30"})
    kaartje = f"/doorverwijzingen/{data['id']}/kaartje/"
    assert kaartje in client.get(f"/doorverwijzingen/{data['id']}/").content.decode()
    html = client.get(kaartje).content.decode()
    for woorden in ("Cees Hagedoorn", "14.30 uur", "0529-55 55 00", "/hoe-was-het/"):
        assert woorden in html
    assert "/intrekken/" not in html
    assert morgen.strftime("%-d-%-m-%Y, 14:30") in client.get(f"{kaartje}?taal=pl").content.decode()


@pytest.mark.parametrize("fout", [{"email": "partner@partner.example"}, {"gewist_op": None}])
def test_the_database_refuses_personal_data_without_mail(infopunt, aanbod, fout):
    kenmerken = {
        "infopunt": infopunt,
        "organisatie": aanbod.organisatie,
        "wijze": "telefoon",
        "status": "geholpen",
        "verloopt_op": timezone.localdate(),
        "gewist_op": timezone.now(),
        "wissen_op": timezone.now(),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Doorverwijzing.objects.create(**kenmerken | fout)


def test_without_an_address_you_call_together(client, aanbod):
    for iets in (aanbod.contacten.get().contactpersoon, aanbod, aanbod.organisatie):
        iets.email = ""
        iets.save()
    response = client.get(f"/doorverwijzingen/nieuw/{aanbod.pk}/", follow=True)
    assert response.redirect_chain == [(f"/doorverwijzingen/nieuw/{aanbod.pk}/samen/", 302)]


def test_a_question_that_was_logged_already_is_not_logged_again(client, aanbod, data):
    """From the question form, by the organisation, to the referral: the page does not ask for it once more."""
    begin = client.get(f"/doorverwijzingen/nieuw/organisatie/{aanbod.organisatie_id}/?geregistreerd")
    assert (
        f"/doorverwijzingen/nieuw/{aanbod.pk}/samen/?geregistreerd" in client.get(begin.url).content.decode()
    )
    response = client.post(f"/doorverwijzingen/nieuw/{aanbod.pk}/samen/?geregistreerd", data, follow=True)
    html = response.content.decode()
    assert "De vraag staat er al in." in html
    assert "Registreer daarna de vraag" not in html
    assert "Registreer daarna de vraag" in client.get(f"/doorverwijzingen/{data['id']}/").content.decode()


def test_from_an_organisation_you_choose_what_it_is_about(client, aanbod):
    url = f"/doorverwijzingen/nieuw/organisatie/{aanbod.organisatie_id}/"
    assert client.get(url).url == f"/doorverwijzingen/nieuw/{aanbod.pk}/"
    ander = factories.AanbodFactory(organisatie=aanbod.organisatie, naam="Budgetcursus")
    html = client.get(url).content.decode()
    assert "Budgetcursus" in html
    assert f"/doorverwijzingen/nieuw/{ander.pk}/" in html
    assert client.get("/doorverwijzingen/nieuw/organisatie/999999/").status_code == 404
