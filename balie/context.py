"""Header of every page: tabs for this role, desk at work."""

from typing import Any

from django.http import HttpRequest

from balie.huidig import huidig_infopunt, infopunten
from balie.permissions import medewerker
from infopunt.navigatie import zichtbare_tabs


def balie(request: HttpRequest) -> dict[str, Any]:
    """Made once per request: a page may render several templates."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    if not hasattr(request, "_balie"):
        request._balie = _header(request)  # type: ignore[attr-defined]
    return request._balie  # type: ignore[attr-defined]


def _header(request: HttpRequest) -> dict[str, Any]:
    tabs = zichtbare_tabs(request, medewerker(request).rol)
    return {
        "navigatie": tabs,
        "navigatie_telefoon": [tab for tab in tabs if tab.kort][:4],
        "infopunt": huidig_infopunt(request),
        "infopunten": infopunten(request),
    }
