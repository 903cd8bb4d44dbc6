"""Made-up questions look like a desk's."""

from datetime import time

import pytest
from django.utils import timezone

from registratie.demo import vul
from registratie.models import Vraag
from sociale_kaart.feestdagen import is_feestdag
from tests import factories


@pytest.fixture
def infopunt(db: None) -> object:
    infopunt = factories.InfopuntFactory()
    factories.InfopuntTijdFactory(infopunt=infopunt, weekdag=1, van=time(13, 30), tot=time(16, 30))
    factories.AanbodFactory(onderwerpen=[factories.OnderwerpFactory()])
    return infopunt


def test_fills_two_years_of_opening_hours(infopunt: object) -> None:
    assert vul().startswith("Vragen: ")

    momenten = [timezone.localtime(moment) for moment in Vraag.objects.values_list("moment", flat=True)]
    assert len(momenten) > 300
    assert {moment.weekday() for moment in momenten} == {1}
    assert all(time(13, 30) <= moment.time() < time(16, 30) for moment in momenten)
    assert max(momenten) <= timezone.now()
    assert not [moment for moment in momenten if is_feestdag(moment.date())]


def test_second_time_adds_nothing(infopunt: object) -> None:
    vul()
    aantal = Vraag.objects.count()

    vul()

    assert Vraag.objects.count() == aantal


def test_without_desks_or_topics_there_is_nothing_to_make_up(db: None) -> None:
    assert vul() == "Vragen: 0 verzonnen vragen van de afgelopen 2 jaar."
