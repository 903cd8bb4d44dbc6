"""The search page and the pages of an organisation and an offer."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sociale_kaart.indexeren import index_aanbod
from sociale_kaart.models import Aanbod
from tests import factories

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def kaart(vrijwilliger):
    """Rent help around the volunteer's desk, elsewhere and everywhere."""
    hier = vrijwilliger.infopunten.get().kern
    daar = factories.KernFactory(naam="Elders")
    wonen = factories.OnderwerpFactory(naam="Wonen")
    sub = factories.OnderwerpFactory(naam="Huur", ouder=wonen)
    factories.OnderwerpFactory(naam="Leeg onderwerp")
    aanbod = {
        "hier": factories.AanbodFactory(naam="Huurhulp hier", onderwerpen=[wonen], indicatie_nodig=True),
        "daar": factories.AanbodFactory(naam="Huurhulp daar", onderwerpen=[wonen]),
        "regio": factories.AanbodFactory(
            naam="Huurhulp regio", bereik="regio", kosten="€ 5", onderwerpen=[sub]
        ),
        "land": factories.AanbodFactory(naam="Huurlijn", bereik="landelijk", talen=["nl", "pl"]),
    }
    aanbod["hier"].kernen.add(hier)
    aanbod["daar"].kernen.add(daar)
    factories.AanbodContactFactory(
        aanbod=aanbod["hier"], contactpersoon__naam="Richard Nijland", rol="incasso"
    )
    factories.OpeningstijdFactory(aanbod=aanbod["land"], weekdagen=list(range(7)), van=time(0), tot=time(0))
    index_aanbod(Aanbod.objects.all())
    return {**aanbod, "kern_daar": daar, "wonen": wonen, "sub": sub}


@pytest.fixture
def vraag_op(vrijwilliger, as_user):
    client = as_user(vrijwilliger)

    def get(headers=None, **query):
        return client.get(reverse("sociale_kaart:zoeken"), query, **(headers or {}))

    return get


def namen(response):
    return {rij.aanbod.naam for groep in response.context["groepen"] for rij in groep.rijen}


def test_around_the_desk_is_the_default(kaart, vraag_op):
    assert namen(vraag_op(q="huur")) == {"Huurhulp hier", "Huurhulp regio", "Huurlijn"}


def test_another_village_or_everywhere(kaart, vraag_op):
    assert namen(vraag_op(q="huur", kern=kaart["kern_daar"].pk)) == {
        "Huurhulp daar",
        "Huurhulp regio",
        "Huurlijn",
    }
    assert len(namen(vraag_op(q="huur", kern="overal"))) == 4


def test_a_village_in_the_text_wins_from_the_desk_but_not_from_a_choice(kaart, vraag_op):
    assert "Huurhulp daar" in namen(vraag_op(q="huur elders"))
    assert "in en om Elders" in vraag_op(q="huur elders").text
    assert len(namen(vraag_op(q="huur elders", kern="overal"))) == 4


@pytest.mark.parametrize(
    ("filter", "over"),
    [
        ({"gratis": "on"}, {"Huurhulp hier", "Huurlijn"}),
        ({"zonder_indicatie": "on"}, {"Huurhulp regio", "Huurlijn"}),
        ({"vandaag": "on"}, {"Huurlijn"}),
        ({"taal": "pl"}, {"Huurlijn"}),
    ],
)
def test_filters(kaart, vraag_op, filter, over):
    assert namen(vraag_op(q="huur", **filter)) == over
    assert namen(vraag_op(**filter)) == over


def test_a_main_topic_holds_its_subtopics(kaart, vraag_op):
    assert namen(vraag_op(onderwerp=kaart["wonen"].pk)) == {"Huurhulp hier", "Huurhulp regio"}
    assert [
        (sub.naam, sub.aantal) for sub, _ in vraag_op(onderwerp=kaart["wonen"].pk).context["onderwerpen"]
    ] == [("Huur", 1)]


def test_a_subtopic_shows_its_own_and_the_way_back(kaart, vraag_op):
    response = vraag_op(onderwerp=kaart["sub"].pk)
    assert namen(response) == {"Huurhulp regio"}
    assert [keuze.naam for keuze in response.context["kruimels"]] == ["Alle onderwerpen", "Wonen"]
    assert f'<option value="{kaart["sub"].pk}" selected>Huur</option>' in response.text


