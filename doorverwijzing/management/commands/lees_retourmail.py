"""For a mail server that hands over what comes back: an alias or transport pipes one message into this."""

import sys
from email import message_from_bytes
from typing import Any

from django.core.management import BaseCommand
from django.db import OperationalError

from doorverwijzing import retour

HOOGSTENS = 5 * 1024 * 1024  # bytes; what says that it failed, comes first
EX_TEMPFAIL = 75  # of sysexits.h: the mail server keeps the message and tries again


class Command(BaseCommand):
    help = "Leest van stdin één bericht dat terugkwam, en zet bij de verwijzing dat de mail niet aankwam."

    def handle(self, *args: Any, **options: Any) -> None:
        bericht = message_from_bytes(sys.stdin.buffer.read(HOOGSTENS))
        try:
            herkend = retour.read(bericht)
        except OperationalError:
            sys.exit(EX_TEMPFAIL)
        self.stdout.write("Genoteerd." if herkend else "Dit gaat niet over een mail van ons.")
