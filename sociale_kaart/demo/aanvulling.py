"""What the made-up map does not say: how to sign up, room to meet people, key persons, notices and exceptions."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from sociale_kaart.indexeren import index_aanbod
from sociale_kaart.models import Aanbod, Contactpersoon, Mededeling, Organisatie, Uitzondering

BESTAND = Path(__file__).with_suffix(".json")
VELDEN = [
    "soort",
    "andere_namen",
    "aanmelden",
    "meenemen",
    "kennismaken",
    "contact",
    "vaste_gezichten",
    "drempel",
]


def lees_aanvulling() -> dict[str, Any]:
    return json.loads(BESTAND.read_text("utf-8"))


@transaction.atomic
def vul_aan(vandaag: date) -> None:
    """Add it all to a map that was just read; days count from `vandaag`."""
    gegevens = lees_aanvulling()
    _vul_velden(gegevens["aanbod"])
    Contactpersoon.objects.filter(naam__in=gegevens["openbaar"]).update(is_openbaar=True)
    organisaties = Organisatie.objects.in_bulk(field_name="naam")
    Contactpersoon.objects.bulk_create(
        Contactpersoon(
            **persoon | {"organisatie": organisaties[persoon["organisatie"]]}, is_sleutelpersoon=True
        )
        for persoon in gegevens["sleutelpersonen"]
    )
    Mededeling.objects.bulk_create(
        Mededeling(**velden) for velden in _met_dagen(gegevens["mededelingen"], vandaag)
    )
    Uitzondering.objects.bulk_create(
        Uitzondering(**velden) for velden in _met_dagen(gegevens["uitzonderingen"], vandaag)
    )
    index_aanbod(Aanbod.objects.all())


def _vul_velden(extra: Mapping[str, Mapping[str, Any]]) -> None:
    lijst = list(Aanbod.objects.filter(extern_id__in=extra))
    for aanbod in lijst:
        for veld, waarde in extra[aanbod.extern_id or ""].items():
            setattr(aanbod, veld, waarde)
    Aanbod.objects.bulk_update(lijst, VELDEN)


def _met_dagen(rijen: list[dict[str, Any]], vandaag: date) -> Iterator[dict[str, Any]]:
    """The rows as model fields: what they are about looked up, days made dates, hours made times."""
    for rij in rijen:
        velden = {naam: waarde for naam, waarde in rij.items() if not naam.endswith("_dagen")}
        if "aanbod" in rij:
            velden["aanbod"] = Aanbod.objects.get(extern_id=rij["aanbod"])
        else:
            velden["organisatie"] = Organisatie.objects.get(naam=rij["organisatie"])
        for naam in ("van", "tot"):
            velden[f"{naam}_dag"] = vandaag + timedelta(days=rij[f"{naam}_dagen"])
            if rij.get(naam):
                velden[naam] = time.fromisoformat(rij[naam])
        yield velden
