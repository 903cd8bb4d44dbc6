"""HSDS into the database: again without a change, what people added stays, and what the database refuses is told."""

from dataclasses import replace
from datetime import date, timedelta
from io import StringIO
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from sociale_kaart.invoer.kaart import als_invoer
from sociale_kaart.invoer.kaartbestand import lees_kaart
from sociale_kaart.invoer.lezen import herken, lees_bron
from sociale_kaart.invoer.rijen import BestandFout
from sociale_kaart.invoer.schrijven import importeer
from sociale_kaart.models import Aanbod, Contactpersoon, Controle, Locatie, Organisatie
from tests import factories
from tests.sociale_kaart.invoer.hsds import DIENSTEN, ORGANISATIES, als_zip
from tests.sociale_kaart.kaart import aanbod, als_bytes, kaart

pytestmark = pytest.mark.django_db


def lees_in(bron="proef", keuzes=None, archiveer=(), dry_run=False, **tabellen):
    inhoud = als_zip(**{"organizations": ORGANISATIES, "services": DIENSTEN} | tabellen)
    bestand = lees_bron(inhoud, "proef.zip", soort=herken(inhoud, "proef.zip"), bron=bron, keuzes=keuzes)
    return importeer(bestand, archiveer=archiveer, dry_run=dry_run)


def uitkomst(verslag):
    return [
        [regel.naam for regel in verslag.alleen(lijst)] for lijst in ("nieuw", "gewijzigd", "ongewijzigd")
    ]


ALLES = {
    "locations": "id,name\n5,Buurthuis\n6,Buurthuis\n",
    "addresses": "id,location_id,address_1,city\n1,5,Dorpsstraat 1,Ommen\n2,6,Kerkweg 2,Ommen\n",
    "service_at_locations": "id,service_id,location_id\n7,10,5\n8,10,6\n",
    "schedules": "id,service_at_location_id,byday,opens_at,closes_at\n1,7,MO,9:00,12:00\n2,8,TU,9:00,12:00\n",
    "contacts": "id,service_id,name,title,email\n1,10,Jo Bos,Coach,jo@brug.example\n",
    "phones": "id,service_id,organization_id,contact_id,number\n"
    "1,10,,,0529-555511\n2,,1,,0529-555512\n3,,,1,06-12345678\n",
    "languages": "id,service_id,code\n1,10,pl\n",
}


def test_everything_lands_and_again_changes_nothing():
    assert uitkomst(lees_in(**ALLES)) == [["Maatje"], [], []]
    maatje = Aanbod.objects.get()
    assert (maatje.extern_id, maatje.telefoon, maatje.talen) == ("proef:10", "0529-555511", ["pl"])
    assert maatje.bereik == "regio"
    assert maatje.zoekvector
    assert [t.locatie.naam for t in maatje.openingstijden.all()] == [
        "Buurthuis",
        "Buurthuis, Kerkweg 2, Ommen",
    ]
    [jo] = Contactpersoon.objects.all()
    assert (jo.telefoon, jo.email, jo.is_openbaar) == ("06-12345678", "jo@brug.example", True)
    stempel = maatje.gewijzigd_op
    verslag = lees_in(**ALLES)
    assert uitkomst(verslag) == [[], [], ["Maatje"]]
    assert verslag.nieuw + verslag.gewijzigd == []
    maatje.refresh_from_db()
    assert maatje.gewijzigd_op == stempel


def test_what_people_added_stays():
    lees_in(**ALLES)
    maatje = Aanbod.objects.get()
    onderwerp, geheim = (
        factories.OnderwerpFactory(),
        factories.ContactpersoonFactory(organisatie=maatje.organisatie),
    )
    maatje.onderwerpen.add(onderwerp)
    maatje.contacten.create(contactpersoon=geheim, rol="achterwacht", volgorde=9)
    Aanbod.objects.update(kosten="gratis", interne_notitie="let op")
    assert uitkomst(lees_in(**ALLES)) == [[], [], ["Maatje"]]
    verslag = lees_in(**ALLES | {"contacts": "id,service_id,name,title\n1,10,Jo Bos,Hoofd\n2,10,Bo Vos,\n"})
    [regel] = verslag.alleen("gewijzigd")
    assert [w.veld for w in regel.wijzigingen] == ["contactpersonen"]
    maatje.refresh_from_db()
    assert (maatje.kosten, maatje.interne_notitie) == ("gratis", "let op")
    assert list(maatje.onderwerpen.all()) == [onderwerp]
    assert [str(c) for c in maatje.contacten.all()] == [
        "Jo Bos, Hoofd",
        f"{geheim.naam}, achterwacht",
        "Bo Vos",
    ]


