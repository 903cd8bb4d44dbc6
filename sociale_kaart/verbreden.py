"""Widening a query: to the map's own words, through compounds, mended mistakes, English and the thesaurus.

In come the words of the query, out comes what to look for: per word its `Vorm`en, and the needs that were heard.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sociale_kaart.samenstelling import TUSSEN
from sociale_kaart.stam import stam
from sociale_kaart.stopwoorden import ALGEMEEN, ENGELS
from sociale_kaart.thesaurus import Thesaurus, Vondst, delen_van, thesaurus_met
from sociale_kaart.vertalen import gelijken, vertaal
from sociale_kaart.woordenlijst import engels, nederlands, veelzeggend
from sociale_kaart.woordenschat import Woordenschat
from sociale_kaart.zoektaal import Term, woorden_van

# How much a hit counts: the very word, written as one, translated, a verb for a noun, a mended mistake ...
EXACT, AANEEN, VERTAALD, VERWANT, VERBETERD = 1.0, 1.0, 0.9, 0.85, 0.85
# ... all parts of a compound, nearly the same word, the beginning of a word, one part of a compound.
DELEN, GELIJK, BEGIN, DEEL = 0.8, 0.8, 0.7, 0.2
VAN_ALGEMEEN = 0.4
# A word in a need that was heard matters more than what is told around it, a common one above all.
IN_BEHOEFTE = 2.0
ERBIJ = 0.3
# From this many letters on the word being typed may still be growing.
MIN_BEGIN = 3
# Verbs are made with these: `oversluiten` is in no list, but it is no mistake.
BEGINNEN = (
    "over",
    "uit",
    "aan",
    "af",
    "op",
    "in",
    "door",
    "om",
    "onder",
    "ver",
    "be",
    "ont",
    "mee",
    "bij",
    "weg",
)


@dataclass(frozen=True)
class Vorm:
    """One way a word or a need stands in the index: all these stems, how sure it is, and in the map's own word."""

    stammen: frozenset[str]
    zekerheid: float
    vakwoord: str = ""


@dataclass
class Doel:
    """Something to look for: which words of the query it covers, and its forms. A need has a topic as well."""

    termen: frozenset[int]
    vormen: list[Vorm] = field(default_factory=list)
    zekerheid: float = 1.0
    onderwerp: str = ""
    is_behoefte: bool = False


@dataclass
class Woord:
    """A word of the query, worked out."""

    term: Term
    gewicht: float
    vormen: list[Vorm] = field(default_factory=list)
    # Stems to look up in the thesaurus, with how sure each is.
    gezegd: dict[str, float] = field(default_factory=dict)
    # Of a compound all parts.
    delen: frozenset[str] = frozenset()

    def voeg_toe(self, stammen: Iterable[str], zekerheid: float, vakwoord: str, schat: Woordenschat) -> None:
        """A form, when the map has it."""
        alle = frozenset(stammen)
        if alle and alle <= schat.woorden.keys():
            self.vormen.append(Vorm(alle, zekerheid, vakwoord))

    def zeg(self, stam_: str, zekerheid: float) -> None:
        self.gezegd[stam_] = max(zekerheid, self.gezegd.get(stam_, 0.0))


def laad() -> None:
    """Read the word lists and the thesaurus now, before a visitor waits for them."""
    engels()
    vertaal("")
    gelijken("")
    thesaurus_met()


def verbreed(
    termen: tuple[Term, ...], schat: Woordenschat, thesaurus: Thesaurus
) -> tuple[list[Woord], list[Doel]]:
    """The words of the query with their forms, and the needs heard in them."""
    termen = zonder_engels(termen)
    woorden = [Woord(term, _gewicht(term.woord, schat, thesaurus)) for term in termen]
    for nummer, woord in enumerate(woorden):
        _eigen_vormen(woord, schat, thesaurus)
        if nummer and termen[nummer - 1].plek == woord.term.plek - 1:
            _aaneen(woorden[nummer - 1], woord, schat, thesaurus)
    for nummer, woord in enumerate(woorden):
        if not woord.vormen and nummer == len(woorden) - 1:
            _groeit_nog(woord, schat)
        if not woord.vormen and not _is_bekend(woord, thesaurus):
            _verbeterd(woord, woorden[max(0, nummer - 1)], schat, thesaurus)
    return woorden, _behoeften(woorden, schat, thesaurus)


