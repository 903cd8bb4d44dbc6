"""Watching the promise that details go on time: for /healthz, for the coordinator's pages, and by mail.

A worker that stands still cannot mail. So /healthz and the pages look for themselves, and the mail goes as soon as
a worker is there: before it erases, or when erasing itself fails.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from doorverwijzing.models import Doorverwijzing, DoorverwijzingQuerySet

SPELING = timedelta(minutes=5)  # the worker looks every minute


def overdue(now: datetime) -> DoorverwijzingQuerySet:
    """Whose details should have been destroyed some minutes ago. The day itself has until five past midnight."""
    return Doorverwijzing.objects.to_erase(now - SPELING)


def count_overdue() -> int:
    return overdue(timezone.now()).count()


@transaction.atomic
def report_late(now: datetime) -> int:
    """Queue one mail to the coordinators about what they were not told of yet; returns how many that are."""
    laat = overdue(now).filter(wissen_gemeld_op=None).select_for_update(skip_locked=True)
    ids = list(laat.values_list("pk", flat=True))
    if ids:
        Doorverwijzing.objects.filter(pk__in=ids).update(wissen_gemeld_op=now)
        app.configure_task("doorverwijzing.send_erased_late").defer(
            doorverwijzing_ids=[str(pk) for pk in ids]
        )
    return len(ids)
