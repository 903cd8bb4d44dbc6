"""Importing: new, changed, the same, refused; and a broken file that changes nothing."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from sociale_kaart.invoer.kaart import importeer
from sociale_kaart.invoer.kaartbestand import lees_kaart
from sociale_kaart.models import Aanbod, Contactpersoon, Locatie, Onderwerp, Openingstijd, Organisatie
from tests import factories
from tests.sociale_kaart.kaart import aanbod, als_bytes, kaart

pytestmark = pytest.mark.django_db


def lees_in(*rijen, **opties):
    return importeer(lees_kaart(als_bytes(kaart(*rijen))), **opties)


def alles():
    """Everything an import may write, with keys: a row written again would get a new one."""
    modellen = [Organisatie, Aanbod, Onderwerp, Contactpersoon, Locatie, Openingstijd]
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in [
            *modellen,
            Aanbod.onderwerpen.through,
            Aanbod.kernen.through,
            Aanbod.contactpersonen.through,
        ]
    }


def test_a_new_row_becomes_an_offer_with_everything_on_it():
    assert lees_in().nieuw == ["a001"]
    nieuw = Aanbod.objects.get(extern_id="a001")
    assert nieuw.organisatie.naam == "Woningstichting de Veste"
    assert nieuw.organisatie.website == "https://www.deveste.example"
    assert [o.naam for o in nieuw.onderwerpen.all()] == ["Wonen en huren", "Geld en schulden"]
    assert {kern.naam for kern in nieuw.kernen.all()} == {"Dalfsen", "Nieuwleusen"}
    assert [str(contact) for contact in nieuw.contacten.all()] == ["Richard Nijland, incasso", "Anja Bos"]
    telefonisch, spil = (tijd.locatie for tijd in nieuw.openingstijden.all())
    assert (telefonisch.soort, telefonisch.kern) == ("virtueel", None)
    assert (spil.soort, spil.kern.naam) == ("fysiek", "Nieuwleusen")
    assert nieuw.is_gratis
    assert nieuw.zoekvector


def test_importing_again_changes_nothing():
    lees_in()
    voor = alles()
    verslag = lees_in()
    assert verslag.ongewijzigd == ["a001"]
    assert (verslag.nieuw, verslag.gewijzigd, verslag.geweigerd) == ([], {}, {})
    assert alles() == voor


@pytest.mark.parametrize(
    ("veld", "waarde"),
    [
        ("naam", "Anders"),
        ("organisatie", "Een andere"),
        ("e-mail", "nieuw@deveste.example"),
        ("kosten", ""),
        ("indicatie_nodig", True),
        ("onderwerpen", ["wonen & huren"]),
        ("kernen", ["Dalfsen"]),
        ("talen", ["Nederlands"]),
        ("spreekuren", []),
        ("contactpersonen", [{"naam": "Richard Nijland", "rol": "baas"}]),
    ],
)
def test_a_changed_row_names_the_field(veld, waarde):
    lees_in()
    assert lees_in(aanbod(**{veld: waarde})).gewijzigd == {"a001": [veld]}
    assert lees_in(aanbod(**{veld: waarde})).ongewijzigd == ["a001"]


def test_a_contact_person_keeps_the_number_the_file_does_not_mention():
    lees_in()
    Contactpersoon.objects.filter(naam="Richard Nijland").update(telefoon="06-12 34 56 78")
    lees_in(aanbod(kosten="€ 5"))
    assert Contactpersoon.objects.get(naam="Richard Nijland").telefoon == "06-12 34 56 78"


def test_topics_keep_the_name_people_gave_them():
    lees_in()
    Onderwerp.objects.filter(extern_id="geld & schulden").update(naam="Geldzorgen", icoon="coins")
    lees_in(aanbod(kosten="€ 5"))
    assert Onderwerp.objects.get(extern_id="geld & schulden").naam == "Geldzorgen"


def test_a_topic_and_an_organisation_made_by_hand_are_taken_up():
    factories.OnderwerpFactory(naam="Geld en schulden")
    factories.OrganisatieFactory(naam="Woningstichting de Veste", telefoon="0529-1")
    lees_in()
    assert Onderwerp.objects.filter(naam="Geld en schulden").count() == 1
    assert Organisatie.objects.get().telefoon == "0529-1"


def test_a_refused_row_stops_no_other_and_leaves_nothing():
    verslag = lees_in(
        aanbod(id="fout", organisatie="Nieuwe organisatie", kernen=["Nergenshuizen"], telefoon="x"), aanbod()
    )
    assert verslag.nieuw == ["a001"]
    assert list(verslag.geweigerd) == ["fout"]
    assert Organisatie.objects.count() == 1
    assert "Nergenshuizen" not in verslag.nieuwe_kernen


def test_the_same_offer_under_two_ids_is_refused_by_the_database_rule():
    verslag = lees_in(aanbod(), aanbod(id="a002"))
    assert verslag.geweigerd == {"a002": ["Deze organisatie heeft dit aanbod al."]}
    assert Aanbod.objects.count() == 1


def test_what_is_no_longer_in_the_file_stays_and_is_told():
    lees_in()
    assert lees_in(aanbod(id="b", naam="Anders")).niet_in_bestand == ["a001"]
    assert Aanbod.objects.count() == 2


def test_a_dry_run_tells_and_keeps_nothing():
    assert lees_in(dry_run=True).nieuw == ["a001"]
    assert not Aanbod.objects.exists()
    assert not Onderwerp.objects.exists()


def voer_uit(tmp_path, inhoud, *opties):
    pad = tmp_path / "kaart.json"
    pad.write_bytes(inhoud)
    uit = StringIO()
    call_command("import_kaart", str(pad), *opties, stdout=uit)
    return uit.getvalue()


def test_command_prints_counts_and_lists(tmp_path):
    assert "Nieuw: 1 (a001)" in voer_uit(tmp_path, als_bytes(kaart()))
    uit = voer_uit(tmp_path, als_bytes(kaart(aanbod(kosten="€ 5"))))
    assert "Gewijzigd: 1\n  a001: kosten" in uit
    assert "Nieuwe kernen" not in uit


def test_command_ends_with_1_when_a_row_was_refused(tmp_path):
    with pytest.raises(CommandError, match="1 rij ") as fout:
        voer_uit(tmp_path, als_bytes(kaart(aanbod(), aanbod(id="b", talen=["x"]))))
    assert fout.value.returncode == 1
    assert Aanbod.objects.count() == 1


@pytest.mark.parametrize("inhoud", [b"{", b"[]", "é".encode("latin-1"), als_bytes(kaart(aanbod(), aanbod()))])
def test_a_broken_file_changes_nothing_and_ends_with_2(tmp_path, inhoud):
    lees_in()
    voor = alles()
    with pytest.raises(CommandError, match="Er is niets veranderd") as fout:
        voer_uit(tmp_path, inhoud)
    assert fout.value.returncode == 2
    assert "\n" not in str(fout.value)
    assert alles() == voor


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="niet te lezen"):
        call_command("import_kaart", str(tmp_path / "weg.json"))


def test_what_a_refused_row_made_is_not_used_by_the_next():
    """The database takes the refused row's village and organisation back; the next row makes them anew."""
    lees_in()
    verslag = lees_in(
        aanbod(),
        aanbod(id="dubbel", organisatie="Woningstichting de Veste", kernen=["Ommen"]),
        aanbod(id="b", organisatie="Woningstichting de Veste", naam="Anders", kernen=["Ommen"]),
    )
    assert (list(verslag.geweigerd), verslag.nieuw) == (["dubbel"], ["b"])
    assert Aanbod.objects.get(extern_id="b").kernen.get().naam == "Ommen"
