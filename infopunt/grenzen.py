"""Counting tries, so that guessing and flooding stop; all processes count together, in the database's cache."""

from django.core.cache import cache

UUR = 60 * 60


def count(sleutel: str, seconden: int = UUR) -> int:
    """Count one more try under this key and return how many there are in this window, which starts at the first."""
    cache.add(sleutel, 0, seconden)
    try:
        return cache.incr(sleutel)
    except ValueError:  # it ran out in between
        return 1


def is_over(sleutel: str, hoogstens: int) -> bool:
    """Whether this many tries were made already; counts none."""
    return cache.get(sleutel, 0) >= hoogstens
