"""Word by word: English and the local tongue into Dutch, and everyday words for the same thing."""

import tomllib
from collections import defaultdict
from functools import cache

from sociale_kaart.stam import stam
from sociale_kaart.thesaurus import GEGEVENS
from sociale_kaart.zoektaal import vouw


def vertaal(woord: str) -> tuple[str, ...]:
    """What this word is in Dutch: words, or phrases of a few; empty when it is not in the list."""
    return _vertalingen().get(woord, ())


def gelijken(stam_: str) -> frozenset[str]:
    """Stems that say nearly the same."""
    return _gelijken().get(stam_, frozenset())


@cache
def _vertalingen() -> dict[str, tuple[str, ...]]:
    talen = tomllib.loads((GEGEVENS / "vertalingen.toml").read_text("utf-8"))
    return {
        vouw(woord): tuple(vouw(deel).strip() for deel in vertaald.split(","))
        for taal in talen.values()
        for woord, vertaald in taal.items()
    }


@cache
def _gelijken() -> dict[str, frozenset[str]]:
    rijen = tomllib.loads((GEGEVENS / "gelijken.toml").read_text("utf-8"))["woorden"]
    gevonden: dict[str, frozenset[str]] = defaultdict(frozenset)
    for rij in rijen:
        stammen = frozenset(stam(vouw(woord)) for woord in rij.split())
        for stam_ in stammen:
            gevonden[stam_] |= stammen - {stam_}
    return gevonden
