"""Holidays, against the calendar."""

from datetime import date, timedelta

import pytest

from sociale_kaart.feestdagen import feestdagen, is_feestdag


@pytest.mark.parametrize(
    "paas",
    [
        date(2000, 4, 23),
        date(2008, 3, 23),
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2027, 3, 28),
        date(2038, 4, 25),
    ],
)
def test_easter(paas):
    assert is_feestdag(paas)
    assert is_feestdag(paas + timedelta(days=1))
    assert not is_feestdag(paas - timedelta(days=1))


def test_all_of_2026():
    assert sorted(feestdagen(2026)) == [
        date(2026, 1, 1),
        date(2026, 4, 3),
        date(2026, 4, 5),
        date(2026, 4, 6),
        date(2026, 4, 27),
        date(2026, 5, 14),
        date(2026, 5, 24),
        date(2026, 5, 25),
        date(2026, 12, 25),
        date(2026, 12, 26),
    ]


def test_kings_day_is_never_on_a_sunday_and_liberation_day_is_once_in_five_years():
    assert is_feestdag(date(2025, 4, 26))
    assert not is_feestdag(date(2025, 4, 27))
    assert is_feestdag(date(2025, 5, 5))
    assert not is_feestdag(date(2026, 5, 5))
