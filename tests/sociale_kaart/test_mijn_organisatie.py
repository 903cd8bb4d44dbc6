"""A partner proposes changes to their own organisation, and to no other."""

import pytest
from django.urls import reverse

from sociale_kaart.controle import decide
from sociale_kaart.models import Aanbod, Voorstel
from tests import factories
from tests.sociale_kaart.formulieren import fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    return factories.MedewerkerFactory(rol="partner")


@pytest.fixture
def aanbod(partner):
    contact = factories.AanbodContactFactory(
        aanbod__naam="Budgethulp",
        aanbod__organisatie__naam="De Kern",
        contactpersoon__naam="Petra Lindeboom",
        contactpersoon__medewerker=partner,
    )
    return contact.aanbod


@pytest.fixture
def client(partner, as_user):
    return as_user(partner)


def mine(name, *args):
    return reverse(f"sociale_kaart:{name}", args=args)


def sent(client, url, **changes):
    page = client.get(url)
    prefix = page.context["formulier"].id
    return fields(page) | {f"{prefix}-{naam}": waarde for naam, waarde in changes.items()}


def approve(coordinator):
    voorstel = Voorstel.objects.open().get()
    alles = dict.fromkeys(voorstel.velden, True)
    return decide(voorstel=voorstel, besluiten=alles, versie=voorstel.versie, door=coordinator)


def test_saving_proposes_and_changes_nothing_yet(client, aanbod, partner, coordinator):
    url = mine("mijn_aanbod", aanbod.pk, "contact")
    assert client.post(url, sent(client, url, telefoon="0529-55 55 99")).status_code == 302

    voorstel = Voorstel.objects.get()
    assert (voorstel.aanbod, voorstel.ingediend_door) == (aanbod, partner)
    assert voorstel.velden == {
        "telefoon": {"was": "0529-55 55 00", "wordt": "0529-55 55 99", "besluit": None}
    }
    aanbod.refresh_from_db()
    assert aanbod.telefoon == "0529-55 55 00"
    html = client.get(mine("mijn_organisatie")).content.decode()
    assert "Wacht op het infopunt" in html
    assert "0529-55 55 99" in html

    approve(coordinator)
    aanbod.refresh_from_db()
    assert aanbod.telefoon == "0529-55 55 99"
    assert "Wacht op het infopunt" not in client.get(mine("mijn_organisatie")).content.decode()


def test_a_second_wish_keeps_the_first(client, aanbod):
    url = mine("mijn_aanbod", aanbod.pk, "contact")
    client.post(url, sent(client, url, telefoon="0529-55 55 99"))
    data = sent(client, url, email="nieuw@partner.example")
    client.post(url, data)
    assert {naam: wens["wordt"] for naam, wens in Voorstel.objects.get().velden.items()} == {
        "telefoon": "0529-55 55 99",
        "email": "nieuw@partner.example",
    }


def test_hours_are_proposed_and_come_on_the_map(client, aanbod, coordinator):
    blijft = factories.OpeningstijdFactory(aanbod=aanbod, weekdagen=[0], locatie=factories.LocatieFactory())
    url = mine("mijn_aanbod", aanbod.pk, "tijden")
    prefix = f"aanbod-{aanbod.pk}-tijden-openingstijden"
    nieuw = {
        f"{prefix}-TOTAL_FORMS": 2,
        f"{prefix}-1-weekdagen": [2],
        f"{prefix}-1-van": "13:00",
        f"{prefix}-1-tot": "15:00",
        f"{prefix}-1-hoe_vaak": "elke",
    }
    assert client.post(url, sent(client, url) | nieuw).status_code == 302
    assert aanbod.openingstijden.count() == 1

    # Open it again: what was proposed is there, and can be changed further.
    data = sent(client, url)
    assert data[f"{prefix}-1-van"] == ["13:00"]
    assert client.post(url, data | {f"{prefix}-1-van": "14:00"}).status_code == 302

    approve(coordinator)
    eerste, tweede = aanbod.openingstijden.all()
    assert (eerste.uuid, eerste.locatie) == (blijft.uuid, blijft.locatie)
    assert (tweede.weekdagen, tweede.van.hour) == ([2], 14)


