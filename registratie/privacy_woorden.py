"""Word lists for the privacy guard: first names, surnames, Dutch words and well-known names. Loaded once, on demand.

The lists come out of packages, read as data files (the packages' own code is never imported):

- gender-guesser: 45,000 first names of Europe, Turkey and the Arab world, in Latin letters, per country;
- mimesis: Dutch, Turkish, Polish and Ukrainian first names and surnames;
- pyspellchecker: Dutch words, with how often they are used when written without a capital. Names that are no word
  stand there with the lowest count, so the count tells `roos` (a word) from `fatima` (a name).

`gegevens/bekende_namen.txt` is our own: brands and public figures that look like names of people.
"""

import gzip
import json
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

GEGEVENS = Path(__file__).parent / "gegevens"
LANGSTE_SAMENSTELLING = 40
LAAGSTE_TELLING = 50  # what pyspellchecker gives a word that was never seen in use
# nam_dict.txt: the name, and per country a column with how common it is there (hexadecimal, 1 is rare).
NAAM = slice(3, 29)
KOLOMMEN_HIER = {
    "BE": 38,
    "NL": 40,
    "East Frisia": 41,
    "PL": 53,
    "BG": 58,
    "BA": 59,
    "RU": 68,
    "UA": 71,
    "TR": 76,
    "AR": 77,
}
KOLOM_DUITSLAND = 42  # here too, as far as common
CYRILLISCH = str.maketrans(
    dict(zip("абвгґдезиійклмнопрстуф", "abvhgdezyiiklmnoprstuf", strict=True))
    | {
        "є": "ie",
        "ж": "zh",
        "ї": "i",
        "х": "kh",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "shch",
        "ь": "",
        "ю": "iu",
        "я": "ia",
    }
)
PLAT = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "’": "'", "‘": "'", "`": "'"})
# Endings that make a word a surname when it is no Dutch word.
UITGANGEN = (
    *(
        "stra",
        "sma",
        "inga",
        "enga",
        "ema",
        "oonk",
        "ski",
        "ska",
        "cki",
        "cka",
        "wicz",
        "czyk",
        "zczak",
        "enko",
        "chuk",
    ),
    *(
        "czuk",
        "skyi",
        "skyy",
        "skiy",
        "oglu",
        "zadeh",
        "aoui",
        "elink",
        "erink",
        "ensen",
        "kuil",
        "huizen",
        "meijer",
    ),
)


class Namen(NamedTuple):
    """Folded names. `hier` are first names of people who are likely to live here; `na_tussen` come after a particle."""

    voor: frozenset[str]
    hier: frozenset[str]
    achter: frozenset[str]
    na_tussen: frozenset[str]


def vouw(woord: str) -> str:
    """Lower case, without accents: what names are compared by."""
    if woord.isascii():
        return woord.lower()
    plat = unicodedata.normalize("NFKD", woord.lower().translate(PLAT))
    return "".join(teken for teken in plat if not unicodedata.combining(teken))


def _map_van(pakket: str) -> Path:
    plek = find_spec(pakket)
    if plek is None or not plek.submodule_search_locations:
        raise ImportError(f"{pakket} is not installed")
    return Path(plek.submodule_search_locations[0])


def _lees_mimesis(taal: str, soort: str) -> Iterator[str]:
    gegevens = json.loads((_map_van("mimesis") / "datasets" / taal / "person.json").read_text("utf-8"))[soort]
    for naam in _bladeren(gegevens):
        yield naam
        if taal == "uk":
            yield naam.lower().replace("'", "").replace("’", "").translate(CYRILLISCH)


def _bladeren(gegevens: object) -> Iterator[str]:
    """All names in a list, or in lists per gender."""
    if isinstance(gegevens, dict):
        gegevens = [naam for deel in gegevens.values() for naam in _bladeren(deel)]
    yield from gegevens if isinstance(gegevens, list) else []


def _lees_voornamen() -> Iterator[tuple[str, bool]]:
    """First names, and whether they are common among people here."""
    with (_map_van("gender_guesser") / "data" / "nam_dict.txt").open(encoding="utf-8") as regels:
        for regel in regels:
            if regel[0] in "#=":
                continue
            hier = any(regel[kolom] != " " for kolom in KOLOMMEN_HIER.values())
            hier = hier or regel[KOLOM_DUITSLAND] in "3456789ABCD"
            naam = regel[NAAM].strip()
            for vorm in {naam.replace("+", ""), naam.replace("+", "-")}:
                yield vorm, hier


