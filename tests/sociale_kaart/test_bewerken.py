"""Editing an organisation and its offers in parts: what is saved, what is refused, and two people at once."""

import json
from datetime import date, time

import pytest
from django.urls import reverse

from sociale_kaart.bewerken import AANBODDELEN, ORGANISATIEDELEN, PERSOON
from sociale_kaart.models import Aanbod, AanbodContact, Contactpersoon, Controle, Mededeling, Organisatie
from tests import factories
from tests.sociale_kaart.formulieren import fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(coordinator, as_user):
    return as_user(coordinator)


@pytest.fixture
def aanbod():
    onderwerp = factories.OnderwerpFactory(naam="Geld")
    return factories.AanbodFactory(naam="Budgethulp", bereik="regio", onderwerpen=[onderwerp])


def address(obj, deel):
    naam = "aanbod_deel" if isinstance(obj, Aanbod) else "organisatie_deel"
    return reverse(f"sociale_kaart:{naam}", args=[obj.pk, deel])


def sent(client, url, **changes):
    """The form as the page shows it, with some fields (named without prefix) filled in otherwise."""
    page = client.get(url)
    data, prefix = fields(page), page.context["formulier"].id
    return data | {f"{prefix}-{naam}": waarde for naam, waarde in changes.items()}


def test_one_page_shows_everything_in_a_fixed_number_of_queries(client, aanbod, django_assert_num_queries):
    url = reverse("sociale_kaart:bewerken", args=[aanbod.organisatie_id])
    client.get(url)  # what is read once per process

    def count(extra):
        for _ in range(extra):
            contact = factories.AanbodContactFactory(aanbod__organisatie=aanbod.organisatie)
            factories.OpeningstijdFactory(aanbod=contact.aanbod, locatie=factories.LocatieFactory())
        with django_assert_num_queries(19):
            return client.get(url).content.decode()

    assert count(2).count("bewerkaanbod__kop") == 3
    assert count(58).count("bewerkaanbod__kop") == 61


def test_a_part_is_saved_and_found_at_once(client, aanbod):
    url = address(aanbod, "wat")
    response = client.post(url, sent(client, url, naam="Hulp met de portemonnee"))

    assert response.status_code == 302
    assert response.url.endswith(f"?open={aanbod.pk}#aanbod-{aanbod.pk}")
    aanbod.refresh_from_db()
    assert aanbod.naam == "Hulp met de portemonnee"
    assert not Aanbod.objects.stale().exists()


def test_saving_is_not_checking(client, aanbod):
    url = address(aanbod, "wat")
    client.post(url, sent(client, url, naam="Anders"))
    assert not Controle.objects.exists()

    client.post(reverse("sociale_kaart:nagekeken", args=[aanbod.pk]))
    assert set(Controle.objects.values_list("groep", "door")) == {
        ("tijden", "coordinator"),
        ("contact", "coordinator"),
        ("voorwaarden", "coordinator"),
    }


@pytest.mark.parametrize(
    ("veld", "waarde", "wordt"),
    [
        ("website", "www.voorbeeld.nl", "https://www.voorbeeld.nl"),
        ("telefoon", "  0529  55 55 07 ", "0529 55 55 07"),
        ("telefoon", "+31529555507", "0529 555 507"),
        ("telefoon", "14 0529", "14 0529"),
        ("email", "Info@Voorbeeld.NL", "Info@voorbeeld.nl"),
        ("omschrijving", "Hier\u202e helpen wij", "Hier helpen wij"),
    ],
)
def test_what_is_typed_is_tidied(client, veld, waarde, wordt):
    organisatie = factories.OrganisatieFactory()
    url = address(organisatie, "gegevens")
    assert client.post(url, sent(client, url, **{veld: waarde})).status_code == 302
    organisatie.refresh_from_db()
    assert getattr(organisatie, veld) == wordt


