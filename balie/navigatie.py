from balie.permissions import BALIE
from infopunt.navigatie import Tab

TABS = [Tab("Start", "Start", "house", "balie:start", BALIE, volgorde=10)]
