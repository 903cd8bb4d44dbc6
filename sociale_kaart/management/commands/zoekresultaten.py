"""manage.py zoekresultaten QUERIES: the whole result list of every query in a file, to judge the search by."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sociale_kaart.models import Aanbod
from sociale_kaart.zoeken import zoek_in_kern


class Command(BaseCommand):
    help = (
        'Zoekt alle vragen uit een bestand ([{"id": "d001", "text": "schulden"}]) en toont per vraag de ids.'
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bestand", type=Path, help="Het JSON-bestand met vragen.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            vragen = json.loads(options["bestand"].read_text(encoding="utf-8"))
            teksten = {vraag["id"]: vraag["text"] for vraag in vragen}
        except (OSError, ValueError, KeyError, TypeError) as fout:
            raise CommandError("Dit bestand is niet te lezen als een lijst met vragen.") from fout
        namen = dict(Aanbod.objects.values_list("pk", "extern_id"))
        gevonden = {
            naam: [namen[treffer.aanbod_id] for treffer in zoek_in_kern(tekst).treffers]
            for naam, tekst in teksten.items()
        }
        self.stdout.write(json.dumps(gevonden, ensure_ascii=False))
