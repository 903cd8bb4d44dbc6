"""After a whole round with marked words: they are nowhere but on the pages that may show them."""

import logging
import os
import re
import shutil
import subprocess
import uuid
from base64 import b64decode

import pytest
from cryptography.fernet import Fernet
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from doorverwijzing import actions, tasks
from doorverwijzing.models import Contactgegevens, Doorverwijzing
from infopunt.database.cluster import default_cluster
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

MARKS = [
    "Zwaantje",
    "Merkteken",
    "0529551239",
    "0529 551239",
    "merkteken@voorbeeld.example",
    "paarse olifant",
]


def dump() -> str:
    """All of the database as pg_dump writes it, with its own programs or the machine's."""
    settings = connection.get_connection_params()
    program = shutil.which("pg_dump")
    if "DATABASE_URL" not in os.environ:
        program = str(default_cluster().program("pg_dump"))
    if program is None:
        pytest.skip("no pg_dump here; get it with: apt-get install postgresql-client")
    command = [program, "--inserts", "-d", settings["dbname"]]
    for option, key in (("-h", "host"), ("-p", "port"), ("-U", "user")):
        command += [option, str(settings[key])] if settings.get(key) else []
    environment = os.environ | {"PGPASSWORD": str(settings.get("password") or "")}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def unpacked() -> str:
    """What a dump shows only packed: sessions (compressed and signed) and the cache (base64 of a pickle)."""
    sessies = [str(sessie.get_decoded()) for sessie in Session.objects.all()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM infopunt_cache")
        cache = [str(b64decode(waarde)) for (waarde,) in cursor.fetchall()]
    return "\n".join([*sessies, *cache])


def traces(text: str) -> list[str]:
    """The marks in a text, also as the bytes that PostgreSQL writes in hexadecimal."""
    return [mark for mark in MARKS if mark in text or mark.encode().hex() in text]


@pytest.fixture
def log():
    """Everything anybody logs during set-up and test, at any level."""
    records = []
    handler = logging.Handler()
    handler.emit = records.append
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield records
    root.removeHandler(handler)
    root.setLevel(level)


def words(records):
    return "\n".join(logging.Formatter().format(record) for record in records)


@pytest.fixture
def journey(aanbod, vrijwilliger, as_user, log, settings, tmp_path):
    """A volunteer errs and then refers; mail goes out; a partner looks; a key is missing for a while; both try to
    write down what the privacy guard refuses."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    desk = as_user(vrijwilliger)
    data = {
        "id": str(uuid.uuid4()),
        "toestemming": "zelf_gelezen",
        "bereik": "telefoon",
        "naam": "Zwaantje Merkteken",
        "telefoon": "0529-55 12 3",
        "vraag": "Over een paarse olifant, merkteken@voorbeeld.example.",
    }
    url = f"/doorverwijzingen/nieuw/{aanbod.pk}/"
    assert desk.post(url, data).status_code == 422
    assert desk.post(url, data | {"telefoon": "0529-55 12 39"}).status_code == 302
    verwijzing = Doorverwijzing.objects.get()
    pagina = f"/doorverwijzingen/{verwijzing.pk}/"
    assert desk.post(f"{pagina}belnotitie/", {"tekst": "Bel 0529 551239"}).status_code == 422
    tasks.send_mail(doorverwijzing_id=str(verwijzing.pk))
    (mail,) = tmp_path.glob("*.log")
    (link,) = set(re.findall(r"/d/[\w-]+/", mail.read_text()))
    keys = settings.KLUIS_SLEUTELS
    settings.KLUIS_SLEUTELS = [Fernet.generate_key().decode()]
    broken = Client(raise_request_exception=False).get(link)
    settings.KLUIS_SLEUTELS = keys
    assert broken.status_code == 500
    assert "Zwaantje" in Client().get(link).content.decode()
    nee = {"antwoord": "niet_passend", "reden": "anders", "toelichting": "Mail merkteken@voorbeeld.example"}
    assert Client().post(link, nee).status_code == 422
    desk.get(f"{pagina}kaartje/")
    return {
        "verwijzing": verwijzing,
        "link": link,
        "mail": mail,
        "broken": broken.content.decode(),
        "log": log,
    }


def test_before_the_outcome_only_the_vault_knows(journey):
    assert Contactgegevens.objects.count() == 1
    assert traces(dump()) == []
    assert "_auth_user_id" in unpacked()
    assert traces(unpacked()) == []
    assert traces(journey["mail"].read_text()) == []
    assert traces(journey["broken"]) == []
    assert "geen sleutel past" in words(journey["log"])
    assert traces(words(journey["log"])) == []


def test_the_log_has_no_key_either(journey):
    """Django names the address of a page that failed; the partner's part of it is taken out."""
    log = words(journey["log"])
    assert "Internal Server Error: /d/.../" in log
    assert journey["link"].split("/")[2] not in log


def test_after_the_outcome_the_vault_is_empty_too(journey):
    verwijzing = journey["verwijzing"]
    Client().post(journey["link"], {"antwoord": "geholpen"})
    verwijzing.refresh_from_db()
    actions.erase_due(verwijzing.wissen_op)
    assert not Contactgegevens.objects.exists()
    text = dump()
    assert verwijzing.kenmerk in text  # the course stays
    assert "INSERT INTO public.doorverwijzing_contactgegevens" not in text
    assert traces(text + unpacked() + words(journey["log"])) == []


def test_passed_on_and_then_erased_leaves_nothing_either(journey):
    ander = factories.OrganisatieFactory(naam="Humanitas")
    door = {"antwoord": "niet_passend", "reden": "anders", "beter_bij": ander.pk, "akkoord": "on"}
    Client().post(journey["link"], door)
    vervolg = Doorverwijzing.objects.get(organisatie=ander)
    tasks.send_mail(doorverwijzing_id=str(vervolg.pk))
    assert Contactgegevens.objects.count() == 2
    assert traces(dump() + unpacked() + words(journey["log"])) == []
    Doorverwijzing.objects.update(verloopt_op="2026-01-01")
    assert actions.erase_due(timezone.now()) == 2
    assert "INSERT INTO public.doorverwijzing_contactgegevens" not in dump()


def test_the_marks_would_be_found(journey):
    """The search itself works: in plain words and in bytes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE verraad AS SELECT 'Zwaantje'::bytea AS bytes, 'paarse olifant' AS woorden"
        )
        try:
            assert traces(dump()) == ["Zwaantje", "paarse olifant"]
        finally:
            cursor.execute("DROP TABLE verraad")
