"""What a partner promised, and how they kept it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from doorverwijzing.belofte import LAATSTE, kept_lately
from doorverwijzing.models import Doorverwijzing
from tests import factories

pytestmark = pytest.mark.django_db

MAANDAG = datetime(2026, 3, 16, 13, 0, tzinfo=UTC)


@pytest.fixture
def organisatie():
    return factories.OrganisatieFactory()


def refer(organisatie, *, beloofd=2, contact=None, naar="contact_gelegd", status="contact_gelegd", na=0):
    """A referral of the Monday `na` days later, promised and (maybe) contacted so many days after it."""
    begin = MAANDAG + timedelta(days=na)
    verwijzing = factories.DoorverwijzingFactory(
        organisatie=organisatie,
        aangemaakt_op=begin,
        beloofd_op=timezone.localdate(begin) + timedelta(days=beloofd),
        status=status,
    )
    verwijzing.gebeurtenissen.create(naar="aangeboden", door="balie", op=begin)
    if contact is not None:
        verwijzing.gebeurtenissen.create(naar=naar, door="partner", op=begin + timedelta(days=contact))
    return verwijzing


@pytest.mark.parametrize(("contact", "op_tijd"), [(0, True), (2, True), (3, False), (None, False)])
def test_on_time_is_up_to_and_including_the_day(organisatie, contact, op_tijd):
    refer(organisatie, contact=contact, status="ontvangen" if contact is None else "contact_gelegd")
    assert kept_lately(organisatie).keren == [op_tijd]


def test_saying_received_is_not_calling(organisatie):
    refer(organisatie, contact=1, naar="ontvangen", status="ontvangen")
    assert kept_lately(organisatie).keren == [False]


def test_a_mis_tap_that_was_taken_back_is_not_calling(organisatie):
    verwijzing = refer(organisatie, contact=0, naar="geholpen", status="ontvangen")
    verwijzing.gebeurtenissen.create(van="geholpen", naar="ontvangen", door="partner", op=MAANDAG)
    assert kept_lately(organisatie).keren == [False]


def test_a_day_that_has_not_come_does_not_count_yet(organisatie):
    nu = timezone.now()
    factories.DoorverwijzingFactory(organisatie=organisatie, beloofd_op=timezone.localdate(nu))
    assert kept_lately(organisatie).aantal == 0


def test_withdrawn_ones_and_other_partners_do_not_count(organisatie):
    verwijzing = refer(organisatie, status="ontvangen")
    type(verwijzing).objects.filter(pk=verwijzing.pk).update(status="ingetrokken", gewist_op=MAANDAG)
    refer(factories.OrganisatieFactory(), contact=1)
    assert kept_lately(organisatie).aantal == 0


def test_only_the_last_ones_newest_first(organisatie):
    for dag in range(LAATSTE + 3):
        refer(organisatie, contact=1 if dag else 5, na=dag)
    nagekomen = kept_lately(organisatie)
    assert nagekomen.keren == [True] * LAATSTE
    refer(organisatie, contact=9, na=LAATSTE + 3)
    assert kept_lately(organisatie).keren[0] is False
    assert kept_lately(organisatie).op_tijd == LAATSTE - 1


def test_the_form_tells_before_consent(as_user, vrijwilliger, organisatie):
    aanbod = factories.AanbodFactory(organisatie=organisatie)
    refer(organisatie, contact=1)
    refer(organisatie, contact=5)
    html = as_user(vrijwilliger).get(f"/doorverwijzingen/nieuw/{aanbod.pk}/").content.decode()
    assert "Laatste 2 keer: <strong>1 keer op tijd</strong>" in html


class TestUnopened:
    @pytest.mark.parametrize(("uren", "ongeopend"), [(1, False), (25, True)])
    def test_a_mail_nobody_opened_within_a_day(self, uren, ongeopend):
        verzonden = timezone.now() - timedelta(hours=uren)
        factories.DoorverwijzingFactory(verzonden_op=verzonden)
        assert Doorverwijzing.objects.for_list().get().hindernis == ("ongeopend" if ongeopend else "")

    def test_not_once_somebody_looked(self):
        verwijzing = factories.DoorverwijzingFactory(verzonden_op=timezone.now() - timedelta(hours=25))
        verwijzing.inzagen.create(door="partner", reden="link in de mail")
        assert Doorverwijzing.objects.for_list().get().hindernis == ""

    def test_the_desk_sees_it_and_can_act(self, as_user, vrijwilliger):
        verwijzing = factories.DoorverwijzingFactory(
            infopunt=vrijwilliger.infopunten.get(), verzonden_op=timezone.now() - timedelta(hours=25)
        )
        factories.ToestemmingFactory(doorverwijzing=verwijzing)
        html = as_user(vrijwilliger).get(f"/doorverwijzingen/{verwijzing.pk}/").content.decode()
        assert "De partner heeft nog niet gekeken." in html
        assert "Stuur de mail opnieuw" in html
