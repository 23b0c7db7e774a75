"""Accepting comments: everything about those that arrive together in one statement, which is one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from uuid import UUID

import orjson
from sqlalchemy import Connection, text

from service.moderation.model import Suspicion
from service.storage.proofs import VALID_FOR
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
    page_excerpt: str | None
    parent_id: UUID | None
    author_name: str
    author_website: str | None
    author_language: str | None
    author_token_hash: bytes
    email: SealedEmail | None
    body: str
    traces: Traces | None
    form_age: timedelta | None
    is_honeypot_filled: bool
    suspicion: Suspicion | None
    """Why it should have come with a proof of work, where it came without."""
    created_at: datetime
    wants_replies: bool = False
    proof_hash: bytes | None = None
    """SHA-256 of the token by which a browser shows that the address is its owner's, where it sent one."""


@dataclass(frozen=True, slots=True)
class IdempotencyKey:
    """SHA-256 of the key that the client sent, and of what it sent with it."""

    key_hash: bytes
    body_hash: bytes


# One statement, one commit, one round trip, for as many comments as arrived together. Of a comment it stores nothing
# at all when its thread is not there yet, its parent can't be answered, or its idempotency key is taken. Rows that two
# such statements may both want are written in one order, so that neither waits for the other in a circle.
_ACCEPT = """
WITH item AS MATERIALIZED (
    SELECT * FROM json_to_recordset(%(items)s::json) AS item (
        id uuid, site_id integer, page_key bytea, parent_id uuid, key_hash bytea, body_hash bytea,
        created_at timestamptz, email_fingerprint bytea, email_key_id text, email_ciphertext bytea, author_name text,
        author_website text, author_language text, author_token_hash bytea, ip_hash bytea, ip_prefix cidr,
        form_age double precision, is_honeypot_filled boolean, suspicion text, wants_replies boolean, proof_hash bytea,
        body text)
), place AS (
    SELECT item.*, threads.id AS thread_id FROM item
    JOIN threads ON threads.site_id = item.site_id AND threads.page_key = item.page_key
    WHERE item.parent_id IS NULL OR EXISTS (
        SELECT FROM comments p WHERE p.id = item.parent_id AND p.thread_id = threads.id
            -- Whoever must not notice a ban sees the own comment, and answers it.
            AND (p.shown_revision IS NOT NULL OR p.status = 'rejected' AND p.reason_code = 'shadow_ban'))
), keyed AS (
    INSERT INTO idempotency_keys (site_id, key_hash, body_hash, comment_id, created_at)
    SELECT site_id, key_hash, body_hash, id, created_at FROM place WHERE key_hash IS NOT NULL
    ORDER BY site_id, key_hash
    ON CONFLICT DO NOTHING RETURNING comment_id
), welcome AS (
    SELECT * FROM place WHERE key_hash IS NULL OR id IN (SELECT comment_id FROM keyed)
), author AS (
    INSERT INTO authors (site_id, email_fingerprint, email_key_id, email_ciphertext, last_seen_at)
    SELECT DISTINCT ON (site_id, email_fingerprint)
        site_id, email_fingerprint, email_key_id, email_ciphertext, created_at
    FROM welcome WHERE email_fingerprint IS NOT NULL
    ORDER BY site_id, email_fingerprint
    ON CONFLICT (site_id, email_fingerprint) DO UPDATE SET last_seen_at = excluded.last_seen_at,
        email_key_id = excluded.email_key_id, email_ciphertext = excluded.email_ciphertext
    RETURNING id, site_id, email_fingerprint
), comment AS (
    INSERT INTO comments (id, site_id, thread_id, parent_id, author_id, author_name, author_website, author_language,
                          author_token_hash, created_at, ip_hash, ip_prefix, form_age, is_honeypot_filled, suspicion,
                          is_proven)
    SELECT w.id, w.site_id, w.thread_id, w.parent_id, author.id, w.author_name, w.author_website, w.author_language,
           w.author_token_hash, w.created_at, w.ip_hash, w.ip_prefix, make_interval(secs => w.form_age),
           w.is_honeypot_filled, w.suspicion,
           EXISTS (SELECT FROM proofs p WHERE p.token_hash = w.proof_hash AND p.author_id = author.id
                   AND p.confirmed_at > w.created_at - %(proof_valid_for)s)
    FROM welcome w
    LEFT JOIN author ON author.site_id = w.site_id AND author.email_fingerprint = w.email_fingerprint
), wish AS (
    INSERT INTO subscriptions (site_id, author_id, comment_id)
    SELECT w.site_id, author.id, w.id FROM welcome w
    JOIN author ON author.site_id = w.site_id AND author.email_fingerprint = w.email_fingerprint
    WHERE w.wants_replies
), revision AS (
    INSERT INTO revisions (comment_id, number, body) SELECT id, 1, body FROM welcome RETURNING comment_id
)
INSERT INTO tasks (comment_id, revision, kind)
SELECT comment_id, 1, kind FROM revision, unnest(%(checks)s::text[]) AS kind
RETURNING comment_id, id, kind
"""


