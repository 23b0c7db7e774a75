"""What readers say about published comments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, text

from service.storage.decisions import LockedComment
from service.vault import SealedEmail


@dataclass(frozen=True, slots=True)
class NewReport:
    """A validated report, ready to be stored. `reporter_hash` is a keyed hash of the client's address, 16 bytes."""

    reason: str
    body: str | None
    contact: SealedEmail | None
    reporter_hash: bytes


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A report as moderators see it. The reporter's address is not part of it."""

    id: int
    revision: int
    reason: str
    body: str | None
    has_contact: bool
    created_at: datetime
    resolved_at: datetime | None
    decision_id: int | None


def add(connection: Connection, comment: LockedComment, revision: int, report: NewReport) -> bool:
    """Store a report about the text that was seen. False when this client has an open one about the comment already."""
    contact = report.contact
    row = connection.execute(
        text(
            """
            INSERT INTO reports (site_id, comment_id, revision, reason, body, contact_key_id, contact_ciphertext,
                                 contact_fingerprint, reporter_hash)
            VALUES (:site_id, :comment_id, :revision, :reason, :body, :key_id, :ciphertext, :fingerprint, :reporter)
            ON CONFLICT (comment_id, reporter_hash) WHERE resolved_at IS NULL DO NOTHING RETURNING id
            """
        ),
        {
            "site_id": comment.site_id,
            "comment_id": comment.id,
            "revision": revision,
            "reason": report.reason,
            "body": report.body,
            "key_id": contact.key_id if contact else None,
            "ciphertext": contact.ciphertext if contact else None,
            "fingerprint": contact.fingerprint if contact else None,
            "reporter": report.reporter_hash,
        },
    ).one_or_none()
    return row is not None


def open_reasons(connection: Connection, comment_id: UUID, revision: int) -> dict[str, int]:
    """How many open reports say what about this revision."""
    rows = connection.execute(
        text(
            "SELECT reason, count(*) AS reports FROM reports"
            " WHERE comment_id = :id AND revision = :revision AND resolved_at IS NULL GROUP BY reason"
            " ORDER BY reports DESC, reason"
        ),
        {"id": comment_id, "revision": revision},
    )
    return {row.reason: row.reports for row in rows}


def is_open(connection: Connection, comment_id: UUID) -> bool:
    """Whether somebody reported the comment and nobody has answered yet."""
    return bool(open_among(connection, [comment_id]))


def open_among(connection: Connection, comment_ids: Sequence[UUID]) -> list[UUID]:
    """Those of these comments about which somebody still waits for an answer."""
    query = text("SELECT DISTINCT comment_id FROM reports WHERE comment_id = ANY(:ids) AND resolved_at IS NULL")
    return list(connection.execute(query, {"ids": list(comment_ids)}).scalars())


def of_comment(connection: Connection, comment_id: UUID) -> list[StoredReport]:
    """All reports about a comment, the oldest first."""
    rows = connection.execute(
        text(
            "SELECT id, revision, reason, body, contact_key_id IS NOT NULL AS has_contact, created_at, resolved_at,"
            " decision_id FROM reports WHERE comment_id = :id ORDER BY id"
        ),
        {"id": comment_id},
    )
    return [StoredReport(*row) for row in rows]


def resolve(connection: Connection, comment_ids: Sequence[UUID]) -> None:
    """Close every open report about these comments: the last decision about each is the answer."""
    connection.execute(
        text(
            """
            UPDATE reports r SET resolved_at = now(), decision_id = d.id
            FROM unnest(CAST(:ids AS uuid[])) AS wanted (id)
            CROSS JOIN LATERAL (SELECT max(id) AS id FROM decisions WHERE comment_id = wanted.id) d
            WHERE r.comment_id = wanted.id AND r.resolved_at IS NULL
            """
        ),
        {"ids": list(comment_ids)},
    )


def reopen(connection: Connection, decision_ids: Sequence[int]) -> list[UUID]:
    """Open again what these decisions closed, since they are undone. Returns the comments.

    Where somebody else's report of the same client came since, the old one stays closed.
    """
    rows = connection.execute(
        text(
            """
            UPDATE reports r SET resolved_at = NULL, decision_id = NULL
            WHERE decision_id = ANY(:ids) AND NOT EXISTS (
                SELECT FROM reports o WHERE o.comment_id = r.comment_id AND o.reporter_hash = r.reporter_hash
                  AND o.resolved_at IS NULL)
            RETURNING comment_id
            """
        ),
        {"ids": list(decision_ids)},
    )
    return list(rows.scalars().unique())


def forget_clients(connection: Connection, before: datetime, *, limit: int) -> int:
    """Drop the hashes of reporters' addresses. Returns how many rows that were."""
    return connection.execute(
        text(
            """
            UPDATE reports SET reporter_hash = NULL WHERE id = ANY(ARRAY(
                SELECT id FROM reports WHERE reporter_hash IS NOT NULL AND created_at < :before
                ORDER BY created_at LIMIT :limit FOR UPDATE SKIP LOCKED))
            """
        ),
        {"before": before, "limit": limit},
    ).rowcount
