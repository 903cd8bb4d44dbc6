"""How a partner kept their promise lately, to tell the visitor before they agree."""

from dataclasses import dataclass

from django.db.models import Min, Q
from django.utils import timezone

from doorverwijzing.models import Door, Doorverwijzing, Status
from sociale_kaart.models import Organisatie

LAATSTE = 10
# What shows that the partner got to work on it.
CONTACT = [Status.CONTACT_GELEGD, Status.GEHOLPEN, Status.NIET_BEREIKT, Status.NIET_PASSEND]


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


def kept_lately(organisatie: Organisatie) -> Nagekomen:
    """Referrals the visitor withdrew do not count: nobody could keep that promise."""
    vandaag = timezone.localdate()
    telt_mee = (
        Doorverwijzing.objects.for_organisatie(organisatie)
        .filter(beloofd_op__isnull=False)
        .exclude(status=Status.INGETROKKEN)
        .annotate(
            contact_op=Min(
                "gebeurtenissen__op",
                filter=Q(gebeurtenissen__naar__in=CONTACT, gebeurtenissen__door=Door.PARTNER),
            )
        )
        .filter(Q(contact_op__isnull=False) | Q(beloofd_op__lt=vandaag))
        .order_by("-aangemaakt_op")
        .values_list("contact_op", "beloofd_op")[:LAATSTE]
    )
    return Nagekomen(
        [
            contact is not None and beloofd is not None and timezone.localdate(contact) <= beloofd
            for contact, beloofd in telt_mee
        ]
    )
