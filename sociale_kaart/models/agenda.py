"""Events out of the calendars of others."""

from datetime import date, datetime, time, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from balie.models import Kern
from sociale_kaart.models.organisatie import Organisatie


class AgendabronQuerySet(models.QuerySet["Agendabron"]):
    def for_list(self, nu: datetime) -> Self:
        """With organisation and village, and in `komend` how many events are still to come."""
        komend = models.Count("punten", filter=Q(punten__eind__gte=nu))
        return (
            self.select_related("organisatie", "kern")
            .annotate(komend=komend)
            .order_by("organisatie__sorteernaam", "pk")
        )


class Agendabron(models.Model):
    """An iCalendar feed of a partner, fetched every day."""

    organisatie = models.ForeignKey(Organisatie, models.CASCADE, related_name="agendabronnen")
    kern = models.ForeignKey(Kern, models.SET_NULL, null=True, blank=True, verbose_name="waar")
    url = models.URLField("adres van de agenda", max_length=300)
    gelukt_op = models.DateTimeField("laatst gelukt", null=True, blank=True, editable=False)
    geprobeerd_op = models.DateTimeField("laatst geprobeerd", null=True, blank=True, editable=False)
    fout = models.CharField("wat er misging", max_length=200, blank=True, editable=False)

    objects = AgendabronQuerySet.as_manager()

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


class AgendapuntQuerySet(models.QuerySet["Agendapunt"]):
    def in_kern(self, kern: Kern) -> Self:
        """In this village, or in none in particular."""
        return self.filter(Q(kern=kern) | Q(kern=None))

    def between(self, vanaf: date, tot_en_met: date) -> Self:
        """What is on at some time from the first of these days until the end of the last."""
        begin, eind = _midnight(vanaf), _midnight(tot_en_met + timedelta(days=1))
        return self.filter(Q(eind__gt=begin) | Q(begin__gte=begin), begin__lt=eind)


def _midnight(dag: date) -> datetime:
    return timezone.make_aware(datetime.combine(dag, time(0)), timezone.get_default_timezone())


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

    objects = AgendapuntQuerySet.as_manager()

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

    def is_on(self, dag: date) -> bool:
        """Whether some of it is on this calendar day; what ends at midnight is not on the day after."""
        begin, eind = _midnight(dag), _midnight(dag + timedelta(days=1))
        return self.begin < eind and (self.eind > begin or self.begin >= begin)
