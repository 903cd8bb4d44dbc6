"""How busy it is by weekday and hour: questions per hour that a desk was open.

A question is counted in the hour it was asked in. Of questions from paper only the day is known, so they do not take
part: count with `with_hours`. What was written down outside opening hours is told apart, not lost.

When is a second volunteer needed? A question takes a quarter of an hour on average, we assume: nobody times a talk.
Visitors come when they come, so the chance to find the desk taken is the part of the time somebody else sits there
(Poisson arrivals see time averages: Wolff, Operations Research 30, 1982). At more than two questions an hour that
holds for more than half of them. When does hardly anybody come? At less than one question in two hours, and what was
seen was at most one in four. Both are said only when chance is no explanation (toeval.py), with all hours of all
desks looked at together.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil

from balie.models import Weekdag
from rapportage.openingen import Dagen, hours_per_cell
from rapportage.tellen import Facet, Selectie, Telling
from rapportage.toeval import p_poisson_at_least, p_poisson_at_most, real_ones
from rapportage.zinnen import Deel, Zin, bold, decimal, hours_in_words, listed, questions, sentence, when
from registratie.models import Herkomst

KLASSEN = 5
# A cell that was hardly ever open (one evening a year) does not set the scale for the others.
DEEL_VOOR_SCHAAL = 0.1
MINUTEN_PER_VRAAG = 15
VOL = 60 / MINUTEN_PER_VRAAG / 2  # questions an hour at which half of the visitors finds the desk taken
STIL = 1 / 2  # questions an hour under which hardly anybody comes
HEEL_STIL = 1 / 4  # and what was seen may be no more than this
HOOGSTENS_GENOEMD = 3
WEEKEND = (Weekdag.ZATERDAG, Weekdag.ZONDAG)
MET_UUR = tuple(herkomst.value for herkomst in Herkomst if herkomst != Herkomst.PAPIER)

Plek = tuple[int, int, int]  # desk, weekday, hour


def with_hours(selectie: Selectie) -> Selectie | None:
    """The same selection without questions of which the hour is unknown; None when nothing is left."""
    herkomsten = tuple(herkomst for herkomst in selectie.herkomsten or MET_UUR if herkomst in MET_UUR)
    return replace(selectie, herkomsten=herkomsten) if herkomsten else None


@dataclass(frozen=True)
class Vak:
    """An hour of a weekday, over the whole period."""

    vragen: int
    uren: float

    def __add__(self, ander: "Vak") -> "Vak":
        return Vak(self.vragen + ander.vragen, self.uren + ander.uren)

    @property
    def per_uur(self) -> float:
        return self.vragen / self.uren if self.uren else 0.0


@dataclass(frozen=True)
class Tijd:
    """One or more hours in a row of a weekday at one desk."""

    infopunt: int
    weekdag: int
    van: int
    tot: int
    vak: Vak

    def __str__(self) -> str:
        return when(self.weekdag, self.van, self.tot)


@dataclass(frozen=True)
class Cel:
    """A cell as the page draws it; `klasse` is "dicht", "niets" or the heat, 1 to 5."""

    klasse: str
    tekst: str


@dataclass(frozen=True)
class Rij:
    dag: str
    kort: str
    cellen: list[Cel]


@dataclass(frozen=True)
class Drukte:
    """Desks together, hour by hour. `vakken` holds every cell in which one was open or something was asked."""

    namen: Mapping[int, str]
    vakken: Mapping[Plek, Vak]

    @property
    def bekend(self) -> bool:
        """Were there opening hours at all?"""
        return bool(self._open)

    @property
    def titel(self) -> str:
        namen = list(self.namen.values())
        return (
            f"Drukte in {listed(namen)}"
            if len(namen) <= HOOGSTENS_GENOEMD
            else f"Drukte bij {len(namen)} infopunten"
        )

    @cached_property
    def samen(self) -> dict[tuple[int, int], Vak]:
        """(weekday, hour) of all desks together; hours count once for each desk that was open."""
        uit: dict[tuple[int, int], Vak] = {}
        for (_, weekdag, uur), vak in self._open.items():
            uit[weekdag, uur] = uit.get((weekdag, uur), Vak(0, 0.0)) + vak
        return uit

    @cached_property
    def _open(self) -> dict[Plek, Vak]:
        return {plek: vak for plek, vak in self.vakken.items() if vak.uren}

    @property
    def buiten(self) -> int:
        """Questions in hours of the week in which that desk was never open."""
        return sum(vak.vragen for vak in self.vakken.values() if not vak.uren)

    @cached_property
    def uren(self) -> list[int]:
        """The hours of the columns, each from the whole hour."""
        open_ = [uur for _, uur in self.samen]
        return list(range(min(open_), max(open_) + 1)) if open_ else []

    @property
    def rijen(self) -> list[Rij]:
        """Monday to Friday; the weekend when a desk was open then."""
        open_ = {weekdag for weekdag, _ in self.samen}
        return [
            Rij(dag.label, dag.label[:2], [self._cel(self.samen.get((dag, uur))) for uur in self.uren])
            for dag in Weekdag
            if dag not in WEEKEND or dag in open_
        ]

    @cached_property
    def _schaal(self) -> float:
        """Questions an hour at which a cell is at its darkest."""
        langst = max((vak.uren for vak in self.samen.values()), default=0.0)
        return max(
            (vak.per_uur for vak in self.samen.values() if vak.uren > DEEL_VOOR_SCHAAL * langst), default=0.0
        )

    @property
    def legenda(self) -> list[tuple[str, str]]:
        """(class, words) of the cells without a figure, as far as there are any."""
        in_gebruik = {cel.klasse for rij in self.rijen for cel in rij.cellen}
        woorden = {"dicht": "dicht", "niets": "open, niets geregistreerd"}
        return [paar for paar in woorden.items() if paar[0] in in_gebruik]

    def _cel(self, vak: Vak | None) -> Cel:
        if vak is None:
            return Cel("dicht", "dicht")
        if not vak.vragen:
            return Cel("niets", "niets")
        trap = ceil(KLASSEN * vak.per_uur / self._schaal) if self._schaal else KLASSEN
        # "0,0" would say that nothing was asked.
        return Cel(str(min(trap, KLASSEN)), decimal(max(vak.per_uur, 0.1)))

    @property
    def beschrijving(self) -> str:
        """The table in a sentence or two."""
        if not any(vak.vragen for vak in self.samen.values()):
            return "In de uren dat het infopunt open was, is niets geregistreerd."
        (weekdag, uur), meest = max(self.samen.items(), key=lambda paar: paar[1].per_uur)
        zin = f"De meeste vragen per uur: {when(weekdag, uur, uur + 1)}, {decimal(meest.per_uur)} per uur."
        niets = sum(not vak.vragen for vak in self.samen.values())
        return f"{zin} In {niets} van de {len(self.samen)} vakken is niets geregistreerd." if niets else zin

    @cached_property
    def vol(self) -> list[Tijd]:
        """When a second volunteer is needed, the busiest first."""
        kansen = {plek: p_poisson_at_least(vak.vragen, VOL * vak.uren) for plek, vak in self._open.items()}
        return sorted(self._more_than_chance(kansen), key=lambda tijd: -tijd.vak.per_uur)

    @cached_property
    def stil(self) -> list[Tijd]:
        """When the door is open for hardly anybody, the longest open first."""
        kansen = {
            plek: p_poisson_at_most(vak.vragen, STIL * vak.uren) if vak.per_uur <= HEEL_STIL else 1.0
            for plek, vak in self._open.items()
        }
        return sorted(self._more_than_chance(kansen), key=lambda tijd: -tijd.vak.uren)

    def _more_than_chance(self, kansen: Mapping[Plek, float]) -> list[Tijd]:
        """The hours that stand out; hours in a row become one time."""
        echt = real_ones(list(kansen.values()))
        uit: list[Tijd] = []
        for infopunt, weekdag, uur in sorted(
            plek for plek, is_echt in zip(kansen, echt, strict=True) if is_echt
        ):
            vak = self.vakken[infopunt, weekdag, uur]
            vorige = uit[-1] if uit else None
            if vorige and (vorige.infopunt, vorige.weekdag, vorige.tot) == (infopunt, weekdag, uur):
                uit[-1] = replace(vorige, tot=uur + 1, vak=vorige.vak + vak)
            else:
                uit.append(Tijd(infopunt, weekdag, uur, uur + 1, vak))
        return uit

    @property
    def zinnen(self) -> list[Zin]:
        """When a second volunteer is needed, and when the door is open for nobody."""
        if not self.bekend:
            return []
        druk = "Er is geen tijd waarop het duidelijk te druk is voor één vrijwilliger."
        rustig = "Er is geen tijd waarop duidelijk bijna niemand komt."
        return [
            self._name(
                "Een tweede vrijwilliger is nodig", self.vol, lambda vak: f"{decimal(vak.per_uur)} per uur"
            )
            or sentence(druk),
            self._name(
                "De deur stond open voor bijna niemand, of er is niet alles opgeschreven:",
                self.stil,
                lambda vak: f"{questions(vak.vragen)} in {hours_in_words(vak.uren)}",
            )
            or sentence(rustig),
        ]

    def _name(self, begin: str, tijden: Sequence[Tijd], cijfer: Callable[[Vak], str]) -> Zin | None:
        """ "... op dinsdag van 14 tot 16 uur (3,1 per uur) en ..."; with several desks each with its name."""
        if not tijden:
            return None
        stukken: list[str | Deel] = [begin]
        genoemd = tijden[:HOOGSTENS_GENOEMD]
        for nummer, tijd in enumerate(genoemd):
            tussen = "" if not nummer else " en" if nummer == len(genoemd) - 1 else ","
            ander = not nummer or tijd.infopunt != genoemd[nummer - 1].infopunt
            waar = f" in {self.namen[tijd.infopunt]}" if len(self.namen) > 1 and ander else ""
            stukken += [f"{tussen}{waar} op ", bold(str(tijd)), f" ({cijfer(tijd.vak)})"]
        meer = len(tijden) - len(genoemd)
        stukken.append("." if not meer else f". En op nog {'één tijd' if meer == 1 else f'{meer} tijden'}.")
        return sentence(*stukken)


def busyness(telling: Telling, dagen: Dagen, namen: Mapping[int, str]) -> Drukte:
    """Of these desks (id -> name): questions of `telling`, open hours of `dagen` (cut off at now: `until`)."""
    vragen: Counter[Plek] = Counter()
    for (facet, infopunt, waarde), aantal in telling.aantallen.items():
        if facet == Facet.UUR and infopunt in namen:
            weekdag, uur = waarde.split("|")
            vragen[infopunt, int(weekdag), int(uur)] += aantal
    uren = {plek: aantal for plek, aantal in hours_per_cell(dagen).items() if plek[0] in namen}
    return Drukte(namen, {plek: Vak(vragen[plek], uren.get(plek, 0.0)) for plek in {*vragen, *uren}})
