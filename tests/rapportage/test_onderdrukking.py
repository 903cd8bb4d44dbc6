"""What is hidden cannot be worked out: tried by listing every table that fits what is shown."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapportage.onderdrukking import DREMPEL, MINDER, VERBORGEN, Cel, open_cel, protect, suppress, total_of

SMALL = st.integers(0, 9)
TABELLEN = st.integers(2, 3).flatmap(
    lambda kolommen: st.lists(st.lists(SMALL, min_size=kolommen, max_size=kolommen), min_size=2, max_size=4)
)


def possible_tables(cellen: list[list[Cel]], tabel: list[list[int]]) -> Iterator[list[int]]:
    """Every filling of the hidden cells that agrees with all cells shown, their words, and the totals."""
    plekken = [(r, k) for r, rij in enumerate(cellen) for k, cel in enumerate(rij) if cel.verborgen]
    rij_rest = [sum(tabel[r][k] for rr, k in plekken if rr == r) for r in range(len(tabel))]
    kolom_rest = [sum(tabel[r][k] for r, kk in plekken if kk == k) for k in range(len(tabel[0]))]

    def fill(nummer: int) -> Iterator[list[int]]:
        if nummer == len(plekken):
            if not any(rij_rest) and not any(kolom_rest):
                yield []
            return
        r, k = plekken[nummer]
        laagst, hoogst = (0, DREMPEL - 1) if cellen[r][k].tekst == MINDER else (DREMPEL, 10**6)
        for waarde in range(laagst, min(hoogst, rij_rest[r], kolom_rest[k]) + 1):
            rij_rest[r] -= waarde
            kolom_rest[k] -= waarde
            last_in_row = not any(rr == r for rr, _ in plekken[nummer + 1 :])
            if not (last_in_row and rij_rest[r]):
                for rest in fill(nummer + 1):
                    yield [waarde, *rest]
            rij_rest[r] += waarde
            kolom_rest[k] += waarde

    return fill(0)


@settings(max_examples=300, deadline=None)
@given(TABELLEN)
def test_every_hidden_cell_has_a_second_possible_value(tabel: list[list[int]]) -> None:
    cellen = suppress(tabel)
    if cellen is None:
        return
    aantal = sum(cel.verborgen for rij in cellen for cel in rij)
    gezien: list[set[int]] = [set() for _ in range(aantal)]
    for vulling in possible_tables(cellen, tabel):
        for waarden, waarde in zip(gezien, vulling, strict=True):
            waarden.add(waarde)
        if all(len(waarden) > 1 for waarden in gezien):
            break

    assert all(len(waarden) > 1 for waarden in gezien)


@settings(max_examples=300, deadline=None)
@given(TABELLEN)
def test_small_is_hidden_and_the_rest_is_true(tabel: list[list[int]]) -> None:
    for cellen, waarden in zip(suppress(tabel) or [], tabel, strict=False):
        for cel, waarde in zip(cellen, waarden, strict=True):
            assert cel.verborgen or (cel.waarde == waarde and not 0 < waarde < DREMPEL)
            assert cel.tekst == {True: MINDER, False: VERBORGEN}[waarde < DREMPEL] or not cel.verborgen


@settings(max_examples=200, deadline=None)
@given(TABELLEN)
def test_gives_up_only_when_the_totals_tell_all(tabel: list[list[int]]) -> None:
    """None is for tables of which a small cell follows from totals and words alone, whatever is hidden."""
    if protect(tabel) is not None:
        return
    alles = [[Cel(None, MINDER if waarde < DREMPEL else VERBORGEN) for waarde in rij] for rij in tabel]
    mogelijk = list(possible_tables(alles, tabel))

    vast = [
        len({vulling[nummer] for vulling in mogelijk}) == 1
        for nummer, (rij, kolom) in enumerate(product(range(len(tabel)), range(len(tabel[0]))))
        if 0 < tabel[rij][kolom] < DREMPEL or not mogelijk
    ]
    assert any(vast)


def test_lone_small_cell_takes_company() -> None:
    cellen = suppress([[3, 20, 30], [40, 50, 60], [70, 80, 90]])

    assert cellen is not None
    hidden = [(r, k) for r, rij in enumerate(cellen) for k, cel in enumerate(rij) if cel.verborgen]
    assert hidden == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert [cellen[r][k].tekst for r, k in hidden] == [MINDER, VERBORGEN, VERBORGEN, VERBORGEN]


def test_words_do_not_give_it_away() -> None:
    """Two hidden cells with 6 between them: "1 to 4" and "5 or more" could only be 1 and 5."""
    cellen = suppress([[1, 5, 20], [20, 30, 40], [20, 30, 40]])

    assert cellen is not None
    assert [cel.verborgen for cel in cellen[0]] == [True, False, True]


def test_nothing_small_nothing_hidden() -> None:
    assert suppress([[0, 5], [10, 0]]) == [[open_cel(0), open_cel(5)], [open_cel(10), open_cel(0)]]


@pytest.mark.parametrize("tabel", [[[3]], [[3, 0], [0, 0]], [[3], [8]]])
def test_totals_that_tell_all(tabel: list[list[int]]) -> None:
    assert suppress(tabel) is None


def test_empty_tables() -> None:
    assert suppress([]) == []
    assert suppress([[], []]) == [[], []]


def test_sum_with_a_hidden_part_is_hidden() -> None:
    klein, gewoon = Cel(None, MINDER), open_cel(8)

    assert total_of([gewoon, gewoon]) == open_cel(16)
    assert total_of([klein, gewoon]) == Cel(None, VERBORGEN)
    assert total_of([klein]) == klein


CUBES = st.lists(st.integers(0, 9), min_size=18, max_size=18)  # age 3 x gender 2 x desk 3


@settings(max_examples=100, deadline=None)
@given(CUBES)
def test_comparing_filters_gives_nothing_back(kubus: list[int]) -> None:
    """Solve the linear system of everything any filter shows: no hidden cell follows from it."""
    sleutels = list(product(range(3), range(2), range(3)))
    aantal = dict(zip(sleutels, kubus, strict=True))

    def cells_of(as_: dict[int, int]) -> set[tuple[int, int, int]]:
        return {s for s in sleutels if all(s[dim] == waarde for dim, waarde in as_.items())}

    bekend = [cells_of({dim: nummer}) for dim, lengte in enumerate([3, 2, 3]) for nummer in range(lengte)]
    geheim: list[set[tuple[int, int, int]]] = []
    for dim_a, dim_b, lengte_a, lengte_b in [(0, 1, 3, 2), (0, 2, 3, 3), (1, 2, 2, 3)]:
        groepen = [[cells_of({dim_a: a, dim_b: b}) for b in range(lengte_b)] for a in range(lengte_a)]
        veilig = suppress([[sum(aantal[s] for s in groep) for groep in rij] for rij in groepen])
        if veilig is None:
            return  # then nothing at all about persons is shown
        for cellen, rij in zip(veilig, groepen, strict=True):
            for cel, groep in zip(cellen, rij, strict=True):
                (geheim if cel.verborgen else bekend).append(groep)

    basis = reduced([[Fraction(s in groep) for s in sleutels] for groep in bekend])
    for groep in geheim:
        assert len(reduced([*basis, [Fraction(s in groep) for s in sleutels]])) == len(basis) + 1


def reduced(rijen: list[list[Fraction]]) -> list[list[Fraction]]:
    """Gauss: independent rows that span the same."""
    uit: list[list[Fraction]] = []
    for rij in rijen:
        rest = rij
        for gezien in uit:
            spil = next(i for i, waarde in enumerate(gezien) if waarde)
            if rest[spil]:
                factor = rest[spil] / gezien[spil]
                rest = [a - factor * b for a, b in zip(rest, gezien, strict=True)]
        if any(rest):
            uit.append(rest)
    return uit
