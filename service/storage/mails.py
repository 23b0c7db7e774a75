"""The outbox: what is to be told to whom, once each. A mail holds references, never an address or a text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection, text

MAIL = "mail"
MOST_A_DAY = 10
"""Mails to one author in a day: whoever types somebody else's address can't have it flooded."""


@dataclass(frozen=True, slots=True)
class MailTask:
    """One mail to send. `attempts` counts this one."""

    id: int
    mail_id: int
    attempts: int


@dataclass(frozen=True, slots=True)
class StoredMail:
    """One mail of the outbox. `attempts` and `due_at` are its task's."""

    id: int
    site_id: int
    event_key: str
    kind: str
    recipient: str
    author_id: int | None
    moderator_id: int | None
    comment_id: UUID | None
    decision_id: int | None
    state: str
    problem: str | None
    created_at: datetime
    finished_at: datetime | None
    attempts: int
    due_at: datetime


# What is queued is queued together with its task. Rows that are there already are left alone: event_key says so.
_QUEUE = """
    , added AS (
        INSERT INTO mails (site_id, event_key, kind, recipient, author_id, moderator_id, comment_id, decision_id)
        SELECT site_id, event_key, kind, recipient, author_id, moderator_id, comment_id, decision_id FROM wanted
        ON CONFLICT (event_key) DO NOTHING RETURNING id
    )
    INSERT INTO tasks (kind, subject_id, due_at) SELECT 'mail', id, now() + :after FROM added RETURNING id
"""

# The last decision about each comment whose author has an address, up to so many mails to each of them in a day.
_TOLD = """
    WITH told AS (
        SELECT d.*, c.author_id, 'statement:' || d.comment_id || ':' || d.id AS event_key,
               row_number() OVER (PARTITION BY c.author_id ORDER BY d.id) + (
                   SELECT count(*) FROM mails m
                   WHERE m.author_id = c.author_id AND m.created_at > now() - interval '1 day') AS place
        FROM comments c
        CROSS JOIN LATERAL (SELECT * FROM decisions d WHERE d.comment_id = c.id ORDER BY d.id DESC LIMIT 1) d
        WHERE c.author_id IS NOT NULL AND {condition}
          AND NOT EXISTS (SELECT FROM mails m WHERE m.event_key = 'statement:' || d.comment_id || ':' || d.id)
    ), wanted AS (
        SELECT site_id, event_key, 'statement' AS kind, 'author' AS recipient, author_id,
               CAST(NULL AS integer) AS moderator_id, comment_id, id AS decision_id
        FROM told WHERE place <= :most ORDER BY id
    )
"""
_STATEMENTS = text(_TOLD.format(condition="c.id = ANY(:ids) AND d.event IN ('reject', 'remove')") + _QUEUE)
_OVERDUE = text(
    _TOLD.format(
        condition="""c.status = 'held' AND d.event = 'hold'
          AND d.decided_at BETWEEN now() - :longest AND now() - :held_for"""
    )
    + _QUEUE
)


def add_statements(connection: Connection, comment_ids: Sequence[UUID], *, after: timedelta) -> list[int]:
    """Queue what the authors of these comments are to be told about the last decision. Returns the new tasks.

    Only a rejection or a removal is told of, only to an author with an address, and each only once.
    """
    parameters = {"ids": list(comment_ids), "after": after, "most": MOST_A_DAY}
    return list(connection.execute(_STATEMENTS, parameters).scalars())


def add_overdue_holds(connection: Connection, *, held_for: timedelta, longest: timedelta) -> list[int]:
    """Queue statements about comments that have been held for so long. Returns the new tasks.

    What has waited for longer than `longest` is left out: whoever begins to send mail must not begin with old news.
    """
    parameters = {"held_for": held_for, "longest": longest, "after": timedelta(), "most": MOST_A_DAY}
    return list(connection.execute(_OVERDUE, parameters).scalars())


def claim(connection: Connection, *, worker: str, lease: timedelta) -> MailTask | None:
    """Take one mail that is due. Commit before sending it."""
    row = connection.execute(
        text(
            """
            UPDATE tasks SET attempts = attempts + 1, due_at = now() + :lease, leased_by = :worker
            WHERE id = (
                SELECT id FROM tasks WHERE kind = 'mail' AND done_at IS NULL AND due_at <= now()
                ORDER BY attempts, id LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING id, subject_id, attempts
            """
        ),
        {"worker": worker, "lease": lease},
    ).one_or_none()
    return MailTask(*row) if row else None


def finish(connection: Connection, task: MailTask, state: str, problem: str | None = None) -> None:
    """Say what became of a mail, in the outbox and at its task."""
    connection.execute(
        text("UPDATE mails SET state = :state, problem = :problem, finished_at = now() WHERE id = :id"),
        {"id": task.mail_id, "state": state, "problem": problem},
    )
    connection.execute(
        text("UPDATE tasks SET done_at = now(), outcome = :outcome, leased_by = NULL WHERE id = :id"),
        {"id": task.id, "outcome": "failed" if state == "failed" else "reported"},
    )


def delay(connection: Connection, task: MailTask, problem: str, *, by: timedelta) -> None:
    """Let a mail be tried again after a while, and say what was wrong this time."""
    connection.execute(
        text("UPDATE mails SET problem = :problem WHERE id = :id"), {"id": task.mail_id, "problem": problem}
    )
    connection.execute(
        text("UPDATE tasks SET due_at = now() + :by, leased_by = NULL WHERE id = :id AND done_at IS NULL"),
        {"id": task.id, "by": by},
    )


_SELECT = """
    SELECT m.id, m.site_id, m.event_key, m.kind, m.recipient, m.author_id, m.moderator_id, m.comment_id,
           m.decision_id, m.state, m.problem, m.created_at, m.finished_at, t.attempts, t.due_at
    FROM mails m JOIN tasks t ON t.kind = 'mail' AND t.subject_id = m.id
"""


def find(connection: Connection, mail_id: int) -> StoredMail | None:
    row = connection.execute(text(_SELECT + "WHERE m.id = :id"), {"id": mail_id}).one_or_none()
    return StoredMail(*row) if row else None


def page(
    connection: Connection, *, site_ids: list[int], state: str | None, before: int | None, limit: int
) -> list[StoredMail]:
    """Mails of these sites, the newest first."""
    rows = connection.execute(
        text(
            _SELECT
            + """WHERE m.site_id = ANY(:site_ids) AND (CAST(:state AS text) IS NULL OR m.state = :state)
                   AND (CAST(:before AS bigint) IS NULL OR m.id < :before)
                 ORDER BY m.id DESC LIMIT :limit"""
        ),
        {"site_ids": site_ids, "state": state, "before": before, "limit": limit},
    )
    return [StoredMail(*row) for row in rows]
