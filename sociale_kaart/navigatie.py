from django.http import HttpRequest

from balie.models import Rol
from balie.permissions import BALIE
from infopunt.navigatie import Tab
from sociale_kaart.models import Melding, Voorstel


def wat_wacht(request: HttpRequest) -> int:
    """Doubts and proposals that wait for the coordinator; what is due comes every day and is not counted here."""
    meldingen = Melding.objects.open().filter(aanbod__gearchiveerd_op=None).order_by().values("pk")
    return meldingen.union(Voorstel.objects.open().order_by().values("pk"), all=True).count()


COORDINATOR = frozenset({Rol.COORDINATOR})
PARTNER = frozenset({Rol.PARTNER})
# What the desk reads. The rest of the map is upkeep: by the coordinator, or by the partner of their own.
LEZEN = frozenset(
    f"sociale_kaart:{naam}" for naam in ("zoeken", "agenda", "organisatie", "aanbod", "kaartje", "klopt_niet")
)
TABS = [
    Tab("Zoeken", "Zoeken", "search", "sociale_kaart:zoeken", BALIE, volgorde=20, paginas=LEZEN),
    Tab("Onderhoud", "", "wrench", "sociale_kaart:beheer", COORDINATOR, volgorde=50, teller=wat_wacht),
    Tab(
        "Mijn organisatie",
        "Organisatie",
        "building-2",
        "sociale_kaart:mijn_organisatie",
        PARTNER,
        volgorde=50,
    ),
]
