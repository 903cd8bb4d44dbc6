"""What is kept of every change to the map: triggers write each row as it was or became, whoever changed it."""

from collections.abc import Callable

import pghistory
from django.db import models

from sociale_kaart.models.aanbod import Aanbod, AanbodContact
from sociale_kaart.models.onderwerp import Onderwerp
from sociale_kaart.models.organisatie import Contactpersoon, Locatie, Organisatie
from sociale_kaart.models.tijd import Mededeling, Openingstijd, Uitzondering

# Bookkeeping and what PostgreSQL computes: no change of the map.
NIET_BEWAARD = {
    Organisatie: ["sorteernaam", "gewijzigd_op"],
    Contactpersoon: [],
    Locatie: [],
    Aanbod: ["is_gratis", "zoekvector", "geindexeerd_op", "gewijzigd_op"],
    AanbodContact: [],
    Openingstijd: [],
    Uitzondering: [],
    Mededeling: [],
    Onderwerp: ["niveau", "ouder_niveau"],
}


def track(exclude: list[str]) -> Callable[[type[models.Model]], type[models.Model]]:
    """Insert and update keep the row as it became, delete as it was."""
    return pghistory.track(
        pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=exclude or None
    )


for model, niet in NIET_BEWAARD.items():
    track(niet)(model)


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), obj_field=None)
class AanbodOnderwerp(Aanbod.onderwerpen.through):  # type: ignore[name-defined]
    """A topic of an offer; only here to be tracked."""

    class Meta:
        proxy = True


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), obj_field=None)
class AanbodKern(Aanbod.kernen.through):  # type: ignore[name-defined]
    """A village of an offer; only here to be tracked."""

    class Meta:
        proxy = True
