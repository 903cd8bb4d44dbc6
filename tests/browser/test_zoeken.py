"""Searching in a real browser: while typing, with the keyboard, back again, and without JavaScript."""

import re
from datetime import date, time
from typing import Any

import pytest
from playwright.sync_api import expect

from sociale_kaart.indexeren import index_aanbod
from sociale_kaart.models import Aanbod, GemistWoord
from tests import factories
from tests.browser.conftest import WIDTHS, look_with_axe


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


def test_a_slow_answer_never_overwrites_a_newer_one(kaart, people, log_in):
    page = people()
    log_in(page, "joke")
    page.goto("/kaart/")
    wachtend, gezegd = [], []
    page.on("console", lambda melding: gezegd.append(melding.text))

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
    assert any("sendAbort" in tekst for tekst in gezegd)


def test_without_javascript_there_is_a_button(kaart, people, log_in):
    page = people(java_script_enabled=False)
    log_in(page, "joke")
    page.goto("/")
    page.get_by_role("searchbox").fill("huur")
    page.get_by_role("button", name="Zoek").click()
    expect(page.locator("#aantal")).to_have_text("2 gevonden")
    page.get_by_role("link", name="blader door alle onderwerpen").click()
    page.get_by_role("link", name="Wonen").click()
    expect(page.locator("#aantal")).to_have_text("3 gevonden")


