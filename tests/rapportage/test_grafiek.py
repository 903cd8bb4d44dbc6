"""The line chart's arithmetic."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportage.grafiek import LABEL_HOOGTE, Lijngrafiek, Reeks, Vonklijn, spread


@pytest.mark.parametrize(
    ("meeste", "stap", "top"), [(0, 1, 1), (3, 1, 3), (7, 2, 8), (118, 50, 150), (400, 100, 400)]
)
def test_grid_has_round_numbers(meeste: int, stap: int, top: int) -> None:
    grafiek = Lijngrafiek(["jan", "feb"], [Reeks("Dalfsen", [0, meeste])])

    assert (grafiek.stap, grafiek.top) == (stap, top)
    assert len(grafiek.raster) <= 5


@given(st.lists(st.integers(0, 100_000), min_size=1, max_size=60))
def test_points_stay_on_the_paper(waarden: list[int]) -> None:
    grafiek = Lijngrafiek([str(i) for i in range(len(waarden))], [Reeks("Dalfsen", waarden)])

    for nummer, waarde in enumerate(waarden):
        assert grafiek.links <= grafiek.x(nummer) <= grafiek.rechts
        assert grafiek.boven <= grafiek.y(waarde) <= grafiek.onder
    assert len(grafiek.x_as) <= 12


def test_lines_differ_in_more_than_colour() -> None:
    grafiek = Lijngrafiek(["jan"], [Reeks(naam, [1]) for naam in "ABCD"])

    assert len({lijn.soort for lijn in grafiek.lijnen}) == 4
    assert len({lijn.punten[0] for lijn in grafiek.lijnen}) == 4


@given(st.lists(st.floats(14, 220), min_size=1, max_size=6))
def test_names_do_not_overlap(hoogten: list[float]) -> None:
    uit = sorted(spread(hoogten, LABEL_HOOGTE))

    assert all(later - eerder >= LABEL_HOOGTE - 0.001 for eerder, later in pairwise(uit))


def test_running_month_is_marked() -> None:
    reeksen = [Reeks("Dalfsen", [3, 4])]

    assert Lijngrafiek(["okt", "nov"], reeksen, date(2026, 11, 21)).loopt_tekst == "tot 21 nov"
    assert Lijngrafiek(["okt", "nov"], reeksen).loopt_tekst == ""


def test_room_beside_the_lines_for_the_longest_name() -> None:
    kort, lang = (Lijngrafiek(["jan"], [Reeks(naam, [162])]) for naam in ["Ede", "Nieuwleusen-Noord"])

    assert lang.rechts < kort.rechts
    assert lang.breedte - lang.rechts > 8 * len("Nieuwleusen-Noord 162")


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=60))
def test_small_trend_stays_within_its_box(waarden: list[int]) -> None:
    lijn = Vonklijn(waarden)

    assert all(0 < x < lijn.breedte and 0 < y < lijn.hoogte for x, y in lijn.punten)
    hoogtes = [y for _, y in lijn.punten]
    assert hoogtes[waarden.index(max(waarden))] == min(hoogtes)  # nearly as many may be as high
