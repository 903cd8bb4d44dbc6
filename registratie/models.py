"""Questions asked at a desk. A question is nobody's: nothing here leads to a person or to a referral."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Func, Q
from django.db.models.lookups import Exact
from django.utils import timezone

from balie.models import Infopunt, Medewerker
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


class Geslacht(models.TextChoices):
    VROUW = "vrouw", "vrouw"
    MAN = "man", "man"
    ANDERS = "anders", "anders"
    ONBEKEND = "onbekend", "weet niet"


class Wijze(models.TextChoices):
    """How a question was answered."""

    ZELF_BEANTWOORD = "zelf_beantwoord", "Zelf beantwoord"
    INFORMATIE_MEE = "informatie_mee", "Informatie mee"
    SAMEN_GEDAAN = "samen_gedaan", "Samen gedaan"
    KOMT_TERUG = "komt_terug", "Komt terug"
    DOORVERWEZEN = "doorverwezen", "Doorverwezen"
    WARM_DOORVERWEZEN = "warm_doorverwezen", "Warm verwezen"
    NIET_GEHOLPEN = "niet_geholpen", "Niet kunnen helpen"


WIJZEN_MET_ORGANISATIE = [Wijze.DOORVERWEZEN, Wijze.WARM_DOORVERWEZEN]


class Herkomst(models.TextChoices):
    """How a question came into the books."""

    DIRECT = "direct", "direct"
    ACHTERAF = "achteraf", "achteraf"
    PAPIER = "papier", "van papier"
    TURF = "turf", "geturfd"


class VraagQuerySet(models.QuerySet["Vraag"]):
    def visible_to(self, medewerker: Medewerker) -> Self:
        return self.filter(infopunt__in=Infopunt.objects.visible_to(medewerker))

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
    leeftijdsgroep = models.CharField("leeftijd", max_length=10, choices=Leeftijdsgroep)
    geslacht = models.CharField("geslacht", max_length=10, choices=Geslacht)
    wijze = models.CharField("hoe geholpen", max_length=20, choices=Wijze)
    organisatie = models.ForeignKey(
        Organisatie, models.PROTECT, null=True, blank=True, related_name="vragen", verbose_name="naar wie"
    )
    herkomst = models.CharField("herkomst", max_length=10, choices=Herkomst, default=Herkomst.DIRECT)

    objects = VraagQuerySet.as_manager()

    class Meta:
        verbose_name = "vraag"
        verbose_name_plural = "vragen"
        indexes = [
            models.Index(fields=["infopunt", "moment"], name="registratie_vraag_infopunt"),
            models.Index(fields=["moment"], name="registratie_vraag_moment"),
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
