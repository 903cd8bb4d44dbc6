"""What somebody typed, understood: plain text in, words and hints out. Knows nothing of the map.

The steps are small and pure: `normaliseer` -> `splits` -> `herken_kern` and the other hints -> `Term`s;
`begrijp` strings them together.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from sociale_kaart.models.taal import Taal
from sociale_kaart.stopwoorden import STOPWOORDEN

__all__ = ["MAX_TEKENS", "STOPWOORDEN", "Term", "Zoekvraag", "begrijp", "normaliseer", "vouw", "woorden_van"]

MAX_TEKENS = 200
MAX_WOORDEN = 24
# Between these a sentence goes on to something else.
VERBINDERS = frozenset("en maar ook plus of want dus terwijl omdat daarnaast verder and but also".split())  # noqa: SIM905
LEESTEKEN = ","
GRATIS = frozenset("gratis kosteloos kosteloze".split())  # noqa: SIM905
SPREEKT = frozenset("spreekt spreken spreek praat praten taal tolk tolken vertalen speaks speaking".split())  # noqa: SIM905
NU = re.compile(
    r"\b(?:(?:nu|vandaag) (?:nog )?(?:open|geopend|bereikbaar|terecht)|(?:open|geopend) (?:nu|vandaag))\b"
)
BESTURING = dict.fromkeys([*range(32), 127], " ")
AFKORTING = re.compile(r"\b(?:[a-z]\.){2,}[a-z]?(?!\w)")
# As people call a language, beside its own label.
BIJNAMEN = {
    Taal.ENGELS: "english engelse",
    Taal.DUITS: "duitse",
    Taal.POOLS: "poolse polish polski",
    Taal.TURKS: "turkse turkish",
    Taal.ARABISCH: "arabische arabic",
    Taal.FARSI: "perzisch dari",
    Taal.TIGRINYA: "eritrees",
    Taal.OEKRAIENS: "oekraiense ukrainian",
    Taal.RUSSISCH: "russische russian",
    Taal.BERBERS: "berber",
    Taal.SOMALISCH: "somali",
    Taal.GEBARENTAAL: "gebarentaal gebarentolk doventolk",
}


@dataclass(frozen=True)
class Term:
    """A word that says something: as typed but folded, its place among the words, and in which clause it stood."""

    woord: str
    plek: int
    zin: int = 0


@dataclass(frozen=True)
class Zoekvraag:
    """A query, understood. `zinnen` are the clauses as typed.

    `kern`, `taal`, `nu` and `gratis` are hints: what was named or asked for.
    """

    termen: tuple[Term, ...]
    zinnen: tuple[str, ...] = ()
    kern: str | None = None
    taal: str | None = None
    nu: bool = False
    gratis: bool = False


def vouw(tekst: str) -> str:
    """Lower case without accents and control characters: Café and cafe are one word."""
    if tekst.isascii():
        return tekst.lower().translate(BESTURING)
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
    """The words in order, of any sign between them only that there was one: a comma."""
    zonder_punten = AFKORTING.sub(lambda afkorting: afkorting[0].replace(".", ""), tekst)
    return [
        deel if deel.isalnum() else LEESTEKEN
        for deel in re.findall(r"[^\W_]+|[,;.:?!]+(?=\s|$)", zonder_punten)
    ]


def alle_woorden(tekst: str) -> list[str]:
    """Every word of a longer text, folded; a word with a hyphen also as one."""
    gevouwen = vouw(tekst)
    aaneen = [woord.replace("-", "") for woord in re.findall(r"[^\W_]+(?:-[^\W_]+)+", gevouwen)]
    return [woord for woord in splits(gevouwen) if woord != LEESTEKEN] + aaneen


def herken_kern(woorden: list[str], kernen: Mapping[str, str]) -> tuple[str | None, list[str]]:
    """Take one village name out of the words; `kernen` maps folded names to names.

    Only when something else is left to look for: "dalfsen" alone is a word like any other.
    """
    genoemd = {woord for woord in woorden if woord in kernen}
    rest = [woord for woord in woorden if woord not in kernen]
    if len(genoemd) == 1 and any(woord not in STOPWOORDEN and woord != LEESTEKEN for woord in rest):
        return kernen[genoemd.pop()], rest
    return None, woorden


def herken_taal(woorden: list[str]) -> str | None:
    """The language asked for: named beside "speaks", or the only thing named."""
    bekend = {vouw(label): code for code, label in Taal.choices if code != Taal.NEDERLANDS}
    bekend |= {woord: taal.value for taal, bijnamen in BIJNAMEN.items() for woord in bijnamen.split()}
    genoemd = {bekend[woord] for woord in woorden if woord in bekend}
    inhoud = [woord for woord in woorden if woord not in STOPWOORDEN]
    if len(genoemd) == 1 and (len(inhoud) == 1 or SPREEKT & set(woorden)):
        return genoemd.pop()
    return None


def in_zinnen(woorden: list[str]) -> list[list[str]]:
    """The clauses of a sentence; where one stops another need may begin."""
    zinnen: list[list[str]] = [[]]
    for woord in woorden:
        if woord == LEESTEKEN or woord in VERBINDERS:
            zinnen.append([])
        else:
            zinnen[-1].append(woord)
    return [zin for zin in zinnen if any(woord not in STOPWOORDEN for woord in zin)]


def maak_termen(zinnen: list[list[str]]) -> tuple[Term, ...]:
    """The words that say something, each once, and the clause they stand in."""
    termen: dict[str, Term] = {}
    plek = 0
    for nummer, zin in enumerate(zinnen):
        for plek, woord in enumerate(zin, plek + 2):  # noqa: B020 - counts on, with a gap between clauses
            if woord not in STOPWOORDEN:
                termen.setdefault(woord, Term(woord, plek, nummer))
    return tuple(termen.values())[:MAX_WOORDEN]


def begrijp(tekst: str, kernen: Mapping[str, str]) -> Zoekvraag:
    """From what somebody typed to what to look for."""
    schoon = normaliseer(tekst)
    nu = bool(NU.search(schoon)) or "vandaag" in schoon.split()
    kern, woorden = herken_kern(splits(NU.sub(" ", schoon)), kernen)
    gratis = bool(GRATIS & set(woorden))
    overig = [woord for woord in woorden if woord not in GRATIS and woord != "vandaag"]
    zinnen = in_zinnen(overig)
    return Zoekvraag(maak_termen(zinnen), tuple(map(" ".join, zinnen)), kern, herken_taal(overig), nu, gratis)


def woorden_van(tekst: str) -> tuple[str, ...]:
    """The words that say something, folded, each once."""
    return tuple(term.woord for term in begrijp(tekst, {}).termen)
