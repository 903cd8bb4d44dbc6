"""Reading the query string of the API. What is wrong is told in English, with the name of the parameter."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.dateparse import parse_date, parse_datetime

PER_KEER = 50
HOOGSTENS = 1000
# A list of ids only is meant to come in one page.
HOOGSTENS_MINIMAAL = 20_000
MAX_PAGINA = 1_000_000
MAX_ZOEKTEKST = 500

# "+01:00" that was not written as "%2B01:00" arrives with a space.
_PLUS_KWIJT = re.compile(r"(T\d\d:\d\d\S*) (\d\d:?\d\d)")


class ParameterFout(Exception):
    """A parameter that we cannot use."""

    def __init__(self, parameter: str, uitleg: str) -> None:
        super().__init__(f"{parameter}: {uitleg}")
        self.parameter, self.uitleg = parameter, uitleg


def getal(tekst: str, maximum: int) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", tekst) or not 1 <= int(tekst) <= maximum:
        raise ValueError(f"must be a whole number from 1 to {maximum}.")
    return int(tekst)


def ja_nee(tekst: str) -> bool:
    waarden = {"true": True, "1": True, "false": False, "0": False}
    if tekst.lower() not in waarden:
        raise ValueError("must be true or false.")
    return waarden[tekst.lower()]


def sleutel(tekst: str) -> str:
    """An identifier in the one spelling we use."""
    try:
        return str(UUID(tekst))
    except ValueError:
        raise ValueError("must be a UUID.") from None


def moment(tekst: str) -> datetime:
    """A date or a moment in ISO 8601; UTC when it names no offset."""
    tekst = _PLUS_KWIJT.sub(r"\1+\2", tekst)
    try:
        gelezen = parse_datetime(tekst)
        if gelezen is None and (dag := parse_date(tekst)):
            gelezen = datetime(dag.year, dag.month, dag.day)  # noqa: DTZ001
        if gelezen is not None:
            return (gelezen if gelezen.tzinfo else gelezen.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise ValueError("must be a date and time in ISO 8601, such as 2026-03-16T09:30:00Z.")


def tekst(ruw: str) -> str:
    if "\x00" in ruw:
        raise ValueError("contains a character that cannot be.")
    return ruw[:MAX_ZOEKTEKST]


def _formaat(ruw: str) -> str:
    if ruw.lower() != "json":
        raise ValueError("must be json; this API has no other format.")
    return "json"


def _niet(ruw: str) -> str:
    raise ValueError("is not supported by this API.")


LEZERS: dict[str, Callable[[str], Any]] = {
    "search": tekst,
    "format": _formaat,
    "page": lambda ruw: getal(ruw, MAX_PAGINA),
    "per_page": lambda ruw: getal(ruw, HOOGSTENS_MINIMAAL),
    "taxonomy_term_id": sleutel,
    "taxonomy_id": sleutel,
    "organization_id": sleutel,
    "parent_id": sleutel,
    "modified_after": moment,
    "full": ja_nee,
    "full_service": ja_nee,
    "minimal": ja_nee,
    "top_only": ja_nee,
    # Known in the standard; silently ignoring them would give wrong answers.
    "postcode": _niet,
    "proximity": _niet,
}


@dataclass(frozen=True)
class Parameters:
    """What was asked, checked. Parameters that an endpoint does not have, or are empty, count as not given."""

    waarden: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, naam: str) -> Any:
        return self.waarden.get(naam)

    @property
    def page(self) -> int:
        return self.waarden.get("page", 1)

    @property
    def per_page(self) -> int:
        return self.waarden.get("per_page", HOOGSTENS_MINIMAAL if self["minimal"] else PER_KEER)


def lees(query: QueryDict, namen: Iterable[str]) -> Parameters:
    """Raises ParameterFout at the first that is wrong."""
    waarden = {}
    for naam in namen:
        ruw = query.get(naam, "").strip()
        if not ruw:
            continue
        try:
            waarden[naam] = LEZERS[naam](ruw)
        except ValueError as fout:
            raise ParameterFout(naam, str(fout)) from None
    gelezen = Parameters(waarden)
    if not gelezen["minimal"] and gelezen.per_page > HOOGSTENS:
        raise ParameterFout("per_page", f"must be a whole number from 1 to {HOOGSTENS}.")
    return gelezen
