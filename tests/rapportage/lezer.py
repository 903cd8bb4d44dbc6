"""A reader who puts everything that is published side by side, and a solver that says what they can work out."""

from collections.abc import Hashable, Mapping
from typing import Any

import highspy

from rapportage.onderdrukking import VERBORGEN, Cel, Regel

VEEL = 10**4


class Lezer:
    """Knows nothing of whole, non-negative counts but what `sees` says. HiGHS answers what they can still be."""

    def __init__(self, waarheid: Mapping[Any, int]) -> None:
        self.waarheid = waarheid
        self.nummers = {sleutel: nummer for nummer, sleutel in enumerate(waarheid)}
        self.highs = highspy.Highs()
        self.highs.silent()
        for nummer in self.nummers.values():
            self.highs.addVar(0, VEEL)
            self.highs.changeColIntegrality(nummer, highspy.HighsVarType.kInteger)
        self.vragen: dict[Hashable, tuple[int, list[int]]] = {}
        self.gezien: dict[Hashable, set[int]] = {}

    def sees(self, sleutels: list[Any], laagst: float, hoogst: float) -> None:
        """That these counts add up to something between two bounds. The truth must be."""
        plekken = [self.nummers[sleutel] for sleutel in sleutels]
        som = sum(self.waarheid[sleutel] for sleutel in sleutels)
        assert laagst <= som <= hoogst, f"what is shown is not true: {som} is not from {laagst} to {hoogst}"
        self._row(plekken, laagst, hoogst)

    def sees_cell(
        self, sleutels: list[Any], cel: Cel, regel: Regel, *, delen: int = 1, is_som: bool = False
    ) -> None:
        """A cell, made of so many rounded ones. "Verborgen" says not small; in a sum, that a part is hidden."""
        if cel.waarde is not None:
            speling = regel.afronding // 2 * delen
            self.sees(sleutels, cel.waarde - speling, cel.waarde + speling)
        elif cel.tekst == regel.minder:
            self.sees(sleutels, 0, regel.drempel - 1)
        elif not is_som:
            assert cel.tekst == VERBORGEN
            self.sees(sleutels, regel.drempel, VEEL)

    def asks(self, naam: Hashable, sleutels: list[Any]) -> None:
        """Wants to know these counts together."""
        plekken = [self.nummers[sleutel] for sleutel in sleutels]
        self.vragen[naam] = (self._row(plekken, 0, VEEL), plekken)
        self.gezien[naam] = set()

    def can_be(self, naam: Hashable, waarde: int) -> bool:
        if waarde not in self.gezien[naam]:
            self._solve(naam, waarde)
        return waarde in self.gezien[naam]

    def how_many(self, naam: Hashable, genoeg: int) -> int:
        """How many different numbers it can be, counted up to `genoeg`."""
        som = self.truth(naam)
        for waarde in range(max(0, som - genoeg), som + genoeg + 1):
            if len(self.gezien[naam]) >= genoeg:
                break
            self.can_be(naam, waarde)
        return len(self.gezien[naam])

    def truth(self, naam: Hashable) -> int:
        aantallen = list(self.waarheid.values())
        return sum(aantallen[plek] for plek in self.vragen[naam][1])

    def _row(self, plekken: list[int], laagst: float, hoogst: float) -> int:
        self.highs.addRow(laagst, hoogst, len(plekken), plekken, [1.0] * len(plekken))
        return self.highs.getNumRow() - 1

    def _solve(self, naam: Hashable, waarde: int) -> None:
        """Look for counts that fit; when there are, they are an answer to all other questions too."""
        rij = self.vragen[naam][0]
        self.highs.changeRowBounds(rij, waarde, waarde)
        uitkomst = self._run(relaxation=True)
        if uitkomst and any(abs(getal - round(getal)) > 1e-6 for getal in uitkomst):
            uitkomst = self._run(relaxation=False)
        if uitkomst:
            for andere, (_, plekken) in self.vragen.items():
                self.gezien[andere].add(sum(round(uitkomst[plek]) for plek in plekken))
        self.highs.changeRowBounds(rij, 0, VEEL)

    def _run(self, *, relaxation: bool) -> list[float]:
        """Counts that fit, or nothing. With fractions it is far quicker; where even those do not fit, none do."""
        self.highs.setOptionValue("solve_relaxation", relaxation)
        self.highs.run()
        stand = self.highs.getModelStatus()
        assert stand in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible), stand
        return list(self.highs.getSolution().col_value) if stand == highspy.HighsModelStatus.kOptimal else []
