"""The report as one long table, for a spreadsheet: every figure a row of its own."""

import csv
from collections.abc import Iterator
from io import StringIO

from rapportage.cijfers import Rapport

BOM = "\ufeff"  # tells Excel that this is UTF-8
KOP = ["tabel", "rij", "kolom", "waarde"]
FORMULETEKENS = ("=", "+", "-", "@", "\t", "\r")


def as_csv(rapport: Rapport) -> str:
    """Semicolons, because a Dutch Excel reads a comma as the decimal sign."""
    uit = StringIO()
    schrijver = csv.writer(uit, delimiter=";", lineterminator="\r\n")
    schrijver.writerow(KOP)
    schrijver.writerows([harmless(veld) for veld in rij] for rij in rows(rapport))
    return BOM + uit.getvalue()


def rows(rapport: Rapport) -> Iterator[tuple[str, str, str, str]]:
    """What the file is about, then every cell of every table on the page."""
    yield "Over dit bestand", "Periode", "", str(rapport.periode)
    yield "Over dit bestand", "Periode ervoor", "", str(rapport.perioden.ervoor)
    yield "Over dit bestand", "Een jaar eerder", "", str(rapport.perioden.jaar_eerder)
    yield "Over dit bestand", "Verschil met", "", str(rapport.vorige)
    yield "Over dit bestand", "Infopunten", "", ", ".join(i.naam for i in rapport.infopunten)
    yield "Over dit bestand", "Waarover", "", rapport.waarvan or "alle vragen"
    yield "Over dit bestand", "Leeftijd en geslacht van", "", str(rapport.personen.keuze)
    yield "Over dit bestand", "Leeftijd en geslacht", "", rapport.gevraagd
    for tabel in rapport.tabellen:
        for rij in tabel.rijen:
            for kolom, cel in zip(tabel.kolommen, rij.cellen, strict=True):
                yield tabel.naam, rij.naam, kolom, cel.tekst if cel.waarde is None else str(cel.waarde)


def harmless(veld: str) -> str:
    """A text that a spreadsheet would run as a formula gets an apostrophe in front; a number stays a number."""
    if veld.startswith(FORMULETEKENS) and not veld.removeprefix("-").isdecimal():
        return f"'{veld}"
    return veld
