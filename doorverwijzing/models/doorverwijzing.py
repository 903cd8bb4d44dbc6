"""A warm referral and its anonymous course."""

import secrets
import uuid
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils import timezone

from balie.models import Infopunt, Medewerker, Rol
from doorverwijzing.models.stand import (
    AFGELOPEN,
    HAPERINGEN,
    NOOIT_HERINNERD_NA,
    ONGEOPEND_NA,
    OPEN,
    OVERGANGEN,
    STIL_NA,
    UITKOMSTEN,
    Door,
    Hindernis,
    RedenNietPassend,
    Status,
    Wijze,
)
from sociale_kaart.models import Aanbod, Contactpersoon, Organisatie


def new_kenmerk() -> str:
    """A reference to name on the phone; random, so that it tells nothing about order or number."""
    return f"R-{secrets.randbelow(900_000) + 100_000}"


class DoorverwijzingQuerySet(models.QuerySet["Doorverwijzing"]):
    def open(self) -> Self:
        return self.filter(status__in=OPEN)

    def for_organisatie(self, organisatie: Organisatie) -> Self:
        return self.filter(organisatie=organisatie)

    def visible_to(self, medewerker: Medewerker) -> Self:
        """A partner sees what was sent to their organisation, the others what their desks sent."""
        if medewerker.rol == Rol.PARTNER:
            return self.filter(organisatie__contactpersonen__medewerker=medewerker)
        return self.filter(infopunt__in=Infopunt.objects.visible_to(medewerker))

    def to_erase(self, now: datetime) -> Self:
        """Whose details must go: the partner's last word has sunk in, or the last day of keeping them is over."""
        voorbij = Q(verloopt_op__lt=timezone.localdate(now))
        return self.filter(gewist_op__isnull=True).filter(Q(wissen_op__lte=now) | voorbij)

    def with_hindernis(self, now: datetime) -> Self:
        """With `hindernis`: what stands between the mail and the partner, "" when nothing does.

        An address that is no longer on the map means that somebody left, or moved to another address.
        """
        hier = {"email__iexact": OuterRef("email")}
        van_organisatie = hier | {"organisatie": OuterRef("organisatie")}
        op_de_kaart = (
            Exists(Contactpersoon.objects.filter(**van_organisatie))
            | Exists(Organisatie.objects.filter(**hier, pk=OuterRef("organisatie")))
            | Exists(Aanbod.objects.filter(**van_organisatie))
        )
        bekeken = Exists(Inzage.objects.filter(doorverwijzing=OuterRef("pk"), door=Door.PARTNER))
        loopt_per_mail = Q(status__in=OPEN, wijze=Wijze.MAIL)
        ongeopend = Q(status=Status.AANGEBODEN, verzonden_op__lt=now - ONGEOPEND_NA)
        return self.annotate(
            hindernis=Case(
                When(~Q(hapering=""), then=F("hapering")),
                When(loopt_per_mail & ~op_de_kaart, then=Value(Hindernis.ADRES_WEG)),
                When(ongeopend & ~bekeken, then=Value(Hindernis.ONGEOPEND)),
                default=Value(""),
                output_field=models.CharField(),
            )
        )

    def to_remind(self, now: datetime) -> Self:
        """Past the promised day without word of a call, not reminded yet, and the mail goes to somebody."""
        return self.with_hindernis(now).filter(
            status__in=[Status.AANGEBODEN, Status.ONTVANGEN],
            beloofd_op__lt=timezone.localdate(now),
            verzonden_op__isnull=False,
            herinnerd_op__isnull=True,
            hindernis__in=["", Hindernis.ONGEOPEND],
        )

    def to_report(self, now: datetime) -> Self:
        """Days after a reminder, or without anybody to remind, still no word; the coordinator does not know yet."""
        stil = Q(herinnerd_op__lt=now - STIL_NA) | Q(hapering_op__lt=now - STIL_NA)
        nooit = Q(herinnerd_op=None, beloofd_op__lt=timezone.localdate(now) - NOOIT_HERINNERD_NA)
        return self.filter(
            stil | nooit, status__in=[Status.AANGEBODEN, Status.ONTVANGEN], gemeld_op__isnull=True
        )

    def needs_attention(self, now: datetime) -> Self:
        """What asks something of the desk: the mail did not reach anybody, overdue, or this week's "niet bereikt"
        and "niet passend"."""
        te_laat = Q(status__in=[Status.AANGEBODEN, Status.ONTVANGEN], beloofd_op__lt=timezone.localdate(now))
        terug = Q(
            status__in=[Status.NIET_BEREIKT, Status.NIET_PASSEND], wissen_op__gte=now - timedelta(days=7)
        )
        return self.with_hindernis(now).filter(te_laat | terug | ~Q(hindernis=""))

    def with_news_since(self, moment: datetime) -> Self:
        """Of which a partner said something since `moment`."""
        gemeld = Gebeurtenis.objects.filter(door=Door.PARTNER, op__gte=moment)
        return self.filter(pk__in=gemeld.values("doorverwijzing"))

    def for_list(self) -> Self:
        return (
            self.select_related("organisatie", "aanbod", "contactpersoon", "infopunt", "beter_bij")
            .with_hindernis(timezone.now())
            .order_by("-aangemaakt_op")
        )


