"""HSDS as tables, whatever it came in: rows with their place in the source, and the books that account for each.

Nothing gets lost: at the end a row has landed, was refused with a reason, or is refused by `Boek.sluit` for being
part of nothing. Fields that nobody asked for are counted.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from sociale_kaart.invoer.rijen import Ongebruikt, Opmerking, Overgeslagen, Plek, Weigering

MAX_RIJEN = 500_000
# Names of tables, in the plural and the singular of HSDS 3, 2 and 1.
NAMEN = {
    "organizations": "organization organisation organisations agency agencies",
    "services": "service",
    "locations": "location site sites",
    "service_at_locations": "service_at_location services_at_location services_at_locations",
    "phones": "phone",
    "addresses": "address physical_address physical_addresses postal_address postal_addresses mail_address "
    "mail_addresses",
    "schedules": "schedule regular_schedule regular_schedules",
    "holiday_schedules": "holiday_schedule",
    "contacts": "contact",
    "languages": "language",
    "service_areas": "service_area",
    "required_documents": "required_document",
    "cost_options": "cost_option fee fees",
    "eligibilities": "eligibility",
    "accessibility": "accessibilities accessibility_for_disabilities",
    "taxonomies": "taxonomy taxonomy_detail",
    "taxonomy_terms": "taxonomy_term",
    "attributes": "attribute service_taxonomy service_taxonomies services_taxonomy services_taxonomies "
    "service_attribute service_attributes other_attribute other_attributes",
    "programs": "program",
    "funding": "fundings",
    "organization_identifiers": "organization_identifier",
    "metadata": "meta_data",
    "meta_table_descriptions": "meta_table_description",
    "payments_accepted": "payment_accepted accepted_payments",
    "units": "unit",
}
TABEL = {naam: tabel for tabel, namen in NAMEN.items() for naam in [tabel, *namen.split()]}
# Tables the map has no place for, and why.
ZONDER_PLEK = {
    "programs": "programma's kent de sociale kaart niet",
    "funding": "wie het betaalt, staat niet op de sociale kaart",
    "organization_identifiers": "nummers van organisaties staan niet op de sociale kaart",
    "metadata": "de geschiedenis bij een ander nemen we niet over",
    "meta_table_descriptions": "dit beschrijft het bestand zelf",
    "payments_accepted": "hoe je betaalt, staat niet op de sociale kaart",
    "units": "dit beschrijft het bestand zelf",
}
# Why a row of a table that we do know may be left over.
OVER = {
    "languages": "een taal van een plek of telefoonnummer legt de kaart niet vast",
    "phones": "het nummer van een plek telt alleen als de dienst er zelf geen heeft",
    "schedules": "de tijden van een plek tellen alleen als de dienst er zelf geen heeft",
    "attributes": "de kaart geeft alleen aan diensten een onderwerp",
    "contacts": "hoort bij een rij die is geweigerd, of bij een plek zonder dienst",
}
BOEKHOUDING = frozenset(
    {
        *(
            "id",
            "service_id",
            "organization_id",
            "location_id",
            "service_at_location_id",
            "contact_id",
            "phone_id",
        ),
        *(
            "schedule_id",
            "taxonomy_term_id",
            "taxonomy_id",
            "taxonomy_term",
            "link_id",
            "link_type",
            "link_entity",
        ),
        *("address_id", "accessibility_id"),
    }
)


def tabelnaam(naam: str) -> str | None:
    """Which table a file or field holds: "regular_schedules.csv" holds schedules."""
    kaal = re.sub(r"\.(csv|json|jsonl|txt|tsv)$", "", naam.rsplit("/", 1)[-1].strip().lower())
    kaal = re.sub(r"[\s-]+", "_", kaal)
    return TABEL.get(kaal) or TABEL.get(re.sub(r"^(hsds|hsda|or|openreferral)_", "", kaal))


@dataclass
class Regel:
    """One row. `waarden` holds texts only; an id that starts with "~" was made up here."""

    tabel: str
    plek: Plek
    waarden: dict[str, str]
    boek: "Boek"
    is_verantwoord: bool = False

    def pak(self, *velden: str) -> str:
        """The first of these fields that has something in it; all of them count as used."""
        self.boek.gebruikt[self.tabel].update(velden)
        return next((waarde for veld in velden if (waarde := self.waarden.get(veld, "").strip())), "")

    @property
    def id(self) -> str:
        return self.pak("id")

    @property
    def bron_id(self) -> str:
        """The id that the source gave, if it did."""
        return "" if self.id.startswith("~") else self.id

    def land(self) -> None:
        self.is_verantwoord = True

    def weiger(self, *redenen: str) -> None:
        self.is_verantwoord = True
        self.boek.geweigerd.append(
            Weigering(
                self.plek,
                redenen,
                naam=self.waarden.get("name", "")[:160],
                extern_id=self.boek.extern_id(self.bron_id) if self.tabel == "services" else None,
                ruw={veld: waarde for veld, waarde in self.waarden.items() if not waarde.startswith("~")},
            )
        )

    def merk_op(self, tekst: str) -> None:
        self.boek.opmerkingen.append(Opmerking(self.plek, tekst))


@dataclass
class Boek:
    """All rows of a source by table, and what became of them."""

    bron: str
    tabellen: dict[str, list[Regel]] = field(default_factory=lambda: defaultdict(list))
    gebruikt: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    geweigerd: list[Weigering] = field(default_factory=list)
    opmerkingen: list[Opmerking] = field(default_factory=list)
    overgeslagen: list[Overgeslagen] = field(default_factory=list)
    aantal: int = 0

    def voeg_toe(self, tabel: str, plek: Plek, waarden: dict[str, str]) -> Regel:
        regel = Regel(tabel, plek, waarden, self)
        self.aantal += 1
        if self.aantal > MAX_RIJEN:
            raise TeGroot
        self.tabellen[tabel].append(regel)
        return regel

    def extern_id(self, bron_id: str) -> str | None:
        """The id of the source as we keep it; a very long one finds nothing again."""
        extern_id = f"{self.bron}:{bron_id}"
        return extern_id if bron_id and len(extern_id) <= 120 else None

    def uniek(self, tabel: str) -> dict[str, Regel]:
        """The rows of a table by id. Of a row that comes again only what was empty is taken over."""
        gevonden: dict[str, Regel] = {}
        for regel in self.tabellen[tabel]:
            eerste = gevonden.setdefault(regel.id or f"~{regel.plek}", regel)
            if eerste is not regel:
                self._voeg_samen(eerste, regel)
        return gevonden

    def _voeg_samen(self, eerste: Regel, regel: Regel) -> None:
        botst = [
            veld
            for veld, waarde in regel.waarden.items()
            if waarde
            and eerste.waarden.get(veld)
            and eerste.waarden[veld] != waarde
            and not veld.endswith("_id")
        ]
        if botst and not regel.plek.deel and not eerste.plek.deel:
            regel.weiger(f"het id {regel.id[:60]} staat er al: {eerste.plek}")
            return
        for veld, waarde in regel.waarden.items():
            if waarde and not eerste.waarden.get(veld):
                eerste.waarden[veld] = waarde
        if botst:
            regel.merk_op(f"wijkt af van {eerste.plek}, die telt: {', '.join(sorted(botst))}")
        regel.land()

    def sluit(self) -> None:
        """Account for what is left: tables without a place here, and rows that are part of nothing."""
        for tabel, reden in ZONDER_PLEK.items():
            per_bestand: dict[str, list[Regel]] = defaultdict(list)
            for regel in self.tabellen.pop(tabel, []):
                regel.land()
                per_bestand[
                    f"{regel.plek.bestand} ({tabel})" if regel.plek.deel else regel.plek.bestand
                ].append(regel)
            for bestand, regels in per_bestand.items():
                nummers = [regel.plek.rij for regel in regels]
                self.overgeslagen.append(
                    Overgeslagen(bestand, min(nummers), max(nummers), len(regels), reden)
                )
        for regel in self._alle():
            if not regel.is_verantwoord:
                regel.weiger(OVER.get(regel.tabel, "hoort bij een rij die is geweigerd"))

    def _alle(self) -> Iterator[Regel]:
        for regels in list(self.tabellen.values()):
            yield from regels

    def ongebruikt(self) -> tuple[Ongebruikt, ...]:
        """Fields that hold something nobody asked for, with how often."""
        aantallen: Counter[tuple[str, str]] = Counter()
        for regel in self._alle():
            naam = f"{regel.plek.bestand} ({regel.tabel})" if regel.plek.deel else regel.plek.bestand
            for veld, waarde in regel.waarden.items():
                if waarde.strip() and veld not in BOEKHOUDING | self.gebruikt[regel.tabel]:
                    aantallen[(naam, veld)] += 1
        return tuple(
            Ongebruikt(bestand, veld, aantal) for (bestand, veld), aantal in sorted(aantallen.items())
        )


class TeGroot(Exception):
    """More rows than a social map ever has."""
