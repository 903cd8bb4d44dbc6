"""Which desk somebody works at right now: chosen in the header, kept in the session."""

from django.http import HttpRequest

from balie.models import Infopunt
from balie.permissions import medewerker

SLEUTEL = "infopunt"


def infopunten(request: HttpRequest) -> list[Infopunt]:
    """The desks this user may choose from; one query per request."""
    if not hasattr(request, "_infopunten"):
        zichtbaar = Infopunt.objects.visible_to(medewerker(request)).select_related("kern")
        request._infopunten = list(zichtbaar)  # type: ignore[attr-defined]
    return request._infopunten  # type: ignore[attr-defined]


def huidig_infopunt(request: HttpRequest) -> Infopunt | None:
    """The chosen desk, else the first of this user's desks, else None."""
    gekozen = request.session.get(SLEUTEL)
    keuze = infopunten(request)
    return next((infopunt for infopunt in keuze if infopunt.pk == gekozen), keuze[0] if keuze else None)


def kies_infopunt(request: HttpRequest, infopunt: Infopunt) -> None:
    request.session[SLEUTEL] = infopunt.pk
