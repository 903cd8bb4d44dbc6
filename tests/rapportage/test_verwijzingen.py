"""How referrals went, how long people waited, which promises were kept: of the chosen desks and days only."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from doorverwijzing.belofte import kept_lately
from doorverwijzing.models import Doorverwijzing, KoudeVerwijzing, Waardering
from rapportage.nakomen import on_time
from rapportage.verwijzingen import Verwijzingen
from tests import factories
from tests.rapportage.test_herkomst import pairs

pytestmark = pytest.mark.django_db
MAART = "periode=eigen&van=2026-03-01&tot=2026-03-31"
MAANDAG = datetime(2026, 3, 16, 13, 0, tzinfo=UTC)


def test_cards_without_a_referral_count_beside_the_warm_ones(rapport_of, infopunten):
    hier, daar, _ = infopunten
    organisatie = factories.OrganisatieFactory()
    for infopunt, dag in [
        (hier, date(2026, 3, 1)),
        (hier, date(2026, 3, 31)),
        (hier, date(2026, 4, 1)),
        (daar, date(2026, 3, 9)),
    ]:
        KoudeVerwijzing.objects.create(infopunt=infopunt, organisatie=organisatie, dag=dag)
    assert pairs(rapport_of(f"{MAART}&infopunt={hier.pk}").per_manier) == [("Alleen een kaartje mee", 2)]


def test_smileys(rapport_of, infopunten):
    hier = infopunten[0]
    for smiley, dag in [
        (3, date(2026, 3, 2)),
        (3, date(2026, 3, 3)),
        (1, date(2026, 3, 3)),
        (2, date(2026, 2, 1)),
    ]:
        Waardering.objects.create(infopunt=hier, smiley=smiley, dag=dag, bron="tablet")
    assert pairs(rapport_of(MAART).per_smiley) == [("Blij", 2), ("Niet blij", 1)]


def refer(infopunt, *stappen, organisatie=None, begin=MAANDAG, status="", **velden):
    """A referral by mail of Monday 16 March. Each step is (state, days after), said by the partner.

    Its state is that of the last step, as the actions keep it.
    """
    laatste = status or (stappen[-1][0] if stappen else "aangeboden")
    velden = {"verzonden_op": begin} | velden
    if laatste not in {"aangeboden", "ontvangen", "contact_gelegd"}:
        velden["gewist_op"] = begin
    verwijzing = factories.DoorverwijzingFactory(
        infopunt=infopunt,
        organisatie=organisatie or factories.OrganisatieFactory(),
        aangemaakt_op=begin,
        status=laatste,
        **velden,
    )
    van = ""
    for naar, na in [("aangeboden", 0), *stappen]:
        door = {"aangeboden": "balie", "verlopen": "systeem"}.get(naar, "partner")
        verwijzing.gebeurtenissen.create(van=van, naar=naar, door=door, op=begin + timedelta(days=na))
        van = naar
    return verwijzing


def rows(tabel):
    return {rij.naam: [cel.tekst for cel in rij.cellen] for rij in tabel.rijen}


@pytest.fixture
def cijfers_of(filter_of):
    def make(query=MAART):
        form = filter_of(query, date(2026, 11, 21))
        assert form.is_valid(), form.errors
        return Verwijzingen(form)

    return make


class TestHowFarTheyCame:
    def test_counts_what_happened_and_not_only_where_it_ended(self, cijfers_of, infopunten):
        """Spoken to and lost again: the state says "niet bereikt", the events know better."""
        hier = infopunten[0]
        refer(hier, ("ontvangen", 1), ("contact_gelegd", 2), ("niet_bereikt", 5))
        refer(hier, ("ontvangen", 1), ("geholpen", 2))
        refer(hier, ("niet_passend", 1))
        refer(hier, ("ontvangen", 1))
        refer(hier)
        refer(hier, verzonden_op=None)
        refer(hier, ("verlopen", 30))
        assert rows(cijfers_of().trechter) == {
            "Gemaakt": ["7", "1", "0"],
            "Mail verstuurd": ["6", "1", "1"],
            "Ontvangen": ["4", "1", "1"],
            "Gesproken": ["2", "0", "1"],
            "Wordt geholpen": ["1", "0", "0"],
        }
        assert rows(cijfers_of().afloop) == {
            "Wordt geholpen": ["1"],
            "Niet passend": ["1"],
            "Niet bereikt": ["1"],
            "Niemand antwoordde": ["1"],
            "Loopt nog": ["3"],
        }

    def test_a_mis_tap_that_was_taken_back_did_not_happen(self, cijfers_of, infopunten):
        verwijzing = refer(infopunten[0], ("ontvangen", 0), ("geholpen", 0), status="ontvangen")
        verwijzing.gebeurtenissen.create(van="geholpen", naar="ontvangen", door="partner", op=MAANDAG)
        assert rows(cijfers_of().trechter)["Gesproken"] == ["0", "0", "0"]
        assert rows(cijfers_of().trechter)["Ontvangen"] == ["1", "1", "0"]

    def test_a_step_less_who_waits_or_stopped_there_is_the_next_step(self, cijfers_of, infopunten):
        wegen = [
            [("ontvangen", 1)],
            [("ontvangen", 1), ("contact_gelegd", 1)],
            [("contact_gelegd", 1), ("geholpen", 2)],
            [("contact_gelegd", 1), ("niet_passend", 2)],
            [("niet_bereikt", 3)],
            [("verlopen", 30)],
        ]
        for weg in wegen:
            refer(infopunten[1], *weg)
        stappen = [[int(tekst) for tekst in cellen] for cellen in rows(cijfers_of().trechter).values()]
        for (aantal, wacht, stopte), (volgende, *_) in pairwise(stappen):
            assert aantal - wacht - stopte == volgende

    def test_each_way(self, cijfers_of, infopunten):
        hier = infopunten[0]
        organisatie = factories.OrganisatieFactory()
        refer(hier, ("ontvangen", 1))
        samen = refer(hier, wijze="telefoon", email="", status="geholpen", verzonden_op=None)
        samen.gebeurtenissen.create(naar="geholpen", door="balie", op=MAANDAG)
        KoudeVerwijzing.objects.create(infopunt=hier, organisatie=organisatie, dag=date(2026, 3, 9))
        cijfers = cijfers_of()
        assert rows(cijfers.manieren) == {
            "Mail met een link": ["1", "0", "0", "0", "0"],
            "Samen gebeld": ["1", "1", "1", "0", "0"],
            "Alleen een kaartje mee": ["1", "–", "–", "–", "–"],
        }
        assert cijfers.zinnen[0] == "We verwezen 2 keer warm: 1 keer met een mail, 1 keer samen gebeld."

    def test_only_of_this_period_and_these_desks(self, cijfers_of, infopunten):
        refer(infopunten[0])
        refer(infopunten[1])
        refer(infopunten[0], begin=datetime(2026, 3, 31, 22, 0, tzinfo=UTC))  # April in the Netherlands
        assert len(cijfers_of(f"{MAART}&infopunt={infopunten[0].pk}").alle) == 1

    def test_mails_that_nobody_looked_at(self, cijfers_of, infopunten):
        hier = infopunten[0]
        refer(hier)
        refer(hier, verzonden_op=None)
        refer(hier, begin=timezone.now())  # another period, and mailed just now
        bekeken = refer(hier)
        bekeken.inzagen.create(door="partner", reden="link in de mail")
        alleen_balie = refer(hier)
        alleen_balie.inzagen.create(door="balie", reden="kaartje")
        refer(hier, hapering="teruggekomen", hapering_op=MAANDAG)
        refer(hier, hapering="geweigerd", hapering_op=MAANDAG, verzonden_op=None)
        assert rows(cijfers_of().onderweg) == {
            "Nog niet verstuurd": ["1"],
            "Mail geweigerd": ["1"],
            "Mail kwam terug": ["1"],
            "Verstuurd, nooit bekeken": ["2"],
        }

    def test_why_not_and_where_better(self, cijfers_of, infopunten):
        beter = factories.OrganisatieFactory(naam="Humanitas")
        for reden, naar in [("wachtlijst", beter), ("wachtlijst", None), ("anders", beter), ("", None)]:
            refer(infopunten[0], ("niet_passend", 1), reden_niet_passend=reden, beter_bij=naar)
        assert rows(cijfers_of().niet_passend) == {
            "Wachtlijst": ["2"],
            "Iets anders": ["1"],
            "niet opgeschreven": ["1"],
        }
        assert rows(cijfers_of().beter_bij) == {"Humanitas": ["2"]}


class TestWaiting:
    def test_of_all_and_of_partners_with_enough(self, cijfers_of, infopunten):
        druk, stil = (factories.OrganisatieFactory(naam=naam) for naam in ["Druk", "Stil"])
        for dagen in [0, 1, 1, 2, 4]:
            refer(infopunten[0], ("ontvangen", dagen), ("contact_gelegd", 4), organisatie=druk)
        refer(infopunten[0], ("ontvangen", 4), organisatie=stil)
        refer(infopunten[0], organisatie=stil)
        assert rows(cijfers_of().wachttijden) == {
            "Alle partners samen": ["7", "2 werkdagen", "te weinig", "1", "4 werkdagen", "te weinig", "2"],
            "Druk": ["5", "1 werkdag", "te weinig", "0", "4 werkdagen", "te weinig", "0"],
        }

    def test_made_together_waits_for_nobody(self, cijfers_of, infopunten):
        refer(infopunten[0], wijze="meelopen", email="", status="geholpen")
        assert cijfers_of().wachttijden.rijen == []


class TestKept:
    def refer(self, infopunt, organisatie, contact, **velden):
        stappen = [("contact_gelegd", contact)] if contact is not None else []
        velden = {"beloofd_op": date(2026, 3, 18)} | velden
        return refer(infopunt, *stappen, organisatie=organisatie, **velden)

    @pytest.fixture
    def perioden(self, filter_of):
        form = filter_of(MAART, date(2026, 11, 21))
        assert form.is_valid()
        return form.perioden

    def test_now_before_and_a_year_earlier(self, perioden, infopunten):
        hier, daar, _ = infopunten
        organisatie = factories.OrganisatieFactory()
        for contact in [0, 2, 3, None]:
            self.refer(hier, organisatie, contact)
        februari = {"begin": MAANDAG - timedelta(days=28), "beloofd_op": date(2026, 2, 18)}
        self.refer(hier, organisatie, 1, **februari)
        vorig_jaar = {"begin": MAANDAG - timedelta(days=365), "beloofd_op": date(2025, 3, 18)}
        self.refer(hier, organisatie, 5, **vorig_jaar)
        self.refer(daar, organisatie, 0)
        assert on_time(perioden, [hier]) == ((2, 4), (1, 1), (0, 1))
        assert on_time(perioden, infopunten)[0] == (3, 5)

    def test_withdrawn_and_not_promised_do_not_count(self, perioden, infopunten):
        organisatie = factories.OrganisatieFactory()
        self.refer(infopunten[0], organisatie, None, status="ingetrokken")
        self.refer(infopunten[0], organisatie, 0, beloofd_op=None)
        self.refer(infopunten[0], organisatie, None, beloofd_op=timezone.localdate() + timedelta(days=1))
        assert on_time(perioden, infopunten)[0] == (0, 0)

    def test_who_was_late_most_often_stands_first(self, cijfers_of, infopunten):
        traag, snel, los = (factories.OrganisatieFactory(naam=naam) for naam in ["Traag", "Snel", "Los"])
        for organisatie, contact in [(snel, 0), (snel, 1), (traag, 9), (traag, 1), (los, 9), (los, 9)]:
            self.refer(infopunten[0], organisatie, contact)
        assert rows(cijfers_of().beloften) == {
            "Alle partners samen": ["–", "3 van 6", "–", "–"],
            "Los": ["binnen 2 werkdagen", "0 van 2", "–", "–"],
            "Traag": ["binnen 2 werkdagen", "1 van 2", "–", "–"],
            "Snel": ["binnen 2 werkdagen", "2 van 2", "–", "–"],
        }

    def test_agrees_with_what_the_desk_is_told(self, perioden, infopunten):
        organisatie = factories.OrganisatieFactory()
        for contact in [0, 3, None, 2]:
            self.refer(infopunten[0], organisatie, contact)
        balie = kept_lately(organisatie)
        assert on_time(perioden, infopunten)[0] == (balie.op_tijd, balie.aantal)


class TestPage:
    URL = f"/rapportage/verwijzingen/?{MAART}"

    @pytest.fixture
    def client(self, as_user, coordinator):
        return as_user(coordinator)

    def test_the_same_number_of_queries_however_much(self, client, infopunten):
        def count():
            with CaptureQueriesContext(connection) as queries:
                client.get(self.URL)
            return len(queries)

        refer(infopunten[0], ("ontvangen", 1))
        weinig = count()
        for infopunt in infopunten:
            for _ in range(3):
                refer(infopunt, ("ontvangen", 1), ("niet_passend", 2), beloofd_op=date(2026, 3, 18))
        assert count() == weinig

    def test_names_organisations_and_no_persons(self, client, infopunten):
        contact = factories.ContactpersoonFactory(naam="Petra Lindeboom", email="petra@partner.example")
        for _ in range(6):
            refer(
                infopunten[0],
                ("ontvangen", 1),
                organisatie=contact.organisatie,
                contactpersoon=contact,
                gemaakt_door=factories.MedewerkerFactory(first_name="Grietje"),
                beloofd_op=date(2026, 3, 18),
            )
        html = client.get(self.URL).content.decode()
        assert contact.organisatie.naam in html
        for geheim in [
            "Petra",
            "petra@",
            "Grietje",
            *Doorverwijzing.objects.values_list("kenmerk", flat=True),
        ]:
            assert geheim not in html

    def test_says_that_topics_do_not_apply(self, client, infopunten):
        onderwerp = factories.OnderwerpFactory()
        refer(infopunten[0])
        html = client.get(f"{self.URL}&onderwerp={onderwerp.pk}").content.decode()
        assert "Hier staan dus alle verwijzingen" in html
        assert "We verwezen 1 keer warm" in html
        assert "Hier staan dus alle verwijzingen" not in client.get(self.URL).content.decode()

    def test_empty_says_what_to_do(self, client, infopunten):
        html = client.get(self.URL).content.decode()
        assert "Er is niemand verwezen" in html
        assert "Zoek wie kan helpen" in html

    def test_bad_choice_is_explained(self, client, infopunten):
        response = client.get("/rapportage/verwijzingen/?periode=eigen&van=2026-03-31&tot=2026-03-01")
        assert response.status_code == 200
        assert "De laatste dag ligt voor de eerste." in response.content.decode()

    def test_a_choice_swaps_only_the_report(self, client, infopunten):
        refer(infopunten[0])
        html = client.get(self.URL, headers={"HX-Request": "true"}).content.decode()
        assert "<html" not in html
        assert "We verwezen 1 keer warm" in html
