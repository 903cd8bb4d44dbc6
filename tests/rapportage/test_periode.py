"""Calendar days as people in the Netherlands count them."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportage.periode import Keuze, Periode, add_months, eigen_periode, periode_of


@pytest.mark.parametrize(
    ("keuze", "vandaag", "van", "tot", "vorige_van", "vorige_tot"),
    [
        ("deze_maand", "2026-03-17", "2026-03-01", "2026-03-17", "2026-02-01", "2026-02-17"),
        ("deze_maand", "2026-03-30", "2026-03-01", "2026-03-30", "2026-02-01", "2026-02-28"),
        ("deze_maand", "2026-03-31", "2026-03-01", "2026-03-31", "2026-02-01", "2026-02-28"),
        ("vorige_maand", "2026-03-17", "2026-02-01", "2026-02-28", "2026-01-01", "2026-01-31"),
        ("vorige_maand", "2026-01-01", "2025-12-01", "2025-12-31", "2025-11-01", "2025-11-30"),
        ("dit_kwartaal", "2026-11-21", "2026-10-01", "2026-11-21", "2026-07-01", "2026-08-21"),
        ("dit_kwartaal", "2026-12-31", "2026-10-01", "2026-12-31", "2026-07-01", "2026-09-30"),
        ("vorig_kwartaal", "2026-01-01", "2025-10-01", "2025-12-31", "2025-07-01", "2025-09-30"),
        ("dit_jaar", "2028-02-29", "2028-01-01", "2028-02-29", "2027-01-01", "2027-03-01"),
        ("vorig_jaar", "2026-06-01", "2025-01-01", "2025-12-31", "2024-01-01", "2024-12-31"),
    ],
)
def test_calendar_periods(
    keuze: str, vandaag: str, van: str, tot: str, vorige_van: str, vorige_tot: str
) -> None:
    dag = date.fromisoformat

    assert periode_of(keuze, dag(vandaag)) == (
        Periode(dag(van), dag(tot)),
        Periode(dag(vorige_van), dag(vorige_tot)),
    )


def test_own_period_is_compared_with_as_many_days_before_it() -> None:
    periode, vorige = eigen_periode(date(2026, 3, 2), date(2026, 3, 8))

    assert (periode.dagen, vorige) == (7, Periode(date(2026, 2, 23), date(2026, 3, 1)))


@pytest.mark.parametrize(
    ("dag", "begin", "eind"),
    [
        (date(2026, 3, 29), "2026-03-28 23", "2026-03-29 22"),  # 23 hours
        (date(2026, 10, 25), "2026-10-24 22", "2026-10-25 23"),  # 25 hours
        (date(2026, 7, 1), "2026-06-30 22", "2026-07-01 22"),
    ],
)
def test_day_runs_from_midnight_to_midnight_in_amsterdam(dag: date, begin: str, eind: str) -> None:
    periode = Periode(dag, dag)

    assert periode.begin == datetime.fromisoformat(f"{begin}:00+00:00")
    assert periode.eind == datetime.fromisoformat(f"{eind}:00+00:00")


def test_months_reach_back_a_year() -> None:
    maanden = Periode(date(2026, 10, 1), date(2026, 11, 21)).maanden(12)

    assert (len(maanden), maanden[0], maanden[-1]) == (12, date(2025, 12, 1), date(2026, 11, 1))


def test_long_period_has_all_its_months() -> None:
    assert len(Periode(date(2024, 1, 5), date(2026, 2, 1)).maanden(12)) == 26


def test_reads_as_a_sentence() -> None:
    assert str(Periode(date(2026, 1, 1), date(2026, 3, 16))) == "1 januari tot en met 16 maart 2026"
    assert str(Periode(date(2025, 12, 1), date(2026, 3, 16))) == "1 december 2025 tot en met 16 maart 2026"
    assert str(Periode(date(2026, 3, 16), date(2026, 3, 16))) == "16 maart 2026"


@given(
    st.sampled_from([keuze for keuze in Keuze if keuze != Keuze.EIGEN]),
    st.dates(date(2016, 1, 1), date(2090, 12, 31)),
)
def test_compared_period_ends_before_and_is_no_longer(keuze: Keuze, vandaag: date) -> None:
    periode, vorige = periode_of(keuze, vandaag)

    assert vorige.van <= vorige.tot < periode.van <= periode.tot <= vandaag
    assert vorige.van == add_months(
        periode.van, vorige.van.month - periode.van.month - 12 * (periode.van.year - vorige.van.year)
    )
