"""The course of a referral: which step follows which, what it destroys, what it queues."""

import uuid
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.utils import timezone

from doorverwijzing import actions, kluis
from doorverwijzing.models import (
    AFGELOPEN,
    OPEN,
    OVERGANGEN,
    Contactgegevens,
    Doorverwijzing,
    Status,
    Toestemming,
)
from tests.doorverwijzing.conftest import queued_jobs

pytestmark = pytest.mark.django_db


def report(verwijzing, status, **kwargs):
    return actions.report(doorverwijzing=verwijzing, afloop=actions.Afloop(status, **kwargs), door="partner")


def in_state(verwijzing, status):
    """Put it there without the course, for the transition table."""
    wissen = timezone.now() if status in AFGELOPEN else None
    Doorverwijzing.objects.filter(pk=verwijzing.pk).update(status=status, wissen_op=wissen)
    verwijzing.refresh_from_db()
    return verwijzing


def test_refer_records_consent_and_queues_one_mail(verwijzing):
    bewijs = Toestemming.objects.get(doorverwijzing=verwijzing)
    assert "SchuldHulpMaatje. Niemand anders." in bewijs.tekst
    assert bewijs.velden == ["naam", "telefoon", "vraag"]
    assert bewijs.wijze == "voorgelezen"
    assert [gebeurtenis.naar for gebeurtenis in verwijzing.gebeurtenissen.all()] == ["aangeboden"]
    assert [job.args for job in queued_jobs()] == [{"doorverwijzing_id": str(verwijzing.pk)}]
    assert verwijzing.email == "cees@partner.example"


def test_sending_the_form_twice_makes_one_referral(verwijzing, aanbod, infopunt, vrijwilliger, gegevens):
    again = actions.refer(
        id=verwijzing.pk,
        aanbod=aanbod,
        contact=None,
        infopunt=infopunt,
        gegevens=gegevens,
        wijze="voorgelezen",
        by=vrijwilliger,
    )
    assert again == verwijzing
    assert Doorverwijzing.objects.count() == 1
    assert len(queued_jobs()) == 1


def test_a_reference_in_use_is_drawn_again(verwijzing, aanbod, infopunt, vrijwilliger, gegevens):
    draws = iter([verwijzing.kenmerk, "R-000001"])
    with patch(
        "doorverwijzing.models.doorverwijzing.secrets.randbelow", lambda n: int(next(draws)[2:]) - 100_000
    ):
        tweede = actions.refer(
            id=uuid.uuid4(),
            aanbod=aanbod,
            contact=None,
            infopunt=infopunt,
            gegevens=gegevens,
            wijze="zelf_gelezen",
            by=vrijwilliger,
        )
    assert tweede.kenmerk != verwijzing.kenmerk


