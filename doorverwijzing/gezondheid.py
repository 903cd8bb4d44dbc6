"""The promise that details go on time, watched by /healthz."""

from datetime import timedelta

from django.utils import timezone

from doorverwijzing.models import Doorverwijzing
from infopunt.gezondheid import register

SPELING = timedelta(minutes=5)  # the worker looks every minute


@register
def details_erased_on_time() -> str | None:
    """Details that should have been destroyed some minutes ago mean that no worker is at work."""
    te_laat = Doorverwijzing.objects.to_erase(timezone.now() - SPELING).count()
    return f"gegevens van {te_laat} doorverwijzingen zijn niet op tijd gewist" if te_laat else None
