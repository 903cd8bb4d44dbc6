"""Following up: what waits longest, at whom, in which state; and who else could help."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Min, Q, QuerySet
from django.utils import timezone

from doorverwijzing.models import OPEN, Doorverwijzing, DoorverwijzingQuerySet, Status
from sociale_kaart.models import Aanbod, Onderwerp, Organisatie

HOOGSTENS = 50


@dataclass(frozen=True)
class PerOrganisatie:
    """Open referrals of one organisation: how many, how many too late, and since when the oldest waits."""

    organisatie: Organisatie
    aantal: int
    te_laat: int
    oudste: datetime


def waiting_longest(verwijzingen: DoorverwijzingQuerySet) -> "QuerySet[Doorverwijzing]":
    """Open ones: first those the partner did not speak to yet, by the day that was promised; then the oldest."""
    gesproken = Q(status=Status.CONTACT_GELEGD)
    op_dag = F("beloofd_op").asc(nulls_last=True)
    return verwijzingen.open().annotate(gesproken=gesproken).order_by("gesproken", op_dag, "aangemaakt_op")


def per_status(verwijzingen: DoorverwijzingQuerySet) -> list[tuple[str, int]]:
    """How many open ones there are in each state, in the order of the course."""
    aantallen = dict(verwijzingen.open().order_by().values_list("status").annotate(Count("pk")))
    return [(Status(status).label, aantallen.get(status, 0)) for status in OPEN]


def per_organisation(verwijzingen: DoorverwijzingQuerySet) -> list[PerOrganisatie]:
    """Organisations with open referrals, those with most too late first."""
    te_laat = Q(beloofd_op__lt=timezone.localdate(), status__in=[Status.AANGEBODEN, Status.ONTVANGEN])
    rijen = (
        verwijzingen.open()
        .order_by()
        .values("organisatie")
        .annotate(aantal=Count("pk"), te_laat=Count("pk", filter=te_laat), oudste=Min("aangemaakt_op"))
        .order_by("-te_laat", "-aantal", "oudste")[:HOOGSTENS]
    )
    organisaties = Organisatie.objects.in_bulk([rij["organisatie"] for rij in rijen])
    return [
        PerOrganisatie(organisaties[rij["organisatie"]], rij["aantal"], rij["te_laat"], rij["oudste"])
        for rij in rijen
    ]


def alternatives(verwijzing: Doorverwijzing, hoeveel: int = 3) -> "QuerySet[Aanbod]":
    """Other organisations with an offer on the same topics, nearest first: with most topics in common.

    The topics of the offer it was made to, or of all that the organisation offers when it went to the whole of it.
    """
    waarvoor = (
        Q(aanbod=verwijzing.aanbod_id)
        if verwijzing.aanbod_id
        else Q(aanbod__organisatie=verwijzing.organisatie_id)
    )
    onderwerpen = list(Onderwerp.objects.filter(waarvoor).values_list("pk", flat=True))
    return (
        Aanbod.objects.current()
        .filter(onderwerpen__in=onderwerpen)
        .exclude(organisatie=verwijzing.organisatie_id)
        .select_related("organisatie")
        .annotate(gedeeld=Count("onderwerpen", filter=Q(onderwerpen__in=onderwerpen), distinct=True))
        .order_by("-gedeeld", "naam")[:hoeveel]
    )
