"""Identifiers of what HSDS counts as a thing and we do not: a phone, a language, a service at a location.

They follow from the identifiers of what they belong to, so that they stay the same in every answer. UUIDs of
version 3 in shape: the md5 of their parts. `ServiceAtLocationId` is the same sum, done by PostgreSQL.
"""

from hashlib import md5
from uuid import UUID

from django.db.models import F, Func, TextField, UUIDField
from django.db.models.functions import Cast


def sleutel(*delen: object) -> str:
    """The identifier that follows from these parts."""
    cijfers = md5(":".join(map(str, delen)).encode(), usedforsecurity=False).hexdigest()
    return str(UUID(f"{cijfers[:12]}3{cijfers[13:16]}8{cijfers[17:]}"))


class ServiceAtLocationId(Func):
    """`sleutel(aanbod.uuid, locatie.uuid)` of an Openingstijd, for looking one up."""

    template = (
        "overlay(overlay(md5(concat_ws(':', %(expressions)s)) placing '3' from 13) placing '8' from 17)::uuid"
    )
    output_field = UUIDField()

    def __init__(self) -> None:
        super().__init__(
            Cast(F("aanbod__uuid"), TextField()),
            Cast(F("locatie__uuid"), TextField()),
        )
