"""The privacy guard on the page, in a form field and as a command."""

import json
import logging
from io import StringIO

import pytest
from django import forms
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import reverse

from infopunt.velden import PrivacyVeld
from registratie import privacy_kaart
from registratie.models import Vraag
from sociale_kaart.invoer.kaart import importeer
from sociale_kaart.invoer.kaartbestand import lees_kaart
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_map():
    privacy_kaart.vergeet()
    yield
    privacy_kaart.vergeet()


@pytest.fixture
def desk(client):
    client.force_login(factories.MedewerkerFactory(rol="vrijwilliger"))
    return client


class Formulier(forms.Form):
    opmerking = PrivacyVeld(required=False, max_length=300)


def test_field_refuses_names_what_it_found_and_keeps_what_was_typed():
    form = Formulier({"opmerking": "bel 06-48151623"})
    assert not form.is_valid()
    assert form.errors.as_data()["opmerking"][0].code == "privacy"
    assert "06-48151623" in form.errors["opmerking"][0]
    assert form["opmerking"].value() == "bel 06-48151623"


def test_field_lets_ordinary_text_through():
    form = Formulier({"opmerking": " printer kapot "})
    assert form.is_valid()
    assert form.cleaned_data["opmerking"] == "printer kapot"


def test_page_marks_what_it_found_and_stores_and_logs_nothing(desk, caplog):
    with caplog.at_level(logging.DEBUG):
        answer = desk.post(reverse("registratie:privacy"), {"opmerking": "bel <b> 06-48151623"})
    html = answer.content.decode()
    assert "<mark>06-48151623</mark>" in html
    assert 'data-begin="8" data-eind="19"' in html
    assert "no-store" in answer["Cache-Control"]
    assert "06-48151623" not in caplog.text
    assert not Vraag.objects.exists()


def test_page_is_empty_when_all_is_well(desk):
    answer = desk.post(reverse("registratie:privacy"), {"opmerking": "printer kapot"})
    assert (answer.status_code, answer.content) == (200, b"")
    assert desk.post(reverse("registratie:privacy")).content == b""


def test_page_reads_the_field_that_asks(desk):
    data = {"opmerking": "printer", "toelichting": "mevr. Jansen"}
    answer = desk.post(reverse("registratie:privacy"), data, headers={"HX-Trigger-Name": "toelichting"})
    assert "<mark>Jansen</mark>" in answer.content.decode()


def test_page_takes_posts_only(desk):
    assert desk.get(reverse("registratie:privacy")).status_code == 405


def privacycheck(path):
    out = StringIO()
    call_command("privacycheck", str(path), stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_command_gives_a_verdict_per_line(tmp_path):
    path = tmp_path / "teksten.jsonl"
    path.write_text('{"id": "a", "text": "bel fatima terug"}\n\n{"id": 2, "text": "printer\\u2028kapot"}\n')
    assert privacycheck(path) == [{"id": "a", "flagged": True}, {"id": 2, "flagged": False}]


@pytest.mark.parametrize("line", ["geen json", '{"id": 1}', '{"id": 1, "text": 3}', "[1]"])
def test_command_says_which_line_is_wrong(tmp_path, line):
    path = tmp_path / "teksten.jsonl"
    path.write_text(line)
    with pytest.raises(CommandError, match="Regel 1"):
        privacycheck(path)


def test_command_says_that_a_file_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="kan ik niet lezen"):
        privacycheck(tmp_path / "weg.jsonl")


def test_map_comes_from_the_database_and_is_kept_for_a_while(
    django_assert_num_queries, django_assert_max_num_queries
):
    aanbod = factories.AanbodFactory(telefoon="0529-112233", organisatie__naam="Stichting Fleur Veldman")
    with django_assert_max_num_queries(6):
        kaart = privacy_kaart.kaartwoorden()
    assert "0529112233" in kaart.nummers
    assert ("stichting", "fleur", "veldman") in kaart.zinnen["stichting"]
    with django_assert_num_queries(0):
        privacy_kaart.kaartwoorden()
    aanbod.telefoon = "0529-445566"
    aanbod.save()
    privacy_kaart.vergeet()
    assert "0529445566" in privacy_kaart.kaartwoorden().nummers


def test_without_a_map_the_example_counts():
    assert privacy_kaart.kaartwoorden() is privacy_kaart.uit_voorbeeld()


def test_the_example_map_gives_the_same_from_the_database_as_from_its_file():
    bestand = settings.BASE_DIR / privacy_kaart.VOORBEELDKAART
    importeer(lees_kaart(bestand.read_bytes()))
    kaart, voorbeeld = privacy_kaart.uit_database(), privacy_kaart.uit_voorbeeld()
    assert kaart is not None
    for veld in ("zinnen", "losse", "plaatsen", "nummers", "mail"):
        uit_database, uit_bestand = getattr(kaart, veld), getattr(voorbeeld, veld)
        assert set(uit_bestand) <= set(uit_database), veld
