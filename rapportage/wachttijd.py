"""How long people wait, in working days, without pretending to know about those who still wait.

Somebody who still waits, or whose referral ended without, counts for the days that went by and for no more. That is
the estimator of Kaplan and Meier (Journal of the American Statistical Association 53, 1958, 457-481), with fractions
so that it is exact. When it came for everybody it is the plain percentile: the fewest days in which so many had it.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import lru_cache

from django.utils import timezone

from sociale_kaart.feestdagen import is_workday

HELFT, NEGENTIG = Fraction(1, 2), Fraction(9, 10)
# How many must have had it before a share of them says something.
MINSTENS = {HELFT: 5, NEGENTIG: 10}
TE_WEINIG = "te weinig"
ONBEKEND = "niet te zeggen"


@lru_cache(maxsize=4096)
def workdays(van: date, tot: date) -> int:
    """Working days after `van` up to and including `tot`, as a promise counts them; 0 is the same day."""
    return sum(is_workday(van + timedelta(days=dag)) for dag in range(1, (tot - van).days + 1))


@dataclass
class Wachttijd:
    """Of some referrals after how many working days it came, and how long the others had waited without."""

    vandaag: date = field(default_factory=timezone.localdate)
    gekomen: Counter[int] = field(default_factory=Counter)
    gestopt: Counter[int] = field(default_factory=Counter)
    wachten_nog: int = 0

    def add(self, van: datetime, gekomen: datetime | None, gestopt: datetime | None) -> None:
        """It came, or it stopped without, or somebody still waits. Of the others the last day was not over."""
        begin = timezone.localdate(van)
        if gekomen is not None:
            self.gekomen[workdays(begin, timezone.localdate(gekomen))] += 1
            return
        self.wachten_nog += gestopt is None
        einde = timezone.localdate(gestopt) if gestopt else self.vandaag
        self.gestopt[workdays(begin, einde) - 1] += 1

    @property
    def aantal(self) -> int:
        """Of how many it came."""
        return self.gekomen.total()

    def within(self, aandeel: Fraction) -> int | None:
        """The fewest working days within which this share has it; None when that cannot be known."""
        zonder, wachtend = Fraction(1), self.gekomen.total() + self.gestopt.total()
        for dag in sorted(self.gekomen.keys() | self.gestopt.keys()):
            zonder *= 1 - Fraction(self.gekomen[dag], wachtend)
            if self.gekomen[dag] and zonder <= 1 - aandeel:
                return dag
            wachtend -= self.gekomen[dag] + self.gestopt[dag]
        return None

    def in_words(self, aandeel: Fraction) -> str:
        """ "2 werkdagen", or why there is no figure."""
        if self.aantal < MINSTENS[aandeel]:
            return TE_WEINIG
        dagen = self.within(aandeel)
        return ONBEKEND if dagen is None else days_in_words(dagen)


def days_in_words(dagen: int) -> str:
    if not dagen:
        return "dezelfde dag"
    return "1 werkdag" if dagen == 1 else f"{dagen} werkdagen"
