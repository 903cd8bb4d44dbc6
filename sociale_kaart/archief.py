"""The archive: out of sight, but what refers to it stays whole. Only what was never used is really removed."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import DO_NOTHING, ForeignKey, Model
from django.utils import timezone

from sociale_kaart.geschiedenis import because
from sociale_kaart.indexeren import index_aanbod
from sociale_kaart.models import Aanbod, Organisatie

# Parts of a thing: they go and come back with it, so they do not keep it.
ONDERDELEN = {
    Organisatie: {"Contactpersoon", "Uitzondering", "Mededeling", "Agendabron"},
    Aanbod: {
        "Openingstijd",
        "AanbodContact",
        "Uitzondering",
        "Mededeling",
        "Aanbod_onderwerpen",
        "Aanbod_kernen",
    },
}


class NogInGebruik(Exception):
    """It cannot be removed: something refers to it."""


@dataclass(frozen=True)
class Hangt:
    """What refers to something: its name in Dutch, and how many."""

    naam: str
    aantal: int


def what_hangs_on(obj: Model) -> list[Hangt]:
    """What would lose its meaning without `obj`, in every app; parts of it and its history do not count."""
    onderdelen: set[str] = ONDERDELEN.get(type(obj), set())
    gevonden: dict[str, int] = {}
    for relatie in obj._meta.get_fields(include_hidden=True):
        veld = getattr(relatie, "field", None)
        if not relatie.auto_created or relatie.concrete or not isinstance(veld, ForeignKey):
            continue
        model = veld.model
        if model.__name__ in onderdelen or veld.remote_field.on_delete is DO_NOTHING:
            continue
        # The rows between two models carry the name of the other side.
        ander: list[Any] = [f.related_model for f in model._meta.fields if f.is_relation and f is not veld]
        naam = str((ander[0] if model._meta.auto_created else model)._meta.verbose_name_plural)
        gevonden[naam] = gevonden.get(naam, 0) + model._default_manager.filter(**{veld.name: obj}).count()
    return [Hangt(naam, aantal) for naam, aantal in gevonden.items() if aantal]


@transaction.atomic
def archive(*, obj: Organisatie | Aanbod) -> None:
    """Out of search, lists and the API; of an organisation everything it offers goes along."""
    with because("naar het archief"):
        _set(obj, timezone.now())


@transaction.atomic
def restore(*, obj: Organisatie | Aanbod) -> None:
    """Back on the map; what had gone up in another is itself again."""
    with because("uit het archief gehaald"):
        type(obj)._default_manager.filter(pk=obj.pk).update(samengevoegd_met=None)
        _set(obj, None)


def _set(obj: Organisatie | Aanbod, moment: object) -> None:
    type(obj)._default_manager.filter(pk=obj.pk).update(gearchiveerd_op=moment)
    obj.refresh_from_db()
    aanbod = Aanbod.objects.filter(pk=obj.pk) if isinstance(obj, Aanbod) else obj.aanbod.all()
    index_aanbod(aanbod)


@transaction.atomic
def remove(*, obj: Model) -> None:
    """Really gone. Raises NogInGebruik when something refers to it."""
    if what_hangs_on(obj):
        raise NogInGebruik
    with because("helemaal weggehaald"):
        obj.delete()
