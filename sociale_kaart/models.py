"""The social map: organisations, what they offer, where and when, and whom to ask for."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from balie.models import Kern, Medewerker, Weekdag
from infopunt.sorteren import Sorteersleutel
from sociale_kaart.tijden import beschrijf


class Taal(models.TextChoices):
    """Languages somebody can be helped in; ISO 639-1 codes where there is one, 639-3 otherwise."""

    NEDERLANDS = "nl", "Nederlands"
    ENGELS = "en", "Engels"
    DUITS = "de", "Duits"
    FRANS = "fr", "Frans"
    SPAANS = "es", "Spaans"
    POOLS = "pl", "Pools"
    TURKS = "tr", "Turks"
    ARABISCH = "ar", "Arabisch"
    TIGRINYA = "ti", "Tigrinya"
    FARSI = "fa", "Farsi"
    OEKRAIENS = "uk", "Oekraïens"
    RUSSISCH = "ru", "Russisch"
    BULGAARS = "bg", "Bulgaars"
    ROEMEENS = "ro", "Roemeens"
    SOMALISCH = "so", "Somalisch"
    KOERDISCH = "ku", "Koerdisch"
    BERBERS = "ber", "Berbers"
    CHINEES = "zh", "Chinees"
    FRIES = "fy", "Fries"
    GEBARENTAAL = "dse", "Nederlandse Gebarentaal"


class OnderwerpQuerySet(models.QuerySet["Onderwerp"]):
    def with_counts(self, aanbod: "AanbodQuerySet") -> Self:
        """Main topics with `aantal`: how many of these offers are about them or a subtopic of theirs."""
        bij_onderwerp = (
            Aanbod.onderwerpen.through.objects.filter(
                Q(onderwerp=OuterRef("pk")) | Q(onderwerp__ouder=OuterRef("pk")), aanbod__in=aanbod
            )
            .order_by()
            .values(alles=Value(1))
            .values_list(Count("aanbod", distinct=True))
        )
        return self.filter(ouder=None).annotate(aantal=Coalesce(Subquery(bij_onderwerp), 0))


class Onderwerp(models.Model):
    """A topic, on one of two levels; questions and offers share them.

    `ouder` of a subtopic is always a main topic: a composite foreign key (migration 0002) on
    (ouder, ouder_niveau) -> (id, niveau) keeps it so in the database.
    """

    naam = models.CharField("naam", max_length=80)
    extern_id = models.CharField("extern id", max_length=120, unique=True, null=True, blank=True)
    ouder = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="kinderen", verbose_name="hoort bij"
    )
    niveau = models.GeneratedField(
        expression=models.Case(models.When(ouder__isnull=True, then=1), default=2),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
    )
    ouder_niveau = models.GeneratedField(
        expression=models.Case(models.When(ouder__isnull=False, then=1), default=None),
        output_field=models.PositiveSmallIntegerField(null=True),
        db_persist=True,
    )
    icoon = models.CharField("icoon", max_length=40, default="circle-help")
    # Lay words that lead to this topic, separated by commas: "envelop, aanmaning, deurwaarder".
    zoekwoorden = models.TextField("zoekwoorden", blank=True)
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    objects = OnderwerpQuerySet.as_manager()

    class Meta:
        verbose_name = "onderwerp"
        verbose_name_plural = "onderwerpen"
        ordering = ["volgorde", "naam"]
        constraints = [
            models.UniqueConstraint(
                fields=["ouder", "naam"],
                name="kaart_onderwerp_naam_uniek",
                nulls_distinct=False,
                violation_error_message="Dit onderwerp bestaat al.",
            ),
            # The target of the composite foreign key.
            models.UniqueConstraint(fields=["id", "niveau"], name="kaart_onderwerp_id_niveau"),
        ]

    def __str__(self) -> str:
        return self.naam


class Organisatie(models.Model):
    """A partner or another organisation that people can be sent to."""

    naam = models.CharField("naam", max_length=160, unique=True)
    sorteernaam = models.GeneratedField(
        expression=Sorteersleutel(F("naam")), output_field=models.CharField(max_length=160), db_persist=True
    )
    extern_id = models.CharField("extern id", max_length=120, unique=True, null=True, blank=True)
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


class Contactpersoon(models.Model):
    """Whom to ask for at an organisation; may have an account of their own."""

    organisatie = models.ForeignKey(Organisatie, models.CASCADE, related_name="contactpersonen")
    naam = models.CharField("naam", max_length=120)
    telefoon = models.CharField("telefoon", max_length=40, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    medewerker = models.OneToOneField(
        Medewerker, models.SET_NULL, null=True, blank=True, related_name="contactpersoon"
    )

    class Meta:
        verbose_name = "contactpersoon"
        verbose_name_plural = "contactpersonen"
        ordering = ["naam"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisatie", "naam"],
                name="kaart_contactpersoon_uniek",
                violation_error_message="Deze contactpersoon staat er al bij.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def rollen_in_woorden(self) -> str:
        """Every role this person has, each once; uses the prefetched list."""
        return ", ".join(dict.fromkeys(rol.rol for rol in self.rollen.all() if rol.rol))


class Locatie(models.Model):
    """Where help is given: a building, or a telephone line."""

    class Soort(models.TextChoices):
        FYSIEK = "fysiek", "op een plek"
        VIRTUEEL = "virtueel", "telefonisch of online"

    naam = models.CharField("naam", max_length=160, unique=True)
    soort = models.CharField("soort", max_length=10, choices=Soort, default=Soort.FYSIEK)
    adres = models.CharField("adres", max_length=200, blank=True)
    kern = models.ForeignKey(Kern, models.SET_NULL, null=True, blank=True, related_name="locaties")

    class Meta:
        verbose_name = "locatie"
        verbose_name_plural = "locaties"
        ordering = ["naam"]
        constraints = [
            models.CheckConstraint(condition=Q(soort__in=["fysiek", "virtueel"]), name="kaart_locatie_soort"),
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def korte_naam(self) -> str:
        """Without the village behind the comma: "Kulturhus de Spil"."""
        return self.naam.split(",")[0]


class AanbodQuerySet(models.QuerySet["Aanbod"]):
    def for_row(self) -> Self:
        """Everything a result row shows, in a fixed number of queries."""
        return self.select_related("organisatie").prefetch_related(
            "contacten__contactpersoon", "openingstijden__locatie", "kernen"
        )

    def for_kern(self, kern: Kern) -> Self:
        """What somebody from this village may use: its own, regional and national offers."""
        breder = Q(bereik__in=[Aanbod.Bereik.REGIO, Aanbod.Bereik.LANDELIJK])
        eigen = Aanbod.kernen.through.objects.filter(kern=kern).values("aanbod")
        return self.filter(breder | Q(pk__in=eigen))

    def for_onderwerp(self, onderwerp: Onderwerp) -> Self:
        """What is about this topic or a subtopic of it."""
        daarover = Q(onderwerp=onderwerp) | Q(onderwerp__ouder=onderwerp)
        return self.filter(pk__in=Aanbod.onderwerpen.through.objects.filter(daarover).values("aanbod"))


class Aanbod(models.Model):
    """What an organisation offers: a service, a consultation hour, an activity."""

    class Bereik(models.TextChoices):
        KERNEN = "kernen", "alleen de genoemde kernen"
        REGIO = "regio", "de hele regio"
        LANDELIJK = "landelijk", "heel Nederland"

    extern_id = models.CharField("extern id", max_length=120, unique=True, null=True, blank=True)
    organisatie = models.ForeignKey(Organisatie, models.PROTECT, related_name="aanbod")
    naam = models.CharField("naam", max_length=160)
    omschrijving = models.TextField("omschrijving", blank=True)
    onderwerpen = models.ManyToManyField(Onderwerp, related_name="aanbod", verbose_name="onderwerpen")
    doelgroep = models.CharField("voor wie", max_length=200, blank=True)
    bereik = models.CharField("bereik", max_length=10, choices=Bereik, default=Bereik.KERNEN)
    kernen = models.ManyToManyField(Kern, related_name="aanbod", blank=True, verbose_name="kernen")
    talen = ArrayField(models.CharField(max_length=3, choices=Taal), default=list, verbose_name="talen")
    kosten = models.CharField("kosten", max_length=160, blank=True)
    is_gratis = models.GeneratedField(
        expression=models.Case(models.When(kosten="gratis", then=True), default=False),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    indicatie_nodig = models.BooleanField("indicatie nodig", default=False)
    telefoon = models.CharField("telefoon", max_length=40, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    website = models.URLField("website", blank=True, max_length=300)
    contactpersonen = models.ManyToManyField(Contactpersoon, through="AanbodContact", related_name="aanbod")
    # Filled by actions.index_aanbod(): words of this offer and of everything around it.
    zoekvector = SearchVectorField(null=True, editable=False)

    objects = AanbodQuerySet.as_manager()

    class Meta:
        verbose_name = "aanbod"
        verbose_name_plural = "aanbod"
        ordering = ["naam"]
        indexes = [GinIndex(fields=["zoekvector"], name="kaart_aanbod_zoekvector")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisatie", "naam"],
                name="kaart_aanbod_uniek",
                violation_error_message="Deze organisatie heeft dit aanbod al.",
            ),
            models.CheckConstraint(
                condition=Q(bereik__in=["kernen", "regio", "landelijk"]), name="kaart_aanbod_bereik"
            ),
            models.CheckConstraint(condition=Q(talen__contained_by=Taal.values), name="kaart_aanbod_talen"),
        ]

    def __str__(self) -> str:
        return self.naam

    def get_absolute_url(self) -> str:
        return reverse("sociale_kaart:aanbod", args=[self.pk])

    def get_talen_display(self) -> str:
        return ", ".join(Taal(code).label for code in self.talen)

    @property
    def samenvatting(self) -> str:
        """The first sentence: one line in a list."""
        eerste, punt, _ = self.omschrijving.partition(". ")
        return f"{eerste}." if punt else eerste

    @property
    def eerste_contact(self) -> "AanbodContact | None":
        """The person to ask for first; uses the prefetched list."""
        return next(iter(self.contacten.all()), None)


class AanbodContact(models.Model):
    """A contact person of an offer, in the role they have there."""

    aanbod = models.ForeignKey(Aanbod, models.CASCADE, related_name="contacten")
    contactpersoon = models.ForeignKey(Contactpersoon, models.CASCADE, related_name="rollen")
    rol = models.CharField("rol", max_length=120, blank=True)
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "contact bij aanbod"
        verbose_name_plural = "contacten bij aanbod"
        ordering = ["volgorde"]
        constraints = [
            models.UniqueConstraint(fields=["aanbod", "contactpersoon"], name="kaart_aanbodcontact_uniek"),
        ]

    def __str__(self) -> str:
        return f"{self.contactpersoon}, {self.rol}" if self.rol else str(self.contactpersoon)

    @property
    def telefoon(self) -> str:
        """The number that reaches this person: their own, else that of the offer or the organisation."""
        return self.contactpersoon.telefoon or self.aanbod.telefoon or self.aanbod.organisatie.telefoon

    @property
    def email(self) -> str:
        return self.contactpersoon.email or self.aanbod.email or self.aanbod.organisatie.email


class Openingstijd(models.Model):
    """When and where an offer can be reached: a block of hours on one or more weekdays, or a period in words.

    `tot` at or before `van` runs past midnight; 0:00 until 0:00 is the whole day.
    """

    aanbod = models.ForeignKey(Aanbod, models.CASCADE, related_name="openingstijden")
    locatie = models.ForeignKey(
        Locatie, models.PROTECT, null=True, blank=True, related_name="openingstijden", verbose_name="waar"
    )
    weekdagen = ArrayField(
        models.PositiveSmallIntegerField(choices=Weekdag), default=list, blank=True, verbose_name="dagen"
    )
    van = models.TimeField("van", null=True, blank=True)
    tot = models.TimeField("tot", null=True, blank=True)
    periode = models.CharField("periode", max_length=80, blank=True, help_text="Zoals: maart en april.")
    toelichting = models.CharField("toelichting", max_length=160, blank=True)
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "openingstijd"
        verbose_name_plural = "openingstijden"
        ordering = ["volgorde"]
        constraints = [
            models.CheckConstraint(
                condition=Q(van__isnull=True, tot__isnull=True) | Q(van__isnull=False, tot__isnull=False),
                name="kaart_openingstijd_van_en_tot",
                violation_error_message="Vul een begin- en een eindtijd in, of geen van beide.",
            ),
            models.CheckConstraint(
                condition=Q(weekdagen__contained_by=[0, 1, 2, 3, 4, 5, 6]),
                name="kaart_openingstijd_weekdagen",
            ),
            models.CheckConstraint(
                condition=~Q(weekdagen=[]) | ~Q(periode=""),
                name="kaart_openingstijd_wanneer",
                violation_error_message="Kies een dag, of schrijf een periode.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.aanbod}: {self.wanneer}"

    @property
    def wanneer(self) -> str:
        """The block in words, such as "maandag t/m vrijdag 9.00–12.00 uur, 1e van de maand"."""
        return beschrijf(self)
