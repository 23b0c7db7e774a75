"""The processes: web, workers, relay; and what they need once: the schema and the keys."""

import gc
import multiprocessing
import time
from importlib import import_module

import click
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from service import wsgi
from service.cli.common import in_words, new_runtime
from service.gateways.job_queue import QUEUES
from service.settings import load_settings
from service.storage.schema import migrate as migrate_schema
from service.vault import generate_keys

STOP_WITHIN_S = 30
HEADERS_WITHIN_MS = 10_000
DATABASE_WITHIN_S = 60


@click.command()
@click.option("--migrate", "is_migrating", is_flag=True, help="Bring the database to this release's schema first.")
@in_words
def web(*, is_migrating: bool) -> None:
    """Serve HTTP until told to stop; accepted requests are finished first.

    \b
    GREENROOM_PORT=9000 greenroom web
    """
    if is_migrating:
        _migrate()
    serve_web()


@click.command()
@click.argument("queue", type=click.Choice(QUEUES))
@click.option("--name", default="1", show_default=True, help="Tells two workers of one queue and machine apart.")
def worker(queue: str, name: str) -> None:
    """Work on one job queue. Start as many as you like.

    \b
    greenroom worker spam
    greenroom worker moderation --name second
    greenroom worker remote
    greenroom worker learning
    greenroom worker mail
    greenroom worker bulk
    """
    raise SystemExit(run_worker(queue, name))


@click.command()
def relay() -> None:
    """Send what is due and unsent, forget what is too old, show the metrics.

    \b
    greenroom relay
    """
    raise SystemExit(run_relay())


def serve_web() -> int:
    """Run the web server in this process and its forks. Returns the exit code."""
    settings = load_settings()
    wsgi.prepare()
    multiprocessing.set_start_method("fork", force=True)
    gc.freeze()
    Server(
        "service.wsgi:application",
        interface=Interfaces.WSGI,
        address=settings.host,
        port=settings.port,
        workers=settings.web_processes,
        blocking_threads=settings.web_threads,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEADERS_WITHIN_MS),
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_WITHIN_S,
        log_level=LogLevels.error,
    ).serve()
    return 0


# The workers stand above this room, so they are known here by name only, as they are to RQ.


def run_worker(queue: str, name: str = "1") -> int:
    """Run a worker in this process. Returns the exit code."""
    return int(import_module("workers.process").main([queue, name]))


def run_relay() -> int:
    """Run the relay in this process. Returns the exit code."""
    return int(import_module("workers.relay").main())


@click.command()
@in_words
def migrate() -> None:
    """Bring the database to the schema of this release. A database that is still starting is waited for.

    \b
    greenroom migrate
    """
    _migrate()
    click.echo("The database schema is up to date.")


def _migrate() -> None:
    engine = new_runtime().engine
    _wait_for(engine)
    migrate_schema(engine)
    engine.dispose()


def _wait_for(engine: Engine) -> None:
    """Return once PostgreSQL takes connections; after a minute, raise what it last said."""
    ends_at = time.monotonic() + DATABASE_WITHIN_S
    while True:
        try:
            engine.connect().close()
        except OperationalError:
            if time.monotonic() > ends_at:
                raise
            time.sleep(0.5)
        else:
            return


@click.command()
def keys() -> None:
    """Print a fresh pair of keys for the environment.

    \b
    greenroom keys >> .env
    """
    secret_key, email_keys = generate_keys()
    click.echo(f"GREENROOM_SECRET_KEY={secret_key}\nGREENROOM_EMAIL_KEYS={email_keys}")
