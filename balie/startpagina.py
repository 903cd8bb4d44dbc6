"""Who is at the desk, for the start page."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from balie.huidig import huidig_infopunt
from balie.models import Roosterdienst
from infopunt.navigatie import Paneel


def bezetting(request: HttpRequest) -> dict[str, Any]:
    """Today's shifts at this desk: those of now, and those still to come."""
    nu = timezone.now()
    diensten = list(Roosterdienst.objects.filter(infopunt=huidig_infopunt(request)).on_day_of(nu))
    return {
        "nu_aanwezig": [dienst for dienst in diensten if dienst.is_now(nu)],
        "straks": [dienst for dienst in diensten if dienst.begin > nu],
    }


PANELEN = [Paneel("balie/_bezetting.html", bezetting, kolom=1, volgorde=10)]
