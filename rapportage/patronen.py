"""What the figures of a report say together: what stands out, how busy it is, and what was not written down."""

from functools import cached_property
from typing import TYPE_CHECKING

from django.utils import timezone

from balie.models import Weekdag
from rapportage import openingen, opvallend, schatten
from rapportage.drukte import Drukte, busyness, with_hours
from rapportage.kwartalen import days_of
from rapportage.onderdrukking import open_cel
from rapportage.openingen import Dagen
from rapportage.opvallend import Nakoming, Opvallend, Waarneming
from rapportage.periode import add_months
from rapportage.schatten import Gemist
from rapportage.steekproef import extrapolate, load_sample_weeks
from rapportage.tabellen import Rij, Tabel
from rapportage.tellen import Facet, Selectie, tel, tel_maanden, tel_uren
from registratie.models import Herkomst

if TYPE_CHECKING:
    from rapportage.cijfers import Rapport


class Patronen:
    """Each is worked out when it is first asked for."""

    def __init__(self, rapport: "Rapport") -> None:
        self.rapport = rapport
        self.namen = {infopunt.pk: infopunt.naam for infopunt in rapport.infopunten}
        self.nu = timezone.now()

    @cached_property
    def opvallend(self) -> list[Opvallend]:
        """At most five sentences about differences that are more than chance."""
        return opvallend.stands_out(self._waarneming)

    @cached_property
    def niets_opvallend(self) -> str:
        """What to say instead when there are none."""
        return opvallend.nothing_stands_out(self._waarneming)

    @cached_property
    def drukte(self) -> Drukte | None:
        """Questions per open hour; None when the hour of none of them is known."""
        selectie = with_hours(self.rapport.form.selectie)
        if selectie is None:
            return None
        [telling] = tel([self.rapport.periode], selectie)
        return busyness(telling, openingen.until(self._dagen, self.nu), self.namen)

    @property
    def zonder_uur(self) -> int:
        """Questions of which only the day is known."""
        return self.rapport.telling.per(Facet.HERKOMST)[Herkomst.PAPIER.value]

    @cached_property
    def gemist(self) -> Gemist:
        """Days that were open and on which nothing was written down, whatever the topic or source chosen."""
        ids, periode = list(self.namen), self.rapport.periode
        uren = tel_uren(periode, ids)
        maanden = tel_maanden(add_months(periode.van, -12), periode.tot, Selectie(tuple(ids)))
        eerste = schatten.first_days(uren, maanden, periode.van)
        dagen = schatten.open_days(openingen.ended(self._dagen, self.nu), uren, eerste)
        return schatten.honest_counts(dagen, self.namen)

    @cached_property
    def geschat(self) -> Tabel | None:
        """Ages of all questions, out of those that were asked in sample weeks; None without a sample.

        Only from what personen.py publishes of all desks.
        """
        personen, form = self.rapport.personen, self.rapport.form
        perioden = [days_of(begin) for begin in personen.keuze.kwartalen]
        weken = [week for periode in perioden for week in load_sample_weeks(periode)]
        if not weken or not personen.tabellen or self.rapport.is_keuze:
            return None
        *leeftijden, samen = personen.tabellen[0].rijen
        alle = tel(perioden, Selectie(tuple(infopunt.pk for infopunt in form.infopunten)))
        groepen = extrapolate(
            [(rij.naam, rij.cellen[-1].waarde) for rij in leeftijden],
            gevraagd=samen.cellen[-1].waarde or 0,
            totaal=sum(telling.totaal for telling in alle),
            weken=len(set(weken)),
        )
        rijen = [
            Rij(groep.naam, [open_cel(n) for n in (s.aantal, s.laag, s.hoog)])
            for groep in groepen
            if (s := groep.schatting)
        ]
        return (
            Tabel(
                f"Geschat voor alle vragen, {personen.keuze}",
                "Leeftijd",
                ["naar schatting", "van", "tot"],
                rijen,
            )
            if rijen
            else None
        )

    @property
    def tabellen(self) -> list[Tabel]:
        """For spreadsheets: what rates are made of, not the rates."""
        drukte = [
            Rij(
                f"{self.namen[infopunt]}, {Weekdag(weekdag).label.lower()} {uur}.00",
                [open_cel(vak.vragen), open_cel(round(60 * vak.uren))],
            )
            for (infopunt, weekdag, uur), vak in sorted(self.drukte.vakken.items() if self.drukte else ())
        ]
        stil = [
            Rij(desk.naam, [open_cel(desk.open), open_cel(len(desk.dagen))])
            for desk in self.gemist.infopunten
        ]
        return [
            Tabel("Drukte", "Infopunt en uur", ["vragen", "minuten open"], drukte),
            Tabel("Niets geregistreerd", "Infopunt", ["dagen open", "dagen zonder vragen"], stil),
            *([self.geschat] if self.geschat else []),
        ]

    @cached_property
    def _dagen(self) -> Dagen:
        return openingen.load_openingen(list(self.namen), self.rapport.periode)

    @cached_property
    def _waarneming(self) -> Waarneming:
        rapport = self.rapport
        toen = openingen.load_openingen(list(self.namen), rapport.vorige)
        return Waarneming(
            nu=rapport.telling,
            toen=rapport.telling_toen,
            selectie=rapport.form.selectie,
            adres=rapport.form.address,
            namen=opvallend.load_names(self.namen, [rapport.telling, rapport.telling_toen]),
            uren_nu=openingen.hours_per_desk(openingen.until(self._dagen, self.nu)),
            uren_toen=openingen.hours_per_desk(toen),
            drukte=self.drukte,
            nakoming=self._nakoming,
        )

    @property
    def _nakoming(self) -> list[Nakoming]:
        partners = [] if self.rapport.form.is_deel else self.rapport.partners
        return [
            Nakoming(partner.organisatie, partner.perioden[0].op_tijd, partner.perioden[0].beloofd)
            for partner in partners
        ]
