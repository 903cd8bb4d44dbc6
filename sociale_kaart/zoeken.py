"""Searching the map: understand -> widen -> match -> weigh -> cut off -> explain. Each step works on the one before.

`zoek` returns ids in order with the reason; whoever shows them fetches the rows.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.db import connection
from django.db.models import QuerySet

from balie.models import Kern
from sociale_kaart.indexeren import als_geheel, in_naam
from sociale_kaart.models import Aanbod, Zoekwoord
from sociale_kaart.thesaurus import thesaurus_met
from sociale_kaart.verbreden import Doel, Vorm, Woord, verbreed
from sociale_kaart.woordenlijst import veelzeggend
from sociale_kaart.woordenschat import Woordenschat, woordenschat
from sociale_kaart.zoektaal import Zoekvraag, begrijp, vouw

# How much it counts where a word stands: A in the name ... D as part of another word in the text.
PLEKKEN = {"A": 1.0, "B": 0.8, "C": 0.5, "D": 0.25}
# What a need is worth beside the very words, and what its topic adds.
VIA_BEHOEFTE, VIA_ONDERWERP = 0.9, 0.25
# In a sentence a common word is perhaps only there to tell the story: by how many words it is, what it counts.
VERTELLEND = {1: 1.0, 2: 1.0, 3: 0.8}
IN_VERHAAL = 0.4
# From this certainty on a need makes a clause into one of its own.
DUIDELIJK = 0.65
# What the village that was named adds.
EIGEN_KERN = 1.1
# Below these a result covers too little of what was asked: of a need that was heard, or of loose words ...
MIN_BEHOEFTE, MIN_WOORDEN = 0.22, 0.35
# ... and below this share of the best one it is padding.
MIN_VAN_BESTE = 0.4
# Through the index on words, and nothing else: left to itself the planner reads every offer in order of its key.
RAAK = """
    sociale_kaart_aanbod.id IN (
        WITH raak AS MATERIALIZED (SELECT id FROM sociale_kaart_aanbod WHERE zoekvector @@ %s::tsquery)
        SELECT id FROM raak
    )
