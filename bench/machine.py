"""Where it was measured, and how busy others were meanwhile."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

import psutil
from redis import Redis

from bench.processes import cpu_seconds
from bench.stage import Greenroom

PACKAGES = ("flask", "granian", "rq", "psycopg", "sqlalchemy", "redis", "flask-limiter")


def describe(greenroom: Greenroom) -> dict[str, str]:
    with greenroom.database() as connection:
        row = connection.execute("SHOW server_version").fetchone()
        postgres = str(row[0]).split()[0] if row else ""
    with Redis.from_url(greenroom.servers()["redis_url"]) as redis:
        about = redis.info("server")
    valkey = about.get("valkey_version") or about.get("redis_version")  # type: ignore[union-attr]
    return {
        "CPU": f"{os.cpu_count()} cores, {_cpu_model()}",
        "memory": f"{psutil.virtual_memory().total / 2**30:.0f} GiB",
        "kernel": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "PostgreSQL": f"{postgres}, fsync and synchronous_commit on",
        "Valkey": str(valkey),
        "packages": ", ".join(f"{name} {version(name)}" for name in PACKAGES),
    }


def _cpu_model() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


class Neighbours:
    """CPU that was taken by processes that are none of ours, in cores."""

    def __init__(self) -> None:
        self._busy, self._own, self._all = self._read()

    def cores(self) -> float:
        busy, own, everything = self._read()
        seconds = (everything - self._all) / (os.cpu_count() or 1)
        return max(0.0, (busy - self._busy) - (own - self._own)) / max(seconds, 0.001)

    @staticmethod
    def _read() -> tuple[float, float, float]:
        times = psutil.cpu_times()
        idle = times.idle + getattr(times, "iowait", 0.0)
        own = psutil.Process()
        return sum(times) - idle, cpu_seconds([own, *own.children(recursive=True)]), sum(times)
