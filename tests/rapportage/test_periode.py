"""Calendar days as people in the Netherlands count them."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportage.periode import Keuze, Periode, add_months, eigen_perioden, perioden_of


@pytest.mark.parametrize(
    ("keuze", "vandaag", "nu", "ervoor", "jaar_eerder"),
    [
        (
            "deze_week",
            "2026-03-18",
            "2026-03-16/2026-03-18",
            "2026-03-09/2026-03-11",
            "2025-03-17/2025-03-19",
        ),
        (
            "vorige_week",
            "2026-03-16",
            "2026-03-09/2026-03-15",
            "2026-03-02/2026-03-08",
            "2025-03-10/2025-03-16",
        ),
        (
            "deze_maand",
            "2026-03-17",
            "2026-03-01/2026-03-17",
            "2026-02-01/2026-02-17",
            "2025-03-01/2025-03-17",
        ),
        (
            "deze_maand",
            "2026-03-30",
            "2026-03-01/2026-03-30",
            "2026-02-01/2026-02-28",
            "2025-03-01/2025-03-30",
        ),
        (
            "deze_maand",
            "2026-03-31",
            "2026-03-01/2026-03-31",
            "2026-02-01/2026-02-28",
            "2025-03-01/2025-03-31",
        ),
        (
            "vorige_maand",
            "2026-03-17",
            "2026-02-01/2026-02-28",
            "2026-01-01/2026-01-31",
            "2025-02-01/2025-02-28",
        ),
        (
            "vorige_maand",
            "2026-01-01",
            "2025-12-01/2025-12-31",
            "2025-11-01/2025-11-30",
            "2024-12-01/2024-12-31",
        ),
        (
            "dit_kwartaal",
            "2026-11-21",
            "2026-10-01/2026-11-21",
            "2026-07-01/2026-08-21",
            "2025-10-01/2025-11-21",
        ),
        (
            "dit_kwartaal",
            "2026-12-31",
            "2026-10-01/2026-12-31",
            "2026-07-01/2026-09-30",
            "2025-10-01/2025-12-31",
        ),
        (
            "vorig_kwartaal",
            "2026-01-01",
            "2025-10-01/2025-12-31",
            "2025-07-01/2025-09-30",
            "2024-10-01/2024-12-31",
        ),
        ("dit_jaar", "2028-02-29", "2028-01-01/2028-02-29", "2027-01-01/2027-03-01", "2027-01-01/2027-03-01"),
        (
            "vorig_jaar",
            "2026-06-01",
            "2025-01-01/2025-12-31",
            "2024-01-01/2024-12-31",
            "2024-01-01/2024-12-31",
        ),
    ],
)
def test_calendar_periods(keuze: str, vandaag: str, nu: str, ervoor: str, jaar_eerder: str) -> None:
    perioden = perioden_of(keuze, date.fromisoformat(vandaag))

    gevonden = [f"{p.van}/{p.tot}" for p in (perioden.nu, perioden.ervoor, perioden.jaar_eerder)]
    assert gevonden == [nu, ervoor, jaar_eerder]


def test_own_period_is_compared_with_as_many_days_before_it_and_the_same_dates_a_year_earlier() -> None:
    perioden = eigen_perioden(date(2026, 3, 2), date(2026, 3, 8))

    assert perioden.nu.dagen == 7
    assert perioden.ervoor == Periode(date(2026, 2, 23), date(2026, 3, 1))
    assert perioden.jaar_eerder == Periode(date(2025, 3, 2), date(2025, 3, 8))


@pytest.mark.parametrize(
    ("van", "tot", "laatste"),
    [
        (date(2029, 2, 1), date(2029, 2, 28), date(2028, 2, 29)),  # a whole month stays whole
        (date(2028, 2, 29), date(2028, 2, 29), date(2027, 2, 28)),
        (date(2028, 2, 1), date(2028, 2, 29), date(2027, 2, 28)),
    ],
)
def test_own_period_a_year_earlier_around_a_leap_day(van: date, tot: date, laatste: date) -> None:
    assert eigen_perioden(van, tot).jaar_eerder.tot == laatste


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
def test_compared_periods_end_before_it_begins(keuze: Keuze, vandaag: date) -> None:
    perioden = perioden_of(keuze, vandaag)

    nu, ervoor, jaar = perioden.nu, perioden.ervoor, perioden.jaar_eerder
    assert ervoor.van <= ervoor.tot < nu.van <= nu.tot <= vandaag
    assert jaar.van <= jaar.tot < nu.van
    assert jaar.van in {add_months(nu.van, -12), nu.van - timedelta(weeks=52)}


@given(st.dates(date(2016, 1, 1), date(2090, 12, 31)), st.integers(0, 800))
def test_own_periods_end_before_it_begins_or_as_long_ago(van: date, dagen: int) -> None:
    perioden = eigen_perioden(van, van + timedelta(days=dagen))

    assert perioden.ervoor.dagen == perioden.nu.dagen
    assert perioden.jaar_eerder.van <= perioden.jaar_eerder.tot < perioden.nu.tot
