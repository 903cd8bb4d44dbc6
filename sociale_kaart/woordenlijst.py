"""How common a word is in Dutch, and whether it is English: to tell a typing mistake from a word the map lacks.

Read as data from pyspellchecker, whose code is not imported: words with how often they were met.
"""

import gzip
import json
from functools import cache, lru_cache
from importlib.util import find_spec
from math import log
from pathlib import Path

from sociale_kaart.zoektaal import vouw

# What stands there with the lowest count was in a list, not in use: names and mistakes among them.
IN_GEBRUIK = 51
OVERBEKEND = 300_000


@cache
def nederlands() -> dict[str, int]:
    """Dutch words in use, folded, with their count."""
    return _lees("nl")


@cache
def engels() -> frozenset[str]:
    return frozenset(_lees("en"))


def _lees(taal: str) -> dict[str, int]:
    pakket = find_spec("spellchecker")
    if pakket is None or not pakket.origin:
        raise ImportError("pyspellchecker is not installed")
    ruw = (Path(pakket.origin).parent / "resources" / f"{taal}.json.gz").read_bytes()
    tellingen = json.loads(gzip.decompress(ruw))
    return {vouw(woord): aantal for woord, aantal in tellingen.items() if aantal >= IN_GEBRUIK}


@lru_cache(maxsize=20_000)
def veelzeggend(woord: str) -> float:
    """How much a word tells by itself, 0.1-1: `dag` little, `deurwaarder` a lot, and one nobody knows most."""
    aantal = nederlands().get(woord, IN_GEBRUIK)
    return min(1.0, max(0.1, 1 - log(aantal / IN_GEBRUIK) / log(OVERBEKEND / IN_GEBRUIK)))
