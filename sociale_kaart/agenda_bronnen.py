"""Calendars of partners: fetched every day and on demand, what is gone goes, what went wrong is said in words."""

import html
import re
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.html import strip_tags
from procrastinate.contrib.django import app

from sociale_kaart import agenda_ophalen
from sociale_kaart.agenda_lezen import Leesfout, Punt, read_apart
from sociale_kaart.agenda_ophalen import AgendaFout
from sociale_kaart.models import Agendabron, Agendapunt

VOORUIT = timedelta(days=183)
# Last week stays to be leafed back to.
TERUG = timedelta(days=7)
VELDEN = ("eind", "hele_dag", "titel", "omschrijving", "plek", "kern_id")


def queue_fetch(bron: Agendabron) -> None:
    """Have it fetched by the worker, one at a time per calendar."""
    app.configure_task("sociale_kaart.fetch_agenda", lock=f"agenda-{bron.pk}").defer(bron_id=bron.pk)


def fetch_source(bron: Agendabron, nu: datetime) -> None:
    """Fetch one calendar now. When that fails its events stay, and `fout` says why."""
    vandaag = timezone.localdate(nu)
    vanaf, tot = vandaag - timedelta(days=vandaag.weekday()) - TERUG, vandaag + VOORUIT
    try:
        punten = read_apart(agenda_ophalen.fetch(bron.url), vanaf, tot)
    except (AgendaFout, Leesfout) as fout:
        Agendabron.objects.filter(pk=bron.pk).update(geprobeerd_op=nu, fout=str(fout))
        return
    store(bron=bron, punten=punten, nu=nu)


@transaction.atomic
def store(*, bron: Agendabron, punten: list[Punt], nu: datetime) -> None:
    """Make the events of this calendar those; what is the same is not touched."""
    bron_nu = Agendabron.objects.select_for_update().filter(pk=bron.pk).first()
    if bron_nu is None:
        return
    bestaand = {(punt.uid, punt.begin): punt for punt in bron_nu.punten.all()}
    straks = {(punt.uid, punt.begin): punt for punt in (_agendapunt(bron_nu, punt) for punt in punten)}
    weg = [punt.pk for sleutel, punt in bestaand.items() if sleutel not in straks]
    bron_nu.punten.filter(pk__in=weg).delete()
    Agendapunt.objects.bulk_create(punt for sleutel, punt in straks.items() if sleutel not in bestaand)
    anders = []
    for sleutel, oud in bestaand.items():
        nieuw = straks.get(sleutel)
        if nieuw and any(getattr(oud, veld) != getattr(nieuw, veld) for veld in VELDEN):
            nieuw.pk = oud.pk
            anders.append(nieuw)
    Agendapunt.objects.bulk_update(anders, [veld.removesuffix("_id") for veld in VELDEN])
    bron_nu.gelukt_op = bron_nu.geprobeerd_op = nu
    bron_nu.fout = ""
    bron_nu.save(update_fields=["gelukt_op", "geprobeerd_op", "fout"])


def _agendapunt(bron: Agendabron, punt: Punt) -> Agendapunt:
    return Agendapunt(
        bron=bron,
        uid=plain(punt.uid, 255),
        begin=punt.begin,
        eind=punt.eind,
        hele_dag=punt.hele_dag,
        titel=plain(punt.titel, 200) or "Zonder naam",
        omschrijving=plain(punt.omschrijving, 2000),
        plek=plain(punt.plek, 200),
        kern_id=bron.kern_id,
    )


def plain(tekst: str, lengte: int) -> str:
    """Text of others as one line of words: no tags, no hidden characters, cut to size."""
    kaal = strip_tags(html.unescape(re.sub(r"<br ?/?>|</p>", " ", tekst, flags=re.IGNORECASE)))
    zichtbaar = "".join(teken if teken.isprintable() else " " for teken in kaal)
    schoon = " ".join(zichtbaar.split())
    return schoon if len(schoon) <= lengte else f"{schoon[: lengte - 1]}…"
