"""HSDS in, as untidy as it comes: what lands, and that the rest is told with its row and reason."""

import json
from contextlib import suppress
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sociale_kaart.invoer.hsds_csv import bestanden
from sociale_kaart.invoer.rijen import BestandFout, Tijd
from tests.sociale_kaart.invoer.hsds import DIENSTEN, ORGANISATIES, als_json, als_zip, lees, lees_tabellen
from tests.sociale_kaart.standaard import HSDS

VOORBEELDEN = HSDS / "examples"


def test_a_service_with_its_organisation():
    bestand, geweigerd = lees_tabellen()
    [aanbod] = bestand.aanbod
    assert (aanbod.naam, aanbod.extern_id, aanbod.organisatie) == ("Maatje", "proef:10", "1")
    [organisatie] = bestand.organisaties
    assert organisatie.velden["website"] == "https://www.brug.example"
    assert geweigerd == {}


def test_what_points_at_nothing_is_refused_with_row_and_reason():
    _, geweigerd = lees_tabellen(
        services=DIENSTEN + "11,88,Verweesd,,active\n12,,Los,,active\n13,1,,,active\n10,1,Dubbel,,active\n",
        phones="id,service_id,number\n1,99,0529-555511\n2,,0529-555512\n3,10,bel ons\n",
    )
    assert geweigerd == {
        "services.csv rij 3": "verwijst naar organisatie 88, die niet in organizations.csv staat",
        "services.csv rij 4": "noemt geen organisatie",
        "services.csv rij 5": "heeft geen naam",
        "services.csv rij 6": "het id 10 staat er al: services.csv rij 2",
        "phones.csv rij 2": "verwijst naar dienst 99, die niet in services.csv staat",
        "phones.csv rij 3": "zegt niet waar het bij hoort",
        "phones.csv rij 4": "“bel ons” is geen telefoonnummer",
    }


def test_refused_rows_keep_their_columns():
    bestand, _ = lees_tabellen(services=DIENSTEN + "11,88,Verweesd,Tekst,active\n")
    assert dict(bestand.geweigerd[0].ruw) == {
        "id": "11",
        "organization_id": "88",
        "name": "Verweesd",
        "description": "Tekst",
        "status": "active",
    }


@pytest.mark.parametrize(
    "kop",
    [
        ORGANISATIES.replace(",", ";"),
        ORGANISATIES.replace(",", "\t"),
        "\ufeff" + ORGANISATIES,
        ORGANISATIES.replace("\n", "\r\n").replace("\r\n", "\r", 1),
        "\n\n" + ORGANISATIES + "\n , ,\n",
        ORGANISATIES.replace("id,name", " ID , Name "),
    ],
)
def test_separators_marks_line_ends_and_empty_rows(kop):
    bestand, geweigerd = lees_tabellen(organizations=kop)
    assert bestand.organisaties[0].velden["email"] == "info@brug.example"
    assert (len(bestand.aanbod), geweigerd) == (1, {})


@pytest.mark.parametrize("codering", ["utf-8", "cp1252", "utf-16"])
def test_encodings(codering):
    tekst = ORGANISATIES.replace("De Brug", "Café Één")
    bestand, _ = lees_tabellen(organizations=tekst.encode(codering))
    assert bestand.organisaties[0].naam == "Buurtzorg Café Één"


