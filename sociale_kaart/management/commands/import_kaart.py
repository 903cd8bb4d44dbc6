"""manage.py import_kaart FILE: put a file with a social map into the database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sociale_kaart.geschiedenis import because
from sociale_kaart.invoer.kaart import Kaartverslag, importeer
from sociale_kaart.invoer.kaartbestand import MAX_BYTES, KaartbestandFout, lees_kaart
from sociale_kaart.invoer.stappen import WAAROM


class Command(BaseCommand):
    help = (
        "Leest een sociale kaart uit een JSON-bestand. Nog een keer inlezen kan altijd: wat gelijk is blijft staan. "
        "Eindigt met code 0 als alle rijen zijn gelukt, en met code 1 als er rijen zijn geweigerd."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bestand", type=Path, help="Het JSON-bestand.")
        parser.add_argument("--dry-run", action="store_true", help="Alleen kijken, niets opslaan.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            kaart = lees_kaart(lees_bestand(options["bestand"]))
        except KaartbestandFout as fout:
            raise CommandError(f"{fout} Er is niets veranderd.", returncode=2) from fout
        with because(WAAROM):
            verslag = importeer(kaart, dry_run=options["dry_run"])
        self.schrijf(verslag)
        if options["dry_run"]:
            self.stdout.write("Proef: er is niets opgeslagen.")
        if verslag.geweigerd:
            aantal = len(verslag.geweigerd)
            rijen = "1 rij is" if aantal == 1 else f"{aantal} rijen zijn"
            raise CommandError(f"{rijen} geweigerd. De andere rijen zijn gelukt.", returncode=1)

    def schrijf(self, verslag: Kaartverslag) -> None:
        self.stdout.write(f"Nieuw: {len(verslag.nieuw)}{_opsomming(verslag.nieuw)}")
        self.stdout.write(f"Gewijzigd: {len(verslag.gewijzigd)}")
        for rij, velden in verslag.gewijzigd.items():
            self.stdout.write(f"  {rij}: {', '.join(velden)}")
        self.stdout.write(f"Ongewijzigd: {len(verslag.ongewijzigd)}{_opsomming(verslag.ongewijzigd)}")
        self.stdout.write(f"Geweigerd: {len(verslag.geweigerd)}")
        for rij, fouten in verslag.geweigerd.items():
            self.stdout.write(f"  {rij}: {'; '.join(fouten)}")
        if verslag.niet_in_bestand:
            aantal, namen = len(verslag.niet_in_bestand), _opsomming(verslag.niet_in_bestand)
            self.stdout.write(f"Niet in het bestand, blijft staan: {aantal}{namen}")
        if verslag.nieuwe_kernen:
            self.stdout.write(f"Nieuwe kernen{_opsomming(verslag.nieuwe_kernen)}")


def lees_bestand(pad: Path) -> bytes:
    """The content of the file. Raises KaartbestandFout when it cannot be read."""
    try:
        with pad.open("rb") as bestand:
            return bestand.read(MAX_BYTES + 1)
    except OSError as fout:
        raise KaartbestandFout(f"Het bestand {pad} is niet te lezen.") from fout


def _opsomming(namen: list[str]) -> str:
    return f" ({', '.join(namen)})" if namen else ""
