"""Keeping the running totals: adding what came and went, making them anew, and comparing them with the questions.

Reading is tellen.py. Each of the three is one statement, and so sees one moment: what somebody writes meanwhile is
in it with question and mutation both, or with neither. Nobody who writes ever waits for it.
"""
# ruff: noqa: S608 - SQL put together out of the constants below; what is asked goes in as parameters

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection, transaction

from rapportage.models import ALLE_HERKOMSTEN, ALLE_ONDERWERPEN, DAGEN_IN_MAAND
from rapportage.tellen import FACETTEN, Facet

TEGELIJK = 20_000  # mutations in one statement
GEHEUGEN = "128MB"  # so that a month of a big service is counted in memory
VOORBEELDEN = 20

# Who changes the totals does so in turn.
SLOT = "hashtextextended('rapportage_maandstand', 0)"
ZONE = "Europe/Amsterdam"
NUL = f"array_fill(0, ARRAY[{DAGEN_IN_MAAND}])"
SLEUTEL = "maand, infopunt, onderwerp, herkomst, facet, waarde"
LOPEND = ", ".join(
    f"sum(CASE WHEN dag <= {dag} THEN aantal ELSE 0 END)" for dag in range(1, DAGEN_IN_MAAND + 1)
)


def standen(bron: str) -> str:
    """SQL for the rows of Maandstand that these rows, with the columns of Mutatie, add up to."""
    return f"""
        SELECT maand, infopunt, vorm.onderwerp, vorm.herkomst, facet, waarde, ARRAY[{LOPEND}]::int[] AS lopend
        FROM (
            SELECT r.dag - extract(day FROM r.dag)::int + 1 AS maand, extract(day FROM r.dag)::int AS dag,
                r.infopunt, r.hoofd, r.herkomst, f.facet, f.waarde, sum(r.aantal)::int AS aantal
            FROM ({bron}) AS r CROSS JOIN LATERAL {FACETTEN}
            WHERE f.waarde IS NOT NULL
            GROUP BY r.dag, r.infopunt, r.hoofd, r.herkomst, f.facet, f.waarde
        ) AS per_dag CROSS JOIN LATERAL (
            VALUES ({ALLE_ONDERWERPEN}, '{ALLE_HERKOMSTEN}'), (hoofd, '{ALLE_HERKOMSTEN}'),
                ({ALLE_ONDERWERPEN}, per_dag.herkomst), (hoofd, per_dag.herkomst)
        ) AS vorm (onderwerp, herkomst)
        GROUP BY maand, infopunt, vorm.onderwerp, vorm.herkomst, facet, waarde
    """


KOLOMMEN = (
    "infopunt, dag, uur, hoofd, onderwerp, onderliggend, herkomst, wijze, reden_niet, organisatie, "
    "leeftijdsgroep, geslacht"
)
# All months `m` that have questions or totals, and what is in each.
MAANDEN = f"""(
    SELECT generate_series(date_trunc('month', min(dag)::timestamp), max(dag), '1 month')::date AS maand
    FROM (
        SELECT (unnest(ARRAY[min(moment), max(moment)]) AT TIME ZONE '{ZONE}')::date FROM registratie_vraag
        UNION ALL SELECT unnest(ARRAY[min(maand), max(maand)]) FROM rapportage_maandstand
        UNION ALL SELECT unnest(ARRAY[min(dag), max(dag)]) FROM rapportage_mutatie
    ) AS uitersten (dag)
) AS m"""
VRAGEN = f"""
    SELECT {KOLOMMEN}, 1 AS aantal FROM rapportage_vraagregels()
    WHERE moment >= m.maand::timestamp AT TIME ZONE '{ZONE}'
        AND moment < (m.maand + interval '1 month') AT TIME ZONE '{ZONE}'
"""
NIET_VERWERKT = f"""
    SELECT {KOLOMMEN}, -aantal FROM rapportage_mutatie
    WHERE dag >= m.maand AND dag < m.maand + interval '1 month'
"""

