"""Questions asked at a desk. A question is nobody's: nothing here leads to a person or to a referral."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.lookups import Exact
from django.utils import timezone

from balie.models import Infopunt, Medewerker, Rol
from sociale_kaart.models import Onderwerp, Organisatie


class Kwartier(Func):
    """PostgreSQL's own rounding down to the quarter of an hour."""

    template = "date_bin('15 minutes', %(expressions)s, timestamptz '2000-01-01 00:00:00+00')"
    output_field = models.DateTimeField()


def to_quarter(moment: datetime) -> datetime:
    """The start of the quarter of an hour that `moment` falls in."""
    return moment - timedelta(
        minutes=moment.minute % 15, seconds=moment.second, microseconds=moment.microsecond
    )


class Leeftijdsgroep(models.TextChoices):
    TOT_18 = "0-17", "0–17"
    VAN_18 = "18-29", "18–29"
    VAN_30 = "30-49", "30–49"
    VAN_50 = "50-64", "50–64"
    VAN_65 = "65-79", "65–79"
    VANAF_80 = "80+", "80+"
    ONBEKEND = "onbekend", "weet niet"
    NIET_GEVRAAGD = "niet_gevraagd", "niet gevraagd"


class Geslacht(models.TextChoices):
    VROUW = "vrouw", "vrouw"
    MAN = "man", "man"
    ANDERS = "anders", "anders"
    ONBEKEND = "onbekend", "weet niet"
    NIET_GEVRAAGD = "niet_gevraagd", "niet gevraagd"


# What somebody at the desk chooses from; "niet gevraagd" comes of itself where it was not asked.
LEEFTIJDSGROEPEN = [groep for groep in Leeftijdsgroep if groep != Leeftijdsgroep.NIET_GEVRAAGD]
GESLACHTEN = [geslacht for geslacht in Geslacht if geslacht != Geslacht.NIET_GEVRAAGD]


class Wijze(models.TextChoices):
    """How a question was answered."""

    ZELF_BEANTWOORD = "zelf_beantwoord", "Zelf beantwoord"
    INFORMATIE_MEE = "informatie_mee", "Informatie mee"
    SAMEN_GEDAAN = "samen_gedaan", "Samen gedaan"
    KOMT_TERUG = "komt_terug", "Komt terug"
    DOORVERWEZEN = "doorverwezen", "Doorverwezen"
    WARM_DOORVERWEZEN = "warm_doorverwezen", "Warm verwezen"
    NIET_GEHOLPEN = "niet_geholpen", "Niet kunnen helpen"


class RedenNietGeholpen(models.TextChoices):
    """Why a visitor could not be helped: the unmet need."""

    GEEN_AANBOD = "geen_aanbod", "Geen aanbod"
    WACHTLIJST = "wachtlijst", "Wachtlijst"
    TAAL = "taal", "Taal"
    TE_VER = "te_ver", "Te ver weg"
    KOSTEN = "kosten", "Te duur"
    WIL_NIET = "wil_niet", "Wil niet"
    ANDERS = "anders", "Iets anders"


WIJZEN_MET_ORGANISATIE = [Wijze.DOORVERWEZEN, Wijze.WARM_DOORVERWEZEN]


class Herkomst(models.TextChoices):
    """How a question came into the books."""

    DIRECT = "direct", "direct"
    ACHTERAF = "achteraf", "achteraf"
    PAPIER = "papier", "van papier"
    TURF = "turf", "geturfd"


# The fields of a question that can be mended afterwards.
GEWIJZIGDE_VELDEN = [
    ("infopunt", "infopunt"),
    ("moment", "moment"),
    ("onderwerp", "onderwerp"),
    ("onderliggend", "wat erachter zit"),
    ("leeftijdsgroep", "leeftijd"),
    ("geslacht", "geslacht"),
    ("wijze", "hoe geholpen"),
    ("organisatie", "naar wie"),
    ("reden_niet", "waarom niet"),
    ("opmerking", "opmerking"),
]


class VraagQuerySet(models.QuerySet["Vraag"]):
    def visible_to(self, medewerker: Medewerker) -> Self:
        return self.filter(infopunt__in=Infopunt.objects.visible_to(medewerker))

    def with_person(self) -> Self:
        """Of which age and gender were asked."""
        return self.filter(leeftijdsgroep__in=LEEFTIJDSGROEPEN, geslacht__in=GESLACHTEN)

    def on_day_of(self, moment: datetime) -> Self:
        """Asked on the local calendar day of `moment`."""
        begin = timezone.localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0)
        return self.filter(moment__gte=begin, moment__lt=_next_day(begin))


