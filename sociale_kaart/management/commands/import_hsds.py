"""manage.py import_hsds FILE: put a file in the format of Open Referral (HSDS) into the database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sociale_kaart.geschiedenis import because
from sociale_kaart.invoer.lezen import BRON, STANDAARDBRON, herken, lees_bron
from sociale_kaart.invoer.rijen import BestandFout
from sociale_kaart.invoer.schrijven import importeer
from sociale_kaart.invoer.stappen import WAAROM
from sociale_kaart.invoer.verslag import Regel, Verslag
from sociale_kaart.management.commands.import_kaart import lees_bestand
from sociale_kaart.models import Invoer

SOORTEN = [("aanbod", "Aanbod"), ("organisatie", "Organisaties"), ("plek", "Plekken")]


class Command(BaseCommand):
    help = (
        "Leest een bestand in de vorm van Open Referral (HSDS): JSON, of een zip met CSV-bestanden. Nog een keer "
        "inlezen kan altijd: wat gelijk is blijft staan. Wat niet meedoet staat in de lijst, met de reden. "
        "Eindigt met code 0 als het bestand is ingelezen, en met code 2 als dat niet kon."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bestand", type=Path, help="Het bestand: .json, .jsonl, .csv of .zip.")
        parser.add_argument("--bron", default=STANDAARDBRON, help="Korte naam van wie het bestand maakt.")
        parser.add_argument("--dry-run", action="store_true", help="Alleen kijken, niets opslaan.")

    def handle(self, *args: Any, **options: Any) -> None:
        pad: Path = options["bestand"]
        if not BRON.fullmatch(options["bron"]):
            raise CommandError(
                "--bron: gebruik kleine letters, cijfers en streepjes, hoogstens 40.", returncode=2
            )
        try:
            inhoud = lees_bestand(pad)
            soort = herken(inhoud, pad.name)
            soort = Invoer.Soort.HSDS_JSON.value if soort == Invoer.Soort.TABEL else soort
            bestand = lees_bron(inhoud, pad.name, soort=soort, bron=options["bron"])
            with because(WAAROM):
                verslag = importeer(bestand, dry_run=options["dry_run"])
        except BestandFout as fout:
            raise CommandError(f"{fout} Er is niets veranderd.", returncode=2) from fout
        self.schrijf(verslag)
        if options["dry_run"]:
            self.stdout.write("Proef: er is niets opgeslagen.")

    def schrijf(self, verslag: Verslag) -> None:
        for soort, naam in SOORTEN:
            aantallen = [len(verslag.alleen(lijst, soort)) for lijst in ("nieuw", "gewijzigd", "ongewijzigd")]
            self.stdout.write("{}: {} nieuw, {} gewijzigd, {} ongewijzigd".format(naam, *aantallen))
        self._gewijzigd(verslag.gewijzigd)
        self._lijst("Niet meer in het bestand, blijft staan", [_noem(regel) for regel in verslag.weg])
        geweigerd = [f"{fout.plek}: {'; '.join(fout.redenen)}" for fout in verslag.geweigerd]
        self._lijst("Geweigerd", geweigerd)
        self._lijst("Anders overgenomen", [f"{o.plek}: {o.tekst}" for o in verslag.opmerkingen])
        over = [
            f"{o.bestand}{f' rij {o.van} t/m {o.tot}' if o.aantal else ''}: {o.reden}"
            for o in verslag.overgeslagen
        ]
        self._lijst("Niet gelezen", over)
        self._lijst(
            "Velden die niet zijn gebruikt",
            [f"{o.bestand}, {o.veld}: {o.aantal}" for o in verslag.ongebruikt],
        )
        termen = [f"{naam}: {aantal}" for naam, aantal in verslag.onbekende_onderwerpen.items()]
        self._lijst("Onderwerpen die we niet kennen", termen)

    def _gewijzigd(self, regels: list[Regel]) -> None:
        self._lijst("Gewijzigd", [f"{_noem(regel)}: {', '.join(regel.velden)}" for regel in regels])

    def _lijst(self, kop: str, regels: list[str]) -> None:
        if regels:
            self.stdout.write(f"{kop}: {len(regels)}")
        for regel in regels:
            self.stdout.write(f"  {regel}")


def _noem(regel: Regel) -> str:
    return f"{regel.naam} ({regel.organisatie})" if regel.organisatie else regel.naam
