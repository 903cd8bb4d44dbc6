"""What the search remembers: words, counted; never a question or a name."""

import logging
import uuid
from datetime import date

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from doorverwijzing.models import Doorverwijzing
from sociale_kaart import tasks, zoekgeheugen
from sociale_kaart.indexeren import index_aanbod
from sociale_kaart.models import Aanbod, GemistWoord, Woordkeuze, Zoekwoord
from sociale_kaart.zoekgeheugen import VANAF, bewaarbare_woorden
from tests import factories

pytestmark = pytest.mark.django_db
MAART = date(2026, 3, 1)


@pytest.fixture
def aanbod(db):
    aanbod = factories.AanbodFactory(naam="Hulp bij huurachterstand", bereik="regio")
    factories.AanbodContactFactory(aanbod=aanbod, contactpersoon__naam="Richard Nijland")
    index_aanbod(Aanbod.objects.all())
    return aanbod


@pytest.fixture
def client(vrijwilliger, as_user):
    return as_user(vrijwilliger)


def search(client, tekst):
    response = client.post(reverse("sociale_kaart:gezocht"), {"q": tekst})
    assert (response.status_code, response.content) == (204, b"")


def counted():
    return dict(GemistWoord.objects.values_list("woord", "aantal"))


@pytest.mark.parametrize(
    ("tekst", "woorden"),
    [
        ("waar kan ik mijn brommer verzekeren", ("brommer", "verzekeren")),
        ("Brommer!", ("brommer",)),
        ("brommer van Fatima", ()),
        ("fatima", ()),
        ("jansen", ()),
        ("brommer 0612345678", ()),
        ("brommer jan@voorbeeld.nl", ()),
        ("brommer123", ()),
        ("xqzwv", ()),
        ("ik wil er graag een", ()),
        ("", ()),
        ("\x00", ()),
    ],
)
def test_which_words_may_be_kept(tekst, woorden):
    assert bewaarbare_woorden(tekst) == woorden


def test_at_most_five_words_of_a_search():
    assert len(bewaarbare_woorden("brommer gitaar trouwjurk kapper bril lekkage schimmel")) == 5


def test_what_nothing_is_found_for_is_counted_once_per_search(aanbod, client):
    search(client, "huurachterstand en een trouwjurk")
    search(client, "huurachterstand en een trouwjurk")
    search(client, "trouwjurk wit")
    assert counted() == {"trouwjurk": 1}
    search(client, "huurachterstand")
    search(client, "trouwjurk")
    assert counted() == {"trouwjurk": 2}


def test_opening_the_search_page_counts_nothing(aanbod, client):
    for _ in range(VANAF):
        assert client.get(reverse("sociale_kaart:zoeken"), {"q": "trouwjurk"}).status_code == 200
    assert not GemistWoord.objects.exists()
    assert zoekgeheugen.SLEUTEL not in client.session


def test_the_page_posts_its_text_when_it_stands_still(aanbod, client):
    tekst = client.get(reverse("sociale_kaart:zoeken"), {"q": "trouwjurk"}).text
    assert f'hx-post="{reverse("sociale_kaart:gezocht")}" hx-trigger="load delay:2s"' in tekst


def test_two_desks_count_together(aanbod, client, as_user):
    search(client, "trouwjurk")
    search(as_user(factories.MedewerkerFactory(rol="beroepskracht")), "trouwjurk")
    assert counted() == {"trouwjurk": 2}


def refer(client, aanbod):
    data = {
        "id": str(uuid.uuid4()),
        "contact": aanbod.contacten.get().pk,
        "toestemming": "zelf_gelezen",
        "bereik": "telefoon",
        "naam": "Zwaantje Merkteken",
        "telefoon": "0529551234",
        "vraag": "Een brief.",
    }
    assert client.post(reverse("doorverwijzing:nieuw", args=[aanbod.pk]), data).status_code == 302
    assert Doorverwijzing.objects.filter(pk=data["id"]).exists()


def test_a_referral_after_a_search_teaches_the_words_that_do_not_lead_there(aanbod, client):
    for aantal in (1, 2):
        search(client, "een huurachterstand, ook nog een trouwjurk")
        refer(client, aanbod)
        assert list(Woordkeuze.objects.values_list("woord", "aanbod", "aantal")) == [
            ("trouwjurk", aanbod.pk, aantal)
        ]
        assert zoekgeheugen.SLEUTEL not in client.session


