"""The embedded server against what really happens to processes and folders. Each test has a cluster of its own."""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from infopunt.database import rights
from infopunt.database.cluster import DATA, SOCKET, Cluster
from infopunt.database.rights import ClusterError

PROJECT = Path(__file__).parents[2]
as_root_only = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
START = "import sys; from pathlib import Path; from infopunt.database.cluster import Cluster; "
START += "Cluster(Path(sys.argv[1])).ensure_running()"
HAMMER = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
import psycopg
from infopunt.database.cluster import Cluster

def ask(cluster):
    cluster.ensure_running()
    with psycopg.connect(**cluster.conninfo()) as connection:
        return connection.execute("SELECT system_identifier FROM pg_control_system()").fetchone()[0]

with ThreadPoolExecutor(4) as threads:
    print({*threads.map(ask, [Cluster(Path(sys.argv[1])) for _ in range(4)])})
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that every user can pass: pytest's own are closed to the server's user when root runs the tests."""
    path = Path(tempfile.mkdtemp(prefix="infopunt-test-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


@pytest.fixture
def make_cluster(folder: Path) -> Iterator[Callable[..., Cluster]]:
    made = []

    def make(name: str = "postgres") -> Cluster:
        made.append(Cluster(folder / name))
        return made[-1]

    yield make
    for cluster in made:
        cluster.remove()


@pytest.fixture(scope="module")
def blank() -> Iterator[Path]:
    """The folder of a fresh cluster that is not running: a copy takes a tenth of the time of making one."""
    folder = Path(tempfile.mkdtemp(prefix="infopunt-test-"))
    folder.chmod(0o755)
    cluster = Cluster(folder / "postgres")
    cluster.ensure_running()
    cluster.stop()
    yield cluster.home
    shutil.rmtree(folder)


@pytest.fixture
def cluster(make_cluster: Callable[..., Cluster], blank: Path) -> Cluster:
    """One that was made before and is not running now."""
    cluster = make_cluster()
    copy(blank, cluster.data_root)
    return cluster


def copy(source: Path, target: Path) -> None:
    subprocess.run(["cp", "-a", source, target], check=True)


def connect(cluster: Cluster) -> psycopg.Connection:
    return psycopg.connect(make_conninfo(**cluster.conninfo()), autocommit=True)


def ask(cluster: Cluster, query: str = "SELECT 1") -> object:
    with connect(cluster) as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row
    return row[0]


def postmaster(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().split("\n")[0])


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + 10
    while Path(f"/proc/{pid}").exists() and "Z" not in Path(f"/proc/{pid}/stat").read_text().split()[2]:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def run_python(code: str, *args: object, **kwargs: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, *map(str, args)]
    return subprocess.Popen(command, cwd=PROJECT, text=True, stdout=-1, stderr=subprocess.STDOUT, **kwargs)  # type: ignore[call-overload]


def test_starts_stops_and_keeps_what_was_stored(cluster: Cluster):
    assert not cluster.is_running()
    cluster.ensure_running()
    assert cluster.is_running()
    with connect(cluster) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'Zoë' AS name")
    assert cluster.stop()
    assert not cluster.is_running()
    assert not cluster.stop()
    cluster.ensure_running()
    assert ask(cluster, "SELECT name FROM kept") == "Zoë"


def test_speaks_dutch_and_listens_on_no_port(cluster: Cluster):
    cluster.ensure_running()
    assert ask(cluster, "SHOW listen_addresses") == ""
    assert ask(cluster, "SELECT to_tsvector('formulieren')::text") == "'formulier':1"
    assert ask(cluster, "SELECT upper('café')") == "CAFÉ"


@pytest.mark.parametrize(
    "name",
    ["een map", 'd\'Olde "$(Bieb)", `kamer` 2', "een/heel/" + "lang/" * 30 + "pad", "é" * 60],
    ids=["space", "odd characters", "long", "long in bytes"],
)
def test_works_in_any_folder(make_cluster: Callable[..., Cluster], name: str):
    cluster = make_cluster(name)
    cluster.ensure_running()  # from nothing: the programs that make it must cope as well
    assert ask(cluster) == 1
    assert stat.S_IMODE(cluster.sockets.stat().st_mode) == 0o700
    cluster.remove()
    assert not cluster.sockets.exists()
    assert not cluster.home.exists()


def test_two_checkouts_do_not_meet(cluster: Cluster, make_cluster: Callable[..., Cluster]):
    other = make_cluster("other")
    cluster.ensure_running()
    other.ensure_running()
    which = "SELECT system_identifier FROM pg_control_system()"
    assert ask(cluster, which) != ask(other, which)
    cluster.stop()
    assert ask(other) == 1


def test_cold_start_by_four_processes_of_four_threads(make_cluster: Callable[..., Cluster]):
    cluster = make_cluster()
    processes = [run_python(HAMMER, cluster.data_root) for _ in range(4)]
    answers = {process.communicate(timeout=60)[0].splitlines()[-1] for process in processes}
    assert len(answers) == 1, answers  # all of them reached one and the same cluster
    assert [process.returncode for process in processes] == [0] * 4


def test_restarts_after_the_server_was_killed(cluster: Cluster):
    cluster.ensure_running()
    kill(postmaster(cluster))
    assert not cluster.is_running()
    cluster.ensure_running()
    assert ask(cluster) == 1


@pytest.mark.parametrize("kind", ["other process", "zombie", "nobody", "empty"])
def test_stale_lock_files_do_not_count_as_a_server(cluster: Cluster, kind: str):
    cluster.ensure_running()
    pid_file, socket_lock = cluster.data / "postmaster.pid", cluster.sockets / f"{SOCKET}.lock"
    left = [(path, path.read_text(), path.stat()) for path in (pid_file, socket_lock)]
    cluster.stop()
    command = ["sleep", "60"] if kind == "other process" else ["true"]
    # The same user, or PostgreSQL itself sees that this cannot be its server.
    with subprocess.Popen(command, **rights.as_account(cluster.account)) as process:
        if kind == "nobody":
            process.wait()
        for path, content, owner in left:
            path.write_text("" if kind == "empty" else f"{process.pid}\n" + content.split("\n", 1)[1])
            path.chmod(0o600)
            os.chown(path, owner.st_uid, owner.st_gid)
        cluster.ensure_running()
        process.kill()
    assert ask(cluster) == 1


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="a pid tells its folder on Linux only")
def test_server_of_another_folder_does_not_count(make_cluster: Callable[..., Cluster], folder: Path):
    """A copy of a checkout whose server runs brings that server's lock files along."""
    original = make_cluster("original")
    original.ensure_running()
    copy(original.data_root, folder / "duplicate")
    duplicate = make_cluster("duplicate")
    assert not duplicate.is_running()
    duplicate.ensure_running()
    assert postmaster(duplicate) != postmaster(original)
    assert (ask(duplicate), ask(original)) == (1, 1)


