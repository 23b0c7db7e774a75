"""Reading the audit log: filtered, the newest first, page by page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, text

CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which rows are meant. What is None is not asked. `with_instance`: also what is about no site."""

    site_ids: tuple[int, ...]
    with_instance: bool = False
    actor: str | None = None
    action: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class AuditRow:
    """Who did what, to what, when."""

    id: int
    at: datetime
    site: str | None
    actor: str
    action: str
    subject: str
    details: dict[str, object]


def page(connection: Connection, wanted: AuditFilter, *, before: int | None, limit: int) -> list[AuditRow]:
    """The newest rows that match, from the one before an id."""
    conditions = ["(a.site_id = ANY(:site_ids) OR (:with_instance AND a.site_id IS NULL))"]
    conditions += [sql for name, sql in _CONDITIONS.items() if getattr(wanted, name) is not None]
    if before is not None:
        conditions.append("a.id < :before")
    rows = connection.execute(
        text(f"{_SELECT} WHERE {' AND '.join(conditions)} ORDER BY a.id DESC LIMIT :limit"),
        {
            "site_ids": list(wanted.site_ids),
            "with_instance": wanted.with_instance,
            "actor": wanted.actor,
            "action": wanted.action,
            "since": wanted.since,
            "until": wanted.until,
            "before": before,
            "limit": limit,
        },
    )
    return [AuditRow(*row) for row in rows]


def everything(engine: Engine, wanted: AuditFilter) -> Iterator[AuditRow]:
    """All rows that match, the newest first, read in pieces: however many there are, few are held at once."""
    before = None
    while True:
        with engine.connect() as connection:
            rows = page(connection, wanted, before=before, limit=CHUNK)
        yield from rows
        if len(rows) < CHUNK:
            return
        before = rows[-1].id


_SELECT = """
    SELECT a.id, a.at, s.key, a.actor, a.action, a.subject, a.details
    FROM audit_log a LEFT JOIN sites s ON s.id = a.site_id
"""
_CONDITIONS = {
    "actor": "a.actor = :actor",
    "action": "a.action = :action",
    "since": "a.at >= :since",
    "until": "a.at < :until",
}
