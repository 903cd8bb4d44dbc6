"""How long the history of the map is kept."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pghistory.models import Context

from sociale_kaart.bewaartermijn import forget_history
from sociale_kaart.geschiedenis import MODELLEN, because, changes, event_of
from sociale_kaart.models import Contactpersoon, Organisatie
from sociale_kaart.terugzetten import undo
from tests import factories

pytestmark = pytest.mark.django_db


def age(dagen):
    """Make everything until now this many days older."""
    for model in MODELLEN:
        for entry in event_of(model).objects.all():
            event_of(model).objects.filter(pk=entry.pk).update(
                pgh_created_at=entry.pgh_created_at - timedelta(days=dagen)
            )
    for context in Context.objects.all():
        Context.objects.filter(pk=context.pk).update(created_at=context.created_at - timedelta(days=dagen))


def phones():
    return list(event_of(Organisatie).objects.order_by("pgh_id").values_list("telefoon", flat=True))


def test_two_years_after_it_was_replaced(coordinator):
    with because("begin"):
        organisatie = factories.OrganisatieFactory(telefoon="1")
    age(100)
    with because("tweede"):
        Organisatie.objects.filter(pk=organisatie.pk).update(telefoon="2")
    age(729)
    forget_history(timezone.now())
    assert phones() == ["1", "2"]
    age(2)
    forget_history(timezone.now())
    assert phones() == ["2"]
    assert [context.metadata["wat"] for context in Context.objects.all()] == ["tweede"]
    with because("derde"):
        Organisatie.objects.filter(pk=organisatie.pk).update(telefoon="3")
    undo(context_id=changes().get(metadata__wat="derde").pk, by=coordinator)
    organisatie.refresh_from_db()
    assert organisatie.telefoon == "2"


def test_people_who_went_are_forgotten_after_a_month():
    with because("begin"):
        weg, blijft = factories.ContactpersoonFactory(naam="Richard"), factories.ContactpersoonFactory()
    Contactpersoon.objects.filter(pk=weg.pk).update(telefoon="0612345678")
    weg.delete()
    age(29)
    forget_history(timezone.now())
    assert event_of(Contactpersoon).objects.filter(naam="Richard").count() == 3
    age(2)
    forget_history(timezone.now())
    assert set(event_of(Contactpersoon).objects.values_list("naam", flat=True)) == {blijft.naam}
