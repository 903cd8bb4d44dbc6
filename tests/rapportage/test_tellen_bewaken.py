"""The command that verifies and mends, the jobs, the alarm, and what the totals cost."""

import logging
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from rapportage import tasks, tellingen
from rapportage.models import Maandstand, Mutatie
from rapportage.periode import Periode
from rapportage.tellen import Facet, Selectie, Telling, tel, tel_maanden, tel_uren
from registratie.models import to_quarter
from tests import factories

pytestmark = pytest.mark.django_db

MAART = Periode(date(2026, 3, 1), date(2026, 3, 31))


@pytest.fixture
def vraag():
    return factories.VraagFactory(infopunt__naam="Dalfsen", onderwerp__naam="Wonen")


def run(*args):
    uit = StringIO()
    call_command("tellingen", *args, stdout=uit, stderr=uit)
    return uit.getvalue()


def test_command_folds_verifies_and_makes_anew(vraag):
    assert run("--controleer") == "Tellingen: alles klopt.\n"
    assert run() == "Tellingen: 1 wijzigingen verwerkt.\n"
    assert run() == "Tellingen: 0 wijzigingen verwerkt.\n"
    # Five facets, for all topics and this one, all sources and this one.
    assert run("--opnieuw") == "Tellingen: opnieuw gemaakt, 20 regels.\n"
    assert run("--controleer") == "Tellingen: alles klopt.\n"


def test_a_wrong_total_is_told_and_mended(vraag):
    tellingen.verwerk()
    geteld = Maandstand.objects.get(facet="wijze", onderwerp=0, herkomst="direct")
    Maandstand.objects.filter(facet="wijze", onderwerp=0, herkomst="direct").update(
        lopend=[*geteld.lopend[:16], *(aantal + 4 for aantal in geteld.lopend[16:])]
    )
    uit = StringIO()
    with pytest.raises(CommandError, match="1 tellingen kloppen niet") as fout:
        call_command("tellingen", "--controleer", stderr=uit)
    assert fout.value.returncode == 1
    assert uit.getvalue() == (
        "17 maart 2026, infopunt Dalfsen, alle onderwerpen, direct, wijze ‘zelf_beantwoord’: "
        "er staat 4, dat moet 0 zijn.\n"
    )
    run("--opnieuw")
    assert run("--controleer") == "Tellingen: alles klopt.\n"


@pytest.mark.parametrize("wat", ["te veel", "te weinig", "mutatie weg"])
def test_every_kind_of_wrong_is_seen(vraag, wat):
    if wat != "mutatie weg":
        tellingen.verwerk()
    if wat == "te veel":
        Maandstand.objects.create(
            maand=date(2019, 2, 1), infopunt=7, onderwerp=0, herkomst="", facet="uur", waarde="0|9",
            lopend=[1] * 31,
        )  # fmt: skip
    elif wat == "te weinig":
        Maandstand.objects.filter(facet="uur", herkomst="", onderwerp=0).delete()
    else:
        Mutatie.objects.all().delete()
    fout, verschillen = tellingen.controleer()
    assert fout == len(verschillen) == {"te veel": 1, "te weinig": 1, "mutatie weg": 20}[wat]


def test_at_night_wrong_totals_are_mended_and_said_aloud(vraag, caplog):
    tellingen.verwerk()
    tasks.controleer(0)
    assert not caplog.records
    Maandstand.objects.all().delete()
    with caplog.at_level(logging.ERROR, "rapportage.tasks"):
        tasks.controleer(0)
    assert "20 tellingen klopten niet" in caplog.text
    assert tellingen.controleer() == (0, [])


def test_the_worker_adds_and_nothing_of_the_question_stays_behind(vraag):
    mutatie = Mutatie.objects.get()
    assert mutatie.sinds == to_quarter(mutatie.sinds)  # no exact time to tell who sat there
    tasks.verwerk(0)
    assert not Mutatie.objects.exists()
    vraag.delete()
    tasks.verwerk(0)
    assert not Maandstand.objects.exists()  # no rows of zeroes


def test_mutations_that_stay_are_an_alarm(vraag, client):
    assert client.get("/healthz").status_code == 200
    Mutatie.objects.update(sinds=timezone.now() - timedelta(minutes=31))
    response = client.get("/healthz")
    assert (response.status_code, response.json()["problemen"]) == (503, ["tellingen worden niet bijgewerkt"])
    tasks.verwerk(0)
    assert client.get("/healthz").status_code == 200


def test_each_answer_is_one_query(vraag, django_assert_num_queries):
    selectie = Selectie((vraag.infopunt_id,), (vraag.onderwerp_id,), ("direct", "papier"))
    with django_assert_num_queries(1):
        tel([MAART] * 3, selectie)
    with django_assert_num_queries(1):
        tel_maanden(date(2025, 3, 1), date(2026, 3, 31), selectie)
    with django_assert_num_queries(1):
        tel_uren(MAART, selectie.infopunten)


def test_nothing_asked_nothing_counted(vraag):
    omgekeerd = Periode(date(2026, 3, 31), date(2026, 3, 1))
    assert tel([], Selectie((vraag.infopunt_id,))) == []
    assert tel([omgekeerd, MAART], Selectie(())) == [Telling(), Telling()]
    assert tel_uren(omgekeerd, [vraag.infopunt_id]) == {}
    assert tel_maanden(omgekeerd.van, omgekeerd.tot, Selectie((vraag.infopunt_id,))) == {}


def test_overlapping_periods_each_count(vraag):
    dag = Periode(date(2026, 3, 16), date(2026, 3, 16))
    for _ in range(2):
        geteld = tel([MAART, dag, dag], Selectie((vraag.infopunt_id,)))
        assert [telling.totaal for telling in geteld] == [1, 1, 1]
        assert geteld[1].per(Facet.UUR) == {"0|14": 1}
        tellingen.verwerk()


def test_the_database_keeps_the_local_time_of_the_project():
    assert tellingen.ZONE == settings.TIME_ZONE
    laat = factories.VraagFactory(moment=datetime(2026, 6, 30, 21, 45, tzinfo=UTC))
    mutatie = Mutatie.objects.get()
    assert (mutatie.dag, mutatie.uur) == (date(2026, 6, 30), 23)
    assert mutatie.hoofd == laat.onderwerp_id


def test_questions_are_read_through_their_index():
    """The function that says what a question is to the totals must not hide the table from the planner."""
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN SELECT * FROM rapportage_vraagregels() WHERE moment > now()")
        plan = "\n".join(regel for (regel,) in cursor.fetchall())
    assert "registratie_vraag" in plan
    assert "Function Scan" not in plan
