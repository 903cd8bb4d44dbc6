"""Sentences with figures in them: parts of which some are bold, and the words for how much more or less."""

from collections.abc import Sequence
from dataclasses import dataclass

from balie.models import Weekdag


@dataclass(frozen=True)
class Deel:
    tekst: str
    vet: bool = False


@dataclass(frozen=True)
class Zin:
    """Plain and bold text; a template puts the parts behind each other as they are."""

    delen: tuple[Deel, ...]

    def __str__(self) -> str:
        return "".join(deel.tekst for deel in self.delen)


# How much more or less there is than before, as a part of what there was.
DELEN = [
    (1 / 10, "een tiende"),
    (1 / 5, "een vijfde"),
    (1 / 4, "een kwart"),
    (1 / 3, "een derde"),
    (1 / 2, "de helft"),
    (2 / 3, "twee derde"),
    (3 / 4, "drie kwart"),
    (9 / 10, "negen tiende"),
]
KEER = {2: "verdubbeld", 3: "verdrievoudigd", 4: "verviervoudigd"}
HALF = "gehalveerd"
BIJNA = 0.2  # so close under a whole number of times
PRECIES = 0.02  # so close to a round part that "bijna" or "ruim" would be fussy


def sentence(*stukken: str | Deel) -> Zin:
    return Zin(tuple(stuk if isinstance(stuk, Deel) else Deel(stuk) for stuk in stukken))


def bold(tekst: str) -> Deel:
    return Deel(tekst, True)


def change(waar: str, wat: str, toen: int, nu: int) -> Zin:
    """How a number went from `toen` to `nu`: "In Dalfsen is het aantal vragen over wonen verdubbeld: van 9 naar 18."

    `waar` is "In ..." or empty, `wat` a plural such as "vragen over wonen". The two numbers differ.
    """
    er_waren = f"{waar} waren er " if waar else "Er waren "
    if not toen:
        return sentence(er_waren, bold(f"{nu} {wat}"), ", eerder geen.")
    if not nu:
        return sentence(er_waren, bold(f"geen {wat}"), f" meer, eerder {toen}.")
    hoeveel = size(toen, nu)
    if hoeveel.endswith((HALF, *KEER.values())):
        is_het_aantal = f"{waar} is het aantal {wat} " if waar else f"Het aantal {wat} is "
        return sentence(is_het_aantal, bold(hoeveel), f": van {toen} naar {nu}.")
    return sentence(er_waren, bold(hoeveel), f" {wat}: {nu} in plaats van {toen}.")


def size(toen: int, nu: int) -> str:
    """In words: "bijna verdubbeld", "een derde meer", "ruim 5 keer zo veel", "meer dan gehalveerd"."""
    keer = nu / toen
    if keer >= 1.85:
        rond = max(2, int(keer + BIJNA))
        if rond in KEER:
            return _about(keer, rond, KEER[rond], "meer dan")
        return _about(keer, rond, f"{rond} keer zo veel", "ruim")
    deel, woord = min(DELEN, key=lambda paar: abs(paar[0] - abs(keer - 1)))
    if keer < 1 and deel == 1 / 2:
        return _about(1 - keer, deel, HALF, "meer dan")
    return _about(abs(keer - 1), deel, f"{woord} {'meer' if keer > 1 else 'minder'}", "ruim")


def _about(echt: float, rond: float, woord: str, erboven: str) -> str:
    if abs(echt - rond) <= PRECIES * max(1, rond):
        return woord
    return f"{erboven if echt > rond else 'bijna'} {woord}"


def decimal(getal: float) -> str:
    """One decimal, with a comma."""
    return f"{getal:.1f}".replace(".", ",")


def hours_in_words(uren: float) -> str:
    """A number of hours, whole where it is one."""
    return f"{decimal(uren).removesuffix(',0')} uur"


def questions(aantal: int) -> str:
    return "1 vraag" if aantal == 1 else f"{aantal} vragen"


def listed(namen: Sequence[str]) -> str:
    """ "a", "a en b", "a, b en c"."""
    return " en ".join(filter(None, [", ".join(namen[:-1]), *namen[-1:]]))


def when(weekdag: int, van: int, tot: int) -> str:
    """Whole hours of a weekday: "dinsdag van 14 tot 16 uur"."""
    return f"{Weekdag(weekdag).label} van {van} tot {tot} uur"


def within(naam: str) -> str:
    """A name from a list as it stands halfway a sentence: "Geld & schulden" but "DigiD"."""
    return naam[:1].lower() + naam[1:] if naam[1:].islower() else naam
