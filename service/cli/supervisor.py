"""Starts processes, starts them again when they die, and stops them in order."""

import ctypes
import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.context import ForkProcess
from pathlib import Path

TICK_S = 0.1
SETTLED_S = 10.0
LONGEST_BACKOFF_S = 5.0
PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Part:
    """One process: a command of somebody else's, or a function of ours that runs in a fork of this process.

    A fork shares with us what is imported already, which is most of its memory. `grace_s` is how long the
    process may take to stop, in seconds.
    """

    name: str
    run: Sequence[str] | Callable[[], int]
    user: str | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    grace_s: float = 35.0
    log: Path | None = None


@dataclass(slots=True)
class _Running:
    part: Part
    process: "_Command | _Fork"
    started_at: float
    failures: int = 0
    restart_at: float | None = None


class Supervisor:
    """Keeps its parts running. Each has a session of its own, so that Ctrl-C reaches only us."""

    def __init__(self, pid_dir: Path, say: Callable[[str], None]) -> None:
        self._pid_dir = pid_dir
        self._say = say
        self._running: list[_Running] = []

    def start(self, part: Part) -> None:
        self._running.append(_Running(part, self._spawn(part), time.monotonic()))

    def watch(self, is_stopping: Callable[[], bool]) -> None:
        """Start parts again when they end, with growing patience, until told to stop."""
        while not is_stopping():
            for running in self._running:
                self._look_after(running)
            time.sleep(TICK_S)

    def check(self) -> None:
        """Start again whatever has died. For the time in which nothing watches yet."""
        for running in self._running:
            self._look_after(running)

    def stop(self) -> None:
        """Stop the last started first; what does not end in its time is killed."""
        for running in reversed(self._running):
            self._stop(running)
        self._running.clear()

    def _look_after(self, running: _Running) -> None:
        now = time.monotonic()
        if running.restart_at is not None:
            if now >= running.restart_at:
                running.process, running.started_at, running.restart_at = self._spawn(running.part), now, None
            return
        status = running.process.poll()
        if status is None:
            return
        _signal_group(running.process.pid, signal.SIGKILL)
        running.failures = 0 if now - running.started_at > SETTLED_S else running.failures + 1
        backoff = min(LONGEST_BACKOFF_S, 0.2 * 2**running.failures)
        running.restart_at = now + backoff
        self._say(f"{running.part.name} ended ({_ending(status)}); starting it again in {backoff:.1f} s")

    def _spawn(self, part: Part) -> "_Command | _Fork":
        process = _Fork(part.run) if callable(part.run) else _Command(part.run, user=part.user, log=part.log)
        unfinished = self._pid_dir / f"{part.name}.pid.new"
        unfinished.write_text(str(process.pid))
        unfinished.rename(self._pid_dir / f"{part.name}.pid")
        return process

    def _stop(self, running: _Running) -> None:
        process, part = running.process, running.part
        if process.poll() is None:
            os.kill(process.pid, part.stop_signal)
            if not process.ends_within(part.grace_s):
                self._say(f"{part.name} did not stop within {part.grace_s:.0f} s; ending it")
        _signal_group(process.pid, signal.SIGKILL)
        process.ends_within(None)
        (self._pid_dir / f"{part.name}.pid").unlink(missing_ok=True)


class _Command:
    """A program of somebody else's, in a session of its own."""

    def __init__(self, command: Sequence[str], *, user: str | None, log: Path | None) -> None:
        with (log or Path(os.devnull)).open("ab") as output:
            self._process = subprocess.Popen(  # noqa: S603 - our own commands, no shell
                command,
                user=user,
                extra_groups=[] if user else None,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=_end_with_parent,  # noqa: PLW1509 - one prctl call, and we have no threads
            )
        self.pid = self._process.pid

    def poll(self) -> int | None:
        return self._process.poll()

    def ends_within(self, seconds: float | None) -> bool:
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True


class _Fork:
    """A function of ours in a fork of this process, in a session of its own."""

    def __init__(self, run: Callable[[], int]) -> None:
        gc.freeze()  # what is loaded by now stays shared: the collector of no fork touches it
        self._process: ForkProcess = multiprocessing.get_context("fork").Process(target=_run_apart, args=(run,))
        self._process.start()
        self.pid = int(self._process.pid or 0)

    def poll(self) -> int | None:
        return self._process.exitcode

    def ends_within(self, seconds: float | None) -> bool:
        self._process.join(seconds)
        return self._process.exitcode is not None


def _run_apart(run: Callable[[], int]) -> None:
    os.setsid()
    _end_with_parent()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    sys.exit(run())


def _end_with_parent() -> None:
    """Ask Linux to stop this process when the supervisor is killed, so that no orphan keeps a port or a folder."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _signal_group(pid: int, number: signal.Signals) -> None:
    try:
        os.killpg(pid, number)
    except (ProcessLookupError, PermissionError):
        return


def _ending(status: int) -> str:
    return f"signal {-status}" if status < 0 else f"exit code {status}"
