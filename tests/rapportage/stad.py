"""Three desks with questions in two years, made by counts: what the pages for outsiders are tried on."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from balie.models import Infopunt
from registratie.models import Vraag
from sociale_kaart.models import Onderwerp
from tests import factories

KWARTALEN = [date(2025, 1, 1), date(2025, 4, 1), date(2025, 7, 1), date(2025, 10, 1), date(2026, 1, 1)]
VANDAAG = date(2026, 5, 4)


def ask(infopunt: Infopunt, onderwerp: Onderwerp, kwartaal: date, aantal: int, **velden: Any) -> None:
    """So many questions, spread over the days of a quarter."""
    begin = datetime(kwartaal.year, kwartaal.month, 1, 10, 0, tzinfo=UTC)
    standaard = {"leeftijdsgroep": "65-79", "geslacht": "vrouw", "wijze": "zelf_beantwoord"}
    Vraag.objects.bulk_create(
        Vraag(
            id=uuid4(),
            infopunt=infopunt,
            onderwerp=onderwerp,
            moment=begin + timedelta(days=nummer % 88),
            **(standaard | velden),
        )
        for nummer in range(aantal)
    )


def town(klein: Iterable[int] = (7, 3, 8, 1)) -> tuple[list[Infopunt], list[Onderwerp]]:
    """Five quarters in which a topic at the small desk is asked the given few times, and other things often."""
    desks = [factories.InfopuntFactory(naam=naam) for naam in ("Dalfsen", "Lemelerveld", "Nieuwleusen")]
    onderwerpen = [
        factories.OnderwerpFactory(naam=naam, volgorde=nummer)
        for nummer, naam in enumerate(["Geld", "Wonen", "Zorg", "Vervoer"])
    ]
    organisatie = factories.OrganisatieFactory(naam="Saam")
    weinig = list(klein)
    for nummer, kwartaal in enumerate(KWARTALEN):
        for plek, desk in enumerate(desks):
            for soort, onderwerp in enumerate(onderwerpen):
                ask(desk, onderwerp, kwartaal, 13 + 11 * ((plek + soort + nummer) % 4))
            ask(desk, onderwerpen[0], kwartaal, 17, wijze="niet_geholpen", reden_niet="wachtlijst")
            ask(desk, onderwerpen[1], kwartaal, 23, wijze="doorverwezen", organisatie=organisatie)
            ask(desk, onderwerpen[2], kwartaal, 19, wijze="warm_doorverwezen", leeftijdsgroep="30-49")
        mantelzorg = weinig[nummer % len(weinig)]
        ask(desks[1], _extra("Mantelzorg"), kwartaal, mantelzorg, geslacht="man", wijze="komt_terug")
        ask(desks[0], _extra("Mantelzorg"), kwartaal, 31)
    return desks, onderwerpen


def _extra(naam: str) -> Onderwerp:
    return Onderwerp.objects.filter(naam=naam).first() or factories.OnderwerpFactory(naam=naam, volgorde=9)
