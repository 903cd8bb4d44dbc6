"""How partners kept their promises: to tell the visitor before they agree, and for the reports."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from doorverwijzing.models import Doorverwijzing, Status
from doorverwijzing.verloop import CONTACT, first_by_partner
from sociale_kaart.models import Organisatie

LAATSTE = 10
# Of what comes from `judged`: the partner got to work on or before the promised day.
OP_TIJD = Q(contact_op__date__lte=F("beloofd_op"))


@dataclass(frozen=True)
class Nagekomen:
    """The last referrals with a promise whose day has come, newest first: True is on time."""

    keren: list[bool]

    @property
    def aantal(self) -> int:
        return len(self.keren)

    @property
    def op_tijd(self) -> int:
        return sum(self.keren)


def judged(verwijzingen: "QuerySet[Doorverwijzing]", vandaag: date) -> "QuerySet[Doorverwijzing]":
    """Those with a promise that was kept, or whose day is over; with `contact_op`.

    Referrals the visitor withdrew do not count: nobody could keep that promise.
    """
    return (
        verwijzingen.filter(beloofd_op__isnull=False)
        .exclude(status=Status.INGETROKKEN)
        .annotate(contact_op=first_by_partner(CONTACT))
        .filter(Q(contact_op__isnull=False) | Q(beloofd_op__lt=vandaag))
    )


def kept_lately(organisatie: Organisatie) -> Nagekomen:
    """The same rule as in the reports, of the last few."""
    laatste = judged(Doorverwijzing.objects.for_organisatie(organisatie), timezone.localdate())
    oordelen = laatste.annotate(op_tijd=OP_TIJD).order_by("-aangemaakt_op").values_list("op_tijd", flat=True)
    return Nagekomen([bool(op_tijd) for op_tijd in oordelen[:LAATSTE]])
