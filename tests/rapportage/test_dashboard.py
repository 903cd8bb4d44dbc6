"""The report on a page and as a spreadsheet."""

import csv
from datetime import UTC, datetime
from html import unescape
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rapportage.export import harmless
from registratie.models import Vraag
from tests import factories

URL = "/rapportage/"
EIGEN = "periode=eigen&van=2026-01-01&tot=2026-03-31"


@pytest.fixture
def client(coordinator: Any, as_user: Any) -> Client:
    return as_user(coordinator)


def read_csv(client: Client, query: str = EIGEN) -> list[list[str]]:
    inhoud = client.get(f"{URL}csv/?{query}").content.decode("utf-8-sig")
    return list(csv.reader(StringIO(inhoud), delimiter=";"))


@pytest.mark.parametrize("rol", ["vrijwilliger", "beroepskracht", "partner"])
@pytest.mark.parametrize("url", [URL, f"{URL}csv/"])
def test_only_for_coordinators(as_user: Any, db: None, rol: str, url: str) -> None:
    assert as_user(factories.MedewerkerFactory(rol=rol)).get(url).status_code == 404


@pytest.mark.parametrize("url", [URL, f"{URL}csv/"])
def test_only_for_reading(client: Client, url: str) -> None:
    assert client.post(url).status_code == 405


def test_starts_with_this_quarter_of_all_desks(client: Client, infopunten: list) -> None:
    response = client.get(URL)

    assert response.context["form"].cleaned_data["periode"] == "dit_kwartaal"
    assert response.context["rapport"].infopunten == infopunten
    assert not response.context["rapport"].is_keuze


@pytest.mark.parametrize(
    ("query", "melding"),
    [
        ("periode=eigen&van=2026-03-31&tot=2026-03-01", "De laatste dag ligt voor de eerste."),
        ("periode=eigen&van=2026-03-01", "Vul een dag in."),
        ("periode=eigen", "Vul een dag in."),
        ("periode=eigen&van=0001-01-01&tot=2026-01-01", "Kies een dag tussen 1 januari 2015"),
        ("periode=eigen&van=2026-01-01&tot=9999-12-31", "Kies een dag tussen 1 januari 2015"),
        ("periode=eigen&van=2016-01-01&tot=2026-01-01", "Kies hoogstens 5 jaar."),
        ("periode=eigen&van=gisteren&tot=31-31-2026", "Dit is geen dag."),
        ("periode=ooit", "Deze periode kennen we niet."),
        ("infopunt=999999", "Dit infopunt kennen we niet."),
        ("infopunt=abc", "Dit infopunt kennen we niet."),
        ("infopunt=%00", "Dit infopunt kennen we niet."),
        ("onderwerp=999999", "Dit onderwerp kennen we niet."),
        ("onderwerp=x", "Dit onderwerp kennen we niet."),
        ("herkomst=gedroomd", "Deze manier kennen we niet."),
        ("vergelijk=morgen", "Dit kunnen we niet vergelijken."),
    ],
)
def test_says_what_is_wrong_with_a_choice(client: Client, infopunten: list, query: str, melding: str) -> None:
    response = client.get(f"{URL}?{query}")

    assert response.status_code == 200
    assert melding in response.content.decode()
    assert response.context["rapport"] is None


def test_spreadsheet_of_a_wrong_choice_explains_on_the_page(client: Client, infopunten: list) -> None:
    response = client.get(f"{URL}csv/?infopunt=999999")

    assert response.headers["Location"] == f"{URL}?infopunt=999999&periode=dit_kwartaal"


def test_empty_period_says_so(client: Client, infopunten: list) -> None:
    assert "Hier is niets opgeschreven" in client.get(URL).content.decode()


def test_choosing_a_filter_swaps_only_the_report(client: Client, infopunten: list) -> None:
    response = client.get(f"{URL}?{EIGEN}", headers={"HX-Request": "true"})

    inhoud = response.content.decode()
    assert "<html" not in inhoud
    assert "1 januari tot en met 31 maart 2026. Er is niets opgeschreven." in inhoud
    assert "HX-Request" in response.headers["Vary"]


def test_number_of_queries_does_not_grow(client: Client, infopunten: list) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{URL}?{EIGEN}")
        return len(queries)

    factories.VraagFactory(infopunt=infopunten[0])
    weinig = count()
    for infopunt in [*infopunten, *factories.InfopuntFactory.create_batch(3)]:
        factories.VraagFactory.create_batch(4, infopunt=infopunt)
        factories.DoorverwijzingFactory(infopunt=infopunt)

    assert count() == weinig


