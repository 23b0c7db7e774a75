"""Who wants mail about replies to a comment of theirs, and whether their address has confirmed that."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, text


@dataclass(frozen=True, slots=True)
class Subscription:
    """An author's wish to hear of replies to one comment. Nobody hears of any before the address has confirmed it.

    `asked_at` is when the mail that asks for that was queued; `no_mail_since` when somebody with the address said that
    they want nothing of this site.
    """

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
    is_public: bool
    asked_at: datetime | None
    ended_at: datetime | None
    confirmed_at: datetime | None
    no_mail_since: datetime | None
    email_key_id: str
    email_ciphertext: bytes

    @property
    def is_over(self) -> bool:
        """Whether no mail comes any more, whatever is confirmed."""
        return self.ended_at is not None or self.no_mail_since is not None


_SELECT = """
    SELECT s.id, s.author_id, s.comment_id, site.name AS site_name, t.page_url, t.page_title,
           c.author_language AS language, c.author_name, r.body, c.created_at AS written_at,
           c.shown_revision IS NOT NULL AS is_public, s.asked_at,
           s.ended_at, a.replies_confirmed_at AS confirmed_at, a.no_mail_since, a.email_key_id, a.email_ciphertext
    FROM subscriptions s
    JOIN authors a ON a.id = s.author_id
    JOIN comments c ON c.id = s.comment_id
    JOIN revisions r ON r.comment_id = c.id AND r.number = coalesce(c.shown_revision, c.revision)
    JOIN threads t ON t.id = c.thread_id
    JOIN sites site ON site.id = s.site_id
"""


def find(connection: Connection, subscription_id: int) -> Subscription | None:
    row = connection.execute(text(_SELECT + "WHERE s.id = :id"), {"id": subscription_id}).one_or_none()
    return _subscription(row)


def of_comment(connection: Connection, comment_id: UUID) -> Subscription | None:
    """The wish of this comment's author."""
    row = connection.execute(text(_SELECT + "WHERE s.comment_id = :id"), {"id": comment_id}).one_or_none()
    return _subscription(row)


def _subscription(row: Row[Any] | None) -> Subscription | None:
    return Subscription(**{**row._mapping, "email_ciphertext": bytes(row.email_ciphertext)}) if row else None


def confirm(connection: Connection, author_id: int) -> None:
    """The address wants mail about replies, now and later."""
    connection.execute(
        text("UPDATE authors SET replies_confirmed_at = coalesce(replies_confirmed_at, now()) WHERE id = :id"),
        {"id": author_id},
    )


def end(connection: Connection, subscription_id: int) -> None:
    """No more mail about replies to this comment."""
    connection.execute(
        text("UPDATE subscriptions SET ended_at = coalesce(ended_at, now()) WHERE id = :id"), {"id": subscription_id}
    )


def end_all_mail(connection: Connection, author_id: int) -> None:
    """No mail of this site any more, but for links that somebody asks for with this very address."""
    connection.execute(
        text("UPDATE authors SET no_mail_since = coalesce(no_mail_since, now()) WHERE id = :id"), {"id": author_id}
    )


def wants_no_mail(connection: Connection, author_id: int) -> bool:
    query = text("SELECT EXISTS (SELECT FROM authors WHERE id = :id AND no_mail_since IS NOT NULL)")
    return bool(connection.execute(query, {"id": author_id}).scalar_one())


def allow_mail(connection: Connection, author_id: int) -> None:
    """Take that back."""
    connection.execute(text("UPDATE authors SET no_mail_since = NULL WHERE id = :id"), {"id": author_id})
