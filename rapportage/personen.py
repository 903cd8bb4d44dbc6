"""Age and gender in the report: per whole quarter, hidden where small, and added up from there.

    keuze = kwartalen_of(periode, vandaag)
    telling = ...  # (first day of the quarter, age group, gender, desk) -> questions, of ALL desks in those quarters
    personen = personen_of(telling, keuze, infopunten={i.pk: i.naam for i in alle}, gekozen=[i.pk for i in gekozen])
    for tabel in personen.tabellen: ...   # tabellen.Tabel, for page, print and spreadsheet alike
    for zin in personen.uitleg: ...       # sentences for beside them

Give `telling` without any other filter (desk, topic, source), whatever else the page is filtered by.

Why nothing can be worked out by comparing. The atom is one quarter that is over and that nobody writes in any more.
Of each quarter two tables are published (kwartaal.py says why those): age x gender, and age x desk. Every other figure
about age or gender is a sum of published ones: of quarters, of desks. Two periods, two choices of desks or reports of
two days hence subtract to nothing new.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from rapportage.kwartaal import SAMEN, Kwartaal, Mensen, publish
from rapportage.kwartalen import days_of, quarter_of
from rapportage.onderdrukking import TEAM, Cel, Regel, total_of, widths
from rapportage.periode import Periode, add_months
from rapportage.tabellen import Rij, Tabel
from registratie.forms import TERUG_DAGEN
from registratie.models import GESLACHTEN, LEEFTIJDSGROEPEN

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
    """All finished quarters within the period, or else the last one that ended before the period did."""
    begin = add_months(quarter_of(periode.van), 0 if periode.van == quarter_of(periode.van) else 3)
    binnen = []
    while days_of(begin).tot <= periode.tot and is_finished(begin, vandaag):
        binnen.append(begin)
        begin = add_months(begin, 3)
    if binnen:
        return Kwartaalkeuze(
            tuple(binnen), (binnen[0], days_of(binnen[-1]).tot) != (periode.van, periode.tot)
        )
    begin = quarter_of(min(periode.tot, vandaag))
    while days_of(begin).tot > periode.tot or not is_finished(begin, vandaag):
        begin = add_months(begin, -3)
    return Kwartaalkeuze((begin,), anders=True)


def is_finished(begin: date, vandaag: date) -> bool:
    """Can nobody write down a question of this quarter any more?"""
    return days_of(begin).tot + timedelta(days=TERUG_DAGEN) < vandaag


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
