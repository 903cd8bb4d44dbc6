"""Age and gender in the report: per whole quarter, hidden where small, and added up from there.

    keuze = kwartalen_of(periode, vandaag)
    telling = ...  # (first day of the quarter, age group, gender, desk) -> questions, of ALL desks in those quarters
    personen = personen_of(telling, keuze, infopunten={i.pk: i.naam for i in alle}, gekozen=[i.pk for i in gekozen])
    for tabel in personen.tabellen: ...   # tabellen.Tabel, for page, print and spreadsheet alike
    for zin in personen.uitleg: ...       # sentences for beside them

Give `telling` without any other filter (desk, topic, source), whatever else the page is filtered by.

Why nothing can be worked out by comparing. The atom is one quarter that is over and that nobody writes in any more.
Of each quarter two tables are published: T1, age x gender over all desks, and T2, age x desk over all genders. Every
other figure about age or gender is a sum of published ones: of quarters, of desks. Two periods, two choices of desks
or reports of two days hence subtract to nothing new.

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
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product

from rapportage.onderdrukking import (
    DICHT,
    TEAM,
    Cel,
    Plek,
    Regel,
    TeKlein,
    check_totals,
    protect,
    total_of,
    widths,
)
from rapportage.periode import Periode, add_months
from rapportage.tabellen import Rij, Tabel
from registratie.forms import TERUG_DAGEN
from registratie.models import GESLACHTEN, LEEFTIJDSGROEPEN, Geslacht

SAMEN = "samen"  # stands for all ages, genders or desks of a table
ALTIJD = [Geslacht.VROUW, Geslacht.MAN]
MINSTENS = 2  # at least one in so many of who was asked is in the tables, or they say nothing
OFFER = 10  # at most one in so many is left out only to be able to show the desks

PER_KWARTAAL = "Leeftijd en geslacht tellen we alleen per heel kwartaal. Zo is niemand te herkennen."
ANDERE_PERIODE = (
    "Let op: dit is een andere periode dan je koos. "
    f"Een kwartaal komt hier als het langer dan {TERUG_DAGEN} dagen voorbij is. Dan komt er niets meer bij."
)
NIET_GEVRAAGD = "Leeftijd en geslacht zijn niet gevraagd in {}."
TE_WEINIG = "Er zijn te weinig antwoorden in {}. Iemand is dan te herkennen."
NIET_MEEGETELD = "Niet meegeteld: {}. Daarvan zijn er te weinig antwoorden."
SOM = "Dit is de som van hele kwartalen. Is een deel verborgen, dan is de som dat ook."
KLEIN = (
    "Kleine aantallen laten we niet zien. Soms verbergen we ook een ander getal. "
    "Anders is het kleine aantal uit te rekenen."
)
ZONDER_LEEFTIJD = "Leeftijd {} telt niet mee in {}. Dat waren er te weinig."
ZONDER_GESLACHT = "Geslacht {} telt niet mee in {}. Dat waren er te weinig."
ZONDER_INFOPUNTEN = "Leeftijd per infopunt staat er niet voor {}. Daarvoor zijn er te weinig antwoorden."
GEEN_GESLACHT_PER_INFOPUNT = (
    "Geslacht laten we alleen zien voor alle infopunten samen. Per infopunt is iemand te herkennen."
)


@dataclass(frozen=True)
class Kwartaalkeuze:
    """The quarters whose tables go with a period, by their first days; `anders` when they are not that period."""

    kwartalen: tuple[date, ...]
    anders: bool

    def __str__(self) -> str:
        return _in_words(self.kwartalen)


def kwartalen_of(periode: Periode, vandaag: date) -> Kwartaalkeuze:
    """All finished quarters within the period, or else the last one that ended before the period did.

    A quarter is finished when nobody can write down a question of it any more.
    """
    begin = add_months(kwartaal_van(periode.van), 0 if periode.van == kwartaal_van(periode.van) else 3)
    binnen = []
    while _last_day(begin) <= periode.tot and _is_finished(begin, vandaag):
        binnen.append(begin)
        begin = add_months(begin, 3)
    if binnen:
        return Kwartaalkeuze(tuple(binnen), (binnen[0], _last_day(binnen[-1])) != (periode.van, periode.tot))
    begin = kwartaal_van(min(periode.tot, vandaag))
    while _last_day(begin) > periode.tot or not _is_finished(begin, vandaag):
        begin = add_months(begin, -3)
    return Kwartaalkeuze((begin,), anders=True)


def kwartaal_van(dag: date) -> date:
    """The first day of the quarter a day falls in."""
    return date(dag.year, (dag.month - 1) // 3 * 3 + 1, 1)


def _last_day(begin: date) -> date:
    return add_months(begin, 3) - timedelta(days=1)


def _is_finished(begin: date, vandaag: date) -> bool:
    return _last_day(begin) + timedelta(days=TERUG_DAGEN) < vandaag


# One quarter: what is published of it


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
    """The tables of one quarter. `mensen` counts who was asked both, at all desks."""
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
        self.leeftijden, self.geslachten, self.infopunten, self.regel = (
            leeftijden,
            geslachten,
            infopunten,
            regel,
        )
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


# What the page shows


@dataclass(frozen=True)
class Personen:
    """Tables about age and gender for a choice of quarters and desks, and what to say beside them."""

    keuze: Kwartaalkeuze
    tabellen: list[Tabel]
    uitleg: list[str]


def personen_of(
    telling: Mapping[tuple[date, str, str, int], int],
    keuze: Kwartaalkeuze,
    *,
    infopunten: Mapping[int, str],
    gekozen: Collection[int],
    regel: Regel = TEAM,
) -> Personen:
    """Age x gender when all desks are chosen, and age per chosen desk.

    `telling` counts questions per (first day of a quarter, age group, gender, desk), of all desks. Where age or gender
    was not asked they are left out here. `infopunten` are ids and names, in their order on the page.
    """
    mensen = {begin: _asked(telling, begin) for begin in keuze.kwartalen}
    gevraagd = [begin for begin in keuze.kwartalen if mensen[begin]]
    if not gevraagd:
        return Personen(keuze, [], [NIET_GEVRAAGD.format(keuze)])
    alle = {begin: publish(mensen[begin], infopunten, regel) for begin in gevraagd}
    te_zien = {begin: kwartaal for begin, kwartaal in alle.items() if kwartaal.leeftijden}
    if not te_zien:
        return Personen(keuze, [], [TE_WEINIG.format(_in_words(gevraagd))])
    desks = {infopunt for per in mensen.values() for _, _, infopunt in per}
    alles = desks <= set(gekozen)
    tabellen = [_age_by_gender(list(te_zien.values()))] if alles else []
    met_desks = [kwartaal for kwartaal in te_zien.values() if kwartaal.per_infopunt]
    if met_desks and (len(desks) > 1 or not alles):
        namen = {infopunt: naam for infopunt, naam in infopunten.items() if infopunt in gekozen}
        tabellen.append(_age_by_desk(met_desks, namen, alles))
    uitleg = [PER_KWARTAAL, *([ANDERE_PERIODE] if keuze.anders else []), *_left_out(keuze, alle)]
    if len(te_zien) > 1:
        uitleg.append(SOM)
    if any(cel.verborgen for tabel in tabellen for rij in tabel.rijen for cel in rij.cellen):
        uitleg.append(KLEIN)
    if not alles:
        uitleg.append(GEEN_GESLACHT_PER_INFOPUNT)
    return Personen(keuze, tabellen, uitleg)


def _left_out(keuze: Kwartaalkeuze, alle: Mapping[date, Kwartaal]) -> Iterator[str]:
    """What is not in the tables, and in which quarters when there are more."""
    niet_gevraagd = [begin for begin in keuze.kwartalen if begin not in alle]
    if niet_gevraagd:
        yield NIET_GEVRAAGD.format(_in_words(niet_gevraagd))
    niet_te_zien = [begin for begin, kwartaal in alle.items() if not kwartaal.leeftijden]
    if niet_te_zien:
        yield NIET_MEEGETELD.format(_in_words(niet_te_zien))
    te_zien = {begin: kwartaal for begin, kwartaal in alle.items() if kwartaal.leeftijden}
    zonder: dict[tuple[str, tuple[date, ...]], list[str]] = {}
    for leeftijd in LEEFTIJDSGROEPEN:
        begins = tuple(b for b, kwartaal in te_zien.items() if leeftijd not in kwartaal.leeftijden)
        zonder.setdefault((ZONDER_LEEFTIJD, begins), []).append(f"‘{leeftijd.label}’")
    for geslacht in GESLACHTEN:
        begins = tuple(b for b, kwartaal in te_zien.items() if geslacht not in kwartaal.geslachten)
        zonder.setdefault((ZONDER_GESLACHT, begins), []).append(f"‘{geslacht.label}’")
    for (tekst, begins), namen in zonder.items():
        if begins:
            yield tekst.format(" en ".join(namen), _in_words(begins))
    zonder_desks = [begin for begin, kwartaal in te_zien.items() if not kwartaal.per_infopunt]
    if zonder_desks:
        yield ZONDER_INFOPUNTEN.format(_in_words(zonder_desks))


def _in_words(kwartalen: Iterable[date]) -> str:
    """Such as "1e en 2e kwartaal 2026"."""
    per_jaar: dict[int, list[str]] = {}
    for begin in kwartalen:
        per_jaar.setdefault(begin.year, []).append(f"{begin.month // 3 + 1}e")
    return ", ".join(
        f"{' en '.join(filter(None, [', '.join(nummers[:-1]), nummers[-1]]))} kwartaal {jaar}"
        for jaar, nummers in per_jaar.items()
    )


def _asked(telling: Mapping[tuple[date, str, str, int], int], kwartaal: date) -> Mensen:
    """Who was asked both, in one quarter."""
    return {
        (leeftijd, geslacht, infopunt): aantal
        for (begin, leeftijd, geslacht, infopunt), aantal in telling.items()
        if begin == kwartaal and aantal and leeftijd in LEEFTIJDSGROEPEN and geslacht in GESLACHTEN
    }


def _age_by_gender(kwartalen: list[Kwartaal]) -> Tabel:
    geslachten = [g for g in GESLACHTEN if any(g in kwartaal.geslachten for kwartaal in kwartalen)]
    rijen = {
        leeftijd: [total_of([k.geslacht(leeftijd, g) for k in kwartalen]) for g in [*geslachten, SAMEN]]
        for leeftijd in [*_ages(kwartalen), SAMEN]
    }
    return _table("Leeftijd en geslacht", [*(g.label for g in geslachten), SAMEN], rijen)


def _age_by_desk(kwartalen: list[Kwartaal], infopunten: Mapping[int, str], alles: bool) -> Tabel:
    """With the sum of the desks; of all desks together that is the total of age by gender."""
    rijen = {}
    for leeftijd in [*_ages(kwartalen), SAMEN]:
        cellen = [total_of([k.infopunt(leeftijd, infopunt) for k in kwartalen]) for infopunt in infopunten]
        samen = total_of([k.geslacht(leeftijd, SAMEN) for k in kwartalen]) if alles else total_of(cellen)
        rijen[leeftijd] = [*cellen, samen] if len(cellen) > 1 else cellen
    samen_kop = [SAMEN] if len(infopunten) > 1 else []
    return _table("Leeftijd per infopunt", [*infopunten.values(), *samen_kop], rijen)


def _ages(kwartalen: Iterable[Kwartaal]) -> list[str]:
    return [groep.value for groep in LEEFTIJDSGROEPEN if any(groep in k.leeftijden for k in kwartalen)]


def _table(naam: str, kolommen: list[str], rijen: Mapping[str, list[Cel]]) -> Tabel:
    """In the order of the ages, with bars as long as the last published figure of each."""
    labels = {leeftijd.value: str(leeftijd.label) for leeftijd in LEEFTIJDSGROEPEN}
    staven = [*widths([cellen[-1] for leeftijd, cellen in rijen.items() if leeftijd != SAMEN]), 0]
    return Tabel(
        naam,
        "Leeftijd",
        kolommen,
        [
            Rij(labels.get(leeftijd, SAMEN), cellen, staaf)
            for (leeftijd, cellen), staaf in zip(rijen.items(), staven, strict=True)
        ],
    )
