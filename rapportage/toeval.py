"""Is a difference more than chance? Exact tests for counts and shares, and what to do when many rows are looked at.

Counts are taken as Poisson: questions come one by one and do not wait for each other. Given their sum, the first of
two counts is then binomial with the share of its open hours (Przyborowski and Wilenski, Biometrika 31, 1940,
313-323). Two shares are compared given both totals, which makes the count hypergeometric (Fisher's exact test, 1935).
All p-values of two sides are twice the smaller tail, so the promised level is kept for small numbers too.

No approximation for large numbers is needed: a tail is summed outward from the count that was seen, until the terms
no longer matter. That takes some multiples of the square root of the count: milliseconds for ten million.

Who looks at fifty rows finds two or three "differences" at the 5 % level where there are none. `real_ones` holds the
share of such false alarms down (Benjamini and Hochberg, Journal of the Royal Statistical Society B 57, 1995,
289-300): when nothing changed at all, at most one page in twenty says that something did. Bonferroni would hold
down the chance of even one false alarm; it hides more of what is true the more there is to see. The rows are counts
of different questions, or grow together, for which the method holds (Benjamini and Yekutieli, 2001). Rows with few
questions in both periods together may be left out beforehand: every test here is made given that sum.
"""

from collections.abc import Callable, Sequence
from math import exp, lgamma, log, log1p

NIVEAU = 0.05
KLEIN_GENOEG = 1e-17  # of the sum: the next terms change no digit


def p_counts(een: int, ander: int, uren_een: float = 1.0, uren_ander: float = 1.0) -> float:
    """The chance of a difference at least this large between two counts when both go at the same pace per hour.

    The hours may be days or any other size; they must be above zero.
    """
    kans = uren_een / (uren_een + uren_ander)
    n = een + ander
    if een <= n * kans:
        return min(1.0, 2 * _binomial_tail(een, n, kans, -1))
    return min(1.0, 2 * _binomial_tail(een, n, kans, 1))


def p_shares(een: int, van_een: int, ander: int, van_ander: int) -> float:
    """The chance of a difference at least this large between `een` of `van_een` and `ander` of `van_ander`."""
    raak, alles = een + ander, van_een + van_ander
    if not alles:
        return 1.0
    begin = exp(_log_choose(van_een, een) + _log_choose(van_ander, ander) - _log_choose(alles, raak))
    if een * alles <= van_een * raak:
        staart = _tail(
            begin,
            een,
            max(0, raak - van_ander),
            -1,
            lambda x: x * (van_ander - raak + x) / ((raak - x + 1) * (van_een - x + 1)),
        )
    else:
        staart = _tail(
            begin,
            een,
            min(raak, van_een),
            1,
            lambda x: (raak - x) * (van_een - x) / ((x + 1) * (van_ander - raak + x + 1)),
        )
    return min(1.0, 2 * staart)


def p_at_least(keer: int, van: int, kans: float) -> float:
    """The chance of `keer` or more out of `van` when each has this chance; `kans` between 0 and 1."""
    if keer > van * kans:
        return _binomial_tail(keer, van, kans, 1)
    return 1.0 if keer <= 0 else 1 - _binomial_tail(keer - 1, van, kans, -1)


def p_poisson_at_most(keer: int, verwacht: float) -> float:
    """The chance of `keer` or fewer where `verwacht` come on average; `verwacht` above zero."""
    if keer < 0:
        return 0.0
    if keer > verwacht:
        return 1 - p_poisson_at_least(keer + 1, verwacht)
    begin = exp(keer * log(verwacht) - verwacht - lgamma(keer + 1))
    return _tail(begin, keer, 0, -1, lambda x: x / verwacht)


def p_poisson_at_least(keer: int, verwacht: float) -> float:
    """The chance of `keer` or more where `verwacht` come on average; `verwacht` above zero."""
    if keer <= verwacht:
        return 1 - p_poisson_at_most(keer - 1, verwacht)
    begin = exp(keer * log(verwacht) - verwacht - lgamma(keer + 1))
    return _tail(begin, keer, -1, 1, lambda x: verwacht / (x + 1))


def real_ones(kansen: Sequence[float], niveau: float = NIVEAU) -> list[bool]:
    """Which of these p-values, all looked at together, are more than chance (Benjamini-Hochberg)."""
    drempel = 0.0
    for rang, kans in enumerate(sorted(kansen), start=1):
        if kans <= niveau * rang / len(kansen):
            drempel = kans
    return [0.0 < drempel >= kans or kans == 0.0 for kans in kansen]


def _binomial_tail(x: int, n: int, kans: float, stap: int) -> float:
    """P(X <= x) for a step of -1, P(X >= x) for a step of 1."""
    begin = exp(_log_choose(n, x) + x * log(kans) + (n - x) * log1p(-kans))
    odds = kans / (1 - kans)
    if stap < 0:
        return _tail(begin, x, 0, -1, lambda k: k / ((n - k + 1) * odds))
    return _tail(begin, x, n, 1, lambda k: (n - k) * odds / (k + 1))


def _tail(term: float, x: int, laatste: int, stap: int, ratio: Callable[[int], float]) -> float:
    """Terms from x outward; `ratio(x)` is the next term over the term at x. A last of -1 is no end."""
    som = term
    while x != laatste and term > som * KLEIN_GENOEG:
        term *= ratio(x)
        x += stap
        som += term
    return som


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
