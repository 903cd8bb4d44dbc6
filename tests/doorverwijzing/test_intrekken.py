"""The visitor's way back: a code on a card, the same answer for everybody, details gone at once."""

import pytest

from doorverwijzing import actions, kluis
from doorverwijzing.intrekken import POGINGEN_PER_KENMERK, code_for
from doorverwijzing.models import Contactgegevens, Doorverwijzing, Status
from tests import factories

pytestmark = pytest.mark.django_db

URL = "/intrekken/"


def withdraw(client, kenmerk, code):
    return client.post(URL, {"kenmerk": kenmerk, "code": code}, follow=True)


def test_with_the_code_the_details_go_at_once(client, verwijzing):
    response = withdraw(client, verwijzing.kenmerk, code_for(verwijzing))
    verwijzing.refresh_from_db()
    assert "Dan zijn uw gegevens nu weg" in response.content.decode()
    assert verwijzing.status == Status.INGETROKKEN
    assert verwijzing.gebeurtenissen.latest("pk").door == "bezoeker"
    assert not Contactgegevens.objects.exists()


@pytest.mark.parametrize("change", [str.lower, lambda code: code.replace(" ", ""), lambda code: f" {code} "])
def test_typing_need_not_be_exact(client, verwijzing, change):
    kenmerk = verwijzing.kenmerk.replace("R-", "r ")
    withdraw(client, kenmerk, change(code_for(verwijzing)))
    assert not Contactgegevens.objects.exists()


def test_a_stranger_learns_nothing(client, verwijzing):
    """Unknown reference, wrong code and success give the very same page."""
    onbekend = withdraw(client, "R-000000", "BOOM 12 VELD")
    fout = withdraw(client, verwijzing.kenmerk, "BOOM 12 VELD")
    assert Contactgegevens.objects.count() == 1
    goed = withdraw(client, verwijzing.kenmerk, code_for(verwijzing))
    assert onbekend.content == fout.content == goed.content
    assert onbekend.redirect_chain == fout.redirect_chain == goed.redirect_chain


def test_guessing_stops_even_with_the_right_code(client, verwijzing):
    for _ in range(POGINGEN_PER_KENMERK):
        withdraw(client, verwijzing.kenmerk, "BOOM 12 VELD")
    response = withdraw(client, verwijzing.kenmerk, code_for(verwijzing))
    assert response.status_code == 422
    assert "te vaak" in response.content.decode()
    assert Contactgegevens.objects.exists()


def test_one_visitors_mistakes_do_not_lock_out_another(client, verwijzing):
    for _ in range(POGINGEN_PER_KENMERK + 1):
        withdraw(client, "R-000000", "BOOM 12 VELD")
    withdraw(client, verwijzing.kenmerk, code_for(verwijzing))
    assert not Contactgegevens.objects.exists()


@pytest.mark.parametrize(
    ("kenmerk", "code", "fout"),
    [
        ("", "BOOM 12 VELD", "Vul het nummer in"),
        ("R-12", "BOOM 12 VELD", "Het is een R met zes cijfers."),
        ("R-123456", "", "Vul de code in"),
        ("x" * 10_000, "BOOM 12 VELD", "niet meer dan 20 tekens"),
    ],
)
def test_bad_input_is_told_beside_the_field(client, kenmerk, code, fout):
    response = withdraw(client, kenmerk, code)
    assert response.status_code == 422
    assert fout in response.content.decode()


def test_after_the_partners_last_word_the_details_still_go_at_once(client, verwijzing):
    actions.report(doorverwijzing=verwijzing, afloop=actions.Afloop(Status.GEHOLPEN), door="partner")
    withdraw(client, verwijzing.kenmerk, code_for(verwijzing))
    verwijzing.refresh_from_db()
    assert verwijzing.status == Status.GEHOLPEN
    assert verwijzing.gewist_op is not None
    assert kluis.read(verwijzing, door="partner", reden="proef") is None


def test_get_changes_nothing(client, verwijzing):
    client.get(URL, {"kenmerk": verwijzing.kenmerk, "code": code_for(verwijzing)})
    assert Contactgegevens.objects.exists()


def test_codes_differ_and_stand_in_no_table(verwijzing):
    anderen = {code_for(factories.DoorverwijzingFactory()) for _ in range(30)}
    assert len(anderen) > 28
    assert code_for(verwijzing) == code_for(Doorverwijzing.objects.get(pk=verwijzing.pk))
    assert code_for(verwijzing) not in str(Doorverwijzing.objects.values().get(pk=verwijzing.pk))


class TestPartnerIsTold:
    def jobs(self):
        from procrastinate.contrib.django.models import ProcrastinateJob

        return ProcrastinateJob.objects.filter(task_name="doorverwijzing.send_withdrawn").count()

    def test_when_they_were_mailed(self, client, verwijzing):
        Doorverwijzing.objects.update(verzonden_op=verwijzing.aangemaakt_op)
        withdraw(client, verwijzing.kenmerk, code_for(verwijzing))
        assert self.jobs() == 1

    def test_not_when_they_never_heard_of_it(self, client, verwijzing):
        withdraw(client, verwijzing.kenmerk, code_for(verwijzing))
        assert self.jobs() == 0

    def test_the_mail_says_so_without_the_visitor(self, verwijzing, mailoutbox, settings):
        from doorverwijzing import tasks

        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        tasks.send_withdrawn(doorverwijzing_id=str(verwijzing.pk))
        (bericht,) = mailoutbox
        assert verwijzing.kenmerk in bericht.subject
        assert "Merkteken" not in bericht.body + bericht.alternatives[0][0]


class TestKaartje:
    @pytest.fixture
    def card(self, as_user, vrijwilliger, verwijzing):
        return lambda taal="nl": (
            as_user(vrijwilliger)
            .get(f"/doorverwijzingen/{verwijzing.pk}/kaartje/?taal={taal}")
            .content.decode()
        )

    def test_says_who_calls_and_how_to_change_ones_mind(self, card, verwijzing):
        html = card()
        assert "Cees Hagedoorn" in html
        assert verwijzing.kenmerk in html
        assert code_for(verwijzing) in html
        assert "https://infopunt.example/intrekken/" in html

    def test_has_no_name_on_it(self, card):
        html = card()
        assert "Merkteken" not in html
        assert "551 234" not in html

    @pytest.mark.parametrize(("taal", "woord"), [("pl", "Zadzwoni"), ("uk", "зателефонує"), ("ar", "سيتصل")])
    def test_speaks_the_visitors_language(self, card, taal, woord):
        html = card(taal)
        assert woord in html
        assert f'lang="{taal}"' in html
        assert ('dir="rtl"' in html) == (taal == "ar")

    def test_an_unknown_language_is_dutch(self, card):
        assert "U wordt gebeld door" in card("klingon")

    def test_every_language_has_every_word(self):
        from doorverwijzing.kaartje import TEKSTEN

        assert len(TEKSTEN) == 7
        assert all(woorden.keys() == TEKSTEN["nl"].keys() for woorden in TEKSTEN.values())
        assert all(all(woorden.values()) for woorden in TEKSTEN.values())

    def test_another_desks_card_does_not_exist(self, as_user, verwijzing):
        vreemde = factories.MedewerkerFactory(infopunten=[factories.InfopuntFactory()])
        assert as_user(vreemde).get(f"/doorverwijzingen/{verwijzing.pk}/kaartje/").status_code == 404
