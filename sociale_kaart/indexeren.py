"""Writing the search index: which words of an offer and of everything around it can be found."""

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import QuerySet, Value

from sociale_kaart.models import Aanbod, Taal
from sociale_kaart.zoektaal import CONFIG, vouw

BATCH = 200


@transaction.atomic
def index_aanbod(queryset: "QuerySet[Aanbod]") -> int:
    """Write the search index of these offers anew; call it after every change to them or what hangs on them.

    A: what it is called and who is there. B: what it is about and for whom. C: what it says. D: nothing.
    """
    aantal = 0
    ids = list(queryset.order_by("pk").values_list("pk", flat=True))
    for begin in range(0, len(ids), BATCH):
        deel = list(
            Aanbod.objects.filter(pk__in=ids[begin : begin + BATCH])
            .select_related("organisatie")
            .prefetch_related("onderwerpen", "contacten__contactpersoon")
        )
        for aanbod in deel:
            aanbod.zoekvector = _zoekvector(aanbod)
            # Of what was read: what changes after that is stale again.
            aanbod.geindexeerd_op = aanbod.gewijzigd_op
        aantal += Aanbod.objects.bulk_update(deel, ["zoekvector", "geindexeerd_op"])
    return aantal


def _zoekvector(aanbod: Aanbod) -> SearchVector:
    delen = teksten_om_te_vinden(aanbod)
    vectoren = [
        SearchVector(Value(vouw(tekst)), weight=gewicht, config=CONFIG) for gewicht, tekst in delen.items()
    ]
    return sum(vectoren[1:], start=vectoren[0])


def teksten_om_te_vinden(aanbod: Aanbod) -> dict[str, str]:
    """The words of an offer by weight. Dutch is spoken everywhere, so it tells nothing."""
    contacten = list(aanbod.contacten.all())
    talen = [str(Taal(code).label) for code in aanbod.talen if code != Taal.NEDERLANDS]
    naam = [aanbod.naam, aanbod.organisatie.naam, *(contact.contactpersoon.naam for contact in contacten)]
    over = [
        *(onderwerp.naam for onderwerp in aanbod.onderwerpen.all()),
        aanbod.doelgroep,
        *(contact.rol for contact in contacten),
        *talen,
    ]
    return {"A": "\n".join(naam), "B": "\n".join(over), "C": aanbod.omschrijving}
