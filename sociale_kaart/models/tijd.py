"""When: regular hours, exceptions to them, and notices for a while."""

from datetime import date, time
from typing import Self
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast, TruncWeek

from balie.models import Weekdag
from sociale_kaart.feestdagen import is_feestdag
from sociale_kaart.models.aanbod import Aanbod
from sociale_kaart.models.organisatie import Locatie, Organisatie
from sociale_kaart.tijden import beschrijf, monday_of, weeks_of_month


class WeekVanMaand(models.IntegerChoices):
    EERSTE = 1, "1e"
    TWEEDE = 2, "2e"
    DERDE = 3, "3e"
    VIERDE = 4, "4e"
    VIJFDE = 5, "5e"
    LAATSTE = -1, "laatste"


class Maand(models.IntegerChoices):
    JANUARI = 1, "januari"
    FEBRUARI = 2, "februari"
    MAART = 3, "maart"
    APRIL = 4, "april"
    MEI = 5, "mei"
    JUNI = 6, "juni"
    JULI = 7, "juli"
    AUGUSTUS = 8, "augustus"
    SEPTEMBER = 9, "september"
    OKTOBER = 10, "oktober"
    NOVEMBER = 11, "november"
    DECEMBER = 12, "december"


class OpeningstijdQuerySet(models.QuerySet["Openingstijd"]):
    def regular_on(self, dag: date) -> Self:
        """The blocks that have this day among theirs and say all in fields, holiday or not.

        `is_certain` and `is_regular_day` of tijden.py in SQL; a test holds them equal.
        """
        begonnen, niet_voorbij = Q(seizoen_van__lte=dag.month), Q(seizoen_tot__gte=dag.month)
        over_nieuwjaar = Q(seizoen_van__gt=F("seizoen_tot"))
        seizoen = begonnen & niet_voorbij | over_nieuwjaar & (begonnen | niet_voorbij) | Q(seizoen_van=None)
        elke_week = Q(weken_van_maand=[]) | Q(weken_van_maand__overlap=list(weeks_of_month(dag)))
        return self.alias(beurt=_weken_tot(dag) % F("elke_weken")).filter(
            Q(vanaf=None) | Q(vanaf__lte=dag),
            Q(tot_en_met=None) | Q(tot_en_met__gte=dag),
            seizoen,
            Q(elke_weken=1) & elke_week | Q(elke_weken__gt=1, beurt=0),
            weekdagen__contains=[dag.weekday()],
            van__isnull=False,
            periode="",
            toelichting="",
        )

    def begins_on(self, dag: date) -> Self:
        """The blocks that certainly begin on this day, exceptions aside: `is_on` of tijden.py in SQL."""
        tijden = self.regular_on(dag)
        return tijden.filter(weekdagen__len=7, van=time(0), tot=time(0)) if is_feestdag(dag) else tijden


def _weken_tot(dag: date) -> models.Func:
    """How many weeks, Monday to Monday, lie between `vanaf` and a day."""
    eerste = Cast(TruncWeek("vanaf"), models.DateField())
    maandag = models.Value(monday_of(dag), models.DateField())
    return models.Func(
        maandag,
        eerste,
        template="((%(expressions)s) / 7)",
        arg_joiner=" - ",
        output_field=models.IntegerField(),
    )


