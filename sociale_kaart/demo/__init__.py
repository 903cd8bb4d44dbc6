"""Demo content of the social map: made-up offers around Dalfsen."""

from pathlib import Path
from zlib import crc32

from django.utils import timezone

from sociale_kaart.demo.aanvulling import vul_aan
from sociale_kaart.demo.agenda import vul_agenda
from sociale_kaart.demo.controle import vul_controles
from sociale_kaart.geschiedenis import because
from sociale_kaart.invoer.kaart import importeer
from sociale_kaart.invoer.kaartbestand import lees_kaart
from sociale_kaart.models import Aanbod, Organisatie

BESTAND = Path(__file__).with_name("kaart.json")


def vul() -> str:
    """Read the map when there is none yet, and let half of the organisations promise to call back in time."""
    if Aanbod.objects.exists():
        return _telling()
    with because("demo klaargezet"):
        importeer(lees_kaart(BESTAND.read_bytes()))
        for organisatie in Organisatie.objects.all():
            organisatie.belofte_werkdagen = belofte(organisatie.naam)
            organisatie.save(update_fields=["belofte_werkdagen"])
        vul_aan(timezone.localdate())
        vul_controles(timezone.now())
        vul_agenda()
    return _telling()


def _telling() -> str:
    return f"{Aanbod.objects.count()} keer hulp van {Organisatie.objects.count()} organisaties"


def belofte(naam: str) -> int | None:
    """1 to 5 working days for half of the names, always the same for the same name."""
    getal = crc32(naam.encode())
    return getal // 2 % 5 + 1 if getal % 2 else None
