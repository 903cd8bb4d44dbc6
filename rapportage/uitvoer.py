"""Files over several years: asked for, made by the worker quarter by quarter, kept for a week.

Every quarter is a job of its own that asks for the next one when it is done. So mail and erasing never wait longer
than one quarter takes, stopping works at once, and a worker that dies loses one quarter: `pick_up` goes on from there.
Two jobs for the same file do no harm, because a quarter is kept only once.
"""

import logging
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from balie.models import Infopunt, Medewerker
from rapportage import meerjaren
from rapportage.kwartalen import quarters
from rapportage.models import Uitvoer, UitvoerDeel
from rapportage.models.uitvoer import BEWAARD
from rapportage.permissions import may_report

logger = logging.getLogger(__name__)

Status = Uitvoer.Status
MAAK = "rapportage.make_uitvoer"
NA_DE_REST = -10  # mail to partners and erasing go first
HOOGSTENS_OPNIEUW = 3
MISLUKT = "Er ging iets mis bij het maken. Probeer het nog een keer. Lukt het weer niet? Vraag de beheerder."
STEEDS_STIL = "Het maken is een paar keer gestopt. Kies minder kwartalen, of vraag de beheerder om te kijken."
MAG_NIET = "Dit account mag de cijfers niet meer zien."


@transaction.atomic
def ask(*, eerste: date, laatste: date, by: Medewerker) -> Uitvoer:
    """Have the file made. Who asks twice gets the one that is in the making."""
    uitvoer, is_nieuw = Uitvoer.objects.open().get_or_create(
        gevraagd_door=by,
        eerste=eerste,
        laatste=laatste,
        defaults={"totaal": len(quarters(eerste, laatste))},
    )
    if is_nieuw:
        _queue(uitvoer)
    return uitvoer


def stop(*, uitvoer: Uitvoer) -> None:
    """Make it no further; nothing to do when it is there already."""
    _end(uitvoer, Status.GESTOPT)


def step(*, uitvoer_id: UUID) -> None:
    """Make the next quarter, or the file when all of them are there. Nothing to do once it ended."""
    uitvoer = Uitvoer.objects.open().select_related("gevraagd_door").filter(pk=uitvoer_id).first()
    if uitvoer is None:
        return
    by = uitvoer.gevraagd_door
    if not (by.is_active and may_report(by.rol)):
        _end(uitvoer, Status.MISLUKT, MAG_NIET)
        return
    infopunten = list(Infopunt.objects.visible_to(by).select_related("kern"))
    klaar = set(uitvoer.delen.values_list("kwartaal", flat=True))
    te_doen = [k for k in quarters(uitvoer.eerste, uitvoer.laatste) if k not in klaar]
    if te_doen:
        # Outside the transaction that keeps it: this takes long, and who stops must not wait for it.
        _keep(uitvoer, te_doen[0], meerjaren.rows(te_doen[0], infopunten, timezone.localdate()))
    else:
        _finish(uitvoer, [infopunt.naam for infopunt in infopunten])


def fail(*, uitvoer_id: UUID) -> None:
    uitvoer = Uitvoer.objects.open().filter(pk=uitvoer_id).first()
    if uitvoer is not None:
        _end(uitvoer, Status.MISLUKT, MISLUKT)


@transaction.atomic
def pick_up(moment: datetime) -> None:
    """Go on with what nobody works on, a few times; after that say so."""
    for uitvoer in Uitvoer.objects.silent(moment).select_for_update(skip_locked=True):
        if uitvoer.pogingen >= HOOGSTENS_OPNIEUW:
            _end(uitvoer, Status.MISLUKT, STEEDS_STIL)
            continue
        uitvoer.pogingen += 1
        uitvoer.gemeld_op = moment
        uitvoer.save(update_fields=["pogingen", "gemeld_op"])
        _queue(uitvoer)
        logger.warning("uitvoer %s lag stil en is opnieuw opgepakt", uitvoer.pk)


def forget_old(moment: datetime) -> None:
    Uitvoer.objects.filter(gemaakt_op__lte=moment - BEWAARD).delete()


@transaction.atomic
def _keep(uitvoer: Uitvoer, kwartaal: date, rijen: list[meerjaren.Rij]) -> None:
    """Put a quarter with the file and ask for the next one, unless somebody stopped it meanwhile."""
    nu = Uitvoer.objects.open().select_for_update().filter(pk=uitvoer.pk).first()
    if nu is None:
        return
    UitvoerDeel.objects.get_or_create(uitvoer=nu, kwartaal=kwartaal, defaults={"rijen": rijen})
    nu.status, nu.gedaan, nu.pogingen, nu.gemeld_op = Status.BEZIG, nu.delen.count(), 0, timezone.now()
    nu.save(update_fields=["status", "gedaan", "pogingen", "gemeld_op"])
    _queue(nu)


def _finish(uitvoer: Uitvoer, infopunten: list[str]) -> None:
    rijen = (rij for deel in uitvoer.delen.iterator(chunk_size=1) for rij in deel.rijen)
    inhoud = meerjaren.workbook(uitvoer.eerste, uitvoer.laatste, infopunten, rijen)
    _end(uitvoer, Status.KLAAR, inhoud=inhoud)


@transaction.atomic
def _end(uitvoer: Uitvoer, status: Status, fout: str = "", *, inhoud: bytes | None = None) -> None:
    open_nog = Uitvoer.objects.open().filter(pk=uitvoer.pk)
    if open_nog.update(status=status, fout=fout, inhoud=inhoud, gemeld_op=timezone.now()):
        uitvoer.delen.all().delete()


def _queue(uitvoer: Uitvoer) -> None:
    """By name, because the tasks import this module. Without a lock: that of a dead worker is never given back."""
    app.configure_task(MAAK, priority=NA_DE_REST).defer(uitvoer_id=str(uitvoer.pk))
