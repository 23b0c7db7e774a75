"""Private notes about a comment: from moderators, for moderators."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class Note:
    id: int
    written_by: str
    body: str
    written_at: datetime


def add(connection: Connection, comment_id: UUID, *, by: str, body: str) -> Note:
    """Append a note. Notes are never changed."""
    query = text(
        "INSERT INTO notes (comment_id, written_by, body) VALUES (:id, :by, :body)"
        " RETURNING id, written_by, body, written_at"
    )
    return Note(*connection.execute(query, {"id": comment_id, "by": by, "body": body}).one())


def of_comment(connection: Connection, comment_id: UUID) -> list[Note]:
    """All notes about a comment, the oldest first."""
    query = text("SELECT id, written_by, body, written_at FROM notes WHERE comment_id = :id ORDER BY id")
    return [Note(*row) for row in connection.execute(query, {"id": comment_id})]
