"""Each rule by itself, in small tables. That they hold together: test_onderdrukking_bewijs.py."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapportage.onderdrukking import (
    BUITEN,
    DICHT,
    MINDER,
    TEAM,
    VERBORGEN,
    Cel,
    Lijst,
    Regel,
    TeKlein,
    open_cel,
    protect,
    publish_list,
    publish_table,
    share,
    suppress,
    total_of,
    widths,
)

KLEIN = Cel(None, MINDER)
ACRO = json.loads(Path(__file__).with_name("acro.json").read_text())


def as_text(cellen: list[list[Cel]] | None) -> list[str] | None:
    return cellen and [" ".join(cel.tekst.replace(" ", "") for cel in rij) for rij in cellen]


@pytest.mark.parametrize("geval", ACRO, ids=lambda geval: str(geval["tabel"]))
def test_small_is_what_acro_hides(geval: dict[str, list[list[int]]]) -> None:
    """Except that a 0 within the team is not."""
    tabel = geval["tabel"]

    assert [[BUITEN.is_small(waarde) for waarde in rij] for rij in tabel] == geval["10"]
    assert [[TEAM.is_small(waarde) or waarde == 0 for waarde in rij] for rij in tabel] == geval["5"]


def test_lone_small_cell_takes_company() -> None:
    assert as_text(suppress([[3, 20, 30], [40, 50, 60], [70, 80, 90]])) == [
        "minderdan5 verborgen 30",
        "verborgen verborgen 60",
        "70 80 90",
    ]


def test_company_has_room_for_all_a_small_cell_can_be() -> None:
    """5 says of itself that it is not less, so beside it 1 could only be 0 or 1. Hence 20 is the one to hide."""
    assert as_text(suppress([[1, 5, 20], [20, 30, 40], [20, 30, 40]])) == [
        "minderdan5 5 verborgen",
        "verborgen 30 verborgen",
        "20 30 40",
    ]


def test_a_zero_can_be_company() -> None:
    """It reads the same as the small ones, because it may be one."""
    cellen = suppress([[2, 0, 40], [50, 4, 60], [60, 70, 80]])

    assert cellen is not None
    assert cellen[0][1] == KLEIN


def test_nothing_small_nothing_hidden() -> None:
    assert suppress([[0, 5], [10, 0]]) == [[open_cel(0), open_cel(5)], [open_cel(10), open_cel(0)]]


@pytest.mark.parametrize(
    "tabel",
    [
        [[3]],
        [[3, 0], [0, 0]],
        [[3], [8]],
        [[1, 3], [30, 40]],  # a row of 4
        [[2, 6], [30, 40]],  # 6 can be 5 at the least, so 2 can be 3 at most
    ],
)
def test_totals_too_small(tabel: list[list[int]]) -> None:
    assert suppress(tabel) is None


def test_says_which_row_is_too_small() -> None:
    with pytest.raises(TeKlein) as fout:
        protect([[30, 40], [2, 6], [50, 60]])

    assert fout.value.rij == 1


def test_empty_tables() -> None:
    assert suppress([]) == []
    assert suppress([[], []]) == [[], []]


def test_cells_nobody_sees_may_be_anything() -> None:
    """Without words about it, the 5 beside the 1 may be less."""
    tabel = [[1, 5, 9], [9, 9, 30], [20, 20, 20]]

    assert (0, 1) not in protect(tabel)
    assert (0, 1) in protect(tabel, TEAM, [(0, 1)])


def test_sum_with_a_hidden_part_is_hidden() -> None:
    gewoon = open_cel(8)

    assert total_of([gewoon, gewoon]) == open_cel(16)
    assert total_of([KLEIN, gewoon]) == DICHT
    assert total_of([KLEIN]) == KLEIN


def test_percentages_and_bars_are_of_what_is_shown() -> None:
    assert share(open_cel(1), open_cel(3)) == Cel(33, "33%")
    assert share(open_cel(0), open_cel(0)) == Cel(0, "0%")
    assert share(KLEIN, open_cel(3)) == share(open_cel(3), DICHT) == DICHT
    assert widths([open_cel(10), DICHT, open_cel(40), open_cel(0)]) == [25, 0, 100, 0]
    assert widths([DICHT, KLEIN]) == [0, 0]
    assert widths([]) == []


# For outsiders


@pytest.mark.parametrize(("waarde", "tekst"), [(10, "10"), (12, "10"), (13, "15"), (17, "15"), (18, "20")])
def test_outsiders_see_multiples_of_five(waarde: int, tekst: str) -> None:
    assert BUITEN.show(waarde) == Cel(int(tekst), tekst)


@pytest.mark.parametrize("waarde", [0, 1, 9])
def test_outsiders_see_nothing_below_ten(waarde: int) -> None:
    assert BUITEN.hide(waarde) == Cel(None, "minder dan 10")
    assert BUITEN.is_small(waarde)


def test_list_hides_the_smallest_beside_a_lone_small_one() -> None:
    """40 less 9 would tell; 20 with it can move ten down."""
    assert publish_list([3, 20, 51, 82]) == Lijst(
        [Cel(None, "minder dan 10"), DICHT, Cel(50, "50"), Cel(80, "80")], Cel(155, "155")
    )


def test_list_hides_until_there_is_room() -> None:
    lijst = publish_list([2, 11, 12, 14, 60])

    assert lijst is not None
    assert [cel.tekst for cel in lijst.cellen] == ["minder dan 10", *[VERBORGEN] * 3, "60"]


def test_what_is_hidden_of_a_list_is_together_not_small_either() -> None:
    """0 and 9 leave room for each other, but the others and the total say that they are 9."""
    lijst = publish_list([0, 9, 50, 60])

    assert lijst is not None
    assert [cel.verborgen for cel in lijst.cellen] == [True, True, True, False]


@pytest.mark.parametrize("waarden", [[], [3, 4], [0, 12], [5, 10], [0, 0, 0]])
def test_list_about_too_few_is_not_shown(waarden: list[int]) -> None:
    assert publish_list(waarden) is None


def test_list_without_small_ones_is_only_rounded() -> None:
    assert publish_list([11, 13]) == Lijst([Cel(10, "10"), Cel(15, "15")], Cel(25, "25"))


def test_rows_with_a_hidden_total_are_in_a_table_together() -> None:
    kruis = publish_table([[40, 30, 20], [14, 12, 10], [25, 35, 50], [3, 0, 2]])

    assert kruis is not None
    assert [cel.tekst for cel in kruis.per_rij] == ["90", VERBORGEN, "110", "minder dan 10"]
    assert as_text(kruis.cellen) == [
        "40 30 20",
        "verborgen verborgen verborgen",
        "25 35 50",
        "verborgen verborgen verborgen",
    ]
    assert [cel.tekst for cel in [*kruis.per_kolom, kruis.totaal]] == ["80", "75", "80", "240"]


@pytest.mark.parametrize("tabel", [[], [[3, 2], [1, 0]], [[12, 0], [0, 12]]])
def test_table_about_too_few_is_not_shown(tabel: list[list[int]]) -> None:
    assert publish_table(tabel) is None


GETALLEN = st.one_of(st.integers(0, 9), st.integers(0, 50))
TABELLEN = st.integers(2, 5).flatmap(
    lambda kolommen: st.lists(
        st.lists(GETALLEN, min_size=kolommen, max_size=kolommen), min_size=2, max_size=7
    )
)


@pytest.mark.parametrize("regel", [TEAM, BUITEN], ids=["team", "buiten"])
@settings(max_examples=150, deadline=None)
@given(tabel=TABELLEN)
def test_small_is_hidden_and_the_rest_is_true(regel: Regel, tabel: list[list[int]]) -> None:
    for cellen, waarden in zip(suppress(tabel, regel) or [], tabel, strict=False):
        for cel, waarde in zip(cellen, waarden, strict=True):
            if cel.waarde is None:
                assert cel.tekst == (regel.minder if waarde < regel.drempel else VERBORGEN)
            else:
                assert abs(cel.waarde - waarde) <= regel.afronding // 2
                assert not regel.is_small(waarde)


@settings(max_examples=100, deadline=None)
@given(TABELLEN)
def test_no_more_is_hidden_when_the_small_ones_protect_each_other(tabel: list[list[int]]) -> None:
    """Hiding is never for nothing: without a small cell everything is shown."""
    ruim = [[waarde + 5 if 0 < waarde < 5 else waarde for waarde in rij] for rij in tabel]

    assert protect(ruim) == set()
