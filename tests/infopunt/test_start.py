"""`make start` and `make stop` as a person at a terminal meets them: real processes, real signals."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from infopunt.database.cluster import Cluster
from infopunt.management.commands.start import answers
from infopunt.processes import MAX_QUICK_DEATHS, Child, GaveUpError, StartLock, stop_all

PROJECT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


class Start:
    """A `manage.py start` in a process of its own, in a folder that a module's tests share."""

    def __init__(self, var: Path, port: int) -> None:
        self.var, self.port = var, port
        self.output = var.with_suffix(f".{time.monotonic_ns()}.log")
        with self.output.open("wb") as log:
            self.process = self.manage("start", stdout=log, stderr=log)

    def manage(self, command: str, **kwargs: object) -> subprocess.Popen[str]:
        environment = {"PATH": os.environ["PATH"], "INFOPUNT_DEMO": "1"}
        environment |= {"INFOPUNT_VAR": str(self.var), "PORT": str(self.port)}
        arguments = [sys.executable, PROJECT / "manage.py", command]
        return subprocess.Popen(arguments, env=environment, text=True, **kwargs)  # type: ignore[call-overload]

    def run(self, command: str) -> tuple[int, str]:
        process = self.manage(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        output = process.communicate(timeout=60)[0]
        return process.returncode, output

    def wait_for(self, text: str) -> None:
        wait_until(lambda: text in self.output.read_text() or self.process.poll() is not None, 120)
        assert text in self.output.read_text(), self.output.read_text()

    def children(self) -> dict[str, int]:
        """Process numbers of the web server and the worker."""
        task = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        pids = [int(pid) for pid in task.read_text().split()]
        lines = {pid: Path(f"/proc/{pid}/cmdline").read_text() for pid in pids}
        return {"web" if "gunicorn" in line else "worker": pid for pid, line in lines.items()}

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def end(self, sign: int) -> int:
        self.process.send_signal(sign)
        return self.process.wait(60)


def wait_until(condition: Callable[[], object], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.05)


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].startswith("Z")
    except OSError:
        return True


@pytest.fixture(scope="module")
def var() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="infopunt-test-"))
    folder.chmod(0o755)
    yield folder / "var"
    Cluster(folder / "var" / "postgres").remove()
    shutil.rmtree(folder)


@pytest.fixture
def start(var: Path) -> Iterator[Callable[[], Start]]:
    made: list[Start] = []

    def make() -> Start:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        made.append(Start(var, port))
        return made[-1]

    yield make
    for one in made:
        one.process.kill()
        one.process.wait()
    Cluster(var / "postgres").stop()


def test_from_start_to_ctrl_c(start: Callable[[], Start], var: Path):
    demo = start()
    demo.wait_for("Infopunt staat klaar")
    told = demo.output.read_text()
    assert f"http://127.0.0.1:{demo.port}" in told
    for number in range(1, 5):
        assert f"{number}/4 " in told
    for name in ("vrijwilliger", "beroepskracht", "coordinator", "partner"):
        assert name in told
    assert demo.answers()

    code, told = demo.run("start")
    assert code == 1
    assert f"Infopunt draait al: http://127.0.0.1:{demo.port}" in told

    before = demo.children()
    for pid in before.values():
        os.kill(pid, signal.SIGKILL)
    gone = set(before.values())
    wait_until(lambda: demo.children().keys() == before.keys() and not gone & set(demo.children().values()))
    wait_until(demo.answers)
    after = demo.children()
    assert "De werker is gestopt" in demo.output.read_text()

    assert demo.end(signal.SIGINT) == 0
    assert all(is_gone(pid) for pid in after.values())
    assert is_free(demo.port)
    assert not Cluster(var / "postgres").is_running()
    assert "Traceback" not in demo.output.read_text()


def test_killed_start_leaves_nothing_on_the_port(start: Callable[[], Start], var: Path):
    demo = start()
    demo.wait_for("Infopunt staat klaar")
    children = demo.children()
    demo.end(signal.SIGKILL)
    wait_until(lambda: all(is_gone(pid) for pid in children.values()) and is_free(demo.port))
    cluster = Cluster(var / "postgres")
    assert cluster.is_running()
    assert demo.run("stop") == (0, "Infopunt is gestopt.\n")
    assert not cluster.is_running()
    assert demo.run("stop") == (0, "Infopunt draaide niet.\n")


def test_stop_ends_a_running_start(start: Callable[[], Start], var: Path):
    demo = start()
    demo.wait_for("Infopunt staat klaar")
    assert demo.run("stop") == (0, "Infopunt is gestopt.\n")
    assert demo.process.wait(10) == 0
    assert is_free(demo.port)
    assert not Cluster(var / "postgres").is_running()


def test_ctrl_c_halfway_leaves_nothing(start: Callable[[], Start], var: Path):
    demo = start()
    demo.wait_for("1/4")
    assert demo.end(signal.SIGINT) == 0
    assert not Cluster(var / "postgres").is_running()
    assert "Traceback" not in demo.output.read_text()


def test_a_port_in_use_is_the_first_thing_told(tmp_path: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        demo = Start(tmp_path / "var", port)
        assert demo.process.wait(60) == 1
    message = f"CommandError: Poort {port} is bezet of mag niet. Kies een andere, zoals: make start PORT="
    assert message in demo.output.read_text()
    assert "1/4" not in demo.output.read_text()
    assert not (tmp_path / "var" / "postgres").exists()


def test_is_only_for_the_demo():
    with pytest.raises(CommandError, match="INFOPUNT_DEMO=1"):
        call_command("start")


def test_gives_up_on_a_process_that_keeps_dying(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    clock = iter(range(0, 10_000, 2))  # every look at the clock is two seconds later
    monkeypatch.setattr("infopunt.processes.time.monotonic", lambda: float(next(clock)))
    told: list[str] = []
    child = Child("De werker", [sys.executable, "-c", "raise SystemExit(3)"], cwd=tmp_path)
    with pytest.raises(GaveUpError, match=r"De werker stopt steeds meteen \(code 3\)"):
        while True:
            child.keep_up(told.append)
            if child.process is not None:
                child.process.wait()
    assert told == ["De werker is gestopt (code 3) en start zo weer."] * (MAX_QUICK_DEATHS - 1)


def test_a_process_that_does_not_listen_is_killed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr("infopunt.processes.STOP_SECONDS", 0.2)
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); open('deaf', 'w'); time.sleep(60)"
    child = Child("De werker", [sys.executable, "-c", deaf], cwd=tmp_path)
    child.start()
    wait_until((tmp_path / "deaf").exists)
    stop_all([child])
    assert child.process is not None
    assert child.process.returncode == -signal.SIGKILL


def test_lock_knows_a_dead_owner(tmp_path: Path):
    path = tmp_path / "start.lock"
    path.write_text(f"{os.getpid()}\nhttp://127.0.0.1:1\n")  # what a killed start leaves: nobody holds it
    lock = StartLock(path)
    assert not lock.stop_owner()
    assert lock.take("here")
    other = StartLock(path)
    assert not other.take("there")
    assert other.note() == "here"
    lock.release()
    assert other.take("there")
    other.release()


@pytest.mark.parametrize(("status", "expected"), [(200, True), (503, True), (None, False)])
def test_a_website_with_a_complaint_is_a_website_that_answers(status: int | None, expected: bool):
    """After a week of rest there are details to erase; the worker that does so must be let in first."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status or 200)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    if status is None:
        server.shutdown()
        server.server_close()
    assert answers(server.server_port) is expected
    server.shutdown()
    server.server_close()
