"""Events out of the calendars of others."""

from django.db import models
from django.db.models import F, Q

from balie.models import Kern
from sociale_kaart.models.organisatie import Organisatie


class Agendabron(models.Model):
    """An iCalendar feed of a partner, fetched every day."""

    organisatie = models.ForeignKey(Organisatie, models.CASCADE, related_name="agendabronnen")
    kern = models.ForeignKey(Kern, models.SET_NULL, null=True, blank=True, verbose_name="waar")
    url = models.URLField("adres van de agenda", max_length=300)
    gelukt_op = models.DateTimeField("laatst gelukt", null=True, blank=True, editable=False)
    geprobeerd_op = models.DateTimeField("laatst geprobeerd", null=True, blank=True, editable=False)
    fout = models.CharField("wat er misging", max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = "agenda van een partner"
        verbose_name_plural = "agenda's van partners"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisatie", "url"],
                name="kaart_agendabron_uniek",
                violation_error_message="Deze agenda staat er al bij.",
            ),
        ]

    def __str__(self) -> str:
        return self.url


class Agendapunt(models.Model):
    """One time that something in such a calendar is on; repeats are written out some months ahead."""

    bron = models.ForeignKey(Agendabron, models.CASCADE, related_name="punten")
    uid = models.CharField("uid", max_length=255)
    begin = models.DateTimeField("begin")
    eind = models.DateTimeField("eind")
    hele_dag = models.BooleanField("hele dag", default=False)
    titel = models.CharField("titel", max_length=200)
    omschrijving = models.TextField("omschrijving", blank=True)
    plek = models.CharField("plek", max_length=200, blank=True)
    kern = models.ForeignKey(Kern, models.SET_NULL, null=True, blank=True, related_name="agendapunten")

    class Meta:
        verbose_name = "agendapunt"
        verbose_name_plural = "agendapunten"
        ordering = ["begin", "titel"]
        indexes = [models.Index(fields=["begin"], name="kaart_agendapunt_begin")]
        constraints = [
            models.UniqueConstraint(fields=["bron", "uid", "begin"], name="kaart_agendapunt_uniek"),
            models.CheckConstraint(condition=Q(eind__gte=F("begin")), name="kaart_agendapunt_duur"),
        ]

    def __str__(self) -> str:
        return self.titel
