"""What an import does or did, row by row: for the screen, for a command, and to keep."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, Self

from sociale_kaart.invoer.keuren import zonder_stuurtekens
from sociale_kaart.invoer.plan import AanbodStap, LocatieStap, OrganisatieStap, Plan, Verschil
from sociale_kaart.invoer.rijen import Ongebruikt, Opmerking, Overgeslagen, Weigering
from sociale_kaart.models import Aanbod

VELDNAMEN = {
    "email": "e-mail",
    "doelgroep": "voor wie",
    "andere_namen": "ook bekend als",
    "weken_van_maand": "weken",
    "indicatie_nodig": "indicatie nodig",
    "vaste_gezichten": "vaste gezichten",
    "extern_id": "id in de bron",
}


@dataclass(frozen=True)
class Wijziging:
    """A field that changes, in words."""

    veld: str
    was: str
    wordt: str


@dataclass(frozen=True)
class Regel:
    """One thing in the report. `soort` is aanbod, organisatie or plek; `pk` 0 while it does not exist."""

    soort: str
    naam: str
    plek: str = ""
    organisatie: str = ""
    extern_id: str = ""
    pk: int = 0
    wijzigingen: tuple[Wijziging, ...] = ()
    velden: tuple[str, ...] = ()


@dataclass
class Verslag:
    """Every row of the source is in exactly one of nieuw, gewijzigd, ongewijzigd, geweigerd and overgeslagen,
    or is part of a row that is."""

    nieuw: list[Regel] = field(default_factory=list)
    gewijzigd: list[Regel] = field(default_factory=list)
    ongewijzigd: list[Regel] = field(default_factory=list)
    weg: list[Regel] = field(default_factory=list)
    geweigerd: list[Weigering] = field(default_factory=list)
    opmerkingen: list[Opmerking] = field(default_factory=list)
    ongebruikt: list[Ongebruikt] = field(default_factory=list)
    overgeslagen: list[Overgeslagen] = field(default_factory=list)
    onbekende_onderwerpen: dict[str, int] = field(default_factory=dict)
    nieuwe_kernen: list[str] = field(default_factory=list)

    @classmethod
    def van(cls, plan: Plan) -> Self:
        verslag = cls(
            weg=[_weg(aanbod) for aanbod in plan.weg],
            geweigerd=plan.geweigerd,
            opmerkingen=plan.opmerkingen,
            ongebruikt=list(plan.bestand.ongebruikt),
            overgeslagen=list(plan.bestand.overgeslagen),
            onbekende_onderwerpen=dict(plan.bestand.onbekende_onderwerpen),
            nieuwe_kernen=plan.kernen,
        )
        verslag._verdeel("aanbod", plan.aanbod)
        verslag._verdeel("organisatie", plan.organisaties)
        verslag._verdeel("plek", plan.locaties)
        return verslag

    def _verdeel(
        self, soort: str, stappen: Iterable[AanbodStap] | Iterable[OrganisatieStap] | Iterable[LocatieStap]
    ) -> None:
        for stap in stappen:
            if stap.is_geweigerd:
                continue
            lijst = self.nieuw if stap.is_nieuw else self.gewijzigd if stap.verschillen else self.ongewijzigd
            lijst.append(_regel(soort, stap))

    def alleen(self, lijst: str, soort: str = "aanbod") -> list[Regel]:
        """The lines of one list that are about one kind of thing."""
        return [regel for regel in getattr(self, lijst) if regel.soort == soort]

    def als_json(self) -> dict[str, Any]:
        """To keep. Characters that PostgreSQL cannot hold are left out; what stays the same is only counted."""
        inhoud: dict[str, Any] = {naam: [_plat(ding) for ding in getattr(self, naam)] for naam in LIJSTEN}
        inhoud["ongewijzigd"] = len(self.alleen("ongewijzigd"))
        inhoud["onbekende_onderwerpen"] = self.onbekende_onderwerpen
        inhoud["nieuwe_kernen"] = self.nieuwe_kernen
        schoon: dict[str, Any] = _schoon(inhoud)
        return schoon


LIJSTEN = ["nieuw", "gewijzigd", "weg", "geweigerd", "opmerkingen", "ongebruikt", "overgeslagen"]


def _plat(ding: Any) -> dict[str, Any]:
    inhoud = asdict(ding)
    if hasattr(ding, "plek") and not isinstance(ding.plek, str):
        inhoud["plek"] = str(ding.plek)
        inhoud["bestand"], inhoud["rij"] = ding.plek.bestand, ding.plek.rij
    if isinstance(ding, Weigering):
        # As pairs: PostgreSQL does not keep the order of keys.
        inhoud["ruw"] = [list(paar) for paar in ding.ruw.items()]
    return {naam: waarde for naam, waarde in inhoud.items() if waarde not in ("", (), None)}


def _schoon(waarde: Any) -> Any:
    if isinstance(waarde, str):
        return zonder_stuurtekens(waarde)
    if isinstance(waarde, dict):
        return {zonder_stuurtekens(str(naam)): _schoon(deel) for naam, deel in waarde.items()}
    if isinstance(waarde, list | tuple):
        return [_schoon(deel) for deel in waarde]
    return waarde


def _weg(aanbod: Aanbod) -> Regel:
    return Regel(
        "aanbod",
        aanbod.naam,
        organisatie=aanbod.organisatie.naam,
        extern_id=aanbod.extern_id or "",
        pk=aanbod.pk,
    )


def _regel(soort: str, stap: AanbodStap | OrganisatieStap | LocatieStap) -> Regel:
    return Regel(
        soort,
        stap.naam,
        plek=str(stap.rij.plek),
        organisatie=stap.organisatie.naam if isinstance(stap, AanbodStap) else "",
        extern_id=stap.rij.extern_id or "",
        pk=stap.oud.pk if stap.oud else 0,
        wijzigingen=() if stap.is_nieuw else tuple(_wijziging(verschil) for verschil in stap.verschillen),
        velden=tuple(VELDNAMEN_KAART.get(verschil.veld, verschil.veld) for verschil in stap.verschillen),
    )


VELDNAMEN_KAART = {"email": "e-mail"}


def _wijziging(verschil: Verschil) -> Wijziging:
    veld = VELDNAMEN.get(verschil.veld, verschil.veld)
    return Wijziging(veld, in_woorden(verschil.was), in_woorden(verschil.wordt))


def in_woorden(waarde: Any) -> str:
    """A value as people read it."""
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, datetime | date):
        return f"{waarde:%d-%m-%Y}"
    if isinstance(waarde, list | tuple):
        return "; ".join(in_woorden(deel) for deel in waarde)
    return "" if waarde is None else str(waarde)
