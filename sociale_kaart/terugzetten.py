"""Undoing one change of the map: what it made goes, what it removed comes back, what it altered is as it was.

Nothing that somebody did later is lost: a column that changed again is left alone, and said so. What it made and is
in use by now goes to the archive, or stays. Undoing is a change like every other, and can be undone.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.db.models import DO_NOTHING, ForeignKey, Model
from django.utils import timezone
from pghistory.models import Context

from balie.models import Medewerker
from sociale_kaart.geschiedenis import MODELLEN, because, columns
from sociale_kaart.indexeren import index_aanbod
from sociale_kaart.models import Aanbod, Organisatie
from sociale_kaart.wijziging import Rij, rows_of

LATER = "is later nog een keer veranderd"
WEG = "staat er niet meer"
STAAT_ER = "staat er alweer"
TE_OUD = "de geschiedenis gaat niet ver genoeg terug"
IN_GEBRUIK = "wordt nog gebruikt, en blijft staan"
NAAR_ARCHIEF = "gaat naar het archief, want er hoort nog iets anders bij"
PAST_NIET = "past niet meer bij wat er nu op de kaart staat"

VERWIJDER, ARCHIVEER, WIJZIG, MAAK = "verwijder", "archiveer", "wijzig", "maak"
VOLGORDE = (VERWIJDER, ARCHIVEER, WIJZIG, MAAK)
Sleutel = tuple[str, Any]


@dataclass
class Stap:
    """What happens to one row: `velden` are the values to write.

    `kan_niet` says per column ("": all of them) why it cannot, `let_op` what else happens than was asked.
    """

    rij: Rij
    doe: str = ""
    velden: dict[str, Any] = field(default_factory=dict)
    kan_niet: dict[str, str] = field(default_factory=dict)
    let_op: str = ""

    @property
    def sleutel(self) -> Sleutel:
        return self.rij.model._meta.db_table, self.rij.id


class NietAlles(Exception):
    """Something changed since; `stappen` say what."""

    def __init__(self, stappen: list[Stap]) -> None:
        super().__init__()
        self.stappen = stappen


def plan(context_id: UUID, *, lock: bool = False) -> list[Stap]:
    """What undoing this change comes down to, compared with how the map is now."""
    stappen = []
    for model, rijen in groupby(rows_of([context_id])[context_id], key=lambda rij: rij.model):
        groep = list(rijen)
        nu = _now(model, [rij.id for rij in groep], lock=lock)
        stappen += [_step(rij, nu.get(rij.id)) for rij in groep]
    _keep_what_is_used([stap for stap in stappen if stap.doe == VERWIJDER])
    return stappen


def _now(model: type[Model], ids: list[Any], *, lock: bool) -> dict[Any, dict[str, Any]]:
    rijen = model._default_manager.filter(pk__in=ids).order_by("pk")
    if lock:
        rijen = rijen.select_for_update(of=("self",))
    return {rij["id"]: rij for rij in rijen.values(*columns(model))}


def _step(rij: Rij, nu: dict[str, Any] | None) -> Stap:
    if rij.onbekend:
        return Stap(rij, kan_niet={"": TE_OUD})
    if rij.was is None:
        if nu is None or rij.wordt is None:
            return Stap(rij)
        return Stap(rij, VERWIJDER) if nu == rij.wordt else Stap(rij, kan_niet={"": LATER})
    if rij.wordt is None:
        return Stap(rij, MAAK, rij.was) if nu is None else Stap(rij, kan_niet={"": STAAT_ER})
    if nu is None:
        return Stap(rij, kan_niet={"": WEG})
    stap = Stap(rij, WIJZIG)
    for veld in rij.velden:
        if nu[veld] == rij.wordt[veld]:
            stap.velden[veld] = rij.was[veld]
        elif nu[veld] != rij.was[veld]:
            stap.kan_niet[veld] = LATER
    return stap


def _keep_what_is_used(stappen: list[Stap]) -> None:
    """Whatever else refers to a row that this change made, keeps it: in the archive when it has one."""
    weg = {stap.sleutel: stap for stap in stappen}
    gebruik = _references(stappen)
    while blijft := [s for k, s in weg.items() if any(van not in weg for van in gebruik.get(k, ()))]:
        for stap in blijft:
            del weg[stap.sleutel]
            if stap.rij.model in (Aanbod, Organisatie):
                stap.doe, stap.velden = ARCHIVEER, {"gearchiveerd_op": timezone.now()}
                stap.let_op = NAAR_ARCHIEF
            else:
                stap.doe, stap.let_op = "", IN_GEBRUIK
        # Parts of what goes to the archive go along with it.
        bewaard = {stap.sleutel for stap in blijft if stap.doe == ARCHIVEER}
        for stap in [s for s in weg.values() if _owner_key(s.rij) in bewaard]:
            del weg[stap.sleutel]
            stap.doe = ""


def _owner_key(rij: Rij) -> Sleutel:
    model, pk = rij.eigenaar
    return model._meta.db_table, pk


def _references(stappen: list[Stap]) -> dict[Sleutel, set[Sleutel]]:
    """Which rows, of every app, refer to each of these."""
    gebruik: dict[Sleutel, set[Sleutel]] = defaultdict(set)
    for model in {stap.rij.model for stap in stappen}:
        ids = [stap.rij.id for stap in stappen if stap.rij.model is model]
        for veld in links_to(model):
            rijen = veld.model._base_manager.filter(**{f"{veld.name}__in": ids})
            for pk, doel in rijen.values_list("pk", veld.attname):
                gebruik[model._meta.db_table, doel].add((veld.model._meta.db_table, pk))
    return gebruik


def links_to(model: type[Model]) -> list[Any]:
    """The foreign keys that point at a model, in every app, those of many-to-many tables too; not of the history."""
    velden = [
        getattr(relatie, "field", None)
        for relatie in model._meta.get_fields(include_hidden=True)
        if relatie.auto_created and not relatie.concrete
    ]
    return [
        veld
        for veld in velden
        if isinstance(veld, ForeignKey)
        and veld.remote_field.on_delete is not DO_NOTHING
        and not veld.model._meta.proxy
    ]


@transaction.atomic
def undo(*, context_id: UUID, by: Medewerker, rest: bool = False) -> list[Stap]:
    """Undo a change. Raises NietAlles when that would lose something, unless `rest`: then that is left alone.

    Gives the steps; those with `kan_niet` were not done, or not wholly.
    """
    context = Context.objects.get(pk=context_id)
    stappen = plan(context_id, lock=True)
    if not rest and any(stap.kan_niet for stap in stappen):
        raise NietAlles(stappen)
    wat = context.metadata.get("wat") or "een wijziging"
    kort = wat.removeprefix("teruggezet: ")
    with because(f"teruggezet: {kort}", door=by, terug=str(context_id)):
        _apply([stap for stap in stappen if stap.doe in (VERWIJDER, ARCHIVEER, MAAK) or stap.velden])
        index_aanbod(Aanbod.objects.stale())
    niet = [stap for stap in stappen if stap.kan_niet]
    if niet and rest:
        for terug in Context.objects.filter(metadata__terug=str(context_id)):
            terug.metadata["niet"] = len(niet)
            terug.save(update_fields=["metadata"])
    if niet and not rest:
        raise NietAlles(stappen)
    return stappen


def _apply(stappen: list[Stap]) -> None:
    """Do what can be done, in rounds: what has to wait for another row gets its turn after it."""
    while stappen:
        over: list[Stap] = []
        for doe in VOLGORDE:
            # What is referred to goes last and comes first.
            modellen = MODELLEN if doe == MAAK else MODELLEN[::-1]
            for model in modellen:
                over += _try([stap for stap in stappen if stap.doe == doe and stap.rij.model is model])
        if len(over) == len(stappen):
            for stap in over:
                stap.kan_niet = {"": PAST_NIET}
            return
        stappen = over


def _try(stappen: list[Stap]) -> list[Stap]:
    """All at once, or else one by one. Gives those that the database refuses."""
    if not stappen or _done(stappen):
        return []
    if len(stappen) == 1:
        return stappen
    midden = len(stappen) // 2
    return [*_try(stappen[:midden]), *_try(stappen[midden:])]


def _done(stappen: list[Stap]) -> bool:
    try:
        with transaction.atomic():
            _write(stappen)
            connection.check_constraints()
    except DatabaseError:
        return False
    return True


def _write(stappen: Iterable[Stap]) -> None:
    stappen = list(stappen)
    rijen: Any = stappen[0].rij.model._default_manager
    if stappen[0].doe == VERWIJDER:
        rijen.filter(pk__in=[stap.rij.id for stap in stappen]).delete()
    elif stappen[0].doe == MAAK:
        rijen.bulk_create([stap.rij.model(**stap.velden) for stap in stappen])
    else:
        for stap in stappen:
            rijen.filter(pk=stap.rij.id).update(**stap.velden)
