"""A worker that is killed with a job in its hands: another one does it."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from doorverwijzing import actions
from doorverwijzing.models import Doorverwijzing
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def work():
    """One round of a real worker, with connections of its own."""

    def run():
        with app.replace_connector(app.connector.get_worker_connector()) as worker_app:
            worker_app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=30)
    assert not thread.is_alive()


def killed_with(job_id, *, heartbeat):
    """As a worker leaves things that was killed while it did this job."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s) RETURNING id", [heartbeat]
        )
        worker = cursor.fetchone()[0]
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", [worker, job_id]
        )


@pytest.mark.parametrize(("ago", "sent"), [(timedelta(minutes=5), True), (timedelta(0), False)])
def test_a_mail_that_was_in_its_hands_goes_out_after_all(mailoutbox, ago, sent):
    verwijzing = factories.DoorverwijzingFactory()
    actions.send_again(doorverwijzing=verwijzing)
    job = ProcrastinateJob.objects.get(task_name="doorverwijzing.send_mail")
    killed_with(job.pk, heartbeat=timezone.now() - ago)
    app.configure_task("infopunt.rescue_stalled").defer(timestamp=0)
    work()
    work()
    assert (Doorverwijzing.objects.get().verzonden_op is not None) is sent
    assert len(mailoutbox) == sent