@pytest.mark.parametrize(
    ("veld", "waarde", "fout"),
    [
        ("website", "javascript:alert(1)", "Dit is geen webadres."),
        ("telefoon", "bel maar", "Dit is geen telefoonnummer."),
        ("telefoon", "0529-55 55 0", "Er mist een cijfer"),
        ("email", "info@", "Dit is geen mailadres."),
        ("naam", "", "Vul dit nog in."),
        ("belofte_werkdagen", "99", "Een belofte is 1 tot en met 30 werkdagen."),
    ],
)
def test_an_error_stands_beside_its_field_and_nothing_typed_is_lost(client, veld, waarde, fout):
    organisatie = factories.OrganisatieFactory(naam="De Kern")
    url = address(organisatie, "gegevens")
    changes = {"omschrijving": "Net getypt"} | {veld: waarde}
    response = client.post(url, sent(client, url, **changes))

    assert response.status_code == 422
    form = response.context["formulier"].forms[0]
    assert any(fout in str(error) for errors in form.errors.values() for error in errors)
    assert form["omschrijving"].value() == "Net getypt"
    assert form[veld].value() == waarde
    organisatie.refresh_from_db()
    assert organisatie.omschrijving == ""


def test_a_wish_for_a_code_stands_on_the_map_and_in_its_history(client):
    organisatie = factories.OrganisatieFactory()
    url = address(organisatie, "gegevens")
    assert client.post(url, sent(client, url, vraagt_code="on")).status_code == 302
    organisatie.refresh_from_db()
    assert organisatie.vraagt_code
    assert "Bel met een code." in client.get(organisatie.get_absolute_url()).content.decode()
    geschiedenis = client.get(f"/kaart/organisaties/{organisatie.pk}/geschiedenis/").content.decode()
    assert "raagt een code bij de link" in geschiedenis


def test_two_offers_of_one_organisation_never_share_a_name(client, aanbod):
    ander = factories.AanbodFactory(organisatie=aanbod.organisatie, naam="Formulierenhulp")
    url = address(aanbod, "wat")
    response = client.post(url, sent(client, url, naam=ander.naam))
    assert response.status_code == 422
    assert "Deze organisatie heeft dit aanbod al." in response.content.decode()


def test_facts_about_meeting_are_for_activities(client, aanbod):
    url = address(aanbod, "wat")
    client.post(url, sent(client, url, soort="activiteit", contact="praatje", vaste_gezichten="True"))
    aanbod.refresh_from_db()
    assert (aanbod.contact, aanbod.vaste_gezichten) == ("praatje", True)

    client.post(url, sent(client, url, soort="hulp"))
    aanbod.refresh_from_db()
    assert (aanbod.contact, aanbod.vaste_gezichten) == ("", None)


def test_free_in_any_words_is_free(client, aanbod):
    url = address(aanbod, "voorwaarden")
    client.post(url, sent(client, url, kosten="Gratis!"))
    aanbod.refresh_from_db()
    assert aanbod.is_gratis


def test_named_villages_need_a_village(client, aanbod):
    kern = factories.KernFactory()
    url = address(aanbod, "voorwaarden")
    assert client.post(url, sent(client, url, bereik="kernen")).status_code == 422
    assert client.post(url, sent(client, url, bereik="kernen", kernen=[kern.pk])).status_code == 302
    assert list(aanbod.kernen.all()) == [kern]


def test_a_note_for_the_team_names_no_visitor(client, aanbod):
    url = address(aanbod, "team")
    data = sent(client, url, interne_notitie="Mevrouw Jansen belde, 06-12345678.")
    assert client.post(url, data).status_code == 422
    assert (
        client.post(
            url, data | {f"aanbod-{aanbod.pk}-team-interne_notitie": "Bel pas na tien uur."}
        ).status_code
        == 302
    )
    aanbod.refresh_from_db()
    assert aanbod.interne_notitie == "Bel pas na tien uur."


# --- rows ---


