"""Searching the map: understand -> widen -> match -> weigh -> cut off -> explain. Each step works on the one before.

`zoek` returns ids in order with the reason; whoever shows them fetches the rows.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from balie.models import Kern
from sociale_kaart.indexeren import als_onderwerp
from sociale_kaart.models import Aanbod, Zoekwoord
from sociale_kaart.thesaurus import thesaurus_met
from sociale_kaart.verbreden import Doel, Vorm, Woord, verbreed
from sociale_kaart.woordenschat import Woordenschat, woordenschat
from sociale_kaart.zoektaal import Zoekvraag, begrijp, vouw

# How much it counts where a word stands: A in the name ... D as part of another word in the text.
PLEKKEN = {"A": 1.0, "B": 0.8, "C": 0.5, "D": 0.25}
# What a need is worth beside the very words, and what its topic adds.
VIA_BEHOEFTE, VIA_ONDERWERP = 0.9, 0.25
# A word nobody knows and that is in no need counts this much among those that had to be found.
MIN_SCORE = 0.2
MIN_VAN_BESTE = 0.4
# So many offers are weighed at most.
MAX_KANDIDATEN = 1500


@dataclass(frozen=True)
class Reden:
    """Why an offer was found: a word as typed, and the map's own word for it ("" when that is the same)."""

    woord: str
    vakwoord: str = ""


@dataclass(frozen=True)
class Treffer:
    """An offer that was found: how well, why, and for which of the needs in the sentence."""

    aanbod_id: int
    score: float
    redenen: tuple[Reden, ...]
    behoefte: int = 0


@dataclass(frozen=True)
class Uitkomst:
    """All results, best first, and what was understood of the query.

    `behoeften` has a label per need in the sentence; `onbekend` the words that nothing was found for.
    """

    treffers: tuple[Treffer, ...]
    behoeften: tuple[str, ...] = ()
    kern: str | None = None
    taal: str | None = None
    nu: bool = False
    gratis: bool = False
    onbekend: tuple[str, ...] = ()


# Per offer: how strongly each stem stands in it.
Sterktes = Mapping[int, Mapping[str, float]]


def zoek_in_kern(tekst: str) -> Uitkomst:
    """Search everything, in the village that the query names if it does."""
    vraag = begrijp(tekst, kernen_op_naam())
    aanbod = Aanbod.objects.current()
    return zoek(vraag, aanbod.for_kern(Kern.objects.get(naam=vraag.kern)) if vraag.kern else aanbod)


def kernen_op_naam() -> dict[str, str]:
    """Village names as they look in a folded query."""
    return {vouw(naam): naam for naam in Kern.objects.values_list("naam", flat=True)}


def zoek(vraag: Zoekvraag, queryset: "QuerySet[Aanbod]") -> Uitkomst:
    """Search among `queryset`. How rare a word is follows from the whole map, whatever the filters."""
    schat = woordenschat()
    paren = tuple(Zoekwoord.objects.values_list("woord", "vakwoord"))
    woorden, behoeften = verbreed(vraag.termen, schat, thesaurus_met(paren))
    doelen = [Doel(frozenset([n]), woord.vormen) for n, woord in enumerate(woorden)] + behoeften
    sterktes = match(doelen, queryset, schat)
    treffers = snoei(weeg(woorden, doelen, sterktes, schat))
    return Uitkomst(tuple(treffers), ("",), vraag.kern, vraag.taal, vraag.nu, vraag.gratis)


def match(doelen: Iterable[Doel], queryset: "QuerySet[Aanbod]", schat: Woordenschat) -> Sterktes:
    """How strongly each stem stands in each offer that has one of them."""
    stammen = {stam for doel in doelen for vorm in doel.vormen for stam in vorm.stammen}
    onderwerpen = {als_onderwerp(doel.onderwerp) for doel in doelen if doel.onderwerp}
    if not stammen:
        return {}
    zoekt = " | ".join(f"'{stam}'" for stam in _zeldzaamste(stammen, schat))
    kandidaten = queryset.extra(where=["sociale_kaart_aanbod.zoekvector @@ %s::tsquery"], params=[zoekt])
    ids = list(kandidaten.order_by("pk").values_list("pk", flat=True)[:MAX_KANDIDATEN])
    sterktes: dict[int, dict[str, float]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, lexeme, weights FROM sociale_kaart_aanbod, unnest(zoekvector) "
            "WHERE id = ANY(%s) AND lexeme = ANY(%s)",
            [ids, [*stammen, *onderwerpen]],
        )
        for pk, stam, plekken in cursor.fetchall():
            sterktes[pk][stam] = min(1.0, max(PLEKKEN[plek] for plek in plekken) + 0.05 * (len(plekken) - 1))
    return sterktes


def _zeldzaamste(stammen: set[str], schat: Woordenschat) -> list[str]:
    """The stems to find offers by: the rarest, until there are enough offers to weigh."""
    samen, gekozen = 0, []
    for stam in sorted(stammen, key=lambda stam: (schat.aantal(stam), stam)):
        samen += schat.aantal(stam)
        if gekozen and samen > MAX_KANDIDATEN:
            break
        gekozen.append(stam)
    return gekozen


def weeg(woorden: list[Woord], doelen: list[Doel], sterktes: Sterktes, schat: Woordenschat) -> list[Treffer]:
    """Score 0-1: per word of the query the best evidence for it, weighed by how much the word matters."""
    alles = sum(woord.gewicht for woord in woorden) or 1.0
    treffers = []
    for pk, van_stam in sterktes.items():
        bewijs = [0.0] * len(woorden)
        redenen: dict[int, Reden] = {}
        for doel in doelen:
            sterkte, vorm = _sterkte(doel, van_stam, schat)
            for n in doel.termen if vorm else ():
                if sterkte > bewijs[n]:
                    bewijs[n] = sterkte
                    redenen[n] = Reden(woorden[n].term.woord, vorm.vakwoord)
        score = sum(woord.gewicht * bewijs[n] for n, woord in enumerate(woorden)) / alles
        treffers.append(Treffer(pk, score, tuple(redenen[n] for n in sorted(redenen))))
    return sorted(treffers, key=lambda treffer: (-treffer.score, treffer.aanbod_id))


def _sterkte(doel: Doel, van_stam: Mapping[str, float], schat: Woordenschat) -> tuple[float, Vorm | None]:
    """How strongly an offer has what is looked for, and in which form most."""
    beste, vorm_van_beste, mist = 0.0, None, 1.0
    for vorm in doel.vormen:
        if all(stam in van_stam for stam in vorm.stammen):
            sterkte = vorm.zekerheid * min(van_stam[stam] for stam in vorm.stammen)
            if doel.is_behoefte:
                sterkte *= max(schat.zeldzaam(stam) for stam in vorm.stammen) ** 0.5
            mist *= 1 - sterkte
            if sterkte > beste:
                beste, vorm_van_beste = sterkte, vorm
    if not doel.is_behoefte or not vorm_van_beste:
        return beste, vorm_van_beste
    if doel.onderwerp and als_onderwerp(doel.onderwerp) in van_stam:
        mist *= 1 - VIA_ONDERWERP
    return VIA_BEHOEFTE * doel.zekerheid * (1 - mist), vorm_van_beste


def snoei(treffers: list[Treffer]) -> list[Treffer]:
    """Leave out what is only padding, so that "nothing found" is said when nothing was."""
    if not treffers:
        return []
    grens = max(MIN_SCORE, treffers[0].score * MIN_VAN_BESTE)
    return [treffer for treffer in treffers if treffer.score >= grens]
