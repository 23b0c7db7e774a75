"""Accepting a comment: everything about it in one statement, which is one transaction."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from uuid import UUID

from sqlalchemy import Connection, text

from service.vault import SealedEmail, Traces

PAGE_KEY_BYTES = 16
CHECKS = ("check_spam", "check_moderation")
"""The kinds of task that every revision must have reported before a verdict falls."""


@dataclass(frozen=True, slots=True)
class NewComment:
    """A validated submission, ready to be stored."""

    id: UUID
    site_id: int
    page_url: str
    page_title: str | None
    parent_id: UUID | None
    author_name: str
    author_website: str | None
    email: SealedEmail | None
    body: str
    traces: Traces | None
    form_age: timedelta | None
    is_honeypot_filled: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class IdempotencyKey:
    """SHA-256 of the key that the client sent, and of what it sent with it."""

    key_hash: bytes
    body_hash: bytes


# One statement, one commit, one round trip. It stores nothing at all when the thread is not there yet,
# the parent can't be answered, or the idempotency key is taken.
_ACCEPT = """
WITH thread AS (
    SELECT id FROM threads WHERE site_id = %(site_id)s AND page_key = %(page_key)s
), place AS (
    SELECT thread.id FROM thread
    WHERE CAST(%(parent_id)s AS uuid) IS NULL OR EXISTS (
        SELECT FROM comments p WHERE p.id = %(parent_id)s AND p.thread_id = thread.id AND p.status = 'published')
), keyed AS (
    INSERT INTO idempotency_keys (site_id, key_hash, body_hash, comment_id, created_at)
    SELECT %(site_id)s, %(key_hash)s, %(body_hash)s, %(id)s, %(created_at)s FROM place
    WHERE CAST(%(key_hash)s AS bytea) IS NOT NULL
    ON CONFLICT DO NOTHING RETURNING site_id
), welcome AS (
    SELECT id FROM place WHERE CAST(%(key_hash)s AS bytea) IS NULL OR EXISTS (SELECT FROM keyed)
), author AS (
    INSERT INTO authors (site_id, email_fingerprint, email_key_id, email_ciphertext, last_seen_at)
    SELECT %(site_id)s, %(email_fingerprint)s, %(email_key_id)s, %(email_ciphertext)s, %(created_at)s FROM welcome
    WHERE CAST(%(email_fingerprint)s AS bytea) IS NOT NULL
    ON CONFLICT (site_id, email_fingerprint) DO UPDATE SET last_seen_at = excluded.last_seen_at,
        email_key_id = excluded.email_key_id, email_ciphertext = excluded.email_ciphertext
    RETURNING id
), comment AS (
    INSERT INTO comments (id, site_id, thread_id, parent_id, author_id, author_name, author_website, created_at,
                          ip_hash, ip_prefix, form_age, is_honeypot_filled)
    SELECT %(id)s, %(site_id)s, welcome.id, %(parent_id)s, (SELECT id FROM author), %(author_name)s, %(author_website)s,
           %(created_at)s, %(ip_hash)s, CAST(%(ip_prefix)s AS cidr), %(form_age)s, %(is_honeypot_filled)s
    FROM welcome RETURNING id
), revision AS (
    INSERT INTO revisions (comment_id, number, body) SELECT id, 1, %(body)s FROM comment RETURNING comment_id
)
INSERT INTO tasks (comment_id, revision, kind)
SELECT comment_id, 1, kind FROM revision, unnest(CAST(%(checks)s AS text[])) AS kind
RETURNING id, kind
"""


def accept(connection: Connection, comment: NewComment, key: IdempotencyKey | None) -> dict[str, int]:
    """Store a pending comment with its tasks. Returns task ids by kind; nothing when nothing was stored."""
    rows = connection.exec_driver_sql(
        _ACCEPT,
        {
            "id": comment.id,
            "site_id": comment.site_id,
            "page_key": page_key(comment.page_url),
            "parent_id": comment.parent_id,
            "key_hash": key and key.key_hash,
            "body_hash": key and key.body_hash,
            "created_at": comment.created_at,
            "email_fingerprint": comment.email and comment.email.fingerprint,
            "email_key_id": comment.email and comment.email.key_id,
            "email_ciphertext": comment.email and comment.email.ciphertext,
            "author_name": comment.author_name,
            "author_website": comment.author_website,
            "ip_hash": comment.traces and comment.traces.ip_hash,
            "ip_prefix": comment.traces and comment.traces.ip_prefix,
            "form_age": comment.form_age,
            "is_honeypot_filled": comment.is_honeypot_filled,
            "body": comment.body,
            "checks": list(CHECKS),
        },
    )
    return {row.kind: row.id for row in rows}


def add_thread(connection: Connection, *, site_id: int, page_url: str, page_title: str | None) -> None:
    """Make sure that the page has a thread. The first title that is sent stays."""
    connection.execute(
        text(
            "INSERT INTO threads (site_id, page_key, page_url, page_title)"
            " VALUES (:site_id, :page_key, :page_url, :page_title) ON CONFLICT DO NOTHING"
        ),
        {"site_id": site_id, "page_key": page_key(page_url), "page_url": page_url, "page_title": page_title},
    )


def keyed_comment(connection: Connection, site_id: int, key: IdempotencyKey) -> tuple[UUID, bool] | None:
    """Which comment this key stands for, and whether it came with the same body."""
    row = connection.execute(
        text("SELECT comment_id, body_hash FROM idempotency_keys WHERE site_id = :site_id AND key_hash = :key_hash"),
        {"site_id": site_id, "key_hash": key.key_hash},
    ).one_or_none()
    return (row.comment_id, bytes(row.body_hash) == key.body_hash) if row else None


def is_stored(connection: Connection, comment_id: UUID) -> bool:
    query = text("SELECT EXISTS (SELECT FROM comments WHERE id = :id)")
    return bool(connection.execute(query, {"id": comment_id}).scalar_one())


def page_key(page_url: str) -> bytes:
    """What identifies a page: 16 bytes of BLAKE2b of its canonical URL, since a URL may outgrow an index."""
    return blake2b(page_url.encode(), digest_size=PAGE_KEY_BYTES).digest()
