"""The question form without a network: nothing is lost, nothing counts twice, everything can be seen."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, expect

from registratie.models import VervallenVraag, Vraag
from sociale_kaart.models import Onderwerp
from tests import factories
from tests.browser.test_toegankelijk import inspect

ANTWOORDEN = ["Geld en schulden", "65–79", "vrouw", "Samen gedaan"]
OPSLAAN = "Vraag opslaan"
ONTVANGST = "**/vragen/wachtrij/"


def choose(page: Page, *namen: str) -> None:
    for naam in namen:
        page.get_by_role("radio", name=naam, exact=True).check()


def save(page: Page, *namen: str) -> None:
    """Five taps, with or without a network."""
    choose(page, *(namen or ANTWOORDEN))
    page.get_by_role("button", name=OPSLAAN).click()


def balk(page: Page):
    return page.get_by_role("complementary", name="Vragen die wachten")


def expect_soon(page: Page, is_so: Callable[[], bool]) -> None:
    for _ in range(100):
        if is_so():
            return
        page.wait_for_timeout(50)
    raise AssertionError("not within five seconds")


def kept(page: Page) -> list[dict]:
    """All that is on the disk of this browser, as it is there."""
    return page.evaluate(
        """() => new Promise((resolve) => {
            indexedDB.open("infopunt", 1).onsuccess = ({ target }) => {
                const all = target.result.transaction("wachtrij").objectStore("wachtrij").getAll();
                all.onsuccess = () => resolve(all.result);
            };
        })"""
    )


def stored_offline(page: Page) -> None:
    """Wait until the service worker holds both pages."""
    page.wait_for_function(
        """async () => {
            await navigator.serviceWorker.ready;
            const found = await Promise.all(["nieuw", "wachtrij"].map(
                (naam) => caches.match(`/vragen/zonder-internet/${naam}/`)));
            return found.every(Boolean) && navigator.serviceWorker.controller !== null;
        }"""
    )


@pytest.fixture
def subonderwerp(wereld):
    return factories.OnderwerpFactory(naam="Rekening begrijpen", ouder=wereld["geld"])


@pytest.fixture
def page(wereld, subonderwerp, people, log_in) -> Page:
    page = people()
    log_in(page, "vrijwilliger")
    page.goto("/vragen/nieuw/")
    return page


@pytest.fixture(autouse=True)
def failed_requests_are_what_we_came_for(people, complaints):
    yield
    complaints[:] = [tekst for tekst in complaints if not re.search("net::ERR_|status of 502|^htmx:", tekst)]


@pytest.fixture
def offline(page):
    """The same page with the network gone."""
    stored_offline(page)
    page.context.set_offline(True)
    return page


def test_waits_and_is_sent_when_the_network_is_back(offline):
    """Five taps as always; the form is empty for the next, and the bar says what waits."""
    page = offline
    eerste = page.locator("input[name=id]").input_value()
    save(page)
    expect(balk(page)).to_contain_text("1 vraag wacht.")
    expect(page.get_by_role("status").filter(has_text="Bewaard in deze computer")).to_be_visible()
    expect(page.get_by_role("radio", name="Geld en schulden")).not_to_be_checked()
    expect(page.get_by_role("radio").first).to_be_focused()
    assert page.locator("input[name=id]").input_value() != eerste

    save(page, "Wonen en huren", "80+", "man", "Zelf beantwoord")
    expect(balk(page)).to_contain_text("2 vragen wachten.")
    assert not Vraag.objects.exists()

    page.context.set_offline(False)
    expect(balk(page)).to_contain_text("Er is weer internet. 2 vragen verzonden.")
    assert kept(page) == []
    assert sorted(str(vraag.onderwerp) for vraag in Vraag.objects.all()) == [
        "Geld en schulden",
        "Wonen en huren",
    ]
    assert str(eerste) in [str(vraag.pk) for vraag in Vraag.objects.all()]
    assert {vraag.herkomst for vraag in Vraag.objects.all()} == {"direct"}


def test_form_opens_without_network_after_the_page_was_closed(offline, people):
    """The stored page knows nobody, runs its own clock, and saves."""
    context = offline.context
    offline.close()
    page = context.new_page()
    page.goto("/vragen/nieuw/")

    expect(page.get_by_role("heading", name="Vraag registreren")).to_be_visible()
    assert "Vrijwilliger" not in page.content()
    expect(page.locator("#wanneer")).to_have_text(re.compile(r"^vandaag \d{1,2}\.(00|15|30|45) uur$"))
    save(page)
    expect(balk(page)).to_contain_text("1 vraag wacht.")

    page.goto("/vragen/wachtrij/")
    expect(page.get_by_role("row", name=re.compile("Geld en schulden"))).to_contain_text("Wacht")
    page.goto("/")  # the start page is not stored: the form stands in
    expect(page.get_by_role("heading", name="Vraag registreren")).to_be_visible()

    context.set_offline(False)
    expect(balk(page)).to_contain_text("1 vraag verzonden.")
    assert Vraag.objects.count() == 1


def test_only_our_own_pages_and_files_are_stored(page):
    stored_offline(page)
    page.goto("/")
    page.goto("/kaart/?q=geld")
    addresses = page.evaluate(
        """async () => {
            const names = await caches.keys();
            const lists = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
            return lists.flat().map(({ url }) => new URL(url).pathname);
        }"""
    )
    pages = [address for address in addresses if not address.startswith("/static/")]
    assert sorted(pages) == ["/vragen/zonder-internet/nieuw/", "/vragen/zonder-internet/wachtrij/"]
    assert len(addresses) > len(pages)
    assert not any(
        "Vrijwilliger" in page.evaluate("a => caches.match(a).then(r => r.text())", a) for a in pages
    )


def test_answer_lost_after_the_commit_counts_once(page):
    """The server has it, the browser does not know: sent again, counted once."""
    lost = []

    def lose_the_answer(route):
        lost.append(route.fetch().status)
        route.abort("connectionreset")

    page.route(ONTVANGST, lose_the_answer)
    save(page)
    expect(balk(page)).to_contain_text("1 vraag wacht.")
    assert lost == [200]
    assert Vraag.objects.count() == 1

    page.unroute(ONTVANGST)
    balk(page).get_by_role("button", name="Verstuur nu").click()
    expect(balk(page)).to_contain_text("1 vraag verzonden.")
    assert Vraag.objects.count() == 1
    assert kept(page) == []


def test_remark_reaches_the_server_but_never_the_queue(page):
    """Its answer is lost too: the question sent again without the remark is still the same question."""

    def lose_the_answer(route):
        route.fetch()
        route.abort("connectionreset")

    page.route(ONTVANGST, lose_the_answer)
    choose(page, *ANTWOORDEN)
    page.evaluate("for (const d of document.querySelectorAll('#vraag details')) d.open = true")
    page.get_by_label("Opmerking").fill("De brief was lang en moeilijk.")
    page.get_by_role("button", name=OPSLAAN).click()
    expect(page.get_by_text("Een opmerking kan alleen met internet.").first).to_be_visible()
    assert "moeilijk" not in str(kept(page))

    page.unroute(ONTVANGST)
    balk(page).get_by_role("button", name="Verstuur nu").click()
    expect(balk(page)).to_contain_text("1 vraag verzonden.")
    assert [vraag.opmerking for vraag in Vraag.objects.all()] == ["De brief was lang en moeilijk."]


def test_desk_switched_while_offline(wereld, people, log_in):
    ander = factories.InfopuntFactory(naam="Lemelerveld")
    wereld["vrijwilliger"].infopunten.add(ander)
    page = people()
    log_in(page, "vrijwilliger")
    page.goto("/vragen/nieuw/")
    stored_offline(page)
    page.context.set_offline(True)
    page.get_by_text("Wijzig", exact=True).click()
    page.locator("#vraag").get_by_label("Infopunt").select_option("Lemelerveld")
    save(page)
    expect(balk(page)).to_contain_text("1 vraag wacht.")
    save(page)  # the next one stays at the desk that is on the screen
    expect(page.locator("#waar")).to_have_text("Lemelerveld")
    expect(balk(page)).to_contain_text("2 vragen wachten.")

    page.context.set_offline(False)
    expect(balk(page)).to_contain_text("2 vragen verzonden.")
    assert [vraag.infopunt for vraag in Vraag.objects.all()] == [ander, ander]


def test_survives_logout_and_goes_under_whoever_logs_in_next(offline, log_in_by_hand, wereld):
    page = offline
    save(page)
    expect(balk(page)).to_contain_text("1 vraag wacht.")
    page.route(ONTVANGST, lambda route: route.abort())
    page.context.set_offline(False)
    page.goto("/")
    page.get_by_text("Vrijwilliger", exact=True).first.click()
    page.get_by_role("button", name="Uitloggen").first.click()
    page.get_by_label("Gebruikersnaam").wait_for()
    page.unroute(ONTVANGST)
    log_in_by_hand(page, "beroepskracht")

    expect(balk(page)).to_contain_text("1 vraag verzonden.")
    assert Vraag.objects.count() == 1


def test_session_that_ended_asks_to_log_in(page, log_in_by_hand):
    """No question is lost to the login page; after logging in it goes, with a fresh token."""
    Session.objects.all().delete()
    save(page)
    expect(balk(page)).to_contain_text("Je bent uitgelogd.")
    assert not Vraag.objects.exists()
    balk(page).get_by_role("link", name="Inloggen").click()
    log_in_by_hand(page, "beroepskracht")

    expect(balk(page)).to_contain_text("1 vraag verzonden.")
    assert Vraag.objects.count() == 1


def test_page_of_before_somebody_else_logged_in(page, log_in_by_hand):
    """A login in another tab makes this page's token stale: a fresh one is fetched."""
    other = page.context.new_page()
    page.context.clear_cookies()
    log_in_by_hand(other, "beroepskracht")
    save(page)

    expect(page.get_by_role("button", name="Maak ongedaan")).to_be_visible()
    assert Vraag.objects.count() == 1


