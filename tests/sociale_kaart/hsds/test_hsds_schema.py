"""Every answer against the published schemas, formats included, when those are on this machine."""

import json

import pytest
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from sociale_kaart.hsds.sleutels import sleutel
from sociale_kaart.models import Aanbod
from tests.sociale_kaart.standaard import HSDS

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not HSDS.exists(), reason="the schemas of HSDS 3.0 are not on this machine"),
]


def strip_names(schema):
    """The published files use "name" and "example" beside the keywords; harmless. References are file names."""
    return {**schema, "$schema": "https://json-schema.org/draft/2020-12/schema"}


def check(naam, inhoud, lijst=False):
    """Faults of an answer against one of the schemas."""
    registry = Registry().with_resources(
        (pad.name, Resource.from_contents(strip_names(json.loads(pad.read_text()))))
        for pad in (HSDS / "schema").glob("*.json")
        if pad.name != "openapi.json"
    )
    pad = HSDS / f"{naam}.json" if (HSDS / f"{naam}.json").exists() else HSDS / "schema" / f"{naam}.json"
    validator = Draft202012Validator(
        strip_names(json.loads(pad.read_text())), registry=registry, format_checker=FormatChecker()
    )
    return [f"{fout.json_path}: {fout.message[:120]}" for fout in validator.iter_errors(inhoud)]


def haal(adres, **vraag):
    response = Client().get(f"/hsds/{adres}", vraag)
    assert response.status_code == 200, response.content
    return response.json()


LIJSTEN = [
    ("services", {}, "service_list"),
    ("services", {"full": "true"}, "service"),
    ("services", {"minimal": "true"}, "service_list"),
    ("services", {"modified_after": "2000-01-01"}, "service_list"),
    ("services", {"search": "geldzorgen", "full": "true"}, "service"),
    ("organizations", {}, "organization_list"),
    ("organizations", {"full": "true"}, "organization"),
    ("service_at_locations", {}, "service_at_location"),
    ("service_at_locations", {"full": "true"}, "service_at_location"),
    ("taxonomies", {}, "taxonomy"),
    ("taxonomy_terms", {}, "taxonomy_term"),
]


@pytest.mark.parametrize(("adres", "vraag", "schema"), LIJSTEN)
def test_lists(wereld, adres, vraag, schema):
    inhoud = haal(adres, **vraag)["contents"]

    assert inhoud
    assert [check(schema, ding) for ding in inhoud] == [[]] * len(inhoud)


def test_services_in_lists_of_services_at_locations_and_organizations(wereld):
    plekken = haal("service_at_locations", full="true")["contents"]
    diensten = haal("organizations", full_service="true")["contents"][0]["services"]

    assert [check("service", plek["service"]) for plek in plekken] == [[], []]
    assert [check("service", dienst) for dienst in diensten] == [[], []]


def test_single_things(wereld):
    plek = sleutel(wereld.aanbod.uuid, wereld.spil.uuid)
    taxonomie = haal("taxonomies")["contents"][0]["id"]
    adressen = {
        f"services/{wereld.aanbod.uuid}": "service",
        f"services/{wereld.kaal.uuid}": "service",
        f"organizations/{wereld.organisatie.uuid}": "organization",
        f"service_at_locations/{plek}": "service_at_location",
        f"taxonomies/{taxonomie}": "taxonomy",
        f"taxonomy_terms/{wereld.schulden.uuid}": "taxonomy_term",
    }
    fouten = {adres: check(schema, haal(adres)) for adres, schema in adressen.items()}

    assert fouten == {adres: [] for adres in adressen}


def test_odd_web_and_mail_addresses_stay_valid(wereld):
    Aanbod.objects.filter(pk=wereld.aanbod.pk).update(website="https://www.café.example/één pagina")
    Aanbod.objects.filter(pk=wereld.kaal.pk).update(website="https://[kapot", email="geen-adres")
    inhoud = haal("services")["contents"]

    assert [check("service_list", ding) for ding in inhoud] == [[], []]
    assert inhoud[0]["url"] == "https://www.xn--caf-dma.example/%C3%A9%C3%A9n%20pagina"
    assert "url" not in inhoud[1]


def test_the_check_itself_finds_faults(wereld):
    dienst = haal(f"services/{wereld.aanbod.uuid}")

    assert check("service", dienst | {"id": "geen-uuid"})
    assert check("service", dienst | {"url": "geen adres"})
    assert check("service", dienst | {"last_modified": "gisteren"})
    assert check("service", dienst | {"status": "open"})
    assert check("service", dienst | {"phones": [{"id": str(wereld.aanbod.uuid)}]})
