"""Keeping the map right: what was checked, what is doubted, what others propose."""

import hashlib
import json
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.template.defaultfilters import date as datum
from django.utils import timezone

from balie.models import Medewerker
from sociale_kaart.models.aanbod import Aanbod
from sociale_kaart.models.groep import Groep
from sociale_kaart.models.organisatie import Organisatie


class ControleQuerySet(models.QuerySet["Controle"]):
    def latest_per_group(self) -> Self:
        """Of each group of each offer the check that counts."""
        return self.order_by("aanbod_id", "groep", "-op").distinct("aanbod_id", "groep")


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

    objects = ControleQuerySet.as_manager()

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


class ControleverzoekQuerySet(models.QuerySet["Controleverzoek"]):
    def valid(self, now: datetime) -> Self:
        """Of which the link still works."""
        return self.filter(geldig_tot__gt=now, organisatie__gearchiveerd_op=None)


class Controleverzoek(models.Model):
    """The mail "is this still right?" to an organisation, with a link that needs no account."""

    organisatie = models.ForeignKey(Organisatie, models.CASCADE, related_name="controleverzoeken")
    email = models.EmailField("verstuurd aan")
    token_hash = models.CharField("hash van de link", max_length=64, unique=True)
    gemaakt_op = models.DateTimeField("gemaakt op", default=timezone.now)
    verstuurd_op = models.DateTimeField("verstuurd op", null=True, blank=True)
    geldig_tot = models.DateTimeField("geldig tot")
    beantwoord_op = models.DateTimeField("beantwoord op", null=True, blank=True)

    objects = ControleverzoekQuerySet.as_manager()

    class Meta:
        verbose_name = "controleverzoek"
        verbose_name_plural = "controleverzoeken"
        ordering = ["-gemaakt_op"]

    def __str__(self) -> str:
        return f"{self.organisatie}, {self.gemaakt_op:%d-%m-%Y}"


class MeldingQuerySet(models.QuerySet["Melding"]):
    def open(self) -> Self:
        """At which no coordinator has looked yet."""
        return self.filter(afgehandeld_op=None)


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

    TWIJFELS = {
        "": "er klopt misschien iets niet. Bel eerst.",
        Groep.TIJDEN: "de tijden kloppen misschien niet. Bel eerst.",
        Groep.CONTACT: "het nummer of de contactpersoon klopt misschien niet. Zoek het eerst na.",
        Groep.VOORWAARDEN: "voor wie het is of wat het kost klopt misschien niet. Bel eerst.",
    }

    objects = MeldingQuerySet.as_manager()

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

    @property
    def waarschuwing(self) -> str:
        """For a result row: "Gemeld op 3 maart: dit bestaat misschien niet meer. Bel eerst." """
        gemeld = datum(timezone.localtime(self.gemeld_op), "j F")
        if self.soort == self.Soort.BESTAAT_NIET:
            return f"Gemeld op {gemeld}: dit bestaat misschien niet meer. Bel eerst."
        return f"Gemeld op {gemeld}: {self.TWIJFELS[self.groep]}"


class VoorstelQuerySet(models.QuerySet["Voorstel"]):
    def open(self) -> Self:
        """Of which a coordinator has to decide something yet."""
        return self.filter(behandeld_op=None)


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

    objects = VoorstelQuerySet.as_manager()

    class Meta:
        verbose_name = "voorstel"
        verbose_name_plural = "voorstellen"
        ordering = ["ingediend_op"]

    def __str__(self) -> str:
        return f"{self.aanbod or self.organisatie}, {self.ingediend_op:%d-%m-%Y}"

    @property
    def versie(self) -> str:
        """Of what it proposes: whoever decides must have seen exactly this."""
        tekst = json.dumps(self.velden, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(tekst.encode()).hexdigest()[:16]