def accept(
    connection: Connection, comments: Sequence[tuple[NewComment, IdempotencyKey | None]]
) -> list[dict[str, int]]:
    """Store pending comments with their tasks, all in one commit or none.

    Returns task ids by kind for each comment, in order; nothing for a comment that was not stored.
    """
    items = orjson.dumps([_row(comment, key) for comment, key in comments]).decode()
    stored: dict[UUID, dict[str, int]] = {}
    for row in connection.exec_driver_sql(
        _ACCEPT, {"items": items, "checks": list(CHECKS), "proof_valid_for": VALID_FOR}
    ):
        stored.setdefault(row.comment_id, {})[row.kind] = row.id
    return [stored.get(comment.id, {}) for comment, _ in comments]


def _row(comment: NewComment, key: IdempotencyKey | None) -> dict[str, object]:
    email, traces = comment.email, comment.traces
    return {
        "id": comment.id,
        "site_id": comment.site_id,
        "page_key": _bytea(page_key(comment.page_url)),
        "parent_id": comment.parent_id,
        "key_hash": _bytea(key.key_hash) if key else None,
        "body_hash": _bytea(key.body_hash) if key else None,
        "created_at": comment.created_at,
        "email_fingerprint": _bytea(email.fingerprint) if email else None,
        "email_key_id": email.key_id if email else None,
        "email_ciphertext": _bytea(email.ciphertext) if email else None,
        "author_name": comment.author_name,
        "author_website": comment.author_website,
        "author_language": comment.author_language,
        "author_token_hash": _bytea(comment.author_token_hash),
        "ip_hash": _bytea(traces.ip_hash) if traces else None,
        "ip_prefix": traces.ip_prefix if traces else None,
        "form_age": comment.form_age.total_seconds() if comment.form_age is not None else None,
        "is_honeypot_filled": comment.is_honeypot_filled,
        "suspicion": comment.suspicion,
        "wants_replies": comment.wants_replies,
        "proof_hash": _bytea(comment.proof_hash) if comment.proof_hash else None,
        "body": comment.body,
    }


def _bytea(value: bytes) -> str:
    """How PostgreSQL spells bytes in text."""
    return "\\x" + value.hex()


def describe_page(connection: Connection, comment: NewComment) -> None:
    """Keep the latest excerpt of the page that the site itself sent; the page must have a thread."""
    connection.execute(
        text(
            "UPDATE threads SET page_excerpt = :excerpt WHERE site_id = :site_id AND page_key = :page_key"
            " AND page_excerpt IS DISTINCT FROM :excerpt"
        ),
        {"excerpt": comment.page_excerpt, "site_id": comment.site_id, "page_key": page_key(comment.page_url)},
    )


def add_thread(connection: Connection, *, site_id: int, page_url: str, page_title: str | None) -> None:
    """Make sure that the page has a thread. The first title that is sent stays."""
    connection.execute(
        text(
            "INSERT INTO threads (site_id, page_key, page_url, page_title)"
            " VALUES (:site_id, :page_key, :page_url, :page_title) ON CONFLICT DO NOTHING"
        ),
        {"site_id": site_id, "page_key": page_key(page_url), "page_url": page_url, "page_title": page_title},
    )


@dataclass(frozen=True, slots=True)
class Keyed:
    """The comment that an idempotency key stands for, and whether it came with the same body."""

    comment_id: UUID
    created_at: datetime
    has_same_body: bool


def keyed_comment(connection: Connection, site_id: int, key: IdempotencyKey) -> Keyed | None:
    row = connection.execute(
        text(
            "SELECT comment_id, created_at, body_hash = :body_hash AS has_same_body FROM idempotency_keys"
            " WHERE site_id = :site_id AND key_hash = :key_hash"
        ),
        {"site_id": site_id, "key_hash": key.key_hash, "body_hash": key.body_hash},
    ).one_or_none()
    return Keyed(**row._mapping) if row else None


def is_stored(connection: Connection, comment_id: UUID) -> bool:
    query = text("SELECT EXISTS (SELECT FROM comments WHERE id = :id)")
    return bool(connection.execute(query, {"id": comment_id}).scalar_one())


def page_key(page_url: str) -> bytes:
    """What identifies a page: 16 bytes of BLAKE2b of its canonical URL, since a URL may outgrow an index."""
    return blake2b(page_url.encode(), digest_size=PAGE_KEY_BYTES).digest()
