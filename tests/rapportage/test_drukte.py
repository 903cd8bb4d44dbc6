"""Questions per open hour, and what follows from them."""

from collections import Counter
from datetime import UTC, date, datetime, time
from random import Random
from typing import Any

import pytest
from django.template.loader import render_to_string
from pytest_django.asserts import assertInHTML

from rapportage.drukte import Drukte, Vak, busyness, with_hours
from rapportage.openingen import Weektijd, openingen
from rapportage.periode import Periode
from rapportage.tellen import Facet, Selectie, Telling, tel
from tests import factories
from tests.rapportage.test_toeval import poisson

JAAR = Periode(date(2026, 1, 1), date(2026, 12, 31))
MAART = Periode(date(2026, 3, 1), date(2026, 3, 31))  # five Mondays and Tuesdays, four Wednesdays
OCHTEND = Weektijd(1, 0, time(9, 30), time(12, 30))
NAMEN = {1: "Nieuwleusen"}


def telling(uren: dict[tuple[int, int, int], int]) -> Telling:
    """(desk, weekday, hour) -> questions."""
    return Telling(Counter({(Facet.UUR, desk, f"{dag}|{uur}"): n for (desk, dag, uur), n in uren.items()}))


def cells(drukte: Drukte) -> dict[str, list[str]]:
    return {rij.kort: [cel.tekst for cel in rij.cellen] for rij in drukte.rijen}


def test_questions_per_open_hour() -> None:
    """Five Mondays: 2.5 open hours from nine to ten, 5 from ten to eleven."""
    drukte = busyness(
        telling({(1, 0, 9): 5, (1, 0, 10): 5, (1, 0, 12): 1}), openingen([OCHTEND], [], MAART), NAMEN
    )

    assert drukte.uren == [9, 10, 11, 12]
    assert cells(drukte) == {
        "ma": ["2,0", "1,0", "niets", "0,4"],
        **{dag: ["dicht"] * 4 for dag in ("di", "wo", "do", "vr")},
    }
    assert [cel.klasse for cel in drukte.rijen[0].cellen] == ["5", "3", "niets", "1"]
    assert drukte.legenda == [("dicht", "dicht"), ("niets", "open, niets geregistreerd")]
    assert drukte.beschrijving == (
        "De meeste vragen per uur: maandag van 9 tot 10 uur, 2,0 per uur. In 1 van de 4 vakken is niets geregistreerd."
    )


def test_desks_together_share_their_hours() -> None:
    """Two desks on Monday from ten to eleven: ten open hours; the second is closed at eleven."""
    tijden = [Weektijd(1, 0, time(10), time(12)), Weektijd(2, 0, time(10), time(11))]
    drukte = busyness(
        telling({(1, 0, 10): 5, (2, 0, 10): 15, (1, 0, 11): 5, (2, 0, 11): 3}),
        openingen(tijden, [], MAART),
        {1: "Dalfsen", 2: "Lemelerveld"},
    )

    assert cells(drukte)["ma"] == ["2,0", "1,0"]
    assert drukte.buiten == 3
    assert drukte.titel == "Drukte in Dalfsen en Lemelerveld"


def test_a_saturday_shows_when_it_is_open() -> None:
    drukte = busyness(telling({}), openingen([Weektijd(1, 5, time(10), time(12))], [], MAART), NAMEN)

    assert list(cells(drukte)) == ["ma", "di", "wo", "do", "vr", "za"]
    assert drukte.beschrijving == "In de uren dat het infopunt open was, is niets geregistreerd."


def test_questions_outside_opening_hours_are_told_apart() -> None:
    drukte = busyness(telling({(1, 0, 20): 4, (1, 6, 3): 1}), openingen([OCHTEND], [], MAART), NAMEN)

    assert drukte.buiten == 5
    assert cells(drukte)["ma"] == ["niets"] * 4


def test_no_opening_hours() -> None:
    drukte = busyness(telling({(1, 0, 20): 1}), {}, NAMEN)

    assert not drukte.bekend
    assert (drukte.uren, drukte.zinnen, drukte.buiten) == ([], [], 1)
    assert "Er is wel 1 vraag opgeschreven" in render_to_string("rapportage/_drukte.html", {"drukte": drukte})


def test_a_few_questions_in_very_many_hours_are_not_nothing() -> None:
    drukte = Drukte(NAMEN, {(1, 0, 10): Vak(1, 50.0)})

    assert cells(drukte)["ma"] == ["0,1"]


def test_one_short_evening_does_not_wash_out_the_rest() -> None:
    drukte = Drukte(NAMEN, {(1, 0, 10): Vak(100, 50.0), (1, 0, 11): Vak(50, 50.0), (1, 0, 20): Vak(20, 1.0)})

    assert [cel.klasse for cel in drukte.rijen[0].cellen if cel.klasse != "dicht"] == ["5", "3", "5"]


