"""What the map writes, it reads back without a change; into an empty map everything that is public comes back."""

import json
from datetime import date

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sociale_kaart import uitvoer
from sociale_kaart.hsds import pakket
from sociale_kaart.invoer.lezen import lees_bron
from sociale_kaart.invoer.schrijven import importeer
from sociale_kaart.invoer.tabel import kolommen, lees
from sociale_kaart.models import Aanbod, AanbodContact, Contactpersoon, Locatie, Openingstijd, Organisatie
from tests import factories
from tests.sociale_kaart.hsds.conftest import GEHEIM, wereld  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
VORMEN = ["csv", "xlsx", "zip", "json"]


def schrijf(vorm):
    makers = {
        "csv": uitvoer.als_csv,
        "xlsx": uitvoer.als_excel,
        "zip": pakket.als_zip,
        "json": pakket.als_json,
    }
    inhoud = makers[vorm]()
    return inhoud.encode() if isinstance(inhoud, str) else inhoud


def lees_terug(vorm, inhoud):
    if vorm in {"csv", "xlsx"}:
        return lees(inhoud, {kolom.kop: kolom.veld for kolom in kolommen(inhoud)})
    soort = "hsds_csv" if vorm == "zip" else "hsds_json"
    return lees_bron(inhoud, f"kaart.{vorm}", soort=soort, bron="hsds")


def verschillen(verslag):
    """Everything an import would do or complain of."""
    return {
        "nieuw": [regel.naam for regel in verslag.nieuw],
        "gewijzigd": [
            (regel.naam, [(w.veld, w.was, w.wordt) for w in regel.wijzigingen]) for regel in verslag.gewijzigd
        ],
        "geweigerd": [weigering.redenen for weigering in verslag.geweigerd],
        "onbekend": dict(verslag.onbekende_onderwerpen),
    }


NIETS = {"nieuw": [], "gewijzigd": [], "geweigerd": [], "onbekend": {}}


@pytest.mark.parametrize("vorm", VORMEN)
def test_nothing_changes(wereld, vorm):  # noqa: F811
    bestand = lees_terug(vorm, schrijf(vorm))
    voor = list(Aanbod.objects.values_list("pk", "gewijzigd_op"))
    verslag = importeer(bestand)

    assert verschillen(verslag) == NIETS
    assert {regel.naam for regel in verslag.ongewijzigd} >= {"Spreekuur geldzorgen", "Iets zonder meer"}
    assert list(Aanbod.objects.values_list("pk", "gewijzigd_op")) == voor


@pytest.mark.parametrize("vorm", VORMEN)
def test_a_change_in_the_file_lands(wereld, vorm):  # noqa: F811
    inhoud = schrijf(vorm)
    Aanbod.objects.filter(pk=wereld.aanbod.pk).update(kosten="€ 5", talen=["nl"])
    Openingstijd.objects.filter(aanbod=wereld.aanbod, weekdagen=[5]).delete()
    verslag = importeer(lees_terug(vorm, inhoud))
    wereld.aanbod.refresh_from_db()

    assert len(verslag.gewijzigd) == 1
    assert (wereld.aanbod.kosten, wereld.aanbod.talen) == ("gratis", ["nl", "ar"])
    assert wereld.aanbod.openingstijden.filter(weekdagen=[5], seizoen_van=4).exists()


@pytest.mark.parametrize("vorm", VORMEN)
def test_into_an_empty_map(wereld, vorm):  # noqa: F811
    """Topics and villages are the desk's own, so those stay; all else comes out of the file."""
    inhoud, eerst = schrijf(vorm), beeld()
    for model in (AanbodContact, Contactpersoon, Openingstijd, Aanbod, Locatie, Organisatie):
        model.objects.all().delete()
    verslag = importeer(lees_terug(vorm, inhoud))
    straks = beeld()

    assert verslag.geweigerd == []
    if vorm in {"csv", "xlsx"}:  # for the team: with everybody, but places by name only
        assert GEHEIM in str(straks)
        assert straks["tijden"] == eerst["tijden"]
    else:  # for everybody: public people and all of a place
        assert GEHEIM not in str(straks)
        assert straks["plekken"] == eerst["plekken"]
        assert sorted(straks["tijden"]) == sorted(eerst["tijden"])
    assert straks["aanbod"] == eerst["aanbod"]
    assert straks["openbaar"] == eerst["openbaar"]


def beeld():
    """What the map says, without keys."""
    velden = [
        "uuid",
        "naam",
        "andere_namen",
        "soort",
        "omschrijving",
        "doelgroep",
        "bereik",
        "talen",
        "kosten",
    ]
    velden += [
        "indicatie_nodig",
        "aanmelden",
        "meenemen",
        "kennismaken",
        "contact",
        "vaste_gezichten",
        "drempel",
    ]
    velden += ["telefoon", "email", "website", "organisatie__naam"]
    return {
        "aanbod": [
            (*rij, sorted(Aanbod.objects.get(uuid=rij[0]).onderwerpen.values_list("naam", flat=True)))
            for rij in Aanbod.objects.order_by("naam").values_list(*velden)
        ],
        "tijden": [
            (tijd.wanneer, tijd.locatie and tijd.locatie.naam)
            for tijd in Openingstijd.objects.order_by("volgorde")
        ],
        "plekken": list(
            Locatie.objects.values_list(
                "uuid", "naam", "soort", "adres", "kern__naam", "toegankelijkheid", "breedtegraad"
            )
        ),
        "openbaar": list(
            AanbodContact.objects.filter(contactpersoon__is_openbaar=True).values_list(
                *("contactpersoon__naam", "rol", "contactpersoon__telefoon", "contactpersoon__email"),
                *(
                    "contactpersoon__is_sleutelpersoon",
                    "contactpersoon__talen",
                    "contactpersoon__toelichting",
                ),
            )
        ),
        "notities": list(Aanbod.objects.values_list("interne_notitie", flat=True)),
    }