def test_waits_for_somebody_of_that_desk(offline, wereld, log_in):
    """Another desk's volunteer cannot send it, and it is no error either."""
    page = offline
    save(page)
    expect(balk(page)).to_contain_text("1 vraag wacht.")
    wereld["vrijwilliger"].infopunten.set([factories.InfopuntFactory(naam="Lemelerveld")])
    page.context.set_offline(False)

    expect(balk(page)).to_contain_text("Wacht op iemand van infopunt Nieuwleusen.")
    assert not Vraag.objects.exists()
    wereld["vrijwilliger"].infopunten.add(wereld["infopunt"])
    page.reload()
    expect(balk(page)).to_contain_text("1 vraag verzonden.")
    assert Vraag.objects.count() == 1


def make_stuck(page: Page) -> None:
    """Two wait: of one the topic is gone by the time the network is back."""
    save(page)
    expect(page.get_by_role("radio", name="Geld en schulden")).not_to_be_checked()
    save(page, "Wonen en huren", "80+", "man", "Zelf beantwoord")
    expect(balk(page)).to_contain_text("2 vragen wachten.")
    Onderwerp.objects.get(naam="Wonen en huren").delete()
    page.context.set_offline(False)
    expect(balk(page)).to_contain_text("Dat lukt niet.")


