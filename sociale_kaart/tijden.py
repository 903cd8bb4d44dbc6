"""Opening hours: in words, and when they really apply.

Hours are wall-clock hours in the local time zone, also across midnight and the change of the clocks. A block with
a remark we cannot calculate with ("op afspraak", "8 bijeenkomsten") is shown in words and never claimed open. On a
public holiday only what is open day and night is.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from balie.models import Weekdag
from sociale_kaart.feestdagen import is_feestdag

if TYPE_CHECKING:
    from sociale_kaart.models import Openingstijd

ELKE_WEEK: frozenset[int] = frozenset()
LAATSTE = -1
# Longer ahead than the longest gap there is: a fifth weekday does not come every month, but nobody asks for it.
VOORUIT = timedelta(days=62)

_KEER = r"(?:[1-4]e|laatste)"
_VAN_DE_MAAND = re.compile(rf"({_KEER}(?:(?:, | en ){_KEER})*) van de maand", re.IGNORECASE)


@dataclass(frozen=True)
class Opening:
    """One time that a block really applies; aware moments, `begin` included and `eind` not."""

    tijd: Openingstijd
    begin: datetime
    eind: datetime

    @property
    def is_doorlopend(self) -> bool:
        """Open for a week or more at a stretch: day and night."""
        return self.eind - self.begin >= timedelta(days=6)


def lees_maandregel(toelichting: str) -> frozenset[int] | None:
    """Which weekdays of the month a remark means: {1, 3} for "1e en 3e van de maand", {-1} for "laatste".

    ELKE_WEEK when there is no remark, None when it says something else.
    """
    tekst = toelichting.strip()
    if not tekst:
        return ELKE_WEEK
    gevonden = _VAN_DE_MAAND.fullmatch(tekst)
    if gevonden is None:
        return None
    keren = re.findall(_KEER, gevonden[1].lower())
    return frozenset(LAATSTE if keer == "laatste" else int(keer[0]) for keer in keren)


def is_on(tijd: Openingstijd, dag: date) -> bool:
    """Whether this block certainly begins on this calendar day."""
    regel = lees_maandregel(tijd.toelichting)
    if tijd.van is None or tijd.tot is None or tijd.periode or regel is None:
        return False
    if dag.weekday() not in tijd.weekdagen or (is_feestdag(dag) and not _is_dag_en_nacht(tijd)):
        return False
    laatste = dag.day + 7 > monthrange(dag.year, dag.month)[1]
    return not regel or (dag.day - 1) // 7 + 1 in regel or (LAATSTE in regel and laatste)


def _is_dag_en_nacht(tijd: Openingstijd) -> bool:
    return len(tijd.weekdagen) == 7 and tijd.van == tijd.tot == time(0)


def opening_on(tijd: Openingstijd, dag: date) -> Opening | None:
    """The moments between which this block applies when it begins on `dag`.

    In the hour that comes twice in autumn, a block begins the first time and ends the second.
    """
    if not is_on(tijd, dag) or tijd.van is None or tijd.tot is None:
        return None
    einddag = dag if tijd.tot > tijd.van else dag + timedelta(days=1)
    begin = wall_moment(dag, tijd.van, fold=0)
    eind = wall_moment(einddag, tijd.tot, fold=1)
    # A block inside the hour that is skipped in spring does not exist that day.
    return Opening(tijd, begin, eind) if begin < eind else None


def wall_moment(dag: date, uur: time, *, fold: int) -> datetime:
    """The moment (UTC) that the clock on the wall shows `uur`; in the skipped hour, the moment of the jump."""
    zone = timezone.get_default_timezone()
    lokaal = datetime.combine(dag, uur)
    moment = lokaal.replace(tzinfo=zone, fold=fold).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == lokaal:
        return moment
    ervoor = lokaal
    while ervoor.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) != ervoor:
        ervoor -= timedelta(minutes=1)
    return ervoor.replace(tzinfo=zone).astimezone(UTC) + timedelta(minutes=1)


def openings(tijden: Iterable[Openingstijd], vanaf: date, tot: date) -> Iterator[Opening]:
    """Every opening that begins from `vanaf` until and without `tot`, earliest first."""
    tijden = list(tijden)
    for nummer in range((tot - vanaf).days):
        dag = vanaf + timedelta(days=nummer)
        van_vandaag = [opening for tijd in tijden if (opening := opening_on(tijd, dag))]
        yield from sorted(van_vandaag, key=lambda opening: (opening.begin, opening.eind))


def current_opening(tijden: Iterable[Openingstijd], moment: datetime) -> Opening | None:
    """The opening that `moment` falls in, with blocks that follow without a gap taken together."""
    moment = moment.astimezone(UTC)
    vandaag = timezone.localtime(moment, timezone.get_default_timezone()).date()
    lopend: Opening | None = None
    for opening in openings(tijden, vandaag - timedelta(days=1), vandaag + timedelta(days=8)):
        if lopend is None:
            lopend = opening if opening.begin <= moment < opening.eind else None
        elif opening.begin <= lopend.eind < opening.eind:
            lopend = Opening(lopend.tijd, lopend.begin, opening.eind)
    return lopend


def is_open(tijden: Iterable[Openingstijd], moment: datetime) -> bool:
    return current_opening(tijden, moment) is not None


def next_opening(tijden: Iterable[Openingstijd], moment: datetime) -> Opening | None:
    """The first opening that begins after `moment`, within two months."""
    vandaag = timezone.localtime(moment, timezone.get_default_timezone()).date()
    komend = openings(tijden, vandaag, vandaag + VOORUIT)
    return next((opening for opening in komend if opening.begin > moment), None)


def beschrijf(tijd: Openingstijd) -> str:
    """One block as people say it: "maandag t/m vrijdag 9.00–12.00 uur, 1e van de maand"."""
    delen = [beschrijf_dagen(tijd.weekdagen) or tijd.periode, beschrijf_uren(tijd.van, tijd.tot)]
    wanneer = " ".join(deel for deel in delen if deel)
    extra = [tijd.periode] if tijd.weekdagen and tijd.periode else []
    return ", ".join([wanneer, *extra, *([tijd.toelichting] if tijd.toelichting else [])])


def beschrijf_dagen(dagen: list[int]) -> str:
    """Weekday numbers as words; three or more in a row become "t/m"."""
    dagen = sorted(dagen)
    if dagen == list(range(7)):
        return "elke dag"
    namen = [str(Weekdag(dag).label) for dag in dagen]
    if len(dagen) > 2 and dagen == list(range(dagen[0], dagen[-1] + 1)):
        return f"{namen[0]} t/m {namen[-1]}"
    return " en ".join([", ".join(namen[:-1]), namen[-1]] if len(namen) > 1 else namen)


def beschrijf_uren(van: time | None, tot: time | None) -> str:
    if van is None or tot is None:
        return ""
    if van == tot == time(0):
        return "dag en nacht"
    einde = "24.00" if tot == time(0) else klok(tot)
    return f"{klok(van)}–{einde} uur"


def klok(tijd: time) -> str:
    """A time as written in Dutch: 9.30."""
    return f"{tijd.hour}.{tijd.minute:02}"
