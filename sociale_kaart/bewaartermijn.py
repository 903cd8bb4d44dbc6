"""How long the history of the map is kept: two years after something was replaced, people who have gone a month."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, Model, OuterRef
from pghistory.models import Context

from sociale_kaart.geschiedenis import MODELLEN, WEG, event_of
from sociale_kaart.models import Contactpersoon

TWEE_JAAR = timedelta(days=730)
EEN_MAAND = timedelta(days=30)


def forget_history(nu: datetime) -> None:
    """Throw away what bewaren.py says should be gone.

    How a row is now stays, however old: else its next change could not be undone.
    """
    for model in MODELLEN:
        _replaced_before(model, nu - TWEE_JAAR).delete()
    _people_gone_before(nu - EEN_MAAND).delete()
    leeg = Context.objects.filter(created_at__lt=nu - EEN_MAAND)
    for model in MODELLEN:
        leeg = leeg.exclude(Exists(event_of(model).objects.filter(pgh_context=OuterRef("pk"))))
    leeg.delete()


def _replaced_before(model: type[Model], dag: datetime) -> Any:
    entries = event_of(model).objects
    later = entries.filter(id=OuterRef("id"), pgh_id__gt=OuterRef("pgh_id"), pgh_created_at__lt=dag)
    oud = entries.filter(pgh_created_at__lt=dag)
    return oud.filter(Exists(later)) | oud.filter(pgh_label=WEG)


def _people_gone_before(dag: datetime) -> Any:
    """All entries of contact persons who were removed: their names and numbers go for good."""
    entries = event_of(Contactpersoon).objects
    weg = entries.filter(pgh_label=WEG, pgh_created_at__lt=dag).values("id")
    return entries.filter(id__in=weg).exclude(id__in=Contactpersoon.objects.values("pk"))
