"""manage.py laad_gesprekswijzer: the first content of the talking aid, for topics that have none."""

from typing import Any

from django.core.management.base import BaseCommand

from registratie import gesprekswijzer


class Command(BaseCommand):
    help = "Geeft elk onderwerp zonder gesprekswijzer een eerste tekst. Wat er al staat, blijft zo."

    def handle(self, *args: Any, **options: Any) -> None:
        aantal = gesprekswijzer.laad()
        self.stdout.write(f"Gesprekswijzer: {aantal} teksten toegevoegd.")
