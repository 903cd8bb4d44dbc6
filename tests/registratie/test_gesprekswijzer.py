"""The talking aid: its first content, the panel that shows it, and coordinators who rewrite it."""

import json

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from registratie import gesprekswijzer
from registratie.forms_praten import REGEL_LENGTE, REGELS, GesprekswijzerForm
from registratie.models import Gesprekswijzer, to_quarter
from sociale_kaart.demo import BESTAND as KAART
from tests import factories

VRAAGWOORDEN = {
    "Wat",
    "Wie",
    "Hoe",
    "Hoeveel",
    "Waar",
    "Wanneer",
    "Welke",
    "Op",
    "Bij",
    "Voor",
    "Van",
    "Met",
    "Om",
}
INHOUD = gesprekswijzer.inhoud()
TEKSTEN = {"elk gesprek": INHOUD["algemeen"]} | INHOUD["onderwerpen"]
HTMX = {"HX-Request": "true"}
URL = "/vragen/gesprekswijzer/"


@pytest.fixture
def infopunt(db):
    return factories.InfopuntFactory()


@pytest.fixture
def geld(db):
    return factories.OnderwerpFactory(naam="Geld en schulden", extern_id="geld & schulden")


def logged_in(client, infopunt, rol="vrijwilliger"):
    client.force_login(factories.MedewerkerFactory(rol=rol, infopunten=[infopunt]))
    return client


@pytest.fixture
def balie(client, infopunt):
    return logged_in(client, infopunt)


@pytest.fixture
def coordinator(client, infopunt):
    return logged_in(client, infopunt, "coordinator")


class TestFirstContent:
    def test_every_topic_of_the_map_has_one(self):
        assert list(INHOUD["onderwerpen"]) == json.loads(KAART.read_text())["onderwerpen"]

    @pytest.mark.parametrize("naam", TEKSTEN)
    def test_reads_as_a_conversation(self, naam):
        """Three or four questions, open and one at a time, then whether it was understood."""
        *open_vragen, laatste = TEKSTEN[naam]["vragen"]

        assert laatste == "Begrijp ik het goed dat …?"
        assert 2 <= len(open_vragen) <= 3
        assert 2 <= len(TEKSTEN[naam]["erachter"]) <= 4
        for vraag in open_vragen:
            assert vraag.endswith("?")
            assert vraag.count("?") == 1
            assert vraag.split()[0] in VRAAGWOORDEN
        regels = [*open_vragen, laatste, *TEKSTEN[naam]["erachter"]]
        assert len(set(regels)) == len(regels)
        assert all(regel == regel.strip() and 0 < len(regel) <= REGEL_LENGTE for regel in regels)

    def test_loads_once(self, geld):
        call_command("laad_gesprekswijzer")
        call_command("laad_gesprekswijzer")

        assert set(Gesprekswijzer.objects.values_list("onderwerp", flat=True)) == {None, geld.pk}
        assert (
            Gesprekswijzer.objects.get(onderwerp=geld).vragen.splitlines()
            == TEKSTEN["geld & schulden"]["vragen"]
        )

    def test_keeps_what_people_wrote_and_adds_what_is_new(self, geld, capsys):
        eigen = Gesprekswijzer.objects.create(onderwerp=geld, vragen="Hoe is het?")
        call_command("laad_gesprekswijzer")

        eigen.refresh_from_db()
        assert (eigen.vragen, eigen.erachter) == ("Hoe is het?", "")
        assert capsys.readouterr().out == "Gesprekswijzer: 1 teksten toegevoegd.\n"