def test_back_takes_a_filter_off_again(kaart, people, log_in):
    page = people()
    log_in(page, "joke")
    page.goto("/kaart/?q=huur")
    page.get_by_label("Gratis").check()
    expect(page.locator("#aantal")).to_have_text("1 gevonden")
    page.get_by_role("link", name="Huurhulp", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Huurhulp")
    page.go_back()
    expect(page.get_by_label("Gratis")).to_be_checked()
    expect(page.locator("#aantal")).to_have_text("1 gevonden")
    page.go_back()
    expect(page.get_by_label("Gratis")).not_to_be_checked()
    expect(page.locator("#aantal")).to_have_text("2 gevonden")


def test_with_the_keyboard_from_question_to_phone_number(kaart, people, log_in):
    page = people()
    log_in(page, "joke")
    page.goto("/kaart/")
    page.keyboard.type("huurhulp")
    expect(page.locator("#aantal")).to_have_text("1 gevonden")
    volgorde = []
    for _ in range(13):
        page.keyboard.press("Tab")
        volgorde.append(
            page.evaluate(
                "(e => e.getAttribute('aria-label') || (e.labels && e.labels[0] || e).textContent.trim())"
                "(document.activeElement)"
            )
        )
    assert volgorde[0] == "Zoek"
    assert [naam.split()[0] for naam in volgorde[2:5]] == ["Vandaag", "Gratis", "Zonder"]
    assert volgorde[7:11] == ["Meer filters", "Alles wissen", "Huurhulp", "0529-55 55 00"]


def test_more_filters_open_with_the_keyboard_and_filter(kaart, people, log_in):
    page = people()
    log_in(page, "joke")
    page.goto("/kaart/?q=huur")
    page.locator("summary", has_text="Meer").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Soort").select_option(label="Activiteit")
    expect(page.get_by_role("heading", name="Niets gevonden")).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?q=huur&soort=activiteit$"))
    page.get_by_role("link", name="zonder ‘Activiteit’").click()
    expect(page.locator("#aantal")).to_have_text("2 gevonden")


def test_two_needs_and_what_was_read(kaart, people, log_in):
    page = people()
    log_in(page, "joke")
    page.goto("/kaart/")
    page.get_by_role("searchbox").fill("gratis huurhulp")
    page.get_by_role("link", name="Gratis weghalen").click()
    expect(page).to_have_url(re.compile("letterlijk=gratis"))
    expect(page.get_by_role("searchbox")).to_have_value("gratis huurhulp")
    # Switched off while typing on, until the sentence no longer says it.
    page.get_by_role("searchbox").fill("gratis huurhulp thuis")
    expect(page).to_have_url(re.compile("thuis&letterlijk=gratis"))
    expect(page.get_by_role("link", name="Gratis weghalen")).to_have_count(0)
    page.get_by_role("searchbox").fill("huurhulp")
    expect(page).to_have_url(re.compile(r"q=huurhulp$"))
    page.get_by_role("searchbox").fill("gratis huuradvies")
    expect(page.get_by_role("link", name="Gratis weghalen")).to_be_visible()


def test_a_missed_word_is_counted_when_the_text_stands_still(kaart, people, log_in):
    page = people()
    log_in(page, "joke")
    page.goto("/kaart/")
    page.get_by_role("searchbox").fill("brommer")
    expect(page.get_by_role("heading", name="Niets gevonden")).to_be_visible()
    with page.expect_response("**/kaart/zoekwoorden/gezocht/") as antwoord:
        page.get_by_role("searchbox").fill("trouwjurk")
    assert antwoord.value.status == 204
    assert list(GemistWoord.objects.values_list("woord", "aantal")) == [("trouwjurk", 1)]


def test_a_coordinator_teaches_a_word_without_javascript(kaart, people, log_in):
    GemistWoord.objects.create(woord="trouwjurk", aantal=3, maand=date(2026, 3, 1))
    factories.MedewerkerFactory(username="marieke", rol="coordinator")
    page = people(java_script_enabled=False)
    log_in(page, "marieke")
    page.goto("/kaart/zoekwoorden/")
    page.get_by_label("hoort bij, trouwjurk").fill("taalcafe")
    page.get_by_role("button", name="Koppel trouwjurk").click()
    expect(page.get_by_text("Wie ‘trouwjurk’ zoekt, vindt nu ook ‘taalcafe’.")).to_be_visible()
    page.goto("/kaart/?q=trouwjurk")
    expect(page.get_by_role("heading", name="Taalcafé")).to_be_visible()


def test_see_what_a_word_would_find_while_typing(kaart, people, log_in):
    GemistWoord.objects.create(woord="trouwjurk", aantal=3, maand=date(2026, 3, 1))
    factories.MedewerkerFactory(username="marieke", rol="coordinator")
    page = people()
    log_in(page, "marieke")
    page.goto("/kaart/zoekwoorden/")
    page.get_by_label("hoort bij, trouwjurk").fill("huurhulp")
    expect(page.get_by_text("‘huurhulp’ vindt 1 keer hulp:")).to_be_visible()
    page.goto("/kaart/zoekwoorden/nieuw/")
    page.get_by_label("Hoort bij").fill("huurhulp")
    expect(page.get_by_text("‘huurhulp’ vindt 1 keer hulp:")).to_be_visible()


def test_on_paper_only_the_list_is_left(kaart, people, log_in):
    page = people()
    log_in(page, "joke")
    page.goto("/kaart/?q=huurhulp")
    page.emulate_media(media="print")
    for weg in ("#id_q", "#filters", ".begrepen", ".rij__doen"):
        expect(page.locator(weg).first).to_be_hidden()
    expect(page.get_by_role("heading", name="Huurhulp")).to_be_visible()
    expect(page.locator(".rij__bereik .alleen-afdruk")).to_contain_text("@partner.example")


@pytest.mark.parametrize("width", WIDTHS)
def test_every_state_is_accessible_and_fits(kaart, people, log_in, width):
    page = people(width=width)
    log_in(page, "joke")
    aanbod = kaart["aanbod"]
    adressen = ["/kaart/", "/kaart/?q=huur", "/kaart/?q=trouwjurk", "/kaart/?q=huur&kern=banaan"]
    adressen += ["/kaart/?q=gratis+huur&nu=on&taal=pl", f"/kaart/?onderwerp={kaart['wonen'].pk}"]
    for adres in [*adressen, aanbod.get_absolute_url(), aanbod.organisatie.get_absolute_url()]:
        page.goto(adres)
        assert look_with_axe(page).response["violations"] == [], adres
        assert page.evaluate("document.documentElement.scrollWidth") <= width, adres