def _next_day(begin: datetime) -> datetime:
    """Midnight a calendar day later; 23 or 25 hours on the days the clock changes."""
    morgen = begin.date() + timedelta(days=1)
    return datetime.combine(morgen, begin.time(), tzinfo=begin.tzinfo)


class Vraag(models.Model):
    """One anonymous question. Its id comes from the browser, so that sending twice counts once."""

    id = models.UUIDField("id", primary_key=True, editable=False)
    infopunt = models.ForeignKey(Infopunt, models.PROTECT, related_name="vragen")
    moment = models.DateTimeField("moment", help_text="Op een kwartier nauwkeurig.")
    onderwerp = models.ForeignKey(Onderwerp, models.PROTECT, related_name="vragen")
    onderliggend = models.ForeignKey(
        Onderwerp,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="onderliggende_vragen",
        verbose_name="wat erachter zit",
    )
    leeftijdsgroep = models.CharField("leeftijd", max_length=15, choices=Leeftijdsgroep)
    geslacht = models.CharField("geslacht", max_length=15, choices=Geslacht)
    wijze = models.CharField("hoe geholpen", max_length=20, choices=Wijze)
    organisatie = models.ForeignKey(
        Organisatie, models.PROTECT, null=True, blank=True, related_name="vragen", verbose_name="naar wie"
    )
    reden_niet = models.CharField("waarom niet", max_length=15, choices=RedenNietGeholpen, blank=True)
    # The one free text. It passes the privacy guard (privacy.py) before it gets here.
    opmerking = models.CharField("opmerking", max_length=300, blank=True)
    herkomst = models.CharField("herkomst", max_length=10, choices=Herkomst, default=Herkomst.DIRECT)
    turfknop = models.ForeignKey(
        "Turfknop", models.SET_NULL, null=True, blank=True, related_name="vragen", verbose_name="turfknop"
    )

    objects = VraagQuerySet.as_manager()

    class Meta:
        verbose_name = "vraag"
        verbose_name_plural = "vragen"
        indexes = [
            models.Index(fields=["infopunt", "moment"], name="registratie_vraag_infopunt"),
            models.Index(fields=["moment"], name="registratie_vraag_moment"),
            # Few questions end so, and the reports ask for just these.
            models.Index(
                fields=["infopunt", "moment"],
                include=["onderwerp", "herkomst", "reden_niet"],
                condition=Q(wijze=Wijze.NIET_GEHOLPEN),
                name="registratie_vraag_niet",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Exact(Kwartier("moment"), F("moment")),
                name="registratie_vraag_op_kwartier",
                violation_error_message="Het tijdstip is op een kwartier.",
            ),
            models.CheckConstraint(
                condition=Q(leeftijdsgroep__in=Leeftijdsgroep.values), name="registratie_vraag_leeftijd"
            ),
            models.CheckConstraint(
                condition=Q(geslacht__in=Geslacht.values), name="registratie_vraag_geslacht"
            ),
            models.CheckConstraint(condition=Q(wijze__in=Wijze.values), name="registratie_vraag_wijze"),
            models.CheckConstraint(
                condition=Q(herkomst__in=Herkomst.values), name="registratie_vraag_herkomst"
            ),
            models.CheckConstraint(
                condition=Q(organisatie__isnull=True) | Q(wijze__in=WIJZEN_MET_ORGANISATIE),
                name="registratie_vraag_organisatie_bij_verwijzing",
                violation_error_message="Een organisatie hoort alleen bij een doorverwijzing.",
            ),
            models.CheckConstraint(
                condition=Q(reden_niet="")
                | Q(reden_niet__in=RedenNietGeholpen.values, wijze=Wijze.NIET_GEHOLPEN),
                name="registratie_vraag_reden_bij_niet_geholpen",
                violation_error_message="Een reden hoort alleen bij ‘niet kunnen helpen’.",
            ),
            models.CheckConstraint(
                condition=Q(onderliggend__isnull=True) | ~Q(onderliggend=F("onderwerp")),
                name="registratie_vraag_onderliggend_is_ander",
                violation_error_message="Kies een ander onderwerp dan de vraag zelf.",
            ),
            models.CheckConstraint(
                condition=Q(turfknop__isnull=True) | Q(herkomst=Herkomst.TURF),
                name="registratie_vraag_turfknop_bij_turf",
                violation_error_message="Een turfknop hoort alleen bij een geturfde vraag.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.onderwerp}, {timezone.localtime(self.moment):%d-%m-%Y %H:%M}"


class VervallenVraag(models.Model):
    """The id of a question that was undone: a late copy from the browser must not bring it back."""

    id = models.UUIDField("id", primary_key=True, editable=False)

    class Meta:
        verbose_name = "vervallen vraag"
        verbose_name_plural = "vervallen vragen"

    def __str__(self) -> str:
        return str(self.id)


class Wijziging(models.Model):
    """What was changed in a question afterwards: by what role and on what day, never by whom."""

    id = models.UUIDField("id", primary_key=True, default=uuid.uuid4, editable=False)
    vraag = models.ForeignKey(Vraag, models.CASCADE, related_name="wijzigingen")
    dag = models.DateField("dag", default=timezone.localdate)
    rol = models.CharField("rol", max_length=20, choices=Rol)
    veld = models.CharField("veld", max_length=20, choices=GEWIJZIGDE_VELDEN)
    van = models.CharField("was", max_length=300, blank=True)
    naar = models.CharField("is", max_length=300, blank=True)

    class Meta:
        verbose_name = "wijziging"
        verbose_name_plural = "wijzigingen"
        ordering = ["dag", "veld"]
        constraints = [
            models.CheckConstraint(condition=Q(rol__in=Rol.values), name="registratie_wijziging_rol"),
            models.CheckConstraint(condition=~Q(van=F("naar")), name="registratie_wijziging_verschil"),
        ]

    def __str__(self) -> str:
        return f"{self.get_veld_display()}: {self.van} -> {self.naar}"


class Turfknop(models.Model):
    """A button that counts a quick question in one tap; without `infopunt` it stands at every desk."""

    infopunt = models.ForeignKey(
        Infopunt, models.CASCADE, null=True, blank=True, related_name="turfknoppen", verbose_name="infopunt"
    )
    naam = models.CharField("naam", max_length=40)
    icoon = models.CharField("icoon", max_length=40, default="tally-5")
    onderwerp = models.ForeignKey(Onderwerp, models.PROTECT, related_name="turfknoppen")
    wijze = models.CharField("hoe geholpen", max_length=20, choices=Wijze, default=Wijze.ZELF_BEANTWOORD)
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "turfknop"
        verbose_name_plural = "turfknoppen"
        ordering = ["volgorde", "naam"]
        constraints = [
            models.UniqueConstraint(
                fields=["infopunt", "naam"],
                name="registratie_turfknop_uniek",
                nulls_distinct=False,
                violation_error_message="Deze knop is er al.",
            ),
            models.CheckConstraint(
                condition=Q(
                    wijze__in=[wijze for wijze in Wijze.values if wijze not in WIJZEN_MET_ORGANISATIE]
                ),
                name="registratie_turfknop_wijze",
                violation_error_message="Een doorverwijzing kun je niet turven.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam


class Uitvraag(models.Model):
    """Whether age and gender are asked: always, in sample weeks, or never. One row for the whole service."""

    class Modus(models.TextChoices):
        ALTIJD = "altijd", "Altijd"
        STEEKPROEF = "steekproef", "Alleen in steekproefweken"
        NOOIT = "nooit", "Nooit"

    id = models.PositiveSmallIntegerField("id", primary_key=True, default=1, editable=False)
    modus = models.CharField(
        "leeftijd en geslacht vragen", max_length=10, choices=Modus, default=Modus.ALTIJD
    )
    # Mondays of the weeks in which age and gender are asked.
    weken = ArrayField(models.DateField(), default=list, blank=True, verbose_name="steekproefweken")

    class Meta:
        verbose_name = "uitvraag"
        verbose_name_plural = "uitvraag"
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="registratie_uitvraag_een_rij"),
            models.CheckConstraint(
                condition=Q(modus__in=["altijd", "steekproef", "nooit"]), name="registratie_uitvraag_modus"
            ),
        ]

    def __str__(self) -> str:
        return self.get_modus_display()


class Gesprekswijzer(models.Model):
    """The talking aid for a topic: what to ask on and what often lies behind it. Without topic: for any talk."""

    onderwerp = models.OneToOneField(
        Onderwerp,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="gesprekswijzer",
        verbose_name="onderwerp",
    )
    vragen = models.TextField("vraag door", help_text="Open vragen, op elke regel een.")
    erachter = models.TextField("wat er vaak achter zit", blank=True, help_text="Op elke regel een.")

    class Meta:
        verbose_name = "gesprekswijzer"
        verbose_name_plural = "gesprekswijzers"
        constraints = [
            models.UniqueConstraint(
                fields=["onderwerp"], name="registratie_gesprekswijzer_een_algemene", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return str(self.onderwerp or "elk gesprek")
