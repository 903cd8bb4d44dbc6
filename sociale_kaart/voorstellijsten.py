"""The parts of a proposal that are lists, as plain data: the hours of an offer, the people of an organisation.

`Voorstel.velden["openingstijden"]` and `["contactpersonen"]` hold such lists under "was" and "wordt", so that the
two can be compared, shown and applied like every other field.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db import models
from django.db.models import Model, QuerySet

from sociale_kaart.models import Aanbod, Contactpersoon, Locatie, Openingstijd, Organisatie, Taal

TIJDVELDEN = (
    *("weekdagen", "van", "tot", "weken_van_maand", "elke_weken", "vanaf", "tot_en_met"),
    *("seizoen_van", "seizoen_tot", "periode", "toelichting"),
)
PERSOONVELDEN = ("naam", "telefoon", "email", "is_openbaar", "is_sleutelpersoon", "talen", "toelichting")
Data = list[dict[str, Any]]


@dataclass(frozen=True)
class Lijst:
    """How rows that hang on an offer or an organisation become plain data and come back.

    `rows(owner)` are the rows there are. A row keeps its `uuid`, so that a changed row stays the same row.
    """

    model: type[Model]
    velden: tuple[str, ...]
    eigenaar: str
    rows: Callable[[Any], "QuerySet[Any]"]
    woorden: Callable[[Any], str]

    def as_data(self, rows: Iterable[Any]) -> Data:
        return [
            {"uuid": str(rij.uuid), **{veld: _plain(rij.serializable_value(veld)) for veld in self.velden}}
            for rij in rows
        ]

    def instances(self, data: Data) -> list[Any]:
        """The rows as they would be; not saved."""
        return [self._instance(self.model(uuid=rij["uuid"]), rij) for rij in data]

    def in_words(self, data: Data) -> list[str]:
        """One line per row, for a person who compares."""
        return [self.woorden(rij) for rij in self.instances(data)]

    def apply(self, owner: Model, data: Data) -> None:
        """Make the rows of `owner` exactly these: changed, added and removed. Call it in a transaction."""
        bestaand = {str(rij.uuid): rij for rij in self.rows(owner).select_for_update(of=("self",))}
        blijft = {rij["uuid"] for rij in data}
        self.rows(owner).filter(uuid__in=[uuid for uuid in bestaand if uuid not in blijft]).delete()
        for volgorde, rij in enumerate(data):
            instance = self._instance(bestaand.get(rij["uuid"]) or self.model(uuid=rij["uuid"]), rij)
            setattr(instance, self.eigenaar, owner)
            if hasattr(instance, "volgorde"):
                instance.volgorde = volgorde
            instance.full_clean()
            instance.save()

    def _instance(self, instance: Any, rij: dict[str, Any]) -> Any:
        for veld in self.velden:
            field = self.model._meta.get_field(veld)
            setattr(instance, field.attname, _revive(field, rij.get(veld)))  # type: ignore[union-attr]
        return instance


def _plain(waarde: Any) -> Any:
    return waarde.isoformat() if isinstance(waarde, (time, date)) else waarde


def _revive(field: Any, waarde: Any) -> Any:
    """A value as the model wants it; a location that has gone meanwhile becomes none."""
    if isinstance(field, models.ForeignKey):
        plek = Locatie.objects.filter(pk=waarde).first()
        return plek and (plek.samengevoegd_met_id or plek.pk)
    return field.get_default() if waarde is None and not field.null else field.to_python(waarde)


def time_in_words(tijd: Openingstijd) -> str:
    return f"{tijd.wanneer} ({tijd.locatie})" if tijd.locatie else tijd.wanneer


def person_in_words(persoon: Contactpersoon) -> str:
    talen = [str(Taal(code).label) for code in persoon.talen]
    delen = [persoon.naam, persoon.telefoon, persoon.email, persoon.toelichting, *talen]
    delen += ["sleutelpersoon"] if persoon.is_sleutelpersoon else []
    delen += ["iedereen mag deze naam zien"] if persoon.is_openbaar else []
    return ", ".join(deel for deel in delen if deel)


def _times(aanbod: Aanbod) -> "QuerySet[Openingstijd]":
    return aanbod.openingstijden.select_related("locatie")


def _people(organisatie: Organisatie) -> "QuerySet[Contactpersoon]":
    return organisatie.contactpersonen.all()


LIJSTEN = {
    "openingstijden": Lijst(Openingstijd, ("locatie", *TIJDVELDEN), "aanbod", _times, time_in_words),
    "contactpersonen": Lijst(Contactpersoon, PERSOONVELDEN, "organisatie", _people, person_in_words),
}
