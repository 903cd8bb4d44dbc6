"""Every page as every role, and the states that matter: axe has nothing to say, nothing runs sideways."""

import uuid
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from doorverwijzing import actions, kluis
from rapportage.abonnement import stop_token, subscribe
from rapportage.ido import load_defaults
from rapportage.models import Abonnement
from rapportage.publiceren import publish
from registratie.models import to_quarter
from sociale_kaart.controle import propose
from tests import factories
from tests.browser.conftest import WIDTHS, look_with_axe
from tests.rapportage.stad import ask
from tests.test_permissions import ROWS, WHO, bewerk_arguments

NOT_PAGES = {
    "doorverwijzing:fhir",
    "agenda_infopunt",
    "agenda_organisatie",
    "healthz",
    "huisstijl",
    "registratie:wachtrij_token",
    "werker",
    *(f"rapportage:{naam}" for naam in ("csv", "excel", "uitvoer_bestand")),
    "open_data_csv",
    "open_data_beschrijving",
    "sociale_kaart:invoer_csv",
    *(f"sociale_kaart:uitvoer_{soort}" for soort in ("excel", "csv", "hsds")),
    *(row[0] for row in ROWS if row[0].startswith("hsds:")),
}
LONG = 3000  # tall enough that the phone's bar at the bottom covers nothing


@pytest.fixture
def verwijzing(wereld):
    """A referral of this desk with details, consent and a link."""
    return actions.refer(
        id=uuid.uuid4(),
        aanbod=wereld["aanbod"],
        contact=wereld["contact"],
        infopunt=wereld["infopunt"],
        gegevens=kluis.Gegevens(naam="Anna de Vries", telefoon="0529 555 591", vraag="Een lange brief."),
        wijze="voorgelezen",
        by=wereld["vrijwilliger"],
    )


VERSLAG = {
    "nieuw": [{"soort": "aanbod", "naam": "Soep", "organisatie": "De Brug", "plek": "services.csv rij 2"}],
    "gewijzigd": [
        {
            "soort": "aanbod",
            "naam": "Maatje",
            "wijzigingen": [{"veld": "kosten", "was": "€ 5", "wordt": "gratis"}],
        }
    ],
    "weg": [{"soort": "aanbod", "naam": "Koffie", "organisatie": "De Brug", "pk": 0}],
    "onbekende_onderwerpen": {"Vliegeren": 3},
}


@pytest.fixture
def addresses(wereld, verwijzing):
    """The address of every page that takes something in its address."""
    contact = wereld["contact"].contactpersoon
    contact.medewerker = wereld["partner"]
    contact.save()
    for dag in range(3):
        factories.VraagFactory(
            infopunt=wereld["infopunt"],
            onderwerp=wereld["geld"],
            moment=to_quarter(verwijzing.aangemaakt_op.replace(day=dag + 1)),
        )
    vraag = factories.VraagFactory(
        infopunt=wereld["infopunt"], onderwerp=wereld["geld"], moment=to_quarter(verwijzing.aangemaakt_op)
    )
    factories.VraagFactory(
        infopunt=wereld["infopunt"],
        onderwerp=factories.OnderwerpFactory(naam="Vliegeren"),
        moment=to_quarter(verwijzing.aangemaakt_op),
        wijze="niet_geholpen",
        reden_niet="geen_aanbod",
    )
    aanbod = wereld["aanbod"]
    figures_for_others(wereld)
    factories.MeldingFactory(aanbod=aanbod, groep="tijden", toelichting="De deur is dicht.")
    factories.ControleverzoekFactory(organisatie=aanbod.organisatie, token="sleutel")
    voorstel = propose(
        organisatie=aanbod.organisatie, aanbod=aanbod, velden={"kosten": "€ 2", "talen": ["pl"]}, door=None
    )
    return {
        **bewerk_arguments(wereld["aanbod"], contact),
        "registratie:wijzigen": [vraag.pk],
        "registratie:turfknop": [factories.TurfknopFactory(onderwerp=wereld["geld"], icoon="printer").pk],
        "sociale_kaart:organisatie": [wereld["aanbod"].organisatie_id],
        "registratie:zonder_internet": ["nieuw"],
        "sociale_kaart:aanbod": [wereld["aanbod"].pk],
        "sociale_kaart:invoer": [factories.InvoerFactory(verslag=VERSLAG).pk],
        "rapportage:uitvoer": [factories.UitvoerFactory(gevraagd_door=wereld["coordinator"]).pk],
        "sociale_kaart:klopt_niet": [wereld["aanbod"].pk],
        "sociale_kaart:voorstel": [voorstel.pk],
        "klopt": ["sleutel"],
        "klopt_organisatie": ["sleutel"],
        "klopt_wijzigen": ["sleutel", wereld["aanbod"].pk],
        "sociale_kaart:kaartje": [wereld["aanbod"].pk],
        "doorverwijzing:nieuw": [wereld["aanbod"].pk],
        "doorverwijzing:toestemming": [wereld["aanbod"].pk],
        "doorverwijzing:samen": [wereld["aanbod"].pk],
        "doorverwijzing:bij_organisatie": [wereld["aanbod"].organisatie_id],
        "doorverwijzing:detail": [verwijzing.pk],
        "doorverwijzing:kaartje": [verwijzing.pk],
        "doorverwijzing:terugkoppeling": [verwijzing.pk],
        "doorverwijzing:partner": [actions.new_link(verwijzing)],
        "rapportage:met_link": ["stuurgroep"],
        "rapportage:stoppen": [stop_token(Abonnement.objects.get())],
        "account_reset_password_from_key": ["1", "onbekend"],
    }


