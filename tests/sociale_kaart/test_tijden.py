"""Opening hours: what counts as open, over midnight, around the change of the clocks, and by week of the month."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from sociale_kaart.models import Openingstijd
from sociale_kaart.tijden import (
    current_opening,
    is_on,
    is_open,
    lees_maandregel,
    next_opening,
    opening_on,
)

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
# The clocks go back: an hour comes twice, see test_the_night_the_clock_goes_back_lasts_an_hour_longer.
TERUG = {date(2026, 10, 25), date(2027, 10, 31)}
MAANDAG, DINSDAG, WOENSDAG, DONDERDAG, VRIJDAG, ZATERDAG, ZONDAG = range(7)


def blok(dagen, van="9:00", tot="12:00", **extra):
    return Openingstijd(weekdagen=dagen, van=_tijd(van), tot=_tijd(tot), **extra)


def _tijd(tekst):
    return time(*map(int, tekst.split(":"))) if tekst else None


def lokaal(*delen, fold=0):
    return datetime(*delen, tzinfo=AMSTERDAM, fold=fold)


def test_open_from_the_first_minute_and_closed_at_the_last():
    tijden = [blok([MAANDAG])]
    assert not is_open(tijden, lokaal(2026, 3, 16, 8, 59))
    assert is_open(tijden, lokaal(2026, 3, 16, 9, 0))
    assert is_open(tijden, lokaal(2026, 3, 16, 11, 59))
    assert not is_open(tijden, lokaal(2026, 3, 16, 12, 0))
    assert not is_open(tijden, lokaal(2026, 3, 17, 10, 0))


def test_over_midnight_the_night_belongs_to_the_day_before():
    huisartsenpost = [blok([0, 1, 2, 3, 4], "17:00", "8:00"), blok([5, 6], "0:00", "0:00")]
    assert is_open(huisartsenpost, lokaal(2026, 3, 17, 7, 59))
    assert not is_open(huisartsenpost, lokaal(2026, 3, 17, 8, 0))
    assert is_open(huisartsenpost, lokaal(2026, 3, 21, 23, 59))
    # Sunday ends at midnight and Monday begins at 17:00: nobody is there on Monday morning.
    assert not is_open(huisartsenpost, lokaal(2026, 3, 23, 0, 0))
    weekend = current_opening(huisartsenpost, lokaal(2026, 3, 21, 12, 0))
    assert weekend.eind == lokaal(2026, 3, 23, 0, 0)


def test_day_and_night_is_one_long_opening():
    tijden = [blok(list(range(7)), "0:00", "0:00")]
    assert current_opening(tijden, lokaal(2026, 3, 16, 3, 0)).is_doorlopend
    assert not current_opening([blok([MAANDAG])], lokaal(2026, 3, 16, 10, 0)).is_doorlopend


def test_until_midnight():
    tijden = [blok(list(range(7)), "6:00", "0:00")]
    assert is_open(tijden, lokaal(2026, 3, 16, 23, 59))
    assert not is_open(tijden, lokaal(2026, 3, 17, 0, 0))
    assert next_opening(tijden, lokaal(2026, 3, 17, 0, 0)).begin == lokaal(2026, 3, 17, 6, 0)


@pytest.mark.parametrize(
    ("toelichting", "regel"),
    [
        ("", frozenset()),
        ("1e van de maand", {1}),
        ("1e en 3e van de maand", {1, 3}),
        ("1e, 3e en laatste van de maand", {1, 3, -1}),
        ("Laatste van de maand", {-1}),
        ("op afspraak", None),
        ("2e van de maand; openbare vergadering", None),
        ("8 bijeenkomsten", None),
        ("5e van de maand", None),
        ("elke 1e van de maand behalve in mei", None),
    ],
)
def test_remark_about_the_month(toelichting, regel):
    assert lees_maandregel(toelichting) == regel


def test_first_and_last_weekday_of_the_month():
    eerste = blok([MAANDAG], toelichting="1e van de maand")
    laatste = blok([MAANDAG], toelichting="laatste van de maand")
    maandagen = [date(2026, 3, dag) for dag in (2, 9, 16, 23, 30)]
    assert [is_on(eerste, dag) for dag in maandagen] == [True, False, False, False, False]
    assert [is_on(laatste, dag) for dag in maandagen] == [False, False, False, False, True]


def test_next_opening_skips_to_the_right_week_of_the_month():
    tijden = [blok([DONDERDAG], "14:00", "16:30", toelichting="1e van de maand")]
    assert next_opening(tijden, lokaal(2026, 3, 5, 14, 0)).begin == lokaal(2026, 4, 2, 14, 0)


@pytest.mark.parametrize(
    "tijd",
    [
        blok([MAANDAG], toelichting="op afspraak"),
        blok([MAANDAG], periode="maart en april"),
        blok([MAANDAG], "", ""),
        blok([], "", "", periode="maart en april"),
    ],
)
def test_what_we_cannot_calculate_is_never_open(tijd):
    assert not is_open([tijd], lokaal(2026, 3, 16, 10, 0))
    assert next_opening([tijd], lokaal(2026, 3, 16, 10, 0)) is None


def test_on_a_holiday_only_day_and_night_is_sure():
    kerst = lokaal(2026, 12, 25, 10, 0)
    assert not is_open([blok([VRIJDAG])], kerst)
    assert is_open([blok(list(range(7)), "0:00", "0:00")], kerst)
    assert next_opening([blok([VRIJDAG, ZATERDAG, ZONDAG])], kerst).begin == lokaal(2026, 12, 27, 9, 0)


def test_hours_are_those_on_the_wall_in_summer_and_winter():
    tijden = [blok([ZONDAG])]
    for dag in (date(2026, 3, 22), date(2026, 3, 29), date(2026, 10, 25), date(2026, 11, 1)):
        assert is_open(tijden, lokaal(dag.year, dag.month, dag.day, 9, 0))
        assert not is_open(tijden, lokaal(dag.year, dag.month, dag.day, 8, 59))
        assert not is_open(tijden, lokaal(dag.year, dag.month, dag.day, 12, 0))


def test_the_night_the_clock_goes_back_lasts_an_hour_longer():
    nacht = opening_on(blok([ZATERDAG], "22:00", "8:00"), date(2026, 10, 24))
    assert nacht.eind - nacht.begin == timedelta(hours=11)
    tot_half_drie = [blok([ZONDAG], "1:00", "2:30")]
    assert is_open(tot_half_drie, lokaal(2026, 10, 25, 2, 15, fold=1))
    assert not is_open(tot_half_drie, lokaal(2026, 10, 25, 2, 30, fold=1))


def test_the_hour_that_is_skipped_in_spring():
    dag = date(2026, 3, 29)
    assert opening_on(blok([ZONDAG], "2:15", "2:45"), dag) is None
    assert opening_on(blok([ZONDAG], "1:00", "2:30"), dag).eind == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert opening_on(blok([ZONDAG], "2:30", "5:00"), dag).begin == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Blok:
    """An opening time that hypothesis can print."""

    weekdagen: list[int]
    van: time
    tot: time
    toelichting: str = ""
    periode: str = ""


blokken = st.lists(
    st.builds(
        Blok,
        weekdagen=st.lists(st.integers(0, 6), unique=True, min_size=1),
        van=st.times().map(lambda tijd: tijd.replace(second=0, microsecond=0)),
        tot=st.times().map(lambda tijd: tijd.replace(second=0, microsecond=0)),
        toelichting=st.sampled_from(["", "", "1e van de maand", "laatste van de maand", "op afspraak"]),
    ),
    max_size=4,
)
momenten = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda minuten: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minuten)
)


def wall_clock_says_open(tijd, moment):
    """The rule as people read it, without any calculation of moments."""
    wand = moment.astimezone(AMSTERDAM)
    nu, vandaag, gisteren = wand.time(), wand.date(), wand.date() - timedelta(days=1)
    if tijd.tot > tijd.van:
        return is_on(tijd, vandaag) and tijd.van <= nu < tijd.tot
    return (is_on(tijd, vandaag) and nu >= tijd.van) or (is_on(tijd, gisteren) and nu < tijd.tot)


@settings(deadline=None)
@given(blokken, momenten)
@example([Blok([ZONDAG], time(2, 30), time(5, 0))], datetime(2026, 3, 29, 1, 15, tzinfo=UTC))
def test_open_is_what_the_clock_on_the_wall_says(tijden, moment):
    assume(moment.date() not in TERUG)
    assert is_open(tijden, moment) == any(wall_clock_says_open(tijd, moment) for tijd in tijden)


@settings(deadline=None)
@given(blokken, momenten)
def test_next_opening_is_later_and_open_at_its_start(tijden, moment):
    opening = next_opening(tijden, moment)
    if opening is not None:
        assert opening.begin > moment
        assert is_open(tijden, opening.begin)
        assert is_open(tijden, opening.eind - timedelta(seconds=1))


@settings(max_examples=40, deadline=None)
@given(blokken, momenten)
def test_nothing_opens_before_the_next_opening(tijden, moment):
    """Closed now and nothing ahead until then: a quarter of an hour at a time."""
    opening = next_opening(tijden, moment)
    if opening is None or is_open(tijden, moment):
        return
    stap = moment
    grens = min(opening.begin, moment + timedelta(days=1))
    while stap < grens:
        assert not is_open(tijden, stap)
        stap += timedelta(minutes=15)
