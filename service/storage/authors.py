"""Authors: by their hidden e-mail address, and what this site knows of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, text

MOST_NAMES = 10


@dataclass(frozen=True, slots=True)
class History:
    """What became of an author's comments on a site, and the names that came with the address, often ones first."""

    first_seen_at: datetime
    is_proven: bool
    published: int = 0
    held: int = 0
    spam: int = 0
    rejected: int = 0
    removed: int = 0
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sealed:
    """An author's e-mail address as it is stored."""

    key_id: str
    ciphertext: bytes


def with_email(connection: Connection, fingerprint: bytes, *, site_ids: Sequence[int]) -> list[int]:
    """The ids of those who wrote with this address, by its keyed hash: at most one a site."""
    rows = connection.execute(
        text("SELECT id FROM authors WHERE site_id = ANY(:site_ids) AND email_fingerprint = :fingerprint ORDER BY id"),
        {"site_ids": list(site_ids), "fingerprint": fingerprint},
    )
    return list(rows.scalars())


def sealed_email(connection: Connection, comment_id: UUID) -> Sealed | None:
    """The address that a comment came with; None where it came without."""
    row = connection.execute(
        text(
            "SELECT a.email_key_id, a.email_ciphertext FROM comments c JOIN authors a ON a.id = c.author_id"
            " WHERE c.id = :id"
        ),
        {"id": comment_id},
    ).one_or_none()
    return Sealed(row.email_key_id, bytes(row.email_ciphertext)) if row else None


def history(connection: Connection, author_id: int, *, comment_id: UUID) -> History:
    """What this author's site knows of them. What is not decided yet counts as held or not at all.

    `is_proven` is about this one comment: whether it came from a browser that has shown that the address is theirs.
    """
    rows = connection.execute(_HISTORY, {"id": author_id, "comment_id": comment_id, "names": MOST_NAMES}).one()
    return History(rows.first_seen_at, rows.is_proven, **rows.counts or {}, names=tuple(rows.names))


# In two parts, each of which has an index of its own.
_HISTORY = text(
    """
    WITH theirs AS MATERIALIZED (
        SELECT status, author_name FROM comments
        WHERE author_id = :id AND status IN ('published', 'spam', 'rejected', 'removed')
        UNION ALL SELECT status, author_name FROM comments WHERE author_id = :id AND status = 'held'
    )
    SELECT least(greatest(a.created_at, '0001-01-02 00:00Z'), '9999-12-30 00:00Z') AS first_seen_at,
           (SELECT is_proven FROM comments WHERE id = :comment_id) AS is_proven,
           (SELECT jsonb_object_agg(status, comments)
            FROM (SELECT status, count(*) AS comments FROM theirs GROUP BY status) t) AS counts,
           ARRAY(SELECT author_name FROM theirs WHERE author_name <> '' GROUP BY author_name
                 ORDER BY count(*) DESC, author_name LIMIT :names) AS names
    FROM authors a WHERE a.id = :id
    """
)
