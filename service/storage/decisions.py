"""The one place where a status changes: a decision row, the status it caches, and the thread's count, together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson
from sqlalchemy import Connection, text

from service.moderation.model import Status
from service.moderation.states import Event, next_status, status_before
from service.storage import claims

POLICY = "policy"
"""`decided_by` of what the machine concluded; anything else is a moderator."""


@dataclass(frozen=True, slots=True)
class LockedComment:
    """A comment that nobody else can decide until this transaction ends."""

    id: UUID
    site_id: int
    thread_id: int
    author_id: int | None
    status: Status
    revision: int


@dataclass(frozen=True, slots=True)
class LastDecision:
    """The decision that a comment's status comes from. `previous` is the status before it, and what explained that."""

    id: int
    revision: int
    event: Event
    status: Status
    decided_by: str
    reason_code: str
    decided_at: datetime
    previous: Status
    previous_code: str | None
    previous_reasons: tuple[str, ...]

    @property
    def is_by_policy(self) -> bool:
        return self.decided_by == POLICY


@dataclass(frozen=True, slots=True)
class Decision:
    """Why a comment's status changes."""

    comment: LockedComment
    event: Event
    decided_by: str
    reason_code: str
    reasons: tuple[str, ...]
    note: str | None = None
    signal_ids: tuple[int, ...] = ()
    policy_version: int | None = None
    model_versions: tuple[str, ...] = ()
    severity: int | None = None
    """How soon a person must see it, 0 to 9; None leaves it as it was."""
    message: str | None = None
    """What the moderator tells the author."""
    undoes: LastDecision | None = None

    @property
    def status(self) -> Status:
        if self.undoes is not None:
            return status_before(self.undoes.previous, self.undoes.event, self.comment.status)
        return next_status(self.comment.status, self.event, by_moderator=self.decided_by != POLICY)


def lock(connection: Connection, comment_ids: list[UUID]) -> dict[UUID, LockedComment]:
    """Lock comments in the order of their ids, so that two transactions can't wait for each other."""
    rows = connection.execute(
        text(
            "SELECT id, site_id, thread_id, author_id, status, revision FROM comments"
            " WHERE id = ANY(:ids) ORDER BY id FOR NO KEY UPDATE"
        ),
        {"ids": comment_ids},
    )
    return {
        row.id: LockedComment(row.id, row.site_id, row.thread_id, row.author_id, Status(row.status), row.revision)
        for row in rows
    }


def last(connection: Connection, comment_ids: list[UUID]) -> dict[UUID, LastDecision]:
    """The last decision about each comment; those that nobody has decided are left out."""
    rows = connection.execute(_LAST, {"ids": comment_ids})
    return {
        row.comment_id: LastDecision(
            id=row.id,
            revision=row.revision,
            event=Event(row.event),
            status=Status(row.status),
            decided_by=row.decided_by,
            reason_code=row.reason_code,
            decided_at=row.decided_at,
            previous=Status(row.previous),
            previous_code=row.previous_code,
            previous_reasons=tuple(row.previous_reasons),
        )
        for row in rows
    }


_LAST = text(
    """
    SELECT d.comment_id, d.id, d.revision, d.event, d.status, d.decided_by, d.reason_code, d.decided_at,
           coalesce(before.status, 'pending') AS previous, before.reason_code AS previous_code,
           coalesce(before.reasons, '{}') AS previous_reasons
    FROM unnest(CAST(:ids AS uuid[])) AS wanted (id)
    CROSS JOIN LATERAL (SELECT * FROM decisions WHERE comment_id = wanted.id ORDER BY id DESC LIMIT 1) d
    LEFT JOIN LATERAL (
        SELECT * FROM decisions WHERE comment_id = wanted.id AND id < d.id ORDER BY id DESC LIMIT 1
    ) before ON true
    """
)


def was_decided_by_person(connection: Connection, comment: LockedComment) -> bool:
    """Whether a moderator has ever decided about the comment's present revision."""
    query = text(
        "SELECT EXISTS (SELECT FROM decisions"
        " WHERE comment_id = :id AND revision = :revision AND decided_by <> 'policy')"
    )
    return bool(connection.execute(query, {"id": comment.id, "revision": comment.revision}).scalar_one())


