"""Periods in local calendar days, and the earlier one each is compared with."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.formats import date_format


class Keuze(TextChoices):
    DEZE_MAAND = "deze_maand", "Deze maand"
    VORIGE_MAAND = "vorige_maand", "Vorige maand"
    DIT_KWARTAAL = "dit_kwartaal", "Dit kwartaal"
    VORIG_KWARTAAL = "vorig_kwartaal", "Vorig kwartaal"
    DIT_JAAR = "dit_jaar", "Dit jaar"
    VORIG_JAAR = "vorig_jaar", "Vorig jaar"
    EIGEN = "eigen", "Eigen periode"


# How many months a choice spans, and how many of those spans ago it began.
MAANDEN = {
    Keuze.DEZE_MAAND: (1, 0),
    Keuze.VORIGE_MAAND: (1, 1),
    Keuze.DIT_KWARTAAL: (3, 0),
    Keuze.VORIG_KWARTAAL: (3, 1),
    Keuze.DIT_JAAR: (12, 0),
    Keuze.VORIG_JAAR: (12, 1),
}


@dataclass(frozen=True)
class Periode:
    """From `van` up to and including `tot`, both calendar days in the Netherlands."""

    van: date
    tot: date

    def __str__(self) -> str:
        if self.van == self.tot:
            return date_format(self.van, "j F Y")
        van = date_format(self.van, "j F" if self.van.year == self.tot.year else "j F Y")
        return f"{van} tot en met {date_format(self.tot, 'j F Y')}"

    @property
    def begin(self) -> datetime:
        return midnight(self.van)

    @property
    def eind(self) -> datetime:
        """The first moment after the period."""
        return midnight(self.tot + timedelta(days=1))

    @property
    def dagen(self) -> int:
        return (self.tot - self.van).days + 1

    def maanden(self, hoeveel: int) -> list[date]:
        """The first days of its months; earlier ones in front when it has fewer than `hoeveel`."""
        laatste = self.tot.replace(day=1)
        eerste = min(self.van.replace(day=1), add_months(laatste, 1 - hoeveel))
        aantal = (laatste.year - eerste.year) * 12 + laatste.month - eerste.month + 1
        return [add_months(eerste, nummer) for nummer in range(aantal)]


def midnight(dag: date) -> datetime:
    return timezone.make_aware(datetime.combine(dag, time()))


def add_months(dag: date, aantal: int) -> date:
    """The same day some months later or earlier; the last of the month when there is no such day."""
    jaar, maand = divmod(dag.year * 12 + dag.month - 1 + aantal, 12)
    return date(jaar, maand + 1, min(dag.day, calendar.monthrange(jaar, maand + 1)[1]))


def periode_of(keuze: str, vandaag: date) -> tuple[Periode, Periode]:
    """A calendar period up to today at most, and as many days of the calendar period before it."""
    lengte, geleden = MAANDEN[Keuze(keuze)]
    dit = date(vandaag.year, (vandaag.month - 1) // lengte * lengte + 1, 1)
    van = add_months(dit, -geleden * lengte)
    laatste = add_months(van, lengte) - timedelta(days=1)
    vorige_van = add_months(van, -lengte)
    if vandaag < laatste:  # still running
        vorige_tot = min(vorige_van + (vandaag - van), van - timedelta(days=1))
        return Periode(van, vandaag), Periode(vorige_van, vorige_tot)
    return Periode(van, laatste), Periode(vorige_van, van - timedelta(days=1))


def eigen_periode(van: date, tot: date) -> tuple[Periode, Periode]:
    """Any days, and as many days right before them."""
    periode = Periode(van, tot)
    return periode, Periode(van - timedelta(days=periode.dagen), van - timedelta(days=1))
