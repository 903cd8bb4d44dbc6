"""Which kind of file this is, and reading it: one door for the pages, the job and the commands."""

import io
import re
import zipfile
from pathlib import PurePath

from balie.models import Kern
from sociale_kaart.invoer.hsds_csv import lees_csv, lees_zip
from sociale_kaart.invoer.hsds_json import lees_json, ontleed
from sociale_kaart.invoer.hsds_lezen import lees_hsds
from sociale_kaart.invoer.hsds_tabellen import MAX_RIJEN, Boek, TeGroot, tabelnaam
from sociale_kaart.invoer.kaart import als_invoer
from sociale_kaart.invoer.kaartbestand import lees_kaart
from sociale_kaart.invoer.onderwerpen import Herkenner
from sociale_kaart.invoer.rijen import BestandFout, Invoerbestand
from sociale_kaart.models import Invoer

MAX_BYTES = 50_000_000
BRON = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
STANDAARDBRON = "hsds"


def herken(inhoud: bytes, bestandsnaam: str) -> str:
    """The kind of a file, out of what is in it. Raises BestandFout in Dutch."""
    if not inhoud.strip():
        raise BestandFout("Dit bestand is leeg.")
    if len(inhoud) > MAX_BYTES:
        raise BestandFout(f"Dit bestand is te groot. Het mag hoogstens {MAX_BYTES // 1_000_000} MB zijn.")
    if inhoud[:4] == b"PK\x03\x04":
        return _soort_zip(inhoud)
    if inhoud[:4] == b"\xd0\xcf\x11\xe0":
        raise BestandFout("Dit is een oud Excel-bestand (.xls). Bewaar het als .xlsx en probeer het opnieuw.")
    if inhoud[:5] == b"%PDF-":
        raise BestandFout(
            "Een pdf kunnen we niet inlezen. Vraag om een bestand in Excel, CSV of Open Referral."
        )
    begin = inhoud.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00")[:1]
    if begin in {b"{", b"["} or bestandsnaam.lower().endswith((".json", ".jsonl")):
        return _soort_json(inhoud)
    return Invoer.Soort.TABEL.value


def _soort_zip(inhoud: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as pakket:
            namen = pakket.namelist()
    except (zipfile.BadZipFile, OSError, ValueError) as fout:
        raise BestandFout("Deze zip is niet te openen. Misschien is hij beschadigd.") from fout
    is_excel = any(naam.startswith("xl/") for naam in namen)
    return (Invoer.Soort.TABEL if is_excel else Invoer.Soort.HSDS_CSV).value


def _soort_json(inhoud: bytes) -> str:
    gelezen = ontleed(inhoud)
    is_kaart = isinstance(gelezen, dict) and {"onderwerpen", "aanbod"} <= gelezen.keys()
    return (Invoer.Soort.KAART if is_kaart else Invoer.Soort.HSDS_JSON).value


def lees_bron(
    inhoud: bytes, bestandsnaam: str, *, soort: str, bron: str, keuzes: dict[str, str] | None = None
) -> Invoerbestand:
    """Read a map or HSDS. `keuzes` says which topic a term of the source is. Raises BestandFout in Dutch."""
    naam = PurePath(bestandsnaam).name[:100] or "bestand"
    if soort == Invoer.Soort.KAART:
        return als_invoer(lees_kaart(inhoud), naam)
    boek = Boek(bron or STANDAARDBRON)
    try:
        if soort == Invoer.Soort.HSDS_CSV:
            lees_zip(inhoud, boek)
        elif tabel := tabelnaam(naam) if naam.lower().endswith(".csv") else None:
            for plek, waarden in lees_csv(inhoud, naam):
                boek.voeg_toe(tabel, plek, waarden)
        else:
            lees_json(inhoud, naam, boek)
    except TeGroot as fout:
        raise BestandFout(f"In dit bestand staan meer dan {MAX_RIJEN} rijen. Deel het op.") from fout
    kernen = {kern.casefold() for kern in Kern.objects.values_list("naam", flat=True)}
    return lees_hsds(boek, Herkenner(boek.bron, keuzes), kernen)
