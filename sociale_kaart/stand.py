"""When an offer can be reached, in one short line for a result row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.template.defaultfilters import date as datum
from django.utils import timezone

from sociale_kaart.models import Locatie, Openingstijd, Uitzondering
from sociale_kaart.tijden import (
    VOORUIT,
    Opening,
    current_opening,
    exceptions_on,
    is_certain,
    is_regular_day,
    klok,
    next_opening,
)


@dataclass(frozen=True)
class Stand:
    """`tekst` such as "Nu open, tot 16.30"; `nu` when that is true at this very moment."""

    tekst: str
    icoon: str
    nu: bool = False


def stand_van(
    tijden: Sequence[Openingstijd], moment: datetime, uitzonderingen: Sequence[Uitzondering] = ()
) -> Stand | None:
    """Open now, else closed for a while, else the next time, else what it says in words; None when nothing is known."""
    if nu := current_opening(tijden, moment, uitzonderingen):
        return Stand(_nu_open(nu), "phone" if _is_virtueel(nu) else "clock", nu=True)
    straks = next_opening(tijden, moment, uitzonderingen)
    wanneer = _straks(straks, moment) if straks else ""
    if dicht := _dicht(tijden, timezone.localdate(moment), uitzonderingen):
        daarna = f" Daarna {wanneer[:1].lower()}{wanneer[1:]}" if wanneer else ""
        return Stand(f"{dicht}.{daarna}", "calendar-x")
    if wanneer:
        return Stand(wanneer, "calendar")
    return Stand(_hoofdletter(tijden[0].wanneer), "calendar") if tijden else None


def _dicht(tijden: Sequence[Openingstijd], dag: date, uitzonderingen: Sequence[Uitzondering]) -> str:
    """ "Dicht t/m 12 augustus (zomervakantie)", when exceptions close it today and that makes a difference."""
    eerste = exceptions_on(uitzonderingen, dag)
    laatste = dag
    while _is_dicht(uitzonderingen, laatste) and laatste - dag < VOORUIT:
        laatste += timedelta(days=1)
    dagen = [dag + timedelta(days=nummer) for nummer in range((laatste - dag).days)]
    zeker = [tijd for tijd in tijden if is_certain(tijd)]
    if not dagen or (zeker and not any(is_regular_day(tijd, d) for tijd in zeker for d in dagen)):
        return ""
    reden = next((f" ({u.reden})" for u in eerste if u.reden), "")
    return f"{'Vandaag dicht' if len(dagen) == 1 else f'Dicht t/m {_dag(dagen[-1], dag)}'}{reden}"


def _is_dicht(uitzonderingen: Sequence[Uitzondering], dag: date) -> bool:
    return any(uitzondering.is_dicht for uitzondering in exceptions_on(uitzonderingen, dag))


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
        dag = _hoofdletter(f"{datum(begin, 'D').rstrip('.')} {_dag(begin.date(), vandaag)}")
    waar = f", {opening.locatie.korte_naam}" if opening.locatie else ""
    return f"{dag} {_uur(opening.begin)}{waar}"


def _dag(dag: date, vandaag: date) -> str:
    """ "12 augustus", with its year when that is another one."""
    return datum(dag, "j F" if dag.year == vandaag.year else "j F Y")


def _uur(moment: datetime) -> str:
    tekst = klok(timezone.localtime(moment).time())
    return "24.00" if tekst == "0.00" else tekst


def _is_virtueel(opening: Opening) -> bool:
    locatie = opening.locatie
    return locatie is not None and locatie.soort == Locatie.Soort.VIRTUEEL


def _hoofdletter(tekst: str) -> str:
    return tekst[:1].upper() + tekst[1:]
