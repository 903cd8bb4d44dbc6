"""Two entries that turn out to be one: the best of both in one of them, and every link kept.

What goes up in the other stays behind in the archive and points to it, so that old addresses and the next import
still find the right one. Links of every app move, without knowing them: they are the foreign keys of the database.
"""

import re
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Model, UniqueConstraint
from django.utils import timezone

from balie.models import Medewerker
from sociale_kaart.geschiedenis import because, columns
from sociale_kaart.indexeren import index_aanbod
from sociale_kaart.models import (
    Aanbod,
    Contactpersoon,
    Locatie,
    Mededeling,
    Openingstijd,
    Organisatie,
    Uitzondering,
)
from sociale_kaart.terugzetten import links_to

Ding = Organisatie | Aanbod | Locatie
NIET_TE_KIEZEN = {"id", "uuid", "extern_id", "organisatie_id", "gearchiveerd_op", "samengevoegd_met_id"}
# Chosen along with another column: half a place on earth is none.
GAAT_MEE = {"breedtegraad": ("lengtegraad",)}
_ACHTERVOEGSEL = re.compile(r" \(samengevoegd, \d+\)$")
MAX_NAAM = 160
MAX_ANDERE_NAMEN = 200


class NietSamenTeVoegen(Exception):
    """These two cannot become one; the message says why, in Dutch."""


def choosable(model: type[Model]) -> list[str]:
    """The columns of which one of two values is chosen."""
    mee = {kolom for kolommen in GAAT_MEE.values() for kolom in kolommen}
    return [kolom for kolom in columns(model) if kolom not in NIET_TE_KIEZEN | mee]


def differing(een: Ding, ander: Ding) -> list[str]:
    """The columns in which they are not the same."""
    return [kolom for kolom in choosable(type(een)) if getattr(een, kolom) != getattr(ander, kolom)]


def original_name(naam: str) -> str:
    """What something was called before it went up in another."""
    return _ACHTERVOEGSEL.sub("", naam)


def check(blijft: Ding, gaat: Ding) -> None:
    """Raises NietSamenTeVoegen."""
    if blijft.pk == gaat.pk:
        raise NietSamenTeVoegen("Kies twee verschillende.")
    if blijft.samengevoegd_met_id or gaat.samengevoegd_met_id:
        raise NietSamenTeVoegen("Een van deze twee is al samengevoegd.")
    if isinstance(blijft, Aanbod) and blijft.organisatie_id != gaat.organisatie_id:  # type: ignore[union-attr]
        raise NietSamenTeVoegen(
            "Dit aanbod is van twee organisaties. Voeg eerst de organisaties samen, of wijzig er een."
        )


@transaction.atomic
def merge(*, blijft: Ding, gaat: Ding, kolommen: Iterable[str], by: Medewerker) -> None:
    """Make one of two. Of `kolommen` the value of `gaat` counts, of the rest that of `blijft`.

    Raises NietSamenTeVoegen.
    """
    rijen = type(blijft)._default_manager.select_for_update(of=("self",)).order_by("pk")
    vers = rijen.in_bulk([blijft.pk, gaat.pk])
    if len({blijft.pk, gaat.pk} & vers.keys()) < len({blijft.pk, gaat.pk}):
        raise NietSamenTeVoegen("Een van deze twee is er niet meer.")
    blijft, gaat = vers[blijft.pk], vers[gaat.pk]
    check(blijft, gaat)
    with because(f"samengevoegd: ‘{gaat}’ in ‘{blijft}’"[:200], door=by):
        _merge(blijft, gaat, kolommen)
        index_aanbod(Aanbod.objects.stale())


def _merge(blijft: Any, gaat: Any, kolommen: Iterable[str]) -> None:
    alle = {mee for kolom in kolommen for mee in (kolom, *GAAT_MEE.get(kolom, ()))}
    nieuw = {kolom: getattr(gaat, kolom) for kolom in alle}
    nieuw |= _other_name(blijft, gaat, nieuw)
    dicht: dict[str, Any] = {"naam": f"{gaat.naam[: MAX_NAAM - 30]} (samengevoegd, {gaat.pk})"}
    if blijft.extern_id is None and gaat.extern_id:
        dicht["extern_id"], nieuw["extern_id"] = None, gaat.extern_id
    _set(gaat, dicht)
    _set(blijft, nieuw)
    for veld in links_to(type(blijft)):
        _move(veld, blijft, gaat)
    _set(gaat, {"samengevoegd_met_id": blijft.pk})
    if not isinstance(gaat, Locatie) and gaat.gearchiveerd_op is None:
        _set(gaat, {"gearchiveerd_op": timezone.now()})


def _set(ding: Model, waarden: dict[str, Any]) -> None:
    if waarden:
        type(ding)._default_manager.filter(pk=ding.pk).update(**waarden)
        for kolom, waarde in waarden.items():
            setattr(ding, kolom, waarde)


