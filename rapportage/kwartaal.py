"""What is published about age and gender of one quarter: two tables.

T1 is age x gender over all desks, T2 is age x desk over all genders.

Why two tables are as safe as each alone. They are about the same people and share only the totals per age. Take any
T1 and any T2 that fit what is shown. Per age both add up to the same, so there is a way to divide that age over gender
and desk with exactly these sums. So whatever a hidden cell of T1 can be, it can be beside all that is known of T2, and
the other way around. That ends when gender x desk is added, which is therefore not published.

Who is in the tables: of whom age and gender were asked, but not who gave an answer to gender that few gave, and not
age groups too small to protect. The reader may know how many people were asked at each desk (the page says how many
questions there were, per desk, day and source). Less the total of T2 that is how many were left out there. So those
count as one more row of T2, which nobody sees, but which is protected like the others; the total of a desk is hidden
where that row needs it. T1 has no such row: all it gives away is how many were left out over all desks.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from rapportage.onderdrukking import DICHT, TEAM, Cel, Plek, Regel, TeKlein, check_totals, protect
from registratie.models import GESLACHTEN, LEEFTIJDSGROEPEN, Geslacht

SAMEN = "samen"  # stands for all ages, genders or desks of a table
ALTIJD = [Geslacht.VROUW, Geslacht.MAN]
MINSTENS = 2  # at least one in so many of who was asked is in the tables, or they say nothing
OFFER = 10  # at most one in so many is left out only to be able to show the desks

Mensen = Mapping[tuple[str, str, int], int]  # age group, gender, desk -> people


@dataclass(frozen=True)
class Kwartaal:
    """What is published of one quarter, and all there ever will be."""

    leeftijden: tuple[str, ...] = ()
    geslachten: tuple[str, ...] = ()
    per_geslacht: Mapping[tuple[str, str], Cel] = field(default_factory=dict)
    per_infopunt: Mapping[tuple[str, int | str], Cel] = field(default_factory=dict)

    def geslacht(self, leeftijd: str, geslacht: str) -> Cel:
        return self.per_geslacht.get((leeftijd, geslacht), DICHT)

    def infopunt(self, leeftijd: str, infopunt: int) -> Cel:
        return self.per_infopunt.get((leeftijd, infopunt), DICHT)


def publish(mensen: Mensen, infopunten: Collection[int], regel: Regel = TEAM) -> Kwartaal:
    """The tables of one quarter. `mensen` counts who was asked both, at all desks.

    Ages that cannot be protected are left out until the rest can be: first for the genders, then, within bounds,
    for the desks. When that fails the genders are published alone, and when that fails nothing is.
    """
    desks = sorted({infopunt for (_, _, infopunt), aantal in mensen.items() if aantal})
    geslachten = [g for g in GESLACHTEN if g in ALTIJD or not _is_rare(mensen, g, regel)]
    alleen_t1: _Tabellen | None = None
    leeftijden: list[str] = list(LEEFTIJDSGROEPEN)
    while leeftijden:
        tabellen = _Tabellen(mensen, leeftijden, geslachten, desks, regel)
        if tabellen.totaal * MINSTENS < sum(mensen.values()):
            break
        try:
            tabellen.protect_genders()
        except TeKlein as fout:
            leeftijden = tabellen.without(fout.rij)
            continue
        if tabellen.totals_tell_desks():
            break
        alleen_t1 = alleen_t1 or tabellen
        if (alleen_t1.totaal - tabellen.totaal) * OFFER > alleen_t1.totaal:
            break
        try:
            tabellen.protect_desks()
        except TeKlein as fout:
            leeftijden = tabellen.without(fout.rij)
            continue
        return tabellen.published(infopunten)
    return alleen_t1.published(infopunten) if alleen_t1 else Kwartaal()


def _is_rare(mensen: Mensen, geslacht: str, regel: Regel) -> bool:
    per_leeftijd: Counter[str] = Counter()
    for (leeftijd, antwoord, _), aantal in mensen.items():
        if antwoord == geslacht:
            per_leeftijd[leeftijd] += aantal
    return any(regel.is_small(per_leeftijd[leeftijd]) for leeftijd in LEEFTIJDSGROEPEN)


class _Tabellen:
    """T1 and T2 for a choice of ages and genders, and what is hidden of them."""

    def __init__(
        self,
        mensen: Mensen,
        leeftijden: list[str],
        geslachten: Sequence[str],
        infopunten: Sequence[int],
        regel: Regel,
    ) -> None:
        self.leeftijden, self.geslachten, self.infopunten = leeftijden, geslachten, infopunten
        self.regel = regel
        t1: Counter[tuple[str, str]] = Counter()
        t2: Counter[tuple[str, int]] = Counter()
        t3: Counter[tuple[str, int]] = Counter()
        rest: Counter[int] = Counter()
        for (leeftijd, geslacht, infopunt), aantal in mensen.items():
            if leeftijd in leeftijden and geslacht in geslachten:
                t1[leeftijd, geslacht] += aantal
                t2[leeftijd, infopunt] += aantal
                t3[geslacht, infopunt] += aantal
            else:
                rest[infopunt] += aantal
        self.t1 = [[t1[leeftijd, geslacht] for geslacht in geslachten] for leeftijd in leeftijden]
        self.t2 = [[t2[leeftijd, infopunt] for infopunt in infopunten] for leeftijd in leeftijden]
        self.per_geslacht_desk = [
            [t3[geslacht, infopunt] for infopunt in infopunten] for geslacht in geslachten
        ]
        self.rest = [rest[infopunt] for infopunt in infopunten]
        self.totaal = t1.total()
        self.hidden_t1: set[Plek] = set()
        self.hidden_t2: set[Plek] | None = None  # None: T2 is not shown

    def protect_genders(self) -> None:
        self.hidden_t1 = protect(self.t1, self.regel)
        if self.regel.streng and self.regel.is_small(sum(self.rest)) and any(self.rest):
            raise TeKlein(len(self.t1))

    def totals_tell_desks(self) -> bool:
        """Whether so many have one age or gender that some of the few at a desk must have it too."""
        gevraagd = self.totaal + sum(self.rest)
        per_desk = [sum(kolom) + rest for *kolom, rest in zip(*self.t2, self.rest, strict=True)]
        groepen = [*self.t2, *self.per_geslacht_desk]
        return len(per_desk) > 1 and any(
            self.regel.is_small(aantal) and sum(groep) > gevraagd - hier
            for groep in groepen
            for aantal, hier in zip(groep, per_desk, strict=True)
        )

    def protect_desks(self) -> None:
        if len(self.infopunten) == 1:
            self.hidden_t2 = set()  # the only desk is the total
            return
        check_totals(self.t2, self.regel)
        rest = [self.rest] if any(self.rest) else []
        vrij = [(len(self.t2), k) for k in range(len(self.infopunten))]
        self.hidden_t2 = protect([*self.t2, *rest], self.regel, vrij)

    def without(self, rij: int) -> list[str]:
        """The ages that are left when the one of a row is not; when it is the row of who was left out, the smallest."""
        if rij == len(self.leeftijden):
            rij = min(range(rij), key=lambda r: (not any(self.t1[r]), sum(self.t1[r])))
        return [leeftijd for nummer, leeftijd in enumerate(self.leeftijden) if nummer != rij]

    def published(self, infopunten: Collection[int]) -> Kwartaal:
        """With desks where nobody was asked."""
        per_infopunt = dict(self._per_infopunt())
        if per_infopunt:
            niemand = self.regel.cel(0, self.regel.streng)
            for leeftijd, infopunt in product([*self.leeftijden, SAMEN], infopunten):
                per_infopunt.setdefault((leeftijd, infopunt), niemand)
        return Kwartaal(
            tuple(self.leeftijden), tuple(self.geslachten), dict(self._per_geslacht()), per_infopunt
        )

    def _per_geslacht(self) -> Iterator[tuple[tuple[str, str], Cel]]:
        show = self.regel.show
        for r, leeftijd in enumerate(self.leeftijden):
            for k, geslacht in enumerate(self.geslachten):
                waarde = self.t1[r][k]
                yield (leeftijd, geslacht), self.regel.cel(waarde, (r, k) in self.hidden_t1)
            yield (leeftijd, SAMEN), show(sum(self.t1[r]))
        for geslacht, kolom in zip(self.geslachten, zip(*self.t1, strict=True), strict=True):
            yield (SAMEN, geslacht), show(sum(kolom))
        yield (SAMEN, SAMEN), show(self.totaal)

    def _per_infopunt(self) -> Iterator[tuple[tuple[str, int | str], Cel]]:
        if self.hidden_t2 is None:
            return
        for k, infopunt in enumerate(self.infopunten):
            for r, leeftijd in enumerate(self.leeftijden):
                yield (leeftijd, infopunt), self.regel.cel(self.t2[r][k], (r, k) in self.hidden_t2)
            totaal = sum(rij[k] for rij in self.t2)
            yield (SAMEN, infopunt), DICHT if (len(self.t2), k) in self.hidden_t2 else self.regel.show(totaal)
