"""The picture board: life domains to point at, for a visitor who has little Dutch."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sociale_kaart.models import Onderwerp

BESTAND = Path(__file__).with_name("gegevens") / "praatplaat.json"
STANDAARD = "nl"


@dataclass(frozen=True)
class Kaart:
    """One picture. `nederlands` is for the volunteer; empty when the visitor reads the same."""

    icoon: str
    spot: str
    woord: str
    nederlands: str
    onderwerp: Onderwerp | None


@cache
def inhoud() -> dict[str, Any]:
    """{"talen": [{"code", "naam", "richting", "kop", ...}], "kaarten": [{"onderwerp", "woorden": {code: word}}]}."""
    gelezen: dict[str, Any] = json.loads(BESTAND.read_text(encoding="utf-8"))
    return gelezen


def taal_for(code: str) -> dict[str, str]:
    """The chosen language; Dutch for one that is not there."""
    talen: dict[str, dict[str, str]] = {taal["code"]: taal for taal in inhoud()["talen"]}
    return talen.get(code, talen[STANDAARD])


def kaarten_for(code: str) -> list[Kaart]:
    """The pictures in one language, with the topic of this map they stand for."""
    onderwerpen = {o.extern_id: o for o in Onderwerp.objects.filter(ouder=None)}
    return [_kaart(kaart, code, onderwerpen.get(kaart["onderwerp"])) for kaart in inhoud()["kaarten"]]


def _kaart(kaart: dict[str, Any], code: str, onderwerp: Onderwerp | None) -> Kaart:
    woord, nederlands = kaart["woorden"][code], kaart["woorden"][STANDAARD]
    return Kaart(
        icoon=kaart["icoon"],
        spot=kaart["spot"],
        woord=woord,
        nederlands="" if code == STANDAARD else nederlands,
        onderwerp=onderwerp if kaart["onderwerp"] else None,
    )
