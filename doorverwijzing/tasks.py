"""Jobs of the worker: mail to partners, and destroying details on time."""

import logging
import smtplib

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from doorverwijzing import actions, bewaking, herinneren, mail, retour, retourbus
from doorverwijzing.models import Doorverwijzing
from infopunt.taken import UntilItWorks

logger = logging.getLogger(__name__)


@app.task(name="doorverwijzing.send_mail", retry=UntilItWorks())
def send_mail(*, doorverwijzing_id: str) -> None:
    """Mail the partner a fresh link. Nothing to do once the referral has ended or is gone.

    When the partner's mail server refuses it for good, the desk sees that; every other failure is tried again.
    """
    verwijzing = Doorverwijzing.objects.for_list().filter(pk=doorverwijzing_id).first()
    if verwijzing is None or not verwijzing.is_open or verwijzing.verzonden_op:
        return
    try:
        mail.send(verwijzing, token=actions.new_link(verwijzing))
    except smtplib.SMTPException as fout:
        if not retour.is_refused_for_good(fout):
            raise
        retour.note_refused(verwijzing)
        return
    Doorverwijzing.objects.filter(pk=verwijzing.pk).update(verzonden_op=timezone.now())


@app.task(name="doorverwijzing.send_withdrawn", retry=UntilItWorks())
def send_withdrawn(*, doorverwijzing_id: str) -> None:
    """Tell the partner that nobody waits for their call any more."""
    verwijzing = Doorverwijzing.objects.for_list().filter(pk=doorverwijzing_id).first()
    if verwijzing is None:
        return
    try:
        mail.send_withdrawn(verwijzing)
    except smtplib.SMTPException as fout:
        # An address that takes no mail never had the first one either: nobody waits for this word.
        if not retour.is_refused_for_good(fout):
            raise


@app.task(name="doorverwijzing.send_overdue", retry=UntilItWorks())
def send_overdue(*, doorverwijzing_ids: list[str]) -> None:
    """One mail to all coordinators about what still waits; nothing to do when it moved meanwhile."""
    wachtend = Doorverwijzing.objects.open().for_list().filter(pk__in=doorverwijzing_ids)
    if verwijzingen := list(wachtend):
        mail.send_overdue(verwijzingen)


@app.task(name="doorverwijzing.send_erased_late", retry=UntilItWorks())
def send_erased_late(*, doorverwijzing_ids: list[str]) -> None:
    """One mail to all coordinators about details that stayed longer than was promised."""
    verwijzingen = Doorverwijzing.objects.for_list().filter(pk__in=doorverwijzing_ids)
    mail.send_erased_late(list(verwijzingen))


@app.periodic(cron="*/10 * * * *")
@app.task(name="doorverwijzing.read_returned", queueing_lock="doorverwijzing.read_returned")
def read_returned(timestamp: int) -> None:
    """Every ten minutes, where a mailbox is configured: read the mail that came back."""
    if settings.RETOUR_IMAP:
        retourbus.empty()


@app.periodic(cron="* * * * *")
@app.task(name="doorverwijzing.erase_due", queueing_lock="doorverwijzing.erase_due")
def erase_due(timestamp: int) -> None:
    """Every minute: destroy what is due. What stayed too long, for want of a worker, is told first."""
    bewaking.report_late(timezone.now())
    aantal = actions.erase_due(timezone.now())
    if aantal:
        logger.info("gegevens gewist van %d doorverwijzingen", aantal)


@app.periodic(cron="30 7 * * *")  # UTC: half past eight or half past nine
@app.task(name="doorverwijzing.remind_due", queueing_lock="doorverwijzing.remind_due")
def remind_due(timestamp: int) -> None:
    """Every morning: remind partners of calls they promised, and tell the coordinators where that did not help."""
    herinneren.report_overdue(timezone.now())
    herinneren.remind_due(timezone.now())
