"""Words for figures say what the figures say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportage.zinnen import DELEN, change, listed, size, when, within

WAARDE = {woord: deel for deel, woord in DELEN} | {"gehalveerd": 1 / 2}
KEREN = {"verdubbeld": 2, "verdrievoudigd": 3, "verviervoudigd": 4}


@pytest.mark.parametrize(
    ("toen", "nu", "woorden"),
    [
        (9, 18, "verdubbeld"),
        (9, 21, "meer dan verdubbeld"),
        (10, 19, "bijna verdubbeld"),
        (10, 30, "verdrievoudigd"),
        (10, 28, "bijna verdrievoudigd"),
        (10, 52, "ruim 5 keer zo veel"),
        (10, 60, "6 keer zo veel"),
        (30, 40, "een derde meer"),
        (100, 150, "de helft meer"),
        (100, 145, "bijna de helft meer"),
        (100, 126, "een kwart meer"),
        (100, 118, "bijna een vijfde meer"),
        (40, 20, "gehalveerd"),
        (40, 22, "bijna gehalveerd"),
        (40, 17, "meer dan gehalveerd"),
        (40, 30, "een kwart minder"),
        (30, 10, "twee derde minder"),
        (100, 3, "ruim negen tiende minder"),
    ],
)
def test_size(toen: int, nu: int, woorden: str) -> None:
    assert size(toen, nu) == woorden


@given(st.integers(1, 3000), st.integers(1, 3000))
def test_size_is_true(toen: int, nu: int) -> None:
    """ "bijna" is less than the word says, "ruim" and "meer dan" more, and no word is far off."""
    if toen == nu:
        return
    woorden = size(toen, nu)
    keer = nu / toen
    kaal = woorden
    for vooraf in ("bijna ", "ruim ", "meer dan "):
        kaal = kaal.removeprefix(vooraf)
    if kaal.endswith("keer zo veel"):
        echt, gezegd = keer, float(kaal.split()[0])
    elif kaal in KEREN:
        echt, gezegd = keer, KEREN[kaal]
    else:
        echt, gezegd = abs(keer - 1), WAARDE[kaal.removesuffix(" meer").removesuffix(" minder")]
        assert (keer > 1) == kaal.endswith("meer")
        assert (keer < 1) == kaal.endswith(("minder", "gehalveerd"))
    if woorden.startswith("bijna"):
        assert echt < gezegd
    elif woorden != kaal:
        assert echt > gezegd
    assert abs(echt - gezegd) <= 0.8 if gezegd >= 2 else abs(echt - gezegd) <= 0.1 + 1e-9


@pytest.mark.parametrize(
    ("waar", "wat", "toen", "nu", "zin"),
    [
        (
            "In Lemelerveld",
            "vragen over wonen",
            9,
            21,
            "In Lemelerveld is het aantal vragen over wonen meer dan verdubbeld: van 9 naar 21.",
        ),
        ("In Dalfsen", "vragen", 90, 120, "In Dalfsen waren er een derde meer vragen: 120 in plaats van 90."),
        ("", "verwijzingen naar MEE", 20, 10, "Het aantal verwijzingen naar MEE is gehalveerd: van 20 naar 10."),
        ("", "verwijzingen naar MEE", 20, 15, "Er waren een kwart minder verwijzingen naar MEE: 15 in plaats van 20."),
        ("In Dalfsen", "vragen over taal", 0, 12, "In Dalfsen waren er 12 vragen over taal, eerder geen."),
        ("In Dalfsen", "vragen over taal", 12, 0, "In Dalfsen waren er geen vragen over taal meer, eerder 12."),
    ],
)  # fmt: skip
def test_change(waar: str, wat: str, toen: int, nu: int, zin: str) -> None:
    gemaakt = change(waar, wat, toen, nu)

    assert str(gemaakt) == zin
    assert sum(deel.vet for deel in gemaakt.delen) == 1


def test_small_words() -> None:
    assert [listed(["a", "b", "c"][:n]) for n in range(4)] == ["", "a", "a en b", "a, b en c"]
    assert when(1, 14, 16) == "dinsdag van 14 tot 16 uur"
    assert [within(naam) for naam in ["Geld & schulden", "DigiD", "WMO", "wonen", ""]] == [
        "geld & schulden",
        "DigiD",
        "WMO",
        "wonen",
        "",
    ]
