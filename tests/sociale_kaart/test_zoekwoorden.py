"""The coordinator's page of words that people say and what the map calls them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sociale_kaart.indexeren import index_aanbod
from sociale_kaart.models import Aanbod, GemistWoord, Woordkeuze, Zoekwoord
from tests import factories

pytestmark = pytest.mark.django_db
MAART = date(2026, 3, 1)
LIJST = reverse("sociale_kaart:zoekwoorden")
NIEUW = reverse("sociale_kaart:zoekwoord_nieuw")


@pytest.fixture
def aanbod(db):
    aanbod = factories.AanbodFactory(naam="Kledingbank", bereik="regio", organisatie__naam="De Garderobe")
    index_aanbod(Aanbod.objects.all())
    return aanbod


@pytest.fixture
def client(coordinator, as_user):
    return as_user(coordinator)


@pytest.fixture
def gemist(db):
    return GemistWoord.objects.create(woord="trouwjurk", aantal=4, maand=MAART)


def test_shows_what_was_missed_chosen_and_added(aanbod, gemist, client):
    GemistWoord.objects.create(woord="zeldzaam", aantal=2, maand=MAART)
    GemistWoord.objects.create(woord="afgedaan", aantal=9, maand=MAART, afgedaan=True)
    Woordkeuze.objects.create(woord="jas", aanbod=aanbod, aantal=3, maand=MAART)
    Zoekwoord.objects.create(woord="duiten", vakwoord="geld")
    tekst = client.get(LIJST).text
    for deel in ("trouwjurk", "4 keer gezocht", "jas", "Kledingbank", "duiten"):
        assert deel in tekst
    assert "zeldzaam" not in tekst
    assert "afgedaan" not in tekst


def test_nothing_missed_is_said(client):
    assert "Alles werd gevonden" in client.get(LIJST).text


def test_a_missed_word_gets_a_place_in_one_post(aanbod, gemist, client, vrijwilliger, as_user):
    response = client.post(NIEUW, {"woord": "trouwjurk", "vakwoord": "Kledingbank"}, follow=True)
    assert "Wie ‘trouwjurk’ zoekt, vindt nu ook ‘Kledingbank’." in response.text
    assert not GemistWoord.objects.exists()
    gevonden = as_user(vrijwilliger).get(reverse("sociale_kaart:zoeken"), {"q": "trouwjurk"})
    assert [rij.aanbod for groep in gevonden.context["groepen"] for rij in groep.rijen] == [aanbod]


@pytest.mark.parametrize(
    ("data", "fout"),
    [
        ({"woord": "trouwjurk", "vakwoord": "kwikzilver"}, "Hier vinden we niets bij"),
        ({"woord": "trouwjurk", "vakwoord": ""}, "Vul dit nog in."),
        ({"woord": "", "vakwoord": "Kledingbank"}, "Vul dit nog in."),
        ({"woord": "Fatima Yilmaz 0612345678", "vakwoord": "Kledingbank"}, "Dit lijkt op een naam"),
        ({"woord": "x" * 81, "vakwoord": "Kledingbank"}, "80"),
        ({"woord": "duiten", "vakwoord": "Kledingbank"}, "Dit zoekwoord staat er al."),
    ],
)
def test_a_wrong_word_is_told_and_kept_in_the_form(aanbod, client, data, fout):
    Zoekwoord.objects.create(woord="duiten", vakwoord="Kledingbank")
    response = client.post(NIEUW, data)
    assert response.status_code == 422
    assert fout in response.text
    assert response.context["form"]["woord"].value() == data["woord"]
    assert Zoekwoord.objects.count() == 1


def test_see_what_a_word_would_find(aanbod, client):
    response = client.get(NIEUW, {"vakwoord": "kledingbank"}, HTTP_HX_REQUEST="true")
    assert "<html" not in response.text
    assert "vindt 1 keer hulp" in response.text
    assert "De Garderobe" in response.text
    assert "vindt niets" in client.get(NIEUW, {"vakwoord": "kwikzilver"}, HTTP_HX_REQUEST="true").text
    assert 'value="jas"' in client.get(NIEUW, {"woord": "jas"}).text
    assert client.get(NIEUW, {"vakwoord": "x" * 10_000}).status_code == 200


def test_a_choice_of_desks_is_added_in_a_click_or_put_away(aanbod, client):
    keuze = Woordkeuze.objects.create(woord="jas", aanbod=aanbod, aantal=3, maand=MAART)
    client.post(reverse("sociale_kaart:woordkeuze_toevoegen", args=[keuze.pk]))
    assert list(Zoekwoord.objects.values_list("woord", "vakwoord")) == [("jas", "Kledingbank")]
    keuze = Woordkeuze.objects.create(woord="das", aanbod=aanbod, aantal=3, maand=MAART)
    client.post(reverse("sociale_kaart:woordkeuze_weghalen", args=[keuze.pk]))
    assert Zoekwoord.objects.count() == 1
    assert not Woordkeuze.objects.exists()


def test_a_choice_made_once_is_nobodys_business(aanbod, client):
    keuze = Woordkeuze.objects.create(woord="jas", aanbod=aanbod, aantal=1, maand=MAART)
    assert client.post(reverse("sociale_kaart:woordkeuze_toevoegen", args=[keuze.pk])).status_code == 404


def test_take_away(gemist, client):
    zoekwoord = Zoekwoord.objects.create(woord="duiten", vakwoord="geld")
    client.post(reverse("sociale_kaart:zoekwoord_weghalen", args=[zoekwoord.pk]))
    assert not Zoekwoord.objects.exists()
    client.post(reverse("sociale_kaart:gemist_afdoen", args=[gemist.pk]))
    assert "4 keer gezocht" not in client.get(LIJST).text
    gemist.refresh_from_db()
    assert gemist.afgedaan


@pytest.mark.parametrize(
    "naam", ["zoekwoord_weghalen", "gemist_afdoen", "woordkeuze_toevoegen", "woordkeuze_weghalen"]
)
def test_unknown_is_404(client, naam):
    assert client.post(reverse(f"sociale_kaart:{naam}", args=[999_999])).status_code == 404


def test_queries_do_not_grow(aanbod, client):
    def fill(begin, eind):
        for nummer in range(begin, eind):
            GemistWoord.objects.create(woord=f"w{nummer}", aantal=3, maand=MAART)
            Woordkeuze.objects.create(woord=f"w{nummer}", aanbod=aanbod, aantal=3, maand=MAART)
            Zoekwoord.objects.create(woord=f"w{nummer}", vakwoord="geld")

    fill(0, 1)
    with CaptureQueriesContext(connection) as klein:
        client.get(LIJST)
    fill(1, 40)
    with CaptureQueriesContext(connection) as groot:
        response = client.get(f"{LIJST}?pagina=2")
    assert len(groot) == len(klein)
    assert len(response.context["gemist"]) == 15
