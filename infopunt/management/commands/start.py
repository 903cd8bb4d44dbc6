"""`make start`: everything a demo needs, in one command that one Ctrl-C ends."""

import signal
import socket
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any, NoReturn
from urllib.error import HTTPError

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections

from infopunt.database.cluster import Cluster, default_cluster
from infopunt.database.rights import ClusterError
from infopunt.processes import Child, GaveUpError, StartLock, stop_all

STEPS = 4
ANSWER_SECONDS = 60
DEMO_USERS = ["vrijwilliger", "beroepskracht", "coordinator", "partner"]
DEMO_PASSWORD = "infopunt-demo"  # noqa: S105 - printed on purpose; the demo only listens on this computer


class Command(BaseCommand):
    help = "Start de demo: database, website en werker. Stop met Ctrl-C."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "`start` is voor de demo: zet INFOPUNT_DEMO=1. Zie deploy/ voor een echte dienst."
            )
        lock = take_lock()
        require_free_port(settings.PORT)
        on_signal(interrupt)
        cluster = None if uses_given_database() or default_cluster().is_running() else default_cluster()
        children = make_children()
        try:
            self.prepare()
            self.serve(children)
        except KeyboardInterrupt:
            self.stdout.write("\nInfopunt stopt ...", ending="")
        except (GaveUpError, ClusterError) as error:
            raise CommandError(str(error)) from error
        finally:
            shut_down(children, cluster)
            lock.release()
        self.stdout.write(" klaar.")

    def prepare(self) -> None:
        with self.step(1, "Database starten"), signals_wait():
            connection.ensure_connection()
        with self.step(2, "Tabellen bijwerken"):
            call_command("migrate", interactive=False, verbosity=0)
        with self.step(3, "Demogegevens klaarzetten (de eerste keer duurt dit even)"):
            call_command("vul_demo", stdout=StringIO())
        settings.STATIC_ROOT.mkdir(exist_ok=True)  # the demo leaves it empty; whitenoise wants it there
        connections.close_all()

    def serve(self, children: list[Child]) -> None:
        """Start the children, tell where to go once the website answers, and keep them up until a signal."""
        with self.step(4, "Website en werker starten"):
            deadline = time.monotonic() + ANSWER_SECONDS
            while not answers(settings.PORT):
                if time.monotonic() > deadline:
                    raise GaveUpError("De website geeft geen antwoord. Zie de melding hierboven.")
                self.keep_up(children)
        self.stdout.write(welcome(settings.ADRES))
        self.stdout.flush()
        while True:
            self.keep_up(children)

    def keep_up(self, children: list[Child]) -> None:
        for child in children:
            child.keep_up(self.stderr.write)
        time.sleep(0.1)

    @contextmanager
    def step(self, number: int, name: str) -> Iterator[None]:
        begin = time.monotonic()
        self.stdout.write(f"{number}/{STEPS} {name} ... ", ending="")
        self.stdout.flush()
        yield
        seconds = f"{time.monotonic() - begin:.1f}".replace(".", ",")
        self.stdout.write(f"klaar ({seconds} s)")
        self.stdout.flush()


def start_lock() -> StartLock:
    return StartLock(settings.VAR / "start.lock")


def take_lock() -> StartLock:
    lock = start_lock()
    try:
        taken = lock.take(settings.ADRES)
    except PermissionError as error:
        raise CommandError(
            f"Je mag niet schrijven in {settings.VAR}. Start Infopunt als de gebruiker van wie die map is, "
            "of kies een andere map met INFOPUNT_VAR."
        ) from error
    if not taken:
        raise CommandError(f"Infopunt draait al: {lock.note()}. Stop het met: make stop")
    return lock


def uses_given_database() -> bool:
    return settings.DATABASES["default"]["ENGINE"] != "infopunt.database"


def interrupt(number: int, frame: Any) -> NoReturn:
    raise KeyboardInterrupt


def on_signal(handler: Callable[[int, Any], object] | signal.Handlers) -> None:
    """Ctrl-C, `make stop` and a closed terminal all mean the same."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, handler)


@contextmanager
def signals_wait() -> Iterator[None]:
    """Put a signal off: a server whose start was broken off could not be found to be stopped."""
    caught: list[int] = []
    on_signal(lambda number, frame: caught.append(number))
    yield
    on_signal(interrupt)
    if caught:
        raise KeyboardInterrupt


def require_free_port(port: int) -> None:
    """Look before anything is started, so that the message is the first and only thing to read."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            another = f"Kies een andere, zoals: make start PORT={port + 1 if 1024 <= port < 65535 else 8001}"
            raise CommandError(f"Poort {port} is bezet of mag niet. {another}") from error


def make_children() -> list[Child]:
    web = ["-m", "gunicorn", "--bind", f"127.0.0.1:{settings.PORT}"]
    worker = ["manage.py", "procrastinate", "worker"]
    return [
        Child(name, [sys.executable, *command], cwd=settings.BASE_DIR)
        for name, command in (("De website", web), ("De werker", worker))
    ]


def answers(port: int) -> bool:
    """Does the website answer? That it has a complaint is an answer too: after days of rest the worker is the one
    to mend it (details that should have been erased), in its first minute."""
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
    except HTTPError:
        return True
    except OSError:
        return False
    return True


def welcome(address: str) -> str:
    rows = "\n".join(f"  {name:<16}{DEMO_PASSWORD}" for name in DEMO_USERS)
    return f"""
Infopunt staat klaar: {address}
Stoppen: Ctrl-C, of make stop in een ander venster.

  Inlognaam       Wachtwoord
{rows}
"""


def shut_down(children: list[Child], cluster: Cluster | None) -> None:
    """Stop the children and then their database, if it was ours to start; a second signal changes nothing."""
    on_signal(signal.SIG_IGN)
    stop_all(children)
    connections.close_all()
    if cluster is not None:
        cluster.stop()
