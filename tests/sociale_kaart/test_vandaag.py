"""What is on today, in a village and in one line."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from sociale_kaart.models import Locatie, Openingstijd
from sociale_kaart.stand import stand_van
from sociale_kaart.vandaag import ids_open_on, open_on
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
    with django_assert_num_queries(1):
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
    assert ids_open_on(MAANDAG) == {zeker.aanbod_id}


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


def test_no_hours_known_says_nothing():
    assert stand_van([], lokaal(2026, 3, 16, 10, 0)) is None