class TestPanel:
    def test_before_a_topic_is_chosen_it_fits_any_talk(self, balie, geld):
        antwoord = balie.get(reverse("registratie:nieuw"))

        assert antwoord.context["wijzer"].onderwerp is None
        for zin in TEKSTEN["elk gesprek"]["vragen"]:
            assert zin in antwoord.content.decode()

    def test_topic_in_the_address_of_the_form(self, balie, geld):
        gesprekswijzer.laad()
        antwoord = balie.get(reverse("registratie:nieuw"), {"onderwerp": geld.pk})

        assert "Welke brieven liggen er nog thuis?" in antwoord.content.decode()

    def test_swaps_for_the_chosen_topic(self, balie, geld):
        gesprekswijzer.laad()
        antwoord = balie.get(URL, {"onderwerp": geld.pk}, headers=HTMX)
        html = antwoord.content.decode()

        assert "Welke brieven liggen er nog thuis?" in html
        assert "Schaamte" in html
        assert f"{reverse('sociale_kaart:zoeken')}?onderwerp={geld.pk}" in html
        assert "<html" not in html
        assert "HX-Request" in antwoord["Vary"]

    def test_is_a_page_of_its_own_without_javascript(self, balie, geld):
        html = balie.get(URL, {"onderwerp": geld.pk}).content.decode()

        assert "<h1>Doorvragen</h1>" in html
        assert f'href="?onderwerp={geld.pk}" aria-current="true"' in html

    def test_subtopic_takes_the_aid_of_its_main_topic(self, balie, geld):
        gesprekswijzer.laad()
        sub = factories.OnderwerpFactory(naam="Deurwaarder", ouder=geld)

        assert balie.get(URL, {"onderwerp": sub.pk}).context["wijzer"].onderwerp == geld

    def test_topic_without_text_of_its_own_shows_the_general_one(self, balie, geld):
        Gesprekswijzer.objects.create(vragen="Hoe is het?\nEn verder?", erachter="")
        wijzer = balie.get(URL, {"onderwerp": geld.pk}).context["wijzer"]

        assert (wijzer.onderwerp, wijzer.vragen, wijzer.erachter) == (geld, ["Hoe is het?", "En verder?"], [])

    @pytest.mark.parametrize("onzin", ["", "x", "0", "-1", "9" * 60, "\x00", "٤", "1.5"])
    def test_nonsense_in_the_address_is_ignored(self, balie, geld, onzin):
        antwoord = balie.get(URL, {"onderwerp": onzin})

        assert antwoord.status_code == 200
        assert antwoord.context["wijzer"].onderwerp is None

    def test_page_kept_for_without_a_network_has_the_general_one(self, balie, geld):
        html = balie.get(reverse("registratie:zonder_internet", args=["nieuw"])).content.decode()

        assert "Wat maakt dat u vandaag komt?" in html
        assert "hx-get" not in html

    def test_works_for_somebody_without_a_desk(self, client, geld):
        client.force_login(factories.MedewerkerFactory())
        factories.AanbodFactory(onderwerpen=[geld], bereik="regio")

        assert len(client.get(URL, {"onderwerp": geld.pk}).context["wijzer"].helpers) == 1


class TestWhoCanHelp:
    def offer(self, onderwerp, organisatie, **rest):
        return factories.AanbodFactory(
            organisatie__naam=organisatie, onderwerpen=[onderwerp], **{"bereik": "regio"} | rest
        )

    def names(self, balie, onderwerp):
        helpers = balie.get(URL, {"onderwerp": onderwerp.pk}).context["wijzer"].helpers
        return [str(aanbod.organisatie) for aanbod in helpers]

    def test_most_referred_to_comes_first(self, balie, geld, infopunt):
        aanbod = {naam: self.offer(geld, naam) for naam in ["Anna", "Bea", "Cor", "Dirk"]}
        sub = factories.OnderwerpFactory(naam="Deurwaarder", ouder=geld)
        nu = to_quarter(timezone.now())
        for naam, onderwerp, keer in [("Dirk", geld, 2), ("Cor", sub, 1)]:
            for _ in range(keer):
                factories.VraagFactory(
                    infopunt=infopunt,
                    onderwerp=onderwerp,
                    moment=nu,
                    wijze="doorverwezen",
                    organisatie=aanbod[naam].organisatie,
                )
        elders = factories.InfopuntFactory()
        factories.VraagFactory.create_batch(
            3,
            infopunt=elders,
            onderwerp=geld,
            moment=nu,
            wijze="doorverwezen",
            organisatie=aanbod["Bea"].organisatie,
        )

        assert self.names(balie, geld) == ["Dirk", "Cor", "Anna"]

    def test_then_most_offers_and_each_once(self, balie, geld):
        self.offer(geld, "Anna")
        veel = self.offer(geld, "Bea")
        factories.AanbodFactory(organisatie=veel.organisatie, onderwerpen=[geld], bereik="regio")

        assert self.names(balie, geld) == ["Bea", "Anna"]

    def test_only_what_people_of_this_village_may_use(self, balie, geld):
        self.offer(geld, "Elders", bereik="kernen")

        assert self.names(balie, geld) == []

    def test_name_and_number_to_tap(self, balie, geld):
        factories.AanbodContactFactory(
            aanbod=self.offer(geld, "SchuldHulpMaatje"),
            contactpersoon__naam="Cees Hagedoorn",
            contactpersoon__telefoon="0529-55 55 36",
        )
        html = balie.get(URL, {"onderwerp": geld.pk}, headers=HTMX).content.decode()

        assert "SchuldHulpMaatje" in html
        assert "Cees Hagedoorn" in html
        assert 'href="tel:0529555536"' in html

    def test_without_contact_the_number_of_the_offer(self, balie, geld):
        self.offer(geld, "SchuldHulpMaatje", telefoon="0529-55 55 37")
        html = balie.get(URL, {"onderwerp": geld.pk}, headers=HTMX).content.decode()

        assert 'href="tel:0529555537"' in html

    def test_number_of_queries_does_not_grow(self, balie, geld, count_queries):
        def ask():
            balie.get(URL, {"onderwerp": geld.pk})

        factories.AanbodContactFactory(aanbod=self.offer(geld, "Anna"))
        ask()
        weinig = count_queries(ask)
        for naam in ["Bea", "Cor", "Dirk", "Evi"]:
            factories.AanbodContactFactory(aanbod=self.offer(geld, naam))
        factories.OnderwerpFactory.create_batch(5)

        assert count_queries(ask) == weinig


