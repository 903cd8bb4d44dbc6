"""Undoing: everything back, and nothing of later lost."""

import random
from datetime import date

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from sociale_kaart.geschiedenis import MODELLEN, because, changes, columns
from sociale_kaart.models import (
    Aanbod,
    AanbodContact,
    Contactpersoon,
    Controle,
    Locatie,
    Mededeling,
    Onderwerp,
    Openingstijd,
    Organisatie,
)
from sociale_kaart.tasks import undo_change
from sociale_kaart.terugzetten import NietAlles, undo
from tests import factories

pytestmark = pytest.mark.django_db


def dump():
    """The whole map, as far as the history keeps it."""
    return {
        model.__name__: sorted(
            (rij for rij in model._default_manager.order_by("pk").values(*columns(model))),
            key=lambda r: r["id"],
        )
        for model in MODELLEN
    }


def change(wat):
    return changes().get(metadata__wat=wat).pk


@pytest.fixture
def kaart():
    """A small map, in the history as one change."""
    with because("begin"):
        geld = factories.OnderwerpFactory(naam="geld")
        spil = factories.LocatieFactory(naam="De Spil")
        for nummer in range(4):
            contact = factories.AanbodContactFactory(
                aanbod__naam=f"Aanbod {nummer}", aanbod__organisatie__naam=f"Organisatie {nummer}"
            )
            contact.aanbod.onderwerpen.add(geld)
            contact.aanbod.kernen.add(factories.KernFactory(naam="Dalfsen"))
            factories.OpeningstijdFactory(aanbod=contact.aanbod, locatie=spil)
    return spil


def test_fields_go_back(kaart, coordinator):
    voor = dump()
    with because("anders"):
        Organisatie.objects.filter(naam="Organisatie 1").update(telefoon="0", naam="Anders")
    undo(context_id=change("anders"), by=coordinator)
    assert dump() == voor


def test_swapped_names_go_back(kaart, coordinator):
    voor = dump()
    een, twee = Organisatie.objects.order_by("naam")[:2]
    with because("gewisseld"):
        Organisatie.objects.filter(pk=een.pk).update(naam="tussen")
        Organisatie.objects.filter(pk=twee.pk).update(naam=een.naam)
        Organisatie.objects.filter(pk=een.pk).update(naam="Nieuw")
        Organisatie.objects.create(naam=twee.naam)
    undo(context_id=change("gewisseld"), by=coordinator)
    assert dump() == voor


def test_what_was_removed_comes_back_with_all_that_hung_on_it(kaart, coordinator):
    voor = dump()
    with because("weg"):
        Aanbod.objects.get(naam="Aanbod 2").delete()
        Organisatie.objects.get(naam="Organisatie 2").delete()
    assert dump() != voor
    undo(context_id=change("weg"), by=coordinator)
    assert dump() == voor
    assert not Aanbod.objects.stale().exists()


def test_undoing_is_undone(kaart, coordinator):
    with because("weg"):
        Aanbod.objects.get(naam="Aanbod 2").delete()
    na = dump()
    undo(context_id=change("weg"), by=coordinator)
    terug = changes().get(metadata__terug__isnull=False)
    assert terug.metadata["wie"] == coordinator.pk
    undo(context_id=terug.pk, by=coordinator)
    assert dump() == na


def test_what_was_made_goes(kaart, coordinator):
    voor = dump()
    with because("nieuw"):
        factories.AanbodContactFactory(aanbod__naam="Nieuw", aanbod__organisatie__naam="Nieuwe organisatie")
    undo(context_id=change("nieuw"), by=coordinator)
    assert dump() == voor


def test_what_was_made_and_is_in_use_goes_to_the_archive(kaart, coordinator):
    with because("nieuw"):
        aanbod = factories.OpeningstijdFactory(aanbod__naam="Nieuw").aanbod
        leeg = factories.OrganisatieFactory(naam="Leeg")
    Controle.objects.create(aanbod=aanbod, groep="tijden", door="partner")
    undo(context_id=change("nieuw"), by=coordinator)
    aanbod.refresh_from_db()
    aanbod.organisatie.refresh_from_db()
    assert aanbod.gearchiveerd_op
    assert aanbod.organisatie.gearchiveerd_op
    assert aanbod.openingstijden.count() == 1
    assert not Organisatie.objects.filter(pk=leeg.pk).exists()


def test_later_changes_are_never_lost(kaart, coordinator):
    with because("fout"):
        Organisatie.objects.filter(naam="Organisatie 1").update(telefoon="0", website="https://fout.example")
        nieuw = factories.OrganisatieFactory(naam="Nieuw")
    with because("later"):
        Organisatie.objects.filter(naam="Organisatie 1").update(telefoon="0529-1")
        Organisatie.objects.filter(pk=nieuw.pk).update(telefoon="0529-2")
    voor = dump()
    with pytest.raises(NietAlles) as niet:
        undo(context_id=change("fout"), by=coordinator)
    assert dump() == voor
    assert {tuple(stap.kan_niet) for stap in niet.value.stappen} == {("telefoon",), ("",)}
    undo(context_id=change("fout"), by=coordinator, rest=True)
    organisatie = Organisatie.objects.get(naam="Organisatie 1")
    assert (organisatie.telefoon, organisatie.website) == ("0529-1", "")
    assert Organisatie.objects.filter(pk=nieuw.pk).exists()
    assert changes().get(metadata__terug__isnull=False).metadata["niet"] == 2


