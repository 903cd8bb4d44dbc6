"""Writing questions down and taking them back, so that each counts once however often it is sent."""

from datetime import datetime
from typing import Any, NotRequired, TypedDict, Unpack
from uuid import UUID

from django.db import connection, transaction

from balie.models import Infopunt
from registratie.models import Herkomst, Turfknop, VervallenVraag, Vraag, to_quarter
from sociale_kaart.models import Onderwerp, Organisatie

UUID_VERSION = 4  # random; the other versions carry a time or a machine


class AndereVraag(Exception):
    """The id belongs to a stored question with other answers: storing nothing would lose this one."""


class Antwoorden(TypedDict):
    """What was answered on the form: two questions with the same id must agree on all of it."""

    infopunt: Infopunt
    onderwerp: Onderwerp
    leeftijdsgroep: str
    geslacht: str
    wijze: str
    organisatie: Organisatie | None
    onderliggend: NotRequired[Onderwerp | None]
    reden_niet: NotRequired[str]
    opmerking: NotRequired[str]
    turfknop: NotRequired[Turfknop | None]


MAG_LEEG: dict[str, Any] = {"onderliggend": None, "reden_niet": "", "opmerking": ""}


@transaction.atomic
def register_vraag(
    *, id: UUID, moment: datetime, herkomst: str = Herkomst.DIRECT, **antwoorden: Unpack[Antwoorden]
) -> Vraag | None:
    """Store one question, its time rounded down to the quarter.

    The same question again (double click, resend, two at once) gives the stored one. An id that was
    undone stays undone: None. ValueError for an id that is not random.
    """
    if id.version != UUID_VERSION:
        raise ValueError("The id of a question must be a version 4 UUID.")
    lock_id(id)
    if VervallenVraag.objects.filter(pk=id).exists():
        return None
    bestaand = (
        Vraag.objects.filter(pk=id)
        .select_related("infopunt", "onderwerp", "onderliggend", "organisatie")
        .first()
    )
    if bestaand is None:
        return Vraag.objects.create(id=id, moment=to_quarter(moment), herkomst=herkomst, **antwoorden)
    if bestaand.wijzigingen.exists():
        return bestaand  # a late copy of what was mended since
    if any(getattr(bestaand, veld) != waarde for veld, waarde in (MAG_LEEG | antwoorden).items()):
        raise AndereVraag
    return bestaand


@transaction.atomic
def undo_vraag(*, id: UUID) -> None:
    """Remove a question for good; its id is remembered, so that a late copy does not bring it back."""
    lock_id(id)
    VervallenVraag.objects.get_or_create(pk=id)
    Vraag.objects.filter(pk=id).delete()


def lock_id(id: UUID) -> None:
    """Everything that happens to one id happens in turn, until the transaction ends.

    A row lock cannot do this: before the first save there is no row.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(id)])
