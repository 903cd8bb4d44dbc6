"""What is checked, doubted and proposed: the actions, and what they leave in the database."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from sociale_kaart import controle
from sociale_kaart.models import Aanbod, Controle, Melding, Voorstel
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def aanbod():
    return factories.AanbodFactory(naam="Taalcafé", telefoon="0529-55 55 01", doelgroep="iedereen")


def propose(aanbod, **velden):
    return controle.propose(organisatie=aanbod.organisatie, aanbod=aanbod, velden=velden, door=None)


def decide(voorstel, coordinator, **besluiten):
    return controle.decide(voorstel=voorstel, besluiten=besluiten, versie=voorstel.versie, door=coordinator)


class TestControle:
    def test_the_latest_of_each_group_counts(self, aanbod):
        controle.confirm(aanbod=[aanbod], door="partner")
        controle.confirm(aanbod=[aanbod], door="coordinator", groepen=["tijden"])
        rij = Aanbod.objects.for_row().get(pk=aanbod.pk)
        assert [(groep, laatste.door) for groep, laatste in rij.controle_per_groep] == [
            ("tijden", "coordinator"),
            ("contact", "partner"),
            ("voorwaarden", "partner"),
        ]
        assert rij.controle_per_groep == aanbod.controle_per_groep

    def test_a_change_is_no_check(self, aanbod):
        aanbod.telefoon = "0529-55 55 09"
        aanbod.save()
        assert [laatste for _, laatste in aanbod.controle_per_groep] == [None, None, None]

    def test_a_check_is_never_rewritten(self, aanbod):
        controle.confirm(aanbod=[aanbod], door="partner", groepen=["contact"])
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            Controle.objects.update(door="coordinator")
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            Controle.objects.all().delete()
            connection.check_constraints()
        assert Controle.objects.get().door == "partner"

    def test_a_check_goes_along_to_the_offer_it_is_merged_with_and_away_with_its_offer(self, aanbod):
        controle.confirm(aanbod=[aanbod], door="partner", groepen=["contact"])
        ander = factories.AanbodFactory()
        Controle.objects.update(aanbod=ander)
        ander.delete()
        connection.check_constraints()
        assert not Controle.objects.exists()


class TestMelding:
    def test_warns_at_once(self, aanbod):
        melding = controle.report(aanbod=aanbod, soort="bestaat_niet", bron="verwijzing")
        rij = Aanbod.objects.for_row().get(pk=aanbod.pk)
        assert rij.open_meldingen == [melding]
        assert "dit bestaat misschien niet meer. Bel eerst." in rij.waarschuwing

    def test_the_gravest_doubt_is_shown(self, aanbod):
        controle.report(aanbod=aanbod, soort="bestaat_niet", bron="balie")
        controle.report(aanbod=aanbod, soort="klopt_niet", bron="balie", groep="tijden")
        assert "bestaat misschien niet meer" in aanbod.waarschuwing

    def test_the_same_doubt_twice_is_one(self, aanbod):
        for _ in range(2):
            controle.report(aanbod=aanbod, soort="klopt_niet", bron="balie", groep="contact")
        assert Melding.objects.count() == 1

    def test_settled_is_checked_and_warns_no_more(self, aanbod):
        melding = controle.report(aanbod=aanbod, soort="klopt_niet", bron="balie", groep="contact")
        for _ in range(2):
            controle.settle(melding=melding)
        assert aanbod.waarschuwing == ""
        assert [(c.groep, c.door) for c in Controle.objects.all()] == [("contact", "coordinator")]


class TestPropose:
    def test_changes_nothing_on_the_map(self, aanbod):
        voorstel = propose(aanbod, naam="Taalhuis", telefoon="0529-55 55 01", doelgroep="iedereen")
        assert voorstel.velden == {"naam": {"was": "Taalcafé", "wordt": "Taalhuis", "besluit": None}}
        aanbod.refresh_from_db()
        assert aanbod.naam == "Taalcafé"

    def test_nothing_changed_is_no_proposal(self, aanbod):
        assert propose(aanbod, naam="Taalcafé", indicatie_nodig=False, talen=["nl"]) is None
        assert not Voorstel.objects.exists()

    def test_a_second_time_adds_and_takes_back(self, aanbod):
        propose(aanbod, naam="Taalhuis", doelgroep="volwassenen")
        propose(aanbod, naam="Taalcafé", kosten="2 euro")
        assert {naam: wens["wordt"] for naam, wens in Voorstel.objects.get().velden.items()} == {
            "doelgroep": "volwassenen",
            "kosten": "2 euro",
        }
        assert propose(aanbod, doelgroep="iedereen", kosten="gratis") is None
        assert not Voorstel.objects.exists()

    @pytest.mark.parametrize("veld", ["interne_notitie", "organisatie", "gearchiveerd_op", "pk"])
    def test_what_nobody_may_propose(self, aanbod, veld):
        with pytest.raises(ValueError, match=veld):
            propose(aanbod, **{veld: "x"})

    def test_bad_values_are_told_per_field(self, aanbod):
        with pytest.raises(ValidationError) as fout:
            propose(aanbod, email="geen adres", website="ftp:/x", naam="")
        assert set(fout.value.message_dict) == {"email", "website", "naam"}

    def test_a_name_that_is_taken(self, aanbod):
        factories.AanbodFactory(organisatie=aanbod.organisatie, naam="Taalhuis")
        with pytest.raises(ValidationError, match="heeft dit aanbod al"):
            propose(aanbod, naam="Taalhuis")

    def test_hours_are_compared_and_written_as_a_list(self, aanbod, coordinator):
        tijd = factories.OpeningstijdFactory(aanbod=aanbod, weekdagen=[0])
        [nu] = controle.current_value(aanbod, "openingstijden")
        assert propose(aanbod, openingstijden=[nu]) is None
        voorstel = propose(aanbod, openingstijden=[{**nu, "weekdagen": [1, 3]}])
        assert decide(voorstel, coordinator, openingstijden=True).overgenomen == ["openingstijden"]
        tijd.refresh_from_db()
        assert tijd.weekdagen == [1, 3]
        assert Controle.objects.get().groep == "tijden"

    def test_of_the_organisation_itself(self, aanbod, coordinator):
        voorstel = controle.propose(
            organisatie=aanbod.organisatie, aanbod=None, velden={"telefoon": "0529-55 55 77"}, door=None
        )
        decide(voorstel, coordinator, telefoon=True)
        aanbod.organisatie.refresh_from_db()
        assert aanbod.organisatie.telefoon == "0529-55 55 77"
        assert not Controle.objects.exists()


class TestDecide:
    def test_one_field_yes_and_another_no(self, aanbod, coordinator):
        voorstel = propose(aanbod, telefoon="0529-55 55 02", doelgroep="volwassenen")
        uitslag = decide(voorstel, coordinator, telefoon=True, doelgroep=False)
        assert (uitslag.overgenomen, uitslag.afgewezen) == (["telefoon"], ["doelgroep"])
        aanbod.refresh_from_db()
        assert (aanbod.telefoon, aanbod.doelgroep) == ("0529-55 55 02", "iedereen")
        assert [(c.groep, c.door) for c in Controle.objects.all()] == [("contact", "partner")]
        voorstel.refresh_from_db()
        assert voorstel.behandeld_door == coordinator
        assert not Voorstel.objects.open().exists()

    def test_what_is_approved_can_be_found(self, aanbod, coordinator, as_user):
        decide(propose(aanbod, naam="Naaiatelier"), coordinator, naam=True)
        assert Aanbod.objects.stale().count() == 0
        gevonden = as_user(coordinator).get("/kaart/", {"q": "naaiatelier"}).content.decode()
        assert aanbod.get_absolute_url() in gevonden

    def test_what_somebody_else_changed_is_not_overwritten(self, aanbod, coordinator):
        voorstel = propose(aanbod, telefoon="0529-55 55 02")
        Aanbod.objects.update(telefoon="0529-55 55 88")
        assert decide(voorstel, coordinator, telefoon=True).botsingen == ["telefoon"]
        aanbod.refresh_from_db()
        assert aanbod.telefoon == "0529-55 55 88"
        voorstel.refresh_from_db()
        assert voorstel.velden["telefoon"]["was"] == "0529-55 55 88"
        assert decide(voorstel, coordinator, telefoon=True).overgenomen == ["telefoon"]
        aanbod.refresh_from_db()
        assert aanbod.telefoon == "0529-55 55 02"

    def test_only_what_was_looked_at_is_decided(self, aanbod, coordinator):
        voorstel = propose(aanbod, telefoon="0529-55 55 02")
        versie = voorstel.versie
        propose(aanbod, telefoon="0529-55 55 03")
        with pytest.raises(controle.IntussenGewijzigd):
            controle.decide(voorstel=voorstel, besluiten={"telefoon": True}, versie=versie, door=coordinator)
        aanbod.refresh_from_db()
        assert aanbod.telefoon == "0529-55 55 01"

    def test_twice_is_once(self, aanbod, coordinator):
        voorstel = propose(aanbod, telefoon="0529-55 55 02")
        decide(voorstel, coordinator, telefoon=True)
        voorstel.refresh_from_db()
        with pytest.raises(controle.IntussenGewijzigd):
            decide(voorstel, coordinator, telefoon=True)
        assert Controle.objects.count() == 1

    def test_a_name_that_was_taken_meanwhile_changes_nothing(self, aanbod, coordinator):
        voorstel = propose(aanbod, naam="Taalhuis", telefoon="0529-55 55 02")
        factories.AanbodFactory(organisatie=aanbod.organisatie, naam="Taalhuis")
        with pytest.raises(ValidationError):
            decide(voorstel, coordinator, naam=True, telefoon=True)
        aanbod.refresh_from_db()
        assert (aanbod.naam, aanbod.telefoon) == ("Taalcafé", "0529-55 55 01")

    def test_part_of_it_leaves_the_rest_open(self, aanbod, coordinator):
        voorstel = propose(aanbod, telefoon="0529-55 55 02", doelgroep="volwassenen")
        decide(voorstel, coordinator, telefoon=True)
        assert Voorstel.objects.open().get() == voorstel

    @pytest.mark.parametrize("terug", ["met een formulier", "in een keer"])
    def test_what_was_decided_stays_when_the_rest_is_taken_back(self, aanbod, coordinator, terug):
        voorstel = propose(aanbod, telefoon="0529-55 55 02", doelgroep="volwassenen")
        decide(voorstel, coordinator, telefoon=True)
        if terug == "in een keer":
            controle.retract(aanbod=aanbod)
        else:
            assert propose(aanbod, telefoon="0529-55 55 02", doelgroep="iedereen") is None
        voorstel.refresh_from_db()
        assert list(voorstel.velden) == ["telefoon"]
        assert not Voorstel.objects.open().exists()


def test_the_organisation_takes_back_what_it_said(aanbod):
    propose(aanbod, naam="Taalhuis")
    controle.report(aanbod=aanbod, soort="bestaat_niet", bron="controle")
    balie = controle.report(aanbod=aanbod, soort="klopt_niet", bron="balie")
    controle.retract(aanbod=aanbod)
    assert not Voorstel.objects.exists()
    assert list(Melding.objects.open()) == [balie]
