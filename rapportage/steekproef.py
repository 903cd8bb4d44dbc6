"""From sample weeks to all questions, and how far each way of writing down can be trusted.

Age is asked in some weeks only. A share of those asked is taken to hold for all questions of the period. What is
assumed: the sample weeks are ordinary weeks, and questions that were tapped or came from paper are about people of
the same ages. Visitors of one week resemble each other (a school that comes, a letter to everybody of 75), so m
questions of a week tell less than m separate ones: their variance is 1 + (m - 1) * SAMENHANG times as large (Kish,
Survey Sampling, 1965, 5.4). SAMENHANG is assumed, because shares per week are too small to publish. The 95 % margin
is Wilson's (Journal of the American Statistical Association 22, 1927, 209-212) for the questions that were not asked
about; those that were are counted.

Only published counts go in. Of a hidden count there is no estimate, and the others do not depend on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rapportage.periode import Periode
from rapportage.schatten import Schatting
from rapportage.tellen import Facet, Telling
from registratie.models import Herkomst
from registratie.uitvraag import huidige_uitvraag

SAMENHANG = 0.02
GENOEG_WEKEN = 2
GENOEG_GEVRAAGD = 20
RUIM = 1.96  # standard deviations on either side of 95 %

UITLEG = {
    Herkomst.DIRECT: "Opgeschreven op de dag zelf. Hier kun je het meest van op aan.",
    Herkomst.ACHTERAF: "Op een latere dag opgeschreven. De dag klopt meestal, het uur is een schatting.",
    Herkomst.PAPIER: "Overgenomen van een turflijst. De dag en het onderwerp zijn bekend, het uur en de leeftijd niet.",
    Herkomst.TURF: "Met één tik geteld. Het aantal en het uur kloppen. Leeftijd is niet gevraagd.",
}
OP_DE_DAG = (Herkomst.DIRECT, Herkomst.TURF)


def load_sample_weeks(periode: Periode) -> list[date]:
    """The Mondays of the sample weeks that fall in the period, in whole or in part; one query."""
    return [
        week
        for week in sorted(huidige_uitvraag().weken)
        if week <= periode.tot and week + timedelta(days=6) >= periode.van
    ]


@dataclass(frozen=True)
class Groepschatting:
    """How many of all questions were of this group; None when the count is hidden."""

    naam: str
    schatting: Schatting | None


def extrapolate(
    groepen: Sequence[tuple[str, int | None]], *, gevraagd: int, totaal: int, weken: int
) -> list[Groepschatting]:
    """Published counts of the sample to all questions of the period; empty when the sample is too small.

    `gevraagd` is of how many questions the group was asked, `totaal` how many there were, `weken` in how many weeks.
    """
    if weken < GENOEG_WEKEN or gevraagd < GENOEG_GEVRAAGD or totaal < gevraagd:
        return []
    return [
        Groepschatting(naam, None if aantal is None else _extrapolate(aantal, gevraagd, totaal, weken))
        for naam, aantal in groepen
    ]


def _extrapolate(aantal: int, gevraagd: int, totaal: int, weken: int) -> Schatting:
    rest = totaal - gevraagd
    if not rest:
        return Schatting(aantal, aantal, aantal)
    herhaling = 1 + max(0.0, gevraagd / weken - 1) * SAMENHANG
    # The share itself is uncertain, and so is how the others happened to turn out.
    n = 1 / (herhaling * (1 / gevraagd + 1 / rest))
    deel = aantal / gevraagd
    midden = (deel + RUIM**2 / (2 * n)) / (1 + RUIM**2 / n)
    breed = RUIM / (1 + RUIM**2 / n) * (deel * (1 - deel) / n + RUIM**2 / (4 * n * n)) ** 0.5
    laag, hoog = max(0.0, midden - breed), min(1.0, midden + breed)
    return Schatting(aantal + round(rest * deel), aantal + round(rest * laag), aantal + round(rest * hoog))


@dataclass(frozen=True)
class Herkomstregel:
    naam: str
    aantal: int
    procent: int
    uitleg: str


def sources(telling: Telling) -> list[Herkomstregel]:
    """How the questions came into the books, and what that means; without the ways that were not used."""
    aantallen = telling.per(Facet.HERKOMST)
    return [
        Herkomstregel(str(herkomst.label), n, round(100 * n / telling.totaal), uitleg)
        for herkomst, uitleg in UITLEG.items()
        if (n := aantallen[herkomst.value])
    ]


def sources_in_a_sentence(telling: Telling) -> str:
    """What the sources together mean for trust; empty without questions."""
    aantallen, totaal = telling.per(Facet.HERKOMST), telling.totaal
    if not totaal:
        return ""
    deel = sum(aantallen[herkomst.value] for herkomst in OP_DE_DAG) / totaal
    if deel >= 0.8:
        return "De meeste vragen zijn op de dag zelf opgeschreven. Je kunt op deze cijfers bouwen."
    if deel >= 0.5:
        return "Een flink deel van de vragen is later ingevuld. Wees voorzichtig met de uren."
    return "De meeste vragen zijn later ingevuld. De uren zeggen weinig, en er kan iets vergeten zijn."