"""
# So many offers are weighed at most.
MAX_KANDIDATEN = 300


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


# Per stem: how strongly it stands in each offer that has it.
Sterktes = Mapping[str, Mapping[int, float]]


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
    woorden, gehoord = verbreed(vraag.termen, schat, thesaurus_met(paren))
    doelen = [Doel(frozenset([n]), woord.vormen) for n, woord in enumerate(woorden)] + gehoord
    sterktes = match(doelen, queryset, schat, vraag.kern)
    delen = verdeel(woorden, gehoord)
    bewezen = [(doel, bewijs(doel, sterktes, schat)) for doel in doelen]
    hier = sterktes.get(als_geheel(vraag.kern or ""), {})
    treffers = voeg_samen([snoei(weeg(deel, woorden, bewezen, hier)) for deel in delen])
    gedekt = {n for doel in doelen if doel.vormen for n in doel.termen}
    return Uitkomst(
        tuple(treffers),
        tuple(_label(deel, woorden, vraag.zinnen) for deel in delen),
        *(vraag.kern, vraag.taal, vraag.nu, vraag.gratis),
        tuple(woord.term.woord for n, woord in enumerate(woorden) if n not in gedekt),
    )


def verdeel(woorden: list[Woord], behoeften: list[Doel]) -> list[list[int]]:
    """The words of each need in the sentence. A clause is one when a need was heard in it that no other has."""
    per_zin: dict[int, list[int]] = defaultdict(list)
    for n, woord in enumerate(woorden):
        per_zin[woord.term.zin].append(n)
    delen: list[list[int]] = []
    for zin in per_zin.values():
        if not delen or _hoort_iets(zin, behoeften):
            delen.append(zin)
        else:
            delen[-1] += zin
    if len(delen) > 1 and not _hoort_iets(delen[0], behoeften):
        delen[:2] = [delen[0] + delen[1]]
    return delen


def _hoort_iets(zin: list[int], behoeften: list[Doel]) -> bool:
    return any(doel.vormen and doel.zekerheid >= DUIDELIJK and doel.termen <= set(zin) for doel in behoeften)


def _label(deel: list[int], woorden: list[Woord], zinnen: tuple[str, ...]) -> str:
    """What a need is called on the screen: its clauses as typed."""
    return " ".join(zinnen[zin] for zin in sorted({woorden[n].term.zin for n in deel}))


def match(
    doelen: Iterable[Doel], queryset: "QuerySet[Aanbod]", schat: Woordenschat, kern: str | None
) -> Sterktes:
    """How strongly each stem stands in each offer that has one of them."""
    stammen = {stam for doel in doelen for vorm in doel.vormen for stam in vorm.stammen}
    ook = {als_geheel(naam) for naam in (kern, *(doel.onderwerp for doel in doelen)) if naam}
    if not stammen:
        return {}
    zoekt = " | ".join(f"'{stam}'" for stam in _om_te_vinden(stammen, schat))
    kandidaten = queryset.extra(where=[RAAK], params=[zoekt])  # noqa: S610 - stems are letters and digits
    ids = list(kandidaten.order_by("pk").values_list("pk", flat=True)[:MAX_KANDIDATEN])
    sterktes: dict[str, dict[int, float]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, lexeme, weights FROM sociale_kaart_aanbod, unnest(zoekvector) "
            "WHERE id = ANY(%s) AND lexeme = ANY(%s)",
            [ids, [*stammen, *ook]],
        )
        for pk, stam, plekken in cursor.fetchall():
            sterktes[stam][pk] = min(1.0, max(PLEKKEN[plek] for plek in plekken) + 0.05 * (len(plekken) - 1))
    return sterktes


def _om_te_vinden(stammen: set[str], schat: Woordenschat) -> list[str]:
    """What to find offers by: the rarest stems, and of those that too many offers have only the names."""
    samen, gekozen = 0, []
    for stam in sorted(stammen, key=lambda stam: (schat.aantal(stam), stam)):
        samen += schat.aantal(stam)
        gekozen.append(stam if samen <= MAX_KANDIDATEN else in_naam(stam))
    return gekozen


def bewijs(doel: Doel, sterktes: Sterktes, schat: Woordenschat) -> dict[int, tuple[float, Vorm]]:
    """Per offer that has what is looked for: how strongly, and in which form most.

    Of a need several forms together are stronger than one, and so is an offer about its topic.
    """
    beste: dict[int, tuple[float, Vorm]] = {}
    mist: dict[int, float] = {}
    for vorm in doel.vormen:
        telt = vorm.zekerheid
        if doel.is_behoefte:
            telt *= max(schat.zeldzaam(stam) for stam in vorm.stammen) ** 0.5
        in_offers = sorted((sterktes.get(stam, {}) for stam in vorm.stammen), key=len)
        for pk in in_offers[0]:
            if all(pk in andere for andere in in_offers[1:]):
                sterkte = telt * sum(andere[pk] for andere in in_offers) / len(in_offers)
                mist[pk] = mist.get(pk, 1.0) * (1 - sterkte)
                if pk not in beste or sterkte > beste[pk][0]:
                    beste[pk] = (sterkte, vorm)
    if not doel.is_behoefte:
        return beste
    erover = sterktes.get(als_geheel(doel.onderwerp), {})
    zeker = VIA_BEHOEFTE * doel.zekerheid
    return {
        pk: (zeker * (1 - mist[pk] * (1 - VIA_ONDERWERP * (pk in erover))), vorm)
        for pk, (_, vorm) in beste.items()
    }


def weeg(
    deel: list[int],
    woorden: list[Woord],
    bewezen: list[tuple[Doel, dict[int, tuple[float, Vorm]]]],
    hier: Mapping[int, float],
) -> list[Treffer]:
    """Score 0-1: per word of this need the best evidence for it, weighed by how much the word matters."""
    alles = sum(woorden[n].gewicht for n in deel) or 1.0
    verhaal = VERTELLEND.get(len(woorden), IN_VERHAAL)
    gevonden: dict[int, dict[int, tuple[float, Vorm]]] = defaultdict(dict)
    gehoord: set[int] = set()
    for doel, per_aanbod in bewezen:
        hiervan = doel.termen.intersection(deel)
        if doel.is_behoefte and hiervan:
            gehoord.update(per_aanbod)
        for n in hiervan:
            telt = 1.0
            if not doel.is_behoefte:
                telt = verhaal + (1 - verhaal) * veelzeggend(woorden[n].term.woord)
            for pk, (sterkte, vorm) in per_aanbod.items():
                if n not in gevonden[pk] or telt * sterkte > gevonden[pk][n][0]:
                    gevonden[pk][n] = (telt * sterkte, vorm)
    treffers = []
    for pk, per_woord in gevonden.items():
        score = sum(woorden[n].gewicht * sterkte for n, (sterkte, _) in per_woord.items()) / alles
        if score >= (MIN_BEHOEFTE if pk in gehoord else MIN_WOORDEN):
            redenen = (_reden(woorden[n].term.woord, per_woord[n][1]) for n in sorted(per_woord))
            treffers.append(Treffer(pk, score * (EIGEN_KERN if pk in hier else 1), tuple(redenen)))
    return sorted(treffers, key=lambda treffer: (-treffer.score, treffer.aanbod_id))


def _reden(woord: str, vorm: Vorm) -> Reden:
    return Reden(woord, "" if vorm.vakwoord.casefold() == woord else vorm.vakwoord)


def snoei(treffers: list[Treffer]) -> list[Treffer]:
    """Leave out what is only padding beside the best."""
    grens = treffers[0].score * MIN_VAN_BESTE if treffers else 0.0
    return [treffer for treffer in treffers if treffer.score >= grens]


def voeg_samen(lijsten: list[list[Treffer]]) -> list[Treffer]:
    """One list out of one per need: what serves several needs first, then the best of each in turn."""
    if len(lijsten) == 1:
        return lijsten[0]
    beste: dict[int, Treffer] = {}
    samen: dict[int, float] = defaultdict(float)
    hoogste = max((lijst[0].score for lijst in lijsten if lijst), default=1.0)
    for nummer, lijst in enumerate(lijsten):
        for treffer in lijst:
            aandeel = treffer.score / (0.5 * lijst[0].score + 0.5 * hoogste)
            ander = beste.get(treffer.aanbod_id)
            samen[treffer.aanbod_id] += aandeel
            if ander is None or aandeel > ander.score:
                redenen = dict.fromkeys((*treffer.redenen, *(ander.redenen if ander else ())))
                beste[treffer.aanbod_id] = Treffer(treffer.aanbod_id, aandeel, tuple(redenen), nummer)
    op_volgorde = [
        replace(treffer, score=(treffer.score + samen[pk]) / (1 + len(lijsten)))
        for pk, treffer in beste.items()
    ]
    return sorted(op_volgorde, key=lambda treffer: (-treffer.score, treffer.aanbod_id))
