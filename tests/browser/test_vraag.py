"""Logging a question and reading the report in a real browser: few taps, keys only, twice, without JavaScript."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from registratie.keuzes import onderwerpen_for
from registratie.models import Uitvraag, VervallenVraag, Vraag
from registratie.onderwerpen import laad, zoek
from registratie.privacy import check
from sociale_kaart.demo import BESTAND as KAART
from sociale_kaart.invoer.kaart import nette_naam
from sociale_kaart.invoer.kaartbestand import lees_kaart
from sociale_kaart.models import Onderwerp
from tests import factories
from tests.browser.test_toegankelijk import inspect
from tests.registratie.test_nieuw_diepte import WOORDEN_AAN_DE_BALIE

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
    page.keyboard.press("Tab")  # the way to search
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


def fits(page: Page) -> bool:
    """The whole form is in sight on a laptop."""
    box = page.locator("#vraag").bounding_box()
    return bool(page.evaluate("scrollY") == 0 and box and box["y"] + box["height"] <= 800)


def stored(page: Page) -> Vraag:
    expect(page.get_by_role("button", name="Maak ongedaan")).to_be_visible()
    return Vraag.objects.get()


@pytest.fixture
def guard(transactional_db):
    """Reading its lists takes a second, once."""
    check("Bel Jan")


@pytest.fixture
def subtopics(wereld):
    """Before anybody opens the form."""
    woorden = {"Aanmaning of deurwaarder": "brief, incasso", "Betalingsregeling": "uitstel, termijnen"}
    return [
        factories.OnderwerpFactory(naam=naam, zoekwoorden=zoekwoorden, ouder=wereld["geld"])
        for naam, zoekwoorden in woorden.items()
    ]


def test_subtopics_appear_with_their_topic(subtopics, page):
    precies = page.get_by_role("group", name="Waarover precies?")
    expect(precies).to_be_hidden()
    choose(page, *ANTWOORDEN, "Betalingsregeling")
    assert fits(page)
    choose(page, "Wonen en huren")  # has none
    expect(precies).to_be_hidden()
    choose(page, "Geld en schulden")
    expect(precies.get_by_role("radio", checked=True)).to_have_count(0)
    choose(page, "Aanmaning of deurwaarder")
    page.get_by_role("button", name="Vraag opslaan").click()

    assert stored(page).onderwerp == subtopics[0]


def test_typing_on_the_tiles_finds_a_topic_by_lay_word(subtopics, page):
    """Six keys' worth of looking, and the rest as always: no mouse, no shortcut."""
    page.get_by_role("radio").first.focus()
    page.keyboard.type("in")
    expect(page.get_by_role("searchbox", name="Zoek een onderwerp")).to_be_focused()
    page.keyboard.type("cas")
    expect(page.get_by_text("1 gevonden. Enter kiest de eerste.")).to_be_visible()
    page.keyboard.press("Enter")

    expect(page.get_by_role("radio", name="Geld en schulden")).to_be_focused()
    expect(page.get_by_role("radio", name="Aanmaning of deurwaarder")).to_be_checked()
    choose(page, *ANTWOORDEN[1:])
    page.get_by_role("button", name="Vraag opslaan").click()
    assert stored(page).onderwerp == subtopics[0]


def test_browser_and_server_find_the_same(wereld, people, log_in):
    for nummer, naam in enumerate(lees_kaart(KAART.read_bytes()).onderwerpen):
        Onderwerp.objects.update_or_create(
            naam=nette_naam(naam), defaults={"extern_id": naam, "volgorde": nummer}
        )
    laad()
    page = people()
    log_in(page, "vrijwilliger")
    page.goto("/vragen/nieuw/")
    page.get_by_text("Zoek", exact=True).first.click()
    zoekvak = page.get_by_role("searchbox", name="Zoek een onderwerp")
    alle = onderwerpen_for(wereld["infopunt"], timezone.now())
    for tekst in [*(woord for woord, _ in WOORDEN_AAN_DE_BALIE), "KEÚRING", "subsidie, huur", "e-mail", "75"]:
        zoekvak.fill(tekst)
        treffer = zoek(alle, tekst)[0]

        expect(page.locator(".treffer strong").first).to_have_text(
            str(treffer.deelonderwerp or treffer.onderwerp)
        )


def test_searching_by_tapping_closes_what_it_opened(subtopics, page):
    page.get_by_text("Zoek", exact=True).click()
    zoekvak = page.get_by_role("searchbox", name="Zoek een onderwerp")
    expect(zoekvak).to_be_focused()
    zoekvak.fill("qqq")
    expect(page.get_by_text("Niets gevonden. Probeer een ander woord.")).to_be_visible()
    zoekvak.fill("huren")
    page.get_by_role("button", name="Wonen en huren").click()

    expect(zoekvak).to_be_hidden()
    expect(page.get_by_role("radio", name="Wonen en huren")).to_be_checked()


def test_topic_from_further_down_moves_to_the_front(wereld, people, log_in):
    for nummer in range(9):
        factories.OnderwerpFactory(naam=f"Onderwerp {nummer}", volgorde=nummer + 1)
    page = people()
    log_in(page, "vrijwilliger")
    page.goto("/vragen/nieuw/")
    ver = page.get_by_role("radio", name="Onderwerp 8")
    expect(ver).to_be_hidden()
    page.get_by_text("Meer", exact=True).click()
    page.locator("#onderwerp-meer .tegel", has_text="Onderwerp 8").click()

    expect(ver).to_be_visible()
    expect(ver).to_be_checked()
    expect(page.get_by_text("Meer", exact=True)).to_be_visible()
    choose(page, *ANTWOORDEN[1:])
    assert fits(page)