def test_a_second_volunteer_only_when_it_is_more_than_chance() -> None:
    """Three an hour for a quarter is clear; two and a half in two weeks is not."""
    druk = {(1, 1, 14): Vak(39, 13.0), (1, 1, 15): Vak(41, 13.0), (1, 2, 10): Vak(13, 13.0)}

    assert [str(tijd) for tijd in Drukte(NAMEN, druk).vol] == ["dinsdag van 14 tot 16 uur"]
    assert (
        str(Drukte(NAMEN, druk).zinnen[0])
        == "Een tweede vrijwilliger is nodig op dinsdag van 14 tot 16 uur (3,1 per uur)."
    )
    rustig = Drukte(NAMEN, {(1, 1, 14): Vak(5, 2.0)})
    assert str(rustig.zinnen[0]) == "Er is geen tijd waarop het duidelijk te druk is voor één vrijwilliger."


def test_the_door_is_open_for_nobody() -> None:
    vakken = {(1, 3, 11): Vak(1, 26.0), (1, 3, 10): Vak(20, 26.0), (1, 4, 9): Vak(0, 2.0)}

    assert str(Drukte(NAMEN, vakken).zinnen[1]) == (
        "De deur stond open voor bijna niemand, of er is niet alles opgeschreven:"
        " op donderdag van 11 tot 12 uur (1 vraag in 26 uur)."
    )


def test_several_desks_and_times_are_named() -> None:
    vakken = {(desk, dag, 10): Vak(200 + dag, 50.0) for desk in (1, 2) for dag in (0, 2, 4)}
    zin = str(Drukte({1: "Dalfsen", 2: "Lemelerveld"}, vakken).zinnen[0])

    assert zin.startswith(
        "Een tweede vrijwilliger is nodig in Dalfsen op vrijdag van 10 tot 11 uur (4,1 per uur), in Lemelerveld op "
    )
    assert zin.endswith("En op nog 3 tijden.")


def test_an_ordinary_desk_is_not_called_busy_or_quiet() -> None:
    """Two hundred quarters at exactly the pace where a second volunteer would begin to help."""
    rng = Random("drukte")
    genoemd = 0
    for _ in range(200):
        vakken = {(1, dag, uur): Vak(poisson(rng, 26), 13.0) for dag in (0, 1, 3) for uur in (13, 14, 15)}
        genoemd += bool(Drukte(NAMEN, vakken).vol)

    assert genoemd / 200 <= 0.05 + 0.03


@pytest.mark.parametrize(
    ("gekozen", "telt"),
    [
        ((), ("direct", "achteraf", "turf")),
        (("direct", "papier"), ("direct",)),
        (("papier",), None),
    ],
)
def test_paper_has_no_hour(gekozen: tuple, telt: tuple | None) -> None:
    selectie = with_hours(Selectie((1,), herkomsten=gekozen))

    assert (selectie and selectie.herkomsten) == telt


def test_page_has_a_number_in_every_open_cell() -> None:
    drukte = busyness(telling({(1, 0, 10): 5, (1, 0, 20): 1}), openingen([OCHTEND], [], MAART), NAMEN)

    pagina = render_to_string("rapportage/_drukte.html", {"drukte": drukte, "zonder_uur": 2})

    assertInHTML('<td class="warmte warmte--5">1,0</td>', pagina, count=1)
    assertInHTML('<td class="warmte warmte--niets">niets</td>', pagina, count=3)
    assertInHTML(
        '<td class="warmte warmte--dicht"><span class="voorlezen">dicht</span></td>', pagina, count=16
    )
    assert "1 vraag is buiten de openingstijden gesteld. Die staat niet in de tabel." in pagina
    assert "Van 2 vragen van papier weten we het uur niet. Die staan er ook niet in." in pagina
    assert "style=" not in pagina


def test_counts_of_the_database(infopunten: list[Any]) -> None:
    """Winter and summer time: 13.15 UTC is quarter past two in March before the change, quarter past three after."""
    desk = infopunten[0]
    for dag in (16, 30):
        factories.VraagFactory(infopunt=desk, moment=datetime(2026, 3, dag, 13, 15, tzinfo=UTC))
    (geteld,) = tel([MAART], Selectie((desk.pk,)))

    drukte = busyness(
        geteld, openingen([Weektijd(desk.pk, 0, time(13), time(16))], [], MAART), {desk.pk: desk.naam}
    )

    assert cells(drukte)["ma"] == ["niets", "0,2", "0,2"]
