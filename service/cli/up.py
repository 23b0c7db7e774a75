"""Everything under one supervisor, with its own PostgreSQL and Valkey where none are given."""

import json
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from types import FrameType

import click
import httpx
from filelock import FileLock, Timeout
from pydantic import SecretStr
from rich.console import Console
from rich.panel import Panel

from service.cli import embedded
from service.cli.common import in_words
from service.cli.people import create_moderator
from service.cli.serve import run_relay, run_worker, serve_web
from service.cli.supervisor import Part, Supervisor
from service.errors import SettingsError
from service.gateways.job_queue import QUEUES
from service.runtime import Runtime, make_keys
from service.settings import SERVERS_FILE, Settings, load_settings
from service.storage import moderators, sites
from service.storage.schema import migrate

DEMO_SITE = "demo"
FIRST_MODERATOR = "moderator"
READY_WITHIN_S = 30

console = Console(stderr=True, highlight=False)


@click.command()
@in_words
def up() -> None:
    """Run everything: PostgreSQL and Valkey from wheels unless DATABASE_URL and REDIS_URL are set, the web, the
    workers, the relay, and a demo page. Ctrl-C stops it; the data stays in GREENROOM_DATA_DIR.

    \b
    greenroom up
    GREENROOM_PORT=9000 GREENROOM_DATA_DIR=/srv/greenroom greenroom up
    """
    began = time.monotonic()
    settings = load_settings(with_servers=False)
    data_dir = _prepare(settings.data_dir)
    with _only_one(data_dir):
        stopping = _on_signal()
        supervisor = Supervisor(data_dir / "run", _say)
        try:
            _refuse_taken_port(settings)
            runtime = _start_servers(settings, data_dir, supervisor)
            password = _prepare_demo(runtime)
            for part in _parts(runtime):
                supervisor.start(part)
            _wait_until_ready(settings, supervisor, stopping)
            _greet(settings, password, time.monotonic() - began)
            supervisor.watch(lambda: bool(stopping))
            _say("Stopping; accepted comments are kept.")
        finally:
            supervisor.stop()
            (data_dir / SERVERS_FILE).unlink(missing_ok=True)


def _prepare(data_dir: Path) -> Path:
    data_dir = data_dir.resolve()
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    for folder in ("run", "logs"):
        (data_dir / folder).mkdir(mode=0o700, exist_ok=True)
    make_keys(data_dir)
    return data_dir


@contextmanager
def _only_one(data_dir: Path) -> Iterator[None]:
    lock = FileLock(data_dir / "run" / "up.lock")
    try:
        with lock.acquire(timeout=0):
            yield
    except Timeout:
        raise SettingsError(f"Greenroom is running already in {data_dir}.") from None


def _on_signal() -> list[int]:
    """A list that is filled when somebody asks us to stop."""
    asked: list[int] = []

    def note(number: int, _: FrameType | None) -> None:
        asked.append(number)

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, note)
    return asked


def _refuse_taken_port(settings: Settings) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError:
            raise SettingsError(
                f"GREENROOM_PORT: something else listens on {settings.host}:{settings.port}. Set another port."
            ) from None


def _start_servers(settings: Settings, data_dir: Path, supervisor: Supervisor) -> Runtime:
    """Start what is not given, and tell every other command where it is."""
    urls = {"database_url": settings.database_url, "redis_url": settings.redis_url}
    if settings.redis_url is None:
        part, url = embedded.valkey_part(data_dir)
        supervisor.start(part)
        embedded.wait_for_valkey(url, supervisor)
        urls["redis_url"] = SecretStr(url)
    if settings.database_url is None:
        part, url = embedded.postgres_part(data_dir)
        supervisor.start(part)
        embedded.wait_for_postgres(url, supervisor)
        urls["database_url"] = SecretStr(url)
    if settings.is_embedded:
        own = {
            name: value.get_secret_value() for name, value in urls.items() if getattr(settings, name) is None and value
        }
        (data_dir / SERVERS_FILE).write_text(json.dumps(own))
    return Runtime(settings.model_copy(update={**urls, "data_dir": data_dir}), pool_size=2, application="greenroom up")


def _prepare_demo(runtime: Runtime) -> str | None:
    """Migrate; on the first start add the demo site and a moderator. Returns the moderator's one-time password."""
    migrate(runtime.engine)
    port = runtime.settings.port
    origins = {runtime.settings.base_url, f"http://127.0.0.1:{port}", f"http://localhost:{port}"}
    with runtime.engine.begin() as connection:
        site = sites.find(connection, DEMO_SITE)
        if site is None:
            sites.add(connection, DEMO_SITE, name="Demo", origins=sorted(origins), changed_by="greenroom up")
        elif not origins <= set(site.origins):
            wanted = replace(site, origins=tuple(sorted(origins | set(site.origins))))
            sites.change(connection, site, wanted, changed_by="greenroom up")
        site = sites.find(connection, DEMO_SITE)
        is_first_start = moderators.count(connection) == 0
    password = None
    if site and is_first_start:
        password = create_moderator(runtime, FIRST_MODERATOR, site=site, role="owner", is_admin=True)
    runtime.engine.dispose()
    return password


def _parts(runtime: Runtime) -> list[Part]:
    """Our own processes, in the order in which they start. They read where the servers are from the environment."""
    os.environ["DATABASE_URL"] = runtime.database_url
    os.environ["REDIS_URL"] = runtime.redis_url
    os.environ["GREENROOM_DATA_DIR"] = str(runtime.settings.data_dir)
    for module in ("workers.process", "workers.relay"):
        import_module(module)
    workers = [Part(f"worker-{queue}", partial(run_worker, queue)) for queue in QUEUES]
    return [Part("relay", run_relay), *workers, Part("web", serve_web)]


def _wait_until_ready(settings: Settings, supervisor: Supervisor, stopping: list[int]) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    url = f"http://{settings.host}:{settings.port}/readyz"
    while not stopping and not _is_ready(url):
        if time.monotonic() > deadline:
            raise SettingsError(f"The web process did not answer at {url} within {READY_WITHIN_S} s.")
        supervisor.check()
        time.sleep(0.05)


def _is_ready(url: str) -> bool:
    try:
        return httpx.get(url, timeout=1).is_success
    except httpx.HTTPError:
        return False


def _greet(settings: Settings, password: str | None, seconds: float) -> None:
    base = settings.base_url
    lines = [
        f"Demo page     [link={base}/demo/]{base}/demo/[/link]   leave a comment there",
        f"Review desk   [link={base}/desk/]{base}/desk/[/link]   decide about what is held",
        f"API           {base}/api/docs",
        f"Metrics       http://{settings.metrics_host}:{settings.metrics_port}/metrics",
    ]
    if password:
        lines += [
            "",
            f"Log in at the desk as [bold]{FIRST_MODERATOR}[/bold] with this one-time password:",
            f"  [bold]{password}[/bold]",
        ]
    else:
        command = f"{Path(sys.argv[0]).parent}/greenroom moderator reset {FIRST_MODERATOR}"
        lines += ["", "Forgotten the password? In another terminal:", f"  {command}"]
    lines += ["", f"Data in {settings.data_dir.resolve()}. Ctrl-C stops everything."]
    console.print(Panel("\n".join(lines), title=f"Greenroom is ready ({seconds:.1f} s)", expand=False))


def _say(sentence: str) -> None:
    console.print(sentence)
