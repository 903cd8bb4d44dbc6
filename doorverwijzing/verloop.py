"""The course of referrals as their events tell it. A mis-tap that was taken back did not happen."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from doorverwijzing.models import UITKOMSTEN, Door, Gebeurtenis, Status

# What shows that the partner spoke to the visitor.
GESPROKEN = [Status.CONTACT_GELEGD, Status.GEHOLPEN]
# What shows that the partner got to work on it.
CONTACT = [*GESPROKEN, Status.NIET_BEREIKT, Status.NIET_PASSEND]
# What shows that the partner has read it.
BERICHT = [Status.ONTVANGEN, *CONTACT]


def first_moment(naar: Sequence[str], **waar: Any) -> Subquery:
    """Of each referral when it first came into one of these states, None when never; `waar` narrows the events.

    After an outcome comes nothing but taking it back, so an outcome with a later event is a mis-tap.
    """
    later = Gebeurtenis.objects.filter(doorverwijzing=OuterRef("doorverwijzing"), pk__gt=OuterRef("pk"))
    blijft = ~Q(naar__in=UITKOMSTEN) | ~Exists(later)
    gebeurd = Gebeurtenis.objects.filter(blijft, doorverwijzing=OuterRef("pk"), naar__in=naar, **waar)
    return Subquery(gebeurd.order_by("op").values("op")[:1])


def first_by_partner(naar: Sequence[str]) -> Subquery:
    return first_moment(naar, door=Door.PARTNER)


def last_moment() -> Subquery:
    """Of each referral when its state last changed."""
    gebeurd = Gebeurtenis.objects.filter(doorverwijzing=OuterRef("pk"))
    return Subquery(gebeurd.order_by("-op", "-pk").values("op")[:1])
