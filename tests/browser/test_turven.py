"""Counting in a real browser: one tap each, fast, with colleagues, without JavaScript, without connection."""

import re

import pytest
from playwright.sync_api import Page, expect

from registratie.models import Turfknop, Vraag, Wijziging
from tests import factories
from tests.browser.conftest import WIDTHS


@pytest.fixture
def knoppen(wereld) -> list[Turfknop]:
    return [
        factories.TurfknopFactory(naam=naam, icoon=icoon, volgorde=plaats, onderwerp=wereld["geld"])
        for plaats, (naam, icoon) in enumerate(
            [("Printer", "printer"), ("Wifi", "wifi"), ("Praatje", "coffee")]
        )
    ]


@pytest.fixture
def page(knoppen, people, log_in) -> Page:
    page = people()
    log_in(page, "vrijwilliger")
    page.goto("/vragen/turven/")
    return page


def tile(page: Page, naam: str):
    return page.locator(".turf", has_text=naam)


def test_one_tap_is_one_question(page):
    tile(page, "Wifi").click()  # the only interaction

    expect(page.locator("#turfbalk")).to_contain_text("Wifi geteld")
    expect(tile(page, "Wifi").locator(".turf__getal")).to_have_text("1")
    expect(page.locator("#turftotaal")).to_have_text("1")
    expect(tile(page, "Wifi")).to_be_focused()
    assert Vraag.objects.get().turfknop.naam == "Wifi"


def test_every_fast_tap_counts(page):
    """Taps do not wait for the answer to the one before."""
    for _ in range(3):
        tile(page, "Printer").dblclick()
    tile(page, "Praatje").click()

    expect(tile(page, "Printer").locator(".turf__getal")).to_have_text("6")
    expect(page.locator("#turftotaal")).to_have_text("7")
    expect(page.locator("#turfbalk")).to_contain_text("Praatje geteld")
    assert Vraag.objects.count() == 7


def test_undo_takes_one_tap_and_stays_on_the_page(page):
    tile(page, "Wifi").click()
    page.get_by_role("button", name="Maak ongedaan").click()

    expect(page.locator("#turfbalk")).to_contain_text("De vraag is weggehaald.")
    expect(tile(page, "Wifi").locator(".turf__getal")).to_have_text("0")
    assert not Vraag.objects.exists()


def test_undo_is_still_there_after_coming_back(page):
    tile(page, "Wifi").click()
    expect(page).to_have_url(re.compile("geteld="))
    page.reload()

    page.get_by_role("button", name="Maak ongedaan").click()
    expect(page.get_by_text("De vraag is weggehaald.")).to_be_visible()
    assert not Vraag.objects.exists()


def test_details_later(page):
    tile(page, "Praatje").click()
    page.get_by_role("link", name="Meer invullen").click()
    page.get_by_role("radio", name="80+").check()
    page.get_by_role("button", name="Wijziging opslaan").click()

    expect(page).to_have_url(re.compile("/vragen/turven/$"))
    expect(tile(page, "Praatje").locator(".turf__getal")).to_have_text("1")
    assert Vraag.objects.get().leeftijdsgroep == "80+"
    assert Wijziging.objects.get().rol == "vrijwilliger"


def test_colleagues_taps_come_along(page, people, log_in):
    ander = people()
    log_in(ander, "beroepskracht")
    ander.goto("/vragen/turven/")
    tile(ander, "Printer").click()
    expect(ander.locator("#turftotaal")).to_have_text("1")

    tile(page, "Wifi").click()
    expect(tile(page, "Printer").locator(".turf__getal")).to_have_text("1")


def test_keyboard_alone(page):
    tile(page, "Printer").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Space")

    expect(tile(page, "Printer").locator(".turf__getal")).to_have_text("2")


def test_tap_without_connection_says_it_was_not_counted(page, complaints):
    page.context.set_offline(True)
    tile(page, "Wifi").click()
    expect(page.get_by_role("alert")).to_contain_text("Je laatste tik is niet geteld.")
    page.context.set_offline(False)
    tile(page, "Wifi").click()

    expect(page.get_by_role("alert")).to_be_hidden()
    assert Vraag.objects.count() == 1
    complaints.clear()  # that there was no connection


def test_tap_after_the_login_ended_leads_to_logging_in(page):
    page.context.clear_cookies(name=re.compile("session"))
    tile(page, "Wifi").click()

    expect(page.get_by_label("Gebruikersnaam")).to_be_visible()
    assert not Vraag.objects.exists()


@pytest.mark.parametrize("width", WIDTHS)
def test_board_fits(page, width):
    """Nothing runs sideways, and the way to undo is in sight."""
    page.set_viewport_size({"width": width, "height": 800})
    tile(page, "Wifi").click()
    expect(page.get_by_role("button", name="Maak ongedaan")).to_be_in_viewport()

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_javascript(knoppen, people, log_in):
    page = people(java_script_enabled=False)
    log_in(page, "vrijwilliger")
    page.goto("/vragen/turven/")
    tile(page, "Printer").click()
    tile(page, "Printer").click()
    expect(tile(page, "Printer").locator(".turf__getal")).to_have_text("2")
    page.get_by_role("button", name="Maak ongedaan").click()

    expect(tile(page, "Printer").locator(".turf__getal")).to_have_text("1")
    assert Vraag.objects.count() == 1


def test_paper_sheet_in_one_go(page, wereld):
    page.goto("/vragen/papier/")
    page.locator(".papierblad input").first.fill("12")
    page.keyboard.press("Tab")
    expect(page.locator("#samen")).to_have_text("Samen 12 vragen")
    page.get_by_role("button", name="Blad opslaan").click()

    expect(page.get_by_text("12 vragen van papier.")).to_be_visible()
    assert Vraag.objects.filter(herkomst="papier", infopunt=wereld["infopunt"]).count() == 12
    page.get_by_role("button", name="Haal het hele blad weg").click()
    expect(page.get_by_text("Het hele blad is weggehaald.")).to_be_visible()
    assert not Vraag.objects.exists()
