"""A code beside the link: told by telephone, asked before anything personal, five wrong ones and the link is dead."""

import re

import pytest
from django.db import connection
from django.test import Client

from doorverwijzing import actions, herinneren, partnercode, tasks, woordcode
from doorverwijzing.models import Doorverwijzing, Inzage, Partnerlink, Status
from sociale_kaart.models import Organisatie
from tests import factories
from tests.doorverwijzing.conftest import NAAM, TELEFOON, VRAAG
from tests.doorverwijzing.test_tegelijk import at_once

pytestmark = pytest.mark.django_db

FOUT = "BOOM 12 VELD"


@pytest.fixture
def aanbod(aanbod):
    Organisatie.objects.filter(pk=aanbod.organisatie_id).update(vraagt_code=True)
    aanbod.refresh_from_db()
    return aanbod


@pytest.fixture
def code(verwijzing):
    return partnercode.code_for(verwijzing)


@pytest.fixture
def url(token):
    return f"/d/{token}/"


def guess(client, url, keren):
    for _ in range(keren):
        response = client.post(url, {"code": FOUT})
    return response


def fresh(verwijzing):
    verwijzing.refresh_from_db()
    return verwijzing


class TestPartner:
    @pytest.mark.parametrize("zoek", ["", "?antwoord=niet_passend", "?antwoord=contact_gelegd"])
    def test_nothing_shows_and_nobody_looked_before_the_code(self, client, url, zoek):
        html = client.get(url + zoek).content.decode()
        assert "Wat is uw code?" in html
        assert not [geheim for geheim in (NAAM, TELEFOON, VRAAG) if geheim in html]
        assert not Inzage.objects.exists()

    @pytest.mark.parametrize(
        "antwoord",
        [{"antwoord": "geholpen"}, {"antwoord": "herstel"}, {"antwoord": "geholpen", "code": FOUT}],
    )
    def test_nothing_is_answered_without_it(self, client, url, verwijzing, antwoord):
        client.post(url, antwoord)
        assert fresh(verwijzing).status == Status.AANGEBODEN
        assert not Inzage.objects.exists()

    @pytest.mark.parametrize("typ", [str, str.lower, lambda code: code.replace(" ", "-")])
    def test_with_it_two_clicks_as_always(self, client, url, code, verwijzing, typ):
        html = client.post(url, {"code": typ(code)}, follow=True).content.decode()
        assert NAAM in html
        client.post(url, {"antwoord": "ontvangen"})
        client.post(url, {"antwoord": "geholpen"})
        assert fresh(verwijzing).status == Status.GEHOLPEN

    def test_a_wrong_one_says_how_often_is_left(self, client, url):
        response = guess(client, url, 2)
        assert response.status_code == 422
        assert "Deze code klopt niet. U kunt het nog 3 keer proberen." in response.content.decode()

    def test_after_five_the_link_is_dead_even_with_the_right_one(self, client, url, code):
        response = guess(client, url, 5)
        assert response.status_code == 410
        assert "Deze link is op slot" in response.content.decode()
        assert client.post(url, {"code": code}).status_code == 410
        assert NAAM not in client.get(url).content.decode()

    def test_an_account_needs_no_code(self, as_user, partner, verwijzing):
        assert (
            NAAM
            in as_user(partner).get(f"/doorverwijzingen/{verwijzing.pk}/terugkoppeling/").content.decode()
        )

    def test_organisations_that_want_none_have_none(self, client, url, aanbod, verwijzing):
        Organisatie.objects.update(vraagt_code=False)
        zonder = factories.DoorverwijzingFactory(organisatie=fresh(aanbod).organisatie)
        actions.send_again(doorverwijzing=zonder)
        assert fresh(zonder).code_zout == ""
        assert fresh(verwijzing).code_zout != ""  # what was promised when it was made stays

    def test_once_all_is_erased_there_is_nothing_to_ask_for(self, client, url, verwijzing):
        actions.withdraw(doorverwijzing=verwijzing, door="bezoeker")
        assert "De bezoeker wil dit niet meer" in client.get(url).content.decode()


