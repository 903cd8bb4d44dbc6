"""Put the public map in a file for other systems."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sociale_kaart.hsds import pakket


class Command(BaseCommand):
    help = "Zet de sociale kaart in een bestand voor andere systemen (Open Referral HSDS 3.0)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("bestand", type=Path, help="eindigt op .zip (tabellen) of .json")

    def handle(self, *args: Any, bestand: Path, **options: Any) -> None:
        makers = {".zip": pakket.als_zip, ".json": pakket.als_json}
        maak = makers.get(bestand.suffix.lower())
        if maak is None:
            raise CommandError("Kies een naam die eindigt op .zip of .json.")
        try:
            bestand.write_bytes(maak())
        except OSError as fout:
            raise CommandError(f"Het bestand kan niet worden geschreven: {fout.strerror}.") from fout
        self.stdout.write(f"De openbare sociale kaart staat in {bestand}.")
