"""The page behind the link: one tap, no account, nothing changed by looking."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sociale_kaart import views_klopt
from sociale_kaart.models import Aanbod, Controle, Controleverzoek, Melding, Openingstijd, Voorstel
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisatie():
    return factories.OrganisatieFactory(naam="De Kern")


@pytest.fixture
def aanbod(organisatie):
    return factories.AanbodFactory(organisatie=organisatie, naam="Taalcafé", doelgroep="iedereen")


@pytest.fixture
def verzoek(aanbod):
    return factories.ControleverzoekFactory(organisatie=aanbod.organisatie, token="sleutel")


@pytest.fixture
def url(verzoek):
    return "/klopt/sleutel/"


def nu():
    return timezone.now().timestamp()


def answer(client, url, antwoord, **extra):
    return client.post(url, {"antwoord": antwoord, "gezien": nu(), **extra})


def state():
    modellen = [Aanbod, Controle, Controleverzoek, Melding, Voorstel]
    return [list(model.objects.order_by("pk").values()) for model in modellen]


def form_data(aanbod, **anders):
    """What the form posts when nothing is touched, with `anders` changed."""
    data = {
        naam: getattr(aanbod, naam)
        for naam in (
            *("naam", "omschrijving", "doelgroep", "kosten", "aanmelden", "meenemen"),
            *("telefoon", "email", "website"),
        )
    }
    leeg = {"tijden-TOTAL_FORMS": 0, "tijden-INITIAL_FORMS": 0}
    return {**data, **leeg, "opmerking": "", **anders}


def test_shows_what_the_map_says(client, url, aanbod):
    factories.AanbodContactFactory(aanbod=aanbod, contactpersoon__naam="Cees Hagedoorn")
    factories.OpeningstijdFactory(aanbod=aanbod)
    html = client.get(url).content.decode()
    for tekst in ("Taalcafé", "Cees Hagedoorn", "iedereen", "gratis", "maandag"):
        assert tekst in html


def test_the_team_note_stays_with_the_team(client, url, aanbod):
    Aanbod.objects.update(interne_notitie="geheimpje")
    assert "geheimpje" not in client.get(url).content.decode()


def test_looking_changes_nothing_and_leaves_nothing(client, url, aanbod):
    voor = state()
    for adres in (url, f"{url}{aanbod.pk}/", f"{url}organisatie/", f"{url}?antwoord=alles"):
        response = client.get(adres)
        assert response.status_code == 200
        assert response["Referrer-Policy"] == "no-referrer"
        assert response["Cache-Control"] == "no-store"
        assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert state() == voor
    assert not client.cookies


def test_one_tap_says_it_is_right(client, url, aanbod, verzoek):
    response = answer(client, url, f"klopt:{aanbod.pk}")
    assert response.status_code == 302
    assert {(c.groep, c.door) for c in Controle.objects.all()} == {
        ("tijden", "partner"),
        ("contact", "partner"),
        ("voorwaarden", "partner"),
    }
    assert "Dank u wel" in client.get(url).content.decode()
    verzoek.refresh_from_db()
    assert verzoek.beantwoord_op is not None
    assert not client.cookies


def test_a_second_tap_counts_once(client, url, aanbod):
    for _ in range(2):
        answer(client, url, f"klopt:{aanbod.pk}")
    assert Controle.objects.count() == 3


def test_all_of_it_in_one_tap_but_not_what_waits(client, url, organisatie, aanbod):
    ander = factories.AanbodFactory(organisatie=organisatie)
    weg = factories.AanbodFactory(organisatie=organisatie)
    answer(client, url, f"weg:{weg.pk}")
    answer(client, url, "alles")
    assert set(Controle.objects.values_list("aanbod", flat=True)) == {aanbod.pk, ander.pk}


def test_what_changed_after_looking_is_not_confirmed(client, url, aanbod):
    gezien = nu()
    Aanbod.objects.update(telefoon="0529-55 55 99")
    response = client.post(url, {"antwoord": f"klopt:{aanbod.pk}", "gezien": gezien}, follow=True)
    assert "net veranderd" in response.content.decode()
    assert not Controle.objects.exists()


@pytest.mark.parametrize("gezien", ["", "onzin", "nan", "1e400", "-1e20"])
def test_a_bad_moment_is_no_error(client, url, aanbod, gezien):
    assert client.post(url, {"antwoord": f"klopt:{aanbod.pk}", "gezien": gezien}).status_code == 302


@pytest.mark.parametrize(
    "antwoord", ["", "onzin", "klopt:", "klopt:999999", "weg:x", "onzin:1", "klopt:\x00"]
)
def test_other_answers_change_nothing(client, url, aanbod, antwoord):
    voor = state()
    assert answer(client, url, antwoord).status_code == 302
    assert state() == voor


def test_not_about_another_organisation(client, url, aanbod):
    vreemd = factories.AanbodFactory()
    answer(client, url, f"klopt:{vreemd.pk}")
    assert not Controle.objects.exists()
    assert client.get(f"{url}{vreemd.pk}/").status_code == 404
    assert client.post(f"{url}{vreemd.pk}/", form_data(vreemd, kosten="€ 2")).status_code == 404
    assert not Voorstel.objects.exists()


def test_it_is_gone_warns_and_can_be_taken_back(client, url, aanbod):
    answer(client, url, f"weg:{aanbod.pk}")
    assert "bestaat misschien niet meer" in aanbod.waarschuwing
    assert "Toch niet" in client.get(url).content.decode()
    answer(client, url, f"toch-niet:{aanbod.pk}")
    assert Aanbod.objects.get().waarschuwing == ""
    assert "Klopt" in client.get(url).content.decode()


class TestChange:
    def test_waits_for_the_coordinator(self, client, url, aanbod):
        response = client.post(f"{url}{aanbod.pk}/", form_data(aanbod, kosten="€ 2", indicatie_nodig="on"))
        assert response.status_code == 302
        assert {naam: wens["wordt"] for naam, wens in Voorstel.objects.get().velden.items()} == {
            "kosten": "€ 2",
            "indicatie_nodig": True,
        }
        aanbod.refresh_from_db()
        assert aanbod.kosten == "gratis"
        assert "kijkt naar uw wijziging" in client.get(url).content.decode()
        assert 'value="€ 2"' in client.get(f"{url}{aanbod.pk}/").content.decode()

    def test_the_rest_is_right(self, client, url, aanbod):
        client.post(f"{url}{aanbod.pk}/", form_data(aanbod, kosten="€ 2"))
        assert "De rest klopt" in client.get(url).content.decode()
        answer(client, url, f"klopt:{aanbod.pk}")
        assert set(Controle.objects.values_list("groep", flat=True)) == {"tijden", "contact"}
        assert "De rest klopt" not in client.get(url).content.decode()

    def test_taken_back(self, client, url, aanbod):
        client.post(f"{url}{aanbod.pk}/", form_data(aanbod, kosten="€ 2"))
        answer(client, url, f"toch-niet:{aanbod.pk}")
        assert not Voorstel.objects.exists()

    def test_nothing_changed_is_said(self, client, url, aanbod):
        response = client.post(f"{url}{aanbod.pk}/", form_data(aanbod), follow=True)
        assert "U hebt niets veranderd" in response.content.decode()
        assert not Voorstel.objects.exists()

    def test_errors_stand_beside_the_field_and_what_was_typed_stays(self, client, url, aanbod):
        response = client.post(f"{url}{aanbod.pk}/", form_data(aanbod, email="geen adres", kosten="€ 3"))
        html = response.content.decode()
        assert response.status_code == 422
        assert "Dit is geen mailadres" in html
        assert 'value="€ 3"' in html

    def test_new_hours_are_a_wish_too(self, client, url, aanbod):
        tijd = factories.OpeningstijdFactory(aanbod=aanbod, weekdagen=[0])
        data = form_data(aanbod) | {
            "tijden-TOTAL_FORMS": 2,
            "tijden-INITIAL_FORMS": 1,
            "tijden-0-rij": str(tijd.uuid),
            "tijden-0-weekdagen": ["2"],
            "tijden-0-van": "10.00",
            "tijden-0-tot": "12.00",
            "tijden-0-hoe_vaak": "elke",
            "tijden-1-hoe_vaak": "elke",
            "tijden-1-elke_weken": "2",
        }
        client.post(f"{url}{aanbod.pk}/", data)
        [wens] = Voorstel.objects.get().velden["openingstijden"]["wordt"]
        assert (wens["weekdagen"], wens["van"]) == ([2], "10:00:00")
        assert Openingstijd.objects.get().weekdagen == [0]

    def test_a_remark_warns_but_names_nobody(self, client, url, aanbod):
        client.post(f"{url}{aanbod.pk}/", form_data(aanbod, opmerking="De koffie is er pas om tien uur."))
        melding = Melding.objects.get()
        assert (melding.bron, melding.toelichting) == ("controle", "De koffie is er pas om tien uur.")
        response = client.post(f"{url}{aanbod.pk}/", form_data(aanbod, opmerking="Bel Zwaantje de Vries."))
        assert response.status_code == 422
        assert Melding.objects.count() == 1

    def test_the_organisation_itself(self, client, url, organisatie):
        data = {"naam": "De Kern", "telefoon": "0529-55 55 12", "email": organisatie.email}
        leeg = {"personen-TOTAL_FORMS": 0, "personen-INITIAL_FORMS": 0}
        client.post(f"{url}organisatie/", data | leeg)
        assert set(Voorstel.objects.get().velden) == {"telefoon"}

    def test_a_time_that_was_removed_meanwhile_is_no_error(self, client, url, aanbod):
        data = form_data(aanbod) | {
            "tijden-TOTAL_FORMS": 1,
            "tijden-INITIAL_FORMS": 1,
            "tijden-0-rij": "weg",
            "tijden-0-weekdagen": ["2"],
            "tijden-0-hoe_vaak": "elke",
        }
        assert client.post(f"{url}{aanbod.pk}/", data).status_code == 302
        assert [rij["weekdagen"] for rij in Voorstel.objects.get().velden["openingstijden"]["wordt"]] == [[2]]

    def test_somebody_else_to_ask_for(self, client, url, organisatie):
        persoon = factories.ContactpersoonFactory(organisatie=organisatie, naam="Cees Hagedoorn")
        data = {
            "naam": organisatie.naam,
            "telefoon": organisatie.telefoon,
            "email": organisatie.email,
            "personen-TOTAL_FORMS": 2,
            "personen-INITIAL_FORMS": 1,
            "personen-0-rij": str(persoon.uuid),
            "personen-0-naam": "Ans Hagedoorn",
            "personen-0-email": persoon.email,
        }
        client.post(f"{url}organisatie/", data)
        [wens] = Voorstel.objects.get().velden["contactpersonen"]["wordt"]
        assert (wens["naam"], wens["uuid"]) == ("Ans Hagedoorn", str(persoon.uuid))
        persoon.refresh_from_db()
        assert persoon.naam == "Cees Hagedoorn"

    def test_a_row_of_another_organisation_is_not_touched(self, client, url, organisatie):
        vreemd = factories.ContactpersoonFactory()
        data = {"naam": organisatie.naam, "telefoon": organisatie.telefoon, "email": organisatie.email}
        rij = {"personen-TOTAL_FORMS": 1, "personen-INITIAL_FORMS": 1, "personen-0-rij": str(vreemd.uuid)}
        client.post(f"{url}organisatie/", data | rij | {"personen-0-naam": "Iemand"})
        assert str(vreemd.uuid) not in str(list(Voorstel.objects.values()))

    @pytest.mark.parametrize("beheer", [{}, {"tijden-TOTAL_FORMS": "x", "tijden-INITIAL_FORMS": "-1"}])
    def test_a_form_without_its_bookkeeping_is_no_error(self, client, url, aanbod, beheer):
        data = {naam: waarde for naam, waarde in form_data(aanbod).items() if "FORMS" not in naam}
        assert client.post(f"{url}{aanbod.pk}/", data | beheer).status_code == 422


class TestKey:
    def test_unknown_expired_and_archived_look_the_same(self, client, url, aanbod, organisatie):
        onbekend = client.get("/klopt/bestaat-niet/")
        Controleverzoek.objects.update(geldig_tot=timezone.now() - timedelta(seconds=1))
        verlopen = client.get(url)
        Controleverzoek.objects.update(geldig_tot=timezone.now() + timedelta(days=1))
        type(organisatie).objects.update(gearchiveerd_op=timezone.now())
        archief = client.get(url)
        assert onbekend.status_code == verlopen.status_code == archief.status_code == 404
        assert onbekend.content == verlopen.content == archief.content
        assert onbekend.headers == verlopen.headers
        assert answer(client, url, f"klopt:{aanbod.pk}").status_code == 404
        assert not Controle.objects.exists()

    def test_trying_keys_is_slowed_down_but_a_real_key_still_works(self, client, url, monkeypatch):
        monkeypatch.setattr(views_klopt, "MISSERS_PER_UUR", 3)
        assert [client.get(f"/klopt/gok{n}/").status_code for n in range(5)] == [404, 404, 404, 429, 429]
        assert client.get(url).status_code == 200

    def test_a_key_answers_only_so_often(self, client, url, aanbod, monkeypatch):
        monkeypatch.setattr(views_klopt, "ANTWOORDEN_PER_UUR", 2)
        antwoorden = [answer(client, url, f"klopt:{aanbod.pk}").status_code for _ in range(3)]
        assert antwoorden == [302, 302, 429]

    def test_a_browser_that_hides_where_it_comes_from_can_answer(self, url, aanbod):
        client = Client(enforce_csrf_checks=True, headers={"origin": "null"})
        assert answer(client, url, f"klopt:{aanbod.pk}").status_code == 302
        assert Controle.objects.exists()

    def test_the_key_stays_out_of_the_log(self):
        import logging

        from infopunt.security import WithoutTokens

        regel = logging.LogRecord("x", 30, "", 0, "Not Found: %s", ("/klopt/geheim/12/",), None)
        WithoutTokens().filter(regel)
        assert regel.getMessage() == "Not Found: /klopt/.../12/"

    def test_wrong_method(self, client, url):
        assert client.put(url).status_code == 405


def test_queries_do_not_grow_with_the_offers(client, url, organisatie, aanbod, django_assert_num_queries):
    def more(aantal):
        for _ in range(aantal):
            ander = factories.AanbodFactory(organisatie=organisatie)
            factories.AanbodContactFactory(aanbod=ander)
            factories.OpeningstijdFactory(aanbod=ander, locatie=factories.LocatieFactory())

    more(2)
    with CaptureQueriesContext(connection) as weinig:
        client.get(url)
    more(10)
    with django_assert_num_queries(len(weinig)):
        client.get(url)
