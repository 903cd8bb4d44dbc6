"""Dutch public holidays: days on which opening hours say little."""

from datetime import date, timedelta
from functools import cache


def is_feestdag(dag: date) -> bool:
    return dag in feestdagen(dag.year)


@cache
def feestdagen(jaar: int) -> frozenset[date]:
    """New year, Easter, King's day, Ascension, Pentecost, Christmas; Liberation day once in five years."""
    paas = eerste_paasdag(jaar)
    koningsdag = date(jaar, 4, 27)
    dagen = {
        date(jaar, 1, 1),
        *(paas + timedelta(days=na) for na in (0, 1, 39, 49, 50)),
        koningsdag if koningsdag.weekday() != 6 else date(jaar, 4, 26),
        date(jaar, 12, 25),
        date(jaar, 12, 26),
    }
    if jaar % 5 == 0:
        dagen.add(date(jaar, 5, 5))
    return frozenset(dagen)


def eerste_paasdag(jaar: int) -> date:
    """The anonymous Gregorian algorithm (Nature, 1876; Meeus, Astronomical Algorithms, chapter 8)."""
    eeuw, rest = divmod(jaar, 100)
    gulden = jaar % 19
    epacta = (19 * gulden + eeuw - eeuw // 4 - (eeuw - (eeuw + 8) // 25 + 1) // 3 + 15) % 30
    weekdag = (32 + 2 * (eeuw % 4) + 2 * (rest // 4) - epacta - rest % 4) % 7
    stap = (gulden + 11 * epacta + 22 * weekdag) // 451
    maand, dag = divmod(epacta + weekdag - 7 * stap + 114, 31)
    return date(jaar, maand, dag + 1)
