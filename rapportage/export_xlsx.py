"""The report as a workbook: what it is about, then a sheet per table with real numbers.

Figures come out of the same tables as the page, so what is hidden there is hidden here.
"""

from collections.abc import Iterable, Sequence
from io import BytesIO
from textwrap import wrap
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from rapportage.cijfers import Rapport
from rapportage.export import OVER, is_percentage
from rapportage.onderdrukking import Cel
from rapportage.tabellen import Tabel
from rapportage.toelichting import Regel, about, notes

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NIETS = "Hier is niets opgeschreven."
LANGSTE_NAAM = 31  # of a sheet, says Excel
VERBODEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
GERESERVEERD = "history"  # Excel keeps this name for itself

PROCENT, VERSCHIL, KOMMA, HEEL = "0%", "+0;−0;0", "0.0", "0"
SMALST, BREEDST = 11, 46  # widths in characters
NAAMBREEDTE, TEKSTBREEDTE = 24, 70
REGELHOOGTE = 15.5  # points
LIGGEND_VANAF = 7  # columns that do not fit on an upright page

LETTER = "Calibri"
VET = Font(name=LETTER, bold=True)
TITEL = Font(name=LETTER, bold=True, size=16, color="4A2142")
ZACHT = Font(name=LETTER, italic=True, color="54454F")
KOPVLAK = PatternFill("solid", fgColor="F3E6EE")
KOPLIJN = Border(bottom=Side(style="medium", color="4A2142"))
ONDER_ELKAAR = Alignment(wrap_text=True, vertical="top")
BOVEN = Alignment(vertical="top")
RECHTS = Alignment(horizontal="right")
KOP_LINKS = Alignment(wrap_text=True, vertical="bottom")
KOP_RECHTS = Alignment(horizontal="right", wrap_text=True, vertical="bottom")


def as_xlsx(rapport: Rapport) -> bytes:
    boek = new_workbook("Rapportage")
    about_sheet(boek, "Rapportage", [*about(rapport), made_on(), *notes(rapport)])
    namen = {OVER.lower()}
    for tabel in rapport.tabellen:
        _table_sheet(boek.create_sheet(sheet_name(tabel.naam, namen)), tabel)
    return to_bytes(boek)


def new_workbook(titel: str) -> Workbook:
    boek = Workbook()
    boek.properties.creator, boek.properties.title = settings.DIENST_NAAM, titel
    boek.remove(boek.worksheets[0])
    return boek


def made_on() -> Regel:
    return "Gemaakt op", date_format(timezone.localtime(), "j F Y, H.i") + " uur"


def to_bytes(boek: Workbook) -> bytes:
    uit = BytesIO()
    boek.save(uit)
    return uit.getvalue()


def sheet_name(naam: str, namen: set[str]) -> str:
    """A name that Excel takes and no other sheet has; `namen` holds those in use, in small letters, and grows."""
    basis = " ".join(ILLEGAL_CHARACTERS_RE.sub("", naam).translate(VERBODEN).split()).strip("'") or "Tabel"
    uit, nummer = basis[:LANGSTE_NAAM].strip(), 1
    while uit.lower() in namen or uit.lower() == GERESERVEERD:
        nummer += 1
        staart = f" {nummer}"
        uit = basis[: LANGSTE_NAAM - len(staart)].strip() + staart
    namen.add(uit.lower())
    return uit


def number_of(cel: Cel) -> tuple[int | float | str, str]:
    """What a spreadsheet calculates with, and how it writes that: a number, or words and no format."""
    if cel.waarde is None:
        return cel.tekst, ""
    if is_percentage(cel):
        return cel.waarde / 100, PROCENT
    if cel.tekst.startswith(("+", "−")):
        return cel.waarde, VERSCHIL
    return cel.waarde, HEEL if isinstance(cel.waarde, int) else KOMMA


def about_sheet(boek: Workbook, titel: str, regels: Iterable[Regel]) -> None:
    """The first sheet: what it is about and how it was counted."""
    blad = boek.create_sheet(OVER)
    _page(blad, OVER)
    blad.column_dimensions["A"].width, blad.column_dimensions["B"].width = NAAMBREEDTE, TEKSTBREEDTE
    text(blad, 1, 1, f"{titel} van {settings.DIENST_ORGANISATIE}").font = TITEL
    for nummer, (naam, tekst) in enumerate(regels, 3):
        kop, cel = text(blad, nummer, 1, naam), text(blad, nummer, 2, tekst)
        kop.font, kop.alignment, cel.alignment = VET, BOVEN, ONDER_ELKAAR
        # Not every program works out how high a row with several lines is.
        blad.row_dimensions[nummer].height = REGELHOOGTE * len(wrap(tekst, TEKSTBREEDTE - 4) or [""])


