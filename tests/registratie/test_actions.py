"""Each question counts once, whatever happens at the same time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from registratie.actions import AndereVraag, register_vraag, undo_vraag
from registratie.models import VervallenVraag, Vraag, to_quarter
from tests import factories

MOMENT = datetime(2026, 3, 17, 13, 22, 41, tzinfo=UTC)


@pytest.fixture
def antwoorden(db: None) -> dict[str, Any]:
    return {
        "moment": MOMENT,
        "infopunt": factories.InfopuntFactory(),
        "onderwerp": factories.OnderwerpFactory(),
        "leeftijdsgroep": "80+",
        "geslacht": "vrouw",
        "wijze": "komt_terug",
        "organisatie": None,
    }


def in_parallel(aantal: int, call: Any) -> list[Any]:
    """Run the call in as many threads, all starting at once, each with a connection of its own."""
    start = Barrier(aantal)

    def run(nummer: int) -> Any:
        start.wait()
        try:
            return call(nummer)
        finally:
            connection.close()

    with ThreadPoolExecutor(aantal) as pool:
        return list(pool.map(run, range(aantal)))


@pytest.mark.django_db(transaction=True)
def test_sent_at_once_counts_once(antwoorden: dict) -> None:
    id = uuid4()

    gevonden = in_parallel(6, lambda _: register_vraag(id=id, **antwoorden))

    assert [vraag.pk for vraag in gevonden] == [id] * 6
    assert Vraag.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_undo_wins_from_copies_under_way(antwoorden: dict) -> None:
    id = uuid4()
    register_vraag(id=id, **antwoorden)

    in_parallel(6, lambda nummer: undo_vraag(id=id) if nummer == 3 else register_vraag(id=id, **antwoorden))

    assert not Vraag.objects.exists()
    assert VervallenVraag.objects.filter(pk=id).exists()


def test_undone_stays_undone(antwoorden: dict) -> None:
    id = uuid4()
    undo_vraag(id=id)  # the undo overtook the question itself

    assert register_vraag(id=id, **antwoorden) is None
    assert not Vraag.objects.exists()


def test_resend_a_quarter_later_is_the_same_question(antwoorden: dict) -> None:
    id = uuid4()
    eerste = register_vraag(id=id, **antwoorden)

    tweede = register_vraag(id=id, **{**antwoorden, "moment": MOMENT + timedelta(minutes=20)})

    assert tweede == eerste
    assert Vraag.objects.get().moment == to_quarter(MOMENT)


def test_other_answers_under_the_same_id_are_refused(antwoorden: dict) -> None:
    id = uuid4()
    register_vraag(id=id, **antwoorden)

    with pytest.raises(AndereVraag):
        register_vraag(id=id, **{**antwoorden, "geslacht": "man"})


@pytest.mark.parametrize(
    "id", ["c232ab00-9414-11ec-b3c8-9f6bdeced846", "018f4a3e-7b1c-7def-8a2b-1c2d3e4f5a6b", "0" * 32]
)
def test_id_that_may_carry_a_time_is_refused(antwoorden: dict, id: str) -> None:
    with pytest.raises(ValueError, match="version 4"):
        register_vraag(id=UUID(id), **antwoorden)

    assert not Vraag.objects.exists()


@given(st.datetimes(datetime(2018, 9, 1), datetime(2040, 1, 1), timezones=st.timezones()))  # noqa: DTZ001
def test_quarter_is_at_or_before_the_moment(moment: datetime) -> None:
    moment = moment.astimezone(UTC)

    kwartier = to_quarter(moment)

    assert kwartier.timestamp() % 900 == 0
    assert timedelta(0) <= moment - kwartier < timedelta(minutes=15)
