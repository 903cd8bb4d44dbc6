"""When what the map says must be looked at again: sooner the more people are sent there."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from django.db.models import Case, DateTimeField, Q, QuerySet, Value, When

from infopunt.navigatie import collect
from sociale_kaart.models import Aanbod, AanbodQuerySet, Controle, Groep

JAAR = timedelta(days=365)
MAAND = JAAR / 12
VAAK_VANAF = 6  # times in a year: every other month or more


@dataclass(frozen=True)
class Gebruiksteller:
    """How an app higher up counts use: `tel(since)` gives the times per offer's id since that moment.

    Declared as `TELLERS` in `<app>/gebruik.py`, because the map may not know who uses it.
    """

    tel: Callable[[datetime], Mapping[int, int]]
    volgorde: int


class Gebruik(Enum):
    """How often people were sent to an offer in the past year."""

    NOOIT = "nooit"
    SOMS = "soms"
    VAAK = "vaak"


# In months. A wrong number or a closed door costs a visitor a journey, and numbers and hours change most, so those
# come before conditions. What nobody is sent to harms nobody, but a year is as long as a partner remembers it.
TERMIJNEN: dict[str, dict[Gebruik, int]] = {
    Groep.TIJDEN: {Gebruik.NOOIT: 12, Gebruik.SOMS: 6, Gebruik.VAAK: 3},
    Groep.CONTACT: {Gebruik.NOOIT: 12, Gebruik.SOMS: 6, Gebruik.VAAK: 3},
    Groep.VOORWAARDEN: {Gebruik.NOOIT: 18, Gebruik.SOMS: 12, Gebruik.VAAK: 6},
}


def count_use(now: datetime) -> Counter[int]:
    """How often each offer was used in the past year, by id; what was never used is not in it."""
    totaal: Counter[int] = Counter()
    for teller in collect("gebruik", "TELLERS"):
        totaal.update(teller.tel(now - JAAR))
    return totaal


def often(aantal: int) -> Gebruik:
    if aantal >= VAAK_VANAF:
        return Gebruik.VAAK
    return Gebruik.SOMS if aantal else Gebruik.NOOIT


@dataclass(frozen=True)
class Termijnen:
    """The terms at one moment, with the use until then: set-based, so that twenty thousand offers are one query."""

    now: datetime
    gebruik: Mapping[int, int]

    @classmethod
    def at(cls, now: datetime) -> "Termijnen":
        return cls(now, count_use(now))

    def due(self, aanbod: AanbodQuerySet) -> AanbodQuerySet:
        """Of which some group was not checked in time, or never."""
        te_laat = Q()
        for groep in Groep.values:
            te_laat |= ~Q(pk__in=self._checked_in_time(groep).values("aanbod"))
        return aanbod.filter(te_laat)

    def due_groups(self, aanbod: Aanbod) -> list[str]:
        """Which groups of this offer; uses the prefetched checks of with_controles()."""
        gebruik = often(self.gebruik.get(aanbod.pk, 0))
        return [
            groep
            for groep, controle in aanbod.controle_per_groep
            if controle is None or controle.op < self.now - TERMIJNEN[groep][gebruik] * MAAND
        ]

    def _checked_in_time(self, groep: str) -> "QuerySet[Controle]":
        """Checks that still hold; about no offer in particular, so that the database goes through them once."""
        per_gebruik: dict[Gebruik, list[int]] = {Gebruik.SOMS: [], Gebruik.VAAK: []}
        for pk, aantal in self.gebruik.items():
            if aantal:
                per_gebruik[often(aantal)].append(pk)
        termijn = TERMIJNEN[groep]
        sinds = Case(
            *(
                When(aanbod__in=ids, then=Value(self.now - termijn[gebruik] * MAAND))
                for gebruik, ids in per_gebruik.items()
                if ids
            ),
            default=Value(self.now - termijn[Gebruik.NOOIT] * MAAND),
            output_field=DateTimeField(),
        )
        return Controle.objects.filter(groep=groep, op__gte=sinds).order_by()
