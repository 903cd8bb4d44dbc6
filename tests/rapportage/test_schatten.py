"""Days without entry, and how many questions were missed on them: the margin holds what it promises."""

from collections import Counter
from datetime import date, time, timedelta
from random import Random

import pytest

from rapportage.openingen import Weektijd, openingen
from rapportage.periode import Periode
from rapportage.schatten import (
    TREKKINGEN,
    Gemist,
    Opendag,
    Schatting,
    Stil,
    estimate,
    first_days,
    honest_counts,
    missed,
    open_days,
)
from tests.rapportage.test_toeval import poisson

MAANDAG = date(2026, 1, 5)
KWARTAAL = 13


def count(rng: Random, gemiddeld: float, fi: float) -> int:
    """Questions of a day: a variance of `fi` times the mean."""
    if fi > 1:
        gemiddeld = rng.gammavariate(gemiddeld / (fi - 1), fi - 1)
    return poisson(rng, gemiddeld) if gemiddeld > 1e-9 else 0


def quarter(rng: Random, *, per_dag: float, fi: float, gemist: float) -> tuple[list[Opendag], int]:
    """Four days a week, two of them busier; and how many questions nobody wrote down."""
    dagen, weg = [], 0
    for week in range(KWARTAAL):
        for weekdag in (0, 1, 3, 4):
            vragen = count(rng, per_dag * (1 + 0.3 * (weekdag % 2)), fi)
            if rng.random() < gemist:
                weg, vragen = weg + vragen, 0
            dagen.append(Opendag(1, MAANDAG + timedelta(weeks=week, days=weekdag), 3.0, vragen))
    return dagen, weg


@pytest.mark.parametrize(
    ("per_dag", "fi", "gemist"),
    [
        (4.5, 1.0, 0.1),
        (4.5, 1.5, 0.4),
        (2.1, 1.5, 0.1),  # one day in five is really quiet
        (2.1, 1.0, 0.0),  # nothing was missed at all
        (4.5, 2.5, 0.1),
    ],
)
def test_the_margin_covers_the_truth(per_dag: float, fi: float, gemist: float) -> None:
    rng = Random(f"{per_dag} {fi} {gemist}")
    raak = geschat = 0
    for _ in range(60):
        dagen, waar = quarter(rng, per_dag=per_dag, fi=fi, gemist=gemist)
        mogelijk = missed(dagen)
        if mogelijk is not None:
            geschat += 1
            raak += estimate(mogelijk).laag <= waar <= estimate(mogelijk).hoog

    assert geschat >= 40
    assert raak / geschat >= 0.9


def test_the_estimate_is_right_on_average() -> None:
    rng = Random("gemiddeld")
    geschat = waar = 0
    for _ in range(40):
        dagen, weg = quarter(rng, per_dag=4.5, fi=1.5, gemist=0.2)
        mogelijk = missed(dagen)
        assert mogelijk is not None
        geschat, waar = geschat + estimate(mogelijk).aantal, waar + weg

    assert geschat == pytest.approx(waar, rel=0.12)


def test_a_quiet_desk_is_not_said_to_forget() -> None:
    """Two questions a day: one day in seven has none, and the margin begins at nothing missed."""
    rng = Random("stil")
    from_zero = 0
    for _ in range(30):
        mogelijk = missed(quarter(rng, per_dag=1.8, fi=1.0, gemist=0.0)[0])
        from_zero += mogelijk is not None and estimate(mogelijk).laag == 0

    assert from_zero >= 28


def test_the_same_days_give_the_same_estimate() -> None:
    dagen, _ = quarter(Random("zelfde"), per_dag=4.5, fi=1.5, gemist=0.2)

    assert missed(dagen) == missed(list(reversed(dagen))) == missed(dagen)


def test_more_days_missed_is_more_missed() -> None:
    vragen = [4, 5, 3, 6, 4, 5, 7, 3, 4, 5, 6, 4]
    dagen = [Opendag(1, MAANDAG + timedelta(weeks=week), 3.0, n) for week, n in enumerate(vragen)]
    schattingen = []
    for leeg in (0, 1, 3, 5):
        erbij = [Opendag(1, MAANDAG + timedelta(weeks=20 + week), 3.0, 0) for week in range(leeg)]
        mogelijk = missed([*dagen, *erbij])
        assert mogelijk is not None
        schattingen.append(estimate(mogelijk).aantal)

    assert schattingen[0] == 0
    assert schattingen == sorted(set(schattingen))
    assert schattingen[2] == pytest.approx(3 * 14 / 3, abs=3)  # about 4.7 a day


def test_long_days_miss_more() -> None:
    dagen = [Opendag(1, MAANDAG + timedelta(weeks=week), 3.0, 5) for week in range(12)]
    kort, lang = (missed([*dagen, Opendag(1, date(2026, 9, 7), uren, 0)]) for uren in (2.0, 4.0))

    assert kort is not None
    assert lang is not None
    assert estimate(lang).aantal >= 1.5 * estimate(kort).aantal


@pytest.mark.parametrize(
    "vragen",
    [[], [0], [5], [0] * 52, [5] * 7 + [0]],
    ids=["no days", "one empty day", "one day", "all empty", "too few days"],
)
def test_no_estimate_without_enough_to_go_by(vragen: list[int]) -> None:
    mogelijk = missed([Opendag(1, MAANDAG + timedelta(days=dag), 3.0, n) for dag, n in enumerate(vragen)])

    assert mogelijk is None if 0 in vragen else mogelijk == [0] * TREKKINGEN


