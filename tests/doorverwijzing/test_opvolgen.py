"""Following up: the coordinator's board, notes of calls, colleagues who take over, and who else could help."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from doorverwijzing import actions, herinneren
from doorverwijzing.actions import Afloop
from doorverwijzing.models import Belnotitie, Doorverwijzing, KoudeVerwijzing, Partnerlink, Status
from tests import factories
from tests.doorverwijzing.conftest import queued_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(as_user, vrijwilliger):
    return as_user(vrijwilliger)


@pytest.fixture
def coordinator(as_user):
    return as_user(factories.MedewerkerFactory(rol="coordinator"))


def test_the_board_shows_what_waits_longest_first(coordinator, verwijzing, django_assert_max_num_queries):
    laat = factories.DoorverwijzingFactory(beloofd_op=timezone.localdate() - timedelta(days=4))
    with django_assert_max_num_queries(20):
        html = coordinator.get("/doorverwijzingen/bord/").content.decode()
    assert html.index(laat.kenmerk) < html.index(verwijzing.kenmerk)
    assert "1 te laat" in html


def test_whom_the_partner_spoke_to_already_comes_last(coordinator, verwijzing):
    gesproken = factories.DoorverwijzingFactory(
        status=Status.CONTACT_GELEGD, beloofd_op=timezone.localdate() - timedelta(days=9)
    )
    html = coordinator.get("/doorverwijzingen/bord/").content.decode()
    assert html.index(verwijzing.kenmerk) < html.index(gesproken.kenmerk)


def test_the_board_of_one_organisation(coordinator, verwijzing):
    ander = factories.DoorverwijzingFactory()
    html = coordinator.get(
        f"/doorverwijzingen/bord/?organisatie={verwijzing.organisatie_id}"
    ).content.decode()
    assert verwijzing.kenmerk in html
    assert ander.kenmerk not in html


@pytest.mark.parametrize("organisatie", ["999999", "99999999999999999999"])
def test_the_board_of_nobody(coordinator, organisatie):
    assert coordinator.get(f"/doorverwijzingen/bord/?organisatie={organisatie}").status_code == 404


def test_what_has_ended_is_not_on_the_board(coordinator, verwijzing):
    actions.report(doorverwijzing=verwijzing, afloop=Afloop(Status.GEHOLPEN), door="partner")
    assert verwijzing.kenmerk not in coordinator.get("/doorverwijzingen/bord/").content.decode()


def test_a_note_of_a_call_stays_with_it(desk, verwijzing):
    desk.post(f"/doorverwijzingen/{verwijzing.pk}/belnotitie/", {"tekst": "Collega belt morgen terug."})
    assert "Collega belt morgen terug." in desk.get(verwijzing.get_absolute_url()).content.decode()


def test_a_note_with_a_number_is_refused_and_kept_on_the_screen(desk, verwijzing):
    tekst = "Bel haar op 06-12345678"
    response = desk.post(f"/doorverwijzingen/{verwijzing.pk}/belnotitie/", {"tekst": tekst})
    assert response.status_code == 422
    assert "Dit lijkt op een telefoonnummer" in response.content.decode()
    assert tekst in response.content.decode()
    assert not Belnotitie.objects.exists()


def test_a_colleague_takes_over_with_a_link_of_their_own(desk, verwijzing, token):
    collega = factories.ContactpersoonFactory(
        organisatie=verwijzing.organisatie, naam="Tineke Boer", email="tineke@partner.example"
    )
    desk.post(f"/doorverwijzingen/{verwijzing.pk}/overnemen/", {"contact": collega.pk})
    verwijzing.refresh_from_db()
    assert (verwijzing.contactpersoon, verwijzing.email) == (collega, "tineke@partner.example")
    assert len(queued_jobs()) == 2
    actions.new_link(verwijzing)
    assert Partnerlink.objects.filter(ingetrokken_op__isnull=True).count() == 1
    assert desk.get(f"/d/{token}/").status_code == 410


class TestContactLeaves:
    """Who got the mail is taken off the map: the desk sees it, and somebody else can take over."""

    @pytest.fixture
    def weg(self, verwijzing):
        Doorverwijzing.objects.update(verzonden_op=timezone.now())
        verwijzing.contactpersoon.delete()
        verwijzing.refresh_from_db()
        return verwijzing

    def test_the_desk_and_the_coordinator_see_it(self, desk, coordinator, weg):
        for pagina in ("/", "/doorverwijzingen/?stand=vraagt", weg.get_absolute_url()):
            assert "Contactpersoon weg" in desk.get(pagina).content.decode(), pagina
        assert "Contactpersoon weg" in coordinator.get("/doorverwijzingen/bord/").content.decode()

    def test_no_reminder_goes_to_somebody_who_left(self, weg):
        Doorverwijzing.objects.update(beloofd_op="2026-03-17")
        assert herinneren.remind_due(datetime(2026, 3, 18, 9, tzinfo=UTC)) == 0

    @pytest.mark.parametrize("wie", ["collega", "organisatie"])
    def test_somebody_else_takes_over_and_all_is_well(self, desk, weg, token, wie):
        collega = factories.ContactpersoonFactory(organisatie=weg.organisatie, email="tineke@partner.example")
        keuze = {"collega": collega.pk, "organisatie": "organisatie"}[wie]
        html = desk.post(
            f"/doorverwijzingen/{weg.pk}/overnemen/", {"contact": keuze}, follow=True
        ).content.decode()
        assert "krijgt een mail met een nieuwe link" in html
        assert "Contactpersoon weg" not in html
        weg.refresh_from_db()
        assert weg.email == {"collega": collega.email, "organisatie": weg.organisatie.email}[wie]
        actions.new_link(weg)
        assert desk.get(f"/d/{token}/").status_code == 410

    def test_a_mended_address_can_be_used(self, desk, verwijzing):
        contact = verwijzing.contactpersoon
        contact.email = "cees.hagedoorn@partner.example"
        contact.save()
        desk.post(f"/doorverwijzingen/{verwijzing.pk}/overnemen/", {"contact": contact.pk})
        verwijzing.refresh_from_db()
        assert verwijzing.email == "cees.hagedoorn@partner.example"

    def test_capitals_in_an_address_are_no_other_address(self, verwijzing):
        Doorverwijzing.objects.update(email="Cees@Partner.example")
        assert Doorverwijzing.objects.for_list().get().hindernis == ""


def test_nobody_of_another_organisation_takes_over(desk, verwijzing):
    vreemd = factories.ContactpersoonFactory()
    response = desk.post(f"/doorverwijzingen/{verwijzing.pk}/overnemen/", {"contact": vreemd.pk})
    assert response.status_code == 422
    assert "Kies iemand van deze organisatie" in response.content.decode()


def test_when_it_does_not_fit_the_page_says_who_else(desk, verwijzing, aanbod):
    onderwerp = factories.OnderwerpFactory()
    aanbod.onderwerpen.add(onderwerp)
    ander = factories.AanbodFactory(naam="Maatjes bij rouw", onderwerpen=[onderwerp])
    factories.AanbodFactory(naam="Heel iets anders")
    actions.report(
        doorverwijzing=verwijzing, afloop=Afloop(Status.NIET_PASSEND, "wachtlijst"), door="partner"
    )
    html = desk.get(verwijzing.get_absolute_url()).content.decode()
    assert ander.naam in html
    assert "Heel iets anders" not in html


def test_no_means_a_card_that_is_counted_once(desk, aanbod, infopunt, vrijwilliger):
    data = {"id": "6f1f2a34-5f5e-4f55-9d8c-1f0f3d2f0d11", "toestemming": "nee", "naam": "Zwaantje"}
    for _ in range(2):
        response = desk.post(f"/doorverwijzingen/nieuw/{aanbod.pk}/", data)
        assert response.url == f"/kaart/aanbod/{aanbod.pk}/kaartje/"
    koud = KoudeVerwijzing.objects.get()
    assert (koud.infopunt, koud.aanbod, koud.organisatie) == (infopunt, aanbod, aanbod.organisatie)
    assert not Doorverwijzing.objects.exists()
