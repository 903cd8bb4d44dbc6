"""Two become one: the chosen values stay, and so does every link."""

import pytest
from django.urls import reverse

from sociale_kaart.dubbelen import pairs
from sociale_kaart.geschiedenis import changes
from sociale_kaart.indexeren import index_aanbod
from sociale_kaart.invoer.kaart import importeer
from sociale_kaart.invoer.kaartbestand import lees_kaart
from sociale_kaart.models import Aanbod, Contactpersoon, Locatie, Organisatie, Woordkeuze
from sociale_kaart.samenvoegen import NietSamenTeVoegen, merge
from sociale_kaart.terugzetten import links_to, undo
from tests import factories
from tests.sociale_kaart import kaart

pytestmark = pytest.mark.django_db


def links(*dingen):
    """How many rows point at each kind of thing, per table."""
    return {
        f"{veld.model._meta.db_table}.{veld.name}": veld.model._base_manager.filter(
            **{f"{veld.name}__in": dingen}
        ).count()
        for veld in links_to(type(dingen[0]))
    }


@pytest.fixture
def twee():
    """Two organisations with everything that may hang on them."""
    gemaakt = []
    for nummer, naam in enumerate(["Woningstichting de Veste", "De Veste"]):
        organisatie = factories.OrganisatieFactory(
            naam=naam, extern_id=f"bron:{nummer}", telefoon=f"{nummer}"
        )
        contact = factories.AanbodContactFactory(
            aanbod__organisatie=organisatie, aanbod__naam=f"Aanbod {nummer}"
        )
        contact.aanbod.onderwerpen.add(factories.OnderwerpFactory())
        factories.OpeningstijdFactory(aanbod=contact.aanbod)
        factories.ControleFactory(aanbod=contact.aanbod)
        factories.MeldingFactory(aanbod=contact.aanbod)
        factories.VoorstelFactory(organisatie=organisatie, aanbod=contact.aanbod)
        factories.ControleverzoekFactory(organisatie=organisatie, token=naam)
        factories.AgendapuntFactory(bron__organisatie=organisatie)
        factories.DoorverwijzingFactory(
            organisatie=organisatie, aanbod=contact.aanbod, contactpersoon=contact.contactpersoon
        )
        gemaakt.append(organisatie)
    return gemaakt


def test_every_link_is_kept(twee, coordinator):
    blijft, gaat = twee
    voor = links(blijft, gaat)
    assert sum(voor.values()) == 12
    merge(blijft=blijft, gaat=gaat, kolommen=["telefoon"], by=coordinator)
    na = links(blijft)
    assert na.pop("sociale_kaart_organisatie.samengevoegd_met") == 1
    del voor["sociale_kaart_organisatie.samengevoegd_met"]
    assert na == voor
    blijft.refresh_from_db()
    gaat.refresh_from_db()
    assert (blijft.naam, blijft.telefoon, blijft.andere_namen) == (
        "Woningstichting de Veste",
        "1",
        "De Veste",
    )
    assert gaat.samengevoegd_met == blijft
    assert gaat.gearchiveerd_op
    assert not Aanbod.objects.stale().exists()


def test_offers_of_one_organisation(twee, coordinator):
    blijft, gaat = twee
    een, ander = blijft.aanbod.get(), gaat.aanbod.get()
    Aanbod.objects.filter(pk=ander.pk).update(organisatie=blijft)
    ander.contacten.all().delete()
    geld = een.onderwerpen.get()
    ander.onderwerpen.add(geld)
    for aanbod, aantal in ((een, 2), (ander, 3)):
        Woordkeuze.objects.create(woord="huur", aanbod=aanbod, aantal=aantal, maand="2026-03-01")
    merge(blijft=een, gaat=ander, kolommen=["naam"], by=coordinator)
    een.refresh_from_db()
    assert (een.naam, een.andere_namen) == ("Aanbod 1", "Aanbod 0")
    assert (een.onderwerpen.count(), een.openingstijden.count()) == (2, 1)  # the hours were the same
    assert een.controles.count() == een.meldingen.count() == een.voorstellen.count() == 2
    assert een.doorverwijzingen.count() == 2
    assert een.woordkeuzes.get().aantal == 5


