"""What coordinators add to a report, and the large files that are made for them."""

from datetime import datetime, timedelta
from typing import Self
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from balie.models import Medewerker
from rapportage.kwartalen import name_of

BEWAARD = timedelta(days=7)
STIL = timedelta(minutes=5)  # without a sign of life something is wrong


class Verslag(models.Model):
    """The words of the coordinator in a progress report: one per period and choice of desks."""

    van = models.DateField("eerste dag")
    tot = models.DateField("laatste dag", help_text="Van de hele periode, ook als die nog loopt.")
    infopunten = ArrayField(
        models.BigIntegerField(), default=list, blank=True, help_text="Op volgorde; leeg is allemaal."
    )
    voorwoord = models.TextField("voorwoord", blank=True)
    vragen = models.TextField("bijzonderheden bij de vragen", blank=True)
    mensen = models.TextField("bijzonderheden bij wie er kwamen", blank=True)
    hulp = models.TextField("bijzonderheden bij hoe we hielpen", blank=True)
    vooruitblik = models.TextField("vooruitblik", blank=True)
    gewijzigd_op = models.DateTimeField("gewijzigd op", default=timezone.now)

    class Meta:
        verbose_name = "verslag"
        verbose_name_plural = "verslagen"
        constraints = [
            models.CheckConstraint(condition=Q(van__lte=F("tot")), name="rapportage_verslag_van_voor_tot"),
            models.UniqueConstraint(fields=["van", "tot", "infopunten"], name="rapportage_verslag_uniek"),
        ]

    def __str__(self) -> str:
        return f"verslag van {self.van} tot en met {self.tot}"


class UitvoerQuerySet(models.QuerySet["Uitvoer"]):
    def of(self, medewerker: Medewerker) -> Self:
        """Only who asked for a file may know of it."""
        return self.filter(gevraagd_door=medewerker)

    def open(self) -> Self:
        """Still to be made."""
        return self.filter(status__in=Uitvoer.OPEN)

    def kept(self, moment: datetime) -> Self:
        return self.filter(gemaakt_op__gt=moment - BEWAARD)

    def silent(self, moment: datetime) -> Self:
        """Still to be made, but nobody has worked on it for a while."""
        return self.open().filter(gemeld_op__lt=moment - STIL)


class Uitvoer(models.Model):
    """A file over several years that a worker makes, quarter by quarter, for whoever asked for it."""

    class Status(models.TextChoices):
        WACHT = "wacht", "wacht op de werker"
        BEZIG = "bezig", "wordt gemaakt"
        KLAAR = "klaar", "klaar"
        MISLUKT = "mislukt", "mislukt"
        GESTOPT = "gestopt", "gestopt"

    OPEN = ("wacht", "bezig")

    id = models.UUIDField("id", primary_key=True, default=uuid4, editable=False)
    gevraagd_door = models.ForeignKey(Medewerker, models.CASCADE, related_name="uitvoeren")
    eerste = models.DateField("eerste dag van het eerste kwartaal")
    laatste = models.DateField("eerste dag van het laatste kwartaal")
    status = models.CharField("stand", max_length=8, choices=Status, default=Status.WACHT)
    gedaan = models.PositiveSmallIntegerField("kwartalen klaar", default=0)
    totaal = models.PositiveSmallIntegerField("kwartalen")
    pogingen = models.PositiveSmallIntegerField("opnieuw opgepakt sinds het laatste kwartaal", default=0)
    fout = models.CharField("wat er misging", max_length=300, blank=True)
    inhoud = models.BinaryField("bestand", null=True, editable=False)
    gemaakt_op = models.DateTimeField("gevraagd op", default=timezone.now)
    gemeld_op = models.DateTimeField("laatste teken van leven", default=timezone.now)

    objects = UitvoerQuerySet.as_manager()

    class Meta:
        verbose_name = "uitvoer"
        verbose_name_plural = "uitvoeren"
        ordering = ["-gemaakt_op"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["wacht", "bezig", "klaar", "mislukt", "gestopt"]),
                name="rapportage_uitvoer_status",
            ),
            models.CheckConstraint(
                condition=Q(status="klaar", inhoud__isnull=False)
                | (~Q(status="klaar") & Q(inhoud__isnull=True)),
                name="rapportage_uitvoer_bestand_als_klaar",
            ),
            models.CheckConstraint(
                condition=Q(eerste__lte=F("laatste")), name="rapportage_uitvoer_eerste_voor_laatste"
            ),
            models.CheckConstraint(
                condition=Q(gedaan__lte=F("totaal")), name="rapportage_uitvoer_gedaan_hoogstens_totaal"
            ),
            models.UniqueConstraint(
                fields=["gevraagd_door", "eerste", "laatste"],
                condition=Q(status__in=["wacht", "bezig"]),
                name="rapportage_uitvoer_een_tegelijk",
            ),
        ]

    def __str__(self) -> str:
        return self.namen

    @property
    def namen(self) -> str:
        """Which quarters, in words."""
        if self.eerste == self.laatste:
            return name_of(self.eerste)
        return f"{name_of(self.eerste)} tot en met {name_of(self.laatste)}"

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN

    @property
    def is_stil(self) -> bool:
        """Nobody has worked on it for a while."""
        return self.is_open and self.gemeld_op < timezone.now() - STIL

    @property
    def vervalt_op(self) -> datetime:
        return self.gemaakt_op + BEWAARD


class UitvoerDeel(models.Model):
    """One quarter of a file in the making; gone when the file is there."""

    uitvoer = models.ForeignKey(Uitvoer, models.CASCADE, related_name="delen")
    kwartaal = models.DateField("eerste dag van het kwartaal")
    rijen = models.JSONField("rijen")

    class Meta:
        verbose_name = "deel van een uitvoer"
        verbose_name_plural = "delen van uitvoeren"
        ordering = ["kwartaal"]
        constraints = [
            models.UniqueConstraint(fields=["uitvoer", "kwartaal"], name="rapportage_uitvoerdeel_uniek")
        ]

    def __str__(self) -> str:
        return f"{self.kwartaal}"
