"""What asks something of the coordinator: lists over the whole map, each one query."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Exists, Max, OuterRef, QuerySet, Subquery, Value, When

from sociale_kaart.models import Aanbod, Controleverzoek, Melding, Onderwerp, Organisatie, Voorstel
from sociale_kaart.termijnen import Gebruik, Termijnen, often

TE_LAAT = "te-laat"


@dataclass(frozen=True)
class Lijst:
    """A list: `rijen(termijnen)` are its rows, `soort` says which template part draws one."""

    naam: str
    titel: str
    uitleg: str
    icoon: str
    soort: str
    rijen: Callable[[Termijnen], "QuerySet[Any]"]


def last_asked(organisatie: str) -> Subquery:
    """When the organisation was last asked; `organisatie` is the way to its id."""
    verzoeken = Controleverzoek.objects.filter(organisatie=OuterRef(organisatie)).order_by()
    return Subquery(verzoeken.values("organisatie").annotate(laatst=Max("gemaakt_op")).values("laatst"))


def _met_gevraagd(aanbod: Any) -> "QuerySet[Any]":
    return aanbod.select_related("organisatie").annotate(gevraagd_op=last_asked("organisatie"))


def _gemeld(termijnen: Termijnen) -> "QuerySet[Any]":
    openstaand = Melding.objects.open().filter(aanbod__in=Aanbod.objects.current())
    return openstaand.select_related("aanbod__organisatie").annotate(
        gevraagd_op=last_asked("aanbod__organisatie")
    )


def _voorstellen(termijnen: Termijnen) -> "QuerySet[Any]":
    return Voorstel.objects.open().select_related("aanbod", "organisatie")


def _te_laat(termijnen: Termijnen) -> "QuerySet[Any]":
    """What people are sent to most comes first."""
    vaak = [pk for pk, aantal in termijnen.gebruik.items() if often(aantal) is Gebruik.VAAK]
    soms = [pk for pk, aantal in termijnen.gebruik.items() if often(aantal) is Gebruik.SOMS]
    hoe_vaak = Case(When(pk__in=vaak, then=Value(0)), When(pk__in=soms, then=Value(1)), default=Value(2))
    te_laat = termijnen.due(Aanbod.objects.current()).with_controles()
    return _met_gevraagd(te_laat).order_by(hoe_vaak, "organisatie__sorteernaam", "naam", "pk")


def _nooit_gebruikt(termijnen: Termijnen) -> "QuerySet[Any]":
    gebruikt = [pk for pk, aantal in termijnen.gebruik.items() if aantal]
    nooit = Aanbod.objects.current().exclude(pk__in=gebruikt)
    return _met_gevraagd(nooit).order_by("organisatie__sorteernaam", "naam", "pk")


def _zonder_onderwerp(termijnen: Termijnen) -> "QuerySet[Any]":
    return _met_gevraagd(Aanbod.objects.current().filter(onderwerpen=None)).order_by("naam", "pk")


def _leeg_onderwerp(termijnen: Termijnen) -> "QuerySet[Any]":
    """A main topic with a subtopic that has offers is not empty."""
    over = Aanbod.onderwerpen.through.objects.filter(aanbod__in=Aanbod.objects.current())
    return Onderwerp.objects.filter(
        ~Exists(over.filter(onderwerp=OuterRef("pk"))),
        ~Exists(over.filter(onderwerp__ouder=OuterRef("pk"))),
    ).select_related("ouder")


def _zonder_mail(termijnen: Termijnen) -> "QuerySet[Any]":
    return Organisatie.objects.current().without_address()


LIJSTEN = [
    Lijst(
        "gemeld",
        "Gemeld",
        "Iemand twijfelt hieraan. Bij het zoeken staat een waarschuwing, totdat jij het hebt uitgezocht.",
        "message-square-warning",
        "melding",
        _gemeld,
    ),
    Lijst(
        "voorstellen",
        "Wacht op jou",
        "Dit willen organisaties anders op de kaart. Jij beslist per onderdeel.",
        "git-pull-request-arrow",
        "voorstel",
        _voorstellen,
    ),
    Lijst(
        TE_LAAT,
        "Nakijken",
        "Dit is te lang niet nagekeken. Waar we vaak naar verwijzen, staat bovenaan.",
        "calendar-clock",
        "aanbod",
        _te_laat,
    ),
    Lijst(
        "nooit-gebruikt",
        "Nooit gebruikt",
        "Hier is het afgelopen jaar niemand naar verwezen. Kennen je collega's het?",
        "eye-off",
        "aanbod",
        _nooit_gebruikt,
    ),
    Lijst(
        "zonder-onderwerp",
        "Zonder onderwerp",
        "Wie door de onderwerpen bladert, vindt dit niet.",
        "folder-x",
        "aanbod",
        _zonder_onderwerp,
    ),
    Lijst(
        "leeg-onderwerp",
        "Leeg onderwerp",
        "Bij deze onderwerpen staat geen hulp op de kaart.",
        "folder-open",
        "onderwerp",
        _leeg_onderwerp,
    ),
    Lijst(
        "zonder-mail",
        "Zonder mailadres",
        "Aan deze organisaties kunnen we niet vragen of alles nog klopt.",
        "mail-x",
        "organisatie",
        _zonder_mail,
    ),
]


@dataclass(frozen=True)
class Stand:
    """How many rows each list has, at one moment."""

    termijnen: Termijnen
    aantallen: dict[str, int]

    @classmethod
    def at(cls, now: datetime) -> "Stand":
        termijnen = Termijnen.at(now)
        return cls(termijnen, {lijst.naam: lijst.rijen(termijnen).count() for lijst in LIJSTEN})

    def first(self) -> str:
        """The list to open with: the first that has something."""
        return next((naam for naam, aantal in self.aantallen.items() if aantal), LIJSTEN[0].naam)
