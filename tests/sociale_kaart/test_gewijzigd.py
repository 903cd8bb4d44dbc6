"""When an offer changed, and whether the search index knows."""

from datetime import date

import pytest

from sociale_kaart.indexeren import index_aanbod
from sociale_kaart.models import Aanbod, AanbodContact, Mededeling, Openingstijd, Uitzondering
from tests.factories import (
    AanbodFactory,
    ContactpersoonFactory,
    KernFactory,
    LocatieFactory,
    OnderwerpFactory,
    OpeningstijdFactory,
)

pytestmark = pytest.mark.django_db


def gewijzigd(aanbod):
    return Aanbod.objects.values_list("gewijzigd_op", flat=True).get(pk=aanbod.pk)


@pytest.fixture
def aanbod():
    return AanbodFactory(onderwerpen=[OnderwerpFactory()])


@pytest.mark.parametrize(
    "verander",
    [
        lambda a: Aanbod.objects.filter(pk=a.pk).update(kosten="€ 5"),
        lambda a: a.onderwerpen.add(OnderwerpFactory()),
        lambda a: a.onderwerpen.clear(),
        lambda a: a.kernen.add(KernFactory()),
        lambda a: Openingstijd.objects.bulk_create([Openingstijd(aanbod=a, weekdagen=[1], periode="mei")]),
        lambda a: Uitzondering.objects.create(aanbod=a, van_dag=date(2026, 5, 1), tot_dag=date(2026, 5, 1)),
        lambda a: Mededeling.objects.create(
            aanbod=a, tekst="Tijdelijk dicht", van_dag=date(2026, 5, 1), tot_dag=date(2026, 5, 1)
        ),
        lambda a: AanbodContact.objects.create(
            aanbod=a, contactpersoon=ContactpersoonFactory(organisatie=a.organisatie)
        ),
        lambda a: type(a.organisatie).objects.filter(pk=a.organisatie_id).update(naam="Heet nu anders"),
        lambda a: a.onderwerpen.update(naam="Heet nu anders"),
    ],
)
def test_every_change_moves_the_clock(aanbod, verander):
    vooraf = gewijzigd(aanbod)
    verander(aanbod)
    assert gewijzigd(aanbod) > vooraf


def test_a_change_of_what_hangs_on_it_moves_the_clock(aanbod):
    tijd = OpeningstijdFactory(aanbod=aanbod, locatie=LocatieFactory())
    contact = ContactpersoonFactory(organisatie=aanbod.organisatie)
    AanbodContact.objects.create(aanbod=aanbod, contactpersoon=contact)
    for verander in [
        lambda: Openingstijd.objects.filter(pk=tijd.pk).update(toelichting="op afspraak"),
        lambda: type(tijd.locatie).objects.filter(pk=tijd.locatie_id).update(naam="Ander huis"),
        lambda: type(contact).objects.filter(pk=contact.pk).update(telefoon="0529-55 55 01"),
        lambda: Openingstijd.objects.filter(pk=tijd.pk).delete(),
    ]:
        vooraf = gewijzigd(aanbod)
        verander()
        assert gewijzigd(aanbod) > vooraf


def test_the_search_index_is_no_change_and_knows_what_it_has(aanbod):
    vooraf = gewijzigd(aanbod)
    assert Aanbod.objects.stale().get() == aanbod
    index_aanbod(Aanbod.objects.stale())
    assert gewijzigd(aanbod) == vooraf
    assert not Aanbod.objects.stale().exists()
    Aanbod.objects.update(naam="Iets anders")
    assert Aanbod.objects.stale().get() == aanbod


def test_saving_an_old_copy_does_not_turn_the_clock_back(aanbod):
    oude_kopie = Aanbod.objects.get(pk=aanbod.pk)
    Aanbod.objects.update(naam="Iets anders")
    Aanbod.objects.update(naam=aanbod.naam)
    laatst = gewijzigd(aanbod)
    oude_kopie.save()
    assert gewijzigd(aanbod) == laatst
