"""What people say and what organisations call it: read from gegevens/thesaurus/*.toml, plus what coordinators added.

A group is one need. A phrase of it fires when (nearly) all its words stand in the query, in any order.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log
from pathlib import Path
from typing import Any

from sociale_kaart.samenstelling import splits_samenstelling
from sociale_kaart.stam import stam
from sociale_kaart.stopwoorden import ENGELS
from sociale_kaart.woordenlijst import nederlands
from sociale_kaart.zoektaal import STOPWOORDEN, alle_woorden, vouw

GEGEVENS = Path(__file__).parent / "gegevens"
# A phrase fires from this share of its words on, weighed by how much they tell.
MIN_DEEL = 0.66
# A phrase of one word only fires by that very word, not by one that means nearly the same.
MIN_LOS_WOORD = 0.84
# Saying a professional word brings in its synonyms, but counts for less than a lay phrase: it may be on the map itself.
VIA_VAK = 0.8
# So much must words out of several phrases of a group matter together, and what hearing it in them is worth.
GENOEG, BIJ_ELKAAR = 0.4, 0.5
# What one part of a compound says of it.
LOS_DEEL = 0.45


@dataclass(frozen=True)
class Groep:
    """One need: professional terms (stems and as written), and the topic it belongs to ("" = none)."""

    nummer: int
    vak: tuple[tuple[frozenset[str], str], ...]
    onderwerp: str = ""


@dataclass(frozen=True)
class Frase:
    """One way to say a need. `gewicht` below 1 when it says it less surely."""

    groep: Groep
    stammen: frozenset[str]
    gewicht: float


@dataclass(frozen=True)
class Vondst:
    """A need that was heard: through which stems, and how surely (0-1)."""

    groep: Groep
    stammen: frozenset[str]
    zekerheid: float


class Thesaurus:
    """All groups, with the way back from a stem to the phrases it is in."""

    def __init__(self, groepen: Iterable[Mapping[str, Any]]) -> None:
        self.frases: dict[str, list[Frase]] = defaultdict(list)
        frases = [frase for nummer, ruw in enumerate(groepen) for frase in _frases(nummer, ruw)]
        in_groepen: dict[str, set[int]] = defaultdict(set)
        for frase in frases:
            for stam_ in frase.stammen:
                self.frases[stam_].append(frase)
                in_groepen[stam_].add(frase.groep.nummer)
        aantal = 1 + len({frase.groep.nummer for frase in frases})
        self._zegt = {
            stam_: log(1 + aantal / len(nummers)) / log(1 + aantal) for stam_, nummers in in_groepen.items()
        }
        self._alles = {id(frase): sum(map(self._gewicht, frase.stammen)) for frase in frases}

    def __contains__(self, stam_: str) -> bool:
        return stam_ in self.frases

    def zegt(self, stam_: str) -> float:
        """How much this stem tells the needs apart, 0-1."""
        return self._zegt.get(stam_, 1.0)

    def hoor(
        self, gezegd: Mapping[str, float], delen: Mapping[str, frozenset[str]], belang: Mapping[str, float]
    ) -> list[Vondst]:
        """The needs in what was said: stems with how sure each is; one finding per group, its best.

        `delen` are stems that were only part of a compound, with all parts of it: one part alone says little.
        `belang` is how much each stem matters in the query: enough of those out of several phrases of a group is
        hearing it too, if less surely.
        """
        beste: dict[int, Vondst] = {}
        geraakt: dict[int, tuple[Groep, set[str]]] = {}
        for frase in {id(frase): frase for stam_ in gezegd for frase in self.frases.get(stam_, ())}.values():
            raak = frase.stammen & gezegd.keys()
            geraakt.setdefault(frase.groep.nummer, (frase.groep, set()))[1].update(raak)
            if len(raak) < min(2, len(frase.stammen)):
                continue
            deel = sum(
                self._gewicht(stam_)
                * gezegd[stam_]
                * (1 if delen.get(stam_, frase.stammen) <= frase.stammen else LOS_DEEL)
                for stam_ in raak
            )
            deel /= self._alles[id(frase)]
            if deel < (MIN_LOS_WOORD if len(frase.stammen) == 1 else MIN_DEEL):
                continue
            vondst = Vondst(frase.groep, raak, deel * frase.gewicht)
            ander = beste.get(frase.groep.nummer)
            if ander is None or self._massa(vondst) > self._massa(ander):
                beste[frase.groep.nummer] = vondst
        for nummer, (groep, stammen) in geraakt.items():
            if nummer not in beste and sum(belang[stam_] for stam_ in stammen - delen.keys()) >= GENOEG:
                beste[nummer] = Vondst(groep, frozenset(stammen), BIJ_ELKAAR)
        return list(beste.values())

    def _gewicht(self, stam_: str) -> float:
        return 0.2 + self.zegt(stam_)

    def _massa(self, vondst: Vondst) -> float:
        return vondst.zekerheid * sum(self._gewicht(stam_) for stam_ in vondst.stammen)


def _frases(nummer: int, ruw: Mapping[str, Any]) -> Iterable[Frase]:
    vak = tuple((stammen, term) for term in ruw["vak"] if (stammen := stammen_van(term)))
    groep = Groep(nummer, vak, ruw.get("onderwerp", ""))
    for stammen, _ in vak:
        yield Frase(groep, stammen, VIA_VAK)
    for zin in (*ruw.get("leken", ()), *ruw.get("engels", ())):
        if stammen := stammen_van(zin, ENGELS if zin in ruw.get("engels", ()) else frozenset()):
            yield Frase(groep, stammen, 1.0)


def stammen_van(tekst: str, niet: frozenset[str] = frozenset()) -> frozenset[str]:
    """The stems of the words that say something."""
    woorden = [woord for woord in alle_woorden(tekst) if woord not in STOPWOORDEN and woord not in niet]
    return frozenset(stam(woord) for woord in woorden)


def _lees(map_: Path) -> list[dict[str, Any]]:
    """All groups in a folder of files."""
    return [
        groep
        for bestand in sorted(map_.glob("*.toml"))
        for groep in tomllib.loads(bestand.read_text("utf-8")).get("groep", [])
    ]


@cache
def groepen_van_huis() -> tuple[dict[str, Any], ...]:
    """The groups that come with the product."""
    return tuple(_lees(GEGEVENS / "thesaurus"))


@lru_cache(maxsize=4)
def thesaurus_met(paren: tuple[tuple[str, str], ...] = ()) -> Thesaurus:
    """The product's groups and pairs of (what people say, what the map calls it)."""
    eigen = [{"vak": [vakwoord], "leken": [woord]} for woord, vakwoord in paren]
    return Thesaurus([*groepen_van_huis(), *eigen])


@cache
def _vakwoorden() -> frozenset[str]:
    """Single words of the thesaurus, as written."""
    termen = (term for groep in groepen_van_huis() for term in (*groep["vak"], *groep.get("leken", ())))
    return frozenset(vouw(term) for term in termen if term.isalpha())


def gewone_woorden(woord: str) -> int:
    """How common a word is, for taking compounds apart; 0 when it is none."""
    aantal = nederlands().get(woord, 0)
    return aantal if aantal >= 200 else 200 * (woord in _vakwoorden())


@lru_cache(maxsize=100_000)
def delen_van(woord: str) -> tuple[str, ...]:
    """The parts of a compound, as words; empty when it is none."""
    return splits_samenstelling(woord, gewone_woorden)