def test_a_name_that_was_taken_meanwhile_is_refused(kaart, coordinator):
    with because("anders"):
        Organisatie.objects.filter(naam="Organisatie 1").update(naam="Anders")
    factories.OrganisatieFactory(naam="Organisatie 1")
    voor = dump()
    with pytest.raises(NietAlles):
        undo(context_id=change("anders"), by=coordinator)
    assert dump() == voor


@pytest.mark.parametrize("zaad", range(6))
def test_random_edits_and_undoing_them_all_is_no_change(kaart, coordinator, zaad):
    toeval = random.Random(zaad)
    begin = dump()
    for nummer in range(12):
        with because(f"stap {nummer}"):
            for _ in range(toeval.randint(1, 4)):
                toeval.choice(EDITS)(toeval)
    for nummer in reversed(range(12)):
        context = changes().filter(metadata__wat=f"stap {nummer}").first()
        if context:
            undo(context_id=context.pk, by=coordinator)
    assert dump() == begin


def _any(toeval, model):
    return toeval.choice(list(model.objects.order_by("pk")) or [None])


def _rename(toeval):
    Organisatie.objects.filter(pk=_any(toeval, Organisatie).pk).update(naam=f"Naam {toeval.random()}")


def _new(toeval):
    factories.AanbodContactFactory(
        aanbod__naam=f"Nieuw {toeval.random()}", aanbod__organisatie__naam=f"Org {toeval.random()}"
    )


def _remove(toeval):
    if aanbod := _any(toeval, Aanbod):
        aanbod.delete()


def _times(toeval):
    if aanbod := _any(toeval, Aanbod):
        aanbod.openingstijden.all().delete()
        Openingstijd.objects.bulk_create(
            Openingstijd(aanbod=aanbod, weekdagen=[dag], locatie=_any(toeval, Locatie)) for dag in range(2)
        )


def _topics(toeval):
    if aanbod := _any(toeval, Aanbod):
        aanbod.onderwerpen.set([Onderwerp.objects.create(naam=f"O {toeval.random()}")])


def _notice(toeval):
    Mededeling.objects.create(
        organisatie=_any(toeval, Organisatie),
        tekst="dicht",
        van_dag=date(2026, 1, 1),
        tot_dag=date(2026, 1, 2),
    )


def _people(toeval):
    if persoon := _any(toeval, Contactpersoon):
        persoon.delete()
    AanbodContact.objects.update(rol=f"rol {toeval.random()}")


EDITS = [_rename, _new, _remove, _times, _topics, _notice, _people]


class TestPage:
    def url(self, wat):
        return reverse("sociale_kaart:wijziging", args=[change(wat)])

    def test_from_change_to_back(self, kaart, coordinator, as_user):
        with because("anders"):
            Organisatie.objects.filter(naam="Organisatie 1").update(telefoon="0")
        client = as_user(coordinator)
        assert "Zet terug" in client.get(self.url("anders")).content.decode()
        antwoord = client.post(self.url("anders"), follow=True)
        assert "Dit is teruggezet" in antwoord.content.decode()
        assert Organisatie.objects.get(naam="Organisatie 1").telefoon == "0529-55 55 00"

    def test_refuses_and_offers_the_rest(self, kaart, coordinator, as_user):
        with because("anders"):
            Organisatie.objects.filter(naam="Organisatie 1").update(
                telefoon="0", email="fout@partner.example"
            )
        with because("later"):
            Organisatie.objects.filter(naam="Organisatie 1").update(telefoon="1")
        client = as_user(coordinator)
        antwoord = client.post(self.url("anders"))
        assert antwoord.status_code == 409
        assert "Is later nog een keer veranderd" in antwoord.content.decode()
        assert "Zet de rest terug" in antwoord.content.decode()
        client.post(self.url("anders"), {"rest": "ja"})
        organisatie = Organisatie.objects.get(naam="Organisatie 1")
        assert organisatie.telefoon == "1"
        assert organisatie.email != "fout@partner.example"

    def test_get_changes_nothing(self, kaart, coordinator, as_user):
        voor = dump()
        assert as_user(coordinator).get(self.url("begin")).status_code == 200
        assert dump() == voor

    def test_partner_sees_nothing(self, kaart, as_user):
        partner = factories.MedewerkerFactory(rol="partner")
        assert as_user(partner).post(self.url("begin")).status_code == 404


def test_a_large_change_is_a_job(kaart, coordinator, as_user, monkeypatch):
    monkeypatch.setattr("sociale_kaart.views_geschiedenis.GROOT", 1)
    voor = dump()
    with because("veel"):
        Organisatie.objects.filter(naam__startswith="Organisatie").update(telefoon="0")
    with because("later"):
        Organisatie.objects.filter(naam="Organisatie 3").update(telefoon="3")
    client = as_user(coordinator)
    url = reverse("sociale_kaart:wijziging", args=[change("veel")])
    assert "blijft staan" in client.get(url).content.decode()
    client.post(url)
    [taak] = ProcrastinateJob.objects.filter(task_name="sociale_kaart.undo_change")
    undo_change(**taak.args)
    na = dump()
    assert [rij["telefoon"] for rij in na.pop("Organisatie") if rij["naam"] == "Organisatie 3"] == ["3"]
    assert na == {soort: rijen for soort, rijen in voor.items() if soort != "Organisatie"}
    assert (
        "Niet alles kon terug"
        in client.get(
            reverse("sociale_kaart:wijziging", args=[changes().get(metadata__terug__isnull=False).pk])
        ).content.decode()
    )
