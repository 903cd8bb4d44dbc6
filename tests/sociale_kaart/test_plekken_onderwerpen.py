"""Coordinators keep places and topics."""

import pytest
from django.urls import reverse

from sociale_kaart.models import Aanbod, Locatie, Onderwerp
from tests import factories
from tests.sociale_kaart.formulieren import fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(coordinator, as_user):
    return as_user(coordinator)


def page(name, *args):
    return reverse(f"sociale_kaart:{name}", args=args)


def sent(client, url, **changes):
    response = client.get(url)
    prefix = response.context["formulier"].id
    return fields(response) | {f"{prefix}-{naam}": waarde for naam, waarde in changes.items()}


def test_a_place_is_made_changed_and_found(client):
    kern = factories.KernFactory()
    url = page("locatie_nieuw")
    client.post(url, sent(client, url, naam="Kulturhus de Spil, Nieuwleusen", soort="fysiek", kern=kern.pk))
    plek = Locatie.objects.get()
    assert plek.kern == kern

    url = page("locatie", plek.pk)
    response = client.post(url, sent(client, url, adres="Kon. Julianalaan 10"))
    assert response.url == f"{page('locaties')}#locatie-{plek.pk}"
    assert [p.naam for p in client.get(page("locaties"), {"q": "julianalaan"}).context["pagina"]] == [
        plek.naam
    ]


def test_a_place_that_may_be_there_already(client):
    factories.LocatieFactory(naam="Kulturhus de Spil, Nieuwleusen")
    url = page("locatie_nieuw")
    data = sent(client, url, naam="Kulturhus De Spil Nieuwleusen", soort="fysiek")
    assert "Staat dit er misschien al?" in client.post(url, data).content.decode()
    assert Locatie.objects.count() == 1


def test_only_what_is_not_used_goes(client):
    tijd = factories.OpeningstijdFactory(locatie=factories.LocatieFactory())
    leeg = factories.LocatieFactory()
    client.post(page("locatie_weghalen", tijd.locatie.pk))
    client.post(page("locatie_weghalen", leeg.pk))
    assert list(Locatie.objects.all()) == [tijd.locatie]

    geld = factories.OnderwerpFactory(naam="Geld")
    factories.AanbodFactory(onderwerpen=[geld])
    sub = factories.OnderwerpFactory(naam="Schulden", ouder=factories.OnderwerpFactory(naam="Werk"))
    for onderwerp in [geld, sub.ouder]:
        response = client.post(page("onderwerp_weghalen", onderwerp.pk), follow=True)
        assert "is nog in gebruik" in response.content.decode()
    client.post(page("onderwerp_weghalen", sub.pk))
    assert set(Onderwerp.objects.all()) == {geld, sub.ouder}


def test_topics_are_named_searched_and_ordered(client):
    een, twee = (factories.OnderwerpFactory(naam=naam, volgorde=5) for naam in ["Aap", "Noot"])
    url = page("subonderwerp_nieuw", een.pk)
    client.post(url, sent(client, url, naam="Mies", zoekwoorden="wim, zus", icoon="users"))
    sub = Onderwerp.objects.get(naam="Mies")
    assert (sub.ouder, sub.zoekwoorden) == (een, "wim, zus")
    assert client.get(page("subonderwerp_nieuw", sub.pk)).status_code == 404

    client.post(page("onderwerp_schuiven", twee.pk), {"naar": "omhoog"})
    client.post(page("onderwerp_schuiven", twee.pk), {"naar": "omhoog"})
    assert list(Onderwerp.objects.filter(ouder=None)) == [twee, een]
    client.post(page("onderwerp_schuiven", twee.pk), {"naar": "omlaag"})
    assert list(Onderwerp.objects.filter(ouder=None)) == [een, twee]

    aanbod = factories.AanbodFactory(onderwerpen=[een])
    url = page("onderwerp", een.pk)
    client.post(url, sent(client, url, naam="Geldzorgen"))
    assert not Aanbod.objects.stale().filter(pk=aanbod.pk).exists()
    response = client.post(url, sent(client, url, naam="Noot"))
    assert response.status_code == 422


def test_lists_take_a_fixed_number_of_queries(client, django_assert_max_num_queries):
    for _ in range(3):
        ouder = factories.OnderwerpFactory()
        factories.OnderwerpFactory(ouder=ouder)
        factories.OpeningstijdFactory(locatie=factories.LocatieFactory(kern=factories.KernFactory()))
    for naam in ["onderwerpen", "locaties", "organisaties"]:
        client.get(page(naam))
        with django_assert_max_num_queries(10):
            client.get(page(naam))
