"""A file of Open Referral with as many services as asked, each with a place, hours, a number and a contact."""

import csv
import io
import zipfile

Rij = dict[str, object]


def make_package(aantal: int) -> bytes:
    """The same every time."""
    nummers = range(1, aantal + 1)
    tabellen: dict[str, list[Rij]] = {
        "organizations": [{"id": n, "name": f"Bureau {n}"} for n in range(aantal // 5 + 1)],
        "locations": [{"id": n, "name": f"Gebouw {n}"} for n in range(aantal // 10 + 1)],
        "services": [
            {
                "id": n,
                "organization_id": n // 5,
                "name": f"Dienst {n}",
                "description": f"Hulp nummer {n}. " * 20,
            }
            for n in nummers
        ],
        "service_at_locations": [{"id": n, "service_id": n, "location_id": n // 10} for n in nummers],
        "schedules": [
            {"service_at_location_id": n, "byday": "MO,WE", "opens_at": "8:30AM", "closes_at": "17:00"}
            for n in nummers
        ],
        "phones": [{"service_id": n, "number": f"0529-{100_000 + n}"} for n in nummers],
        "contacts": [{"id": n, "service_id": n, "name": f"Medewerker {n}"} for n in nummers],
    }
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as pakket:
        for naam, rijen in tabellen.items():
            tekst = io.StringIO()
            schrijver = csv.DictWriter(tekst, list(rijen[0]))
            schrijver.writeheader()
            schrijver.writerows(rijen)
            pakket.writestr(f"{naam}.csv", tekst.getvalue())
    return uit.getvalue()
