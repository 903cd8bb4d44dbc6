"""What a visitor agreed to, what they entrusted to us, and the link by which a partner reads it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from doorverwijzing.models.doorverwijzing import Doorverwijzing

HOOGSTENS_FOUT = 5  # wrong codes before a link is dead


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


class Partnerlink(models.Model):
    """A way in for the partner without an account. Only the hash of its token is kept."""

    doorverwijzing = models.ForeignKey(Doorverwijzing, models.CASCADE, related_name="links")
    token_hash = models.CharField("hash", max_length=64, unique=True)
    gemaakt_op = models.DateTimeField("gemaakt op", default=timezone.now)
    ingetrokken_op = models.DateTimeField("ingetrokken op", null=True, blank=True)
    # In the Message-ID of its mail, so that one that comes back is known; says nothing about the token.
    bericht = models.UUIDField("bericht", unique=True, null=True, blank=True, editable=False)
    # With organisations that want a code apart from the link: how often a wrong one was typed.
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

    @property
    def keren_over(self) -> int:
        """How often a code may still be tried."""
        return max(HOOGSTENS_FOUT - self.pogingen, 0)

    @property
    def is_locked(self) -> bool:
        """Too many wrong codes; for good, only another mail helps."""
        return self.keren_over == 0
