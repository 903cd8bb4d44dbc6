"""Tables as page, print and spreadsheet show them."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapportage.onderdrukking import Cel, open_cel


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
    def regels(self) -> list[tuple[Rij, list[tuple[str, Cel]]]]:
        """Each row, and its cells with the name of their column: on a phone that stands before each."""
        return [(rij, list(zip(self.kolommen, rij.cellen, strict=True))) for rij in self.rijen]


def bar_table(naam: str, kop: str, paren: Sequence[tuple[str, int]]) -> Tabel:
    meeste = max((aantal for _, aantal in paren), default=0)
    return Tabel(naam, kop, ["aantal"], [Rij(n, [open_cel(a)], bar(a, meeste)) for n, a in paren])


def bar(aantal: int, meeste: int) -> int:
    return round(100 * aantal / meeste) if meeste else 0