def test_a_stuck_one_holds_up_nothing_and_can_be_mended(offline):
    page = offline
    make_stuck(page)
    assert Vraag.objects.count() == 1
    [vast] = kept(page)

    balk(page).get_by_role("link", name="Bekijk").click()
    expect(page.get_by_role("heading", name="Deze 1 vraag wacht")).to_be_visible()
    regel = page.get_by_role("row", name=re.compile("Wonen en huren"))
    expect(regel).to_contain_text("Dit onderwerp bestaat niet meer.")
    regel.get_by_role("link", name="Kies onderwerp").click()
    expect(page.get_by_role("radio", name="80+")).to_be_checked()
    choose(page, "Geld en schulden")
    page.get_by_role("button", name=OPSLAAN).click()

    expect(page.get_by_role("button", name="Maak ongedaan")).to_be_visible()
    assert str(Vraag.objects.get(leeftijdsgroep="80+").pk) == vast["id"]
    assert kept(page) == []


def test_a_stuck_one_can_be_wiped_and_put_back(offline):
    page = offline
    make_stuck(page)
    page.goto("/vragen/wachtrij/")
    page.get_by_role("button", name="Wis Wonen en huren").click()
    expect(page.get_by_text("is gewist.")).to_be_visible()
    expect(balk(page)).not_to_contain_text("wacht.")
    page.get_by_role("button", name="Zet terug").click()
    expect(page.get_by_role("row", name=re.compile("Wonen en huren"))).to_be_visible()
    page.get_by_role("button", name="Wis Wonen en huren").click()
    expect(page.get_by_role("heading", name="Er wacht niets")).to_be_visible()

    page.reload()
    expect(page.get_by_role("heading", name="Er wacht niets")).to_be_visible()
    assert Vraag.objects.count() == 1


