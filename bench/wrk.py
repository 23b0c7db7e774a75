"""The load generator: wrk, with the script beside this file."""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from bench.processes import CpuMeter, Family

SCRIPT = Path(__file__).with_name("load.lua")
CONNECTIONS = 32
LONGEST_COUNTED_S = 120


@dataclass(frozen=True, slots=True)
class Load:
    """What one run of wrk saw. `cpu_ms` is per answered request, by part of the server."""

    requests: int
    per_second: float
    p50_ms: float
    p99_ms: float
    max_ms: float
    bytes_each: int
    errors: int
    cpu_ms: Mapping[str, float]
    seconds: float

    def cpu_of(self, *parts: str) -> float:
        return sum(self.cpu_ms.get(part, 0.0) for part in parts)


def require_wrk() -> None:
    """Raises ClickException, which says how to get wrk, unless it is there."""
    if shutil.which("wrk") is None:
        raise click.ClickException(
            "The load comes from wrk, which is not installed: apt install wrk (or brew install wrk)."
        )


def send(
    url: str, script: Mapping[str, str], parts: Mapping[str, Family], *,
    seconds: float = 0, count: int = 0, connections: int = CONNECTIONS,
) -> Load:  # fmt: skip
    """Send requests for some seconds, or until `count` were answered."""
    lasting = LONGEST_COUNTED_S if count else max(1, round(seconds))
    command = [
        "wrk", "-t1", f"-c{connections}", f"-d{lasting}s", "--timeout", "15s", "--latency", "-s", str(SCRIPT), url,
    ]  # fmt: skip
    env = {**os.environ, "RUN": f"{time.time_ns() // 1_000_000:x}", "COUNT": str(count), **script}
    with CpuMeter(parts) as meter:
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=lasting + 30)
    line = next((line for line in done.stdout.splitlines() if line.startswith("RESULT ")), None)
    if line is None:
        raise click.ClickException(f"wrk said nothing usable about {url}: {done.stdout[-500:]}{done.stderr[-500:]}")
    seen = json.loads(line.removeprefix("RESULT "))
    answered = max(1, seen["requests"])
    return Load(
        requests=seen["requests"],
        per_second=seen["requests"] / seen["seconds"],
        p50_ms=seen["p50_ms"],
        p99_ms=seen["p99_ms"],
        max_ms=seen["max_ms"],
        bytes_each=seen["bytes"] // answered,
        errors=seen["refused"] + seen["broken"],
        cpu_ms={part: used * 1000 / answered for part, used in meter.seconds.items()},
        seconds=seen["seconds"],
    )
