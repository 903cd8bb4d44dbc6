"""One service of HSDS with everything on it, as an offer."""

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone

from sociale_kaart.hsds.serialiseren import INDICATIE
from sociale_kaart.invoer import waarden
from sociale_kaart.invoer.hsds_tabellen import Regel
from sociale_kaart.invoer.hsds_tijden import lees_schema, lees_sluiting
from sociale_kaart.invoer.onderwerpen import NIETS
from sociale_kaart.invoer.rijen import AanbodRij, Contact, Sluiting, Tijd
from sociale_kaart.models import Aanbod

if TYPE_CHECKING:
    from sociale_kaart.invoer.hsds_lezen import Hsdslezer

MAX_OMSCHRIJVING = 20_000
VERVALLEN = frozenset({"inactive", "defunct", "closed", "permanently closed", "inactief", "gestopt"})
KOSTELOOS = frozenset(
    {
        "free",
        "free of charge",
        "no fee",
        "no fees",
        "no cost",
        "no charge",
        "none",
        "kosteloos",
        "0",
        "0.00",
        "€ 0",
    }
)
HEEL_NEDERLAND = frozenset(
    {"nederland", "heel nederland", "landelijk", "netherlands", "nationwide", "national"}
)
REGIO = frozenset({"de hele regio", "regio", "regional"})
GEEN_TIJDEN = "vraag naar de tijden"