def _gevouwen(namen: Iterable[str]) -> frozenset[str]:
    return frozenset(plat for naam in namen if len(plat := vouw(naam)) > 1)


@cache
def namen() -> Namen:
    """All name lists together."""
    lijst = list(_lees_voornamen())
    mimesis = [naam for taal in ("nl", "tr", "pl", "uk") for naam in _lees_mimesis(taal, "names")]
    achternamen = [
        naam for taal in ("nl", "nl-be", "tr", "pl", "uk") for naam in _lees_mimesis(taal, "surnames")
    ]
    achternamen += _lees_lijst("achternamen.txt")
    hier = _gevouwen([*(naam for naam, is_hier in lijst if is_hier), *mimesis])
    return Namen(
        voor=_gevouwen(naam for naam, _ in lijst) | hier,
        hier=hier,
        achter=_gevouwen(achternamen),
        na_tussen=_gevouwen(naam.split()[-1] for naam in achternamen if " " in naam),
    )


class Woorden:
    """Dutch words: `telling` says how often one is used in lower case; 0 is unknown, LAAGSTE_TELLING hardly ever.

    The 300,000 rare ones are kept as hashes in an array: 2 MB instead of 40.
    """

    def __init__(self, tellingen: dict[str, int]) -> None:
        self._gewoon = {woord: telling for woord, telling in tellingen.items() if telling > LAAGSTE_TELLING}
        self._zeldzaam = array(
            "q", sorted(hash(woord) for woord, telling in tellingen.items() if telling <= LAAGSTE_TELLING)
        )

    def telling(self, woord: str) -> int:
        if telling := self._gewoon.get(woord):
            return telling
        plek = bisect_left(self._zeldzaam, sleutel := hash(woord))
        return LAAGSTE_TELLING if plek < len(self._zeldzaam) and self._zeldzaam[plek] == sleutel else 0

    def is_samenstelling(self, woord: str) -> bool:
        """Whether two ordinary words make up this one: a rare word then, and no name."""
        if len(woord) > LANGSTE_SAMENSTELLING:
            return False
        for knip in range(3, len(woord) - 2):
            if woord[knip:] in self._gewoon:
                links = woord[:knip]
                if links in self._gewoon or (links[-1] == "s" and links[:-1] in self._gewoon):
                    return True
        return False


@cache
def woorden() -> Woorden:
    with gzip.open(_map_van("spellchecker") / "resources" / "nl.json.gz", "rt", encoding="utf-8") as bestand:
        tellingen: dict[str, int] = json.load(bestand)
    for woord in [woord for woord in tellingen if not woord.isascii()]:
        plat = vouw(woord)
        tellingen[plat] = max(tellingen.pop(woord), tellingen.get(plat, 0))
    return Woorden(tellingen)


def _lees_lijst(bestand: str) -> tuple[str, ...]:
    """Names between commas; lines with # are remarks."""
    regels = (GEGEVENS / bestand).read_text("utf-8").splitlines()
    return tuple(
        naam.strip()
        for regel in regels
        if not regel.startswith("#")
        for naam in regel.split(",")
        if naam.strip()
    )


@cache
def bekende_namen() -> tuple[str, ...]:
    """Brands, public figures and the like."""
    return _lees_lijst("bekende_namen.txt")


@cache
def plaatsen() -> frozenset[str]:
    """Places that are names of people too, folded."""
    return frozenset(map(vouw, _lees_lijst("plaatsen.txt")))


@cache
def _woordgroepen() -> dict[str, frozenset[str]]:
    groepen: dict[str, list[str]] = {}
    for regel in (GEGEVENS / "privacy_woorden.txt").read_text("utf-8").splitlines():
        if regel.startswith("["):
            groep = groepen.setdefault(regel.strip("[]"), [])
        elif regel and not regel.startswith("#"):
            groep += regel.split()
    return {naam: frozenset(woorden) for naam, woorden in groepen.items()}


def woordgroep(naam: str) -> frozenset[str]:
    """The words of a section of `gegevens/privacy_woorden.txt`."""
    return _woordgroepen()[naam]


def laad() -> None:
    """Read every list now instead of at the first remark."""
    namen()
    woorden()
    bekende_namen()
    plaatsen()
    _woordgroepen()
