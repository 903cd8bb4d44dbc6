"""What reports keep: running totals, files that are made, words beside figures, and what leaves the house."""

from rapportage.models.abonnement import Abonnement, Samenvatting
from rapportage.models.buiten import Buitencijfer, Buitenlink, OpenData, Publicatie
from rapportage.models.ido import IdoCategorie, IdoKoppeling
from rapportage.models.telling import (
    ALLE_HERKOMSTEN,
    ALLE_ONDERWERPEN,
    DAGEN_IN_MAAND,
    Maandstand,
    Mutatie,
)
from rapportage.models.uitvoer import Uitvoer, UitvoerDeel, Verslag

__all__ = [
    "ALLE_HERKOMSTEN",
    "ALLE_ONDERWERPEN",
    "DAGEN_IN_MAAND",
    "Abonnement",
    "Buitencijfer",
    "Buitenlink",
    "IdoCategorie",
    "IdoKoppeling",
    "Maandstand",
    "Mutatie",
    "OpenData",
    "Publicatie",
    "Samenvatting",
    "Uitvoer",
    "UitvoerDeel",
    "Verslag",
]
