"""How a spreadsheet says what is more than one word: lists, hours, people. Writing and reading, side by side.

What is written reads back the same. Reading is milder than writing: people type "maandag" for "ma".

* a list: "Dalfsen | Nieuwleusen"; what would split an item has a backslash before it;
* hours: "ma-vr 9:00-12:00 @ Kulturhus de Spil", "1e,laatste di 13:00-15:00 (bel eerst)",
  "wo 10:00-12:00 om de 2 weken vanaf 4-3-2026", "za 22:00-2:00 april-september", '"maart en april"';
* a person: "Petra Bos; incasso; 0529-55 55 01; petra@x.example; openbaar; spreekt Arabisch".
"""

import re
from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django.core.exceptions import ValidationError

from sociale_kaart.invoer.keuren import MAANDEN, keur_email, lees_dag, toon
from sociale_kaart.invoer.rijen import Contact, Tijd
from sociale_kaart.models import AanbodContact, Openingstijd, Taal

KORT = ["ma", "di", "wo", "do", "vr", "za", "zo"]
MAAND = MAANDEN.split("|")
LAATSTE = -1
_DAG = r"(?:ma|di|wo|do|vr|za|zo)"
_KEER = r"(?:[1-5]e|laatste)"
_KLOK = r"(?:[01]?\d|2[0-4])[:.][0-5]\d"
_DATUM = r"\d{1,2}-\d{1,2}-\d{4}"
# The parts of a block of hours, in the order in which they are taken off the front.
_DELEN = {
    "weken": re.compile(rf"({_KEER}(?:(?:,\s*|\s+en\s+){_KEER})*)\s+(?=\S)", re.IGNORECASE),
    "dagen": re.compile(
        rf"(elke dag|{_DAG}(?:\s*-\s*{_DAG})?(?:\s*,\s*{_DAG}(?:\s*-\s*{_DAG})?)*)(?=\s|$)", re.I
    ),
    "periode": re.compile(r'"((?:[^"\\]|\\.)*)"'),
    "uren": re.compile(rf"({_KLOK})\s*[-–]\s*({_KLOK})(?:\s*uur)?(?=\s|$)"),
    "om_de": re.compile(r"om de (\d) weken(?=\s|$)", re.IGNORECASE),
    "vanaf": re.compile(rf"vanaf ({_DATUM})(?=\s|$)", re.IGNORECASE),
    "tot_en_met": re.compile(rf"t/m ({_DATUM})(?=\s|$)", re.IGNORECASE),
    "seizoen": re.compile(rf"({MAANDEN})\s*-\s*({MAANDEN})(?=\s|$)", re.IGNORECASE),
    "toelichting": re.compile(r"\(((?:[^()\\]|\\.)*)\)"),
}


# --- Lists ----------------------------------------------------------------------------------------------------------


def bescherm(tekst: str, tekens: str) -> str:
    """With a backslash before each of these characters, and before backslashes; line ends as \\n."""
    tekst = re.sub(rf"[\\{re.escape(tekens)}]", lambda gevonden: f"\\{gevonden[0]}", tekst)
    return tekst.replace("\r", "\\r").replace("\n", "\\n")


def ontdoe(tekst: str) -> str:
    """Undo `bescherm`."""
    einden = {"n": "\n", "r": "\r"}
    return re.sub(r"\\(.)", lambda gevonden: einden.get(gevonden[1], gevonden[1]), tekst)


def schrijf_lijst(items: Iterable[str]) -> str:
    return " | ".join(bescherm(item, "|;,") for item in items)


def splits(tekst: str, scheiding: str) -> list[str]:
    """Raw items, still protected; without empty ones. `scheiding` is a class of characters."""
    items = re.findall(rf"((?:[^\\{scheiding}]|\\.|\\$)+)", tekst)
    return [item.strip() for item in items if item.strip()]


def lees_lijst(tekst: str) -> list[str]:
    """Others put a comma or a semicolon between items."""
    return list(dict.fromkeys(ontdoe(item) for item in splits(tekst, "|;,\r\n")))


# --- Hours ----------------------------------------------------------------------------------------------------------


def schrijf_tijden(tijden: Iterable[Openingstijd]) -> str:
    return " | ".join(schrijf_tijd(tijd) for tijd in tijden)


def schrijf_tijd(tijd: Openingstijd) -> str:
    """One block. Remarks in brackets, the place behind "@"."""
    seizoen = tijd.seizoen_van and tijd.seizoen_tot
    delen = [
        ",".join("laatste" if week == LAATSTE else f"{week}e" for week in sorted(tijd.weken_van_maand)),
        _schrijf_dagen(sorted(tijd.weekdagen)),
        f'"{_in_blok(tijd.periode, chr(34))}"' if tijd.periode else "",
        f"{_klok(tijd.van)}-{_klok(tijd.tot, eind=True)}"
        if tijd.van is not None and tijd.tot is not None
        else "",
        f"om de {tijd.elke_weken} weken" if tijd.elke_weken > 1 else "",
        f"vanaf {_datum(tijd.vanaf)}" if tijd.vanaf else "",
        f"t/m {_datum(tijd.tot_en_met)}" if tijd.tot_en_met else "",
        f"{MAAND[tijd.seizoen_van - 1]}-{MAAND[tijd.seizoen_tot - 1]}"  # type: ignore[operator]
        if seizoen
        else "",
        f"({_in_blok(tijd.toelichting, '()')})" if tijd.toelichting else "",
        f"@ {_in_blok(tijd.locatie.naam, '')}" if tijd.locatie else "",
    ]
    return " ".join(deel for deel in delen if deel)


