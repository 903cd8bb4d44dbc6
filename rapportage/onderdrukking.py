"""Small numbers stay hidden: one rule, used by the page, the print and the spreadsheet.

The rule is for tables where age or gender is crossed with something else, here age x gender, age x desk and
gender x desk. Their row and column totals are shown as they are.

* A cell of 1 to 4 is hidden and reads "minder dan 5".
* Totals would give a lone hidden cell away. So more cells are hidden until none of the hidden ones can be worked
  out. A cell of 0 hidden for that reason reads "minder dan 5" too, a cell of 5 or more "verborgen".

How we know that a hidden cell cannot be worked out: the hidden cells are the edges of a network between rows and
columns. Take one visitor out of a cell and the totals are only right again after a round trip along other hidden
cells, one up, one down. A cell has a second possible value exactly when there is such a round trip through it that
agrees with what the hidden cells say about themselves (0 to 4, or 5 and more). `protect` hides the cheapest round
trip for every cell that has none. Most readers take "minder dan 5" for 1 to 4, because elsewhere a 0 is shown. So a
round trip on which no 1 turns into 0, or back, is worth hiding more cells for.

Choosing desks can be undone by subtracting: all desks less one desk gives the other. So age and gender lists for a
choice of desks are never calculated on their own: they are sums of the cells of the age x desk and gender x desk
tables over the whole period, and a sum with a hidden part is hidden. Age x gender x desk is not shown at all.

Not covered, and good to know before figures leave the team:
* comparing overlapping periods (a quarter with the same quarter less a day), or reports made on different days;
* somebody who knows part of the visitors, or who knows this very algorithm and reasons back from its choices;
* the range a hidden cell must lie in: it is never one number, but it may be a few.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

DREMPEL = 5
PER_CEL = 10_000  # the cost of one more hidden cell; its size decides between cells
LIEVER_NIET = 1_000_000  # the cost of a 1 that may be a 0
MINDER = f"minder dan {DREMPEL}"
VERBORGEN = "verborgen"

Tabel = Sequence[Sequence[int]]
Plek = tuple[int, int]
Knoop = tuple[str, int]


@dataclass(frozen=True)
class Cel:
    """A figure as anybody may see it: a number, or why there is none."""

    waarde: int | None
    tekst: str

    @property
    def verborgen(self) -> bool:
        return self.waarde is None


def open_cel(waarde: int) -> Cel:
    return Cel(waarde, str(waarde))


def suppress(tabel: Tabel) -> list[list[Cel]] | None:
    """The table with small numbers hidden, or None when its totals alone give them away."""
    hidden = protect(tabel)
    if hidden is None:
        return None
    return [
        [_hidden_cel(waarde) if (r, k) in hidden else open_cel(waarde) for k, waarde in enumerate(rij)]
        for r, rij in enumerate(tabel)
    ]


def total_of(cellen: Sequence[Cel]) -> Cel:
    """The sum of cells; hidden as soon as one of them is. One cell stays what it is."""
    if len(cellen) == 1:
        return cellen[0]
    waarden = [cel.waarde for cel in cellen if cel.waarde is not None]
    return Cel(None, VERBORGEN) if len(waarden) < len(cellen) else open_cel(sum(waarden))


def _hidden_cel(waarde: int) -> Cel:
    return Cel(None, MINDER if waarde < DREMPEL else VERBORGEN)


def protect(tabel: Tabel) -> set[Plek] | None:
    """The cells to hide so that every one of them has a second possible value; None when that cannot be."""
    hidden = {(r, k) for r, rij in enumerate(tabel) for k, waarde in enumerate(rij) if 0 < waarde < DREMPEL}
    for plek in sorted(hidden):
        rondes = [ronde for ronde in (_round_trip(tabel, hidden, plek, up) for up in (True, False)) if ronde]
        if not rondes:
            return None
        hidden |= min(rondes, key=lambda ronde: ronde[0])[1]
    return hidden


def _round_trip(tabel: Tabel, hidden: set[Plek], plek: Plek, up: bool) -> tuple[int, set[Plek]] | None:
    """The cheapest way to make up for one more (or one fewer) in a cell, and the cells it passes through."""
    rij, kolom = plek
    if not _may_change(tabel[rij][kolom], up):
        return None
    begin, doel = (("kolom", kolom), ("rij", rij)) if up else (("rij", rij), ("kolom", kolom))
    pad = _cheapest_path(
        begin,
        doel,
        lambda knoop: (
            (buur, via, _cost(tabel, hidden, via, erbij))
            for buur, via, erbij in _neighbours(tabel, knoop)
            if via != plek and _may_change(tabel[via[0]][via[1]], erbij)
        ),
    )
    return pad and (pad[0] + _cost(tabel, hidden, plek, up), pad[1])


def _neighbours(tabel: Tabel, knoop: Knoop) -> Iterator[tuple[Knoop, Plek, bool]]:
    """From a row to every column by one more in the cell between; from a column to every row by one fewer."""
    soort, nummer = knoop
    if soort == "rij":
        yield from ((("kolom", k), (nummer, k), True) for k in range(len(tabel[nummer])))
    else:
        yield from ((("rij", r), (r, nummer), False) for r in range(len(tabel)))


def _may_change(waarde: int, up: bool) -> bool:
    """Whether one more or one fewer still fits what the hidden cell says about itself."""
    return waarde + 1 != DREMPEL if up else waarde not in (0, DREMPEL)


def _cost(tabel: Tabel, hidden: set[Plek], plek: Plek, up: bool) -> int:
    """What is hidden already is free; otherwise as few cells as possible, then the smallest."""
    waarde = tabel[plek[0]][plek[1]]
    nieuw = 0 if plek in hidden else PER_CEL + min(waarde, PER_CEL - 1)
    return nieuw + (LIEVER_NIET if waarde == (0 if up else 1) else 0)


def _cheapest_path(
    begin: Knoop, doel: Knoop, steps: Callable[[Knoop], Iterable[tuple[Knoop, Plek, int]]]
) -> tuple[int, set[Plek]] | None:
    """Dijkstra: the cost and the cells of the cheapest path, or None."""
    rij: list[tuple[int, Knoop, tuple[Plek, ...]]] = [(0, begin, ())]
    klaar: set[Knoop] = set()
    while rij:
        kosten, knoop, pad = heappop(rij)
        if knoop == doel:
            return kosten, set(pad)
        if knoop in klaar:
            continue
        klaar.add(knoop)
        for buur, via, stap in steps(knoop):
            if buur not in klaar:
                heappush(rij, (kosten + stap, buur, (*pad, via)))
    return None
