"""One change of the map in detail: per row what it was and what it became, and both in words."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import ForeignKey, Model
from django.template.defaultfilters import date as datum
from django.utils import timezone

from balie.models import Kern
from sociale_kaart.bewerken import exception_in_words, notice_in_words
from sociale_kaart.geschiedenis import MODELLEN, NIEUW, WEG, columns, counts, event_of, names, of_organisation
from sociale_kaart.models import (
    Aanbod,
    AanbodContact,
    AanbodKern,
    AanbodOnderwerp,
    Locatie,
    Onderwerp,
    Openingstijd,
    Organisatie,
    Uitzondering,
)
from sociale_kaart.tijden import beschrijf

Staat = dict[str, Any]
Eigenaar = tuple[type[Model], Any]
Opmerkingen = dict[tuple[type[Model], Any], dict[str, str]]


@dataclass
class Rij:
    """A row that changed. `was` is None when it is new, `wordt` when it has gone; `onbekend`: no record of before."""

    model: type[Model]
    id: Any
    was: Staat | None
    wordt: Staat | None
    onbekend: bool = False

    @property
    def staat(self) -> Staat:
        return self.wordt or self.was or {}

    @property
    def velden(self) -> list[str]:
        """The columns that differ; none when the row is new or gone."""
        if self.was is None or self.wordt is None:
            return []
        return [veld for veld, waarde in self.wordt.items() if self.was[veld] != waarde]

    @property
    def eigenaar(self) -> Eigenaar:
        """Under which thing people look for this row."""
        if self.model in (Organisatie, Aanbod, Locatie, Onderwerp):
            return self.model, self.id
        aanbod = self.staat.get("aanbod_id")
        return (Aanbod, aanbod) if aanbod else (Organisatie, self.staat.get("organisatie_id"))


def rows_of(
    ids: Iterable[UUID], organisatie: Organisatie | None = None, hoogstens: int | None = None
) -> dict[UUID, list[Rij]]:
    """What each of these changes did, row by row; with `hoogstens` at most so many entries of each kind."""
    ids = list(ids)
    gebeurd = {naam for _, naam, _, _ in counts(ids)}
    rijen: dict[UUID, list[Rij]] = defaultdict(list)
    for model in MODELLEN:
        eis = of_organisation(model, organisatie) if organisatie else None
        if model.__name__ not in gebeurd or (organisatie and eis is None):
            continue
        gevonden = event_of(model).objects.filter(pgh_context__in=ids).order_by("pgh_id")
        gevonden = gevonden.filter(eis) if eis is not None else gevonden
        per_rij: dict[tuple[UUID, Any], list[Staat]] = defaultdict(list)
        for entry in gevonden.values("pgh_id", "pgh_label", "pgh_context_id", *columns(model))[:hoogstens]:
            per_rij[entry["pgh_context_id"], entry["id"]].append(entry)
        eerder = _before(model, [entries[0] for entries in per_rij.values()])
        for (context, pk), entries in per_rij.items():
            rij = _row(model, pk, entries, eerder.get(entries[0]["pgh_id"]))
            if rij.was != rij.wordt:
                rijen[context].append(rij)
    return rijen


def _row(model: type[Model], pk: Any, entries: list[Staat], eerder: Staat | None) -> Rij:
    eerste, laatste = entries[0], entries[-1]
    wordt = None if laatste["pgh_label"] == WEG else _state(model, laatste)
    if eerste["pgh_label"] == NIEUW:
        return Rij(model, pk, None, wordt)
    if eerste["pgh_label"] == WEG:
        return Rij(model, pk, _state(model, eerste), wordt)
    was = _state(model, eerder) if eerder else dict.fromkeys(columns(model))
    return Rij(model, pk, was, wordt, onbekend=eerder is None)


def _state(model: type[Model], entry: Staat) -> Staat:
    return {kolom: entry[kolom] for kolom in columns(model)}


def _before(model: type[Model], eersten: list[Staat]) -> dict[int, Staat]:
    """Per first entry of a row in a change the one before it: how the row was until then."""
    zoek: dict[Any, list[int]] = {
        entry["id"]: [] for entry in eersten if entry["pgh_label"] not in (NIEUW, WEG)
    }
    if not zoek:
        return {}
    for pk, nummer in event_of(model).objects.filter(id__in=zoek).values_list("id", "pgh_id"):
        zoek[pk].append(nummer)
    vorige = {
        entry["pgh_id"]: max((n for n in zoek.get(entry["id"], []) if n < entry["pgh_id"]), default=None)
        for entry in eersten
    }
    gevonden = {
        entry["pgh_id"]: entry
        for entry in event_of(model)
        .objects.filter(pgh_id__in=[nummer for nummer in vorige.values() if nummer])
        .values("pgh_id", *columns(model))
    }
    return {eerste: gevonden[nummer] for eerste, nummer in vorige.items() if nummer}


@dataclass
class Verschil:
    """A line of the page: what it is about, what it was, what it became, and what to know before it goes back."""

    label: str
    was: str = ""
    wordt: str = ""
    opmerking: str = ""


@dataclass
class Onderdeel:
    """What changed at one organisation, offer, place or topic."""

    kop: str
    soort: str
    pk: Any
    verschillen: list[Verschil] = field(default_factory=list)


class Woorden:
    """Rows in words; names of what they refer to are looked up once."""

    def __init__(self, rijen: Iterable[Rij] = ()) -> None:
        nodig: dict[type[Model], set[Any]] = defaultdict(set)
        for rij in rijen:
            model, pk = rij.eigenaar
            nodig[model].add(pk)
            for staat in filter(None, (rij.was, rij.wordt)):
                self._needs(nodig, rij.model, staat)
        self._learn(nodig)

    @classmethod
    def of(cls, model: type[Model], staten: Iterable[Staat]) -> "Woorden":
        """For values of these columns of one model."""
        woorden = cls()
        nodig: dict[type[Model], set[Any]] = defaultdict(set)
        for staat in staten:
            woorden._needs(nodig, model, staat)
        woorden._learn(nodig)
        return woorden

    def _needs(self, nodig: dict[type[Model], set[Any]], model: type[Model], staat: Staat) -> None:
        for veld in self._keys(model):
            nodig[veld.related_model].add(staat.get(veld.attname))

    def _learn(self, nodig: dict[type[Model], set[Any]]) -> None:
        self.namen = {model: names(model, ids - {None}) for model, ids in nodig.items()}

    @staticmethod
    def _keys(model: type[Model]) -> list[Any]:
        kolommen = columns(model)
        return [v for v in model._meta.concrete_fields if isinstance(v, ForeignKey) and v.attname in kolommen]

    def name(self, model: Any, pk: Any) -> str:
        return self.namen.get(model, {}).get(pk, "iets dat weg is") if pk else ""

    def parts(self, rijen: Iterable[Rij], opmerkingen: Opmerkingen) -> list[Onderdeel]:
        """All lines, grouped by the thing they are about. `opmerkingen` are per row and column ("": all)."""
        delen: dict[Eigenaar, Onderdeel] = {}
        for rij in rijen:
            model, pk = rij.eigenaar
            kop = self.name(model, pk)
            deel = delen.setdefault(rij.eigenaar, Onderdeel(kop, str(model._meta.verbose_name), pk))
            deel.verschillen += self.lines(rij, opmerkingen.get((rij.model, rij.id), {}))
        return sorted(delen.values(), key=lambda deel: (deel.soort != "organisatie", deel.kop.casefold()))

    def lines(self, rij: Rij, opmerking: dict[str, str]) -> list[Verschil]:
        """A row that is new or gone in one line; one that changed with a line per column."""
        naam = str(rij.model._meta.verbose_name)
        if rij.model in (AanbodKern, AanbodOnderwerp):
            naam = "kern" if rij.model is AanbodKern else "onderwerp"
        heel = opmerking.get("", "")
        if rij.onbekend:
            return [Verschil(naam, "", self.in_words(rij.model, rij.staat), heel)]
        if rij.was is None or rij.wordt is None:
            was, wordt = (self.in_words(rij.model, staat) if staat else "" for staat in (rij.was, rij.wordt))
            return [Verschil(naam, was, wordt, heel)]
        eigen = rij.eigenaar == (rij.model, rij.id)
        bij = "" if eigen else f"{naam} {self.in_words(rij.model, rij.was)}: "
        return [
            Verschil(
                f"{bij}{_label(rij.model, veld)}",
                self.value(rij.model, veld, rij.was[veld]),
                self.value(rij.model, veld, rij.wordt[veld]),
                opmerking.get(veld, heel),
            )
            for veld in rij.velden
        ]

    def in_words(self, model: type[Model], staat: Staat) -> str:
        """A row in one line."""
        if "naam" in staat:
            return str(staat["naam"])
        if model is AanbodContact:
            persoon = self.value(model, "contactpersoon_id", staat["contactpersoon_id"])
            return f"{persoon}, {staat['rol']}" if staat["rol"] else persoon
        if model is AanbodOnderwerp:
            return self.name(Onderwerp, staat["onderwerp_id"])
        if model is AanbodKern:
            return self.name(Kern, staat["kern_id"])
        rij: Any = model(**staat)
        if isinstance(rij, Openingstijd):
            plek = self.name(Locatie, staat["locatie_id"])
            return f"{beschrijf(rij)} ({plek})" if plek else beschrijf(rij)
        return exception_in_words(rij) if isinstance(rij, Uitzondering) else notice_in_words(rij)

    def value(self, model: type[Model], veld: str, waarde: Any) -> str:
        """A stored value as people read it; "" for nothing."""
        if waarde is None or waarde in ("", []):
            return ""
        soort: Any = next(v for v in model._meta.concrete_fields if v.attname == veld)
        if isinstance(soort, ForeignKey):
            return self.name(soort.related_model, waarde)
        if isinstance(soort, ArrayField):
            keuzes = dict(soort.base_field.flatchoices)
            return ", ".join(str(keuzes.get(item, item)) for item in waarde)
        return _plain(dict(soort.flatchoices).get(waarde, waarde))


def _plain(waarde: Any) -> str:
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, datetime):
        return datum(timezone.localtime(waarde), "j F Y, H.i uur")
    if isinstance(waarde, date):
        return datum(waarde, "j F Y")
    return waarde.strftime("%H.%M uur") if isinstance(waarde, time) else str(waarde)


def _label(model: type[Model], veld: str) -> str:
    soort = next(v for v in model._meta.concrete_fields if v.attname == veld)
    return str(getattr(soort, "verbose_name", veld))
