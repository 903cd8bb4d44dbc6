"""The file over several years: asked for, made by the worker, waiting for whoever asked."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from procrastinate.contrib.django.models import ProcrastinateJob

from rapportage import meerjaren, tasks, uitvoer
from rapportage.export import is_percentage
from rapportage.kwartalen import days_of, quarters
from rapportage.models import Uitvoer, UitvoerDeel
from rapportage.tabellen import Tabel
from tests import factories

URL = "/rapportage/meenemen/"
K1, K2 = date(2026, 1, 1), date(2026, 4, 1)
VANDAAG = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def vandaag(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda value=None: VANDAAG if value is None else value.date())


@pytest.fixture
def client(coordinator: Any, as_user: Any) -> Client:
    return as_user(coordinator)


@pytest.fixture
def vragen(infopunten: list) -> None:
    """Two quarters with enough people to show ages, few enough to hide some."""
    onderwerp = factories.OnderwerpFactory()
    for maand in (2, 5):
        for nummer, infopunt in enumerate(infopunten):
            for leeftijd, aantal in [("80+", 2 + nummer), ("65-79", 19), ("50-64", 22)]:
                for geslacht in ["vrouw", "man"]:
                    factories.VraagFactory.create_batch(
                        aantal,
                        infopunt=infopunt,
                        onderwerp=onderwerp,
                        leeftijdsgroep=leeftijd,
                        geslacht=geslacht,
                        moment=datetime(2026, maand, 16, 13, 15, tzinfo=UTC),
                    )
    factories.DoorverwijzingFactory(
        infopunt=infopunten[0], aangemaakt_op=datetime(2026, 2, 2, 10, 0, tzinfo=UTC)
    )


def ask(client: Client, eerste: date = K1, laatste: date = K2) -> Uitvoer:
    response = client.post(URL, {"eerste": str(eerste), "laatste": str(laatste)})
    assert response.status_code == 302, response.context["meerjarenform"].errors
    return Uitvoer.objects.get(pk=response.url.split("/")[-2])


def next_job() -> bool:
    """Do one job, as the worker would; whether there was one."""
    taak = ProcrastinateJob.objects.filter(status="todo", task_name=uitvoer.MAAK).order_by("pk").first()
    if taak is None:
        return False
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_events WHERE job_id = %s", [taak.pk])
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [taak.pk])
    tasks.make_uitvoer(**taak.args)
    return True


def work() -> None:
    for _ in range(50):
        if not next_job():
            return
    pytest.fail("the worker never comes to an end")


def page(client: Client, gevraagd: Uitvoer) -> str:
    return client.get(f"{URL}{gevraagd.pk}/").content.decode()


def rows_of(client: Client, gevraagd: Uitvoer) -> list[tuple]:
    response = client.get(f"{URL}{gevraagd.pk}/bestand/")
    assert response.status_code == 200
    return list(load_workbook(BytesIO(response.content))["Cijfers"].iter_rows(values_only=True))


def test_asked_for_made_and_taken_along(client: Client, infopunten: list, vragen: None) -> None:
    gevraagd = ask(client)
    assert "every 2s" in page(client, gevraagd)
    assert "We beginnen zo." in page(client, gevraagd)

    next_job()
    assert "1 van 2 kwartalen klaar." in page(client, gevraagd)
    work()

    pagina = page(client, gevraagd)
    assert "every 2s" not in pagina
    assert "Het bestand is klaar" in pagina
    assert rows_of(client, gevraagd)[0] == tuple(meerjaren.KOP)
    assert not UitvoerDeel.objects.exists()


def as_number(cel: Any) -> Any:
    if cel.waarde is None:
        return cel.tekst
    return cel.waarde / 100 if is_percentage(cel) else cel.waarde


def shown(client: Client, kwartaal: date, infopunt: str) -> Iterator[tuple]:
    """What the page of the reports shows for one quarter and desk; of the months those of the quarter."""
    dagen = days_of(kwartaal)
    query = f"periode=eigen&van={dagen.van}&tot={dagen.tot}&infopunt={infopunt}".removesuffix("&infopunt=")
    rapport = client.get(f"/rapportage/?{query}").context["rapport"]
    for tabel in rapport.tabellen:
        assert isinstance(tabel, Tabel)
        for rij in tabel.rijen[-3:] if tabel.naam == "Vragen per maand" else tabel.rijen:
            for kolom, cel in zip(tabel.kolommen, rij.cellen, strict=True):
                yield tabel.naam.split(", ")[0], rij.naam, kolom, as_number(cel)


def test_says_what_the_pages_say_and_nothing_more(client: Client, infopunten: list, vragen: None) -> None:
    """Every quarter and desk, cell by cell: so what a page hides is hidden here."""
    gevraagd = ask(client)
    work()
    verwacht = [
        (tabel, f"2026 kwartaal {nummer}", naam, rij, kolom, waarde)
        for nummer, kwartaal in enumerate([K1, K2], 1)
        for naam, pk in [("alle infopunten", ""), *((i.naam, str(i.pk)) for i in infopunten)]
        for tabel, rij, kolom, waarde in shown(client, kwartaal, pk)
    ]

    rijen = rows_of(client, gevraagd)[1:]
    assert rijen == verwacht
    assert "minder dan 5" in {rij[-1] for rij in rijen}
    assert {rij[3] for rij in rijen if rij[0] == "Vragen per maand"} == {
        *("januari 2026", "februari 2026", "maart 2026", "april 2026", "mei 2026", "juni 2026")
    }


def test_double_click_makes_one(client: Client, infopunten: list) -> None:
    assert ask(client) == ask(client)
    assert ProcrastinateJob.objects.filter(task_name=uitvoer.MAAK).count() == 1


def test_the_database_keeps_one_in_the_making(coordinator: Any) -> None:
    vast = {"gevraagd_door": coordinator, "eerste": K1, "laatste": K2, "totaal": 2}
    Uitvoer.objects.create(**vast)
    with pytest.raises(IntegrityError, match="een_tegelijk"), transaction.atomic():
        Uitvoer.objects.create(**vast)
    with pytest.raises(IntegrityError, match="bestand_als_klaar"), transaction.atomic():
        Uitvoer.objects.create(**vast, status="klaar")


def test_asking_again_later_makes_a_new_one(client: Client, infopunten: list) -> None:
    eerste = ask(client)
    work()
    assert ask(client) != eerste


def test_stops_at_once_and_stays_stopped(client: Client, infopunten: list) -> None:
    gevraagd = ask(client)
    next_job()
    response = client.post(f"{URL}{gevraagd.pk}/stoppen/")
    work()

    assert response.url == f"{URL}{gevraagd.pk}/"
    gevraagd.refresh_from_db()
    assert (gevraagd.status, gevraagd.inhoud, gevraagd.delen.count()) == ("gestopt", None, 0)
    assert "Gestopt." in page(client, gevraagd)
    assert client.get(f"{URL}{gevraagd.pk}/bestand/").status_code == 404


def test_stopped_while_a_quarter_is_made(client: Client, infopunten: list, monkeypatch: Any) -> None:
    """The worker is halfway a quarter when somebody stops it: that quarter is not kept and nothing follows."""
    gevraagd = ask(client)
    rows = meerjaren.rows

    def stop_first(*args: Any) -> Any:
        client.post(f"{URL}{gevraagd.pk}/stoppen/")
        return rows(*args)

    monkeypatch.setattr(meerjaren, "rows", stop_first)
    work()

    gevraagd.refresh_from_db()
    assert (gevraagd.status, UitvoerDeel.objects.count()) == ("gestopt", 0)


def test_stopping_what_is_there_keeps_it(client: Client, infopunten: list) -> None:
    gevraagd = ask(client, K1, K1)
    work()
    client.post(f"{URL}{gevraagd.pk}/stoppen/")

    assert client.get(f"{URL}{gevraagd.pk}/bestand/").status_code == 200


def test_what_goes_wrong_is_said_with_a_way_on(client: Client, infopunten: list, monkeypatch: Any) -> None:
    def broken(*args: Any) -> Any:
        raise RuntimeError("kapot")

    gevraagd = ask(client)
    monkeypatch.setattr(meerjaren, "rows", broken)
    work()

    pagina = page(client, gevraagd)
    assert "Het is niet gelukt." in pagina
    assert "every 2s" not in pagina
    assert "kapot" not in pagina
    monkeypatch.undo()
    opnieuw = client.post(URL, {"eerste": "2026-01-01", "laatste": "2026-04-01"})
    assert opnieuw.url != f"{URL}{gevraagd.pk}/"


def let_it_lie(gevraagd: Uitvoer) -> None:
    """The worker died: its job is gone, and nobody has worked on the file for a while."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_events")
        cursor.execute("DELETE FROM procrastinate_jobs")
    Uitvoer.objects.filter(pk=gevraagd.pk).update(gemeld_op=timezone.now() - timedelta(minutes=6))