def test_what_both_have_becomes_one(coordinator):
    een, ander = factories.OrganisatieFactory(), factories.OrganisatieFactory(telefoon="")
    mensen = [factories.ContactpersoonFactory(organisatie=o, naam="Anja Bos") for o in (een, ander)]
    Contactpersoon.objects.filter(pk=mensen[0].pk).update(email="")
    for persoon in mensen:
        factories.AanbodContactFactory(
            aanbod__organisatie=persoon.organisatie, aanbod__naam="Inloop", contactpersoon=persoon
        )
        factories.DoorverwijzingFactory(organisatie=persoon.organisatie, contactpersoon=persoon)
    merge(blijft=een, gaat=ander, kolommen=[], by=coordinator)
    [persoon] = Contactpersoon.objects.all()
    assert (persoon.organisatie, persoon.email) == (een, mensen[1].email)
    aanbod = Aanbod.objects.current().get()
    assert aanbod.organisatie == een
    assert aanbod.contacten.get().contactpersoon == persoon
    assert een.doorverwijzingen.filter(contactpersoon=persoon).count() == 2


def test_what_is_on_the_map_counts_before_the_archive(coordinator):
    een, ander = factories.OrganisatieFactory(), factories.OrganisatieFactory()
    factories.AanbodFactory(organisatie=een, naam="Inloop", kosten="€ 5", gearchiveerd_op="2026-01-01T00:00Z")
    factories.AanbodFactory(organisatie=ander, naam="Inloop", kosten="gratis")
    merge(blijft=een, gaat=ander, kolommen=[], by=coordinator)
    aanbod = Aanbod.objects.current().get()
    assert (aanbod.organisatie, aanbod.naam, aanbod.kosten) == (een, "Inloop", "gratis")


def test_places(coordinator):
    een, ander = (
        factories.LocatieFactory(naam="De Spil"),
        factories.LocatieFactory(
            naam="Kulturhus de Spil", adres="Dorpsplein 1", breedtegraad=52.5, lengtegraad=6.2, extern_id="x"
        ),
    )
    tijd = factories.OpeningstijdFactory(locatie=ander)
    merge(blijft=een, gaat=ander, kolommen=["adres", "breedtegraad"], by=coordinator)
    tijd.refresh_from_db()
    een.refresh_from_db()
    assert tijd.locatie == een
    assert (een.adres, een.breedtegraad, een.lengtegraad) == ("Dorpsplein 1", 52.5, 6.2)
    assert een.extern_id == "x"
    assert list(Locatie.objects.current()) == [een]


def test_merged_again_points_to_the_last(coordinator):
    a, b, c = (factories.OrganisatieFactory() for _ in range(3))
    merge(blijft=b, gaat=a, kolommen=[], by=coordinator)
    merge(blijft=c, gaat=b, kolommen=[], by=coordinator)
    a.refresh_from_db()
    assert a.samengevoegd_met == c


def test_not_everything_can_be_merged(coordinator):
    een, ander = factories.AanbodFactory(), factories.AanbodFactory()
    with pytest.raises(NietSamenTeVoegen):
        merge(blijft=een, gaat=een, kolommen=[], by=coordinator)
    with pytest.raises(NietSamenTeVoegen):
        merge(blijft=een, gaat=ander, kolommen=[], by=coordinator)
    merge(blijft=een.organisatie, gaat=ander.organisatie, kolommen=[], by=coordinator)
    with pytest.raises(NietSamenTeVoegen):
        merge(blijft=ander.organisatie, gaat=een.organisatie, kolommen=[], by=coordinator)


def test_can_be_undone(twee, coordinator):
    blijft, gaat = twee
    voor = list(Organisatie.objects.order_by("pk").values("naam", "telefoon", "extern_id", "gearchiveerd_op"))
    merge(blijft=blijft, gaat=gaat, kolommen=["telefoon", "naam"], by=coordinator)
    undo(context_id=changes().get(metadata__wat__startswith="samengevoegd").pk, by=coordinator)
    assert (
        list(Organisatie.objects.order_by("pk").values("naam", "telefoon", "extern_id", "gearchiveerd_op"))
        == voor
    )
    assert blijft.aanbod.count() == gaat.aanbod.count() == 1
    assert gaat.contactpersonen.count() == 1


