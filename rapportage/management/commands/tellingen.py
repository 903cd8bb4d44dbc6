"""Keep, verify or make anew the running totals that reports are read from."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.formats import date_format

from balie.models import Infopunt
from rapportage import tellingen
from rapportage.tellingen import VOORBEELDEN, Verschil
from sociale_kaart.models import Onderwerp


class Command(BaseCommand):
    help = (
        "Werkt de tellingen bij waar de rapportage uit leest. De werker doet dat ook, elke minuut. "
        "Kan terwijl iedereen doorwerkt."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        keuze = parser.add_mutually_exclusive_group()
        keuze.add_argument(
            "--controleer", action="store_true", help="vergelijk met de vragen zelf; stopt met 1 bij verschil"
        )
        keuze.add_argument("--opnieuw", action="store_true", help="maak alle tellingen opnieuw")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["controleer"]:
            self.verify()
        elif options["opnieuw"]:
            self.stdout.write(f"Tellingen: opnieuw gemaakt, {tellingen.maak_opnieuw()} regels.")
        else:
            self.stdout.write(f"Tellingen: {tellingen.verwerk()} wijzigingen verwerkt.")

    def verify(self) -> None:
        fout, verschillen = tellingen.controleer()
        if not fout:
            self.stdout.write("Tellingen: alles klopt.")
            return
        for verschil in verschillen:
            self.stderr.write(in_words(verschil))
        if fout > VOORBEELDEN:
            self.stderr.write(f"... en nog {fout - VOORBEELDEN}.")
        raise CommandError(f"{fout} tellingen kloppen niet. Herstel ze met: manage.py tellingen --opnieuw")


def in_words(verschil: Verschil) -> str:
    """Where, and what it should be."""
    infopunt = Infopunt.objects.filter(pk=verschil.infopunt).first() or f"nummer {verschil.infopunt}"
    onderwerp = Onderwerp.objects.filter(pk=verschil.onderwerp).first() or "alle onderwerpen"
    waar = f"{date_format(verschil.dag, 'j F Y')}, infopunt {infopunt}, {onderwerp}"
    wat = f"{verschil.herkomst or 'alle herkomsten'}, {verschil.facet} ‘{verschil.waarde}’"
    return f"{waar}, {wat}: er staat {verschil.staat}, dat moet {verschil.hoort} zijn."