@pytest.mark.parametrize("seconds", [0.4, 0.9, 1.4])
def test_survives_a_starter_that_is_killed(make_cluster: Callable[..., Cluster], seconds: float):
    cluster = make_cluster()
    starter = run_python(START, cluster.data_root)
    time.sleep(seconds)
    starter.kill()
    starter.communicate()
    cluster.ensure_running()
    assert ask(cluster, "SELECT current_database()") == "infopunt"
    assert [path.name for path in cluster.home.glob(f"{DATA}*")] == [DATA]


def test_a_server_that_is_not_ready_does_not_count(cluster: Cluster):
    """It takes connections while it recovers, and refuses to do anything with them."""
    cluster.ensure_running()
    pid_file = cluster.data / "postmaster.pid"
    pid_file.write_text(pid_file.read_text().replace("ready   ", "starting"))
    assert not cluster.is_running()
    pid_file.write_text(pid_file.read_text().replace("starting", "ready   "))
    assert cluster.is_running()


def test_a_lost_socket_is_made_again(cluster: Cluster):
    cluster.ensure_running()
    (cluster.sockets / SOCKET).unlink()
    cluster.ensure_running()
    assert ask(cluster) == 1


def test_log_holds_no_values(cluster: Cluster):
    cluster.ensure_running()
    with connect(cluster) as connection:
        connection.execute("CREATE TABLE person (name text PRIMARY KEY CHECK (name <> 'Fatma'))")
        connection.execute("INSERT INTO person VALUES ('Gerrit')")
        for name in ("Gerrit", "Fatma"):
            with pytest.raises(psycopg.IntegrityError):
                connection.execute("INSERT INTO person VALUES (%s)", [name])
    log = cluster.log.read_text()
    assert "violates" in log
    assert "Gerrit" not in log
    assert "Fatma" not in log


