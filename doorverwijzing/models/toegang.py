"""What a visitor agreed to, what they entrusted to us, who looked, and by which link."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from balie.models import Medewerker
from doorverwijzing.models.doorverwijzing import Doorverwijzing
from doorverwijzing.models.stand import Door


class Toestemming(models.Model):
    """What the visitor agreed to: the text as shown, which details, how and when."""

    class Wijze(models.TextChoices):
        ZELF_GELEZEN = "zelf_gelezen", "Ja, zelf gelezen"
        VOORGELEZEN = "voorgelezen", "Ja, voorgelezen"
        OP_PAPIER = "op_papier", "Ja, op papier"
        VIA_PARTNER = "via_partner", "Ja, gezegd tegen de partner"

    doorverwijzing = models.OneToOneField(
        Doorverwijzing, models.CASCADE, primary_key=True, related_name="toestemming"
    )
    versie = models.CharField("versie van de tekst", max_length=20)
    tekst = models.TextField("tekst")
    velden = ArrayField(models.CharField(max_length=20), verbose_name="gegevens")
    wijze = models.CharField("hoe gegeven", max_length=20, choices=Wijze)
    gegeven_op = models.DateTimeField("gegeven op", default=timezone.now)

    class Meta:
        verbose_name = "toestemming"
        verbose_name_plural = "toestemmingen"
        constraints = [
            models.CheckConstraint(
                condition=Q(wijze__in=["zelf_gelezen", "voorgelezen", "op_papier", "via_partner"]),
                name="dv_toestemming_wijze",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.doorverwijzing}: {self.get_wijze_display()}"


class Contactgegevens(models.Model):
    """The visitor's details, encrypted. Only kluis.py reads or writes this table."""

    # Hangs on the consent, not on the referral: without consent there is nothing to hang on.
    toestemming = models.OneToOneField(
        Toestemming, models.CASCADE, primary_key=True, related_name="contactgegevens"
    )
    versleuteld = models.BinaryField("versleuteld")

    class Meta:
        verbose_name = "contactgegevens"
        verbose_name_plural = "contactgegevens"

    def __str__(self) -> str:
        return "contactgegevens"


class Inzage(models.Model):
    """Who opened contact details, when and why; append-only."""

    doorverwijzing = models.ForeignKey(Doorverwijzing, models.CASCADE, related_name="inzagen")
    door = models.CharField("door", max_length=20, choices=Door)
    medewerker = models.ForeignKey(Medewerker, models.PROTECT, null=True, blank=True, related_name="inzagen")
    reden = models.CharField("waarom", max_length=80)
    op = models.DateTimeField("wanneer", default=timezone.now)

    class Meta:
        verbose_name = "inzage"
        verbose_name_plural = "inzagen"
        ordering = ["op"]

    def __str__(self) -> str:
        return f"{self.get_door_display()}, {timezone.localtime(self.op):%d-%m-%Y %H:%M}"


class Partnerlink(models.Model):
    """A way in for the partner without an account. Only the hash of its token is kept."""

    doorverwijzing = models.ForeignKey(Doorverwijzing, models.CASCADE, related_name="links")
    token_hash = models.CharField("hash", max_length=64, unique=True)
    gemaakt_op = models.DateTimeField("gemaakt op", default=timezone.now)
    ingetrokken_op = models.DateTimeField("ingetrokken op", null=True, blank=True)
    # For organisations that want a code apart from the link: its hash, and how often a wrong one was typed.
    code_hash = models.CharField("hash van de code", max_length=64, blank=True)
    pogingen = models.PositiveSmallIntegerField("foute codes", default=0)

    class Meta:
        verbose_name = "partnerlink"
        verbose_name_plural = "partnerlinks"
        constraints = [
            models.UniqueConstraint(
                fields=["doorverwijzing"],
                condition=Q(ingetrokken_op__isnull=True),
                name="dv_partnerlink_een_geldig",
            ),
        ]

    def __str__(self) -> str:
        return f"link bij {self.doorverwijzing}"
