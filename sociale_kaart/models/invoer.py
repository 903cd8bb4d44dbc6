"""Files that come in: looked at first, written when somebody says so."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from balie.models import Medewerker


class Invoer(models.Model):
    """One file on its way into the map. `verslag` tells per row what happens to it."""

    class Soort(models.TextChoices):
        KAART = "kaart", "sociale kaart (JSON)"
        HSDS_JSON = "hsds_json", "Open Referral (JSON)"
        HSDS_CSV = "hsds_csv", "Open Referral (zip met CSV)"
        TABEL = "tabel", "tabel (CSV of Excel)"

    class Status(models.TextChoices):
        KOLOMMEN = "kolommen", "wacht op de kolommen"
        LEZEN = "lezen", "wordt gelezen"
        VOORBEELD = "voorbeeld", "klaar om te bekijken"
        SCHRIJVEN = "schrijven", "wordt verwerkt"
        KLAAR = "klaar", "verwerkt"
        MISLUKT = "mislukt", "mislukt"

    id = models.UUIDField("id", primary_key=True, default=uuid4, editable=False)
    soort = models.CharField("soort", max_length=12, choices=Soort)
    status = models.CharField("stand", max_length=12, choices=Status, default=Status.LEZEN)
    bestandsnaam = models.CharField("bestandsnaam", max_length=200)
    # Emptied once it is written: the map itself is what stays.
    inhoud = models.BinaryField("inhoud", null=True, editable=False)
    # Keeps ids of two sources apart; part of `extern_id`.
    bron = models.CharField("bron", max_length=40, blank=True)
    kolommen = models.JSONField("kolommen", default=dict, blank=True)
    gedaan = models.PositiveIntegerField("gedaan", default=0)
    totaal = models.PositiveIntegerField("totaal", default=0)
    verslag = models.JSONField("verslag", default=dict, blank=True)
    fout = models.CharField("wat er misging", max_length=300, blank=True)
    gemaakt_op = models.DateTimeField("gemaakt op", default=timezone.now)
    gemaakt_door = models.ForeignKey(
        Medewerker, models.SET_NULL, null=True, blank=True, related_name="invoeren"
    )
    verwerkt_op = models.DateTimeField("verwerkt op", null=True, blank=True)

    class Meta:
        verbose_name = "invoer"
        verbose_name_plural = "invoeren"
        ordering = ["-gemaakt_op"]
        constraints = [
            models.CheckConstraint(
                condition=Q(soort__in=["kaart", "hsds_json", "hsds_csv", "tabel"]), name="kaart_invoer_soort"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["kolommen", "lezen", "voorbeeld", "schrijven", "klaar", "mislukt"]),
                name="kaart_invoer_status",
            ),
        ]

    def __str__(self) -> str:
        return self.bestandsnaam
