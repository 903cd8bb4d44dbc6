"""Which rows of HSDS belong together, and which point at something that is not there."""

from collections import defaultdict
from collections.abc import Iterator

from sociale_kaart.hsds.kenmerken import KENMERKEN
from sociale_kaart.invoer.hsds_tabellen import Boek, Regel
from sociale_kaart.invoer.onderwerpen import Term

# Tables that others point at, by the field they do it with; what it is called, and the file it stands in.
DOELEN = {
    "service_id": ("services", "dienst"),
    "organization_id": ("organizations", "organisatie"),
    "location_id": ("locations", "plek"),
    "service_at_location_id": ("service_at_locations", "dienst op een plek"),
    "contact_id": ("contacts", "contactpersoon"),
    "schedule_id": ("schedules", "tijd"),
    "phone_id": ("phones", "telefoonnummer"),
}
ONDERDELEN = [
    *("service_at_locations", "phones", "addresses", "schedules", "holiday_schedules", "contacts"),
    *("languages", "service_areas", "required_documents", "cost_options", "eligibilities"),
    *("accessibility", "attributes"),
]
# What an attribute may say it is about, in the order in which we look when it does not.
SOORTEN = {
    "service": "services",
    "contact": "contacts",
    "schedule": "schedules",
    "service_at_location": "service_at_locations",
    "location": "locations",
    "organization": "organizations",
}


class Koppelingen:
    """Every row with the rows that hang on it."""

    def __init__(self, boek: Boek) -> None:
        self.boek = boek
        self.op_id = {tabel: boek.uniek(tabel) for tabel in ["organizations", "locations", "services"]}
        self.op_id["service_at_locations"] = boek.uniek("service_at_locations")
        self.op_id["taxonomies"] = boek.uniek("taxonomies")
        self.op_id["taxonomy_terms"] = boek.uniek("taxonomy_terms")
        for tabel in ["contacts", "schedules", "phones"]:
            self.op_id[tabel] = {regel.id: regel for regel in reversed(boek.tabellen[tabel])}
        self.kinderen: dict[tuple[str, str, str], list[Regel]] = defaultdict(list)
        self.van_sal: dict[str, tuple[str, str]] = {}
        self.diensten = {
            id_: regel for id_, regel in self.op_id["services"].items() if not regel.is_verantwoord
        }
        for tabel in ONDERDELEN:
            for regel in boek.tabellen[tabel]:
                if not regel.is_verantwoord or tabel == "service_at_locations":
                    self._koppel(tabel, regel)

    def bij(self, doel: str, id_: str, tabel: str) -> list[Regel]:
        """The rows of `tabel` that hang on row `id_` of `doel`."""
        return self.kinderen.get((doel, id_, tabel), [])

    def _koppel(self, tabel: str, regel: Regel) -> None:
        """Hang a row on everything it points at; refused when all of that is missing."""
        wijst = list(self._wijst_naar(tabel, regel))
        ontbreekt = [
            f"verwijst naar {wat} {id_[:60]}, die niet in {doel}.csv staat"
            for doel, wat, id_ in wijst
            if id_ not in self.op_id[doel]
        ]
        goed = [(doel, id_) for doel, _, id_ in wijst if id_ in self.op_id[doel]]
        if tabel == "service_at_locations":
            if ontbreekt or len(goed) < 2:
                if not regel.is_verantwoord:
                    regel.weiger(*(ontbreekt or ["noemt geen dienst of geen plek"]))
                return
            self.van_sal[regel.id] = (regel.pak("service_id"), regel.pak("location_id"))
        elif not goed:
            regel.weiger(*(ontbreekt or ["zegt niet waar het bij hoort"]))
            return
        for reden in ontbreekt:
            regel.merk_op(reden)
        for doel, id_ in goed:
            self.kinderen[(doel, id_, tabel)].append(regel)

    def _wijst_naar(self, tabel: str, regel: Regel) -> Iterator[tuple[str, str, str]]:
        if tabel == "attributes" and (id_ := regel.pak("link_id")):
            soort = SOORTEN.get(regel.pak("link_entity").lower().rstrip("s"))
            gevonden = soort or next(
                (doel for doel in SOORTEN.values() if id_ in self.op_id[doel]), "services"
            )
            yield gevonden, "rij", id_
            return
        for veld, (doel, wat) in DOELEN.items():
            if doel != tabel and (id_ := regel.pak(veld)):
                yield doel, wat, id_

    def plekken_van(self, dienst: Regel) -> list[tuple[str, str]]:
        """The places of a service, each with the id of the service at location ("" when it has none)."""
        via = [
            (regel.pak("location_id"), regel.id)
            for regel in self.bij("services", dienst.id, "service_at_locations")
        ]
        via = [(plek, sal) for plek, sal in via if sal in self.van_sal]
        eigen = dienst.pak("location_id")
        if eigen in self.op_id["locations"] and eigen not in {plek for plek, _ in via}:
            via.append((eigen, ""))
        elif eigen and eigen not in self.op_id["locations"]:
            dienst.merk_op(f"verwijst naar plek {eigen[:60]}, die niet in locations.csv staat")
        return list(dict(via).items())

    def kenmerken_van(self, doel: str, id_: str) -> dict[str, list[str]]:
        """Our own terms on a row, by code, with their values."""
        gevonden: dict[str, list[str]] = defaultdict(list)
        for regel in self.bij(doel, id_, "attributes"):
            if (code := self.code_van(regel)) is not None:
                regel.land()
                gevonden[code].append(regel.pak("value"))
        return gevonden

    def term_van(self, regel: Regel) -> Regel | None:
        """The term of an attribute; in HSDS 1 the taxonomies are the terms."""
        id_ = regel.pak("taxonomy_term_id", "taxonomy_id")
        return self.op_id["taxonomy_terms"].get(id_) or self.op_id["taxonomies"].get(id_)

    def code_van(self, regel: Regel) -> str | None:
        """The code of a term that is ours; such terms land because they say something."""
        term = self.term_van(regel)
        if term is None or (code := term.pak("code", "name")) not in KENMERKEN:
            return None
        if term.id != KENMERKEN[code].id:
            return None
        term.land()
        return code

    def als_term(self, regel: Regel) -> Term:
        """A term with its names from itself up to the top."""
        namen, gezien, hier = [], set(), regel
        while hier is not None and hier.id not in gezien:
            gezien.add(hier.id)
            namen.append(hier.pak("name", "term", "code"))
            ouder = hier.pak("parent_id")
            hier = self.op_id["taxonomy_terms"].get(ouder) or self.op_id["taxonomies"].get(ouder)  # type: ignore[assignment]
        return Term(regel.bron_id, tuple(naam for naam in namen if naam))
