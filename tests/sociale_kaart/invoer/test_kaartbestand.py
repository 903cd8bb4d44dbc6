"""Reading a file: what is refused, and that it says why."""

from datetime import time

import pytest

from sociale_kaart.invoer.kaartbestand import KaartbestandFout, lees_kaart
from sociale_kaart.invoer.keuren import lees_dag, lees_uren
from tests.sociale_kaart.kaart import aanbod, als_bytes, kaart


def lees(*rijen):
    return lees_kaart(als_bytes(kaart(*rijen)))


def test_a_good_row_comes_out_whole():
    [rij] = lees().rijen
    assert rij.velden["talen"] == ["nl", "fa"]
    assert rij.velden["bereik"] == "kernen"
    assert rij.kernen == ("Dalfsen", "Nieuwleusen")
    assert (rij.tijden[0].van, rij.tijden[0].tot) == (time(17), time(8))
    assert rij.contacten[0].email is None
    assert rij.contacten[1].email == "a@b.example"


def spreekuur(**anders):
    return [{"dag": "maandag", "tijd": "9:00-12:00", "plek": "", "toelichting": "", **anders}]


@pytest.mark.parametrize(
    ("anders", "veld"),
    [
        ({"id": None}, "id"),
        ({"id": ""}, "id"),
        ({"id": 7}, "id"),
        ({"naam": "  "}, "naam"),
        ({"naam": None}, "naam"),
        ({"naam": ["x"]}, "naam"),
        ({"naam": "x" * 161}, "naam"),
        ({"naam": "bel\x07"}, "naam"),
        ({"naam": "nul\x00"}, "naam"),
        ({"naam": "om\u202egekeerd"}, "naam"),
        ({"naam": "half \ud800"}, "naam"),
        ({"naam": "twee\nregels"}, "naam"),
        ({"organisatie": ""}, "organisatie"),
        ({"omschrijving": 5}, "omschrijving"),
        ({"omschrijving": "x" * 4001}, "omschrijving"),
        ({"onderwerpen": "wonen & huren"}, "onderwerpen"),
        ({"onderwerpen": ["bestaat niet"]}, "onderwerpen"),
        ({"onderwerpen": ["wonen & huren", "wonen & huren"]}, "onderwerpen"),
        ({"onderwerpen": [None]}, "onderwerpen"),
        ({"doelgroep": {}}, "doelgroep"),
        ({"kernen": []}, "kernen"),
        ({"kernen": None}, "kernen"),
        ({"talen": ["Klingon"]}, "talen"),
        ({"talen": "Nederlands"}, "talen"),
        ({"kosten": 5}, "kosten"),
        ({"indicatie_nodig": "nee"}, "indicatie_nodig"),
        ({"indicatie_nodig": None}, "indicatie_nodig"),
        ({"indicatie_nodig": 0}, "indicatie_nodig"),
        ({"telefoon": "bel mij"}, "telefoon"),
        ({"telefoon": "12"}, "telefoon"),
        ({"telefoon": "1234567890123456"}, "telefoon"),
        ({"telefoon": "0529-55 55 11 of 12"}, "telefoon"),
        ({"e-mail": "geen adres"}, "e-mail"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"website": "www.zonder-begin.example"}, "website"),
        ({"spreekuren": {}}, "spreekuren"),
        ({"spreekuren": ["maandag"]}, "spreekuren"),
        ({"spreekuren": [{"dag": "maandag", "tijd": "", "plek": ""}]}, "spreekuren.toelichting"),
        ({"spreekuren": spreekuur(dag="morgen")}, "spreekuren.dag"),
        ({"spreekuren": spreekuur(dag="")}, "spreekuren.dag"),
        ({"spreekuren": spreekuur(dag="maandag t/m")}, "spreekuren.dag"),
        ({"spreekuren": spreekuur(tijd="9:00")}, "spreekuren.tijd"),
        ({"spreekuren": spreekuur(tijd="25:00-26:00")}, "spreekuren.tijd"),
        ({"spreekuren": spreekuur(tijd="9:60-10:00")}, "spreekuren.tijd"),
        ({"spreekuren": spreekuur(tijd="9:00-9:00")}, "spreekuren.tijd"),
        ({"spreekuren": spreekuur(tijd="24:00-9:00")}, "spreekuren.tijd"),
        ({"spreekuren": spreekuur(dag="24 uur per dag", tijd="9:00-12:00")}, "spreekuren.tijd"),
        ({"spreekuren": spreekuur(extra="x")}, "spreekuren.extra"),
        ({"contactpersonen": [{"naam": "Jan"}]}, "contactpersonen.rol"),
        ({"contactpersonen": [{"naam": "", "rol": "x"}]}, "contactpersonen.naam"),
        ({"contactpersonen": [{"naam": "Jan", "rol": "x"}] * 2}, "contactpersonen"),
        ({"contactpersonen": [{"naam": "Jan", "rol": "x", "e-mail": "jan"}]}, "contactpersonen.e-mail"),
        ({"contactpersonen": ["Jan"]}, "contactpersonen"),
        ({"onbekend": 1}, "onbekend"),
    ],
)
def test_a_bad_value_is_refused_with_its_row_and_field(anders, veld):
    kaartbestand = lees(aanbod(**anders), aanbod(id="goed", naam="Ander aanbod"))
    assert [rij.extern_id for rij in kaartbestand.rijen] == ["goed"]
    [(naam, fouten)] = kaartbestand.geweigerd.items()
    assert naam == ("rij 1" if veld == "id" else "a001")
    assert len(fouten) == 1
    assert fouten[0].startswith(f"{veld}: ")