def test_not_able_to_help_asks_why(page):
    waarom = page.get_by_role("group", name="Waarom niet?")
    expect(waarom).to_be_hidden()
    choose(page, *ANTWOORDEN[:3], "Niet kunnen helpen", "Wachtlijst")
    assert fits(page)
    page.get_by_role("button", name="Vraag opslaan").click()

    assert stored(page).reden_niet == "wachtlijst"


def test_what_lies_behind_is_another_topic(page, wereld):
    erachter = page.get_by_label("Zit er iets anders achter?")
    erachter.select_option("Geld en schulden")
    choose(page, *ANTWOORDEN)  # the same: that lies behind nothing
    expect(erachter).to_have_value("")
    erachter.select_option("Wonen en huren")
    page.get_by_role("button", name="Vraag opslaan").click()

    assert str(stored(page).onderliggend) == "Wonen en huren"


def test_guard_reads_along_and_leaves_the_cursor_alone(guard, subtopics, page):
    choose(page, *ANTWOORDEN, "Betalingsregeling")
    opmerking = page.get_by_label("Opmerking")
    opmerking.press_sequentially("Snapt de brief niet, bel 06-12345678 graag terug")

    weg = page.get_by_role("button", name=re.compile("^Haal weg"))
    expect(weg).to_be_visible()
    expect(opmerking).to_be_focused()
    assert fits(page)
    weg.click()

    expect(opmerking).to_have_value("Snapt de brief niet, bel graag terug")
    expect(opmerking).to_be_focused()
    expect(weg).to_be_hidden()
    page.get_by_role("button", name="Vraag opslaan").click()
    assert stored(page).opmerking == "Snapt de brief niet, bel graag terug"


def test_saving_anyway_is_refused_and_everything_stays(guard, subtopics, page):
    choose(page, *ANTWOORDEN, "Betalingsregeling")
    opmerking = page.get_by_label("Opmerking")
    opmerking.fill("Bel 06-12345678")
    opmerking.press("Enter")

    expect(page.get_by_text("Nog niet opgeslagen.")).to_be_visible()
    expect(opmerking).to_be_focused()
    expect(opmerking).to_have_value("Bel 06-12345678")
    expect(page.get_by_role("radio", name="Betalingsregeling")).to_be_checked()
    assert not Vraag.objects.exists()
    page.get_by_role("button", name=re.compile("^Haal weg")).click()
    page.get_by_role("button", name="Vraag opslaan").click()

    assert (stored(page).opmerking, stored(page).onderwerp) == ("Bel", subtopics[1])


def test_everything_unfolded_is_accessible(guard, subtopics, page):
    choose(page, *ANTWOORDEN[:3], "Niet kunnen helpen", "Betalingsregeling")
    page.get_by_label("Opmerking").fill("Bel 06-12345678")
    expect(page.get_by_role("button", name=re.compile("^Haal weg"))).to_be_visible()
    page.get_by_role("radio", name="Geld en schulden").focus()
    page.keyboard.type("wonen")
    expect(page.get_by_text("1 gevonden. Enter kiest de eerste.")).to_be_visible()

    inspect(page)


def test_three_taps_when_age_and_gender_are_not_asked(wereld, people, log_in):
    Uitvraag.objects.create(modus="nooit")
    page = people()
    log_in(page, "vrijwilliger")
    page.goto("/vragen/nieuw/")
    choose(page, "Geld en schulden", "Samen gedaan")
    page.get_by_role("button", name="Vraag opslaan").click()

    assert stored(page).leeftijdsgroep == "niet_gevraagd"


def test_searching_and_subtopics_without_javascript(subtopics, people, log_in):
    page = people(java_script_enabled=False)
    log_in(page, "vrijwilliger")
    page.goto("/vragen/nieuw/")
    page.get_by_text("Zoek", exact=True).first.click()
    page.get_by_label("Zoek een onderwerp").fill("incasso")
    page.get_by_role("button", name="Zoek", exact=True).click()

    expect(page.get_by_text("Past bij incasso")).to_contain_text(
        "Geld en schulden (Aanmaning of deurwaarder)"
    )
    page.get_by_label("Waarover precies?").select_option("Aanmaning of deurwaarder")
    choose(page, *ANTWOORDEN[1:3], "Niet kunnen helpen", "Te duur")
    page.get_by_role("button", name="Vraag opslaan").click()
    assert (stored(page).onderwerp, stored(page).reden_niet) == (subtopics[0], "kosten")


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


def test_choosing_a_desk_updates_the_report_and_keeps_the_cursor(wereld, people, log_in):
    factories.InfopuntFactory(naam="Lemelerveld")
    page = people()
    log_in(page, "coordinator")
    page.goto("/rapportage/")
    keuze = page.get_by_role("checkbox", name="Lemelerveld")
    keuze.focus()
    page.keyboard.press("Space")

    expect(page).to_have_url(re.compile(r"infopunt=\d+"))
    expect(page.locator("#rapport-status")).to_contain_text("Er is niets opgeschreven.")
    expect(keuze).to_be_focused()
    expect(keuze).to_be_checked()
