"""The promise that details go on time, watched by /healthz."""

from doorverwijzing.bewaking import count_overdue
from infopunt.gezondheid import register


@register
def details_erased_on_time() -> str | None:
    """Details that should have been destroyed some minutes ago mean that no worker is at work."""
    te_laat = count_overdue()
    return f"gegevens van {te_laat} doorverwijzingen zijn niet op tijd gewist" if te_laat else None
