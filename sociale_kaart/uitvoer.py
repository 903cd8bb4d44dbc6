"""The map as a spreadsheet for the coordinator: one row per offer, notes of the team included.

The columns are those of `invoer/tabelkolommen.py`, so that what is written can be read back without a change.
"""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any

from django.db.models import Count
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from sociale_kaart.hsds.vragen import gecontroleerd_op
from sociale_kaart.invoer import tabeltaal as taal
from sociale_kaart.invoer.tabelbestand import veilig
from sociale_kaart.invoer.tabelkolommen import VELDEN
from sociale_kaart.models import Aanbod, Onderwerp, Taal

BOM = "\ufeff"  # tells Excel that this is UTF-8
BREED = {"omschrijving": 60, "tijden": 50, "contactpersonen": 40, "organisatie": 30, "naam": 40, "id": 12}


def als_csv() -> str:
    """Semicolons, because a Dutch Excel reads a comma as the decimal sign."""
    uit = StringIO()
    schrijver = csv.writer(uit, delimiter=";", lineterminator="\r\n")
    schrijver.writerow([veld.kop for veld in VELDEN])
    schrijver.writerows([veilig(cel) for cel in rij] for rij in rijen())
    return BOM + uit.getvalue()


def als_excel() -> bytes:
    """Every cell is a text: a number keeps its zero, and nothing is a formula."""
    boek = Workbook(write_only=True)
    blad = boek.create_sheet("Sociale kaart")
    blad.freeze_panes = "A2"
    for nummer, veld in enumerate(VELDEN, 1):
        blad.column_dimensions[get_column_letter(nummer)].width = BREED.get(veld.naam, 20)
    blad.append([_cel(blad, veld.kop, vet=True) for veld in VELDEN])
    for rij in rijen():
        blad.append([_cel(blad, cel) for cel in rij])
    uit = BytesIO()
    boek.save(uit)
    return uit.getvalue()


def _cel(blad: Any, tekst: str, *, vet: bool = False) -> Any:
    cel = WriteOnlyCell(blad, value=ILLEGAL_CHARACTERS_RE.sub("", tekst))
    cel.data_type = "s"
    if vet:
        cel.font = Font(bold=True)
    return cel


def rijen() -> Iterator[list[str]]:
    """Per current offer the texts of all columns, by organisation and name."""
    namen = _namen_van_onderwerpen()
    aanbod = (
        Aanbod.objects.current()
        .annotate(gecontroleerd_op=gecontroleerd_op())
        .select_related("organisatie")
        .prefetch_related("onderwerpen", "kernen", "contacten__contactpersoon", "openingstijden__locatie")
        .order_by("organisatie__sorteernaam", "organisatie", "naam", "pk")
    )
    for item in aanbod.iterator(chunk_size=500):
        cellen = _cellen(item, namen)
        yield [cellen[veld.naam] for veld in VELDEN]


def _namen_van_onderwerpen() -> dict[int, str]:
    """By key how a topic is written: its name, or its id in the source where two have that name."""
    dubbel = set(
        Onderwerp.objects.order_by()
        .values("naam")
        .annotate(aantal=Count("pk"))
        .filter(aantal__gt=1)
        .values_list("naam", flat=True)
    )
    alle = Onderwerp.objects.values_list("pk", "naam", "extern_id")
    return {pk: extern_id if naam in dubbel and extern_id else naam for pk, naam, extern_id in alle}


def _cellen(aanbod: Aanbod, namen: dict[int, str]) -> dict[str, str]:
    organisatie = aanbod.organisatie
    gecontroleerd = getattr(aanbod, "gecontroleerd_op", None)
    vaste = {None: "", True: "ja", False: "nee"}[aanbod.vaste_gezichten]
    gelijk = ["naam", "andere_namen", "omschrijving", "doelgroep", "kosten", "aanmelden", "meenemen"]
    gelijk += ["telefoon", "email", "website", "interne_notitie"]
    return {veld: getattr(aanbod, veld) for veld in gelijk} | {
        "id": str(aanbod.uuid),
        "organisatie": organisatie.naam,
        "soort": aanbod.get_soort_display(),
        "onderwerpen": taal.schrijf_lijst(namen[onderwerp.pk] for onderwerp in aanbod.onderwerpen.all()),
        "kernen": taal.schrijf_lijst(kern.naam for kern in aanbod.kernen.all()),
        "bereik": aanbod.get_bereik_display(),
        "talen": taal.schrijf_lijst(str(Taal(code).label) for code in aanbod.talen),
        "indicatie_nodig": "ja" if aanbod.indicatie_nodig else "nee",
        "kennismaken": taal.schrijf_lijst(str(Aanbod.Kennismaken(code).label) for code in aanbod.kennismaken),
        "contact": aanbod.get_contact_display(),
        "vaste_gezichten": vaste,
        "drempel": aanbod.get_drempel_display(),
        "tijden": taal.schrijf_tijden(aanbod.openingstijden.all()),
        "contactpersonen": taal.schrijf_contacten(aanbod.contacten.all()),
        "organisatie_telefoon": organisatie.telefoon,
        "organisatie_email": organisatie.email,
        "organisatie_website": organisatie.website,
        "gecontroleerd": f"{timezone.localdate(gecontroleerd):%d-%m-%Y}" if gecontroleerd else "",
    }
