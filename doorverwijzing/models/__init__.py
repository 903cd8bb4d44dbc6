"""Warm referrals: their anonymous course stays, the visitor's details are a guest (see kluis.py)."""

from doorverwijzing.models.doorverwijzing import (
    Belnotitie,
    Doorverwijzing,
    DoorverwijzingQuerySet,
    Gebeurtenis,
    new_kenmerk,
)
from doorverwijzing.models.stand import (
    AFGELOPEN,
    OPEN,
    OVERGANGEN,
    UITKOMSTEN,
    Door,
    RedenNietPassend,
    Status,
    Wijze,
)
from doorverwijzing.models.tellen import KoudeVerwijzing, Waardering
from doorverwijzing.models.toegang import Contactgegevens, Inzage, Partnerlink, Toestemming

__all__ = [
    "AFGELOPEN",
    "OPEN",
    "OVERGANGEN",
    "UITKOMSTEN",
    "Belnotitie",
    "Contactgegevens",
    "Door",
    "Doorverwijzing",
    "DoorverwijzingQuerySet",
    "Gebeurtenis",
    "Inzage",
    "KoudeVerwijzing",
    "Partnerlink",
    "RedenNietPassend",
    "Status",
    "Toestemming",
    "Waardering",
    "Wijze",
    "new_kenmerk",
]
