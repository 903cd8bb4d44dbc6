"""Logging a question and reading the report in a real browser: few taps, keys only, twice, without JavaScript."""

import csv
import re

import pytest
from playwright.sync_api import Page, expect

from registratie.models import VervallenVraag, Vraag
from tests import factories

ANTWOORDEN = ["Geld en schulden", "65–79", "vrouw", "Samen gedaan"]


def choose(page: Page, *namen: str) -> None:
    for naam in namen:
        page.get_by_role("radio", name=naam, exact=True).check()


@pytest.fixture
def page(wereld, people, log_in) -> Page:
    page = people()
    log_in(page, "vrijwilliger")
    page.goto("/vragen/nieuw/")
    return page


def test_five_taps_and_all_of_it_in_sight(page):
    choose(page, *ANTWOORDEN)
    opslaan = page.get_by_role("button", name="Vraag opslaan")
    box = opslaan.bounding_box()
    assert box["y"] + box["height"] <= 800
    opslaan.click()

    expect(page.get_by_role("status").filter(has_text="Opgeslagen")).to_contain_text("Geld en schulden, ")
    expect(page.get_by_role("radio").first).to_be_focused()
    assert Vraag.objects.count() == 1


def test_referral_still_fits(page):
    choose(page, *ANTWOORDEN, "Doorverwezen")
    expect(page.get_by_role("group", name="Naar wie?")).to_be_visible()

    box = page.get_by_role("button", name="Vraag opslaan").bounding_box()
    assert box["y"] + box["height"] <= 800


def test_keyboard_alone(page):
    """Tab goes from question to question, arrows choose, Enter saves."""
    page.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    for naam in ["leeftijdsgroep", "geslacht", "wijze"]:
        page.keyboard.press("Tab")
        expect(page.locator(f"input[name={naam}]").first).to_be_focused()
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")

    expect(page.get_by_role("button", name="Maak ongedaan")).to_be_visible()
    vraag = Vraag.objects.get()
    assert (vraag.leeftijdsgroep, vraag.geslacht, vraag.wijze) == ("18-29", "man", "informatie_mee")


def test_double_click_counts_once(page):
    choose(page, *ANTWOORDEN)
    page.get_by_role("button", name="Vraag opslaan").dblclick()

    expect(page.get_by_role("button", name="Maak ongedaan")).to_be_visible()
    assert Vraag.objects.count() == 1


def test_browser_makes_the_id(page):
    choose(page, *ANTWOORDEN)
    verstuurd = page.locator("input[name=id]").input_value()
    page.get_by_role("button", name="Vraag opslaan").click()
    expect(page.get_by_role("button", name="Maak ongedaan")).to_be_visible()

    assert str(Vraag.objects.get().pk) == verstuurd
    assert page.locator("input[name=id]").input_value() != verstuurd


def test_undo(page):
    choose(page, *ANTWOORDEN)
    page.get_by_role("button", name="Vraag opslaan").click()
    page.get_by_role("button", name="Maak ongedaan").click()

    expect(page.get_by_text("De vraag is weggehaald.")).to_be_visible()
    assert not Vraag.objects.exists()
    assert VervallenVraag.objects.count() == 1


def test_to_whom_follows_the_topic(page, wereld):
    naar_wie = page.get_by_role("group", name="Naar wie?")
    expect(naar_wie).to_be_hidden()
    choose(page, *ANTWOORDEN[:3], "Warm verwezen")
    choose(page, "SchuldHulpMaatje")
    choose(page, "Wonen en huren")  # has no suggestions: what was chosen moves to the list
    expect(naar_wie.get_by_role("combobox")).to_have_value(str(wereld["aanbod"].organisatie_id))
    page.get_by_role("button", name="Vraag opslaan").click()

    expect(page.get_by_role("button", name="Maak ongedaan")).to_be_visible()
    assert str(Vraag.objects.get().organisatie) == "SchuldHulpMaatje"


def test_clock_runs_until_somebody_sets_it(wereld, people, log_in):
    page = people()
    log_in(page, "vrijwilliger")
    page.clock.install()
    page.goto("/vragen/nieuw/")
    voor = page.locator("#wanneer").inner_text()

    page.clock.fast_forward("30:00")
    expect(page.locator("#wanneer")).not_to_have_text(voor)
    expect(page.locator("#wanneer")).to_have_text(re.compile(r"^(vandaag|\d+ \w+) \d{1,2}\.\d\d uur$"))
    page.get_by_text("Wijzig", exact=True).click()
    page.get_by_label("Tijd").fill("00:15")
    page.get_by_label("Tijd").blur()
    page.clock.fast_forward("30:00")

    expect(page.locator("#wanneer")).to_contain_text("0.15 uur")


def test_without_javascript(wereld, people, log_in):
    page = people(java_script_enabled=False)
    log_in(page, "vrijwilliger")
    page.goto("/vragen/nieuw/")
    choose(page, *ANTWOORDEN[:3], "Doorverwezen")
    page.get_by_role("group", name="Naar wie?").get_by_role("combobox").select_option("SchuldHulpMaatje")
    page.get_by_role("button", name="Opslaan, deze bezoeker vraagt nog iets").click()

    expect(page.get_by_role("button", name="Maak ongedaan")).to_be_visible()
    expect(page.get_by_role("radio", name="65–79")).to_be_checked()
    assert str(Vraag.objects.get().organisatie) == "SchuldHulpMaatje"


@pytest.mark.parametrize("javascript", [True, False])
def test_spreadsheet_of_one_desk_in_three_clicks(wereld, people, log_in, javascript):
    factories.InfopuntFactory(naam="Lemelerveld")
    page = people(java_script_enabled=javascript)
    log_in(page, "coordinator")

    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Rapportage").click()
    page.get_by_role("checkbox", name="Nieuwleusen").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV voor Excel").click()

    with open(download.value.path(), encoding="utf-8-sig", newline="") as bestand:
        regels = list(csv.reader(bestand, delimiter=";"))
    assert ["Over dit bestand", "Infopunten", "", "Nieuwleusen"] in regels


def test_choosing_a_desk_updates_the_report_and_keeps_the_cursor(wereld, people, log_in):
    factories.InfopuntFactory(naam="Lemelerveld")
    page = people()
    log_in(page, "coordinator")
    page.goto("/rapportage/")
    keuze = page.get_by_role("checkbox", name="Lemelerveld")
    keuze.focus()
    page.keyboard.press("Space")

    expect(page).to_have_url(re.compile(r"infopunt=\d+"))
    expect(page.get_by_role("status")).to_contain_text("Er is niets opgeschreven.")
    expect(keuze).to_be_focused()
    expect(keuze).to_be_checked()
