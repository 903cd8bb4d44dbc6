"""The report as a workbook, and that page, paper, CSV and workbook say the same."""

import csv
from datetime import UTC, datetime
from html.parser import HTMLParser
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import Workbook, load_workbook

from rapportage.export_xlsx import number_of, sheet_name
from rapportage.onderdrukking import Cel
from tests import factories

URL = "/rapportage/"
EIGEN = "periode=eigen&van=2026-01-01&tot=2026-03-31"  # a whole quarter, for age and gender
Tabellen = dict[str, dict[tuple[str, str], str]]


@pytest.fixture
def client(coordinator: Any, as_user: Any) -> Client:
    return as_user(coordinator)


@pytest.fixture
def vragen(infopunten: list) -> None:
    """Enough people to show ages, few enough to hide some, and referrals with and without an outcome."""
    factories.InfopuntTijdFactory(infopunt=infopunten[0])
    onderwerpen = factories.OnderwerpFactory.create_batch(2)
    for nummer, infopunt in enumerate(infopunten):
        for leeftijd, aantal in [("80+", 2 + nummer), ("65-79", 19), ("50-64", 22)]:
            for geslacht, onderwerp in zip(["vrouw", "man"], onderwerpen, strict=True):
                factories.VraagFactory.create_batch(
                    aantal,
                    infopunt=infopunt,
                    leeftijdsgroep=leeftijd,
                    geslacht=geslacht,
                    onderwerp=onderwerp,
                )
        factories.DoorverwijzingFactory(infopunt=infopunt, aangemaakt_op=moment(2), beloofd_op=moment(4))
    geholpen = factories.DoorverwijzingFactory(
        infopunt=infopunten[0],
        status="geholpen",
        aangemaakt_op=moment(3),
        beloofd_op=moment(5),
        gewist_op=moment(9),
    )
    geholpen.gebeurtenissen.create(van="aangeboden", naar="geholpen", door="partner", op=moment(4))


def moment(dag: int) -> datetime:
    return datetime(2026, 3, dag, 10, 0, tzinfo=UTC)


def workbook(client: Client, query: str = EIGEN) -> Workbook:
    return load_workbook(BytesIO(client.get(f"{URL}excel/?{query}").content))


class TableReader(HTMLParser):
    """Every table of a page as (name of the row, name of the column) -> text; a bar is no column.

    Not the heat map: its cells are rates, and the files hold what those are made of.
    """

    def __init__(self) -> None:
        super().__init__()
        self.tabellen: list[dict[tuple[str, str], str]] = []
        self.kop: list[str] = []
        self.rij: list[str] | None = None
        self.cel: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag == "table":
            self.is_kaart = "warmtekaart" in (dict(attrs).get("class") or "")
            self.tabellen.append({})
            self.kop = []
        elif tag == "tr":
            self.rij = []
        elif tag in {"td", "th"} and "staafcel" not in (dict(attrs).get("class") or ""):
            self.cel = []

    def handle_data(self, data: str) -> None:
        if self.cel is not None:
            self.cel.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"} and self.cel is not None and self.rij is not None:
            self.rij.append(" ".join("".join(self.cel).split()))
            self.cel = None
        elif tag == "tr" and self.rij:
            if not self.kop:
                self.kop = self.rij
            elif not self.is_kaart:
                naam, *cellen = self.rij
                paren = zip(self.kop[1:], cellen, strict=True)
                self.tabellen[-1] |= {(naam, kolom): tekst for kolom, tekst in paren}


def tables_on(pagina: str) -> list[dict[tuple[str, str], str]]:
    lezer = TableReader()
    lezer.feed(pagina)
    return [tabel for tabel in lezer.tabellen if tabel]


def as_written(cel: Any) -> str:
    """A cell of the workbook as the program would draw it."""
    if isinstance(cel.value, str):
        return cel.value
    if cel.number_format == "0%":
        return f"{cel.value:.0%}"
    if cel.number_format.startswith("+"):
        return f"{cel.value:+d}".replace("-", "−") if cel.value else "0"
    return str(cel.value)


def tables_in(boek: Workbook) -> list[dict[tuple[str, str], str]]:
    uit = []
    for blad in boek.worksheets[1:]:
        kop, *rijen = blad.iter_rows()
        uit.append(
            {
                (rij[0].value, kop[k].value): as_written(cel)
                for rij in rijen
                for k, cel in enumerate(rij[1:], 1)
                if cel.value is not None
            }
        )
    return [tabel for tabel in uit if tabel]


def tables_of_csv(client: Client, query: str) -> list[dict[tuple[str, str], str]]:
    inhoud = client.get(f"{URL}csv/?{query}").content.decode("utf-8-sig")
    per_tabel: Tabellen = {}
    for tabel, rij, kolom, waarde in list(csv.reader(StringIO(inhoud), delimiter=";"))[1:]:
        if tabel != "Over dit bestand":
            per_tabel.setdefault(tabel, {})[rij, kolom] = waarde
    return list(per_tabel.values())


