"""The report as one long table, for a spreadsheet: every figure a row of its own."""

import csv
from collections.abc import Iterator
from io import StringIO

from rapportage.cijfers import Rapport
from rapportage.onderdrukking import Cel
from rapportage.toelichting import about, notes

BOM = "\ufeff"  # tells Excel that this is UTF-8
KOP = ["tabel", "rij", "kolom", "waarde"]
OVER = "Over dit bestand"
FORMULETEKENS = ("=", "+", "-", "@", "\t", "\r")


def file_name(rapport: Rapport, soort: str) -> str:
    return f"rapportage-{rapport.periode.van}-{rapport.periode.tot}.{soort}"


def as_csv(rapport: Rapport) -> str:
    """Semicolons, because a Dutch Excel reads a comma as the decimal sign."""
    uit = StringIO()
    schrijver = csv.writer(uit, delimiter=";", lineterminator="\r\n")
    schrijver.writerow(KOP)
    schrijver.writerows([harmless(veld) for veld in rij] for rij in rows(rapport))
    return BOM + uit.getvalue()


def rows(rapport: Rapport) -> Iterator[tuple[str, str, str, str]]:
    """What the file is about, then every cell of every table on the page."""
    for naam, tekst in [*about(rapport), *notes(rapport)]:
        yield OVER, naam, "", tekst
    for tabel, rij, kolom, cel in cells(rapport):
        yield tabel, rij, kolom, plain(cel)


def cells(rapport: Rapport) -> Iterator[tuple[str, str, str, Cel]]:
    """Table, row, column and figure, in the order of the page."""
    for tabel in rapport.tabellen:
        for rij in tabel.rijen:
            for kolom, cel in zip(tabel.kolommen, rij.cellen, strict=True):
                yield tabel.naam, rij.naam, kolom, cel


def plain(cel: Cel) -> str:
    """A figure as a Dutch spreadsheet reads it: a comma for decimals, a percentage with its sign, or the words."""
    if cel.waarde is None or is_percentage(cel):
        return cel.tekst
    return str(cel.waarde).replace(".", ",")


def is_percentage(cel: Cel) -> bool:
    return cel.waarde is not None and cel.tekst.endswith("%")


def harmless(veld: str) -> str:
    """A text that a spreadsheet would run as a formula gets an apostrophe in front; a number stays a number."""
    if veld.startswith(FORMULETEKENS) and not veld.removeprefix("-").replace(",", "", 1).isdecimal():
        return f"'{veld}"
    return veld
