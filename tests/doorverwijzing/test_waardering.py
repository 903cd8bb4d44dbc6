"""Smileys: counted per desk and day, once per card, tied to nobody."""

import pytest

from doorverwijzing.intrekken import code_for
from doorverwijzing.models import Waardering

pytestmark = pytest.mark.django_db


@pytest.fixture
def kaartje(verwijzing):
    return {"smiley": "3", "tekst": "", "kenmerk": verwijzing.kenmerk, "code": code_for(verwijzing)}


def test_a_tap_on_the_tablet_is_counted_at_this_desk(as_user, vrijwilliger, infopunt):
    client = as_user(vrijwilliger)
    response = client.post("/doorverwijzingen/smileys/", {"smiley": "2"}, follow=True)
    assert "Dank u wel" in response.content.decode()
    waardering = Waardering.objects.get()
    assert (waardering.infopunt, waardering.smiley, waardering.bron) == (infopunt, 2, "tablet")


def test_with_the_card_once(client, kaartje, infopunt):
    for _ in range(2):
        response = client.post("/hoe-was-het/", kaartje, follow=True)
        assert "Dank u wel" in response.content.decode()
    assert Waardering.objects.get().infopunt == infopunt


def test_a_wrong_code_gets_the_same_thanks_and_counts_nothing(client, kaartje):
    goed = client.post("/hoe-was-het/", kaartje)
    fout = client.post("/hoe-was-het/", kaartje | {"code": "BOOM 12 VELD"})
    assert (goed.status_code, goed.url) == (fout.status_code, fout.url)
    assert Waardering.objects.count() == 1


def test_guessing_stops(client, kaartje):
    for _ in range(5):
        client.post("/hoe-was-het/", kaartje | {"code": "BOOM 12 VELD"})
    response = client.post("/hoe-was-het/", kaartje)
    assert response.status_code == 422
    assert "te vaak" in response.content.decode()
    assert not Waardering.objects.exists()


def test_nothing_in_the_table_leads_to_a_referral():
    namen = {veld.name for veld in Waardering._meta.get_fields()}
    assert namen == {"id", "infopunt", "dag", "smiley", "tekst", "bron"}


@pytest.mark.parametrize(
    ("wijziging", "fout"),
    [
        ({"smiley": ""}, "Kies een gezichtje"),
        ({"smiley": "9"}, "Kies een gezichtje"),
        ({"tekst": "Bel mij op 06-12345678"}, "Dit lijkt op een telefoonnummer"),
        ({"kenmerk": ""}, "Vul het nummer in"),
        ({"code": ""}, "Vul de code in"),
    ],
)
def test_bad_input_says_what_is_wrong(client, kaartje, wijziging, fout):
    response = client.post("/hoe-was-het/", kaartje | wijziging)
    assert response.status_code == 422
    assert fout in response.content.decode()
    assert not Waardering.objects.exists()


def test_the_card_tells_where(as_user, vrijwilliger, verwijzing):
    html = as_user(vrijwilliger).get(f"/doorverwijzingen/{verwijzing.pk}/kaartje/").content.decode()
    assert "/hoe-was-het/" in html
