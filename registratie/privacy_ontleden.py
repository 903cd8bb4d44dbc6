"""The words of a text, with what the lists and the map know about each: what `privacy_namen` reasons with."""

import re
from typing import NamedTuple

from registratie.privacy_kaart import WOORD, Kaartwoorden
from registratie.privacy_woorden import (
    LAAGSTE_TELLING,
    UITGANGEN,
    Namen,
    Woorden,
    namen,
    vouw,
    woorden,
    woordgroep,
)

EINDTEKENS = frozenset(".!?:;")
SAMENGESTELDE_NAAM = tuple(woordgroep("samengestelde_naam"))
# How often a word is used in lower case before it counts as an ordinary word, also when it is a name.
HALF_GEWOON, GEWOON, HEEL_GEWOON = 300, 3000, 15_000
TUSSEN = woordgroep("tussen")


class Woord(NamedTuple):
    """A word and what is known about it.

    `telling` is how ordinary it is. `vast`: it is public, or a place. `bekend`: it is a brand, and may be a name
    too. `hier`: a first name of people here. `na_tussen`: a surname after a particle. `samenstelling`: made of two
    ordinary words.
    """

    tekst: str
    begin: int
    eind: int
    hoofdletter: bool
    eerste: bool
    vast: bool
    bekend: bool
    plat: str
    telling: int
    voornaam: bool
    hier: bool
    achternaam: bool
    na_tussen: bool
    samenstelling: bool

    @property
    def gewoon(self) -> bool:
        return self.telling >= GEWOON

    @property
    def onbekend(self) -> bool:
        """Neither a Dutch word nor a public name: what is left is often a surname."""
        return self.telling == 0 and not self.samenstelling and self.plat.isalpha() and len(self.plat) > 2

    @property
    def zeldzaam(self) -> bool:
        """In the dictionary, but as good as never used: half of such words are surnames."""
        return self.telling == LAAGSTE_TELLING and not self.samenstelling

    @property
    def kan_achternaam(self) -> bool:
        return self.achternaam or self.onbekend or self.zeldzaam

    @property
    def naamachtig(self) -> bool:
        """Two ordinary words that together make a surname more often than anything else: Zandbergen."""
        return (
            self.samenstelling and self.telling <= LAAGSTE_TELLING and self.plat.endswith(SAMENGESTELDE_NAAM)
        )

    @property
    def uitgang(self) -> bool:
        delen = self.plat.replace("-", "")
        return len(delen) > 5 and not self.samenstelling and delen.endswith(UITGANGEN)


def ontleed(tekst: str, kaart: Kaartwoorden) -> list[Woord]:
    """The words of a text. Text in capitals only tells nothing by its capitals."""
    letters = [teken for teken in tekst if teken.isalpha()]
    schreeuwt = sum(map(str.isupper, letters)) > 0.7 * len(letters) and len(letters) > 8
    treffers = list(WOORD.finditer(tekst))
    plat = [vouw(treffer[0]) for treffer in treffers]
    feiten = {woord: _feiten(woord) for woord in set(plat)}
    vast, bekend = _vaste_woorden(plat, kaart, namen())
    return [
        Woord(
            treffer[0],
            treffer.start(),
            treffer.end(),
            treffer[0][0].isupper() and not schreeuwt and not _afkorting(treffer[0]),
            nr == 0 or tekst[treffers[nr - 1].end() : treffer.start()].rstrip()[-1:] in EINDTEKENS,
            vast[nr],
            bekend[nr],
            plat[nr],
            *feiten[plat[nr]],
        )
        for nr, treffer in enumerate(treffers)
    ]


def _feiten(plat: str) -> tuple[int, bool, bool, bool, bool, bool]:
    """What the lists say of a folded word: see Woord."""
    lijst, tellingen = namen(), woorden()
    telling = _telling(plat, tellingen)
    return (
        telling,
        _in(plat, lijst.voor),
        _in(plat, lijst.hier),
        _in(plat, lijst.achter),
        plat in lijst.na_tussen,
        telling <= LAAGSTE_TELLING and tellingen.is_samenstelling(plat),
    )


def _afkorting(woord: str) -> bool:
    return len(woord) > 1 and woord.isupper() and len(woord) < 6


def _telling(plat: str, tellingen: Woorden) -> int:
    """A compound with a dash is as ordinary as its parts."""
    if telling := tellingen.telling(plat):
        return telling
    delen = [deel for deel in re.split(r"[-']", plat) if deel]
    return min((tellingen.telling(deel) for deel in delen), default=0) if len(delen) > 1 else 0


def _in(plat: str, lijst: frozenset[str]) -> bool:
    """In the list, as it is, without the genitive s, or in all its parts."""
    if len(plat) < 2:
        return False
    if plat in lijst or (plat.endswith("'s") and plat[:-2] in lijst):
        return True
    return "-" in plat and all(deel in lijst for deel in plat.split("-"))


def _vaste_woorden(plat: list[str], kaart: Kaartwoorden, lijst: Namen) -> tuple[list[bool], list[bool]]:
    """Which words are part of a public name, and which are one by themselves although people are called that too."""
    namen_ook = [woord in lijst.hier for woord in plat]
    vast = [
        woord in kaart.losse and not ook and woord not in lijst.achter and woord not in TUSSEN
        for woord, ook in zip(plat, namen_ook, strict=True)
    ]
    vast = [al or woord in kaart.plaatsen for al, woord in zip(vast, plat, strict=True)]
    bekend = [woord in kaart.losse for woord in plat]
    for plek, woord in enumerate(plat):
        for zin in kaart.zinnen.get(woord, ()):
            if tuple(plat[plek : plek + len(zin)]) == zin:
                if len(zin) == 1 and namen_ook[plek]:
                    bekend[plek] = True
                else:
                    vast[plek : plek + len(zin)] = [True] * len(zin)
                break
    return vast, bekend
