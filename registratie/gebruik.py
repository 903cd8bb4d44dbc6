"""How often questions were sent to offers, for the dates on which the map is checked."""

from collections import Counter
from datetime import datetime

from django.db.models import Count, Q

from registratie.models import Vraag
from sociale_kaart.models import Aanbod
from sociale_kaart.termijnen import Gebruiksteller


def questions(since: datetime) -> Counter[int]:
    """Questions per offer since then. A question names an organisation and a topic, no offer: it counts for
    what that organisation offers on that topic, and only for the offers there are."""
    verwezen = Vraag.objects.filter(moment__gte=since, organisatie__isnull=False)
    vragen = verwezen.order_by().values_list("organisatie", "onderwerp").annotate(aantal=Count("pk"))
    per_paar = {(organisatie, onderwerp): aantal for organisatie, onderwerp, aantal in vragen}
    daarover = Q(organisatie__in={organisatie for organisatie, _ in per_paar}, onderwerpen__isnull=False)
    totaal: Counter[int] = Counter()
    paren = Aanbod.objects.filter(daarover).order_by().values_list("pk", "organisatie", "onderwerpen")
    for aanbod, organisatie, onderwerp in paren:
        totaal[aanbod] += per_paar.get((organisatie, onderwerp), 0)
    return +totaal


TELLERS = [Gebruiksteller(questions, volgorde=10)]
