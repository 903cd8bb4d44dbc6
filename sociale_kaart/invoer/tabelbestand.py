"""Spreadsheets as rows of text: CSV in the ways Windows makes it, and Excel. Values only, within limits."""

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook

from sociale_kaart.invoer.rijen import BestandFout

MAX_BYTES = 50_000_000
MAX_RIJEN = 20_000
MAX_KOLOMMEN = 200
# What an Excel file may grow to when it is unpacked.
MAX_UITGEPAKT = 300_000_000
MAX_CEL = 100_000
SCHEIDINGEN = ";,\t"
# Excel and others run a text that begins like this; see `veilig`.
FORMULETEKENS = "=+-@\t\r"
_GEVAARLIJK = re.compile(rf"'*[{re.escape(FORMULETEKENS)}]")

Rijen = list[tuple[int, list[str]]]


def veilig(tekst: str) -> str:
    """For CSV: an apostrophe before what a spreadsheet would take for a formula or a sum ("+31 6 ...")."""
    return f"'{tekst}" if _GEVAARLIJK.match(tekst) else tekst


def onveilig(tekst: str) -> str:
    """Undo `veilig`."""
    return tekst[1:] if tekst.startswith("'") and _GEVAARLIJK.match(tekst) else tekst


def is_excel(inhoud: bytes) -> bool:
    return inhoud.startswith(b"PK\x03\x04")


def lees_rijen(inhoud: bytes) -> Rijen:
    """(row number as the spreadsheet counts, cells), without rows that are empty. Raises BestandFout."""
    if len(inhoud) > MAX_BYTES:
        raise BestandFout(f"Het bestand is te groot: meer dan {MAX_BYTES // 1_000_000} MB.")
    if inhoud.startswith(b"\xd0\xcf\x11\xe0"):
        raise BestandFout(
            "Dit is een oud Excel-bestand (.xls). Bewaar het in Excel als .xlsx en probeer het opnieuw."
        )
    rijen = _tellend(_excelrijen(inhoud) if is_excel(inhoud) else _csvrijen(_ontcijfer(inhoud)))
    if not rijen:
        raise BestandFout("Het bestand is leeg.")
    return rijen


def _tellend(ruw: Iterable[tuple[int, list[str]]]) -> Rijen:
    """Within the limits, and without trailing empty cells."""
    rijen: Rijen = []
    for nummer, cellen in ruw:
        while cellen and not cellen[-1].strip():
            cellen.pop()
        if not cellen:
            continue
        if len(cellen) > MAX_KOLOMMEN:
            raise BestandFout(f"Rij {nummer} heeft meer dan {MAX_KOLOMMEN} kolommen. Is dit wel een tabel?")
        if len(rijen) > MAX_RIJEN:
            raise BestandFout(f"Het bestand heeft meer dan {MAX_RIJEN} rijen. Knip het in stukken.")
        rijen.append((nummer, cellen))
    return rijen


# --- CSV ------------------------------------------------------------------------------------------------------------


def _ontcijfer(inhoud: bytes) -> str:
    """UTF-8 or UTF-16 when it says so or is so, else what Windows makes in this part of the world."""
    if inhoud.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        tekst = inhoud.decode("utf-16", errors="replace")
    else:
        try:
            tekst = inhoud.decode("utf-8-sig")
        except UnicodeDecodeError:
            tekst = inhoud.decode("cp1252", errors="replace")
    if "\x00" in tekst:
        raise BestandFout("Dit is geen tabel die ik kan lezen. Bewaar hem als .csv of .xlsx.")
    return tekst


def _csvrijen(tekst: str) -> Iterator[tuple[int, list[str]]]:
    eerste, _, rest = tekst.partition("\n")
    over = 0
    if gezegd := re.fullmatch(r"sep=(.)\r?", eerste):  # Excel's own hint
        tekst, over = rest, 1
    scheiding = gezegd[1] if gezegd else _scheiding(tekst)
    lezer = csv.reader(io.StringIO(tekst, newline=""), delimiter=scheiding)
    try:
        for nummer, cellen in enumerate(lezer, 1 + over):
            yield nummer, [onveilig(cel) for cel in cellen]
    except csv.Error as fout:
        raise BestandFout(
            f"Regel {lezer.line_num} is niet te lezen. Staat er een aanhalingsteken te veel?"
        ) from fout


def _scheiding(tekst: str) -> str:
    """The character that gives the first lines the most cells, and evenly."""

    def kracht(scheiding: str) -> tuple[int, int]:
        try:
            lezer = csv.reader(io.StringIO(tekst[:50_000], newline=""), delimiter=scheiding)
            aantallen = [len(cellen) for cellen, _ in zip(lezer, range(20), strict=False) if cellen]
        except csv.Error:
            return 0, 0
        vol = [aantal for aantal in aantallen if aantal > 1]
        return max((vol.count(aantal) for aantal in set(vol)), default=0), max(vol, default=0)

    return max(SCHEIDINGEN, key=kracht)


# --- Excel ----------------------------------------------------------------------------------------------------------


def _excelrijen(inhoud: bytes) -> Iterator[tuple[int, list[str]]]:
    """The first sheet that has something in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as zip_:
            if sum(deel.file_size for deel in zip_.infolist()) > MAX_UITGEPAKT:
                raise BestandFout("Dit Excel-bestand is te groot als het wordt uitgepakt.")
        boek = load_workbook(io.BytesIO(inhoud), read_only=True, data_only=True)
        try:
            for blad in boek.worksheets:
                blad.reset_dimensions()
                gevuld = False
                for nummer, cellen in enumerate(blad.iter_rows(values_only=True), 1):
                    rij = [_tekst(cel) for cel in cellen[: MAX_KOLOMMEN + 1]]
                    gevuld = gevuld or any(rij)
                    yield nummer, rij
                if gevuld:
                    return
        finally:
            boek.close()
    except BestandFout:
        raise
    except Exception as fout:  # whatever a broken file does to the library
        raise BestandFout(
            "Dit Excel-bestand is niet te lezen. Bewaar het opnieuw als .xlsx of .csv."
        ) from fout


def _tekst(waarde: Any) -> str:  # noqa: PLR0911 - one line per kind of cell
    """A cell as a person would type it."""
    if waarde is None:
        return ""
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, datetime):
        return f"{waarde.day}-{waarde.month}-{waarde.year:04}"
    if isinstance(waarde, date):
        return f"{waarde.day}-{waarde.month}-{waarde.year:04}"
    if isinstance(waarde, time):
        return f"{waarde.hour}:{waarde.minute:02}"
    if isinstance(waarde, float) and waarde.is_integer():
        return str(int(waarde))
    return str(waarde)