def figures_for_others(wereld):
    """Two published quarters with a link to them, open data, the national form, and a monthly mail."""
    for kwartaal in (date(2026, 1, 1), date(2026, 4, 1)):
        ask(wereld["infopunt"], wereld["geld"], kwartaal, 40)
        publish(kwartaal)
    factories.BuitenlinkFactory(token="stuurgroep")
    factories.BuitenlinkFactory(token="oud", ingetrokken_op=timezone.now())
    factories.OpenDataFactory(aan=True)
    load_defaults()
    subscribe(wereld["coordinator"])


def inspect(page):
    """No sideways scrolling at any width, and nothing for axe to report on the widest and the narrowest: a tablet has
    the layout of a phone. Contrast is that of the widest: narrower pages have the same colours, and
    `test_contrast_on_a_phone` looks at what only those have."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": LONG})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (
            f"{page.url} runs sideways at {width}"
        )
        if width in (WIDTHS[0], WIDTHS[-1]):
            results = look_with_axe(page, contrast=width == WIDTHS[0])
            assert results.violations_count == 0, f"{page.url} at {width}\n{results.generate_report()}"


def pages_of(who):
    """The names of the pages that the table lets somebody open."""
    column = 2 + WHO.index(who)
    return [row[0] for row in ROWS if row[1] == "get" and row[column] == "200" and row[0] not in NOT_PAGES]


# In parts, so that they spread over all cores.
PARTS = [
    (who, tuple(names[first : first + 10]))
    for who in WHO
    if who != "beroepskracht"
    for names in [pages_of(who)]
    for first in range(0, len(names), 10)
]


def test_a_professional_sees_what_a_volunteer_sees():
    assert pages_of("beroepskracht") == pages_of("vrijwilliger")


@pytest.mark.parametrize(("who", "names"), PARTS, ids=lambda part: part if isinstance(part, str) else part[0])
def test_every_page(people, log_in, addresses, who, names):
    page = people()
    if who != "anoniem":
        log_in(page, who)
    for name in names:
        page.goto(reverse(name, args=addresses.get(name, [])))
        inspect(page)


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("vrijwilliger", "balie:start"),
        ("vrijwilliger", "registratie:nieuw"),
        ("vrijwilliger", "registratie:turven"),
        ("vrijwilliger", "sociale_kaart:aanbod"),
        ("coordinator", "doorverwijzing:lijst"),
        ("coordinator", "rapportage:dashboard"),
        ("anoniem", "doorverwijzing:partner"),
    ],
)
def test_contrast_on_a_phone(people, log_in, addresses, who, name):
    """One page of each kind: bars, menus and tables look different there."""
    page = people(width=390)
    if who != "anoniem":
        log_in(page, who)
    page.goto(reverse(name, args=addresses.get(name, [])))
    assert look_with_axe(page).violations_count == 0


STATES = {
    "search results": ("vrijwilliger", "/kaart/?q=rekeningen+betalen"),
    "search without result": ("vrijwilliger", "/kaart/?q=kwikzilverthermometer"),
    "search with a bad choice": ("vrijwilliger", "/kaart/?q=geld&onderwerp=paars"),
    "page that is not there": ("vrijwilliger", "/bestaat-niet/"),
    "list with a bad choice": ("vrijwilliger", "/doorverwijzingen/?stand=paars"),
    "empty list": ("vrijwilliger", "/doorverwijzingen/?stand=klaar"),
    "report with an impossible period": (
        "coordinator",
        "/rapportage/?periode=eigen&van=2026-03-02&tot=2026-03-01",
    ),
    "referrals in an empty year": (
        "coordinator",
        "/rapportage/verwijzingen/?periode=eigen&van=2016-01-01&tot=2016-12-31",
    ),
    "nothing missed": ("coordinator", "/rapportage/gemis/?periode=eigen&van=2016-01-01&tot=2016-12-31"),
    "unmet needs with an impossible period": ("coordinator", "/rapportage/gemis/?periode=eigen"),
    "take along with an impossible period": ("coordinator", "/rapportage/meenemen/?periode=ooit"),
    "unknown link": ("anoniem", "/d/onbekend/"),
    "unknown link to figures": ("anoniem", "/rapportage/buiten/onbekend/"),
    "figures of a period that is not there": ("anoniem", "/rapportage/buiten/stuurgroep/?periode=1999"),
    "figures for the national library of no such month": ("coordinator", "/rapportage/ido/?periode=paars"),
    "mail that was stopped": ("anoniem", "/rapportage/stoppen/onbekend/"),
}


@pytest.mark.parametrize("state", STATES)
def test_states(people, log_in, addresses, state):
    who, address = STATES[state]
    page = people()
    if who != "anoniem":
        log_in(page, who)
    page.goto(address)
    inspect(page)


@pytest.mark.parametrize(
    "stand",
    [
        {"status": "wacht", "gedaan": 0},
        {"status": "bezig", "gedaan": 1},
        {"status": "bezig", "gemeld_op": datetime(2026, 1, 1, tzinfo=UTC)},
        {"status": "mislukt", "fout": "Probeer het nog een keer."},
        {"status": "gestopt"},
    ],
    ids=["waits", "works", "lies still", "failed", "stopped"],
)
def test_a_file_in_the_making(people, log_in, wereld, stand):
    bestand = factories.UitvoerFactory(gevraagd_door=wereld["coordinator"], inhoud=None, **stand)
    page = people()
    log_in(page, "coordinator")
    page.goto(reverse("rapportage:uitvoer", args=[bestand.pk]))
    inspect(page)
    page.goto(reverse("rapportage:meenemen"))
    inspect(page)


def test_a_report_with_words_and_with_errors(people, log_in, addresses):
    page = people()
    log_in(page, "coordinator")
    page.goto(reverse("rapportage:verslag_teksten"))
    page.get_by_label("Voorwoord").fill("Bel 06-12345678.")
    page.get_by_label("Vooruitblik").fill("Een tweede middag open.")
    page.get_by_role("button", name="Opslaan").click()
    page.get_by_role("alert").first.wait_for()
    inspect(page)
    page.get_by_label("Voorwoord").fill("Het was een druk kwartaal.")
    page.get_by_role("button", name="Opslaan").click()
    page.get_by_text("Het was een druk kwartaal.").wait_for()
    inspect(page)


@pytest.mark.parametrize("address", ["/vragen/nieuw/", "doorverwijzing:nieuw"])
def test_forms_with_errors(people, log_in, addresses, address):
    page = people()
    log_in(page, "vrijwilliger")
    page.goto(address if address.startswith("/") else reverse(address, args=addresses[address]))
    page.locator("main form button:not([type=button])").first.click()
    page.get_by_role("alert").first.wait_for()
    inspect(page)


def test_partner_through_all_states(people, addresses, verwijzing):
    page = people(width=390)
    page.goto(reverse("doorverwijzing:partner", args=addresses["doorverwijzing:partner"]))
    page.get_by_role("link", name="Niet voor ons").click()
    inspect(page)
    page.get_by_role("button", name="Verstuur").click()
    page.get_by_text("Kies waarom het niet past.").first.wait_for()
    inspect(page)
    page.get_by_role("link", name="Terug").click()
    for knop in ("Ontvangen, wij bellen", "Gesproken", "Wordt geholpen"):
        page.set_viewport_size({"width": 390, "height": 800})
        page.get_by_role("button", name=knop).click()
        inspect(page)
    actions.new_link(verwijzing)
    page.reload()
    page.get_by_text("Er is een nieuwere mail").wait_for()
    inspect(page)


def test_a_new_link_for_others(people, log_in, addresses):
    page = people()
    log_in(page, "coordinator")
    page.goto("/rapportage/buiten/")
    page.get_by_role("button", name="Maak de link").click()
    page.get_by_role("alert").first.wait_for()
    inspect(page)
    page.get_by_label("Voor wie?").fill("Gemeente")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Kopieer").wait_for()
    inspect(page)
    page.goto(
        page.get_by_role("textbox", name="De link").input_value().replace("https://infopunt.example", "")
    )
    page.get_by_text("Voor: Gemeente.").wait_for()
