"""Keeping the processes of `make start` up, and letting one start at a time own the folder."""

import ctypes
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

QUICK_SECONDS = 10  # a process that lived shorter than this did not really start
MAX_QUICK_DEATHS = 5
STOP_SECONDS = 15
PR_SET_PDEATHSIG = 1


class GaveUpError(Exception):
    """A process keeps dying; the message says which, in Dutch."""


class Child:
    """One process that is started again when it dies, after a pause that doubles each time it dies young."""

    def __init__(self, name: str, command: Sequence[str], *, cwd: Path) -> None:
        self.name = name
        self.command = command
        self.cwd = cwd
        self.process: subprocess.Popen[bytes] | None = None
        self.quick_deaths = 0
        self.started_at = self.start_at = 0.0

    def start(self) -> None:
        """In a process group of its own: Ctrl-C is for the parent, which stops its children in order."""
        parent = os.getpid()
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603
            self.command,
            cwd=self.cwd,
            stdin=subprocess.DEVNULL,
            process_group=0,
            preexec_fn=lambda: _die_with(parent),  # noqa: PLW1509 - the parent has one thread
        )

    def keep_up(self, report: Callable[[str], object]) -> None:
        """Look once whether it lives, and start it again when its pause is over."""
        if self.process is not None:
            code = self.process.poll()
            if code is None:
                return
            self.process = None
            lived = time.monotonic() - self.started_at
            self.quick_deaths = self.quick_deaths + 1 if lived < QUICK_SECONDS else 0
            if self.quick_deaths >= MAX_QUICK_DEATHS:
                raise GaveUpError(
                    f"{self.name} stopt steeds meteen (code {code}). Kijk hierboven wat er mis is."
                )
            pause = 2**self.quick_deaths / 2
            self.start_at = time.monotonic() + pause
            report(f"{self.name} is gestopt (code {code}) en start zo weer.")
        if time.monotonic() >= self.start_at:
            self.start()

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait_or_kill(self, deadline: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def stop_all(children: Sequence[Child]) -> None:
    """Ask all to finish what they are doing, then insist."""
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.wait_or_kill(deadline)


def _die_with(parent: int) -> None:
    """Have the kernel end this process when its parent is gone, even by kill -9 (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)


class StartLock:
    """The file that says which start owns the folder; the kernel lets go of it when that process dies."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file: IO[str] | None = None

    def take(self, note: str) -> bool:
        """Own the folder and leave a note for whoever comes next; False when another start has it."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = self.path.open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        file.truncate(0)
        file.write(f"{os.getpid()}\n{note}\n")
        file.flush()
        self.file = file
        return True

    def release(self) -> None:
        if self.file is not None:
            self.file.close()
            self.file = None

    def note(self) -> str:
        """What the start that has it told."""
        return self._read()[1]

    def stop_owner(self) -> bool:
        """Stop the start that has it, if any, and wait until it is gone."""
        for sign, seconds in ((signal.SIGTERM, 2 * STOP_SECONDS), (signal.SIGKILL, STOP_SECONDS)):
            if not self._is_taken():
                return sign is signal.SIGKILL
            os.kill(self._read()[0], sign)
            deadline = time.monotonic() + seconds
            while self._is_taken() and time.monotonic() < deadline:
                time.sleep(0.05)
        return True

    def _is_taken(self) -> bool:
        try:
            with self.path.open() as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return True
        return False

    def _read(self) -> tuple[int, str]:
        pid, note = self.path.read_text().split("\n")[:2]
        return int(pid), note