def without_sign(tabel: dict[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    """A difference is +3 on paper and 3 in a file."""
    return {
        plek: tekst.replace("−", "-").removeprefix("+") if plek[1] == "verschil" else tekst
        for plek, tekst in tabel.items()
    }


@pytest.mark.parametrize("keuze", ["alles", "een infopunt", "papier"])
def test_page_paper_csv_and_workbook_say_the_same(
    client: Client, infopunten: list, vragen: None, keuze: str
) -> None:
    query = (
        EIGEN
        + {"alles": "", "een infopunt": f"&infopunt={infopunten[0].pk}", "papier": "&herkomst=direct"}[keuze]
    )
    papier = tables_on(client.get(f"{URL}verslag/?{query}").content.decode())
    pagina = tables_on(client.get(f"{URL}?{query}").content.decode())
    boek = tables_in(workbook(client, query))

    assert len(boek) > 5
    drukte = [tabel for tabel in boek if any(kolom == "minuten open" for _, kolom in tabel)]
    assert sorted(map(repr, boek)) == sorted(map(repr, papier + drukte))
    assert [tabel for tabel in pagina if tabel not in boek] == []
    assert tables_of_csv(client, query) == [without_sign(tabel) for tabel in boek]


def test_hidden_numbers_are_words_and_nothing_else(client: Client, infopunten: list, vragen: None) -> None:
    """Of the first desk's visitors over 80 there were four."""
    boek = workbook(client, f"{EIGEN}&infopunt={infopunten[0].pk}")

    [blad] = [blad for blad in boek.worksheets if blad.title.startswith("Leeftijd per infopunt")]
    [rij] = [rij for rij in blad.iter_rows(values_only=True) if rij[0] == "80+"]
    assert rij[1] == "minder dan 5"


def test_numbers_are_numbers_and_percentages_percentages(
    client: Client, infopunten: list, vragen: None
) -> None:
    blad = workbook(client)["Kerncijfers"]
    per_naam = {rij[0].value: rij[1] for rij in blad.iter_rows(min_row=2)}

    assert per_naam["vragen"].value == 264
    op_tijd = per_naam["op tijd gebeld"]
    assert (op_tijd.value, op_tijd.number_format) == (0.25, "0%")


@pytest.mark.parametrize(
    ("cel", "uit"),
    [
        (Cel(12, "12"), (12, "0")),
        (Cel(0, "0%"), (0, "0%")),
        (Cel(67, "67%"), (0.67, "0%")),
        (Cel(-3, "−3"), (-3, "+0;−0;0")),
        (Cel(None, "minder dan 5"), ("minder dan 5", "")),
        (Cel(None, "5%"), ("5%", "")),
    ],
)
def test_what_a_spreadsheet_calculates_with(cel: Cel, uit: tuple) -> None:
    assert number_of(cel) == uit


@pytest.mark.parametrize(
    ("naam", "uit"),
    [
        ("Waarover: wonen", "Waarover wonen"),
        ("a[b]c*d?e/f\\g", "a b c d e f g"),
        ("'citaat'", "citaat"),
        ("", "Tabel"),
        ("///", "Tabel"),
        ("History", "History 2"),
        ("waarover", "waarover 2"),
        ("x" * 40, "x" * 31),
    ],
)
def test_names_of_sheets_that_excel_takes(naam: str, uit: str) -> None:
    assert sheet_name(naam, {"waarover"}) == uit


def test_long_names_of_sheets_stay_apart() -> None:
    namen: set[str] = set()
    uit = [sheet_name("Waarover: " + "x" * 40, namen) for _ in range(11)]

    assert len({naam.lower() for naam in uit}) == 11
    assert max(map(len, uit)) == 31


@pytest.mark.parametrize("naam", ['=HYPERLINK("http://kwaad.example")', "+1", "@SUM(A1)", "soep\x0b & brood"])
def test_a_name_stays_a_name(client: Client, infopunten: list, naam: str) -> None:
    organisatie = factories.OrganisatieFactory(naam=naam)
    factories.VraagFactory(infopunt=infopunten[0], wijze="doorverwezen", organisatie=organisatie)

    cel = workbook(client)["Naar wie verwezen"]["A2"]
    assert (cel.value, cel.data_type) == (naam.replace("\x0b", ""), "s")


def test_first_sheet_says_what_it_is_about(client: Client, infopunten: list, vragen: None) -> None:
    blad = workbook(client, f"{EIGEN}&infopunt={infopunten[1].pk}&herkomst=direct").worksheets[0]
    over = {rij[0]: rij[1] for rij in blad.iter_rows(min_row=3, values_only=True)}

    assert blad.title == "Over dit bestand"
    assert over["Periode"] == "1 januari tot en met 31 maart 2026"
    assert over["Infopunten"] == infopunten[1].naam
    assert over["Waarover"] != "alle vragen"
    assert "minder dan 5" in over["Kleine aantallen"]
    assert "Gemaakt op" in over


def test_sheets_are_ready_for_paper_and_scrolling(client: Client, infopunten: list, vragen: None) -> None:
    for blad in workbook(client).worksheets[1:]:
        assert (blad.freeze_panes, blad.print_title_rows) == ("B2", "$1:$1")
        assert str(blad.page_setup.paperSize) == "9"  # A4
        assert (blad.page_setup.fitToWidth, blad.page_setup.fitToHeight) == (1, 0)
        assert blad.column_dimensions["A"].width >= 11


def test_a_table_without_rows_says_so(client: Client, infopunten: list) -> None:
    assert workbook(client)["Naar wie verwezen"]["A2"].value == "Hier is niets opgeschreven."


def test_workbook_of_a_wrong_choice_explains_on_the_page(client: Client, infopunten: list) -> None:
    response = client.get(f"{URL}excel/?infopunt=999999")

    assert response.headers["Location"] == f"{URL}?infopunt=999999&periode=dit_kwartaal"


def test_is_a_file_with_a_name(client: Client, infopunten: list) -> None:
    response = client.get(f"{URL}excel/?{EIGEN}")

    assert 'filename="rapportage-2026-01-01-2026-03-31.xlsx"' in response.headers["Content-Disposition"]
    assert client.post(f"{URL}excel/").status_code == 405
