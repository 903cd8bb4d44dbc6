"""Every table of every quarter and desk in one long table: the file over several years.

Each part is the report that the page shows for that quarter and desk, so nothing comes out that the page hides. Only
quarters in which nobody can write down a question any more: their figures stay what they are.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import QueryDict

from balie.models import Infopunt
from rapportage import export_xlsx as xlsx
from rapportage.cijfers import Rapport
from rapportage.forms import FilterForm
from rapportage.kwartalen import MAANDEN, days_of, name_of
from rapportage.periode import Periode
from rapportage.personen import kwartalen_of
from rapportage.tabellen import Tabel
from rapportage.toelichting import HOE_GETELD, KLEINE_AANTALLEN, NIET_GETELD, VERWEZEN

HOOGSTENS_KWARTALEN = 20
KOP = ["tabel", "kwartaal", "infopunt", "rij", "kolom", "waarde"]
BREEDTES = [28, 18, 20, 34, 24, 14]
ALLE = "alle infopunten"

Rij = list[Any]  # the six texts of KOP, the last as number or word, and how a spreadsheet writes it


def last_finished(vandaag: date) -> date:
    """The last quarter in which nobody can write down a question any more."""
    return kwartalen_of(Periode(vandaag, vandaag), vandaag).kwartalen[0]


def rows(kwartaal: date, infopunten: list[Infopunt], vandaag: date) -> list[Rij]:
    """All tables of one quarter: of all desks together, and of each desk."""
    keuzes = [(infopunt.naam, str(infopunt.pk)) for infopunt in infopunten]
    if len(infopunten) > 1:
        keuzes = [(ALLE, ""), *keuzes]
    return [
        [tabel.naam, name_of(kwartaal), naam, rij.naam, kolom, *xlsx.number_of(cel)]
        for naam, pk in keuzes
        for tabel in _tables(_report(kwartaal, pk, infopunten, vandaag))
        for rij in tabel.rijen
        for kolom, cel in zip(tabel.kolommen, rij.cellen, strict=True)
    ]


def _report(kwartaal: date, infopunt: str, infopunten: list[Infopunt], vandaag: date) -> Rapport:
    """As the page makes it, out of an address."""
    dagen = days_of(kwartaal)
    keuze = QueryDict(mutable=True)
    keuze.update({"periode": "eigen", "van": str(dagen.van), "tot": str(dagen.tot)})
    if infopunt:
        keuze["infopunt"] = infopunt
    form = FilterForm(keuze, infopunten=infopunten, vandaag=vandaag)
    if not form.is_valid():
        raise ValueError(form.errors.as_text())
    return Rapport(form)


def _tables(rapport: Rapport) -> Iterator[Tabel]:
    """Of the months only those of the quarter: the page draws a year, and every month must be in here once.

    The quarter has a column of its own, so it leaves the names of the tables.
    """
    for tabel in rapport.tabellen:
        rijen = tabel.rijen[-MAANDEN:] if tabel is rapport.per_maand else tabel.rijen
        naam = tabel.naam.removesuffix(f", {rapport.personen.keuze}")
        yield replace(tabel, naam=naam, rijen=rijen)


def workbook(eerste: date, laatste: date, infopunten: Iterable[str], rijen: Iterable[Rij]) -> bytes:
    """The rows of all quarters as one sheet that can be filtered, after a sheet that says what it is."""
    boek = xlsx.new_workbook("Meerjarenbestand")
    periode = Periode(eerste, days_of(laatste).tot)
    xlsx.about_sheet(
        boek,
        "Meerjarenbestand",
        [
            ("Periode", str(periode)),
            ("Infopunten", ", ".join(infopunten)),
            xlsx.made_on(),
            (
                "Hoe te gebruiken",
                "Elke rij is één cijfer van één kwartaal. Kies met de pijltjes wat je wilt zien.",
            ),
            (
                "Niet optellen",
                f"Bij ‘{ALLE}’ zitten de infopunten er al in. Verborgen getallen ontbreken in een som.",
            ),
            ("Hoe geteld", HOE_GETELD),
            ("Kleine aantallen", KLEINE_AANTALLEN),
            ("Verwijzingen", VERWEZEN),
            ("Wat er niet bij staat", NIET_GETELD),
        ],
    )
    xlsx.long_sheet(boek, "Cijfers", KOP, BREEDTES, rijen)
    return xlsx.to_bytes(boek)