def test_no_estimate_when_one_question_a_day_is_a_lot() -> None:
    dagen = [Opendag(1, MAANDAG + timedelta(days=dag), 3.0, int(dag % 5 == 0)) for dag in range(50)]

    gemist = honest_counts(dagen, {1: "Lemelerveld"})

    assert gemist.schatting is None
    assert (
        str(gemist.zin) == "Hoeveel er gemist is, kunnen we niet zeggen: er zijn te weinig dagen met vragen."
    )
    assert str(gemist.infopunten[0]) == "In Lemelerveld is op 40 van de 50 open dagen niets geregistreerd."


def test_days_without_entry_are_listed_newest_first() -> None:
    dagen = [
        Opendag(1, MAANDAG + timedelta(weeks=week), 3.0, 0 if week in (2, 9) else 6) for week in range(14)
    ]
    dagen += [Opendag(2, MAANDAG + timedelta(weeks=week), 3.0, 4) for week in range(3)]
    dagen += [Opendag(3, MAANDAG, 3.0, 0)]

    gemist = honest_counts(dagen, {1: "Dalfsen", 2: "Nieuwleusen", 3: "Lemelerveld", 4: "Nergens"})

    assert [stil.naam for stil in gemist.infopunten] == ["Dalfsen", "Nieuwleusen", "Lemelerveld"]
    assert gemist.infopunten[0].dagen == [date(2026, 3, 9), date(2026, 1, 19)]
    assert [str(stil) for stil in gemist.infopunten[:2]] == [
        "In Dalfsen is op 2 van de 14 open dagen niets geregistreerd.",
        "In Nieuwleusen is op elke dag dat het infopunt open was iets geregistreerd.",
    ]
    assert gemist.schatting is not None
    assert gemist.schatting.laag <= 12 <= gemist.schatting.hoog
    assert str(gemist.zin).endswith(" Zonder Lemelerveld: er zijn te weinig dagen met vragen.")


@pytest.mark.parametrize(
    ("schatting", "zin"),
    [
        (Schatting(14, 6, 22), "Naar schatting zijn 14 vragen gemist (tussen 6 en 22)."),
        (Schatting(1, 0, 3), "Naar schatting is 1 vraag gemist (tussen 0 en 3)."),
        (
            Schatting(0, 0, 3),
            "Dat kunnen stille dagen zijn: naar schatting is er niets gemist (hoogstens 3 vragen).",
        ),
    ],
)
def test_the_sentence(schatting: Schatting, zin: str) -> None:
    assert str(Gemist([Stil("Dalfsen", [MAANDAG], 9, True)], schatting).zin) == zin


def test_nothing_empty() -> None:
    assert str(Gemist([Stil("Dalfsen", [], 9, True)], None).zin) == (
        "Op alle dagen dat er een infopunt open was, is iets geregistreerd."
    )


def test_a_question_at_any_hour_fills_the_day() -> None:
    """Also on the day the clock changes, a Sunday of 23 hours."""
    dagen = openingen(
        [Weektijd(1, 6, time(9, 30), time(12, 30))], [], Periode(date(2026, 3, 22), date(2026, 3, 29))
    )
    uren = Counter(
        {(date(2026, 3, 29), 1, 20): 2, (date(2026, 3, 29), 1, 9): 1, (date(2026, 3, 22), 2, 9): 1}
    )

    assert open_days(dagen, uren, {1: date(2026, 1, 1)}) == [
        Opendag(1, date(2026, 3, 22), 3.0, 0),
        Opendag(1, date(2026, 3, 29), 3.0, 3),
    ]


def test_a_new_desk_missed_nothing_before_it_began() -> None:
    van = date(2026, 4, 1)
    uren = {(date(2026, 4, 10), 1, 10): 1, (date(2026, 5, 6), 2, 10): 2, (date(2026, 5, 4), 2, 10): 1}
    maanden = {
        (date(2026, 3, 1), 1): 3,
        (date(2026, 3, 1), 2): 0,
        (date(2026, 4, 1), 2): 1,
        (date(2025, 9, 1), 3): 1,
    }

    eerste = first_days(uren, maanden, van)

    assert eerste == {1: van, 2: date(2026, 5, 4), 3: van}
    open_ = {
        (date(2026, 4, 30), 2): [(570, 750)],
        (date(2026, 5, 4), 2): [(570, 750)],
        (van, 9): [(570, 750)],
    }
    assert [dag.dag for dag in open_days(open_, uren, eerste)] == [date(2026, 5, 4)]


@pytest.mark.parametrize(("per_dag", "gevuld", "leeg"), [(20_000, 60, 3), (4, 1500, 400), (1, 900, 900)])
def test_no_day_is_too_busy_and_no_period_too_long(per_dag: int, gevuld: int, leeg: int) -> None:
    """Chances far smaller, and counts of ways far larger, than a float holds."""
    rng = Random(7)
    vragen = [max(1, count(rng, per_dag, 1.5)) for _ in range(gevuld)] + [0] * leeg
    rng.shuffle(vragen)
    dagen = [
        Opendag(1, MAANDAG + timedelta(days=nummer), 3.0, aantal) for nummer, aantal in enumerate(vragen)
    ]

    mogelijk = missed(dagen)

    assert mogelijk is not None
    assert 0 <= estimate(mogelijk).laag <= estimate(mogelijk).hoog
    if per_dag > 1000:
        assert 0.8 * leeg * per_dag < estimate(mogelijk).aantal < 1.2 * leeg * per_dag
