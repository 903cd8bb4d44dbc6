"""The desk: villages, infopunten, the people who work there, and their shifts."""

from datetime import datetime
from typing import Self

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Weekdag(models.IntegerChoices):
    """Numbered as Python's `date.weekday()`."""

    MAANDAG = 0, "maandag"
    DINSDAG = 1, "dinsdag"
    WOENSDAG = 2, "woensdag"
    DONDERDAG = 3, "donderdag"
    VRIJDAG = 4, "vrijdag"
    ZATERDAG = 5, "zaterdag"
    ZONDAG = 6, "zondag"


class Rol(models.TextChoices):
    VRIJWILLIGER = "vrijwilliger", "vrijwilliger"
    BEROEPSKRACHT = "beroepskracht", "beroepskracht"
    COORDINATOR = "coordinator", "coördinator"
    PARTNER = "partner", "partner"


class Kern(models.Model):
    """A village or neighbourhood: where a desk stands, and for whom an offer is meant."""

    naam = models.CharField("naam", max_length=80, unique=True)

    class Meta:
        verbose_name = "kern"
        verbose_name_plural = "kernen"
        ordering = ["naam"]

    def __str__(self) -> str:
        return self.naam


class InfopuntQuerySet(models.QuerySet["Infopunt"]):
    def visible_to(self, medewerker: "Medewerker") -> Self:
        """Coordinators see every desk, partners none, the others their own."""
        if medewerker.rol == Rol.COORDINATOR:
            return self
        if medewerker.rol == Rol.PARTNER:
            return self.none()
        return self.filter(medewerkers=medewerker)


class Infopunt(models.Model):
    """A desk: a place with opening hours and a mail address of its own."""

    naam = models.CharField("naam", max_length=80, unique=True)
    kern = models.ForeignKey(Kern, models.PROTECT, related_name="infopunten", verbose_name="kern")
    plek = models.CharField("plek", max_length=120, help_text="Het gebouw, zoals Kulturhus de Spil.")
    adres = models.CharField("adres", max_length=200, blank=True)
    telefoon = models.CharField("telefoon", max_length=20, blank=True)
    email = models.EmailField("e-mailadres")

    objects = InfopuntQuerySet.as_manager()

    class Meta:
        verbose_name = "infopunt"
        verbose_name_plural = "infopunten"
        ordering = ["naam"]

    def __str__(self) -> str:
        return self.naam

    def open_now(self, moment: datetime) -> "InfopuntTijd | None":
        """The block of opening hours that `moment` falls in, or None."""
        lokaal = timezone.localtime(moment)
        return self.tijden.filter(
            weekdag=lokaal.weekday(), van__lte=lokaal.time(), tot__gt=lokaal.time()
        ).first()


class InfopuntTijd(models.Model):
    """A weekly block of opening hours of a desk."""

    infopunt = models.ForeignKey(Infopunt, models.CASCADE, related_name="tijden")
    weekdag = models.PositiveSmallIntegerField("dag", choices=Weekdag)
    van = models.TimeField("van")
    tot = models.TimeField("tot")

    class Meta:
        verbose_name = "openingstijd van een infopunt"
        verbose_name_plural = "openingstijden van infopunten"
        ordering = ["infopunt", "weekdag", "van"]
        constraints = [
            models.CheckConstraint(
                condition=Q(van__lt=F("tot")),
                name="balie_infopunttijd_van_voor_tot",
                violation_error_message="De begintijd moet voor de eindtijd liggen.",
            ),
            models.CheckConstraint(condition=Q(weekdag__lte=6), name="balie_infopunttijd_weekdag"),
            models.UniqueConstraint(
                fields=["infopunt", "weekdag", "van"],
                name="balie_infopunttijd_uniek",
                violation_error_message="Deze tijd staat er al.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekdag_display()} {self.van:%H:%M}–{self.tot:%H:%M}"


class Medewerker(AbstractUser):
    """Somebody with an account. What they may do follows from `rol`, where from `infopunten`."""

    rol = models.CharField("rol", max_length=20, choices=Rol, default=Rol.VRIJWILLIGER)
    infopunten = models.ManyToManyField(
        Infopunt, related_name="medewerkers", blank=True, verbose_name="infopunten"
    )
    telefoon = models.CharField("telefoon", max_length=20, blank=True)
    functie = models.CharField(
        "functie", max_length=120, blank=True, help_text="Zoals: De Kern, maatschappelijk werk."
    )

    class Meta(AbstractUser.Meta):
        verbose_name = "medewerker"
        verbose_name_plural = "medewerkers"
        ordering = ["first_name", "last_name", "username"]
        constraints = [
            models.CheckConstraint(condition=Q(rol__in=Rol.values), name="balie_medewerker_rol"),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @property
    def aanspreeknaam(self) -> str:
        return self.first_name or self.username


class RoosterdienstQuerySet(models.QuerySet["Roosterdienst"]):
    def not_ended(self, moment: datetime) -> Self:
        """Shifts of now and later, soonest first, the professional before the volunteer."""
        return self.filter(eind__gt=moment).select_related("medewerker").order_by("begin", "functie")


class Roosterdienst(models.Model):
    """A shift: who sits where and when, as volunteer or as the professional behind them (achterwacht)."""

    class Functie(models.TextChoices):
        VRIJWILLIGER = "vrijwilliger", "vrijwilliger"
        ACHTERWACHT = "achterwacht", "achterwacht"

    infopunt = models.ForeignKey(Infopunt, models.CASCADE, related_name="diensten")
    medewerker = models.ForeignKey(Medewerker, models.CASCADE, related_name="diensten")
    functie = models.CharField("functie", max_length=20, choices=Functie, default=Functie.VRIJWILLIGER)
    begin = models.DateTimeField("begin")
    eind = models.DateTimeField("eind")

    objects = RoosterdienstQuerySet.as_manager()

    class Meta:
        verbose_name = "roosterdienst"
        verbose_name_plural = "roosterdiensten"
        ordering = ["begin"]
        indexes = [models.Index(fields=["infopunt", "begin"], name="balie_dienst_infopunt_begin")]
        constraints = [
            models.CheckConstraint(
                condition=Q(begin__lt=F("eind")),
                name="balie_roosterdienst_begin_voor_eind",
                violation_error_message="De dienst moet beginnen voor hij eindigt.",
            ),
            models.CheckConstraint(
                condition=Q(functie__in=["vrijwilliger", "achterwacht"]), name="balie_roosterdienst_functie"
            ),
            models.UniqueConstraint(
                fields=["medewerker", "begin"],
                name="balie_roosterdienst_een_plek_tegelijk",
                violation_error_message="Deze medewerker heeft dan al een dienst.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.medewerker}, {self.infopunt}, {timezone.localtime(self.begin):%d-%m-%Y %H:%M}"

    def is_now(self, moment: datetime) -> bool:
        return self.begin <= moment < self.eind