class Doorverwijzing(models.Model):
    """The anonymous course of one warm referral, from desk to partner and back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kenmerk = models.CharField("kenmerk", max_length=12, unique=True, default=new_kenmerk)
    infopunt = models.ForeignKey(Infopunt, models.PROTECT, related_name="doorverwijzingen")
    organisatie = models.ForeignKey(Organisatie, models.PROTECT, related_name="doorverwijzingen")
    aanbod = models.ForeignKey(
        Aanbod, models.SET_NULL, null=True, blank=True, related_name="doorverwijzingen"
    )
    contactpersoon = models.ForeignKey(
        Contactpersoon, models.SET_NULL, null=True, blank=True, related_name="doorverwijzingen"
    )
    gemaakt_door = models.ForeignKey(
        Medewerker, models.SET_NULL, null=True, blank=True, related_name="doorverwijzingen"
    )
    wijze = models.CharField("hoe", max_length=10, choices=Wijze, default=Wijze.MAIL)
    email = models.EmailField("verstuurd aan", blank=True, help_text="Het adres van de partner.")
    status = models.CharField("stand", max_length=20, choices=Status, default=Status.AANGEBODEN)
    reden_niet_passend = models.CharField(
        "waarom niet passend", max_length=20, choices=RedenNietPassend, blank=True
    )
    # The partner's own words: why not, or what was agreed. They pass the privacy guard before they get here.
    toelichting = models.CharField("toelichting", max_length=200, blank=True)
    # Where the partner thinks the visitor is better off, for the desk to follow up.
    beter_bij = models.ForeignKey(
        Organisatie, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="beter bij"
    )
    afspraak_op = models.DateTimeField("afspraak op", null=True, blank=True)
    # The referral this one went on from, with the visitor's consent.
    vervolg_op = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, related_name="vervolg", verbose_name="vervolg op"
    )
    aangemaakt_op = models.DateTimeField("gemaakt op", default=timezone.now)
    beloofd_op = models.DateField("belt uiterlijk", null=True, blank=True)
    verloopt_op = models.DateField("gegevens uiterlijk weg op")
    verzonden_op = models.DateTimeField("mail verzonden op", null=True, blank=True)
    herinnerd_op = models.DateTimeField("partner herinnerd op", null=True, blank=True)
    gemeld_op = models.DateTimeField("coördinator verteld op", null=True, blank=True)
    # What kept the last mail from the partner, and when that was; sending it again clears both.
    hapering = models.CharField("wat er haperde", max_length=20, choices=Hindernis, blank=True)
    hapering_op = models.DateTimeField("haperde op", null=True, blank=True)
    # Not empty: the link opens only with a code, which is made of this and a secret of the service (see code.py).
    code_zout = models.CharField("zout van de code", max_length=32, blank=True, editable=False)
    # The visitor said with the code on the card how they liked it; which smiley is counted elsewhere.
    gewaardeerd = models.BooleanField("waardering gegeven", default=False)
    wissen_op = models.DateTimeField("gegevens wissen vanaf", null=True, blank=True)
    gewist_op = models.DateTimeField("gegevens gewist op", null=True, blank=True)
    wissen_gemeld_op = models.DateTimeField("te laat wissen gemeld op", null=True, blank=True)

    # Only on what comes from `with_hindernis`.
    hindernis: str

    objects = DoorverwijzingQuerySet.as_manager()

    class Meta:
        verbose_name = "doorverwijzing"
        verbose_name_plural = "doorverwijzingen"
        indexes = [
            models.Index(fields=["infopunt", "-aangemaakt_op"], name="dv_infopunt_aangemaakt"),
            models.Index(fields=["organisatie", "status"], name="dv_organisatie_status"),
            models.Index(fields=["wissen_op"], name="dv_te_wissen", condition=Q(gewist_op__isnull=True)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="dv_status"),
            models.CheckConstraint(condition=Q(wijze__in=Wijze.values), name="dv_wijze"),
            models.CheckConstraint(
                condition=Q(hapering="", hapering_op=None)
                | Q(hapering__in=HAPERINGEN, hapering_op__isnull=False, status__in=OPEN),
                name="dv_hapering_zolang_het_loopt",
            ),
            models.CheckConstraint(
                condition=Q(wijze=Wijze.MAIL) & ~Q(email="") | ~Q(wijze=Wijze.MAIL) & Q(email=""),
                name="dv_adres_alleen_bij_mail",
                violation_error_message="Alleen een verwijzing per mail heeft een mailadres.",
            ),
            models.CheckConstraint(
                condition=Q(wijze=Wijze.MAIL) | Q(gewist_op__isnull=False),
                name="dv_zonder_mail_niets_bewaard",
            ),
            models.CheckConstraint(
                condition=Q(reden_niet_passend="")
                | Q(reden_niet_passend__in=RedenNietPassend.values, status=Status.NIET_PASSEND),
                name="dv_reden_bij_niet_passend",
                violation_error_message="Een reden hoort alleen bij ‘niet passend’.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=OPEN) | Q(wissen_op__isnull=False) | Q(gewist_op__isnull=False),
                name="dv_afgelopen_wordt_gewist",
            ),
            models.CheckConstraint(
                condition=Q(gewist_op__isnull=True) | Q(status__in=AFGELOPEN), name="dv_gewist_is_afgelopen"
            ),
        ]

    def __str__(self) -> str:
        return self.kenmerk

    def get_absolute_url(self) -> str:
        return reverse("doorverwijzing:detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def can_be_restored(self) -> bool:
        """A partner's last word can be taken back until the details are to be erased, also when that comes late."""
        if self.status not in UITKOMSTEN or self.wissen_op is None or self.gewist_op is not None:
            return False
        return timezone.now() < self.wissen_op

    @property
    def dagen_te_laat(self) -> int:
        """Calendar days past the promised day without word of a call; 0 when on time."""
        if self.status not in {Status.AANGEBODEN, Status.ONTVANGEN} or self.beloofd_op is None:
            return 0
        return max((timezone.localdate() - self.beloofd_op).days, 0)

    @property
    def leeftijd(self) -> str:
        """How long it has been going, in words."""
        dagen = (timezone.localdate() - timezone.localdate(self.aangemaakt_op)).days
        return {0: "vandaag", 1: "1 dag"}.get(dagen, f"{dagen} dagen")

    @property
    def is_past_its_day(self) -> bool:
        """The last day of keeping the details is over, whether or not they were destroyed by now."""
        return self.verloopt_op < timezone.localdate()

    def may_become(self, status: str) -> bool:
        return status in OVERGANGEN.get(self.status, frozenset())