def test_names_of_the_second_version_and_times_in_words():
    bestand, geweigerd = lees_tabellen(
        locations="id,name\n5,Buurthuis\n",
        services_at_location="id,service_id,location_id\n7,10,5\n",
        physical_addresses="id,location_id,address_1,city,postal_code\n1,5,Dorpsstraat 1,Dalfsen,7721 AB\n",
        regular_schedules="id,service_at_location_id,weekday,opens_at,closes_at\n1,7,1,8:30AM,5PM\n"
        "2,7,Tuesday,,\n3,7,,09:00,12:00\n",
        holiday_schedules="id,service_id,closed,start_date,end_date\n1,10,TRUE,2026-12-25,2026-12-26\n2,10,TRUE,kerst,\n",
        fees="id,service_id,fee\n1,10,Free\n",
        contacts="id,service_id,name,title\n1,10,Jo Bos,Coach\n2,10,,\n",
        eligibilities="id,service_id,eligibility\n1,10,Iedereen\n",
    )
    [aanbod] = bestand.aanbod
    assert aanbod.tijden[0] == Tijd(weekdagen=(0,), van=time(8, 30), tot=time(17), locatie="5")
    assert aanbod.tijden[2].periode == "dagen niet bekend"
    assert [s.van_dag for s in aanbod.sluitingen] == [date(2026, 12, 25)]
    assert (bestand.locaties[0].kern, bestand.locaties[0].velden["adres"]) == (
        "Dalfsen",
        "Dorpsstraat 1, 7721 AB Dalfsen",
    )
    assert (aanbod.contacten[0].naam, aanbod.contacten[0].rol) == ("Jo Bos", "Coach")
    assert aanbod.velden["doelgroep"] == "Iedereen"
    assert set(geweigerd) == {"holiday_schedules.csv rij 3", "contacts.csv rij 3"}


def test_free_means_gratis_and_ages_are_told():
    kop = "id,organization_id,name,fees_description,minimum_age,maximum_age,url,email,status,assured_date\n"
    bestand, _ = lees_tabellen(
        services=kop + "10,1,Maatje,No fee,12,18,brug.example,fout,inactive,2020-02-03\n"
    )
    [aanbod] = bestand.aanbod
    assert aanbod.velden["kosten"] == "gratis"
    assert aanbod.velden["doelgroep"] == "12 tot en met 18 jaar"
    assert aanbod.velden["website"] == "https://brug.example"
    assert aanbod.archief
    assert aanbod.gecontroleerd == date(2020, 2, 3)
    assert [o.tekst for o in bestand.opmerkingen] == ["“fout” is geen e-mailadres"]


@pytest.mark.parametrize(
    ("rij", "tijden"),
    [
        ("WEEKLY,1,MO,09:00,12:00,,,,", [Tijd(weekdagen=(0,), van=time(9), tot=time(12))]),
        (
            'MONTHLY,1,"1MO,-1TU",09:00,12:00,,,,',
            [
                Tijd(weekdagen=(0,), van=time(9), tot=time(12), weken_van_maand=(1,)),
                Tijd(weekdagen=(1,), van=time(9), tot=time(12), weken_van_maand=(-1,)),
            ],
        ),
        (
            "WEEKLY,2,MO,09:00,12:00,2026-03-02,,,",
            [Tijd(weekdagen=(0,), van=time(9), tot=time(12), elke_weken=2, vanaf=date(2026, 3, 2))],
        ),
        (
            "WEEKLY,2,MO,09:00,12:00,,,,",
            [Tijd(weekdagen=(0,), van=time(9), tot=time(12), toelichting="eens in de 2 weken")],
        ),
        ("WEEKLY,1,MO,09:00,,,,,", [Tijd(weekdagen=(0,), toelichting="vanaf 09.00 uur")]),
        (",,,,,,,By appointment,", [Tijd(periode="By appointment")]),
        (",,,,,,,Mon - Fri: 9am - 5pm,", [Tijd(weekdagen=(0, 1, 2, 3, 4), van=time(9), tot=time(17))]),
        (
            ',,,08:00,10:00,,,,"FREQ=WEEKLY;BYDAY=MO,WE"',
            [Tijd(weekdagen=(0, 2), van=time(8), tot=time(10))],
        ),
        (
            "WEEKLY,1,MO,09:00,12:00,2026-05-01,2026-01-01,,",
            [Tijd(weekdagen=(0,), van=time(9), tot=time(12))],
        ),
    ],
)
def test_schedules(rij, tijden):
    kop = "id,service_id,freq,interval,byday,opens_at,closes_at,valid_from,valid_to,description,rrule\n"
    bestand, geweigerd = lees_tabellen(schedules=f"{kop}1,10,{rij}\n")
    assert geweigerd == {}
    assert list(bestand.aanbod[0].tijden) == tijden


