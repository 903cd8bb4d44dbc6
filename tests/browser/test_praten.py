"""Talking with a visitor in a real browser: the panel follows the topic, a picture becomes the topic."""

import pytest
from playwright.sync_api import expect

from registratie import gesprekswijzer
from registratie.praatplaat import inhoud
from tests import factories
from tests.browser.conftest import WIDTHS
from tests.browser.test_toegankelijk import inspect


@pytest.fixture
def geld(wereld):
    geld = wereld["geld"]
    geld.extern_id = "geld & schulden"
    geld.save()
    gesprekswijzer.laad()
    return geld


def panel(page):
    return page.get_by_role("complementary", name="Gesprekswijzer")


def test_panel_follows_the_topic_and_leaves_the_cursor(geld, people, log_in):
    page = people()
    log_in(page, "vrijwilliger")
    page.goto("/vragen/nieuw/")
    expect(panel(page)).to_contain_text("Wat maakt dat u vandaag komt?")
    page.get_by_role("radio", name="Geld en schulden").check()

    expect(panel(page)).to_contain_text("Welke brieven liggen er nog thuis?")
    expect(panel(page)).to_contain_text("Cees Hagedoorn")
    expect(panel(page).locator("a[href^='tel:']")).to_be_visible()
    expect(page.get_by_role("radio", name="Geld en schulden")).to_be_focused()
    inspect(page)


def test_panel_follows_the_arrow_keys(geld, people, log_in):
    page = people()
    log_in(page, "vrijwilliger")
    page.goto("/vragen/nieuw/")
    page.get_by_role("radio", name="Wonen en huren").check()
    expect(panel(page)).to_contain_text("Wonen en huren")
    page.keyboard.press("ArrowLeft")

    expect(panel(page)).to_contain_text("Hoe gaat het met de vaste lasten?")


def test_slow_panel_does_not_stand_in_the_way_of_saving(geld, people, log_in):
    page = people()
    log_in(page, "vrijwilliger")
    page.goto("/vragen/nieuw/")
    waiting = []

    def hold(route):
        waiting.append(route)

    page.route("**/gesprekswijzer/**", hold)
    for naam in ["Geld en schulden", "65–79", "vrouw", "Samen gedaan"]:
        page.get_by_role("radio", name=naam, exact=True).check()
    page.wait_for_timeout(500)
    assert len(waiting) == 1
    page.get_by_role("button", name="Vraag opslaan").click()

    expect(page.get_by_role("button", name="Maak ongedaan")).to_be_visible()


def test_on_a_phone_the_form_comes_first(geld, people, log_in):
    page = people(width=390)
    log_in(page, "vrijwilliger")
    page.goto("/vragen/nieuw/")

    form = page.locator("#vraag").bounding_box()
    assert panel(page).bounding_box()["y"] >= form["y"] + form["height"]


def test_topics_without_javascript(geld, people, log_in):
    page = people(java_script_enabled=False)
    log_in(page, "vrijwilliger")
    page.goto("/vragen/nieuw/")
    page.get_by_role("link", name="Vragen per onderwerp").click()
    page.get_by_role("link", name="Geld en schulden").click()

    expect(panel(page)).to_contain_text("Welke brieven liggen er nog thuis?")


def test_coordinator_rewrites_what_the_desk_reads(geld, people, log_in):
    page = people()
    log_in(page, "coordinator")
    page.goto("/vragen/nieuw/")
    page.get_by_role("radio", name="Geld en schulden").check()
    expect(panel(page)).to_contain_text("Welke brieven liggen er nog thuis?")
    panel(page).get_by_role("link", name="Gesprekswijzer aanpassen").click()
    page.get_by_role("textbox", name="Vraag door").fill("Hoe slaapt u?\nWat zegt uw buurvrouw?")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_text("De gesprekswijzer voor Geld en schulden is opgeslagen.")).to_be_visible()
    page.goto(f"/vragen/nieuw/?onderwerp={geld.pk}")

    expect(panel(page).get_by_role("listitem").filter(has_text="Wat zegt uw buurvrouw?")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_two_taps_from_the_form_to_a_chosen_topic(geld, people, log_in, javascript):
    page = people(java_script_enabled=javascript)
    log_in(page, "vrijwilliger")
    page.goto("/vragen/nieuw/")
    page.get_by_role("link", name="Praatplaat").click()
    page.get_by_role("link", name="Geld en schulden").click()

    expect(page.get_by_role("radio", name="Geld en schulden")).to_be_checked()
    expect(panel(page)).to_contain_text("Welke brieven liggen er nog thuis?")


def test_arabic_starts_at_the_right(geld, people, log_in):
    page = people()
    log_in(page, "vrijwilliger")
    page.goto("/vragen/praatplaat/")
    page.get_by_role("link", name="العربية").click()

    kaarten = page.get_by_role("main").locator(".praatkaart")
    assert kaarten.nth(0).bounding_box()["x"] > kaarten.nth(1).bounding_box()["x"]


@pytest.mark.parametrize("code", [taal["code"] for taal in inhoud()["talen"]])
def test_board_in_every_language(geld, people, log_in, code):
    """All of it in sight on a desk's screen, nothing sideways, nothing for axe to report."""
    factories.OnderwerpFactory(extern_id="wonen & huren")
    page = people()
    log_in(page, "vrijwilliger")
    page.goto(f"/vragen/praatplaat/?taal={code}")

    assert page.evaluate("document.documentElement.scrollHeight") <= 800
    for kaart in page.locator(".praatkaart").all():
        assert kaart.evaluate("kaart => kaart.scrollWidth <= kaart.clientWidth")
    inspect(page)
    page.set_viewport_size({"width": WIDTHS[-1], "height": 800})
    for kaart in page.locator(".praatkaart").all():
        assert kaart.evaluate("kaart => kaart.scrollWidth <= kaart.clientWidth")
