"""Search box and what is on today, for the start page."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from balie.huidig import huidig_infopunt
from infopunt.navigatie import Paneel
from sociale_kaart.vandaag import open_on


def zoekvak(request: HttpRequest) -> dict[str, Any]:
    return {}


def vandaag(request: HttpRequest) -> dict[str, Any]:
    """Today's offers in the village of this desk that have not ended yet."""
    infopunt, nu = huidig_infopunt(request), timezone.now()
    items = open_on(infopunt.kern, timezone.localdate(nu)) if infopunt else []
    return {
        "plaats": infopunt.kern if infopunt else None,
        "items": [(item, item.is_now(nu)) for item in items if item.opening.eind > nu],
    }


PANELEN = [
    Paneel("sociale_kaart/_zoekpaneel.html", zoekvak, kolom=0, volgorde=10),
    Paneel("sociale_kaart/_vandaag.html", vandaag, kolom=3, volgorde=10),
]
