"""What is on on a given day, for the start page and for the filter "vandaag open"."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from balie.models import Kern
from sociale_kaart.models import Aanbod, Locatie, Openingstijd
from sociale_kaart.tijden import Opening, opening_on


@dataclass(frozen=True)
class VandaagItem:
    """An offer with the hours it has that day; `opening.begin` and `opening.eind` are aware moments (UTC)."""

    aanbod: Aanbod
    opening: Opening

    @property
    def locatie(self) -> Locatie | None:
        return self.opening.tijd.locatie

    def is_now(self, moment: datetime) -> bool:
        return self.opening.begin <= moment < self.opening.eind


def open_on(kern: Kern, dag: date) -> list[VandaagItem]:
    """Everything that is certainly on in a village on `dag`, earliest first. One query.

    Telephone lines and offers elsewhere are left out: this is what a visitor can walk to.
    """
    tijden = (
        _tijden_op(dag)
        .filter(locatie__kern=kern, locatie__soort=Locatie.Soort.FYSIEK)
        .select_related("aanbod__organisatie", "locatie")
    )
    openingen = sorted(_openingen(tijden, dag), key=lambda opening: (opening.begin, opening.tijd.aanbod.naam))
    return [VandaagItem(opening.tijd.aanbod, opening) for opening in openingen]


def ids_open_on(dag: date) -> set[int]:
    """The keys of all offers that certainly open at some time on `dag`."""
    return {opening.tijd.aanbod_id for opening in _openingen(_tijden_op(dag), dag)}


def ids_open_at(moment: datetime) -> set[int]:
    """The keys of all offers that are certainly open at this moment, also since before midnight."""
    vandaag = timezone.localdate(moment)
    openingen = [
        opening
        for dag in (vandaag - timedelta(days=1), vandaag)
        for opening in _openingen(_tijden_op(dag), dag)
    ]
    return {opening.tijd.aanbod_id for opening in openingen if opening.begin <= moment < opening.eind}


def _tijden_op(dag: date) -> "QuerySet[Openingstijd]":
    return Openingstijd.objects.filter(
        weekdagen__contains=[dag.weekday()], van__isnull=False, aanbod__in=Aanbod.objects.current()
    )


def _openingen(tijden: Iterable[Openingstijd], dag: date) -> list[Opening]:
    return [opening for tijd in tijden if (opening := opening_on(tijd, dag))]
