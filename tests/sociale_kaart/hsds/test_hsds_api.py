"""What the API answers, also to odd questions."""

import json
import uuid
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from sociale_kaart.hsds import antwoord
from sociale_kaart.hsds.kenmerken import KENMERKEN, TAXONOMIE
from sociale_kaart.hsds.sleutels import ServiceAtLocationId, sleutel
from sociale_kaart.models import Aanbod, Controle, Openingstijd, Uitzondering
from tests import factories

pytestmark = pytest.mark.django_db


def vraag(adres, **query):
    return Client().get(f"/hsds/{adres}", query)


def namen(adres, **query):
    response = vraag(adres, **query)
    assert response.status_code == 200, response.content
    return [ding["name"] for ding in response.json()["contents"]]


def test_root_says_what_this_is():
    assert vraag("").json()["version"] == "3.0"
    assert Client().get("/hsds").headers["Location"] == "/hsds/"


def test_structure_of_a_service(wereld):
    dienst = vraag(f"services/{wereld.aanbod.uuid}/").json()
    plek, ander = dienst["service_at_locations"]
    tijden = [(t.get("freq"), t.get("byday"), t.get("interval")) for t in dienst["schedules"]]
    termen = {a["taxonomy_term"].get("code") or a["taxonomy_term"]["name"] for a in dienst["attributes"]}

    assert dienst["name"] == "Spreekuur geldzorgen"
    assert dienst["alternate_name"] == "budgetspreekuur"
    assert dienst["application_process"] == "Bel voor een afspraak."
    assert dienst["fees_description"] == "gratis"
    assert dienst["cost_options"][0]["amount"] == 0
    assert dienst["assured_date"] == wereld.gecontroleerd.isoformat()
    assert [d["document"] for d in dienst["required_documents"]] == ["Indicatie", "Legitimatie en de brief."]
    assert [taal["code"] for taal in dienst["languages"]] == ["nl", "ar"]
    assert [gebied["name"] for gebied in dienst["service_areas"]] == ["Dalfsen", "de hele regio"]
    assert tijden == [
        ("MONTHLY", "1TU,-1TU", 1),
        ("WEEKLY", "FR", 2),
        ("WEEKLY", "SA", 1),
        (None, None, None),
    ]
    assert dienst["schedules"][1]["dtstart"] == "2026-03-06"
    assert dienst["schedules"][1]["valid_to"] == "2027-01-01"
    assert dienst["schedules"][2]["attributes"][0]["value"] == "4-9"
    assert dienst["schedules"][3]["attributes"][0]["value"] == "maart en april"
    assert plek["id"] == sleutel(wereld.aanbod.uuid, wereld.spil.uuid)
    assert plek["schedules"][0]["opens_at"][:5] == "09:00"
    assert ander["location"]["addresses"][0]["city"] == "Dalfsen"
    assert plek["location"]["addresses"][0] | {"id": ""} == {
        "id": "",
        "address_1": "Kerkstraat 1",
        "city": "Dalfsen",
        "state_province": "",
        "postal_code": "7721 AB",
        "country": "NL",
        "address_type": "physical",
    }
    assert termen == {
        *("Geld en schulden", "Schulden", "soort:activiteit", "kennismaken:vooraf", "kennismaken:na"),
        *("contact:praatje", "drempel:aanmelden", "vaste_gezichten"),
    }
    assert [(c["name"], c["title"]) for c in dienst["contacts"]] == [("Yusuf Demir", "sleutelpersoon")]


def test_what_is_not_known_is_left_out(wereld):
    kaal = vraag(f"services/{wereld.kaal.uuid}").json()

    assert {"email", "url", "phones", "schedules", "assured_date", "contacts"}.isdisjoint(kaal)
    assert "null" not in json.dumps(kaal)


def test_offset_is_that_of_the_day():
    winter = antwoord.Nu.van(timezone.datetime(2026, 1, 10, 12, tzinfo=timezone.get_default_timezone()))
    zomer = antwoord.Nu.van(timezone.datetime(2026, 7, 10, 12, tzinfo=timezone.get_default_timezone()))

    assert (winter.verschil, zomer.verschil) == ("+01:00", "+02:00")


def test_closed_for_now_and_notices(wereld):
    dienst = vraag(f"services/{wereld.aanbod.uuid}").json()
    assert dienst["status"] == "temporarily closed"
    assert dienst["alert"].endswith(": vakantie. Nieuwe ingang")

    vandaag = timezone.localdate()
    Uitzondering.objects.create(
        aanbod=wereld.aanbod, van_dag=vandaag, tot_dag=vandaag, van="10:00", tot="11:00"
    )
    dienst = vraag(f"services/{wereld.aanbod.uuid}").json()
    assert dienst["status"] == "active"
    assert dienst["alert"] == "Nieuwe ingang"