def test_a_change_says_was_and_becomes():
    lees_in()
    verslag = lees_in(services=DIENSTEN.replace("Samen op pad.", "Nieuw."), dry_run=True)
    [regel] = verslag.alleen("gewijzigd")
    [wijziging] = regel.wijzigingen
    assert (wijziging.veld, wijziging.was, wijziging.wordt) == ("omschrijving", "Samen op pad.", "Nieuw.")
    assert Aanbod.objects.get().omschrijving == "Samen op pad."


def test_ids_of_the_standard_find_what_is_ours():
    eigen = factories.AanbodFactory(naam="Maatje", organisatie__naam="Buurtzorg De Brug")
    rij = f"{eigen.uuid},{eigen.organisatie.uuid},Maatjes,Samen.,active\n"
    organisatie = f"id,name\n{eigen.organisatie.uuid},Buurtzorg De Brug\n"
    assert uitkomst(lees_in(organizations=organisatie, services=DIENSTEN.split("\n")[0] + "\n" + rij)) == [
        [],
        ["Maatjes"],
        [],
    ]
    assert Aanbod.objects.get().extern_id is None
    assert isinstance(Aanbod.objects.get().uuid, UUID)


def test_what_was_made_by_hand_is_taken_up_by_name():
    eigen = factories.AanbodFactory(
        naam="Maatje", organisatie__naam="Buurtzorg De Brug", omschrijving="Samen op pad."
    )
    assert uitkomst(lees_in())[0] == []
    eigen.refresh_from_db()
    assert eigen.extern_id == "proef:10"


def test_what_is_gone_is_told_and_only_archived_when_asked():
    lees_in(services=DIENSTEN + "11,1,Soep,,active\n")
    lees_in(bron="ander", organizations="id,name\n1,Elders\n")
    soep = Aanbod.objects.get(naam="Soep")
    verslag = lees_in()
    assert [regel.pk for regel in verslag.weg] == [soep.pk]
    soep.refresh_from_db()
    assert soep.gearchiveerd_op is None
    lees_in(archiveer=[soep.pk, Aanbod.objects.exclude(pk=soep.pk).first().pk])
    assert [a.naam for a in Aanbod.objects.exclude(gearchiveerd_op=None)] == ["Soep"]
    verslag = lees_in(services=DIENSTEN + "11,1,Soep,,active\n")
    assert "archief" in verslag.opmerkingen[-1].tekst


def test_gone_does_not_mean_refused():
    lees_in(services=DIENSTEN + "11,1,Soep,,active\n")
    verslag = lees_in(services=DIENSTEN + "11,1,,,active\n")
    assert verslag.weg == []
    assert [fout.redenen for fout in verslag.geweigerd] == [("heeft geen naam",)]


def test_the_same_name_twice_gets_a_number_that_lasts():
    services = DIENSTEN + "11,1,Maatje,Anders.,active\n"
    assert uitkomst(lees_in(services=services))[0] == ["Maatje", "Maatje (2)"]
    assert uitkomst(lees_in(services=services)) == [[], [], ["Maatje", "Maatje (2)"]]


def test_two_organisations_with_one_name_become_one():
    organisaties = ORGANISATIES + "2,Buurtzorg De Brug,,\n"
    verslag = lees_in(organizations=organisaties, services=DIENSTEN + "11,2,Soep,,active\n")
    assert Organisatie.objects.count() == 1
    assert any("dezelfde organisatie als organizations.csv rij 2" in o.tekst for o in verslag.opmerkingen)


def test_stopped_services_go_to_the_archive():
    lees_in()
    [regel] = lees_in(services=DIENSTEN.replace("active", "defunct")).alleen("gewijzigd")
    assert [w.veld for w in regel.wijzigingen] == ["archief"]
    assert not Aanbod.objects.current().exists()