def _table_sheet(blad: Worksheet, tabel: Tabel) -> None:
    _page(blad, tabel.naam, liggend=len(tabel.kolommen) >= LIGGEND_VANAF)
    blad.freeze_panes, blad.print_title_rows = "B2", "1:1"
    _heads(blad, [tabel.kop, *tabel.kolommen], getallen_vanaf=2)
    for r, rij in enumerate(tabel.rijen, 2):
        text(blad, r, 1, rij.naam)
        for k, cel in enumerate(rij.cellen, 2):
            _figure(blad, r, k, *number_of(cel))
    if not tabel.rijen:
        text(blad, 2, 1, NIETS).font = ZACHT
    namen = [tabel.kop, *(rij.naam for rij in tabel.rijen)]
    cellen = [[rij.cellen[k].tekst for rij in tabel.rijen] for k in range(len(tabel.kolommen))]
    _widths(blad, [namen, *([naam, *teksten] for naam, teksten in zip(tabel.kolommen, cellen, strict=True))])


def long_sheet(
    boek: Workbook, naam: str, koppen: Sequence[str], breedtes: Sequence[int], rijen: Iterable[Sequence[Any]]
) -> None:
    """One long table with a filter. Each row: its texts, then a figure and how that is written (see `number_of`)."""
    blad = boek.create_sheet(naam)
    _page(blad, naam, liggend=True)
    blad.freeze_panes, blad.print_title_rows = "A2", "1:1"
    _heads(blad, koppen, getallen_vanaf=len(koppen))
    for r, (*teksten, waarde, opmaak) in enumerate(rijen, 2):
        for k, tekst in enumerate(teksten, 1):
            text(blad, r, k, tekst)
        _figure(blad, r, len(koppen), waarde, opmaak)
    for nummer, breedte in enumerate(breedtes, 1):
        blad.column_dimensions[get_column_letter(nummer)].width = breedte
    blad.auto_filter.ref = f"A1:{get_column_letter(len(koppen))}{blad.max_row}"


def _heads(blad: Worksheet, koppen: Sequence[str], *, getallen_vanaf: int) -> None:
    for nummer, naam in enumerate(koppen, 1):
        kop = text(blad, 1, nummer, naam)
        kop.font, kop.fill, kop.border = VET, KOPVLAK, KOPLIJN
        kop.alignment = KOP_RECHTS if nummer >= getallen_vanaf else KOP_LINKS


def _figure(blad: Worksheet, rij: int, kolom: int, waarde: float | str, opmaak: str) -> None:
    if isinstance(waarde, str):
        plek = text(blad, rij, kolom, waarde)
        plek.font, plek.alignment = ZACHT, RECHTS
    else:
        blad.cell(rij, kolom, waarde).number_format = opmaak


def text(blad: Worksheet, rij: int, kolom: int, tekst: str) -> Any:
    """A cell that stays text, also where it looks like a formula."""
    cel = blad.cell(rij, kolom, clean(tekst))
    cel.data_type = "s"
    return cel


def clean(tekst: str) -> str:
    """Without control characters, which a workbook cannot hold."""
    return str(ILLEGAL_CHARACTERS_RE.sub("", tekst))


def _widths(blad: Worksheet, kolommen: Sequence[Sequence[str]]) -> None:
    for nummer, teksten in enumerate(kolommen, 1):
        langste = max(len(tekst) for tekst in teksten)
        blad.column_dimensions[get_column_letter(nummer)].width = min(max(langste + 3, SMALST), BREEDST)


def _page(blad: Worksheet, naam: str, *, liggend: bool = False) -> None:
    """A4, as wide as the page, with the name above and the number below."""
    blad.page_setup.paperSize = blad.PAPERSIZE_A4
    blad.page_setup.orientation = "landscape" if liggend else "portrait"
    blad.page_setup.fitToWidth, blad.page_setup.fitToHeight = 1, 0
    blad.sheet_properties.pageSetUpPr.fitToPage = True
    blad.oddHeader.left.text = naam.replace("&", "&&")
    blad.oddFooter.left.text = settings.DIENST_ORGANISATIE.replace("&", "&&")
    blad.oddFooter.right.text = "Bladzijde &P van &N"
