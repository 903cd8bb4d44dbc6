"""A figure in large: what it is, and how it was before."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapportage.grafiek import Vonklijn


@dataclass(frozen=True)
class Kerncijfer:
    """`perioden` holds the figure now, in the period before, and a year earlier; `lijn` its course by month."""

    naam: str
    perioden: Sequence[int]
    eenheid: str = ""
    bekend: bool = True
    lijn: Vonklijn | None = None

    @property
    def nu(self) -> int:
        return self.perioden[0]

    @property
    def verschillen(self) -> list[tuple[str, str]]:
        """Icon and words for both comparisons."""
        _, ervoor, jaar_eerder = self.perioden
        return [self._difference(ervoor, "ervoor"), self._difference(jaar_eerder, "een jaar eerder")]

    def _difference(self, toen: int, wanneer: str) -> tuple[str, str]:
        if self.nu == toen:
            return "equal", f"even veel als {wanneer}"
        soort = "meer" if self.nu > toen else "minder"
        hoeveel = "" if self.eenheid else f"{abs(self.nu - toen)} "
        icoon = "trending-up" if self.nu > toen else "trending-down"
        return icoon, f"{hoeveel}{soort} dan {wanneer} ({toen}{self.eenheid})"