def test_socket_folder_that_is_open_to_others_is_refused(make_cluster: Callable[..., Cluster]):
    cluster = make_cluster("x" * 120)
    cluster.sockets.mkdir()
    cluster.sockets.chmod(0o777)
    with pytest.raises(ClusterError, match="rechten 700"):
        cluster.ensure_running()


def test_broken_data_is_told_with_the_log(cluster: Cluster):
    cluster.ensure_running()
    cluster.stop()
    (cluster.data / "global" / "pg_control").unlink()
    with pytest.raises(ClusterError, match=r"(?s)postgres\.log.*pg_control"):
        cluster.ensure_running()


@as_root_only
def test_nobody_else_gets_in(cluster: Cluster):
    cluster.ensure_running()
    nobody = rights.as_account(pwd.getpwnam("nobody"))
    address = make_conninfo(**cluster.conninfo())
    psql = [str(cluster.program("psql")), address, "-c", "SELECT 1"]
    assert subprocess.run(psql, check=False, cwd="/", capture_output=True, text=True).returncode == 0
    closed = subprocess.run(psql, check=False, cwd="/", capture_output=True, text=True, **nobody)
    assert "Permission denied" in closed.stderr
    cluster.sockets.chmod(0o755)  # even past the folder the server itself says no
    (cluster.sockets / SOCKET).chmod(0o777)
    refused = subprocess.run(psql, check=False, cwd="/", capture_output=True, text=True, **nobody)
    assert 'Peer authentication failed for user "infopunt"' in refused.stderr


@as_root_only
def test_root_does_not_open_a_closed_folder(folder: Path, capsys: pytest.CaptureFixture[str]):
    closed = folder / "root"
    closed.mkdir(mode=0o700)
    cluster = Cluster(closed / "var" / "postgres")
    try:
        cluster.ensure_running()
        assert ask(cluster) == 1
        assert cluster.home.parent == rights.SYSTEM_HOME
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700
        assert not cluster.data_root.exists()
        cluster.stop()
        cluster.ensure_running()
        assert capsys.readouterr().err.count(str(cluster.home)) == 1
    finally:
        cluster.remove()


@as_root_only
def test_data_stays_where_it_is_when_folders_open_or_close(folder: Path, capsys: pytest.CaptureFixture[str]):
    closed = folder / "root"
    closed.mkdir(mode=0o700)
    first = Cluster(closed / "postgres")
    try:
        first.ensure_running()
        closed.chmod(0o755)
        assert Cluster(first.data_root).home == first.home
    finally:
        first.remove()
    second = Cluster(closed / "postgres")
    second.ensure_running()
    second.stop()
    closed.chmod(0o700)
    with pytest.raises(ClusterError, match="kan niet meer bij de database"):
        Cluster(second.data_root).ensure_running()
    closed.chmod(0o755)
    second.remove()


@as_root_only
def test_a_strict_umask_does_not_lock_the_server_out(make_cluster: Callable[..., Cluster]):
    before = os.umask(0o077)
    try:
        cluster = make_cluster("een/nieuwe/map")
        cluster.ensure_running()
    finally:
        os.umask(before)
    assert ask(cluster) == 1


