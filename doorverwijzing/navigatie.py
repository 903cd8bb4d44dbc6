from django.http import HttpRequest
from django.utils import timezone

from balie.huidig import huidig_infopunt
from balie.models import Rol
from balie.permissions import medewerker
from doorverwijzing.models import Doorverwijzing
from doorverwijzing.permissions import may_answer
from infopunt.navigatie import Tab


def aantal_dat_iets_vraagt(request: HttpRequest) -> int:
    """For a partner: what waits for their answer. For the desk one works at, or all for the coordinator: what
    needs a follow-up."""
    rol = medewerker(request).rol
    zichtbaar = Doorverwijzing.objects.visible_to(medewerker(request))
    if may_answer(rol):
        return zichtbaar.open().count()
    if rol != Rol.COORDINATOR:
        zichtbaar = zichtbaar.filter(infopunt=huidig_infopunt(request))
    return zichtbaar.needs_attention(timezone.now()).count()


TABS = [
    Tab(
        "Verwijzingen",
        "Verwezen",
        "handshake",
        "doorverwijzing:lijst",
        frozenset(Rol.values),
        volgorde=40,
        teller=aantal_dat_iets_vraagt,
    )
]
