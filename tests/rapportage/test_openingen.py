"""Which hours count as open."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.utils import timezone

from rapportage.openingen import (
    Dienst,
    Weektijd,
    ended,
    hours,
    hours_per_cell,
    hours_per_desk,
    load_openingen,
    openingen,
    until,
)
from rapportage.periode import Periode
from tests import factories

OCHTEND = Weektijd(1, 0, time(9, 30), time(12, 30))
MAART = Periode(date(2026, 3, 1), date(2026, 3, 31))  # five Mondays: 2, 9, 16, 23 and 30


def lokaal(dag: date, uur: int, minuut: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(dag, time(uur, minuut)))


def shift(dag: int, van: tuple[int, int], tot: tuple[int, int]) -> Dienst:
    return Dienst(1, lokaal(date(2026, 3, dag), *van), lokaal(date(2026, 3, dag), *tot))


def test_every_monday_of_the_month() -> None:
    open_ = openingen([OCHTEND], [], MAART)

    assert [dag.day for dag, _ in open_] == [2, 9, 16, 23, 30]
    assert hours_per_desk(open_) == {1: 15}


def test_half_an_hour_is_half_an_hour() -> None:
    vakken = hours_per_cell(openingen([OCHTEND], [], MAART))

    assert vakken == {(1, 0, 9): 2.5, (1, 0, 10): 5, (1, 0, 11): 5, (1, 0, 12): 2.5}


def test_closed_on_public_holidays() -> None:
    """Easter Monday and Whit Monday of 2026 are 6 April and 25 May; King's Day is Monday 27 April."""
    open_ = openingen([OCHTEND], [], Periode(date(2026, 4, 1), date(2026, 5, 31)))

    assert {dag for dag, _ in open_}.isdisjoint({date(2026, 4, 6), date(2026, 4, 27), date(2026, 5, 25)})
    assert len(open_) == 5


def test_a_shift_on_a_holiday_is_open() -> None:
    paasmaandag = date(2026, 4, 6)
    dienst = Dienst(1, lokaal(paasmaandag, 10), lokaal(paasmaandag, 12))

    assert openingen([OCHTEND], [dienst], Periode(paasmaandag, paasmaandag)) == {
        (paasmaandag, 1): [(600, 720)]
    }


@pytest.mark.parametrize(
    ("dienst", "blokken"),
    [
        (shift(2, (9, 30), (12, 30)), [(570, 750)]),  # the shift of the opening hours
        (shift(2, (9, 15), (12, 45)), [(570, 750)]),  # lights on and off
        (shift(2, (9, 30), (14, 0)), [(570, 840)]),  # stays on
        (shift(2, (19, 0), (21, 0)), [(570, 750), (1140, 1260)]),  # an extra evening
        (shift(2, (8, 0), (14, 0)), [(480, 840)]),  # around it
    ],
)
def test_what_a_shift_adds(dienst: Dienst, blokken: list) -> None:
    assert openingen([OCHTEND], [dienst], Periode(date(2026, 3, 2), date(2026, 3, 2))) == {
        (date(2026, 3, 2), 1): blokken
    }


def test_a_shift_past_midnight_is_of_two_days() -> None:
    dienst = Dienst(1, lokaal(date(2026, 3, 3), 22), lokaal(date(2026, 3, 4), 1))

    assert openingen([], [dienst], MAART) == {
        (date(2026, 3, 3), 1): [(1320, 1440)],
        (date(2026, 3, 4), 1): [(0, 60)],
    }


def test_overlapping_hours_count_once() -> None:
    tijden = [OCHTEND, Weektijd(1, 0, time(10), time(13)), Weektijd(1, 0, time(13), time(14))]

    assert openingen(tijden, [], Periode(date(2026, 3, 2), date(2026, 3, 2))) == {
        (date(2026, 3, 2), 1): [(570, 840)]
    }


@pytest.mark.parametrize("dag", [date(2026, 3, 29), date(2026, 10, 25)])
def test_the_days_the_clock_changes(dag: date) -> None:
    """A Sunday desk is open as long as its hours say, on the day of 23 and of 25 hours too."""
    open_ = openingen([Weektijd(1, 6, time(9, 30), time(12, 30))], [], Periode(dag, dag))

    assert hours(open_[dag, 1]) == 3
    assert until(open_, lokaal(dag, 10)) == {(dag, 1): [(570, 600)]}


def test_until_now() -> None:
    open_ = openingen([OCHTEND], [], MAART)

    assert hours_per_desk(until(open_, lokaal(date(2026, 3, 16), 11))) == {1: 7.5}
    assert until(open_, lokaal(date(2026, 3, 2), 9, 30)) == {}


def test_a_day_has_ended_when_the_desk_has_closed() -> None:
    open_ = openingen([OCHTEND], [], MAART)

    assert len(ended(open_, lokaal(date(2026, 3, 16), 12, 29))) == 2
    assert len(ended(open_, lokaal(date(2026, 3, 16), 12, 30))) == 3


def test_loading(django_assert_num_queries: Any, infopunten: list[Any]) -> None:
    desk, ander, buiten = infopunten
    for infopunt in (desk, buiten):
        factories.InfopuntTijdFactory(infopunt=infopunt)
    avond = {
        "begin": datetime(2026, 3, 3, 18, tzinfo=UTC),
        "eind": datetime(2026, 3, 3, 20, tzinfo=UTC),
    }
    factories.RoosterdienstFactory(infopunt=ander, **avond)
    factories.RoosterdienstFactory(infopunt=desk, functie="achterwacht", **avond)

    with django_assert_num_queries(2):
        open_ = load_openingen([desk.pk, ander.pk], MAART)

    assert hours_per_desk(open_) == {desk.pk: 15, ander.pk: 2}
