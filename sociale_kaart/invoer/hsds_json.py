"""HSDS in JSON: what nests is laid out as tables, with the ids of the parents filled in.

Taken are: one object, a list, JSON lines, a page of an API ("contents"), and an object with a list per table.
"""

import json
from itertools import count
from typing import Any

from sociale_kaart.invoer.hsds_tabellen import TABEL, Boek, tabelnaam
from sociale_kaart.invoer.rijen import BestandFout, Plek, Weigering

OMHULSELS = ("contents", "data", "items", "results", "records", "value")
ENKEL = {
    "organizations": "organization",
    "services": "service",
    "locations": "location",
    "service_at_locations": "service_at_location",
    "contacts": "contact",
    "phones": "phone",
    "schedules": "schedule",
    "attributes": "attribute",
    "taxonomy_terms": "taxonomy_term",
}
# What an object refers to, instead of holding it: the other is the parent.
VERWIJST = frozenset({"organization", "location", "service", "program", "taxonomy_term", "taxonomy_detail"})
# What gives away which kind of object this is, the surest first.
KENMERKEND = [
    ("locations", {"latitude", "longitude", "location_type", "addresses", "transportation"}),
    (
        "services",
        {"service_at_locations", "organization", "organization_id", "status", "fees", "application_process"}
        | {
            "eligibility_description",
            "cost_options",
            "required_documents",
            "service_areas",
            "fees_description",
        },
    ),
    ("taxonomy_terms", {"taxonomy", "taxonomy_detail", "taxonomy_id", "term_uri", "term"}),
    (
        "organizations",
        {"services", "website", "legal_status", "tax_id", "locations", "organization_identifiers"},
    ),
    ("services", {"url", "schedules"}),
]


def lees_json(inhoud: bytes, bestand: str, boek: Boek) -> None:
    """Put everything in a JSON file into the books. Raises BestandFout when it is no JSON."""
    lezer = Jsonlezer(boek, bestand)
    lezer.lees(ontleed(inhoud))


