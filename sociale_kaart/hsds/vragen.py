"""What the API asks of the database: current offers and organisations with all that is public, in a fixed number of
queries. People who are not public, and notices of other days, are never even fetched."""

from datetime import date
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Case, DateTimeField, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Least
from django.db.models.lookups import IsNull

from sociale_kaart.hsds.sleutels import ServiceAtLocationId
from sociale_kaart.models import (
    Aanbod,
    AanbodContact,
    AanbodQuerySet,
    Contactpersoon,
    Controle,
    Groep,
    Mededeling,
    Onderwerp,
    Openingstijd,
    Organisatie,
    Uitzondering,
)

# Everything that can change an answer, cheaply: the newest change, and what comes or goes without one.
STAND = """
    SELECT (SELECT concat_ws(' ', max(gewijzigd_op), count(*)) FROM sociale_kaart_aanbod),
           (SELECT concat_ws(' ', max(gewijzigd_op), count(*)) FROM sociale_kaart_organisatie),
           (SELECT max(id) FROM sociale_kaart_controle),
           (SELECT md5(string_agg(concat_ws(',', id, naam, ouder_id), ';' ORDER BY id)) FROM sociale_kaart_onderwerp),
           (SELECT md5(string_agg(naam, ';' ORDER BY id)) FROM balie_kern)
"""


def stand() -> str:
    """A fingerprint of the public map: another one means that an answer may be another one."""
    with connection.cursor() as cursor:
        cursor.execute(STAND)
        return "|".join(str(deel) for deel in cursor.fetchone())


def _van_vandaag(dag: date, voor: str = "") -> list[Prefetch]:
    vandaag = {"van_dag__lte": dag, "tot_dag__gte": dag}
    return [
        Prefetch(f"{voor}uitzondering_set", Uitzondering.objects.filter(**vandaag)),
        Prefetch(f"{voor}mededeling_set", Mededeling.objects.filter(**vandaag)),
    ]


def with_fields(aanbod: AanbodQuerySet, dag: date) -> AanbodQuerySet:
    """With the organisation, today's notices, and `gecontroleerd_op`."""
    return (
        aanbod.select_related("organisatie")
        .prefetch_related(*_van_vandaag(dag), *_van_vandaag(dag, "organisatie__"))
        .annotate(gecontroleerd_op=gecontroleerd_op())
    )


def gecontroleerd_op() -> Any:
    """Since when every group of fields is checked: the oldest of the newest checks per group.

    Nothing while a group was never checked.
    """
    laatste = [
        Subquery(
            Controle.objects.filter(aanbod=OuterRef("pk"), groep=groep).order_by("-op").values("op")[:1],
            output_field=DateTimeField(),
        )
        for groep in Groep.values
    ]
    # PostgreSQL's least() skips what is empty; one that is empty must empty all.
    ontbreekt = reduce(or_, (Q(IsNull(deel, True)) for deel in laatste))
    return Case(When(ontbreekt, then=Value(None)), default=Least(*laatste), output_field=DateTimeField())


def with_everything(aanbod: AanbodQuerySet, dag: date) -> AanbodQuerySet:
    """With all that hangs on an offer, for a nested answer."""
    return with_fields(aanbod, dag).prefetch_related(
        "kernen",
        Prefetch("onderwerpen", Onderwerp.objects.select_related("ouder")),
        Prefetch("openingstijden", Openingstijd.objects.select_related("locatie__kern")),
        Prefetch(
            "contacten",
            AanbodContact.objects.filter(contactpersoon__is_openbaar=True).select_related("contactpersoon"),
        ),
        publieke_mensen("organisatie__"),
    )


def publieke_mensen(voor: str = "") -> Prefetch:
    return Prefetch(f"{voor}contactpersonen", Contactpersoon.objects.filter(is_openbaar=True))


def organisaties_met_alles(organisaties: "QuerySet[Organisatie]", dag: date) -> "QuerySet[Organisatie]":
    """With its people and its current offers, whole."""
    aanbod = with_everything(Aanbod.objects.current().order_by("pk"), dag)
    return organisaties.prefetch_related(publieke_mensen(), Prefetch("aanbod", aanbod))


def op_plekken(aanbod: AanbodQuerySet) -> "QuerySet[Openingstijd, tuple[int, int]]":
    """The keys of each offer and place where it has hours. Keys only: there may be tens of thousands."""
    return (
        Openingstijd.objects.filter(locatie__isnull=False, aanbod__in=aanbod)
        .order_by("aanbod_id", "locatie_id")
        .values_list("aanbod_id", "locatie_id")
        .distinct()
    )


def op_plek(pk: str) -> tuple[int, int] | None:
    """The keys of a service_at_location."""
    gevonden = op_plekken(Aanbod.objects.current()).alias(sleutel=ServiceAtLocationId())
    return gevonden.filter(sleutel=UUID(pk)).first()