class Openingstijd(models.Model):
    """When and where an offer can be reached: a block of hours on one or more weekdays, or a period in words.

    `tot` at or before `van` runs past midnight; 0:00 until 0:00 is the whole day.
    """

    uuid = models.UUIDField("uuid", default=uuid4, db_default=RandomUUID(), unique=True, editable=False)
    aanbod = models.ForeignKey(Aanbod, models.CASCADE, related_name="openingstijden")
    locatie = models.ForeignKey(
        Locatie, models.PROTECT, null=True, blank=True, related_name="openingstijden", verbose_name="waar"
    )
    weekdagen = ArrayField(
        models.PositiveSmallIntegerField(choices=Weekdag), default=list, blank=True, verbose_name="dagen"
    )
    van = models.TimeField("van", null=True, blank=True)
    tot = models.TimeField("tot", null=True, blank=True)
    weken_van_maand = ArrayField(
        models.SmallIntegerField(choices=WeekVanMaand),
        default=list,
        blank=True,
        verbose_name="welke weken van de maand",
        help_text="Leeg: elke week.",
    )
    elke_weken = models.PositiveSmallIntegerField("eens in de ... weken", default=1)
    # The first day it holds; with `elke_weken` above 1 also the week to count from.
    vanaf = models.DateField("vanaf", null=True, blank=True)
    tot_en_met = models.DateField("tot en met", null=True, blank=True)
    # A season that comes back every year: from the first day of one month to the last of another.
    seizoen_van = models.PositiveSmallIntegerField("van maand", null=True, blank=True, choices=Maand)
    seizoen_tot = models.PositiveSmallIntegerField("tot en met maand", null=True, blank=True, choices=Maand)
    periode = models.CharField("periode", max_length=80, blank=True, help_text="Zoals: maart en april.")
    toelichting = models.CharField("toelichting", max_length=160, blank=True)
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    objects = OpeningstijdQuerySet.as_manager()

    class Meta:
        verbose_name = "openingstijd"
        verbose_name_plural = "openingstijden"
        ordering = ["volgorde"]
        constraints = [
            models.CheckConstraint(
                condition=Q(van__isnull=True, tot__isnull=True) | Q(van__isnull=False, tot__isnull=False),
                name="kaart_openingstijd_van_en_tot",
                violation_error_message="Vul een begin- en een eindtijd in, of geen van beide.",
            ),
            models.CheckConstraint(
                condition=Q(weekdagen__contained_by=[0, 1, 2, 3, 4, 5, 6]),
                name="kaart_openingstijd_weekdagen",
            ),
            models.CheckConstraint(
                condition=Q(weken_van_maand__contained_by=[1, 2, 3, 4, 5, -1]),
                name="kaart_openingstijd_weken",
            ),
            models.CheckConstraint(
                condition=Q(elke_weken=1)
                | Q(elke_weken__range=(2, 8), vanaf__isnull=False, weken_van_maand=[]),
                name="kaart_openingstijd_om_de",
                violation_error_message="Vul de eerste dag in, en kies geen weken van de maand.",
            ),
            models.CheckConstraint(
                condition=Q(vanaf__isnull=True) | Q(tot_en_met__isnull=True) | Q(tot_en_met__gte=F("vanaf")),
                name="kaart_openingstijd_vanaf_tot",
                violation_error_message="De laatste dag ligt voor de eerste.",
            ),
            models.CheckConstraint(
                condition=Q(seizoen_van__isnull=True, seizoen_tot__isnull=True)
                | Q(seizoen_van__range=(1, 12), seizoen_tot__range=(1, 12)),
                name="kaart_openingstijd_seizoen",
                violation_error_message="Kies de eerste en de laatste maand, of geen van beide.",
            ),
            models.CheckConstraint(
                condition=~Q(weekdagen=[]) | ~Q(periode=""),
                name="kaart_openingstijd_wanneer",
                violation_error_message="Kies een dag, of schrijf een periode.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.aanbod}: {self.wanneer}"

    @property
    def wanneer(self) -> str:
        """The block in words, such as "maandag t/m vrijdag 9.00–12.00 uur, 1e van de maand"."""
        return beschrijf(self)


class VanOrganisatieOfAanbod(models.Model):
    """Something that holds for one offer, or for everything an organisation offers."""

    organisatie = models.ForeignKey(
        Organisatie, models.CASCADE, null=True, blank=True, related_name="%(class)s_set"
    )
    aanbod = models.ForeignKey(Aanbod, models.CASCADE, null=True, blank=True, related_name="%(class)s_set")
    van_dag = models.DateField("van")
    tot_dag = models.DateField("tot en met")

    class Meta:
        abstract = True
        ordering = ["van_dag", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisatie__isnull=True, aanbod__isnull=False)
                | Q(organisatie__isnull=False, aanbod__isnull=True),
                name="kaart_%(class)s_waarvan",
                violation_error_message="Kies een organisatie of een aanbod.",
            ),
            models.CheckConstraint(
                condition=Q(tot_dag__gte=F("van_dag")),
                name="kaart_%(class)s_dagen",
                violation_error_message="De laatste dag ligt voor de eerste.",
            ),
        ]


class UitzonderingQuerySet(models.QuerySet["Uitzondering"]):
    def between(self, vanaf: date, tot_en_met: date) -> Self:
        """Those that hold on at least one of these days."""
        return self.filter(van_dag__lte=tot_en_met, tot_dag__gte=vanaf)


class Uitzondering(VanOrganisatieOfAanbod):
    """Days on which the regular hours do not hold: closed, or other hours. Without `van` and `tot`: closed."""

    van = models.TimeField("van", null=True, blank=True)
    tot = models.TimeField("tot", null=True, blank=True)
    reden = models.CharField("waarom", max_length=160, blank=True, help_text="Zoals: zomervakantie.")

    objects = UitzonderingQuerySet.as_manager()

    class Meta(VanOrganisatieOfAanbod.Meta):
        verbose_name = "uitzondering"
        verbose_name_plural = "uitzonderingen"
        constraints = [
            *VanOrganisatieOfAanbod.Meta.constraints,
            models.CheckConstraint(
                condition=Q(van__isnull=True, tot__isnull=True) | Q(van__isnull=False, tot__isnull=False),
                name="kaart_uitzondering_van_en_tot",
                violation_error_message="Vul een begin- en een eindtijd in, of geen van beide.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisatie or self.aanbod}: {self.van_dag} tot en met {self.tot_dag}"

    @property
    def is_dicht(self) -> bool:
        return self.van is None


class Mededeling(VanOrganisatieOfAanbod):
    """A notice that is shown with an offer for a while."""

    tekst = models.CharField("mededeling", max_length=300)

    class Meta(VanOrganisatieOfAanbod.Meta):
        verbose_name = "mededeling"
        verbose_name_plural = "mededelingen"

    def __str__(self) -> str:
        return self.tekst