def _in_blok(tekst: str, tekens: str) -> str:
    return bescherm(tekst, f"{tekens}|@")


def _schrijf_dagen(dagen: list[int]) -> str:
    """ "ma-wo,vr"; three or more in a row get a dash."""
    if len(dagen) == 7:
        return "elke dag"
    reeksen: list[list[int]] = []
    for dag in dagen:
        if reeksen and dag == reeksen[-1][-1] + 1:
            reeksen[-1].append(dag)
        else:
            reeksen.append([dag])
    delen = [
        [f"{KORT[reeks[0]]}-{KORT[reeks[-1]]}"] if len(reeks) > 2 else [KORT[dag] for dag in reeks]
        for reeks in reeksen
    ]
    return ",".join(woord for deel in delen for woord in deel)


def _klok(uur: time, *, eind: bool = False) -> str:
    return "24:00" if eind and uur == time(0) else f"{uur.hour}:{uur.minute:02}"


def _datum(dag: date) -> str:
    return f"{dag.day}-{dag.month}-{dag.year:04}"


def lees_tijden(tekst: str) -> list[Tijd]:
    """Raises ValueError in Dutch, naming the block."""
    return [lees_tijd(blok) for blok in splits(tekst, "|\r\n")]


def lees_tijd(blok: str) -> Tijd:
    voor, plek = _splits_plek(blok)
    rest = voor
    delen: dict[str, re.Match[str]] = {}
    while rest:
        naam, gevonden = _eerste_deel(rest, delen)
        if gevonden is None:
            return _lees_in_woorden(blok, voor, plek)
        delen[naam] = gevonden
        rest = rest[gevonden.end() :].strip()
    return _maak_tijd(blok, delen, plek)


def _splits_plek(blok: str) -> tuple[str, str]:
    """What stands before an "@" without a backslash, and the place behind it."""
    gevonden = re.fullmatch(r"((?:[^\\@]|\\.)*)@(.*)", blok, re.DOTALL)
    return (gevonden[1].strip(), ontdoe(gevonden[2]).strip()) if gevonden else (blok.strip(), "")


def _eerste_deel(rest: str, delen: dict[str, re.Match[str]]) -> tuple[str, re.Match[str] | None]:
    for naam, patroon in _DELEN.items():
        if naam not in delen and (gevonden := patroon.match(rest)):
            return naam, gevonden
    return "", None


def _maak_tijd(blok: str, delen: dict[str, re.Match[str]], plek: str) -> Tijd:
    velden: dict[str, Any] = {"locatie": plek}
    if "weken" in delen:
        keren = re.findall(_KEER, delen["weken"][1].lower())
        velden["weken_van_maand"] = tuple(LAATSTE if keer == "laatste" else int(keer[0]) for keer in keren)
    if "dagen" in delen:
        velden["weekdagen"] = _lees_dagen(delen["dagen"][1])
    if "uren" in delen:
        velden["van"], velden["tot"] = _lees_klok(delen["uren"][1]), _lees_klok(delen["uren"][2], eind=True)
    if "om_de" in delen:
        velden["elke_weken"] = int(delen["om_de"][1])
    for naam in ("vanaf", "tot_en_met"):
        if naam in delen:
            velden[naam] = _lees_datum(delen[naam][1])
    if "seizoen" in delen:
        velden["seizoen_van"], velden["seizoen_tot"] = (
            MAAND.index(delen["seizoen"][nummer].lower()) + 1 for nummer in (1, 2)
        )
    for naam in ("periode", "toelichting"):
        if naam in delen:
            velden[naam] = ontdoe(delen[naam][1])
    tijd = Tijd(**velden)
    if not tijd.weekdagen and not tijd.periode:
        raise ValueError(f"“{toon(blok)}” noemt geen dag")
    return tijd


def _lees_in_woorden(blok: str, voor: str, plek: str) -> Tijd:
    """ "maandag t/m vrijdag 9:00 - 12:00 uur": days in full, as people write them, and nothing else."""
    uren = re.search(rf"({_KLOK})\s*(?:-|–|tot)\s*({_KLOK})(?:\s*uur)?$", voor)
    try:
        weekdagen, periode = lees_dag((voor[: uren.start()] if uren else voor).strip())
    except ValueError:
        raise ValueError(f"“{toon(blok)}” is geen tijd zoals ma-vr 9:00-12:00") from None
    van, tot = (_lees_klok(uren[1]), _lees_klok(uren[2], eind=True)) if uren else (None, None)
    return Tijd(weekdagen=weekdagen, periode=periode, van=van, tot=tot, locatie=plek)