def test_people_are_added_changed_and_removed_by_proposal(client, aanbod, coordinator):
    petra = aanbod.organisatie.contactpersonen.get()
    url = mine("mijn_persoon_nieuw")
    client.post(url, sent(client, url, naam="Amina Said", talen=["ar"]))
    url = mine("mijn_persoon", petra.pk)
    client.post(url, sent(client, url, telefoon="06-12345678"))
    assert aanbod.organisatie.contactpersonen.count() == 1
    assert "Amina Said" in client.get(mine("mijn_organisatie")).content.decode()

    approve(coordinator)
    assert {p.naam: p.telefoon for p in aanbod.organisatie.contactpersonen.all()} == {
        "Amina Said": "",
        "Petra Lindeboom": "06-12345678",
    }
    petra.refresh_from_db()
    assert petra.medewerker is not None

    amina = aanbod.organisatie.contactpersonen.get(naam="Amina Said")
    client.post(mine("mijn_persoon_weghalen", amina.pk))
    approve(coordinator)
    assert not aanbod.organisatie.contactpersonen.filter(naam="Amina Said").exists()


def test_nothing_changed_proposes_nothing(client, aanbod):
    for deel in ["wat", "tijden", "contact", "voorwaarden"]:
        url = mine("mijn_aanbod", aanbod.pk, deel)
        assert client.post(url, sent(client, url)).status_code == 302
    url = mine("mijn_deel", "gegevens")
    client.post(url, sent(client, url))
    assert not Voorstel.objects.exists()


def test_a_proposal_can_be_taken_back(client, aanbod):
    url = mine("mijn_deel", "gegevens")
    client.post(url, sent(client, url, omschrijving="Anders"))
    client.post(mine("voorstel_intrekken", Voorstel.objects.get().pk))
    assert not Voorstel.objects.exists()


def test_an_error_keeps_what_was_typed(client, aanbod):
    url = mine("mijn_deel", "gegevens")
    response = client.post(url, sent(client, url, website="geen adres", omschrijving="Net getypt"))
    assert response.status_code == 422
    assert "Net getypt" in response.content.decode()
    assert not Voorstel.objects.exists()


def test_what_is_the_teams_own_stays_hidden(client, aanbod):
    Aanbod.objects.filter(pk=aanbod.pk).update(interne_notitie="Bel liever niet op vrijdag.")
    html = client.get(mine("mijn_organisatie")).content.decode()
    assert "Bel liever niet" not in html
    assert "Alleen voor het team" not in html
    assert client.get(mine("mijn_aanbod", aanbod.pk, "team")).status_code == 404
    assert client.get(mine("mijn_deel", "team")).status_code == 404
    url = mine("mijn_aanbod", aanbod.pk, "wat")
    client.post(url, sent(client, url, interne_notitie="van buiten", onderwerpen=[1], naam="Anders"))
    assert set(Voorstel.objects.get().velden) == {"naam"}


def test_other_organisations_do_not_exist(client, aanbod):
    vreemd = factories.AanbodContactFactory()
    voorstel = factories.VoorstelFactory(organisatie=vreemd.aanbod.organisatie)
    for url in [
        mine("mijn_aanbod", vreemd.aanbod.pk, "wat"),
        mine("mijn_persoon", vreemd.contactpersoon.pk),
        mine("mijn_persoon_weghalen", vreemd.contactpersoon.pk),
        mine("voorstel_intrekken", voorstel.pk),
    ]:
        assert client.post(url).status_code == 404
    assert vreemd.aanbod.organisatie.naam not in client.get(mine("mijn_organisatie")).content.decode()


def test_a_partner_of_no_organisation(as_user):
    client = as_user(factories.MedewerkerFactory(rol="partner"))
    assert "hoort nog bij geen organisatie" in client.get(mine("mijn_organisatie")).content.decode()
    assert client.get(mine("mijn_deel", "gegevens")).status_code == 404
