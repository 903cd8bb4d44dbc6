"""The monthly mail: who wants it, when it goes, and the link that stops it without logging in.

The link is signed, so nothing about it is kept. It holds the `kenmerk` of the subscription: who stops and starts again
gets a new one, and an old mail stops nothing any more.
"""

from datetime import date
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from procrastinate.contrib.django import app

from balie.models import Medewerker, Rol
from rapportage.models import Abonnement, Samenvatting
from rapportage.permissions import may_report
from sociale_kaart.feestdagen import is_workday

ZOUT = "rapportage.samenvatting"
ROLLEN = [rol for rol in Rol if may_report(rol)]
INHALEN = 7  # days


def subscribe(medewerker: Medewerker) -> None:
    Abonnement.objects.get_or_create(medewerker=medewerker)


def unsubscribe(medewerker: Medewerker) -> None:
    Abonnement.objects.filter(medewerker=medewerker).delete()


def stop_token(abonnement: Abonnement) -> str:
    return signing.dumps(str(abonnement.kenmerk), salt=ZOUT)


def from_token(token: str) -> Abonnement | None:
    """The subscription that a link stops; None for a forged link, and for one that was stopped."""
    try:
        kenmerk = UUID(signing.loads(token, salt=ZOUT))
    except (signing.BadSignature, ValueError):
        return None
    return Abonnement.objects.filter(kenmerk=kenmerk).first()


def may_receive() -> QuerySet[Abonnement]:
    """Who may still see the reports, and has an address."""
    return Abonnement.objects.filter(medewerker__is_active=True, medewerker__rol__in=ROLLEN).exclude(
        medewerker__email=""
    )


def first_workday(dag: date) -> date:
    """Of the month that `dag` is in."""
    return next(d for d in (dag.replace(day=nummer) for nummer in range(1, 15)) if is_workday(d))


def is_mail_day(dag: date) -> bool:
    """The first working day of a month, and the working days right after it, for when the worker was off."""
    return is_workday(dag) and (dag - first_workday(dag)).days < INHALEN


@transaction.atomic
def queue_month(dag: date) -> int:
    """Queue this month's mail for everybody who has none yet; how many that are."""
    maand = dag.replace(day=1)
    al = Samenvatting.objects.filter(abonnement=OuterRef("pk"), maand=maand)
    nieuw = may_receive().filter(~Exists(al), sinds__date__lte=first_workday(dag)).select_for_update()
    aantal = 0
    for abonnement in nieuw:
        samenvatting, is_nieuw = Samenvatting.objects.get_or_create(abonnement=abonnement, maand=maand)
        if is_nieuw:
            app.configure_task("rapportage.send_summary").defer(samenvatting_id=samenvatting.pk)
            aantal += 1
    return aantal
