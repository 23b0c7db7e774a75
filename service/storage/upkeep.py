"""What must be forgotten after its time, and what ops want to count."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, text

CHUNK = 5_000


def forget_addresses(connection: Connection, before: datetime) -> int:
    """Drop what was kept of client addresses, at most 5,000 rows at once. Returns how many rows that were."""
    return connection.execute(
        text(
            """
            UPDATE comments SET ip_hash = NULL, ip_prefix = NULL WHERE id = ANY(ARRAY(
                SELECT id FROM comments WHERE ip_hash IS NOT NULL AND created_at < :before
                ORDER BY created_at LIMIT :chunk FOR UPDATE SKIP LOCKED))
            """
        ),
        {"before": before, "chunk": CHUNK},
    ).rowcount


def forget_idempotency_keys(connection: Connection, before: datetime) -> int:
    return connection.execute(
        text(
            """
            DELETE FROM idempotency_keys WHERE (site_id, key_hash) IN (
                SELECT site_id, key_hash FROM idempotency_keys WHERE created_at < :before
                ORDER BY created_at LIMIT :chunk FOR UPDATE SKIP LOCKED)
            """
        ),
        {"before": before, "chunk": CHUNK},
    ).rowcount


def forget_fingerprints(connection: Connection, before: datetime) -> int:
    return connection.execute(
        text(
            """
            DELETE FROM fingerprints WHERE (comment_id, revision) IN (
                SELECT comment_id, revision FROM fingerprints WHERE created_at < :before
                ORDER BY created_at LIMIT :chunk FOR UPDATE SKIP LOCKED)
            """
        ),
        {"before": before, "chunk": CHUNK},
    ).rowcount


def forget_email_domains(connection: Connection, before: datetime) -> int:
    query = text("DELETE FROM email_domains WHERE checked_at < :before")
    return connection.execute(query, {"before": before}).rowcount


def forget_claims(connection: Connection) -> int:
    """Drop claims that ended an hour ago or earlier."""
    return connection.execute(text("DELETE FROM claims WHERE until < now() - interval '1 hour'")).rowcount


def forget_guesses(connection: Connection, before: datetime) -> int:
    """Counts of guesses at passwords and codes whose last one is so long ago."""
    return connection.execute(text("DELETE FROM guesses WHERE last_at < :before"), {"before": before}).rowcount


def forget_sessions(connection: Connection, before: datetime) -> int:
    """Sessions that were over by then, at most 5,000 at once. What was done in them stays in the audit log."""
    return connection.execute(
        text(
            """
            DELETE FROM sessions WHERE id IN (
                SELECT id FROM sessions WHERE expires_at < :before
                ORDER BY expires_at LIMIT :chunk FOR UPDATE SKIP LOCKED)
            """
        ),
        {"before": before, "chunk": CHUNK},
    ).rowcount


def counts_by_status(connection: Connection) -> dict[str, int]:
    rows = connection.execute(text("SELECT status, count(*) AS comments FROM comments GROUP BY status ORDER BY status"))
    return {row.status: row.comments for row in rows}


def status_by_id(connection: Connection) -> dict[str, str]:
    rows = connection.execute(text("SELECT id, status FROM comments ORDER BY id"))
    return {str(row.id): row.status for row in rows}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a comment. `seconds` from acceptance to the first decision; None while there is none."""

    status: str
    seconds: float | None


def outcomes(connection: Connection, comment_ids: list[UUID]) -> dict[UUID, Outcome]:
    rows = connection.execute(
        text(
            """
            SELECT c.id, c.status, extract(epoch FROM min(d.decided_at) - c.created_at)::float8 AS seconds
            FROM comments c LEFT JOIN decisions d ON d.comment_id = c.id
            WHERE c.id = ANY(:ids) GROUP BY c.id
            """
        ),
        {"ids": comment_ids},
    )
    return {row.id: Outcome(row.status, row.seconds) for row in rows}
