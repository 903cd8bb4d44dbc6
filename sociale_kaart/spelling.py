"""Typing mistakes: the one word of the map that was probably meant, or none."""

import re
from collections.abc import Iterable

from rapidfuzz.distance import OSA

MIN_LENGTE = 4
# How words sound: what people hear as the same is written the same.
KLANKEN = [
    (re.compile(patroon), klank)
    for patroon, klank in [
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


def klank(woord: str) -> str:
    """A word as it sounds, roughly: `cursus` and `kursus` are one."""
    for patroon, vervanging in KLANKEN:
        woord = patroon.sub(vervanging, woord)
    return woord


def verbeter(woord: str, bekend: Iterable[str]) -> str | None:
    """The known word that this one is a mistake for: same first sound, one slip in short words and two in long ones.

    Of equals the one that sounds most alike, then the longest common beginning.
    """
    if len(woord) < MIN_LENGTE or not woord.isalpha():
        return None
    hoogstens = 1 if len(woord) < 8 else 2
    gehoord = klank(woord)
    beste, laagste = None, (hoogstens + 1.0, 0)
    for ander in bekend:
        if abs(len(ander) - len(woord)) > 2 or len(ander) < MIN_LENGTE:
            continue
        letters = OSA.distance(woord, ander, score_cutoff=hoogstens + 1)
        if letters > hoogstens + 1 or klank(ander)[:1] != gehoord[:1]:
            continue
        klanken = OSA.distance(gehoord, klank(ander))
        afstand = min(letters, klanken + 0.5) + klanken / 10
        volgorde = (afstand, -_gelijk_begin(woord, ander))
        if min(letters, klanken) <= hoogstens and volgorde < laagste:
            beste, laagste = ander, volgorde
    return beste


def _gelijk_begin(een: str, ander: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(een, ander, strict=False)) if a != b), min(len(een), len(ander)))
