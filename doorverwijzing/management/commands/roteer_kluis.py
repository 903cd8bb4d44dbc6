"""Lock all contact details anew with the newest key."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from doorverwijzing import kluis


class Command(BaseCommand):
    help = (
        "Versleutelt alle contactgegevens opnieuw met de eerste sleutel van INFOPUNT_KLUIS_SLEUTELS. "
        "Daarna kunnen de oudere sleutels weg."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            aantal = kluis.rotate()
        except kluis.KluisFout as fout:
            raise CommandError(f"{fout}. Er is niets veranderd. Zet de oude sleutel er weer bij.") from None
        self.stdout.write(f"{aantal} keer contactgegevens opnieuw versleuteld.")
