"""From the mail to the map: the organisation on a phone, the coordinator at a desk, search in between."""

import re

import pytest
from django.utils import timezone

from sociale_kaart import verzoeken
from sociale_kaart.models import Aanbod, Controle
from tests import factories
from tests.browser.test_toegankelijk import inspect


@pytest.fixture
def link(wereld, mailbox, work):
    """What stands in the mail that the worker really sent."""
    verzoeken.ask(organisatie=wereld["aanbod"].organisatie, now=timezone.now())
    work()
    tekst = mailbox()[-1].get_body(("plain",)).get_content()
    return re.search(r"http://\S+/klopt/\S+/", tekst).group()


def test_one_tap_from_the_mail(people, link, wereld):
    page = people(width=390)
    page.goto(link)
    page.get_by_role("button", name=re.compile("^Klopt.*Hulp bij schulden")).click()
    page.get_by_role("heading", name="Dank u wel").wait_for()
    assert Controle.objects.filter(aanbod=wereld["aanbod"], door="partner").count() == 3
    assert page.context.cookies() == []
    inspect(page)


def test_without_javascript_too(people, link, wereld):
    factories.AanbodFactory(organisatie=wereld["aanbod"].organisatie, naam="Spreekuur")
    page = people(width=390, java_script_enabled=False)
    page.goto(link)
    page.get_by_role("button", name=re.compile("^Bestaat niet meer.*Spreekuur")).click()
    page.get_by_role("button", name=re.compile("^Toch niet.*Spreekuur")).click()
    page.get_by_role("button", name="Alles klopt").click()
    page.get_by_role("heading", name="Dank u wel").wait_for()
    assert Controle.objects.count() == 6


def test_a_change_goes_past_the_coordinator(people, log_in, link, wereld):
    telefoon = people(width=390)
    telefoon.goto(link)
    telefoon.get_by_role("link", name="Wijzig Hulp bij schulden").click()
    inspect(telefoon)
    telefoon.get_by_label("Kosten").fill("€ 5 per keer")
    telefoon.get_by_label("Voor wie").fill("volwassenen")
    telefoon.get_by_role("button", name="Geef door").click()
    telefoon.get_by_text("Het infopunt kijkt naar uw wijziging").wait_for()
    inspect(telefoon)

    page = people()
    log_in(page, "coordinator")
    page.goto("/")
    page.get_by_role("link", name="Onderhoud").first.click()
    page.get_by_role("link", name="Bekijk Hulp bij schulden").click()
    inspect(page)
    page.get_by_role("group", name="Kosten overnemen?").get_by_label("Laat zoals het was").check()
    page.get_by_role("group", name="Voor wie overnemen?").get_by_label("Neem over").check()
    page.get_by_role("button", name="Bewaar wat ik koos").click()
    page.get_by_text("1 wijziging staat op de kaart. 1 niet overgenomen.").wait_for()
    aanbod = Aanbod.objects.get()
    assert (aanbod.doelgroep, aanbod.kosten) == ("volwassenen", "gratis")
    assert Controle.objects.get().groep == "voorwaarden"


def test_a_doubt_shows_in_search_until_it_is_looked_into(people, log_in, wereld):
    balie = people()
    log_in(balie, "vrijwilliger")
    balie.goto(f"/kaart/aanbod/{wereld['aanbod'].pk}/klopt-niet/")
    inspect(balie)
    balie.get_by_label("Het bestaat niet meer").check()
    balie.get_by_role("button", name="Meld het").click()
    balie.get_by_text("Bij het zoeken staat nu een waarschuwing").wait_for()
    balie.goto("/kaart/?q=schulden")
    balie.get_by_text("dit bestaat misschien niet meer. Bel eerst.").first.wait_for()

    page = people(width=390)
    log_in(page, "coordinator")
    page.goto("/kaart/beheer/")
    inspect(page)
    page.get_by_role("button", name="Uitgezocht, het klopt nu").click()
    page.get_by_text("De waarschuwing is weg").wait_for()
    balie.reload()
    balie.get_by_text("Hulp bij schulden").first.wait_for()
    assert balie.get_by_text("bestaat misschien niet meer").count() == 0
