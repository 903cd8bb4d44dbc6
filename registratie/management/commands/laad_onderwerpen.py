"""Subtopics and lay words for the topics of the map."""

from typing import Any

from django.core.management.base import BaseCommand

from registratie.onderwerpen import laad


class Command(BaseCommand):
    help = "Geeft onderwerpen hun deelonderwerpen en zoekwoorden. Mag vaker: wat er al is, blijft staan."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(laad())
