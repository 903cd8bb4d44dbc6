"""Writing the search index: which words of an offer and of everything around it can be found, and how heavily.

The words are brought back to their stem here and not by PostgreSQL, so that every version of it finds the same.
"""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from django.db import connection, transaction
from django.db.models import QuerySet

from sociale_kaart.models import Aanbod, Taal
from sociale_kaart.stam import stam
from sociale_kaart.thesaurus import delen_van
from sociale_kaart.zoektaal import STOPWOORDEN, alle_woorden, vouw

BATCH = 200
MAX_LETTERS = 60
# A part of a compound counts less than the whole.
VAN_DEEL = {"A": "B", "B": "C", "C": "D"}
# One process at a time counts words, so that a higher version is also a later one.
SLOT = 20_260_021

SCHRIJF = """
    UPDATE sociale_kaart_aanbod AS aanbod SET zoekvector = nieuw.tekst::tsvector, geindexeerd_op = nieuw.moment
    FROM unnest(%s::bigint[], %s::text[], %s::timestamptz[]) AS nieuw (id, tekst, moment)
    WHERE aanbod.id = nieuw.id
"""
TEL = """
    INSERT INTO sociale_kaart_kaartwoord AS bekend (stam, woord, aantal, versie)
    SELECT stam, woord, verschil, nextval(pg_get_serial_sequence('sociale_kaart_kaartwoord', 'id'))
    FROM unnest(%s::text[], %s::text[], %s::int[]) AS nieuw (stam, woord, verschil)
    ON CONFLICT (stam) DO UPDATE SET aantal = bekend.aantal + excluded.aantal, versie = excluded.versie
"""


@transaction.atomic
def index_aanbod(queryset: "QuerySet[Aanbod]") -> int:
    """Write the search index of these offers anew; call it after every change to them or what hangs on them.

    A: what it is called and who is there. B: what it is about and for whom. C: what it says, and parts of the
    words above. D: parts of what it says.
    """
    verschil: Counter[str] = Counter()
    geschreven: dict[str, str] = {}
    ids = list(queryset.order_by("pk").values_list("pk", flat=True))
    for begin in range(0, len(ids), BATCH):
        deel = list(
            Aanbod.objects.filter(pk__in=ids[begin : begin + BATCH])
            .select_related("organisatie")
            .prefetch_related("onderwerpen", "kernen", "contacten__contactpersoon")
        )
        verschil.subtract(_stammen_nu([aanbod.pk for aanbod in deel]))
        rijen = []
        for aanbod in deel:
            stammen = stammen_van(aanbod)
            verschil.update(stammen.keys())
            geschreven |= {stam_: woord for stam_, (woord, _) in stammen.items()}
            tekst = " ".join(f"'{stam_}':{','.join(plekken)}" for stam_, (_, plekken) in stammen.items())
            # Of what was read: what changes after that is stale again.
            rijen.append((aanbod.pk, tekst, aanbod.gewijzigd_op))
        with connection.cursor() as cursor:
            cursor.execute(SCHRIJF, [list(kolom) for kolom in zip(*rijen, strict=True)])
    _tel(verschil, geschreven)
    return len(ids)


def stammen_van(aanbod: Aanbod) -> dict[str, tuple[str, list[str]]]:
    """Per stem a word as it is written and its places in the index, as PostgreSQL notes them: "1A"."""
    stammen: dict[str, tuple[str, list[str]]] = {}
    plek = 0
    for gewicht, tekst in teksten_om_te_vinden(aanbod).items():
        for woord, label in _met_delen(tekst, gewicht):
            plek += 1
            _, plekken = stammen.setdefault(stam(woord), (woord, []))
            if len(plekken) < 8:
                plekken.append(f"{min(plek, 16_000)}{label}")
            if label == "A":
                stammen[in_naam(stam(woord))] = ("", ["1D"])
    kernen = aanbod.kernen.all() if aanbod.bereik == Aanbod.Bereik.KERNEN else ()
    for iets in (*aanbod.onderwerpen.all(), *kernen):
        stammen[als_geheel(iets.naam)] = ("", ["1D"])
    return stammen


def in_naam(stam_: str) -> str:
    """A stem that stands in a name, as it stands in the index: to find offers by a word that very many have."""
    return f"={stam_}"


@lru_cache(maxsize=1000)
def als_geheel(naam: str) -> str:
    """A topic or a village as it stands in the index: no word looks like it."""
    return "@" + "".join(teken for teken in vouw(naam) if teken.isalnum())


def _met_delen(tekst: str, gewicht: str) -> Iterator[tuple[str, str]]:
    for woord in alle_woorden(tekst):
        if woord in STOPWOORDEN or len(woord) > MAX_LETTERS:
            continue
        yield woord, gewicht
        for deel in delen_van(woord):
            yield deel, VAN_DEEL[gewicht]


def teksten_om_te_vinden(aanbod: Aanbod) -> dict[str, str]:
    """The words of an offer by weight. Dutch is spoken everywhere, so it tells nothing."""
    contacten = list(aanbod.contacten.all())
    talen = [str(Taal(code).label) for code in aanbod.talen if code != Taal.NEDERLANDS]
    naam = [
        *(aanbod.naam, aanbod.andere_namen, aanbod.organisatie.naam, aanbod.organisatie.andere_namen),
        *(contact.contactpersoon.naam for contact in contacten),
    ]
    over = [
        *(onderwerp.naam for onderwerp in aanbod.onderwerpen.all()),
        aanbod.doelgroep,
        *(contact.rol for contact in contacten),
        *talen,
    ]
    return {"A": "\n".join(naam), "B": "\n".join(over), "C": f"{aanbod.omschrijving}\n{aanbod.aanmelden}"}


def _stammen_nu(ids: list[int]) -> Counter[str]:
    """The stems in the index of these offers until now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT unnest(tsvector_to_array(zoekvector)) FROM sociale_kaart_aanbod WHERE id = ANY(%s)", [ids]
        )
        return Counter(stam_ for (stam_,) in cursor.fetchall())


def _tel(verschil: Counter[str], geschreven: dict[str, str]) -> None:
    """Add to the words of the map and take away; what was at nothing before this goes."""
    anders = sorted((stam_, aantal) for stam_, aantal in verschil.items() if aantal and stam_[0].isalnum())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SLOT])
        cursor.execute("DELETE FROM sociale_kaart_kaartwoord WHERE aantal <= 0")
        if anders:
            stammen, aantallen = (list(kolom) for kolom in zip(*anders, strict=True))
            cursor.execute(TEL, [stammen, [geschreven.get(stam_, stam_) for stam_ in stammen], aantallen])
