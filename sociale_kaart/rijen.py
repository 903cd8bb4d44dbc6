"""Offers as a list shows them, and results per need."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.template.defaultfilters import date as datum
from django.utils import timezone

from sociale_kaart.models import Aanbod, Mededeling, Taal
from sociale_kaart.stand import Stand, stand_van
from sociale_kaart.zoeken import Reden, Treffer


@dataclass(frozen=True)
class Rij:
    """An offer with when it can be reached, and why it was found; `nummer` counts in the list."""

    aanbod: Aanbod
    stand: Stand | None
    redenen: tuple[Reden, ...] = ()
    nummer: int = 1

    @property
    def mededelingen(self) -> list[Mededeling]:
        """The notices of today."""
        return self.aanbod.mededelingen_op(timezone.localdate())

    @property
    def past_bij(self) -> list[tuple[str, str]]:
        """Words as typed with the map's own word for them, those that share one together: ("man overleden", "rouw")."""
        per_vakwoord: dict[str, list[str]] = {}
        for reden in self.redenen:
            per_vakwoord.setdefault(reden.vakwoord, []).append(reden.woord)
        return [(" ".join(woorden), vakwoord) for vakwoord, woorden in per_vakwoord.items()]

    @property
    def andere_talen(self) -> str:
        """Languages other than Dutch."""
        return ", ".join(Taal(code).label for code in self.aanbod.talen if code != Taal.NEDERLANDS)

    @property
    def gecontroleerd(self) -> str:
        """How long ago the part that waits longest was checked; never "changed", which is not the same."""
        momenten = [controle.op for _, controle in self.aanbod.controle_per_groep if controle]
        if not momenten:
            return "Nog niet gecontroleerd"
        begin = (
            "Gecontroleerd" if len(momenten) == len(self.aanbod.controle_per_groep) else "Deels gecontroleerd"
        )
        return f"{begin} op {in_woorden(timezone.localdate(min(momenten)))}"


@dataclass(frozen=True)
class Groep:
    """The rows for one need in the sentence; without a name when there is only one."""

    naam: str
    rijen: tuple[Rij, ...]

    @property
    def kop(self) -> str:
        """The level of the headings of its rows."""
        return "h3" if self.naam else "h2"


def maak_rijen(
    aanbod: Iterable[Aanbod], moment: datetime, redenen: Mapping[int, tuple[Reden, ...]] | None = None
) -> list[Rij]:
    """Rows for offers fetched with `for_row()`; `redenen` tells by key why each was found."""
    redenen = redenen or {}
    return [
        Rij(
            item,
            stand_van(list(item.openingstijden.all()), moment, item.uitzonderingen),
            redenen.get(item.pk, ()),
            nummer,
        )
        for nummer, item in enumerate(aanbod, start=1)
    ]


def in_woorden(dag: date) -> str:
    """A day without its year when that is this one: "3 maart"."""
    return datum(dag, "j F" if dag.year == timezone.localdate().year else "j F Y")


def rijen_van(treffers: Sequence[Treffer]) -> list[Rij]:
    """The rows of these hits, in their order."""
    op_id = Aanbod.objects.for_row().in_bulk([treffer.aanbod_id for treffer in treffers])
    aanbod = [op_id[treffer.aanbod_id] for treffer in treffers if treffer.aanbod_id in op_id]
    return maak_rijen(aanbod, timezone.now(), {treffer.aanbod_id: treffer.redenen for treffer in treffers})


def groepeer(treffers: Sequence[Treffer], behoeften: Sequence[str]) -> list[Groep]:
    """Rows per need, in the order of the sentence. A need without a row here is left out."""
    rijen = rijen_van(treffers)
    if len(behoeften) < 2:
        return [Groep("", tuple(rijen))] if rijen else []
    behoefte_van = {treffer.aanbod_id: treffer.behoefte for treffer in treffers}
    groepen = [
        Groep(naam, tuple(rij for rij in rijen if behoefte_van[rij.aanbod.pk] == nummer))
        for nummer, naam in enumerate(behoeften)
    ]
    return [groep for groep in groepen if groep.rijen]