def test_nothing_asked_shows_topics_with_counts(kaart, vraag_op):
    tegels = {onderwerp.naam: onderwerp.aantal for onderwerp, _ in vraag_op().context["onderwerpen"]}
    assert tegels == {"Wonen": 2, "Leeg onderwerp": 0}
    response = vraag_op(kern="overal")
    assert {onderwerp.naam: onderwerp.aantal for onderwerp, _ in response.context["onderwerpen"]}[
        "Wonen"
    ] == 3
    assert f"?kern=overal&amp;onderwerp={kaart['wonen'].pk}" in response.text


def test_a_row_tells_whom_to_ask_and_how(kaart, vraag_op):
    tekst = vraag_op(q="huurhulp hier").text
    assert "Richard Nijland" in tekst
    assert 'href="tel:0529555500"' in tekst
    assert "<mark>huurhulp</mark>" in tekst
    assert "Dag en nacht open" in vraag_op(q="huurlijn").text


def test_the_link_to_refer_does_not_carry_the_question(kaart, vraag_op):
    tekst = vraag_op(q="huurhulp").text
    assert f'href="{reverse("doorverwijzing:nieuw", args=[kaart["hier"].pk])}"' in tekst


def test_nothing_found_says_what_to_do(kaart, vraag_op):
    tekst = vraag_op(q="trouwjurk").text
    assert "Niets gevonden" in tekst
    assert "als je een filter weghaalt" not in tekst
    assert "2 keer hulp" in tekst


def test_nothing_found_here_says_which_filter_to_drop(kaart, vraag_op):
    response = vraag_op(q="huurhulp daar", zonder_indicatie="on", gratis="on", taal="pl")
    assert [keuze.naam for keuze in response.context["weg_te_laten"]] == ["alle filters"]
    response = vraag_op(q="huurlijn", taal="pl", zonder_indicatie="on", soort="activiteit")
    [keuze] = response.context["weg_te_laten"]
    assert (keuze.naam, keuze.aantal) == ("‘Activiteit’", 1)
    assert keuze.adres == "/kaart/?q=huurlijn&taal=pl&zonder_indicatie=on"
    assert "zonder ‘Activiteit’" in response.text


@pytest.mark.parametrize("q", ["huur", "trouwjurk"])
def test_the_professional_on_duty_is_named_with_number(kaart, vrijwilliger, vraag_op, q):
    nu = timezone.now()
    factories.RoosterdienstFactory(
        infopunt=vrijwilliger.infopunten.get(),
        medewerker__first_name="Petra",
        medewerker__telefoon="0529-55 55 07",
        functie="achterwacht",
        begin=nu - timedelta(hours=1),
        eind=nu + timedelta(hours=1),
    )
    tekst = vraag_op(q=q).text
    assert "Bel je achterwacht Petra" in tekst
    assert 'href="tel:0529555507"' in tekst


@pytest.mark.parametrize(
    "query",
    [
        {"kern": "banaan"},
        {"kern": "999999"},
        {"onderwerp": "x"},
        {"onderwerp": "99999999999999999999999"},
        {"taal": "Klingon"},
        {"aantal": "-1"},
        {"aantal": "veel"},
    ],
)
def test_a_bad_choice_is_told_and_the_rest_still_works(kaart, vraag_op, query):
    response = vraag_op(q="huur", **query)
    assert response.status_code == 200
    assert "Deze keuze kennen we niet" in response.text
    assert len(namen(response)) == 3


@pytest.mark.parametrize(
    "q", ["\x00", "huur\x00", "x" * 10_000, "<script>alert(1)</script>", "%", "\ud800", "'\"&"]
)
def test_any_text_is_answered(kaart, vraag_op, q):
    response = vraag_op(q=q.encode("utf-8", "replace").decode())
    assert response.status_code == 200
    assert "<script>alert" not in response.text


def test_htmx_gets_the_results_only_and_a_clean_address(kaart, vraag_op):
    response = vraag_op(HTMX, q="huur", kern="", onderwerp="", taal="")
    assert "<html" not in response.text
    assert 'id="resultaten"' in response.text
    assert '<p id="aantal"' in response.text
    assert response["HX-Push-Url"] == "/kaart/?q=huur"
    assert "HX-Request" in response["Vary"]