def test_a_referral_without_a_search_teaches_nothing(aanbod, client):
    refer(client, aanbod)
    assert not Woordkeuze.objects.exists()


def test_what_is_learned_is_found(aanbod):
    assert not zoekgeheugen.leads_to("trouwjurk", aanbod)
    keuze = Woordkeuze.objects.create(woord="trouwjurk", aanbod=aanbod, aantal=VANAF, maand=MAART)
    GemistWoord.objects.create(woord="trouwjurk", aantal=9, maand=MAART)
    zoekgeheugen.accept(keuze)
    assert zoekgeheugen.leads_to("trouwjurk", aanbod)
    assert not GemistWoord.objects.exists()
    assert not Woordkeuze.objects.exists()


def test_a_long_name_is_cut_between_words():
    aanbod = factories.AanbodFactory(naam=" ".join(["woord"] * 25))
    keuze = Woordkeuze.objects.create(woord="trouwjurk", aanbod=aanbod, aantal=VANAF, maand=MAART)
    assert zoekgeheugen.accept(keuze).vakwoord == " ".join(["woord"] * 13)


def test_words_show_from_three_times_on(aanbod):
    for aantal in (VANAF - 1, VANAF):
        GemistWoord.objects.create(woord=f"woord{aantal}", aantal=aantal, maand=MAART)
        Woordkeuze.objects.create(woord=f"woord{aantal}", aanbod=aanbod, aantal=aantal, maand=MAART)
    assert [gemist.woord for gemist in zoekgeheugen.missed()] == ["woord3"]
    assert [keuze.woord for keuze in zoekgeheugen.suggestions()] == ["woord3"]


def test_words_of_a_year_ago_are_forgotten_every_night(aanbod):
    vandaag = timezone.localdate()
    deze_maand = vandaag.replace(day=1)
    oud = date(vandaag.year - 1, vandaag.month, 1)
    ouder = date(oud.year - 1, 12, 1) if oud.month == 1 else date(oud.year, oud.month - 1, 1)
    for maand in (deze_maand, oud, ouder):
        GemistWoord.objects.create(woord=f"w{maand}", maand=maand)
        Woordkeuze.objects.create(woord=f"w{maand}", aanbod=aanbod, maand=maand)
    tasks.clean_up(0)
    assert {gemist.maand for gemist in GemistWoord.objects.all()} == {deze_maand, oud}
    assert {keuze.maand for keuze in Woordkeuze.objects.all()} == {deze_maand, oud}


MERKEN = [
    "Zwaantje",
    "zwaantje",
    "Merkteken",
    "merkteken",
    "0612345678",
    "trouwjurk voor",
    "gestolen brommer",
]


def all_text():
    """Every row of every table but the map's own, and what the sessions say."""
    tabellen = [
        naam for naam in connection.introspection.table_names() if not naam.startswith("procrastinate")
    ]
    with connection.cursor() as cursor:
        rijen = []
        for tabel in tabellen:
            cursor.execute(f'SELECT t::text FROM "{tabel}" AS t')
            rijen += [rij[0] for rij in cursor.fetchall()]
    return "\n".join([*rijen, *(str(sessie.get_decoded()) for sessie in Session.objects.all())])


def test_no_question_and_no_name_is_kept_anywhere(aanbod, client, caplog):
    caplog.set_level(logging.DEBUG)
    for tekst in (
        "Zwaantje Groothuis zoekt een trouwjurk",
        "een trouwjurk voor mijn dochter",
        "trouwjurk voor zwaantje",
        "gestolen brommer bel 0612345678",
        "groothuis",
    ):
        client.get(reverse("sociale_kaart:zoeken"), {"q": tekst})
        search(client, tekst)
    search(client, "een trouwjurk voor mijn dochter, gestolen brommer")
    tekst = all_text()
    assert "trouwjurk" in tekst  # the net is fine enough to catch what is kept
    assert "dochter" in tekst
    sporen = [merk for merk in MERKEN if merk in tekst or merk in caplog.text]
    assert sporen == []


def test_a_word_added_by_hand_is_stored_once():
    for _ in range(2):
        zoekgeheugen.learn(woord="duiten", vakwoord="geld")
    assert Zoekwoord.objects.count() == 1
