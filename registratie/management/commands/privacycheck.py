import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from registratie.privacy import check


class Command(BaseCommand):
    help = (
        'Zoekt persoonsgegevens in een bestand met regels als {"id": 1, "text": "..."}, en schrijft per regel '
        '{"id": 1, "flagged": true}. Kent de sociale kaart uit de database; is die leeg, dan de voorbeeldkaart.'
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bestand", type=Path, help="JSON-regels met id en text")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            inhoud = options["bestand"].read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as fout:
            raise CommandError(f"Dit bestand kan ik niet lezen: {fout}") from fout
        for nummer, regel in enumerate(inhoud.split("\n"), 1):
            if regel.strip():
                self.stdout.write(_oordeel(nummer, regel))


def _oordeel(nummer: int, regel: str) -> str:
    try:
        rij = json.loads(regel)
        id, text = rij["id"], rij["text"]
    except (json.JSONDecodeError, KeyError, TypeError) as fout:
        raise CommandError(f'Regel {nummer} is geen JSON met "id" en "text".') from fout
    if not isinstance(text, str):
        raise CommandError(f'Regel {nummer}: "text" is geen tekst.')
    return json.dumps({"id": id, "flagged": bool(check(text))}, ensure_ascii=False)
