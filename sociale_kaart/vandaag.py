"""What is on on a given day, for the start page, the agenda and the filters "vandaag open" and "nu open".

The database picks the regular hours of the day; exceptions of that day are few, so those are read and reckoned with
here.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from balie.models import Kern
from sociale_kaart.models import Aanbod, Locatie, Openingstijd, OpeningstijdQuerySet, Uitzondering
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

    def __init__(self, dag: date) -> None:
        per_aanbod, per_organisatie = defaultdict(list), defaultdict(list)
        for uitzondering in Uitzondering.objects.between(dag, dag):
            if uitzondering.aanbod_id is not None:
                per_aanbod[uitzondering.aanbod_id].append(uitzondering)
            else:
                per_organisatie[uitzondering.organisatie_id].append(uitzondering)
        self.per_aanbod = {pk: exceptions_on(lijst, dag) for pk, lijst in per_aanbod.items()}
        self.per_organisatie = {pk: exceptions_on(lijst, dag) for pk, lijst in per_organisatie.items()}

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


def _is_on(uitzonderingen: list[Uitzondering], past: Callable[[time, time], bool]) -> bool:
    uren = [(u.van, u.tot) for u in uitzonderingen]
    return not any(van is None for van, _ in uren) and any(
        van and tot and past(van, tot) for van, tot in uren
    )


def open_on(kern: Kern, dag: date) -> list[VandaagItem]:
    """Everything that is certainly on in a village on `dag`, earliest first.

    Telephone lines and offers elsewhere are left out: this is what a visitor can walk to. Two queries, and two more
    when an exception opens something.
    """
    bijzonder = Bijzonder(dag)
    gewoon = (
        bijzonder.without(Openingstijd.objects.begins_on(dag))
        .filter(locatie__kern=kern, locatie__soort=Locatie.Soort.FYSIEK, aanbod__in=Aanbod.objects.current())
        .select_related("aanbod__organisatie", "locatie")
    )
    items = [VandaagItem(tijd.aanbod, opening) for tijd in gewoon if (opening := opening_on(tijd, dag))]
    items += _exceptional_items(kern, dag, bijzonder)
    return sorted(items, key=lambda item: (item.opening.begin, item.aanbod.naam))


def _exceptional_items(kern: Kern, dag: date, bijzonder: Bijzonder) -> list[VandaagItem]:
    lijsten = [*bijzonder.per_aanbod.values(), *bijzonder.per_organisatie.values()]
    if not any(_is_on(lijst, _altijd) for lijst in lijsten):
        return []
    aanbod = Aanbod.objects.current().filter(bijzonder.offers(dag, _altijd)).select_related("organisatie")
    return [
        VandaagItem(item, opening)
        for item in aanbod.prefetch_related("openingstijden__locatie")
        for opening in openings_on(
            list(item.openingstijden.all()),
            dag,
            bijzonder.per_aanbod.get(item.pk) or bijzonder.per_organisatie[item.organisatie_id],
        )
        if opening.locatie
        and opening.locatie.kern_id == kern.pk
        and opening.locatie.soort == Locatie.Soort.FYSIEK
    ]


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
