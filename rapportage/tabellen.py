"""Tables as page, print and spreadsheet show them."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapportage.onderdrukking import Cel, open_cel

GEEN = "–"  # where there can be no figure


@dataclass(frozen=True)
class Rij:
    """`link` leads to the report of this row alone."""

    naam: str
    cellen: list[Cel]
    breedte: int = 0  # of its bar, 0-100
    link: str = ""


@dataclass(frozen=True)
class Tabel:
    """Rows under named columns; what the page draws and the spreadsheet lists."""

    naam: str
    kop: str
    kolommen: list[str]
    rijen: list[Rij]

    @property
    def koppen(self) -> list[tuple[str, bool]]:
        """Each column, and whether it holds numbers and no words: those line up on the right."""
        return [
            (kolom, _is_numeric([rij.cellen[nummer] for rij in self.rijen]))
            for nummer, kolom in enumerate(self.kolommen)
        ]

    @property
    def regels(self) -> list[tuple[Rij, list[tuple[str, bool, Cel]]]]:
        """Each row, its cells along with their column: on a phone that stands before each."""
        koppen = self.koppen
        return [
            (rij, [(*kop, cel) for kop, cel in zip(koppen, rij.cellen, strict=True)]) for rij in self.rijen
        ]


def bar_table(naam: str, kop: str, paren: Sequence[tuple[str, int]]) -> Tabel:
    meeste = max((aantal for _, aantal in paren), default=0)
    return Tabel(naam, kop, ["aantal"], [Rij(n, [open_cel(a)], bar(a, meeste)) for n, a in paren])


def bar(aantal: int, meeste: int) -> int:
    return round(100 * aantal / meeste) if meeste else 0


def _is_numeric(cellen: Sequence[Cel]) -> bool:
    woorden = [cel for cel in cellen if cel.waarde is None and cel.tekst != GEEN]
    return not woorden and any(cel.waarde is not None for cel in cellen)