def test_times_are_added_changed_and_removed(client, aanbod):
    blijft = factories.OpeningstijdFactory(aanbod=aanbod, weekdagen=[0], volgorde=0)
    factories.OpeningstijdFactory(aanbod=aanbod, weekdagen=[1], volgorde=1)
    url = address(aanbod, "tijden")
    data = sent(client, url, erbij="nee")
    prefix = f"aanbod-{aanbod.pk}-tijden-openingstijden"
    data |= {
        f"{prefix}-TOTAL_FORMS": 3,
        f"{prefix}-0-van": "8:30",
        f"{prefix}-1-DELETE": "on",
        f"{prefix}-2-weekdagen": [4],
        f"{prefix}-2-van": "13.00",
        f"{prefix}-2-tot": "15.00",
        f"{prefix}-2-hoe_vaak": "elke",
    }
    assert client.post(url, data).status_code == 302

    eerste, tweede = aanbod.openingstijden.all()
    assert (eerste.uuid, eerste.van) == (blijft.uuid, time(8, 30))
    assert (tweede.weekdagen, tweede.van, tweede.tot, tweede.volgorde) == ([4], time(13), time(15), 1)


def test_one_more_row_saves_nothing_and_keeps_what_was_typed(client, aanbod):
    factories.OpeningstijdFactory(aanbod=aanbod)
    url = address(aanbod, "tijden")
    prefix = f"aanbod-{aanbod.pk}-tijden-openingstijden"
    response = client.post(url, sent(client, url) | {f"{prefix}-0-van": "onzin", "erbij": "openingstijden"})

    [rijen] = response.context["formulier"].rijen
    assert response.status_code == 200
    assert len(rijen.forms) == 2
    assert rijen.forms[0]["van"].value() == "onzin"
    assert rijen.forms[1]["hoe_vaak"].value() == "elke"
    assert "foutenlijst" not in response.content.decode()
    assert aanbod.openingstijden.count() == 1


def test_an_error_in_one_row_keeps_all_rows(client, aanbod):
    factories.OpeningstijdFactory(aanbod=aanbod, weekdagen=[0])
    url = address(aanbod, "tijden")
    prefix = f"aanbod-{aanbod.pk}-tijden-openingstijden"
    data = sent(client, url) | {
        f"{prefix}-TOTAL_FORMS": 2,
        f"{prefix}-0-toelichting": "net getypt",
        f"{prefix}-1-weekdagen": [2],
        f"{prefix}-1-van": "12:00",
        f"{prefix}-1-tot": "9:00",
        f"{prefix}-1-hoe_vaak": "elke",
    }
    response = client.post(url, data)

    html = response.content.decode()
    assert response.status_code == 422
    assert "De eindtijd ligt voor de begintijd." in html
    assert 'value="net getypt"' in html
    assert 'value="12:00"' in html
    assert aanbod.openingstijden.get().toelichting == ""


def test_people_at_an_offer_trade_places(client, aanbod):
    een, twee = (factories.ContactpersoonFactory(organisatie=aanbod.organisatie) for _ in range(2))
    factories.AanbodContactFactory(aanbod=aanbod, contactpersoon=een, volgorde=0)
    factories.AanbodContactFactory(aanbod=aanbod, contactpersoon=twee, volgorde=1)
    url = address(aanbod, "contact")
    prefix = f"aanbod-{aanbod.pk}-contact-contacten"
    data = sent(client, url) | {f"{prefix}-0-contactpersoon": twee.pk, f"{prefix}-1-contactpersoon": een.pk}
    assert client.post(url, data).status_code == 302
    assert [rij.contactpersoon for rij in aanbod.contacten.all()] == [twee, een]

    data = sent(client, url) | {f"{prefix}-0-ORDER": 5}
    client.post(url, data)
    assert [rij.contactpersoon for rij in aanbod.contacten.all()] == [een, twee]

    data = sent(client, url) | {f"{prefix}-1-contactpersoon": een.pk}
    response = client.post(url, data)
    assert response.status_code == 422
    assert "Deze staat er al bij." in response.content.decode()


