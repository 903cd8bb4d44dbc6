"""What is on in a village, a week at a time: offers with hours there, and events out of calendars of partners."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from balie.models import Kern
from sociale_kaart.feestdagen import is_feestdag
from sociale_kaart.models import Aanbod, Agendapunt, Uitzondering
from sociale_kaart.vandaag import VandaagItem, open_on

# From this many days a week it is opening hours rather than something that is on.
ALTIJD_OPEN = 5


@dataclass(frozen=True)
class Agendaregel:
    """One line of a day; `begin` and `eind` are aware moments. `url` leads to the offer, "" for events of others."""

    begin: datetime
    eind: datetime
    titel: str
    wie: str
    plek: str
    url: str = ""
    hele_dag: bool = False
    is_activiteit: bool = False

    def is_now(self, moment: datetime) -> bool:
        return self.begin <= moment < self.eind


@dataclass(frozen=True)
class Dag:
    dag: date
    regels: tuple[Agendaregel, ...]
    feestdag: bool


@dataclass(frozen=True)
class Week:
    """Seven days from Monday; `altijd` are offers with opening hours (nearly) every day, told once."""

    dagen: tuple[Dag, ...]
    altijd: tuple[Aanbod, ...]

    @property
    def is_leeg(self) -> bool:
        return not self.altijd and not any(dag.regels for dag in self.dagen)


def week_in(kern: Kern, maandag: date, *, activiteiten: bool = False) -> Week:
    """What is on in a village in the week of this Monday; `activiteiten` leaves out help and consultation hours."""
    dagen = [maandag + timedelta(days=nummer) for nummer in range(7)]
    bijzonder = list(Uitzondering.objects.between(dagen[0], dagen[-1]))
    items = {dag: open_on(kern, dag, bijzonder) for dag in dagen}
    altijd = _nearly_always([item for van_dag in items.values() for item in van_dag])
    punten = Agendapunt.objects.in_kern(kern).between(dagen[0], dagen[-1]).select_related("bron__organisatie")
    van_anderen = list(punten)
    return Week(
        tuple(
            Dag(
                dag,
                tuple(_regels(_shown(items[dag], altijd, activiteiten), van_anderen, dag)),
                is_feestdag(dag),
            )
            for dag in dagen
        ),
        () if activiteiten else tuple(sorted(altijd.values(), key=lambda aanbod: aanbod.naam)),
    )


def _nearly_always(items: Iterable[VandaagItem]) -> dict[int, Aanbod]:
    weekdagen: dict[int, set[int]] = defaultdict(set)
    aanbod = {}
    for item in items:
        if item.aanbod.soort != Aanbod.Soort.ACTIVITEIT and item.opening.tijd:
            weekdagen[item.aanbod.pk].update(item.opening.tijd.weekdagen)
            aanbod[item.aanbod.pk] = item.aanbod
    return {pk: aanbod[pk] for pk, dagen in weekdagen.items() if len(dagen) >= ALTIJD_OPEN}


def _shown(items: list[VandaagItem], altijd: dict[int, Aanbod], activiteiten: bool) -> list[VandaagItem]:
    if activiteiten:
        return [item for item in items if item.aanbod.soort == Aanbod.Soort.ACTIVITEIT]
    return [item for item in items if item.aanbod.pk not in altijd]


def _regels(items: list[VandaagItem], punten: list[Agendapunt], dag: date) -> list[Agendaregel]:
    regels = [_regel_van_aanbod(item) for item in items]
    regels += [_regel_van_punt(punt) for punt in punten if punt.is_on(dag)]
    return sorted(regels, key=lambda regel: (not regel.hele_dag, regel.begin, regel.titel))


def _regel_van_aanbod(item: VandaagItem) -> Agendaregel:
    return Agendaregel(
        begin=item.opening.begin,
        eind=item.opening.eind,
        titel=item.aanbod.naam,
        wie=item.aanbod.organisatie.naam,
        plek=item.locatie.korte_naam if item.locatie else "",
        url=item.aanbod.get_absolute_url(),
        is_activiteit=item.aanbod.soort == Aanbod.Soort.ACTIVITEIT,
    )


def _regel_van_punt(punt: Agendapunt) -> Agendaregel:
    return Agendaregel(
        begin=punt.begin,
        eind=punt.eind,
        titel=punt.titel,
        wie=punt.bron.organisatie.naam,
        plek=punt.plek,
        hele_dag=punt.hele_dag,
        is_activiteit=True,
    )
