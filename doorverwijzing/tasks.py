"""Jobs of the worker: mail to partners, and destroying details on time."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from doorverwijzing import actions, herinneren, mail
from doorverwijzing.models import Doorverwijzing
from infopunt.taken import UntilItWorks

logger = logging.getLogger(__name__)


@app.task(name="doorverwijzing.send_mail", retry=UntilItWorks())
def send_mail(*, doorverwijzing_id: str) -> None:
    """Mail the partner a fresh link. Nothing to do once the referral has ended or is gone."""
    verwijzing = Doorverwijzing.objects.for_list().filter(pk=doorverwijzing_id).first()
    if verwijzing is None or not verwijzing.is_open or verwijzing.verzonden_op:
        return
    mail.send(verwijzing, token=actions.new_link(verwijzing))
    Doorverwijzing.objects.filter(pk=verwijzing.pk).update(verzonden_op=timezone.now())


@app.task(name="doorverwijzing.send_withdrawn", retry=UntilItWorks())
def send_withdrawn(*, doorverwijzing_id: str) -> None:
    """Tell the partner that nobody waits for their call any more."""
    verwijzing = Doorverwijzing.objects.for_list().filter(pk=doorverwijzing_id).first()
    if verwijzing is not None:
        mail.send_withdrawn(verwijzing)


@app.task(name="doorverwijzing.send_overdue", retry=UntilItWorks())
def send_overdue(*, doorverwijzing_ids: list[str]) -> None:
    """One mail to all coordinators about what still waits; nothing to do when it moved meanwhile."""
    wachtend = Doorverwijzing.objects.open().for_list().filter(pk__in=doorverwijzing_ids)
    if verwijzingen := list(wachtend):
        mail.send_overdue(verwijzingen)


@app.periodic(cron="* * * * *")
@app.task(name="doorverwijzing.erase_due", queueing_lock="doorverwijzing.erase_due")
def erase_due(timestamp: int) -> None:
    """Every minute: destroy what is due."""
    aantal = actions.erase_due(timezone.now())
    if aantal:
        logger.info("gegevens gewist van %d doorverwijzingen", aantal)


@app.periodic(cron="30 7 * * *")  # UTC: half past eight or half past nine
@app.task(name="doorverwijzing.remind_due", queueing_lock="doorverwijzing.remind_due")
def remind_due(timestamp: int) -> None:
    """Every morning: remind partners of calls they promised, and tell the coordinators where that did not help."""
    herinneren.report_overdue(timezone.now())
    herinneren.remind_due(timezone.now())
