"""Durable tasks: what is still to be done, whoever forgets it. A job in Redis is only a hint to look here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Connection, text

MAX_ATTEMPTS = 3
BATCH = 64
"""Tasks of one kind that are taken at once: a burst shares the cost of a job, at rest a batch is one."""


@dataclass(frozen=True, slots=True)
class Task:
    """One task that this worker holds until its lease ends. `attempts` counts this one."""

    id: int
    kind: str
    comment_id: UUID
    revision: int
    attempts: int

    @property
    def is_last_attempt(self) -> bool:
        return self.attempts >= MAX_ATTEMPTS

    @property
    def is_worn_out(self) -> bool:
        """Every attempt it was allowed has ended without a word: the process died or was stopped."""
        return self.attempts > MAX_ATTEMPTS


# A task that was tried before travels alone: if it kills its process, it takes no other with it.
_CLAIM = text(
    """
    UPDATE tasks SET attempts = attempts + 1, due_at = now() + :lease, leased_by = :worker
    WHERE id = ANY(ARRAY(
        SELECT id FROM tasks
        WHERE kind = :kind AND done_at IS NULL AND due_at <= now() AND (attempts > 0) = :is_retry
        ORDER BY attempts, id LIMIT :limit FOR UPDATE SKIP LOCKED))
    RETURNING id, kind, comment_id, revision, attempts
    """
)


def claim(connection: Connection, kind: str, *, worker: str, lease: timedelta, retry_first: bool = False) -> list[Task]:
    """Take up to 64 fresh tasks that are due, or one that was tried before. Commit before working on them."""
    kinds = ((False, BATCH), (True, 1))
    for is_retry, limit in reversed(kinds) if retry_first else kinds:
        rows = connection.execute(
            _CLAIM, {"kind": kind, "worker": worker, "lease": lease, "is_retry": is_retry, "limit": limit}
        ).all()
        if rows:
            return sorted((Task(*row) for row in rows), key=lambda task: task.id)
    return []


def add(connection: Connection, kind: str, revisions: Sequence[tuple[UUID, int]]) -> dict[UUID, int]:
    """Add one task for each revision that has had none of this kind. Returns the new ones by comment id."""
    rows = connection.execute(
        text(
            """
            INSERT INTO tasks (comment_id, revision, kind)
            SELECT id, number, :kind FROM unnest(CAST(:ids AS uuid[]), CAST(:numbers AS integer[])) AS new (id, number)
            ON CONFLICT (comment_id, revision, kind) DO NOTHING
            RETURNING comment_id, id
            """
        ),
        {"kind": kind, "ids": [item[0] for item in revisions], "numbers": [item[1] for item in revisions]},
    )
    return {row.comment_id: row.id for row in rows}


def finish(connection: Connection, task_ids: list[int], outcome: str) -> set[int]:
    """Mark tasks as done. Returns those that were not done already: only their findings count."""
    rows = connection.execute(
        text(
            "UPDATE tasks SET done_at = now(), outcome = :outcome, leased_by = NULL"
            " WHERE id = ANY(:ids) AND done_at IS NULL RETURNING id"
        ),
        {"ids": task_ids, "outcome": outcome},
    )
    return set(rows.scalars())


def postpone(connection: Connection, task_id: int, delay: timedelta) -> None:
    """Let a task be tried again after `delay`."""
    connection.execute(
        text("UPDATE tasks SET due_at = now() + :delay, leased_by = NULL WHERE id = :id AND done_at IS NULL"),
        {"id": task_id, "delay": delay},
    )


def release(connection: Connection, worker: str) -> int:
    """Make everything due again that a dead worker held. Returns how many tasks that were."""
    rows = connection.execute(
        text("UPDATE tasks SET due_at = now(), leased_by = NULL WHERE leased_by = :worker AND done_at IS NULL"),
        {"worker": worker},
    )
    return rows.rowcount


def due(connection: Connection, kinds: tuple[str, ...]) -> dict[str, int]:
    """The oldest due task of each kind that has any: enough for a job to start from."""
    rows = connection.execute(
        text(
            "SELECT kind, min(id) AS id FROM tasks WHERE done_at IS NULL AND due_at <= now() AND kind = ANY(:kinds)"
            " GROUP BY kind"
        ),
        {"kinds": list(kinds)},
    )
    return {row.kind: row.id for row in rows}


def fully_checked(connection: Connection, comment_ids: list[UUID]) -> list[UUID]:
    """Those pending comments of which every check of the present revision has reported or given up."""
    rows = connection.execute(
        text(
            """
            SELECT c.id FROM comments c JOIN tasks t ON t.comment_id = c.id AND t.revision = c.revision
            WHERE c.id = ANY(:ids) AND c.status = 'pending' AND t.kind LIKE 'check\\_%'
            GROUP BY c.id HAVING bool_and(t.done_at IS NOT NULL) ORDER BY c.id
            """
        ),
        {"ids": comment_ids},
    )
    return list(rows.scalars())
