"""The whole public map in one file: the answers of the API, nested as JSON or taken apart into tables.

The tables follow from the nested answers: what is nested becomes a row of its own table that names its parent.
"""

import csv
import json
import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO, StringIO
from typing import Any

from django.utils import timezone

from sociale_kaart.hsds import vragen
from sociale_kaart.hsds.delen import TAXONOMIEEN, Json, Nu, kenmerk_term, onderwerp_term
from sociale_kaart.hsds.kenmerken import KENMERKEN
from sociale_kaart.hsds.serialiseren import organisatie_met_aanbod
from sociale_kaart.models import Onderwerp, Organisatie

# Per table its columns, in the order of the standard.
TABELLEN: dict[str, list[str]] = {
    "organizations": ["id", "name", "alternate_name", "description", "email", "website"],
    "services": [
        *("id", "organization_id", "name", "alternate_name", "description", "url", "email", "status"),
        *("application_process", "fees_description", "eligibility_description", "assured_date"),
        *("alert", "last_modified"),
    ],
    "locations": ["id", "location_type", "name", "latitude", "longitude"],
    "service_at_location": ["id", "service_id", "location_id"],
    "addresses": [
        *("id", "location_id", "address_1", "city", "state_province", "postal_code"),
        *("country", "address_type"),
    ],
    "phones": ["id", "service_id", "organization_id", "contact_id", "number", "type"],
    "contacts": ["id", "organization_id", "service_id", "name", "title", "email"],
    "schedules": [
        *("id", "service_id", "service_at_location_id", "valid_from", "valid_to", "dtstart", "timezone"),
        *("wkst", "freq", "interval", "byday", "description", "opens_at", "closes_at", "notes"),
    ],
    "languages": ["id", "service_id", "name", "code"],
    "service_areas": ["id", "service_id", "name"],
    "cost_options": ["id", "service_id", "option", "currency", "amount"],
    "required_documents": ["id", "service_id", "document"],
    "accessibility": ["id", "location_id", "description"],
    "attributes": ["id", "link_id", "taxonomy_term_id", "link_entity", "value"],
    "taxonomies": ["id", "name", "description"],
    "taxonomy_terms": [
        *("id", "code", "name", "description", "parent_id", "taxonomy", "language", "taxonomy_id"),
    ],
}
# Nested lists whose table has another name than the list.
ANDERS = {"service_at_locations": "service_at_location"}
# How the column that names a parent begins.
OUDER = {
    "organizations": "organization_id",
    "services": "service_id",
    "locations": "location_id",
    "service_at_location": "service_at_location_id",
    "contacts": "contact_id",
    "phones": "phone_id",
}
Tabellen = dict[str, dict[tuple[str, ...], Json]]


def organisaties() -> list[Json]:
    """Every current organisation with its services, whole."""
    nu = Nu.van(timezone.now())
    alle = vragen.organisaties_met_alles(Organisatie.objects.current().order_by("pk"), nu.dag)
    return [organisatie_met_aanbod(organisatie, nu, vol=True) for organisatie in alle]


def als_json() -> bytes:
    """One page of `/organizations?full_service=true` with everybody on it."""
    inhoud = organisaties()
    pagina = {
        "total_items": len(inhoud),
        "total_pages": 1,
        "page_number": 1,
        "size": len(inhoud),
        "first_page": True,
        "last_page": True,
        "empty": not inhoud,
        "contents": inhoud,
    }
    return json.dumps(pagina, ensure_ascii=False, indent=1).encode()


def als_zip() -> bytes:
    """A table per kind of thing as CSV, with a datapackage.json that describes them."""
    tabellen = als_tabellen(organisaties())
    uit = BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as zip_:
        zip_.writestr("datapackage.json", json.dumps(_beschrijving(tabellen), indent=1))
        for naam, rijen in tabellen.items():
            zip_.writestr(f"{naam}.csv", _csv(TABELLEN[naam], rijen.values()))
    return uit.getvalue()


def als_tabellen(nested: Iterable[Json]) -> Tabellen:
    """Rows per table; each thing once, a person once per role."""
    tabellen: Tabellen = {naam: {} for naam in TABELLEN}
    for organisatie in nested:
        _leg_neer(tabellen, "organizations", organisatie, {})
    for taxonomie in TAXONOMIEEN.values():
        _leg_neer(tabellen, "taxonomies", taxonomie, {})
    termen = [onderwerp_term(onderwerp) for onderwerp in Onderwerp.objects.select_related("ouder")]
    for term in [*termen, *(kenmerk_term(kenmerk) for kenmerk in KENMERKEN.values())]:
        _leg_neer(tabellen, "taxonomy_terms", term, {"taxonomy_id": term["taxonomy_detail"]["id"]})
    return tabellen


def _leg_neer(tabellen: Tabellen, tabel: str, ding: Json, ouder: Mapping[str, Any]) -> None:
    """Put a thing and what is nested in it into their tables."""
    rij = {**ouder, **{naam: w for naam, w in ding.items() if not isinstance(w, (dict, list))}}
    if "taxonomy_term" in ding:
        rij["taxonomy_term_id"] = ding["taxonomy_term"]["id"]
    if "location" in ding:
        rij["location_id"] = ding["location"]["id"]
        _leg_neer(tabellen, "locations", ding["location"], {})
    rij = {kolom: rij[kolom] for kolom in TABELLEN[tabel] if kolom in rij}
    # Somebody public of an organisation has a row there and one at each service, all with one id.
    eigen = (rij["id"], *(str(waarde) for waarde in ouder.values()))
    tabellen[tabel].setdefault(eigen, rij)
    for naam, lijst in ding.items():
        kind = ANDERS.get(naam, naam)
        if isinstance(lijst, list) and kind in TABELLEN:
            # A place is of nobody: it is named by the services there.
            eigenaar = {OUDER[tabel]: ding["id"]} if tabel in OUDER and kind != "locations" else {}
            for deel in lijst:
                _leg_neer(tabellen, kind, deel, eigenaar)


def _csv(kolommen: list[str], rijen: Iterable[Json]) -> str:
    uit = StringIO()
    schrijver = csv.DictWriter(uit, kolommen, lineterminator="\r\n")
    schrijver.writeheader()
    schrijver.writerows(rijen)
    return uit.getvalue()


def _beschrijving(tabellen: Tabellen) -> Json:
    return {
        "name": "sociale-kaart",
        "title": "Sociale kaart",
        "profile": "tabular-data-package",
        "resources": [
            {
                "name": naam,
                "path": f"{naam}.csv",
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {
                    "primaryKey": "id",
                    "fields": [{"name": kolom, "type": _soort(kolom)} for kolom in TABELLEN[naam]],
                },
            }
            for naam in tabellen
        ],
    }


def _soort(kolom: str) -> str:
    getallen = {"latitude", "longitude", "timezone", "interval", "amount"}
    datums = {"valid_from", "valid_to", "dtstart", "assured_date"}
    return "number" if kolom in getallen else "date" if kolom in datums else "string"
