"""Jobs of the worker that keep the map right."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django import app

from balie.models import Medewerker
from infopunt.taken import UntilItWorks
from sociale_kaart import agenda_bronnen, bewaartermijn, mail, terugzetten, verzoeken, zoekgeheugen
from sociale_kaart.indexeren import index_aanbod
from sociale_kaart.invoer import stappen
from sociale_kaart.invoer.rijen import BestandFout
from sociale_kaart.models import Aanbod, Agendabron, Controleverzoek, Invoer, Voorstel

logger = logging.getLogger(__name__)

EEN_JAAR = timedelta(days=365)
EEN_MAAND = timedelta(days=30)
NEGEN_UUR = 9


@app.task(name="sociale_kaart.send_controleverzoek", retry=UntilItWorks())
def send_controleverzoek(*, verzoek_id: int) -> None:
    """Mail the organisation a fresh link. Nothing to do when it was sent, or the organisation went."""
    verzoek = (
        Controleverzoek.objects.valid(timezone.now()).select_related("organisatie").filter(pk=verzoek_id)
    )
    gevonden = verzoek.filter(verstuurd_op=None).first()
    if gevonden is None:
        return
    mail.send_controleverzoek(gevonden, token=verzoeken.new_token(gevonden))
    Controleverzoek.objects.filter(pk=gevonden.pk).update(verstuurd_op=timezone.now())


@app.periodic(cron="0 7,8 * * *")  # UTC: one of the two is nine o'clock here
@app.task(name="sociale_kaart.ask_due", queueing_lock="sociale_kaart.ask_due")
def ask_due(timestamp: int) -> None:
    """At nine on the first working day of the month: ask organisations whether all is still right."""
    moment = timezone.localtime(datetime.fromtimestamp(timestamp, UTC))
    if moment.hour == NEGEN_UUR and verzoeken.is_mail_day(moment.date()):
        logger.info("aan %d organisaties gevraagd of alles klopt", verzoeken.ask_due(timezone.now()))


@app.periodic(cron="*/5 * * * *")
@app.task(name="sociale_kaart.index_stale", queueing_lock="sociale_kaart.index_stale")
def index_stale(timestamp: int) -> None:
    """Every five minutes: write the search index of what changed without it, such as after an upgrade."""
    index_aanbod(Aanbod.objects.stale())


@app.periodic(cron="15 2 * * *")
@app.task(name="sociale_kaart.clean_up", queueing_lock="sociale_kaart.clean_up")
def clean_up(timestamp: int) -> None:
    """Every night: throw away what bewaren.py says should be gone."""
    nu = timezone.now()
    Controleverzoek.objects.filter(gemaakt_op__lt=nu - EEN_JAAR).delete()
    Voorstel.objects.filter(behandeld_op__lt=nu - EEN_JAAR).delete()
    oud = Invoer.objects.filter(gemaakt_op__lt=nu - EEN_MAAND)
    oud.exclude(Q(inhoud=None) & Q(verslag={})).update(inhoud=None, verslag={})
    zoekgeheugen.forget_old(timezone.localdate(nu))
    bewaartermijn.forget_history(nu)


@app.task(name="sociale_kaart.fetch_agenda")
def fetch_agenda(*, bron_id: int) -> None:
    """Fetch the calendar of a partner; what goes wrong stands with it, tomorrow is another day."""
    bron = Agendabron.objects.filter(pk=bron_id).first()
    if bron is not None:
        agenda_bronnen.fetch_source(bron, timezone.now())


@app.periodic(cron="40 2 * * *")
@app.task(name="sociale_kaart.fetch_agendas", queueing_lock="sociale_kaart.fetch_agendas")
def fetch_agendas(timestamp: int) -> None:
    """Every night: fetch the calendars of all partners, each in a job of its own."""
    for bron in Agendabron.objects.filter(organisatie__gearchiveerd_op=None):
        agenda_bronnen.queue_fetch(bron)


@app.task(name="sociale_kaart.read_invoer")
def read_invoer(*, invoer_id: str) -> None:
    """Compare a file with the map. What goes wrong stands with it: somebody looks at this page."""
    invoer = Invoer.objects.filter(pk=invoer_id, status=Invoer.Status.LEZEN).first()
    if invoer is not None:
        _try(invoer, lambda: stappen.read(invoer))


@app.task(name="sociale_kaart.write_invoer")
def write_invoer(*, invoer_id: str, archiveer: list[int]) -> None:
    """Put a file into the map, whole or not at all."""
    invoer = Invoer.objects.filter(pk=invoer_id, status=Invoer.Status.SCHRIJVEN).first()
    if invoer is not None:
        _try(invoer, lambda: stappen.write(invoer, archiveer))


@app.task(name="sociale_kaart.undo_change", lock=stappen.SLOT)
def undo_change(*, context_id: str, medewerker_id: int) -> None:
    """Undo a large change, all but what changed again since."""
    by = Medewerker.objects.get(pk=medewerker_id)
    niet = [stap for stap in terugzetten.undo(context_id=UUID(context_id), by=by, rest=True) if stap.kan_niet]
    logger.info("wijziging teruggezet, %d rijen niet", len(niet))


def _try(invoer: Invoer, doe: Callable[[], None]) -> None:
    try:
        doe()
    except BestandFout as fout:
        stappen.fail(invoer, str(fout))
    except Exception:
        logger.exception("invoer %s mislukt", invoer.pk)
        stappen.fail(invoer, stappen.MISLUKT)
