"""Jobs of the worker that keep the running totals."""

import logging

from procrastinate.contrib.django import app

from rapportage import tellingen

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
