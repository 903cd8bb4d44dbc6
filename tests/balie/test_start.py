"""The start page: who is here, what is new, and the two things one does most without a click."""

from datetime import timedelta

import pytest
from django.utils import timezone

from doorverwijzing import actions
from doorverwijzing.models import Doorverwijzing
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def infopunt(vrijwilliger):
    return vrijwilliger.infopunten.get()


def start(client):
    return client.get("/").content.decode()


def test_search_and_logging_are_there_at_once(as_user, vrijwilliger):
    html = start(as_user(vrijwilliger))
    assert 'action="/kaart/"' in html
    assert 'name="q"' in html
    assert "autofocus" in html
    assert 'href="/vragen/nieuw/"' in html


def test_who_is_here_now_and_who_comes_later(as_user, vrijwilliger, infopunt):
    nu = timezone.now()
    achterwacht = factories.MedewerkerFactory(
        first_name="Petra", last_name="Lindeboom", telefoon="0529-55 55 07"
    )
    factories.RoosterdienstFactory(
        infopunt=infopunt,
        medewerker=achterwacht,
        functie="achterwacht",
        begin=nu - timedelta(minutes=1),
        eind=nu + timedelta(minutes=1),
    )
    ander = factories.RoosterdienstFactory(begin=nu - timedelta(minutes=1), eind=nu + timedelta(hours=1))
    html = start(as_user(vrijwilliger))
    assert "Petra Lindeboom" in html
    assert 'href="tel:0529555507"' in html
    assert str(ander.medewerker) not in html


def test_nobody_on_the_roster(as_user, vrijwilliger):
    assert "Er staat nu niemand op het rooster." in start(as_user(vrijwilliger))


def test_after_hours_the_next_shift_is_named(as_user, vrijwilliger, infopunt):
    nu = timezone.now()
    for dagen in (3, 10):
        begin = nu + timedelta(days=dagen)
        factories.RoosterdienstFactory(
            infopunt=infopunt,
            medewerker=factories.MedewerkerFactory(first_name=f"Over{dagen}"),
            begin=begin,
            eind=begin + timedelta(hours=1),
        )
    html = start(as_user(vrijwilliger))
    assert "Over3" in html
    assert "Over10" not in html


def test_without_a_desk_the_page_says_what_to_do(as_user):
    assert "Vraag het de coördinator." in start(as_user(factories.MedewerkerFactory()))


def test_news_of_referrals_of_this_desk_only(as_user, vrijwilliger, infopunt):
    te_laat = factories.DoorverwijzingFactory(
        infopunt=infopunt, beloofd_op=timezone.localdate() - timedelta(days=2)
    )
    gemeld = factories.DoorverwijzingFactory(infopunt=infopunt)
    actions.report(doorverwijzing=gemeld, afloop=actions.Afloop("contact_gelegd"), door="partner")
    stil = factories.DoorverwijzingFactory(infopunt=infopunt)
    vreemd = factories.DoorverwijzingFactory(beloofd_op=timezone.localdate() - timedelta(days=2))
    html = start(as_user(vrijwilliger))
    assert te_laat.kenmerk in html
    assert "2 dagen te laat" in html
    assert gemeld.kenmerk in html
    assert stil.kenmerk not in html
    assert vreemd.kenmerk not in html


def test_a_partner_goes_to_their_referrals(as_user):
    response = as_user(factories.MedewerkerFactory(rol="partner")).get("/")
    assert (response.status_code, response.url) == (302, "/doorverwijzingen/")


def test_queries_do_not_grow(as_user, vrijwilliger, infopunt, django_assert_max_num_queries):
    def fill():
        for dag in range(4):
            verwijzing = factories.DoorverwijzingFactory(
                infopunt=infopunt, beloofd_op=timezone.localdate() - timedelta(days=dag)
            )
            actions.report(doorverwijzing=verwijzing, afloop=actions.Afloop("ontvangen"), door="partner")
            factories.RoosterdienstFactory(
                infopunt=infopunt, begin=timezone.now(), eind=timezone.now() + timedelta(hours=1)
            )

    client = as_user(vrijwilliger)
    fill()
    fill()
    assert Doorverwijzing.objects.count() == 8
    with django_assert_max_num_queries(13):
        client.get("/")


class TestChoosingADesk:
    def test_the_choice_stays_and_the_page_too(self, as_user, vrijwilliger, infopunt):
        tweede = factories.InfopuntFactory(naam="Zuid")
        vrijwilliger.infopunten.add(tweede)
        client = as_user(vrijwilliger)
        response = client.post("/infopunt/kiezen/", {"infopunt": tweede.pk, "next": "/doorverwijzingen/"})
        assert response.url == "/doorverwijzingen/"
        assert client.get("/").context["infopunt"] == tweede

    @pytest.mark.parametrize(
        "next_", ["https://elders.example/", "//elders.example", "javascript:alert(1)", ""]
    )
    def test_never_leads_elsewhere(self, as_user, vrijwilliger, infopunt, next_):
        response = as_user(vrijwilliger).post("/infopunt/kiezen/", {"infopunt": infopunt.pk, "next": next_})
        assert response.url == "/"

    @pytest.mark.parametrize("keuze", ["999999", "", "x"])
    def test_a_desk_that_is_not_yours_does_not_exist(self, as_user, vrijwilliger, keuze):
        assert as_user(vrijwilliger).post("/infopunt/kiezen/", {"infopunt": keuze}).status_code == 404

    def test_somebody_elses_desk_neither(self, as_user, vrijwilliger):
        vreemd = factories.InfopuntFactory()
        assert as_user(vrijwilliger).post("/infopunt/kiezen/", {"infopunt": vreemd.pk}).status_code == 404
