"""The texts of a comment. A new one comes with its checks, and without what was known of the one before."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, text

from service.storage.submissions import CHECKS


@dataclass(frozen=True, slots=True)
class StoredRevision:
    """One of a comment's texts."""

    number: int
    body: str
    created_at: datetime


def add(connection: Connection, comment_id: UUID, number: int, body: str) -> dict[str, int]:
    """Store a comment's next text with the tasks that check it. Returns their ids by kind.

    The hosts that the text before linked to, and the group of those that said the same, are not this one's: whoever
    posts a link, and takes it out once a person looks, earns it no good repute.
    """
    rows = connection.execute(_ADD, {"id": comment_id, "number": number, "body": body, "checks": list(CHECKS)})
    return {row.kind: row.id for row in rows}


_ADD = text(
    """
    WITH revision AS (
        INSERT INTO revisions (comment_id, number, body) VALUES (:id, :number, :body)
    ), linked AS (
        DELETE FROM comment_hosts WHERE comment_id = :id
    ), grouped AS (
        DELETE FROM near_duplicates WHERE comment_id = :id
    )
    INSERT INTO tasks (comment_id, revision, kind)
    SELECT :id, :number, kind FROM unnest(CAST(:checks AS text[])) AS kind
    RETURNING kind, id
    """
)


def of_comment(connection: Connection, comment_id: UUID) -> list[StoredRevision]:
    """All texts of a comment, the first one first."""
    rows = connection.execute(
        text("SELECT number, body, created_at FROM revisions WHERE comment_id = :id ORDER BY number"),
        {"id": comment_id},
    )
    return [StoredRevision(*row) for row in rows]
