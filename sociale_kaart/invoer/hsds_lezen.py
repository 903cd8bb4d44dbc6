"""From the tables of HSDS to the form that all files share. What a row cannot give is said, with where it stood.

Empty says nothing: what people filled in here and the source leaves open stays. Texts that are too long for their
field go to the description.
"""

from collections import Counter
from typing import Any

from sociale_kaart.hsds.kenmerken import KENMERKEN
from sociale_kaart.invoer import waarden
from sociale_kaart.invoer.hsds_dienst import Dienst, als_uuid
from sociale_kaart.invoer.hsds_koppelen import Koppelingen
from sociale_kaart.invoer.hsds_tabellen import Boek, Regel
from sociale_kaart.invoer.onderwerpen import Herkenner
from sociale_kaart.invoer.rijen import Contact, Invoerbestand, LocatieRij, OrganisatieRij
from sociale_kaart.models import Locatie

FAX = frozenset({"fax"})


def lees_hsds(boek: Boek, onderwerpen: Herkenner, kernen: set[str]) -> Invoerbestand:
    """Read everything in the books. `kernen` are the names of the villages we know, in small letters."""
    return Hsdslezer(boek, onderwerpen, kernen).lees()


class Hsdslezer:
    """Reads the tables, with what services share: organisations, places, people, terms."""

    def __init__(self, boek: Boek, onderwerpen: Herkenner, kernen: set[str]) -> None:
        self.boek = boek
        self.onderwerpen = onderwerpen
        self.kernen = kernen
        self.koppel = Koppelingen(boek)
        self.onbekend: Counter[str] = Counter()
        self.locaties: dict[str, LocatieRij] = {}
        self.organisaties: dict[str, OrganisatieRij] = {}

    def lees(self) -> Invoerbestand:
        for id_, regel in self.koppel.op_id["locations"].items():
            self.locaties[id_] = self._locatie(regel)
        for id_, regel in self.koppel.op_id["organizations"].items():
            if not regel.is_verantwoord and (organisatie := self._organisatie(regel)):
                self.organisaties[id_] = organisatie
        aanbod = []
        for regel in self.koppel.diensten.values():
            sleutel = self._organisatie_van(regel)
            if sleutel and not waarden.regel(regel.pak("name")):
                regel.weiger("heeft geen naam")
            elif sleutel:
                aanbod.append(Dienst(self, regel, sleutel).lees())
        self._termen()
        self.boek.sluit()
        return Invoerbestand(
            bron=self.boek.bron,
            organisaties=tuple(self.organisaties.values()),
            locaties=tuple(self.locaties.values()),
            aanbod=tuple(aanbod),
            geweigerd=tuple(self.boek.geweigerd),
            opmerkingen=tuple(self.boek.opmerkingen),
            ongebruikt=self.boek.ongebruikt(),
            overgeslagen=tuple(self.boek.overgeslagen),
            onbekende_onderwerpen=dict(self.onbekend.most_common()),
            vult_aan=True,
        )

    def is_kern(self, naam: str) -> bool:
        return naam.casefold() in self.kernen

    def _organisatie_van(self, regel: Regel) -> str | None:
        """The key of the organisation of a service: its own, that of its place, or one by name only."""
        id_ = regel.pak("organization_id", "agency_id")
        if id_ in self.organisaties:
            return id_
        for plek, _ in self.koppel.plekken_van(regel):
            via = self.koppel.op_id["locations"][plek].pak("organization_id")
            if not id_ and via in self.organisaties:
                return via
        naam = waarden.regel(regel.pak("organization_name", "organization", "agency_name", "agency"))
        if naam and len(naam) <= 160:
            sleutel = f"naam: {naam.casefold()}"
            self.organisaties.setdefault(sleutel, OrganisatieRij(regel.plek, sleutel, naam))
            return sleutel
        if not id_:
            regel.weiger("noemt geen organisatie")
        elif id_ in self.koppel.op_id["organizations"]:
            regel.weiger(f"hoort bij organisatie {id_[:60]}, die is geweigerd")
        else:
            regel.weiger(f"verwijst naar organisatie {id_[:60]}, die niet in organizations.csv staat")
        return None

    def _organisatie(self, regel: Regel) -> OrganisatieRij | None:
        naam = waarden.regel(regel.pak("name") or regel.pak("alternate_name"))
        if not naam:
            regel.weiger("heeft geen naam")
            return None
        velden: dict[str, Any] = {
            "andere_namen": waarden.regel(regel.pak("alternate_name")),
            "omschrijving": waarden.platte_tekst(regel.pak("description"))[:20_000],
            "email": waarden.email(regel.pak("email")),
            "website": waarden.website(regel.pak("website", "url"), maximum=200),
        }
        if len(naam) > 160:
            regel.merk_op(f"de naam is ingekort: {naam}")
            naam = f"{naam[:155].rsplit(' ', 1)[0]}…"
        if len(velden["andere_namen"]) > 200:
            regel.merk_op("de andere naam is te lang en is weggelaten")
            velden["andere_namen"] = ""
        for veld, bron in [("email", "email"), ("website", "website")]:
            if regel.pak(bron) and not velden[veld]:
                regel.merk_op(f"“{regel.pak(bron)[:60]}” is geen goed adres en is weggelaten")
        nummers = self.nummers(self.koppel.bij("organizations", regel.id, "phones"))
        velden["telefoon"] = nummers[0][0] if nummers else ""
        for nummer, _ in nummers[1:]:
            regel.merk_op(f"alleen het eerste nummer is overgenomen, niet {nummer}")
        alleen = [
            r for r in self.koppel.bij("organizations", regel.id, "contacts") if not r.pak("service_id")
        ]
        contacten = [contact for r in alleen if (contact := self.contact(r))]
        regel.land()
        return OrganisatieRij(
            regel.plek,
            sleutel=regel.id,
            naam=naam,
            uuid=als_uuid(regel.bron_id),
            extern_id=self.boek.extern_id(regel.bron_id),
            velden={veld: waarde for veld, waarde in velden.items() if waarde} | {"naam": naam},
            contacten=tuple({c.naam.casefold(): c for c in reversed(contacten)}.values()),
            los=True,
        )

    def _locatie(self, regel: Regel) -> LocatieRij:
        adressen = self.koppel.bij("locations", regel.id, "addresses")
        teksten = [(self._adres(adres), adres) for adres in adressen]
        volgorde = sorted(teksten, key=lambda paar: paar[1].pak("address_type", "type").lower() == "postal")
        adres = next((tekst for tekst, _ in volgorde if tekst), "")
        plaats = next((plaats for _, r in volgorde if (plaats := waarden.regel(r.pak("city")))), "")
        for tekst, r in teksten:
            r.land()
            if tekst and tekst != adres:
                r.merk_op(f"een plek heeft hier één adres; niet overgenomen: {tekst}")
        naam = (
            waarden.regel(regel.pak("name") or regel.pak("alternate_name"))
            or adres
            or f"Plek {regel.id[:60]}"
        )
        velden: dict[str, Any] = {"naam": naam[:160]}
        if adres:
            velden["adres"] = adres[:200]
        toegankelijk = [
            waarden.regel(deel.pak("description", "accessibility", "details"))
            for deel in self.koppel.bij("locations", regel.id, "accessibility")
        ]
        for deel in self.koppel.bij("locations", regel.id, "accessibility"):
            deel.land()
        if tekst := "; ".join(dict.fromkeys(filter(None, toegankelijk))):
            velden["toegankelijkheid"] = tekst[:200]
            if len(tekst) > 200:
                regel.merk_op(f"de toegankelijkheid is ingekort: {tekst}")
        soort = regel.pak("location_type", "type").lower()
        if soort:
            velden["soort"] = (Locatie.Soort.VIRTUEEL if soort == "virtual" else Locatie.Soort.FYSIEK).value
        velden |= self._op_aarde(regel)
        regel.land()
        return LocatieRij(
            regel.plek,
            sleutel=regel.id or str(regel.plek),
            naam=naam[:160],
            uuid=als_uuid(regel.bron_id),
            extern_id=self.boek.extern_id(regel.bron_id),
            velden=velden,
            kern=plaats if self.is_kern(plaats) else None,
            los=True,
        )

    def _adres(self, regel: Regel) -> str:
        """An address on one line, as it is written here; a village we know stands with the place itself."""
        delen = [waarden.regel(regel.pak(veld)) for veld in ("address_1", "address_2")]
        postcode, plaats = (waarden.regel(regel.pak(veld)) for veld in ("postal_code", "city"))
        for veld in ("country", "state_province", "region"):
            regel.pak(veld)
        if postcode or not self.is_kern(plaats):
            delen.append(" ".join(filter(None, [postcode, plaats])))
        return ", ".join(filter(None, delen))

    def _op_aarde(self, regel: Regel) -> dict[str, float]:
        breedte, lengte = (waarden.getal(regel.pak(veld)) for veld in ("latitude", "longitude"))
        if breedte is None or lengte is None:
            return {}
        if abs(breedte) > 90 or abs(lengte) > 180 or breedte == lengte == 0:
            regel.merk_op(f"{breedte:g}, {lengte:g} ligt niet op de aarde en is weggelaten")
            return {}
        return {"breedtegraad": breedte, "lengtegraad": lengte}

    def nummers(self, regels: list[Regel]) -> list[tuple[str, str]]:
        """Telephone numbers with what they are for. Numbers of a person are left to that person."""
        gevonden = []
        for regel in regels:
            soort = waarden.regel(regel.pak("type")).lower()
            nummer = waarden.telefoon(regel.pak("number", "phone"))
            if soort in FAX:
                regel.weiger("een faxnummer nemen we niet over")
            elif nummer is None:
                if not regel.is_verantwoord:
                    regel.weiger(f"“{regel.pak('number', 'phone')[:40]}” is geen telefoonnummer")
            else:
                regel.land()
                toestel = regel.pak("extension")
                wat = waarden.regel(regel.pak("description", "department"))[:80]
                gevonden.append((nummer, f"Toestel {toestel}" if toestel else wat))
        return gevonden

    def contact(self, regel: Regel) -> Contact | None:
        """Somebody who is named in public; refused without a name."""
        naam = waarden.regel(regel.pak("name"))
        titel = ", ".join(
            filter(None, [waarden.regel(regel.pak("title")), waarden.regel(regel.pak("department"))])
        )
        naam, rol = (naam, titel) if naam else (titel, "")
        if not naam or len(naam) > 120:
            if not regel.is_verantwoord:
                regel.weiger("een contactpersoon heeft een naam van hoogstens 120 tekens nodig")
            return None
        if len(rol) > 120:
            regel.merk_op(f"de functie is ingekort: {rol}")
        regel.land()
        nummers = self.nummers(self.koppel.bij("contacts", regel.id, "phones"))
        velden: dict[str, Any] = {
            "telefoon": nummers[0][0] if nummers else "",
            "email": waarden.email(regel.pak("email")) or "",
        }
        kenmerken = self.koppel.kenmerken_van("contacts", regel.id)
        gesproken = dict.fromkeys(kenmerken.get("spreekt", []))
        velden["talen"] = [code for code in gesproken if waarden.taal(code) == code]
        velden["toelichting"] = next(iter(kenmerken.get("waarvoor", [])), "")[:200]
        velden["is_sleutelpersoon"] = "sleutelpersoon" in kenmerken
        gezegd = {veld: waarde for veld, waarde in velden.items() if waarde}
        return Contact(naam, rol[:120], gezegd, bij_nieuw={"is_openbaar": True}, uuid=als_uuid(regel.bron_id))

    def onderwerp(self, regel: Regel) -> str | None:
        """Our topic for an attribute; what is none is refused and counted."""
        rij = self.koppel.term_van(regel)
        if rij is None:
            regel.weiger("verwijst naar een onderwerp dat niet in taxonomy_terms.csv staat")
            return None
        term = self.koppel.als_term(rij)
        gevonden = self.onderwerpen.herken(term)
        if gevonden is None:
            naam = term.namen[0] if term.namen else term.id
            self.onbekend[naam] += 1
            regel.weiger(f"onderwerp “{naam[:60]}” niet herkend")
        else:
            regel.land()
            rij.land()
        return gevonden

    def _termen(self) -> None:
        """Terms land when we know them; the others are told."""
        eigen = {kenmerk.id for kenmerk in KENMERKEN.values()}
        termen = self.boek.tabellen["taxonomy_terms"]
        for regel in [*termen, *self.boek.tabellen["taxonomies"]]:
            is_stelsel = regel.tabel == "taxonomies" and bool(termen)
            if regel.is_verantwoord:
                continue
            if is_stelsel or regel.id in eigen or self.onderwerpen.herken(self.koppel.als_term(regel)):
                regel.land()
            else:
                regel.weiger("dit onderwerp kent de kaart niet")
