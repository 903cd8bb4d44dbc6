"""The week of a village on the screen, and the page where coordinators add calendars of partners."""

from datetime import UTC, date, datetime, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sociale_kaart.agenda import week_in
from sociale_kaart.models import Agendabron, Agendapunt, Uitzondering
from tests import factories

pytestmark = pytest.mark.django_db
MAANDAG = date(2026, 3, 16)
AGENDA = "/kaart/agenda/"
BRONNEN = "/kaart/agenda/bronnen/"


@pytest.fixture
def dorp():
    infopunt = factories.InfopuntFactory(kern=factories.KernFactory(naam="Nieuwleusen"))
    spil = factories.LocatieFactory(naam="De Spil, Nieuwleusen", kern=infopunt.kern)
    koffie = factories.AanbodFactory(naam="Koffie", soort="activiteit")
    factories.OpeningstijdFactory(aanbod=koffie, locatie=spil, weekdagen=[0, 2])
    spreekuur = factories.AanbodFactory(naam="Spreekuur", soort="spreekuur")
    factories.OpeningstijdFactory(aanbod=spreekuur, locatie=spil, weekdagen=[0], van=time(8), tot=time(9))
    balie = factories.AanbodFactory(naam="Gemeentebalie")
    factories.OpeningstijdFactory(aanbod=balie, locatie=spil, weekdagen=[0, 1, 2, 3, 4])
    factories.OpeningstijdFactory(
        locatie=factories.LocatieFactory(kern=factories.KernFactory(naam="Dalfsen"))
    )
    factories.AgendapuntFactory(titel="Lezing", plek="Zaal 2", kern=infopunt.kern)
    return infopunt


def count_queries(client, adres):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(adres).status_code == 200
    return len(queries)


def titles(week):
    return {dag.dag.day: [regel.titel for regel in dag.regels] for dag in week.dagen if dag.regels}


def test_a_week_of_a_village(dorp):
    week = week_in(dorp.kern, MAANDAG)
    assert titles(week) == {16: ["Spreekuur", "Koffie", "Lezing"], 18: ["Koffie"]}
    assert [aanbod.naam for aanbod in week.altijd] == ["Gemeentebalie"]
    lezing = week.dagen[0].regels[-1]
    assert (lezing.plek, lezing.url) == ("Zaal 2", "")
    assert week.dagen[0].regels[0].plek == "De Spil"


def test_activities_only(dorp):
    week = week_in(dorp.kern, MAANDAG, activiteiten=True)
    assert titles(week) == {16: ["Koffie", "Lezing"], 18: ["Koffie"]}
    assert week.altijd == ()


def test_exceptions_count(dorp):
    organisatie = dorp.kern.locaties.get().openingstijden.get(aanbod__naam="Koffie").aanbod.organisatie
    Uitzondering.objects.create(organisatie=organisatie, van_dag=MAANDAG, tot_dag=MAANDAG, reden="dicht")
    assert titles(week_in(dorp.kern, MAANDAG)) == {16: ["Spreekuur", "Lezing"], 18: ["Koffie"]}


@pytest.mark.parametrize(
    ("begin", "eind", "dagen"),
    [
        (datetime(2026, 3, 15, 23, tzinfo=UTC), datetime(2026, 3, 16, 23, tzinfo=UTC), [16]),
        (datetime(2026, 3, 16, 20, tzinfo=UTC), datetime(2026, 3, 17, 1, tzinfo=UTC), [16, 17]),
        (datetime(2026, 3, 14, 23, tzinfo=UTC), datetime(2026, 3, 15, 23, tzinfo=UTC), []),
        (datetime(2026, 3, 16, 20, tzinfo=UTC), datetime(2026, 3, 16, 20, tzinfo=UTC), [16]),
        (datetime(2026, 3, 15, 23, tzinfo=UTC), datetime(2026, 3, 15, 23, tzinfo=UTC), [16]),
        (datetime(2026, 3, 22, 22, tzinfo=UTC), datetime(2026, 4, 22, 22, tzinfo=UTC), [22]),
        (datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC), list(range(16, 23))),
    ],
)
def test_on_which_days_an_event_is(begin, eind, dagen):
    punt = factories.AgendapuntFactory(titel="x", begin=begin, eind=eind)
    assert titles(week_in(factories.KernFactory(), MAANDAG)) == {dag: ["x"] for dag in dagen}
    assert [dag for dag in range(16, 23) if punt.is_on(date(2026, 3, dag))] == dagen


def test_the_page_starts_with_the_village_of_the_desk(dorp, as_user):
    client = as_user(factories.MedewerkerFactory(infopunten=[dorp]))
    pagina = client.get(AGENDA, {"week": "2026-03-18"}).content.decode()
    assert "Wat is er te doen in Nieuwleusen?" in pagina
    assert "Week 12: 16 maart tot en met 22 maart 2026" in pagina
    assert "Koffie" in pagina
    assert f"webcal://infopunt.example/agenda/infopunt-{dorp.pk}.ics" in pagina
    eerst = count_queries(client, f"{AGENDA}?week=2026-03-18")
    assert eerst < 25
    for _ in range(3):
        factories.OpeningstijdFactory(locatie=dorp.kern.locaties.get())
        factories.AgendapuntFactory(kern=dorp.kern)
    assert count_queries(client, f"{AGENDA}?week=2026-03-18") == eerst


