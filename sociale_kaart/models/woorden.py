"""The words of the map, and what the search learns: words only, counted, never a query."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from sociale_kaart.models.aanbod import Aanbod


class Kaartwoord(models.Model):
    """A word that stands on the map: kept by indexeren.py along with the index, to mend typing mistakes by.

    `versie` rises with every change, so that a process reads only what is new to it.
    """

    stam = models.CharField("stam", max_length=80, unique=True)
    woord = models.CharField("zoals het er staat", max_length=80)
    aantal = models.IntegerField("in hoeveel aanbod", default=0)
    versie = models.BigIntegerField("versie", db_index=True)

    class Meta:
        verbose_name = "woord van de kaart"
        verbose_name_plural = "woorden van de kaart"
        ordering = ["woord"]

    def __str__(self) -> str:
        return self.woord


class Zoekwoord(models.Model):
    """What a visitor says (`woord`) and what the map calls it (`vakwoord`); added by a coordinator."""

    woord = models.CharField("wat mensen zeggen", max_length=80)
    vakwoord = models.CharField("hoe de kaart het noemt", max_length=80)
    gemaakt_op = models.DateTimeField("gemaakt op", default=timezone.now)

    class Meta:
        verbose_name = "zoekwoord"
        verbose_name_plural = "zoekwoorden"
        ordering = ["woord", "vakwoord"]
        constraints = [
            models.UniqueConstraint(
                fields=["woord", "vakwoord"],
                name="kaart_zoekwoord_uniek",
                violation_error_message="Dit zoekwoord staat er al.",
            ),
            models.CheckConstraint(
                condition=~Q(woord="") & ~Q(vakwoord=""),
                name="kaart_zoekwoord_niet_leeg",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.woord} → {self.vakwoord}"


class GemistWoord(models.Model):
    """A word that was searched without result. Nothing says when, by whom or with which other words."""

    woord = models.CharField("woord", max_length=40, unique=True)
    aantal = models.PositiveIntegerField("aantal", default=1)
    # The month, not the day: enough to forget what is old.
    maand = models.DateField("laatste maand")
    afgedaan = models.BooleanField("niet meer laten zien", default=False)

    class Meta:
        verbose_name = "gemist woord"
        verbose_name_plural = "gemiste woorden"
        ordering = ["-aantal", "woord"]
        constraints = [
            models.CheckConstraint(condition=Q(maand__day=1), name="kaart_gemistwoord_maand"),
        ]

    def __str__(self) -> str:
        return self.woord


class Woordkeuze(models.Model):
    """How often an offer was chosen to refer to after a search with this word."""

    woord = models.CharField("woord", max_length=40)
    aanbod = models.ForeignKey(Aanbod, models.CASCADE, related_name="woordkeuzes")
    aantal = models.PositiveIntegerField("aantal", default=1)
    maand = models.DateField("laatste maand")

    class Meta:
        verbose_name = "gekozen na zoeken"
        verbose_name_plural = "gekozen na zoeken"
        ordering = ["-aantal", "woord"]
        constraints = [
            models.UniqueConstraint(fields=["woord", "aanbod"], name="kaart_woordkeuze_uniek"),
            models.CheckConstraint(condition=Q(maand__day=1), name="kaart_woordkeuze_maand"),
        ]

    def __str__(self) -> str:
        return f"{self.woord}: {self.aanbod}"
