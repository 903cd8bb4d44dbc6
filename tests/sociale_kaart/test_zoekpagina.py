"""What the search page understood, and how to change it; what rows, pages and cards tell."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sociale_kaart.indexeren import index_aanbod
from sociale_kaart.models import Aanbod, Mededeling, Melding, Uitzondering
from tests import factories

pytestmark = pytest.mark.django_db
ZOEKEN = reverse("sociale_kaart:zoeken")


@pytest.fixture
def kaart(vrijwilliger):
    """Help with rent, debts and grief around the volunteer's desk."""
    elders = factories.KernFactory(naam="Elders")
    namen = ["Betalingsregeling huurachterstand", "Schuldhulpverlening", "Rouwgroep bij verlies"]
    aanbod = {naam: factories.AanbodFactory(naam=naam, bereik="regio") for naam in namen}
    aanbod["daar"] = factories.AanbodFactory(naam="Schuldhulpverlening elders", kosten="€ 5")
    aanbod["daar"].kernen.add(elders)
    aanbod["elders"] = elders
    index_aanbod(Aanbod.objects.all())
    return aanbod


@pytest.fixture
def client(vrijwilliger, as_user):
    return as_user(vrijwilliger)


def names(response):
    return {rij.aanbod.naam for groep in response.context["groepen"] for rij in groep.rijen}


def chips(response, soort):
    return {keuze.naam: keuze.adres for keuze in response.context[soort]}


def test_a_word_of_the_map_is_shown_and_can_be_switched_off(kaart, client):
    response = client.get(ZOEKEN, {"q": "huur betalen lukt niet"})
    assert {"Betalingsregeling huurachterstand", "Schuldhulpverlening"} <= names(response)
    adres = chips(response, "verbreed")["schuldhulpverlening"]
    assert "→ schuldhulpverlening" in response.text
    zonder = client.get(adres)
    assert "Schuldhulpverlening" not in names(zonder)
    assert "Betalingsregeling huurachterstand" in names(zonder)
    assert "schuldhulpverlening" not in chips(zonder, "verbreed")
    # It travels with what is typed next, until that has nothing to do with it.
    assert 'name="zonder" value="schuldhulpverlening" form="zoekform"' in zonder.text
    ander = client.get(ZOEKEN, {"q": "rouw", "zonder": "schuldhulpverlening"})
    assert 'name="zonder"' not in ander.text


def test_what_the_sentence_says_filters_until_it_is_switched_off(kaart, client):
    response = client.get(ZOEKEN, {"q": "gratis schuldhulpverlening elders"})
    assert set(chips(response, "gelezen")) == {"in en om Elders", "Gratis"}
    assert "Schuldhulpverlening" in names(response)
    assert "Schuldhulpverlening elders" not in names(response)
    ook_duur = client.get(chips(response, "gelezen")["Gratis"])
    assert set(chips(ook_duur, "gelezen")) == {"in en om Elders"}
    assert "Schuldhulpverlening elders" in names(ook_duur)
    assert 'name="letterlijk" value="gratis" form="zoekform"' in ook_duur.text
    overal = client.get(chips(ook_duur, "gelezen")["in en om Elders"])
    assert chips(overal, "gelezen") == {}


def test_a_choice_wins_from_the_sentence(kaart, client):
    response = client.get(ZOEKEN, {"q": "schuldhulpverlening elders", "kern": "overal", "gratis": "on"})
    assert response.context["gelezen"] == []


def test_today_in_the_sentence_is_open_today(kaart, client):
    assert set(chips(client.get(ZOEKEN, {"q": "schuldhulpverlening vandaag open"}), "gelezen")) == {
        "Vandaag open"
    }
    assert set(chips(client.get(ZOEKEN, {"q": "schuldhulpverlening nu open"}), "gelezen")) == {"Nu open"}


def test_a_sentence_that_only_says_how_lists_all_of_that(kaart, client):
    assert "Rouwgroep bij verlies" in names(client.get(ZOEKEN, {"q": "gratis"}))


