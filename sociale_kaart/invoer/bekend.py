"""What the map holds already, looked up once, so that comparing thousands of rows costs a handful of queries."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from django.db.models import Max, prefetch_related_objects
from django.utils import timezone

from balie.models import Kern
from sociale_kaart.models import Aanbod, Contactpersoon, Controle, Locatie, Onderwerp, Organisatie
from sociale_kaart.samenvoegen import original_name

MEE = ["onderwerpen", "kernen", "openingstijden", "contacten__contactpersoon", "uitzondering_set"]


class MetId(Protocol):
    """What a row says about who it is."""

    @property
    def uuid(self) -> UUID | None: ...
    @property
    def extern_id(self) -> str | None: ...


T = TypeVar("T")


class Register(Generic[T]):
    """Things of one kind by their uuid, by their id in a source, and by name.

    What went up in another (samenvoegen.py) leads to that one.
    """

    def __init__(self, dingen: Iterable[Any]) -> None:
        alle: list[Any] = list(dingen)
        self.alle: list[T] = alle
        self._op_pk = {ding.pk: ding for ding in alle}
        weg = [ding for ding in alle if getattr(ding, "samengevoegd_met_id", None)]
        self._verhuisd = {id_ for ding in weg for id_ in (ding.uuid, ding.extern_id, _old_name(ding)) if id_}
        self.op_uuid: dict[UUID, T] = {ding.uuid: self.stays(ding) for ding in alle}
        self.op_extern: dict[str, T] = {ding.extern_id: self.stays(ding) for ding in alle if ding.extern_id}
        self.op_naam: dict[str, T] = {_old_name(ding): self.stays(ding) for ding in weg}
        self.op_naam |= {ding.naam.casefold(): ding for ding in reversed(alle) if ding not in weg}

    def stays(self, ding: Any) -> Any:
        """The thing itself, or the one it went up in."""
        while pk := getattr(ding, "samengevoegd_met_id", None):
            ding = self._op_pk[pk]
        return ding

    def has_moved(self, rij: Any) -> bool:
        """Whether this row is about something that went up in another: then the name of the other stays."""
        return not self._verhuisd.isdisjoint({rij.uuid, rij.extern_id, rij.naam.casefold()} - {None, ""})

    def op_id(self, rij: MetId) -> T | None:
        """The thing this row is about, by the ids it carries."""
        return (self.op_uuid.get(rij.uuid) if rij.uuid else None) or self.op_extern.get(rij.extern_id or "")


def _old_name(ding: Any) -> str:
    return original_name(ding.naam).casefold()


class Bekend:
    """The map in memory. Nothing here changes the database."""

    def __init__(self) -> None:
        self.organisaties: Register[Organisatie] = Register(Organisatie.objects.all())
        self.locaties: Register[Locatie] = Register(Locatie.objects.select_related("kern"))
        self.kernen = {kern.naam.casefold(): kern for kern in Kern.objects.all()}
        # What people may find goes before what is in the archive, main topics before subtopics of the same name.
        self.onderwerpen: Register[Onderwerp] = Register(Onderwerp.objects.order_by("niveau", "pk"))
        self._op_uuid = {str(onderwerp.uuid): onderwerp for onderwerp in self.onderwerpen.alle}
        self.aanbod: Register[Aanbod] = Register(
            Aanbod.objects.defer("zoekvector").order_by("gearchiveerd_op", "pk")
        )
        self.aanbod_op_naam = {
            (aanbod.organisatie_id, original_name(aanbod.naam)): self.aanbod.stays(aanbod)
            for aanbod in reversed(self.aanbod.alle)
        }
        self.personen: dict[tuple[int, str], Contactpersoon] = {}
        self.persoon_op_uuid: dict[UUID, Contactpersoon] = {}
        self.personen_van: dict[int, list[Contactpersoon]] = defaultdict(list)
        for persoon in Contactpersoon.objects.order_by("-pk"):
            self.personen[(persoon.organisatie_id, persoon.naam.casefold())] = persoon
            self.persoon_op_uuid[persoon.uuid] = persoon
            self.personen_van[persoon.organisatie_id].append(persoon)

    def onderwerp(self, naam: str) -> Onderwerp | None:
        """A topic by its uuid, by its id in a source, or by its name."""
        register = self.onderwerpen
        return (
            self._op_uuid.get(naam) or register.op_extern.get(naam) or register.op_naam.get(naam.casefold())
        )

    def haal_op(self, aanbod: list[Aanbod]) -> None:
        """Fetch what hangs on these offers, all at once."""
        prefetch_related_objects(aanbod, *MEE)

    def gecontroleerd(self) -> dict[tuple[int, str], date]:
        """The last day each group of fields of each offer was checked."""
        laatste = Controle.objects.order_by().values_list("aanbod_id", "groep").annotate(laatst=Max("op"))
        return {(aanbod, groep): timezone.localtime(op).date() for aanbod, groep, op in laatste}
