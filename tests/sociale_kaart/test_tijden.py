"""Opening hours: what counts as open, over midnight, around the change of the clocks, and by week of the month."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil import rrule
from dateutil.easter import easter
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from sociale_kaart.models import Openingstijd, Uitzondering
from sociale_kaart.tijden import (
    beschrijf,
    current_opening,
    is_on,
    is_open,
    is_regular_day,
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
    ("toelichting", "weken", "rest"),
    [
        ("", [], ""),
        ("1e van de maand", [1], ""),
        ("1e en 3e van de maand", [1, 3], ""),
        ("1e, 3e en laatste van de maand", [1, 3, -1], ""),
        ("3e en 3e van de maand", [3], ""),
        (" Laatste van de maand ", [-1], ""),
        ("5e van de maand", [5], ""),
        ("2e van de maand; openbare vergadering", [2], "openbare vergadering"),
        ("2e van de maand, op afspraak", [2], "op afspraak"),
        ("op afspraak", [], "op afspraak"),
        ("8 bijeenkomsten", [], "8 bijeenkomsten"),
        ("6e van de maand", [], "6e van de maand"),
        ("elke 1e van de maand behalve in mei", [], "elke 1e van de maand behalve in mei"),
        ("1e van de maand behalve in mei", [], "1e van de maand behalve in mei"),
    ],
)
def test_remark_about_the_month(toelichting, weken, rest):
    assert lees_maandregel(toelichting) == (weken, rest)


def test_first_and_last_weekday_of_the_month():
    eerste = blok([MAANDAG], weken_van_maand=[1])
    laatste = blok([MAANDAG], weken_van_maand=[-1])
    vijfde = blok([MAANDAG], weken_van_maand=[5])
    maandagen = [date(2026, 3, dag) for dag in (2, 9, 16, 23, 30)]
    assert [is_on(eerste, dag) for dag in maandagen] == [True, False, False, False, False]
    assert [is_on(laatste, dag) for dag in maandagen] == [False, False, False, False, True]
    assert [is_on(vijfde, dag) for dag in maandagen] == [False, False, False, False, True]
    assert not is_on(vijfde, date(2026, 2, 23))
    assert is_on(laatste, date(2026, 2, 23))


def test_a_leap_day_is_a_fifth_and_last_one():
    zondag = date(2032, 2, 29)
    assert is_on(blok([ZONDAG], weken_van_maand=[5]), zondag)
    assert is_on(blok([ZONDAG], weken_van_maand=[-1]), zondag)
    assert not is_on(blok([ZONDAG], weken_van_maand=[4]), zondag)
    assert is_on(blok([ZONDAG], seizoen_van=2, seizoen_tot=2), zondag)


def test_next_opening_skips_to_the_right_week_of_the_month():
    tijden = [blok([DONDERDAG], "14:00", "16:30", weken_van_maand=[1])]
    assert next_opening(tijden, lokaal(2026, 3, 5, 14, 0)).begin == lokaal(2026, 4, 2, 14, 0)


def test_every_other_week_counts_from_the_week_of_the_first_day():
    # Wednesday 4 March: that week counts, also for the Monday after which it began.
    tijd = blok([MAANDAG, WOENSDAG], elke_weken=2, vanaf=date(2026, 3, 4))
    dagen = [dag for n in range(31) if is_on(tijd, dag := date(2026, 3, 1) + timedelta(days=n))]
    assert [dag.day for dag in dagen] == [4, 16, 18, 30]


def test_a_season_may_run_over_new_year():
    tijd = blok([MAANDAG], seizoen_van=11, seizoen_tot=2)
    assert is_on(tijd, date(2026, 11, 2))
    assert is_on(tijd, date(2027, 2, 22))
    assert not is_on(tijd, date(2027, 3, 1))
    assert next_opening([tijd], lokaal(2026, 3, 2, 10, 0)).begin == lokaal(2026, 11, 2, 9, 0)


def test_first_and_last_day_both_count():
    tijd = blok([MAANDAG], vanaf=date(2026, 3, 9), tot_en_met=date(2026, 3, 16))
    assert [is_on(tijd, date(2026, 3, dag)) for dag in (2, 9, 16, 23)] == [False, True, True, False]
    assert next_opening([tijd], lokaal(2026, 3, 16, 9, 0)) is None


def dicht(van_dag, tot_dag, **extra):
    return Uitzondering(van_dag=van_dag, tot_dag=tot_dag, **({"organisatie_id": 1} | extra))


def anders(dag, van, tot, **extra):
    return dicht(dag, extra.pop("tot_dag", dag), van=_tijd(van), tot=_tijd(tot), **extra)


AANBOD = {"aanbod_id": 1, "organisatie_id": None}


def test_closed_for_a_while_and_then_on_again():
    tijden = [blok([MAANDAG])]
    vakantie = [dicht(date(2026, 7, 20), date(2026, 8, 12))]
    assert is_open(tijden, lokaal(2026, 7, 13, 10, 0), vakantie)
    assert not is_open(tijden, lokaal(2026, 7, 20, 10, 0), vakantie)
    assert next_opening(tijden, lokaal(2026, 7, 14), vakantie).begin == lokaal(2026, 8, 17, 9, 0)


def test_other_hours_are_the_only_hours_of_that_day():
    tijden = [blok([MAANDAG], "9:00", "12:00"), blok([MAANDAG], "13:00", "17:00")]
    uitzondering = [anders(date(2026, 3, 16), "10:00", "11:00")]
    uren = [uur for uur in range(24) if is_open(tijden, lokaal(2026, 3, 16, uur, 30), uitzondering)]
    assert uren == [10]


def test_the_night_before_a_closed_day_is_still_the_night_before():
    nacht = [blok([MAANDAG, DINSDAG], "22:00", "6:00")]
    gesloten = [dicht(date(2026, 3, 17), date(2026, 3, 17))]
    assert is_open(nacht, lokaal(2026, 3, 17, 5, 0), gesloten)
    assert not is_open(nacht, lokaal(2026, 3, 17, 23, 0), gesloten)


def test_an_offer_goes_before_its_organisation_and_short_before_long():
    tijden, maandag = [blok([MAANDAG])], date(2026, 7, 20)
    zomer = dicht(date(2026, 7, 1), date(2026, 8, 31))
    open_dag = anders(maandag, "14:00", "15:00")
    eigen = anders(date(2026, 7, 1), "19:00", "20:00", tot_dag=date(2026, 8, 31), **AANBOD)

    def uren(*uitzonderingen):
        return [uur for uur in range(24) if is_open(tijden, lokaal(2026, 7, 20, uur), uitzonderingen)]

    assert uren(zomer) == []
    assert uren(zomer, open_dag) == [14]
    assert uren(zomer, open_dag, eigen) == [19]
    # Two that say the same day differently: closed is the safe one.
    assert uren(open_dag, dicht(maandag, maandag)) == []
    assert uren(open_dag, anders(maandag, "16:00", "17:00")) == [14, 16]


def test_hours_of_an_organisation_say_nothing_about_an_offer_that_is_on_another_day():
    zaterdag = date(2026, 3, 21)
    assert not is_open([blok([MAANDAG])], lokaal(2026, 3, 21, 10, 0), [anders(zaterdag, "9:00", "12:00")])
    eigen = anders(zaterdag, "9:00", "12:00", **AANBOD)
    assert is_open([blok([MAANDAG])], lokaal(2026, 3, 21, 10, 0), [eigen])
    assert is_open([], lokaal(2026, 3, 21, 10, 0), [eigen])


def test_an_exception_may_open_on_a_holiday():
    kerst = date(2026, 12, 25)
    assert is_open([blok([VRIJDAG])], lokaal(2026, 12, 25, 10, 0), [anders(kerst, "10:00", "11:00")])


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
    weken_van_maand: list[int] = field(default_factory=list)
    elke_weken: int = 1
    vanaf: date | None = None
    tot_en_met: date | None = None
    seizoen: tuple[int, int] | None = None

    @property
    def seizoen_van(self):
        return self.seizoen[0] if self.seizoen else None

    @property
    def seizoen_tot(self):
        return self.seizoen[1] if self.seizoen else None


@dataclass(frozen=True)
class Anders:
    """An exception that hypothesis can print."""

    van_dag: date
    duur: int
    uren: tuple[time, time] | None
    aanbod_id: int | None

    @property
    def tot_dag(self):
        return self.van_dag + timedelta(days=self.duur)

    @property
    def van(self):
        return self.uren[0] if self.uren else None

    @property
    def tot(self):
        return self.uren[1] if self.uren else None


minuten = st.times().map(lambda tijd: tijd.replace(second=0, microsecond=0))
datums = st.dates(date(2026, 1, 1), date(2028, 12, 31))
hoe_vaak = st.one_of(
    st.just({}),
    st.lists(st.sampled_from([1, 2, 3, 4, 5, -1]), unique=True, min_size=1).map(
        lambda weken: {"weken_van_maand": weken}
    ),
    st.builds(lambda n, vanaf: {"elke_weken": n, "vanaf": vanaf}, st.integers(2, 8), datums),
)
blok_dagen = st.builds(
    lambda herhaling, **velden: Blok(**(velden | herhaling)),
    hoe_vaak,
    weekdagen=st.lists(st.integers(0, 6), unique=True, min_size=1),
    van=minuten,
    tot=minuten,
    vanaf=st.none() | datums,
    tot_en_met=st.none() | datums,
    seizoen=st.none() | st.tuples(st.integers(1, 12), st.integers(1, 12)),
)
blokken = st.lists(blok_dagen, max_size=4)
uitzonderingen = st.lists(
    st.builds(
        Anders,
        van_dag=datums,
        duur=st.integers(0, 400),
        uren=st.none() | st.tuples(minuten, minuten),
        aanbod_id=st.sampled_from([None, 1]),
    ),
    max_size=4,
)
momenten = st.integers(0, 3 * 365 * 24 * 60).map(
    lambda n: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=n)
)
BIJZONDERE_MOMENTEN = [
    datetime(2026, 3, 29, 1, 15, tzinfo=UTC),
    datetime(2026, 3, 28, 23, 30, tzinfo=UTC),
    datetime(2026, 12, 31, 23, 0, tzinfo=UTC),
    datetime(2028, 2, 28, 23, 0, tzinfo=UTC),
    datetime(2028, 2, 29, 12, 0, tzinfo=UTC),
]


def holidays(jaar):
    """Worked out from Easter, without the package that the product uses."""
    paas = easter(jaar)
    koning = date(jaar, 4, 27)
    vast = {date(jaar, 1, 1), date(jaar, 12, 25), date(jaar, 12, 26)}
    vast.add(koning - timedelta(days=1) if koning.weekday() == ZONDAG else koning)
    if jaar % 5 == 0:
        vast.add(date(jaar, 5, 5))
    return vast | {paas + timedelta(days=n) for n in (-2, 0, 1, 39, 49, 50)}


def rule_says(tijd, dag):
    """The days of a block as a calendar program works them out (dateutil's recurrence rules)."""
    begin = datetime.combine(tijd.vanaf or dag - timedelta(days=70), time(0))
    extra = {"bymonth": months(*tijd.seizoen)} if tijd.seizoen else {}
    if tijd.weken_van_maand:
        dagen = [rrule.weekday(wd, week) for wd in tijd.weekdagen for week in tijd.weken_van_maand]
        regel = rrule.rrule(rrule.MONTHLY, dtstart=begin, byweekday=dagen, **extra)
    else:
        regel = rrule.rrule(
            rrule.WEEKLY, dtstart=begin, interval=tijd.elke_weken, byweekday=tijd.weekdagen, wkst=0, **extra
        )
    moment = datetime.combine(dag, time(0))
    return bool(regel.between(moment, moment, inc=True)) and (not tijd.tot_en_met or dag <= tijd.tot_en_met)


def months(van, tot):
    """Walk from one month to the other, over new year when needed."""
    gevonden = [van]
    while gevonden[-1] != tot:
        gevonden.append(gevonden[-1] % 12 + 1)
    return gevonden


def hours_say(tijden, anders, dag):
    """The hours that begin on a day: what people would answer who read all rules one by one."""
    geldig = [u for u in anders if u.van_dag <= dag <= u.van_dag + timedelta(days=u.duur)]
    if any(u.aanbod_id for u in geldig):
        geldig = [u for u in geldig if u.aanbod_id]
    if geldig:
        kortst = sorted(u.duur for u in geldig)[0]
        geldig = [u for u in geldig if u.duur == kortst]
        if not all(u.uren for u in geldig):
            return []
        van_toepassing = geldig[0].aanbod_id or any(rule_says(tijd, dag) for tijd in tijden)
        return [u.uren for u in geldig] if van_toepassing else []
    altijd = [t for t in tijden if sorted(t.weekdagen) == list(range(7)) and t.van == t.tot == time(0)]
    gewoon = altijd if dag in holidays(dag.year) else tijden
    return [(tijd.van, tijd.tot) for tijd in gewoon if rule_says(tijd, dag)]


def clock_says_open(tijden, anders, moment):
    """Look at the clock on the wall, without any calculation of moments."""
    wand = moment.astimezone(AMSTERDAM)
    nu, vandaag, gisteren = wand.time(), wand.date(), wand.date() - timedelta(days=1)
    for van, tot in hours_say(tijden, anders, vandaag):
        if van <= nu and (nu < tot or tot <= van):
            return True
    return any(tot <= van and nu < tot for van, tot in hours_say(tijden, anders, gisteren))


@settings(deadline=None, max_examples=150)
@given(blok_dagen, datums)
def test_days_are_those_of_a_calendar_program(tijd, dag):
    verwacht = rule_says(tijd, dag)
    assert is_regular_day(tijd, dag) == verwacht
    altijd = len(tijd.weekdagen) == 7 and tijd.van == tijd.tot == time(0)
    assert is_on(tijd, dag) == (verwacht and (altijd or dag not in holidays(dag.year)))


@settings(deadline=None, max_examples=150)
@given(blokken, uitzonderingen, momenten | st.sampled_from(BIJZONDERE_MOMENTEN))
@example([Blok([ZONDAG], time(2, 30), time(5, 0))], [], BIJZONDERE_MOMENTEN[0])
@example([Blok([ZATERDAG], time(22, 0), time(2, 30))], [], BIJZONDERE_MOMENTEN[0])
def test_open_is_what_the_clock_on_the_wall_says(tijden, anders, moment):
    assume(moment.date() not in TERUG)
    assert is_open(tijden, moment, anders) == clock_says_open(tijden, anders, moment)


@settings(deadline=None)
@given(blokken, uitzonderingen, momenten)
def test_next_opening_is_later_and_open_at_its_start(tijden, anders, moment):
    opening = next_opening(tijden, moment, anders)
    if opening is not None:
        assert opening.begin > moment
        assert is_open(tijden, opening.begin, anders)
        assert is_open(tijden, opening.eind - timedelta(seconds=1), anders)


@settings(max_examples=60, deadline=None)
@given(blokken, uitzonderingen, momenten)
def test_nothing_opens_before_the_next_opening(tijden, anders, moment):
    """Closed now and nothing ahead until then: a quarter of an hour at a time, for at most two weeks."""
    assume(not is_open(tijden, moment, anders))
    opening = next_opening(tijden, moment, anders)
    grens = min(opening.begin if opening else datetime.max.replace(tzinfo=UTC), moment + timedelta(days=14))
    stap = moment
    while stap < grens:
        if stap.date() not in TERUG:
            assert not clock_says_open(tijden, anders, stap)
        stap += timedelta(minutes=15)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.builds(Blok, weekdagen=st.just([5, 6, 0]), van=minuten, tot=minuten), max_size=3))