TEKST = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), max_size=40).map(
    str.strip
)
REGELS = st.lists(TEKST, max_size=3).map("\n".join).map(str.strip)


@given(naam=TEKST.filter(bool), tekst=REGELS, kosten=TEKST, rol=TEKST, plek=TEKST.filter(bool), notitie=TEKST)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_survives_a_spreadsheet(naam, tekst, kosten, rol, plek, notitie):
    Aanbod.objects.all().delete()
    Locatie.objects.all().delete()
    contact = factories.AanbodContactFactory(
        rol=rol,
        aanbod__naam=naam,
        aanbod__omschrijving=tekst,
        aanbod__kosten=kosten,
        aanbod__interne_notitie=notitie,
        contactpersoon__telefoon="+31 6 12345678",
        contactpersoon__toelichting=notitie,
    )
    factories.OpeningstijdFactory(
        aanbod=contact.aanbod, toelichting=notitie, locatie=factories.LocatieFactory(naam=plek)
    )
    for vorm in ("csv", "xlsx"):
        assert verschillen(importeer(lees_terug(vorm, schrijf(vorm)), dry_run=True)) == NIETS


@pytest.mark.parametrize("vorm", ["csv", "xlsx"])
def test_line_ends_of_windows_are_no_change(vorm):
    factories.AanbodFactory(omschrijving="Een.\r\nTwee.", interne_notitie="=1+1")

    assert verschillen(importeer(lees_terug(vorm, schrijf(vorm)), dry_run=True)) == NIETS


def test_spreadsheets_hold_no_formulas():
    factories.AanbodFactory(naam="=HYPERLINK(1)", telefoon="+31 6 12345678", kosten="@x")
    from io import BytesIO

    from openpyxl import load_workbook

    regel = schrijf("csv").decode("utf-8-sig").splitlines()[1]
    blad = load_workbook(BytesIO(schrijf("xlsx"))).active

    assert ";'=HYPERLINK(1);" in regel
    assert ";'+31 6 12345678;" in regel
    assert {cel.data_type for cel in blad[2]} <= {"s", "inlineStr"}
    assert "=HYPERLINK(1)" in [cel.value for cel in blad[2]]


def test_packages_hold_nothing_private(wereld):  # noqa: F811
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(schrijf("zip"))) as zip_:
        alles = "".join(zip_.read(naam).decode() for naam in zip_.namelist())
        beschrijving = json.loads(zip_.read("datapackage.json"))
        assert {deel["path"] for deel in beschrijving["resources"]} == set(zip_.namelist()) - {
            "datapackage.json"
        }
    for tekst in (alles, schrijf("json").decode()):
        assert "Yusuf Demir" in tekst
        for merk in (GEHEIM, "Petra", "99887766", "incasso"):
            assert merk.lower() not in tekst.lower()


def test_command(wereld, tmp_path, capsys):  # noqa: F811
    for naam in ("kaart.zip", "kaart.json"):
        call_command("export_hsds", str(tmp_path / naam))
        assert (tmp_path / naam).stat().st_size > 1000
    assert json.loads((tmp_path / "kaart.json").read_text())["contents"][0]["name"] == "Stichting Kompas"
    with pytest.raises(CommandError, match=r"\.zip of \.json"):
        call_command("export_hsds", str(tmp_path / "kaart.txt"))
    with pytest.raises(CommandError, match="niet worden geschreven"):
        call_command("export_hsds", str(tmp_path / "weg" / "kaart.zip"))


def test_checks_come_along(wereld):  # noqa: F811
    gelezen = lees_terug("csv", schrijf("csv")).aanbod

    assert {rij.naam: rij.gecontroleerd for rij in gelezen} == {
        "Spreekuur geldzorgen": wereld.gecontroleerd,
        "Iets zonder meer": None,
    }
    assert isinstance(wereld.gecontroleerd, date)


def test_a_table_without_ids_finds_offers_by_name():
    aanbod = factories.AanbodFactory(
        naam="Koffie", organisatie__naam="De Brug", extern_id="a001", kosten="gratis"
    )
    inhoud = b"Organisatie;Aanbod;Kosten\nDe Brug;Koffie;2 euro\n"
    verslag = importeer(lees_terug("csv", inhoud))
    aanbod.refresh_from_db()

    assert (len(verslag.gewijzigd), verslag.geweigerd) == (1, [])
    assert (aanbod.kosten, aanbod.extern_id, aanbod.talen) == ("2 euro", "a001", ["nl"])