def test_people_of_others_cannot_be_chosen(client, aanbod):
    vreemd = factories.ContactpersoonFactory()
    url = address(aanbod, "contact")
    prefix = f"aanbod-{aanbod.pk}-contact-contacten"
    data = sent(client, url) | {f"{prefix}-TOTAL_FORMS": 1, f"{prefix}-0-contactpersoon": vreemd.pk}
    assert client.post(url, data).status_code == 422
    assert not AanbodContact.objects.exists()


def test_a_row_of_another_offer_is_out_of_reach(client, aanbod):
    vreemd = factories.OpeningstijdFactory(weekdagen=[6])
    url = address(aanbod, "tijden")
    prefix = f"aanbod-{aanbod.pk}-tijden-openingstijden"
    data = sent(client, url) | {
        f"{prefix}-TOTAL_FORMS": 1,
        f"{prefix}-INITIAL_FORMS": 1,
        f"{prefix}-0-rij": str(vreemd.uuid),
        f"{prefix}-0-DELETE": "on",
    }
    client.post(url, data)
    vreemd.refresh_from_db()
    assert vreemd.weekdagen == [6]


def test_notices_of_an_organisation_hold_for_all_of_it(client):
    organisatie = factories.OrganisatieFactory()
    url = address(organisatie, "tijdelijk")
    prefix = f"organisatie-{organisatie.pk}-tijdelijk-mededelingen"
    data = sent(client, url) | {
        f"{prefix}-TOTAL_FORMS": 1,
        f"{prefix}-0-tekst": "De lift is stuk.",
        f"{prefix}-0-van_dag": "2026-03-16",
        f"{prefix}-0-tot_dag": "2026-03-20",
    }
    assert client.post(url, data).status_code == 302
    mededeling = Mededeling.objects.get()
    assert (mededeling.organisatie, mededeling.aanbod, mededeling.tot_dag) == (
        organisatie,
        None,
        date(2026, 3, 20),
    )


@pytest.mark.parametrize("onzin", ["", "-1", "9" * 30, "x", "1000"])
def test_a_broken_count_of_rows_is_refused_quietly(client, aanbod, onzin):
    url = address(aanbod, "tijden")
    data = sent(client, url) | {f"aanbod-{aanbod.pk}-tijden-openingstijden-TOTAL_FORMS": onzin}
    assert client.post(url, data).status_code in {302, 422}
    assert client.post(url, data | {"erbij": "openingstijden"}).status_code == 200
    assert not aanbod.openingstijden.exists()


def test_an_empty_post_and_an_unknown_part(client, aanbod):
    for deel in AANBODDELEN:
        assert client.post(address(aanbod, deel)).status_code in {302, 422}
    for deel in ORGANISATIEDELEN:
        assert client.post(address(aanbod.organisatie, deel)).status_code in {302, 422}
    assert client.get(address(aanbod, "onzin")).status_code == 404
    aanbod.refresh_from_db()
    assert aanbod.naam == "Budgethulp"


# --- two people at once ---


def test_somebody_else_changed_the_same_field(client, aanbod):
    url = address(aanbod, "wat")
    data = sent(client, url, omschrijving="Wat ik schreef.")
    Aanbod.objects.filter(pk=aanbod.pk).update(omschrijving="Wat zij schreef.")

    response = client.post(url, data)
    html = response.content.decode()
    assert response.status_code == 422
    assert "Iemand anders heeft dit net gewijzigd." in html
    assert "‘Wat zij schreef.’" in html
    assert "Wat ik schreef." in html
    aanbod.refresh_from_db()
    assert aanbod.omschrijving == "Wat zij schreef."

    assert client.post(url, fields(response)).status_code == 302
    aanbod.refresh_from_db()
    assert aanbod.omschrijving == "Wat ik schreef."


