"""What is kept of every change to the map, and how it is shown."""

import json

import pytest
from django.db import connection, transaction
from django.urls import reverse
from pghistory.models import Context

from sociale_kaart.geschiedenis import because, changes, describe
from sociale_kaart.indexeren import index_aanbod
from sociale_kaart.models import Aanbod, Contactpersoon, Organisatie
from sociale_kaart.wijziging import Woorden, rows_of
from tests import factories

pytestmark = pytest.mark.django_db


def change(wat):
    """By its words: what one test does has one time."""
    return changes().get(metadata__wat=wat)


def lines(context):
    """Every line of a change as (what, was, became)."""
    rijen = rows_of([context.pk])[context.pk]
    return [
        (verschil.label, verschil.was, verschil.wordt)
        for deel in Woorden(rijen).parts(rijen, {})
        for verschil in deel.verschillen
    ]


def test_bulk_update_and_raw_sql_are_recorded():
    with because("bestaat al"):
        organisatie = factories.OrganisatieFactory(naam="Welzijn", telefoon="1")
    with because("in bulk"):
        Organisatie.objects.bulk_create([Organisatie(naam="Een"), Organisatie(naam="Twee")])
    with because("update"):
        Organisatie.objects.filter(pk=organisatie.pk).update(telefoon="2")
    with because("ruw"), connection.cursor() as cursor:
        cursor.execute("UPDATE sociale_kaart_organisatie SET telefoon = '3' WHERE id = %s", [organisatie.pk])
    with because("weg"):
        Organisatie.objects.filter(naam="Een").delete()
    gebeurd = {context.metadata["wat"]: lines(context) for context in changes()}
    assert gebeurd == {
        "bestaat al": [("organisatie", "", "Welzijn")],
        "in bulk": [("organisatie", "", "Een"), ("organisatie", "", "Twee")],
        "update": [("telefoon", "1", "2")],
        "ruw": [("telefoon", "2", "3")],
        "weg": [("organisatie", "Een", "")],
    }


def test_indexing_is_no_change():
    with because("begin"):
        aanbod = factories.AanbodFactory()
    with because("index"):
        index_aanbod(Aanbod.objects.filter(pk=aanbod.pk))
    assert [context.metadata["wat"] for context in changes()] == ["begin"]


@pytest.mark.django_db(transaction=True)
def test_what_nobody_explained_hangs_together_per_transaction():
    with transaction.atomic():
        een = factories.OrganisatieFactory(naam="Een")
        factories.OrganisatieFactory(naam="Twee")
    Organisatie.objects.filter(pk=een.pk).update(telefoon="9")
    assert [len(rows_of([context.pk])[context.pk]) for context in changes()] == [1, 2]
    assert [wijziging.wie for wijziging in describe(changes())] == ["", ""]


@pytest.mark.django_db(transaction=True)
def test_who_is_remembered_and_nothing_else_of_the_request(coordinator, as_user):
    organisatie = factories.OrganisatieFactory(naam="Welzijn")
    client = as_user(coordinator)
    url = reverse("sociale_kaart:naar_archief", args=["organisatie", organisatie.pk])
    client.post(f"{url}?sleutel=GEHEIM", REMOTE_ADDR="10.9.8.7", HTTP_USER_AGENT="Netscape")
    laatste = changes().first()
    assert laatste.metadata.keys() <= {"wie", "wat"}
    assert laatste.metadata["wie"] == coordinator.pk
    alles = json.dumps(list(Context.objects.values_list("metadata", flat=True)))
    assert not any(teken in alles for teken in ("/kaart/", "GEHEIM", "10.9.8.7", "Netscape"))
    [wijziging] = describe([laatste])
    assert (wijziging.wie, wijziging.over) == (str(coordinator), ["Welzijn"])


