"""Keeping the map right: what was checked, what is doubted, what others propose."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from balie.models import Medewerker
from sociale_kaart.models.aanbod import Aanbod
from sociale_kaart.models.organisatie import Organisatie


class Groep(models.TextChoices):
    """Fields that go out of date together."""

    TIJDEN = "tijden", "tijden en plekken"
    CONTACT = "contact", "contactpersonen en nummers"
    VOORWAARDEN = "voorwaarden", "voor wie en wat het kost"


class Controle(models.Model):
    """Somebody said that a group of fields of an offer is right. The latest one counts; none is ever changed."""

    class Door(models.TextChoices):
        PARTNER = "partner", "de organisatie"
        COORDINATOR = "coordinator", "de coördinator"
        BALIE = "balie", "het infopunt"

    aanbod = models.ForeignKey(Aanbod, models.CASCADE, related_name="controles")
    groep = models.CharField("wat", max_length=12, choices=Groep)
    op = models.DateTimeField("op", default=timezone.now)
    door = models.CharField("door", max_length=12, choices=Door)

    class Meta:
        verbose_name = "controle"
        verbose_name_plural = "controles"
        ordering = ["-op"]
        indexes = [models.Index(fields=["aanbod", "groep", "-op"], name="kaart_controle_laatste")]
        constraints = [
            models.CheckConstraint(condition=Q(groep__in=Groep.values), name="kaart_controle_groep"),
            models.CheckConstraint(
                condition=Q(door__in=["partner", "coordinator", "balie"]), name="kaart_controle_door"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.aanbod}: {self.get_groep_display()}"


class Controleverzoek(models.Model):
    """The mail "is this still right?" to an organisation, with a link that needs no account."""

    organisatie = models.ForeignKey(Organisatie, models.CASCADE, related_name="controleverzoeken")
    email = models.EmailField("verstuurd aan")
    token_hash = models.CharField("hash van de link", max_length=64, unique=True)
    gemaakt_op = models.DateTimeField("gemaakt op", default=timezone.now)
    verstuurd_op = models.DateTimeField("verstuurd op", null=True, blank=True)
    geldig_tot = models.DateTimeField("geldig tot")
    beantwoord_op = models.DateTimeField("beantwoord op", null=True, blank=True)

    class Meta:
        verbose_name = "controleverzoek"
        verbose_name_plural = "controleverzoeken"
        ordering = ["-gemaakt_op"]

    def __str__(self) -> str:
        return f"{self.organisatie}, {self.gemaakt_op:%d-%m-%Y}"


class Melding(models.Model):
    """Somebody doubts an entry: it shows in search at once, until a coordinator has looked."""

    class Soort(models.TextChoices):
        KLOPT_NIET = "klopt_niet", "klopt niet"
        BESTAAT_NIET = "bestaat_niet", "bestaat niet meer"

    class Bron(models.TextChoices):
        BALIE = "balie", "iemand aan de balie"
        VERWIJZING = "verwijzing", "een doorverwijzing die niet lukte"
        CONTROLE = "controle", "de organisatie zelf"

    aanbod = models.ForeignKey(Aanbod, models.CASCADE, related_name="meldingen")
    soort = models.CharField("wat is er", max_length=12, choices=Soort)
    groep = models.CharField("wat klopt niet", max_length=12, choices=Groep, blank=True)
    bron = models.CharField("gemeld door", max_length=12, choices=Bron)
    toelichting = models.CharField("toelichting", max_length=300, blank=True)
    gemeld_op = models.DateTimeField("gemeld op", default=timezone.now)
    afgehandeld_op = models.DateTimeField("afgehandeld op", null=True, blank=True)

    class Meta:
        verbose_name = "melding"
        verbose_name_plural = "meldingen"
        ordering = ["gemeld_op"]
        indexes = [
            models.Index(
                fields=["aanbod"], condition=Q(afgehandeld_op__isnull=True), name="kaart_melding_open"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(soort__in=["klopt_niet", "bestaat_niet"]), name="kaart_melding_soort"
            ),
            models.CheckConstraint(condition=Q(groep__in=["", *Groep.values]), name="kaart_melding_groep"),
            models.CheckConstraint(
                condition=Q(bron__in=["balie", "verwijzing", "controle"]), name="kaart_melding_bron"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.aanbod}: {self.get_soort_display()}"


class Voorstel(models.Model):
    """What a partner wants changed: `was` and `wordt` per field, for a coordinator to approve one by one.

    `velden` maps a field of the offer (without one: of the organisation) to {"was": ..., "wordt": ...,
    "besluit": null, true or false}.
    """

    organisatie = models.ForeignKey(Organisatie, models.CASCADE, related_name="voorstellen")
    aanbod = models.ForeignKey(Aanbod, models.CASCADE, null=True, blank=True, related_name="voorstellen")
    velden = models.JSONField("wijzigingen", default=dict)
    # Nobody when it came through the link in a mail.
    ingediend_door = models.ForeignKey(
        Medewerker, models.SET_NULL, null=True, blank=True, related_name="voorstellen"
    )
    ingediend_op = models.DateTimeField("ingediend op", default=timezone.now)
    behandeld_door = models.ForeignKey(
        Medewerker, models.SET_NULL, null=True, blank=True, related_name="behandelde_voorstellen"
    )
    behandeld_op = models.DateTimeField("behandeld op", null=True, blank=True)

    class Meta:
        verbose_name = "voorstel"
        verbose_name_plural = "voorstellen"
        ordering = ["ingediend_op"]

    def __str__(self) -> str:
        return f"{self.aanbod or self.organisatie}, {self.ingediend_op:%d-%m-%Y}"