class Gebeurtenis(models.Model):
    """A change of state: what, when, by what kind of actor. Append-only: a trigger keeps it so."""

    doorverwijzing = models.ForeignKey(Doorverwijzing, models.CASCADE, related_name="gebeurtenissen")
    van = models.CharField("van", max_length=20, choices=Status, blank=True)
    naar = models.CharField("naar", max_length=20, choices=Status)
    door = models.CharField("door", max_length=20, choices=Door)
    op = models.DateTimeField("wanneer", default=timezone.now)

    class Meta:
        verbose_name = "gebeurtenis"
        verbose_name_plural = "gebeurtenissen"
        ordering = ["op", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(naar__in=Status.values), name="dv_gebeurtenis_naar"),
            models.CheckConstraint(condition=Q(door__in=Door.values), name="dv_gebeurtenis_door"),
        ]

    def __str__(self) -> str:
        return f"{self.get_naar_display()}, {timezone.localtime(self.op):%d-%m-%Y %H:%M}"


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


class Belnotitie(models.Model):
    """A word of the desk about following up: "ik heb gebeld". It passes the privacy guard."""

    doorverwijzing = models.ForeignKey(Doorverwijzing, models.CASCADE, related_name="belnotities")
    tekst = models.CharField("notitie", max_length=200)
    op = models.DateTimeField("wanneer", default=timezone.now)

    class Meta:
        verbose_name = "belnotitie"
        verbose_name_plural = "belnotities"
        ordering = ["op"]

    def __str__(self) -> str:
        return self.tekst
