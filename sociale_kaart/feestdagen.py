"""Dutch public holidays: days on which opening hours say little and nobody counts on a call."""

from datetime import date
from functools import cache

import holidays


def is_feestdag(dag: date) -> bool:
    return dag in feestdagen(dag.year)


def is_workday(dag: date) -> bool:
    """Monday to Friday, public holidays excepted."""
    return dag.weekday() < 5 and not is_feestdag(dag)


@cache
def feestdagen(jaar: int) -> frozenset[date]:
    """Of one year; Good Friday is among them, Liberation day only once in five years."""
    return frozenset(holidays.country_holidays("NL", years=jaar))