class Dienst:
    """Reads one service. `staart` gathers what has no field of its own; it ends up under the description."""

    def __init__(self, lezer: "Hsdslezer", regel: Regel, organisatie: str) -> None:
        self.lezer = lezer
        self.koppel = lezer.koppel
        self.regel = regel
        self.organisatie = organisatie
        self.staart: list[str] = []
        self.velden: dict[str, Any] = {}
        self.plekken = lezer.koppel.plekken_van(regel)
        self.bij_nieuw: dict[str, Any] = {}
        self.kenmerken = self.koppel.kenmerken_van("services", regel.id)
        # Out of a map like ours: then what is not there is known not to be.
        self.is_eigen = any(code.startswith("soort:") for code in self.kenmerken)

    def lees(self) -> AanbodRij:
        self._namen()
        self._bereikbaar()
        self._voorwaarden()
        self._kenmerken()
        kernen = self._gebieden()
        onderwerpen = self._onderwerpen()
        tijden = self._tijden()
        contacten = self._contacten()
        self._omschrijving()
        for rij in [self.regel, *self.koppel.bij("services", self.regel.id, "service_at_locations")]:
            rij.land()
        return AanbodRij(
            self.regel.plek,
            organisatie=self.organisatie,
            velden=self.velden,
            uuid=als_uuid(self.regel.bron_id),
            extern_id=self.regel.boek.extern_id(self.regel.bron_id),
            onderwerpen=tuple(onderwerpen),
            kernen=tuple(kernen),
            tijden=tuple(tijden) or None,
            contacten=tuple(contacten) or None,
            sluitingen=tuple(self._sluitingen()),
            archief=self.regel.pak("status").lower() in VERVALLEN,
            gecontroleerd=self._gecontroleerd(),
            bij_nieuw=self.bij_nieuw,
            ruw=dict(self.regel.waarden),
        )

    def _kinderen(self, tabel: str) -> list[Regel]:
        regels = self.koppel.bij("services", self.regel.id, tabel)
        for regel in regels:
            regel.land()
        return regels

    def _zet(self, veld: str, tekst: str, maximum: int, label: str) -> None:
        """A field on one line; what does not fit stands under the description."""
        if tekst and len(tekst) <= maximum:
            self.velden[veld] = tekst
        elif tekst:
            self.staart.append(f"{label}: {tekst}")
            self.regel.merk_op(f"{label.lower()} is te lang voor dat veld en staat onder de omschrijving")

    def _namen(self) -> None:
        naam = waarden.regel(self.regel.pak("name"))
        if len(naam) > 160:
            self.staart.insert(0, naam)
            self.regel.merk_op("de naam is ingekort; de hele naam staat onder de omschrijving")
            naam = f"{naam[:155].rsplit(' ', 1)[0]}…"
        self.velden["naam"] = naam
        self._zet("andere_namen", waarden.regel(self.regel.pak("alternate_name")), 200, "Ook bekend als")

    def _bereikbaar(self) -> None:
        for veld, ruw, lees in [
            ("website", self.regel.pak("url", "website"), waarden.website),
            ("email", self.regel.pak("email"), waarden.email),
        ]:
            gelezen = lees(ruw) if ruw else None
            if gelezen:
                self.velden[veld] = gelezen
            elif ruw:
                self.regel.merk_op(
                    f"“{ruw[:60]}” is geen {'webadres' if veld == 'website' else 'e-mailadres'}"
                )
        nummers = self.lezer.nummers(self.koppel.bij("services", self.regel.id, "phones"))
        for plek, sal in self.plekken:
            nummers += self.lezer.nummers(self.koppel.bij("service_at_locations", sal, "phones"))
            if not nummers:
                nummers = self.lezer.nummers(self.koppel.bij("locations", plek, "phones"))
        if nummers:
            self.velden["telefoon"] = nummers[0][0]
            self.staart += [
                f"{wat or 'Ook'}: {nummer}" for nummer, wat in nummers[1:] if nummer != nummers[0][0]
            ]
            if nummers[0][1].startswith("Toestel"):
                self.staart.append(nummers[0][1])

    def _voorwaarden(self) -> None:
        self._zet("aanmelden", waarden.regel(self.regel.pak("application_process")), 300, "Aanmelden")
        self._zet("doelgroep", self._doelgroep(), 200, "Voor wie")
        self._zet("kosten", self._kosten(), 160, "Kosten")
        documenten = [
            waarden.regel(regel.pak("document", "name")) for regel in self._kinderen("required_documents")
        ]
        documenten += [waarden.regel(self.regel.pak("required_documents"))]
        if INDICATIE in documenten or self.is_eigen:
            self.velden["indicatie_nodig"] = INDICATIE in documenten
        meenemen = "; ".join(dict.fromkeys(d for d in documenten if d and d != INDICATIE))
        self._zet("meenemen", meenemen, 300, "Meenemen")
        genoemd = [regel.pak("code", "language", "name") for regel in self._kinderen("languages")]
        talen, vreemd = waarden.talen("; ".join([*genoemd, self.regel.pak("languages")]))
        if talen:
            self.velden["talen"] = list(dict.fromkeys(talen))
        for woord in vreemd:
            self.regel.merk_op(f"“{woord[:40]}” is geen taal van deze kaart")

    def _doelgroep(self) -> str:
        delen = [
            waarden.regel(regel.pak("eligibility", "description", "name"))
            for regel in self._kinderen("eligibilities")
        ]
        delen.insert(0, waarden.regel(self.regel.pak("eligibility_description", "eligibility", "audience")))
        jaren = [waarden.getal(self.regel.pak(veld)) for veld in ("minimum_age", "maximum_age")]
        van, tot = (int(jaar) if jaar is not None and 0 < jaar < 120 else None for jaar in jaren)
        if van and tot:
            delen.append(f"{van} tot en met {tot} jaar")
        elif van or tot:
            delen.append(f"vanaf {van} jaar" if van else f"tot en met {tot} jaar")
        return "; ".join(dict.fromkeys(filter(None, delen)))

    def _kosten(self) -> str:
        delen = [waarden.regel(self.regel.pak(veld)) for veld in ("fees_description", "fees")]
        delen = ["gratis" if deel.lower().strip(" .") in KOSTELOOS else deel for deel in delen if deel]
        for regel in self._kinderen("cost_options"):
            bedrag = waarden.getal(regel.pak("amount"))
            munt = regel.pak("currency").upper() or "EUR"
            woorden = [
                waarden.regel(regel.pak(veld)) for veld in ("option", "amount_description", "fee", "fees")
            ]
            prijs = f"{'€' if munt == 'EUR' else munt} {bedrag:g}" if bedrag else ""
            if bedrag == 0:
                woorden, prijs = [], "" if delen else "gratis"
            delen.append(" ".join(filter(None, [prijs, *dict.fromkeys(woorden)])))
        return "; ".join(dict.fromkeys(filter(None, delen)))

    def _kenmerken(self) -> None:
        """What our own terms say. In a map like ours what is not said is known to be nothing."""
        van = {code.partition(":")[0] for code in self.kenmerken}
        for veld in ["soort", "contact", "drempel"]:
            gezegd = next(
                (code.partition(":")[2] for code in self.kenmerken if code.startswith(f"{veld}:")), ""
            )
            if gezegd or (self.is_eigen and veld != "soort"):
                self.velden[veld] = gezegd
        if "kennismaken" in van or self.is_eigen:
            keuzes = [code.partition(":")[2] for code in self.kenmerken if code.startswith("kennismaken:")]
            self.velden["kennismaken"] = keuzes
        if "vaste_gezichten" in self.kenmerken:
            self.velden["vaste_gezichten"] = self.kenmerken["vaste_gezichten"][0] == "ja"
        elif self.is_eigen:
            self.velden["vaste_gezichten"] = None

    def _gebieden(self) -> list[str]:
        """The villages that are named. Words for more than a village say how wide it reaches."""
        regels = self._kinderen("service_areas")
        namen = [waarden.regel(regel.pak("name", "service_area", "description")) for regel in regels]
        namen += [deel for deel in waarden.regel(self.regel.pak("service_areas")).split("; ") if deel]
        klein = {naam.casefold() for naam in namen}
        if klein & HEEL_NEDERLAND:
            self.velden["bereik"] = Aanbod.Bereik.LANDELIJK.value
        elif klein & REGIO:
            self.velden["bereik"] = Aanbod.Bereik.REGIO.value
        kernen = [naam for naam in namen if naam and naam.casefold() not in HEEL_NEDERLAND | REGIO]
        bekend = [naam for naam in kernen if self.lezer.is_kern(naam)]
        if "bereik" not in self.velden:
            # Otherwise nobody would find it: in no village it is "their own".
            alleen_kernen = (
                Aanbod.Bereik.KERNEN if bekend or (self.is_eigen and not kernen) else Aanbod.Bereik.REGIO
            )
            (self.velden if self.is_eigen else self.bij_nieuw)["bereik"] = alleen_kernen.value
        for naam in kernen:
            if naam not in bekend:
                self.regel.merk_op(f"gebied “{naam[:80]}” is geen kern van deze kaart")
        return bekend

    def _onderwerpen(self) -> list[str]:
        gevonden = []
        for regel in self.koppel.bij("services", self.regel.id, "attributes"):
            if not regel.is_verantwoord and (onderwerp := self.lezer.onderwerp(regel)):
                gevonden.append(onderwerp)
        return list(dict.fromkeys(onderwerp for onderwerp in gevonden if onderwerp != NIETS))

    def _tijden(self) -> list[Tijd]:
        """Hours of the service itself, and per place those there; else those of the building."""
        eigen = [
            tijd
            for regel in self.koppel.bij("services", self.regel.id, "schedules")
            if not regel.pak("service_at_location_id")
            for tijd in self._schema(regel, self._plek(regel.pak("location_id")))
        ]
        tijden = list(eigen)
        zonder: list[str] = []
        for plek, sal in self.plekken:
            sleutel = self._plek(plek)
            ter_plekke = [
                t
                for r in self.koppel.bij("service_at_locations", sal, "schedules")
                for t in self._schema(r, sleutel)
            ]
            if not ter_plekke and not eigen:
                gebouw = [
                    r for r in self.koppel.bij("locations", plek, "schedules") if not r.pak("service_id")
                ]
                ter_plekke = [tijd for regel in gebouw for tijd in self._schema(regel, sleutel)]
            tijden += ter_plekke
            if sleutel and not ter_plekke and not any(tijd.locatie == sleutel for tijd in eigen):
                zonder.append(sleutel)
        if len(zonder) == 1 and eigen and not any(tijd.locatie for tijd in tijden):
            return [replace(tijd, locatie=zonder[0]) for tijd in tijden]
        return list(dict.fromkeys([*tijden, *(Tijd(periode=GEEN_TIJDEN, locatie=plek) for plek in zonder)]))

    def _plek(self, id_: str) -> str:
        return self.lezer.locaties[id_].sleutel if id_ in self.lezer.locaties else ""

    def _schema(self, regel: Regel, plek: str) -> list[Tijd]:
        kenmerken = self.koppel.kenmerken_van("schedules", regel.id)
        plat = {code: waarden_[0] for code, waarden_ in kenmerken.items()}
        tijden = lees_schema(regel, plat, is_eigen=self.is_eigen)
        if tijden:
            regel.land()
        elif not regel.is_verantwoord:
            regel.weiger("hier staan geen dag en geen tijd in")
        return [replace(tijd, locatie=plek) for tijd in tijden]

    def _sluitingen(self) -> list[Sluiting]:
        regels = list(self.koppel.bij("services", self.regel.id, "holiday_schedules"))
        for plek, sal in self.plekken:
            regels += self.koppel.bij("service_at_locations", sal, "holiday_schedules")
            regels += self.koppel.bij("locations", plek, "holiday_schedules")
        sluitingen = []
        for regel in regels:
            sluiting = lees_sluiting(regel)
            if sluiting:
                regel.land()
                sluitingen.append(sluiting)
            elif not regel.is_verantwoord:
                regel.weiger("de dagen zijn niet te lezen")
        return list(dict.fromkeys(sluitingen))

    def _contacten(self) -> list[Contact]:
        regels = list(self.koppel.bij("services", self.regel.id, "contacts"))
        for plek, sal in self.plekken:
            regels += self.koppel.bij("service_at_locations", sal, "contacts")
            regels += self.koppel.bij("locations", plek, "contacts")
        mensen = [self.lezer.contact(regel) for regel in regels]
        op_naam = {mens.naam.casefold(): mens for mens in reversed([mens for mens in mensen if mens])}
        return list(reversed(op_naam.values()))

    def _omschrijving(self) -> None:
        tekst = waarden.platte_tekst(self.regel.pak("description"))
        heel = "\n\n".join(filter(None, [tekst, "\n".join(self.staart)]))
        if len(heel) > MAX_OMSCHRIJVING:
            self.regel.merk_op(f"de omschrijving is ingekort tot {MAX_OMSCHRIJVING} tekens")
            heel = f"{heel[: MAX_OMSCHRIJVING - 1]}…"
        if heel:
            self.velden["omschrijving"] = heel

    def _gecontroleerd(self) -> date | None:
        tekst = self.regel.pak("assured_date")
        gelezen = waarden.dag(tekst) if tekst else None
        if tekst and (gelezen is None or gelezen > timezone.localdate()):
            self.regel.merk_op(f"“{tekst[:30]}” is geen dag waarop het gecontroleerd kan zijn")
            return None
        return gelezen


def als_uuid(tekst: str) -> UUID | None:
    """Our ids are those of HSDS, when they are what the standard asks for."""
    if not re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", tekst):
        return None
    return UUID(tekst)
