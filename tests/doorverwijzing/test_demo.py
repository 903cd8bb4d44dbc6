"""The demo's referrals: every state, every promise kept, and no more than once."""

import pytest
from django.core.management import CommandError, call_command

from balie import demo as balie_demo
from doorverwijzing import demo
from doorverwijzing.models import AFGELOPEN, OPEN, Contactgegevens, Doorverwijzing, Status
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def offers():
    """What the map's demo brings: offers with somebody who promised to call."""
    for naam in (demo.PARTNER_ORGANISATIE, "Humanitas", "De Kern"):
        contact = factories.AanbodContactFactory(aanbod__organisatie__naam=naam)
        assert contact.aanbod.organisatie.belofte_werkdagen


def test_every_state_at_every_desk_and_only_running_ones_have_details(offers):
    balie_demo.vul()
    demo.vul()
    assert set(Doorverwijzing.objects.values_list("status", flat=True)) == set(Status.values)
    open_ = Doorverwijzing.objects.filter(status__in=OPEN)
    assert Contactgegevens.objects.count() == open_.count() > 0
    assert not Doorverwijzing.objects.filter(status__in=AFGELOPEN, gewist_op=None).exists()
    assert set(open_.values_list("infopunt__naam", flat=True)) == set(balie_demo.INFOPUNTEN)
    for verwijzing in Doorverwijzing.objects.all():
        assert verwijzing.gebeurtenissen.latest("pk").naar == verwijzing.status


def test_twice_is_once(offers):
    balie_demo.vul()
    demo.vul()
    before = Doorverwijzing.objects.count()
    assert "stonden er al" in demo.vul()
    assert Doorverwijzing.objects.count() == before


def test_outside_the_demo_nothing_is_made_up(settings):
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command("vul_demo")
