"""How fast the pages are that the desk waits for: server time and queries, in one process, on demo content.

Machines differ and are busy, so each figure is also given as a ratio to `SELECT count(*)` over all questions,
measured in the same run. Run with `make bench`; the cluster is its own and is removed afterwards.
"""

import itertools
import os
import shutil
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 30
LARGE_FILE = 2000
LARGE_MAP = 20_000
SEARCHES = [
    "huur",
    "ik kan mijn rekeningen niet betalen",
    "taalcafe",
    "mijn moeder vergeet alles",
    "rijbewijs 75",
    "rekenig niet betaald en ruzie met de buren",
]
REMARKS = [
    "wil graag naar de inloop op dinsdag",
    "mw met rollator vraagt de weg naar Kulturhus de Spil",
    "bel fatima terug over de huurtoeslag op 06-48151623",
    "Aanvraag samen gedaan en geprint. Komt volgende week terug met de bankafschriften van de laatste drie maanden.",
]


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="infopunt-bench-"))
    folder.chmod(0o755)
    os.environ |= {
        "INFOPUNT_DEMO": "1",
        "INFOPUNT_VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "infopunt.settings",
    }
    sys.path.insert(0, str(ROOT))
    try:
        measure()
    finally:
        from infopunt.database.cluster import default_cluster  # noqa: PLC0415

        default_cluster().remove()
        shutil.rmtree(folder, ignore_errors=True)


def measure() -> None:
    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("vul_demo")
    from bench import tellingen, veel_aanbod  # noqa: PLC0415

    if sys.argv[1:] == ["tellingen"]:
        tellingen.measure()
        return
    from registratie.models import Vraag  # noqa: PLC0415

    print(f"\n{Vraag.objects.count()} questions, {ROUNDS} rounds; milliseconds of server time\n")
    print(f"{'':44}{'median':>8}{'p95':>8}{'queries':>9}{'x count(*)':>12}")
    base = report("SELECT count(*) over all questions", Vraag.objects.count, 1.0)
    for name, step in steps().items():
        report(name, step, base)
    measure_import()
    from sociale_kaart.zoeken import zoek_in_kern  # noqa: PLC0415

    for total in (0, LARGE_MAP):
        veel_aanbod.fill(total)
        for words in SEARCHES:
            report(f"zoek {words[:24]!r}, {total or 'demo'}", partial(zoek_in_kern, words), base)
        measure_api(total, base)
    tellingen.measure()


def measure_api(total: int, base: float) -> None:
    """Pages of the open API, also far into the list, and the answer that nothing changed."""
    from django.test import Client  # noqa: PLC0415

    from sociale_kaart.hsds import antwoord  # noqa: PLC0415

    antwoord.PER_MINUUT = 1_000_000
    client = Client(headers={"host": "localhost"})
    last = client.get("/hsds/services").json()["total_pages"]
    for question in ("services", f"services?page={last}", "services?full=true", "service_at_locations"):
        report(f"/hsds/{question}, {total or 'demo'}", partial(client.get, f"/hsds/{question}"), base)
    etag = client.get("/hsds/services").headers["ETag"]
    again = {"if-none-match": etag}
    report(
        f"/hsds/services, unchanged, {total or 'demo'}",
        lambda: client.get("/hsds/services", headers=again),
        base,
    )


def measure_import() -> None:
    """A large file into the map, and the same file again; once each, with the search index. Taken back after."""
    from django.db import transaction  # noqa: PLC0415

    from bench.invoer import make_package  # noqa: PLC0415
    from sociale_kaart.invoer.lezen import lees_bron  # noqa: PLC0415
    from sociale_kaart.invoer.schrijven import importeer  # noqa: PLC0415

    inhoud = make_package(LARGE_FILE)
    with transaction.atomic():
        for wat in ("nieuw", "nog een keer"):
            begin = time.perf_counter()
            verslag = importeer(lees_bron(inhoud, "bench.zip", soort="hsds_csv", bron="bench"))
            duur = time.perf_counter() - begin
            print(
                f"invoer van {LARGE_FILE} diensten, {wat}: {duur:.1f} s, {len(verslag.alleen('nieuw'))} nieuw"
            )
        transaction.set_rollback(True)


def steps() -> dict[str, Callable[[], object]]:
    """What is measured: a page as somebody of that role opens it, or a form they send."""
    from django.test import Client  # noqa: PLC0415

    from balie.models import Medewerker  # noqa: PLC0415
    from registratie.models import Turfknop, Vraag  # noqa: PLC0415
    from registratie.privacy import check  # noqa: PLC0415

    clients = {name: Client(headers={"host": "localhost"}) for name in ("vrijwilliger", "coordinator")}
    for name, client in clients.items():
        client.force_login(Medewerker.objects.get(username=name))
    desk, office = clients["vrijwilliger"], clients["coordinator"]
    form = {
        "infopunt": Medewerker.objects.get(username="vrijwilliger").infopunten.values_list("pk", flat=True)[
            0
        ],
        "onderwerp": Vraag.objects.values_list("onderwerp", flat=True)[0],
        "leeftijdsgroep": "65-79",
        "geslacht": "vrouw",
        "wijze": "zelf_beantwoord",
    }

    remarks = itertools.cycle(REMARKS)

    tap = {"infopunt": form["infopunt"], "knop": Turfknop.objects.values_list("pk", flat=True)[0]}

    def search(words: str) -> Callable[[], object]:
        return lambda: desk.get("/kaart/", {"q": words})

    return {
        "/ start": lambda: desk.get("/"),
        **{f"/kaart/?q={words}": search(words) for words in SEARCHES},
        "/vragen/nieuw/": lambda: desk.get("/vragen/nieuw/"),
        "/vragen/nieuw/ opslaan": lambda: desk.post("/vragen/nieuw/", form | {"id": str(uuid.uuid4())}),
        "privacycheck per tekst": lambda: check(next(remarks)),
        "/vragen/turven/": lambda: desk.get("/vragen/turven/"),
        "/vragen/turven/ tik": lambda: desk.post("/vragen/turven/", tap | {"id": str(uuid.uuid4())}),
        "/doorverwijzingen/": lambda: desk.get("/doorverwijzingen/"),
        "/rapportage/ dit jaar": lambda: office.get("/rapportage/", {"periode": "dit_jaar"}),
        "/rapportage/csv/ dit jaar": lambda: office.get("/rapportage/csv/", {"periode": "dit_jaar"}),
    }


def report(name: str, step: Callable[[], object], base: float) -> float:
    """Time a step and print its line; returns the median in milliseconds."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as queries:
        answer = step()
        count = len(queries)  # the next request empties the log
    status = getattr(answer, "status_code", 200)
    if status not in {200, 302, 304}:
        raise SystemExit(f"{name}: HTTP {status}")
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        step()
        times.append((time.perf_counter() - start) * 1000)
    median = statistics.median(times)
    p95 = statistics.quantiles(times, n=20)[-1]
    ratio = "" if base == 1.0 else f"{median / base:12.1f}"
    print(f"{name:44}{median:8.1f}{p95:8.1f}{count:9}{ratio}")
    return median


if __name__ == "__main__":
    main()