def test_each_need_has_its_own_results(kaart, client):
    response = client.get(ZOEKEN, {"q": "mijn man is overleden en ik kan de huur niet betalen"})
    rouw, huur = response.context["groepen"]
    assert "Rouwgroep bij verlies" in {rij.aanbod.naam for rij in rouw.rijen}
    assert "Betalingsregeling huurachterstand" in {rij.aanbod.naam for rij in huur.rijen}
    assert "voor 2 vragen" in response.text
    assert f"{rouw.naam}</h2>" in response.text


def test_a_coordinator_gives_an_unknown_word_its_place(kaart, client, coordinator, as_user):
    adres = f"{reverse('sociale_kaart:zoekwoord_nieuw')}?woord=trouwjurk"
    assert adres in as_user(coordinator).get(ZOEKEN, {"q": "trouwjurk"}).text
    assert adres not in client.get(ZOEKEN, {"q": "trouwjurk"}).text


def test_unknown_words_are_named(kaart, client):
    assert "‘trouwjurk’ staat niet op de kaart" in client.get(ZOEKEN, {"q": "trouwjurk"}).text
    assert "Ik zocht op de rest" in client.get(ZOEKEN, {"q": "trouwjurk, schuldhulpverlening"}).text


@pytest.mark.parametrize("naam", ["letterlijk", "zonder", "nu", "contact", "drempel", "soort", "ontmoeten"])
@pytest.mark.parametrize("waarde", ["x" * 10_000, "\x00", "<b>", "😀"])
def test_any_value_of_any_filter_is_answered(kaart, client, naam, waarde):
    response = client.get(ZOEKEN, {"q": "schuldhulpverlening", naam: [waarde, waarde]})
    assert response.status_code == 200
    assert "<b>" not in response.text


def test_a_language_shows_key_persons_and_where_they_lead(kaart, client):
    organisatie = kaart["Schuldhulpverlening"].organisatie
    sleutel = {"is_sleutelpersoon": True, "talen": ["pl"], "organisatie": organisatie}
    persoon = factories.ContactpersoonFactory(naam="Agnieszka", toelichting="brieven en school", **sleutel)
    factories.AanbodContactFactory(aanbod=kaart["Schuldhulpverlening"], contactpersoon=persoon)
    weg = factories.ContactpersoonFactory(naam="Weggegaan", is_sleutelpersoon=True, talen=["pl"])
    weg.organisatie.gearchiveerd_op = timezone.now()
    weg.organisatie.save()
    factories.ContactpersoonFactory(naam="Geen sleutel", talen=["pl"])
    response = client.get(ZOEKEN, {"taal": "pl"})
    assert [persoon.naam for persoon in response.context["sleutelpersonen"]] == ["Agnieszka"]
    assert names(response) == {"Schuldhulpverlening"}
    assert "Zij spreken Pools" in response.text
    assert "brieven en school" in response.text
    assert "Spreekt Pools" in client.get(kaart["Schuldhulpverlening"].get_absolute_url()).text
    assert "sleutelpersoon" in client.get(organisatie.get_absolute_url()).text


def test_meeting_people(kaart, client):
    for naam, drempel in (("Koffie", "binnenlopen"), ("Koor", "aanmelden")):
        factories.AanbodFactory(
            naam=naam,
            bereik="regio",
            soort="activiteit",
            contact="praatje",
            kennismaken=["vooraf"],
            vaste_gezichten=True,
            drempel=drempel,
        )
    response = client.get(ZOEKEN, {"ontmoeten": "on"})
    assert names(response) == {"Koffie", "Koor"}
    assert "Elke keer dezelfde mensen" in response.text
    assert names(client.get(ZOEKEN, {"ontmoeten": "on", "drempel": "binnenlopen"})) == {"Koffie"}
    assert names(client.get(ZOEKEN, {"soort": "activiteit"})) == {"Koffie", "Koor"}
    # Who looks for something else is not bothered with it.
    assert "Elke keer dezelfde mensen" not in client.get(ZOEKEN, {"soort": "activiteit"}).text


