"""The report as a workbook: what it is about, then a sheet per table with real numbers.

Figures come out of the same tables as the page, so what is hidden there is hidden here. Rows are written as they
come (`write_only`): a file over many years would otherwise take hundreds of megabytes of memory. So all that is about
a whole sheet or column is said before its first row.
"""

from collections.abc import Iterable, Sequence
from io import BytesIO
from textwrap import wrap
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from openpyxl import Workbook
from openpyxl.cell import Cell as Vak
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from rapportage.cijfers import Rapport
from rapportage.export import OVER, is_percentage
from rapportage.onderdrukking import Cel
from rapportage.tabellen import Tabel
from rapportage.toelichting import Regel, about, notes

Blad = Any  # a sheet that is only written has no public name
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
    boek = Workbook(write_only=True)
    boek.properties.creator, boek.properties.title = settings.DIENST_NAAM, titel
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


def about_sheet(boek: Workbook, titel: str, regels: Sequence[Regel]) -> None:
    """The first sheet: what it is about and how it was counted."""
    blad = boek.create_sheet(OVER)
    _page(blad, OVER)
    blad.column_dimensions["A"].width, blad.column_dimensions["B"].width = NAAMBREEDTE, TEKSTBREEDTE
    for nummer, (_, tekst) in enumerate(regels, 3):
        # Not every program works out how high a row with several lines is.
        blad.row_dimensions[nummer].height = REGELHOOGTE * len(wrap(tekst, TEKSTBREEDTE - 4) or [""])
    blad.append([_text(blad, f"{titel} van {settings.DIENST_ORGANISATIE}", font=TITEL)])
    blad.append([])
    for naam, tekst in regels:
        blad.append(
            [_text(blad, naam, font=VET, alignment=BOVEN), _text(blad, tekst, alignment=ONDER_ELKAAR)]
        )


def _table_sheet(blad: Blad, tabel: Tabel) -> None:
    _page(blad, tabel.naam, liggend=len(tabel.kolommen) >= LIGGEND_VANAF)
    blad.freeze_panes, blad.print_title_rows = "B2", "1:1"
    namen = [tabel.kop, *(rij.naam for rij in tabel.rijen)]
    cellen = [[rij.cellen[k].tekst for rij in tabel.rijen] for k in range(len(tabel.kolommen))]
    _widths(blad, [namen, *([naam, *teksten] for naam, teksten in zip(tabel.kolommen, cellen, strict=True))])
    blad.append(_heads(blad, [tabel.kop, *tabel.kolommen], getallen_vanaf=2))
    for rij in tabel.rijen:
        blad.append([_text(blad, rij.naam), *(_figure(blad, *number_of(cel)) for cel in rij.cellen)])
    if not tabel.rijen:
        blad.append([_text(blad, NIETS, font=ZACHT)])


def long_sheet(
    boek: Workbook, naam: str, koppen: Sequence[str], breedtes: Sequence[int], rijen: Iterable[Sequence[Any]]
) -> None:
    """One long table with a filter. Each row: its texts, then a figure and how that is written (see `number_of`)."""
    blad = boek.create_sheet(naam)
    _page(blad, naam, liggend=True)
    blad.freeze_panes, blad.print_title_rows = "A2", "1:1"
    for nummer, breedte in enumerate(breedtes, 1):
        blad.column_dimensions[get_column_letter(nummer)].width = breedte
    blad.append(_heads(blad, koppen, getallen_vanaf=len(koppen)))
    aantal = 1
    for *teksten, waarde, opmaak in rijen:
        blad.append([*(_text(blad, tekst) for tekst in teksten), _figure(blad, waarde, opmaak)])
        aantal += 1
    blad.auto_filter.ref = f"A1:{get_column_letter(len(koppen))}{aantal}"


def _heads(blad: Blad, koppen: Sequence[str], *, getallen_vanaf: int) -> list[Vak]:
    return [
        _text(
            blad, naam, font=VET, fill=KOPVLAK, border=KOPLIJN,
            alignment=KOP_RECHTS if nummer >= getallen_vanaf else KOP_LINKS,
        )
        for nummer, naam in enumerate(koppen, 1)
    ]  # fmt: skip


def _figure(blad: Blad, waarde: float | str, opmaak: str) -> Vak:
    if isinstance(waarde, str):
        return _text(blad, waarde, font=ZACHT, alignment=RECHTS)
    vak = WriteOnlyCell(blad, waarde)
    vak.number_format = opmaak
    return vak


def _text(blad: Blad, tekst: str, **stijl: Any) -> Vak:
    """A cell that stays text, also where it looks like a formula."""
    vak = WriteOnlyCell(blad, clean(tekst))
    vak.data_type = "s"
    for naam, waarde in stijl.items():
        setattr(vak, naam, waarde)
    return vak


def clean(tekst: str) -> str:
    """Without control characters, which a workbook cannot hold."""
    return str(ILLEGAL_CHARACTERS_RE.sub("", tekst))


def _widths(blad: Blad, kolommen: Sequence[Sequence[str]]) -> None:
    for nummer, teksten in enumerate(kolommen, 1):
        langste = max(len(tekst) for tekst in teksten)
        blad.column_dimensions[get_column_letter(nummer)].width = min(max(langste + 3, SMALST), BREEDST)


def _page(blad: Blad, naam: str, *, liggend: bool = False) -> None:
    """A4, as wide as the page, with the name above and the number below."""
    blad.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    blad.page_setup.orientation = "landscape" if liggend else "portrait"
    blad.page_setup.fitToWidth, blad.page_setup.fitToHeight = 1, 0
    blad.sheet_properties.pageSetUpPr.fitToPage = True
    blad.oddHeader.left.text = naam.replace("&", "&&")
    blad.oddFooter.left.text = settings.DIENST_ORGANISATIE.replace("&", "&&")
    blad.oddFooter.right.text = "Bladzijde &P van &N"
