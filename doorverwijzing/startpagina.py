"""News of this desk's referrals, for the start page."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from balie.huidig import huidig_infopunt
from balie.permissions import medewerker
from doorverwijzing.bewaking import count_overdue
from doorverwijzing.models import Doorverwijzing
from doorverwijzing.permissions import may_see_board
from infopunt.navigatie import Paneel

HOOGSTENS = 5


def nieuws(request: HttpRequest) -> dict[str, Any]:
    """What asks something first (a mail that did not arrive before all else), then what partners reported this week."""
    nu = timezone.now()
    eigen = Doorverwijzing.objects.filter(infopunt=huidig_infopunt(request)).for_list()
    vragend = list(eigen.needs_attention(nu).order_by("-hapering", "-aangemaakt_op")[:HOOGSTENS])
    bekend = {verwijzing.pk for verwijzing in vragend}
    nieuw = eigen.with_news_since(nu - timedelta(days=7)).exclude(pk__in=bekend)[: HOOGSTENS - len(vragend)]
    mag_bord = may_see_board(medewerker(request).rol)
    return {"vragend": vragend, "nieuw": list(nieuw), "niet_gewist": count_overdue() if mag_bord else 0}


PANELEN = [Paneel("doorverwijzing/_nieuws.html", nieuws, kolom=2, volgorde=10)]
