"""How people were referred and how they liked it, of the chosen desks and days only."""

from datetime import date

import pytest

from doorverwijzing.models import KoudeVerwijzing, Waardering
from tests import factories
from tests.rapportage.test_herkomst import pairs

pytestmark = pytest.mark.django_db
MAART = "periode=eigen&van=2026-03-01&tot=2026-03-31"


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
