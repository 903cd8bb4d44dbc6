"""Log a question without looking for it, for the start page."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from balie.huidig import huidig_infopunt
from infopunt.navigatie import Paneel
from registratie.models import Vraag


def registreren(request: HttpRequest) -> dict[str, Any]:
    """How many questions this desk logged today."""
    vandaag = Vraag.objects.filter(infopunt=huidig_infopunt(request)).on_day_of(timezone.now())
    return {"aantal_vandaag": vandaag.count()}


PANELEN = [Paneel("registratie/_registreren.html", registreren, kolom=0, volgorde=20)]
