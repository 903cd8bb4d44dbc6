"""What changed on the map, when, by whom and why.

Triggers write each row as it was or became (models/geschiedenis.py). What one request, job or transaction changes
hangs together in a context: its metadata says `wie` (key of the user) and `wat` (in a few words), and nothing else:
no address, no token, nothing of the request.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast
from uuid import UUID

import pghistory
from django.db import connection
from django.db.models import Count, Exists, F, Model, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from pghistory.models import Context
from pghistory.runtime import _tracker

from balie.models import Medewerker
from sociale_kaart.models import (
    Aanbod,
    AanbodContact,
    AanbodKern,
    AanbodOnderwerp,
    Contactpersoon,
    Locatie,
    Mededeling,
    Onderwerp,
    Openingstijd,
    Organisatie,
    Uitzondering,
)

# What refers to something stands after it.
MODELLEN: tuple[type[Model], ...] = (
    *(Onderwerp, Locatie, Organisatie, Contactpersoon, Aanbod),
    *(AanbodContact, Openingstijd, Uitzondering, Mededeling, AanbodKern, AanbodOnderwerp),
)
GROEPEN: dict[str, tuple[str, tuple[type[Model], ...]]] = {
    "organisaties": ("organisaties", (Organisatie,)),
    "aanbod": ("aanbod", (Aanbod, AanbodContact, AanbodKern, AanbodOnderwerp)),
    "tijden": ("tijden", (Openingstijd, Uitzondering, Mededeling)),
    "mensen": ("contactpersonen", (Contactpersoon,)),
    "plekken": ("plekken", (Locatie,)),
    "onderwerpen": ("onderwerpen", (Onderwerp,)),
}
NIEUW, ANDERS, WEG = "insert", "update", "delete"


@contextmanager
def because(wat: str, *, door: Medewerker | None = None, **meer: Any) -> Iterator[None]:
    """Say why the map changes within this block; `door` when no user of a request is known."""
    gegevens = {"wat": wat, **({"wie": door.pk} if door else {}), **meer}
    buitenste = not hasattr(_tracker, "value")
    with pghistory.context(**gegevens):
        yield
    if buitenste and connection.in_atomic_block and not connection.needs_rollback:
        # Whatever follows in this transaction is another change.
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('pghistory.context_id', '', true)")


def remember_who(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: what a request changes on the map was done by its user."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or not request.path.startswith(reverse("sociale_kaart:zoeken")):
            return get_response(request)
        with pghistory.context(wie=request.user.pk):
            return get_response(request)

    return middleware


def event_of(model: type[Model]) -> Any:
    """The model that holds the history of this one."""
    return cast(Any, model).pgh_event_model


def columns(model: type[Model]) -> list[str]:
    """What is kept of a row, `id` first."""
    velden = event_of(model)._meta.concrete_fields
    return ["id", *(v.attname for v in velden if v.attname != "id" and not v.attname.startswith("pgh_"))]


def of_organisation(model: type[Model], organisatie: Organisatie) -> Q | None:
    """Which entries are about this organisation or what it offers; None when this kind never is."""
    aanbod = event_of(Aanbod).objects.filter(organisatie=organisatie.pk).values("id")
    namen = {veld.name for veld in event_of(model)._meta.fields}
    if model is Organisatie:
        return Q(id=organisatie.pk)
    if model is Aanbod:
        return Q(id__in=aanbod)
    eisen = [Q(organisatie=organisatie.pk)] if "organisatie" in namen else []
    eisen += [Q(aanbod__in=aanbod)] if "aanbod" in namen else []
    return (eisen[0] | eisen[-1]) if eisen else None


def changes(organisatie: Organisatie | None = None, groep: str = "") -> "QuerySet[Context]":
    """Everything that happened, newest first: of one organisation, of one group of GROEPEN, or all."""
    modellen = GROEPEN[groep][1] if groep else MODELLEN
    gebeurd: Combinable | Q = Q(pk__in=[])
    for model in modellen:
        eis = of_organisation(model, organisatie) if organisatie else Q()
        if eis is not None:
            gebeurd |= Exists(event_of(model).objects.filter(eis, pgh_context=OuterRef("pk")))
    return Context.objects.filter(gebeurd).order_by("-created_at", "-pk")


@dataclass
class Wijziging:
    """One change in a list: a save, an import, a merge. `aantal` is per label, `over` names whom it is about."""

    id: UUID
    op: datetime
    wie: str
    wat: str
    terug_van: str = ""
    niet_terug: int = 0
    aantal: dict[str, int] = field(default_factory=dict)
    over: list[str] = field(default_factory=list)
    teruggezet_op: datetime | None = None

    @property
    def totaal(self) -> int:
        return sum(self.aantal.values())

    @property
    def in_aantallen(self) -> str:
        """ "2 nieuw, 1 gewijzigd"."""
        woorden = {NIEUW: "nieuw", ANDERS: "gewijzigd", WEG: "weg"}
        return ", ".join(
            f"{self.aantal[label]} {woord}" for label, woord in woorden.items() if label in self.aantal
        )

    @property
    def over_in_woorden(self) -> str:
        eerste, rest = self.over[:3], len(self.over) - 3
        return ", ".join(eerste) + (f" en nog {rest}" if rest > 0 else "")


def describe(contexten: Iterable[Context]) -> list[Wijziging]:
    """These changes for people, in a fixed number of queries."""
    contexten = list(contexten)
    ids = [context.pk for context in contexten]
    namen = _users(contexten)
    terug = {
        context.metadata["terug"]: context.created_at
        for context in Context.objects.filter(metadata__terug__in=[str(pk) for pk in ids])
    }
    aantallen: dict[UUID, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for pk, _, label, aantal in counts(ids):
        aantallen[pk][label] += aantal
    over = _about(ids)
    return [
        Wijziging(
            id=context.pk,
            op=context.created_at,
            wie=namen.get(context.metadata.get("wie"), ""),
            wat=context.metadata.get("wat", ""),
            terug_van=context.metadata.get("terug", ""),
            niet_terug=context.metadata.get("niet", 0),
            aantal=dict(aantallen[context.pk]),
            over=over[context.pk],
            teruggezet_op=terug.get(str(context.pk)),
        )
        for context in contexten
    ]


def _users(contexten: list[Context]) -> dict[Any, str]:
    wie = {context.metadata.get("wie") for context in contexten} - {None}
    return {pk: str(mens) for pk, mens in Medewerker.objects.in_bulk(wie).items()}


def counts(ids: Iterable[UUID]) -> list[tuple[UUID, str, str, int]]:
    """Of each change how many entries there are: (change, name of the model, label, number)."""
    per_model = [
        event_of(model)
        .objects.filter(pgh_context__in=list(ids))
        .order_by()
        .values_list("pgh_context_id", Value(model.__name__), "pgh_label")
        .annotate(aantal=Count("pk"))
        for model in MODELLEN
    ]
    return list(per_model[0].union(*per_model[1:], all=True))


def _about(ids: list[UUID]) -> dict[UUID, list[str]]:
    """The organisations, places and topics that each change is about."""
    waar: list[tuple[type[Model], type[Model], str]] = [
        (Organisatie, Organisatie, "id"),
        *(
            (model, Organisatie, "organisatie_id")
            for model in (Aanbod, Contactpersoon, Uitzondering, Mededeling)
        ),
        *((m, Organisatie, "aanbod__organisatie_id") for m in MODELLEN if hasattr(event_of(m), "aanbod")),
        (Locatie, Locatie, "id"),
        (Onderwerp, Onderwerp, "id"),
    ]
    paren = [
        event_of(model)
        .objects.filter(pgh_context__in=ids)
        .order_by()
        .values_list("pgh_context_id", Value(bezitter.__name__), F(sleutel))
        .distinct()
        for model, bezitter, sleutel in waar
    ]
    gevonden = list(paren[0].union(*paren[1:])) if ids else []
    namen = {
        bezitter.__name__: names(
            bezitter, {pk for _, naam, pk in gevonden if naam == bezitter.__name__ and pk}
        )
        for bezitter in (Organisatie, Locatie, Onderwerp)
    }
    over: dict[UUID, list[str]] = defaultdict(list)
    for context, soort, pk in gevonden:
        if pk:
            over[context].append(namen[soort].get(pk, "iets dat weg is"))
    return defaultdict(list, {context: sorted(set(lijst)) for context, lijst in over.items()})


def names(model: type[Model], ids: "set[Any]") -> dict[Any, str]:
    """What things are called; of what has gone, what it was called last."""
    if not ids:
        return {}
    if model is Medewerker:
        return {pk: str(mens) for pk, mens in Medewerker.objects.in_bulk(ids).items()}
    bekend: dict[Any, str] = dict(model._default_manager.filter(pk__in=ids).values_list("pk", "naam"))
    weg = ids - bekend.keys()
    if weg and model in MODELLEN:
        laatste = event_of(model).objects.filter(id__in=weg).order_by("id", "-pgh_id").distinct("id")
        bekend |= dict(laatste.values_list("id", "naam"))
    return bekend
