"""Referring in a real browser: the desk within its budget, the partner on a phone, the coordinator on the board."""

import re
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from doorverwijzing import actions, kluis, partnercode
from doorverwijzing.models import Doorverwijzing, Hindernis, KoudeVerwijzing, Status
from sociale_kaart.models import Organisatie
from tests import factories
from tests.browser.test_toegankelijk import inspect

NAAM = "Anna de Vries"
BUDGET = 12


class Hand:
    """Counts what somebody does: each click, and each field that is clicked to type in."""

    def __init__(self) -> None:
        self.keren = 0

    def click(self, wat: Locator) -> None:
        self.keren += 1
        wat.click()

    def type(self, veld: Locator, tekst: str) -> None:
        self.click(veld)
        veld.fill(tekst)


@pytest.fixture
def refer(wereld):
    """`refer()` makes a referral by mail, as the desk does."""

    def refer() -> Doorverwijzing:
        return actions.refer(
            id=uuid.uuid4(),
            aanbod=wereld["aanbod"],
            contact=wereld["contact"],
            infopunt=wereld["infopunt"],
            gegevens=kluis.Gegevens(naam=NAAM, telefoon="0529 555 591", vraag="Een lange brief."),
            wijze="voorgelezen",
            by=wereld["vrijwilliger"],
        )

    return refer


def to_form(page: Page, hand: Hand) -> None:
    page.set_default_timeout(30_000)  # the first search of a process reads its words
    page.goto("/")
    hand.type(page.get_by_role("searchbox").first, "mijn rekeningen niet betalen")
    hand.click(page.get_by_role("button", name="Zoek"))
    hand.click(page.get_by_role("link", name="Verwijs warm").first)


def test_desk_by_mail_within_the_budget(people, log_in, wereld):
    page, hand = people(), Hand()
    log_in(page, "vrijwilliger")
    to_form(page, hand)
    hand.click(page.get_by_role("radio", name="Ja, voorgelezen"))
    hand.type(page.get_by_label("Naam"), NAAM)
    hand.type(page.get_by_label("Telefoon", exact=True), "0529-55 55 91")
    hand.type(page.get_by_label("Wat moet de partner weten?"), "Mevrouw durft de post niet open te maken.")
    page.reload()
    expect(page.get_by_label("Naam")).to_have_value(NAAM)  # the draft is still there
    hand.click(page.get_by_role("button", name="Verwijs warm"))
    expect(page.get_by_text("Nog niet verzonden")).to_be_visible()
    hand.click(page.get_by_role("link", name="Kaartje"))
    expect(page.get_by_role("heading", name="Kaartje voor de bezoeker")).to_be_visible()
    expect(page.get_by_text(NAAM)).to_have_count(0)
    assert hand.keren <= BUDGET


def test_desk_together_walking_along_and_no(people, log_in, wereld):
    page = people()
    log_in(page, "vrijwilliger")
    to_form(page, Hand())
    begin = page.url
    page.get_by_role("link", name="Nu samen bellen of lopen").click()
    page.get_by_role("radio", name="Wordt geholpen").check()
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_text("Over de bezoeker is niets bewaard.").first).to_be_visible()
    inspect(page)
    page.set_viewport_size({"width": 1280, "height": 800})

    morgen = timezone.localdate() + timedelta(days=1)
    page.goto(f"{begin}samen/")
    page.get_by_role("radio", name="Samen erheen lopen").check()
    page.get_by_role("radio", name="Wordt geholpen").check()
    page.get_by_label("Afspraak op").fill(morgen.isoformat())
    page.get_by_label("Hoe laat?").fill("14:30")
    page.get_by_role("button", name="Opslaan").click()
    page.get_by_role("link", name="Kaartje").click()
    expect(page.get_by_text("14.30 uur")).to_be_visible()

    page.goto(begin)
    page.get_by_role("radio", name="Nee, liever niet").check()
    expect(page.get_by_label("Naam")).to_be_hidden()
    page.get_by_role("button", name="Ga verder zonder doorgeven").click()
    expect(page.get_by_text("Over de bezoeker is niets bewaard.")).to_be_visible()
    expect(page.get_by_text("Hier kunt u terecht")).to_be_visible()

    wijzen = Doorverwijzing.objects.order_by("aangemaakt_op").values_list("wijze", flat=True)
    assert list(wijzen) == ["telefoon", "meelopen"]
    assert KoudeVerwijzing.objects.count() == 1


