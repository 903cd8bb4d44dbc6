"""Who helps: organisations, their people, and where they are."""

from typing import Self
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from balie.models import Kern, Medewerker
from infopunt.sorteren import Sorteersleutel
from sociale_kaart.models.taal import Taal


class OrganisatieQuerySet(models.QuerySet["Organisatie"]):
    def current(self) -> Self:
        """Those not in the archive."""
        return self.filter(gearchiveerd_op=None)

    def named(self, tekst: str) -> Self:
        """With this in one of its names; all when nothing was asked."""
        return self.filter(Q(naam__icontains=tekst) | Q(andere_namen__icontains=tekst)) if tekst else self

    def with_aantal(self) -> Self:
        """With `aantal`: how many offers of it are on the map."""
        return self.annotate(aantal=models.Count("aanbod", filter=Q(aanbod__gearchiveerd_op=None))).order_by(
            "sorteernaam"
        )

    def with_address(self) -> Self:
        """Whom we can mail to ask whether all is still right."""
        return self.exclude(email="", controle_email="")

    def without_address(self) -> Self:
        """Whom we can not."""
        return self.filter(email="", controle_email="")


class Organisatie(models.Model):
    """A partner or another organisation that people can be sent to."""

    naam = models.CharField("naam", max_length=160, unique=True)
    sorteernaam = models.GeneratedField(
        expression=Sorteersleutel(F("naam")), output_field=models.CharField(max_length=160), db_persist=True
    )
    uuid = models.UUIDField("uuid", default=uuid4, db_default=RandomUUID(), unique=True, editable=False)
    extern_id = models.CharField("extern id", max_length=120, unique=True, null=True, blank=True)
    andere_namen = models.CharField(
        "ook bekend als",
        max_length=200,
        blank=True,
        help_text="Afkortingen en oude namen, met komma's ertussen.",
    )
    omschrijving = models.TextField("omschrijving", blank=True)
    telefoon = models.CharField("telefoon", max_length=40, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    website = models.URLField("website", blank=True)
    belofte_werkdagen = models.PositiveSmallIntegerField(
        "belt binnen (werkdagen)",
        null=True,
        blank=True,
        help_text="Wat deze organisatie belooft na een warme doorverwijzing.",
    )
    vraagt_code = models.BooleanField(
        "vraagt een code bij de link",
        default=False,
        help_text="Een verwijzing gaat dan pas open met een code die het infopunt door de telefoon zegt.",
    )
    controle_email = models.EmailField(
        "mailadres voor de controle",
        blank=True,
        help_text="Hierheen gaat de maandelijkse vraag of alles nog klopt. Leeg: het gewone mailadres.",
    )
    # For the team only: never in the API, an export for others, or a card.
    interne_notitie = models.TextField("notitie voor het team", blank=True)
    gearchiveerd_op = models.DateTimeField("gearchiveerd op", null=True, blank=True, editable=False)
    samengevoegd_met = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="opgegaan",
        verbose_name="samengevoegd met",
    )
    # Kept by triggers (migration 0005): every change to it or what hangs on it.
    gewijzigd_op = models.DateTimeField("gewijzigd op", default=timezone.now, editable=False)

    objects = OrganisatieQuerySet.as_manager()

    class Meta:
        verbose_name = "organisatie"
        verbose_name_plural = "organisaties"
        ordering = ["sorteernaam"]
        constraints = [
            models.CheckConstraint(
                condition=Q(belofte_werkdagen__isnull=True) | Q(belofte_werkdagen__range=(1, 30)),
                name="kaart_organisatie_belofte",
                violation_error_message="Een belofte is 1 tot en met 30 werkdagen.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    def get_absolute_url(self) -> str:
        return reverse("sociale_kaart:organisatie", args=[self.pk])

    @property
    def controle_adres(self) -> str:
        """Where to ask whether all is still right; "" when there is no address."""
        return self.controle_email or self.email


class ContactpersoonQuerySet(models.QuerySet["Contactpersoon"]):
    def sleutelpersonen(self, taal: str) -> Self:
        """Those from a community who speak its language and show the way."""
        return self.filter(
            is_sleutelpersoon=True, talen__contains=[taal], organisatie__in=Organisatie.objects.current()
        )


class Contactpersoon(models.Model):
    """Whom to ask for at an organisation; may have an account of their own."""

    organisatie = models.ForeignKey(Organisatie, models.CASCADE, related_name="contactpersonen")
    uuid = models.UUIDField("uuid", default=uuid4, db_default=RandomUUID(), unique=True, editable=False)
    naam = models.CharField("naam", max_length=120)
    telefoon = models.CharField("telefoon", max_length=40, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    medewerker = models.OneToOneField(
        Medewerker, models.SET_NULL, null=True, blank=True, related_name="contactpersoon"
    )
    # Without this a person is for the desk only: never in the API or an export for others.
    is_openbaar = models.BooleanField("iedereen mag deze naam zien", default=False)
    is_sleutelpersoon = models.BooleanField(
        "sleutelpersoon",
        default=False,
        help_text="Iemand uit de eigen gemeenschap, die de taal spreekt en de weg wijst.",
    )
    talen = ArrayField(
        models.CharField(max_length=3, choices=Taal), default=list, blank=True, verbose_name="spreekt"
    )
    toelichting = models.CharField(
        "waarvoor", max_length=200, blank=True, help_text="Waarvoor je bij deze persoon terecht kunt."
    )

    objects = ContactpersoonQuerySet.as_manager()

    class Meta:
        verbose_name = "contactpersoon"
        verbose_name_plural = "contactpersonen"
        ordering = ["naam"]
        constraints = [
            models.CheckConstraint(
                condition=Q(talen__contained_by=Taal.values), name="kaart_contactpersoon_talen"
            ),
            models.UniqueConstraint(
                fields=["organisatie", "naam"],
                name="kaart_contactpersoon_uniek",
                violation_error_message="Deze contactpersoon staat er al bij.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    def get_talen_display(self) -> str:
        return ", ".join(Taal(code).label for code in self.talen)

    @property
    def rollen_in_woorden(self) -> str:
        """Every role this person has, each once; uses the prefetched list."""
        return ", ".join(dict.fromkeys(rol.rol for rol in self.rollen.all() if rol.rol))


class LocatieQuerySet(models.QuerySet["Locatie"]):
    def current(self) -> Self:
        """Those that did not go up in another."""
        return self.filter(samengevoegd_met=None)

    def named(self, tekst: str) -> Self:
        """With this in its name or address; all when nothing was asked."""
        return self.filter(Q(naam__icontains=tekst) | Q(adres__icontains=tekst)) if tekst else self

    def with_aantal(self) -> Self:
        """With `aantal`: how many offers are there."""
        return self.annotate(aantal=models.Count("openingstijden__aanbod", distinct=True)).order_by("naam")


class Locatie(models.Model):
    """Where help is given: a building, or a telephone line."""

    class Soort(models.TextChoices):
        FYSIEK = "fysiek", "op een plek"
        VIRTUEEL = "virtueel", "telefonisch of online"

    uuid = models.UUIDField("uuid", default=uuid4, db_default=RandomUUID(), unique=True, editable=False)
    extern_id = models.CharField("extern id", max_length=120, unique=True, null=True, blank=True)
    naam = models.CharField("naam", max_length=160, unique=True)
    soort = models.CharField("soort", max_length=10, choices=Soort, default=Soort.FYSIEK)
    adres = models.CharField("adres", max_length=200, blank=True)
    kern = models.ForeignKey(Kern, models.SET_NULL, null=True, blank=True, related_name="locaties")
    toegankelijkheid = models.CharField(
        "toegankelijkheid",
        max_length=200,
        blank=True,
        help_text="Zoals: lift, ringleiding, rolstoel kan naar binnen.",
    )
    breedtegraad = models.FloatField("breedtegraad", null=True, blank=True)
    lengtegraad = models.FloatField("lengtegraad", null=True, blank=True)
    # Two places that turned out to be one: nothing points here any more, imports find the other through it.
    samengevoegd_met = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="opgegaan",
        verbose_name="samengevoegd met",
    )

    objects = LocatieQuerySet.as_manager()

    class Meta:
        verbose_name = "locatie"
        verbose_name_plural = "locaties"
        ordering = ["naam"]
        constraints = [
            models.CheckConstraint(condition=Q(soort__in=["fysiek", "virtueel"]), name="kaart_locatie_soort"),
            models.CheckConstraint(
                condition=Q(breedtegraad__isnull=True, lengtegraad__isnull=True)
                | Q(breedtegraad__range=(-90, 90), lengtegraad__range=(-180, 180)),
                name="kaart_locatie_op_aarde",
                violation_error_message="Deze plek ligt niet op de aarde.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def korte_naam(self) -> str:
        """Without the village behind the comma: "Kulturhus de Spil"."""
        return self.naam.split(",")[0]
