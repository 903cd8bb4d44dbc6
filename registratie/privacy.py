"""The privacy guard: finds personal data in free text, so that none is ever stored.

`check` is pure: a text in, findings out. It leaves alone what is public: organisations, places, numbers and people of
the social map. Lists: `privacy_woorden`; the map: `privacy_kaart`; finders: `privacy_nummers`, `privacy_adressen` and
`privacy_namen`. `manage.py privacycheck` runs it over a file.
"""

import re
import unicodedata
from dataclasses import dataclass

from registratie.privacy_adressen import adres, email, social
from registratie.privacy_kaart import Kaartwoorden, kaartwoorden
from registratie.privacy_namen import naam
from registratie.privacy_nummers import bsn, dossier, geboortedatum, iban, kenteken, telefoon

# In order of precedence: what is found by the first is not looked at by the next.
ZOEKERS = (email, iban, bsn, telefoon, geboortedatum, kenteken, dossier, adres, social, naam)
MAX_TEKENS = 20_000  # more than any field takes

UITLEG = {
    "naam": "Dit lijkt op een naam. Schrijf liever ‘bezoeker’, ‘buurvrouw’ of ‘collega’.",
    "telefoon": "Dit lijkt op een telefoonnummer. Haal het weg: wij bewaren geen persoonsgegevens.",
    "email": "Dit lijkt op een e-mailadres. Haal het weg: wij bewaren geen persoonsgegevens.",
    "bsn": "Dit lijkt op een burgerservicenummer. Schrijf het nergens op, ook niet hier.",
    "iban": "Dit lijkt op een rekeningnummer. Haal het weg: wij bewaren geen persoonsgegevens.",
    "adres": "Dit lijkt op een adres. Schrijf liever alleen het dorp of de wijk.",
    "geboortedatum": "Dit lijkt op een geboortedatum. Kies liever een leeftijd in het formulier.",
    "kenteken": "Dit lijkt op een kenteken. Schrijf liever ‘auto’ of ‘brommer’.",
    "dossier": "Dit lijkt op een dossier- of klantnummer. Haal het weg: daarmee is iemand terug te vinden.",
    "social": "Dit lijkt op een account of inlognaam. Haal het weg: daarmee is iemand terug te vinden.",
}


@dataclass(frozen=True)
class Vondst:
    """Something that points to a person: `tekst` stands at `begin` to `eind`; `uitleg` says what to write instead."""

    soort: str
    begin: int
    eind: int
    tekst: str
    uitleg: str


def check(text: str, kaart: Kaartwoorden | None = None) -> list[Vondst]:
    """What in this text points to a person, in order and without overlap. `kaart` is the map of the database."""
    kaart = kaartwoorden() if kaart is None else kaart
    kaal = vlak(text[:MAX_TEKENS])
    gevonden: list[tuple[str, int, int]] = []
    bezet = bytearray(len(kaal))
    for zoeker in ZOEKERS:
        for soort, begin, eind in zoeker(kaal, kaart):
            if not any(bezet[begin:eind]):
                bezet[begin:eind] = b"\1" * (eind - begin)
                gevonden.append((soort, begin, eind))
    return [
        Vondst(soort, begin, eind, text[begin:eind], UITLEG[soort])
        for soort, begin, eind in sorted(gevonden, key=lambda vondst: vondst[1])
    ]


STREEPJES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-")
APOSTROFS = dict.fromkeys(map(ord, "‘’ʼ´`"), "'")
VLAK = STREEPJES | APOSTROFS | {ord("＠"): "@", ord("．"): ".", ord("＋"): "+"}


def vlak(tekst: str) -> str:
    """Every kind of blank, dash, quote and digit as the plain one; each character keeps its place."""
    if tekst.isascii():
        return re.sub(r"[\x00-\x1f\x7f]", " ", tekst)
    return "".join(map(_vlak_teken, tekst.translate(VLAK)))


def _vlak_teken(teken: str) -> str:
    if teken.isascii():
        return " " if teken < " " or teken == "\x7f" else teken
    soort = unicodedata.category(teken)
    if soort == "Nd":
        return str(unicodedata.digit(teken))
    return " " if soort[0] in "CZ" else teken