def test_goes_on_where_a_dead_worker_stopped(client: Client, infopunten: list, vragen: None) -> None:
    gevraagd = ask(client)
    next_job()
    let_it_lie(gevraagd)
    assert "Het ligt even stil." in page(client, gevraagd)

    tasks.pick_up(0)
    assert UitvoerDeel.objects.get().kwartaal == K1
    work()

    gevraagd.refresh_from_db()
    assert (gevraagd.status, gevraagd.gedaan) == ("klaar", 2)
    assert len(rows_of(client, gevraagd)) == len(set(rows_of(client, gevraagd)))


def test_what_is_being_made_is_left_alone(client: Client, infopunten: list) -> None:
    ask(client)
    tasks.pick_up(0)

    assert ProcrastinateJob.objects.filter(task_name=uitvoer.MAAK).count() == 1


def test_never_busy_for_ever(client: Client, infopunten: list) -> None:
    gevraagd = ask(client)
    for _ in range(uitvoer.HOOGSTENS_OPNIEUW + 1):
        let_it_lie(gevraagd)
        tasks.pick_up(0)

    gevraagd.refresh_from_db()
    assert gevraagd.status == "mislukt"
    assert "een paar keer gestopt" in page(client, gevraagd)
    assert not ProcrastinateJob.objects.filter(task_name=uitvoer.MAAK).exists()


