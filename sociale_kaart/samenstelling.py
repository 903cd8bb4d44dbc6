"""Dutch writes words together that people write apart, and the other way round."""

from collections.abc import Callable
from math import log

# From this length on a part of a compound is a word; of the shorter ones only these.
MIN_DEEL = 4
KORT = frozenset("les bus eet zon bed pil oog oor wet gas tas rij zit val ggz wmo wlz aow pgb".split())  # noqa: SIM905
MAX_DELEN = 3
# These are no part of a compound that says something: `ondersteuning` is not about `steuning`.
GEEN_DEEL = frozenset(
    """
    aan achter bij binnen boven buiten door heen hier langs mede naar neer onder over samen tegen terug tussen voor
    voort vooruit weer zonder eigen eens even ieder heid baar schap loos bijeen lijk lijke liggen gaan komst stel slag
    deel ring ling ting ding ning zijn waar deze onze elke meer veel aard loop zaam heden erbij
    """.split()  # noqa: SIM905 - a list of words to read, not of quotes
)
TUSSEN = ("", "s", "n", "en", "e", "er", "eren")

Kent = Callable[[str], int]


def splits_samenstelling(woord: str, kent: Kent) -> tuple[str, ...]:
    """The parts of a compound, as words; empty when it is none.

    `kent` says how common a word is, 0 for no word. The fewest parts win, then the most common.
    """
    return min(_splitsingen(woord, kent, MAX_DELEN), key=lambda delen: _prijs(delen, kent), default=())


def _prijs(delen: tuple[str, ...], kent: Kent) -> tuple[int, float]:
    return len(delen), -sum(log(kent(deel) + 1) for deel in delen)


def _splitsingen(woord: str, kent: Kent, hoogstens: int) -> list[tuple[str, ...]]:
    """Every way to take this word apart into at least two and at most so many parts."""
    gevonden: list[tuple[str, ...]] = []
    for grens in range(3, len(woord) - 2):
        links = _als_links(woord[:grens], kent)
        rechts = woord[grens:]
        if not links:
            continue
        if _is_deel(rechts, kent):
            gevonden.append((links, rechts))
        elif hoogstens > 2:
            gevonden += [(links, *rest) for rest in _splitsingen(rechts, kent, hoogstens - 1)]
    return gevonden


def _als_links(deel: str, kent: Kent) -> str:
    """The word that this first part is, without the sound that ties it to the next."""
    for tussen in TUSSEN:
        kaal = deel.removesuffix(tussen)
        if (kaal != deel or not tussen) and _is_deel(kaal, kent):
            return kaal
    return ""


def _is_deel(deel: str, kent: Kent) -> bool:
    return deel in KORT or (len(deel) >= MIN_DEEL and deel not in GEEN_DEEL and kent(deel) > 0)