@as_root_only
def test_programs_are_copied_when_the_servers_user_cannot_reach_them(
    folder: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(rights, "SYSTEM_HOME", folder / "lib")
    package = cluster.installation.parent
    closed = folder / "venv"
    closed.mkdir(mode=0o700)
    shutil.copytree(package, closed / package.name, ignore=shutil.ignore_patterns("pginstall", "include"))
    shutil.copytree(package.with_name(f"{package.name}.libs"), closed / f"{package.name}.libs")
    monkeypatch.syspath_prepend(closed)
    elsewhere = Cluster(cluster.data_root)
    elsewhere.ensure_running()
    assert elsewhere.program("postgres").is_relative_to(folder / "lib")
    assert ask(elsewhere) == 1


@as_root_only
def test_root_runs_the_server_as_the_owner_of_the_data(folder: Path):
    """Root may start what a colleague made, and the colleague can go on afterwards."""
    colleague = pwd.getpwnam("nobody")
    (folder / "theirs").mkdir()
    os.chown(folder / "theirs", colleague.pw_uid, colleague.pw_gid)
    cluster = Cluster(folder / "theirs" / "postgres")
    cluster.data_root.mkdir(mode=0o700)
    os.chown(cluster.data_root, colleague.pw_uid, colleague.pw_gid)
    cluster.account = colleague
    cluster.ensure_running()
    cluster.stop()
    by_root = Cluster(cluster.data_root)
    by_root.ensure_running()
    assert by_root.account.pw_name == "nobody"
    assert (ask(by_root), ask(cluster)) == (1, 1)
    by_root.remove()


@as_root_only
def test_folder_of_somebody_else_is_told_plainly(cluster: Cluster, folder: Path):
    cluster.ensure_running()
    stranger = pwd.getpwnam("nobody")
    code = "import os, sys; sys.path.insert(0, '.'); from infopunt.database.cluster import Cluster, Path; "
    code += f"os.setgid({stranger.pw_gid}); os.setuid({stranger.pw_uid}); "
    process = run_python(code + "Cluster(Path(sys.argv[1])).ensure_running()", cluster.data_root)
    output = process.communicate(timeout=30)[0]
    assert f"De map {cluster.data_root} moet van gebruiker nobody zijn" in output
    assert ask(cluster) == 1


WORKER = """
import os, signal, subprocess, sys, time
from pathlib import Path
import django
from django.conf import settings

database = {"ENGINE": "infopunt.database", "NAME": "infopunt", "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
settings.configure(DATABASES={"default": database})
django.setup()
from django.core.signals import request_started
from django.db import connection
from procrastinate.contrib.django.utils import connector_params

def ask():
    request_started.send(None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database(), pg_backend_pid()")
        return cursor.fetchone()

first, again = ask(), ask()
assert first == again, "the connection stays open between requests"
os.kill(int((Path(sys.argv[1]) / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
time.sleep(0.5)
assert ask()[0] == "infopunt"

with connection._nodb_cursor() as cursor:
    cursor.execute("SELECT current_database()")
    assert cursor.fetchone() == ("postgres",)
assert {"host", "port", "user", "dbname"} <= connector_params().keys()
args, env = connection.client.settings_to_cmd_args_env(connection.settings_dict, ["-Atc", "SELECT 6*7"])
assert subprocess.check_output(args, text=True) == "42\\n"
print("all well")
"""


def test_django_connection_comes_back_by_itself(cluster: Cluster):
    """A web worker keeps its connection, the server is killed, and the next request starts it again."""
    data = cluster.data
    worker = run_python(WORKER, data, env={**os.environ, "INFOPUNT_VAR": str(cluster.data_root.parent)})
    assert worker.communicate(timeout=60)[0] == "all well\n"


@pytest.mark.parametrize("command", [["--help"], ["check"], ["start", "--help"]])
def test_commands_without_a_database_start_none(folder: Path, command: list[str]):
    environment = {"PATH": os.environ["PATH"], "INFOPUNT_DEMO": "1", "INFOPUNT_VAR": str(folder / "var")}
    manage = [sys.executable, str(PROJECT / "manage.py"), *command]
    subprocess.run(manage, check=True, cwd=PROJECT, env=environment, capture_output=True)
    assert not (folder / "var").exists()