def test_a_change_is_told_in_words():
    with because("begin"):
        geld, wonen = factories.OnderwerpFactory(naam="geld"), factories.OnderwerpFactory(naam="wonen")
        spil = factories.LocatieFactory(naam="De Spil")
        aanbod = factories.AanbodFactory(naam="Huurhulp", onderwerpen=[geld], talen=["nl"])
        tijd = factories.OpeningstijdFactory(aanbod=aanbod)
    with because("anders"):
        aanbod.onderwerpen.set([wonen])
        Aanbod.objects.filter(pk=aanbod.pk).update(talen=["nl", "pl"], indicatie_nodig=True)
        type(tijd).objects.filter(pk=tijd.pk).update(locatie=spil)
    assert sorted(lines(change("anders"))) == [
        ("indicatie nodig", "nee", "ja"),
        ("onderwerp", "", "wonen"),
        ("onderwerp", "geld", ""),
        ("openingstijd maandag 9.00–12.00 uur: waar", "", "De Spil"),
        ("talen", "Nederlands", "Nederlands, Pools"),
    ]


def test_several_saves_in_one_change_are_one_difference():
    with because("begin"):
        organisatie = factories.OrganisatieFactory(telefoon="1")
    with because("twee keer"):
        Organisatie.objects.filter(pk=organisatie.pk).update(telefoon="2")
        Organisatie.objects.filter(pk=organisatie.pk).update(telefoon="3")
    assert lines(change("twee keer")) == [("telefoon", "1", "3")]


class TestPages:
    def test_list_filters(self, coordinator, as_user):
        with because("een"):
            een = factories.OrganisatieFactory(naam="Welzijn")
        with because("twee"):
            factories.LocatieFactory(naam="De Spil")
        client, url = as_user(coordinator), reverse("sociale_kaart:geschiedenis")

        def wat(**vraag):
            return [wijziging.wat for wijziging in client.get(url, vraag).context["wijzigingen"]]

        assert sorted(wat()) == ["een", "twee"]
        assert wat(organisatie=een.pk) == ["een"]
        assert wat(groep="plekken") == ["twee"]
        assert client.get(url, {"groep": "paars"}).status_code == 200
        assert client.get(url, {"organisatie": "x", "pagina": "-3"}).status_code == 200

    def test_queries_do_not_grow(self, coordinator, as_user, django_assert_max_num_queries):
        for nummer in range(30):
            with because(f"nummer {nummer}"):
                factories.OpeningstijdFactory()
        client = as_user(coordinator)
        with django_assert_max_num_queries(16):
            client.get(reverse("sociale_kaart:geschiedenis"))

    def test_organisation_page_shows_only_its_own(self, coordinator, as_user, django_assert_max_num_queries):
        with because("allebei"):
            een, ander = (
                factories.OrganisatieFactory(naam="Welzijn"),
                factories.OrganisatieFactory(naam="Ander"),
            )
            factories.OpeningstijdFactory(aanbod__organisatie=een, aanbod__naam="Inloop")
            factories.OpeningstijdFactory(aanbod__organisatie=ander, aanbod__naam="Elders")
        client = as_user(coordinator)
        with django_assert_max_num_queries(50):
            antwoord = client.get(reverse("sociale_kaart:organisatie_geschiedenis", args=[een.pk]))
        assert "Inloop" in antwoord.content.decode()
        assert "Elders" not in antwoord.content.decode()

    def test_unknown_change(self, coordinator, as_user):
        url = reverse("sociale_kaart:wijziging", args=["00000000-0000-0000-0000-000000000000"])
        assert as_user(coordinator).get(url).status_code == 404

    def test_names_of_what_has_gone_are_known(self, coordinator, as_user):
        with because("begin"):
            contact = factories.AanbodContactFactory(contactpersoon__naam="Richard Nijland")
        with because("weg"):
            Contactpersoon.objects.filter(pk=contact.contactpersoon_id).delete()
        assert ("contact bij aanbod", "Richard Nijland, coördinator", "") in lines(change("weg"))