def test_checked_only_when_every_group_is(wereld):
    diensten = {d["name"]: d for d in vraag("services").json()["contents"]}
    assert "assured_date" not in diensten["Iets zonder meer"]
    assert diensten["Spreekuur geldzorgen"]["assured_date"] == wereld.gecontroleerd.isoformat()


def test_pages(wereld):
    factories.AanbodFactory.create_batch(5, organisatie=wereld.organisatie)
    eerste = vraag("services", per_page=3).json()
    laatste = vraag("services", per_page=3, page=3).json()
    voorbij = vraag("services", per_page=3, page=4).json()
    alles = [
        ding["id"]
        for nummer in (1, 2, 3)
        for ding in vraag("services", per_page=3, page=nummer).json()["contents"]
    ]

    assert {k: v for k, v in eerste.items() if k != "contents"} == {
        "total_items": 7,
        "total_pages": 3,
        "page_number": 1,
        "size": 3,
        "first_page": True,
        "last_page": False,
        "empty": False,
    }
    assert (laatste["size"], laatste["last_page"], laatste["first_page"]) == (1, True, False)
    assert (voorbij["size"], voorbij["empty"], voorbij["contents"]) == (0, True, [])
    assert len(set(alles)) == 7


def test_filters_of_services(wereld):
    elders = factories.AanbodFactory(naam="Elders")

    assert namen("services", organization_id=wereld.organisatie.uuid) == [
        "Spreekuur geldzorgen",
        "Iets zonder meer",
    ]
    assert namen("services", taxonomy_term_id=wereld.schulden.uuid) == ["Spreekuur geldzorgen"]
    assert namen("services", taxonomy_term_id=wereld.geld.uuid) == ["Spreekuur geldzorgen"]
    assert namen("services", taxonomy_term_id=KENMERKEN["contact:praatje"].id) == ["Spreekuur geldzorgen"]
    assert namen("services", taxonomy_term_id=KENMERKEN["kennismaken:tijdens"].id) == []
    assert namen("services", taxonomy_term_id=uuid.uuid4()) == []
    assert len(namen("services", taxonomy_id=TAXONOMIE)) == 3
    assert namen("services", taxonomy_id=uuid.uuid4()) == []
    assert namen("services", search="geldzorgen") == ["Spreekuur geldzorgen"]
    assert namen("services", modified_after=(elders.gewijzigd_op + timedelta(days=1)).isoformat()) == []


def test_modified_after_tells_what_went_to_the_archive(wereld):
    voor = vraag("services", minimal="true").json()["contents"][0]["last_modified"]
    wereld.kaal.gearchiveerd_op = timezone.now()
    wereld.kaal.save()
    daarna = vraag("services", modified_after=voor).json()["contents"]

    assert namen("services") == ["Spreekuur geldzorgen"]
    assert vraag(f"services/{wereld.kaal.uuid}").status_code == 404
    assert [set(d) for d in daarna if d["status"] == "defunct"] == [{"id", "name", "status", "last_modified"}]


def test_an_archived_organisation_takes_its_offers_along(wereld):
    wereld.organisatie.gearchiveerd_op = timezone.now()
    wereld.organisatie.save()

    assert namen("services") == namen("organizations") == []
    assert vraag("service_at_locations").json()["total_items"] == 0
    for adres in (f"services/{wereld.aanbod.uuid}", f"organizations/{wereld.organisatie.uuid}"):
        assert vraag(adres).status_code == 404


def test_minimal(wereld):
    inhoud = vraag("services", minimal="true").json()

    assert inhoud["size"] == 2
    assert set(inhoud["contents"][0]) == {"id", "name", "status", "last_modified"}


def test_organizations(wereld):
    factories.OrganisatieFactory(naam="Buurthuis de Brug")

    assert namen("organizations", search="kompas papieren") == ["Stichting Kompas"]
    heel = vraag(f"organizations/{wereld.organisatie.uuid}").json()
    assert [d["name"] for d in heel["services"]] == ["Spreekuur geldzorgen", "Iets zonder meer"]
    assert "schedules" not in heel["services"][0]
    assert {plek["name"] for plek in heel["locations"]} == {"Kulturhus de Spil", "Gemeentehuis"}
    assert [c["name"] for c in heel["contacts"]] == ["Yusuf Demir"]
    vol = vraag(f"organizations/{wereld.organisatie.uuid}", full_service="true").json()
    assert len(vol["services"][0]["schedules"]) == 4


def test_services_at_locations(wereld):
    kort, _ = vraag("service_at_locations").json()["contents"]
    vol, _ = vraag("service_at_locations", full="true").json()["contents"]
    los = vraag(f"service_at_locations/{kort['id']}").json()

    assert kort["service"]["name"] == "Spreekuur geldzorgen"
    assert "addresses" not in kort["location"]
    assert los == vol
    assert vol["location"]["accessibility"][0]["description"] == "Rolstoel kan naar binnen."
    assert vraag("service_at_locations", taxonomy_term_id=KENMERKEN["soort:hulp"].id).json()["empty"]


