"""The talking aid: what to ask on about a topic, what often lies behind it, and who can help."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Count, F, Q, prefetch_related_objects

from balie.models import Infopunt
from registratie.keuzes import ORGANISATIES_DAGEN, ORGANISATIES_VOORAAN
from registratie.models import Gesprekswijzer, Vraag
from sociale_kaart.models import Aanbod, Onderwerp

BESTAND = Path(__file__).with_name("gegevens") / "gesprekswijzer.json"


@dataclass(frozen=True)
class Wijzer:
    """What the panel shows. Without `onderwerp` it fits any talk, and names nobody who can help."""

    onderwerp: Onderwerp | None
    vragen: list[str]
    erachter: list[str]
    helpers: list[Aanbod]


def wijzer_for(gekozen: Any, infopunt: Infopunt | None, nu: datetime) -> Wijzer:
    """The aid for the chosen topic; a subtopic takes that of its main topic, nonsense the general one."""
    onderwerp = hoofdonderwerp(gekozen)
    tekst = _tekst(onderwerp)
    return Wijzer(
        onderwerp=onderwerp,
        vragen=tekst.vragen.splitlines(),
        erachter=tekst.erachter.splitlines(),
        helpers=helpers_for(onderwerp, infopunt, nu) if onderwerp else [],
    )


def hoofdonderwerp(gekozen: Any) -> Onderwerp | None:
    """The main topic of what came in with the address or the form; None for nothing and for nonsense."""
    pk = str(gekozen or "")
    if not (pk.isascii() and pk.isdecimal() and len(pk) < 10):
        return None
    onderwerp = Onderwerp.objects.select_related("ouder").filter(pk=pk).first()
    return (onderwerp.ouder or onderwerp) if onderwerp else None


def _tekst(onderwerp: Onderwerp | None) -> Gesprekswijzer:
    """The topic's own text, else the general one, else the one that comes with the program."""
    eigen_eerst = F("onderwerp").asc(nulls_last=True)
    passend = Gesprekswijzer.objects.filter(Q(onderwerp=onderwerp) | Q(onderwerp=None)).order_by(eigen_eerst)
    return passend.first() or _als_wijzer(inhoud()["algemeen"], None)


def helpers_for(onderwerp: Onderwerp, infopunt: Infopunt | None, nu: datetime) -> list[Aanbod]:
    """One offer each of a few organisations: most referred to from this desk, then most offers on the topic."""
    passend = Aanbod.objects.current().for_onderwerp(onderwerp).select_related("organisatie")
    if infopunt:
        passend = passend.for_kern(infopunt.kern)
    per_organisatie: dict[int, list[Aanbod]] = {}
    for aanbod in passend:
        per_organisatie.setdefault(aanbod.organisatie_id, []).append(aanbod)
    gebruikt = _verwezen(onderwerp, infopunt, nu)
    volgorde = sorted(
        per_organisatie.values(),
        key=lambda van: (-gebruikt.get(van[0].organisatie_id, 0), -len(van), van[0].organisatie.naam),
    )
    helpers = [van[0] for van in volgorde[:ORGANISATIES_VOORAAN]]
    prefetch_related_objects(helpers, "contacten__contactpersoon")
    return helpers


def _verwezen(onderwerp: Onderwerp, infopunt: Infopunt | None, nu: datetime) -> dict[int | None, int]:
    """How often this desk sent somebody with this topic to each organisation, in the past year."""
    return dict(
        Vraag.objects.filter(
            Q(onderwerp=onderwerp) | Q(onderwerp__ouder=onderwerp),
            infopunt=infopunt,
            organisatie__isnull=False,
            moment__gte=nu - timedelta(days=ORGANISATIES_DAGEN),
            moment__lte=nu,
        )
        .values_list("organisatie")
        .annotate(Count("pk"))
    )


@cache
def inhoud() -> dict[str, Any]:
    """The content that comes with the program: {"algemeen": {...}, "onderwerpen": {name in the map: {...}}}."""
    gelezen: dict[str, Any] = json.loads(BESTAND.read_text(encoding="utf-8"))
    return gelezen


def laad() -> int:
    """Give each topic that has no aid its first one, and say how many. What people wrote stays as it is."""
    bekend = set(Gesprekswijzer.objects.values_list("onderwerp", flat=True))
    nieuw = [wijzer for wijzer in _eerste_wijzers() if wijzer.onderwerp_id not in bekend]
    Gesprekswijzer.objects.bulk_create(nieuw, ignore_conflicts=True)
    return len(nieuw)


def _eerste_wijzers() -> Iterator[Gesprekswijzer]:
    yield _als_wijzer(inhoud()["algemeen"], None)
    for onderwerp in Onderwerp.objects.filter(ouder=None, extern_id__in=inhoud()["onderwerpen"]):
        yield _als_wijzer(inhoud()["onderwerpen"][onderwerp.extern_id], onderwerp)


def _als_wijzer(regels: dict[str, list[str]], onderwerp: Onderwerp | None) -> Gesprekswijzer:
    return Gesprekswijzer(
        onderwerp=onderwerp, vragen="\n".join(regels["vragen"]), erachter="\n".join(regels["erachter"])
    )
