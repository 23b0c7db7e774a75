"""Check every part and say how to mend it."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import click
import httpx
from redis.exceptions import RedisError
from rich.console import Console
from rich.table import Table
from rq import Worker
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from service.cli.common import fail
from service.errors import SettingsError
from service.gateways.job_queue import QUEUES
from service.runtime import Runtime
from service.settings import load_settings
from service.storage import schema, sites

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
def doctor() -> None:
    """Check every part of a running Greenroom. Exits with 1 when something needs mending.

    \b
    greenroom doctor
    """
    table = Table("part", "", "found", "how to mend it")
    findings = list(_examine())
    for finding in findings:
        table.add_row(finding.part, "ok" if finding.is_well else "[bold]FAIL[/bold]", finding.detail, finding.mend)
    Console().print(table)
    if not all(finding.is_well for finding in findings):
        raise SystemExit(1)


@click.command()
@click.argument("part", type=click.Choice(PARTS))
def health(part: str) -> None:
    """Say whether one part of this machine works, by its exit code: for container health checks.

    \b
    greenroom health worker-spam
    """
    try:
        runtime = Runtime(load_settings(), pool_size=1)
        finding = _examine_part(runtime, part, socket.gethostname())
    except SettingsError as error:
        finding = Finding(part, is_well=False, detail=str(error))
    if not finding.is_well:
        fail(f"{part}: {finding.detail}")


def _examine() -> Iterator[Finding]:
    try:
        runtime = Runtime(load_settings(), pool_size=1)
        _ = runtime.vault, runtime.database_url, runtime.redis_url
    except SettingsError as error:
        yield Finding("settings", is_well=False, detail=str(error), mend="See .env.example.")
        return
    yield Finding("settings", is_well=True, detail="complete")
    database = _database(runtime)
    yield database
    if database.is_well:
        yield _sites(runtime)
    yield _redis(runtime)
    for part in PARTS:
        yield _examine_part(runtime, part, None)


def _examine_part(runtime: Runtime, part: str, host: str | None) -> Finding:
    examine: dict[str, Callable[[], Finding]] = {
        "web": lambda: _web(runtime),
        "relay": lambda: _relay(runtime),
    }
    return examine[part]() if part in examine else _worker(runtime, part, host)


def _database(runtime: Runtime) -> Finding:
    try:
        with runtime.engine.connect() as connection:
            version = connection.execute(text("SHOW server_version")).scalar_one()
            if schema.is_current(connection):
                return Finding("database", is_well=True, detail=f"PostgreSQL {version}, schema up to date")
    except DBAPIError as error:
        detail = f"can't be reached ({type(error.orig).__name__})"
        return Finding("database", is_well=False, detail=detail, mend="Start PostgreSQL; check DATABASE_URL.")
    return Finding("database", is_well=False, detail="the schema is of another release", mend="greenroom migrate")


def _sites(runtime: Runtime) -> Finding:
    with runtime.engine.connect() as connection:
        known = len(sites.everything(connection))
    if known:
        return Finding("sites", is_well=True, detail=f"{known} known")
    return Finding("sites", is_well=False, detail="none", mend="greenroom site add KEY --origin https://example.org")


def _redis(runtime: Runtime) -> Finding:
    try:
        memory = runtime.redis.info("memory")
    except RedisError as error:
        detail = f"can't be reached ({type(error).__name__}); comments are accepted and wait"
        return Finding("redis", is_well=False, detail=detail, mend="Start Redis or Valkey; check REDIS_URL.")
    return Finding("redis", is_well=True, detail=f"answers, {memory['used_memory_human']} used")


def _web(runtime: Runtime) -> Finding:
    url = f"http://{_reachable(runtime.settings.host)}:{runtime.settings.port}/readyz"
    return _http("web", url, "greenroom web")


def _relay(runtime: Runtime) -> Finding:
    settings = runtime.settings
    if settings.metrics_port == 0:
        return Finding("relay", is_well=True, detail="not asked: GREENROOM_METRICS_PORT is 0")
    return _http(
        "relay", f"http://{_reachable(settings.metrics_host)}:{settings.metrics_port}/healthz", "greenroom relay"
    )


def _http(part: str, url: str, command: str) -> Finding:
    try:
        answer = httpx.get(url, timeout=TIMEOUT_S)
    except httpx.HTTPError as error:
        return Finding(part, is_well=False, detail=f"no answer at {url} ({type(error).__name__})", mend=command)
    return Finding(part, is_well=answer.is_success, detail=f"{url} answers {answer.status_code}")


def _worker(runtime: Runtime, part: str, host: str | None) -> Finding:
    queue = part.removeprefix("worker-")
    try:
        workers = [
            worker
            for worker in Worker.all(connection=runtime.redis)
            if queue in worker.queue_names() and (host is None or worker.hostname == host)
        ]
    except RedisError:
        return Finding(part, is_well=False, detail="Redis can't be asked", mend="Start Redis or Valkey.")
    now = runtime.now()
    alive = [w for w in workers if w.last_heartbeat and (now - w.last_heartbeat).total_seconds() < STALE_WORKER_S]
    if alive:
        return Finding(part, is_well=True, detail=f"{len(alive)} listening")
    return Finding(part, is_well=False, detail="nobody listens", mend=f"greenroom worker {queue}")


def _reachable(host: str) -> str:
    return "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared, not bound
