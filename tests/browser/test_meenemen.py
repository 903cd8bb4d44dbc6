"""The coordinator takes figures along: in three clicks, on paper, and a file that makes itself meanwhile."""

from io import BytesIO
from pathlib import Path

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import expect

from registratie.models import to_quarter
from tests import factories


def read(download):
    return load_workbook(BytesIO(Path(download.path()).read_bytes()))


@pytest.fixture
def twee_infopunten(wereld):
    for infopunt, aantal in [(wereld["infopunt"], 3), (factories.InfopuntFactory(naam="Lemelerveld"), 2)]:
        factories.VraagFactory.create_batch(
            aantal, infopunt=infopunt, onderwerp=wereld["geld"], moment=to_quarter(timezone.now())
        )


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no_javascript"])
def test_from_login_to_the_spreadsheet_of_one_desk_in_three_clicks(
    people, log_in_by_hand, twee_infopunten, javascript
):
    page = people(java_script_enabled=javascript)
    log_in_by_hand(page, "coordinator")

    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Rapportage").click()
    page.locator(".rapportfilter").get_by_text("Lemelerveld").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Excel").click()

    assert download.value.suggested_filename.endswith(".xlsx")
    boek = read(download.value)
    assert {rij[0]: rij[1] for rij in boek["Vragen per infopunt"].iter_rows(values_only=True)} == {
        "Infopunt": "aantal",
        "Lemelerveld": 2,
    }


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no_javascript"])
def test_file_over_several_years(people, log_in, twee_infopunten, work, javascript):
    page = people(java_script_enabled=javascript)
    log_in(page, "coordinator")
    page.goto("/rapportage/meenemen/")
    page.get_by_label("Eerste kwartaal").select_option(index=1)
    page.get_by_role("button", name="Maak meerjarenbestand").click()
    expect(page.get_by_text("We beginnen zo.")).to_be_visible()

    work()
    if not javascript:
        page.get_by_role("link", name="Kijk hoe ver het is").click()
    expect(page.get_by_role("heading", name="Het bestand is klaar")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Bewaar als Excel").click()
    assert read(download.value).sheetnames == ["Over dit bestand", "Cijfers"]


def test_report_on_paper(people, log_in, twee_infopunten):
    """As the browser prints it: no buttons and no menu, a cover of its own, pages of A4."""
    page = people()
    log_in(page, "coordinator")
    page.goto("/rapportage/verslag/")
    page.emulate_media(media="print")

    expect(page.get_by_role("heading", name="Voortgangsrapportage")).to_be_visible()
    for weg in ("Schrijf erbij", "Vorig kwartaal", "Afdrukken of PDF", "Rapportage"):
        assert not any(plek.is_visible() for plek in page.get_by_text(weg, exact=True).all()), weg
    pdf = page.pdf(prefer_css_page_size=True)
    assert pdf.count(b"/Type /Page\n") >= 2
    assert b"/MediaBox [0 0 594" in pdf  # A4 is 595 points wide


def test_keyboard_alone(people, log_in, twee_infopunten):
    """Every way out is reached with Tab and opened with Enter."""
    page = people()
    log_in(page, "coordinator")
    page.goto("/rapportage/meenemen/")
    page.get_by_role("button", name="Toon").focus()
    bereikt = []
    for _ in range(12):
        page.keyboard.press("Tab")
        bereikt.append(page.evaluate("document.activeElement.name || document.activeElement.innerText"))
    volgorde = [
        "Maak verslag",
        "Bewaar als Excel",
        "Bewaar als CSV",
        "eerste",
        "laatste",
        "Maak meerjarenbestand",
    ]
    assert [naam.strip() for naam in bereikt if naam.strip() in volgorde] == volgorde
    page.get_by_role("link", name="Maak verslag").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Voortgangsrapportage")).to_be_visible()
