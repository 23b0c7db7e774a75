"""The processes: web, workers, relay; and what they need once: the schema and the keys."""

import os
import sys

import click

from service.cli.common import in_words, new_runtime
from service.gateways.job_queue import QUEUES
from service.settings import load_settings
from service.storage.schema import migrate as migrate_schema
from service.vault import generate_keys

STOP_WITHIN_S = 30


@click.command()
@in_words
def web() -> None:
    """Serve HTTP until told to stop; accepted requests are finished first.

    \b
    GREENROOM_PORT=9000 greenroom web
    """
    settings = load_settings()
    runtime = new_runtime()
    _ = runtime.database_url, runtime.redis_url, runtime.vault
    os.execv(  # noqa: S606 - our own interpreter, no shell
        sys.executable,
        [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", settings.host,
            "--port", str(settings.port), "--workers", str(settings.web_processes),
            "--blocking-threads", str(settings.web_threads), "--http", "1", "--no-ws",
            "--respawn-failed-workers", "--workers-kill-timeout", str(STOP_WITHIN_S),
            "--http1-header-read-timeout", "10000", "--log-level", "warning", "service.wsgi:application",
        ],
    )  # fmt: skip


@click.command()
@click.argument("queue", type=click.Choice(QUEUES))
@click.option("--name", default="1", show_default=True, help="Tells two workers of one queue and machine apart.")
def worker(queue: str, name: str) -> None:
    """Work on one job queue. Start as many as you like.

    \b
    greenroom worker spam
    greenroom worker moderation --name second
    """
    os.execv(sys.executable, [sys.executable, "-m", "workers.process", queue, name])  # noqa: S606


@click.command()
def relay() -> None:
    """Send what is due and unsent, forget what is too old, show the metrics.

    \b
    greenroom relay
    """
    os.execv(sys.executable, [sys.executable, "-m", "workers.relay"])  # noqa: S606


@click.command()
@in_words
def migrate() -> None:
    """Bring the database to the schema of this release.

    \b
    greenroom migrate
    """
    migrate_schema(new_runtime().engine)
    click.echo("The database schema is up to date.")


@click.command()
def keys() -> None:
    """Print a fresh pair of keys for the environment.

    \b
    greenroom keys >> .env
    """
    secret_key, email_keys = generate_keys()
    click.echo(f"GREENROOM_SECRET_KEY={secret_key}\nGREENROOM_EMAIL_KEYS={email_keys}")
