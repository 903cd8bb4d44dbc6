from balie.permissions import BALIE
from infopunt.navigatie import Tab

TABS = [Tab("Zoeken", "Zoeken", "search", "sociale_kaart:zoeken", BALIE, volgorde=20)]
