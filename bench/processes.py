"""What processes cost: CPU time and memory of whole families, from the kernel's own books."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Self

import psutil

Family = Callable[[], Iterable[psutil.Process]]
"""Who belongs together now; asked anew each time, since processes come and go."""


def family_of(pid: int) -> Family:
    """The process and all that it started."""

    def members() -> list[psutil.Process]:
        try:
            head = psutil.Process(pid)
            return [head, *head.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    return members


def cpu_seconds(members: Iterable[psutil.Process]) -> float:
    """User and system time, with that of children that have ended."""
    total = 0.0
    for process in members:
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system + times.children_user + times.children_system
    return total


class CpuMeter:
    """CPU seconds by part between entering and leaving."""

    def __init__(self, parts: Mapping[str, Family]) -> None:
        self._parts = parts
        self.seconds: dict[str, float] = {}

    def __enter__(self) -> Self:
        self._before = {name: cpu_seconds(members()) for name, members in self._parts.items()}
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = {name: cpu_seconds(members()) - self._before[name] for name, members in self._parts.items()}


def pss_mb(members: Iterable[psutil.Process]) -> float:
    """Proportional set size in MB (10^6 bytes): what is shared counts once, divided among those who share it."""
    total_kb = 0
    for process in members:
        try:
            rollup = Path(f"/proc/{process.pid}/smaps_rollup").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
        total_kb += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return total_kb * 1024 / 1e6
