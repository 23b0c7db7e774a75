"""Which browsers have shown that an e-mail address is theirs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection, text

VALID_FOR = timedelta(days=365)
"""From its confirmation on."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A browser's claim to an address, with the comment that tells its owner whose claim it is."""

    id: int
    author_id: int
    comment_id: UUID
    site_name: str
    page_url: str
    page_title: str | None
    language: str | None
    author_name: str
    body: str
    written_at: datetime
    status: str
    created_at: datetime
    confirmed_at: datetime | None
    email_key_id: str
    email_ciphertext: bytes


def add(connection: Connection, comment_id: UUID, token_hash: bytes) -> int | None:
    """A new claim of the browser that sent this comment. Returns its number; None where the comment has no address."""
    return connection.execute(
        text(
            "INSERT INTO proofs (site_id, author_id, comment_id, token_hash)"
            " SELECT site_id, author_id, id, :token_hash FROM comments WHERE id = :id AND author_id IS NOT NULL"
            " RETURNING id"
        ),
        {"id": comment_id, "token_hash": token_hash},
    ).scalar_one_or_none()


def find(connection: Connection, proof_id: int) -> Proof | None:
    row = connection.execute(
        text(
            """
            SELECT p.id, p.author_id, p.comment_id, site.name AS site_name, t.page_url, t.page_title,
                   c.author_language AS language, c.author_name, r.body, c.created_at AS written_at, c.status,
                   p.created_at, p.confirmed_at, a.email_key_id, a.email_ciphertext
            FROM proofs p
            JOIN authors a ON a.id = p.author_id
            JOIN comments c ON c.id = p.comment_id
            JOIN revisions r ON r.comment_id = c.id AND r.number = c.revision
            JOIN threads t ON t.id = c.thread_id
            JOIN sites site ON site.id = p.site_id
            WHERE p.id = :id
            """
        ),
        {"id": proof_id},
    ).one_or_none()
    return Proof(**{**row._mapping, "email_ciphertext": bytes(row.email_ciphertext)}) if row else None


def confirm(connection: Connection, proof_id: int) -> None:
    """The address vouches for this browser, and for the comment that it asked with. Only the first time counts."""
    connection.execute(
        text(
            """
            WITH confirmed AS (
                UPDATE proofs SET confirmed_at = now() WHERE id = :id AND confirmed_at IS NULL
                RETURNING author_id, comment_id
            ), proven AS (
                UPDATE authors SET proven_at = coalesce(proven_at, now())
                WHERE id IN (SELECT author_id FROM confirmed)
            )
            UPDATE comments SET is_proven = true WHERE id IN (SELECT comment_id FROM confirmed)
            """
        ),
        {"id": proof_id},
    )


def forget(connection: Connection, *, unconfirmed_before: datetime, confirmed_before: datetime) -> int:
    """Drop claims that nobody has confirmed in time, and those that have had theirs. Returns how many."""
    return connection.execute(
        text(
            "DELETE FROM proofs WHERE (confirmed_at IS NULL AND created_at < :unconfirmed_before)"
            " OR confirmed_at < :confirmed_before"
        ),
        {"unconfirmed_before": unconfirmed_before, "confirmed_before": confirmed_before},
    ).rowcount
