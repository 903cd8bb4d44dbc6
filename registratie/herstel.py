"""Mending a question afterwards, with a trail of what changed: by what role and on what day, never by whom."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format, time_format

from balie.models import Infopunt
from registratie.models import GEWIJZIGDE_VELDEN, Vraag, VraagQuerySet, Wijziging, to_quarter
from sociale_kaart.models import Onderwerp

LEEG = "leeg"
EERST, DAARNA = "een tekst", "een andere tekst"


def vragen_of(infopunt: Infopunt, dag: date) -> VraagQuerySet:
    """The questions of a desk on a day, latest first; within a quarter their order says nothing."""
    middag = timezone.make_aware(datetime.combine(dag, time(12)))
    return (
        Vraag.objects.filter(infopunt=infopunt)
        .on_day_of(middag)
        .select_related("onderwerp__ouder", "turfknop")
        .order_by("-moment", "id")
    )


@transaction.atomic
def change_vraag(*, id: UUID, by_role: str, **antwoorden: Any) -> Vraag:
    """Write new answers, and in the trail what they were. Nothing changed: nothing written.

    Vraag.DoesNotExist when it was taken back in the meantime. Two who mend at once do so in turn.
    """
    vraag = (
        Vraag.objects.select_for_update(of=("self",))
        .select_related("infopunt", "onderwerp__ouder", "onderliggend__ouder", "organisatie")
        .get(pk=id)
    )
    if "moment" in antwoorden:
        antwoorden["moment"] = to_quarter(antwoorden["moment"])
    was = {veld: in_words(vraag, veld) for veld in antwoorden}
    anders = [veld for veld, waarde in antwoorden.items() if getattr(vraag, veld) != waarde]
    for veld in anders:
        setattr(vraag, veld, antwoorden[veld])
    if anders:
        vraag.save(update_fields=anders)
    for veld in anders:
        van, naar = was[veld], in_words(vraag, veld)
        if van == naar:  # a remark: its words are not kept
            naar = DAARNA
        Wijziging.objects.create(vraag=vraag, rol=by_role, veld=veld, van=van, naar=naar)
    return vraag


def in_words(vraag: Vraag, veld: str) -> str:
    """An answer as the trail shows it.

    Not the words of a remark: somebody may have mended it because they should never have been kept.
    """
    if veld not in dict(GEWIJZIGDE_VELDEN):
        raise ValueError(f"{veld} of a question is not for mending.")
    waarde = getattr(vraag, veld)
    if veld == "opmerking":
        return EERST if waarde else LEEG
    if veld == "moment":
        lokaal = timezone.localtime(waarde)
        return f"{date_format(lokaal, 'j F Y')} {time_format(lokaal.time(), 'G.i')} uur"
    if isinstance(waarde, Onderwerp):
        return f"{waarde.ouder}: {waarde}" if waarde.ouder else str(waarde)
    toon = getattr(vraag, f"get_{veld}_display", None)
    return str((toon() if toon else waarde) or LEEG)
