"""Is it on the map already? Names that say nearly the same."""

import re
from collections.abc import Iterable
from typing import TypeVar

from rapidfuzz import fuzz, process

from sociale_kaart.zoektaal import vouw

T = TypeVar("T")
GELIJKENIS = 86
HOOGSTENS = 5
# They stand in so many names that they tell nothing.
_ZEGT_NIETS = re.compile(r"\b(stichting|vereniging|organisatie|afdeling|gemeente|de|het|en|van|in|voor)\b")


def _kern(naam: str) -> str:
    return " ".join(_ZEGT_NIETS.sub(" ", vouw(naam)).split()) or vouw(naam)


def look_alikes(naam: str, bekend: Iterable[tuple[T, str]]) -> list[T]:
    """Which of the known things (thing, one of its names) have nearly this name; the nearest first, each once."""
    bekend = [(ding, genoemd) for ding, genoemd in bekend if genoemd.strip()]
    gevonden = process.extract(
        _kern(naam),
        [_kern(genoemd) for _, genoemd in bekend],
        scorer=_lijkt,
        score_cutoff=GELIJKENIS,
        limit=HOOGSTENS * 2,
    )
    return list(dict.fromkeys(bekend[plek][0] for _, _, plek in gevonden))[:HOOGSTENS]


def _lijkt(een: str, ander: str, **kwargs: object) -> float:
    """Same letters nearly, or the same words in another order; one word more makes another name."""
    return max(fuzz.ratio(een, ander), fuzz.token_sort_ratio(een, ander))


def likeness(een: str, ander: str) -> float:
    """How alike two names are, from 0 to 100; with other numbers in them they are no doubles."""
    if re.findall(r"\d+", een) != re.findall(r"\d+", ander):
        return 0
    return _lijkt(_kern(een), _kern(ander))


def words_of(naam: str) -> set[str]:
    """The words of a name that tell something."""
    return {woord for woord in _kern(naam).split() if len(woord) > 2}
