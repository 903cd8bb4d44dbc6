"""What reports keep: running totals of the questions, files that are made, and words beside the figures."""

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
    "Maandstand",
    "Mutatie",
    "Uitvoer",
    "UitvoerDeel",
    "Verslag",
]
