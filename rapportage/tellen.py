"""Counting questions: what every report is made of, per facet, desk, and where asked day or month.

Days and hours are local (Europe/Amsterdam). Nothing here hides anything: what readers see of age and gender comes
from personen.py.

Read from the running totals of the months (models.py) plus the mutations no worker has added yet, in one statement
and so in one snapshot: exact at any moment, and as fast over ten million questions as over few.
"""
# ruff: noqa: S608 - SQL put together out of the constants below; what is asked goes in as parameters

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db import connection

from rapportage.models import ALLE_HERKOMSTEN, ALLE_ONDERWERPEN
from rapportage.periode import Periode, add_months
from registratie.models import Wijze


class Facet(StrEnum):
    """By what questions are counted, and what the value of a count is."""

    HERKOMST = "herkomst"  # a Herkomst; every question has one, so these add up to the total
    ONDERWERP = "onderwerp"  # id of the topic as chosen, main or sub
    ONDERLIGGEND = "onderliggend"  # id of the topic behind it, where there is one
    WIJZE = "wijze"  # a Wijze
    REDEN = "reden"  # a RedenNietGeholpen or "", of questions that could not be helped
    ORGANISATIE = "organisatie"  # id, where there is one
    PERSOON = "persoon"  # "leeftijdsgroep|geslacht"
    UUR = "uur"  # "weekday|hour", Monday is 0


# The value of each facet in SQL, out of a row `r` of Mutatie or rapportage_vraagregels(); null is none. Whoever
# changes this runs `manage.py tellingen --opnieuw`.
WAARDEN = {
    Facet.HERKOMST: "r.herkomst",
    Facet.ONDERWERP: "r.onderwerp::text",
    Facet.ONDERLIGGEND: "r.onderliggend::text",
    Facet.WIJZE: "r.wijze",
    Facet.REDEN: f"CASE WHEN r.wijze = '{Wijze.NIET_GEHOLPEN}' THEN r.reden_niet END",
    Facet.ORGANISATIE: "r.organisatie::text",
    Facet.PERSOON: "r.leeftijdsgroep || '|' || r.geslacht",
    Facet.UUR: "extract(isodow FROM r.dag)::int - 1 || '|' || r.uur",
}
FACETTEN = "(VALUES {}) AS f (facet, waarde)".format(
    ", ".join(f"('{facet}', {waarde})" for facet, waarde in WAARDEN.items())
)


@dataclass(frozen=True)
class Selectie:
    """Which questions count: of these desks, and of these main topics and sources; empty means all of them."""

    infopunten: tuple[int, ...]
    onderwerpen: tuple[int, ...] = ()
    herkomsten: tuple[str, ...] = ()


@dataclass(frozen=True)
class Telling:
    """The counts of one period: (facet, desk, value) -> number."""

    aantallen: Counter[tuple[Facet, int, str]] = field(default_factory=Counter)

    def per(self, facet: Facet) -> Counter[str]:
        """Over all desks of the selection."""
        uit: Counter[str] = Counter()
        for (soort, _, waarde), aantal in self.aantallen.items():
            if soort == facet:
                uit[waarde] += aantal
        return uit

    def per_infopunt(self, facet: Facet = Facet.HERKOMST) -> Counter[int]:
        """Questions per desk that have this facet."""
        uit: Counter[int] = Counter()
        for (soort, infopunt, _), aantal in self.aantallen.items():
            if soort == facet:
                uit[infopunt] += aantal
        return uit

    @property
    def totaal(self) -> int:
        return self.per_infopunt().total()


