"""What the privacy guard lets through because it is public: the words, names and numbers of the social map."""

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError

from balie.models import Infopunt, Kern
from registratie.privacy_woorden import bekende_namen, plaatsen, vouw
from sociale_kaart.invoer.kaartbestand import lees_kaart
from sociale_kaart.models import Aanbod, Contactpersoon, Locatie, Organisatie

VOORBEELDKAART = Path("sociale_kaart") / "demo" / "kaart.json"
HOUDBAAR = 300  # seconds a process works with the same words
WOORD = re.compile(r"[^\W_]+(?:['’\-][^\W\d_]+)*")
# The last part of a name that says where or what, and that people leave out.
STAART = re.compile(r"(,.*| \(.*| afdeling .*)$", re.IGNORECASE)
LIDWOORDEN = {"de", "het", "stichting", "gemeente", "vereniging"}
ORG_DOMEINEN = {"nl", "com", "org", "example", "www"}


def ontleed(tekst: str) -> tuple[str, ...]:
    """The folded words of a text."""
    return tuple(vouw(woord) for woord in WOORD.findall(tekst))


def cijfers(tekst: str) -> str:
    """The digits of a telephone number, as one dials it inside the country."""
    kaal = re.sub(r"\D", "", tekst)
    return re.sub(r"^(00)?31(?=\d{9}$)", "0", kaal)


@dataclass(frozen=True)
class Kaartwoorden:
    """Public words. `zinnen` are names of several words by their first word; `losse` words on their own."""

    zinnen: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    losse: frozenset[str] = frozenset()
    plaatsen: frozenset[str] = frozenset()
    nummers: frozenset[str] = frozenset()
    mail: frozenset[str] = frozenset()
    adressen: frozenset[str] = frozenset()

    @classmethod
    def van(
        cls,
        *,
        namen: Iterable[str],
        kernen: Iterable[str] = (),
        mensen: Iterable[str] = (),
        teksten: Iterable[str] = (),
        nummers: Iterable[str] = (),
        mail: Iterable[str] = (),
        adressen: Iterable[str] = (),
    ) -> "Kaartwoorden":
        """Build from plain strings. Of `mensen` only the full name is public, of `namen` every word."""
        namen = [naam for naam in namen if naam]
        kort = [STAART.sub("", naam) for naam in namen]
        zinnen = {ontleed(naam) for naam in [*namen, *kort, *mensen, *bekende_namen()]} - {()}
        zinnen |= {zin[1:] for zin in zinnen if len(zin) > 2 and zin[0] in LIDWOORDEN}
        losse = {zin[0] for zin in zinnen if len(zin) == 1}
        losse |= {woord for naam in namen for woord in ontleed(naam) if len(woord) > 2}
        losse |= {woord for tekst in teksten for woord in ontleed(tekst) if tekst and woord in tekst}
        per_begin: dict[str, list[tuple[str, ...]]] = {}
        for zin in sorted(zinnen, key=len, reverse=True):
            per_begin.setdefault(zin[0], []).append(zin)
        return cls(
            zinnen={begin: tuple(rij) for begin, rij in per_begin.items()},
            losse=frozenset(losse),
            plaatsen=plaatsen() | {woord for kern in kernen for woord in ontleed(kern) if len(woord) > 3},
            nummers=frozenset(cijfers(nummer) for nummer in nummers if nummer),
            mail=frozenset(adres.lower() for adres in mail if adres),
            adressen=frozenset(" ".join(ontleed(adres)) for adres in adressen if adres),
        )


def uit_database() -> Kaartwoorden | None:
    """The words of the map in the database. None when there is no map there."""
    aanbod = list(Aanbod.objects.values_list("naam", "omschrijving", "telefoon", "email", "doelgroep"))
    if not aanbod:
        return None
    organisaties = list(Organisatie.objects.values_list("naam", "telefoon", "email"))
    mensen = list(Contactpersoon.objects.values_list("naam", "telefoon", "email"))
    locaties = list(Locatie.objects.values_list("naam", "adres"))
    infopunten = list(Infopunt.objects.values_list("naam", "plek", "telefoon", "email", "adres"))
    return Kaartwoorden.van(
        namen=[
            *(rij[0] for rij in [*aanbod, *organisaties, *locaties, *infopunten]),
            *(rij[1] for rij in infopunten),
        ],
        kernen=Kern.objects.values_list("naam", flat=True),
        mensen=[rij[0] for rij in mensen],
        teksten=[tekst for rij in aanbod for tekst in (rij[1], rij[4])],
        nummers=[rij[1] for rij in [*organisaties, *mensen]] + [rij[2] for rij in [*aanbod, *infopunten]],
        mail=[rij[2] for rij in [*organisaties, *mensen]] + [rij[3] for rij in [*aanbod, *infopunten]],
        adressen=[rij[1] for rij in locaties] + [rij[4] for rij in infopunten],
    )


@cache
def uit_voorbeeld() -> Kaartwoorden:
    """The words of the map of the demo: for an empty database."""
    rijen = lees_kaart((settings.BASE_DIR / VOORBEELDKAART).read_bytes()).rijen
    velden: list[dict[str, Any]] = [rij.velden for rij in rijen]
    contacten = [contact for rij in rijen for contact in rij.contacten]
    return Kaartwoorden.van(
        namen=[
            *(rij.organisatie for rij in rijen),
            *(veld["naam"] for veld in velden),
            *(tijd.plek for rij in rijen for tijd in rij.tijden),
        ],
        kernen=[kern for rij in rijen for kern in rij.kernen],
        mensen=[contact.naam for contact in contacten],
        teksten=[tekst for veld in velden for tekst in (veld["omschrijving"], veld["doelgroep"])],
        nummers=[*(veld["telefoon"] for veld in velden), *(contact.telefoon or "" for contact in contacten)],
        mail=[*(veld["email"] for veld in velden), *(contact.email or "" for contact in contacten)],
    )


class _Geheugen:
    """The words of this process, and when they were read."""

    woorden: Kaartwoorden | None = None
    gelezen = 0.0


def kaartwoorden() -> Kaartwoorden:
    """The words of the map, at most HOUDBAAR seconds old; those of the demo when there is no map."""
    nu = time.monotonic()
    if _Geheugen.woorden is None or nu - _Geheugen.gelezen > HOUDBAAR:
        try:
            gevonden = uit_database()
        except DatabaseError:
            gevonden = None  # no tables yet
        _Geheugen.woorden, _Geheugen.gelezen = gevonden or uit_voorbeeld(), nu
    return _Geheugen.woorden


def vergeet() -> None:
    """Read the map again at the next check."""
    _Geheugen.woorden = None
