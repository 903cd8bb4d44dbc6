"""The words of the map as a process knows them: read once, and after that only what changed."""

from bisect import bisect_left
from dataclasses import dataclass, field
from math import log

from django.db import connection

from sociale_kaart.spelling import Spelling

HOOGSTENS = 20


@dataclass
class Woordenschat:
    """`woorden` has per stem the word as written and in how many offers it stands; `totaal` is all offers."""

    woorden: dict[str, tuple[str, int]] = field(default_factory=dict)
    versie: int = 0
    totaal: int = 0
    # Made by verbreden.py when the first mistake has to be mended: what it was made of, and the result.
    spelling: tuple[tuple[int, int], Spelling] | None = None
    _op_alfabet: list[str] | None = None

    def __contains__(self, stam: str) -> bool:
        return stam in self.woorden

    def aantal(self, stam: str) -> int:
        """In how many offers this stem stands."""
        return self.woorden.get(stam, ("", 0))[1]

    def geschreven(self, stam: str) -> str:
        """A word with this stem as it stands on the map."""
        return self.woorden.get(stam, (stam, 0))[0]

    def zeldzaam(self, stam: str) -> float:
        """How much this word tells the offers apart, 0-1: in all of them nothing, in none or one nearly all."""
        return max(0.0, log((self.totaal + 1) / (self.aantal(stam) + 0.5)) / log(2 * self.totaal + 2))

    def beginnend_met(self, begin: str) -> list[str]:
        """Stems that begin like this, shortest first."""
        if self._op_alfabet is None:
            self._op_alfabet = sorted(self.woorden)
        van = bisect_left(self._op_alfabet, begin)
        tot = bisect_left(self._op_alfabet, begin + "\uffff")
        return sorted(self._op_alfabet[van:tot], key=len)[:HOOGSTENS]

    def werk_bij(self) -> None:
        """Read what changed since the last time: one query, usually without rows."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT stam, woord, aantal, versie FROM sociale_kaart_kaartwoord WHERE versie > %s", [self.versie]
            )
            rijen = cursor.fetchall()
            if not rijen:
                return
            cursor.execute("SELECT count(*) FROM sociale_kaart_aanbod")
            self.totaal = cursor.fetchone()[0]
        for stam, woord, aantal, versie in rijen:
            self.versie = max(self.versie, versie)
            if aantal > 0:
                self.woorden[stam] = (woord, aantal)
            else:
                self.woorden.pop(stam, None)
        self._op_alfabet = None


_hier = Woordenschat()


def woordenschat() -> Woordenschat:
    """The words of the map, up to date."""
    _hier.werk_bij()
    return _hier


def vergeet() -> None:
    """Start again from nothing: for tests, whose databases go back in time."""
    _hier.__init__()  # type: ignore[misc]
