"""Jobs of the worker for the reports: running totals, and files that are asked for."""

import logging
from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from rapportage import tellingen, uitvoer

logger = logging.getLogger(__name__)


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