# Periods cut into months: of each, the days after `voor` up to and including `tot`.
STUKKEN = """
    unnest(%(perioden)s::int[], %(maanden)s::date[], %(voor)s::int[], %(tot)s::int[]) AS s (periode, maand, voor, tot)
"""
# The months once more, so that the index leads to them and no plan reads the others.
STANDEN = "(SELECT * FROM rapportage_maandstand WHERE maand = ANY(%(maanden)s::date[])) AS t"
MUTATIES = f"{STUKKEN} JOIN rapportage_mutatie AS r ON r.dag >= s.maand + s.voor AND r.dag < s.maand + s.tot"
AANTALLEN = f"""
    SELECT s.periode, s.maand, t.infopunt, t.facet, t.waarde, t.lopend[s.tot] - coalesce(t.lopend[s.voor], 0) AS aantal
    FROM {STUKKEN} JOIN {STANDEN} ON t.maand = s.maand
    WHERE t.infopunt = ANY(%(infopunten)s) AND t.onderwerp = ANY(%(onderwerpen)s)
        AND t.herkomst = ANY(%(herkomsten)s)
    UNION ALL
    SELECT s.periode, s.maand, r.infopunt, f.facet, f.waarde, r.aantal
    FROM {MUTATIES} CROSS JOIN LATERAL {FACETTEN}
    WHERE r.infopunt = ANY(%(infopunten)s) AND f.waarde IS NOT NULL
        AND (r.hoofd = ANY(%(onderwerpen)s) OR {ALLE_ONDERWERPEN} = ANY(%(onderwerpen)s))
        AND (r.herkomst = ANY(%(herkomsten)s) OR '{ALLE_HERKOMSTEN}' = ANY(%(herkomsten)s))
"""
PER_PERIODE = f"""
SELECT periode, facet, infopunt, waarde, sum(aantal) FROM ({AANTALLEN}) AS a
GROUP BY periode, facet, infopunt, waarde HAVING sum(aantal) <> 0
"""
PER_MAAND = f"""
SELECT maand, infopunt, sum(aantal) FROM ({AANTALLEN}) AS a WHERE facet = '{Facet.HERKOMST}'
GROUP BY maand, infopunt HAVING sum(aantal) <> 0
"""
PER_UUR = f"""
SELECT dag, infopunt, uur, sum(aantal) FROM (
    SELECT s.maand + d - 1 AS dag, t.infopunt, split_part(t.waarde, '|', 2)::int AS uur,
        t.lopend[d] - coalesce(t.lopend[d - 1], 0) AS aantal
    FROM {STUKKEN} JOIN {STANDEN} ON t.maand = s.maand
        CROSS JOIN LATERAL generate_series(s.voor + 1, s.tot) AS d
    WHERE t.infopunt = ANY(%(infopunten)s) AND t.onderwerp = {ALLE_ONDERWERPEN}
        AND t.herkomst = '{ALLE_HERKOMSTEN}' AND t.facet = '{Facet.UUR}'
    UNION ALL
    SELECT r.dag, r.infopunt, r.uur, r.aantal FROM {MUTATIES} WHERE r.infopunt = ANY(%(infopunten)s)
) AS a
GROUP BY dag, infopunt, uur HAVING sum(aantal) <> 0
"""


def tel(perioden: Sequence[Periode], selectie: Selectie) -> list[Telling]:
    """The counts of each period, in the order asked."""
    tellingen = [Telling() for _ in perioden]
    for nummer, facet, infopunt, waarde, aantal in _rows(PER_PERIODE, perioden, selectie):
        tellingen[nummer].aantallen[Facet(facet), infopunt, waarde] = aantal
    return tellingen


def tel_maanden(vanaf: date, tot: date, selectie: Selectie) -> Counter[tuple[date, int]]:
    """Questions per (first day of the month, desk), of the days from `vanaf` up to and including `tot`."""
    rijen = _rows(PER_MAAND, [Periode(vanaf, tot)], selectie)
    return Counter({(maand, infopunt): aantal for maand, infopunt, aantal in rijen})


def tel_uren(periode: Periode, infopunten: Sequence[int]) -> Counter[tuple[date, int, int]]:
    """Questions per (day, desk, hour 0-23), whatever their topic or source."""
    rijen = _rows(PER_UUR, [periode], Selectie(tuple(infopunten)))
    return Counter({(dag, infopunt, uur): aantal for dag, infopunt, uur, aantal in rijen})


def _rows(sql: str, perioden: Sequence[Periode], selectie: Selectie) -> list[tuple[Any, ...]]:
    stukken = [(nummer, *stuk) for nummer, periode in enumerate(perioden) for stuk in _months(periode)]
    nummers, maanden, voor, tot = zip(*stukken, strict=True) if stukken else ((), (), (), ())
    waarden = {
        "perioden": list(nummers),
        "maanden": list(maanden),
        "voor": list(voor),
        "tot": list(tot),
        "infopunten": list(selectie.infopunten),
        "onderwerpen": list(selectie.onderwerpen) or [ALLE_ONDERWERPEN],
        "herkomsten": list(selectie.herkomsten) or [ALLE_HERKOMSTEN],
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, waarden)
        return cursor.fetchall()


def _months(periode: Periode) -> Iterator[tuple[date, int, int]]:
    """Of each month: its first day, how many of its days come before the period, and the last day in it."""
    maand = periode.van.replace(day=1)
    while maand <= periode.tot:
        volgende = add_months(maand, 1)
        eind = min(periode.tot + timedelta(days=1), volgende)
        yield maand, max((periode.van - maand).days, 0), (eind - maand).days
        maand = volgende
