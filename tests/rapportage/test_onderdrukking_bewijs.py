"""The proof: with everything that is ever published side by side, a solver finds no hidden figure back.

The unknowns are all counts per quarter, age, gender and desk. What is known: how many people were asked at each desk,
and every cell of every page there is: each quarter, sums of quarters, every choice of desks, percentages and bars.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapportage.kwartaal import SAMEN, Kwartaal, publish
from rapportage.onderdrukking import (
    BUITEN,
    TEAM,
    VERBORGEN,
    Regel,
    protect,
    publish_list,
    publish_table,
    share,
    widths,
)
from rapportage.personen import Kwartaalkeuze, personen_of
from rapportage.tabellen import Tabel
from registratie.models import GESLACHTEN, LEEFTIJDSGROEPEN
from tests.rapportage.lezer import Lezer

KWARTALEN = [date(2026, 1, 1), date(2026, 4, 1)]
DESKS = {1: "Dalfsen", 2: "Lemelerveld", 3: "Nieuwleusen"}
LEEFTIJDEN = {leeftijd.label: leeftijd.value for leeftijd in LEEFTIJDSGROEPEN}
GESLACHT = {geslacht.label: geslacht.value for geslacht in GESLACHTEN}
Sleutel = tuple[date, str, str, int]
Telling = Counter[Sleutel]


def subsets(dingen: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    dingen = list(dingen)
    return (keuze for aantal in range(1, len(dingen) + 1) for keuze in combinations(dingen, aantal))


def reader_of_everything(telling: Telling, regel: Regel) -> Lezer:
    """Every page of every choice, read."""
    alle = {s: telling[s] for s in product(KWARTALEN, LEEFTIJDEN.values(), GESLACHT.values(), DESKS)}
    lezer = Lezer(alle)
    kwartalen = {}
    for kwartaal in KWARTALEN:
        mensen = {(a, g, d): n for (q, a, g, d), n in telling.items() if q == kwartaal and n}
        kwartalen[kwartaal] = publish(mensen, DESKS, regel) if mensen else Kwartaal()
        for desk in DESKS:
            gevraagd = sum(n for (_, _, d), n in mensen.items() if d == desk)
            lezer.sees([s for s in alle if s[0] == kwartaal and s[3] == desk], gevraagd, gevraagd)
    for keuze, desks in product(subsets(KWARTALEN), subsets(DESKS)):
        pagina = personen_of(
            telling, Kwartaalkeuze(keuze, anders=False), infopunten=DESKS, gekozen=desks, regel=regel
        )
        for tabel in pagina.tabellen:
            read_table(lezer, tabel, {q: kwartalen[q] for q in keuze}, desks, regel)
    for kwartaal, gepubliceerd in kwartalen.items():
        ask_everything(lezer, kwartaal, gepubliceerd)
    return lezer


def read_table(
    lezer: Lezer, tabel: Tabel, kwartalen: dict[date, Kwartaal], desks: tuple[int, ...], regel: Regel
) -> None:
    """Its cells, the percentages that can be made of them, and the bars."""
    per_desk = tabel.naam != "Leeftijd en geslacht"
    mee = {q: k for q, k in kwartalen.items() if (k.per_infopunt if per_desk else k.leeftijden)}
    namen = {naam: desk for desk, naam in DESKS.items()}
    totalen = tabel.rijen[-1].cellen

    def keys(leeftijd: str, kolom: str) -> list[Sleutel]:
        return [
            s
            for s in lezer.waarheid
            if s[0] in mee
            and s[1] in mee[s[0]].leeftijden
            and s[2] in mee[s[0]].geslachten
            and leeftijd in (SAMEN, s[1])
            and (kolom in (SAMEN, s[3] if per_desk else s[2]))
            and (not per_desk or s[3] in desks)
        ]

    for rij in tabel.rijen:
        leeftijd = LEEFTIJDEN.get(rij.naam, SAMEN)
        for kolom, cel, totaal in zip(tabel.kolommen, rij.cellen, totalen, strict=True):
            sleutels = keys(leeftijd, namen.get(kolom) or GESLACHT.get(kolom, SAMEN))
            is_som = len(mee) > 1 or SAMEN in (leeftijd, kolom)
            delen = len(mee) * (len(desks) if per_desk and kolom == SAMEN else 1)
            lezer.sees_cell(sleutels, cel, regel, delen=delen, is_som=is_som)
            if cel.waarde is not None and totaal.waarde and regel == TEAM:
                procent = share(cel, totaal).waarde
                lezer.sees(
                    sleutels, (procent - 0.5) * totaal.waarde / 100, (procent + 0.5) * totaal.waarde / 100
                )
    staven = {rij.naam: rij.breedte for rij in tabel.rijen if rij.naam != SAMEN}
    assert list(staven.values()) == widths([rij.cellen[-1] for rij in tabel.rijen if rij.naam in staven])


def ask_everything(lezer: Lezer, kwartaal: date, gepubliceerd: Kwartaal) -> None:
    """What is hidden in the tables, who was left out at a desk, and the small numbers that are in no table.

    Of those last ones only that they are not known for certain: nothing says that they are small. Not what follows from
    a desk where nobody was asked, or from there being one desk: then a total says it.
    """
    alle = [s for s in lezer.waarheid if s[0] == kwartaal]
    binnen = [s for s in alle if s[1] in gepubliceerd.leeftijden and s[2] in gepubliceerd.geslachten]
    desks = [desk for desk in DESKS if any(lezer.waarheid[s] for s in alle if s[3] == desk)]
    for plaats, cellen in [(2, gepubliceerd.per_geslacht), (3, gepubliceerd.per_infopunt)]:
        for (leeftijd, anders), cel in cellen.items():
            if cel.verborgen and (plaats == 2 or anders in desks):
                sleutels = [s for s in binnen if leeftijd in (SAMEN, s[1]) and anders in (SAMEN, s[plaats])]
                lezer.asks(("hidden", kwartaal, leeftijd, anders), sleutels)
    buiten = [s for s in alle if s not in binnen]
    if gepubliceerd.per_infopunt and any(lezer.waarheid[s] for s in buiten) and len(desks) > 1:
        for desk in desks:
            lezer.asks(("left out", kwartaal, SAMEN, desk), [s for s in buiten if s[3] == desk])
    los = [
        *([s] for s in alle),
        *([s for s in binnen if s[2:] == (g, d)] for g, d in product(GESLACHT.values(), DESKS)),
        *([s for s in binnen if (s[1], s[3]) == (a, d)] for a, d in product(LEEFTIJDEN.values(), DESKS)),
    ]
    for nummer, sleutels in enumerate(los if gepubliceerd.leeftijden and len(desks) > 1 else []):
        if 0 < sum(lezer.waarheid[s] for s in sleutels) < TEAM.drempel:
            lezer.asks(("loose", kwartaal, nummer, sleutels[0][1:]), sleutels)


def leaks(lezer: Lezer, regel: Regel) -> list[Any]:
    """What the reader finds out, against the promise."""
    uit = []
    for naam in lezer.vragen:
        soort, waarheid = naam[0], lezer.truth(naam)
        if soort == "loose":
            veilig = lezer.how_many(naam, 2) >= 2
        elif soort == "left out" and not regel.is_small(waarheid):
            continue
        elif waarheid < regel.drempel:
            veilig = all(lezer.can_be(naam, waarde) for waarde in range(regel.drempel))
        else:
            veilig = lezer.how_many(naam, regel.drempel) >= regel.drempel
        if not veilig:
            uit.append((*naam, waarheid))
    return uit


def as_telling(
    blokken: list[list[list[list[int]]]], geslachten: tuple[str, ...] = ("vrouw", "man")
) -> Telling:
    """Per quarter, per age (80+ first), per gender, a number for each desk."""
    return Counter(
        {
            (kwartaal, leeftijd, geslacht, desk): aantal
            for kwartaal, per_leeftijd in zip(KWARTALEN, blokken, strict=False)
            for leeftijd, per_geslacht in zip(["80+", "65-79", "50-64", "30-49"], per_leeftijd, strict=False)
            for geslacht, per_desk in zip(geslachten, per_geslacht, strict=True)
            for desk, aantal in zip(DESKS, per_desk, strict=False)
        }
    )


LASTIG = {
    "one small number in a big table": as_telling(
        [[[[20, 10, 9], [15, 9, 8]], [[30, 12, 20], [21, 2, 19]], [[14, 9, 11], [2, 1, 0]]]]
    ),
    "two quarters, small in one": as_telling(
        [
            [[[9, 3, 8], [8, 2, 9]], [[12, 8, 9], [9, 9, 9]], [[20, 8, 8], [12, 9, 9]]],
            [[[9, 9, 8], [8, 9, 9]], [[12, 8, 9], [9, 9, 9]], [[20, 8, 8], [12, 9, 9]]],
        ]
    ),
    "a few answered otherwise, at one desk": as_telling(
        [
            [
                [[20, 9, 12], [14, 8, 9], [2, 0, 0]],
                [[30, 12, 20], [21, 9, 19], [0, 0, 1]],
                [[14, 9, 11], [12, 8, 7], [0, 0, 0]],
                [[4, 0, 0], [3, 0, 0], [0, 0, 0]],
            ]
        ],
        ("vrouw", "man", "anders"),
    ),
    "one desk": as_telling([[[[20, 0, 0], [3, 0, 0]], [[9, 0, 0], [8, 0, 0]], [[12, 0, 0], [2, 0, 0]]]]),
    "a cell that is not small cannot go down far": as_telling(
        [[[[4], [6], [7]], [[6], [7], [9]]]], ("vrouw", "man", "anders")
    ),
    "a desk of four": as_telling(
        [
            [
                [[3, 0, 0], [3, 0, 0], [0, 0, 0]],
                [[0, 0, 0], [4, 1, 2], [0, 1, 0]],
                [[0, 2, 3], [0, 0, 0], [0, 0, 0]],
            ]
        ],
        ("vrouw", "man", "anders"),
    ),
    "a desk of seven": as_telling(
        [
            [
                [[0, 1, 0], [28, 0, 7]],
                [[2, 0, 9], [0, 0, 5]],
                [[17, 0, 0], [25, 26, 0]],
                [[40, 36, 0], [0, 0, 0]],
            ]
        ]
    ),
    "everybody over 80": as_telling([[[[10, 1, 0], [10, 1, 0]]]]),
    "one person": as_telling([[[[1, 0, 0], [0, 0, 0]]]]),
    "nobody": as_telling([]),
}


@pytest.mark.parametrize("regel", [TEAM, BUITEN], ids=["team", "buiten"])
@pytest.mark.parametrize("telling", LASTIG.values(), ids=LASTIG)
def test_hard_tables_give_nothing_away(telling: Telling, regel: Regel) -> None:
    assert leaks(reader_of_everything(telling, regel), regel) == []


AANTALLEN = st.one_of(st.integers(0, 4), st.integers(0, 12), st.integers(0, 40), st.just(0))
TELLINGEN = st.integers(1, 3).flatmap(
    lambda desks: st.lists(
        st.lists(
            st.lists(st.lists(AANTALLEN, min_size=desks, max_size=desks), min_size=3, max_size=3),
            min_size=2,
            max_size=4,
        ),
        min_size=1,
        max_size=2,
    )
)


@pytest.mark.parametrize("regel", [TEAM, BUITEN], ids=["team", "buiten"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(blokken=TELLINGEN)
def test_random_tables_give_nothing_away(regel: Regel, blokken: list[list[list[list[int]]]]) -> None:
    telling = as_telling(blokken, ("vrouw", "man", "anders"))

    assert leaks(reader_of_everything(telling, regel), regel) == []


# A rule that is too simple is caught


def naive(tabel: list[list[int]], regel: Regel = TEAM, vrij: Any = ()) -> set[tuple[int, int]]:
    """Only the small ones."""
    return {(r, k) for r, rij in enumerate(tabel) for k, waarde in enumerate(rij) if regel.is_small(waarde)}


def test_without_secondary_suppression_the_reader_finds_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rapportage.kwartaal.protect", naive)

    gevonden = leaks(reader_of_everything(LASTIG["one small number in a big table"], TEAM), TEAM)

    assert ("hidden", KWARTALEN[0], "50-64", "man", 3) in gevonden


def test_without_those_left_out_the_reader_finds_them_by_subtracting(monkeypatch: pytest.MonkeyPatch) -> None:
    """How many were asked at a desk, less the total of its column."""
    monkeypatch.setattr(
        "rapportage.kwartaal.protect",
        lambda tabel, regel, vrij=(): protect(tabel[: len(tabel) - bool(vrij)], regel),
    )

    gevonden = leaks(reader_of_everything(LASTIG["a few answered otherwise, at one desk"], TEAM), TEAM)

    assert "left out" in {vondst[0] for vondst in gevonden}


def test_a_second_possible_value_is_not_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """1 beside 5 can be 0 beside 6, and then 2, 3 and 4 are ruled out."""
    tabel = [[1, 9, 20], [20, 30, 40], [20, 5, 40]]
    lezer = reader_of_table(tabel, {(0, 0), (0, 1), (2, 0), (2, 1)})

    assert not all(lezer.can_be((0, 0), waarde) for waarde in range(5))
    assert all(reader_of_table(tabel, protect(tabel)).can_be((0, 0), waarde) for waarde in range(5))


def reader_of_table(tabel: list[list[int]], hidden: set[tuple[int, int]]) -> Lezer:
    plekken = {(r, k): waarde for r, rij in enumerate(tabel) for k, waarde in enumerate(rij)}
    lezer = Lezer(plekken)
    for as_, aantal in [(0, len(tabel)), (1, len(tabel[0]))]:
        for nummer in range(aantal):
            sleutels = [plek for plek in plekken if plek[as_] == nummer]
            totaal = sum(plekken[plek] for plek in sleutels)
            lezer.sees(sleutels, totaal, totaal)
    for plek, waarde in plekken.items():
        lezer.sees_cell([plek], TEAM.cel(waarde, plek in hidden), TEAM)
        lezer.asks(plek, [plek])
    return lezer


# The strict rule, for lists and tables about anything


def reader_of_strict(tabel: list[list[int]]) -> tuple[Lezer, dict[str, int]]:
    """Of a table, and the lists of its row and column totals. The total of all is known exactly."""
    plekken = {(r, k): waarde for r, rij in enumerate(tabel) for k, waarde in enumerate(rij)}
    lezer = Lezer(plekken)
    totaal = sum(plekken.values())
    lezer.sees(list(plekken), totaal, totaal)
    gezien = {"lists": 0, "table": 0}
    for as_, lijst in enumerate(
        [publish_list([sum(rij) for rij in tabel]), publish_list([sum(k) for k in zip(*tabel, strict=True)])]
    ):
        gezien["lists"] += lijst is not None
        for nummer, cel in enumerate(lijst.cellen if lijst else []):
            sleutels = [plek for plek in plekken if plek[as_] == nummer]
            lezer.sees_cell(sleutels, cel, BUITEN)
            if cel.verborgen:
                lezer.asks(("list", as_, nummer), sleutels)
    kruis = publish_table(tabel)
    for r, k in plekken if kruis else []:
        gezien["table"] = 1
        cel = kruis.cellen[r][k]
        samengevoegd = all(c.tekst == VERBORGEN for c in kruis.cellen[r]) or all(
            rij[k].tekst == VERBORGEN for rij in kruis.cellen
        )
        lezer.sees_cell([(r, k)], cel, BUITEN, is_som=samengevoegd)
        if cel.verborgen:
            lezer.asks(("merged" if samengevoegd else "cell", r, k), [(r, k)])
    return lezer, gezien


def strict_leaks(lezer: Lezer) -> list[Any]:
    """Below 10 it can be anything below 10; about what is together with others only that it stays wide open."""
    return [
        naam
        for naam in lezer.vragen
        if not (
            all(lezer.can_be(naam, waarde) for waarde in range(10))
            if lezer.truth(naam) < 10 and naam[0] != "merged"
            else lezer.how_many(naam, 10) >= 10
        )
    ]


BUITENTABELLEN = st.integers(2, 4).flatmap(
    lambda kolommen: st.lists(
        st.lists(st.one_of(st.integers(0, 12), st.integers(8, 60)), min_size=kolommen, max_size=kolommen),
        min_size=2,
        max_size=5,
    )
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(BUITENTABELLEN)
def test_strict_lists_and_tables_give_nothing_away(tabel: list[list[int]]) -> None:
    assert strict_leaks(reader_of_strict(tabel)[0]) == []


@pytest.mark.parametrize(
    "tabel",
    [
        [[40, 30, 20], [4, 2, 1], [25, 35, 50], [3, 0, 2]],
        [[40, 30, 6], [4, 12, 10], [25, 35, 50], [60, 70, 80]],
        [[11, 10, 10], [12, 9, 30], [40, 50, 60]],
    ],
)
def test_strict_tables_that_are_shown(tabel: list[list[int]]) -> None:
    lezer, gezien = reader_of_strict(tabel)

    assert gezien == {"lists": 2, "table": 1}
    assert strict_leaks(lezer) == []