def test_minute_by_minute_through_the_night_that_lasts_an_hour_longer(tijden):
    """What is open at the same clock time before and after the change is open in between, and nothing else is."""
    begin = datetime(2026, 10, 24, 22, 0, tzinfo=UTC)
    for minuut in range(0, 6 * 60, 7):
        moment = begin + timedelta(minutes=minuut)
        wand = moment.astimezone(AMSTERDAM)
        if wand.hour == 2:  # this hour comes twice
            continue
        assert is_open(tijden, moment) == clock_says_open(tijden, [], moment)


@pytest.mark.parametrize(
    ("tijd", "woorden"),
    [
        (blok([0, 1, 2, 3, 4]), "maandag t/m vrijdag 9.00–12.00 uur"),
        (
            blok([DINSDAG], "10:00", "12:00", weken_van_maand=[3, 1]),
            "1e en 3e dinsdag van de maand 10.00–12.00 uur",
        ),
        (blok([MAANDAG], weken_van_maand=[-1, 2]), "2e en laatste maandag van de maand 9.00–12.00 uur"),
        (blok(list(range(7)), weken_van_maand=[1]), "1e maandag t/m zondag van de maand 9.00–12.00 uur"),
        (
            blok([WOENSDAG], elke_weken=2, vanaf=date(2026, 3, 4)),
            "om de week op woensdag 9.00–12.00 uur, vanaf 4 maart 2026",
        ),
        (
            blok([WOENSDAG], elke_weken=3, vanaf=date(2026, 3, 4), tot_en_met=date(2026, 7, 1)),
            "om de 3 weken op woensdag 9.00–12.00 uur, van 4 maart 2026 tot en met 1 juli 2026",
        ),
        (
            blok([ZATERDAG], seizoen_van=4, seizoen_tot=9),
            "zaterdag 9.00–12.00 uur, van april tot en met september",
        ),
        (blok([ZATERDAG], seizoen_van=5, seizoen_tot=5), "zaterdag 9.00–12.00 uur, in mei"),
        (blok([MAANDAG], toelichting="op afspraak"), "maandag 9.00–12.00 uur, op afspraak"),
        (blok([], "", "", periode="maart en april"), "maart en april"),
        (blok(list(range(7)), "0:00", "0:00"), "elke dag dag en nacht"),
    ],
)
def test_in_words(tijd, woorden):
    assert beschrijf(tijd) == woorden
