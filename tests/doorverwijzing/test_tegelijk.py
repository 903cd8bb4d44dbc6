"""Two people at once, a worker that dies halfway, a clock that jumps: each has one right answer."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from doorverwijzing import actions, mail, tasks
from doorverwijzing.actions import Afloop
from doorverwijzing.models import Contactgegevens, Doorverwijzing, Partnerlink, Status
from tests import factories


def at_once(*steps):
    """Run these side by side, each with a connection of its own; a step that comes too late may say so."""

    def run(step):
        try:
            with suppress(actions.OngeldigeOvergang):
                step()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(steps)) as pool:
        list(pool.map(run, steps))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("uitkomst", [Status.GEHOLPEN, Status.NIET_BEREIKT])
def test_partner_answers_while_the_visitor_withdraws(verwijzing, uitkomst):
    at_once(
        lambda: actions.report(doorverwijzing=verwijzing, afloop=Afloop(uitkomst), door="partner"),
        lambda: actions.withdraw(doorverwijzing=verwijzing, door="bezoeker"),
    )
    verwijzing.refresh_from_db()
    assert verwijzing.status in {uitkomst, Status.INGETROKKEN}
    # Whoever was first, the visitor's wish is done: the details are gone.
    assert verwijzing.gewist_op is not None
    assert not Contactgegevens.objects.exists()
    assert verwijzing.gebeurtenissen.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_pass_it_on_at_once(verwijzing):
    ander = factories.OrganisatieFactory()
    afloop = Afloop(Status.NIET_PASSEND, "anders", beter_bij=ander)
    at_once(*[lambda: actions.pass_on(doorverwijzing=verwijzing, afloop=afloop)] * 2)
    assert Doorverwijzing.objects.filter(vervolg_op=verwijzing).count() == 1


@pytest.mark.django_db(transaction=True)
def test_link_opened_twice_and_both_tap(verwijzing, token):
    def tap(antwoord):
        Client().post(f"/d/{token}/", {"antwoord": antwoord})

    at_once(lambda: tap("geholpen"), lambda: tap("niet_bereikt"))
    verwijzing.refresh_from_db()
    assert verwijzing.status in {Status.GEHOLPEN, Status.NIET_BEREIKT}
    assert verwijzing.gebeurtenissen.count() == 2
    assert verwijzing.can_be_restored


@pytest.mark.django_db(transaction=True)
def test_erasing_and_not_after_all_at_once(verwijzing):
    actions.report(doorverwijzing=verwijzing, afloop=Afloop(Status.GEHOLPEN), door="partner")
    straks = timezone.now() + timedelta(minutes=11)
    at_once(
        lambda: actions.erase_due(straks),
        lambda: actions.restore(doorverwijzing=verwijzing, door="partner"),
    )
    verwijzing.refresh_from_db()
    # Either it is open and the details are there, or it has ended and they are gone.
    assert verwijzing.is_open == Contactgegevens.objects.exists()
    assert verwijzing.is_open == (verwijzing.gewist_op is None)


@pytest.mark.django_db(transaction=True)
def test_worker_dies_between_sending_and_noting(verwijzing, mailoutbox):
    really_send = mail.send

    def send_and_die(*args, **kwargs):
        really_send(*args, **kwargs)
        raise RuntimeError("killed")

    with patch.object(mail, "send", send_and_die), pytest.raises(RuntimeError):
        tasks.send_mail(doorverwijzing_id=str(verwijzing.pk))
    tasks.send_mail(doorverwijzing_id=str(verwijzing.pk))
    verwijzing.refresh_from_db()
    assert verwijzing.verzonden_op is not None
    assert Partnerlink.objects.filter(doorverwijzing=verwijzing, ingetrokken_op__isnull=True).count() == 1
    # Rather one mail too many than none; the link in the first one is dead and says so.
    assert len(mailoutbox) == 2
    eerste = next(regel for regel in mailoutbox[0].body.splitlines() if "/d/" in regel)
    assert Client().get(urlsplit(eerste).path).status_code == 410


@pytest.mark.django_db
@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 3, 29, 0, 55, tzinfo=UTC),  # five minutes before the clock goes from two to three
        datetime(2026, 10, 25, 0, 55, tzinfo=UTC),  # five minutes before it goes from three back to two
    ],
)
def test_ten_minutes_are_ten_minutes_when_the_clock_changes(verwijzing, moment):
    with patch.object(timezone, "now", return_value=moment):
        actions.report(doorverwijzing=verwijzing, afloop=Afloop(Status.GEHOLPEN), door="partner")
    Doorverwijzing.objects.update(verloopt_op=date(2027, 1, 1))
    assert actions.erase_due(moment + timedelta(minutes=9, seconds=59)) == 0
    assert actions.erase_due(moment + timedelta(minutes=10)) == 1


@pytest.mark.parametrize(
    ("dag", "beloofd"),
    [
        ("2026-03-27", date(2026, 3, 31)),  # Friday before summer time
        ("2026-10-23", date(2026, 10, 27)),
        ("2026-04-02", date(2026, 4, 8)),  # Easter: Good Friday and Monday do not count
    ],
)
def test_promised_days_across_holidays_and_clock_changes(dag, beloofd):
    nu = timezone.make_aware(datetime.fromisoformat(f"{dag} 23:30"))
    assert actions.promised_date(nu, 2) == beloofd