def test_a_place_without_hours_keeps_the_hours_of_the_service():
    bestand, _ = lees_tabellen(
        locations="id,name\n5,Buurthuis\n",
        service_at_locations="id,service_id,location_id\n7,10,5\n",
        schedules="id,service_id,byday,opens_at,closes_at\n1,10,MO,9:00,12:00\n",
    )
    assert [(tijd.locatie, tijd.van) for tijd in bestand.aanbod[0].tijden] == [("5", time(9))]


def test_long_texts_move_to_the_description():
    kop = "id,organization_id,name,application_process\n"
    bestand, geweigerd = lees_tabellen(services=f"{kop}10,1,{'naam ' * 40},{'x' * 301}\n")
    [aanbod] = bestand.aanbod
    assert geweigerd == {}
    assert len(aanbod.naam) <= 160
    assert f"Aanmelden: {'x' * 301}" in aanbod.velden["omschrijving"]
    assert len(bestand.opmerkingen) == 2


def test_columns_and_files_without_a_place_are_told():
    bestand, _ = lees_tabellen(
        services="id,organization_id,name,kleur\n10,1,Maatje,paars\n",
        funding="id,service_id,source\n1,10,gemeente\n2,10,fonds\n",
        **{"leesmij.txt": "hoi", "__MACOSX/._services.csv": "rommel"},
    )
    assert [(o.bestand, o.veld, o.aantal) for o in bestand.ongebruikt] == [("services.csv", "kleur", 1)]
    assert {(o.bestand, o.aantal) for o in bestand.overgeslagen} == {("funding.csv", 2), ("leesmij.txt", 0)}


DIENST = {
    "id": "ac148810-d857-441c-9679-408f346de14b",
    "name": "Maatje",
    "status": "active",
    "organization": {"id": "o1", "name": "De Brug", "phones": [{"number": "0529-555511"}]},
    "service_at_locations": [
        {
            "location": {"name": "Buurthuis"},
            "schedules": [{"byday": "MO", "opens_at": "9:00", "closes_at": "12:00"}],
        }
    ],
    "languages": ["English", {"code": "pl"}],
}


@pytest.mark.parametrize(
    "inhoud",
    [
        als_json(DIENST),
        json.dumps(DIENST).encode(),
        json.dumps({"total_items": 1, "contents": [DIENST]}).encode(),
        b"\xef\xbb\xbf" + json.dumps({"services": [DIENST]}).encode("utf-8"),
        (
            json.dumps(DIENST) + "\n" + json.dumps({"id": "o2", "name": "Nog een", "website": ""}) + "\n"
        ).encode(),
        als_json(
            {**DIENST["organization"], "services": [{k: v for k, v in DIENST.items() if k != "organization"}]}
        ),
        als_zip(**{"pagina1.json": als_json(DIENST)}),
    ],
)
def test_json_in_all_its_shapes(inhoud):
    bestand, alle = lees(inhoud)
    assert all(regel.is_verantwoord for regel in alle)
    [aanbod] = bestand.aanbod
    assert str(aanbod.uuid) == DIENST["id"]
    assert aanbod.velden["talen"] == ["en", "pl"]
    assert aanbod.tijden[0].locatie == bestand.locaties[0].sleutel
    assert bestand.organisaties[0].velden["telefoon"] == "0529-555511"
    assert bestand.geweigerd == ()


def test_json_that_is_nothing_is_refused_row_by_row():
    bestand, _ = lees(als_json(DIENST, 7, {"kleur": "paars"}, None))
    assert [(fout.plek.rij, fout.redenen[0]) for fout in bestand.geweigerd] == [
        (2, "dit is geen object"),
        (3, "dit is geen dienst, organisatie of plek"),
        (4, "dit is geen object"),
    ]


@pytest.mark.parametrize("inhoud", [b"{", b"[" * 100_000, b'{"a": 1}\n{"b": '])
def test_broken_json_is_refused_whole(inhoud):
    with pytest.raises(BestandFout, match="geldige JSON"):
        lees(inhoud)


