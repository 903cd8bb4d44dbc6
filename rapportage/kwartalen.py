"""Quarters of a year, each named by its first day."""

from datetime import date, timedelta

from rapportage.periode import Periode, add_months

MAANDEN = 3


def quarter_of(dag: date) -> date:
    return date(dag.year, (dag.month - 1) // MAANDEN * MAANDEN + 1, 1)


def quarters(eerste: date, laatste: date) -> list[date]:
    """Those from `eerste` up to and including `laatste`; none when that is earlier."""
    aantal = (laatste.year - eerste.year) * 4 + (laatste.month - eerste.month) // MAANDEN + 1
    return [add_months(eerste, MAANDEN * nummer) for nummer in range(aantal)]


def number_of(kwartaal: date) -> int:
    """1 to 4."""
    return kwartaal.month // MAANDEN + 1


def name_of(kwartaal: date) -> str:
    """Such as "2026 kwartaal 3": sorts by time."""
    return f"{kwartaal.year} kwartaal {number_of(kwartaal)}"


def title_of(kwartaal: date) -> str:
    """Such as "3e kwartaal 2026": reads well."""
    return f"{number_of(kwartaal)}e kwartaal {kwartaal.year}"


def code_of(kwartaal: date) -> str:
    """Such as "2026-K3": for addresses and data."""
    return f"{kwartaal.year}-K{number_of(kwartaal)}"


def days_of(kwartaal: date) -> Periode:
    return Periode(kwartaal, add_months(kwartaal, MAANDEN) - timedelta(days=1))
