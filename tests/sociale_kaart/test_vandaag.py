"""What is on today, in a village and in one line."""

from datetime import date, datetime, time, timedelta
from importlib import import_module
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sociale_kaart.models import Aanbod, Locatie, Mededeling, Openingstijd, Uitzondering
from sociale_kaart.stand import stand_van
from sociale_kaart.tijden import is_on, is_open, is_regular_day, openings_on
from sociale_kaart.vandaag import ids_open_at, ids_open_on, open_on
from tests import factories

MAANDAG = date(2026, 3, 16)


def lokaal(*delen):
    return datetime(*delen, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.mark.django_db
def test_open_on_gives_what_is_on_in_the_village_earliest_first(django_assert_num_queries):
    spil = factories.LocatieFactory(naam="De Spil", kern=factories.KernFactory(naam="Nieuwleusen"))
    elders = factories.LocatieFactory(naam="Elders", kern=factories.KernFactory(naam="Dalfsen"))
    lijn = factories.LocatieFactory(naam="lijn Nieuwleusen", kern=spil.kern, soort="virtueel")
    laat = factories.OpeningstijdFactory(locatie=spil, weekdagen=[0], van=time(14), tot=time(16))
    vroeg = factories.OpeningstijdFactory(locatie=spil, weekdagen=[0, 1])
    factories.OpeningstijdFactory(locatie=spil, weekdagen=[0], weken_van_maand=[1])
    factories.OpeningstijdFactory(locatie=spil, weekdagen=[0], toelichting="op afspraak")
    factories.OpeningstijdFactory(locatie=spil, weekdagen=[1])
    factories.OpeningstijdFactory(locatie=elders)
    factories.OpeningstijdFactory(locatie=lijn)
    with django_assert_num_queries(2):
        items = open_on(spil.kern, MAANDAG)
        assert [item.aanbod for item in items] == [vroeg.aanbod, laat.aanbod]
        assert {item.locatie.naam for item in items} == {"De Spil"}
        assert all(item.aanbod.organisatie.naam for item in items)
    assert items[0].opening.begin == lokaal(2026, 3, 16, 9, 0)
    assert items[0].is_now(lokaal(2026, 3, 16, 9, 0))
    assert not items[0].is_now(lokaal(2026, 3, 16, 12, 0))


@pytest.mark.django_db
def test_ids_open_on_counts_only_what_is_certain():
    zeker = factories.OpeningstijdFactory()
    factories.OpeningstijdFactory(toelichting="8 bijeenkomsten")
    factories.OpeningstijdFactory(weekdagen=[2])
    assert set(ids_open_on(MAANDAG)) == {zeker.aanbod_id}


SPIL = Locatie(naam="Kulturhus de Spil, Nieuwleusen")
LIJN = Locatie(naam="telefonisch", soort="virtueel")


def tijd(dagen, van, tot, **extra):
    return Openingstijd(weekdagen=dagen, van=time(*van), tot=time(*tot), **extra)


@pytest.mark.parametrize(
    ("tijden", "tekst", "nu"),
    [
        ([tijd([0], (9, 0), (16, 30))], "Nu open, tot 16.30", True),
        ([tijd([0], (9, 0), (0, 0))], "Nu open, tot 24.00", True),
        ([tijd([0], (9, 0), (17, 0), locatie=LIJN)], "Nu bereikbaar, tot 17.00", True),
        ([tijd(list(range(7)), (0, 0), (0, 0))], "Dag en nacht open", True),
        ([tijd([0], (14, 0), (16, 0), locatie=SPIL)], "Vandaag 14.00, Kulturhus de Spil", False),
        ([tijd([1], (9, 5), (16, 0))], "Morgen 9.05", False),
        ([tijd([3], (9, 0), (12, 0))], "Do 19 maart 9.00", False),
        ([tijd([3], (9, 0), (12, 0), seizoen_van=1, seizoen_tot=2)], "Do 7 januari 2027 9.00", False),
        (
            [tijd([0], (9, 0), (12, 0), toelichting="op afspraak")],
            "Maandag 9.00–12.00 uur, op afspraak",
            False,
        ),
        ([Openingstijd(periode="maart en april")], "Maart en april", False),
    ],
)
def test_one_line_about_when(tijden, tekst, nu):
    stand = stand_van(tijden, lokaal(2026, 3, 16, 10, 0))
    assert (stand.tekst, stand.nu) == (tekst, nu)


def dicht(van_dag, tot_dag, reden="", uren=(None, None)):
    return Uitzondering(
        van_dag=van_dag, tot_dag=tot_dag, reden=reden, van=uren[0], tot=uren[1], organisatie_id=1
    )


@pytest.mark.parametrize(
    ("uitzonderingen", "tekst"),
    [
        (
            [dicht(date(2026, 3, 9), date(2026, 3, 28), "vakantie")],
            "Dicht t/m 28 maart (vakantie). Daarna ma 30 maart 9.00",
        ),
        ([dicht(MAANDAG, MAANDAG)], "Vandaag dicht. Daarna do 19 maart 14.00"),
        (
            [dicht(MAANDAG, date(2026, 3, 18)), dicht(date(2026, 3, 19), date(2026, 3, 19))],
            "Dicht t/m 19 maart. Daarna ma 23 maart 9.00",
        ),
        ([dicht(MAANDAG, MAANDAG, uren=(time(15), time(16)))], "Vandaag 15.00"),
        ([dicht(MAANDAG, MAANDAG, uren=(time(9), time(16)))], "Nu open, tot 16.00"),
        ([dicht(date(2026, 3, 19), date(2026, 3, 19))], "Nu open, tot 12.00"),
        ([dicht(MAANDAG, date(2028, 1, 1), "verbouwing")], "Dicht t/m 19 april 2027 (verbouwing)."),
    ],
)
def test_one_line_about_closing(uitzonderingen, tekst):
    tijden = [tijd([0], (9, 0), (12, 0)), tijd([3], (14, 0), (16, 0))]
    assert stand_van(tijden, lokaal(2026, 3, 16, 10, 0), uitzonderingen).tekst == tekst


def test_a_closed_day_on_which_it_would_not_be_on_anyway_is_not_mentioned():
    gesloten = [dicht(MAANDAG, MAANDAG)]
    assert (
        stand_van([tijd([3], (14, 0), (16, 0))], lokaal(2026, 3, 16, 10), gesloten).tekst
        == "Do 19 maart 14.00"
    )
    op_afspraak = [tijd([3], (14, 0), (16, 0), toelichting="op afspraak")]
    assert stand_van(op_afspraak, lokaal(2026, 3, 16, 10), gesloten).tekst == "Vandaag dicht."


def test_no_hours_known_says_nothing():
    assert stand_van([], lokaal(2026, 3, 16, 10, 0)) is None


minuten = st.times().map(lambda tijd: tijd.replace(second=0, microsecond=0))
DAG = st.dates(date(2026, 1, 1), date(2028, 12, 31))
HERHALING = st.one_of(
    st.just({}),
    st.lists(st.sampled_from([1, 2, 3, 4, 5, -1]), unique=True, min_size=1).map(
        lambda weken: {"weken_van_maand": weken}
    ),
    st.builds(lambda n, vanaf: {"elke_weken": n, "vanaf": vanaf}, st.integers(2, 8), DAG),
)
SEIZOEN = st.tuples(st.integers(1, 12), st.integers(1, 12)).map(
    lambda m: {"seizoen_van": m[0], "seizoen_tot": m[1]}
)
BLOK = st.builds(
    lambda herhaling, seizoen, **velden: velden | herhaling | seizoen,
    HERHALING,
    st.just({}) | SEIZOEN,
    weekdagen=st.lists(st.integers(0, 6), unique=True, min_size=1, max_size=7) | st.just(list(range(7))),
    van=minuten | st.just(time(0)),
    tot=minuten | st.just(time(0)),
    toelichting=st.sampled_from(["", "", "", "op afspraak"]),
)
ANDERS = st.builds(
    lambda dag, duur, uren, eigen: (
        eigen,
        {"van_dag": dag, "tot_dag": dag + timedelta(days=duur), "van": uren[0], "tot": uren[1]},
    ),
    DAG,
    st.integers(0, 300),
    st.just((None, None)) | st.tuples(minuten, minuten),
    st.booleans(),
)


@pytest.mark.django_db(transaction=True)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(BLOK, max_size=3), st.lists(ANDERS, max_size=3), DAG, minuten)
def test_the_database_says_the_same_as_the_calculation(blokken, anders, dag, uur):
    """Of two offers, the second without exceptions of its own."""
    Aanbod.objects.all().delete()
    eerste = factories.AanbodFactory()
    tweede = factories.AanbodFactory(organisatie=eerste.organisatie)
    for aanbod in (eerste, tweede):
        for blok in blokken:
            factories.OpeningstijdFactory(aanbod=aanbod, **blok)
    for eigen, velden in anders:
        Uitzondering.objects.create(
            **velden, **({"aanbod": eerste} if eigen else {"organisatie": eerste.organisatie})
        )
    tijden = list(Openingstijd.objects.all())
    assert {t.pk for t in tijden if is_on(t, dag)} == set(
        Openingstijd.objects.begins_on(dag).values_list("pk", flat=True)
    )
    assert {t.pk for t in tijden if is_regular_day(t, dag) and not t.toelichting} == set(
        Openingstijd.objects.regular_on(dag).values_list("pk", flat=True)
    )
    moment = datetime.combine(dag, uur, ZoneInfo("Europe/Amsterdam"))
    op_dag, op_moment = set(ids_open_on(dag)), set(ids_open_at(moment))
    for aanbod in (eerste, tweede):
        eigen_tijden = list(aanbod.openingstijden.all())
        alle = Aanbod.objects.get(pk=aanbod.pk).uitzonderingen
        if not _wordt_de_klok_verzet(dag):
            assert bool(openings_on(eigen_tijden, dag, alle)) == (aanbod.pk in op_dag)
            assert is_open(eigen_tijden, moment, alle) == (aanbod.pk in op_moment)


