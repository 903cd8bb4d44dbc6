"""`make stop`: the counterpart of `make start`, also for what a crash left behind."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from infopunt.database.cluster import default_cluster
from infopunt.management.commands.start import start_lock, uses_given_database


class Command(BaseCommand):
    help = "Stop de demo en de meegeleverde database."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            stopped = start_lock().stop_owner()
        except PermissionError as error:
            raise CommandError("Infopunt is van een andere gebruiker. Die kan het stoppen.") from error
        if not uses_given_database():
            stopped = default_cluster().stop() or stopped
        self.stdout.write("Infopunt is gestopt." if stopped else "Infopunt draaide niet.")
