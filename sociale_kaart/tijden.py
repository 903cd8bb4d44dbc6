"""Opening hours: in words, and when they really apply.

Hours are wall-clock hours in the local time zone, also across midnight and the change of the clocks; what runs past
midnight belongs to the day it began. A block with a remark or a period in words ("op afspraak", "8 bijeenkomsten")
is shown in words and never claimed open. On a public holiday only what is open day and night is, unless an
exception says so.

An exception replaces the regular hours of a day: closed, or open at its own hours only. An exception of the offer
goes before one of its organisation, and a shorter one before a longer one: the open Wednesday in a closed summer.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import dateformat, timezone

from balie.models import Weekdag
from sociale_kaart.feestdagen import is_feestdag

if TYPE_CHECKING:
    from sociale_kaart.models import Locatie, Openingstijd, Uitzondering

LAATSTE = -1
# A season comes back within a year, its month's first week a month later.
VOORUIT = timedelta(days=400)
ELKE_DAG = "elke dag"

_KEER = r"(?:[1-5]e|laatste)"
_VAN_DE_MAAND = re.compile(rf"({_KEER}(?:(?:, | en ){_KEER})*) van de maand(?:[;,.] *(.*))?", re.IGNORECASE)


@dataclass(frozen=True)
class Opening:
    """One time that something is really on; aware moments, `begin` included and `eind` not.

    `tijd` is the block it comes from. For the hours of an exception it is the block that says where.
    """

    tijd: Openingstijd | None
    begin: datetime
    eind: datetime

    @property
    def is_doorlopend(self) -> bool:
        """Open for a week or more at a stretch: day and night."""
        return self.eind - self.begin >= timedelta(days=6)

    @property
    def locatie(self) -> Locatie | None:
        return self.tijd.locatie if self.tijd else None


def lees_maandregel(toelichting: str) -> tuple[list[int], str]:
    """Which weeks of the month a remark means, and what else it says.

    "1e en 3e van de maand; op afspraak" is ([1, 3], "op afspraak"); "laatste van de maand" is ([-1], "").
    """
    tekst = toelichting.strip()
    gevonden = _VAN_DE_MAAND.fullmatch(tekst)
    if gevonden is None:
        return [], tekst
    keren = re.findall(_KEER, gevonden[1].lower())
    weken = dict.fromkeys(LAATSTE if keer == "laatste" else int(keer[0]) for keer in keren)
    return list(weken), (gevonden[2] or "").strip()


def is_certain(tijd: Openingstijd) -> bool:
    """Whether the fields say it all: days and hours, without a remark or a period in words."""
    return tijd.van is not None and tijd.tot is not None and not (tijd.periode or tijd.toelichting)


def is_regular_day(tijd: Openingstijd, dag: date) -> bool:
    """Whether a day is one of this block, holiday or not: its weekday, week, dates and season."""
    return (
        dag.weekday() in tijd.weekdagen
        and (tijd.vanaf is None or tijd.vanaf <= dag)
        and (tijd.tot_en_met is None or dag <= tijd.tot_en_met)
        and _in_week(tijd, dag)
        and _in_season(tijd, dag.month)
    )


def _in_week(tijd: Openingstijd, dag: date) -> bool:
    if tijd.elke_weken > 1 and tijd.vanaf:
        return (monday_of(dag) - monday_of(tijd.vanaf)).days // 7 % tijd.elke_weken == 0
    return not tijd.weken_van_maand or not weeks_of_month(dag).isdisjoint(tijd.weken_van_maand)


def _in_season(tijd: Openingstijd, maand: int) -> bool:
    van, tot = tijd.seizoen_van, tijd.seizoen_tot
    if van is None or tot is None:
        return True
    return van <= maand <= tot if van <= tot else maand >= van or maand <= tot


def weeks_of_month(dag: date) -> set[int]:
    """Which of its weekday a day is in its month: {2}, or {4, -1} for a fourth that is also the last."""
    laatste = {LAATSTE} if dag.day + 7 > monthrange(dag.year, dag.month)[1] else set()
    return {(dag.day - 1) // 7 + 1} | laatste


def monday_of(dag: date) -> date:
    return dag - timedelta(days=dag.weekday())


def is_on(tijd: Openingstijd, dag: date) -> bool:
    """Whether this block certainly begins on this calendar day, exceptions aside."""
    if not is_certain(tijd) or not is_regular_day(tijd, dag):
        return False
    return _is_dag_en_nacht(tijd) or not is_feestdag(dag)


def _is_dag_en_nacht(tijd: Openingstijd) -> bool:
    return len(tijd.weekdagen) == 7 and tijd.van == tijd.tot == time(0)


def opening_on(tijd: Openingstijd, dag: date) -> Opening | None:
    """The moments between which this block applies when it begins on `dag`, exceptions aside."""
    if not is_on(tijd, dag) or tijd.van is None or tijd.tot is None:
        return None
    return _opening(tijd, dag, tijd.van, tijd.tot)


def _opening(tijd: Openingstijd | None, dag: date, van: time, tot: time) -> Opening | None:
    """In the hour that comes twice in autumn, hours begin the first time and end the second."""
    einddag = dag if tot > van else dag + timedelta(days=1)
    begin = wall_moment(dag, van, fold=0)
    eind = wall_moment(einddag, tot, fold=1)
    # Hours inside the hour that is skipped in spring do not exist that day.
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


def exceptions_on(uitzonderingen: Iterable[Uitzondering], dag: date) -> list[Uitzondering]:
    """What replaces the regular hours of this day; of one offer and its organisation. Empty: nothing does."""
    geldig = [u for u in uitzonderingen if u.van_dag <= dag <= u.tot_dag]
    geldig = [u for u in geldig if u.aanbod_id is not None] or geldig
    kortste = min((u.tot_dag - u.van_dag for u in geldig), default=None)
    return [u for u in geldig if u.tot_dag - u.van_dag == kortste]


def openings_on(
    tijden: Sequence[Openingstijd], dag: date, uitzonderingen: Sequence[Uitzondering] = ()
) -> list[Opening]:
    """Every opening of one offer that begins on `dag`, earliest first."""
    anders = exceptions_on(uitzonderingen, dag)
    if anders:
        openingen = _exceptional_openings(tijden, dag, anders)
    else:
        openingen = [opening for tijd in tijden if (opening := opening_on(tijd, dag))]
    return sorted(openingen, key=lambda opening: (opening.begin, opening.eind))


def _exceptional_openings(
    tijden: Sequence[Openingstijd], dag: date, anders: list[Uitzondering]
) -> list[Opening]:
    """The hours of exceptions. Those of an organisation hold for an offer that has hours that day at all."""
    if any(u.van is None for u in anders):
        return []
    gewoon = [tijd for tijd in tijden if is_certain(tijd) and is_regular_day(tijd, dag)]
    if not gewoon and anders[0].aanbod_id is None:
        return []
    plek = next(iter(gewoon or tijden), None)
    gevonden = [_opening(plek, dag, u.van, u.tot) for u in anders if u.van is not None and u.tot is not None]
    return [opening for opening in gevonden if opening]


def openings(
    tijden: Sequence[Openingstijd], vanaf: date, tot: date, uitzonderingen: Sequence[Uitzondering] = ()
) -> Iterator[Opening]:
    """Every opening that begins from `vanaf` until and without `tot`, earliest first."""
    for nummer in range((tot - vanaf).days):
        yield from openings_on(tijden, vanaf + timedelta(days=nummer), uitzonderingen)


def current_opening(
    tijden: Sequence[Openingstijd], moment: datetime, uitzonderingen: Sequence[Uitzondering] = ()
) -> Opening | None:
    """The opening that `moment` falls in, with those that follow without a gap taken together."""
    moment = moment.astimezone(UTC)
    vandaag = timezone.localtime(moment, timezone.get_default_timezone()).date()
    vanaf, tot = vandaag - timedelta(days=1), vandaag + timedelta(days=8)
    lopend: Opening | None = None
    for opening in openings(tijden, vanaf, tot, uitzonderingen):
        if lopend is None:
            lopend = opening if opening.begin <= moment < opening.eind else None
        elif opening.begin <= lopend.eind < opening.eind:
            lopend = Opening(lopend.tijd, lopend.begin, opening.eind)
    return lopend


def is_open(
    tijden: Sequence[Openingstijd], moment: datetime, uitzonderingen: Sequence[Uitzondering] = ()
) -> bool:
    return current_opening(tijden, moment, uitzonderingen) is not None


def next_opening(
    tijden: Sequence[Openingstijd], moment: datetime, uitzonderingen: Sequence[Uitzondering] = ()
) -> Opening | None:
    """The first opening that begins after `moment`, within about a year."""
    if not uitzonderingen and not any(is_certain(tijd) for tijd in tijden):
        return None
    vandaag = timezone.localtime(moment, timezone.get_default_timezone()).date()
    komend = openings(tijden, vandaag, vandaag + VOORUIT, uitzonderingen)
    return next((opening for opening in komend if opening.begin > moment), None)


def beschrijf(tijd: Openingstijd) -> str:
    """One block as people say it: "1e en 3e dinsdag van de maand 10.00–12.00 uur, van april tot en met juni"."""
    delen = [_beschrijf_herhaling(tijd) or tijd.periode, beschrijf_uren(tijd.van, tijd.tot)]
    extra = [
        _beschrijf_seizoen(tijd),
        _beschrijf_data(tijd.vanaf, tijd.tot_en_met),
        tijd.periode if tijd.weekdagen else "",
        tijd.toelichting,
    ]
    return ", ".join(deel for deel in [" ".join(filter(None, delen)), *extra] if deel)


def _beschrijf_herhaling(tijd: Openingstijd) -> str:
    """ "1e en 3e dinsdag van de maand", "om de week op woensdag"; without weekdays nothing."""
    dagen = beschrijf_dagen(tijd.weekdagen)
    if not dagen:
        return ""
    if tijd.elke_weken > 1:
        hoe_vaak = "om de week" if tijd.elke_weken == 2 else f"om de {tijd.elke_weken} weken"
        return f"{hoe_vaak}, {dagen}" if dagen == ELKE_DAG else f"{hoe_vaak} op {dagen}"
    if tijd.weken_van_maand:
        op_volgorde = sorted(tijd.weken_van_maand, key=lambda week: (week == LAATSTE, week))
        keren = ["laatste" if week == LAATSTE else f"{week}e" for week in op_volgorde]
        alle = "maandag t/m zondag" if dagen == ELKE_DAG else dagen
        return f"{opsomming(keren)} {alle} van de maand"
    return dagen


def _beschrijf_seizoen(tijd: Openingstijd) -> str:
    if tijd.seizoen_van is None or tijd.seizoen_tot is None:
        return ""
    van, tot = (
        dateformat.format(date(2000, maand, 1), "F") for maand in (tijd.seizoen_van, tijd.seizoen_tot)
    )
    return f"in {van}" if van == tot else f"van {van} tot en met {tot}"


def _beschrijf_data(vanaf: date | None, tot_en_met: date | None) -> str:
    """ "vanaf 4 maart 2026", "tot en met 1 juli 2026", "van 4 maart 2026 tot en met 1 juli 2026"."""
    woord = "van" if tot_en_met else "vanaf"
    delen = [
        f"{woord} {dateformat.format(vanaf, 'j F Y')}" if vanaf else "",
        f"tot en met {dateformat.format(tot_en_met, 'j F Y')}" if tot_en_met else "",
    ]
    return " ".join(filter(None, delen))


def beschrijf_dagen(dagen: list[int]) -> str:
    """Weekday numbers as words; three or more in a row become "t/m"."""
    dagen = sorted(dagen)
    if dagen == list(range(7)):
        return ELKE_DAG
    namen = [str(Weekdag(dag).label) for dag in dagen]
    if len(dagen) > 2 and dagen == list(range(dagen[0], dagen[-1] + 1)):
        return f"{namen[0]} t/m {namen[-1]}"
    return opsomming(namen)


def opsomming(delen: list[str]) -> str:
    """ "a, b en c"."""
    return " en ".join([", ".join(delen[:-1]), delen[-1]] if len(delen) > 1 else delen)


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
