"""Checking single values out of a file: days, hours, numbers, addresses. Faults are told in Dutch."""

import re
import unicodedata
from datetime import time
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from balie.models import Weekdag

MAANDEN = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
DAGEN = {str(dag.label): int(dag) for dag in Weekdag}
ELKE_DAG = tuple(range(7))
# They turn the text that follows around, so that a page shows something else than it says.
RICHTINGTEKENS = frozenset(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]))

_PERIODE = re.compile(rf"({MAANDEN})((\s*-\s*|\s+en\s+|\s+t/m\s+|,\s*)({MAANDEN}))*", re.IGNORECASE)
_KLOKTIJD = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)|24[:.]00")
_TELEFOON = re.compile(r"\+?[0-9]([0-9 ()./-]*[0-9])?")


def lees_dag(tekst: str) -> tuple[tuple[int, ...], str]:
    """Weekday numbers and a period: "maandag t/m vrijdag", "dagelijks", "24 uur per dag", "maart en april"."""
    klein = " ".join(tekst.lower().split())
    if klein in {"dagelijks", "elke dag", "24 uur per dag"}:
        return ELKE_DAG, ""
    if _PERIODE.fullmatch(klein):
        return (), tekst
    dagen: set[int] = set()
    for deel in re.split(r",\s*|\s+en\s+", klein):
        begin, _, eind = deel.partition(" t/m ")
        if begin not in DAGEN or (eind and eind not in DAGEN):
            raise ValueError(f'"{toon(tekst)}" is geen dag of periode die ik ken')
        lengte = (DAGEN[eind] - DAGEN[begin]) % 7 if eind else 0
        dagen.update((DAGEN[begin] + stap) % 7 for stap in range(lengte + 1))
    return tuple(sorted(dagen)), ""


def lees_uren(tekst: str) -> tuple[time, time]:
    """ "9:00-12:30", "17:00-8:00" (past midnight), "6:00-24:00", "hele dag"."""
    if tekst.lower() == "hele dag":
        return time(0), time(0)
    delen = [_KLOKTIJD.fullmatch(deel.strip()) for deel in re.split("[-–]", tekst)]
    if len(delen) != 2 or delen[0] is None or delen[1] is None or delen[0][1] is None:
        raise ValueError(f'"{toon(tekst)}" is geen tijd zoals 9:00-12:00')
    van, tot = (time(int(deel[1] or 0), int(deel[2] or 0)) for deel in delen if deel)
    if van == tot and delen[1][1] is not None:
        raise ValueError(f'"{toon(tekst)}" begint en eindigt tegelijk')
    return van, tot


def keur_telefoon(tekst: str) -> None:
    """Loose on purpose: 112, 14 0529 and 0800-numbers are telephone numbers too."""
    cijfers = sum(teken.isdigit() for teken in tekst)
    if not _TELEFOON.fullmatch(tekst) or not 3 <= cijfers <= 15:
        raise ValidationError(f'"{toon(tekst)}" is geen telefoonnummer')


def keur_email(tekst: str) -> None:
    try:
        validate_email(tekst)
    except ValidationError as fout:
        raise ValidationError(f'"{toon(tekst)}" is geen e-mailadres') from fout


def keur_website(tekst: str) -> None:
    try:
        URLValidator(schemes=["http", "https"])(tekst)
    except ValidationError as fout:
        raise ValidationError(f'"{toon(tekst)}" is geen webadres') from fout


def keur_tekst(waarde: Any, maximum: int, *, verplicht: bool = False, regels: bool = False) -> str | None:
    """What is wrong with a text, in Dutch; None when nothing is."""
    if not isinstance(waarde, str):
        return "moet een tekst zijn" if waarde is not None else "is leeg (null)"
    if verplicht and not waarde.strip():
        return "is leeg"
    if len(waarde.strip()) > maximum:
        return f"is te lang (hoogstens {maximum} tekens)"
    if heeft_stuurtekens(waarde, toegestaan="\n\r\t" if regels else ""):
        return "bevat tekens die niet kunnen"
    return None


def heeft_stuurtekens(tekst: str, toegestaan: str = "") -> bool:
    """Control characters, half surrogates and direction marks: they break the database, the page or the eye."""
    return any(
        (unicodedata.category(teken) in {"Cc", "Cs", "Co", "Cn"} or teken in RICHTINGTEKENS)
        and teken not in toegestaan
        for teken in tekst
    )


def zonder_stuurtekens(tekst: str) -> str:
    """Without what `heeft_stuurtekens` finds, but with line breaks and tabs."""
    if tekst.isascii() and tekst.isprintable():
        return tekst
    return "".join(teken for teken in tekst if teken in "\n\r\t" or not heeft_stuurtekens(teken))


def toon(waarde: Any) -> str:
    """A value fit for one line on the screen."""
    tekst = "".join(teken if teken.isprintable() else "?" for teken in str(waarde))
    return tekst if len(tekst) <= 60 else f"{tekst[:59]}…"
