from balie.models import Rol
from infopunt.navigatie import Tab

TABS = [
    Tab(
        "Rapportage",
        "",
        "chart-column",
        "rapportage:dashboard",
        frozenset({Rol.COORDINATOR}),
        volgorde=60,
    )
]
