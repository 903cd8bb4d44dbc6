"""The tests of chance keep their promises. Expected values are worked out with fractions or taken from publications."""

from fractions import Fraction
from math import comb, exp, factorial
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportage.toeval import (
    p_at_least,
    p_counts,
    p_poisson_at_least,
    p_poisson_at_most,
    p_shares,
    real_ones,
)

aantallen = st.integers(0, 400)


def poisson(rng: Random, gemiddeld: float) -> int:
    """Arrivals in one unit of time."""
    keer, tijd = 0, rng.expovariate(gemiddeld)
    while tijd < 1:
        keer, tijd = keer + 1, tijd + rng.expovariate(gemiddeld)
    return keer


@pytest.mark.parametrize(
    ("een", "ander", "p"),
    [
        (0, 0, 1.0),
        (0, 5, 2 / 2**5),  # all five on one side
        (1, 9, 2 * 11 / 2**10),  # (1 + 10) / 1024 on one side
        (9, 21, 2 * sum(comb(30, k) for k in range(10)) / 2**30),
        (15, 15, 1.0),
    ],
)
def test_counts_by_hand(een: int, ander: int, p: float) -> None:
    assert p_counts(een, ander) == pytest.approx(p, rel=1e-12)


def test_counts_with_different_hours() -> None:
    """Ten in 10 hours beside two in 20: each of the twelve had a chance of one third to be in the first."""
    staart = sum(Fraction(comb(12, k) * 2 ** (12 - k), 3**12) for k in range(10, 13))

    assert p_counts(10, 2, 10, 20) == pytest.approx(float(2 * staart), rel=1e-12)
    assert p_counts(10, 20, 10, 20) == 1.0


def test_counts_as_r_has_them() -> None:
    """The example of Gu and others (2008): 60 in 51,477.5 person-years beside 30 in 54,308.7.

    That the first pace is over 1.2 times the second has a one-sided p of 0.00665177 by the conditional test of R's
    package exactci (the value statsmodels is checked against too).
    """
    assert p_counts(60, 30, 1.2 * 51_477.5, 54_308.7) / 2 == pytest.approx(0.006651774552714537, rel=1e-10)


def test_shares_of_the_tea_lady() -> None:
    """Fisher's cups of tea (1935): three of four right has a one-sided chance of 17 in 70."""
    assert p_shares(3, 4, 1, 4) == pytest.approx(2 * 17 / 70, rel=1e-12)
    assert p_shares(4, 4, 0, 4) == pytest.approx(2 / 70, rel=1e-12)
    assert p_shares(0, 0, 0, 0) == p_shares(0, 0, 3, 9) == p_shares(2, 4, 1, 2) == 1.0


@given(st.integers(0, 40), st.floats(0.1, 40))
def test_poisson_tails_are_plain_sums(keer: int, verwacht: float) -> None:
    termen = [exp(-verwacht) * verwacht**k / factorial(k) for k in range(keer + 1)]

    assert p_poisson_at_most(keer, verwacht) == pytest.approx(sum(termen), abs=1e-12)
    assert p_poisson_at_least(keer, verwacht) == pytest.approx(1 - sum(termen[:-1]), abs=1e-12)


@given(st.integers(1, 40), st.data(), st.floats(0.01, 0.99))
def test_binomial_tail_is_a_plain_sum(van: int, data: st.DataObject, kans: float) -> None:
    keer = data.draw(st.integers(0, van))
    som = sum(comb(van, k) * kans**k * (1 - kans) ** (van - k) for k in range(keer, van + 1))

    assert p_at_least(keer, van, kans) == pytest.approx(som, abs=1e-12)


@given(aantallen, aantallen, st.floats(0.1, 10))
def test_counts_are_symmetric_and_fall_with_distance(een: int, ander: int, uren: float) -> None:
    p = p_counts(een, ander, uren, 1)

    assert 0 <= p <= 1
    assert p == pytest.approx(p_counts(ander, een, 1, uren), rel=1e-9)
    if een > (een + ander) * uren / (uren + 1):
        assert p_counts(een + 1, ander, uren, 1) <= p + 1e-12


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_shares_are_symmetric_and_the_same_for_what_did_not_succeed(a: int, b: int, c: int, d: int) -> None:
    p = p_shares(a, a + b, c, c + d)

    assert 0 <= p <= 1
    assert p == pytest.approx(p_shares(c, c + d, a, a + b), rel=1e-8)
    assert p == pytest.approx(p_shares(b, a + b, d, c + d), rel=1e-8)


def test_large_counts_come_close_to_the_normal_curve() -> None:
    """Twice a million: a difference of 1.96 standard deviations (sqrt of the sum) is 5 %."""
    verschil = round(1.96 * 2_000_000**0.5 / 2)

    assert p_counts(1_000_000 - verschil, 1_000_000 + verschil) == pytest.approx(0.05, abs=0.0005)
    assert p_counts(5_000_000, 5_100_000) < 1e-100


@pytest.mark.parametrize("gemiddeld", [2, 9, 40])
def test_false_alarms_stay_under_the_level(gemiddeld: float) -> None:
    """Two thousand pairs with the same pace, one of them twice as long."""
    rng = Random(f"toeval {gemiddeld}")
    alarmen = sum(
        p_counts(poisson(rng, gemiddeld), poisson(rng, 2 * gemiddeld), 1, 2) <= 0.05 for _ in range(2000)
    )

    assert alarmen / 2000 <= 0.05


def test_a_page_of_rows_rarely_cries_wolf() -> None:
    """Thirty rows without any change, five hundred times: with one test per row nearly every page would alarm."""
    rng = Random("bladzijde")
    los = samen = 0
    for _ in range(500):
        kansen = [p_counts(poisson(rng, 12), poisson(rng, 12)) for _ in range(30)]
        los += min(kansen) <= 0.05
        samen += any(real_ones(kansen))

    assert los / 500 > 0.5
    assert samen / 500 <= 0.05


def test_rows_that_did_change_are_found() -> None:
    """Three of thirty rows doubled from 30 to 60."""
    rng = Random("verdubbeld")
    gevonden = vals = 0
    for _ in range(200):
        kansen = [p_counts(poisson(rng, 30), poisson(rng, 60 if rij < 3 else 30)) for rij in range(30)]
        echt = real_ones(kansen)
        gevonden += sum(echt[:3])
        vals += sum(echt[3:])

    assert gevonden / 600 > 0.5
    assert vals / (gevonden + vals) <= 0.06


@pytest.mark.parametrize(
    ("kansen", "echt"),
    [
        ([], []),
        ([0.04], [True]),
        ([0.06], [False]),
        ([0.0, 1.0], [True, False]),
        # The fifteen p-values of Benjamini and Hochberg (1995), of which their method keeps four.
        (
            [
                0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000,
            ],
            [True] * 4 + [False] * 11,
        ),
    ],
)  # fmt: skip
def test_many_rows_at_once(kansen: list[float], echt: list[bool]) -> None:
    assert real_ones(kansen) == echt
