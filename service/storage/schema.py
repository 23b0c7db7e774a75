"""Brings the database to the schema that this release needs."""

from importlib.resources import as_file, files
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

MIGRATION_LOCK = 0x677265656E
"""Advisory lock: of two processes that migrate at once, one waits and then finds nothing to do."""


def migrate(engine: Engine) -> None:
    """Run every migration that is missing. Safe to call from several processes at once."""
    with as_file(files("service.storage") / "migrations") as folder, engine.connect() as connection:
        connection.execute(text("SET statement_timeout = 0; SET lock_timeout = 0"))  # an index may take its time
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": MIGRATION_LOCK})
        connection.commit()
        config = _config(folder)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()
        connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": MIGRATION_LOCK})
        connection.commit()


def is_current(connection: Connection) -> bool:
    """Whether no migration is missing."""
    with as_file(files("service.storage") / "migrations") as folder:
        newest = ScriptDirectory.from_config(_config(folder)).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == newest


def _config(folder: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(folder))
    return config
