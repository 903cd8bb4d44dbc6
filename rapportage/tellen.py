"""Counting questions: what every report is made of, per facet, desk, and where asked day or month.

Days and hours are local (Europe/Amsterdam). Nothing here hides anything: what readers see of age and gender comes
from personen.py.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce, ExtractHour, TruncDate, TruncMonth
from django.utils import timezone

from rapportage.periode import Periode
from registratie.models import Vraag, Wijze


class Facet(StrEnum):
    """By what questions are counted, and what the value of a count is."""

    HERKOMST = "herkomst"  # a Herkomst; every question has one, so these add up to the total
    ONDERWERP = "onderwerp"  # id of the topic as chosen, main or sub
    ONDERLIGGEND = "onderliggend"  # id of the topic behind it, where there is one
    WIJZE = "wijze"  # a Wijze
    REDEN = "reden"  # a RedenNietGeholpen or "", of questions that could not be helped
    ORGANISATIE = "organisatie"  # id, where there is one
    PERSOON = "persoon"  # "leeftijdsgroep|geslacht"
    UUR = "uur"  # "weekday|hour", Monday is 0


@dataclass(frozen=True)
class Selectie:
    """Which questions count: of these desks, and of these main topics and sources; empty means all of them."""

    infopunten: tuple[int, ...]
    onderwerpen: tuple[int, ...] = ()
    herkomsten: tuple[str, ...] = ()


@dataclass(frozen=True)
class Telling:
    """The counts of one period: (facet, desk, value) -> number."""

    aantallen: Counter[tuple[Facet, int, str]] = field(default_factory=Counter)

    def per(self, facet: Facet) -> Counter[str]:
        """Over all desks of the selection."""
        uit: Counter[str] = Counter()
        for (soort, _, waarde), aantal in self.aantallen.items():
            if soort == facet:
                uit[waarde] += aantal
        return uit

    def per_infopunt(self, facet: Facet = Facet.HERKOMST) -> Counter[int]:
        """Questions per desk that have this facet."""
        uit: Counter[int] = Counter()
        for (soort, infopunt, _), aantal in self.aantallen.items():
            if soort == facet:
                uit[infopunt] += aantal
        return uit

    @property
    def totaal(self) -> int:
        return self.per_infopunt().total()


def tel(perioden: Sequence[Periode], selectie: Selectie) -> list[Telling]:
    """The counts of each period, in the order asked."""
    return [_tel_een(periode, selectie) for periode in perioden]


def tel_maanden(vanaf: date, tot: date, selectie: Selectie) -> Counter[tuple[date, int]]:
    """Questions per (first day of the month, desk), of the days from `vanaf` up to and including `tot`."""
    paren = (
        _select(selectie, Periode(vanaf, tot))
        .values_list(TruncMonth("moment", tzinfo=timezone.get_default_timezone()), "infopunt")
        .annotate(n=Count("pk"))
    )
    return Counter({(maand.date(), infopunt): n for maand, infopunt, n in paren})


def tel_uren(periode: Periode, infopunten: Sequence[int]) -> Counter[tuple[date, int, int]]:
    """Questions per (day, desk, hour 0-23), whatever their topic or source."""
    zone = timezone.get_default_timezone()
    rijen = (
        _select(Selectie(tuple(infopunten)), periode)
        .values_list(TruncDate("moment", tzinfo=zone), "infopunt", ExtractHour("moment", tzinfo=zone))
        .annotate(n=Count("pk"))
    )
    return Counter({(dag, infopunt, uur): n for dag, infopunt, uur, n in rijen})


def _select(selectie: Selectie, periode: Periode) -> QuerySet[Vraag]:
    vragen = Vraag.objects.filter(
        infopunt__in=selectie.infopunten, moment__gte=periode.begin, moment__lt=periode.eind
    ).order_by()
    if selectie.onderwerpen:
        vragen = vragen.annotate(hoofd=Coalesce("onderwerp__ouder", "onderwerp")).filter(
            hoofd__in=selectie.onderwerpen
        )
    if selectie.herkomsten:
        vragen = vragen.filter(herkomst__in=selectie.herkomsten)
    return vragen


def _tel_een(periode: Periode, selectie: Selectie) -> Telling:
    vragen = _select(selectie, periode)
    uit: Counter[tuple[Facet, int, str]] = Counter()
    velden = {
        Facet.HERKOMST: (("herkomst",), Q()),
        Facet.ONDERWERP: (("onderwerp",), Q()),
        Facet.ONDERLIGGEND: (("onderliggend",), Q(onderliggend__isnull=False)),
        Facet.WIJZE: (("wijze",), Q()),
        Facet.REDEN: (("reden_niet",), Q(wijze=Wijze.NIET_GEHOLPEN)),
        Facet.ORGANISATIE: (("organisatie",), Q(organisatie__isnull=False)),
        Facet.PERSOON: (("leeftijdsgroep", "geslacht"), Q()),
    }
    for facet, (namen, waar) in velden.items():
        for rij in vragen.filter(waar).values_list("infopunt", *namen).annotate(n=Count("pk")):
            uit[facet, rij[0], "|".join(str(waarde) for waarde in rij[1:-1])] += rij[-1]
    zone = timezone.get_default_timezone()
    uren = vragen.values_list(
        "infopunt", TruncDate("moment", tzinfo=zone), ExtractHour("moment", tzinfo=zone)
    ).annotate(n=Count("pk"))
    for infopunt, dag, uur, n in uren:
        uit[Facet.UUR, infopunt, f"{dag.weekday()}|{uur}"] += n
    return Telling(uit)
