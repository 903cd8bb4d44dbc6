"""The whole round, as four people: the desk refers and logs, the partner answers, the coordinator sees it counted."""

import re

import pytest
from playwright.sync_api import Page, expect

from registratie.models import Vraag

NAAM = "Anna de Vries"


def find_and_refer(page: Page) -> str:
    """From what a visitor says to a referral on its way; returns its reference."""
    page.get_by_role("searchbox").first.fill("mijn rekeningen niet betalen")
    page.get_by_role("button", name="Zoek").click()
    rij = page.get_by_role("listitem").filter(has_text="Hulp bij schulden").first
    expect(rij).to_contain_text("SchuldHulpMaatje")
    expect(rij).to_contain_text("Cees Hagedoorn")
    expect(rij.get_by_role("link", name="0529-55 55 00")).to_be_visible()
    rij.get_by_role("link", name="Verwijs warm").click()
    page.get_by_role("radio", name="Ja, voorgelezen").check()
    page.get_by_label("Naam").fill(NAAM)
    page.get_by_label("Telefoon", exact=True).fill("0529-55 55 91")
    page.get_by_label("Wat moet de partner weten?").fill("Mevrouw durft de post niet meer open te maken.")
    page.get_by_role("button", name="Verwijs warm").click()
    expect(page.get_by_text("Nog niet verzonden")).to_be_visible()
    gevonden = re.search(r"R-\d{6}", page.get_by_role("heading", level=1).inner_text())
    assert gevonden
    return gevonden[0]


def log_question(page: Page) -> None:
    """The referral's own button fills in topic, way and organisation."""
    page.get_by_role("link", name="Vraag registreren").last.click()
    expect(page.get_by_role("radio", name="Geld en schulden")).to_be_checked()
    expect(page.get_by_role("radio", name="Warm verwezen")).to_be_checked()
    page.get_by_role("radio", name="65–79").check()
    page.get_by_role("radio", name="vrouw").check()
    page.get_by_role("button", name="Vraag opslaan").click()
    expect(page.get_by_text("Opgeslagen")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no_javascript"])
def test_the_whole_round(people, log_in_by_hand, wereld, mailbox, work, javascript):
    # A volunteer searches, refers and logs.
    joke = people(java_script_enabled=javascript)
    log_in_by_hand(joke, "vrijwilliger")
    kenmerk = find_and_refer(joke)
    log_question(joke)

    # The worker sends the mail: a link, no visitor.
    work()
    (mail,) = mailbox()
    tekst = mail.get_body(("plain",)).get_content()
    assert NAAM not in mail.as_string()
    (link,) = re.findall(r"http://\S+/d/\S+", tekst)

    # The partner, on a phone and without an account, needs two taps.
    cees = people(java_script_enabled=javascript, width=390)
    cees.goto(link)
    expect(cees.get_by_role("heading", name=NAAM)).to_be_visible()
    cees.get_by_role("button", name="Ontvangen, wij bellen").click()
    expect(cees.get_by_text("Het infopunt weet dat u contact opneemt.")).to_be_visible()
    cees.get_by_role("button", name="Wordt geholpen").click()
    expect(cees.get_by_role("heading", name="Dank u, dit is klaar")).to_be_visible()
    expect(cees.get_by_text(NAAM)).to_have_count(0)

    # The volunteer sees it on the start page, and the course of it.
    joke.goto("/")
    expect(joke.get_by_text("Wordt geholpen")).to_be_visible()
    joke.goto("/doorverwijzingen/?stand=alles")
    joke.get_by_role("link", name=kenmerk).click()
    expect(joke.get_by_text("De bezoeker wordt geholpen.")).to_be_visible()

    # The coordinator sees it counted.
    marieke = people(java_script_enabled=javascript)
    log_in_by_hand(marieke, "coordinator")
    marieke.get_by_role("link", name="Rapportage").first.click()
    expect(marieke.get_by_role("link", name="Geld en schulden").first).to_be_visible()
    assert Vraag.objects.filter(wijze="warm_doorverwezen", organisatie__naam="SchuldHulpMaatje").count() == 1
    expect(marieke.locator("tr", has_text="Wordt geholpen").first).to_contain_text("1")
