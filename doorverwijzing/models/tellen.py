"""What is only counted: cards without a referral, and smileys."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from balie.models import Infopunt
from sociale_kaart.models import Aanbod, Organisatie


class KoudeVerwijzing(models.Model):
    """A visitor went home with a partner's details on a card and nothing was passed on. Only counted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    infopunt = models.ForeignKey(Infopunt, models.PROTECT, related_name="koude_verwijzingen")
    organisatie = models.ForeignKey(Organisatie, models.PROTECT, related_name="koude_verwijzingen")
    aanbod = models.ForeignKey(
        Aanbod, models.SET_NULL, null=True, blank=True, related_name="koude_verwijzingen"
    )
    dag = models.DateField("dag", default=timezone.localdate)

    class Meta:
        verbose_name = "koude verwijzing"
        verbose_name_plural = "koude verwijzingen"
        indexes = [models.Index(fields=["infopunt", "dag"], name="dv_koud_infopunt_dag")]

    def __str__(self) -> str:
        return f"{self.organisatie}, {self.dag:%d-%m-%Y}"


class Waardering(models.Model):
    """A smiley, and perhaps a few words that passed the privacy guard. It hangs on a desk and a day, on no referral."""

    class Smiley(models.IntegerChoices):
        BLIJ = 3, "Blij"
        GAAT_WEL = 2, "Gaat wel"
        NIET_BLIJ = 1, "Niet blij"

    class Bron(models.TextChoices):
        TABLET = "tablet", "tablet bij het infopunt"
        KAARTJE = "kaartje", "code op het kaartje"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    infopunt = models.ForeignKey(Infopunt, models.PROTECT, related_name="waarderingen")
    dag = models.DateField("dag", default=timezone.localdate)
    smiley = models.PositiveSmallIntegerField("smiley", choices=Smiley)
    tekst = models.CharField("toelichting", max_length=300, blank=True)
    bron = models.CharField("via", max_length=10, choices=Bron)

    class Meta:
        verbose_name = "waardering"
        verbose_name_plural = "waarderingen"
        indexes = [models.Index(fields=["infopunt", "dag"], name="dv_waardering_infopunt_dag")]
        constraints = [
            models.CheckConstraint(condition=Q(smiley__in=[1, 2, 3]), name="dv_waardering_smiley"),
            models.CheckConstraint(condition=Q(bron__in=["tablet", "kaartje"]), name="dv_waardering_bron"),
        ]

    def __str__(self) -> str:
        return f"{self.get_smiley_display()}, {self.dag:%d-%m-%Y}"
