"""The outbox: what is to be told to whom, once each. A mail holds references, never an address or a text."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection, text


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
    report_id: int | None
    appeal_id: int | None
    proof_id: int | None
    link_id: int | None
    state: str
    problem: str | None
    created_at: datetime
    finished_at: datetime | None
    attempts: int
    due_at: datetime


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
           m.decision_id, m.report_id, m.appeal_id, m.proof_id, m.link_id, m.state, m.problem, m.created_at,
           m.finished_at, t.attempts, t.due_at
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
