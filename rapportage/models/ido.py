"""The form of the national library: its lines, and what our topics count as."""

from typing import Self

from django.db import models
from django.db.models import Q

from sociale_kaart.models import Onderwerp


class IdoCategorieQuerySet(models.QuerySet["IdoCategorie"]):
    def current(self) -> Self:
        return self.filter(vervallen=False)


class IdoCategorie(models.Model):
    """A line of the form in which libraries report their questions to the national library."""

    class Groep(models.TextChoices):
        """The parts of that form since 2024."""

        OVERHEID = "overheid", "Digitale overheid"
        BIBLIOTHEEK = "bibliotheek", "Bibliotheek"
        ANDERS = "anders", "Andere vragen"

    naam = models.CharField("naam", max_length=80)
    groep = models.CharField("deel van het formulier", max_length=12, choices=Groep, default=Groep.OVERHEID)
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)
    # A form changes: what it no longer asks stays for the topics that still have to move.
    vervallen = models.BooleanField("staat niet meer op het formulier", default=False)

    objects = IdoCategorieQuerySet.as_manager()

    class Meta:
        verbose_name = "IDO-categorie"
        verbose_name_plural = "IDO-categorieën"
        ordering = ["volgorde", "naam"]
        constraints = [
            models.UniqueConstraint(
                fields=["naam"],
                name="rapportage_idocategorie_naam_uniek",
                violation_error_message="Deze categorie staat er al.",
            ),
            models.CheckConstraint(
                condition=Q(groep__in=["overheid", "bibliotheek", "anders"]),
                name="rapportage_idocategorie_groep",
            ),
        ]

    def __str__(self) -> str:
        return self.naam


class IdoKoppeling(models.Model):
    """What a topic counts as on that form; without category it does not count. No row: not decided yet."""

    onderwerp = models.OneToOneField(
        Onderwerp, models.CASCADE, primary_key=True, related_name="ido_koppeling"
    )
    categorie = models.ForeignKey(
        IdoCategorie, models.CASCADE, null=True, blank=True, related_name="koppelingen"
    )

    class Meta:
        verbose_name = "IDO-koppeling"
        verbose_name_plural = "IDO-koppelingen"

    def __str__(self) -> str:
        return f"{self.onderwerp}: {self.categorie or 'telt niet mee'}"
