"""Typing mistakes: the one word of the map that was probably meant, or none."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

MIN_LENGTE = 4
# From this length on two slips are forgiven; in shorter words one.
LANG = 10
# How words sound: what people hear as the same is written the same.
KLANKEN = [
    (re.compile(patroon), vervanging)
    for patroon, vervanging in [
        (r"sch(?=e?$|s)", "s"),
        (r"ch", "g"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"ij|y", "ei"),
        (r"auw?|ouw?", "ou"),
        (r"c(?=[ei])", "s"),
        (r"c|q", "k"),
        (r"x", "ks"),
        (r"z", "s"),
        (r"v", "f"),
        (r"d(?=t?$)|dt$", "t"),
        (r"(.)\1+", r"\1"),
        (r"h(?=[^aeiou]|$)", ""),
    ]
]


@lru_cache(maxsize=100_000)
def klank(woord: str) -> str:
    """A word as it sounds, roughly: `cursus` and `kursus` are one."""
    for patroon, vervanging in KLANKEN:
        woord = patroon.sub(vervanging, woord)
    return woord


class Spelling:
    """Known words, to look mistakes up in."""

    def __init__(self, bekend: Iterable[str]) -> None:
        self.bekend = [
            woord for woord in dict.fromkeys(bekend) if len(woord) >= MIN_LENGTE and woord.isalpha()
        ]
        self.klanken = [klank(woord) for woord in self.bekend]
        # By the sound they begin with: the words, how they sound, and where they stand in `bekend`.
        self.met_klank: dict[str, tuple[list[str], list[str], list[int]]] = defaultdict(lambda: ([], [], []))
        for plek, gehoord in enumerate(self.klanken):
            for lijst, waarde in zip(
                self.met_klank[gehoord[:1]], (self.bekend[plek], gehoord, plek), strict=True
            ):
                lijst.append(waarde)  # type: ignore[attr-defined]

    def verbeter(self, woord: str) -> tuple[str, float] | None:
        """The word that this one is a mistake for and how far it is off, or None.

        It begins with the same sound; one slip in short words and two in long ones, in letters or in sound. Of equals
        the one that sounds most alike, then the longest common beginning.
        """
        if len(woord) < MIN_LENGTE or not woord.isalpha():
            return None
        hoogstens = 2 if len(woord) >= LANG else 1
        gehoord = klank(woord)
        bekend, klanken, plekken = self.met_klank[gehoord[:1]]
        kandidaten = {
            plekken[plek]
            for vraag, lijst in ((woord, bekend), (gehoord, klanken))
            for _, _, plek in process.extract(
                vraag, lijst, scorer=OSA.distance, score_cutoff=hoogstens, limit=20
            )
        }
        return min(
            ((self.bekend[plek], self._afstand(woord, gehoord, plek)) for plek in kandidaten),
            key=lambda paar: (paar[1], -_gelijk_begin(woord, paar[0]), paar[0]),
            default=None,
        )

    def _afstand(self, woord: str, gehoord: str, plek: int) -> float:
        letters = OSA.distance(woord, self.bekend[plek])
        klanken = OSA.distance(gehoord, self.klanken[plek])
        return min(letters, klanken + 0.5) + klanken / 10


def _gelijk_begin(een: str, ander: str) -> int:
    korter = min(len(een), len(ander))
    return next((n for n in range(korter) if een[n] != ander[n]), korter)
