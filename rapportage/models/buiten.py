"""Figures for outsiders: the links that lead to them, and the figures as they are published."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Mod
from django.utils import timezone

from balie.models import Infopunt, Medewerker
from rapportage.kwartalen import code_of, number_of, title_of
from rapportage.onderdrukking import BUITEN, VERBORGEN


class BuitenlinkQuerySet(models.QuerySet["Buitenlink"]):
    def open(self, dag: date) -> Self:
        return self.filter(ingetrokken_op=None, geldig_tot__gte=dag)


class Buitenlink(models.Model):
    """A key to the figures for outsiders, such as the steering group. Only the hash of the key is kept."""

    naam = models.CharField("voor wie", max_length=60)
    token_hash = models.CharField("hash van de sleutel", max_length=64, unique=True)
    geldig_tot = models.DateField("werkt tot en met")
    gemaakt_op = models.DateTimeField("gemaakt op", default=timezone.now)
    gemaakt_door = models.ForeignKey(
        Medewerker, models.SET_NULL, null=True, blank=True, related_name="buitenlinks"
    )
    ingetrokken_op = models.DateTimeField("ingetrokken op", null=True, blank=True)
    laatst_geopend_op = models.DateTimeField("laatst bekeken op", null=True, blank=True)

    objects = BuitenlinkQuerySet.as_manager()

    class Meta:
        verbose_name = "link voor anderen"
        verbose_name_plural = "links voor anderen"
        ordering = ["ingetrokken_op", "-geldig_tot", "naam"]
        constraints = [
            models.UniqueConstraint(
                fields=["naam"],
                condition=Q(ingetrokken_op=None),
                name="rapportage_buitenlink_naam_uniek",
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def is_verlopen(self) -> bool:
        return self.geldig_tot < timezone.localdate()

    @property
    def is_open(self) -> bool:
        return self.ingetrokken_op is None and not self.is_verlopen


class Publicatie(models.Model):
    """A quarter whose figures may be seen outside. Made once: who looks again later learns nothing from changes."""

    kwartaal = models.DateField("kwartaal", primary_key=True, help_text="De eerste dag ervan.")
    gemaakt_op = models.DateTimeField("gemaakt op", default=timezone.now)

    class Meta:
        verbose_name = "publicatie"
        verbose_name_plural = "publicaties"
        ordering = ["-kwartaal"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kwartaal__day=1, kwartaal__month__in=[1, 4, 7, 10]),
                name="rapportage_publicatie_kwartaal",
            ),
        ]

    def __str__(self) -> str:
        return title_of(self.kwartaal)

    @property
    def nummer(self) -> int:
        return number_of(self.kwartaal)

    @property
    def code(self) -> str:
        """As it stands in addresses and in open data."""
        return code_of(self.kwartaal)


class Buitencijfer(models.Model):
    """One figure as outsiders may see it. What is hidden is not here at all, so no page can give it away.

    Without `infopunt` it is about all desks together. `sleutel` is what is counted (an id, or a value of a list),
    `naam` what that was called when the quarter was published.
    """

    class Onderdeel(models.TextChoices):
        VRAGEN = "vragen", "Vragen"
        ONDERWERP = "onderwerp", "Waarover"
        WIJZE = "wijze", "Hoe geholpen"
        REDEN = "reden", "Waarom niet geholpen"
        ORGANISATIE = "organisatie", "Naar wie verwezen"
        AFLOOP = "afloop", "Hoe warme verwijzingen afliepen"
        LEEFTIJD = "leeftijd", "Leeftijd"
        GESLACHT = "geslacht", "Geslacht"

    class Stand(models.TextChoices):
        GETAL = "getal", "getal"
        MINDER = "minder", BUITEN.minder
        VERBORGEN = "verborgen", VERBORGEN

    publicatie = models.ForeignKey(Publicatie, models.CASCADE, related_name="cijfers")
    onderdeel = models.CharField("onderdeel", max_length=12, choices=Onderdeel)
    infopunt = models.ForeignKey(
        Infopunt, models.CASCADE, null=True, blank=True, related_name="buitencijfers", verbose_name="infopunt"
    )
    sleutel = models.CharField("wat", max_length=20, blank=True)
    naam = models.CharField("hoe dat heet", max_length=200, blank=True)
    stand = models.CharField("stand", max_length=10, choices=Stand)
    aantal = models.PositiveIntegerField("aantal", null=True, blank=True)

    class Meta:
        verbose_name = "cijfer voor anderen"
        verbose_name_plural = "cijfers voor anderen"
        ordering = ["publicatie_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["publicatie", "onderdeel", "infopunt", "sleutel"],
                name="rapportage_buitencijfer_uniek",
                nulls_distinct=False,
            ),
            # The strict rule (onderdrukking.BUITEN), once more where nothing gets past it.
            models.CheckConstraint(
                condition=Q(stand="getal", aantal__gte=BUITEN.drempel) | ~Q(stand="getal") & Q(aantal=None),
                name="rapportage_buitencijfer_niet_klein",
            ),
            models.CheckConstraint(
                condition=Q(aantal=None) | Q(aantal=F("aantal") - Mod("aantal", BUITEN.afronding)),
                name="rapportage_buitencijfer_afgerond",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_onderdeel_display()} {self.naam}: {self.tekst}"

    @property
    def tekst(self) -> str:
        return str(self.aantal) if self.stand == self.Stand.GETAL else self.get_stand_display()


class OpenData(models.Model):
    """Whether the published figures are open to everybody, and under which licence. One row."""

    id = models.PositiveSmallIntegerField("id", primary_key=True, default=1, editable=False)
    aan = models.BooleanField("Iedereen mag de cijfers zien", default=False)
    licentie = models.CharField("licentie", max_length=80, default="Creative Commons Naamsvermelding 4.0")
    licentie_adres = models.URLField(
        "adres van de licentie", default="https://creativecommons.org/licenses/by/4.0/deed.nl"
    )

    class Meta:
        verbose_name = "open data"
        verbose_name_plural = "open data"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="rapportage_opendata_een_rij")]

    def __str__(self) -> str:
        return "aan" if self.aan else "uit"
