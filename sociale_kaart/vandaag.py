"""What is on on a given day, for the start page, the agenda and the filters "vandaag open" and "nu open".

The database picks the regular hours of the day; exceptions of that day are few, so those are read and reckoned with
here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from balie.models import Kern
from sociale_kaart.models import (
    Aanbod,
    AanbodQuerySet,
    Locatie,
    Openingstijd,
    OpeningstijdQuerySet,
    Uitzondering,
)
from sociale_kaart.tijden import Opening, exceptions_on, opening_on, openings_on


@dataclass(frozen=True)
class VandaagItem:
    """An offer with the hours it has that day; `opening.begin` and `opening.eind` are aware moments (UTC)."""

    aanbod: Aanbod
    opening: Opening

    @property
    def locatie(self) -> Locatie | None:
        return self.opening.locatie

    def is_now(self, moment: datetime) -> bool:
        return self.opening.begin <= moment < self.opening.eind


class Bijzonder:
    """The exceptions that count on one day, by offer and by organisation."""

    def __init__(self, dag: date, uitzonderingen: Iterable[Uitzondering] | None = None) -> None:
        per_aanbod, per_organisatie = defaultdict(list), defaultdict(list)
        if uitzonderingen is None:
            uitzonderingen = Uitzondering.objects.between(dag, dag)
        for uitzondering in uitzonderingen:
            if uitzondering.aanbod_id is not None:
                per_aanbod[uitzondering.aanbod_id].append(uitzondering)
            elif uitzondering.organisatie_id is not None:
                per_organisatie[uitzondering.organisatie_id].append(uitzondering)
        self.per_aanbod = _counting(per_aanbod, dag)
        self.per_organisatie = _counting(per_organisatie, dag)

    def of(self, aanbod: Aanbod) -> list[Uitzondering]:
        """Those of one offer, else those of its organisation."""
        return self.per_aanbod.get(aanbod.pk) or self.per_organisatie.get(aanbod.organisatie_id, [])

    @property
    def opens_something(self) -> bool:
        lijsten = [*self.per_aanbod.values(), *self.per_organisatie.values()]
        return any(_is_on(lijst, _altijd) for lijst in lijsten)

    def without(self, tijden: OpeningstijdQuerySet) -> OpeningstijdQuerySet:
        """Only blocks of offers whose regular hours hold."""
        return tijden.exclude(
            Q(aanbod__in=list(self.per_aanbod)) | Q(aanbod__organisatie__in=list(self.per_organisatie))
        )

    def offers(self, dag: date, past: Callable[[time, time], bool]) -> Q:
        """The offers that are on at hours of an exception that `past`."""
        eigen = [pk for pk, lijst in self.per_aanbod.items() if _is_on(lijst, past)]
        van_organisatie = [pk for pk, lijst in self.per_organisatie.items() if _is_on(lijst, past)]
        gevonden = Q(pk__in=eigen)
        if van_organisatie:
            anders_ook_open = Openingstijd.objects.regular_on(dag).values("aanbod")
            via = Q(organisatie__in=van_organisatie, pk__in=anders_ook_open)
            gevonden |= via & ~Q(pk__in=list(self.per_aanbod))
        return gevonden


def _counting(lijsten: dict[int, list[Uitzondering]], dag: date) -> dict[int, list[Uitzondering]]:
    """Those that count on a day, without whom none do."""
    tellend = {pk: exceptions_on(lijst, dag) for pk, lijst in lijsten.items()}
    return {pk: lijst for pk, lijst in tellend.items() if lijst}


def _is_on(uitzonderingen: list[Uitzondering], past: Callable[[time, time], bool]) -> bool:
    uren = [(u.van, u.tot) for u in uitzonderingen]
    return not any(van is None for van, _ in uren) and any(
        van and tot and past(van, tot) for van, tot in uren
    )


def open_on(kern: Kern, dag: date, uitzonderingen: Iterable[Uitzondering] | None = None) -> list[VandaagItem]:
    """Everything that is certainly on in a village on `dag`, earliest first.

    Telephone lines and offers elsewhere are left out: this is what a visitor can walk to. Two queries, and three more
    when an exception opens something. Who asks for more days gives the exceptions of all of them.
    """
    bijzonder = Bijzonder(dag, uitzonderingen)
    hier = Openingstijd.objects.filter(locatie__kern=kern, locatie__soort=Locatie.Soort.FYSIEK)
    gewoon = bijzonder.without(hier.begins_on(dag)).filter(aanbod__in=Aanbod.objects.current())
    items = [
        VandaagItem(tijd.aanbod, opening)
        for tijd in gewoon.select_related("aanbod__organisatie", "locatie")
        if (opening := opening_on(tijd, dag))
    ]
    if bijzonder.opens_something:
        kandidaten = Aanbod.objects.current().filter(
            bijzonder.offers(dag, _altijd), pk__in=hier.values("aanbod")
        )
        items += [
            item for item in _exceptional_items(kandidaten, dag, bijzonder) if is_in(kern, item.locatie)
        ]
    return sorted(items, key=lambda item: (item.opening.begin, item.aanbod.naam))


def _exceptional_items(kandidaten: AanbodQuerySet, dag: date, bijzonder: Bijzonder) -> list[VandaagItem]:
    return [
        VandaagItem(aanbod, opening)
        for aanbod in kandidaten.select_related("organisatie").prefetch_related("openingstijden__locatie")
        for opening in openings_on(list(aanbod.openingstijden.all()), dag, bijzonder.of(aanbod))
    ]


def is_in(kern: Kern, locatie: Locatie | None) -> bool:
    """Whether this is a place in the village that one can walk to."""
    return locatie is not None and locatie.kern_id == kern.pk and locatie.soort == Locatie.Soort.FYSIEK


def ids_open_on(dag: date) -> "QuerySet[Aanbod, int]":
    """The keys of all offers that certainly open at some time on `dag`."""
    return _offers(_open_on(dag, Q(), _altijd))


def ids_open_at(moment: datetime) -> "QuerySet[Aanbod, int]":
    """The keys of all offers that are certainly open when the clock on the wall shows this moment."""
    lokaal = timezone.localtime(moment, timezone.get_default_timezone())
    vandaag, nu = lokaal.date(), lokaal.time()
    begonnen = Q(van__lte=nu) & (Q(tot__gt=nu) | Q(tot__lte=F("van")))
    van_gisteren = Q(tot__lte=F("van"), tot__gt=nu)
    return _offers(
        _open_on(vandaag, begonnen, lambda van, tot: van <= nu and (nu < tot or tot <= van))
        | _open_on(vandaag - timedelta(days=1), van_gisteren, lambda van, tot: nu < tot <= van)
    )


def _open_on(dag: date, uren: Q, past: Callable[[time, time], bool]) -> Q:
    """The offers with hours that begin on `dag`: regular ones that `uren`, exceptional ones that `past`."""
    bijzonder = Bijzonder(dag)
    gewoon = bijzonder.without(Openingstijd.objects.begins_on(dag).filter(uren))
    return Q(pk__in=gewoon.values("aanbod")) | bijzonder.offers(dag, past)


def _offers(welke: Q) -> "QuerySet[Aanbod, int]":
    return Aanbod.objects.current().filter(welke).order_by().values_list("pk", flat=True)


def _altijd(van: time, tot: time) -> bool:
    return True
