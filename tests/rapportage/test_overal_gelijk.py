"""The same figures everywhere: the report and plain SQL agree, whatever is chosen."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from rapportage.cijfers import Rapport
from rapportage.tabellen import Tabel
from registratie.models import Herkomst, RedenNietGeholpen, Vraag, Wijze
from tests import factories

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
# Days on which something is odd: borders of months, quarters and years, a leap day, the clock that changes.
DAGEN = [
    date(2027, 12, 31), date(2028, 1, 1), date(2028, 2, 29), date(2028, 3, 1), date(2028, 3, 26), date(2028, 3, 31),
    date(2028, 4, 1), date(2028, 6, 30), date(2028, 7, 1), date(2028, 9, 30), date(2028, 10, 1), date(2028, 10, 29),
    date(2028, 10, 30), date(2028, 11, 27), date(2028, 11, 28),
]  # fmt: skip
VANDAAG = date(2028, 11, 28)


@pytest.fixture
def onderwerpen(db: None) -> list[Any]:
    hoofd = factories.OnderwerpFactory.create_batch(3)
    return [*hoofd, *(factories.OnderwerpFactory(ouder=ouder) for ouder in [hoofd[0], hoofd[0], hoofd[1]])]


@pytest.fixture
def vragen(infopunten: list[Any], onderwerpen: list[Any]) -> None:
    """Questions of all kinds, on the quarters of an hour around every midnight there is."""
    rng = Random(20281128)
    organisaties = factories.OrganisatieFactory.create_batch(3)
    nieuw = []
    for _ in range(160):
        begin = datetime.combine(rng.choice(DAGEN), datetime.min.time(), AMSTERDAM).astimezone(UTC)
        wijze = rng.choice(Wijze.values)
        onderwerp = rng.choice(onderwerpen)
        vraag = factories.VraagFactory.build(
            infopunt=rng.choice(infopunten),
            moment=begin + timedelta(minutes=15 * rng.choice([-2, -1, 0, 1, 4, 8, 12, 40, 92, 95, 96, 100])),
            onderwerp=onderwerp,
            onderliggend=rng.choice([None, *(ander for ander in onderwerpen if ander != onderwerp)]),
            wijze=wijze,
            organisatie=rng.choice([None, *organisaties]) if "doorverwezen" in wijze else None,
            reden_niet=rng.choice(["", *RedenNietGeholpen.values]) if wijze == "niet_geholpen" else "",
            herkomst=rng.choice(Herkomst.values),
        )
        nieuw.append(vraag)
    Vraag.objects.bulk_create(nieuw)


def random_filter(rng: Random, infopunten: list[Any], onderwerpen: list[Any]) -> dict[str, Any]:
    van, tot = sorted(rng.choice(DAGEN) + timedelta(days=rng.choice([-1, 0, 0, 1])) for _ in range(2))
    vast = [
        "deze_week",
        "deze_maand",
        "vorige_maand",
        "dit_kwartaal",
        "vorig_kwartaal",
        "dit_jaar",
        "vorig_jaar",
    ]
    keuze = (
        {"periode": rng.choice(vast)} if rng.random() < 0.4 else {"periode": "eigen", "van": van, "tot": tot}
    )
    return keuze | {
        "infopunt": [i.pk for i in rng.sample(infopunten, rng.randint(0, 3))],
        "onderwerp": rng.choice(["", "", *(o.pk for o in onderwerpen if o.ouder_id is None)]),
        "herkomst": rng.choice(["", "", *Herkomst.values]),
    }


def in_plain_sql(kolom: str, rapport: Rapport, keuze: dict[str, Any], waar: str = "true") -> Counter:
    """Counted by PostgreSQL from the questions themselves, with its own idea of local days."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT {kolom}, count(*)
              FROM registratie_vraag v JOIN sociale_kaart_onderwerp o ON o.id = v.onderwerp_id
              LEFT JOIN sociale_kaart_onderwerp e ON e.id = v.onderliggend_id
             WHERE (v.moment AT TIME ZONE 'Europe/Amsterdam')::date BETWEEN %(van)s AND %(tot)s
               AND v.infopunt_id = ANY(%(infopunten)s)
               AND (%(onderwerp)s::int IS NULL OR coalesce(o.ouder_id, o.id) = %(onderwerp)s)
               AND (%(herkomst)s = '' OR v.herkomst = %(herkomst)s) AND {waar}
             GROUP BY 1
            """,
            {
                "van": rapport.periode.van,
                "tot": rapport.periode.tot,
                "infopunten": [i.pk for i in rapport.infopunten],
                "onderwerp": keuze["onderwerp"] or None,
                "herkomst": keuze["herkomst"],
            },
        )
        return Counter(dict(cursor.fetchall()))


def shown(tabel: Tabel, kolom: int = 0) -> Counter:
    """What a table shows, without its zeros."""
    return +Counter({rij.naam: rij.cellen[kolom].waarde or 0 for rij in tabel.rijen})


@pytest.mark.parametrize("zaad", range(4))
def test_report_says_what_sql_says(
    filter_of: Any, infopunten: list[Any], onderwerpen: list[Any], vragen: None, zaad: int
) -> None:
    rng = Random(zaad)
    namen = {onderwerp.pk: onderwerp.naam for onderwerp in onderwerpen}
    for _ in range(12):
        keuze = random_filter(rng, infopunten, onderwerpen)
        form = filter_of(urlencode(keuze, doseq=True), VANDAAG)
        assert form.is_valid(), form.errors
        rapport = Rapport(form)

        def sql(kolom: str, waar: str = "true", r: Rapport = rapport, k: dict = keuze) -> Counter:
            return in_plain_sql(kolom, r, k, waar)

        hoofd = keuze["onderwerp"]
        topic = "o.id" if hoofd else "coalesce(o.ouder_id, o.id)"
        assert rapport.totaal == sql("1").total()
        assert shown(rapport.per_onderwerp) == Counter(
            {"niet verder ingedeeld" if pk == hoofd else namen[pk]: n for pk, n in sql(topic).items()}
        )
        assert shown(rapport.per_infopunt) == Counter(
            {i.naam: n for i in infopunten if (n := sql("v.infopunt_id")[i.pk])}
        )
        assert shown(rapport.per_wijze) == Counter({Wijze(w).label: n for w, n in sql("v.wijze").items()})
        assert shown(rapport.per_herkomst) == Counter(
            {Herkomst(h).label: n for h, n in sql("v.herkomst").items()}
        )
        assert shown(rapport.per_organisatie) == Counter(
            sql(
                "(SELECT naam FROM sociale_kaart_organisatie g WHERE g.id = v.organisatie_id)",
                "v.organisatie_id IS NOT NULL",
            )
        )
        assert shown(rapport.per_reden).total() == sql("1", "v.wijze = 'niet_geholpen'").total()
        assert shown(rapport.per_onderliggend) == Counter(
            {namen[pk]: n for pk, n in sql("coalesce(e.ouder_id, e.id)", "e.id IS NOT NULL").items()}
        )
        laatste = sql("to_char(v.moment AT TIME ZONE 'Europe/Amsterdam', 'YYYY-MM')")
        assert [
            sum(cel.waarde or 0 for cel in rij.cellen)
            for rij, maand in zip(rapport.per_maand.rijen, rapport._maanden, strict=True)
            if maand > rapport.periode.van
        ] == [laatste[f"{maand:%Y-%m}"] for maand in rapport._maanden if maand > rapport.periode.van]


def test_every_question_is_in_exactly_one_day(filter_of: Any, infopunten: list[Any], vragen: None) -> None:
    dag, som = date(2027, 12, 29), 0
    while dag <= date(2028, 12, 1):
        form = filter_of(f"periode=eigen&van={dag}&tot={dag + timedelta(days=13)}", VANDAAG)
        assert form.is_valid()
        som += Rapport(form).totaal
        dag += timedelta(days=14)

    assert som == Vraag.objects.count()