@pytest.fixture
def vol(kaart):
    """An offer with all that a row or a card can tell."""
    aanbod = kaart["Schuldhulpverlening"]
    Aanbod.objects.filter(pk=aanbod.pk).update(
        doelgroep="wie schulden heeft",
        aanmelden="bel voor een afspraak",
        meenemen="legitimatie en de brief",
        talen=["nl", "pl"],
        indicatie_nodig=True,
        interne_notitie="Niet op dinsdag sturen",
    )
    vandaag = timezone.localdate()
    Mededeling.objects.create(aanbod=aanbod, van_dag=vandaag, tot_dag=vandaag, tekst="Tijdelijk elders")
    Mededeling.objects.create(
        aanbod=aanbod, van_dag=vandaag - timedelta(9), tot_dag=vandaag - timedelta(1), tekst="Voorbij"
    )
    Uitzondering.objects.create(
        organisatie=aanbod.organisatie, van_dag=vandaag, tot_dag=vandaag + timedelta(5), reden="vakantie"
    )
    Melding.objects.create(aanbod=aanbod, soort="bestaat_niet", bron="balie")
    factories.AanbodContactFactory(aanbod=aanbod, contactpersoon__naam="Richard Nijland")
    factories.OpeningstijdFactory(aanbod=aanbod)
    return aanbod


def test_a_row_answers_without_a_click(vol, client):
    tekst = client.get(ZOEKEN, {"q": "schuldhulpverlening"}).text
    for deel in (
        *(
            "wie schulden heeft",
            "bel voor een afspraak",
            "legitimatie en de brief",
            "ook Pools",
            "indicatie nodig",
        ),
        *("Tijdelijk elders", "bestaat misschien niet meer", "Richard Nijland", "Nog niet gecontroleerd"),
        reverse("sociale_kaart:klopt_niet", args=[vol.pk]),
        reverse("sociale_kaart:kaartje", args=[vol.pk]),
        "(vakantie)",
    ):
        assert deel in tekst
    assert "Voorbij" not in tekst
    assert "Niet op dinsdag" not in tekst


def test_the_page_of_an_offer_tells_it_all(vol, client, coordinator, as_user):
    tekst = client.get(vol.get_absolute_url()).text
    verwacht = ("bestaat misschien niet meer", "Tijdelijk elders", "legitimatie en de brief", "(vakantie)")
    for deel in (*verwacht, "Alleen voor het team:", "Niet op dinsdag sturen"):
        assert deel in tekst
    wijzig = reverse("sociale_kaart:aanbod_bewerken", args=[vol.pk])
    assert wijzig not in tekst
    assert wijzig in as_user(coordinator).get(vol.get_absolute_url()).text


def test_a_card_holds_what_the_visitor_needs_and_nothing_private(vol, client):
    adres = reverse("sociale_kaart:kaartje", args=[vol.pk])
    tekst = client.get(adres).text
    for deel in ("Schuldhulpverlening", "0529-55 55 00", "bel voor een afspraak", "maandag 9.00–12.00 uur"):
        assert deel in tekst
    assert "Niet op dinsdag" not in tekst
    assert "Richard Nijland" not in tekst
    vol.contactpersonen.update(is_openbaar=True, telefoon="0529-55 55 77")
    tekst = client.get(adres).text
    assert "Richard Nijland" in tekst
    assert "0529-55 55 77" in tekst


def test_what_is_in_the_archive_has_no_card_and_says_so(vol, client):
    vol.organisatie.gearchiveerd_op = timezone.now()
    vol.organisatie.save()
    assert client.get(reverse("sociale_kaart:kaartje", args=[vol.pk])).status_code == 404
    tekst = client.get(vol.get_absolute_url()).text
    assert "Dit staat in het archief." in tekst
    assert "Verwijs warm" not in tekst
    assert "Schuldhulpverlening" not in names(
        client.get(ZOEKEN, {"q": "schuldhulpverlening", "kern": "overal"})
    )


def test_nothing_found_with_every_filter_on_asks_a_bounded_number_of_queries(kaart, client):
    alles = {
        **dict.fromkeys(("vandaag", "nu", "gratis", "zonder_indicatie", "ontmoeten"), "on"),
        **{
            "taal": "pl",
            "soort": "hulp",
            "contact": "praatje",
            "drempel": "gesprek",
            "q": "schuldhulpverlening",
        },
    }
    with CaptureQueriesContext(connection) as queries:
        response = client.get(ZOEKEN, alles)
    assert response.context["totaal"] == 0
    assert [keuze.naam for keuze in response.context["weg_te_laten"]] == ["alle filters"]
    assert len(queries) <= 100
