from balie.permissions import BALIE
from infopunt.navigatie import Tab

TABS = [Tab("Registreren", "Vraag", "pencil", "registratie:nieuw", BALIE, volgorde=30)]
