"""The words of the map as a process knows them: read once, and after that only what changed."""

from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property
from math import log

from django.db import connection

from sociale_kaart.spelling import Spelling

HOOGSTENS = 20

NIEUWER = "SELECT stam, woord, aantal, versie FROM sociale_kaart_kaartwoord WHERE versie > %s"


class Woordenschat:
    """`woorden` has per stem the word as written and in how many offers it stands; `totaal` is all offers.

    Never changed once made, so that threads may share it.
    """

    def __init__(self, woorden: dict[str, tuple[str, int]], versie: int = 0, totaal: int = 0) -> None:
        self.woorden = woorden
        self.versie = versie
        self.totaal = totaal
        self._spelling: tuple[object, Spelling] | None = None

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
        van = bisect_left(self._op_alfabet, begin)
        tot = bisect_left(self._op_alfabet, begin + "\uffff")
        return sorted(self._op_alfabet[van:tot], key=len)[:HOOGSTENS]

    @cached_property
    def _op_alfabet(self) -> list[str]:
        return sorted(self.woorden)

    def spelling(self, ook: Iterable[str]) -> Spelling:
        """To mend mistakes with: the words of the map, and `ook` (kept as long as that is the same object)."""
        if self._spelling is None or self._spelling[0] is not ook:
            self._spelling = (ook, Spelling([*self.woorden, *ook]))
        return self._spelling[1]

    def bijgewerkt(self) -> "Woordenschat":
        """Itself, or with what changed since: one query, usually without rows."""
        with connection.cursor() as cursor:
            cursor.execute(NIEUWER, [self.versie])
            if not (rijen := cursor.fetchall()):
                return self
            cursor.execute("SELECT count(*) FROM sociale_kaart_aanbod")
            [totaal] = cursor.fetchone()
        nieuw = {stam: (woord, aantal) for stam, woord, aantal, _ in rijen}
        woorden = {stam: paar for stam, paar in (self.woorden | nieuw).items() if paar[1] > 0}
        return Woordenschat(woorden, max(versie for *_, versie in rijen), totaal)


class _Hier:
    """What this process knows."""

    schat = Woordenschat({})


def woordenschat() -> Woordenschat:
    """The words of the map, up to date."""
    _Hier.schat = _Hier.schat.bijgewerkt()
    return _Hier.schat


def vergeet() -> None:
    """Start again from nothing: for tests, whose databases go back in time."""
    _Hier.schat = Woordenschat({})
