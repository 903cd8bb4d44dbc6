"""Open data: shut until a coordinator opens it, and read as its own description says."""

import csv
import json
import re
from io import StringIO

import pytest

from rapportage.models import Buitencijfer, OpenData
from rapportage.publiceren import publish, publish_again
from sociale_kaart.models import Onderwerp
from tests import factories
from tests.rapportage.stad import KWARTALEN, ask, town

pytestmark = pytest.mark.django_db
ADRESSEN = ["/open-data/", "/open-data/cijfers.csv", "/open-data/datapackage.json"]
CSV, JSON = ADRESSEN[1:]


@pytest.fixture
def kwartaal():
    town()
    publish(KWARTALEN[0])


@pytest.fixture
def aan():
    return factories.OpenDataFactory(aan=True)


def read(client):
    """The table, with nothing known but the description."""
    pakket = client.get(JSON).json()
    [bron] = pakket["resources"]
    response = client.get(f"/open-data/{bron['path']}")
    tekst = response.content.decode(bron["encoding"])
    schema = bron["schema"]
    kop, *regels = csv.reader(StringIO(tekst), delimiter=bron["dialect"]["delimiter"])
    assert kop == [veld["name"] for veld in schema["fields"]]
    leeg = set(schema["missingValues"])
    soorten = {"string": str, "integer": int}
    rijen = [
        {
            veld["name"]: None if waarde in leeg else soorten[veld["type"]](waarde)
            for veld, waarde in zip(schema["fields"], regel, strict=True)
        }
        for regel in regels
    ]
    return schema, rijen


@pytest.mark.parametrize("adres", ADRESSEN)
def test_shut_until_somebody_opens_it(kwartaal, client, adres):
    assert client.get(adres).status_code == 404
    OpenData.objects.create(aan=False)
    assert client.get(adres).status_code == 404


def test_every_row_keeps_to_the_description(kwartaal, aan, client):
    schema, rijen = read(client)
    assert rijen
    for veld in schema["fields"]:
        regels = veld["constraints"]
        waarden = [rij[veld["name"]] for rij in rijen]
        if regels.get("required"):
            assert None not in waarden
            assert "" not in waarden
        if "enum" in regels:
            assert set(waarden) <= set(regels["enum"])
        if "pattern" in regels:
            assert all(re.fullmatch(regels["pattern"], waarde) for waarde in waarden)
        if "minimum" in regels:
            assert all(waarde >= regels["minimum"] for waarde in waarden if waarde is not None)
    sleutels = [tuple(rij[naam] for naam in schema["primaryKey"]) for rij in rijen]
    assert len(set(sleutels)) == len(sleutels)


def test_no_small_or_exact_number_is_in_any_file(kwartaal, aan, client):
    _, rijen = read(client)
    aantallen = [rij["aantal"] for rij in rijen if rij["aantal"] is not None]
    assert aantallen
    assert min(aantallen) >= 10
    assert {aantal % 5 for aantal in aantallen} == {0}
    klein = next(rij for rij in rijen if (rij["infopunt"], rij["waarde"]) == ("Lemelerveld", "Mantelzorg"))
    assert klein["aantal"] is None


def test_the_description_is_a_data_package(kwartaal, aan, client):
    pakket = client.get(JSON).json()
    assert re.fullmatch(r"[-a-z0-9._/]+", pakket["name"])
    assert pakket["licenses"] == [{"title": aan.licentie, "path": aan.licentie_adres}]
    assert [bron["profile"] for bron in pakket["resources"]] == ["tabular-data-resource"]
    assert pakket["homepage"] == "https://infopunt.example/open-data/"


def test_the_page_explains_every_column_and_names_the_licence(kwartaal, client):
    OpenData.objects.create(
        aan=True, licentie="Onze eigen licentie", licentie_adres="https://licentie.example/"
    )
    bladzijde = client.get("/open-data/").content.decode()
    for kolom in ("kwartaal", "infopunt", "tabel", "code", "waarde", "aantal"):
        assert f"<dt>{kolom}</dt>" in bladzijde
    assert '<a href="https://licentie.example/" rel="license">Onze eigen licentie</a>' in bladzijde


@pytest.mark.parametrize("adres", [CSV, JSON])
def test_unchanged_is_not_sent_again(kwartaal, aan, client, adres):
    etag = client.get(adres)["ETag"]
    assert client.get(adres, headers={"If-None-Match": etag}).status_code == 304
    publish_again(Buitencijfer.objects.first().publicatie)
    assert client.get(adres, headers={"If-None-Match": etag}).status_code == 200


def test_open_to_pages_of_others_and_to_search_engines(kwartaal, aan, client):
    response = client.get(CSV)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["X-Robots-Tag"] == "all"
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert not response.cookies


@pytest.mark.parametrize("adres", ADRESSEN)
def test_not_too_often(kwartaal, aan, client, adres, monkeypatch):
    monkeypatch.setattr("sociale_kaart.hsds.antwoord.PER_MINUUT", 0)
    assert client.get(adres).status_code == 429
    assert client.post(adres).status_code == 405


def test_a_name_is_no_formula(aan, client):
    desks, _ = town()
    Onderwerp.objects.filter(naam="Geld").update(naam="=1+1")
    ask(desks[0], Onderwerp.objects.get(naam="=1+1"), KWARTALEN[0], 40)
    publish(KWARTALEN[0])
    assert ";'=1+1;" in client.get(CSV).content.decode()


def test_a_coordinator_opens_and_shuts(kwartaal, coordinator, as_user, client):
    coordinatie = as_user(coordinator)
    velden = {"licentie": "CC0", "licentie_adres": "https://licentie.example/"}
    coordinatie.post("/rapportage/buiten/open-data/", {**velden, "aan": "on"})
    assert json.loads(client.get(JSON).content)["licenses"][0]["title"] == "CC0"
    coordinatie.post("/rapportage/buiten/open-data/", velden)
    assert client.get(CSV).status_code == 404


def test_a_licence_without_a_place_is_refused(coordinator, as_user):
    response = as_user(coordinator).post(
        "/rapportage/buiten/open-data/", {"aan": "on", "licentie": "CC0", "licentie_adres": "geen adres"}
    )
    assert response.status_code == 422
    assert "Dit is geen webadres." in response.content.decode()
    assert not OpenData.objects.exists()
