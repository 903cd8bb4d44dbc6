"""The coordinator's hub: every list, its buttons, and the page of a proposal."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from sociale_kaart import controle
from sociale_kaart.beheer import LIJSTEN, Stand
from sociale_kaart.models import Aanbod, Controle, Groep, Melding, Voorstel
from tests import factories

pytestmark = pytest.mark.django_db

URL = "/kaart/beheer/"


@pytest.fixture
def client(as_user, coordinator):
    return as_user(coordinator)


@pytest.fixture
def aanbod():
    """Checked, used and about something: on no list."""
    aanbod = factories.AanbodFactory(naam="Taalcafé", onderwerpen=[factories.OnderwerpFactory(naam="Taal")])
    controle.confirm(aanbod=[aanbod], door="partner")
    factories.DoorverwijzingFactory(aanbod=aanbod, organisatie=aanbod.organisatie)
    return aanbod


def page(client, lijst):
    return client.get(URL, {"lijst": lijst}).content.decode()


def counts():
    return {naam: aantal for naam, aantal in Stand.at(timezone.now()).aantallen.items() if aantal}


def propose(aanbod, **velden):
    return controle.propose(organisatie=aanbod.organisatie, aanbod=aanbod, velden=velden, door=None)


class TestLists:
    def test_what_is_in_order_is_on_none(self, aanbod):
        assert counts() == {}

    def test_every_list_has_what_belongs_there(self, aanbod):
        controle.report(aanbod=aanbod, soort="bestaat_niet", bron="balie")
        propose(aanbod, kosten="€ 2")
        ander = factories.AanbodFactory(organisatie__email="", naam="Eetcafé")
        factories.OnderwerpFactory(naam="Rouw")
        assert counts() == dict.fromkeys((lijst.naam for lijst in LIJSTEN), 1)
        stand = Stand.at(timezone.now())
        rijen = {lijst.naam: lijst.rijen(stand.termijnen).get() for lijst in LIJSTEN}
        assert rijen["te-laat"] == rijen["nooit-gebruikt"] == rijen["zonder-onderwerp"] == ander
        assert rijen["zonder-mail"] == ander.organisatie
        assert rijen["leeg-onderwerp"].naam == "Rouw"
        assert rijen["gemeld"].aanbod == rijen["voorstellen"].aanbod == aanbod

    def test_the_archive_is_on_none(self, aanbod):
        controle.report(aanbod=aanbod, soort="bestaat_niet", bron="balie")
        ander = factories.AanbodFactory(organisatie__email="")
        type(ander.organisatie).objects.update(gearchiveerd_op=timezone.now())
        assert counts() == {"leeg-onderwerp": 1}

    def test_a_topic_whose_subtopic_has_offers_is_not_empty(self, aanbod):
        onderwerp = aanbod.onderwerpen.get()
        onderwerp.ouder = factories.OnderwerpFactory(naam="Leren")
        onderwerp.save()
        assert counts() == {}

    def test_what_is_used_most_comes_first(self, aanbod):
        factories.AanbodFactory(naam="A nooit", organisatie__naam="A")
        vaak = factories.AanbodFactory(naam="Z vaak", organisatie__naam="Z")
        for _ in range(6):
            factories.DoorverwijzingFactory(aanbod=vaak, organisatie=vaak.organisatie)
        stand = Stand.at(timezone.now())
        te_laat = next(lijst for lijst in LIJSTEN if lijst.naam == "te-laat").rijen(stand.termijnen)
        assert [rij.naam for rij in te_laat] == ["Z vaak", "A nooit"]

    @pytest.mark.parametrize("lijst", [lijst.naam for lijst in LIJSTEN])
    def test_many_rows_are_paged_in_a_fixed_number_of_queries(
        self, client, aanbod, lijst, django_assert_num_queries
    ):
        def more(aantal):
            for _ in range(aantal):
                ander = factories.AanbodFactory(organisatie__email="")
                controle.report(aanbod=ander, soort="klopt_niet", bron="balie", groep="tijden")
                propose(ander, kosten="€ 2")
                factories.OnderwerpFactory()

        more(2)
        with CaptureQueriesContext(connection) as weinig:
            client.get(URL, {"lijst": lijst})
        more(28)
        with django_assert_num_queries(len(weinig)):
            html = page(client, lijst)
        assert "Bladzijde 1 van 2" in html
        assert client.get(URL, {"lijst": lijst, "pagina": "99"}).status_code == 200

    @pytest.mark.parametrize(
        "query", [{"lijst": "onzin"}, {"lijst": "\x00"}, {"pagina": "x"}, {"lijst": "a" * 9999}]
    )
    def test_a_bad_choice_is_told(self, client, aanbod, query):
        response = client.get(URL, query)
        assert response.status_code == 200
        assert ("Deze lijst kennen we niet" in response.content.decode()) == ("lijst" in query)

    @pytest.mark.parametrize("lijst", [lijst.naam for lijst in LIJSTEN])
    def test_every_button_carries_its_token(self, client, aanbod, lijst):
        controle.report(aanbod=aanbod, soort="bestaat_niet", bron="balie")
        factories.AanbodFactory()
        inhoud = page(client, lijst).partition("<main")[2].partition("</main>")[0]
        assert inhoud.count('method="post"') == inhoud.count("csrfmiddlewaretoken")

    def test_opens_with_the_first_that_has_something(self, client, aanbod):
        propose(aanbod, kosten="€ 2")
        assert client.get(URL).context["lijst"].naam == "voorstellen"


class TestButtons:
    def test_flagging_from_the_desk_warns_at_once(self, as_user, vrijwilliger, aanbod):
        response = as_user(vrijwilliger).post(
            f"/kaart/aanbod/{aanbod.pk}/klopt-niet/",
            {"wat": "contact", "toelichting": "Het nummer is niet in gebruik."},
        )
        assert response.url == aanbod.get_absolute_url()
        melding = Melding.objects.get()
        assert (melding.soort, melding.groep, melding.bron) == ("klopt_niet", "contact", "balie")
        assert "Zoek het eerst na" in Aanbod.objects.get().waarschuwing

    @pytest.mark.parametrize(
        "data",
        [
            {},
            {"wat": "onzin"},
            {"wat": "contact", "toelichting": "Bel mevrouw Zwaantje de Vries op 06-12345678."},
        ],
    )
    def test_a_flag_without_choice_or_with_a_person_in_it(self, as_user, vrijwilliger, aanbod, data):
        response = as_user(vrijwilliger).post(f"/kaart/aanbod/{aanbod.pk}/klopt-niet/", data)
        assert response.status_code == 422
        assert not Melding.objects.exists()

    def test_looked_into(self, client, aanbod):
        melding = controle.report(aanbod=aanbod, soort="klopt_niet", bron="balie", groep="tijden")
        response = client.post(f"{URL}meldingen/{melding.pk}/afhandelen/", {"next": f"{URL}?lijst=gemeld"})
        assert response.url == f"{URL}?lijst=gemeld"
        assert Aanbod.objects.get().waarschuwing == ""
        assert Controle.objects.filter(groep="tijden", door="coordinator").count() == 1

    def test_not_sent_to_another_site(self, client, aanbod):
        melding = controle.report(aanbod=aanbod, soort="klopt_niet", bron="balie")
        response = client.post(f"{URL}meldingen/{melding.pk}/afhandelen/", {"next": "https://kwaad.example/"})
        assert response.url == URL

    def test_asked_now_once(self, client, aanbod):
        for _ in range(2):
            antwoord = client.post(f"{URL}organisaties/{aanbod.organisatie_id}/vragen/", follow=True)
        assert "Bel liever even" in antwoord.content.decode()
        assert ProcrastinateJob.objects.filter(task_name="sociale_kaart.send_controleverzoek").count() == 1
        controle.report(aanbod=aanbod, soort="klopt_niet", bron="balie")
        assert "Gevraagd op" in page(client, "gemeld")

    def test_without_address_says_so(self, client, aanbod):
        type(aanbod.organisatie).objects.update(email="")
        antwoord = client.post(f"{URL}organisaties/{aanbod.organisatie_id}/vragen/", follow=True)
        assert "heeft geen mailadres" in antwoord.content.decode()

    def test_checked_from_the_list(self, client, aanbod):
        ander = factories.AanbodFactory(onderwerpen=[aanbod.onderwerpen.get()])
        assert f"/kaart/aanbod/{ander.pk}/nagekeken/" in page(client, "te-laat")
        response = client.post(f"/kaart/aanbod/{ander.pk}/nagekeken/", {"next": f"{URL}?lijst=te-laat"})
        assert response.url == f"{URL}?lijst=te-laat"
        assert ander.controles.count() == len(Groep.values)
        assert "te-laat" not in counts()


class TestProposal:
    @pytest.fixture
    def voorstel(self, aanbod):
        return propose(aanbod, telefoon="0529-55 55 02", kosten="€ 2", talen=["pl"], indicatie_nodig=True)

    @pytest.fixture
    def url(self, voorstel):
        return f"{URL}voorstellen/{voorstel.pk}/"

    def test_shows_old_and_new_in_words(self, client, url):
        html = client.get(url).content.decode()
        for tekst in ("gratis", "€ 2", "Nederlands", "Pools", "Nee", "Ja", "0529-55 55 02"):
            assert tekst in html

    def test_one_yes_one_no_the_rest_later(self, client, url, voorstel):
        response = client.post(url, {"versie": voorstel.versie, "telefoon": "ja", "kosten": "nee"})
        assert response.status_code == 302
        aanbod = Aanbod.objects.get()
        assert (aanbod.telefoon, aanbod.kosten) == ("0529-55 55 02", "gratis")
        voorstel.refresh_from_db()
        assert voorstel.behandeld_op is None
        html = client.get(url).content.decode()
        assert "Overgenomen" in html
        assert "Niet overgenomen" in html

    def test_all_at_once(self, client, url, voorstel):
        client.post(url, {"versie": voorstel.versie, "alles": "ja"})
        aanbod = Aanbod.objects.get()
        assert (aanbod.kosten, aanbod.talen, aanbod.indicatie_nodig) == ("€ 2", ["pl"], True)
        assert not Voorstel.objects.open().exists()
        assert "Dit is klaar" in client.get(url).content.decode()

    @pytest.mark.parametrize("keuze", [{}, {"kosten": "onzin"}, {"kosten": ""}])
    def test_no_choice_is_told(self, client, url, voorstel, keuze):
        assert client.post(url, {"versie": voorstel.versie, **keuze}).status_code == 422
        assert Aanbod.objects.get().kosten == "gratis"

    def test_what_somebody_else_changed_is_shown(self, client, url, voorstel):
        Aanbod.objects.update(kosten="€ 9")
        assert "Intussen veranderd" in client.get(url).content.decode()
        antwoord = client.post(url, {"versie": voorstel.versie, "kosten": "ja"}, follow=True)
        assert "Iemand wijzigde dit intussen ook" in antwoord.content.decode()
        assert Aanbod.objects.get().kosten == "€ 9"

    def test_a_proposal_that_changed_is_looked_at_again(self, client, url, voorstel, aanbod):
        propose(aanbod, kosten="€ 3")
        antwoord = client.post(url, {"versie": voorstel.versie, "alles": "ja"}, follow=True)
        assert "Kijk nog een keer" in antwoord.content.decode()
        assert Aanbod.objects.get().kosten == "gratis"

    def test_what_does_not_fit_is_told(self, client, aanbod):
        voorstel = propose(aanbod, naam="Taalhuis")
        factories.AanbodFactory(organisatie=aanbod.organisatie, naam="Taalhuis")
        response = client.post(f"{URL}voorstellen/{voorstel.pk}/", {"versie": voorstel.versie, "naam": "ja"})
        assert response.status_code == 422
        assert "heeft dit aanbod al" in response.content.decode()

    def test_of_an_organisation_with_its_people(self, client, aanbod):
        persoon = factories.ContactpersoonFactory(organisatie=aanbod.organisatie, naam="Cees Hagedoorn")
        [nu] = controle.current_value(aanbod.organisatie, "contactpersonen")
        voorstel = controle.propose(
            organisatie=aanbod.organisatie,
            aanbod=None,
            velden={"contactpersonen": [{**nu, "naam": "Ans Hagedoorn"}]},
            door=None,
        )
        url = f"{URL}voorstellen/{voorstel.pk}/"
        html = client.get(url).content.decode()
        assert "Cees Hagedoorn" in html
        assert "Ans Hagedoorn" in html
        client.post(url, {"versie": voorstel.versie, "contactpersonen": "ja"})
        persoon.refresh_from_db()
        assert persoon.naam == "Ans Hagedoorn"


def test_the_tab_counts_what_waits(client, aanbod):
    factories.ControleFactory(aanbod=aanbod, op=timezone.now() - timedelta(days=900))
    controle.report(aanbod=aanbod, soort="klopt_niet", bron="balie")
    propose(aanbod, kosten="€ 2")
    tabs = {tab.naam: (tab.teller, tab.actief) for tab in client.get(URL).context["navigatie"]}
    assert tabs["Onderhoud"] == (2, True)
    assert tabs["Zoeken"] == (0, False)
