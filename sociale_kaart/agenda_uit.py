"""The map as a calendar that others subscribe to (iCalendar, RFC 5545).

Each block of hours is one repeating event with the days that do not hold taken out; what a rule cannot say (hours of
an exception, the nights on which the clock changes) is an event of its own. Half a year ahead, counted from the first
of the month, so that the file only changes with the map or the month. Why so: docs/adr/0022-calendars.md.

Public: what stands on a poster, so no contact persons, and no events out of calendars of others.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, vRecur

from sociale_kaart.models import Aanbod, Locatie, Openingstijd
from sociale_kaart.tijden import Opening, is_regular_day, openings

# Goes up when the same map gives another file.
VERSIE = 1
MAANDEN_VOORUIT = 7
DAGCODES = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def horizon(vandaag: date) -> tuple[date, date]:
    """From the first of this month until and without the first of the month half a year later."""
    begin = vandaag.replace(day=1)
    maand = begin.month - 1 + MAANDEN_VOORUIT
    return begin, begin.replace(year=begin.year + maand // 12, month=maand % 12 + 1)


def make_calendar(
    naam: str, aanbod: Iterable[Aanbod], vandaag: date, *, waar: Callable[[Locatie | None], bool]
) -> bytes:
    """A calendar of all that is certainly on at places that `waar`; needs times and exceptions prefetched."""
    kalender = Calendar()
    kalender.add("prodid", "-//Infopunt//Agenda//NL")
    kalender.add("version", "2.0")
    kalender.add("x-wr-calname", naam)
    kalender.add("refresh-interval", timedelta(days=1), parameters={"value": "DURATION"})
    kalender.add("x-published-ttl", "P1D")
    vanaf, tot = horizon(vandaag)
    for item in aanbod:
        for event in _events(item, vanaf, tot, waar):
            kalender.add_component(event)
    kalender.add_missing_timezones(first_date=date(vanaf.year - 1, 1, 1), last_date=date(tot.year + 1, 1, 1))
    return kalender.to_ical()


def _events(aanbod: Aanbod, vanaf: date, tot: date, waar: Callable[[Locatie | None], bool]) -> list[Event]:
    tijden = [tijd for tijd in aanbod.openingstijden.all() if not _is_dag_en_nacht(tijd)]
    alle = [
        opening for opening in openings(tijden, vanaf, tot, aanbod.uitzonderingen) if waar(opening.locatie)
    ]
    events = []
    for tijd in tijden:
        if gewoon := [opening for opening in alle if _follows(opening, tijd)]:
            events.append(_repeating(aanbod, tijd, gewoon))
    los = [opening for opening in alle if not any(_follows(opening, tijd) for tijd in tijden)]
    # Two exceptions may say the same.
    events += [_single(aanbod, opening) for opening in {(o.begin, o.eind): o for o in los}.values()]
    return events


def _is_dag_en_nacht(tijd: Openingstijd) -> bool:
    """Nothing to put in a calendar: it is always there."""
    return len(tijd.weekdagen) == 7 and tijd.van == tijd.tot == time(0)


def _follows(opening: Opening, tijd: Openingstijd) -> bool:
    """Whether an opening is what a calendar program makes of this block: a day of its rule, at its hours on the wall,
    as long as always."""
    if opening.tijd is not tijd or tijd.van is None or tijd.tot is None:
        return False
    begin, eind = _wall(opening.begin), _wall(opening.eind)
    return (
        is_regular_day(tijd, begin.date())
        and (begin.time(), eind.time()) == (tijd.van, tijd.tot)
        and begin.replace(tzinfo=None) + (opening.eind - opening.begin) == eind.replace(tzinfo=None)
        and not begin.fold
    )


def _repeating(aanbod: Aanbod, tijd: Openingstijd, gewoon: list[Opening]) -> Event:
    eerste, laatste = gewoon[0], gewoon[-1]
    begin, eind = _wall(eerste.begin), _wall(eerste.eind)
    event = _event(aanbod, tijd.locatie, f"{tijd.uuid}", begin, eind)
    if len(gewoon) > 1:
        event.add("rrule", _rule(tijd, laatste.begin))
        wel = {_wall(opening.begin).date() for opening in gewoon}
        dagen = (begin.date() + timedelta(days=n) for n in range((laatste.begin - eerste.begin).days + 2))
        for dag in dagen:
            if is_regular_day(tijd, dag) and dag not in wel and dag <= max(wel):
                event.add("exdate", datetime.combine(dag, begin.time(), begin.tzinfo))
    return event


def _rule(tijd: Openingstijd, laatste: datetime) -> vRecur:
    regel: dict[str, object] = {"freq": "WEEKLY", "until": laatste.astimezone(UTC)}
    codes = [DAGCODES[weekdag] for weekdag in sorted(tijd.weekdagen)]
    if tijd.elke_weken > 1:
        regel |= {"interval": tijd.elke_weken, "wkst": "MO"}
    elif tijd.weken_van_maand:
        regel["freq"] = "MONTHLY"
        codes = [f"{week}{code}" for week in tijd.weken_van_maand for code in codes]
    if tijd.seizoen_van and tijd.seizoen_tot:
        lengte = (tijd.seizoen_tot - tijd.seizoen_van) % 12 + 1
        regel["bymonth"] = [(tijd.seizoen_van - 1 + n) % 12 + 1 for n in range(lengte)]
    return vRecur(regel | {"byday": codes})


def _single(aanbod: Aanbod, opening: Opening) -> Event:
    uid = f"{aanbod.uuid}-{opening.begin:%Y%m%dT%H%M}-{opening.eind:%d%H%M}"
    return _event(aanbod, opening.locatie, uid, opening.begin, opening.eind)


def _event(aanbod: Aanbod, locatie: Locatie | None, uid: str, begin: datetime, eind: datetime) -> Event:
    event = Event()
    event.add("uid", f"{uid}@{urlsplit(settings.ADRES).hostname}")
    event.add("dtstamp", aanbod.gewijzigd_op.astimezone(UTC))
    event.add("summary", aanbod.naam)
    event.add("dtstart", begin)
    event.add("dtend", eind)
    if locatie:
        event.add("location", ", ".join(filter(None, [locatie.naam, locatie.adres])))
    if aanbod.website:
        event.add("url", aanbod.website)
    event.add("description", _description(aanbod))
    event.add("transp", "TRANSPARENT")
    return event


def _description(aanbod: Aanbod) -> str:
    telefoon = aanbod.telefoon or aanbod.organisatie.telefoon
    regels = [
        aanbod.organisatie.naam,
        aanbod.samenvatting,
        f"Kosten: {aanbod.kosten}" if aanbod.kosten else "",
        f"Aanmelden: {aanbod.aanmelden}" if aanbod.aanmelden else "",
        f"Telefoon: {telefoon}" if telefoon else "",
    ]
    return "\n".join(regel for regel in regels if regel)


def _wall(moment: datetime) -> datetime:
    return timezone.localtime(moment, timezone.get_default_timezone())