def test_wiped_after_its_answer_was_lost_is_not_counted(page):
    def lose_the_answer(route):
        route.fetch()
        route.abort("connectionreset")

    page.route(ONTVANGST, lose_the_answer)
    save(page)
    expect(balk(page)).to_contain_text("1 vraag wacht.")
    assert Vraag.objects.count() == 1
    page.unroute(ONTVANGST)
    page.get_by_role("button", name="Maak ongedaan").click()

    expect(page.get_by_text("De vraag is weggehaald.")).to_be_visible()
    expect_soon(page, VervallenVraag.objects.exists)
    assert not Vraag.objects.exists()
    assert kept(page) == []


def test_what_belongs_to_a_choice_waits_with_it(offline, wereld):
    """Subtopic, reason and organisation survive the queue and changing what waits there."""
    page = offline
    choose(page, "Geld en schulden", "Rekening begrijpen", "65–79", "vrouw", "Niet kunnen helpen")
    page.get_by_role("button", name=OPSLAAN).click()
    expect(page.get_by_role("alert")).to_contain_text("Kies waarom het niet lukte.")
    choose(page, "Wachtlijst")
    page.get_by_role("button", name=OPSLAAN).click()
    expect(balk(page)).to_contain_text("1 vraag wacht.")
    expect(page.get_by_role("radio", name="Rekening begrijpen")).to_have_count(0)

    balk(page).get_by_role("link", name="Bekijk").click()
    page.get_by_role("row", name=re.compile("Rekening begrijpen")).get_by_role("link", name="Wijzig").click()
    expect(page.get_by_role("radio", name="Rekening begrijpen")).to_be_checked()
    expect(page.get_by_role("radio", name="Wachtlijst")).to_be_checked()
    choose(page, "Warm verwezen", "SchuldHulpMaatje")
    page.get_by_role("button", name=OPSLAAN).click()
    expect(page.get_by_role("radio", name="65–79")).not_to_be_checked()
    page.context.set_offline(False)

    expect(balk(page)).to_contain_text("1 vraag verzonden.")
    vraag = Vraag.objects.get()
    assert (str(vraag.onderwerp), vraag.wijze, vraag.reden_niet) == (
        "Rekening begrijpen",
        "warm_doorverwezen",
        "",
    )
    assert vraag.organisatie == wereld["aanbod"].organisatie


def test_too_old_is_stuck_with_its_reason(offline):
    page = offline
    save(page)
    expect(balk(page)).to_contain_text("1 vraag wacht.")
    lang_geleden = (timezone.localdate() - timedelta(days=20)).isoformat()
    page.evaluate(
        """async (dag) => {
            const [record] = await wachtrij.list();
            await wachtrij.put({ ...record, velden: { ...record.velden, dag } });
        }""",
        lang_geleden,
    )
    page.context.set_offline(False)
    balk(page).get_by_role("link", name="Bekijk").click()
    expect(page.get_by_role("row", name=re.compile("Geld en schulden"))).to_contain_text(
        "meer dan 14 dagen geleden"
    )
    assert not Vraag.objects.exists()