def test_database_and_python_make_the_same_id(wereld):
    tijd = Openingstijd.objects.filter(locatie=wereld.spil).annotate(sleutel=ServiceAtLocationId()).get()

    assert str(tijd.sleutel) == sleutel(wereld.aanbod.uuid, wereld.spil.uuid)


def test_terms(wereld):
    assert set(namen("taxonomies")) == {"Onderwerpen", "Kenmerken"}
    assert namen("taxonomy_terms", parent_id=wereld.geld.uuid) == ["Schulden"]
    assert "Schulden" not in namen("taxonomy_terms", top_only="true", per_page=500)
    assert set(namen("taxonomy_terms", search="schuld")) == {"Geld en schulden", "Schulden"}
    assert "Schulden" not in namen("taxonomy_terms", taxonomy_id=TAXONOMIE, per_page=500)


FOUT = [
    ("services", "page", "0"),
    ("services", "page", "-1"),
    ("services", "page", "een"),
    ("services", "page", "9" * 40),
    ("services", "page", "１"),
    ("services", "per_page", "0"),
    ("services", "per_page", "1001"),
    ("services", "modified_after", "gisteren"),
    ("services", "modified_after", "2026-02-30"),
    ("services", "modified_after", "0001-01-01T00:00:00+14:00"),
    ("services", "modified_after", "9999-12-31T23:59:59-14:00"),
    ("services", "taxonomy_term_id", "abc"),
    ("services", "taxonomy_id", "' OR 1=1"),
    ("services", "organization_id", "1"),
    ("services", "full", "ja"),
    ("services", "minimal", "2"),
    ("services", "format", "xml"),
    ("services", "format", "ndjson"),
    ("services", "search", "a\x00b"),
    ("organizations", "full_service", "x"),
    ("organizations", "search", "\x00"),
    ("service_at_locations", "postcode", "7711 AB"),
    ("service_at_locations", "proximity", "1000"),
    ("taxonomy_terms", "parent_id", "x"),
    ("taxonomy_terms", "top_only", "x"),
]


@pytest.mark.parametrize(("adres", "naam", "waarde"), FOUT)
def test_a_bad_parameter_is_named(adres, naam, waarde):
    response = vraag(adres, **{naam: waarde})

    assert response.status_code == 400
    assert response.json()["error"]["parameter"] == naam
    assert response.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    "waarde", ["2026-03-16T09:30:00Z", "2026-03-16T09:30:00+01:00", "2026-03-16", "2026-03-16 09:30"]
)
def test_moments_that_are_fine(waarde):
    assert vraag("services", modified_after=waarde).status_code == 200


def test_a_plus_that_became_a_space():
    assert Client().get("/hsds/services?modified_after=2026-03-16T09:30:00+01:00").status_code == 200


@pytest.mark.parametrize(
    "tekst", ["x" * 10_000, "\x01\x02 \ud7ff", "🙂" * 50, "%", "'\"\\", "de het een", "a & b | !c"]
)
def test_odd_searches_are_answered(wereld, tekst):
    for adres in ("services", "organizations", "service_at_locations", "taxonomy_terms"):
        assert vraag(adres, search=tekst).status_code == 200


@pytest.mark.parametrize(
    "soort", ["services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms"]
)
@pytest.mark.parametrize("pk", ["1", "abc", str(uuid.UUID(int=0)), "%00", "' --"])
def test_unknown_ids_are_404_in_json(soort, pk):
    response = Client().get(f"/hsds/{soort}/{pk}")

    assert response.status_code == 404
    assert response.json()["error"]["status"] == 404


