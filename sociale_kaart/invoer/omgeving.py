"""What stands around offers: organisations, places, people, topics and villages, compared with the map."""

import re
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any
from uuid import UUID

from sociale_kaart.invoer.bekend import Bekend
from sociale_kaart.invoer.plan import LocatieStap, OrganisatieStap, PersoonStap, Plan, Stap, Verschil
from sociale_kaart.invoer.rijen import Contact, LocatieRij, OnderwerpRij, Opmerking, OrganisatieRij, Plek
from sociale_kaart.models import Contactpersoon, Locatie, Onderwerp

MAX_NAAM = 160


class Omgeving:
    """Looks up or plans everything an offer refers to; two rows about the same thing share one step."""

    def __init__(self, plan: Plan, bekend: Bekend) -> None:
        self.plan = plan
        self.bekend = bekend
        self.organisaties: dict[str, OrganisatieStap] = {}
        self.locaties: dict[str, LocatieStap] = {}
        self._van: dict[tuple[str, object], Stap] = {}
        self._uuids: set[UUID] = set()
        self._nieuwe_kernen: dict[str, str] = {}
        self._gemeld: set[tuple[Plek, str]] = set()
        self._onderwerpen = {rij.extern_id: self._onderwerp(rij) for rij in plan.bestand.onderwerpen}
        for organisatie in plan.bestand.organisaties:
            self.organisaties.setdefault(organisatie.sleutel, self._organisatie(organisatie))
        for locatie in plan.bestand.locaties:
            self.locaties.setdefault(locatie.sleutel, self._locatie(locatie))

    def merk_op(self, plek: Plek, tekst: str) -> None:
        if (plek, tekst) not in self._gemeld:
            self._gemeld.add((plek, tekst))
            self.plan.opmerkingen.append(Opmerking(plek, tekst))

    def rond_af(self) -> None:
        """Keep what is needed: things of refused offers only are not made."""
        stappen = self._van.values()
        self.plan.personen = [s for s in stappen if isinstance(s, PersoonStap) and (s.nodig or s.oud)]
        self.plan.organisaties = [
            s for s in stappen if isinstance(s, OrganisatieStap) and (s.nodig or s.rij.los)
        ]
        self.plan.locaties = [s for s in stappen if isinstance(s, LocatieStap) and (s.nodig or s.rij.los)]
        genoemd = {kern for stap in self.plan.aanbod for kern in stap.kernen or []}
        genoemd |= {stap.kern for stap in self.plan.locaties if stap.kern}
        self.plan.kernen = sorted(genoemd & set(self._nieuwe_kernen.values()))

    def onderwerp(self, naam: str) -> Onderwerp | OnderwerpRij | None:
        """A topic of the file or of the map, by id or name."""
        return self._onderwerpen.get(naam) or self.bekend.onderwerp(naam)

    def _onderwerp(self, rij: OnderwerpRij) -> Onderwerp | OnderwerpRij:
        """What exists keeps the name and place that people gave it; one made by hand is taken up."""
        oud = self.bekend.onderwerpen.op_extern.get(rij.extern_id)
        if oud is None:
            oud = self.bekend.onderwerpen.op_naam.get(rij.naam.casefold())
            oud = oud if oud and oud.extern_id is None and oud.ouder_id is None else None
            self.plan.onderwerpen.append((rij, oud))
        return oud or rij

    def kern(self, naam: str, plek: Plek | None = None) -> str | None:
        """The village as the map writes it; None when there is none and none is made."""
        bekend = self.bekend.kernen.get(naam.casefold())
        if bekend:
            return bekend.naam
        if self.plan.bestand.maakt_kernen:
            return self._nieuwe_kernen.setdefault(naam.casefold(), naam)
        if plek:
            self.merk_op(plek, f"“{naam}” is geen kern van deze kaart en is weggelaten")
        return None

    def _vrije_uuid(self, uuid: UUID | None, bekend: object) -> dict[str, UUID]:
        if uuid is None or bekend is not None or uuid in self._uuids:
            return {}
        self._uuids.add(uuid)
        return {"uuid": uuid}

    def _organisatie(self, rij: OrganisatieRij) -> OrganisatieStap:
        register = self.bekend.organisaties
        oud = register.op_id(rij) or register.op_naam.get(rij.naam.casefold())
        sleutel = ("organisatie", oud.pk if oud else rij.naam.casefold())
        eerder = self._van.get(sleutel)
        if isinstance(eerder, OrganisatieStap):
            if rij.plek != eerder.rij.plek:
                self.merk_op(rij.plek, f"is dezelfde organisatie als {eerder.rij.plek}, die telt")
            return eerder
        stap = OrganisatieStap(naam=oud.naam if oud else rij.naam, rij=rij, oud=oud)
        self._van[sleutel] = stap
        if oud is None:
            stap.waarden = {**rij.bij_nieuw, **rij.velden, "naam": rij.naam, "extern_id": rij.extern_id}
            stap.waarden |= self._vrije_uuid(rij.uuid, register.op_uuid.get(rij.uuid) if rij.uuid else None)
        else:
            velden = dict(rij.velden)
            if register.has_moved(rij):
                velden.pop("naam", None)
            ander = register.op_naam.get(str(velden.get("naam", "")).casefold(), oud)
            if ander.pk != oud.pk:
                self.merk_op(rij.plek, f"een andere organisatie heet al “{ander.naam}”; de naam blijft")
                del velden["naam"]
            vergelijk(stap, oud, velden)
            if oud.extern_id is None and rij.extern_id and oud.uuid != rij.uuid:
                stap.waarden["extern_id"] = rij.extern_id
        personen = [self.persoon(stap, contact) for contact in rij.contacten]
        if oud and any(persoon.verschillen or persoon.oud is None for persoon in personen):
            stap.verschillen.append(Verschil("contactpersonen", [], [persoon.naam for persoon in personen]))
        return stap

    def _locatie(self, rij: LocatieRij) -> LocatieStap:
        oud = self.bekend.locaties.op_id(rij)
        adres = str(rij.velden.get("adres", ""))
        naam = oud.naam if oud else ""
        if oud is None or not (
            _is_naam_van(oud.naam, rij.naam, adres) or self.bekend.locaties.has_moved(rij)
        ):
            naam, oud = self._vrije_plek(rij.naam, adres, oud)
        sleutel = ("locatie", oud.pk if oud else naam.casefold())
        eerder = self._van.get(sleutel)
        if isinstance(eerder, LocatieStap):
            self.merk_op(rij.plek, f"is dezelfde plek als {eerder.rij.plek}, die telt")
            return eerder
        return self._nieuwe_stap(rij, oud, naam, sleutel)

    def _vrije_plek(self, naam: str, adres: str, oud: Locatie | None) -> tuple[str, Locatie | None]:
        """A name for a place, and the place that has it already when that is the same one.

        Names are unique: behind one that is taken by another address comes the address, then a number.
        """
        for kandidaat in _namen(naam, adres):
            bezet = self.bekend.locaties.op_naam.get(kandidaat.casefold())
            gepland = self._van.get(("locatie", kandidaat.casefold()))
            if oud is None and bezet and _zelfde_adres(bezet.adres, adres):
                return bezet.naam, bezet
            if isinstance(gepland, LocatieStap):
                if oud is None and _zelfde_adres(str(gepland.waarden.get("adres", "")), adres):
                    return kandidaat, None
            elif bezet is None or bezet == oud:
                return kandidaat, oud
        raise AssertionError("there is always another number")

    def _nieuwe_stap(
        self, rij: LocatieRij, oud: Locatie | None, naam: str, sleutel: tuple[str, object]
    ) -> LocatieStap:
        stap = LocatieStap(naam=naam, rij=rij, oud=oud)
        self._van[sleutel] = stap
        kern = self.kern(rij.kern) if rij.kern else None
        if oud is None:
            bezet = self.bekend.locaties.op_uuid.get(rij.uuid) if rij.uuid else None
            stap.waarden = {**rij.bij_nieuw, **rij.velden, "naam": naam, "extern_id": rij.extern_id}
            stap.waarden |= self._vrije_uuid(rij.uuid, bezet)
            stap.kern = kern
            return stap
        vergelijk(stap, oud, dict(rij.velden) | ({"naam": naam} if "naam" in rij.velden else {}))
        if kern and oud.kern is None:
            stap.kern = kern
            stap.verschillen.append(Verschil("kern", "", kern))
        if oud.extern_id is None and rij.extern_id and oud.uuid != rij.uuid:
            stap.waarden["extern_id"] = rij.extern_id
        return stap

    def persoon(self, organisatie: OrganisatieStap, contact: Contact) -> PersoonStap:
        """The contact person of an organisation; who says something about them first, counts."""
        oud = None
        if organisatie.oud:
            op_uuid = self.bekend.persoon_op_uuid.get(contact.uuid) if contact.uuid else None
            oud = op_uuid if op_uuid and op_uuid.organisatie_id == organisatie.oud.pk else None
            oud = oud or self.bekend.personen.get((organisatie.oud.pk, contact.naam.casefold()))
        sleutel = ("persoon", oud.pk if oud else (organisatie.sleutel, contact.naam.casefold()))
        stap = self._van.get(sleutel)
        if not isinstance(stap, PersoonStap):
            stap = PersoonStap(naam=contact.naam, organisatie=organisatie, oud=oud)
            self._van[sleutel] = stap
            if oud:
                vergelijk(stap, oud, contact.velden)
            else:
                stap.waarden = {**contact.bij_nieuw, **contact.velden, "naam": contact.naam}
                bezet = self.bekend.persoon_op_uuid.get(contact.uuid) if contact.uuid else None
                stap.waarden |= self._vrije_uuid(contact.uuid, bezet)
        stap.nodig = True
        return stap

    def bestaand(self, organisatie: OrganisatieStap, persoon: Contactpersoon) -> PersoonStap:
        """Somebody the source does not name, who stays."""
        sleutel = ("persoon", persoon.pk)
        stap = self._van.get(sleutel)
        if not isinstance(stap, PersoonStap):
            stap = PersoonStap(naam=persoon.naam, organisatie=organisatie, oud=persoon)
            self._van[sleutel] = stap
        return stap


