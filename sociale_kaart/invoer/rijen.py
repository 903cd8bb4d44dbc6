"""The one form in which every kind of file arrives: what a source says, checked, not yet compared with the map.

Readers make these, `plan.py` compares them with the database, `schrijven.py` writes them. Fields a source says
nothing about are left out of `velden` (or None); what is only for something new stands in `bij_nieuw`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any
from uuid import UUID


class BestandFout(Exception):
    """The file as a whole cannot be used; nothing has been read from it. The text is Dutch, for the user."""


@dataclass(frozen=True, order=True)
class Plek:
    """Where in the source something stands. `rij` counts as a spreadsheet does: a header is row 1.

    `deel` says where within the row, for files that nest: "schedules 2".
    """

    bestand: str
    rij: int
    deel: str = ""

    def __str__(self) -> str:
        return f"{self.bestand} rij {self.rij}" + (f", {self.deel}" if self.deel else "")


@dataclass(frozen=True)
class Weigering:
    """A row that does not land, and why. `ruw` is the row as it came, to be mended and sent again."""

    plek: Plek
    redenen: tuple[str, ...]
    naam: str = ""
    extern_id: str | None = None
    ruw: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Opmerking:
    """Something in a row that lands otherwise than it came, or not."""

    plek: Plek
    tekst: str


@dataclass(frozen=True)
class Ongebruikt:
    """A column or field that the map has no place for; `aantal` rows had something in it."""

    bestand: str
    veld: str
    aantal: int


@dataclass(frozen=True)
class Overgeslagen:
    """Rows of a kind that the map has no place for, from row `van` until and with `tot`."""

    bestand: str
    van: int
    tot: int
    aantal: int
    reden: str


@dataclass(frozen=True)
class OnderwerpRij:
    """A topic of the source that may be made; `extern_id` finds it again."""

    extern_id: str
    naam: str
    icoon: str = "folder"


@dataclass(frozen=True)
class Contact:
    """A contact person. `velden`: telefoon, email, is_openbaar, is_sleutelpersoon, talen, toelichting."""

    naam: str
    rol: str = ""
    velden: Mapping[str, Any] = field(default_factory=dict)
    bij_nieuw: Mapping[str, Any] = field(default_factory=dict)
    uuid: UUID | None = None


@dataclass(frozen=True)
class Tijd:
    """A block of opening hours; fields as in Openingstijd. `locatie` is the `sleutel` of a LocatieRij, or ""."""

    weekdagen: tuple[int, ...] = ()
    van: time | None = None
    tot: time | None = None
    weken_van_maand: tuple[int, ...] = ()
    elke_weken: int = 1
    vanaf: date | None = None
    tot_en_met: date | None = None
    seizoen_van: int | None = None
    seizoen_tot: int | None = None
    periode: str = ""
    toelichting: str = ""
    locatie: str = ""


@dataclass(frozen=True)
class Sluiting:
    """Days on which other hours hold, or none: an Uitzondering of an offer."""

    van_dag: date
    tot_dag: date
    van: time | None = None
    tot: time | None = None
    reden: str = ""


@dataclass(frozen=True)
class OrganisatieRij:
    """`sleutel` is how offers in the same file name it. `los`: it lands even when no offer of it does."""

    plek: Plek
    sleutel: str
    naam: str
    uuid: UUID | None = None
    extern_id: str | None = None
    velden: Mapping[str, Any] = field(default_factory=dict)
    bij_nieuw: Mapping[str, Any] = field(default_factory=dict)
    contacten: tuple[Contact, ...] = ()
    los: bool = False


@dataclass(frozen=True)
class LocatieRij:
    """`velden` and `bij_nieuw` may hold soort, adres, toegankelijkheid, breedtegraad, lengtegraad. `kern` is a name."""

    plek: Plek
    sleutel: str
    naam: str
    uuid: UUID | None = None
    extern_id: str | None = None
    velden: Mapping[str, Any] = field(default_factory=dict)
    bij_nieuw: Mapping[str, Any] = field(default_factory=dict)
    kern: str | None = None
    los: bool = False


@dataclass(frozen=True)
class AanbodRij:
    """An offer. `velden` holds the plain columns of Aanbod, the rest what hangs on it; None is "not said".

    It is found again by `uuid`, else by `extern_id`, else (when nobody else claims it) by organisation and name.
    `onderwerpen` are names or extern ids of topics, `kernen` names of villages. `archief` True: no longer offered.
    """

    plek: Plek
    organisatie: str
    velden: Mapping[str, Any]
    uuid: UUID | None = None
    extern_id: str | None = None
    onderwerpen: tuple[str, ...] | None = None
    kernen: tuple[str, ...] | None = None
    tijden: tuple[Tijd, ...] | None = None
    contacten: tuple[Contact, ...] | None = None
    sluitingen: tuple[Sluiting, ...] = ()
    archief: bool = False
    gecontroleerd: date | None = None
    bij_nieuw: Mapping[str, Any] = field(default_factory=dict)
    ruw: Mapping[str, str] = field(default_factory=dict)

    @property
    def naam(self) -> str:
        return str(self.velden["naam"])


@dataclass(frozen=True)
class Invoerbestand:
    """A whole file. `vult_aan`: lists of the source add to what people made (topics, contacts) instead of
    replacing it, and the order of times tells nothing. `maakt_kernen`: unknown villages are made.
    `bron` goes before the colon of every `extern_id`; "" is the map's own format, whose ids stand bare.
    """

    bron: str = ""
    onderwerpen: tuple[OnderwerpRij, ...] = ()
    organisaties: tuple[OrganisatieRij, ...] = ()
    locaties: tuple[LocatieRij, ...] = ()
    aanbod: tuple[AanbodRij, ...] = ()
    geweigerd: tuple[Weigering, ...] = ()
    opmerkingen: tuple[Opmerking, ...] = ()
    ongebruikt: tuple[Ongebruikt, ...] = ()
    overgeslagen: tuple[Overgeslagen, ...] = ()
    # Terms of the source that are none of our topics, with how many offers have them.
    onbekende_onderwerpen: Mapping[str, int] = field(default_factory=dict)
    vult_aan: bool = False
    maakt_kernen: bool = False
