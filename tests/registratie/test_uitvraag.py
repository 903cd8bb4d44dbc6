"""Asking less: age and gender always, in sample weeks, or never."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from registratie.models import Uitvraag
from registratie.uitvraag import vraagt_persoon, week_in_words
from tests import factories

URL = "/vragen/uitvraag/"
ZONDAGNACHT = datetime(2026, 3, 22, 22, 59, tzinfo=UTC)  # 23.59 in Amsterdam
MAANDAG = datetime(2026, 3, 22, 23, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def vandaag(monkeypatch: pytest.MonkeyPatch) -> None:
    nu = datetime(2026, 3, 18, 9, 0, tzinfo=UTC)
    monkeypatch.setattr("registratie.views_uitvraag.timezone.now", lambda: nu)


@pytest.fixture
def client(coordinator: Any, as_user: Any) -> Client:
    return as_user(coordinator)


@pytest.mark.parametrize(
    ("modus", "moment", "gevraagd"),
    [
        ("altijd", MAANDAG, True),
        ("nooit", MAANDAG, False),
        ("steekproef", MAANDAG, False),
        ("steekproef", ZONDAGNACHT, True),
    ],
)
def test_when_it_is_asked(db: None, modus: str, moment: datetime, gevraagd: bool) -> None:
    Uitvraag.objects.create(modus=modus, weken=[date(2026, 3, 16)])

    assert vraagt_persoon(moment) is gevraagd


def test_until_it_is_set_it_is_asked(db: None) -> None:
    assert vraagt_persoon(MAANDAG) is True


def test_coordinator_picks_weeks_and_past_ones_stay(client: Client) -> None:
    Uitvraag.objects.create(modus="steekproef", weken=[date(2026, 2, 2), date(2026, 3, 23)])

    client.post(URL, {"modus": "steekproef", "weken": ["2026-03-16", "2026-04-06"], "nog_een": "2027-03-03"})

    weken = [date(2026, 2, 2), date(2026, 3, 16), date(2026, 4, 6), date(2027, 3, 1)]
    assert Uitvraag.objects.get().weken == weken
    pagina = client.get(URL)
    assert "2 – 8 februari 2026" in pagina.content.decode()
    assert pagina.context["form"]["weken"].value() == ["2026-03-16", "2026-04-06", "2027-03-01"]


@pytest.mark.parametrize(
    ("gegevens", "melding"),
    [
        ({"modus": "steekproef"}, "Kies een of meer weken."),
        ({"modus": ""}, "Kies er nog een."),
        ({"modus": "soms"}, "Kies er een van de drie."),
        ({"modus": "steekproef", "weken": ["2026-03-17"]}, "Kies een van deze weken."),
        ({"modus": "steekproef", "weken": ["x"]}, "Kies een van deze weken."),
        ({"modus": "steekproef", "nog_een": "2026-03-15"}, "Kies een dag van deze week of later"),
        ({"modus": "steekproef", "nog_een": "9999-12-31"}, "Kies een dag van deze week of later"),
        ({"modus": "steekproef", "nog_een": "ooit"}, "Dit is geen dag."),
    ],
)
def test_says_what_is_wrong(client: Client, gegevens: dict, melding: str) -> None:
    response = client.post(URL, gegevens)

    assert melding in response.content.decode()
    assert not Uitvraag.objects.exists()


def test_looking_sets_nothing(client: Client) -> None:
    client.get(URL, {"modus": "nooit"})

    assert not Uitvraag.objects.exists()


def test_volunteer_sets_nothing(as_user: Any, db: None) -> None:
    assert as_user(factories.MedewerkerFactory()).post(URL, {"modus": "nooit"}).status_code == 404
    assert not Uitvraag.objects.exists()


@pytest.mark.parametrize(
    ("maandag", "woorden"),
    [
        (date(2026, 3, 2), "2 – 8 maart 2026"),
        (date(2026, 3, 30), "30 maart – 5 april 2026"),
        (date(2026, 12, 28), "28 december 2026 – 3 januari 2027"),
    ],
)
def test_a_week_in_words(maandag: date, woorden: str) -> None:
    assert week_in_words(maandag) == woorden
