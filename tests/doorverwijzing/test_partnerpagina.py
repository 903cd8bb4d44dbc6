"""The partner's page: two clicks, no account, and nothing on it once it is done."""

import pytest
from django.test import Client

from doorverwijzing import actions
from doorverwijzing.models import Doorverwijzing, Gebeurtenis, Inzage, Partnerlink, Status
from tests import factories
from tests.doorverwijzing.conftest import NAAM, TELEFOON, VRAAG

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(token):
    return f"/d/{token}/"


def state():
    """All that a GET may not change; that somebody looked is on record apart."""
    return (
        list(Doorverwijzing.objects.values()),
        list(Gebeurtenis.objects.values()),
        list(Partnerlink.objects.values()),
    )


def test_shows_who_to_call_and_logs_it(client, url):
    html = client.get(url).content.decode()
    assert NAAM in html
    assert TELEFOON in html
    assert VRAAG in html
    assert Inzage.objects.get().reden == "link in de mail"


@pytest.mark.parametrize("zoek", ["", "?antwoord=niet_passend", "?antwoord=geholpen"])
def test_get_changes_nothing(client, url, zoek):
    before = state()
    assert client.get(url + zoek).status_code == 200
    assert state() == before


def test_address_goes_nowhere_else(client, url):
    response = client.get(url)
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Cache-Control"] == "no-store"


def test_no_personal_data_in_the_title(client, url):
    html = client.get(url).content.decode()
    titel = html[html.index("<title>") : html.index("</title>")]
    assert "Merkteken" not in titel


def test_two_clicks_to_the_last_word(client, url, verwijzing):
    client.post(url, {"antwoord": "ontvangen"})
    html = client.post(url, {"antwoord": "geholpen"}, follow=True).content.decode()
    verwijzing.refresh_from_db()
    assert verwijzing.status == Status.GEHOLPEN
    assert "Dank u, dit is klaar" in html
    for geheim in (NAAM, TELEFOON, VRAAG):
        assert geheim not in html


def test_undo_button_works_until_erased(client, url, verwijzing):
    client.post(url, {"antwoord": "niet_bereikt"})
    assert "Toch niet" in client.get(url).content.decode()
    html = client.post(url, {"antwoord": "herstel"}, follow=True).content.decode()
    assert NAAM in html
    client.post(url, {"antwoord": "niet_bereikt"})
    verwijzing.refresh_from_db()
    actions.erase_due(verwijzing.wissen_op)
    html = client.get(url).content.decode()
    assert "Toch niet" not in html
    client.post(url, {"antwoord": "herstel"})
    verwijzing.refresh_from_db()
    assert verwijzing.status == Status.NIET_BEREIKT


def test_not_for_us_asks_why_and_keeps_asking(client, url, verwijzing):
    assert "Waarom past het niet?" in client.get(url + "?antwoord=niet_passend").content.decode()
    response = client.post(url, {"antwoord": "niet_passend"})
    assert response.status_code == 422
    assert "Kies waarom het niet past." in response.content.decode()
    client.post(url, {"antwoord": "niet_passend", "reden": "wachtlijst"})
    verwijzing.refresh_from_db()
    assert (verwijzing.status, verwijzing.reden_niet_passend) == ("niet_passend", "wachtlijst")


@pytest.mark.parametrize("antwoord", ["ingetrokken", "verlopen", "aangeboden", "onzin", ""])
def test_a_partner_can_only_give_a_partners_answers(client, url, antwoord):
    before = state()
    assert client.post(url, {"antwoord": antwoord}).status_code == 422
    assert state() == before


def test_the_same_answer_twice_counts_once(client, url, verwijzing):
    for _ in range(2):
        client.post(url, {"antwoord": "geholpen"})
    assert verwijzing.gebeurtenissen.filter(naar="geholpen").count() == 1


def test_unknown_link(client, url):
    response = client.get("/d/bestaat-niet/")
    assert response.status_code == 404
    assert "Deze link werkt niet" in response.content.decode()


@pytest.mark.parametrize(("grens", "pad"), [("MISSERS_PER_UUR", "/d/bestaat-niet/"), ("KEREN_PER_UUR", None)])
def test_a_machine_that_keeps_trying_is_told_to_wait(client, url, monkeypatch, grens, pad):
    """Both for guessing at links and for a link it has."""
    monkeypatch.setattr(f"doorverwijzing.partnerpagina.{grens}", 3)
    antwoorden = [client.get(pad or url).status_code for _ in range(4)]
    assert antwoorden == [404 if pad else 200] * 3 + [429]


def test_replaced_link(client, url, verwijzing):
    actions.new_link(verwijzing)
    response = client.get(url)
    assert response.status_code == 410
    assert NAAM not in response.content.decode()
    assert client.post(url, {"antwoord": "geholpen"}).status_code == 410
    verwijzing.refresh_from_db()
    assert verwijzing.status == Status.AANGEBODEN


@pytest.mark.parametrize(
    ("status", "tekst"), [("ingetrokken", "wil dit niet meer"), ("verlopen", "is verlopen")]
)
def test_ended_by_others(client, url, verwijzing, status, tekst):
    actions.report(doorverwijzing=verwijzing, afloop=actions.Afloop(status), door="systeem")
    html = client.get(url).content.decode()
    assert tekst in html
    assert NAAM not in html


def test_a_browser_that_hides_where_it_comes_from_can_answer(url, verwijzing):
    """Told to send no referrer, browsers send `Origin: null` with the form."""
    client = Client(enforce_csrf_checks=True, headers={"origin": "null"})
    assert client.post(url, {"antwoord": "geholpen"}).status_code == 302
    verwijzing.refresh_from_db()
    assert verwijzing.status == Status.GEHOLPEN


def test_the_link_sets_no_cookie(client, url):
    client.get(url)
    client.post(url, {"antwoord": "ontvangen"})
    assert not client.cookies


def test_wrong_method(client, url):
    assert client.put(url).status_code == 405


class TestWithAccount:
    @pytest.fixture
    def url(self, verwijzing):
        return f"/doorverwijzingen/{verwijzing.pk}/terugkoppeling/"

    def test_reads_and_answers_and_is_logged_by_name(self, as_user, partner, url, verwijzing):
        client = as_user(partner)
        assert NAAM in client.get(url).content.decode()
        assert Inzage.objects.get().medewerker == partner
        client.post(url, {"antwoord": "contact_gelegd"})
        verwijzing.refresh_from_db()
        assert verwijzing.status == Status.CONTACT_GELEGD

    def test_a_forged_answer_is_refused(self, partner, url, verwijzing):
        client = Client(enforce_csrf_checks=True)
        client.force_login(partner)
        assert client.post(url, {"antwoord": "geholpen"}).status_code == 403
        verwijzing.refresh_from_db()
        assert verwijzing.status == Status.AANGEBODEN

    def test_another_organisation_sees_nothing(self, as_user, partner, url):
        ander = factories.MedewerkerFactory(rol="partner")
        factories.ContactpersoonFactory(medewerker=ander)
        assert as_user(ander).get(url).status_code == 404
        assert not Inzage.objects.exists()

    @pytest.mark.parametrize("rol", ["vrijwilliger", "beroepskracht", "coordinator"])
    def test_the_desk_cannot_read_what_was_handed_over(self, as_user, url, infopunt, rol):
        assert (
            as_user(factories.MedewerkerFactory(rol=rol, infopunten=[infopunt])).get(url).status_code == 404
        )
