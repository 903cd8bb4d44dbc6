"""Searching the map: understand -> match -> weigh -> cut off. Each step is a function of the one before.

`zoek` returns ids in order with the reason; whoever shows them fetches the rows.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from math import log

from django.db import connection
from django.db.models import QuerySet

from balie.models import Kern
from sociale_kaart.models import Aanbod
from sociale_kaart.zoektaal import Term, Zoekvraag, begrijp, vouw

# Weights of the labels D, C, B and A in the index.
GEWICHTEN = "{0.1, 0.35, 0.7, 1.0}"
# Below this score a result covers too little of what was asked ...
MIN_SCORE = 0.15
# ... and below this share of the best one it is padding.
MIN_VAN_BESTE = 0.4

MATCH = """
    SELECT aanbod.id, term.nummer, max(term.gewicht * ts_rank(%s::float4[], aanbod.zoekvector, term.vraag))
    FROM (
        SELECT nummer, to_tsquery(config::regconfig, tekst) AS vraag, gewicht
        FROM unnest(%s::int[], %s::text[], %s::text[], %s::float8[]) AS ruw (nummer, config, tekst, gewicht)
    ) AS term
    JOIN sociale_kaart_aanbod AS aanbod ON aanbod.zoekvector @@ term.vraag
    WHERE numnode(term.vraag) > 0
    GROUP BY aanbod.id, term.nummer
"""


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


def zoek_in_kern(tekst: str) -> Uitkomst:
    """Search everything, in the village that the query names if it does."""
    vraag = begrijp(tekst, kernen_op_naam())
    aanbod = Aanbod.objects.current()
    return zoek(vraag, aanbod.for_kern(Kern.objects.get(naam=vraag.kern)) if vraag.kern else aanbod)


def zoek(vraag: Zoekvraag, queryset: "QuerySet[Aanbod]") -> Uitkomst:
    """Search among `queryset`. How rare a word is follows from the whole map, whatever the filters."""
    gevonden = match(vraag.termen)
    zeldzaam = zeldzaamheid(gevonden, len(vraag.termen), Aanbod.objects.current().count())
    mag = set(queryset.filter(pk__in=gevonden).values_list("pk", flat=True))
    gevonden = {pk: termen for pk, termen in gevonden.items() if pk in mag}
    return Uitkomst(tuple(snoei(weeg(gevonden, vraag.termen, zeldzaam))), kern=vraag.kern)


def kernen_op_naam() -> dict[str, str]:
    """Village names as they look in a folded query."""
    return {vouw(naam): naam for naam in Kern.objects.values_list("naam", flat=True)}


def match(termen: tuple[Term, ...]) -> dict[int, dict[int, float]]:
    """Per offer, per term that it has: how strongly (0-1)."""
    vormen = [
        (nummer, vorm.config, vorm.tsquery, vorm.gewicht)
        for nummer, term in enumerate(termen)
        for vorm in term.vormen
    ]
    gevonden: dict[int, dict[int, float]] = defaultdict(dict)
    if not vormen:
        return gevonden
    with connection.cursor() as cursor:
        cursor.execute(MATCH, [GEWICHTEN, *map(list, zip(*vormen, strict=True))])
        for pk, nummer, sterkte in cursor.fetchall():
            gevonden[pk][nummer] = sterkte
    return gevonden


def zeldzaamheid(gevonden: Mapping[int, Mapping[int, float]], aantal_termen: int, totaal: int) -> list[float]:
    """How much each term tells: a word that few offers have tells more, one that none has tells most."""
    aantallen = [sum(nummer in termen for termen in gevonden.values()) for nummer in range(aantal_termen)]
    return [log((totaal + 1) / (aantal + 0.5)) for aantal in aantallen]


def weeg(
    gevonden: Mapping[int, Mapping[int, float]], termen: tuple[Term, ...], zeldzaam: list[float]
) -> list[Treffer]:
    """Score 0-1: the share of the query covered, in rarity; where the words stand decides between equals."""
    alles = sum(zeldzaam) or 1.0
    treffers = []
    for pk, sterktes in gevonden.items():
        dekking = sum(zeldzaam[nummer] for nummer in sterktes) / alles
        kracht = sum(zeldzaam[nummer] * sterkte for nummer, sterkte in sterktes.items()) / alles
        redenen = tuple(Reden(termen[nummer].woord) for nummer in sorted(sterktes))
        treffers.append(Treffer(pk, 0.5 * dekking + 0.5 * kracht, redenen))
    return sorted(treffers, key=lambda treffer: (-treffer.score, treffer.aanbod_id))


def snoei(treffers: list[Treffer]) -> list[Treffer]:
    """Leave out what is only padding, so that "nothing found" is said when nothing was."""
    if not treffers:
        return []
    grens = max(MIN_SCORE, treffers[0].score * MIN_VAN_BESTE)
    return [treffer for treffer in treffers if treffer.score >= grens]
