"""Bulk decisions: who asked for what about how many, how far it is, and the task that does it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import orjson
from sqlalchemy import Connection, Row, text

from service.storage.actors import DECIDERS, Actor

BULK = "bulk"
"""The kind of task; its subject is the bulk decision."""


@dataclass(frozen=True, slots=True)
class NewBulk:
    """One decision about many comments. `filter` is what was asked, None for a selection by hand."""

    event: str
    reason_code: str
    note: str | None
    message: str | None
    site_ids: tuple[int, ...]
    filter: Mapping[str, object] | None = None
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class BulkJob:
    """One bulk decision as it stands. `undone_by` is the one that took it back."""

    id: int
    made_by: str
    moderator_id: int | None
    token_id: int | None
    event: str
    reason_code: str
    note: str | None
    message: str | None
    filter: Mapping[str, object] | None
    undoes: int | None
    undone_by: int | None
    site_ids: tuple[int, ...]
    total: int
    created_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class BulkTask:
    """A bulk decision that this worker goes on with. `attempts` counts those without progress, and this one."""

    id: int
    job_id: int
    attempts: int


_SELECT = """
    SELECT j.id, j.made_by, j.moderator_id, j.token_id, j.event, j.reason_code, j.note, j.message, j.filter, j.undoes,
           (SELECT id FROM bulk_jobs u WHERE u.undoes = j.id) AS undone_by, j.site_ids, j.total, j.created_at,
           j.finished_at
    FROM bulk_jobs j
"""


def add(connection: Connection, new: NewBulk, *, by: Actor) -> int:
    """Open a bulk decision without items. Returns its id."""
    row = connection.execute(
        text(
            "INSERT INTO bulk_jobs (made_by, moderator_id, token_id, event, reason_code, note, message, filter, undoes,"
            " site_ids) VALUES (:made_by, :moderator_id, :token_id, :event, :reason_code, :note, :message,"
            " CAST(:filter AS jsonb), :undoes, :site_ids) RETURNING id"
        ),
        {
            "made_by": by.label,
            "moderator_id": by.moderator_id if by.token_id is None else None,
            "token_id": by.token_id,
            "event": new.event,
            "reason_code": new.reason_code,
            "note": new.note,
            "message": new.message,
            "filter": None if new.filter is None else orjson.dumps(new.filter).decode(),
            "undoes": new.undoes,
            "site_ids": list(new.site_ids),
        },
    )
    return int(row.scalar_one())


def begin(connection: Connection, job_id: int, total: int) -> int:
    """Say how many items there are and on which sites, and have a worker begin. Returns the task's id."""
    connection.execute(
        text(
            """
            UPDATE bulk_jobs j SET total = :total, site_ids = coalesce((
                SELECT array_agg(DISTINCT c.site_id) FROM bulk_items i JOIN comments c ON c.id = i.comment_id
                WHERE i.job_id = j.id), j.site_ids)
            WHERE id = :id
            """
        ),
        {"id": job_id, "total": total},
    )
    task = connection.execute(
        text("INSERT INTO tasks (kind, subject_id) VALUES (:kind, :id) RETURNING id"), {"kind": BULK, "id": job_id}
    )
    return int(task.scalar_one())


def find(connection: Connection, job_id: int, *, site_ids: Collection[int]) -> BulkJob | None:
    """A bulk decision, when it is about none but these sites."""
    row = connection.execute(
        text(_SELECT + " WHERE j.id = :id AND j.site_ids <@ CAST(:site_ids AS integer[])"),
        {"id": job_id, "site_ids": list(site_ids)},
    ).one_or_none()
    return _job(row) if row else None


def lock(connection: Connection, job_id: int) -> BulkJob:
    """A bulk decision that exists, locked: only one worker at a time has its items, and nobody stops it meanwhile."""
    # Apart from reading it: whoever had to wait must see what was done meanwhile.
    connection.execute(text("SELECT FROM bulk_jobs WHERE id = :id FOR NO KEY UPDATE"), {"id": job_id})
    return _job(connection.execute(text(_SELECT + " WHERE j.id = :id"), {"id": job_id}).one())


def page(connection: Connection, *, site_ids: Collection[int], before: int | None, limit: int) -> list[BulkJob]:
    """Bulk decisions about none but these sites, the newest first."""
    rows = connection.execute(
        text(
            _SELECT + " WHERE j.site_ids <@ CAST(:site_ids AS integer[])"
            " AND (CAST(:before AS bigint) IS NULL OR j.id < :before) ORDER BY j.id DESC LIMIT :limit"
        ),
        {"site_ids": list(site_ids), "before": before, "limit": limit},
    )
    return [_job(row) for row in rows]


def results(connection: Connection, job_ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """How many items of each bulk decision came to what; what is still to be done is not counted."""
    rows = connection.execute(
        text(
            "SELECT job_id, result, count(*) AS items FROM bulk_items"
            " WHERE job_id = ANY(:ids) AND result IS NOT NULL GROUP BY job_id, result"
        ),
        {"ids": list(job_ids)},
    )
    found: dict[int, dict[str, int]] = {job_id: {} for job_id in job_ids}
    for row in rows:
        found[row.job_id][row.result] = row.items
    return found


def claim(connection: Connection, *, worker: str, lease: timedelta) -> BulkTask | None:
    """Take a bulk decision that is due. Commit before working on it."""
    row = connection.execute(
        text(
            """
            UPDATE tasks SET attempts = attempts + 1, due_at = now() + :lease, leased_by = :worker
            WHERE id = (
                SELECT id FROM tasks WHERE kind = 'bulk' AND done_at IS NULL AND due_at <= now()
                ORDER BY attempts, due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING id, subject_id, attempts
            """
        ),
        {"worker": worker, "lease": lease},
    ).one_or_none()
    return BulkTask(*row) if row else None


def go_on(connection: Connection, task: BulkTask) -> None:
    """There was progress and there is more to do: due at once, behind other bulk decisions that wait."""
    connection.execute(
        text("UPDATE tasks SET attempts = 0, due_at = now(), leased_by = NULL WHERE id = :id AND done_at IS NULL"),
        {"id": task.id},
    )


def close(connection: Connection, job_id: int) -> None:
    """Nothing is left to do."""
    connection.execute(
        text("UPDATE bulk_jobs SET finished_at = now() WHERE id = :id AND finished_at IS NULL"), {"id": job_id}
    )
    connection.execute(
        text(
            "UPDATE tasks SET done_at = now(), outcome = 'reported', leased_by = NULL"
            " WHERE kind = 'bulk' AND subject_id = :id AND done_at IS NULL"
        ),
        {"id": job_id},
    )


def allowed_sites(connection: Connection, job: BulkJob) -> set[int]:
    """Where whoever asked for it may still decide: roles end, tokens are revoked or run out."""
    rows = connection.execute(
        text(
            """
            SELECT site_id FROM tokens WHERE id = :token_id AND revoked_at IS NULL AND role = ANY(:roles)
              AND (expires_at IS NULL OR expires_at > now())
            UNION ALL
            SELECT s.id FROM moderators m CROSS JOIN sites s
            LEFT JOIN memberships one ON one.site_id = s.id AND one.moderator_id = m.id
            WHERE m.id = :moderator_id AND m.disabled_at IS NULL AND (m.is_admin OR one.role = ANY(:roles))
            """
        ),
        {"token_id": job.token_id, "moderator_id": job.moderator_id, "roles": sorted(DECIDERS)},
    )
    return set(rows.scalars())


def _job(row: Row[tuple[object, ...]]) -> BulkJob:
    return BulkJob(**{**row._mapping, "site_ids": tuple(row.site_ids)})
