"""Charts as plain numbers; templates turn them into SVG. Lines differ in dash and marker, not in colour alone."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from django.utils.formats import date_format

BREEDTE, HOOGTE = 560, 250
LINKS, RECHTS, BOVEN, ONDER = 44, 60, 14, 30  # margins; names of the lines stand on the right
PER_LETTER = 8.6  # how wide a bold letter may be, in whatever font there is
LABEL_HOOGTE = 19
HOOGSTENS_LIJNEN_RASTER = 5
HOOGSTENS_MAANDNAMEN = 12

# Markers around 0,0 in turn: disc, square, triangle, diamond.
MERKTEKENS = [
    "M{l} {y}a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z",
    "M{l} {t}h9v9h-9z",
    "M{x} {t}l5.2 9h-10.400z",
    "M{x} {t}l5 4.500l-5 4.500l-5-4.500z",
]


@dataclass(frozen=True)
class Reeks:
    naam: str
    waarden: list[int]


@dataclass(frozen=True)
class Lijn:
    """A line as drawn: `soort` 1-4 picks dash and marker."""

    naam: str
    laatste: int
    soort: int
    pad: str
    punten: list[str]
    label_x: float
    label_y: float


@dataclass(frozen=True)
class Lijngrafiek:
    """`x_namen` along the bottom; `loopt` is the last day when the last month is not over yet."""

    x_namen: list[str]
    reeksen: list[Reeks]
    loopt: date | None = None

    breedte = BREEDTE
    hoogte = HOOGTE
    links = LINKS
    boven = BOVEN
    onder = HOOGTE - ONDER
    as_y = HOOGTE - 8

    @cached_property
    def rechts(self) -> float:
        """Where the lines end: the longest name and number must fit beside them."""
        letters = max((len(f"{reeks.naam} {reeks.waarden[-1]}") for reeks in self.reeksen), default=0)
        return BREEDTE - min(max(RECHTS, 16 + letters * PER_LETTER), BREEDTE / 2)

    @cached_property
    def stap(self) -> int:
        """Distance between grid lines: 1, 2 or 5 times a power of ten."""
        meeste = max((waarde for reeks in self.reeksen for waarde in reeks.waarden), default=0)
        stappen = (factor * 10**macht for macht in range(12) for factor in (1, 2, 5))
        return next(stap for stap in stappen if stap * (HOOGSTENS_LIJNEN_RASTER - 1) >= meeste)

    @cached_property
    def top(self) -> int:
        meeste = max((waarde for reeks in self.reeksen for waarde in reeks.waarden), default=0)
        return max(self.stap, -(-meeste // self.stap) * self.stap)

    @property
    def raster(self) -> list[tuple[int, float]]:
        """Grid lines: value and height."""
        return [(waarde, self.y(waarde)) for waarde in range(0, self.top + 1, self.stap)]

    @property
    def x_as(self) -> list[tuple[str, float]]:
        """Names under the axis; not all of them when they would not fit."""
        stap = -(-len(self.x_namen) // HOOGSTENS_MAANDNAMEN)
        laatste = len(self.x_namen) - 1
        return [(naam, self.x(i)) for i, naam in enumerate(self.x_namen) if (laatste - i) % stap == 0]

    @property
    def loopt_x(self) -> float:
        """Where the last whole month ends."""
        return self.x(len(self.x_namen) - 2)

    @property
    def loopt_tekst(self) -> str:
        return f"tot {date_format(self.loopt, 'j b')}" if self.loopt and len(self.x_namen) > 1 else ""

    @cached_property
    def lijnen(self) -> list[Lijn]:
        labels = spread([self.y(reeks.waarden[-1]) for reeks in self.reeksen], LABEL_HOOGTE)
        return [
            self._line(reeks, nummer, label_y)
            for nummer, (reeks, label_y) in enumerate(zip(self.reeksen, labels, strict=True))
        ]

    def x(self, nummer: int) -> float:
        stappen = max(len(self.x_namen) - 1, 1)
        return round(LINKS + 10 + nummer * (self.rechts - LINKS - 10) / stappen, 1)

    def y(self, waarde: int) -> float:
        return round(self.onder - waarde * (self.onder - BOVEN) / self.top, 1)

    def _line(self, reeks: Reeks, nummer: int, label_y: float) -> Lijn:
        punten = [(self.x(i), self.y(waarde)) for i, waarde in enumerate(reeks.waarden)]
        soort = nummer % len(MERKTEKENS)
        return Lijn(
            naam=reeks.naam,
            laatste=reeks.waarden[-1],
            soort=soort + 1,
            pad="M" + "L".join(f"{x} {y}" for x, y in punten),
            punten=[
                MERKTEKENS[soort].format(x=x, y=y, l=round(x - 4.5, 1), t=round(y - 4.5, 1))
                for x, y in punten
            ],
            label_x=self.rechts + 12,
            label_y=round(label_y + 5, 1),
        )


@dataclass(frozen=True)
class Vonklijn:
    """A trend the size of a word: no axes, the last point marked. The numbers themselves stand beside it."""

    waarden: list[int]

    breedte = 120
    hoogte = 32
    rand = 4

    @property
    def punten(self) -> list[tuple[float, float]]:
        top = max(self.waarden, default=0) or 1
        stap = (self.breedte - 2 * self.rand) / max(len(self.waarden) - 1, 1)
        hoog = self.hoogte - 2 * self.rand
        return [
            (round(self.rand + i * stap, 1), round(self.rand + hoog * (1 - waarde / top), 1))
            for i, waarde in enumerate(self.waarden)
        ]

    @property
    def pad(self) -> str:
        return "M" + "L".join(f"{x} {y}" for x, y in self.punten)

    @property
    def laatste(self) -> tuple[float, float]:
        return self.punten[-1]


def spread(hoogten: list[float], afstand: float) -> list[float]:
    """The heights, moved down where needed so that labels do not overlap, and back up within the chart."""
    volgorde = sorted(range(len(hoogten)), key=lambda i: hoogten[i])
    uit = list(hoogten)
    for vorige, i in pairwise(volgorde):
        uit[i] = max(uit[i], uit[vorige] + afstand)
    te_laag = max(0, max(uit, default=0) - (HOOGTE - ONDER + afstand))
    return [hoogte - te_laag for hoogte in uit]
