"""The course of each referral, out of the database: where it came, when, and what the partner said."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from doorverwijzing.models import OPEN, Door, Doorverwijzing, Inzage, Status
from doorverwijzing.models.stand import ONGEOPEND_NA
from doorverwijzing.verloop import BERICHT, GESPROKEN, first_by_partner, first_moment, last_moment

# The ends of a referral, best first, and what they are called where they are counted.
AFLOPEN = [
    (Status.GEHOLPEN, "Wordt geholpen"),
    (Status.NIET_PASSEND, "Niet passend"),
    (Status.NIET_BEREIKT, "Niet bereikt"),
    (Status.VERLOPEN, "Niemand antwoordde"),
    (Status.INGETROKKEN, "Ingetrokken"),
]


class Verloop(NamedTuple):
    """The course of one referral: nothing of the visitor, nobody's name but that of organisations."""

    partner: str
    wijze: str
    status: str
    reden: str
    beter: str | None
    gemaakt_op: datetime
    verzonden_op: datetime | None
    bericht_op: datetime | None  # the first word of the partner
    gesproken_op: datetime | None
    laatst_op: datetime | None  # when its state last changed
    bekeken: bool
    hapering: str  # what keeps the mail from the partner, while it runs

    @property
    def loopt(self) -> bool:
        return self.status in OPEN

    @property
    def is_verzonden(self) -> bool:
        """Also while it is on its way again."""
        return self.verzonden_op is not None or self.bericht_op is not None

    def einde(self, nu: datetime) -> datetime | None:
        """When waiting ended for what did not come; None while somebody still waits."""
        return None if self.loopt else self.laatst_op or nu

    def is_unopened(self, nu: datetime) -> bool:
        """Mailed more than a day before it ended, or before now, and nobody at the partner looked."""
        if self.verzonden_op is None or self.bericht_op is not None or self.bekeken or self.hapering:
            return False
        return self.verzonden_op < (self.einde(nu) or nu) - ONGEOPEND_NA


def courses(verwijzingen: QuerySet[Doorverwijzing]) -> list[Verloop]:
    """In one query, oldest first."""
    bekeken = Inzage.objects.filter(doorverwijzing=OuterRef("pk"), door=Door.PARTNER)
    rijen = (
        verwijzingen.annotate(
            bericht_op=first_by_partner(BERICHT),
            gesproken_op=first_moment(GESPROKEN),
            laatst_op=last_moment(),
            bekeken=Exists(bekeken),
        )
        .order_by("aangemaakt_op", "pk")
        .values_list(
            "organisatie__naam",
            "wijze",
            "status",
            "reden_niet_passend",
            "beter_bij__naam",
            "aangemaakt_op",
            "verzonden_op",
            "bericht_op",
            "gesproken_op",
            "laatst_op",
            "bekeken",
            "hapering",
        )
    )
    return [Verloop(*rij) for rij in rijen]
