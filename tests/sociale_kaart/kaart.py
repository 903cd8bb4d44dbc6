"""A small valid file with a social map, for tests to spoil."""

import copy
import json
from typing import Any

AANBOD: dict[str, Any] = {
    "id": "a001",
    "organisatie": "Woningstichting de Veste",
    "naam": "Hulp bij huurachterstand",
    "omschrijving": "Samen een regeling maken om de huur te betalen. Ook voor jongeren.",
    "onderwerpen": ["wonen & huren", "geld & schulden"],
    "doelgroep": "huurders",
    "kernen": ["Dalfsen", "Nieuwleusen"],
    "talen": ["Nederlands", "Farsi"],
    "kosten": "gratis",
    "indicatie_nodig": False,
    "telefoon": "0529-55 55 11",
    "e-mail": "info@deveste.example",
    "website": "https://www.deveste.example/huur",
    "spreekuren": [
        {"dag": "maandag t/m vrijdag", "tijd": "17:00-8:00", "plek": "telefonisch", "toelichting": ""},
        {
            "dag": "dinsdag",
            "tijd": "9:00-12:00",
            "plek": "De Spil, Nieuwleusen",
            "toelichting": "op afspraak",
        },
    ],
    "contactpersonen": [
        {"naam": "Richard Nijland", "rol": "incasso"},
        {"naam": "Anja Bos", "rol": "", "e-mail": "a@b.example"},
    ],
}
ONDERWERPEN = ["wonen & huren", "geld & schulden", "taal & basisvaardigheden"]


def aanbod(**anders: Any) -> dict[str, Any]:
    return {**copy.deepcopy(AANBOD), **anders}


def kaart(*rijen: Any) -> dict[str, Any]:
    return {"let_op": "verzonnen", "onderwerpen": list(ONDERWERPEN), "aanbod": list(rijen or [aanbod()])}


def als_bytes(inhoud: Any) -> bytes:
    return json.dumps(inhoud).encode()
