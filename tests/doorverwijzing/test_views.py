"""The desk's pages: make a referral, follow it, withdraw it."""

import uuid

import pytest

from doorverwijzing.models import Contactgegevens, Doorverwijzing, Status, Toestemming
from tests import factories
from tests.doorverwijzing.conftest import NAAM, VRAAG, queued_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def data(aanbod):
    return {
        "id": str(uuid.uuid4()),
        "contact": aanbod.contacten.get().pk,
        "toestemming": "zelf_gelezen",
        "bereik": "telefoon",
        "naam": NAAM,
        "telefoon": "0529551234",
        "vraag": VRAAG,
    }


@pytest.fixture
def client(as_user, vrijwilliger):
    return as_user(vrijwilliger)


@pytest.fixture
def url(aanbod):
    return f"/doorverwijzingen/nieuw/{aanbod.pk}/"


def test_page_shows_promise_and_consent(client, url):
    html = client.get(url).content.decode()
    assert "Belt binnen 2 werkdagen" in html
    assert "Mogen wij uw gegevens doorgeven?" in html
    assert "SchuldHulpMaatje. Niemand anders." in html


def test_refer_and_see_its_course(client, url, data, vrijwilliger):
    response = client.post(url, data, follow=True)
    verwijzing = Doorverwijzing.objects.get(pk=data["id"])
    html = response.content.decode()
    assert response.redirect_chain == [(f"/doorverwijzingen/{verwijzing.pk}/", 302)]
    assert "Nog niet verzonden" in html
    assert verwijzing.gemaakt_door == vrijwilliger
    assert len(queued_jobs()) == 1
    assert NAAM not in html


def test_double_click_makes_one(client, url, data):
    client.post(url, data)
    assert client.post(url, data).status_code == 302
    assert Doorverwijzing.objects.count() == 1
    assert len(queued_jobs()) == 1


def test_no_means_nothing_is_kept(client, url, data, aanbod):
    response = client.post(url, data | {"toestemming": "nee"}, follow=True)
    assert response.redirect_chain == [(f"/kaart/aanbod/{aanbod.pk}/kaartje/", 302)]
    assert "Over de bezoeker is niets bewaard" in response.content.decode()
    assert not Doorverwijzing.objects.exists()
    assert not Contactgegevens.objects.exists()
    assert not queued_jobs()


def test_no_means_nothing_even_with_a_wrong_number(client, url, data):
    response = client.post(url, data | {"toestemming": "nee", "telefoon": "12", "email": "x"})
    assert response.status_code == 302


@pytest.mark.parametrize(
    ("wijziging", "fout"),
    [
        ({"toestemming": ""}, "Vraag eerst of het mag"),
        ({"naam": ""}, "Vul de naam in"),
        ({"vraag": "  "}, "Schrijf in een paar zinnen"),
        ({"telefoon": ""}, "Vul het telefoonnummer in"),
        ({"telefoon": "0529-55 55 9"}, "Er mist een cijfer. Een nummer heeft er tien."),
        ({"telefoon": "0529-55 55 91 23"}, "Dit zijn 12 cijfers. Een nummer heeft er tien."),
        ({"telefoon": "geen idee"}, "Dit is geen telefoonnummer"),
        ({"bereik": "email", "email": ""}, "Vul het e-mailadres in"),
        ({"bereik": "email", "email": "anna@"}, "Dit adres klopt niet"),
        ({"bereik": "duif"}, "Selecteer een geldige keuze"),
        ({"id": "1"}, ""),
        ({"vraag": "x" * 1501}, "Houd het bij 1500 tekens; het zijn er nu 1501"),
    ],
)
def test_bad_input_says_what_is_wrong_and_keeps_the_rest(client, url, data, wijziging, fout):
    response = client.post(url, data | wijziging)
    html = response.content.decode()
    assert response.status_code == 422
    assert fout in html
    for veld in {"naam", "vraag"} - wijziging.keys():
        assert data[veld] in html
    assert not Doorverwijzing.objects.exists()


@pytest.mark.parametrize(
    ("getypt", "bewaard"),
    [
        ("0612345678", "06 12345678"),
        ("+31 6 12345678", "06 12345678"),
        ("+48 512 345 678", "+48 512 345 678"),
    ],
)
def test_numbers_are_kept_so_that_they_can_be_dialled(client, url, data, getypt, bewaard):
    from doorverwijzing import kluis

    client.post(url, data | {"telefoon": getypt})
    assert kluis.read(Doorverwijzing.objects.get(), door="partner", reden="proef").telefoon == bewaard


def test_only_the_chosen_way_of_contact_is_kept(client, url, data):
    from doorverwijzing import kluis

    client.post(url, data | {"bereik": "email", "email": "z@voorbeeld.example", "voicemail": "on"})
    gegevens = kluis.read(Doorverwijzing.objects.get(), door="partner", reden="proef")
    assert (gegevens.telefoon, gegevens.email, gegevens.voicemail) == ("", "z@voorbeeld.example", False)
    assert Toestemming.objects.get().velden == ["naam", "email", "vraag"]