def zonder_engels(termen: tuple[Term, ...]) -> tuple[Term, ...]:
    """In an English sentence also the small English words go."""
    klein = [term for term in termen if term.woord in ENGELS]
    if len(klein) * 3 < len(termen) or len(klein) == len(termen):
        return termen
    return tuple(term for term in termen if term.woord not in ENGELS)


def _gewicht(woord: str, schat: Woordenschat, thesaurus: Thesaurus) -> float:
    """How much a word of the query matters: common words and words of every need matter little."""
    stam_ = stam(woord)
    delen = delen_van(woord) or (woord,)
    zegt = sum(map(veelzeggend, delen)) / len(delen)
    if woord in ALGEMEEN:
        zegt *= VAN_ALGEMEEN
    return zegt * (0.3 + 0.7 * min(schat.zeldzaam(stam_), thesaurus.zegt(stam_)))


def _eigen_vormen(woord: Woord, schat: Woordenschat, thesaurus: Thesaurus) -> None:
    """The word itself, its relatives, its parts, its translation."""
    tekst = woord.term.woord
    eigen = stam(tekst)
    woord.zeg(eigen, 1.0)
    woord.voeg_toe([eigen], EXACT, "", schat)
    for verwant in _verwanten(eigen):
        woord.zeg(verwant, VERWANT)
        woord.voeg_toe([verwant], VERWANT, schat.geschreven(verwant), schat)
    _delen(woord, tekst, 0.5 if eigen in schat or eigen in thesaurus else 1.0, schat)
    for gelijk in gelijken(eigen):
        woord.zeg(gelijk, GELIJK)
    for vertaald in vertaal(tekst):
        for deel in vertaald.split():
            woord.zeg(stam(deel), VERTAALD)
        woord.voeg_toe(map(stam, vertaald.split()), VERTAALD, vertaald, schat)


def _verwanten(stam_: str) -> list[str]:
    """Verb and noun: verzeker and verzekering."""
    if stam_.endswith("ing") and len(stam_) > 6:
        return [stam(stam_.removesuffix("ing") + "en")]
    return [stam_ + "ing"] if len(stam_) > 3 else []


def _delen(woord: Woord, tekst: str, zekerheid: float, schat: Woordenschat) -> None:
    delen = delen_van(tekst)
    if not delen:
        return
    stammen = [stam(deel) for deel in delen]
    woord.voeg_toe(stammen, DELEN * zekerheid, " ".join(delen), schat)
    woord.delen = frozenset(stammen)
    for deel, stam_ in zip(delen, stammen, strict=True):
        woord.voeg_toe([stam_], DEEL * zekerheid, deel, schat)
        woord.zeg(stam_, DELEN * zekerheid)


def _aaneen(links: Woord, rechts: Woord, schat: Woordenschat, thesaurus: Thesaurus) -> None:
    """Two words that the map writes as one."""
    for tussen in TUSSEN:
        samen = stam(links.term.woord + tussen + rechts.term.woord)
        if samen in schat or samen in thesaurus:
            for woord in (links, rechts):
                woord.voeg_toe([samen], AANEEN, schat.geschreven(samen), schat)
                woord.zeg(samen, AANEEN)


def _groeit_nog(woord: Woord, schat: Woordenschat) -> None:
    if len(woord.term.woord) >= MIN_BEGIN:
        for stam_ in schat.beginnend_met(woord.term.woord):
            woord.voeg_toe([stam_], BEGIN, schat.geschreven(stam_), schat)