def _wordt_de_klok_verzet(dag):
    middernacht = [
        datetime.combine(dag + timedelta(days=n), time(0), ZoneInfo("Europe/Amsterdam"))
        for n in (-1, 0, 1, 2)
    ]
    return len({moment.utcoffset() for moment in middernacht}) > 1


@pytest.mark.django_db
def test_exceptions_on_the_start_page(django_assert_num_queries):
    spil = factories.LocatieFactory(naam="De Spil", kern=factories.KernFactory(naam="Nieuwleusen"))
    gewoon, dicht_vandaag, anders, zaterdag = (
        factories.OpeningstijdFactory(locatie=spil, weekdagen=[weekdag]).aanbod for weekdag in (0, 0, 0, 5)
    )
    Uitzondering.objects.create(aanbod=dicht_vandaag, van_dag=MAANDAG, tot_dag=MAANDAG)
    for aanbod, van in ((anders, time(14)), (zaterdag, time(15))):
        Uitzondering.objects.create(aanbod=aanbod, van_dag=MAANDAG, tot_dag=MAANDAG, van=van, tot=time(16))
    with django_assert_num_queries(5):
        items = open_on(spil.kern, MAANDAG)
        assert [(item.aanbod, item.locatie) for item in items] == [
            (gewoon, spil),
            (anders, spil),
            (zaterdag, spil),
        ]
    assert [timezone.localtime(item.opening.begin).hour for item in items] == [9, 14, 15]


