"""When the desks were open: their hours less public holidays, plus shifts outside those hours.

Blocks are wall-clock minutes since midnight in the Netherlands, so a desk that opens at 9.30 does so on the days the
clock changes too. Of opening hours only those of today are known: a period before they changed is measured with them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from balie.models import InfopuntTijd, Roosterdienst
from rapportage.periode import Periode
from sociale_kaart.feestdagen import is_feestdag

DAG = 24 * 60
UUR = 60
# Who comes early to put the lights on does not open the desk: a shorter piece outside the hours is no opening.
KORTSTE_EXTRA = 30

Blok = tuple[int, int]
Dagen = Mapping[tuple[date, int], Sequence[Blok]]


@dataclass(frozen=True)
class Weektijd:
    """A weekly block of opening hours; Monday is 0."""

    infopunt: int
    weekdag: int
    van: time
    tot: time


@dataclass(frozen=True)
class Dienst:
    infopunt: int
    begin: datetime
    eind: datetime


def load_openingen(infopunten: Sequence[int], periode: Periode) -> Dagen:
    """The blocks of each (day, desk) in the period, whether over or not; two queries."""
    tijden = InfopuntTijd.objects.filter(infopunt__in=infopunten).values_list(
        "infopunt", "weekdag", "van", "tot"
    )
    # The professional behind the desk may be reached by telephone; the volunteer's shift opens the door.
    diensten = Roosterdienst.objects.filter(
        infopunt__in=infopunten,
        functie=Roosterdienst.Functie.VRIJWILLIGER,
        begin__lt=periode.eind,
        eind__gt=periode.begin,
    ).values_list("infopunt", "begin", "eind")
    return openingen(
        [Weektijd(*tijd) for tijd in tijden.order_by()],
        [Dienst(*dienst) for dienst in diensten.order_by()],
        periode,
    )


def openingen(tijden: Iterable[Weektijd], diensten: Iterable[Dienst], periode: Periode) -> Dagen:
    """The blocks of each (day, desk) that was open, in order and without overlap."""
    per_weekdag: dict[int, list[Weektijd]] = defaultdict(list)
    for tijd in tijden:
        per_weekdag[tijd.weekdag].append(tijd)
    gewoon: dict[tuple[date, int], list[Blok]] = defaultdict(list)
    for nummer in range(periode.dagen):
        dag = periode.van + timedelta(days=nummer)
        if is_feestdag(dag):
            continue
        for tijd in per_weekdag[dag.weekday()]:
            gewoon[dag, tijd.infopunt].append((_minutes(tijd.van), _minutes(tijd.tot)))
    extra: dict[tuple[date, int], list[Blok]] = defaultdict(list)
    for dienst in diensten:
        for dag, blok in _per_day(dienst):
            if periode.van <= dag <= periode.tot:
                extra[dag, dienst.infopunt].append(blok)
    return {plek: _join(gewoon.get(plek, []), extra.get(plek, [])) for plek in sorted({*gewoon, *extra})}


def until(dagen: Dagen, nu: datetime) -> Dagen:
    """Only what was open before `nu`; a block that runs is cut off there."""
    lokaal = timezone.localtime(nu)
    vandaag, minuut = lokaal.date(), _minutes(lokaal.time())
    uit = {}
    for (dag, infopunt), blokken in dagen.items():
        grens = DAG if dag < vandaag else minuut if dag == vandaag else 0
        if geweest := [(van, min(tot, grens)) for van, tot in blokken if van < grens]:
            uit[dag, infopunt] = geweest
    return uit


def ended(dagen: Dagen, nu: datetime) -> Dagen:
    """Only the days of which the last block was over at `nu`."""
    lokaal = timezone.localtime(nu)
    nu_is = lokaal.date(), _minutes(lokaal.time())
    return {plek: blokken for plek, blokken in dagen.items() if (plek[0], blokken[-1][1]) <= nu_is}


def hours(blokken: Iterable[Blok]) -> float:
    return sum(tot - van for van, tot in blokken) / UUR


def hours_per_desk(dagen: Dagen) -> Counter[int]:
    """Open hours of each desk; fractions of hours too."""
    uit: Counter[int] = Counter()
    for (_, infopunt), blokken in dagen.items():
        uit[infopunt] += hours(blokken)  # type: ignore[assignment]
    return uit


def hours_per_cell(dagen: Dagen) -> dict[tuple[int, int, int], float]:
    """(desk, weekday, hour) -> how many hours it was open then, over all those days."""
    minuten: Counter[tuple[int, int, int]] = Counter()
    for (dag, infopunt), blokken in dagen.items():
        for van, tot in blokken:
            for uur in range(van // UUR, -(-tot // UUR)):
                minuten[infopunt, dag.weekday(), uur] += min(tot, (uur + 1) * UUR) - max(van, uur * UUR)
    return {vak: aantal / UUR for vak, aantal in minuten.items()}


def _minutes(tijd: time) -> int:
    return tijd.hour * UUR + tijd.minute


def _per_day(dienst: Dienst) -> Iterator[tuple[date, Blok]]:
    """A shift as blocks; one past midnight is two of them."""
    begin, eind = timezone.localtime(dienst.begin), timezone.localtime(dienst.eind)
    dag = begin.date()
    while dag <= eind.date():
        van = _minutes(begin.time()) if dag == begin.date() else 0
        tot = _minutes(eind.time()) if dag == eind.date() else DAG
        if van < tot:
            yield dag, (van, tot)
        dag += timedelta(days=1)


def _join(gewoon: list[Blok], extra: list[Blok]) -> list[Blok]:
    """Opening hours, and what shifts add outside them."""
    gewoon = _merge(gewoon)
    buiten = [stuk for blok in _merge(extra) for stuk in _outside(blok, gewoon)]
    return _merge([*gewoon, *(stuk for stuk in buiten if stuk[1] - stuk[0] >= KORTSTE_EXTRA)])


def _merge(blokken: Iterable[Blok]) -> list[Blok]:
    uit: list[Blok] = []
    for van, tot in sorted(blokken):
        if uit and van <= uit[-1][1]:
            uit[-1] = uit[-1][0], max(tot, uit[-1][1])
        else:
            uit.append((van, tot))
    return uit


def _outside(blok: Blok, gewoon: list[Blok]) -> Iterator[Blok]:
    van, einde = blok
    for begin, tot in gewoon:
        if van < begin:
            yield van, min(begin, einde)
        van = max(van, tot)
        if van >= einde:
            return
    if van < einde:
        yield van, einde
