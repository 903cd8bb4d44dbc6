"""Terms of other maps as our topics: the same thing, the same name, or what a coordinator chose for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sociale_kaart.models import Onderwerp

NIETS = "niets"


@dataclass(frozen=True)
class Term:
    """A term of the source: its names from itself up to the top."""

    id: str
    namen: tuple[str, ...]


class Herkenner:
    """Finds our topic for a term. `keuzes`: names of terms with the uuid of a topic, or "niets"."""

    def __init__(self, bron: str, keuzes: Mapping[str, str] | None = None) -> None:
        self.bron = bron
        self.keuzes = keuzes or {}
        onderwerpen = list(Onderwerp.objects.order_by("-niveau", "-pk"))
        self.op_uuid = {str(onderwerp.uuid) for onderwerp in onderwerpen}
        self.op_extern = {o.extern_id: str(o.uuid) for o in onderwerpen if o.extern_id}
        self.op_naam = {_vouw(o.naam): str(o.uuid) for o in onderwerpen}
        self.op_naam |= {_vouw(o.extern_id): str(o.uuid) for o in onderwerpen if o.extern_id}

    def herken(self, term: Term) -> str | None:
        """The uuid of our topic, NIETS when it was chosen to leave the term out, None when it is unknown."""
        for naam in term.namen:
            gekozen = self.keuzes.get(naam)
            if gekozen == NIETS or gekozen in self.op_uuid:
                return gekozen
        if _als_uuid(term.id) in self.op_uuid:
            return _als_uuid(term.id)
        extern = self.op_extern.get(f"{self.bron}:{term.id}")
        return extern or next((o for naam in term.namen if (o := self.op_naam.get(_vouw(naam)))), None)


def _als_uuid(tekst: str) -> str:
    try:
        return str(UUID(tekst))
    except ValueError:
        return ""


def _vouw(naam: str) -> str:
    return " ".join(naam.casefold().replace("&", " en ").replace(" and ", " en ").split())
