"""What an import would do, step by step: made by `vergelijken.py`, carried out by `schrijven.py`."""

from dataclasses import dataclass, field
from typing import Any

from sociale_kaart.invoer.rijen import (
    AanbodRij,
    Invoerbestand,
    LocatieRij,
    OnderwerpRij,
    Opmerking,
    OrganisatieRij,
    Sluiting,
    Tijd,
    Weigering,
)
from sociale_kaart.models import Aanbod, Contactpersoon, Locatie, Onderwerp, Organisatie


@dataclass(frozen=True)
class Verschil:
    """A field that differs: what is stored, and what the file says."""

    veld: str
    was: Any
    wordt: Any


@dataclass(kw_only=True)
class Stap:
    """What has to happen to one thing. `waarden` are the columns to write; none for what stays as it is.

    `oud` is what is stored; writing puts what it makes there too.
    """

    naam: str
    oud: Any = None
    waarden: dict[str, Any] = field(default_factory=dict)
    verschillen: list[Verschil] = field(default_factory=list)
    is_nieuw: bool = field(init=False)
    is_geweigerd: bool = False

    def __post_init__(self) -> None:
        self.is_nieuw = self.oud is None


@dataclass(kw_only=True)
class OrganisatieStap(Stap):
    """`nodig`: something that lands needs it; an organisation of refused offers only is not made."""

    rij: OrganisatieRij
    oud: Organisatie | None = None
    nodig: bool = False

    @property
    def sleutel(self) -> object:
        """Tells organisations apart, those that are still to be made too."""
        return self.oud.pk if self.oud else f"nieuw {id(self)}"


@dataclass(kw_only=True)
class LocatieStap(Stap):
    rij: LocatieRij
    oud: Locatie | None = None
    kern: str | None = None
    nodig: bool = False

    @property
    def sleutel(self) -> object:
        return self.oud.pk if self.oud else f"nieuw {id(self)}"


@dataclass(kw_only=True)
class PersoonStap(Stap):
    organisatie: OrganisatieStap
    oud: Contactpersoon | None = None
    nodig: bool = False


@dataclass(kw_only=True)
class AanbodStap(Stap):
    """A list is None where nothing changes."""

    rij: AanbodRij
    organisatie: OrganisatieStap
    oud: Aanbod | None = None
    onderwerpen: list[Onderwerp | OnderwerpRij] | None = None
    kernen: list[str] | None = None
    tijden: list[tuple[Tijd, LocatieStap | None]] | None = None
    contacten: list[tuple[PersoonStap, str]] | None = None
    sluitingen: list[Sluiting] = field(default_factory=list)
    controles: list[str] = field(default_factory=list)


@dataclass
class Plan:
    """Everything an import would do. `onderwerpen` pairs a topic of the file with ours that it takes up."""

    bestand: Invoerbestand
    onderwerpen: list[tuple[OnderwerpRij, Onderwerp | None]] = field(default_factory=list)
    kernen: list[str] = field(default_factory=list)
    organisaties: list[OrganisatieStap] = field(default_factory=list)
    locaties: list[LocatieStap] = field(default_factory=list)
    personen: list[PersoonStap] = field(default_factory=list)
    aanbod: list[AanbodStap] = field(default_factory=list)
    weg: list[Aanbod] = field(default_factory=list)
    geweigerd: list[Weigering] = field(default_factory=list)
    opmerkingen: list[Opmerking] = field(default_factory=list)
