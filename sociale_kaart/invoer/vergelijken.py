"""Comparing a file with the map: per row what would change. Reads the database, never writes to it."""

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import count
from typing import Any

from django.utils import timezone

from sociale_kaart.invoer.bekend import Bekend
from sociale_kaart.invoer.omgeving import Omgeving, vergelijk
from sociale_kaart.invoer.plan import AanbodStap, OrganisatieStap, PersoonStap, Plan, Verschil
from sociale_kaart.invoer.rijen import AanbodRij, Invoerbestand, Plek, Weigering
from sociale_kaart.models import Aanbod, Groep, Openingstijd

BESTAAT_AL = "Deze organisatie heeft dit aanbod al."
Voortgang = Callable[[int, int], None]


def maak_plan(bestand: Invoerbestand, voortgang: Voortgang = lambda gedaan, totaal: None) -> Plan:
    """Compare every row with what is stored."""
    vergelijker = Vergelijker(bestand)
    vergelijker.vergelijk(voortgang)
    return vergelijker.plan


class Vergelijker:
    """Goes through the offers of a file, with what stands around them looked up by an Omgeving."""

    def __init__(self, bestand: Invoerbestand) -> None:
        self.bestand = bestand
        self.bekend = Bekend()
        self.plan = Plan(bestand, geweigerd=list(bestand.geweigerd), opmerkingen=list(bestand.opmerkingen))
        self.omgeving = Omgeving(self.plan, self.bekend)
        self.gecontroleerd = self.bekend.gecontroleerd()
        self.geclaimd: dict[int, Plek] = {}
        self.namen: set[tuple[object, str]] = set()

    def vergelijk(self, voortgang: Voortgang) -> None:
        # What went up in another comes last: the row about the other counts.
        gevonden = sorted(self._vind(), key=lambda paar: self.bekend.aanbod.has_moved(paar[0]))
        self.bekend.haal_op([oud for _, oud in gevonden if oud])
        for nummer, (rij, oud) in enumerate(gevonden, 1):
            self._aanbod(rij, oud)
            if nummer % 50 == 0:
                voortgang(nummer, len(gevonden))
        self.omgeving.rond_af()
        self.plan.weg = [aanbod for aanbod in self.bekend.aanbod.alle if self._is_weg(aanbod)]

    def _vind(self) -> list[tuple[AanbodRij, Aanbod | None]]:
        """Each row with the offer it is about: by id first, and then by name what no id claims."""
        op_id = [(rij, self.bekend.aanbod.op_id(rij)) for rij in self.bestand.aanbod]
        bezet = {oud.pk for _, oud in op_id if oud}
        return [(rij, oud or self._op_naam(rij, bezet)) for rij, oud in op_id]

    def _op_naam(self, rij: AanbodRij, bezet: set[int]) -> Aanbod | None:
        stap = self.omgeving.organisaties.get(rij.organisatie)
        if stap is None or stap.oud is None:
            return None
        oud = self.bekend.aanbod_op_naam.get((stap.oud.pk, rij.naam))
        if oud is None or oud.pk in bezet or (oud.extern_id and rij.extern_id and not self.bestand.vult_aan):
            return None
        bezet.add(oud.pk)
        return oud

    def weiger(self, rij: AanbodRij, reden: str) -> None:
        self.plan.geweigerd.append(
            Weigering(rij.plek, (reden,), naam=rij.naam, extern_id=rij.extern_id, ruw=rij.ruw)
        )

    def _aanbod(self, rij: AanbodRij, oud: Aanbod | None) -> None:
        organisatie = self.omgeving.organisaties.get(rij.organisatie)
        if organisatie is None:
            return self.weiger(rij, "hoort bij een organisatie die niet in het bestand staat")
        if oud and oud.pk in self.geclaimd:
            return self.weiger(rij, f"gaat over hetzelfde aanbod als {self.geclaimd[oud.pk]}")
        verhuisd = oud and self.bekend.aanbod.has_moved(rij)
        naam = oud.naam if oud and verhuisd else self._vrije_naam(organisatie, rij, oud)
        if naam is None:
            return self.weiger(rij, BESTAAT_AL)
        self.namen.add((organisatie.sleutel, naam))
        if oud:
            self.geclaimd[oud.pk] = rij.plek
        if naam != rij.naam and (oud is None or oud.naam != naam):
            self.omgeving.merk_op(rij.plek, f"deze naam was er al en wordt “{naam}”")
        organisatie.nodig = True
        stap = AanbodStap(naam=naam, rij=rij, organisatie=organisatie, oud=oud)
        self.plan.aanbod.append(stap)
        self._velden(stap)
        self._lijsten(stap)
        return None

    def _vrije_naam(self, organisatie: OrganisatieStap, rij: AanbodRij, oud: Aanbod | None) -> str | None:
        """The name of the row, with a number behind it when the organisation has it already; None: refuse."""
        eigen = organisatie.oud.pk if organisatie.oud else None

        def is_vrij(naam: str) -> bool:
            ander = self.bekend.aanbod_op_naam.get((eigen, naam)) if eigen else None
            return (organisatie.sleutel, naam) not in self.namen and (ander is None or ander == oud)

        if not self.bestand.vult_aan:
            return rij.naam if is_vrij(rij.naam) else None
        if oud and is_vrij(oud.naam) and _is_genummerd(oud.naam, rij.naam):
            return oud.naam
        mogelijk = (rij.naam if nummer == 1 else f"{rij.naam[:150]} ({nummer})" for nummer in count(1))
        return next(naam for naam in mogelijk if is_vrij(naam))

    def _velden(self, stap: AanbodStap) -> None:
        rij, oud = stap.rij, stap.oud
        velden = dict(rij.velden) | {"naam": stap.naam}
        if oud is None:
            stap.waarden = {**rij.bij_nieuw, **velden, "extern_id": rij.extern_id}
            if rij.uuid:
                stap.waarden["uuid"] = rij.uuid
            if rij.archief:
                stap.waarden["gearchiveerd_op"] = timezone.now()
            return
        if self.bestand.vult_aan and "talen" in velden:
            velden["talen"] = aangevuld(oud.talen, velden["talen"])
        vergelijk(stap, oud, velden)
        self._koppel(stap, oud)
        if rij.archief and oud.gearchiveerd_op is None:
            stap.verschillen.append(Verschil("archief", "nee", "ja"))
            stap.waarden["gearchiveerd_op"] = timezone.now()
        elif oud.gearchiveerd_op and not rij.archief:
            self.omgeving.merk_op(rij.plek, "staat bij ons in het archief, en blijft daar")

    def _koppel(self, stap: AanbodStap, oud: Aanbod) -> None:
        """Remember the id of the source with what was found by name; an id of another source stays."""
        eigen = oud.extern_id is None or oud.extern_id.startswith(f"{self.bestand.bron}:")
        if stap.rij.extern_id not in {None, oud.extern_id} and eigen and oud.uuid != stap.rij.uuid:
            stap.waarden["extern_id"] = stap.rij.extern_id

    def _lijsten(self, stap: AanbodStap) -> None:
        if stap.oud and stap.oud.organisatie_id != stap.organisatie.sleutel:
            stap.verschillen.append(
                Verschil("organisatie", self._naam_van(stap.oud.organisatie_id), stap.organisatie.naam)
            )
        self._onderwerpen(stap)
        self._kernen(stap)
        self._tijden(stap)
        self._contacten(stap)
        self._sluitingen(stap)
        self._controles(stap)

    def _naam_van(self, organisatie_id: int) -> str:
        return next(o.naam for o in self.bekend.organisaties.alle if o.pk == organisatie_id)

    def _onderwerpen(self, stap: AanbodStap) -> None:
        if stap.rij.onderwerpen is None:
            return
        nieuw = [o for naam in stap.rij.onderwerpen if (o := self.omgeving.onderwerp(naam))]
        oude: list[Any] = list(stap.oud.onderwerpen.all()) if stap.oud else []
        wordt = aangevuld(oude, nieuw) if self.bestand.vult_aan else list(dict.fromkeys(nieuw))
        if stap.oud is None or set(wordt) != set(oude):
            stap.onderwerpen = wordt
            if stap.oud:
                stap.verschillen.append(Verschil("onderwerpen", namen(oude), namen(wordt)))

    def _kernen(self, stap: AanbodStap) -> None:
        if stap.rij.kernen is None:
            return
        nieuw = [k for naam in stap.rij.kernen if (k := self.omgeving.kern(naam, stap.rij.plek))]
        oude = [kern.naam for kern in stap.oud.kernen.all()] if stap.oud else []
        wordt = aangevuld(oude, nieuw) if self.bestand.vult_aan else nieuw
        if stap.oud is None or set(wordt) != set(oude):
            stap.kernen = wordt
            if stap.oud:
                stap.verschillen.append(Verschil("kernen", oude, wordt))

    def _tijden(self, stap: AanbodStap) -> None:
        if stap.rij.tijden is None:
            return
        wordt = [(tijd, self.omgeving.locaties.get(tijd.locatie)) for tijd in stap.rij.tijden]
        for _, locatie in wordt:
            if locatie:
                locatie.nodig = True
        oude = list(stap.oud.openingstijden.all()) if stap.oud else []
        eerst = [_tijdsleutel(tijd, tijd.locatie_id) for tijd in oude]
        straks = [_tijdsleutel(tijd, locatie.sleutel if locatie else None) for tijd, locatie in wordt]
        gelijk = (
            sorted(eerst, key=repr) == sorted(straks, key=repr) if self.bestand.vult_aan else eerst == straks
        )
        if stap.oud is None or not gelijk:
            stap.tijden = wordt
            if stap.oud:
                nieuwe = [Openingstijd(**tijdvelden(tijd)).wanneer for tijd, _ in wordt]
                stap.verschillen.append(Verschil("spreekuren", [tijd.wanneer for tijd in oude], nieuwe))

    def _contacten(self, stap: AanbodStap) -> None:
        if stap.rij.contacten is None:
            return
        nieuw = [(self.omgeving.persoon(stap.organisatie, c), c.rol) for c in stap.rij.contacten]
        oude = (
            [(contact.contactpersoon, contact.rol) for contact in stap.oud.contacten.all()]
            if stap.oud
            else []
        )
        wordt = self._samen(stap, nieuw) if self.bestand.vult_aan else nieuw
        eerst = [(persoon.pk, rol) for persoon, rol in oude]
        straks = [(persoon.oud.pk if persoon.oud else None, rol) for persoon, rol in wordt]
        if stap.oud is None or eerst != straks:
            stap.contacten = wordt
        # Moved to another organisation, the same people are not a change by themselves.
        anders = [(p.naam, rol) for p, rol in oude] != [(p.naam, rol) for p, rol in wordt]
        if stap.oud and (anders or any(persoon.verschillen for persoon, _ in nieuw)):
            was = [_wie(persoon.naam, rol, vars(persoon)) for persoon, rol in oude]
            dan = [_wie(p.naam, rol, (vars(p.oud) if p.oud else {}) | p.waarden) for p, rol in wordt]
            stap.verschillen.append(Verschil("contactpersonen", was, dan))

    def _samen(self, stap: AanbodStap, nieuw: list[tuple[PersoonStap, str]]) -> list[tuple[PersoonStap, str]]:
        """The people there were, with the role the source gives them, and then those it adds."""
        rollen = {persoon.oud.pk: (persoon, rol) for persoon, rol in nieuw if persoon.oud}
        samen = []
        for contact in stap.oud.contacten.all() if stap.oud else []:
            persoon, rol = rollen.pop(contact.contactpersoon_id, (None, ""))
            bestaand = persoon or self.omgeving.bestaand(stap.organisatie, contact.contactpersoon)
            samen.append((bestaand, rol or contact.rol))
        al = {id(persoon) for persoon, _ in samen}
        return samen + [(persoon, rol) for persoon, rol in nieuw if id(persoon) not in al]

    def _sluitingen(self, stap: AanbodStap) -> None:
        oude = stap.oud.uitzondering_set.all() if stap.oud else []
        al = {(u.van_dag, u.tot_dag, u.van, u.tot) for u in oude}
        stap.sluitingen = [s for s in stap.rij.sluitingen if (s.van_dag, s.tot_dag, s.van, s.tot) not in al]
        if stap.oud and stap.sluitingen:
            dagen = [f"{s.van_dag:%d-%m-%Y} t/m {s.tot_dag:%d-%m-%Y}" for s in stap.sluitingen]
            stap.verschillen.append(Verschil("uitzonderingen", [], dagen))

    def _controles(self, stap: AanbodStap) -> None:
        dag = stap.rij.gecontroleerd
        if dag is None:
            return
        laatste = [
            (groep, self.gecontroleerd.get((stap.oud.pk, groep)) if stap.oud else None) for groep in Groep
        ]
        stap.controles = [str(groep) for groep, op in laatste if op is None or op < dag]
        if stap.oud and stap.controles:
            stap.verschillen.append(Verschil("gecontroleerd", "", f"{dag:%d-%m-%Y}"))

    def _is_weg(self, aanbod: Aanbod) -> bool:
        """Whether it came from this source and is in it no more."""
        extern_id = aanbod.extern_id
        if extern_id is None or aanbod.gearchiveerd_op or aanbod.pk in self.geclaimd:
            return False
        if extern_id in {weigering.extern_id for weigering in self.plan.geweigerd}:
            return False
        bron = self.bestand.bron
        return extern_id.startswith(f"{bron}:") if bron else ":" not in extern_id


