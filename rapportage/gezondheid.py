"""Running totals that nobody keeps, watched by /healthz."""

from datetime import timedelta

from django.utils import timezone

from infopunt.gezondheid import register
from rapportage.models import Mutatie

SPELING = timedelta(minutes=30)  # the worker adds every minute, but a mutation knows its quarter only


@register
def totals_are_kept() -> str | None:
    """Figures stay right without a worker, but every page has to add what waits by itself."""
    oudste = Mutatie.objects.order_by("pk").values_list("sinds", flat=True).first()
    te_oud = oudste is not None and oudste < timezone.now() - SPELING
    return "tellingen worden niet bijgewerkt" if te_oud else None