def ontleed(inhoud: bytes) -> Any:
    """JSON, or a list of what stands on each line. Raises BestandFout."""
    try:
        codering = "utf-16" if inhoud[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        tekst = inhoud.decode(codering)
    except UnicodeDecodeError:
        tekst = inhoud.decode("cp1252", errors="replace")
    try:
        return json.loads(tekst)
    except (ValueError, RecursionError) as fout:
        regels = [regel for regel in tekst.splitlines() if regel.strip()]
        try:
            if len(regels) > 1:
                return [json.loads(regel) for regel in regels]
        except (ValueError, RecursionError):
            pass
        plek = f" (fout op regel {fout.lineno})" if isinstance(fout, json.JSONDecodeError) else ""
        raise BestandFout(f"Het bestand is geen geldige JSON{plek}.") from fout


class Jsonlezer:
    """Lays objects out as rows. Counts as it goes, so that every row has a place to point at."""

    def __init__(self, boek: Boek, bestand: str) -> None:
        self.boek = boek
        self.bestand = bestand
        self.nummer = count(1)
        self.verzonnen = count(1)

    def lees(self, inhoud: Any) -> None:
        if isinstance(inhoud, list):
            for ding in inhoud:
                self._ding(ding)
            return None
        if isinstance(inhoud, dict) and "name" not in inhoud:
            tabellen = {veld: tabel for veld in inhoud if (tabel := tabelnaam(veld))}
            lijsten = {veld: tabel for veld, tabel in tabellen.items() if isinstance(inhoud[veld], list)}
            verpakt = next((veld for veld in OMHULSELS if isinstance(inhoud.get(veld), list)), None)
            if verpakt:
                return self.lees(inhoud[verpakt])
            if lijsten and not ({"service", "location", "service_id"} & inhoud.keys()):
                return self._tabellen(inhoud, lijsten)
        self._ding(inhoud)
        return None

    def _tabellen(self, inhoud: dict[str, Any], lijsten: dict[str, str]) -> None:
        for veld, tabel in lijsten.items():
            for nummer, ding in enumerate(inhoud[veld], 1):
                self._rij(tabel, ding, Plek(f"{self.bestand}: {veld}", nummer))

    def _ding(self, ding: Any) -> None:
        plek = Plek(self.bestand, next(self.nummer))
        tabel = herken(ding) or tabelnaam(self.bestand) if isinstance(ding, dict) else None
        if tabel is None:
            reden = (
                "dit is geen dienst, organisatie of plek" if isinstance(ding, dict) else "dit is geen object"
            )
            ruw = (
                {str(veld): als_tekst(waarde) for veld, waarde in ding.items()}
                if isinstance(ding, dict)
                else {}
            )
            self.boek.geweigerd.append(Weigering(plek, (reden,), ruw=ruw or {"rij": als_tekst(ding)}))
            return
        self._rij(tabel, ding, plek)

    def _rij(self, tabel: str, ding: Any, plek: Plek, **van_ouder: str) -> str:
        """One object and everything in it. Gives its id, made up when it has none."""
        if not isinstance(ding, dict):
            ding = {"name": ding}
        eigen = als_tekst(ding.get("id")).strip() or f"~{next(self.verzonnen)}"
        waarden = {"id": eigen}
        binnen: list[tuple[str, str, list[Any]]] = []
        for veld, waarde in ding.items():
            naam = str(veld).strip()
            kind = TABEL.get(naam.lower())
            if kind and (isinstance(waarde, dict) or (isinstance(waarde, list) and waarde)):
                binnen.append((naam.lower(), kind, waarde if isinstance(waarde, list) else [waarde]))
            elif naam != "id":
                waarden[naam] = als_tekst(waarde)
        for naam, kind, dingen in binnen:
            if naam in VERWIJST and kind != tabel:
                waarden[f"{naam}_id" if naam != "taxonomy_detail" else "taxonomy_id"] = self._rij(
                    kind, dingen[0], self._dieper(plek, naam)
                )
        self.boek.voeg_toe(tabel, plek, waarden | {v: w for v, w in van_ouder.items() if not waarden.get(v)})
        for naam, kind, dingen in binnen:
            if naam in VERWIJST and kind != tabel:
                continue
            for nummer, deel in enumerate(dingen, 1):
                self._rij(kind, deel, self._dieper(plek, f"{naam} {nummer}"), **_terug(tabel, kind, eigen))
        return eigen

    def _dieper(self, plek: Plek, deel: str) -> Plek:
        return Plek(plek.bestand, plek.rij, f"{plek.deel} › {deel}" if plek.deel else deel)


def _terug(tabel: str, kind: str, eigen: str) -> dict[str, str]:
    """How a row inside another points back to it."""
    ouder = ENKEL.get(tabel, tabel)
    return {"link_id": eigen, "link_entity": ouder} if kind == "attributes" else {f"{ouder}_id": eigen}


def herken(ding: dict[str, Any]) -> str | None:
    """Which table an object without further notice belongs to."""
    velden = {str(veld).lower() for veld in ding}
    if velden & {"service", "service_id"} and velden & {"location", "location_id"}:
        return "service_at_locations"
    for tabel, kenmerken in KENMERKEND:
        if velden & kenmerken:
            return tabel
    return "organizations" if "name" in velden else None


def als_tekst(waarde: Any) -> str:
    """A JSON value as a text: lists of words become an enumeration, what nests stays JSON."""
    if waarde is None:
        return ""
    if isinstance(waarde, str):
        return waarde
    if isinstance(waarde, bool):
        return "true" if waarde else "false"
    if isinstance(waarde, float) and waarde.is_integer() and abs(waarde) < 1e15:
        return str(int(waarde))
    if isinstance(waarde, list) and all(isinstance(deel, str | int | float) for deel in waarde):
        return "; ".join(map(als_tekst, waarde))
    return json.dumps(waarde, ensure_ascii=False)