class TestRewriting:
    EDIT = "/vragen/gesprekswijzers/wijzigen/"

    def test_link_is_for_coordinators(self, client, infopunt, geld):
        link = f"{self.EDIT}?onderwerp={geld.pk}"
        for rol, ziet in [("vrijwilliger", False), ("beroepskracht", False), ("coordinator", True)]:
            html = logged_in(client, infopunt, rol).get(URL, {"onderwerp": geld.pk}).content.decode()
            assert (link in html) == ziet

    def test_others_cannot_post(self, balie, geld):
        assert balie.post(f"{self.EDIT}?onderwerp={geld.pk}", {"vragen": "Hoe is het?"}).status_code == 404
        assert not Gesprekswijzer.objects.exists()

    def test_keeps_the_lines(self, coordinator, geld):
        gesprekswijzer.laad()
        antwoord = coordinator.post(
            f"{self.EDIT}?onderwerp={geld.pk}",
            {"vragen": "  Hoe is het?  \r\n\r\n Wat nu?\r\n", "erachter": "Zorgen\r\nSlecht slapen"},
        )

        assert antwoord.url == reverse("registratie:gesprekswijzers")
        wijzer = Gesprekswijzer.objects.get(onderwerp=geld)
        assert wijzer.vragen.splitlines() == ["Hoe is het?", "Wat nu?"]
        assert wijzer.erachter.splitlines() == ["Zorgen", "Slecht slapen"]
        assert "Geld en schulden is opgeslagen" in coordinator.get(antwoord.url).content.decode()

    @pytest.mark.parametrize("naam", TEKSTEN)
    def test_first_content_passes_its_own_form(self, db, naam):
        form = GesprekswijzerForm({deel: "\n".join(regels) for deel, regels in TEKSTEN[naam].items()})

        assert form.errors == {}

    def test_first_text_of_a_topic(self, coordinator, geld):
        coordinator.post(f"{self.EDIT}?onderwerp={geld.pk}", {"vragen": "Hoe is het?"})

        assert Gesprekswijzer.objects.get().onderwerp == geld

    def test_for_any_talk(self, coordinator):
        for vraag in ["Hoe is het?", "Wat nu?"]:
            coordinator.post(self.EDIT, {"vragen": vraag})

        assert list(Gesprekswijzer.objects.values_list("onderwerp", "vragen")) == [(None, "Wat nu?")]

    @pytest.mark.parametrize(
        ("tekst", "fout"),
        [
            (" \n ", "Schrijf minstens één vraag."),
            ("Hoe?\n" * (REGELS + 1), f"Dit zijn {REGELS + 1} regels. Houd het bij hoogstens {REGELS}."),
            ("a" * 10_000, f"is te lang: 10000 tekens. Houd het bij {REGEL_LENGTE}."),
            ("Bel Fatima terug op 06-12345678", "Dit lijkt op een"),
        ],
    )
    def test_bad_input_stays_and_is_explained(self, coordinator, geld, tekst, fout):
        antwoord = coordinator.post(
            f"{self.EDIT}?onderwerp={geld.pk}", {"vragen": tekst, "erachter": "Zorgen"}
        )

        assert fout in antwoord.context["form"].errors["vragen"][0]
        assert antwoord.context["form"]["erachter"].value() == "Zorgen"
        assert not Gesprekswijzer.objects.exists()

    @pytest.mark.parametrize("onzin", ["x", "0", "999999", "9" * 60, "\x00"])
    def test_unknown_topic(self, coordinator, geld, onzin):
        assert coordinator.get(self.EDIT, {"onderwerp": onzin}).status_code == 404

    def test_subtopic_has_none(self, coordinator, geld):
        sub = factories.OnderwerpFactory(naam="Deurwaarder", ouder=geld)

        assert coordinator.get(self.EDIT, {"onderwerp": sub.pk}).status_code == 404

    def test_list_names_every_topic_in_a_fixed_number_of_queries(self, coordinator, geld, count_queries):
        def look():
            return coordinator.get(reverse("registratie:gesprekswijzers"))

        assert "Nog geen eigen tekst" in look().content.decode()
        weinig = count_queries(look)
        for naam in list(INHOUD["onderwerpen"])[1:6]:
            factories.OnderwerpFactory(extern_id=naam)
        gesprekswijzer.laad()
        html = look().content.decode()

        assert "Nog geen eigen tekst" not in html
        assert "Hoe gaat het met de vaste lasten?" in html
        assert count_queries(look) == weinig
