"""The reports over ever more questions: what the totals cost to read and to keep, next to one `SELECT count(*)`.

BENCH_VRAGEN says over how many, such as `BENCH_VRAGEN=100000,1000000`; without it up to ten million, which takes
some 10 GB of disk and half an hour. Only this: `python bench/run.py tellingen`.
"""

import os
import time
import uuid
from collections.abc import Callable
from datetime import date, timedelta

SIZES = "100000,1000000,10000000"
ROUNDS = 15
INSERTS = 200


class PageError(Exception):
    """No page to measure; the rest goes on, as a run takes long."""


def measure() -> None:
    sizes = [int(size) for size in os.environ.get("BENCH_VRAGEN", SIZES).split(",")]
    print(
        f"\nreports over {', '.join(f'{size:,}' for size in sizes)} questions (BENCH_VRAGEN); fastest of {ROUNDS}"
    )
    first: dict[str, float] = {}
    failed: list[str] = []
    for size in sizes:
        fill(size)
        base = fastest(lambda: sql("SELECT count(*) FROM registratie_vraag"))
        print(f"\n{f'{size:,} questions':44}{'ms':>9}{'x count(*)':>12}{f'x {sizes[0]:,}':>12}")
        line("SELECT count(*) over all questions", base, base, first)
        for name, step in steps().items():
            try:
                line(name, fastest(step), base, first)
            except PageError as error:
                failed.append(f"{name}, {size:,} questions: {error}")
                print(f"{name:44}{error!s:>9}")
        for name, took in inserts().items():
            line(name, took, base, first)
        for name, step in upkeep().items():
            line(name, fastest(step, 1), base, first)
        print("on disk, with indexes: " + ", ".join(f"{table} {pretty(table)}" for table in TABLES))
    if failed:
        raise SystemExit("\n".join(["", *failed]))


def line(name: str, took: float, base: float, first: dict[str, float]) -> None:
    print(f"{name:44}{took:9.1f}{took / base:12.2f}{took / first.setdefault(name, took):12.2f}", flush=True)


def fastest(step: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Milliseconds of the fastest round: sizes are measured minutes apart, and other work on the machine only adds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        step()
        times.append((time.perf_counter() - start) * 1000)
    return min(times)


def sql(statement: str) -> list[tuple]:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


TABLES = ("registratie_vraag", "rapportage_maandstand")


def pretty(table: str) -> str:
    return sql(f"SELECT pg_size_pretty(pg_total_relation_size('{table}'))")[0][0]


def fill(size: int) -> None:
    """Until there are so many, as a database is that has been at it for years: vacuumed, with statistics."""
    from django.core.management import call_command  # noqa: PLC0415

    missing = size - sql("SELECT count(*) FROM registratie_vraag")[0][0]
    start = time.perf_counter()
    if missing > 0:
        call_command("vul_demo", vragen=missing, verbosity=0)
    for table in TABLES:
        sql(f"VACUUM ANALYZE {table}")
    print(f"\nvul_demo --vragen {missing}, totals and vacuum included: {time.perf_counter() - start:.0f} s")


def steps() -> dict[str, Callable[[], object]]:
    """All that a dashboard asks of the counting, and the page itself."""
    from django.test import Client  # noqa: PLC0415

    from balie.models import Infopunt, Medewerker  # noqa: PLC0415
    from rapportage.periode import Perioden, add_months, eigen_perioden, perioden_of  # noqa: PLC0415
    from rapportage.tellen import Selectie, tel, tel_maanden, tel_uren  # noqa: PLC0415
    from sociale_kaart.models import Onderwerp  # noqa: PLC0415

    today = date.today()  # noqa: DTZ011 - the same day as the pages choose, but for an hour at midnight
    desks = tuple(Infopunt.objects.values_list("pk", flat=True))
    topic = Onderwerp.objects.get(extern_id="geld & schulden").pk
    everything, some = Selectie(desks), Selectie(desks, (topic,), ("direct",))
    van, tot = today - timedelta(days=500), today - timedelta(days=133)
    client = Client(raise_request_exception=False, headers={"host": "localhost"})
    client.force_login(Medewerker.objects.get(username="coordinator"))

    def count(perioden: Perioden, selectie: Selectie) -> Callable[[], object]:
        nu = perioden.nu
        return lambda: (
            tel([perioden.nu, perioden.ervoor, perioden.jaar_eerder], selectie),
            tel_maanden(add_months(nu.tot.replace(day=1), -12), nu.tot, selectie),
            tel_uren(nu, selectie.infopunten),
        )

    def page(**filters: str | int) -> Callable[[], object]:
        def get() -> None:
            response = client.get("/rapportage/", filters)
            if response.status_code != 200:
                raise PageError(f"HTTP {response.status_code}")

        return get

    kwartaal, jaar = perioden_of("dit_kwartaal", today), perioden_of("vorig_jaar", today)
    return {
        "count, this quarter": count(kwartaal, everything),
        "count, last year": count(jaar, everything),
        "count, this quarter, one topic and source": count(kwartaal, some),
        "count, last year, one topic and source": count(jaar, some),
        "count, 368 days from halfway a month": count(eigen_perioden(van, tot), everything),
        "/rapportage/ this quarter": page(),
        "/rapportage/ last year": page(periode="vorig_jaar"),
        "/rapportage/ last year, one topic and source": page(
            periode="vorig_jaar", onderwerp=topic, herkomst="direct"
        ),
        "/rapportage/ 368 days from halfway a month": page(periode="eigen", van=str(van), tot=str(tot)),
    }


def inserts() -> dict[str, float]:
    """Milliseconds of one INSERT within a transaction, in turn with and without the triggers."""
    from django.db import transaction  # noqa: PLC0415

    from registratie.models import Vraag  # noqa: PLC0415

    example = Vraag.objects.latest("moment")
    times: dict[str, list[float]] = {"ENABLE": [], "DISABLE": []}
    with transaction.atomic():
        for number in range(INSERTS):
            state = ("ENABLE", "DISABLE")[number % 2]
            sql(f"ALTER TABLE registratie_vraag {state} TRIGGER USER")
            example.pk = uuid.uuid4()
            start = time.perf_counter()
            example.save(force_insert=True)
            times[state].append((time.perf_counter() - start) * 1000)
            sql("SET CONSTRAINTS ALL IMMEDIATE")  # else the table cannot be altered
        transaction.set_rollback(True)
    return {
        "one INSERT, with the triggers": min(times["ENABLE"]),
        "one INSERT, without them": min(times["DISABLE"]),
    }


def upkeep() -> dict[str, Callable[[], object]]:
    from rapportage import tellingen  # noqa: PLC0415
    from registratie.models import Vraag  # noqa: PLC0415

    def busy_minute() -> None:
        """A hundred questions more and a hundred fewer, as far as the totals know."""
        Vraag.objects.filter(pk__in=list(Vraag.objects.values_list("pk", flat=True)[:100])).update(
            opmerking=""
        )
        tellingen.verwerk()

    return {
        "adding 200 mutations to the totals": busy_minute,
        "manage.py tellingen --controleer": tellingen.controleer,
    }
