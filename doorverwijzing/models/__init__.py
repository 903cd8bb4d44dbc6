"""Warm referrals: their anonymous course stays, the visitor's details are a guest (see kluis.py)."""

from doorverwijzing.models.doorverwijzing import (
    Belnotitie,
    Doorverwijzing,
    DoorverwijzingQuerySet,
    Gebeurtenis,
    Inzage,
    new_kenmerk,
)
from doorverwijzing.models.stand import (
    AFGELOPEN,
    OPEN,
    OVERGANGEN,
    UITKOMSTEN,
    Door,
    Hindernis,
    RedenNietPassend,
    Status,
    Wijze,
)
from doorverwijzing.models.tellen import KoudeVerwijzing, Waardering
from doorverwijzing.models.toegang import Contactgegevens, Partnerlink, Toestemming

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
    "Hindernis",
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
