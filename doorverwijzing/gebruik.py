"""How often offers are referred to, for the dates on which the map is checked."""

from collections import Counter
from datetime import datetime

from django.db.models import Count

from doorverwijzing.models import Doorverwijzing
from sociale_kaart.termijnen import Gebruiksteller


def referrals(since: datetime) -> Counter[int]:
    """Warm referrals per offer since then."""
    sinds = Doorverwijzing.objects.filter(aangemaakt_op__gte=since, aanbod__isnull=False)
    return Counter(dict(sinds.order_by().values_list("aanbod").annotate(aantal=Count("pk"))))


TELLERS = [Gebruiksteller(referrals, volgorde=20)]
