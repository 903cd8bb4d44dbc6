"""How long people wait: working days, percentiles, and those who still wait."""

from collections import Counter
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from rapportage.wachttijd import HELFT, NEGENTIG, ONBEKEND, TE_WEINIG, Wachttijd, workdays

VANDAAG = date(2026, 3, 27)  # a Friday


def at(dag, uur=13):
    return datetime(2026, 3, dag, uur, tzinfo=UTC)


@pytest.mark.parametrize(
    ("van", "tot", "dagen"),
    [
        (date(2026, 3, 16), date(2026, 3, 16), 0),
        (date(2026, 3, 16), date(2026, 3, 17), 1),
        (date(2026, 3, 13), date(2026, 3, 16), 1),  # over a weekend
        (date(2026, 4, 2), date(2026, 4, 7), 1),  # over Good Friday and Easter
        (date(2026, 3, 14), date(2026, 3, 15), 0),
    ],
)
def test_weekends_and_holidays_do_not_count(van, tot, dagen):
    assert workdays(van, tot) == dagen


@pytest.mark.parametrize(
    ("dagen", "helft", "negentig"),
    [([0, 1, 2, 3, 4], 2, 4), ([5, 0, 0, 0], 0, 5), ([1] * 9 + [8], 1, 1), ([1] * 8 + [7, 8], 1, 7)],
)
def test_when_it_came_for_everybody_it_is_the_plain_percentile(dagen, helft, negentig):
    tijd = Wachttijd(VANDAAG, Counter(dagen))
    assert (tijd.within(HELFT), tijd.within(NEGENTIG)) == (helft, negentig)


def test_a_published_example():
    """Remission under 6-MP (Freireich and others, Blood 21, 1963, 699-716): the median is 23 weeks."""
    gekomen = Counter([6, 6, 6, 7, 10, 13, 16, 22, 23])
    gestopt = Counter([6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35])
    tijd = Wachttijd(VANDAAG, gekomen, gestopt)
    assert tijd.within(HELFT) == 23
    assert tijd.within(Fraction(1, 10)) == 6
    assert tijd.within(NEGENTIG) is None


def test_who_waits_longer_makes_the_figure_no_shorter():
    """Five were quick; the ten who still wait would be left out by a median of what came."""
    tijd = Wachttijd(VANDAAG)
    for _ in range(5):
        tijd.add(at(16), at(16, 15), None)
    assert tijd.in_words(HELFT) == "dezelfde dag"
    for _ in range(10):
        tijd.add(at(16), None, None)
    assert tijd.in_words(HELFT) == ONBEKEND
    assert tijd.wachten_nog == 10


def test_a_day_that_is_not_over_says_nothing():
    """Made this morning and not heard of yet: neither quick nor slow."""
    tijd = Wachttijd(VANDAAG)
    for _ in range(5):
        tijd.add(at(16), at(17), None)
    for _ in range(20):
        tijd.add(at(27, 8), None, None)
    assert tijd.in_words(HELFT) == "1 werkdag"


def test_who_stopped_counts_until_then_and_waits_no_longer():
    tijd = Wachttijd(VANDAAG)
    for _ in range(5):
        tijd.add(at(16), at(18), None)
    for _ in range(20):
        tijd.add(at(16), None, at(17))
    assert (tijd.within(HELFT), tijd.wachten_nog) == (2, 0)


@pytest.mark.parametrize(
    ("aantal", "helft", "negentig"), [(4, TE_WEINIG, TE_WEINIG), (5, "2 werkdagen", TE_WEINIG)]
)
def test_too_few_give_no_figure(aantal, helft, negentig):
    tijd = Wachttijd(VANDAAG, Counter([2] * aantal))
    assert (tijd.in_words(HELFT), tijd.in_words(NEGENTIG)) == (helft, negentig)
