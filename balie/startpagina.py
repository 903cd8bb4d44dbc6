"""Who is at the desk, for the start page."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from balie.huidig import huidig_infopunt
from balie.models import Roosterdienst
from infopunt.navigatie import Paneel

HOOGSTENS = 8


def bezetting(request: HttpRequest) -> dict[str, Any]:
    """This desk's shifts of now and of later today; when there are none, those of the next day it is open."""
    nu = timezone.now()
    diensten = list(Roosterdienst.objects.filter(infopunt=huidig_infopunt(request)).not_ended(nu)[:HOOGSTENS])
    dag = timezone.localdate(diensten[0].begin) if diensten else None
    return {
        "nu_aanwezig": [dienst for dienst in diensten if dienst.is_now(nu)],
        "straks": [d for d in diensten if not d.is_now(nu) and timezone.localdate(d.begin) == dag],
        "is_vandaag": dag == timezone.localdate(nu),
    }


PANELEN = [Paneel("balie/_bezetting.html", bezetting, kolom=1, volgorde=10)]
