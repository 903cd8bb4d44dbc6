"""HSDS as a package of tables: a zip with a CSV file per table, or with JSON files.

A zip is not to be trusted: sizes are those really read, and what grows out of proportion is refused.
"""

import csv
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from sociale_kaart.invoer.hsds_json import lees_json
from sociale_kaart.invoer.hsds_tabellen import Boek, tabelnaam
from sociale_kaart.invoer.rijen import BestandFout, Overgeslagen, Plek

MAX_BESTANDEN = 500
MAX_UITGEPAKT = 300_000_000
# Text shrinks ten times in a zip, twenty at most; a bomb a thousand.
MAX_VERHOUDING = 100
KLEIN = 20_000_000
MAX_VELD = 2_000_000
SCHEIDINGSTEKENS = ",;\t|"
ROMMEL = re.compile(r"(^|/)(__MACOSX/|\._|\.DS_Store|Thumbs\.db|desktop\.ini)")

# Whatever a broken zip can raise.
STUK = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError),
    *(ValueError, NotImplementedError, RuntimeError),
)

csv.field_size_limit(MAX_VELD)


def lees_zip(inhoud: bytes, boek: Boek) -> None:
    """Put every table in the zip into the books. Raises BestandFout when it cannot be opened or is a bomb."""
    gelezen = 0
    for naam, tekst in bestanden(inhoud):
        tabel = tabelnaam(naam)
        if naam.lower().endswith((".json", ".jsonl")) and not naam.lower().endswith("datapackage.json"):
            lees_json(tekst, naam, boek)
        elif tabel and naam.lower().endswith((".csv", ".tsv", ".txt")):
            for plek, waarden in lees_csv(tekst, naam):
                boek.voeg_toe(tabel, plek, waarden)
        else:
            boek.overgeslagen.append(Overgeslagen(naam, 0, 0, 0, "dit bestand hoort niet bij de standaard"))
            continue
        gelezen += 1
    if not gelezen:
        raise BestandFout("In deze zip zit geen bestand zoals services.csv of organizations.csv.")


def bestanden(inhoud: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and content of the files in a zip, without folders and what computers leave behind."""
    totaal = 0
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as pakket:
            leden = [lid for lid in pakket.infolist() if not lid.is_dir() and not ROMMEL.search(lid.filename)]
            if len(leden) > MAX_BESTANDEN:
                raise BestandFout(f"In deze zip zitten te veel bestanden (hoogstens {MAX_BESTANDEN}).")
            namen = [PurePosixPath(lid.filename).name for lid in leden]
            for lid, kort in zip(leden, namen, strict=True):
                if lid.flag_bits & 1:
                    raise BestandFout("Deze zip heeft een wachtwoord. Maak een zip zonder wachtwoord.")
                grens = min(MAX_UITGEPAKT, max(KLEIN, MAX_VERHOUDING * len(inhoud))) - totaal
                with pakket.open(lid) as bestand:
                    tekst = bestand.read(grens + 1)
                if len(tekst) > grens:
                    raise BestandFout("Deze zip is uitgepakt te groot.")
                totaal += len(tekst)
                yield (lid.filename if namen.count(kort) > 1 else kort), tekst
    except STUK as fout:
        raise BestandFout("Deze zip is niet te openen. Misschien is hij beschadigd.") from fout


def lees_csv(inhoud: bytes, bestand: str) -> Iterator[tuple[Plek, dict[str, str]]]:
    """The rows of a CSV file, whatever its encoding and separator; the header is row 1 and empty rows count."""
    tekst = als_tekst(inhoud)
    rijen = enumerate(csv.reader(io.StringIO(tekst), delimiter=scheidingsteken(tekst)), 1)
    kop: list[str] = []
    try:
        for nummer, rij in rijen:
            if not any(cel.strip() for cel in rij):
                continue
            if not kop:
                kop = kolomnamen(rij)
                continue
            namen = [*kop, *(f"kolom {extra + 1}" for extra in range(len(kop), len(rij)))]
            yield Plek(bestand, nummer), dict(zip(namen, rij, strict=False))
    except csv.Error as fout:
        raise BestandFout(f"{bestand} is niet te lezen: een veld is te groot of staat niet goed.") from fout


def als_tekst(inhoud: bytes) -> str:
    """UTF-8 (with or without a mark), UTF-16 with a mark, or else Windows; one kind of line end, no NULs."""
    if inhoud[:2] in (b"\xff\xfe", b"\xfe\xff"):
        tekst = inhoud.decode("utf-16", errors="replace")
    else:
        try:
            tekst = inhoud.decode("utf-8-sig")
        except UnicodeDecodeError:
            tekst = inhoud.decode("cp1252", errors="replace")
    return tekst.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")


def scheidingsteken(tekst: str) -> str:
    """What separates the columns, judged by the header."""
    kop = next((regel for regel in tekst.split("\n", 20) if regel.strip()), "")
    return max(SCHEIDINGSTEKENS, key=kop.count)


def kolomnamen(rij: list[str]) -> list[str]:
    """Names in small letters with underscores; a name that comes again gets a number."""
    namen: list[str] = []
    for plaats, cel in enumerate(rij, 1):
        naam = re.sub(r"[\s-]+", "_", cel.strip().lower()) or f"kolom {plaats}"
        namen.append(naam if naam not in namen else f"{naam} ({plaats})")
    return namen
