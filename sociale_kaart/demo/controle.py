"""Demo content: what was checked in the past year, two doubts, a proposal, and a mail that asks."""

from datetime import datetime, timedelta
from zlib import crc32

from sociale_kaart import controle, verzoeken
from sociale_kaart.models import Aanbod, Controle, Groep, Melding, Organisatie

GEVRAAGD = "SchuldHulpMaatje Dalfsen"
MEEST_DAGEN = 420
DOOR = [Controle.Door.PARTNER, Controle.Door.PARTNER, Controle.Door.COORDINATOR, Controle.Door.BALIE]


def vul_controles(nu: datetime) -> None:
    """Once; always the same for the same names."""
    if Controle.objects.exists():
        return
    alles = list(Aanbod.objects.current().select_related("organisatie"))
    Controle.objects.bulk_create(rij for aanbod in alles for rij in _controles(aanbod, nu))
    bellen, weg, wijzigen = alles[7], alles[23], alles[41]
    controle.report(
        aanbod=bellen,
        soort=Melding.Soort.KLOPT_NIET,
        groep=Groep.CONTACT,
        bron=Melding.Bron.BALIE,
        toelichting="Het nummer is niet in gebruik.",
    )
    controle.report(aanbod=weg, soort=Melding.Soort.BESTAAT_NIET, bron=Melding.Bron.VERWIJZING)
    controle.propose(
        organisatie=wijzigen.organisatie,
        aanbod=wijzigen,
        velden={"kosten": "€ 2,50 per keer", "meenemen": "Makkelijke kleren en iets te drinken."},
        door=None,
    )
    if gevraagd := Organisatie.objects.filter(naam=GEVRAAGD).exclude(email="").first():
        verzoeken.ask(organisatie=gevraagd, now=nu)


def _controles(aanbod: Aanbod, nu: datetime) -> list[Controle]:
    """Most were checked some time; one in eight never."""
    getal = crc32(f"{aanbod.organisatie.naam} {aanbod.naam}".encode())
    if getal % 8 == 0:
        return []
    door = DOOR[getal // 8 % len(DOOR)]
    return [
        Controle(
            aanbod=aanbod,
            groep=groep,
            door=door,
            op=nu - timedelta(days=1 + (getal // 64 + nummer * 37) % MEEST_DAGEN),
        )
        for nummer, groep in enumerate(Groep.values)
    ]
