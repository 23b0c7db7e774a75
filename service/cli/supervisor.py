"""Starts processes, starts them again when they die, and stops them in order."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

TICK_S = 0.1
SETTLED_S = 10.0
LONGEST_BACKOFF_S = 5.0
PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Part:
    """One process: what to run and how to end it. `grace_s` is how long it may take to stop, in seconds."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)
    user: str | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    grace_s: float = 35.0
    log: Path | None = None


@dataclass(slots=True)
class _Running:
    part: Part
    process: subprocess.Popen[bytes]
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

    def _spawn(self, part: Part) -> subprocess.Popen[bytes]:
        output = part.log.open("ab") if part.log else None
        try:
            process = subprocess.Popen(  # noqa: S603 - our own commands
                part.command,
                env={**os.environ, **part.env},
                user=part.user,
                extra_groups=[] if part.user else None,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=_end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 - one prctl call
            )
        finally:
            if output:
                output.close()
        (self._pid_dir / f"{part.name}.pid").write_text(str(process.pid))
        return process

    def _stop(self, running: _Running) -> None:
        process, part = running.process, running.part
        if process.poll() is None:
            process.send_signal(part.stop_signal)
            try:
                process.wait(part.grace_s)
            except subprocess.TimeoutExpired:
                self._say(f"{part.name} did not stop within {part.grace_s:.0f} s; ending it")
        _signal_group(process.pid, signal.SIGKILL)
        process.wait()
        (self._pid_dir / f"{part.name}.pid").unlink(missing_ok=True)


def _end_with_parent() -> None:
    """Ask Linux to stop this process when the supervisor is killed, so that no orphan keeps a port or a folder."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _signal_group(pid: int, number: signal.Signals) -> None:
    try:
        os.killpg(pid, number)
    except (ProcessLookupError, PermissionError):
        return


def _ending(status: int) -> str:
    return f"signal {-status}" if status < 0 else f"exit code {status}"
