"""Fill the demo with content; does nothing where content is."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction


class Command(BaseCommand):
    help = "Vult de demo met verzonnen inhoud. Wat er al is, blijft staan."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Dit kan alleen in de demo (INFOPUNT_DEMO=1): de inhoud is verzonnen.")
        # The top of the house is first in INSTALLED_APPS; content is laid from the bottom up.
        for config in reversed(list(apps.get_app_configs())):
            if config.name != "infopunt" and find_spec(f"{config.name}.demo"):
                self.stdout.write("  " + import_module(f"{config.name}.demo").vul())
