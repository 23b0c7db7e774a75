"""Claims: a moderator's short lease on a comment, so that others see who has it open. It never keeps anybody away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection, text

LEASE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Claim:
    """Who has a comment open, and until when they have said so."""

    claimed_by: str
    until: datetime


def take(connection: Connection, comment_id: UUID, *, by: str, take_over: bool = False) -> Claim:
    """Claim the comment for two minutes from now, or renew that. Returns whose it is afterwards.

    While another one's claim runs it stays theirs, unless it is taken over.
    """
    parameters = {"id": comment_id, "by": by, "lease": LEASE, "take_over": take_over}
    row = connection.execute(_TAKE, parameters).one_or_none() or connection.execute(_THEIRS, {"id": comment_id}).one()
    return Claim(*row)


_TAKE = text(
    """
    INSERT INTO claims (comment_id, claimed_by, until) VALUES (:id, :by, now() + :lease)
    ON CONFLICT (comment_id) DO UPDATE SET claimed_by = excluded.claimed_by, until = excluded.until
    WHERE claims.claimed_by = excluded.claimed_by OR claims.until <= now() OR :take_over
    RETURNING claimed_by, until
    """
)
_THEIRS = text("SELECT claimed_by, until FROM claims WHERE comment_id = :id")


def running(connection: Connection, comment_id: UUID) -> Claim | None:
    """Who has the comment open now."""
    query = text("SELECT claimed_by, until FROM claims WHERE comment_id = :id AND until > now()")
    row = connection.execute(query, {"id": comment_id}).one_or_none()
    return Claim(*row) if row else None


def release(connection: Connection, comment_id: UUID, *, by: str) -> None:
    """End one's own claim; another one's stays."""
    connection.execute(
        text("DELETE FROM claims WHERE comment_id = :id AND claimed_by = :by"), {"id": comment_id, "by": by}
    )


def end(connection: Connection, comment_ids: Sequence[UUID]) -> None:
    """End all claims on these comments: they are decided."""
    connection.execute(text("DELETE FROM claims WHERE comment_id = ANY(:ids)"), {"ids": list(comment_ids)})
