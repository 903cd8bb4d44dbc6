"""The progress report: the figures of a period in the order in which people read them, with the coordinator's words.

Everything in it comes from the tables of the report, so paper hides what the page hides.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from rapportage.cijfers import Rapport
from rapportage.forms import FilterForm
from rapportage.models import Verslag
from rapportage.onderdrukking import total_of
from rapportage.periode import MAANDEN, WEKEN, Keuze, Periode, add_months
from rapportage.tabellen import Rij, Tabel

OVERIG = "overig"
LANGSTE_LIJST = 20
SNEL = [Keuze.DIT_KWARTAAL, Keuze.VORIG_KWARTAAL, Keuze.DIT_JAAR, Keuze.VORIG_JAAR]


@dataclass(frozen=True)
class Sectie:
    """A chapter: the tables whose name begins with one of these, and the field that holds words about it."""

    naam: str
    titel: str
    tabellen: tuple[str, ...] = ()
    veld: str = ""


# A table that nobody named here ends up in the last one.
SECTIES = [
    Sectie("kern", "In het kort", ("Kerncijfers",)),
    Sectie(
        "vragen",
        "Waar vragen over gingen",
        ("Vragen per maand", "Vragen per infopunt", "Waarover", "Wat erachter zat", "Hoe opgeschreven"),
        "vragen",
    ),
    Sectie("mensen", "Wie er kwamen", ("Leeftijd", "Geschat voor alle vragen"), "mensen"),
    Sectie(
        "hulp",
        "Hoe we hielpen",
        (
            *(
                "Hoe geholpen",
                "Naar wie verwezen",
                "Waarom niet geholpen",
                "Warme verwijzingen",
                "Hoe verwezen",
            ),
            "Hoe vonden bezoekers het?",
        ),
        "hulp",
    ),
    Sectie("drukte", "Wanneer het druk was", ("Drukte", "Niets geregistreerd")),
    Sectie(OVERIG, "Meer cijfers"),
]


@dataclass(frozen=True)
class Hoofdstuk:
    """A chapter as printed. A table without rows says nothing on paper, so it is not among them."""

    sectie: Sectie
    tabellen: list[Tabel]
    tekst: str

    def __bool__(self) -> bool:
        return bool(self.tabellen or self.tekst)


def chapters(tabellen: Iterable[Tabel], verslag: Verslag) -> list[Hoofdstuk]:
    """Every table that has rows, in its chapter; chapters with nothing in them are left out.

    Of a list that would fill a page only the beginning, and the rest added up: spreadsheets have all of it.
    """
    per_sectie: dict[str, list[Tabel]] = {sectie.naam: [] for sectie in SECTIES}
    for tabel in tabellen:
        if tabel.rijen:
            per_sectie[_section_of(tabel)].append(_shortened(tabel))
    alle = (
        Hoofdstuk(sectie, per_sectie[sectie.naam], getattr(verslag, sectie.veld) if sectie.veld else "")
        for sectie in SECTIES
    )
    return [hoofdstuk for hoofdstuk in alle if hoofdstuk]


def _section_of(tabel: Tabel) -> str:
    return next(
        (sectie.naam for sectie in SECTIES if tabel.naam.startswith(sectie.tabellen or ("\0",))), OVERIG
    )


def _shortened(tabel: Tabel) -> Tabel:
    """Only a list with bars, whose first rows are the largest: months and ages stay whole."""
    rest = tabel.rijen[LANGSTE_LIJST:]
    if len(rest) < 2 or len(tabel.kolommen) > 1 or not tabel.rijen[0].breedte:
        return tabel
    samen = total_of([rij.cellen[0] for rij in rest])
    return replace(
        tabel, rijen=[*tabel.rijen[:LANGSTE_LIJST], Rij(f"Nog {len(rest)} andere, samen", [samen])]
    )


def whole_period(form: FilterForm) -> Periode:
    """All of the chosen period, also when it is not over yet: the words stay with it until it is."""
    keuze, nu = form.cleaned_data["periode"], form.perioden.nu
    if keuze == Keuze.EIGEN:
        return nu
    if keuze in WEKEN:
        return Periode(nu.van, nu.van + timedelta(days=6))
    lengte, _ = MAANDEN[Keuze(keuze)]
    return Periode(nu.van, add_months(nu.van, lengte) - timedelta(days=1))


def key_of(form: FilterForm) -> dict[str, Any]:
    """By what the words of a report are kept: its whole period and its desks. No desks means all of them."""
    periode = whole_period(form)
    is_alles = len(form.gekozen) == len(form.infopunten)
    infopunten: Sequence[int] = [] if is_alles else sorted(infopunt.pk for infopunt in form.gekozen)
    return {"van": periode.van, "tot": periode.tot, "infopunten": infopunten}


def words_of(form: FilterForm) -> Verslag:
    """What the coordinator wrote for this choice; an unsaved, empty one when that is nothing yet."""
    sleutel = key_of(form)
    return Verslag.objects.filter(**sleutel).first() or Verslag(**sleutel)


def summary(rapport: Rapport) -> list[str]:
    """The period in a few sentences."""
    if not rapport.totaal:
        return [rapport.in_een_zin]
    zinnen = [rapport.in_een_zin, _compared(rapport)]
    if wijze := _most(rapport.per_wijze):
        zinnen.append(f"Het vaakst ging het zo: {wijze[:1].lower()}{wijze[1:]}.")
    if organisatie := _most(rapport.per_organisatie):
        zinnen.append(f"Het vaakst is verwezen naar {organisatie}.")
    if reden := _most(rapport.per_reden):
        zinnen.append(
            f"Konden we iemand niet helpen? Dit was het vaakst waarom: {reden[:1].lower()}{reden[1:]}."
        )
    return [zin for zin in zinnen if zin]


def _compared(rapport: Rapport) -> str:
    """The number of questions beside that of the period it is compared with."""
    toen = rapport.telling_toen.totaal
    if not toen:
        return ""
    wanneer = "een jaar eerder" if rapport.form.is_jaar_eerder else "in de periode ervoor"
    verschil = rapport.totaal - toen
    if not verschil:
        return f"Dat zijn er even veel als {wanneer}."
    begin = "Dat is er één" if abs(verschil) == 1 else f"Dat zijn er {abs(verschil)}"
    return f"{begin} {'meer' if verschil > 0 else 'minder'} dan {wanneer} ({toen})."


def _most(tabel: Tabel) -> str:
    """The first row with most, when there is one and it is not alone at the top: "wachtlijst (12 keer)"."""
    waarden = [rij.cellen[0].waarde or 0 for rij in tabel.rijen]
    meeste = max(waarden, default=0)
    if not meeste or waarden.count(meeste) > 1:
        return ""
    return f"{tabel.rijen[waarden.index(meeste)].naam} ({meeste} keer)"
