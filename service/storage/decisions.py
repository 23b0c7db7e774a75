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
"""`decided_by` of what the machine concluded."""

CHANGED_WHILE_HELD = "changed_while_held"
"""`reason_code` where a changed text waits for the person who was to look at the one before."""

AUTHOR = "author"
"""`decided_by` of what authors did with their own comment; anything else is a moderator."""


@dataclass(frozen=True, slots=True)
class LockedComment:
    """A comment that nobody else can decide until this transaction ends."""

    id: UUID
    site_id: int
    thread_id: int
    author_id: int | None
    status: Status
    revision: int
    shown_revision: int | None = None
    """What readers see of it; None for nothing."""


@dataclass(frozen=True, slots=True)
class LastDecision:
    """The decision that a comment's status comes from.

    `previous` is the status before it, what explained that, and what readers saw then.
    """

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
    previous_shown: int | None

    @property
    def is_by_person(self) -> bool:
        return is_person(self.decided_by)


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
    hides_old_text: bool = False
    """Whether a change by the author takes the text before it away, also while the new one is checked."""

    @property
    def status(self) -> Status:
        if self.undoes is not None:
            return status_before(self.undoes.previous, self.undoes.event, self.comment.status)
        return next_status(self.comment.status, self.event, by_moderator=is_person(self.decided_by))

    @property
    def shown_revision(self) -> int | None:
        """What readers see from now on."""
        if self.undoes is not None:
            return self.undoes.previous_shown
        if self.status is Status.PUBLISHED:
            return self.comment.revision
        # A verdict to hold says nothing against the text that readers see.
        is_about_new_text = self.event is Event.REVISE or (self.event is Event.HOLD and self.decided_by == POLICY)
        return self.comment.shown_revision if is_about_new_text and not self.hides_old_text else None


def is_person(decided_by: str) -> bool:
    """Whether a moderator decided, in the own name or by a program's token."""
    return decided_by not in {POLICY, AUTHOR}


def lock(connection: Connection, comment_ids: list[UUID]) -> dict[UUID, LockedComment]:
    """Lock comments in the order of their ids, so that two transactions can't wait for each other."""
    rows = connection.execute(
        text(
            "SELECT id, site_id, thread_id, author_id, status, revision, shown_revision FROM comments"
            " WHERE id = ANY(:ids) ORDER BY id FOR NO KEY UPDATE"
        ),
        {"ids": comment_ids},
    )
    return {row.id: LockedComment(**{**row._mapping, "status": Status(row.status)}) for row in rows}


def lock_alone(connection: Connection, comment_id: UUID) -> LockedComment | None:
    """Lock a comment also against those who write what belongs to it: a check that has read its text, a reply."""
    query = text("SELECT FROM comments WHERE id = :id FOR UPDATE")
    connection.execute(query, {"id": comment_id})
    return lock(connection, [comment_id]).get(comment_id)


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
            previous_shown=row.previous_shown,
        )
        for row in rows
    }


_LAST = text(
    """
    SELECT d.comment_id, d.id, d.revision, d.event, d.status, d.decided_by, d.reason_code, d.decided_at,
           coalesce(before.status, 'pending') AS previous, before.reason_code AS previous_code,
           coalesce(before.reasons, '{}') AS previous_reasons, before.shown_revision AS previous_shown
    FROM unnest(CAST(:ids AS uuid[])) AS wanted (id)
    CROSS JOIN LATERAL (SELECT * FROM decisions WHERE comment_id = wanted.id ORDER BY id DESC LIMIT 1) d
    LEFT JOIN LATERAL (
        SELECT * FROM decisions WHERE comment_id = wanted.id AND id < d.id ORDER BY id DESC LIMIT 1
    ) before ON true
    """
)


def was_decided_by_person(connection: Connection, comment_id: UUID, revision: int) -> bool:
    """Whether a moderator has decided about this revision of the comment, and nobody took that back."""
    query = text(
        "SELECT EXISTS (SELECT FROM decisions d"
        " WHERE comment_id = :id AND revision = :revision AND decided_by LIKE 'moderator:%' AND event <> 'undo'"
        " AND NOT EXISTS (SELECT FROM decisions u WHERE u.undoes = d.id))"
    )
    return bool(connection.execute(query, {"id": comment_id, "revision": revision}).scalar_one())


def awaited(connection: Connection, comment_ids: Sequence[UUID]) -> set[UUID]:
    """Those that a person was to look at before their authors changed them: held by a moderator, or after reports."""
    rows = connection.execute(
        text(
            """
            SELECT wanted.id FROM unnest(CAST(:ids AS uuid[])) AS wanted (id)
            CROSS JOIN LATERAL (
                SELECT * FROM decisions WHERE comment_id = wanted.id AND decided_by <> 'author'
                ORDER BY id DESC LIMIT 1
            ) d
            WHERE d.status = 'held'
              AND (d.decided_by <> 'policy' OR d.event = 'recall' OR d.reason_code = :changed)
            """
        ),
        {"ids": list(comment_ids), "changed": CHANGED_WHILE_HELD},
    )
    return set(rows.scalars())


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
    if decided := [decision.comment.id for decision in decisions if is_person(decision.decided_by)]:
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
            model_versions text[], severity smallint, message text, undoes bigint, shown_revision integer)
    ), moved AS (
        UPDATE comments c SET status = d.status, severity = coalesce(d.severity, c.severity),
            revision = d.revision, shown_revision = d.shown_revision, reason_code = d.reason_code,
            rank = greatest(
                {_RANK.format(status="d.status", severity="coalesce(d.severity, c.severity)")},
                CASE WHEN (d.decided_by = 'policy' OR d.event = 'revise') AND c.rank < 7 THEN c.rank ELSE 0 END),
            edited_at = CASE WHEN d.event = 'revise' THEN now() ELSE c.edited_at END,
            published_at = CASE WHEN d.status = 'published' AND c.status <> 'published' THEN now()
                                ELSE c.published_at END
        FROM decided d WHERE c.id = d.comment_id
    )
    INSERT INTO decisions (comment_id, site_id, revision, event, status, decided_by, reason_code, reasons, note,
                           signal_ids, policy_version, model_versions, message, undoes, shown_revision)
    SELECT comment_id, site_id, revision, event, status, decided_by, reason_code, reasons, note, signal_ids,
           policy_version, model_versions, message, undoes, shown_revision
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
        "shown_revision": decision.shown_revision,
    }


def _count(connection: Connection, decisions: Sequence[Decision]) -> None:
    """Keep each thread's count of comments that readers see, and its version, in step with its comments."""
    changes: dict[int, int] = {}
    for decision in decisions:
        before, after = decision.comment.shown_revision, decision.shown_revision
        # What is erased may leave a tombstone where its answers stand.
        if before != after or decision.status is Status.ERASED:
            thread_id = decision.comment.thread_id
            changes[thread_id] = changes.get(thread_id, 0) + (after is not None) - (before is not None)
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