@pytest.mark.parametrize(
    "query", ["week=gisteren", "kern=0", "kern=x", "week=9999-12-31", "week=0001-01-01", "week=%00"]
)
def test_a_bad_choice_is_said_and_this_week_is_shown(dorp, as_user, query):
    antwoord = as_user(factories.MedewerkerFactory(infopunten=[dorp])).get(f"{AGENDA}?{query}")
    assert antwoord.status_code == 200
    pagina = antwoord.content.decode()
    assert "Deze keuze kennen we niet" in pagina
    assert "Wat is er te doen in Nieuwleusen?" in pagina


def test_words_of_others_are_no_markup(dorp, as_user):
    Agendapunt.objects.update(titel="<script>alert(1)</script>")
    pagina = (
        as_user(factories.MedewerkerFactory(infopunten=[dorp]))
        .get(AGENDA, {"week": "2026-03-16"})
        .content.decode()
    )
    assert "<script>alert" not in pagina
    assert "&lt;script&gt;alert" in pagina


def test_nothing_on_and_no_village_at_all(as_user):
    client = as_user(factories.MedewerkerFactory())
    assert "Er zijn nog geen plaatsen" in client.get(AGENDA).content.decode()
    factories.KernFactory(naam="Ommen")
    assert "Deze week staat er niets in de agenda" in client.get(AGENDA).content.decode()


def test_add_a_calendar_have_it_fetched_and_take_it_away(as_user, coordinator, monkeypatch):
    gevraagd = []
    monkeypatch.setattr("sociale_kaart.views_agenda.queue_fetch", lambda bron: gevraagd.append(bron.pk))
    organisatie, client = factories.OrganisatieFactory(naam="De Bieb"), as_user(coordinator)
    antwoord = client.post(
        BRONNEN, {"organisatie": organisatie.pk, "url": "webcal://bieb.nl/agenda.ics"}, follow=True
    )
    bron = Agendabron.objects.get()
    assert (bron.url, bron.kern) == ("https://bieb.nl/agenda.ics", None)
    assert "Nog niet opgehaald" in antwoord.content.decode()
    client.post(reverse("sociale_kaart:agendabron_ophalen", args=[bron.pk]))
    assert gevraagd == [bron.pk, bron.pk]
    factories.AgendapuntFactory(bron=bron)
    client.post(reverse("sociale_kaart:agendabron_weghalen", args=[bron.pk]))
    assert not Agendabron.objects.exists()
    assert not Agendapunt.objects.exists()


@pytest.mark.parametrize(
    ("url", "fout"),
    [
        ("", "Vul dit nog in."),
        ("geen adres", "Dit is geen webadres."),
        ("ftp://bieb.nl/a.ics", "begint|beginnen met http"),
        ("javascript:alert(1)", "webadres|http"),
        ("http://127.0.0.1/a.ics", "intern netwerk"),
        ("http://localhost/a.ics", "intern netwerk|webadres"),
        ("http://192.168.1.10:8080/a.ics", "intern netwerk"),
        ("http://[::1]/a.ics", "intern netwerk"),
        ("https://jan:geheim@bieb.nl/a.ics", "geen naam of wachtwoord"),
        ("https://bieb.nl/" + "a" * 300, "300"),
        ("http://[::1", "webadres"),
    ],
)
def test_addresses_that_are_refused(as_user, coordinator, url, fout):
    antwoord = as_user(coordinator).post(
        BRONNEN, {"organisatie": factories.OrganisatieFactory().pk, "url": url}
    )
    assert antwoord.status_code == 422
    assert any(deel in antwoord.content.decode() for deel in fout.split("|"))
    assert not Agendabron.objects.exists()


def test_the_same_calendar_twice(as_user, coordinator):
    bron = factories.AgendabronFactory(url="https://bieb.nl/a.ics")
    antwoord = as_user(coordinator).post(BRONNEN, {"organisatie": bron.organisatie_id, "url": bron.url})
    assert "Deze agenda staat er al bij." in antwoord.content.decode()


def test_what_went_wrong_is_said(as_user, coordinator):
    factories.AgendabronFactory(
        fout="Op dit adres staat niets meer.", gelukt_op=datetime(2026, 3, 16, 9, tzinfo=UTC)
    )
    client = as_user(coordinator)
    pagina = client.get(BRONNEN).content.decode()
    assert "Op dit adres staat niets meer." in pagina
    assert "Laatst gelukt: 16 maart, 10.00 uur." in pagina
    eerst = count_queries(client, BRONNEN)
    factories.AgendabronFactory()
    assert count_queries(client, BRONNEN) == eerst < 12
