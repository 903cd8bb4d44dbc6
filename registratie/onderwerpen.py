"""Topics in the visitor's own words: subtopics and lay words, and finding a topic by them."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from sociale_kaart.models import Onderwerp
from sociale_kaart.zoektaal import STOPWOORDEN, vouw

BESTAND = Path(__file__).parent / "gegevens" / "onderwerpen.json"
NERGENS = 9  # worse than any match
LANG = 4  # a word of so many letters is recognised at the start of a longer one: huur in huurschuld


@transaction.atomic
def laad() -> str:
    """Give the topics of the map their subtopics and lay words. What people changed stays as they left it."""
    hoofd = {o.extern_id: o for o in Onderwerp.objects.filter(ouder=None).exclude(extern_id=None)}
    aantal = 0
    for rij in json.loads(BESTAND.read_text()):
        if onderwerp := hoofd.get(rij["onderwerp"]):
            if not onderwerp.zoekwoorden:
                onderwerp.zoekwoorden = rij["zoekwoorden"]
                onderwerp.save(update_fields=["zoekwoorden"])
            aantal += _laad_deelonderwerpen(onderwerp, rij["deelonderwerpen"])
    return f"Onderwerpen: {aantal} deelonderwerpen erbij."


def _laad_deelonderwerpen(ouder: Onderwerp, rijen: list[dict[str, str]]) -> int:
    """How many are new. A subtopic that was renamed is known by its `extern_id`."""
    bekend = {naam for paar in ouder.kinderen.values_list("extern_id", "naam") for naam in paar}
    nieuw = [
        Onderwerp(
            ouder=ouder,
            naam=rij["naam"],
            extern_id=f"{ouder.extern_id}/{rij['naam']}",
            zoekwoorden=rij["zoekwoorden"],
            icoon=ouder.icoon,
            volgorde=nummer,
        )
        for nummer, rij in enumerate(rijen, 1)
        if not {rij["naam"], f"{ouder.extern_id}/{rij['naam']}"} & bekend
    ]
    return len(Onderwerp.objects.bulk_create(nieuw))


@dataclass(frozen=True)
class Treffer:
    """A topic that fits the words, and the subtopic that made it fit."""

    onderwerp: Onderwerp
    deelonderwerp: Onderwerp | None


def zoek(onderwerpen: Iterable[Onderwerp], tekst: str) -> list[Treffer]:
    """The main topics that every word fits, best first; static/js/onderwerp.js does the same while you type.

    A name counts for more than a lay word, a subtopic for more than its main topic.
    """
    woorden = woorden_van(tekst)
    woorden = [woord for woord in woorden if woord not in STOPWOORDEN] or woorden
    gevonden = []
    for onderwerp in onderwerpen if woorden else []:
        beste, deel = _hoe_ver(woorden, onderwerp) + 0.5, None
        for kind in onderwerp.kinderen.all():
            if (ver := _hoe_ver(woorden, kind)) < beste:
                beste, deel = ver, kind
        if beste < NERGENS:
            gevonden.append((beste, Treffer(onderwerp, deel)))
    return [treffer for _, treffer in sorted(gevonden, key=lambda paar: paar[0])]


def woorden_van(tekst: str) -> list[str]:
    """Folded words; "Ja/nee-sticker" is three of them."""
    return re.findall(r"[^\W_]+", vouw(tekst))


def _hoe_ver(woorden: list[str], onderwerp: Onderwerp) -> int:
    """0: starts words of the name; 1: of the name or the lay words; 2: is a longer form of those; NERGENS."""
    naam = woorden_van(onderwerp.naam)
    alles = naam + woorden_van(onderwerp.zoekwoorden)
    lang = tuple(woord for woord in alles if len(woord) >= LANG)
    for ver, past in enumerate(
        [
            lambda woord: any(deel.startswith(woord) for deel in naam),
            lambda woord: any(deel.startswith(woord) for deel in alles),
            lambda woord: any(deel.startswith(woord) for deel in alles) or woord.startswith(lang),
        ]
    ):
        if all(past(woord) for woord in woorden):
            return ver
    return NERGENS
