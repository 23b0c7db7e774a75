"""What the author of a comment is told when somebody has answered it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class ReplyTold:
    """A reply as readers see it, and whether the author of the comment above still wants to hear of it."""

    subscription_id: int
    site_name: str
    page_url: str
    language: str | None
    author_name: str
    body: str
    is_public: bool
    is_wanted: bool
    email_key_id: str
    email_ciphertext: bytes


def find(connection: Connection, comment_id: UUID) -> ReplyTold | None:
    """The reply with this id; None when nobody ever wanted to hear of it."""
    row = connection.execute(
        text(
            """
            SELECT s.id AS subscription_id, site.name AS site_name, t.page_url,
                   above.author_language AS language, c.author_name, r.body,
                   c.shown_revision IS NOT NULL AS is_public,
                   s.ended_at IS NULL AND a.no_mail_since IS NULL AND a.replies_confirmed_at IS NOT NULL AS is_wanted,
                   a.email_key_id, a.email_ciphertext
            FROM comments c
            JOIN revisions r ON r.comment_id = c.id AND r.number = coalesce(c.shown_revision, c.revision)
            JOIN subscriptions s ON s.comment_id = c.parent_id
            JOIN comments above ON above.id = c.parent_id
            JOIN authors a ON a.id = s.author_id
            JOIN threads t ON t.id = c.thread_id
            JOIN sites site ON site.id = c.site_id
            WHERE c.id = :id
            """
        ),
        {"id": comment_id},
    ).one_or_none()
    return ReplyTold(**{**row._mapping, "email_ciphertext": bytes(row.email_ciphertext)}) if row else None
