"""Reading a calendar of somebody else, repeats written out. Knows no Django and no database.

What stands in such a file is up to others, and a few lines of it can ask for years of reckoning. So it is read in a
process of its own, with an end to its time and memory: `python -m sociale_kaart.agenda_lezen VANAF TOT < file`.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, vRecur
from icalendar.error import BrokenCalendarProperty

ZONE = ZoneInfo("Europe/Amsterdam")
MAX_PUNTEN = 2000
MAX_SECONDEN = 20
MAX_GEHEUGEN = 1_000_000_000
# What happens more than once in a while is no event, and writing it out takes for ever.
TE_VAAK = {"SECONDLY", "MINUTELY", "HOURLY"}
BINNEN_EEN_DAG = ("BYHOUR", "BYMINUTE", "BYSECOND")
MAX_PER_DAG = 24
GEEN_AGENDA = "Op dit adres staat geen agenda."
TE_INGEWIKKELD = "Deze agenda is te groot of te ingewikkeld om te lezen."
PRIVE = {"PRIVATE", "CONFIDENTIAL"}


class Leesfout(Exception):
    """Not a calendar, or too much of one. The text is Dutch, for the coordinator."""


class Punt(NamedTuple):
    """One time that something is on; `begin` and `eind` are aware (UTC)."""

    uid: str
    begin: datetime
    eind: datetime
    hele_dag: bool
    titel: str
    omschrijving: str
    plek: str


def read_apart(inhoud: bytes, vanaf: date, tot: date) -> list[Punt]:
    """`read` in a process of its own. Raises Leesfout."""
    opdracht = [sys.executable, "-m", "sociale_kaart.agenda_lezen", vanaf.isoformat(), tot.isoformat()]
    huis = Path(__file__).resolve().parent.parent
    try:
        klaar = subprocess.run(  # noqa: S603 - our own module, with two dates
            opdracht,
            input=inhoud,
            capture_output=True,
            timeout=MAX_SECONDEN,
            cwd=huis,
            env={"PYTHONPATH": str(huis), "PYTHONIOENCODING": "utf-8", "PATH": os.environ.get("PATH", "")},
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as fout:
        raise Leesfout(TE_INGEWIKKELD) from fout
    antwoord = json.loads(klaar.stdout)
    if "fout" in antwoord:
        raise Leesfout(antwoord["fout"])
    return [
        Punt(uid, datetime.fromisoformat(begin), datetime.fromisoformat(eind), *rest)
        for uid, begin, eind, *rest in antwoord["punten"]
    ]


def read(inhoud: bytes, vanaf: date, tot: date) -> list[Punt]:
    """What is on from `vanaf` until and without `tot`, earliest first, at most MAX_PUNTEN. Raises Leesfout.

    Cancelled and private events are left out, and so are events that repeat within the hour. Times without a zone
    are ours.
    """
    punten = {}
    for kalender in _calendars(inhoud):
        for event in recurring_ical_events.of(kalender, skip_bad_series=True).between(vanaf, tot):
            with suppress(BrokenCalendarProperty):
                if punt := _punt(event):
                    punten[punt.uid, punt.begin] = punt
    return sorted(punten.values(), key=lambda punt: (punt.begin, punt.titel))[:MAX_PUNTEN]


def _calendars(inhoud: bytes) -> list[Calendar]:
    try:
        kalenders: Any = Calendar.from_ical(inhoud, multiple=True)
    except Exception as fout:
        # The parser has many ways to say that something is wrong with a file.
        raise Leesfout(GEEN_AGENDA) from fout
    kalenders = [kalender for kalender in kalenders if kalender.name == "VCALENDAR"]
    if not kalenders:
        raise Leesfout(GEEN_AGENDA)
    for kalender in kalenders:
        kalender.subcomponents = [deel for deel in kalender.subcomponents if not _is_absurd(deel)]
    return kalenders


def _is_absurd(deel: Any) -> bool:
    regels = deel.get("RRULE", [])
    for regel in regels if isinstance(regels, list) else [regels]:
        if not isinstance(regel, vRecur):
            return True  # no rule at all
        hoe_vaak = {str(waarde).upper() for waarde in regel.get("FREQ", [])}
        per_dag = 1
        for sleutel in BINNEN_EEN_DAG:
            per_dag *= max(1, len(regel.get(sleutel, [])))
        if hoe_vaak & TE_VAAK or per_dag > MAX_PER_DAG:
            return True
    return False


def _punt(event: Any) -> Punt | None:
    if str(event.get("STATUS", "")).upper() == "CANCELLED" or str(event.get("CLASS", "")).upper() in PRIVE:
        return None
    begin = event["DTSTART"].dt
    eind = event["DTEND"].dt if "DTEND" in event else begin
    hele_dag = not isinstance(begin, datetime)
    if hele_dag and eind <= begin:
        eind = begin + timedelta(days=1)
    van = _moment(begin)
    titel = _tekst(event, "SUMMARY")
    return Punt(
        uid=(_tekst(event, "UID") or titel)[:255],
        begin=van,
        eind=max(van, _moment(eind)),
        hele_dag=hele_dag,
        titel=titel,
        omschrijving=_tekst(event, "DESCRIPTION"),
        plek=_tekst(event, "LOCATION"),
    )


def _moment(waarde: date | datetime) -> datetime:
    if not isinstance(waarde, datetime):
        waarde = datetime.combine(waarde, time(0))
    return (waarde if waarde.tzinfo else waarde.replace(tzinfo=ZONE)).astimezone(UTC)


def _tekst(event: Any, sleutel: str) -> str:
    waarde = event.get(sleutel, "")
    eerste: Any = waarde[0] if isinstance(waarde, list) and waarde else waarde
    return str(eerste)[:5000]


def _main(argumenten: Iterable[str]) -> dict[str, Any]:
    vanaf, tot = (date.fromisoformat(argument) for argument in argumenten)
    try:
        punten = read(sys.stdin.buffer.read(), vanaf, tot)
    except Leesfout as fout:
        return {"fout": str(fout)}
    return {"punten": [[p.uid, p.begin.isoformat(), p.eind.isoformat(), *p[3:]] for p in punten]}


def _set_limits() -> None:
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_GEHEUGEN, MAX_GEHEUGEN))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDEN, MAX_SECONDEN))


if __name__ == "__main__":
    _set_limits()
    json.dump(_main(sys.argv[1:]), sys.stdout)
