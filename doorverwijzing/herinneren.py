"""Partners who promised to call are reminded once; what that does not move goes to the coordinators."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from doorverwijzing import actions
from doorverwijzing.models import Doorverwijzing
from sociale_kaart.feestdagen import is_workday


def remind_due(now: datetime) -> int:
    """Remind partners, once, of calls they promised; on working days only. Returns how many."""
    if not is_workday(timezone.localdate(now)):
        return 0
    te_laat = Doorverwijzing.objects.to_remind(now).values_list("pk", flat=True)
    return sum(_remind_one(pk, now) for pk in te_laat)


@transaction.atomic
def _remind_one(pk: uuid.UUID, now: datetime) -> bool:
    verwijzing = (
        Doorverwijzing.objects.to_remind(now).select_for_update(skip_locked=True).filter(pk=pk).first()
    )
    if verwijzing is None:
        return False
    verwijzing.herinnerd_op = now
    verwijzing.save(update_fields=["herinnerd_op"])
    actions.send_again(doorverwijzing=verwijzing)
    return True


@transaction.atomic
def report_overdue(now: datetime) -> int:
    """Tell the coordinators, once, of referrals that a reminder did not move; on working days. Returns how many."""
    if not is_workday(timezone.localdate(now)):
        return 0
    stil = Doorverwijzing.objects.to_report(now).select_for_update(skip_locked=True)
    ids = list(stil.values_list("pk", flat=True))
    if ids:
        Doorverwijzing.objects.filter(pk__in=ids).update(gemeld_op=now)
        app.configure_task("doorverwijzing.send_overdue").defer(doorverwijzing_ids=[str(pk) for pk in ids])
    return len(ids)
