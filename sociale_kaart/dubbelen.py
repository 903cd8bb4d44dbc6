"""What seems to be on the map twice: nearly the same name, and the same number, website or address."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any
from urllib.parse import urlsplit

from sociale_kaart.dubbel import likeness, words_of
from sociale_kaart.models import Aanbod, Locatie, Organisatie

HOOGSTENS = 50
# A number or a word that so many have tells nothing.
TE_GEWOON = 20
# How alike two names must be (0-100) with this many things the same.
NODIG = {0: 95, 1: 80, 2: 65}
BINNEN_ORGANISATIE = 88
Kenmerken = dict[str, str]


@dataclass(frozen=True)
class Paar:
    """Two things that may be one. `waarom` says what they share."""

    soort: str
    een: Any
    ander: Any
    waarom: tuple[str, ...]
    score: float


def pairs() -> dict[str, list[Paar]]:
    """Per kind the most alike pairs."""
    organisaties = Organisatie.objects.current()
    plekken = Locatie.objects.current().select_related("kern")
    return {
        "organisatie": _alike("organisatie", organisaties, _of_organisation),
        "aanbod": _alike_offers(),
        "plek": _alike("plek", plekken, _of_place),
    }


def _of_organisation(organisatie: Organisatie) -> Kenmerken:
    cijfers = "".join(teken for teken in organisatie.telefoon if teken.isdigit())
    website = urlsplit(organisatie.website).netloc.removeprefix("www.")
    return {"telefoonnummer": cijfers, "website": website, "mailadres": organisatie.email.casefold()}


def _of_place(plek: Locatie) -> Kenmerken:
    return {"adres": " ".join(plek.adres.casefold().replace(",", " ").split())}


def _alike(soort: str, dingen: Iterable[Any], kenmerken: Callable[[Any], Kenmerken]) -> list[Paar]:
    """Only those that share a word of their name or something else are compared."""
    alle = [(ding, {naam: waarde for naam, waarde in kenmerken(ding).items() if waarde}) for ding in dingen]
    groepen: dict[tuple[str, str], list[int]] = defaultdict(list)
    for nummer, (ding, eigen) in enumerate(alle):
        for kenmerk in [*eigen.items(), *(("woord", woord) for woord in words_of(ding.naam))]:
            groepen[kenmerk].append(nummer)
    samen = {paar for groep in groepen.values() if len(groep) <= TE_GEWOON for paar in combinations(groep, 2)}
    gevonden = []
    for een, ander in samen:
        gedeeld = tuple(naam for naam, waarde in alle[een][1].items() if alle[ander][1].get(naam) == waarde)
        score = likeness(alle[een][0].naam, alle[ander][0].naam)
        if score >= NODIG[min(len(gedeeld), 2)]:
            gevonden.append(Paar(soort, alle[een][0], alle[ander][0], gedeeld, score))
    return _best(gevonden)


def _alike_offers() -> list[Paar]:
    per_organisatie: dict[int, list[Aanbod]] = defaultdict(list)
    for aanbod in Aanbod.objects.current().select_related("organisatie").defer("zoekvector", "omschrijving"):
        per_organisatie[aanbod.organisatie_id].append(aanbod)
    paren = (paar for groep in per_organisatie.values() for paar in combinations(groep, 2))
    gescoord = (Paar("aanbod", een, ander, (), likeness(een.naam, ander.naam)) for een, ander in paren)
    return _best(paar for paar in gescoord if paar.score >= BINNEN_ORGANISATIE)


def _best(paren: Iterable[Paar]) -> list[Paar]:
    gesorteerd = sorted(paren, key=lambda paar: (-len(paar.waarom), -paar.score, str(paar.een)))
    return gesorteerd[:HOOGSTENS]