def _is_bekend(woord: Woord, thesaurus: Thesaurus) -> bool:
    """Whether somebody meant to type this: Dutch, English, or said before."""
    tekst = woord.term.woord
    if tekst in engels() or any(stam_ in thesaurus for stam_ in woord.gezegd):
        return True
    los = (tekst.removeprefix(begin) for begin in ("", *BEGINNEN))
    return any(vorm in nederlands() for rest in los for vorm in (rest, stam(rest), stam(rest) + "en"))


def _verbeterd(woord: Woord, vorige: Woord, schat: Woordenschat, thesaurus: Thesaurus) -> None:
    """The word that was meant; perhaps it is the second half of one, written apart."""
    spelling = schat.spelling(thesaurus.frases)
    los, samen = spelling.verbeter(stam(woord.term.woord)), None
    if vorige is not woord:
        samen = spelling.verbeter(stam(vorige.term.woord + woord.term.woord))
    if samen and (not los or samen[1] <= los[1]):
        _bedoelt(vorige, samen[0], schat)
        _bedoelt(woord, samen[0], schat)
    elif los:
        _bedoelt(woord, los[0], schat)


def _bedoelt(woord: Woord, bedoeld: str, schat: Woordenschat) -> None:
    woord.voeg_toe([bedoeld], VERBETERD, schat.geschreven(bedoeld), schat)
    woord.zeg(bedoeld, VERBETERD)
    _delen(woord, bedoeld, VERBETERD, schat)


def _behoeften(woorden: list[Woord], schat: Woordenschat, thesaurus: Thesaurus) -> list[Doel]:
    """The needs heard, and more weight for the words they were heard in."""
    gezegd: dict[str, float] = {}
    belang: dict[str, float] = {}
    delen: dict[str, frozenset[str]] = {}
    for woord in woorden:
        for stam_, zekerheid in woord.gezegd.items():
            gezegd[stam_] = max(zekerheid, gezegd.get(stam_, 0.0))
            belang[stam_] = max(zekerheid * woord.gewicht, belang.get(stam_, 0.0))
        delen |= dict.fromkeys(woord.delen, woord.delen)
    delen = {stam_: alle for stam_, alle in delen.items() if gezegd[stam_] < 1}
    doelen = []
    for vondst in thesaurus.hoor(gezegd, delen, belang):
        termen = frozenset(n for n, woord in enumerate(woorden) if vondst.stammen & woord.gezegd.keys())
        vormen = _vakvormen(vondst, schat)
        zekerheid = vondst.zekerheid
        if len(termen) == 1 < len(woorden):
            zekerheid *= min(1, 0.5 + max(veelzeggend(woorden[n].term.woord) for n in termen))
        doelen.append(Doel(termen, vormen, zekerheid, vondst.groep.onderwerp, is_behoefte=True))
    for n in frozenset().union(*(doel.termen for doel in doelen)):
        woorden[n].gewicht = ERBIJ + IN_BEHOEFTE * woorden[n].gewicht
    return doelen


def _vakvormen(vondst: Vondst, schat: Woordenschat) -> list[Vorm]:
    """The professional words that the map has; of a compound it lacks, the parts. The first say it best."""
    vormen = []
    for nummer, (stammen, term) in enumerate(vondst.groep.vak):
        zekerheid = 1 - 0.05 * min(nummer, 6)
        if stammen <= schat.woorden.keys():
            vormen.append(Vorm(stammen, zekerheid, term))
        elif (delen := _stammen_van_delen(term)) <= schat.woorden.keys():
            vormen.append(Vorm(delen, zekerheid * DELEN, term))
    return vormen


def _stammen_van_delen(term: str) -> frozenset[str]:
    rijen = (delen_van(woord) or (woord,) for woord in woorden_van(term))
    return frozenset(stam(deel) for rij in rijen for deel in rij)