@pytest.fixture
def vragen(infopunten: list) -> None:
    for nummer, infopunt in enumerate(infopunten):
        for leeftijd, aantal in [("80+", 2 + nummer), ("65-79", 19), ("50-64", 22)]:
            for geslacht in ["vrouw", "man"]:
                factories.VraagFactory.create_batch(
                    aantal, infopunt=infopunt, leeftijdsgroep=leeftijd, geslacht=geslacht
                )


@pytest.mark.parametrize("met_keuze", [False, True])
def test_spreadsheet_shows_what_the_page_shows(
    client: Client, infopunten: list, vragen: None, met_keuze: bool
) -> None:
    query = f"{EIGEN}&infopunt={infopunten[0].pk}" if met_keuze else EIGEN
    rapport = client.get(f"{URL}?{query}").context["rapport"]

    verwacht = [
        [tabel.naam, rij.naam, kolom, str(cel.waarde) if cel.waarde is not None else cel.tekst]
        for tabel in rapport.tabellen
        for rij in tabel.rijen
        for kolom, cel in zip(tabel.kolommen, rij.cellen, strict=True)
    ]
    regels = read_csv(client, query)

    assert regels[0] == ["tabel", "rij", "kolom", "waarde"]
    assert [regel for regel in regels[1:] if regel[0] != "Over dit bestand"] == verwacht


def test_hidden_number_is_nowhere(client: Client, infopunten: list, vragen: None) -> None:
    """Of the first desk's visitors over 80 there were four: the word stands there, in page and spreadsheet."""
    query = f"{EIGEN}&infopunt={infopunten[0].pk}"

    assert ["Leeftijd per infopunt, 1e kwartaal 2026", "80+", infopunten[0].naam, "minder dan 5"] in read_csv(
        client, query
    )
    pagina = unescape(client.get(f"{URL}?{query}").content.decode())
    rij = pagina.split('<th scope="row">80+</th>')[1].split("</tr>")[0]
    assert "minder dan 5" in rij
    assert "4" not in rij.split("</svg>")[1]


def test_spreadsheet_says_what_it_is_about(client: Client, infopunten: list, vragen: None) -> None:
    regels = read_csv(client, f"{EIGEN}&infopunt={infopunten[1].pk}")

    assert ["Over dit bestand", "Periode", "", "1 januari tot en met 31 maart 2026"] in regels
    assert ["Over dit bestand", "Infopunten", "", infopunten[1].naam] in regels


def test_spreadsheet_opens_in_a_dutch_excel(client: Client, infopunten: list) -> None:
    response = client.get(f"{URL}csv/?{EIGEN}")

    assert response.content.startswith(b"\xef\xbb\xbftabel;rij;kolom;waarde\r\n")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="rapportage-2026-01-01-2026-03-31.csv"' in response.headers["Content-Disposition"]


def test_name_that_is_a_formula_does_nothing(client: Client, infopunten: list) -> None:
    organisatie = factories.OrganisatieFactory(naam='=HYPERLINK("http://kwaad.example")')
    factories.VraagFactory(infopunt=infopunten[0], wijze="doorverwezen", organisatie=organisatie)

    [regel] = [regel for regel in read_csv(client) if "HYPERLINK" in regel[1]]
    assert regel[1].startswith("'=")


@pytest.mark.parametrize(
    ("veld", "uit"),
    [("-5", "-5"), ("12", "12"), ("-5+cmd", "'-5+cmd"), ("@x", "'@x"), ("\tx", "'\tx"), ("", "")],
)
def test_numbers_stay_numbers(veld: str, uit: str) -> None:
    assert harmless(veld) == uit


def test_looking_changes_nothing(client: Client, infopunten: list, vragen: None) -> None:
    voor = list(Vraag.objects.order_by("pk").values())

    client.get(URL)
    client.get(f"{URL}csv/")

    assert list(Vraag.objects.order_by("pk").values()) == voor


def test_question_of_the_last_quarter_hour_counts_today(client: Client, infopunten: list) -> None:
    factories.VraagFactory(infopunt=infopunten[0], moment=datetime(2026, 3, 31, 21, 45, tzinfo=UTC))

    assert client.get(f"{URL}?{EIGEN}").context["rapport"].totaal == 1