def vergelijk(stap: Stap, oud: Any, velden: Mapping[str, Any]) -> None:
    """Note in a step the columns in which what is stored differs from what the file says."""
    verschillen = [
        Verschil(veld, getattr(oud, veld), waarde)
        for veld, waarde in velden.items()
        if _zonder_regeleinde(getattr(oud, veld)) != _zonder_regeleinde(waarde)
    ]
    stap.verschillen += verschillen
    stap.waarden |= {verschil.veld: verschil.wordt for verschil in verschillen}


def _zonder_regeleinde(waarde: Any) -> Any:
    """A form says \\r\\n where a spreadsheet says \\n; that is no change."""
    return waarde.replace("\r\n", "\n") if isinstance(waarde, str) else waarde


def _namen(naam: str, adres: str) -> Iterator[str]:
    yield naam[:MAX_NAAM]
    if adres and adres not in naam:
        yield f"{naam}, {adres}"[:MAX_NAAM]
    yield from (f"{naam[:150]} ({nummer})" for nummer in count(2))


def _is_naam_van(naam: str, gezegd: str, adres: str) -> bool:
    """Whether a stored name is what became of the name in the file."""
    return naam in {gezegd[:MAX_NAAM], f"{gezegd}, {adres}"[:MAX_NAAM]} or bool(
        re.fullmatch(re.escape(gezegd[:150]) + r" \(\d+\)", naam)
    )


def _zelfde_adres(een: str, ander: str) -> bool:
    """One without an address may be anywhere, so it is the same."""
    return not een or not ander or een.casefold() == ander.casefold()
