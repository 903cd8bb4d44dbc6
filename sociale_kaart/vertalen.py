"""Word by word: what newcomers say in English and what older people say in the local tongue."""

import tomllib
from functools import cache

from sociale_kaart.thesaurus import GEGEVENS
from sociale_kaart.zoektaal import vouw


@cache
def _woorden() -> dict[str, tuple[str, ...]]:
    talen = tomllib.loads((GEGEVENS / "vertalingen.toml").read_text("utf-8"))
    return {
        vouw(woord): tuple(vouw(deel).strip() for deel in vertaald.split(","))
        for taal in talen.values()
        for woord, vertaald in taal.items()
    }


def vertaal(woord: str) -> tuple[str, ...]:
    """What this word is in Dutch: words, or phrases of a few; empty when it is not in the list."""
    return _woorden().get(woord, ())
