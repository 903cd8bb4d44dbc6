"""Editing the map in place: with a mouse, with the keyboard alone, and without JavaScript."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from sociale_kaart.models import Voorstel
from tests import factories
from tests.browser.test_toegankelijk import inspect


@pytest.fixture
def organisatie(wereld):
    for nummer in range(3):
        factories.AanbodFactory(
            naam=f"Nog iets {nummer}",
            bereik="regio",
            organisatie=wereld["aanbod"].organisatie,
            onderwerpen=[wereld["geld"]],
        )
    return wereld["aanbod"].organisatie


@pytest.fixture
def pagina(organisatie):
    return reverse("sociale_kaart:bewerken", args=[organisatie.pk])


def test_two_parts_open_at_once_keep_what_was_typed(people, log_in, wereld, pagina):
    page = people()
    log_in(page, "coordinator")
    page.goto(f"{pagina}?open={wereld['aanbod'].pk}")

    page.get_by_role("link", name="Wijzig SchuldHulpMaatje").click()
    page.get_by_label("Wat doet deze organisatie?").fill("Nog niet opgeslagen")
    page.get_by_role("link", name="Wijzig Hulp bij schulden: Wat is het?").click()
    naam = page.get_by_label("Naam", exact=True).nth(1)
    expect(naam).to_be_focused()
    naam.fill("")
    page.get_by_role("button", name="Opslaan").nth(1).click()
    expect(page.get_by_role("alert")).to_be_focused()
    inspect(page)

    page.set_viewport_size({"width": 1280, "height": 800})
    page.get_by_label("Naam", exact=True).nth(1).fill("Hulp bij geldzorgen")
    page.get_by_role("button", name="Opslaan").nth(1).click()
    expect(page.get_by_role("link", name="Wijzig Hulp bij geldzorgen: Wat is het?")).to_be_focused()
    expect(page.get_by_text("Opgeslagen.")).to_be_visible()
    expect(page.locator(f"#aanbod-{wereld['aanbod'].pk}-kop")).to_contain_text("Hulp bij geldzorgen")
    expect(page.get_by_label("Wat doet deze organisatie?")).to_have_value("Nog niet opgeslagen")

    # What was typed and not sent is not lost by a slip of the hand.
    vragen = []
    page.on("dialog", lambda dialog: (vragen.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="Zo ziet de balie het").click()
    expect(page.get_by_label("Wat doet deze organisatie?")).to_have_value("Nog niet opgeslagen")
    assert vragen == ["beforeunload"]


def test_a_time_is_added_with_the_keyboard_alone(people, log_in, wereld, pagina):
    page = people()
    log_in(page, "coordinator")
    page.goto(pagina)
    page.locator("summary", has_text="Hulp bij schulden").press("Enter")
    page.get_by_role("link", name="Wijzig Hulp bij schulden: Wanneer en waar?").press("Enter")
    page.get_by_role("button", name="Nog een tijd").press("Enter")

    tijd = page.get_by_role("group", name="Tijd 2", exact=True)
    expect(tijd.get_by_label("ma", exact=True)).to_be_focused()
    page.keyboard.press("Space")
    tijd.get_by_label("Van", exact=True).fill("09:00")
    tijd.get_by_label("Tot", exact=True).fill("12:00")
    page.get_by_role("button", name="Opslaan").last.press("Enter")
    expect(page.get_by_text("maandag 9.00–12.00 uur").last).to_be_visible()
    assert wereld["aanbod"].openingstijden.count() == 2


def test_everything_works_without_javascript(people, log_in, wereld, pagina):
    page = people(java_script_enabled=False)
    log_in(page, "coordinator")
    page.goto(f"{pagina}?open={wereld['aanbod'].pk}")
    page.get_by_role("link", name="Wijzig Hulp bij schulden: Wanneer en waar?").click()
    page.get_by_role("button", name="Nog een tijd").click()
    tijd = page.get_by_role("group", name="Tijd 2", exact=True)
    tijd.get_by_label("vr", exact=True).check(force=True)
    tijd.get_by_label("Van", exact=True).fill("13:00")
    page.get_by_role("button", name="Opslaan").last.click()
    expect(page.get_by_text("Vul ook in hoe laat het eindigt.").first).to_be_visible()
    tijd.get_by_label("Tot", exact=True).fill("14:00")
    page.get_by_role("button", name="Opslaan").last.click()
    expect(page.get_by_text("vrijdag 13.00–14.00 uur").last).to_be_visible()
    expect(page.get_by_text("Opgeslagen.")).to_be_visible()


@pytest.mark.parametrize("deel", ["wat", "tijden", "contact", "voorwaarden", "tijdelijk", "team"])
def test_the_form_of_every_part_is_accessible(people, log_in, wereld, deel):
    page = people()
    log_in(page, "coordinator")
    page.goto(reverse("sociale_kaart:aanbod_deel", args=[wereld["aanbod"].pk, deel]))
    for knop in page.get_by_role("button", name="Nog een").all():
        knop.click()
    inspect(page)


def test_a_partner_sees_what_waits(people, log_in, wereld, organisatie):
    contact = wereld["contact"].contactpersoon
    contact.medewerker = wereld["partner"]
    contact.save()
    page = people(390)
    log_in(page, "partner")
    page.goto(reverse("sociale_kaart:mijn_organisatie"))
    page.get_by_role("link", name="Wijzig SchuldHulpMaatje").click()
    page.get_by_label("Telefoon voor iedereen").fill("0529-55 55 42")
    page.get_by_role("button", name="Stel deze wijziging voor").click()
    expect(page.get_by_role("heading", name="Wacht op het infopunt")).to_be_visible()
    expect(page.locator("ins", has_text="0529-55 55 42")).to_be_visible()
    inspect(page)
    assert Voorstel.objects.get().velden["telefoon"]["wordt"] == "0529-55 55 42"
