"""An instance that was there before: what it showed is shown, and what it hid is hidden, after the upgrade."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url

import service.storage.migrations
from service.storage.schema import migrate
from tests.conftest import Servers

BEFORE = "0019"
"""The last release in which readers saw what was `published`."""

STATUSES = ("pending", "held", "published", "spam", "rejected", "removed", "erased")
OLD_ROWS = (
    "INSERT INTO sites (key, name, origins) VALUES ('blog', 'Blog', '{https://example.org}')",
    """
    INSERT INTO threads (site_id, page_key, page_url, published_count)
    SELECT id, decode(md5('x'), 'hex'), 'https://example.org/', 1 FROM sites
    """,
    """
    INSERT INTO comments (id, site_id, thread_id, author_name, status, created_at)
    SELECT uuidv7(), t.site_id, t.id, 'Ann', status, now() FROM threads t, unnest(CAST(:statuses AS text[])) AS status
    """,
    "INSERT INTO revisions (comment_id, number, body) SELECT id, 1, 'Words.' FROM comments",
    """
    INSERT INTO decisions (comment_id, site_id, revision, event, status, decided_by, reason_code, reasons)
    SELECT id, site_id, 1, 'x', status, 'policy', 'x', '{Because.}' FROM comments WHERE status <> 'pending'
    """,
)


@pytest.fixture
def old_database(servers: Servers) -> Iterator[Engine]:
    """A database of its own, with the schema of `BEFORE`."""
    url = make_url(servers.database_url.replace("postgresql://", "postgresql+psycopg://"))
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE upgraded"))
    engine = create_engine(url.set(database="upgraded"))
    config = Config()
    config.set_main_option("script_location", str(Path(service.storage.migrations.__path__[0])))
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, BEFORE)
        connection.commit()
    yield engine
    engine.dispose()
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE upgraded"))
    admin.dispose()


def test_readers_see_what_they_saw(old_database: Engine) -> None:
    """And undoing a decision of before brings back what was seen then."""
    with old_database.begin() as connection:
        for statement in OLD_ROWS:
            connection.execute(text(statement), {"statuses": list(STATUSES)} if ":statuses" in statement else {})
    migrate(old_database)

    with old_database.connect() as connection:
        shown = connection.execute(text("SELECT status, shown_revision FROM comments ORDER BY id")).all()
        decided = connection.execute(text("SELECT status, shown_revision FROM decisions ORDER BY id")).all()
    expected = [(status, 1 if status == "published" else None) for status in STATUSES]
    assert [tuple(row) for row in shown] == expected
    assert [tuple(row) for row in decided] == expected[1:]
