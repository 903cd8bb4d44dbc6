"""The picture board: complete in every language, right to left for Arabic, and each picture is a topic."""

import json
import re

import pytest
from django.urls import reverse

from infopunt.iconen import icoon_svg
from registratie import praatplaat
from registratie.praatplaat import kaarten_for, taal_for
from sociale_kaart.demo import BESTAND as KAART
from tests import factories

URL = "/vragen/praatplaat/"
TALEN = {taal["code"]: taal for taal in praatplaat.inhoud()["talen"]}
KAARTEN = praatplaat.inhoud()["kaarten"]
SCHRIFT = {
    "ar": re.compile(r"[\u0600-\u06FF\s.؟]+"),
    "uk": re.compile(r"[А-ЯІЇЄҐа-яіїєґ’\s,.?]+"),
    "bg": re.compile(r"[А-Яа-я\s,.?]+"),
}


@pytest.fixture
def onderwerpen(db):
    namen = json.loads(KAART.read_text())["onderwerpen"]
    return {naam: factories.OnderwerpFactory(naam=naam.title(), extern_id=naam) for naam in namen}


@pytest.fixture
def balie(client, db):
    client.force_login(factories.MedewerkerFactory(infopunten=[factories.InfopuntFactory()]))
    return client


def words(code):
    """Everything the board says in a language."""
    taal = TALEN[code]
    return [taal["kop"], taal["wijs"], taal["sluiten"], *(kaart["woorden"][code] for kaart in KAARTEN)]


def test_languages():
    assert list(TALEN) == ["nl", "en", "pl", "tr", "ar", "uk", "bg"]
    assert {code for code, taal in TALEN.items() if taal["richting"] == "rtl"} == {"ar"}


@pytest.mark.parametrize("code", TALEN)
def test_says_everything_in_every_language(code):
    assert all(woord == woord.strip() and woord for woord in words(code))
    assert len(set(words(code))) == len(words(code))
    assert all(set(kaart["woorden"]) == set(TALEN) for kaart in KAARTEN)


@pytest.mark.parametrize("code", SCHRIFT)
def test_is_written_in_its_own_script(code):
    """A Latin letter in a Cyrillic word looks right and is read out wrong."""
    assert [woord for woord in words(code) if not SCHRIFT[code].fullmatch(woord)] == []


def test_twelve_domains_of_the_map_and_a_way_out():
    *domeinen, uitweg = [kaart["onderwerp"] for kaart in KAARTEN]

    assert len(set(domeinen)) == 12
    assert set(domeinen) <= set(json.loads(KAART.read_text())["onderwerpen"])
    assert uitweg is None


@pytest.mark.parametrize("kaart", KAARTEN, ids=lambda kaart: kaart["icoon"])
def test_pictures_exist(kaart):
    assert "<svg" in icoon_svg(kaart["icoon"], "")
    assert kaart["spot"] in {"geel", "groen", "roze", "blauw", "paars", "geen"}


@pytest.mark.parametrize("code", TALEN)
def test_page_is_marked_in_its_language(balie, onderwerpen, code):
    html = balie.get(URL, {"taal": code}).content.decode()

    assert f'<html lang="{code}" dir="{TALEN[code]["richting"]}">' in html
    assert TALEN[code]["kop"] in html
    assert re.findall(r'aria-current="true">([^<]+)', html) == [TALEN[code]["naam"]]
    for taal in TALEN.values():
        assert f'lang="{taal["code"]}" dir="{taal["richting"]}" hreflang="{taal["code"]}"' in html


def test_volunteer_reads_along_in_dutch(balie, onderwerpen):
    pools = balie.get(URL, {"taal": "pl"}).content.decode()
    nederlands = balie.get(URL).content.decode()

    assert '<span class="praatkaart__nl" lang="nl" dir="ltr">Geld en schulden</span>' in pools
    assert "praatkaart__nl" not in nederlands


@pytest.mark.parametrize("onzin", ["", "xx", "PL", "\x00", "a" * 10_000])
def test_unknown_language_is_dutch(onzin):
    assert taal_for(onzin)["code"] == "nl"


def test_what_they_point_at_becomes_the_topic(balie, onderwerpen):
    html = balie.get(URL, {"taal": "ar"}).content.decode()

    for kaart in KAARTEN[:-1]:
        adres = f"{reverse('registratie:nieuw')}?onderwerp={onderwerpen[kaart['onderwerp']].pk}"
        assert f'href="{adres}"' in html
        form = balie.get(adres).context["form"]
        assert str(form["onderwerp"].value()) == str(onderwerpen[kaart["onderwerp"]].pk)


def test_picture_without_topic_in_this_map_leads_to_the_empty_form(db):
    zonder_naam = factories.OnderwerpFactory()  # has no name in the source list either

    assert [kaart.onderwerp for kaart in kaarten_for("nl")] == [None] * len(KAARTEN)
    assert zonder_naam.extern_id is None


def test_number_of_queries_does_not_grow(balie, onderwerpen, count_queries):
    balie.get(URL)
    weinig = count_queries(lambda: balie.get(URL, {"taal": "tr"}))
    factories.OnderwerpFactory.create_batch(20)

    assert count_queries(lambda: balie.get(URL, {"taal": "tr"})) == weinig
    assert weinig <= 6
