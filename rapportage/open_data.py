"""The published figures for everybody: one long table, and a description that programs read.

The description is a Data Package (https://specs.frictionlessdata.io/data-package/): what is hidden counts there as a
missing value, so that the numbers stay numbers.
"""

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Any

from django.conf import settings
from django.db.models import Count, Max
from django.urls import reverse
from django.utils import timezone

from rapportage.export import harmless
from rapportage.models import Buitencijfer, OpenData, Publicatie
from rapportage.onderdrukking import BUITEN, VERBORGEN

# Change this when the same figures are told in another form.
UITGAVE = "1"
ALLE = "alle infopunten"
BESTAND = "cijfers.csv"


@dataclass(frozen=True)
class Kolom:
    """A column: for the page (`uitleg`) and for programs (`schema`)."""

    naam: str
    soort: str
    uitleg: str
    regels: dict[str, Any]

    @property
    def schema(self) -> dict[str, Any]:
        return {
            "name": self.naam,
            "type": self.soort,
            "description": self.uitleg,
            "constraints": self.regels,
        }


def _in_words(deel: Buitencijfer.Onderdeel) -> str:
    naam = str(deel.label).lower()
    return naam if naam == deel.value else f"{deel.value} ({naam})"


KOLOMMEN = [
    Kolom(
        "kwartaal",
        "string",
        "Jaar en kwartaal, zoals 2026-K3: juli, augustus en september 2026.",
        {"required": True, "pattern": r"\d{4}-K[1-4]"},
    ),
    Kolom(
        "infopunt",
        "string",
        f"De naam van het infopunt, of ‘{ALLE}’. Niet elke tabel is er per infopunt.",
        {"required": True},
    ),
    Kolom(
        "tabel",
        "string",
        "Wat er geteld is: " + "; ".join(_in_words(deel) for deel in Buitencijfer.Onderdeel) + ".",
        {"required": True, "enum": Buitencijfer.Onderdeel.values},
    ),
    Kolom("code", "string", "De code van de waarde. Die blijft gelijk als de naam verandert.", {}),
    Kolom("waarde", "string", "Waar het aantal over gaat, zoals een onderwerp.", {"required": True}),
    Kolom(
        "aantal",
        "integer",
        f"Het aantal, afgerond op {BUITEN.afronding}. ‘{BUITEN.minder}’: zo weinig dat iemand te herkennen kan zijn. "
        f"‘{VERBORGEN}’: weggelaten omdat anders een ander klein aantal uit te rekenen is.",
        {"minimum": BUITEN.drempel},
    ),
]


def huidige_open_data() -> OpenData:
    """The setting; off as long as nobody set it."""
    return OpenData.objects.first() or OpenData()


def fingerprint() -> str:
    """What the files follow from; changes when a quarter is published (again) or the licence is."""
    stand = Publicatie.objects.aggregate(laatst=Max("gemaakt_op"), aantal=Count("pk"))
    open_data = huidige_open_data()
    delen = [UITGAVE, stand["laatst"], stand["aantal"], open_data.licentie, open_data.licentie_adres]
    return hashlib.sha256("|".join(map(str, delen)).encode()).hexdigest()[:32]


def as_csv() -> str:
    """Semicolons, as in the other files of this service; the description says so."""
    uit = StringIO()
    schrijver = csv.writer(uit, delimiter=";", lineterminator="\r\n")
    schrijver.writerow(kolom.naam for kolom in KOLOMMEN)
    schrijver.writerows(rows())
    return uit.getvalue()


def rows() -> Iterator[list[str]]:
    """Every published figure, newest quarter first."""
    cijfers = Buitencijfer.objects.select_related("publicatie", "infopunt").order_by("-publicatie_id", "pk")
    for cijfer in cijfers:
        infopunt = cijfer.infopunt.naam if cijfer.infopunt else ALLE
        waarde = cijfer.naam
        yield [
            cijfer.publicatie.code,
            harmless(infopunt),
            cijfer.onderdeel,
            cijfer.sleutel,
            harmless(waarde),
            cijfer.tekst,
        ]


def description() -> dict[str, Any]:
    """The Data Package."""
    open_data = huidige_open_data()
    laatst = Publicatie.objects.aggregate(laatst=Max("gemaakt_op"))["laatst"]
    return {
        "profile": "tabular-data-package",
        "name": "infopunt-cijfers",
        "title": f"{settings.DIENST_NAAM}, {settings.DIENST_ORGANISATIE}: vragen per kwartaal",
        "description": "Hoeveel vragen bezoekers stelden, waarover, en hoe zij geholpen zijn. Zonder personen: "
        f"minder dan {BUITEN.drempel} staat er niet, de rest is afgerond op {BUITEN.afronding}.",
        "homepage": settings.ADRES + reverse("open_data"),
        **({"created": timezone.localtime(laatst).isoformat(timespec="seconds")} if laatst else {}),
        "licenses": [{"title": open_data.licentie, "path": open_data.licentie_adres}],
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": "cijfers",
                "path": BESTAND,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": {"delimiter": ";", "lineTerminator": "\r\n", "doubleQuote": True},
                "schema": {
                    "fields": [kolom.schema for kolom in KOLOMMEN],
                    "missingValues": [BUITEN.minder, VERBORGEN],
                    "primaryKey": ["kwartaal", "infopunt", "tabel", "code"],
                },
            }
        ],
    }