def test_a_bomb_a_broken_zip_and_one_with_nothing_in_it():
    with pytest.raises(BestandFout, match="te groot"):
        lees(als_zip(services=b"0" * 30_000_000))
    with pytest.raises(BestandFout, match="beschadigd"):
        list(bestanden(als_zip(services=DIENSTEN)[:-30]))
    with pytest.raises(BestandFout, match=r"services\.csv"):
        lees(als_zip(**{"leesmij.txt": "hoi"}))


@pytest.mark.skipif(not VOORBEELDEN.exists(), reason="the examples of the standard are not here")
@pytest.mark.parametrize("naam", ["service_full", "organization_full", "service_at_location_full", "tabular"])
def test_the_examples_of_the_standard_land(naam):
    bestand, alle = lees((VOORBEELDEN / f"{naam}.json").read_bytes())
    assert all(regel.is_verantwoord for regel in alle)
    assert [aanbod.naam for aanbod in bestand.aanbod] == ["Community Counselling"]


CEL = st.one_of(
    st.sampled_from(
        ["1", "10", "5", "7", "99", "", "MO", "9:00", "Free", "<b>x</b>", "2026-01-01", "x@y.example", "-1"]
    ),
    st.text(max_size=12),
)
TABELLEN = {
    "organizations": "id,name,email,website,description",
    "services": "id,organization_id,name,description,status,fees,minimum_age,assured_date,location_id",
    "locations": "id,name,latitude,longitude,organization_id",
    "service_at_locations": "id,service_id,location_id",
    "schedules": "id,service_id,location_id,service_at_location_id,freq,interval,byday,weekday,opens_at,closes_at,"
    "valid_from,valid_to,description,notes,count",
    "phones": "id,service_id,organization_id,location_id,contact_id,number,type,extension",
    "contacts": "id,service_id,organization_id,name,title,email",
    "attributes": "id,link_id,link_entity,taxonomy_term_id,service_id",
    "taxonomy_terms": "id,name,parent_id,code",
    "holiday_schedules": "id,service_id,closed,start_date,end_date,opens_at,closes_at",
}


@st.composite
def pakketten(draw):
    import csv
    import io

    tabellen = {}
    for naam in draw(st.sets(st.sampled_from(sorted(TABELLEN)), min_size=1)):
        kop = TABELLEN[naam].split(",")
        rijen = draw(st.lists(st.lists(CEL, min_size=1, max_size=len(kop) + 1), max_size=4))
        uit = io.StringIO()
        csv.writer(uit).writerows([kop, *rijen])
        tabellen[naam] = uit.getvalue().encode("utf-8", errors="replace")
    return tabellen


@given(pakketten())
@settings(deadline=None, max_examples=60)
def test_every_row_of_whatever_tables_is_accounted_for(tabellen):
    bestand, alle = lees(als_zip(**tabellen))
    assert all(regel.is_verantwoord for regel in alle)
    assert len(bestand.aanbod) <= sum(regel.tabel == "services" for regel in alle)


@given(st.binary(max_size=400), st.sampled_from(["services", "organizations", "schedules"]))
@settings(deadline=None, max_examples=60)
def test_any_bytes_are_read_or_refused_in_words(inhoud, naam):
    alle = []
    with suppress(BestandFout):
        _, alle = lees(als_zip(**{naam: inhoud}))
    assert all(regel.is_verantwoord for regel in alle)


JSONWAARDE = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=8)),
    lambda binnen: st.one_of(
        st.lists(binnen, max_size=3),
        st.dictionaries(
            st.sampled_from(
                [
                    "id",
                    "name",
                    "organization",
                    "services",
                    "phones",
                    "schedules",
                    "attributes",
                    "taxonomy_term",
                ]
            ),
            binnen,
            max_size=4,
        ),
    ),
    max_leaves=12,
)


@given(JSONWAARDE)
@settings(deadline=None, max_examples=80)
def test_any_json_is_read_or_refused(waarde):
    _, alle = lees(json.dumps(waarde).encode())
    assert all(regel.is_verantwoord for regel in alle)
