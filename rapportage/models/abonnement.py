"""The monthly mail: who wants it, and what was sent."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from balie.models import Medewerker


class Abonnement(models.Model):
    """Somebody who wants the monthly mail. `kenmerk` makes the link to stop: a new one for who starts again."""

    medewerker = models.OneToOneField(Medewerker, models.CASCADE, related_name="samenvatting")
    kenmerk = models.UUIDField("kenmerk", default=uuid.uuid4, unique=True, editable=False)
    sinds = models.DateTimeField("sinds", default=timezone.now)

    class Meta:
        verbose_name = "abonnement"
        verbose_name_plural = "abonnementen"

    def __str__(self) -> str:
        return str(self.medewerker)


class Samenvatting(models.Model):
    """One monthly mail to one subscriber, so that a worker that starts twice sends it once."""

    abonnement = models.ForeignKey(Abonnement, models.CASCADE, related_name="samenvattingen")
    maand = models.DateField("maand", help_text="De eerste dag van de maand waarin de mail gaat.")
    verzonden_op = models.DateTimeField("verzonden op", null=True, blank=True)

    class Meta:
        verbose_name = "samenvatting"
        verbose_name_plural = "samenvattingen"
        constraints = [
            models.UniqueConstraint(fields=["abonnement", "maand"], name="rapportage_samenvatting_uniek"),
            models.CheckConstraint(condition=Q(maand__day=1), name="rapportage_samenvatting_maand"),
        ]

    def __str__(self) -> str:
        return f"{self.abonnement}, {self.maand:%m-%Y}"