def _lees_dagen(tekst: str) -> tuple[int, ...]:
    if tekst.lower() == "elke dag":
        return tuple(range(7))
    dagen: set[int] = set()
    for deel in tekst.lower().split(","):
        begin, _, eind = (dag.strip() for dag in deel.partition("-"))
        lengte = (KORT.index(eind) - KORT.index(begin)) % 7 if eind else 0
        dagen.update((KORT.index(begin) + stap) % 7 for stap in range(lengte + 1))
    return tuple(sorted(dagen))


def _lees_klok(tekst: str, *, eind: bool = False) -> time:
    uren, minuten = (int(deel) for deel in re.split("[:.]", tekst))
    if uren == 24:
        if minuten or not eind:
            raise ValueError(f"“{toon(tekst)}” is geen tijd")
        return time(0)
    return time(uren, minuten)


def _lees_datum(tekst: str) -> date:
    dag, maand, jaar = map(int, tekst.split("-"))
    try:
        return date(jaar, maand, dag)
    except ValueError:
        raise ValueError(f"“{toon(tekst)}” is geen dag die bestaat") from None


# --- People ---------------------------------------------------------------------------------------------------------


def schrijf_contacten(rollen: Iterable[AanbodContact]) -> str:
    return " | ".join(schrijf_contact(rol) for rol in rollen)


def schrijf_contact(rol: AanbodContact) -> str:
    """Name; role; telephone; mail, and what else is known."""
    persoon = rol.contactpersoon
    meer = ["openbaar"] if persoon.is_openbaar else []
    meer += ["sleutelpersoon"] if persoon.is_sleutelpersoon else []
    meer += ["spreekt " + ", ".join(str(Taal(code).label) for code in persoon.talen)] if persoon.talen else []
    meer += [f"voor {persoon.toelichting}"] if persoon.toelichting else []
    delen = [persoon.naam, rol.rol, persoon.telefoon, persoon.email, *meer]
    while not delen[-1]:
        delen.pop()
    return "; ".join(bescherm(deel, "|;") for deel in delen)


def lees_contacten(tekst: str) -> list[Contact]:
    """Raises ValueError in Dutch. What is not said of a person is taken as not so."""
    contacten = [_lees_contact(item) for item in splits(tekst, "|\r\n")]
    namen = [contact.naam.casefold() for contact in contacten]
    if len(namen) != len(set(namen)):
        raise ValueError("dezelfde naam staat er twee keer in")
    return contacten


def _lees_contact(item: str) -> Contact:
    delen = [ontdoe(deel).strip() for deel in re.findall(r"((?:[^\\;]|\\.|\\$)*)(?:;|$)", item)][:-1]
    naam, rol, telefoon, email = [*delen, "", "", ""][:4]
    if not naam or len(naam) > 120 or len(rol) > 120:
        raise ValueError(f"“{toon(item)}” begint niet met een naam, of die is te lang")
    keur_nummer(telefoon)
    if email:
        keur_mail(email)
    velden: dict[str, Any] = {"telefoon": telefoon, "email": email}
    velden |= {"is_openbaar": False, "is_sleutelpersoon": False, "talen": [], "toelichting": ""}
    for deel in delen[4:]:
        velden |= _lees_extra(deel)
    return Contact(naam, rol, velden)


def keur_nummer(tekst: str) -> None:
    """Milder than other files are read: what people added to a number stays. Raises ValueError."""
    if tekst and (len(tekst) > 40 or sum(teken.isdigit() for teken in tekst) < 3):
        raise ValueError(f"“{toon(tekst)}” is geen telefoonnummer")


def keur_mail(tekst: str) -> None:
    """Raises ValueError."""
    try:
        keur_email(tekst)
    except ValidationError as fout:
        raise ValueError(fout.messages[0]) from None


def _lees_extra(deel: str) -> dict[str, Any]:
    if deel in {"openbaar", "sleutelpersoon"}:
        return {f"is_{deel}": True}
    if deel.startswith("spreekt "):
        return {"talen": lees_talen(deel.removeprefix("spreekt ").split(","))}
    if deel.startswith("voor ") and len(deel) <= 205:
        return {"toelichting": deel.removeprefix("voor ")}
    raise ValueError(f"“{toon(deel)}” ken ik niet bij een contactpersoon")


def lees_talen(namen: Iterable[str]) -> list[str]:
    """Codes out of names or codes. Raises ValueError in Dutch."""
    codes = {str(taal.label).casefold(): taal.value for taal in Taal} | {code: code for code in Taal.values}
    gevonden = []
    for naam in namen:
        code = codes.get(naam.strip().casefold())
        if code is None:
            raise ValueError(f"“{toon(naam)}” is geen taal die ik ken")
        gevonden.append(code)
    return list(dict.fromkeys(gevonden))
