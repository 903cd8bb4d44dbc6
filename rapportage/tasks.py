"""Jobs of the worker for the reports: running totals, files that are asked for, mail, and figures for outsiders."""

import logging
from datetime import UTC, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from infopunt.taken import UntilItWorks
from rapportage import abonnement, mail, open_data, publiceren, tellingen, uitvoer
from rapportage.models import Buitenlink, Samenvatting

logger = logging.getLogger(__name__)

NEGEN_UUR = 9


@app.periodic(cron="* * * * *")
@app.task(name="rapportage.verwerk", queueing_lock="rapportage.verwerk")
def verwerk(timestamp: int) -> None:
    """Every minute: add what came and went to the totals."""
    tellingen.verwerk()


@app.periodic(cron="50 2 * * *")
@app.task(name="rapportage.controleer", queueing_lock="rapportage.controleer")
def controleer(timestamp: int) -> None:
    """Every night: compare the totals with the questions. Wrong ones are made anew, and said aloud."""
    fout, voorbeelden = tellingen.controleer()
    if fout:
        logger.error("%d tellingen klopten niet en zijn opnieuw gemaakt; de eerste: %s", fout, voorbeelden[0])
        tellingen.maak_opnieuw()


@app.task(name=uitvoer.MAAK)
def make_uitvoer(*, uitvoer_id: str) -> None:
    """Make the next quarter of a file. What goes wrong stands with it: somebody looks at this page."""
    try:
        uitvoer.step(uitvoer_id=UUID(uitvoer_id))
    except Exception:
        logger.exception("uitvoer %s mislukt", uitvoer_id)
        uitvoer.fail(uitvoer_id=UUID(uitvoer_id))


@app.periodic(cron="* * * * *")
@app.task(name="rapportage.pick_up", queueing_lock="rapportage.pick_up")
def pick_up(timestamp: int) -> None:
    """Every minute: go on with files that a worker left lying."""
    uitvoer.pick_up(timezone.now())


@app.periodic(cron="25 2 * * *")
@app.task(name="rapportage.clean_up", queueing_lock="rapportage.clean_up")
def clean_up(timestamp: int) -> None:
    """Every night: throw away files that are a week old."""
    uitvoer.forget_old(timezone.now())


@app.periodic(cron="0 7,8 * * *")  # UTC: one of the two is nine o'clock here
@app.task(name="rapportage.mail_month", queueing_lock="rapportage.mail_month")
def mail_month(timestamp: int) -> None:
    """At nine on the first working day of the month: queue a mail for everybody who asked for it."""
    moment = timezone.localtime(datetime.fromtimestamp(timestamp, UTC))
    if moment.hour == NEGEN_UUR and abonnement.is_mail_day(moment.date()):
        logger.info("%d maandmails klaargezet", abonnement.queue_month(moment.date()))


@app.task(name="rapportage.send_summary", retry=UntilItWorks())
def send_summary(*, samenvatting_id: int) -> None:
    """Send one mail. Nothing to do when it was sent, or when the reader stopped, left or changed role.

    The row stays locked while sending, so a second worker waits and then finds it sent.
    """
    with transaction.atomic():
        samenvatting = (
            Samenvatting.objects.select_for_update(of=["self"])
            .select_related("abonnement__medewerker")
            .filter(pk=samenvatting_id, verzonden_op=None, abonnement__in=abonnement.may_receive())
            .first()
        )
        if samenvatting is not None:
            mail.send_summary(samenvatting)
            Samenvatting.objects.filter(pk=samenvatting.pk).update(verzonden_op=timezone.now())


@app.periodic(cron="35 2 * * *")
@app.task(name="rapportage.publish_quarters", queueing_lock="rapportage.publish_quarters")
def publish_quarters(timestamp: int) -> None:
    """Every night: publish the quarters that are complete, as long as somebody outside may look."""
    vandaag = timezone.localdate()
    if open_data.huidige_open_data().aan or Buitenlink.objects.open(vandaag).exists():
        publiceren.publish_finished(vandaag)
