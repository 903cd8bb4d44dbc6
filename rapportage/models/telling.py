"""Running totals of the questions, kept by the database (migration 0001) and read by tellen.py.

Nothing here points at other tables: a foreign key would move along when organisations are merged, and what changes
in a question is told by its triggers already.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

DAGEN_IN_MAAND = 31
ALLE_ONDERWERPEN, ALLE_HERKOMSTEN = 0, ""  # no main topic has number 0, no source an empty name


class Maandstand(models.Model):
    """How many questions of a month have a value, of one desk; one row per selection that can be asked for.

    `lopend[d]` (from 1) is the number on the days up to and including the d-th, so any days of a month are one
    subtraction, and a whole month is the last. `onderwerp` is a main topic or ALLE_ONDERWERPEN, `herkomst` a
    source or ALLE_HERKOMSTEN. `facet` and `waarde` are those of rapportage.tellen.Facet.
    """

    pk = models.CompositePrimaryKey("maand", "infopunt", "onderwerp", "herkomst", "facet", "waarde")
    maand = models.DateField("maand", help_text="De eerste dag ervan.")
    infopunt = models.BigIntegerField("infopunt")
    onderwerp = models.BigIntegerField("hoofdonderwerp")
    herkomst = models.CharField("herkomst", max_length=10)
    facet = models.CharField("facet", max_length=15)
    waarde = models.CharField("waarde", max_length=40)
    lopend = ArrayField(models.IntegerField(), size=DAGEN_IN_MAAND, verbose_name="lopend totaal per dag")

    class Meta:
        verbose_name = "maandstand"
        verbose_name_plural = "maandstanden"

    def __str__(self) -> str:
        return f"{self.maand:%Y-%m}, {self.facet} {self.waarde}: {self.lopend[-1]}"


class Mutatie(models.Model):
    """A question that came (1) or went (-1) and is not in the month's totals yet. An edit is one of each.

    Lives until a worker takes it, a minute at most. `sinds` is rounded to the quarter like the question itself.
    """

    infopunt = models.BigIntegerField("infopunt")
    dag = models.DateField("dag")
    uur = models.SmallIntegerField("uur")
    hoofd = models.BigIntegerField("hoofdonderwerp")
    onderwerp = models.BigIntegerField("onderwerp")
    onderliggend = models.BigIntegerField("wat erachter zit", null=True)
    herkomst = models.CharField("herkomst", max_length=10)
    wijze = models.CharField("hoe geholpen", max_length=20)
    reden_niet = models.CharField("waarom niet", max_length=15)
    organisatie = models.BigIntegerField("naar wie", null=True)
    leeftijdsgroep = models.CharField("leeftijd", max_length=15)
    geslacht = models.CharField("geslacht", max_length=15)
    aantal = models.IntegerField("erbij of eraf")
    sinds = models.DateTimeField("sinds")

    class Meta:
        verbose_name = "mutatie"
        verbose_name_plural = "mutaties"

    def __str__(self) -> str:
        return f"{self.aantal:+d} op {self.dag}"