def test_what_only_the_other_changed_stays_theirs(client, aanbod):
    url = address(aanbod, "wat")
    data = sent(client, url, omschrijving="Wat ik schreef.")
    extra = factories.OnderwerpFactory(naam="Werk")
    aanbod.onderwerpen.add(extra)
    Aanbod.objects.filter(pk=aanbod.pk).update(naam="Nieuwe naam")

    assert client.post(url, data).status_code == 302
    aanbod.refresh_from_db()
    assert (aanbod.naam, aanbod.omschrijving) == ("Nieuwe naam", "Wat ik schreef.")
    assert extra in aanbod.onderwerpen.all()


def test_theirs_survives_an_error_of_mine_too(client, aanbod):
    url = address(aanbod, "wat")
    data = sent(client, url, naam="")
    Aanbod.objects.filter(pk=aanbod.pk).update(omschrijving="Wat zij schreef.")
    response = client.post(url, data)
    assert response.status_code == 422

    prefix = f"aanbod-{aanbod.pk}-wat"
    assert client.post(url, fields(response) | {f"{prefix}-naam": "Hersteld"}).status_code == 302
    aanbod.refresh_from_db()
    assert (aanbod.naam, aanbod.omschrijving) == ("Hersteld", "Wat zij schreef.")


def test_somebody_else_changed_the_same_rows(client, aanbod):
    tijd = factories.OpeningstijdFactory(aanbod=aanbod, weekdagen=[0])
    url = address(aanbod, "tijden")
    prefix = f"aanbod-{aanbod.pk}-tijden-openingstijden"
    data = sent(client, url) | {f"{prefix}-0-van": "10:00"}
    tijd.delete()
    factories.OpeningstijdFactory(aanbod=aanbod, weekdagen=[3])

    response = client.post(url, data)
    assert response.status_code == 422
    assert "donderdag" in response.content.decode()
    assert 'value="10:00"' in response.content.decode()

    assert client.post(url, fields(response)).status_code == 302
    assert sorted(rij.weekdagen for rij in aanbod.openingstijden.all()) == [[0], [3]]


def test_a_form_without_what_was_seen_overwrites_nothing_unasked(client, aanbod):
    url = address(aanbod, "wat")
    data = sent(client, url, omschrijving="Wat ik schreef.")
    for versie in ["", "geen json", "[1]", json.dumps({"omschrijving": 5})]:
        Aanbod.objects.filter(pk=aanbod.pk).update(omschrijving="Zoals het was.")
        assert client.post(url, data | {f"aanbod-{aanbod.pk}-wat-versie": versie}).status_code == 422


# --- new, away and back ---


def test_a_new_organisation_that_may_be_there_already(client):
    factories.OrganisatieFactory(naam="Stichting SchuldHulpMaatje", andere_namen="SHM, maatjes")
    url = reverse("sociale_kaart:organisatie_nieuw")
    data = sent(client, url, naam="Schuldhulpmaatje Dalfsen")
    data["organisatie-nieuw-nieuw-naam"] = "Schuldhulp maatje"

    response = client.post(url, data)
    assert response.status_code == 422
    assert "Staat dit er misschien al?" in response.content.decode()
    assert Organisatie.objects.count() == 1

    response = client.post(url, data | {"toch": "1"})
    nieuw = Organisatie.objects.get(naam="Schuldhulp maatje")
    assert response.url == reverse("sociale_kaart:bewerken", args=[nieuw.pk])