def test_a_restored_history_gets_the_whole_page(kaart, vraag_op):
    response = vraag_op({**HTMX, "HTTP_HX_HISTORY_RESTORE_REQUEST": "true"}, q="huur")
    assert "<html" in response.text
    assert "HX-Push-Url" not in response


def test_twenty_rows_and_then_more(kaart, vraag_op):
    for nummer in range(25):
        factories.AanbodFactory(naam=f"Zwemclub {nummer}", bereik="regio")
    index_aanbod(Aanbod.objects.all())
    response = vraag_op(q="zwemclub")
    assert (response.context["getoond"], response.context["totaal"]) == (20, 25)
    assert "/kaart/?q=zwemclub&amp;aantal=40#rij-21" in response.text
    assert 'id="rij-21"' in vraag_op(q="zwemclub", aantal=40).text
    assert "Meer laten zien" not in vraag_op(q="zwemclub", aantal=40).text


def vol(aantal):
    for nummer in range(aantal):
        aanbod = factories.AanbodFactory(naam=f"Zwemclub {nummer} {aantal}", bereik="regio")
        factories.AanbodContactFactory.create_batch(2, aanbod=aanbod)
        factories.OpeningstijdFactory(aanbod=aanbod, locatie=factories.LocatieFactory())
    index_aanbod(Aanbod.objects.all())


@pytest.mark.parametrize(
    "query", [{}, {"q": "zwemclub"}, {"gratis": "on"}, {"q": "zwemclub", "vandaag": "on"}]
)
def test_queries_do_not_grow_with_the_results(kaart, vraag_op, query, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    vol(1)
    with CaptureQueriesContext(connection) as klein:
        vraag_op(**query)
    vol(10)
    with CaptureQueriesContext(connection) as groot:
        vraag_op(**query)
    assert len(groot) == len(klein) <= 26


def test_organisation_shows_its_offers_and_people(kaart, vrijwilliger, as_user):
    response = as_user(vrijwilliger).get(kaart["hier"].organisatie.get_absolute_url())
    assert "Huurhulp hier" in response.text
    assert "Huurhulp daar" not in response.text
    assert "Richard Nijland" in response.text
    assert 'href="mailto:' in response.text


def test_offer_shows_all_it_has(kaart, vrijwilliger, as_user):
    factories.OpeningstijdFactory(aanbod=kaart["hier"], toelichting="op afspraak")
    tekst = as_user(vrijwilliger).get(kaart["hier"].get_absolute_url()).text
    for deel in (
        "Richard Nijland",
        "incasso",
        "maandag 9.00–12.00 uur, op afspraak",
        "Nodig",
        "Wonen",
        "gratis",
    ):
        assert deel in tekst


@pytest.mark.parametrize("naam", ["organisatie", "aanbod"])
def test_unknown_is_404(naam, vrijwilliger, as_user):
    assert as_user(vrijwilliger).get(reverse(f"sociale_kaart:{naam}", args=[999_999])).status_code == 404


@pytest.mark.parametrize(("rol", "status"), [("beroepskracht", 200), ("coordinator", 200), ("partner", 404)])
def test_who_may_read_the_map(kaart, as_user, rol, status):
    client = as_user(factories.MedewerkerFactory(rol=rol))
    aanbod = kaart["hier"]
    for adres in (
        reverse("sociale_kaart:zoeken"),
        aanbod.get_absolute_url(),
        aanbod.organisatie.get_absolute_url(),
    ):
        assert client.get(adres).status_code == status


def test_log_in_first(kaart, client):
    assert client.get(reverse("sociale_kaart:zoeken")).status_code == 302


def test_get_only(vrijwilliger, as_user):
    assert as_user(vrijwilliger).post(reverse("sociale_kaart:zoeken")).status_code == 405


def test_start_page_has_the_search_box_and_what_is_on(kaart, vrijwilliger, as_user):
    kern = vrijwilliger.infopunten.get().kern
    locatie = factories.LocatieFactory(naam="Kulturhus, Dorp", kern=kern)
    factories.OpeningstijdFactory(
        aanbod=kaart["hier"], locatie=locatie, weekdagen=list(range(7)), van=time(0), tot=time(0)
    )
    tekst = as_user(vrijwilliger).get(reverse("balie:start")).text
    assert 'name="q"' in tekst
    assert f"Vandaag in {kern}" in tekst
    assert "Huurhulp hier" in tekst