class TestPages:
    def test_suggests(self, coordinator, as_user, django_assert_max_num_queries):
        factories.OrganisatieFactory(naam="Woningstichting de Veste", website="https://www.veste.example/")
        factories.OrganisatieFactory(naam="Woonstichting De Veste", website="https://veste.example/huur")
        factories.OrganisatieFactory(naam="Vluchtelingenwerk", website="https://ander.example", telefoon="3")
        organisatie = factories.AanbodFactory(naam="Huurhulp").organisatie
        factories.AanbodFactory(organisatie=organisatie, naam="Huur hulp")
        for groep in (1, 2):
            factories.AanbodFactory(organisatie=organisatie, naam=f"Wandelen groep {groep}")
        (
            factories.LocatieFactory(naam="De Spil", adres="Plein 1"),
            factories.LocatieFactory(naam="Spil", adres="plein 1"),
        )
        gevonden = {soort: [{str(p.een), str(p.ander)} for p in paren] for soort, paren in pairs().items()}
        assert gevonden == {
            "organisatie": [{"Woningstichting de Veste", "Woonstichting De Veste"}],
            "aanbod": [{"Huurhulp", "Huur hulp"}],
            "plek": [{"De Spil", "Spil"}],
        }
        client = as_user(coordinator)
        with django_assert_max_num_queries(16):
            assert "Vergelijk" in client.get(reverse("sociale_kaart:samenvoegen")).content.decode()

    def test_choose_and_merge(self, twee, coordinator, as_user):
        blijft, gaat = twee
        index_aanbod(Aanbod.objects.all())
        client = as_user(coordinator)
        url = reverse("sociale_kaart:samenvoegen_twee", args=["organisatie", blijft.pk, gaat.pk])
        form = client.get(url).context["form"]
        assert {"naam", "telefoon"} <= set(form.kolommen)
        keuze = dict.fromkeys(form.kolommen, "blijft")
        assert client.post(url, {**keuze, "telefoon": "paars"}).status_code == 422
        antwoord = client.post(url, {**keuze, "telefoon": "gaat"})
        assert antwoord.url == reverse("sociale_kaart:bewerken", args=[blijft.pk])
        blijft.refresh_from_db()
        assert blijft.telefoon == "1"
        oud = client.get(reverse("sociale_kaart:organisatie", args=[gaat.pk]))
        assert oud.url == reverse("sociale_kaart:organisatie", args=[blijft.pk])
        assert "Samengevoegd met" in client.get(reverse("sociale_kaart:archief")).content.decode()
        assert client.post(url, keuze).url == reverse("sociale_kaart:samenvoegen")

    def test_two_of_ones_own_choice(self, twee, coordinator, as_user):
        client, url = as_user(coordinator), reverse("sociale_kaart:samenvoegen")
        een, ander = twee
        assert client.get(url, {"een": een.pk, "ander": een.pk}).status_code == 422
        assert client.get(url, {"een": "x", "ander": ""}).status_code == 422
        assert f"/{een.pk}/{ander.pk}/" in client.get(url, {"een": een.pk, "ander": ander.pk}).url

    def test_bad_addresses(self, coordinator, as_user):
        client = as_user(coordinator)
        een = factories.OrganisatieFactory()
        for args in (["paars", een.pk, een.pk], ["organisatie", een.pk, 999_999]):
            assert client.get(reverse("sociale_kaart:samenvoegen_twee", args=args)).status_code == 404


def test_the_next_import_finds_what_stayed(coordinator):
    bestand = kaart.kaart(
        kaart.aanbod(),
        kaart.aanbod(id="a002", naam="Huurschuld", organisatie="De Veste", spreekuren=[], contactpersonen=[]),
    )
    importeer(lees_kaart(kaart.als_bytes(bestand)))
    blijft, gaat = Organisatie.objects.order_by("-naam")
    assert (blijft.naam, gaat.naam) == ("Woningstichting de Veste", "De Veste")
    merge(blijft=blijft, gaat=gaat, kolommen=[], by=coordinator)
    een, ander = Aanbod.objects.order_by("pk")
    merge(blijft=een, gaat=ander, kolommen=[], by=coordinator)
    verslag = importeer(lees_kaart(kaart.als_bytes(bestand)))
    een.refresh_from_db()
    blijft.refresh_from_db()
    assert not verslag.nieuw
    assert (een.naam, blijft.naam) == ("Hulp bij huurachterstand", "Woningstichting de Veste")
    assert (Organisatie.objects.count(), Aanbod.objects.count()) == (2, 2)
