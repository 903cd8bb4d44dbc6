"""Fill the demo with content; does nothing where content is."""

from argparse import ArgumentParser
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

MEESTE_VRAGEN = 50_000_000  # some twenty gigabytes


class Command(BaseCommand):
    help = "Vult de demo met verzonnen inhoud. Wat er al is, blijft staan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--vragen", metavar="AANTAL", help="zet er daarna zo veel verzonnen vragen bij, over vijf jaar"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Dit kan alleen in de demo (INFOPUNT_DEMO=1): de inhoud is verzonnen.")
        vragen = None if options["vragen"] is None else read_number(str(options["vragen"]))
        with transaction.atomic():
            for demo in demos():
                self.stdout.write("  " + demo.vul())
        with transaction.atomic():
            for demo in demos() if vragen else []:
                if hasattr(demo, "vul_vragen"):
                    self.stdout.write("  " + demo.vul_vragen(vragen))
            # Questions by the million are not followed one by one.
            call_command("tellingen", opnieuw=bool(vragen), stdout=self.stdout)


def demos() -> Iterator[ModuleType]:
    """The top of the house is first in INSTALLED_APPS; content is laid from the bottom up."""
    for config in reversed(list(apps.get_app_configs())):
        if config.name != "infopunt" and find_spec(f"{config.name}.demo"):
            yield import_module(f"{config.name}.demo")


def read_number(tekst: str) -> int:
    if not (tekst.isdecimal() and 0 < int(tekst) <= MEESTE_VRAGEN):
        raise CommandError(
            f"--vragen {tekst}: geef een heel getal van 1 tot en met {MEESTE_VRAGEN}, zoals --vragen 100000."
        )
    return int(tekst)
