"""Schedules of HSDS as our hours. What cannot be reckoned with stays in words, so that nothing is claimed open."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from sociale_kaart.invoer import waarden
from sociale_kaart.invoer.hsds_tabellen import Regel
from sociale_kaart.invoer.rijen import Sluiting, Tijd

MAX_PERIODE, MAX_TOELICHTING = 80, 160
CODES = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
DAGNAMEN = [
    "monday maandag mon ma mo",
    "tuesday dinsdag tue tues di tu",
    "wednesday woensdag wed wo we",
    "thursday donderdag thu thur thurs do th",
    "friday vrijdag fri vr fr",
    "saturday zaterdag sat za sa",
    "sunday zondag sun zo su",
]
DAG = {naam: dag for dag, namen in enumerate(DAGNAMEN) for naam in namen.split()}
GROEPEN = {
    **dict.fromkeys(
        ["daily", "dagelijks", "every day", "elke dag", "everyday", "all days", "7 days"], range(7)
    ),
    **dict.fromkeys(["weekdays", "weekday", "werkdagen", "doordeweeks", "mon-fri"], range(5)),
    **dict.fromkeys(["weekend", "weekends", "het weekend"], range(5, 7)),
}
_TOT = r"\s*(?:-|–|—|\bt/m\b|\btot en met\b|\bto\b|\bthrough\b|\bthru\b|\btill\b|\btot\b)\s*"
_BEREIK = re.compile(r"([a-z]+)\.?-([a-z]+)\.?")
_SCHEIDING = re.compile(r"[\s,;/&+]+")
_KEER = re.compile(r"([+-]?\d{1,2})?\s*([a-z]+)")
_ZIN = re.compile(
    rf"(?P<dagen>[a-z,&/\s.–—-]+?)[\s:,]+(?:van\s+|from\s+)?(?P<van>\d[\d:.]*\s*(?:[ap]\.?m\.?|uur|u)?){_TOT}"
    r"(?P<tot>\d[\d:.]*\s*(?:[ap]\.?m\.?|uur|u)?)\s*\.?",
    re.IGNORECASE,
)


def lees_dagen(tekst: str) -> dict[tuple[int, ...], list[int]] | None:
    """Weekdays by the weeks of the month they hold in: "1MO,-1TU" gives {(1,): [0], (-1,): [1]}.

    Also "Monday - Friday", "ma t/m vr", "MO,WE" and "weekdays". None when something in it is no day.
    """
    klein = " ".join(tekst.lower().split()).strip(" .")
    if klein in GROEPEN:
        return {(): list(GROEPEN[klein])}
    weken: dict[int, set[int]] = defaultdict(set)
    for deel in _SCHEIDING.split(re.sub(rf"(?<=[a-z.]){_TOT}(?=[a-z])", "-", klein)):
        if deel in {"", "and", "en"}:
            continue
        bereik, keer = _BEREIK.fullmatch(deel), _KEER.fullmatch(deel.strip("."))
        if bereik and bereik[1] in DAG and bereik[2] in DAG:
            begin = DAG[bereik[1]]
            for stap in range((DAG[bereik[2]] - begin) % 7 + 1):
                weken[(begin + stap) % 7].add(0)
        elif keer and (dag := DAG.get(keer[2], DAG.get(keer[2].removesuffix("s")))) is not None:
            week = int(keer[1] or 0)
            if week not in {0, 1, 2, 3, 4, 5, -1}:
                return None
            weken[dag].add(week)
        else:
            return None
    per_weken: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for dag, keren in sorted(weken.items()):
        per_weken[() if 0 in keren else tuple(sorted(keren))].append(dag)
    return dict(per_weken) or None


def _weekdag(tekst: str) -> dict[tuple[int, ...], list[int]] | None:
    """The `weekday` of HSDS 1 and 2: a name, or 1 (Monday) to 7; 0 is Sunday."""
    nummers = re.split(r"\s*[,;]\s*", tekst)
    if all(re.fullmatch(r"[0-7](\.0)?", nummer) for nummer in nummers):
        return {(): sorted({(int(nummer[0]) - 1) % 7 for nummer in nummers})}
    return lees_dagen(tekst)


@dataclass
class Schema:
    """One row of schedules, being read. `woorden` gathers what cannot be reckoned with."""

    regel: Regel
    kenmerken: dict[str, str]
    is_eigen: bool
    woorden: list[str]

    def vak(self, veld: str) -> str:
        return waarden.regel(self.regel.pak(veld))


def lees_schema(regel: Regel, kenmerken: dict[str, str], *, is_eigen: bool) -> list[Tijd]:
    """The blocks of hours of one row; more than one when weekdays differ in the weeks they hold in.

    `kenmerken` are our own terms on it, by code. `is_eigen`: it comes out of a map like ours, whose description
    only repeats the rule.
    """
    schema = Schema(regel, kenmerken, is_eigen, [])
    rrule = dict(re.findall(r"([A-Z]+)=([^;\s]+)", regel.pak("rrule").upper()))
    for veld in ["freq", "byday", "interval", "until", "count", "bymonthday", "byweekno", "byyearday"]:
        if not regel.waarden.get(veld, "").strip() and rrule.get(veld.upper()):
            regel.waarden[veld] = rrule[veld.upper()]
    uren = _uren(schema)
    dagen = _dagen(schema)
    omschrijving, notitie = schema.vak("description"), schema.vak("notes")
    if not dagen and not is_eigen and not any(uren) and (zin := _ZIN.fullmatch(omschrijving)):
        van, tot = waarden.tijd(zin["van"]), waarden.tijd(zin["tot"])
        dagen = lees_dagen(zin["dagen"]) if van and tot else None
        uren, omschrijving = ((van, tot), "") if dagen else (uren, omschrijving)
    vast = _vaste_delen(schema)
    if omschrijving and not is_eigen:
        schema.woorden.append(omschrijving)
    if notitie:
        schema.woorden.insert(0, notitie)
    return _blokken(schema, dagen, uren, vast)


def _dagen(schema: Schema) -> dict[tuple[int, ...], list[int]] | None:
    byday, weekdag, freq = schema.vak("byday"), schema.vak("weekday"), schema.vak("freq").upper()
    dagen = lees_dagen(byday) if byday else None
    dagen = dagen or (_weekdag(weekdag) if weekdag else None)
    if dagen is None and freq == "DAILY" and not byday:
        dagen = {(): list(range(7))}
    if dagen is None:
        schema.woorden += [tekst for tekst in [byday, weekdag] if tekst]
        if freq in {"MONTHLY", "YEARLY"}:
            schema.woorden.append("elke maand" if freq == "MONTHLY" else "elk jaar")
    elif freq == "MONTHLY" and set(dagen) == {()}:
        schema.woorden.append("elke maand")
    elif freq == "YEARLY":
        schema.woorden.append("elk jaar")
    return dagen


def _uren(schema: Schema) -> tuple[time | None, time | None]:
    ruw = [schema.regel.pak(veld).strip() for veld in ("opens_at", "closes_at")]
    van, tot = (waarden.tijd(tekst) if tekst else None for tekst in ruw)
    if van is not None and tot is not None:
        if van == tot and van != time(0):
            schema.woorden.append(f"vanaf {van:%H.%M} uur")
            return None, None
        return van, tot
    for woord, tekst, uur in [("vanaf", ruw[0], van), ("tot", ruw[1], tot)]:
        if tekst:
            schema.woorden.append(f"{woord} {uur:%H.%M} uur" if uur else waarden.regel(tekst))
    return None, None


def _datum(schema: Schema, *velden: str) -> date | None:
    tekst = schema.regel.pak(*velden)
    gelezen = waarden.dag(tekst) if tekst else None
    if tekst and gelezen is None:
        schema.regel.merk_op(f"“{tekst[:40]}” is geen datum en is weggelaten")
    return gelezen


def _vaste_delen(schema: Schema) -> dict[str, Any]:
    """From and until, every how many weeks, and the season."""
    vanaf, tot_en_met = _datum(schema, "valid_from"), _datum(schema, "valid_to", "until")
    begin = _datum(schema, "dtstart") or vanaf
    for veld, zegt in [
        ("count", "{} keer"),
        ("bymonthday", "op dag {} van de maand"),
        ("byweekno", "week {}"),
    ]:
        if tekst := schema.vak(veld):
            schema.woorden.append(zegt.format(tekst))
    if jaardag := schema.vak("byyearday"):
        schema.woorden.append(f"dag {jaardag} van het jaar")
    for veld in ["wkst", "timezone"]:
        schema.regel.pak(veld)
    if vanaf and tot_en_met and tot_en_met < vanaf:
        schema.regel.merk_op("de laatste dag ligt voor de eerste; beide zijn weggelaten")
        vanaf = tot_en_met = None
    delen: dict[str, Any] = {"vanaf": vanaf, "tot_en_met": tot_en_met}
    interval = int(waarden.getal(schema.regel.pak("interval")) or 1)
    if interval > 1:
        if schema.vak("freq").upper() in {"", "WEEKLY"} and interval <= 8 and begin:
            delen |= {"elke_weken": interval, "vanaf": vanaf or begin}
        else:
            eenheid = {"MONTHLY": "maanden", "DAILY": "dagen", "YEARLY": "jaar"}
            schema.woorden.append(f"eens in de {interval} {eenheid.get(schema.vak('freq').upper(), 'weken')}")
    if seizoen := re.fullmatch(r"(\d{1,2})-(\d{1,2})", schema.kenmerken.get("seizoen", "")):
        van, tot = int(seizoen[1]), int(seizoen[2])
        if 1 <= van <= 12 and 1 <= tot <= 12:
            delen |= {"seizoen_van": van, "seizoen_tot": tot}
    return delen


def _blokken(
    schema: Schema,
    dagen: dict[tuple[int, ...], list[int]] | None,
    uren: tuple[time | None, time | None],
    vast: dict[str, Any],
) -> list[Tijd]:
    periode = schema.kenmerken.get("periode", "")[:MAX_PERIODE]
    woorden = "; ".join(dict.fromkeys(woord for woord in schema.woorden if woord))
    if not dagen and not periode:
        periode, woorden = _kop_en_staart(woorden or _uren_in_woorden(uren))
    if len(woorden) > MAX_TOELICHTING:
        schema.regel.merk_op(f"de toelichting is ingekort: {woorden}")
        woorden = f"{woorden[: MAX_TOELICHTING - 1]}…"
    if not dagen and not periode:
        return []
    van, tot = uren
    blokken = []
    for weken, weekdagen in (dagen or {(): []}).items():
        delen = dict(vast)
        if weken and "elke_weken" in delen:
            del delen["elke_weken"]
        blokken.append(
            Tijd(
                weekdagen=tuple(weekdagen),
                van=van,
                tot=tot,
                weken_van_maand=weken,
                periode=periode,
                toelichting=woorden,
                **delen,
            )
        )
    return blokken


def _kop_en_staart(tekst: str) -> tuple[str, str]:
    """A text without days, as a period and the remark behind it."""
    if len(tekst) <= MAX_PERIODE:
        return tekst, ""
    kop = tekst[:MAX_PERIODE].rsplit(" ", 1)[0]
    return kop, tekst[len(kop) :].strip()


def _uren_in_woorden(uren: tuple[time | None, time | None]) -> str:
    return "dagen niet bekend" if any(uur is not None for uur in uren) else ""


def lees_sluiting(regel: Regel) -> Sluiting | None:
    """A row of holiday_schedules: days on which it is closed, or open at other hours. None when it has no days."""
    van_dag = waarden.dag(regel.pak("start_date", "date", "valid_from"))
    tot_dag = waarden.dag(regel.pak("end_date", "date", "valid_to")) or van_dag
    if van_dag is None or tot_dag is None or tot_dag < van_dag:
        return None
    dicht = regel.pak("closed").lower() in waarden.WAAR
    van, tot = (waarden.tijd(regel.pak(veld)) for veld in ("opens_at", "closes_at"))
    if dicht or van is None or tot is None:
        van = tot = None
    return Sluiting(
        van_dag, tot_dag, van, tot, waarden.regel(regel.pak("description", "notes", "name"))[:160]
    )
