"""A file on its way in: received, looked at, written. The worker reads and writes; every step may be done again."""

import time
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from balie.models import Medewerker
from sociale_kaart.geschiedenis import because
from sociale_kaart.invoer import tabel
from sociale_kaart.invoer.lezen import herken, lees_bron
from sociale_kaart.invoer.rijen import BestandFout, Invoerbestand
from sociale_kaart.invoer.schrijven import importeer
from sociale_kaart.models import Invoer

MISLUKT = "Er ging iets mis bij het verwerken. Er is niets veranderd. Probeer het nog een keer."
WAAROM = "bestand ingelezen"
# One import at a time: the worker lets the next one wait.
SLOT = "sociale_kaart.invoer"
HSDS = (Invoer.Soort.HSDS_JSON, Invoer.Soort.HSDS_CSV)
BEZIG = frozenset({Invoer.Status.LEZEN, Invoer.Status.SCHRIJVEN})


@transaction.atomic
def receive(*, inhoud: bytes, bestandsnaam: str, bron: str, by: Medewerker) -> Invoer:
    """Keep the file and have it read; a table waits for its columns first. Raises BestandFout in Dutch."""
    soort = herken(inhoud, bestandsnaam)
    if soort == Invoer.Soort.TABEL:
        tabel.kolommen(inhoud)
    invoer = Invoer.objects.create(
        soort=soort,
        status=Invoer.Status.KOLOMMEN if soort == Invoer.Soort.TABEL else Invoer.Status.LEZEN,
        bestandsnaam=bestandsnaam[-200:],
        inhoud=inhoud,
        bron=bron,
        kolommen=_eerder_gekozen(bron) if soort in HSDS else {},
        gemaakt_door=by,
    )
    if invoer.status == Invoer.Status.LEZEN:
        _queue("sociale_kaart.read_invoer", invoer)
    return invoer


def _eerder_gekozen(bron: str) -> dict[str, str]:
    """Which topics the terms of this source were said to be the last time."""
    eerder = Invoer.objects.filter(bron=bron, soort__in=HSDS).exclude(kolommen={})
    return eerder.values_list("kolommen", flat=True).first() or {}


@transaction.atomic
def read_again(*, invoer: Invoer, kolommen: dict[str, str] | None = None) -> None:
    """Have it read anew, with other choices for its columns or topics when they are given."""
    if invoer.inhoud is None:
        return
    if kolommen is not None:
        invoer.kolommen = kolommen
    invoer.status, invoer.fout, invoer.gedaan, invoer.totaal = Invoer.Status.LEZEN, "", 0, 0
    invoer.save(update_fields=["kolommen", "status", "fout", "gedaan", "totaal"])
    _queue("sociale_kaart.read_invoer", invoer)


@transaction.atomic
def carry_out(*, invoer: Invoer, archiveer: Iterable[int] = ()) -> None:
    """Have it written, and archive what is ticked of what is gone. Nothing to do unless it was looked at."""
    klaar = Invoer.objects.filter(pk=invoer.pk, status=Invoer.Status.VOORBEELD)
    if klaar.update(status=Invoer.Status.SCHRIJVEN, gedaan=0, totaal=0):
        _queue("sociale_kaart.write_invoer", invoer, archiveer=sorted(archiveer))


def _queue(taak: str, invoer: Invoer, **meer: Any) -> None:
    """By name, because the tasks import this module."""
    app.configure_task(taak, lock=SLOT).defer(invoer_id=str(invoer.pk), **meer)


def read(invoer: Invoer) -> None:
    """Compare the file with the map, and keep what would change."""
    with Voortgang(invoer.pk) as voortgang:
        verslag = importeer(_bestand(invoer), dry_run=True, voortgang=voortgang)
    Invoer.objects.filter(pk=invoer.pk, status=Invoer.Status.LEZEN).update(
        status=Invoer.Status.VOORBEELD, verslag=verslag.als_json(), fout=""
    )


def write(invoer: Invoer, archiveer: list[int]) -> None:
    """Do it: compare again, for the map may have changed since, and write. The file itself is let go."""
    with Voortgang(invoer.pk) as voortgang, because(WAAROM, door=invoer.gemaakt_door):
        verslag = importeer(_bestand(invoer), archiveer=archiveer, voortgang=voortgang)
    inhoud = verslag.als_json()
    inhoud["gearchiveerd"] = len([regel for regel in verslag.weg if regel.pk in archiveer])
    Invoer.objects.filter(pk=invoer.pk).update(
        status=Invoer.Status.KLAAR, verslag=inhoud, inhoud=None, fout="", verwerkt_op=timezone.now()
    )


def fail(invoer: Invoer, tekst: str) -> None:
    Invoer.objects.filter(pk=invoer.pk).update(status=Invoer.Status.MISLUKT, fout=tekst[:300])


def _bestand(invoer: Invoer) -> Invoerbestand:
    inhoud = bytes(invoer.inhoud or b"")
    if not inhoud:
        raise BestandFout("Het bestand is weggegooid. Lees het opnieuw in.")
    if invoer.soort == Invoer.Soort.TABEL:
        return tabel.lees(inhoud, invoer.kolommen, bestand=invoer.bestandsnaam, bron=invoer.bron or "tabel")
    return lees_bron(
        inhoud, invoer.bestandsnaam, soort=invoer.soort, bron=invoer.bron, keuzes=invoer.kolommen
    )


class Voortgang:
    """How far it is, told over a connection of its own: the import itself is one transaction that nobody sees into."""

    def __init__(self, invoer_id: UUID) -> None:
        self.invoer_id = invoer_id
        self.gemeld = 0.0

    def __enter__(self) -> "Voortgang":
        self.verbinding = connection.copy()
        return self

    def __exit__(self, *fout: object) -> None:
        self.verbinding.close()

    def __call__(self, gedaan: int, totaal: int) -> None:
        if time.monotonic() - self.gemeld < 1:
            return
        self.gemeld = time.monotonic()
        with self.verbinding.cursor() as cursor:
            cursor.execute(
                "UPDATE sociale_kaart_invoer SET gedaan = %s, totaal = %s WHERE id = %s",
                [gedaan, totaal, self.invoer_id],
            )
