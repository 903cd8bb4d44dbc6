"""`vul_demo --vragen`: many made-up questions, quickly, with the totals of the reports in step."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from infopunt.management.commands.vul_demo import read_number
from rapportage import tellingen
from rapportage.models import Mutatie
from registratie.demo import vul_vragen
from registratie.models import Vraag
from tests import factories

pytestmark = pytest.mark.django_db


def indexes():
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = 'registratie_vraag' ORDER BY 1")
        return cursor.fetchall()


def is_superuser():
    with connection.cursor() as cursor:
        cursor.execute("SHOW is_superuser")
        return cursor.fetchone() == ("on",)


def test_as_many_as_asked_like_those_that_are_there():
    gisteren = timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(days=1)
    een = factories.VraagFactory(moment=gisteren)
    twee = factories.VraagFactory(
        moment=gisteren, wijze="niet_geholpen", reden_niet="taal", herkomst="papier"
    )
    tellingen.verwerk()
    voor = indexes()
    assert vul_vragen(300) == "Vragen: 300 verzonnen vragen van de afgelopen vijf jaar erbij."
    assert Vraag.objects.count() == 302
    per_punt = Counter(Vraag.objects.values_list("infopunt", "wijze", "reden_niet", "herkomst"))
    assert per_punt.keys() == {
        (een.infopunt_id, "zelf_beantwoord", "", "direct"),
        (twee.infopunt_id, "niet_geholpen", "taal", "papier"),
    }
    lokaal = [timezone.localtime(moment) for moment in Vraag.objects.values_list("moment", flat=True)]
    assert {(m.weekday(), m.time()) for m in lokaal} == {(lokaal[0].weekday(), lokaal[0].time())}
    assert len({m.date() for m in lokaal}) == 3  # now, two and four years earlier
    assert min(lokaal) > timezone.now() - timedelta(days=5 * 365)
    assert indexes() == voor
    # The triggers were off, as far as this user may turn them off, and are on again.
    assert Mutatie.objects.count() == (0 if is_superuser() else 300)
    een.delete()
    assert Mutatie.objects.count() == (1 if is_superuser() else 301)
    tellingen.maak_opnieuw()
    assert tellingen.controleer() == (0, [])


def test_nothing_to_go_by_gives_nothing():
    factories.VraagFactory(moment=datetime(2001, 1, 1, tzinfo=UTC))
    assert vul_vragen(10) == "Vragen: 0 verzonnen vragen van de afgelopen vijf jaar erbij."


@pytest.mark.parametrize("tekst", ["0", "-5", "x", "", "1.000", "1e6", "²", "50000001"])
def test_a_number_that_is_none_is_refused(tekst):
    with pytest.raises(CommandError, match="geef een heel getal van 1 tot en met 50000000"):
        read_number(tekst)


def test_only_in_the_demo(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="alleen in de demo"):
        call_command("vul_demo", vragen=5, stdout=StringIO())
    assert not Vraag.objects.exists()