VERWERK = f"""
WITH weg AS (
    DELETE FROM rapportage_mutatie
    WHERE id IN (SELECT id FROM rapportage_mutatie ORDER BY id LIMIT {TEGELIJK})
    RETURNING {KOLOMMEN}, aantal
), erbij AS (
    SELECT {SLEUTEL}, lopend, (
        SELECT lopend FROM rapportage_maandstand AS t
        WHERE (t.maand, t.infopunt, t.onderwerp, t.herkomst, t.facet, t.waarde)
            = (s.maand, s.infopunt, s.onderwerp, s.herkomst, s.facet, s.waarde)
    ) AS was
    FROM ({standen("SELECT * FROM weg")}) AS s
), wordt AS MATERIALIZED (
    SELECT {SLEUTEL}, (
        SELECT array_agg(coalesce(was[dag], 0) + lopend[dag] ORDER BY dag)
        FROM generate_series(1, {DAGEN_IN_MAAND}) AS dag
    ) AS lopend
    FROM erbij
), leeg AS (
    DELETE FROM rapportage_maandstand AS t USING wordt AS w
    WHERE w.lopend = {NUL} AND (t.maand, t.infopunt, t.onderwerp, t.herkomst, t.facet, t.waarde)
        = (w.maand, w.infopunt, w.onderwerp, w.herkomst, w.facet, w.waarde)
), gezet AS (
    INSERT INTO rapportage_maandstand ({SLEUTEL}, lopend)
    SELECT {SLEUTEL}, lopend FROM wordt WHERE lopend <> {NUL}
    ON CONFLICT ({SLEUTEL}) DO UPDATE SET lopend = excluded.lopend
)
SELECT count(*) FROM weg
"""
# In order, so that what is read together lies together.
OPNIEUW = f"""
WITH weg AS (DELETE FROM rapportage_mutatie)
INSERT INTO rapportage_maandstand ({SLEUTEL}, lopend)
SELECT s.* FROM {MAANDEN} CROSS JOIN LATERAL ({standen(VRAGEN)} ORDER BY {SLEUTEL}) AS s
"""
# The totals are those of the questions less what is still to be added.
CONTROLEER = f"""
SELECT count(*) OVER (), verschil.* FROM {MAANDEN} CROSS JOIN LATERAL (
    SELECT {SLEUTEL}, coalesce(t.lopend, {NUL}) AS staat, coalesce(s.lopend, {NUL}) AS hoort
    FROM (
        SELECT * FROM ({standen(f"{VRAGEN} UNION ALL {NIET_VERWERKT}")}) AS s WHERE lopend <> {NUL}
    ) AS s FULL JOIN (SELECT * FROM rapportage_maandstand WHERE maand = m.maand) AS t USING ({SLEUTEL})
    WHERE s.lopend IS DISTINCT FROM t.lopend
) AS verschil
ORDER BY verschil LIMIT {VOORBEELDEN}
"""


@dataclass(frozen=True)
class Verschil:
    """A total that is not what the questions add up to, on the first day that it is not."""

    dag: date
    infopunt: int
    onderwerp: int
    herkomst: str
    facet: Facet
    waarde: str
    staat: int
    hoort: int


def verwerk() -> int:
    """Add what waits to the totals; how many mutations that were. Leaves it when another worker is at it."""
    totaal = 0
    while aantal := _add_some():
        totaal += aantal
    return totaal


@transaction.atomic
def _add_some() -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory_xact_lock({SLOT})")
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(VERWERK)
        return cursor.fetchone()[0]


@transaction.atomic
def maak_opnieuw() -> int:
    """Make all totals anew out of the questions; how many rows they take. Waits for a worker who is at it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock({SLOT})")
        cursor.execute(f"SET LOCAL work_mem = '{GEHEUGEN}'")
        cursor.execute("DELETE FROM rapportage_maandstand")
        cursor.execute(OPNIEUW)
        aantal = cursor.rowcount
        cursor.execute("ANALYZE rapportage_maandstand")
        return aantal


@transaction.atomic
def controleer() -> tuple[int, list[Verschil]]:
    """How many totals are wrong, and the first of them."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL work_mem = '{GEHEUGEN}'")
        cursor.execute(CONTROLEER)
        rijen = cursor.fetchall()
    return (rijen[0][0] if rijen else 0), [_difference(*rij[1:]) for rij in rijen]


def _difference(
    maand: date,
    infopunt: int,
    onderwerp: int,
    herkomst: str,
    facet: str,
    waarde: str,
    staat: list[int],
    hoort: list[int],
) -> Verschil:
    per_dag = [[b - a for a, b in zip([0, *reeks], reeks, strict=False)] for reeks in (staat, hoort)]
    dag = next(nummer for nummer, (a, b) in enumerate(zip(*per_dag, strict=True)) if a != b)
    return Verschil(
        maand + timedelta(days=dag),
        infopunt,
        onderwerp,
        herkomst,
        Facet(facet),
        waarde,
        per_dag[0][dag],
        per_dag[1][dag],
    )