def test_when_the_job_cannot_be_queued_nothing_is_kept(aanbod, infopunt, vrijwilliger, gegevens):
    with (
        patch("doorverwijzing.actions._queue_mail", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
    ):
        actions.refer(
            id=uuid.uuid4(),
            aanbod=aanbod,
            contact=None,
            infopunt=infopunt,
            gegevens=gegevens,
            wijze="zelf_gelezen",
            by=vrijwilliger,
        )
    assert not Doorverwijzing.objects.exists()
    assert not Contactgegevens.objects.exists()


@pytest.mark.parametrize("van", Status.values)
@pytest.mark.parametrize("naar", Status.values)
def test_only_steps_in_the_table_happen(verwijzing, van, naar):
    in_state(verwijzing, van)
    if naar in OVERGANGEN.get(van, ()):
        assert report(verwijzing, naar).status == naar
        assert verwijzing.gebeurtenissen.latest("pk").naar == naar
    elif naar == van:
        assert report(verwijzing, naar).gebeurtenissen.count() == 1
    else:
        with pytest.raises(actions.OngeldigeOvergang):
            report(verwijzing, naar)


def test_last_word_is_erased_ten_minutes_later_and_not_before(verwijzing):
    klaar = report(verwijzing, Status.GEHOLPEN)
    assert klaar.gewist_op is None
    assert actions.erase_due(klaar.wissen_op - timedelta(seconds=1)) == 0
    assert Contactgegevens.objects.exists()
    assert actions.erase_due(klaar.wissen_op) == 1
    assert not Contactgegevens.objects.exists()
    klaar.refresh_from_db()
    assert klaar.gewist_op is not None
    assert klaar.status == Status.GEHOLPEN


def test_last_word_can_be_taken_back_until_then(verwijzing, gegevens):
    report(verwijzing, Status.ONTVANGEN)
    report(verwijzing, Status.NIET_PASSEND, reden="wachtlijst")
    terug = actions.restore(doorverwijzing=verwijzing, door="partner")
    assert (terug.status, terug.wissen_op, terug.reden_niet_passend) == (Status.ONTVANGEN, None, "")
    assert kluis.read(terug, door="partner", reden="proef") == gegevens
    assert actions.erase_due(timezone.now() + timedelta(hours=1)) == 0


def test_ten_minutes_are_over_also_when_the_worker_is_late(verwijzing):
    report(verwijzing, Status.GEHOLPEN)
    Doorverwijzing.objects.update(wissen_op=timezone.now() - timedelta(seconds=1))
    with pytest.raises(actions.OngeldigeOvergang):
        actions.restore(doorverwijzing=verwijzing, door="partner")


def test_after_erasing_there_is_no_way_back(verwijzing):
    klaar = report(verwijzing, Status.GEHOLPEN)
    actions.erase_due(klaar.wissen_op)
    with pytest.raises(actions.OngeldigeOvergang):
        actions.restore(doorverwijzing=verwijzing, door="partner")


def test_withdrawing_erases_at_once(verwijzing):
    actions.report(doorverwijzing=verwijzing, afloop=actions.Afloop(Status.INGETROKKEN), door="balie")
    assert not Contactgegevens.objects.exists()
    verwijzing.refresh_from_db()
    assert verwijzing.gewist_op is not None


@pytest.mark.parametrize("status", OPEN)
def test_nobody_answered_in_time(verwijzing, status):
    in_state(verwijzing, status)
    einde = datetime.combine(verwijzing.verloopt_op, datetime.min.time(), tzinfo=UTC)
    assert actions.erase_due(einde) == 0
    assert actions.erase_due(einde + timedelta(days=1)) == 1
    verwijzing.refresh_from_db()
    assert verwijzing.status == Status.VERLOPEN
    assert not Contactgegevens.objects.exists()


def test_a_fresh_link_kills_the_old_one(verwijzing):
    oud, nieuw = actions.new_link(verwijzing), actions.new_link(verwijzing)
    geldig = verwijzing.links.get(ingetrokken_op=None)
    assert geldig.token_hash == actions.token_hash(nieuw)
    assert verwijzing.links.get(token_hash=actions.token_hash(oud)).ingetrokken_op
    assert nieuw not in geldig.token_hash


@pytest.mark.parametrize(
    ("gemaakt", "werkdagen", "beloofd"),
    [
        ("2026-03-16", 2, "2026-03-18"),  # Monday
        ("2026-03-19", 2, "2026-03-23"),  # Thursday: over the weekend
        ("2026-03-21", 1, "2026-03-23"),  # Saturday
        ("2026-04-02", 1, "2026-04-07"),  # over Good Friday and Easter
    ],
)
def test_promises_count_working_days(gemaakt, werkdagen, beloofd):
    moment = timezone.make_aware(datetime.fromisoformat(f"{gemaakt} 14:00"))
    assert str(actions.promised_date(moment, werkdagen)) == beloofd


def test_no_promise_no_date():
    assert actions.promised_date(timezone.now(), None) is None


def test_references_are_no_sequence(verwijzing, aanbod, infopunt, vrijwilliger, gegevens):
    kenmerken = {
        Doorverwijzing(infopunt=infopunt, organisatie=aanbod.organisatie).kenmerk for _ in range(200)
    }
    getallen = [int(kenmerk[2:]) for kenmerk in kenmerken]
    assert len(getallen) > 190
    assert max(getallen) - min(getallen) > 100_000
