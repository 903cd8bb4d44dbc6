"""A partner who promised to call and did not is reminded once, on a working day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from doorverwijzing import actions, herinneren, tasks
from doorverwijzing.models import Doorverwijzing, Status
from tests import factories
from tests.doorverwijzing.conftest import queued_jobs

pytestmark = pytest.mark.django_db

BELOOFD = date(2026, 3, 17)  # a Tuesday


def morning(day):
    return timezone.make_aware(datetime.fromisoformat(f"{day} 08:30"))


@pytest.fixture
def te_laat():
    return factories.DoorverwijzingFactory(
        aangemaakt_op=morning("2026-03-13"), verzonden_op=morning("2026-03-13"), beloofd_op=BELOOFD
    )


@pytest.mark.parametrize(
    ("dag", "aantal"),
    [
        ("2026-03-17", 0),  # the promised day itself
        ("2026-03-18", 1),
        ("2026-03-21", 0),  # Saturday
        ("2026-04-06", 0),  # Easter Monday
    ],
)
def test_after_the_promised_day_on_a_working_day(te_laat, dag, aantal):
    assert herinneren.remind_due(morning(dag)) == aantal
    assert len(queued_jobs()) == aantal


def test_once(te_laat):
    assert herinneren.remind_due(morning("2026-03-18")) == 1
    assert herinneren.remind_due(morning("2026-03-19")) == 0


@pytest.mark.parametrize("status", [Status.CONTACT_GELEGD, Status.GEHOLPEN])
def test_not_when_they_called(te_laat, status):
    actions.report(doorverwijzing=te_laat, afloop=actions.Afloop(status), door="partner")
    assert herinneren.remind_due(morning("2026-03-18")) == 0


def test_not_when_the_first_mail_never_left(te_laat):
    type(te_laat).objects.update(verzonden_op=None)
    assert herinneren.remind_due(morning("2026-03-18")) == 0


def test_who_only_said_received_is_asked_how_it_went(te_laat, mailoutbox, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    actions.report(doorverwijzing=te_laat, afloop=actions.Afloop(Status.ONTVANGEN), door="partner")
    oud = actions.new_link(te_laat)
    herinneren.remind_due(morning("2026-03-18"))
    tasks.send_mail(doorverwijzing_id=str(te_laat.pk))
    (bericht,) = mailoutbox
    assert "hoe ging het?" in bericht.subject
    assert "We hoorden nog niet hoe dat ging." in bericht.body
    assert "/d/" in bericht.body
    assert te_laat.links.get(token_hash=actions.token_hash(oud)).ingetrokken_op


def test_the_list_can_show_only_what_asks_something(as_user, coordinator, te_laat):
    rustig = factories.DoorverwijzingFactory()
    html = as_user(coordinator).get("/doorverwijzingen/?stand=vraagt").content.decode()
    assert te_laat.kenmerk in html
    assert rustig.kenmerk not in html


def test_the_coordinator_hears_once_what_a_reminder_did_not_move(te_laat, mailoutbox):
    from procrastinate.contrib.django.models import ProcrastinateJob

    onderwerp = factories.OnderwerpFactory()
    factories.AanbodFactory(organisatie=te_laat.organisatie, onderwerpen=[onderwerp])
    factories.AanbodFactory(naam="Maatjes", organisatie__naam="Humanitas", onderwerpen=[onderwerp])
    factories.MedewerkerFactory(rol="coordinator", email="coordinator@bibliotheek.example")
    factories.MedewerkerFactory(rol="coordinator", email="weg@bibliotheek.example", is_active=False)
    dinsdag = datetime(2026, 3, 17, 9, 0, tzinfo=UTC)
    Doorverwijzing.objects.filter(pk=te_laat.pk).update(herinnerd_op=dinsdag - timedelta(days=4))
    assert herinneren.report_overdue(dinsdag - timedelta(days=2)) == 0  # a Sunday
    assert herinneren.report_overdue(dinsdag) == 1
    assert herinneren.report_overdue(dinsdag) == 0
    [job] = ProcrastinateJob.objects.filter(task_name="doorverwijzing.send_overdue")
    tasks.send_overdue(**job.args)
    [bericht] = mailoutbox
    assert bericht.recipients() == ["coordinator@bibliotheek.example"]
    assert te_laat.kenmerk in bericht.body
    assert "Ook na een herinnering hoorden we niets." in bericht.body
    assert "Wie anders kan helpen: Maatjes (Humanitas)." in bericht.body
    assert "/doorverwijzingen/bord/" in bericht.body


@pytest.mark.parametrize(
    ("kenmerken", "zin"),
    [
        ({"hapering": "teruggekomen", "hapering_op": morning("2026-03-13")}, "De mail kwam niet aan."),
        ({"hapering": "op_slot", "hapering_op": morning("2026-03-13")}, "De link ging op slot"),
        ({"email": "weg@elders.example", "beloofd_op": date(2026, 3, 6)}, "Het mailadres staat niet meer"),
    ],
)
def test_the_coordinator_hears_too_when_there_was_nobody_to_remind(te_laat, mailoutbox, kenmerken, zin):
    factories.MedewerkerFactory(rol="coordinator")
    assert herinneren.report_overdue(morning("2026-03-17")) == 0
    Doorverwijzing.objects.filter(pk=te_laat.pk).update(**kenmerken)
    assert herinneren.remind_due(morning("2026-03-17")) == 0
    assert herinneren.report_overdue(morning("2026-03-17")) == 1
    tasks.send_overdue(doorverwijzing_ids=[str(te_laat.pk)])
    assert zin in mailoutbox[0].body


def test_what_moved_after_all_is_not_mailed(te_laat, mailoutbox):
    factories.MedewerkerFactory(rol="coordinator")
    actions.report(doorverwijzing=te_laat, afloop=actions.Afloop(Status.GEHOLPEN), door="partner")
    tasks.send_overdue(doorverwijzing_ids=[str(te_laat.pk)])
    assert mailoutbox == []
