"""Periods in local calendar days, and the earlier one each is compared with."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.formats import date_format


class Keuze(TextChoices):
    DEZE_WEEK = "deze_week", "Deze week"
    VORIGE_WEEK = "vorige_week", "Vorige week"
    DEZE_MAAND = "deze_maand", "Deze maand"
    VORIGE_MAAND = "vorige_maand", "Vorige maand"
    DIT_KWARTAAL = "dit_kwartaal", "Dit kwartaal"
    VORIG_KWARTAAL = "vorig_kwartaal", "Vorig kwartaal"
    DIT_JAAR = "dit_jaar", "Dit jaar"
    VORIG_JAAR = "vorig_jaar", "Vorig jaar"
    EIGEN = "eigen", "Eigen periode"


class Vergelijking(TextChoices):
    ERVOOR = "ervoor", "Vergelijk met de periode ervoor"
    JAAR_EERDER = "jaar", "Vergelijk met een jaar eerder"


# How many weeks ago a choice began.
WEKEN = {Keuze.DEZE_WEEK: 0, Keuze.VORIGE_WEEK: 1}
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


@dataclass(frozen=True)
class Perioden:
    """The period asked for, as long a one right before it, and the same a year earlier."""

    nu: Periode
    ervoor: Periode
    jaar_eerder: Periode


def midnight(dag: date) -> datetime:
    return timezone.make_aware(datetime.combine(dag, time()))


def add_months(dag: date, aantal: int) -> date:
    """The same day some months later or earlier; the last of the month when there is no such day."""
    jaar, maand = divmod(dag.year * 12 + dag.month - 1 + aantal, 12)
    return date(jaar, maand + 1, min(dag.day, calendar.monthrange(jaar, maand + 1)[1]))


def perioden_of(keuze: str, vandaag: date) -> Perioden:
    """A calendar period up to today at most, and as many days of the earlier ones it is compared with."""
    if (weken := WEKEN.get(Keuze(keuze))) is not None:
        return _weken(vandaag, weken)
    lengte, geleden = MAANDEN[Keuze(keuze)]
    dit = date(vandaag.year, (vandaag.month - 1) // lengte * lengte + 1, 1)
    van = add_months(dit, -geleden * lengte)
    eind = add_months(van, lengte)
    nu = _up_to(van, eind, vandaag)
    return Perioden(
        nu,
        _as_far(add_months(van, -lengte), van, nu, eind),
        _as_far(add_months(van, -12), add_months(eind, -12), nu, eind),
    )


def eigen_perioden(van: date, tot: date) -> Perioden:
    """Any days, as many days right before them, and the same dates a year earlier."""
    nu = Periode(van, tot)
    return Perioden(
        nu,
        Periode(van - timedelta(days=nu.dagen), van - timedelta(days=1)),
        Periode(add_months(van, -12), add_months(tot + timedelta(days=1), -12) - timedelta(days=1)),
    )


def _weken(vandaag: date, geleden: int) -> Perioden:
    """A week is compared with the same days of the week, also a year earlier."""
    van = vandaag - timedelta(days=vandaag.weekday(), weeks=geleden)
    nu = _up_to(van, van + timedelta(weeks=1), vandaag)
    ervoor, jaar_eerder = (
        Periode(nu.van - timedelta(weeks=weken), nu.tot - timedelta(weeks=weken)) for weken in (1, 52)
    )
    return Perioden(nu, ervoor, jaar_eerder)


def _up_to(van: date, eind: date, vandaag: date) -> Periode:
    return Periode(van, min(eind - timedelta(days=1), vandaag))


def _as_far(van: date, tot: date, nu: Periode, eind: date) -> Periode:
    """The calendar period from `van` until before `tot`: whole when `nu` is, else as far as `nu` has come."""
    laatste = tot - timedelta(days=1)
    is_heel = nu.tot + timedelta(days=1) == eind
    return Periode(van, laatste if is_heel else min(van + (nu.tot - nu.van), laatste))
