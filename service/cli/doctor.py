"""Check every part and say how to mend it."""

from collections.abc import Iterator

import click
from redis.exceptions import RedisError
from rich.console import Console
from rich.table import Table
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from service.cli.health import PARTS, Finding, examine
from service.errors import SettingsError
from service.runtime import Runtime
from service.settings import load_settings
from service.storage import schema, sites


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
        yield examine(runtime.settings, part)


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