@pytest.mark.django_db
def test_what_an_offer_says_about_meeting_people():
    aanbod = factories.AanbodFactory(
        soort="activiteit",
        kennismaken=["na", "vooraf"],
        contact="praatje",
        vaste_gezichten=True,
        drempel="binnenlopen",
    )
    assert aanbod.ontmoetingszinnen == [
        "Je kunt zo binnenlopen",
        "Goed voor een praatje",
        "Ruimte om kennis te maken: vooraf en na afloop",
        "Elke keer dezelfde mensen",
    ]
    stil = factories.AanbodFactory(soort="activiteit")
    hulp = factories.AanbodFactory(soort="hulp", contact="praatje")
    assert (stil.ontmoetingszinnen, hulp.ontmoetingszinnen) == ([], [])
    assert list(Aanbod.objects.om_te_ontmoeten()) == [aanbod]


@pytest.mark.django_db
def test_notices_of_the_offer_and_its_organisation_on_their_days():
    aanbod = factories.AanbodFactory()
    Mededeling.objects.create(aanbod=aanbod, van_dag=MAANDAG, tot_dag=MAANDAG, tekst="De lift is stuk.")
    Mededeling.objects.create(
        organisatie=aanbod.organisatie, van_dag=MAANDAG, tot_dag=date(2026, 3, 20), tekst="We verhuizen."
    )
    teksten = [[m.tekst for m in aanbod.mededelingen_op(date(2026, 3, dag))] for dag in (15, 16, 17, 21)]
    assert teksten == [[], ["De lift is stuk.", "We verhuizen."], ["We verhuizen."], []]


@pytest.mark.django_db
def test_rules_that_stood_in_a_remark_move_to_their_field_and_back():
    migratie = import_module("sociale_kaart.migrations.0008_weken_van_de_maand")
    oud = {
        "1e en 3e van de maand": ([1, 3], ""),
        "2e van de maand; openbare vergadering": ([2], "openbare vergadering"),
        "op afspraak": ([], "op afspraak"),
        "1e van de maand behalve in mei": ([], "1e van de maand behalve in mei"),
    }
    tijden = {tekst: factories.OpeningstijdFactory(toelichting=tekst) for tekst in oud}
    migratie.lees(apps, None)
    for tekst, (weken, rest) in oud.items():
        tijden[tekst].refresh_from_db()
        assert (tijden[tekst].weken_van_maand, tijden[tekst].toelichting) == (weken, rest)
    migratie.schrijf(apps, None)
    for tekst, tijd in tijden.items():
        tijd.refresh_from_db()
        assert (tijd.weken_van_maand, tijd.toelichting) == ([], tekst)