def test_assured_means_checked_by_the_partner_on_that_day():
    kop = "id,organization_id,name,assured_date\n"
    lees_in(services=kop + "10,1,Maatje,2026-02-03\n")
    assert {timezone.localdate(c.op) for c in Controle.objects.all()} == {date(2026, 2, 3)}
    assert Controle.objects.count() == 3
    lees_in(services=kop + "10,1,Maatje,2026-02-03\n")
    assert Controle.objects.count() == 3
    morgen = timezone.localdate() + timedelta(days=1)
    assert "gecontroleerd kan zijn" in lees_in(services=kop + f"10,1,Maatje,{morgen}\n").opmerkingen[0].tekst


TERMEN = {
    "taxonomy_terms": "id,name,parent_id\n1,Geldzorgen,\n2,Schulden,1\n3,Vliegeren,\n",
    "attributes": "id,link_id,link_entity,taxonomy_term_id\n1,10,service,2\n2,10,service,3\n",
}


def test_topics_by_name_by_their_parent_and_by_choice():
    geld, vrij = factories.OnderwerpFactory(naam="Geldzorgen"), factories.OnderwerpFactory(naam="Vrije tijd")
    verslag = lees_in(**TERMEN)
    assert list(Aanbod.objects.get().onderwerpen.all()) == [geld]
    assert verslag.onbekende_onderwerpen == {"Vliegeren": 1}
    assert not lees_in(**TERMEN, keuzes={"Vliegeren": str(vrij.uuid)}).onbekende_onderwerpen
    assert set(Aanbod.objects.get().onderwerpen.all()) == {geld, vrij}
    assert not lees_in(**TERMEN, keuzes={"Vliegeren": "niets"}).onbekende_onderwerpen


def test_what_the_database_refuses_stops_no_other():
    """A row that slips through reading: found by writing in halves."""
    services = DIENSTEN + "".join(f"{n},1,Dienst {n},,active\n" for n in range(11, 20))
    inhoud = als_zip(organizations=ORGANISATIES, services=services)
    bestand = lees_bron(inhoud, "p.zip", soort="hsds_csv", bron="proef")
    rijen = [
        replace(rij, velden={**rij.velden, "talen": ["xx"]}) if rij.extern_id == "proef:15" else rij
        for rij in bestand.aanbod
    ]
    verslag = importeer(replace(bestand, aanbod=tuple(rijen)))
    assert [fout.plek.rij for fout in verslag.geweigerd] == [7]
    assert len(verslag.alleen("nieuw")) == Aanbod.objects.count() == 9


def test_the_number_of_queries_does_not_grow_with_the_rows(django_assert_max_num_queries):
    services = DIENSTEN + "".join(f"{n},1,Dienst {n},Tekst {n},active\n" for n in range(11, 160))
    with django_assert_max_num_queries(45):
        lees_in(services=services)
    with django_assert_max_num_queries(25):
        assert not lees_in(services=services).gewijzigd


def test_a_map_with_all_it_may_hold():
    rij = aanbod(
        soort="activiteit",
        kennismaken=["vooraf"],
        contact="praatje",
        vaste_gezichten=None,
        drempel="binnenlopen",
        aanmelden="Bel even.",
        spreekuren=[
            {
                "dag": "maandag",
                "tijd": "9:00-12:00",
                "plek": "",
                "toelichting": "",
                "weken": [1, -1],
                "seizoen_van": 4,
                "seizoen_tot": 9,
            },
            {
                "dag": "dinsdag",
                "tijd": "",
                "plek": "",
                "toelichting": "",
                "elke_weken": 2,
                "vanaf": "2026-03-03",
            },
        ],
        contactpersonen=[
            {
                "naam": "Jo",
                "rol": "",
                "openbaar": True,
                "sleutelpersoon": True,
                "talen": ["Farsi"],
                "toelichting": "x",
            }
        ],
    )
    bestand = lees_kaart(als_bytes(kaart(rij)))
    assert not bestand.geweigerd
    importeer(als_invoer(bestand))
    nieuw = Aanbod.objects.get()
    assert (nieuw.soort, nieuw.kennismaken, nieuw.drempel) == ("activiteit", ["vooraf"], "binnenlopen")
    eerste, tweede = nieuw.openingstijden.all()
    assert (sorted(eerste.weken_van_maand), eerste.seizoen_van, tweede.elke_weken) == ([-1, 1], 4, 2)
    jo = Contactpersoon.objects.get()
    assert (jo.is_openbaar, jo.is_sleutelpersoon, jo.talen) == (True, True, ["fa"])
    assert not importeer(als_invoer(bestand)).gewijzigd