def test_other_answers_under_an_id_that_is_taken(offline, wereld):
    """Refused, kept, and changed into a question of its own."""
    page = offline
    id = page.locator("input[name=id]").input_value()
    factories.VraagFactory(
        id=uuid.UUID(id), infopunt=wereld["infopunt"], onderwerp=wereld["geld"], wijze="komt_terug"
    )
    save(page)
    expect(balk(page)).to_contain_text("1 vraag wacht.")
    page.context.set_offline(False)
    expect(balk(page)).to_contain_text("Dat lukt niet.")
    balk(page).get_by_role("link", name="Bekijk").click()
    regel = page.get_by_role("row", name=re.compile("Geld en schulden"))
    expect(regel).to_contain_text("al opgeslagen, met andere antwoorden")
    regel.get_by_role("link", name="Wijzig").click()
    expect(page.get_by_role("radio", name="65–79")).to_be_checked()
    page.get_by_role("button", name=OPSLAAN).click()

    expect(page.get_by_role("button", name="Maak ongedaan")).to_be_visible()
    assert Vraag.objects.count() == 2
    assert kept(page) == []


def test_two_tabs_send_at_once(offline):
    page = offline
    other = page.context.new_page()
    other.goto("/vragen/nieuw/")
    page.bring_to_front()  # a tab behind another one hardly moves
    for _ in range(3):
        save(page)
        expect(page.get_by_role("radio", name="Geld en schulden")).not_to_be_checked()
    expect(balk(other)).to_contain_text("3 vragen wachten.")
    page.context.set_offline(False)

    for tab in (page, other):
        expect(balk(tab).get_by_text("Verstuur nu")).to_be_hidden()
    assert kept(page) == []
    assert Vraag.objects.count() == 3


def test_server_away_behind_its_proxy(page):
    """A server that restarts answers 502 for a while: the question waits."""
    page.route(ONTVANGST, lambda route: route.fulfill(status=502, body="Bad gateway"))
    save(page)
    expect(balk(page)).to_contain_text("1 vraag wacht.")
    page.unroute(ONTVANGST)
    page.reload()

    expect(balk(page)).to_contain_text("1 vraag verzonden.")
    assert Vraag.objects.count() == 1


def test_missing_answers_are_said_without_network(offline):
    page = offline
    save(page, "Geld en schulden", "65–79")
    alert = page.get_by_role("alert")
    expect(alert).to_be_focused()
    expect(alert).to_contain_text("Kies hoe je hielp.")
    alert.get_by_role("link", name=re.compile("^Geslacht")).click()
    assert kept(page) == []
    inspect(page)

    save(page, "man", "Samen gedaan")
    expect(balk(page)).to_contain_text("1 vraag wacht.")


def test_same_visitor_keeps_age_and_gender_without_network(offline):
    page = offline
    choose(page, *ANTWOORDEN)
    page.get_by_role("button", name="Opslaan, deze bezoeker vraagt nog iets").click()
    expect(balk(page)).to_contain_text("1 vraag wacht.")
    expect(page.get_by_role("radio", name="65–79")).to_be_checked()
    expect(page.get_by_role("radio", name="vrouw")).to_be_checked()
    expect(page.get_by_role("radio", name="Samen gedaan")).not_to_be_checked()


def test_without_a_place_to_keep_things_the_form_posts_plainly(wereld, people, log_in):
    page = people()
    page.add_init_script("indexedDB.open = () => { throw new DOMException('nee', 'SecurityError'); };")
    log_in(page, "vrijwilliger")
    page.goto("/vragen/nieuw/")
    choose(page, *ANTWOORDEN)
    page.get_by_role("button", name="Opslaan, deze bezoeker vraagt nog iets").click()

    expect(page.get_by_role("button", name="Maak ongedaan")).to_be_visible()
    expect(page.get_by_role("radio", name="65–79")).to_be_checked()
    assert Vraag.objects.count() == 1


def test_nothing_for_axe_to_report(offline):
    page = offline
    save(page)
    expect(page.get_by_role("radio", name="Geld en schulden")).not_to_be_checked()
    save(page)
    expect(balk(page)).to_contain_text("2 vragen wachten.")
    inspect(page)
    page.goto("/vragen/wachtrij/")
    expect(page.get_by_role("heading", name="Deze 2 vragen wachten")).to_be_visible()
    inspect(page)