def record(connection: Connection, decisions: Sequence[Decision]) -> dict[UUID, int]:
    """Append decisions and move each comment to the status that follows. Returns the new ids by comment.

    Raises:
        IllegalTransition: the state machine has no such step; nothing is changed then.

    """
    if not decisions:
        return {}
    rows = [_row(decision) for decision in decisions]
    recorded = connection.execute(_RECORD, {"rows": orjson.dumps(rows).decode()}).all()
    _count(connection, decisions)
    if decided := [decision.comment.id for decision in decisions if decision.decided_by != POLICY]:
        claims.end(connection, decided)
    return {row.comment_id: row.id for row in recorded}


_RANK = "CASE WHEN {status} = 'held' AND {severity} > 0 THEN least(9, 6 + {severity}) ELSE 0 END"
RANK_BY_ITSELF = _RANK.format(status="c.status", severity="c.severity")
"""The rank of a comment `c` about which nobody has asked: what is held stands by its severity."""

# What a reader reported or an author appealed keeps its rank (below 7) while only the machine decides.
_RECORD = text(
    f"""
    WITH decided AS (
        SELECT * FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS d (
            comment_id uuid, site_id integer, revision integer, event text, status text, decided_by text,
            reason_code text, reasons text[], note text, signal_ids bigint[], policy_version integer,
            model_versions text[], severity smallint, message text, undoes bigint)
    ), moved AS (
        UPDATE comments c SET status = d.status, severity = coalesce(d.severity, c.severity),
            reason_code = d.reason_code,
            rank = greatest(
                {_RANK.format(status="d.status", severity="coalesce(d.severity, c.severity)")},
                CASE WHEN d.decided_by = 'policy' AND c.rank < 7 THEN c.rank ELSE 0 END),
            published_at = CASE WHEN d.status = 'published' AND c.status <> 'published' THEN now()
                                ELSE c.published_at END
        FROM decided d WHERE c.id = d.comment_id
    )
    INSERT INTO decisions (comment_id, site_id, revision, event, status, decided_by, reason_code, reasons, note,
                           signal_ids, policy_version, model_versions, message, undoes)
    SELECT comment_id, site_id, revision, event, status, decided_by, reason_code, reasons, note, signal_ids,
           policy_version, model_versions, message, undoes
    FROM decided
    RETURNING id, comment_id
    """  # noqa: S608 - our own words
)


def _row(decision: Decision) -> dict[str, object]:
    return {
        "comment_id": str(decision.comment.id),
        "site_id": decision.comment.site_id,
        "revision": decision.comment.revision,
        "event": decision.event.value,
        "status": decision.status.value,
        "decided_by": decision.decided_by,
        "reason_code": decision.reason_code,
        "reasons": decision.reasons,
        "note": decision.note,
        "signal_ids": decision.signal_ids,
        "policy_version": decision.policy_version,
        "model_versions": decision.model_versions,
        "severity": decision.severity,
        "message": decision.message,
        "undoes": decision.undoes.id if decision.undoes else None,
    }


def _count(connection: Connection, decisions: Sequence[Decision]) -> None:
    """Keep each thread's count of published comments, and its version, in step with its comments."""
    changes: dict[int, int] = {}
    for decision in decisions:
        was_public = decision.comment.status is Status.PUBLISHED
        is_public = decision.status is Status.PUBLISHED
        if was_public != is_public:
            thread_id = decision.comment.thread_id
            changes[thread_id] = changes.get(thread_id, 0) + (1 if is_public else -1)
    if not changes:
        return
    ids = sorted(changes)
    connection.execute(text("SELECT FROM threads WHERE id = ANY(:ids) ORDER BY id FOR NO KEY UPDATE"), {"ids": ids})
    connection.execute(
        text(
            """
            UPDATE threads t SET published_count = t.published_count + change.amount, version = t.version + 1
            FROM unnest(CAST(:ids AS bigint[]), CAST(:amounts AS integer[])) AS change (id, amount)
            WHERE t.id = change.id
            """
        ),
        {"ids": ids, "amounts": [changes[thread_id] for thread_id in ids]},
    )
