"""Which offers and organisations a question is about."""

from datetime import date

from django.db.models import Q, QuerySet

from sociale_kaart.hsds import vragen
from sociale_kaart.hsds.antwoord import snede
from sociale_kaart.hsds.delen import ONDERWERPEN
from sociale_kaart.hsds.kenmerken import OP_ID, TAXONOMIE
from sociale_kaart.hsds.parameters import Parameters
from sociale_kaart.hsds.zoeken import zoek_openbaar
from sociale_kaart.models import Aanbod, AanbodQuerySet, Onderwerp, Organisatie


def kies_aanbod(vraag: Parameters) -> AanbodQuerySet:
    """Current offers that fit all parameters."""
    aanbod = _filter(Aanbod.objects.current(), vraag)
    return aanbod.filter(pk__in=zoek_openbaar(vraag["search"], aanbod)) if vraag["search"] else aanbod


def gevonden_aanbod(vraag: Parameters, dag: date) -> tuple[int, list[Aanbod]]:
    """How many there are, and those of this page: best first after a search, else as they were made."""
    if vraag["search"]:
        gevonden = zoek_openbaar(vraag["search"], _filter(Aanbod.objects.current(), vraag))
        totaal, ids = len(gevonden), gevonden[snede(vraag)]
    else:
        # Who keeps a copy must hear what went to the archive.
        alle = Aanbod.objects.all() if vraag["modified_after"] else Aanbod.objects.current()
        aanbod = _filter(alle, vraag)
        totaal = aanbod.count()
        ids = list(aanbod.order_by("pk").values_list("pk", flat=True)[snede(vraag)])
    # By key: far into the list only the keys are walked past.
    haal = vragen.with_everything if vraag["full"] else vragen.with_fields
    op_id = haal(Aanbod.objects.all(), dag).in_bulk(ids)
    return totaal, [op_id[pk] for pk in ids if pk in op_id]


def _filter(aanbod: AanbodQuerySet, vraag: Parameters) -> AanbodQuerySet:
    if vraag["organization_id"]:
        aanbod = aanbod.filter(organisatie__uuid=vraag["organization_id"])
    if vraag["modified_after"]:
        aanbod = aanbod.filter(gewijzigd_op__gte=vraag["modified_after"])
    if vraag["taxonomy_id"]:
        aanbod = _met_taxonomie(aanbod, vraag["taxonomy_id"])
    if vraag["taxonomy_term_id"]:
        aanbod = _met_term(aanbod, vraag["taxonomy_term_id"])
    return aanbod


def _met_taxonomie(aanbod: AanbodQuerySet, pk: str) -> AanbodQuerySet:
    if pk == ONDERWERPEN:
        return aanbod.filter(pk__in=Aanbod.onderwerpen.through.objects.values("aanbod"))
    # Every offer is of some kind.
    return aanbod if pk == TAXONOMIE else aanbod.none()


def _met_term(aanbod: AanbodQuerySet, pk: str) -> AanbodQuerySet:
    """About a topic or one below it, or with a characteristic."""
    if kenmerk := OP_ID.get(pk):
        return aanbod.filter(kenmerk.aanbod) if kenmerk.aanbod is not None else aanbod.none()
    onderwerp = Onderwerp.objects.filter(uuid=pk).first()
    return aanbod.for_onderwerp(onderwerp) if onderwerp else aanbod.none()


def gevonden_organisaties(vraag: Parameters) -> "QuerySet[Organisatie]":
    """Current organisations in whose name or description every word stands."""
    organisaties = Organisatie.objects.current().order_by("pk")
    if vraag["modified_after"]:
        organisaties = organisaties.filter(gewijzigd_op__gte=vraag["modified_after"])
    for woord in (vraag["search"] or "").split()[:10]:
        organisaties = organisaties.filter(
            Q(naam__icontains=woord) | Q(andere_namen__icontains=woord) | Q(omschrijving__icontains=woord)
        )
    return organisaties
