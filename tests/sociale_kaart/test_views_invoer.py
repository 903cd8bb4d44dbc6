"""The pages on which coordinators put files into the map."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from sociale_kaart import tasks
from sociale_kaart.invoer import stappen
from sociale_kaart.models import Aanbod, Invoer
from tests import factories
from tests.sociale_kaart.invoer.hsds import DIENSTEN, ORGANISATIES, als_zip

pytestmark = pytest.mark.django_db

TERMEN = {"taxonomy_terms": "id,name\n1,Vliegeren\n", "attributes": "id,link_id,taxonomy_term_id\n1,10,1\n"}


@pytest.fixture
def coordinator(client):
    client.force_login(factories.MedewerkerFactory(rol="coordinator"))
    return client


def stuur(client, inhoud=None, naam="proef.zip", bron="ggd", **tabellen):
    inhoud = (
        als_zip(**{"organizations": ORGANISATIES, "services": DIENSTEN} | tabellen)
        if inhoud is None
        else inhoud
    )
    gegevens = {"bestand": SimpleUploadedFile(naam, inhoud), "bron": bron}
    return client.post(reverse("sociale_kaart:invoeren"), gegevens)


def werk():
    """What the worker would do now."""
    for taak in ProcrastinateJob.objects.filter(status="todo").order_by("pk"):
        getattr(tasks, taak.task_name.split(".")[1])(**taak.args)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_events")
        cursor.execute("DELETE FROM procrastinate_jobs")


def bekijk(client, invoer, **vraag):
    return client.get(reverse("sociale_kaart:invoer", args=[invoer.pk]), vraag).content.decode()


def test_from_file_to_map(coordinator):
    antwoord = stuur(coordinator, services=DIENSTEN + "11,88,Wees,,active\n")
    invoer = Invoer.objects.get()
    assert antwoord.url == reverse("sociale_kaart:invoer", args=[invoer.pk])
    assert "every 2s" in bekijk(coordinator, invoer)
    werk()
    pagina = bekijk(coordinator, invoer)
    assert "every 2s" not in pagina
    assert "Maatje" in pagina
    assert "verwijst naar organisatie 88" in bekijk(coordinator, invoer, lijst="geweigerd")
    assert not Aanbod.objects.exists()
    coordinator.post(reverse("sociale_kaart:invoer_verwerken", args=[invoer.pk]))
    werk()
    invoer.refresh_from_db()
    assert (invoer.status, invoer.inhoud) == ("klaar", None)
    assert Aanbod.objects.get().extern_id == "ggd:10"
    assert "Het staat op de kaart" in bekijk(coordinator, invoer)


def test_written_once_however_often_it_is_asked(coordinator):
    stuur(coordinator)
    werk()
    invoer = Invoer.objects.get()
    for _ in range(2):
        coordinator.post(reverse("sociale_kaart:invoer_verwerken", args=[invoer.pk]))
    assert ProcrastinateJob.objects.count() == 1
    assert ProcrastinateJob.objects.get().lock == stappen.SLOT


def test_only_what_the_preview_called_gone_can_be_archived(coordinator):
    weg = factories.AanbodFactory(extern_id="ggd:99")
    ander = factories.AanbodFactory()
    stuur(coordinator)
    werk()
    invoer = Invoer.objects.get()
    assert weg.naam in bekijk(coordinator, invoer)
    coordinator.post(
        reverse("sociale_kaart:invoer_verwerken", args=[invoer.pk]), {"weg": [weg.pk, ander.pk, "x"]}
    )
    werk()
    assert [a.pk for a in Aanbod.objects.exclude(gearchiveerd_op=None)] == [weg.pk]


def test_a_term_gets_a_topic_and_keeps_it_for_the_next_file(coordinator):
    onderwerp = factories.OnderwerpFactory(naam="Vrije tijd")
    stuur(coordinator, **TERMEN)
    werk()
    invoer = Invoer.objects.get()
    assert "Vliegeren" in bekijk(coordinator, invoer)
    coordinator.post(
        reverse("sociale_kaart:invoer_onderwerpen", args=[invoer.pk]), {"term_0": str(onderwerp.uuid)}
    )
    werk()
    invoer.refresh_from_db()
    assert invoer.verslag["onbekende_onderwerpen"] == {}
    stuur(coordinator, **TERMEN)
    assert Invoer.objects.order_by("-gemaakt_op").first().kolommen == {"Vliegeren": str(onderwerp.uuid)}


def test_a_table_asks_for_its_columns_first(coordinator):
    stuur(coordinator, "Naam;Instelling;Kleur\nSoep;Kulturhus;rood\n".encode("cp1252"), naam="lijst.csv")
    invoer = Invoer.objects.get()
    assert invoer.status == "kolommen"
    assert "Wat staat in welke kolom?" in bekijk(coordinator, invoer)
    url = reverse("sociale_kaart:invoer_kolommen", args=[invoer.pk])
    assert "Kies bij een kolom nog" in coordinator.post(url, {"kolom_0": "", "kolom_1": ""}).content.decode()
    coordinator.post(url, {"kolom_0": "naam", "kolom_1": "organisatie", "kolom_2": ""})
    werk()
    invoer.refresh_from_db()
    assert (invoer.status, invoer.verslag["nieuw"][0]["naam"]) == ("voorbeeld", "Soep")


@pytest.mark.parametrize(
    ("inhoud", "zegt"),
    [
        (b"", "leeg"),
        (b"%PDF-1.4", "pdf"),
        (b"{", "geen geldige JSON"),
        (b"PK\x03\x04rommel", "niet te openen"),
    ],
)
def test_a_file_that_cannot_be_says_so_beside_the_field(coordinator, inhoud, zegt):
    antwoord = stuur(coordinator, inhoud)
    assert antwoord.status_code == 200
    assert zegt in antwoord.content.decode()
    assert not Invoer.objects.exists()


def test_no_file_and_a_wrong_source(coordinator):
    antwoord = coordinator.post(reverse("sociale_kaart:invoeren"), {"bron": "a/b"}).content.decode()
    assert "Gebruik alleen letters, cijfers en streepjes." in antwoord
    assert "Vul dit nog in." in antwoord


def test_what_fails_in_the_worker_says_so_and_can_be_tried_again(coordinator, monkeypatch, caplog):
    stuur(coordinator)
    with monkeypatch.context() as patch:
        patch.setattr(stappen, "importeer", lambda *args, **kwargs: 1 / 0)
        werk()
    invoer = Invoer.objects.get()
    assert stappen.MISLUKT in bekijk(coordinator, invoer)
    coordinator.post(reverse("sociale_kaart:invoer_opnieuw", args=[invoer.pk]))
    werk()
    invoer.refresh_from_db()
    assert invoer.status == "voorbeeld"


def test_a_file_that_turns_out_wrong_is_told_in_words(coordinator):
    stuur(coordinator, als_zip(**{"leesmij.txt": "hoi"}))
    werk()
    assert "zit geen bestand zoals services.csv" in bekijk(coordinator, Invoer.objects.get())


def test_refused_rows_come_back_with_their_columns_and_the_reason(coordinator):
    stuur(coordinator, services=DIENSTEN + '11,88,"=1+1","a\x00b",active\n')
    werk()
    invoer = Invoer.objects.get()
    antwoord = coordinator.get(reverse("sociale_kaart:invoer_csv", args=[invoer.pk, "geweigerd"]))
    [kop, rij] = csv.reader(io.StringIO(antwoord.content.decode("utf-8-sig")), delimiter=";")
    assert kop == ["id", "organization_id", "name", "description", "status", "bestand", "rij", "reden"]
    assert rij[:7] == ["11", "88", "'=1+1", "ab", "active", "services.csv", "3"]
    assert "organisatie 88" in rij[7]


@pytest.mark.parametrize("lijst", ["nieuw", "gewijzigd", "weg", "opmerkingen", "overgeslagen", "ongebruikt"])
def test_every_list_can_be_kept(coordinator, lijst):
    stuur(coordinator)
    werk()
    url = reverse("sociale_kaart:invoer_csv", args=[Invoer.objects.get().pk, lijst])
    assert coordinator.get(url).status_code == 200


def test_bad_addresses(coordinator):
    invoer = factories.InvoerFactory()
    assert coordinator.get(reverse("sociale_kaart:invoer_csv", args=[invoer.pk, "geheim"])).status_code == 404
    assert "Er verandert niets" in bekijk(coordinator, invoer, lijst="x", pagina="ja")


def test_the_list_of_files_asks_little(coordinator, django_assert_max_num_queries):
    for _ in range(5):
        factories.InvoerFactory()
    with django_assert_max_num_queries(12):
        coordinator.get(reverse("sociale_kaart:invoeren"))