def test_contact_of_another_offer_is_refused(client, url, data):
    data["contact"] = factories.AanbodContactFactory().pk
    assert client.post(url, data).status_code == 422


def test_without_any_address_the_page_says_to_call(client):
    zonder = factories.AanbodFactory(email="", organisatie__email="")
    response = client.get(f"/doorverwijzingen/nieuw/{zonder.pk}/", follow=True)
    assert "geen mailadres" in response.content.decode()


def test_without_a_desk_there_is_nobody_to_refer_from(as_user, aanbod):
    response = as_user(factories.MedewerkerFactory()).get(
        f"/doorverwijzingen/nieuw/{aanbod.pk}/", follow=True
    )
    assert "aan geen infopunt gekoppeld" in response.content.decode()


def test_unknown_offer(client):
    assert client.get("/doorverwijzingen/nieuw/999999/").status_code == 404


def test_detail_shows_the_course_without_the_visitor(client, verwijzing):
    html = client.get(f"/doorverwijzingen/{verwijzing.pk}/").content.decode()
    assert verwijzing.kenmerk in html
    assert "Verstuurd" in html
    assert NAAM not in html


def test_only_the_coordinator_sees_who_looked(as_user, client, coordinator, verwijzing, token):
    from django.test import Client

    Client().get(f"/d/{token}/")
    url = f"/doorverwijzingen/{verwijzing.pk}/"
    assert "Wie de gegevens bekeek" not in client.get(url).content.decode()
    html = as_user(coordinator).get(url).content.decode()
    assert "Wie de gegevens bekeek" in html
    assert "link in de mail" in html


def test_withdraw(client, verwijzing):
    html = client.post(f"/doorverwijzingen/{verwijzing.pk}/intrekken/", follow=True).content.decode()
    assert "De gegevens zijn gewist" in html
    assert not Contactgegevens.objects.exists()


def test_withdrawing_what_has_ended_says_so(client, verwijzing):
    from doorverwijzing import actions

    actions.report(doorverwijzing=verwijzing, afloop=actions.Afloop(Status.GEHOLPEN), door="partner")
    html = client.post(f"/doorverwijzingen/{verwijzing.pk}/intrekken/", follow=True).content.decode()
    assert "Dit kan niet meer" in html
    verwijzing.refresh_from_db()
    assert verwijzing.status == Status.GEHOLPEN


def test_send_again_queues_a_second_mail(client, verwijzing):
    client.post(f"/doorverwijzingen/{verwijzing.pk}/opnieuw-versturen/")
    assert len(queued_jobs()) == 2


@pytest.mark.parametrize("stap", ["", "intrekken/", "opnieuw-versturen/"])
def test_another_desks_referral_does_not_exist(as_user, verwijzing, stap):
    vreemde = factories.MedewerkerFactory(infopunten=[factories.InfopuntFactory()])
    url = f"/doorverwijzingen/{verwijzing.pk}/{stap}"
    response = as_user(vreemde).post(url) if stap else as_user(vreemde).get(url)
    assert response.status_code == 404
    verwijzing.refresh_from_db()
    assert verwijzing.status == Status.AANGEBODEN


class TestList:
    def test_everybody_sees_their_own_part(self, as_user, client, coordinator, partner, verwijzing):
        ander = factories.DoorverwijzingFactory(kenmerk="R-999999")
        eigen = client.get("/doorverwijzingen/").content.decode()
        assert verwijzing.kenmerk in eigen
        assert ander.kenmerk not in eigen
        alles = as_user(coordinator).get("/doorverwijzingen/").content.decode()
        assert verwijzing.kenmerk in alles
        assert ander.kenmerk in alles
        van_partner = as_user(partner).get("/doorverwijzingen/").content.decode()
        assert verwijzing.kenmerk in van_partner
        assert ander.kenmerk not in van_partner

    def test_filter(self, client, verwijzing):
        assert verwijzing.kenmerk in client.get("/doorverwijzingen/?stand=open").content.decode()
        assert verwijzing.kenmerk not in client.get("/doorverwijzingen/?stand=klaar").content.decode()

    def test_a_bad_choice_is_told_and_shows_all(self, client, verwijzing):
        response = client.get("/doorverwijzingen/?stand=paars&bladzijde=x")
        assert response.status_code == 200
        assert "Selecteer een geldige keuze" in response.content.decode()
        assert verwijzing.kenmerk in response.content.decode()

    def test_empty(self, client):
        assert "Zoek wie kan helpen" in client.get("/doorverwijzingen/").content.decode()

    def test_queries_do_not_grow_with_the_list(self, client, infopunt, django_assert_max_num_queries):
        for _ in range(12):
            factories.DoorverwijzingFactory(infopunt=infopunt)
        client.get("/doorverwijzingen/")
        with django_assert_max_num_queries(7):
            client.get("/doorverwijzingen/")
