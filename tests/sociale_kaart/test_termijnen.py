"""When the map must be looked at again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from doorverwijzing.gebruik import referrals
from registratie.gebruik import questions
from registratie.models import to_quarter
from sociale_kaart.models import Aanbod, Groep
from sociale_kaart.termijnen import MAAND, TERMIJNEN, VAAK_VANAF, Gebruik, Termijnen, count_use, often
from tests import factories

pytestmark = pytest.mark.django_db

NU = timezone.now()
AANTAL = {Gebruik.NOOIT: 0, Gebruik.SOMS: 1, Gebruik.VAAK: VAAK_VANAF}


def check(aanbod, maanden, groepen=Groep.values):
    for groep in groepen:
        factories.ControleFactory(aanbod=aanbod, groep=groep, op=NU - maanden * MAAND)


def test_contact_and_hours_come_before_conditions_and_use_makes_it_sooner():
    for per_gebruik in TERMIJNEN.values():
        assert per_gebruik[Gebruik.NOOIT] > per_gebruik[Gebruik.SOMS] > per_gebruik[Gebruik.VAAK]
    for gebruik in Gebruik:
        assert (
            TERMIJNEN["contact"][gebruik] == TERMIJNEN["tijden"][gebruik] < TERMIJNEN["voorwaarden"][gebruik]
        )


@pytest.mark.parametrize("gebruik", Gebruik)
@pytest.mark.parametrize("groep", Groep.values)
@pytest.mark.parametrize(("dag", "te_laat"), [(-1, False), (1, True)])
def test_the_day_before_and_the_day_after(groep, gebruik, dag, te_laat):
    aanbod = factories.AanbodFactory()
    check(aanbod, 0, [g for g in Groep.values if g != groep])
    op = NU - TERMIJNEN[groep][gebruik] * MAAND - timedelta(days=dag)
    factories.ControleFactory(aanbod=aanbod, groep=groep, op=op)
    factories.ControleFactory(aanbod=aanbod, groep=groep, op=op - 40 * MAAND)  # an older one does not count
    termijnen = Termijnen(NU, {aanbod.pk: AANTAL[gebruik], aanbod.pk + 1: VAAK_VANAF})
    assert termijnen.due(Aanbod.objects.all()).exists() is te_laat
    assert termijnen.due_groups(aanbod) == ([groep] if te_laat else [])


def test_never_checked_is_due():
    aanbod = factories.AanbodFactory()
    termijnen = Termijnen(NU, {})
    assert termijnen.due(Aanbod.objects.all()).get() == aanbod
    assert termijnen.due_groups(aanbod) == Groep.values


def test_many_offers_are_one_query(django_assert_num_queries):
    for _ in range(4):
        check(factories.AanbodFactory(), 2)
    factories.AanbodFactory()
    termijnen = Termijnen(NU, {pk: pk % 9 for pk in Aanbod.objects.values_list("pk", flat=True)})
    with django_assert_num_queries(1):
        assert len(termijnen.due(Aanbod.objects.all())) == 1


class TestUse:
    def test_referrals_and_questions_are_added_up(self):
        geld = factories.OnderwerpFactory()
        aanbod = factories.AanbodFactory(onderwerpen=[geld])
        ander = factories.AanbodFactory(
            organisatie=aanbod.organisatie, onderwerpen=[factories.OnderwerpFactory()]
        )
        for _ in range(2):
            factories.DoorverwijzingFactory(aanbod=aanbod, organisatie=aanbod.organisatie)
            factories.VraagFactory(
                onderwerp=geld, organisatie=aanbod.organisatie, wijze="doorverwezen", moment=to_quarter(NU)
            )
        assert count_use(NU) == {aanbod.pk: 4}
        assert ander.pk not in count_use(NU)

    def test_what_is_long_ago_does_not_count(self):
        geld = factories.OnderwerpFactory()
        aanbod = factories.AanbodFactory(onderwerpen=[geld])
        lang_geleden = NU - timedelta(days=400)
        factories.DoorverwijzingFactory(
            aanbod=aanbod, organisatie=aanbod.organisatie, aangemaakt_op=lang_geleden
        )
        factories.VraagFactory(
            onderwerp=geld,
            organisatie=aanbod.organisatie,
            wijze="doorverwezen",
            moment=to_quarter(lang_geleden),
        )
        sinds = NU - timedelta(days=365)
        assert (referrals(sinds), questions(sinds)) == ({}, {})
        assert referrals(lang_geleden) == {aanbod.pk: 1}
        assert questions(to_quarter(lang_geleden)) == {aanbod.pk: 1}

    @pytest.mark.parametrize(("aantal", "gebruik"), [(0, "nooit"), (1, "soms"), (5, "soms"), (6, "vaak")])
    def test_how_often(self, aantal, gebruik):
        assert often(aantal) == Gebruik(gebruik)
