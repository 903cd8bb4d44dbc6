"""Searching in a real browser: while typing, with the keyboard, back again, and without JavaScript."""

import re
from datetime import time
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from sociale_kaart.indexeren import index_aanbod
from sociale_kaart.models import Aanbod
from tests import factories
from tests.browser.conftest import WIDTHS


@pytest.fixture
def kaart(db: None) -> dict[str, Any]:
    """A desk with help for rent, free and not."""
    infopunt = factories.InfopuntFactory()
    factories.MedewerkerFactory(username="joke", infopunten=[infopunt])
    wonen = factories.OnderwerpFactory(naam="Wonen", icoon="house")
    nu_open = {"weekdagen": list(range(7)), "van": time(0), "tot": time(0)}
    for naam, kosten in (("Huurhulp", "gratis"), ("Huuradvies", "€ 5"), ("Taalcafé", "gratis")):
        aanbod = factories.AanbodFactory(naam=naam, kosten=kosten, bereik="regio", onderwerpen=[wonen])
        factories.AanbodContactFactory(aanbod=aanbod)
        factories.OpeningstijdFactory(aanbod=aanbod, **nu_open)
    index_aanbod(Aanbod.objects.all())
    return {"aanbod": aanbod, "wonen": wonen}


def test_results_come_while_typing_and_the_cursor_stays(kaart, people, log_in):
    page = people()
    log_in(page, "joke")
    page.goto("/kaart/")
    zoekvak, aantal = page.get_by_role("searchbox"), page.locator("#aantal")
    expect(zoekvak).to_be_focused()
    page.keyboard.type("huur")
    expect(aantal).to_have_text("2 gevonden")
    expect(zoekvak).to_be_focused()
    expect(page).to_have_url(re.compile(r"/kaart/\?q=huur$"))
    page.get_by_label("Gratis").check()
    expect(aantal).to_have_text("1 gevonden")
    expect(page).to_have_url(re.compile(r"\?q=huur&gratis=on$"))
    zoekvak.fill("trouwjurk")
    expect(page.get_by_role("heading", name="Niets gevonden")).to_be_visible()
    expect(aantal).to_have_text("0 gevonden")


def test_back_shows_the_question_that_belongs_to_the_results(kaart, people, log_in):
    page = people()
    log_in(page, "joke")
    page.goto("/kaart/")
    for woord in ("huur", "taal"):
        page.get_by_role("searchbox").fill(woord)
        expect(page).to_have_url(re.compile(rf"q={woord}$"))
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("huur")
    expect(page.locator("#aantal")).to_have_text("2 gevonden")
    assert "Huurhulp" not in page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")


def test_a_slow_answer_never_overwrites_a_newer_one(kaart, people, log_in, complaints):
    page = people()
    log_in(page, "joke")
    page.goto("/kaart/")
    wachtend = []

    def laat_wachten(route):
        wachtend.append(route)

    page.route(re.compile(r"q=huur&"), laat_wachten)
    page.get_by_role("searchbox").fill("huur")
    page.wait_for_timeout(700)
    assert len(wachtend) == 1
    page.get_by_role("searchbox").fill("taalcafe")
    expect(page.locator("#aantal")).to_have_text("1 gevonden")
    wachtend[0].continue_()
    page.wait_for_timeout(500)
    expect(page.locator("#aantal")).to_have_text("1 gevonden")
    expect(page.get_by_role("heading", name="Taalcafé")).to_be_visible()
    # htmx tells that it gave up on the first request: just what we want.
    assert any("sendAbort" in melding for melding in complaints)
    complaints.clear()


def test_without_javascript_there_is_a_button(kaart, people, log_in):
    page = people(java_script_enabled=False)
    log_in(page, "joke")
    page.get_by_role("searchbox").fill("huur")
    page.get_by_role("button", name="Zoek").click()
    expect(page.locator("#aantal")).to_have_text("2 gevonden")
    page.get_by_role("link", name="blader door alle onderwerpen").click()
    page.get_by_role("link", name="Wonen").click()
    expect(page.locator("#aantal")).to_have_text("3 gevonden")


@pytest.mark.parametrize("width", WIDTHS)
def test_every_state_is_accessible_and_fits(kaart, people, log_in, width):
    page = people(width=width)
    log_in(page, "joke")
    aanbod = kaart["aanbod"]
    adressen = ["/kaart/", "/kaart/?q=huur", "/kaart/?q=trouwjurk", "/kaart/?q=huur&kern=banaan"]
    for adres in [*adressen, aanbod.get_absolute_url(), aanbod.organisatie.get_absolute_url()]:
        page.goto(adres)
        assert Axe().run(page).response["violations"] == [], adres
        assert page.evaluate("document.documentElement.scrollWidth") <= width, adres
