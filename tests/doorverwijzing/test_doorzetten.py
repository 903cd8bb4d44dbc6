"""A partner for whom it is not: why, who then, and handing over with the visitor's consent."""

from datetime import timedelta

import pytest
from django.utils import timezone

from doorverwijzing import actions, kluis
from doorverwijzing.actions import Afloop
from doorverwijzing.models import Contactgegevens, Doorverwijzing, Inzage, Status, Toestemming
from tests import factories
from tests.doorverwijzing.conftest import NAAM, VRAAG, queued_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def ander(db):
    return factories.OrganisatieFactory(naam="Humanitas", email="info@humanitas.example", belofte_werkdagen=2)


@pytest.fixture
def url(token):
    return f"/d/{token}/"


@pytest.fixture
def nee(ander):
    return {"antwoord": "niet_passend", "reden": "andere_hulp", "beter_bij": ander.pk, "akkoord": "on"}


def test_with_consent_the_other_gets_a_referral_of_its_own(client, url, nee, verwijzing, ander):
    client.post(url, nee)
    verwijzing.refresh_from_db()
    vervolg = verwijzing.vervolg
    assert (verwijzing.status, verwijzing.beter_bij) == (Status.NIET_PASSEND, ander)
    assert (vervolg.organisatie, vervolg.email, vervolg.status) == (
        ander,
        "info@humanitas.example",
        "aangeboden",
    )
    assert vervolg.verloopt_op == verwijzing.verloopt_op
    assert vervolg.toestemming.wijze == Toestemming.Wijze.VIA_PARTNER
    assert "Humanitas" in vervolg.toestemming.tekst
    assert kluis.read(vervolg, door="partner", reden="proef").naam == NAAM
    assert [job.args["doorverwijzing_id"] for job in queued_jobs()] == [str(verwijzing.pk), str(vervolg.pk)]
    assert Inzage.objects.filter(doorverwijzing=verwijzing, reden="doorgezet").exists()


def test_without_consent_nothing_goes_anywhere(client, url, nee, verwijzing, ander):
    client.post(url, nee | {"akkoord": ""})
    verwijzing.refresh_from_db()
    assert (verwijzing.status, verwijzing.beter_bij) == (Status.NIET_PASSEND, ander)
    assert Doorverwijzing.objects.count() == 1
    assert len(queued_jobs()) == 1


def test_the_desk_sees_where_it_would_fit(as_user, vrijwilliger, client, url, nee, verwijzing, ander):
    client.post(url, nee | {"akkoord": "", "toelichting": "Wij doen alleen rouw."})
    html = as_user(vrijwilliger).get(f"/doorverwijzingen/{verwijzing.pk}/").content.decode()
    assert "Wij doen alleen rouw." in html
    assert f"/doorverwijzingen/nieuw/organisatie/{ander.pk}/" in html


def test_not_after_all_ends_the_other_too(client, url, nee, verwijzing):
    client.post(url, nee)
    vervolg = Doorverwijzing.objects.get(vervolg_op=verwijzing)
    client.post(url, {"antwoord": "herstel"})
    vervolg.refresh_from_db()
    verwijzing.refresh_from_db()
    assert (verwijzing.status, vervolg.status) == (Status.AANGEBODEN, Status.INGETROKKEN)
    assert not Contactgegevens.objects.filter(toestemming__doorverwijzing=vervolg).exists()
    client.post(url, nee)
    assert Doorverwijzing.objects.get(vervolg_op=verwijzing).is_open


def test_the_visitor_withdraws_both_with_the_first_code(client, url, nee, verwijzing):
    client.post(url, nee)
    actions.withdraw(doorverwijzing=verwijzing, door="bezoeker")
    assert not Contactgegevens.objects.exists()
    assert Doorverwijzing.objects.get(vervolg_op=verwijzing).status == Status.INGETROKKEN


@pytest.mark.parametrize(
    ("wijziging", "fout"),
    [
        ({"beter_bij": ""}, "Kies naar welke organisatie het doorgaat"),
        ({"beter_bij": "999999"}, "Selecteer een geldige keuze"),
        ({"reden": ""}, "Kies waarom het niet past"),
        ({"toelichting": "Bel Jan de Vries op 06-12345678"}, "Dit lijkt op een telefoonnummer"),
        ({"toelichting": "x" * 201}, "Houd het bij 200 tekens"),
    ],
)
def test_bad_input_says_what_is_wrong_and_nothing_happens(client, url, nee, verwijzing, wijziging, fout):
    response = client.post(url, nee | wijziging)
    assert response.status_code == 422
    assert fout in response.content.decode()
    verwijzing.refresh_from_db()
    assert verwijzing.is_open
    assert Doorverwijzing.objects.count() == 1


def test_without_an_address_it_stays_with_the_desk(client, url, nee, ander):
    ander.email = ""
    ander.save()
    response = client.post(url, nee)
    assert response.status_code == 422
    assert "geen mailadres" in response.content.decode()


def test_what_has_ended_cannot_go_on(verwijzing, ander):
    actions.report(doorverwijzing=verwijzing, afloop=Afloop(Status.GEHOLPEN), door="partner")
    with pytest.raises(actions.OngeldigeOvergang):
        actions.pass_on(
            doorverwijzing=verwijzing, afloop=Afloop(Status.NIET_PASSEND, "anders", beter_bij=ander)
        )
    assert Doorverwijzing.objects.count() == 1


def test_an_appointment_takes_a_page_more_and_shows_at_the_desk(client, url, verwijzing):
    assert "Wanneer is de afspraak?" in client.get(f"{url}?antwoord=contact_gelegd").content.decode()
    dag = timezone.localdate() + timedelta(days=3)
    client.post(
        url, {"antwoord": "contact_gelegd", "afspraak_dag": dag.isoformat(), "afspraak_tijd": "09:30"}
    )
    verwijzing.refresh_from_db()
    assert verwijzing.status == Status.CONTACT_GELEGD
    assert timezone.localtime(verwijzing.afspraak_op).strftime("%H:%M") == "09:30"
    client.post(
        url, {"antwoord": "contact_gelegd", "afspraak_dag": dag.isoformat(), "afspraak_tijd": "11:00"}
    )
    verwijzing.refresh_from_db()
    assert timezone.localtime(verwijzing.afspraak_op).strftime("%H:%M") == "11:00"
    assert verwijzing.gebeurtenissen.count() == 2


def test_an_appointment_without_an_hour_is_asked_again(client, url, verwijzing):
    dag = timezone.localdate() + timedelta(days=3)
    response = client.post(url, {"antwoord": "contact_gelegd", "afspraak_dag": dag.isoformat()})
    assert response.status_code == 422
    assert "Hoe laat is de afspraak?" in response.content.decode()
    verwijzing.refresh_from_db()
    assert verwijzing.status == Status.AANGEBODEN


def test_the_words_of_the_visitor_are_no_part_of_what_stays(client, url, nee, verwijzing):
    client.post(url, nee)
    for veld in ("toelichting", "kenmerk", "email"):
        assert VRAAG not in getattr(Doorverwijzing.objects.get(vervolg_op=verwijzing), veld)
