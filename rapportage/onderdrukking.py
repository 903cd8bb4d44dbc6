"""Small numbers stay hidden: every rule for it, used by screen, chart, spreadsheet, print and API alike.

Two rules (`Regel`). `TEAM`: in a table where age or gender is crossed with something, 1 to 4 is hidden; single
totals are shown. `BUITEN`, for outsiders: everything below 10 is hidden, 0 and totals too, and what is left is
rounded to multiples of 5.

What a reader sees in a hidden cell: "minder dan 5" when it is below the threshold (also a 0 that is hidden only to
protect another), "verborgen" when it is not. A reader may know all this, all totals, and that counts are whole and
not negative. The promise, for a threshold of 5: every cell that reads "minder dan 5" can still be 0, 1, 2, 3 and 4, and
every cell that reads "verborgen" can still be at least 5 different numbers.

How we know. Totals are known, so hidden cells are the edges of a network between rows and columns: one more in a
cell is only possible with a round trip along other hidden cells, one fewer, one more, until the totals are right
again. How much more a cell can be is the largest flow that such round trips carry, where each cell on the way stays
within what it says about itself. `protect` finds for every hidden cell the amounts it must be able to move, along
the cheapest ways, and hides what they pass through. More hidden cells only give more room, so a cell that is
safe stays safe. A cell for which even hiding everything is not enough has totals that are too small: `TeKlein`.

What else is made of figures is made of *published* ones: sums (`total_of`), percentages (`share`) and bars (`widths`).
What a function of published figures shows, the reader could have worked out.

Several tables about the same people are together as safe as each alone as long as they hang together like a tree: any
two share one dimension at most, and there is no way round (topic x desk, month x desk and age x desk are; with topic x
month beside them they are not). Then any table that fits the first goes together with any that fits the second.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

VERBORGEN = "verborgen"
PER_CEL = 10_000  # the cost of one more hidden cell; its size decides between cells
ONBEPERKT = 10**9

Tabel = Sequence[Sequence[int]]
Plek = tuple[int, int]


@dataclass(frozen=True)
class Cel:
    """A figure as anybody may see it: a number, or why there is none."""

    waarde: int | None
    tekst: str

    @property
    def verborgen(self) -> bool:
        return self.waarde is None


@dataclass(frozen=True)
class Regel:
    """What is small, and how the rest is written. Strict: 0 and totals can be small too."""

    drempel: int
    afronding: int = 1
    streng: bool = False

    @property
    def minder(self) -> str:
        return f"minder dan {self.drempel}"

    def is_small(self, waarde: int) -> bool:
        return waarde < self.drempel and (self.streng or waarde > 0)

    def show(self, waarde: int) -> Cel:
        return open_cel(self.afronding * round(waarde / self.afronding))

    def hide(self, waarde: int) -> Cel:
        return Cel(None, self.minder if waarde < self.drempel else VERBORGEN)

    def cel(self, waarde: int, verborgen: bool) -> Cel:
        return self.hide(waarde) if verborgen else self.show(waarde)


TEAM = Regel(5)
BUITEN = Regel(10, afronding=5, streng=True)
MINDER = TEAM.minder
DICHT = Cel(None, VERBORGEN)


class TeKlein(Exception):
    """Totals so small that a cell of this row cannot be protected, whatever is hidden."""

    def __init__(self, rij: int) -> None:
        super().__init__(rij)
        self.rij = rij


def open_cel(waarde: int) -> Cel:
    return Cel(waarde, str(waarde))


def total_of(cellen: Sequence[Cel]) -> Cel:
    """The sum of published cells; hidden as soon as one of them is. One cell stays what it is."""
    if len(cellen) == 1:
        return cellen[0]
    waarden = [cel.waarde for cel in cellen if cel.waarde is not None]
    return DICHT if len(waarden) < len(cellen) else open_cel(sum(waarden))


def share(deel: Cel, geheel: Cel) -> Cel:
    """A published part as a percentage of a published whole; hidden when either is."""
    if deel.waarde is None or geheel.waarde is None:
        return DICHT
    procent = round(100 * deel.waarde / geheel.waarde) if geheel.waarde else 0
    return Cel(procent, f"{procent}%")


def widths(cellen: Sequence[Cel]) -> list[int]:
    """How wide to draw the bar of each cell, 0-100, beside the largest published one. A hidden cell has no bar."""
    meeste = max((cel.waarde for cel in cellen if cel.waarde is not None), default=0)
    return [round(100 * cel.waarde / meeste) if cel.waarde and meeste else 0 for cel in cellen]


# Lists and tables of which everything is counted at once


@dataclass(frozen=True)
class Lijst:
    cellen: list[Cel]
    totaal: Cel


@dataclass(frozen=True)
class Kruistabel:
    cellen: list[list[Cel]]
    per_rij: list[Cel]
    per_kolom: list[Cel]
    totaal: Cel


def publish_list(waarden: Sequence[int], regel: Regel = BUITEN) -> Lijst | None:
    """A list with its total, or None when it is about too few.

    Give every category, also those with nothing, in a fixed order: leaving a line out, or sorting by a number
    that is hidden, would tell what is hidden. The total is shown, so other lists of the same total add nothing.
    """
    try:
        hidden = protect_list(waarden, regel)
    except TeKlein:
        return None
    cellen = [regel.cel(waarde, nummer in hidden) for nummer, waarde in enumerate(waarden)]
    return Lijst(cellen, regel.show(sum(waarden)))


def publish_table(tabel: Tabel, regel: Regel = BUITEN) -> Kruistabel | None:
    """A table with its totals, or None. Its totals are the lists `publish_list` makes of them.

    A row or column of which the total is hidden is in the table together with the others like it, which gives nothing
    back about one of them: their cells all read "verborgen". So do rows with totals too small to protect their cells.
    """
    per_rij = publish_list([sum(rij) for rij in tabel], regel)
    per_kolom = publish_list([sum(kolom) for kolom in zip(*tabel, strict=True)], regel)
    if per_rij is None or per_kolom is None:
        return None
    rijen = [r for r, cel in enumerate(per_rij.cellen) if not cel.verborgen]
    kolommen = [k for k, cel in enumerate(per_kolom.cellen) if not cel.verborgen]
    while rijen and kolommen:
        try:
            hidden = _protect_named(tabel, rijen, kolommen, regel)
        except TeKlein as fout:
            rijen = _without(tabel, rijen, fout.rij)
            continue
        cellen = [[DICHT for _ in rij] for rij in tabel]
        for i, r in enumerate(rijen):
            for j, k in enumerate(kolommen):
                cellen[r][k] = regel.cel(tabel[r][k], (i, j) in hidden)
        return Kruistabel(cellen, per_rij.cellen, per_kolom.cellen, per_rij.totaal)
    return None


def _protect_named(tabel: Tabel, rijen: list[int], kolommen: list[int], regel: Regel) -> set[Plek]:
    """Protect these rows and columns, with the other rows as one row and the other columns as one column."""
    rest_rijen = [r for r in range(len(tabel)) if r not in rijen]
    rest_kolommen = [k for k in range(len(tabel[0])) if k not in kolommen]
    per_rij = [[r] for r in rijen] + [rest_rijen] * bool(rest_rijen)
    per_kolom = [[k] for k in kolommen] + [rest_kolommen] * bool(rest_kolommen)
    samen = [[sum(tabel[r][k] for r in rr for k in kk) for kk in per_kolom] for rr in per_rij]
    vrij = {
        (i, j)
        for i in range(len(per_rij))
        for j in range(len(per_kolom))
        if i >= len(rijen) or j >= len(kolommen)
    }
    return protect(samen, regel, vrij)


def _without(tabel: Tabel, rijen: list[int], nummer: int) -> list[int]:
    """One row fewer with a line of its own; two when it would be the only one without, and so known by subtraction."""
    op_volgorde = sorted(rijen, key=lambda r: sum(tabel[r]))
    eerst = rijen[nummer] if nummer < len(rijen) else op_volgorde[0]
    weg = [eerst]
    if len(rijen) == len(tabel):
        weg += [r for r in op_volgorde if r != eerst][:1]
    return [r for r in rijen if r not in weg]


def protect_list(waarden: Sequence[int], regel: Regel) -> set[int]:
    """Which of a list with a known total to hide: the small ones, then the smallest until each has room enough.

    TeKlein when hiding all is not enough, or the total itself is small.
    """
    hidden = {nummer for nummer, waarde in enumerate(waarden) if regel.is_small(waarde)}
    anderen = sorted((n for n in range(len(waarden)) if n not in hidden), key=lambda n: waarden[n])
    if regel.is_small(sum(waarden)):
        raise TeKlein(0)
    while hidden and not _list_is_safe({n: waarden[n] for n in hidden}, regel):
        if not anderen:
            raise TeKlein(0)
        hidden.add(anderen.pop(0))
    return hidden


def _list_is_safe(hidden: dict[int, int], regel: Regel) -> bool:
    """Whether each can move as much as it must, up and down, with only the other hidden ones to make up for it."""
    grenzen = {n: _bounds(waarde, regel) for n, waarde in hidden.items()}
    omhoog = {n: grenzen[n][1] - waarde for n, waarde in hidden.items()}
    omlaag = {n: waarde - grenzen[n][0] for n, waarde in hidden.items()}
    for nummer, waarde in hidden.items():
        op = min(omhoog[nummer], sum(omlaag.values()) - omlaag[nummer])
        neer = min(omlaag[nummer], sum(omhoog.values()) - omhoog[nummer])
        if waarde < regel.drempel and (op < regel.drempel - 1 - waarde or neer < waarde):
            return False
        if op + neer < regel.drempel - 1:
            return False
    return not regel.is_small(sum(hidden.values()))


def _bounds(waarde: int, regel: Regel) -> tuple[int, int]:
    """The lowest and highest that fit the words in a hidden cell."""
    return (0, regel.drempel - 1) if waarde < regel.drempel else (regel.drempel, ONBEPERKT)


# Tables with known totals


def protect(tabel: Tabel, regel: Regel = TEAM, vrij: Collection[Plek] = ()) -> set[Plek]:
    """Which cells of a table with known totals to hide: the small ones and those that would give them away.

    `vrij` are cells nobody sees as such, about which no words say whether they are small; they count all the same,
    because the totals give them away. TeKlein when no choice of cells is enough.
    """
    check_totals(tabel, regel)
    netwerk = _Netwerk(tabel, regel, vrij)
    te_doen = sorted(netwerk.hidden)
    while te_doen:
        te_doen += sorted(netwerk.make_room(te_doen.pop(0)))
    return netwerk.hidden


def suppress(tabel: Tabel, regel: Regel = TEAM) -> list[list[Cel]] | None:
    """The cells as they may be shown beside their totals, or None when the totals are too small."""
    try:
        hidden = protect(tabel, regel)
    except TeKlein:
        return None
    return [
        [regel.cel(waarde, (r, k) in hidden) for k, waarde in enumerate(rij)] for r, rij in enumerate(tabel)
    ]


def check_totals(tabel: Tabel, regel: Regel) -> None:
    """TeKlein when a row or column total is small: of a column, the smallest row."""
    totalen = [sum(rij) for rij in tabel]
    for nummer, totaal in enumerate(totalen):
        if regel.is_small(totaal):
            raise TeKlein(nummer)
    if any(regel.is_small(sum(kolom)) for kolom in zip(*tabel, strict=True)):
        raise TeKlein(totalen.index(min(totalen)))


class _Netwerk:
    """A table, what is hidden of it so far, and how far each cell can go up and down within its own words."""

    def __init__(self, tabel: Tabel, regel: Regel, vrij: Collection[Plek]) -> None:
        self.tabel = tabel
        self.regel = regel
        self.hidden: set[Plek] = set()
        self.omhoog = [[0] * len(rij) for rij in tabel]
        self.omlaag = [[0] * len(rij) for rij in tabel]
        self.gezien_op = [[0] * len(rij) for rij in tabel]
        self.gezien_neer = [[0] * len(rij) for rij in tabel]
        for r, rij in enumerate(tabel):
            for k, waarde in enumerate(rij):
                laag, hoog = (0, ONBEPERKT) if (r, k) in vrij else _bounds(waarde, regel)
                self.omhoog[r][k], self.omlaag[r][k] = hoog - waarde, waarde - laag
                if regel.is_small(waarde):
                    self.hidden.add((r, k))

    def make_room(self, plek: Plek) -> set[Plek]:
        """Hide what a hidden cell needs to be any of the numbers it must be able to be; what was added."""
        voor = set(self.hidden)
        r, k = plek
        waarde, breedte = self.tabel[r][k], self.regel.drempel - 1
        if waarde <= breedte:
            ruimte = self._move(plek, breedte - waarde, omhoog=True) + self._move(plek, waarde, omhoog=False)
        else:
            neer = self._move(plek, max(0, breedte - self.gezien_op[r][k]), omhoog=False, gratis=True)
            op = self._move(plek, breedte - neer, omhoog=True)
            ruimte = op + self._move(plek, breedte - op, omhoog=False)
        if ruimte < breedte:
            raise TeKlein(r)
        return self.hidden - voor

    def _move(self, plek: Plek, aantal: int, *, omhoog: bool, gratis: bool = False) -> int:
        """Move a cell that much in small steps, each along the cheapest way; how much came of it.

        The ways are hidden from then on. `gratis`: only along what is hidden already. Every table passed through is one
        that the reader cannot rule out, so how far the other cells moved need not be found out again.
        """
        r, k = plek
        aantal = min(aantal, (self.omhoog if omhoog else self.omlaag)[r][k])
        if (self.gezien_op if omhoog else self.gezien_neer)[r][k] >= aantal:
            return aantal
        op, neer = [list(rij) for rij in self.omhoog], [list(rij) for rij in self.omlaag]
        rest = aantal
        while rest and (pad := self._cheapest_way(plek, omhoog, gratis, op, neer)):
            stap = min(rest, *(heen[r][k] for (r, k), heen, _ in pad))
            for (r, k), heen, terug in pad:
                heen[r][k] -= stap
                terug[r][k] += stap
                self.hidden.add((r, k))
            rest -= stap
        self._remember(plek, aantal - rest if omhoog else rest - aantal, op)
        return aantal - rest

    def _remember(self, plek: Plek, verschil: int, op: list[list[int]]) -> None:
        for r, k in self.hidden:
            anders = verschil if (r, k) == plek else self.omhoog[r][k] - op[r][k]
            self.gezien_op[r][k] = max(self.gezien_op[r][k], anders)
            self.gezien_neer[r][k] = max(self.gezien_neer[r][k], -anders)

    def _cheapest_way(
        self, plek: Plek, omhoog: bool, gratis: bool, op: list[list[int]], neer: list[list[int]]
    ) -> list[tuple[Plek, list[list[int]], list[list[int]]]]:
        """Dijkstra from the column of a cell that goes up to its row, or back when it goes down.

        A row is left through a cell with one more, a column through one with one fewer. Rows are the nodes from 0,
        columns those after them. Every step is a cell, what is left of its room that way, and of its way back.
        """
        rijen, kolommen = len(self.tabel), len(self.tabel[0])
        rij, kolom = plek[0], rijen + plek[1]
        begin, doel = (kolom, rij) if omhoog else (rij, kolom)
        kosten = {begin: 0}
        vorige: dict[int, int] = {}
        wachtrij = [(0, begin)]
        while wachtrij:
            tot_hier, knoop = heappop(wachtrij)
            if knoop == doel:
                return self._steps(vorige, begin, doel, op, neer)
            if tot_hier > kosten[knoop]:
                continue
            is_rij = knoop < rijen
            for buur in range(rijen, rijen + kolommen) if is_rij else range(rijen):
                r, k = (knoop, buur - rijen) if is_rij else (buur, knoop - rijen)
                if (r, k) == plek or not (op if is_rij else neer)[r][k]:
                    continue
                if (r, k) in self.hidden:
                    totaal = tot_hier
                elif gratis:
                    continue
                else:
                    totaal = tot_hier + PER_CEL + min(self.tabel[r][k], PER_CEL - 1)
                if totaal < kosten.get(buur, ONBEPERKT):
                    kosten[buur], vorige[buur] = totaal, knoop
                    heappush(wachtrij, (totaal, buur))
        return []

    def _steps(
        self, vorige: dict[int, int], begin: int, doel: int, op: list[list[int]], neer: list[list[int]]
    ) -> list[tuple[Plek, list[list[int]], list[list[int]]]]:
        rijen = len(self.tabel)
        stappen, knoop = [], doel
        while knoop != begin:
            van = vorige[knoop]
            if van < rijen:
                stappen.append(((van, knoop - rijen), op, neer))
            else:
                stappen.append(((knoop, van - rijen), neer, op))
            knoop = van
        return stappen
