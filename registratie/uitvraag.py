"""Whether age and gender are asked: always, in sample weeks, or never. A coordinator decides."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from registratie.models import Uitvraag


def huidige_uitvraag() -> Uitvraag:
    """What was set; until somebody sets it, both are always asked."""
    return Uitvraag.objects.first() or Uitvraag()


def vraagt_persoon(moment: datetime) -> bool:
    """Are age and gender asked of somebody who comes at `moment`?"""
    uitvraag = huidige_uitvraag()
    if uitvraag.modus == Uitvraag.Modus.STEEKPROEF:
        return monday_of(timezone.localdate(moment)) in uitvraag.weken
    return uitvraag.modus == Uitvraag.Modus.ALTIJD


def monday_of(dag: date) -> date:
    """The first day of the week `dag` falls in: sample weeks are named by it."""
    return dag - timedelta(days=dag.weekday())