def _other_name(blijft: Any, gaat: Any, nieuw: dict[str, Any]) -> dict[str, str]:
    """The name that goes still finds it."""
    if isinstance(blijft, Locatie):
        return {}
    naam = nieuw.get("naam", blijft.naam)
    anders = gaat.naam if naam == blijft.naam else blijft.naam
    bekend = [
        deel.strip() for deel in nieuw.get("andere_namen", blijft.andere_namen).split(",") if deel.strip()
    ]
    if anders.casefold() in {deel.casefold() for deel in [naam, *bekend]}:
        return {}
    samen = ", ".join([*bekend, anders.replace(",", "")])
    return {"andere_namen": samen} if len(samen) <= MAX_ANDERE_NAMEN else {}


def _move(veld: Any, blijft: Model, gaat: Model) -> None:
    """Let what points at the one point at the other; what is there already becomes one."""
    rijen = veld.model._base_manager.filter(**{veld.name: gaat})
    if veld.model in (Openingstijd, Uitzondering, Mededeling) and veld.name != "locatie":
        _drop_doubles(veld, blijft, gaat)
    if _moved(rijen, veld, blijft):
        return
    for rij in rijen.order_by("pk"):
        if not _moved(rijen.filter(pk=rij.pk), veld, blijft):
            _make_one(rij, _twin(rij, veld, blijft))


def _moved(rijen: Any, veld: Any, blijft: Model) -> bool:
    try:
        with transaction.atomic():
            rijen.update(**{veld.name: blijft})
            connection.check_constraints()
    except IntegrityError:
        return False
    return True


def _drop_doubles(veld: Any, blijft: Model, gaat: Model) -> None:
    """Hours and notices that both have, once."""
    kolommen = [
        kolom for kolom in columns(veld.model) if kolom not in {"id", "uuid", "volgorde", veld.attname}
    ]
    rijen = veld.model._base_manager

    def sleutel(rij: Any) -> str:
        return repr([getattr(rij, kolom) for kolom in kolommen])

    bekend = {sleutel(rij) for rij in rijen.filter(**{veld.name: blijft})}
    dubbel = [rij.pk for rij in rijen.filter(**{veld.name: gaat}) if sleutel(rij) in bekend]
    rijen.filter(pk__in=dubbel).delete()


def _twin(rij: Any, veld: Any, blijft: Model) -> Any:
    """The row of `blijft` that keeps `rij` from moving: the same in a unique set of columns."""
    meta = rij._meta
    sets = [c.fields for c in meta.constraints if isinstance(c, UniqueConstraint)] + list(
        meta.unique_together
    )
    sets += [(veld.name,)] if veld.unique else []
    for namen in sets:
        if veld.name in namen:
            eis = {naam: getattr(rij, meta.get_field(naam).attname) for naam in namen if naam != veld.name}
            tweeling = rij._meta.model._base_manager.filter(**eis, **{veld.name: blijft}).first()
            if tweeling is not None:
                return tweeling
    raise NietSamenTeVoegen(f"{meta.verbose_name_plural.capitalize()} kunnen niet mee.")


def _make_one(rij: Any, tweeling: Any) -> None:
    if isinstance(rij, Aanbod):
        _one_offer(rij, tweeling)
        return
    if isinstance(rij, Contactpersoon):
        _one_person(rij, tweeling)
    elif any(veld.name == "aantal" for veld in rij._meta.concrete_fields):
        _set(tweeling, {"aantal": tweeling.aantal + rij.aantal})
    type(rij)._base_manager.filter(pk=rij.pk).delete()


def _one_offer(rij: Aanbod, tweeling: Aanbod) -> None:
    """Both organisations offered this. What people find now counts before what was archived."""
    if rij.samengevoegd_met_id:
        return
    tweeling = tweeling.samengevoegd_met or tweeling
    herleeft = tweeling.gearchiveerd_op is not None and rij.gearchiveerd_op is None
    _merge(tweeling, rij, differing(tweeling, rij) if herleeft else _empty(tweeling, rij))
    if herleeft:
        _set(tweeling, {"gearchiveerd_op": None})


def _one_person(rij: Contactpersoon, tweeling: Contactpersoon) -> None:
    """The same name at the same organisation: what the one lacks comes from the other, who goes."""
    vult_aan = {kolom: getattr(rij, kolom) for kolom in _empty(tweeling, rij, NIET_TE_KIEZEN)}
    if "medewerker_id" in vult_aan:
        _set(rij, {"medewerker_id": None})
    _set(tweeling, vult_aan)
    for veld in links_to(Contactpersoon):
        _move(veld, tweeling, rij)


def _empty(blijft: Any, gaat: Any, behalve: Iterable[str] = NIET_TE_KIEZEN) -> list[str]:
    """The columns that say nothing in the one and something in the other."""
    return [
        kolom
        for kolom in columns(type(blijft))
        if kolom not in behalve
        and getattr(blijft, kolom) in (None, "", [])
        and getattr(gaat, kolom) not in (None, "", [])
    ]
