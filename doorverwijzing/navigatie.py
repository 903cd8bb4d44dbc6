from django.http import HttpRequest
from django.utils import timezone

from balie.models import Rol
from balie.permissions import medewerker
from doorverwijzing.models import Doorverwijzing
from doorverwijzing.permissions import may_answer
from infopunt.navigatie import Tab


def aantal_dat_iets_vraagt(request: HttpRequest) -> int:
    """For the desk: what needs a follow-up. For a partner: what waits for their answer."""
    zichtbaar = Doorverwijzing.objects.visible_to(medewerker(request))
    if may_answer(medewerker(request).rol):
        return zichtbaar.open().count()
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