def test_partner_with_a_code_and_without_javascript(people, wereld, mailbox, work, refer):
    Organisatie.objects.update(vraagt_code=True)
    wereld["aanbod"].refresh_from_db()
    ander = factories.OrganisatieFactory(naam="Humanitas")
    verwijzing = refer()
    work()
    link = re.search(r"http://\S+/d/\S+", mailbox()[0].get_body(("plain",)).get_content())
    assert link
    cees = people(java_script_enabled=False, width=390)
    cees.goto(link[0])
    cees.get_by_label("Uw code").fill("boom 12 veld")
    cees.get_by_role("button", name="Verder").click()
    expect(cees.get_by_text("U kunt het nog 4 keer proberen.")).to_be_visible()
    expect(cees.get_by_text(NAAM)).to_have_count(0)
    cees.get_by_label("Uw code").fill(partnercode.code_for(verwijzing).lower())
    cees.get_by_role("button", name="Verder").click()
    expect(cees.get_by_role("heading", name=NAAM)).to_be_visible()
    cees.get_by_role("button", name="Ontvangen, wij bellen").click()

    cees.get_by_role("link", name="Afspraak gemaakt").click()
    cees.get_by_label("Afspraak op").fill((timezone.localdate() + timedelta(days=2)).isoformat())
    cees.get_by_label("Hoe laat?").fill("09:30")
    cees.get_by_role("button", name="Verstuur").click()
    expect(cees.get_by_text("met een afspraak op")).to_be_visible()

    cees.get_by_role("link", name="Niet voor ons").click()
    cees.get_by_role("radio", name="Andere hulp nodig").check()
    cees.get_by_label("Wie kan dan wel helpen?").select_option("Humanitas")
    cees.get_by_label("De bezoeker vindt het goed").check()
    cees.get_by_role("button", name="Verstuur").click()
    expect(cees.get_by_role("heading", name="Dank u, dit is klaar")).to_be_visible()
    expect(cees.get_by_text(NAAM)).to_have_count(0)
    vervolg = Doorverwijzing.objects.get(vervolg_op=verwijzing)
    assert (vervolg.organisatie, vervolg.status) == (ander, Status.AANGEBODEN)

    cees.get_by_role("button", name="Toch niet").click()
    expect(cees.get_by_role("heading", name=NAAM)).to_be_visible()
    vervolg.refresh_from_db()
    assert vervolg.status == Status.INGETROKKEN


def test_code_pages_are_for_everybody(people, wereld, refer):
    Organisatie.objects.update(vraagt_code=True)
    wereld["aanbod"].refresh_from_db()
    page = people(width=390)
    page.goto(f"/d/{actions.new_link(refer())}/")
    page.get_by_role("button", name="Verder").click()
    inspect(page)
    for _ in range(5):
        page.get_by_label("Uw code").fill("boom 12 veld")
        page.get_by_role("button", name="Verder").click()
    expect(page.get_by_role("heading", name="Deze link is op slot")).to_be_visible()
    inspect(page)


def test_coordinator_follows_up(people, log_in, wereld, refer):
    """What did not arrive stands on the board; a note of a call; somebody else takes over and all is well."""
    Organisatie.objects.update(vraagt_code=True)
    wereld["aanbod"].refresh_from_db()
    terug, slot, laat = refer(), refer(), refer()
    for verwijzing, soort in ((terug, Hindernis.TERUGGEKOMEN), (slot, Hindernis.OP_SLOT)):
        Doorverwijzing.objects.filter(pk=verwijzing.pk).update(hapering=soort, hapering_op=timezone.now())
    Doorverwijzing.objects.filter(pk=laat.pk).update(beloofd_op=timezone.localdate() - timedelta(days=4))
    factories.ContactpersoonFactory(organisatie=wereld["aanbod"].organisatie, naam="Tineke Boer")
    page = people()
    log_in(page, "coordinator")
    page.goto("/doorverwijzingen/")
    page.get_by_role("link", name="Bord").click()
    for woorden in ("Mail kwam niet aan", "Link op slot", "4 dagen te laat"):
        expect(page.get_by_text(woorden).first).to_be_visible()
    inspect(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.get_by_role("link", name=terug.kenmerk).click()
    page.get_by_text("Laat de code zien").click()
    expect(page.get_by_text(partnercode.code_for(terug))).to_be_visible()
    page.get_by_label("Ik heb gebeld").fill("Ander adres gevraagd. Een collega neemt het over.")
    page.get_by_role("button", name="Schrijf erbij").click()
    expect(page.get_by_text("Ander adres gevraagd.")).to_be_visible()
    page.get_by_text("Iemand anders neemt het over").last.click()
    inspect(page)
    page.get_by_label("Wie neemt het over?").select_option("Tineke Boer")
    page.get_by_role("button", name="Stuur een nieuwe link").click()
    expect(page.get_by_text("Tineke Boer krijgt een mail met een nieuwe link.")).to_be_visible()
    expect(page.get_by_text("Mail kwam niet aan")).to_have_count(0)
