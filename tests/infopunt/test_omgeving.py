"""Settings: every wrong value is one line that says how to mend it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from infopunt.omgeving import Instelfout, Omgeving, contrast

ROOT = Path(__file__).resolve().parents[2]

READERS = {
    "ja_nee": lambda env: env.ja_nee("X", False),
    "getal": lambda env: env.getal("X", 5, minimum=1, maximum=9),
    "keuze": lambda env: env.keuze("X", ["INFO", "ERROR"], "INFO"),
    "kleur": lambda env: env.kleur("X", tekst="#FFFFFF"),
    "accent": lambda env: env.kleur("X", tekst="#33132E"),
    "adres": lambda env: env.adres("X"),
    "database": lambda env: env.database("X"),
    "mailserver": lambda env: env.mailserver("X"),
    "mailadres": lambda env: env.mailadres("X"),
    "postbus": lambda env: env.postbus("X"),
    "sleutels": lambda env: env.fernet_sleutels("X"),
}
GOOD = [
    ("ja_nee", "ja", True),
    ("ja_nee", "0", False),
    ("ja_nee", None, False),
    ("getal", "9", 9),
    ("getal", None, 5),
    ("keuze", "error", "ERROR"),
    ("keuze", None, "INFO"),
    ("kleur", "#1B5234", "#1B5234"),
    ("kleur", None, ""),
    ("accent", "#f6bc45", "#f6bc45"),
    ("adres", "https://infopunt.example/", "https://infopunt.example"),
    ("database", None, None),
    ("mailadres", None, ""),
    ("mailadres", "retour@bibliotheek.example", "retour@bibliotheek.example"),
    ("postbus", None, {}),
    (
        "postbus",
        "imaps://retour%40bieb:p%2Fw@mail.example/Infopunt",
        {
            "soort": "imaps",
            "host": "mail.example",
            "poort": "993",
            "naam": "retour@bieb",
            "wachtwoord": "p/w",
            "map": "Infopunt",
        },
    ),
]
BAD = [
    ("ja_nee", "misschien"),
    ("getal", "tien"),
    ("getal", "0"),
    ("getal", "10"),
    ("getal", "-1"),
    ("getal", "٣"),
    ("keuze", "luid"),
    ("kleur", "paars"),
    ("kleur", "#12345"),
    ("kleur", "#f6bc45"),
    ("accent", "#4a2142"),
    ("adres", "infopunt.example"),
    ("adres", "https://infopunt.example/pad"),
    ("adres", "https://[x"),
    ("database", "mysql://a/b"),
    ("database", "postgresql://server"),
    ("database", "onzin"),
    ("mailserver", "mail.example"),
    ("mailserver", "smtp://"),
    ("mailserver", "smtp://mail.example:abc"),
    ("mailserver", "smtp://[x"),
    ("mailadres", "retour"),
    ("postbus", "mail.example"),
    ("postbus", "imaps://mail.example"),
    ("postbus", "pop3://retour:geheim@mail.example"),
    ("postbus", "imaps://[x"),
    ("mailserver", "smtp://mail.example?tls=ja"),
    ("sleutels", "te-kort"),
    ("sleutels", "é" * 44),
]
MISSING = ["adres", "mailserver", "sleutels"]


def read(reader, waarde):
    env = Omgeving({} if waarde is None else {"X": waarde})
    return env, READERS[reader](env)


@pytest.mark.parametrize(("reader", "waarde", "verwacht"), GOOD)
def test_good_values(reader, waarde, verwacht):
    env, gelezen = read(reader, waarde)
    assert gelezen == verwacht
    env.controleer()


@pytest.mark.parametrize(("reader", "waarde"), [*BAD, *((reader, None) for reader in MISSING)])
def test_a_wrong_value_is_one_line(reader, waarde):
    env, _ = read(reader, waarde)
    assert len(env.fouten) == 1
    assert env.fouten[0].startswith("X: ")
    assert "\n" not in env.fouten[0]
    with pytest.raises(Instelfout):
        env.controleer()


def test_a_key_is_never_repeated_in_a_message():
    env, _ = read("sleutels", "bijna-een-sleutel")
    assert "bijna" not in env.fouten[0]


@pytest.mark.parametrize(
    ("een", "ander", "verhouding"),
    [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#123456", "#123456", 1)],
)
def test_contrast_is_what_wcag_says(een, ander, verhouding):
    assert round(contrast(een, ander), 2) == verhouding == round(contrast(ander, een), 2)


def test_database_address():
    env, database = read("database", "postgresql://jan:p%40s@db.example:5433/infopunt?sslmode=require")
    env.controleer()
    assert database == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "infopunt",
        "USER": "jan",
        "PASSWORD": "p@s",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


def test_mail_address():
    env, mail = read("mailserver", "smtp+tls://jan:p%40s@mail.example")
    env.controleer()
    assert (mail["EMAIL_HOST"], mail["EMAIL_PORT"], mail["EMAIL_USE_TLS"], mail["EMAIL_USE_SSL"]) == (
        "mail.example",
        587,
        True,
        False,
    )
    assert mail["EMAIL_HOST_PASSWORD"] == "p@s"


def check(**variables):
    """Run `manage.py check` with only these variables."""
    clean = {"PATH": os.environ["PATH"]}
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=clean | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_outside_the_demo_secrets_have_no_default():
    result = check()
    lines = result.stderr.splitlines()
    assert result.returncode == 1
    assert {line.split(":")[0] for line in lines} == {
        "INFOPUNT_SECRET_KEY",
        "INFOPUNT_KLUIS_SLEUTELS",
        "INFOPUNT_HOSTS",
        "INFOPUNT_ADRES",
        "INFOPUNT_AFZENDER",
        "EMAIL_URL",
    }


def test_the_demo_needs_nothing():
    assert check(INFOPUNT_DEMO="1").returncode == 0


@pytest.mark.parametrize("hosts", ["infopunt.example", "localhost,infopunt.example", "*", "0.0.0.0"])
def test_the_demo_stays_on_this_computer(hosts):
    result = check(INFOPUNT_DEMO="1", INFOPUNT_HOSTS=hosts)
    assert result.returncode == 1
    assert "de demo draait alleen op deze computer" in result.stderr


def test_the_service_can_have_another_name_and_colours(tmp_path):
    """A whole page in the clothes of a Wijkwinkel."""
    script = (
        "import django; django.setup(); from django.test import Client;"
        "c = Client(headers={'host': 'localhost'});"
        "print(c.get('/account/inloggen/').content.decode(), c.get('/huisstijl.css').content.decode())"
    )
    result = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "INFOPUNT_DEMO": "1",
            "INFOPUNT_VAR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "infopunt.settings",
            "INFOPUNT_NAAM": "Wijkwinkel",
            "INFOPUNT_ORGANISATIE": "Bibliotheek Deventer",
            "INFOPUNT_KLEUR": "#1B5234",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Wijkwinkel" in result.stdout
    assert "Bibliotheek Deventer" in result.stdout
    assert 'href="/huisstijl.css"' in result.stdout
    assert "--pruim: #1B5234;" in result.stdout
