"""Several at once: nothing is lost, nothing counts twice, and what is read in between is right."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection, transaction

from rapportage import tellingen
from rapportage.models import Maandstand, Mutatie
from rapportage.periode import Periode
from rapportage.tellen import Facet, Selectie, tel
from registratie.models import Vraag
from sociale_kaart.models import Onderwerp
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

MAART = Periode(date(2026, 3, 1), date(2026, 3, 31))


@pytest.fixture
def eerste(db: None) -> Any:
    """The first question; the desk and the topic are those of all others."""
    return factories.VraagFactory(onderwerp__ouder=factories.OnderwerpFactory())


@pytest.fixture
def elders() -> Iterator[Callable[..., Future]]:
    """`elders(step)` runs it beside the test, on a connection of its own."""
    with ThreadPoolExecutor(4) as pool:

        def run(step: Callable[[], Any]) -> Any:
            try:
                return step()
            finally:
                connection.close()

        yield lambda step: pool.submit(run, step)


@contextmanager
def open_transaction(elders: Callable[..., Future], step: Callable[[], Any]) -> Iterator[None]:
    """Within, somebody else has done this and not committed yet."""
    gedaan, mag_klaar = threading.Event(), threading.Event()

    def doe() -> None:
        with transaction.atomic():
            step()
            gedaan.set()
            assert mag_klaar.wait(20)

    klaar = elders(doe)
    try:
        assert gedaan.wait(20)
        yield
    finally:
        mag_klaar.set()
        klaar.result(20)


def nog_een(eerste: Any) -> None:
    factories.VraagFactory(infopunt=eerste.infopunt, onderwerp=eerste.onderwerp)


def totaal(eerste: Any, onderwerp: int = 0) -> int:
    [telling] = tel([MAART], Selectie((eerste.infopunt_id,), (onderwerp,) if onderwerp else ()))
    return telling.totaal


def is_waiting() -> bool:
    """Whether somebody waits for a lock of another."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0] > 0


def test_folding_passes_by_what_is_not_committed(eerste, elders):
    with open_transaction(elders, lambda: nog_een(eerste)):
        assert tellingen.verwerk() == 1
        assert totaal(eerste) == 1
        assert tellingen.controleer() == (0, [])
    assert totaal(eerste) == 2
    assert tellingen.verwerk() == 1
    assert totaal(eerste) == 2
    assert tellingen.controleer() == (0, [])


def test_making_anew_passes_by_what_is_not_committed(eerste, elders):
    with open_transaction(elders, lambda: nog_een(eerste)):
        tellingen.maak_opnieuw()
        assert totaal(eerste) == 1
    assert totaal(eerste) == 2
    assert Mutatie.objects.count() == 1
    assert tellingen.controleer() == (0, [])


def test_writing_waits_for_no_one_who_folds(eerste, elders):
    """While a worker is halfway, a desk writes and a reader reads; another worker leaves it to the first."""
    with open_transaction(elders, tellingen.verwerk):
        nog_een(eerste)
        assert totaal(eerste) == 2
        assert tellingen.verwerk() == 0
        assert not is_waiting()
    assert totaal(eerste) == 2
    assert tellingen.verwerk() == 1
    assert tellingen.controleer() == (0, [])


@pytest.mark.parametrize("eerst", ["vraag", "verhuizing"])
def test_a_topic_moves_while_somebody_writes_about_it(eerste, elders, eerst):
    """Whoever comes second waits, and sees what the first did."""
    ander = factories.OnderwerpFactory()
    stappen = {
        "vraag": lambda: nog_een(eerste),
        "verhuizing": lambda: Onderwerp.objects.filter(pk=eerste.onderwerp_id).update(ouder=ander),
    }
    een = stappen.pop(eerst)
    [twee] = stappen.values()
    with open_transaction(elders, een):
        tweede = elders(twee)
        for _ in range(200):
            if is_waiting():
                break
            threading.Event().wait(0.02)
        assert is_waiting()
    tweede.result(20)
    assert totaal(eerste, ander.pk) == 2
    assert totaal(eerste, eerste.onderwerp.ouder_id) == 0
    assert tellingen.controleer() == (0, [])


def test_all_at_once(eerste, elders):
    """Two desks write and take back, two workers fold, and every reader sees one moment."""
    schrijvers = [elders(lambda: [write_and_undo(eerste) for _ in range(12)]) for _ in range(2)]
    werkers = [elders(lambda: [tellingen.verwerk() for _ in range(25)]) for _ in range(2)]
    while not all(klaar.done() for klaar in [*schrijvers, *werkers]):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            assert totaal(eerste) == Vraag.objects.count()
        assert tellingen.controleer() == (0, [])
    for klaar in [*schrijvers, *werkers]:
        klaar.result()
    assert totaal(eerste) == 1 + 2 * 12 == Vraag.objects.count()
    tellingen.verwerk()
    assert not Mutatie.objects.exists()
    assert totaal(eerste) == 1 + 2 * 12
    assert tellingen.controleer() == (0, [])


def write_and_undo(eerste: Any) -> None:
    nog_een(eerste)
    with transaction.atomic():
        nog_een(eerste)
        Vraag.objects.exclude(pk=eerste.pk).order_by("pk").select_for_update(
            skip_locked=True
        ).first().delete()


def test_emptied_at_once(eerste):
    tellingen.verwerk()
    nog_een(eerste)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE registratie_vraag CASCADE")
    assert not Mutatie.objects.exists()
    assert not Maandstand.objects.exists()
    assert totaal(eerste) == 0


def test_questions_from_before_the_totals_count_at_once(eerste):
    """Going back to before the migration and forward again."""
    from django.core.management import call_command

    vroeg = factories.VraagFactory(
        infopunt=eerste.infopunt, moment=datetime(2026, 3, 31, 21, 45, tzinfo=UTC), wijze="niet_geholpen"
    )
    try:
        call_command("migrate", "rapportage", "zero", verbosity=0)
        nog_een(eerste)
    finally:
        call_command("migrate", verbosity=0)
    assert totaal(eerste) == 3
    assert tellingen.verwerk() == 3
    [telling] = tel([MAART], Selectie((vroeg.infopunt_id,)))
    assert telling.per(Facet.REDEN) == {"": 1}
    assert tellingen.controleer() == (0, [])