def test_read_only_without_cookies_and_open_to_other_sites(wereld):
    client = Client(enforce_csrf_checks=True)
    lezen, schrijven, vooraf = (
        client.get("/hsds/services"),
        client.post("/hsds/services", {}),
        client.options("/hsds/services"),
    )

    assert (schrijven.status_code, schrijven.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert vooraf.status_code == 204
    assert "If-None-Match" in vooraf.headers["Access-Control-Allow-Headers"]
    assert lezen.headers["Access-Control-Allow-Origin"] == "*"
    assert not client.cookies


def test_not_changed(wereld):
    def etag():
        return vraag("services").headers["ETag"]

    eerste = etag()
    nogmaals = Client().get("/hsds/services", headers={"if-none-match": eerste})
    assert (nogmaals.status_code, nogmaals.content) == (304, b"")
    assert nogmaals.headers["Access-Control-Allow-Origin"] == "*"
    assert etag() == eerste
    assert vraag("services", page=2).headers["ETag"] != eerste

    gezien = {eerste}
    wereld.aanbod.kosten = "€ 2"
    for verander in [
        wereld.aanbod.save,
        lambda: Controle.objects.create(aanbod=wereld.kaal, groep="contact", door="balie"),
        lambda: Openingstijd.objects.filter(locatie=wereld.spil).delete(),
        lambda: wereld.spil.openingstijden.create(aanbod=wereld.kaal, weekdagen=[0]),
        lambda: type(wereld.spil).objects.update(adres="Elders 2"),
        lambda: type(wereld.geld).objects.filter(pk=wereld.geld.pk).update(naam="Geldzaken"),
        lambda: type(wereld.openbaar).objects.filter(pk=wereld.openbaar.pk).update(is_openbaar=False),
        lambda: Uitzondering.objects.all().delete(),
        lambda: Aanbod.objects.filter(pk=wereld.kaal.pk).delete(),
    ]:
        verander()
        gezien.add(etag())
    assert len(gezien) == 10


def test_another_day_is_another_answer(wereld, monkeypatch):
    vandaag = vraag("services").headers["ETag"]
    morgen = timezone.now() + timedelta(days=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: morgen)

    assert vraag("services").headers["ETag"] != vandaag


def test_not_too_often(monkeypatch, settings):
    monkeypatch.setattr(antwoord, "PER_MINUUT", 3)
    monkeypatch.setattr(antwoord, "time", lambda: 1_000_020.0)
    client = Client()
    antwoorden = [client.get("/hsds/") for _ in range(4)]

    assert [response.status_code for response in antwoorden] == [200, 200, 200, 429]
    assert antwoorden[3].headers["Retry-After"] == "60"
    assert antwoorden[3].json()["error"]["status"] == 429
    assert client.get("/hsds/", REMOTE_ADDR="192.0.2.7").status_code == 200
    settings.ACHTER_PROXY = True
    assert client.get("/hsds/", headers={"x-forwarded-for": "127.0.0.1, 192.0.2.8"}).status_code == 200
    # What a visitor says of itself does not count, only what the proxy adds.
    assert client.get("/hsds/", headers={"x-forwarded-for": "192.0.2.9, 127.0.0.1"}).status_code == 429
    monkeypatch.setattr(antwoord, "time", lambda: 1_000_081.0)
    assert client.get("/hsds/", headers={"x-forwarded-for": "127.0.0.1"}).status_code == 200


def test_a_network_of_ipv6_counts_as_one(monkeypatch):
    monkeypatch.setattr(antwoord, "PER_MINUUT", 1)
    monkeypatch.setattr(antwoord, "time", lambda: 1_000_020.0)
    client = Client()

    assert client.get("/hsds/", REMOTE_ADDR="2001:db8::1").status_code == 200
    assert client.get("/hsds/", REMOTE_ADDR="2001:db8::2").status_code == 429
    assert client.get("/hsds/", REMOTE_ADDR="2001:db8:0:1::2").status_code == 200


LIJSTEN = [
    ("services", {}),
    ("services", {"full": "true"}),
    ("services", {"minimal": "true"}),
    ("services", {"search": "spreekuur"}),
    ("organizations", {}),
    ("organizations", {"full": "true", "full_service": "true"}),
    ("service_at_locations", {}),
    ("service_at_locations", {"full": "true"}),
    ("taxonomy_terms", {}),
]


@pytest.mark.parametrize(("adres", "query"), LIJSTEN)
def test_queries_do_not_grow(wereld, adres, query, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from sociale_kaart.indexeren import index_aanbod

    client = Client()
    client.get(f"/hsds/{adres}", query)
    with CaptureQueriesContext(connection) as weinig:
        client.get(f"/hsds/{adres}", query)
    for nummer in range(4):
        aanbod = factories.AanbodFactory(naam=f"Spreekuur {nummer}")
        aanbod.onderwerpen.set([wereld.schulden])
        aanbod.kernen.set([factories.KernFactory()])
        factories.OpeningstijdFactory(aanbod=aanbod, locatie=factories.LocatieFactory())
        for openbaar in (True, False):
            factories.AanbodContactFactory(aanbod=aanbod, contactpersoon__is_openbaar=openbaar)
    index_aanbod(Aanbod.objects.all())
    client.get(f"/hsds/{adres}", query)  # the search reads its words anew after a change
    with CaptureQueriesContext(connection) as veel:
        response = client.get(f"/hsds/{adres}", query)

    assert response.json()["size"] >= 5
    assert len(veel) == len(weinig) <= 30


def test_date_fields_are_dates(wereld):
    dienst = vraag(f"services/{wereld.aanbod.uuid}").json()

    assert date.fromisoformat(dienst["assured_date"])
    assert dienst["last_modified"].endswith("Z")