def _is_genummerd(naam: str, gezegd: str) -> bool:
    """Whether a stored name is the one in the file, with perhaps a number behind it."""
    if naam == gezegd:
        return True
    begin = gezegd[:150]
    return naam.startswith(begin) and bool(re.fullmatch(r" \(\d+\)", naam[len(begin) :]))


def aangevuld(oude: list[Any], nieuwe: Iterable[Any]) -> list[Any]:
    return [*oude, *(ding for ding in dict.fromkeys(nieuwe) if ding not in oude)]


def namen(onderwerpen: Iterable[Any]) -> list[str]:
    return sorted(onderwerp.naam for onderwerp in onderwerpen)


TIJDVELDEN = [
    "van",
    "tot",
    "elke_weken",
    "vanaf",
    "tot_en_met",
    "seizoen_van",
    "seizoen_tot",
    "periode",
    "toelichting",
]


def tijdvelden(tijd: Any) -> dict[str, Any]:
    """The columns of an Openingstijd, out of a row or out of another."""
    lijsten = {"weekdagen": sorted(tijd.weekdagen), "weken_van_maand": sorted(tijd.weken_van_maand)}
    return lijsten | {veld: getattr(tijd, veld) for veld in TIJDVELDEN}


def _tijdsleutel(tijd: Any, locatie: object) -> tuple[Any, ...]:
    return (*tijdvelden(tijd).values(), locatie)


def _wie(naam: str, rol: str, velden: Mapping[str, Any]) -> str:
    return ", ".join(filter(None, [naam, rol, velden.get("telefoon"), velden.get("email")]))
