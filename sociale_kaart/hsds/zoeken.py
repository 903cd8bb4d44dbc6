"""Searching for outsiders: the search of the desk, minus what was found only through people who are not public.

The search index knows every contact person, because the desk asks for them by name. Outsiders must not learn where
somebody works by searching for them, so each hit is checked against the public words of the offer.
"""

from collections.abc import Iterable

from rapidfuzz.fuzz import ratio

from sociale_kaart.models import Aanbod, AanbodContact, AanbodQuerySet
from sociale_kaart.zoeken import Treffer, kernen_op_naam, zoek
from sociale_kaart.zoektaal import begrijp, splits, vouw

# As loose as a search that forgives typing mistakes: rather one hit too few than a name too many.
LIJKT = 70


def zoek_openbaar(tekst: str, aanbod: AanbodQuerySet) -> list[int]:
    """Keys of the offers found among these, best first."""
    treffers = zoek(begrijp(tekst, kernen_op_naam()), aanbod).treffers
    geheim = _woorden_van_mensen([treffer.aanbod_id for treffer in treffers])
    openbaar = _openbare_woorden(geheim.keys())
    return [
        treffer.aanbod_id
        for treffer in treffers
        if treffer.aanbod_id not in geheim
        or _mag(treffer, tekst, geheim[treffer.aanbod_id], openbaar[treffer.aanbod_id])
    ]


def _mag(treffer: Treffer, tekst: str, geheim: set[str], openbaar: set[str]) -> bool:
    """Whether some reason for this hit does not point at somebody."""
    gevonden_op = [reden.vakwoord or reden.woord for reden in treffer.redenen] or [tekst]
    redenen = [splits(vouw(woorden)) for woorden in gevonden_op]
    return any(
        not any(_lijkt(woord, geheim) and not _lijkt(woord, openbaar) for woord in reden) for reden in redenen
    )


def _lijkt(woord: str, op: Iterable[str]) -> bool:
    return any(
        woord.startswith(ander) or ander.startswith(woord) or ratio(woord, ander) >= LIJKT for ander in op
    )


def _woorden_van_mensen(ids: list[int]) -> dict[int, set[str]]:
    """Per offer the words of names and roles of those who are not public."""
    woorden: dict[int, set[str]] = {}
    rollen = AanbodContact.objects.filter(aanbod__in=ids, contactpersoon__is_openbaar=False)
    for pk, naam, rol in rollen.values_list("aanbod_id", "contactpersoon__naam", "rol"):
        woorden.setdefault(pk, set()).update(splits(vouw(f"{naam} {rol}")))
    return woorden


def _openbare_woorden(ids: Iterable[int]) -> dict[int, set[str]]:
    """Per offer the words that the API itself shows."""
    velden = [
        "naam",
        "andere_namen",
        "omschrijving",
        "doelgroep",
        "organisatie__naam",
        "organisatie__andere_namen",
    ]
    rijen = Aanbod.objects.filter(pk__in=ids).prefetch_related("onderwerpen").only("pk", *velden)
    openbaar = {}
    for aanbod in rijen.select_related("organisatie"):
        organisatie = aanbod.organisatie
        delen = [aanbod.naam, aanbod.andere_namen, aanbod.omschrijving, aanbod.doelgroep]
        delen += [organisatie.naam, organisatie.andere_namen]
        delen += [onderwerp.naam for onderwerp in aanbod.onderwerpen.all()]
        openbaar[aanbod.pk] = set(splits(vouw(" ".join(delen))))
    return openbaar
