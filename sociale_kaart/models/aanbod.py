"""What organisations offer, and who to ask for."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Self
from uuid import uuid4

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from balie.models import Kern
from sociale_kaart.models.groep import Groep
from sociale_kaart.models.onderwerp import Onderwerp
from sociale_kaart.models.organisatie import Contactpersoon, Organisatie
from sociale_kaart.models.taal import Taal

if TYPE_CHECKING:
    from sociale_kaart.models.controle import Controle, Melding
    from sociale_kaart.models.tijd import Mededeling, Uitzondering


class AanbodQuerySet(models.QuerySet["Aanbod"]):
    def current(self) -> Self:
        """What may be found: not in the archive, nor its organisation."""
        return self.filter(gearchiveerd_op=None, organisatie__gearchiveerd_op=None)

    def stale(self) -> Self:
        """What changed since its search index was written."""
        return self.exclude(geindexeerd_op=F("gewijzigd_op"))

    def for_row(self) -> Self:
        """Everything a result row shows, in a fixed number of queries."""
        return (
            self.select_related("organisatie")
            .prefetch_related("contacten__contactpersoon", "openingstijden__locatie", "kernen")
            .with_uitzonderingen()
            .with_controles()
            .with_meldingen()
        )

    def for_calendar(self) -> Self:
        """With times and exceptions, for agenda_uit.py."""
        return self.select_related("organisatie").prefetch_related(
            "openingstijden__locatie", "uitzondering_set", "organisatie__uitzondering_set"
        )

    def with_hours_in(self, kern: Kern) -> Self:
        """What one can walk to in this village."""
        hier = Q(openingstijden__locatie__kern=kern, openingstijden__locatie__soort="fysiek")
        return self.filter(pk__in=Aanbod.objects.filter(hier).values("pk"))

    def last_changed(self) -> tuple[int, datetime | None, datetime | None]:
        """How many there are, and the latest change of any of them and of their organisations."""
        gevonden = self.aggregate(
            aantal=models.Count("pk"),
            laatste=models.Max("gewijzigd_op"),
            organisatie=models.Max("organisatie__gewijzigd_op"),
        )
        return gevonden["aantal"], gevonden["laatste"], gevonden["organisatie"]

    def with_uitzonderingen(self) -> Self:
        """With exceptions and notices of the offer and its organisation, for `uitzonderingen`."""
        soorten = ("uitzondering_set", "mededeling_set")
        return self.prefetch_related(*soorten, *(f"organisatie__{soort}" for soort in soorten))

    def with_controles(self) -> Self:
        """With the check of each group that counts, for `controle_per_groep`."""
        laatste = apps.get_model("sociale_kaart", "Controle").objects.latest_per_group()
        return self.prefetch_related(models.Prefetch("controles", laatste))

    def with_meldingen(self) -> Self:
        """With what is doubted, for `open_meldingen` and `waarschuwing`."""
        meldingen = apps.get_model("sociale_kaart", "Melding").objects.open()
        return self.prefetch_related(models.Prefetch("meldingen", meldingen))

    def for_kern(self, kern: Kern) -> Self:
        """What somebody from this village may use: its own, regional and national offers."""
        breder = Q(bereik__in=[Aanbod.Bereik.REGIO, Aanbod.Bereik.LANDELIJK])
        eigen = Aanbod.kernen.through.objects.filter(kern=kern).values("aanbod")
        return self.filter(breder | Q(pk__in=eigen))

    def reach(self) -> set[tuple[int, int | None]]:
        """For whom there is something about what: (topic, village), and (topic, None) for every village.

        The rule of `for_kern`, for all villages and topics in one query.
        """
        rijen = (
            self.filter(onderwerpen__isnull=False).order_by().values_list("onderwerpen", "bereik", "kernen")
        )
        return {
            (onderwerp, kern if bereik == Aanbod.Bereik.KERNEN else None)
            for onderwerp, bereik, kern in rijen.distinct()
            if kern or bereik != Aanbod.Bereik.KERNEN
        }

    def for_onderwerp(self, onderwerp: Onderwerp) -> Self:
        """What is about this topic or a subtopic of it."""
        daarover = Q(onderwerp=onderwerp) | Q(onderwerp__ouder=onderwerp)
        return self.filter(pk__in=Aanbod.onderwerpen.through.objects.filter(daarover).values("aanbod"))

    def for_taal(self, taal: str) -> Self:
        """Where this language is spoken, by the organisation or by a key person who shows the way there."""
        wegwijzers = AanbodContact.objects.filter(
            contactpersoon__in=Contactpersoon.objects.sleutelpersonen(taal)
        )
        return self.filter(Q(talen__contains=[taal]) | Q(pk__in=wegwijzers.values("aanbod")))

    def om_te_ontmoeten(self) -> Self:
        """Activities that say how one meets people there."""
        zegt_het = ~Q(contact="") | ~Q(kennismaken=[])
        return self.filter(zegt_het, soort=Aanbod.Soort.ACTIVITEIT)


class Aanbod(models.Model):
    """What an organisation offers: a service, a consultation hour, an activity."""

    class Bereik(models.TextChoices):
        KERNEN = "kernen", "alleen de genoemde kernen"
        REGIO = "regio", "de hele regio"
        LANDELIJK = "landelijk", "heel Nederland"

    class Soort(models.TextChoices):
        HULP = "hulp", "hulp of dienst"
        SPREEKUUR = "spreekuur", "spreekuur"
        ACTIVITEIT = "activiteit", "activiteit"

    class Kennismaken(models.TextChoices):
        VOORAF = "vooraf", "vooraf"
        TIJDENS = "tijdens", "tijdens de activiteit"
        NA = "na", "na afloop"

    class Contact(models.TextChoices):
        ONDER_MENSEN = "onder_mensen", "onder de mensen zijn"
        PRAATJE = "praatje", "een praatje maken"
        VRIENDEN = "vrienden", "vrienden maken"

    class Drempel(models.TextChoices):
        BINNENLOPEN = "binnenlopen", "je kunt zo binnenlopen"
        AANMELDEN = "aanmelden", "eerst even aanmelden"
        GESPREK = "gesprek", "eerst een gesprek"

    uuid = models.UUIDField("uuid", default=uuid4, db_default=RandomUUID(), unique=True, editable=False)
    extern_id = models.CharField("extern id", max_length=120, unique=True, null=True, blank=True)
    organisatie = models.ForeignKey(Organisatie, models.PROTECT, related_name="aanbod")
    naam = models.CharField("naam", max_length=160)
    andere_namen = models.CharField(
        "ook bekend als",
        max_length=200,
        blank=True,
        help_text="Afkortingen en oude namen, met komma's ertussen.",
    )
    soort = models.CharField("soort", max_length=12, choices=Soort, default=Soort.HULP)
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
    aanmelden = models.CharField(
        "aanmelden",
        max_length=300,
        blank=True,
        help_text="Hoe iemand zich aanmeldt. Zoals: bel voor een afspraak.",
    )
    meenemen = models.CharField(
        "meenemen",
        max_length=300,
        blank=True,
        help_text="Wat iemand meeneemt. Zoals: legitimatie en de brief.",
    )
    # For activities: what somebody who wants to meet people needs to know.
    kennismaken = ArrayField(
        models.CharField(max_length=10, choices=Kennismaken),
        default=list,
        blank=True,
        verbose_name="ruimte om kennis te maken",
    )
    contact = models.CharField("hoeveel contact", max_length=14, choices=Contact, blank=True)
    vaste_gezichten = models.BooleanField("elke keer dezelfde mensen", null=True, blank=True)
    drempel = models.CharField("hoe kom je binnen", max_length=12, choices=Drempel, blank=True)
    telefoon = models.CharField("telefoon", max_length=40, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    website = models.URLField("website", blank=True, max_length=300)
    contactpersonen = models.ManyToManyField(Contactpersoon, through="AanbodContact", related_name="aanbod")
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
    # Filled by actions.index_aanbod(): words of this offer and of everything around it.
    zoekvector = SearchVectorField(null=True, editable=False)
    geindexeerd_op = models.DateTimeField("geïndexeerd op", null=True, editable=False)

    objects = AanbodQuerySet.as_manager()

    class Meta:
        verbose_name = "aanbod"
        verbose_name_plural = "aanbod"
        ordering = ["naam"]
        indexes = [
            GinIndex(fields=["zoekvector"], name="kaart_aanbod_zoekvector"),
        ]
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
            models.CheckConstraint(
                condition=Q(soort__in=["hulp", "spreekuur", "activiteit"]), name="kaart_aanbod_soort"
            ),
            models.CheckConstraint(
                condition=Q(kennismaken__contained_by=["vooraf", "tijdens", "na"]),
                name="kaart_aanbod_kennismaken",
            ),
            models.CheckConstraint(
                condition=Q(contact__in=["", "onder_mensen", "praatje", "vrienden"]),
                name="kaart_aanbod_contact",
            ),
            models.CheckConstraint(
                condition=Q(drempel__in=["", "binnenlopen", "aanmelden", "gesprek"]),
                name="kaart_aanbod_drempel",
            ),
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
    def uitzonderingen(self) -> "list[Uitzondering]":
        """Exceptions of the offer and of its organisation, past ones too; uses the prefetched lists."""
        return [*self.uitzondering_set.all(), *self.organisatie.uitzondering_set.all()]

    def mededelingen_op(self, dag: date) -> "list[Mededeling]":
        """The notices to show on a day, of the offer and of its organisation; uses the prefetched lists."""
        alle = [*self.mededeling_set.all(), *self.organisatie.mededeling_set.all()]
        return [mededeling for mededeling in alle if mededeling.van_dag <= dag <= mededeling.tot_dag]

    @property
    def ontmoetingszinnen(self) -> list[str]:
        """For whom wants to meet people: how one gets in, how much contact, when to get acquainted."""
        if self.soort != self.Soort.ACTIVITEIT:
            return []
        vaste = {True: "Elke keer dezelfde mensen", False: "Elke keer andere mensen", None: ""}
        zinnen = [
            ONTMOETEN.get(self.drempel, ""),
            ONTMOETEN.get(self.contact, ""),
            _kennismaken([moment for moment in self.Kennismaken if moment in self.kennismaken]),
            vaste[self.vaste_gezichten],
        ]
        return [zin for zin in zinnen if zin]

    @property
    def eerste_contact(self) -> "AanbodContact | None":
        """The person to ask for first; uses the prefetched list."""
        return next(iter(self.contacten.all()), None)

    @property
    def controle_per_groep(self) -> "list[tuple[str, Controle | None]]":
        """Of each group ("tijden") when it was last checked, if ever; uses the prefetched list."""
        laatste: dict[str, Controle] = {}
        for controle in self.controles.all():  # newest first
            laatste.setdefault(controle.groep, controle)
        return [(groep, laatste.get(groep)) for groep in Groep.values]

    @property
    def open_meldingen(self) -> "list[Melding]":
        """What is doubted, oldest first; uses the prefetched list."""
        return [melding for melding in self.meldingen.all() if melding.afgehandeld_op is None]

    @property
    def waarschuwing(self) -> str:
        """The gravest doubt in one line, or "" when there is none."""
        meldingen = self.open_meldingen
        ernstig = [melding for melding in meldingen if melding.soort == "bestaat_niet"]
        return (ernstig or meldingen)[-1].waarschuwing if meldingen else ""


# What the answers about meeting people mean to somebody who hesitates.
ONTMOETEN: dict[str, str] = {
    Aanbod.Drempel.BINNENLOPEN: "Je kunt zo binnenlopen",
    Aanbod.Drempel.AANMELDEN: "Meld je eerst even aan",
    Aanbod.Drempel.GESPREK: "Eerst een kort gesprek",
    Aanbod.Contact.ONDER_MENSEN: "Onder de mensen zijn, praten hoeft niet",
    Aanbod.Contact.PRAATJE: "Goed voor een praatje",
    Aanbod.Contact.VRIENDEN: "Om vrienden te maken",
}


def _kennismaken(momenten: list[Aanbod.Kennismaken]) -> str:
    if not momenten:
        return ""
    *eerst, laatst = [str(moment.label) for moment in momenten]
    wanneer = f"{', '.join(eerst)} en {laatst}" if eerst else laatst
    return f"Ruimte om kennis te maken: {wanneer}"


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
