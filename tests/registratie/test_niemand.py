"""A registered question is nobody's: the shape of the database says so."""

import logging
import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from balie.models import Infopunt, Kern, Medewerker
from doorverwijzing.models import Doorverwijzing
from registratie.models import Turfknop, VervallenVraag, Vraag, Wijziging
from sociale_kaart.models import Onderwerp, Organisatie
from tests import factories

TABELLEN = [model._meta.db_table for model in (Vraag, VervallenVraag, Wijziging)]
NASLAG = {Infopunt, Organisatie, Onderwerp, Kern, Turfknop}  # reference data, the same for everybody


def forward_links(model: Any) -> set[Any]:
    return {
        field.related_model
        for field in model._meta.get_fields(include_hidden=True)
        if field.is_relation and (field.many_to_one or field.one_to_one) and not field.auto_created
    }


def backward_links(model: Any) -> set[Any]:
    velden = model._meta.get_fields(include_hidden=True)
    return {field.related_model for field in velden if field.auto_created and field.related_model}


def test_question_leads_only_to_reference_data() -> None:
    """Follow every foreign key, as far as it goes: no person and no referral at the end of it."""
    bereikt: set[Any] = set()
    nieuw = forward_links(Vraag)
    while nieuw:
        bereikt |= nieuw
        nieuw = {doel for model in nieuw for doel in forward_links(model)} - bereikt

    assert bereikt == NASLAG
    assert not bereikt & {Medewerker, Doorverwijzing}


def test_only_the_trail_of_changes_points_at_a_question() -> None:
    """And that trail leads on to nobody: it has a role and a day."""
    assert backward_links(Vraag) == {Wijziging}
    assert backward_links(VervallenVraag) == set()
    assert backward_links(Wijziging) == set()
    assert forward_links(Wijziging) == {Vraag}


def test_columns_are_the_ones_we_know(db: None) -> None:
    """A new column here is a decision, not an accident: no user, address, session, or moment of saving."""
    with connection.cursor() as cursor:
        kolommen = {
            model: {kolom.name for kolom in connection.introspection.get_table_description(cursor, model)}
            for model in [Vraag._meta.db_table, VervallenVraag._meta.db_table, Wijziging._meta.db_table]
        }

    assert kolommen == {
        "registratie_vraag": {
            "id",
            "infopunt_id",
            "moment",
            "onderwerp_id",
            "leeftijdsgroep",
            "geslacht",
            "wijze",
            "organisatie_id",
            "herkomst",
            "onderliggend_id",
            "reden_niet",
            "opmerking",
            "turfknop_id",
        },
        "registratie_vervallenvraag": {"id"},
        "registratie_wijziging": {"id", "vraag_id", "dag", "rol", "veld", "van", "naar"},
    }


def test_nothing_counts_and_nothing_keeps_the_time_of_saving(db: None) -> None:
    """No sequence that could be laid beside a log, no default that writes down a moment. Triggers only tell the
    running totals of the reports what came and went, to the quarter (rapportage/migrations/0001_tellingen.py)."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT table_name, column_name FROM information_schema.columns
            WHERE table_name = ANY(%s)
            AND (column_default IS NOT NULL OR is_identity = 'YES' OR is_generated <> 'NEVER')
            """,
            [TABELLEN],
        )
        assert cursor.fetchall() == []
        cursor.execute(
            """
            SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
            WHERE c.relname = ANY(%s) AND NOT t.tgisinternal ORDER BY 1
            """,
            [TABELLEN],
        )
        tellers = ["mutatie_anders", "mutatie_eraf", "mutatie_erbij", "mutatie_leeg"]
        assert [naam for (naam,) in cursor.fetchall()] == tellers


def test_moments_lie_on_a_quarter_in_the_database_too(db: None) -> None:
    vraag = factories.VraagFactory()
    with connection.cursor() as cursor, pytest.raises(Exception, match="registratie_vraag_op_kwartier"):
        cursor.execute(
            "UPDATE registratie_vraag SET moment = moment + interval '1 minute' WHERE id = %s", [vraag.pk]
        )


@pytest.fixture
def work_of_a_day(vrijwilliger: Any, as_user: Any) -> tuple[Any, list[UUID]]:
    """Somebody logs a question, mends it, taps one, takes one back, and looks at the list."""
    infopunt = vrijwilliger.infopunten.get()
    onderwerp = factories.OnderwerpFactory()
    nu = timezone.localtime()
    gesteld, geturfd, weg = (uuid4() for _ in range(3))
    antwoorden = {
        "infopunt": infopunt.pk,
        "dag": nu.date().isoformat(),
        "tijd": f"{nu:%H:%M}",
        "onderwerp": onderwerp.pk,
        "leeftijdsgroep": "65-79",
        "geslacht": "man",
        "wijze": "samen_gedaan",
    }
    knop = factories.TurfknopFactory()
    client = as_user(vrijwilliger)
    client.post("/vragen/nieuw/", antwoorden | {"id": str(gesteld)}, follow=True)
    client.post(f"/vragen/{gesteld}/wijzigen/", antwoorden | {"geslacht": "vrouw"}, follow=True)
    for id in (geturfd, weg):
        client.post("/vragen/turven/", {"id": str(id), "infopunt": infopunt.pk, "knop": knop.pk}, follow=True)
    client.post(f"/vragen/{weg}/ongedaan/", {"terug": "turven"}, follow=True)
    client.get("/vragen/")
    assert {vraag.pk for vraag in Vraag.objects.all()} == {gesteld, geturfd}
    assert Wijziging.objects.count() == 1
    return client, [gesteld, geturfd, weg]


def test_ids_are_nowhere_but_in_the_books(work_of_a_day: tuple[Any, list[UUID]]) -> None:
    """Every row of every table, jobs and sessions included."""
    _, ids = work_of_a_day
    patroon = "|".join(f"{id}|{id.hex}" for id in ids)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        gevonden = set()
        for (tabel,) in cursor.fetchall():
            naam = connection.ops.quote_name(tabel)
            cursor.execute(f"SELECT count(*) FROM {naam} AS rij WHERE rij::text ~ %s", [patroon])
            if cursor.fetchone() != (0,):
                gevonden.add(tabel)

    assert gevonden == set(TABELLEN)


def test_session_remembers_no_question(work_of_a_day: tuple[Any, list[UUID]]) -> None:
    """What is in it is signed, not readable by the search above."""
    _, ids = work_of_a_day
    sessies = [str(sessie.get_decoded()) for sessie in Session.objects.all()]

    assert sessies
    assert not [id for id in ids for sessie in sessies if str(id) in sessie or id.hex in sessie]


def test_cookies_remember_no_question(work_of_a_day: tuple[Any, list[UUID]]) -> None:
    client, ids = work_of_a_day
    koekjes = " ".join(morsel.value for morsel in client.cookies.values())

    assert not [id for id in ids if str(id) in koekjes]


def test_log_names_no_question(caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest) -> None:
    """Of our own code; queries are logged only where somebody turns that on to look for a fault."""
    with caplog.at_level(logging.DEBUG):
        _, ids = request.getfixturevalue("work_of_a_day")

    regels = [r.getMessage() for r in caplog.records if not r.name.startswith("django.db")]
    assert not [regel for regel in regels for id in ids if re.search(f"{id}|{id.hex}", regel)]
