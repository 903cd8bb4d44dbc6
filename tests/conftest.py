"""What all tests share: a database of their own, a browser where there is one, nobody else on the line."""

import os
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test import Client
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

from sociale_kaart.woordenschat import vergeet
from tests import factories

# A busy machine is no fault of the code: rules are judged by what they say, never by how long it took.
settings.register_profile("infopunt", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("few", settings.get_profile("infopunt"), max_examples=10)
settings.load_profile("infopunt")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
CLUSTER_FOLDER: Path | None = None


def pytest_configure(config: pytest.Config) -> None:
    """Without DATABASE_URL the session gets a cluster of its own, gone when it ends."""
    global CLUSTER_FOLDER  # noqa: PLW0603
    if "DATABASE_URL" not in os.environ:
        CLUSTER_FOLDER = Path(tempfile.mkdtemp(prefix="infopunt-test-"))
        CLUSTER_FOLDER.chmod(0o755)  # as root, the server's user must get past it
        os.environ["INFOPUNT_VAR"] = str(CLUSTER_FOLDER)


def pytest_unconfigure(config: pytest.Config) -> None:
    if CLUSTER_FOLDER is not None:
        from infopunt.database.cluster import default_cluster

        default_cluster().remove()
        shutil.rmtree(CLUSTER_FOLDER, ignore_errors=True)


# Modules that stay together because their tests share what takes long to make.
TOGETHER = ("tests/infopunt/test_start.py",)


class BrowsersTogether(LoadScopeScheduling):
    """Browser tests go to one core, one after another: a browser is several processes already, and must not wait for
    its peers. They are the largest part and so the first; the other tests go one by one to whoever has time.

    Not `--dist loadgroup`: in pytest 9.2 a test can no longer be given its group, and pytest-xdist 3.8 does so.
    """

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.partition("::")[0]
        return "browser" if module.startswith("tests/browser/") else module if module in TOGETHER else nodeid


@pytest.hookimpl(optionalhook=True)  # without pytest-xdist tests run one by one
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> BrowsersTogether:
    return BrowsersTogether(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests that reach the database are marked so. Browser tests need Debian's chromium: skipped with the way to get
    it, but never skipped in CI."""
    for item in items:
        if item.get_closest_marker("django_db") or "django_db_setup" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.database)
    if CHROMIUM:
        return
    if os.environ.get("CI"):
        raise pytest.UsageError("In CI the browser tests must run: apt-get install chromium")
    skip = pytest.mark.skip(reason="no chromium here; get it with: apt-get install chromium")
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(skip)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, django_db_blocker: Any) -> None:
    """Our own cluster is thrown away, so nothing needs to reach the disk: that makes emptying tables quick."""
    if CLUSTER_FOLDER is None:
        return
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            cursor.execute(f"ALTER SYSTEM SET {setting} = off")
        cursor.execute("SELECT pg_reload_conf()")


def empty_tables(self: DatabaseOperations, style: Any, tables: list[str], **options: Any) -> list[str]:
    """After a test that really commits: of a few rows DELETE is done much sooner than TRUNCATE.

    The lock waits, as TRUNCATE would, for a request that is still writing. As a replica nothing objects: no foreign
    key, and no trigger of what may only grow. Only a superuser may be one; others wait for TRUNCATE. The tables of
    jobs are not Django's own.
    """
    jobs = ["procrastinate_jobs", "procrastinate_events", "procrastinate_periodic_defers"]
    names = [self.quote_name(table) for table in (*tables, *jobs)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('is_superuser') = 'on'")
        if not cursor.fetchone()[0]:
            return [f"TRUNCATE {', '.join(names)} CASCADE"]
    return [
        f"LOCK TABLE {', '.join(names)} IN SHARE ROW EXCLUSIVE MODE",
        "SET LOCAL session_replication_role = replica",
        *(f"DELETE FROM {name}" for name in names),
    ]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A browser that hangs up halfway leaves its server thread with an open connection: close those before the
    test database is dropped."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(DatabaseOperations, "sql_flush", empty_tables)
        yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that reaches for another machine fails; loopback and unix sockets are ours."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if isinstance(address, tuple) and host not in {"127.0.0.1", "localhost", "::1"}:
            raise RuntimeError(f"tests stay on this machine, this one wanted {host}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def vergeten_woorden() -> None:
    """Each test has a database of its own, so what the process remembers of the last map is wrong."""
    vergeet()


@pytest.fixture(scope="module")
def module_db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """For what all tests of a module start from, made once: each test still undoes its own rows, and the last one
    these. Objects are not made anew: a test that changes one fetches its own. No module with tests that commit."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def vrijwilliger(db: None) -> Any:
    """A volunteer with one desk."""
    return factories.MedewerkerFactory(rol="vrijwilliger", infopunten=[factories.InfopuntFactory()])


@pytest.fixture
def coordinator(db: None) -> Any:
    return factories.MedewerkerFactory(rol="coordinator")


@pytest.fixture
def as_user() -> Callable[[Any], Client]:
    """`as_user(medewerker)` is a test client logged in as them."""

    def login(user: Any) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return login
