"""What somebody typed, understood: plain text in, terms to look for out. Knows nothing of the database.

The steps are small and pure: `normaliseer` -> `splits` -> `herken_kern` -> `maak_termen`;
`begrijp` strings them together.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

CONFIG, ONGESTEMD = "dutch", "simple"
MAX_TEKENS = 200
MAX_WOORDEN = 16
# How much a hit counts when it is not the very word.
EXACT, BEGIN, SAMEN = 1.0, 0.6, 0.9
# From this length on the beginning of a longer word counts: schulden finds schuldhulp.
MIN_BEGIN = 4

# Words that PostgreSQL leaves out as well, and what people say around their question.
STOPWOORDEN = frozenset(
    """
    aan al alles als altijd andere ben bij binnen daar dan dat de der deze die dit doch doen door dus een eens en er
    ge geen geweest haar had heb hebben heeft hem het hier hij hoe hun iemand iets ik in is ja je kan kon kunnen
    maar me meer men met mij mijn moet moeten mag mogen na naar niet niets nog nu of om omdat onder ons ook op over
    reeds steeds te tegen toch toen tot u uit uw van veel voor want waren was wat weer wel werd wezen wie wil willen
    worden wordt zal ze zei zelf zich zij zijn zo zonder zou zouden weinig heel erg bijna elke keer ga gaan gaat komt
    komen krijg krijgt krijgen graag hallo help even eigenlijk gewoon waar wanneer welke waarom jullie onze jouw zijn
    mevrouw meneer mevr dhr mw heer dame persoon mensen mens iedereen vraag vragen vraagt zoek zoekt zoeken weet weten
    hoor wij we dag bent hebt doe doet laat laten staat ander te terug steeds vaak soms via per s
    """.split()  # noqa: SIM905 - a list of words to read, not of quotes
)


@dataclass(frozen=True)
class Vorm:
    """One way a term may stand in the index, as a PostgreSQL tsquery, and how much such a hit counts."""

    tsquery: str
    gewicht: float
    config: str = CONFIG


@dataclass(frozen=True)
class Term:
    """Something to look for: `woord` as typed (shown to people), `vormen` as looked for."""

    woord: str
    vormen: tuple[Vorm, ...]


@dataclass(frozen=True)
class Zoekvraag:
    """A query, understood. `kern` is the village named in it: a hint to look there."""

    termen: tuple[Term, ...]
    kern: str | None = None


def vouw(tekst: str) -> str:
    """Lower case without accents and control characters: Café and cafe are one word."""
    # Twice, because taking a character apart may bring a new capital to light.
    for _ in range(2):
        tekst = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", tekst).casefold())
    schoon = (
        " " if unicodedata.category(teken)[0] == "C" else teken
        for teken in tekst
        if not unicodedata.combining(teken)
    )
    return "".join(schoon)


def normaliseer(tekst: str) -> str:
    """At most MAX_TEKENS folded characters with single blanks. What is cut off was never a question."""
    return " ".join(vouw(tekst[: MAX_TEKENS * 2]).split())[:MAX_TEKENS]


def splits(tekst: str) -> list[str]:
    """The different words, in order."""
    return list(dict.fromkeys(re.findall(r"[^\W_]+", tekst)))[:MAX_WOORDEN]


def herken_kern(woorden: list[str], kernen: Mapping[str, str]) -> tuple[str | None, list[str]]:
    """Take one village name out of the words; `kernen` maps folded names to names.

    Only when something else is left to look for: "dalfsen" alone is a word like any other.
    """
    genoemd = [woord for woord in woorden if woord in kernen]
    rest = [woord for woord in woorden if woord not in kernen]
    if len(genoemd) == 1 and any(woord not in STOPWOORDEN for woord in rest):
        return kernen[genoemd[0]], rest
    return None, woorden


def maak_termen(woorden: list[str]) -> tuple[Term, ...]:
    """The words that say something, each with its forms.

    Dutch writes compounds as one word and people do not: two neighbours are also tried together.
    """
    inhoud = [woord for woord in woorden if woord not in STOPWOORDEN]
    termen = []
    for nummer, woord in enumerate(inhoud):
        laatste = nummer == len(inhoud) - 1
        vormen = [Vorm(woord, EXACT)]
        if len(woord) >= MIN_BEGIN or (laatste and len(woord) > 1):
            # The stem of huur is hur, which huurtoeslag does not begin with; that of schulden does help.
            vormen += [Vorm(f"{woord}:*", BEGIN), Vorm(f"{woord}:*", BEGIN, ONGESTEMD)]
        buren = inhoud[max(0, nummer - 1) : nummer + 2]
        vormen += [Vorm(links + rechts, SAMEN) for links, rechts in pairwise(buren)]
        termen.append(Term(woord, tuple(vormen)))
    return tuple(termen)


def begrijp(tekst: str, kernen: Mapping[str, str]) -> Zoekvraag:
    """From what somebody typed to what to look for."""
    kern, woorden = herken_kern(splits(normaliseer(tekst)), kernen)
    return Zoekvraag(maak_termen(woorden), kern)


def woorden_van(tekst: str) -> tuple[str, ...]:
    """The words that say something, folded, each once."""
    return tuple(woord for woord in splits(normaliseer(tekst)) if woord not in STOPWOORDEN)