@pytest.mark.parametrize(
    "anders",
    [
        {"soort": "feest"},
        {"kennismaken": ["nooit"]},
        {"vaste_gezichten": "ja"},
        {"spreekuren": [{"dag": "maandag", "tijd": "", "plek": "", "toelichting": "", "weken": [6]}]},
        {"spreekuren": [{"dag": "maandag", "tijd": "", "plek": "", "toelichting": "", "elke_weken": 2}]},
        {"spreekuren": [{"dag": "maandag", "tijd": "", "plek": "", "toelichting": "", "vanaf": "straks"}]},
        {
            "spreekuren": [
                {
                    "dag": "maandag",
                    "tijd": "",
                    "plek": "",
                    "toelichting": "",
                    "seizoen_van": 5,
                }
            ]
        },
        {"contactpersonen": [{"naam": "Jo", "rol": "", "openbaar": "ja"}]},
    ],
)
def test_a_map_with_what_it_may_not_hold(anders):
    [fouten] = lees_kaart(als_bytes(kaart(aanbod(**anders)))).geweigerd.values()
    assert len(fouten) == 1


def opdracht(tmp_path, inhoud, *opties, naam="proef.zip"):
    pad = tmp_path / naam
    pad.write_bytes(inhoud)
    uit = StringIO()
    call_command("import_hsds", str(pad), *opties, stdout=uit)
    return uit.getvalue()


def test_command(tmp_path):
    inhoud = als_zip(organizations=ORGANISATIES, services=DIENSTEN + "11,88,Wees,,active\n")
    assert "Proef: er is niets opgeslagen." in opdracht(tmp_path, inhoud, "--dry-run")
    assert not Aanbod.objects.exists()
    uit = opdracht(tmp_path, inhoud, "--bron", "ggd")
    assert "Aanbod: 1 nieuw, 0 gewijzigd, 0 ongewijzigd" in uit
    assert "services.csv rij 3: verwijst naar organisatie 88, die niet in organizations.csv staat" in uit
    assert Aanbod.objects.get().extern_id == "ggd:10"


@pytest.mark.parametrize(
    ("inhoud", "naam", "opties"),
    [
        (b"", "leeg.json", []),
        (b"{", "stuk.json", []),
        (b"PK\x03\x04rommel", "x.zip", []),
        (b"[]", "x.json", ["--bron", "A B"]),
    ],
)
def test_command_with_a_broken_file(tmp_path, inhoud, naam, opties):
    with pytest.raises(CommandError) as fout:
        opdracht(tmp_path, inhoud, *opties, naam=naam)
    assert fout.value.returncode == 2


@pytest.mark.parametrize(
    ("inhoud", "soort"),
    [
        (b'{"onderwerpen": [], "aanbod": []}', "kaart"),
        (b"[]", "hsds_json"),
        (als_zip(services=DIENSTEN), "hsds_csv"),
        (als_zip(**{"xl/workbook.xml": "x"}), "tabel"),
        (b"Naam;Organisatie\nx;y\n", "tabel"),
    ],
)
def test_kinds_of_files(inhoud, soort):
    assert herken(inhoud, "bestand") == soort


def test_a_pdf_is_refused_with_advice():
    with pytest.raises(BestandFout, match="pdf"):
        herken(b"%PDF-1.4", "kaart.pdf")


def test_places_with_the_same_address_are_one():
    locaties = "id,name\n5,Buurthuis\n6,buurthuis\n"
    lees_in(locations=locaties, service_at_locations="id,service_id,location_id\n7,10,5\n8,10,6\n")
    assert Locatie.objects.count() == 1