def test_a_new_offer_and_a_new_person(client, aanbod):
    organisatie, onderwerp = aanbod.organisatie, aanbod.onderwerpen.get()
    url = reverse("sociale_kaart:aanbod_nieuw", args=[organisatie.pk])
    data = sent(client, url, naam="Eetcafé", soort="activiteit", onderwerpen=[onderwerp.pk], bereik="regio")
    assert client.post(url, data).status_code == 302
    nieuw = organisatie.aanbod.get(naam="Eetcafé")
    assert list(nieuw.onderwerpen.all()) == [onderwerp]
    assert nieuw.zoekvector is not None

    url = reverse("sociale_kaart:persoon_nieuw", args=[organisatie.pk])
    data = sent(client, url, naam="Amina Said", is_sleutelpersoon="on", talen=["ar", "so"])
    assert client.post(url, data).status_code == 302
    persoon = organisatie.contactpersonen.get()
    assert (persoon.naam, persoon.is_openbaar, persoon.talen) == ("Amina Said", False, ["ar", "so"])
    response = client.post(url, data)
    assert "Deze contactpersoon staat er al bij." in response.content.decode()


def test_a_person_goes_for_good(client, aanbod):
    contact = factories.AanbodContactFactory(aanbod=aanbod, contactpersoon__naam="Cees Hagedoorn")
    url = reverse("sociale_kaart:persoon_weghalen", args=[contact.contactpersoon_id])
    assert "Budgethulp" in client.get(url).content.decode()
    assert Contactpersoon.objects.exists()
    client.post(url)
    assert not Contactpersoon.objects.exists()
    assert not Aanbod.objects.stale().exists()


def test_what_is_referred_to_goes_to_the_archive_only(client, aanbod):
    factories.DoorverwijzingFactory(organisatie=aanbod.organisatie, aanbod=aanbod)
    for soort, obj in [("aanbod", aanbod), ("organisatie", aanbod.organisatie)]:
        url = reverse("sociale_kaart:naar_archief", args=[soort, obj.pk])
        assert "Helemaal weghalen kan niet" in client.get(url).content.decode()
        client.post(url, {"weg": "1"})
        obj.refresh_from_db()
        assert obj.gearchiveerd_op is not None
    assert not Aanbod.objects.current().exists()

    for soort, obj in [("aanbod", aanbod), ("organisatie", aanbod.organisatie)]:
        client.post(reverse("sociale_kaart:uit_archief", args=[soort, obj.pk]))
    assert Aanbod.objects.current().get() == aanbod


def test_what_was_never_used_may_really_go(client, aanbod):
    factories.OpeningstijdFactory(aanbod=aanbod)
    client.post(reverse("sociale_kaart:naar_archief", args=["aanbod", aanbod.pk]), {"weg": "1"})
    assert not Aanbod.objects.exists()
    organisatie = aanbod.organisatie
    client.post(reverse("sociale_kaart:naar_archief", args=["organisatie", organisatie.pk]), {"weg": "1"})
    assert not Organisatie.objects.exists()
    assert client.get(reverse("sociale_kaart:naar_archief", args=["locatie", 1])).status_code == 404


def test_organisations_without_offers_are_in_the_list(client):
    factories.OrganisatieFactory(naam="Zonder aanbod")
    factories.OrganisatieFactory(naam="Anders", andere_namen="zonnebloem")
    url = reverse("sociale_kaart:organisaties")
    assert "Zonder aanbod" in client.get(url).content.decode()
    assert [o.naam for o in client.get(url, {"q": "ZONNE"}).context["pagina"]] == ["Anders"]
    assert client.get(url, {"q": "\x00" * 10 + "x" * 10_000, "pagina": "-3"}).status_code == 200


def test_a_person_part_reads_as_it_is_saved(client):
    persoon = factories.ContactpersoonFactory(naam="Petra Lindeboom")
    url = reverse("sociale_kaart:persoon", args=[persoon.pk])
    assert client.post(url, sent(client, url, telefoon="06 12345678")).url.endswith(f"#persoon-{persoon.pk}")
    persoon.refresh_from_db()
    assert persoon.telefoon == "06 12345678"
    assert (
        PERSOON.id(persoon)
        in client.get(
            back := reverse("sociale_kaart:bewerken", args=[persoon.organisatie_id])
        ).content.decode()
    ), back
