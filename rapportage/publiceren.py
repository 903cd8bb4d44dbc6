"""Figures for outsiders: made once per finished quarter, under the strict rule, and only read from then on.

The tables of one quarter hang together so that none gives back what another hides (see onderdrukking.py):

* topic x desk and way of helping x desk share the desks, of which the totals are one list;
* reasons, organisations and outcomes each divide one or two ways of helping further. They are published only where
  the total of those ways is, and then share nothing but that total;
* age and gender are lists over all desks of the questions where both were asked; they share that total.

Every list has all its categories, in an order that does not depend on counts. Pages and files (buiten.py,
open_data.py) add published figures up and nothing else.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from balie.models import Infopunt
from doorverwijzing.models import OPEN, Doorverwijzing, Status
from rapportage.kwartalen import MAANDEN, days_of, quarter_of
from rapportage.models import Buitencijfer, Publicatie
from rapportage.onderdrukking import BUITEN, DICHT, Cel, publish_list, publish_table
from rapportage.periode import Periode, add_months
from rapportage.personen import is_finished
from rapportage.tellen import Facet, Selectie, Telling, tel
from registratie.models import (
    GESLACHTEN,
    LEEFTIJDSGROEPEN,
    WIJZEN_MET_ORGANISATIE,
    RedenNietGeholpen,
    Vraag,
    Wijze,
)
from sociale_kaart.models import Onderwerp, Organisatie

Onderdeel = Buitencijfer.Onderdeel
HOOGSTENS_KWARTALEN = 40
LOOPT = "loopt"
ANDERE = "andere"
ONBEKEND = "onbekend"


@dataclass(frozen=True)
class Wat:
    """A category: `sleutel` stays the same, `naam` is for reading."""

    sleutel: str
    naam: str


def publish_finished(vandaag: date) -> int:
    """Publish every finished quarter that is not yet, oldest first; how many that were."""
    eerste = Vraag.objects.aggregate(eerste=Min("moment"))["eerste"]
    if eerste is None:
        return 0
    kwartaal = quarter_of(
        max(timezone.localdate(eerste), add_months(vandaag, -MAANDEN * HOOGSTENS_KWARTALEN))
    )
    aantal = 0
    while is_finished(kwartaal, vandaag):
        aantal += publish(kwartaal)
        kwartaal = add_months(kwartaal, MAANDEN)
    return aantal


@transaction.atomic
def publish(kwartaal: date) -> bool:
    """Publish a quarter, unless it was already. Two workers at once: the second waits for the first and leaves it."""
    publicatie, is_nieuw = Publicatie.objects.get_or_create(kwartaal=kwartaal)
    if is_nieuw:
        Buitencijfer.objects.bulk_create(_figures(publicatie))
    return is_nieuw


@transaction.atomic
def publish_again(publicatie: Publicatie) -> None:
    """Throw the figures of a quarter away and count it anew: for when a pile of paper came in late."""
    Publicatie.objects.filter(pk=publicatie.pk).delete()
    publish(publicatie.kwartaal)


def _figures(publicatie: Publicatie) -> Iterator[Buitencijfer]:
    infopunten = list(Infopunt.objects.all())
    kwartaal = days_of(publicatie.kwartaal)
    [telling] = tel([kwartaal], Selectie(tuple(infopunt.pk for infopunt in infopunten)))
    for onderdeel, infopunt, wat, cel in _cells(infopunten, telling, kwartaal):
        stand = _stand(cel)
        yield Buitencijfer(
            publicatie=publicatie,
            onderdeel=onderdeel,
            infopunt=infopunt,
            sleutel=wat.sleutel,
            naam=wat.naam,
            stand=stand,
            aantal=cel.waarde,
        )


def _stand(cel: Cel) -> str:
    if cel.waarde is not None:
        return Buitencijfer.Stand.GETAL
    return Buitencijfer.Stand.MINDER if cel.tekst == BUITEN.minder else Buitencijfer.Stand.VERBORGEN


Regel = tuple[Onderdeel, Infopunt | None, Wat, Cel]


def _cells(infopunten: Sequence[Infopunt], telling: Telling, kwartaal: Periode) -> Iterator[Regel]:
    per_infopunt = telling.per_infopunt()
    aantallen = [per_infopunt[infopunt.pk] for infopunt in infopunten]
    yield Onderdeel.VRAGEN, None, Wat("", "Vragen"), _list_cells([sum(aantallen)])[0]
    for infopunt, cel in zip(infopunten, _list_cells(aantallen), strict=True):
        yield Onderdeel.VRAGEN, infopunt, Wat("", "Vragen"), cel
    yield from _by_desk(Onderdeel.ONDERWERP, infopunten, *_topics(telling))
    wijzen = [Wat(wijze.value, str(wijze.label)) for wijze in Wijze]
    per_wijze = _counts(telling, Facet.WIJZE)
    yield from _by_desk(Onderdeel.WIJZE, infopunten, wijzen, per_wijze)
    samen = [sum(aantal for (_, s), aantal in per_wijze.items() if s == wat.sleutel) for wat in wijzen]
    gezien = {wat.sleutel: not cel.verborgen for wat, cel in zip(wijzen, _list_cells(samen), strict=True)}
    yield from _divided(Onderdeel.REDEN, _reasons(telling), gezien[Wijze.NIET_GEHOLPEN])
    verwezen = all(gezien[wijze] for wijze in WIJZEN_MET_ORGANISATIE)
    yield from _divided(Onderdeel.ORGANISATIE, _organisations(telling), verwezen)
    yield from _divided(Onderdeel.AFLOOP, _outcomes(kwartaal), gezien[Wijze.WARM_DOORVERWEZEN])
    yield from _divided(Onderdeel.LEEFTIJD, _persons(telling, LEEFTIJDSGROEPEN, 0), True)
    yield from _divided(Onderdeel.GESLACHT, _persons(telling, GESLACHTEN, 1), True)


def _list_cells(waarden: Sequence[int]) -> Sequence[Cel]:
    lijst = publish_list(waarden)
    return lijst.cellen if lijst else [DICHT] * len(waarden)


def _by_desk(
    onderdeel: Onderdeel,
    infopunten: Sequence[Infopunt],
    wat: Sequence[Wat],
    aantallen: Counter[tuple[int, str]],
) -> Iterator[Regel]:
    """A table of categories by desk: first over all desks, then each desk."""
    rijen = [[aantallen[infopunt.pk, ding.sleutel] for ding in wat] for infopunt in infopunten]
    tabel = publish_table(rijen) if rijen and wat else None
    samen = [sum(kolom) for kolom in zip(*rijen, strict=True)] or [0] * len(wat)
    for ding, cel in zip(wat, tabel.per_kolom if tabel else _list_cells(samen), strict=True):
        yield onderdeel, None, ding, cel
    for nummer, infopunt in enumerate(infopunten):
        for kolom, ding in enumerate(wat):
            yield onderdeel, infopunt, ding, tabel.cellen[nummer][kolom] if tabel else DICHT


def _divided(onderdeel: Onderdeel, paren: Sequence[tuple[Wat, int]], mag: bool) -> Iterator[Regel]:
    """A list over all desks, or all of it hidden."""
    cellen = _list_cells([aantal for _, aantal in paren]) if mag else [DICHT] * len(paren)
    for (wat, _), cel in zip(paren, cellen, strict=True):
        yield onderdeel, None, wat, cel


def _counts(telling: Telling, facet: Facet) -> Counter[tuple[int, str]]:
    """Per (desk, value)."""
    return Counter({(i, waarde): n for (soort, i, waarde), n in telling.aantallen.items() if soort == facet})


def _topics(telling: Telling) -> tuple[list[Wat], Counter[tuple[int, str]]]:
    """Main topics, with what was asked about their subtopics."""
    hoofd = dict(Onderwerp.objects.values_list("pk", "ouder"))
    aantallen: Counter[tuple[int, str]] = Counter()
    for (infopunt, waarde), aantal in _counts(telling, Facet.ONDERWERP).items():
        aantallen[infopunt, str(hoofd[int(waarde)] or waarde)] += aantal
    return [Wat(str(o.pk), o.naam) for o in Onderwerp.objects.main()], aantallen


def _reasons(telling: Telling) -> list[tuple[Wat, int]]:
    aantallen = telling.per(Facet.REDEN)
    paren = [(Wat(reden.value, str(reden.label)), aantallen[reden.value]) for reden in RedenNietGeholpen]
    return [*paren, (Wat(ONBEKEND, "Niet opgeschreven"), aantallen[""])]


def _organisations(telling: Telling) -> list[tuple[Wat, int]]:
    """Those on the map, then all others together, then questions that were referred without saying where."""
    aantallen = telling.per(Facet.ORGANISATIE)
    namen = Organisatie.objects.current().order_by("naam", "pk").values_list("pk", "naam")
    paren = [(Wat(str(pk), naam), aantallen[str(pk)]) for pk, naam in namen]
    wijzen = telling.per(Facet.WIJZE)
    verwezen = sum(wijzen[wijze.value] for wijze in WIJZEN_MET_ORGANISATIE)
    andere = aantallen.total() - sum(aantal for _, aantal in paren)
    zonder = verwezen - aantallen.total()
    return [
        *paren,
        (Wat(ANDERE, "Een andere organisatie"), andere),
        (Wat(ONBEKEND, "Niet opgeschreven"), zonder),
    ]


def _outcomes(kwartaal: Periode) -> list[tuple[Wat, int]]:
    """Of the warm referrals made in the quarter: how it went."""
    gemaakt = Doorverwijzing.objects.filter(
        aangemaakt_op__gte=kwartaal.begin, aangemaakt_op__lt=kwartaal.eind
    )
    aantallen = Counter(gemaakt.values_list("status", flat=True))
    loopt = sum(aantallen[status] for status in OPEN)
    paren = [
        (Wat(status.value, str(status.label)), aantallen[status.value])
        for status in Status
        if status not in OPEN
    ]
    return [(Wat(LOOPT, "Loopt nog"), loopt), *paren]


def _persons(telling: Telling, keuzes: Sequence, deel: int) -> list[tuple[Wat, int]]:
    """By age (part 0) or gender (part 1), of the questions where both were asked."""
    aantallen: Counter[str] = Counter()
    for waarde, aantal in telling.per(Facet.PERSOON).items():
        delen = waarde.split("|")
        if "niet_gevraagd" not in delen:
            aantallen[delen[deel]] += aantal
    return [(Wat(keuze.value, str(keuze.label)), aantallen[keuze.value]) for keuze in keuzes]