class TestAttacker:
    def test_the_cookie_opens_no_other_link(self, client, url, code, verwijzing):
        client.post(url, {"code": code})
        koekje = client.cookies[partnercode.KOEKJE]
        assert (koekje["path"], koekje["httponly"], koekje["samesite"]) == (url, True, "Lax")
        andere = f"/d/{actions.new_link(verwijzing)}/"
        kaper = Client()
        kaper.cookies[partnercode.KOEKJE] = koekje.value
        assert "Wat is uw code?" in kaper.get(andere).content.decode()

    @pytest.mark.parametrize("waarde", ["ja", "ja:x:y", ""])
    def test_a_made_up_cookie_opens_nothing(self, client, url, waarde):
        client.cookies[partnercode.KOEKJE] = waarde
        assert "Wat is uw code?" in client.get(url).content.decode()

    def test_the_codes_of_other_referrals_do_not_fit(self, client, url, aanbod, verwijzing):
        ander = factories.DoorverwijzingFactory(code_zout=verwijzing.code_zout)
        client.post(url, {"code": partnercode.code_for(ander)})
        assert NAAM not in client.get(url).content.decode()

    def test_the_code_stands_in_no_table_no_mail_and_no_address(self, verwijzing, code, url, mailoutbox):
        tasks.send_mail(doorverwijzing_id=str(verwijzing.pk))
        (bericht,) = mailoutbox
        assert "code nodig" in bericht.body
        teksten = [bericht.subject, bericht.body, bericht.alternatives[0][0], url]
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names():
                cursor.execute(f'SELECT t::text FROM "{table}" t')
                teksten += [row[0] for row in cursor.fetchall()]
        woorden = code.split()
        assert len(woorden) == 3
        for vorm in (code, "".join(woorden), "-".join(woorden)):
            assert not [tekst for tekst in teksten if vorm.lower() in tekst.lower()]

    def test_a_reminder_keeps_the_code_and_a_fresh_link_after_guessing_does_not(
        self, client, url, verwijzing, code
    ):
        actions.send_again(doorverwijzing=verwijzing)
        assert partnercode.code_for(fresh(verwijzing)) == code
        guess(client, url, 5)
        actions.send_again(doorverwijzing=verwijzing)
        assert partnercode.code_for(fresh(verwijzing)) not in {"", code}

    def test_whoever_takes_over_gets_another_code(self, verwijzing, code):
        collega = factories.ContactpersoonFactory(organisatie=verwijzing.organisatie)
        actions.reassign(doorverwijzing=verwijzing, contact=collega)
        assert partnercode.code_for(fresh(verwijzing)) not in {"", code}

    @pytest.mark.django_db(transaction=True)
    def test_many_at_once_get_no_more_than_five_guesses(self, url, code, verwijzing):
        at_once(*[lambda: Client().post(url, {"code": FOUT})] * 8)
        link = Partnerlink.objects.get(doorverwijzing=verwijzing)
        assert (link.pogingen, link.ingetrokken_op is None) == (5, False)
        assert Client().post(url, {"code": code}).status_code == 410


class TestDesk:
    @pytest.fixture
    def desk(self, as_user, vrijwilliger):
        return as_user(vrijwilliger)

    def test_hears_before_sending_that_a_call_follows(self, desk, aanbod):
        assert "Bel daarna even." in desk.get(f"/doorverwijzingen/nieuw/{aanbod.pk}/").content.decode()

    def test_reads_the_code_out_as_long_as_it_is_open(self, desk, verwijzing, code):
        assert code in desk.get(verwijzing.get_absolute_url()).content.decode()
        actions.report(doorverwijzing=verwijzing, afloop=actions.Afloop(Status.GEHOLPEN), door="partner")
        assert code not in desk.get(verwijzing.get_absolute_url()).content.decode()

    def test_sees_a_locked_link_and_mends_it(self, desk, client, url, verwijzing, code):
        guess(client, url, 5)
        for pagina in ("/", "/doorverwijzingen/?stand=vraagt", verwijzing.get_absolute_url()):
            assert "Link op slot" in desk.get(pagina).content.decode(), pagina
        desk.post(f"/doorverwijzingen/{verwijzing.pk}/opnieuw-versturen/")
        assert "Link op slot" not in desk.get(verwijzing.get_absolute_url()).content.decode()
        nieuw = f"/d/{actions.new_link(fresh(verwijzing))}/"
        assert client.post(nieuw, {"code": code}).status_code == 422
        assert client.post(nieuw, {"code": partnercode.code_for(verwijzing)}).status_code == 302

    def test_a_locked_link_is_not_reminded_of(self, client, url, verwijzing):
        Doorverwijzing.objects.update(beloofd_op="2026-03-17", verzonden_op=verwijzing.aangemaakt_op)
        guess(client, url, 5)
        from tests.doorverwijzing.test_herinneren import morning

        assert herinneren.remind_due(morning("2026-03-18")) == 0


def test_passing_on_asks_the_next_organisation_what_it_wants(client, url, code, verwijzing):
    ander = factories.OrganisatieFactory(vraagt_code=True)
    client.post(url, {"code": code})
    client.post(url, {"antwoord": "niet_passend", "reden": "anders", "beter_bij": ander.pk, "akkoord": "on"})
    vervolg = Doorverwijzing.objects.get(vervolg_op=verwijzing)
    assert partnercode.code_for(vervolg) not in {"", code}


def test_codes_are_words_people_can_say():
    codes = {woordcode.make("proef", str(nummer)) for nummer in range(300)}
    assert len(codes) > 295
    assert all(re.fullmatch(r"[A-Z]+ [1-9][0-9] [A-Z]+", code) for code in codes)
