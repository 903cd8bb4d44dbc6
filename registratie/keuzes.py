"""What the question form offers first: the topics and organisations this desk uses most."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count
from django.db.models.functions import Coalesce

from balie.models import Infopunt
from registratie.models import Vraag
from sociale_kaart.models import Aanbod, Onderwerp, Organisatie

ONDERWERPEN_DAGEN = 90
ONDERWERPEN_VOORAAN = 8
ORGANISATIES_DAGEN = 365
ORGANISATIES_VOORAAN = 3


def onderwerpen_for(infopunt: Infopunt, nu: datetime) -> list[Onderwerp]:
    """All main topics: the ones most asked at this desk lately in front, the rest in their own order.

    Their subtopics come along (`kinderen.all()` asks the database nothing more).
    """
    alle = list(Onderwerp.objects.filter(ouder__isnull=True).prefetch_related("kinderen"))
    vanaf = nu - timedelta(days=ONDERWERPEN_DAGEN)
    aantallen = dict(
        Vraag.objects.filter(infopunt=infopunt, moment__gte=vanaf, moment__lte=nu)
        .values(hoofd=Coalesce("onderwerp__ouder", "onderwerp"))
        .values_list("hoofd", Count("pk"))
    )
    vooraan = sorted(alle, key=lambda o: (-aantallen.get(o.pk, 0), o.volgorde, o.naam))[:ONDERWERPEN_VOORAAN]
    return vooraan + [onderwerp for onderwerp in alle if onderwerp not in vooraan]


def organisaties_per_onderwerp(infopunt: Infopunt, nu: datetime) -> dict[int, list[int]]:
    """Per main topic the ids of at most three organisations: most referred to, then most offers on it."""
    gebruikt = (
        Vraag.objects.filter(
            infopunt=infopunt,
            organisatie__isnull=False,
            moment__gte=nu - timedelta(days=ORGANISATIES_DAGEN),
            moment__lte=nu,
        )
        .values(hoofd=Coalesce("onderwerp__ouder", "onderwerp"))
        .annotate(aantal=Count("pk"))
        .order_by("-aantal", "organisatie__sorteernaam")
        .values_list("hoofd", "organisatie")
    )
    aangeboden = (
        Aanbod.objects.current()
        .filter(onderwerpen__isnull=False)
        .values(hoofd=Coalesce("onderwerpen__ouder", "onderwerpen"))
        .annotate(aantal=Count("pk"))
        .order_by("-aantal", "organisatie__sorteernaam")
        .values_list("hoofd", "organisatie")
    )
    return _first(ORGANISATIES_VOORAAN, [*gebruikt, *aangeboden])


def gegroepeerde_onderwerpen() -> list[tuple[str, list[tuple[int, str]]]]:
    """All topics for a select: each main topic with its subtopics under its own name."""
    alle = list(Onderwerp.objects.all())
    return [
        (hoofd.naam, [(hoofd.pk, hoofd.naam), *((o.pk, o.naam) for o in alle if o.ouder_id == hoofd.pk)])
        for hoofd in alle
        if hoofd.ouder_id is None
    ]


def alle_organisaties() -> list[tuple[int, str]]:
    """Every organisation as (id, name), in the order people look for a name."""
    return list(Organisatie.objects.current().values_list("pk", "naam"))


def _first(hoogstens: int, paren: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    """The first few different second members per first member, in order of appearance."""
    gevonden: defaultdict[int, list[int]] = defaultdict(list)
    for sleutel, waarde in paren:
        lijst = gevonden[sleutel]
        if len(lijst) < hoogstens and waarde not in lijst:
            lijst.append(waarde)
    return dict(gevonden)
