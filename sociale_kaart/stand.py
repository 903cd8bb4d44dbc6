"""When an offer can be reached, in one short line for a result row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.template.defaultfilters import date as datum
from django.utils import timezone

from sociale_kaart.models import Locatie, Openingstijd
from sociale_kaart.tijden import Opening, current_opening, klok, next_opening


@dataclass(frozen=True)
class Stand:
    """`tekst` such as "Nu open, tot 16.30"; `nu` when that is true at this very moment."""

    tekst: str
    icoon: str
    nu: bool = False


def stand_van(tijden: Sequence[Openingstijd], moment: datetime) -> Stand | None:
    """Open now, else the next time, else what it says in words; None when no hours are known."""
    if nu := current_opening(tijden, moment):
        return Stand(_nu_open(nu), "phone" if _is_virtueel(nu) else "clock", nu=True)
    if straks := next_opening(tijden, moment):
        return Stand(_straks(straks, moment), "calendar")
    return Stand(_hoofdletter(tijden[0].wanneer), "calendar") if tijden else None


def _nu_open(opening: Opening) -> str:
    woord = "bereikbaar" if _is_virtueel(opening) else "open"
    if opening.is_doorlopend:
        return f"Dag en nacht {woord}"
    return f"Nu {woord}, tot {_uur(opening.eind)}"


def _straks(opening: Opening, moment: datetime) -> str:
    """ "Di 23 maart 9.00, Gemeentehuis Dalfsen"."""
    begin = timezone.localtime(opening.begin)
    vandaag = timezone.localdate(moment)
    if begin.date() == vandaag:
        dag = "Vandaag"
    elif begin.date() == vandaag + timedelta(days=1):
        dag = "Morgen"
    else:
        dag = _hoofdletter(datum(begin, "D j F").replace(".", ""))
    waar = f", {opening.tijd.locatie.korte_naam}" if opening.tijd.locatie else ""
    return f"{dag} {_uur(opening.begin)}{waar}"


def _uur(moment: datetime) -> str:
    tekst = klok(timezone.localtime(moment).time())
    return "24.00" if tekst == "0.00" else tekst


def _is_virtueel(opening: Opening) -> bool:
    locatie = opening.tijd.locatie
    return locatie is not None and locatie.soort == Locatie.Soort.VIRTUEEL


def _hoofdletter(tekst: str) -> str:
    return tekst[:1].upper() + tekst[1:]
