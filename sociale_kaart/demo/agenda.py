"""A calendar of a partner with something on this week and next. It stands there as if fetched: the demo asks nobody."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.utils import timezone

from balie.models import Kern
from sociale_kaart.agenda_bronnen import store
from sociale_kaart.agenda_lezen import Punt
from sociale_kaart.models import Agendabron, Organisatie
from sociale_kaart.tijden import monday_of


class Keer(NamedTuple):
    """Something on a weekday, this week and next; without hours the whole day."""

    weekdag: int
    van: time | None
    tot: time | None
    titel: str
    plek: str


KEREN = {
    "Dalfsen": [
        Keer(1, time(10), time(11, 30), "Wandelen met de bibliotheek", "Bibliotheek Dalfsen"),
        Keer(3, time(19, 30), time(21, 30), "Lezing: beter slapen", "Kulturhus De Trefkoele+"),
        Keer(5, None, None, "Repaircafé en kleding ruilen", "De Trefkoele+"),
    ],
    "Nieuwleusen": [
        Keer(0, time(14), time(16), "Samen lezen", "Kulturhus de Spil"),
        Keer(2, time(13, 30), time(15, 30), "Digitaal café", "Kulturhus de Spil"),
    ],
    "Lemelerveld": [Keer(4, time(9, 30), time(11, 30), "Koffie in de bibliotheek", "De Mozaïek")],
}


def vul_agenda() -> None:
    """One calendar per village, of the first organisation with "biblio" in its name."""
    organisatie = Organisatie.objects.filter(naam__icontains="biblio").first() or Organisatie.objects.first()
    if organisatie is None or Agendabron.objects.exists():
        return
    nu = timezone.now()
    for kern in Kern.objects.filter(naam__in=KEREN):
        bron = Agendabron.objects.create(
            organisatie=organisatie, kern=kern, url=f"https://bibliotheek.example/{kern.naam.lower()}.ics"
        )
        maandag = monday_of(timezone.localdate(nu))
        punten = [
            _punt(keer, maandag + timedelta(weeks=week)) for week in (0, 1) for keer in KEREN[kern.naam]
        ]
        store(bron=bron, punten=punten, nu=nu)


def _punt(keer: Keer, maandag: date) -> Punt:
    dag = maandag + timedelta(days=keer.weekdag)
    begin = datetime.combine(dag, keer.van or time(0))
    eind = datetime.combine(dag, keer.tot) if keer.tot else begin + timedelta(days=1)
    return Punt(
        uid=f"{dag}-{keer.titel}",
        begin=timezone.make_aware(begin),
        eind=timezone.make_aware(eind),
        hele_dag=keer.van is None,
        titel=keer.titel,
        omschrijving="",
        plek=keer.plek,
    )