@pytest.mark.parametrize("veld", sorted(aanbod()))
def test_a_missing_field_is_told(veld):
    rij = aanbod()
    del rij[veld]
    [fouten] = lees(rij).geweigerd.values()
    assert f"{veld}: ontbreekt" in fouten


@pytest.mark.parametrize("rij", [None, 7, "a001", [], True])
def test_a_row_that_is_no_object_is_refused(rij):
    assert lees(rij).geweigerd == {"rij 1": ["dit is geen object"]}


def test_all_faults_of_a_row_are_told_at_once():
    [fouten] = lees(aanbod(telefoon="x", website="y", talen=["z"])).geweigerd.values()
    assert len(fouten) == 3


@pytest.mark.parametrize(
    ("inhoud", "zegt"),
    [
        (b"", "geen geldige JSON"),
        (b"{", "geen geldige JSON"),
        (b"[" * 100_000, "geen geldige JSON"),
        ("{}".encode("utf-16"), "geen UTF-8"),
        ('{"naam": "café"}'.encode("latin-1"), "geen UTF-8"),
        (b"[]", "moet een object zijn"),
        (b"null", "moet een object zijn"),
        (b'{"aanbod": []}', "onderwerpen"),
        (b'{"onderwerpen": [], "aanbod": {}}', "aanbod"),
        (b'{"onderwerpen": [1], "aanbod": []}', "onderwerpen"),
        (b'{"onderwerpen": ["a", "a"], "aanbod": []}', "twee keer"),
        (als_bytes(kaart(aanbod(), aanbod())), "meer dan"),
    ],
)
def test_a_broken_file_is_refused_whole(inhoud, zegt):
    with pytest.raises(KaartbestandFout, match=zegt):
        lees_kaart(inhoud)


@pytest.mark.parametrize(
    ("tekst", "verwacht"),
    [
        ("maandag", ((0,), "")),
        ("Maandag t/m vrijdag", ((0, 1, 2, 3, 4), "")),
        ("vrijdag t/m maandag", ((0, 4, 5, 6), "")),
        ("dinsdag en donderdag", ((1, 3), "")),
        ("dagelijks", (tuple(range(7)), "")),
        ("24 uur per dag", (tuple(range(7)), "")),
        ("maart en april", ((), "maart en april")),
        ("maart-april", ((), "maart-april")),
    ],
)
def test_days(tekst, verwacht):
    assert lees_dag(tekst) == verwacht


@pytest.mark.parametrize(
    ("tekst", "verwacht"),
    [
        ("9:00-12:30", (time(9), time(12, 30))),
        ("17:00-8:00", (time(17), time(8))),
        ("6:00-24:00", (time(6), time(0))),
        ("0:00-24:00", (time(0), time(0))),
        ("hele dag", (time(0), time(0))),
    ],
)
def test_hours(tekst, verwacht):
    assert lees_uren(tekst) == verwacht


def test_by_appointment_is_a_remark_and_no_place():
    [rij] = lees(aanbod(spreekuren=spreekuur(plek="op afspraak"))).rijen
    assert (rij.tijden[0].plek, rij.tijden[0].toelichting) == ("", "op afspraak")


@pytest.mark.parametrize(
    ("kernen", "bereik", "over"),
    [
        (["regio"], "regio", ()),
        (["landelijk"], "landelijk", ()),
        (["Dalfsen", "regio"], "regio", ("Dalfsen",)),
    ],
)
def test_reach(kernen, bereik, over):
    [rij] = lees(aanbod(kernen=kernen)).rijen
    assert (rij.velden["bereik"], rij.kernen) == (bereik, over)
