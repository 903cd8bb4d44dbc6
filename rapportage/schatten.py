"""Honest counts: days open without any entry, and what was probably missed on them.

A day that a desk was open and nothing was written down may have been a quiet day, or one on which nobody wrote. It is
called "niets geregistreerd", never "geen bezoekers". What was missed is estimated like this.

* Visitors come by chance and some ask several questions, so the questions of a day vary more than Poisson: their
  variance is FI times their mean. That is a Poisson number of visitors who each ask a logarithmic number of questions,
  a negative binomial count (Quenouille, Biometrics 5, 1949). A day of mean m then has no question at all with chance
  exp(-m * ln(FI) / (FI - 1)), or exp(-m) when FI is 1. The mean is a pace times the open hours, times how busy that
  weekday is beside the others.
* What is not known is the pace, FI, how many of the days without entry were quiet, and what came on the others. All
  pairs of pace and FI on a grid are weighed by how well they explain the days with entries, as days on which at least
  one question came (a zero-truncated count), and by how many quiet days they expect beside them: a pair that expects
  more than there are fits badly. Beforehand every pace, every FI up to MEESTE_FI on a logarithmic scale, and every
  number of missed days is equally likely.
* Of these possibilities a thousand are drawn, always the same ones. The estimate is the middle one, the margin holds
  95 % of them. Draws of desks are added one by one.

Not in it: days on which only part was written down, so the truth is rather above than below. Assumed: whether people
write has nothing to do with how busy it was. There is no estimate with fewer than GENOEG_DAGEN days with entries, or
when the margin is wider than all that was seen.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, lgamma, log, log1p
from random import Random

from rapportage.openingen import Dagen, hours
from rapportage.zinnen import Zin, bold, listed, questions, sentence

GENOEG_DAGEN = 8  # with entries, to know a pace
MEESTE_FI = 8.0
FI_STAPPEN = 9
TEMPO_STAPPEN = 20
HOOGSTE_TEMPO = 1.25  # beside the pace of the days with entries
VOORAF = 10  # questions a weekday is given at the common pace
TREKKINGEN = 1000
TE_WEINIG = "er zijn te weinig dagen met vragen"
TAK = 0.025  # on either side of 95 %


@dataclass(frozen=True)
class Opendag:
    """A day that a desk was open."""

    infopunt: int
    dag: date
    uren: float
    vragen: int


@dataclass(frozen=True)
class Schatting:
    """A number with its 95 % margin."""

    aantal: int
    laag: int
    hoog: int


Trekkingen = Sequence[int]  # TREKKINGEN possible numbers of missed questions


def first_days(
    uren: Mapping[tuple[date, int, int], int], maanden: Mapping[tuple[date, int], int], van: date
) -> dict[int, date]:
    """From when on each desk can have missed something: the first day of the period, or of its first question.

    `uren` is what `tel_uren` gives of the period, `maanden` what `tel_maanden` gives of some months before and in it:
    a desk that opened halfway the period has missed nothing before that.
    """
    eerste: dict[int, date] = {}
    for dag, infopunt, _ in uren:
        eerste[infopunt] = min(dag, eerste.get(infopunt, dag))
    return eerste | {
        infopunt: van for (maand, infopunt), n in maanden.items() if n and maand < van.replace(day=1)
    }


def open_days(
    dagen: Dagen, uren: Mapping[tuple[date, int, int], int], eerste: Mapping[int, date]
) -> list[Opendag]:
    """Every day of `dagen` (those that are over: `ended`) with its questions, at whatever hour they were.

    Somebody who wrote something down in the evening, or from paper, was there: the hour does not matter here.
    """
    vragen: Counter[tuple[date, int]] = Counter()
    for (dag, infopunt, _), aantal in uren.items():
        vragen[dag, infopunt] += aantal
    return [
        Opendag(infopunt, dag, hours(blokken), vragen[dag, infopunt])
        for (dag, infopunt), blokken in dagen.items()
        if infopunt in eerste and dag >= eerste[infopunt]
    ]


@dataclass(frozen=True)
class Stil:
    """A desk and the days on which it was open without any entry, the newest first."""

    naam: str
    dagen: list[date]
    open: int
    te_schatten: bool

    def __str__(self) -> str:
        if not self.dagen:
            return f"In {self.naam} is op elke dag dat het infopunt open was iets geregistreerd."
        return f"In {self.naam} is op {len(self.dagen)} van de {self.open} open dagen niets geregistreerd."


@dataclass(frozen=True)
class Gemist:
    """What was not written down: which days, and how much that is about (None: cannot be said)."""

    infopunten: list[Stil]
    schatting: Schatting | None

    @property
    def is_niets_gemist(self) -> bool:
        return not any(stil.dagen for stil in self.infopunten)

    @property
    def zin(self) -> Zin:
        if self.is_niets_gemist:
            return sentence("Op alle dagen dat er een infopunt open was, is iets geregistreerd.")
        zonder = [stil.naam for stil in self.infopunten if stil.dagen and not stil.te_schatten]
        if self.schatting is None:
            return sentence(f"Hoeveel er gemist is, kunnen we niet zeggen: {TE_WEINIG}.")
        laag, hoog = self.schatting.laag, self.schatting.hoog
        buiten = f" Zonder {listed(zonder)}: {TE_WEINIG}." if zonder else ""
        if not self.schatting.aantal:
            grens = f"hoogstens {questions(hoog)}" if hoog else "geen enkele vraag"
            return sentence(
                "Dat kunnen stille dagen zijn: naar schatting is er ",
                bold("niets gemist"),
                f" ({grens}).",
                buiten,
            )
        aantal = self.schatting.aantal
        return sentence(
            f"Naar schatting {'is' if aantal == 1 else 'zijn'} ", bold(f"{questions(aantal)} gemist"),
            f" (tussen {laag} en {hoog}).", buiten,
        )  # fmt: skip


def honest_counts(dagen: Sequence[Opendag], namen: Mapping[int, str]) -> Gemist:
    """Of these desks (id -> name), in their order; desks without open days are left out."""
    infopunten, trekkingen = [], []
    for infopunt, naam in namen.items():
        eigen = [dag for dag in dagen if dag.infopunt == infopunt]
        if not eigen:
            continue
        leeg = sorted((dag.dag for dag in eigen if not dag.vragen), reverse=True)
        mogelijk = missed(eigen)
        if leeg and mogelijk:
            trekkingen.append(mogelijk)
        infopunten.append(Stil(naam, leeg, len(eigen), mogelijk is not None))
    samen = [sum(rij) for rij in zip(*trekkingen, strict=True)]
    return Gemist(infopunten, estimate(samen) if samen else None)


def missed(dagen: Sequence[Opendag]) -> Trekkingen | None:
    """What may have been missed at one desk; None when that cannot be said."""
    gevuld = [dag for dag in dagen if dag.vragen]
    leeg = [dag for dag in dagen if not dag.vragen]
    if not leeg:
        return [0] * TREKKINGEN
    if len(gevuld) < GENOEG_DAGEN:
        return None
    maat = _measure(gevuld)
    model = _Model([(maat(dag), dag.vragen) for dag in gevuld], [maat(dag) for dag in leeg])
    trekkingen = model.draw(Random(0))  # noqa: S311 - the same report twice is the same
    schatting = estimate(trekkingen)
    if schatting.hoog - schatting.laag > sum(dag.vragen for dag in gevuld):
        return None
    return trekkingen


def estimate(trekkingen: Trekkingen) -> Schatting:
    """The median, and where 95 % lies."""
    op_rij = sorted(trekkingen)
    laag, midden, hoog = (op_rij[round(deel * (len(op_rij) - 1))] for deel in (TAK, 1 / 2, 1 - TAK))
    return Schatting(midden, laag, hoog)


def _measure(gevuld: Sequence[Opendag]) -> Callable[[Opendag], float]:
    """Open hours of a day, a busy weekday counting for more; weekdays with few entries stay close to the mean."""
    uren: dict[int, float] = defaultdict(float)
    vragen: dict[int, float] = defaultdict(float)
    for dag in gevuld:
        uren[dag.dag.weekday()] += dag.uren
        vragen[dag.dag.weekday()] += dag.vragen
    tempo = sum(vragen.values()) / sum(uren.values())
    # As if every weekday had some more questions at the common pace.
    factor = {weekdag: (vragen[weekdag] + VOORAF) / (uren[weekdag] * tempo + VOORAF) for weekdag in uren}
    return lambda dag: dag.uren * factor.get(dag.dag.weekday(), 1.0)


class _Model:
    """What was seen at one desk, and how well a pace and an FI explain it."""

    def __init__(self, gevuld: Iterable[tuple[float, int]], leeg: Sequence[float]) -> None:
        """`gevuld` are (measure, questions) of the days with entries, `leeg` the measures of the others."""
        self.gevuld: dict[float, Counter[int]] = defaultdict(Counter)
        for maat, vragen in gevuld:
            self.gevuld[maat][vragen] += 1
        self.alle = Counter(leeg)
        for maat, dagen in self.gevuld.items():
            self.alle[maat] += dagen.total()
        self.n = self.alle.total() - len(leeg)
        self.leeg, self.maat_leeg = len(leeg), sum(leeg) / len(leeg)
        # In how many ways quiet days can lie between the days with entries.
        self.wegen = [
            lgamma(self.n + q + 1) - lgamma(self.n + 1) - lgamma(q + 1) for q in range(self.leeg + 1)
        ]

    def draw(self, rng: Random) -> list[int]:
        paren = list(self._grid())
        gewichten = [self._log_likelihood(*paar) for paar in paren]
        hoogste = max(gewichten)
        getrokken = Counter(rng.choices(paren, [exp(g - hoogste) for g in gewichten], k=TREKKINGEN))
        uit = []
        for (tempo, fi), keer in getrokken.items():
            _, stil = self._quiet(self._log_nothing(tempo, _theta(fi)))
            for q in rng.choices(range(self.leeg + 1), stil, k=keer):
                uit.append(_draw_count(rng, (self.leeg - q) * tempo * self.maat_leeg, fi))
        rng.shuffle(uit)  # drawn in order of the grid, and added up with other desks
        return uit

    def _grid(self) -> Iterator[tuple[float, float]]:
        """Pairs of pace and FI. Days with entries are busier than all days, so no pace lies far above theirs."""
        vragen = sum(x * keer for dagen in self.gevuld.values() for x, keer in dagen.items())
        hoogste = HOOGSTE_TEMPO * vragen / sum(maat * dagen.total() for maat, dagen in self.gevuld.items())
        for stap in range(FI_STAPPEN):
            for deel in range(1, TEMPO_STAPPEN + 1):
                yield hoogste * deel / TEMPO_STAPPEN, MEESTE_FI ** (stap / (FI_STAPPEN - 1))

    def _log_likelihood(self, tempo: float, fi: float) -> float:
        theta = _theta(fi)
        niets = self._log_nothing(tempo, theta)
        stil, _ = self._quiet(niets)
        uit = stil + self.n * log1p(-exp(niets))
        for maat, dagen in self.gevuld.items():
            m = tempo * maat
            uit += _log_counts(dagen, m, fi) - dagen.total() * log1p(-exp(-theta * m))
        return uit

    def _quiet(self, niets: float) -> tuple[float, list[float]]:
        """How likely 0, 1, 2 ... quiet days are beside the days with entries: log of the sum, and each as a part."""
        return _sum_of_logs([weg + q * niets for q, weg in enumerate(self.wegen)])

    def _log_nothing(self, tempo: float, theta: float) -> float:
        """Log of the chance of a day without questions, over all days."""
        som, _ = _sum_of_logs([log(keer) - theta * tempo * maat for maat, keer in self.alle.items()])
        return som - log(self.n + self.leeg)


def _sum_of_logs(logs: Sequence[float]) -> tuple[float, list[float]]:
    """Log of the sum of what these are the logs of, and each beside the largest; far beyond what a float holds."""
    hoogste = max(logs)
    delen = [exp(een - hoogste) for een in logs]
    return hoogste + log(sum(delen)), delen


def _theta(fi: float) -> float:
    """The chance of no question on a day of mean m is exp(-theta * m)."""
    return 1.0 if fi == 1 else log(fi) / (fi - 1)


def _log_counts(dagen: Mapping[int, int], m: float, fi: float) -> float:
    """Log of the chance of these days (questions -> how often) of mean m, up to what m and fi do not change."""
    if fi == 1:
        return sum(keer * (x * log(m) - m) for x, keer in dagen.items())
    r, begin = m / (fi - 1), log((fi - 1) / fi)
    vast = -lgamma(r) - r * log(fi)
    return sum(keer * (lgamma(x + r) + x * begin + vast) for x, keer in dagen.items())


def _draw_count(rng: Random, m: float, fi: float) -> int:
    if m <= 0:
        return 0
    if fi > 1:
        m = rng.gammavariate(m / (fi - 1), fi - 1)
    if m > 50:  # the normal curve is close enough
        return max(0, round(rng.gauss(m, m**0.5)))
    x, kans, grens = 0, exp(-m), rng.random()
    som = kans
    while som < grens and kans > 0:
        x += 1
        kans *= m / x
        som += kans
    return x
