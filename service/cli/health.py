"""Whether one part works. A container asks every half minute, so this loads neither the web nor the database."""

import socket
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime

import click
from redis.exceptions import RedisError
from rq import Worker

from service.errors import SettingsError
from service.gateways.job_queue import QUEUES, connect_redis
from service.settings import Settings, load_settings

PARTS = ("web", "relay", *(f"worker-{queue}" for queue in QUEUES))
TIMEOUT_S = 3
STALE_WORKER_S = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found. `mend` is what to do about it."""

    part: str
    is_well: bool
    detail: str
    mend: str = ""


@click.command()
@click.argument("part", type=click.Choice(PARTS))
def health(part: str) -> None:
    """Say whether one part of this machine works, by its exit code: for container health checks.

    \b
    greenroom health worker-spam
    """
    try:
        finding = examine(load_settings(), part, host=socket.gethostname())
    except SettingsError as error:
        finding = Finding(part, is_well=False, detail=str(error))
    if not finding.is_well:
        click.echo(f"{part}: {finding.detail}", err=True)
        raise SystemExit(1)


def examine(settings: Settings, part: str, *, host: str | None = None) -> Finding:
    """Ask one part whether it works; a worker on `host`, or on any when that is None."""
    if part == "web":
        return _answers(part, settings.host, settings.port, "/readyz", "greenroom web")
    if part == "relay":
        if settings.metrics_port == 0:
            return Finding(part, is_well=True, detail="not asked: GREENROOM_METRICS_PORT is 0")
        return _answers(part, settings.metrics_host, settings.metrics_port, "/healthz", "greenroom relay")
    return _listens(settings, part, host)


def _answers(part: str, host: str, port: int, path: str, command: str) -> Finding:
    url = f"http://{'127.0.0.1' if host in {'0.0.0.0', '::'} else host}:{port}{path}"  # noqa: S104 - compared, not bound
    try:
        with urllib.request.urlopen(url, timeout=TIMEOUT_S) as answer:
            return Finding(part, is_well=True, detail=f"{url} answers {answer.status}")
    except urllib.error.HTTPError as error:
        return Finding(part, is_well=False, detail=f"{url} answers {error.code}")
    except OSError as error:
        return Finding(part, is_well=False, detail=f"no answer at {url} ({type(error).__name__})", mend=command)


def _listens(settings: Settings, part: str, host: str | None) -> Finding:
    queue = part.removeprefix("worker-")
    if settings.redis_url is None:
        return Finding(part, is_well=False, detail="REDIS_URL is not set", mend="See .env.example.")
    try:
        workers = [
            worker
            for worker in Worker.all(connection=connect_redis(settings.redis_url.get_secret_value(), timeout=TIMEOUT_S))
            if queue in worker.queue_names() and (host is None or worker.hostname == host)
        ]
    except RedisError:
        return Finding(part, is_well=False, detail="Redis can't be asked", mend="Start Redis or Valkey.")
    now = datetime.now(UTC)
    alive = [w for w in workers if w.last_heartbeat and (now - w.last_heartbeat).total_seconds() < STALE_WORKER_S]
    if alive:
        return Finding(part, is_well=True, detail=f"{len(alive)} listening")
    return Finding(part, is_well=False, detail="nobody listens", mend=f"greenroom worker {queue}")