def test_two_workers_on_one_file_do_no_harm(client: Client, infopunten: list, vragen: None) -> None:
    gevraagd = ask(client)
    uitvoer._queue(gevraagd)
    work()

    assert len(rows_of(client, gevraagd)) == len(set(rows_of(client, gevraagd)))


@pytest.mark.parametrize("wat", ["", "bestand/", "stoppen/"])
def test_only_for_who_asked(client: Client, as_user: Any, infopunten: list, wat: str) -> None:
    gevraagd = ask(client, K1, K1)
    work()
    ander = as_user(factories.MedewerkerFactory(rol="coordinator"))
    doe = "post" if wat == "stoppen/" else "get"

    assert getattr(ander, doe)(f"{URL}{gevraagd.pk}/{wat}").status_code == 404
    assert getattr(client, doe)(f"{URL}{uuid4()}/{wat}").status_code == 404
    assert str(gevraagd.pk) not in ander.get(URL).content.decode()
    assert str(gevraagd.pk) in client.get(URL).content.decode()


def test_who_may_no_longer_see_figures_gets_none(client: Client, coordinator: Any, infopunten: list) -> None:
    gevraagd = ask(client)
    coordinator.rol = "vrijwilliger"
    coordinator.save()
    work()

    gevraagd.refresh_from_db()
    assert (gevraagd.status, gevraagd.inhoud) == ("mislukt", None)
    assert client.get(f"{URL}{gevraagd.pk}/").status_code == 404


def test_gone_after_a_week(client: Client, infopunten: list) -> None:
    gevraagd, nieuw = ask(client, K1, K1), ask(client, K2, K2)
    work()
    Uitvoer.objects.filter(pk=gevraagd.pk).update(gemaakt_op=timezone.now() - timedelta(days=7, minutes=1))

    assert client.get(f"{URL}{gevraagd.pk}/bestand/").status_code == 404
    tasks.clean_up(0)
    assert Uitvoer.objects.get() == nieuw


@pytest.mark.parametrize(
    ("eerste", "laatste", "melding"),
    [
        ("2026-04-01", "2026-01-01", "Het laatste kwartaal ligt voor het eerste."),
        ("2021-01-01", "2026-07-01", "Kies hoogstens 5 jaar."),
        ("2026-10-01", "2026-10-01", "Dit kwartaal kan niet."),  # not over yet
        ("2026-01-02", "2026-04-01", "Dit kwartaal kan niet."),
        ("gisteren", "", "Dit kwartaal kan niet."),
    ],
)
def test_says_what_is_wrong_with_a_choice(
    client: Client, infopunten: list, eerste: str, laatste: str, melding: str
) -> None:
    response = client.post(URL, {"eerste": eerste, "laatste": laatste})

    assert response.status_code == 200
    assert melding in response.content.decode()
    assert not Uitvoer.objects.exists()


@pytest.mark.parametrize(
    ("vandaag", "laatste"),
    [
        (date(2026, 10, 14), date(2026, 4, 1)),  # until then somebody may write down a question of September
        (date(2026, 10, 15), date(2026, 7, 1)),
        (date(2027, 1, 1), date(2026, 7, 1)),
    ],
)
def test_only_quarters_that_nothing_is_added_to(vandaag: date, laatste: date) -> None:
    assert meerjaren.last_finished(vandaag) == laatste


def test_five_years_are_twenty_quarters() -> None:
    kwartalen = quarters(date(2021, 10, 1), date(2026, 7, 1))

    assert len(kwartalen) == meerjaren.HOOGSTENS_KWARTALEN
    assert (kwartalen[0], kwartalen[1], kwartalen[-1]) == (
        *(date(2021, 10, 1), date(2022, 1, 1)),
        date(2026, 7, 1),
    )


def test_page_with_all_ways_out(client: Client, infopunten: list) -> None:
    pagina = client.get(f"{URL}?periode=vorig_kwartaal&infopunt={infopunten[0].pk}").content.decode()

    for soort in ("verslag", "excel", "csv"):
        assert f"/rapportage/{soort}/?periode=vorig_kwartaal&amp;infopunt={infopunten[0].pk}" in pagina


def test_page_with_a_wrong_choice_still_answers(client: Client, infopunten: list) -> None:
    pagina = client.get(f"{URL}?periode=ooit").content.decode()

    assert "Deze periode kennen we niet." in pagina
    assert "/rapportage/excel/" not in pagina
