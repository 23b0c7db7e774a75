"""What readers see, and where a comment stands for its author. Readers see the revision `shown_revision`, no other."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Connection, Row, text

from service.storage.sites import Intake, intake_of
from service.storage.submissions import page_key

Order = Literal["oldest", "newest"]


@dataclass(frozen=True, slots=True)
class ThreadState:
    """`version` grows with every change that a reader could notice."""

    id: int
    version: int
    published_count: int


@dataclass(frozen=True, slots=True)
class PublishedComment:
    """One comment as readers may see it. There is no field for an e-mail address, so none can leak.

    An erased one has neither author nor text; it is there because answers to it are. `parent_author` is the name of
    whom it answers, None where that comment is not to be seen.
    """

    id: UUID
    parent_id: UUID | None
    parent_author: str | None
    is_erased: bool
    author_name: str
    author_website: str | None
    body: str
    body_html: str | None
    renderer_version: int | None
    created_at: datetime
    edited_at: datetime | None
    reply_count: int


@dataclass(frozen=True, slots=True)
class ShownComment:
    """One comment as readers see it, and where it stands."""

    site_key: str
    site_name: str
    page_url: str
    author_name: str
    body: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a comment stands, for its author: its newest text, and the last decision about it, if there is one.

    `verdict_code` and `verdict_revision` are of the last decision that its author did not make.
    """

    id: UUID
    status: str
    revision: int
    shown_revision: int | None
    token_hash: bytes | None
    parent_id: UUID | None
    parent_author: str | None
    author_name: str
    author_website: str | None
    has_address: bool
    is_proven: bool
    body: str
    body_html: str | None
    renderer_version: int | None
    created_at: datetime
    edited_at: datetime | None
    page_url: str
    page_title: str | None
    site_key: str
    site_name: str
    intake: Intake
    event: str | None
    reason_code: str | None
    decided_by: str | None
    decided_at: datetime | None
    message: str | None
    has_appealed: bool
    verdict_code: str | None
    verdict_revision: int | None


_THREAD = text("SELECT id, version, published_count FROM threads WHERE site_id = :site_id AND page_key = :page_key")

# Both orders read the same index, from one end or the other. What is erased keeps its place as long as something that
# readers see stands below it, however deep.
_PAGE = """
    SELECT c.id, c.parent_id, CASE WHEN p.shown_revision IS NOT NULL THEN p.author_name END AS parent_author,
           c.status = 'erased' AS is_erased,
           CASE WHEN c.status = 'erased' THEN '' ELSE c.author_name END AS author_name,
           CASE WHEN c.status <> 'erased' THEN c.author_website END AS author_website,
           coalesce(r.body, '') AS body, r.body_html, r.renderer_version, c.created_at,
           CASE WHEN r.number > 1 THEN r.created_at END AS edited_at,
           (SELECT count(*) FROM comments reply
            WHERE reply.parent_id = c.id AND reply.shown_revision IS NOT NULL) AS reply_count
    FROM comments c
    LEFT JOIN revisions r ON r.comment_id = c.id AND r.number = c.shown_revision
    LEFT JOIN comments p ON p.id = c.parent_id
    WHERE c.thread_id = :thread_id AND c.id {beyond} :place
      AND (c.shown_revision IS NOT NULL OR c.status = 'erased')
      AND (c.shown_revision IS NOT NULL OR EXISTS (
          WITH RECURSIVE below AS (
              SELECT a.id, a.shown_revision FROM comments a
              WHERE a.parent_id = c.id AND (a.shown_revision IS NOT NULL OR a.status = 'erased')
              UNION ALL
              SELECT a.id, a.shown_revision FROM below JOIN comments a ON a.parent_id = below.id
              WHERE below.shown_revision IS NULL AND (a.shown_revision IS NOT NULL OR a.status = 'erased')
          ) SELECT FROM below WHERE shown_revision IS NOT NULL))
    ORDER BY c.id {direction} LIMIT :limit
"""
_PAGES = {
    "oldest": text(_PAGE.format(beyond=">", direction="ASC")),
    "newest": text(_PAGE.format(beyond="<", direction="DESC")),
}
_BEGINNINGS = {"oldest": UUID(int=0), "newest": UUID(int=2**128 - 1)}


def thread_state(connection: Connection, *, site_id: int, page_url: str) -> ThreadState | None:
    row = connection.execute(_THREAD, {"site_id": site_id, "page_key": page_key(page_url)}).one_or_none()
    return ThreadState(*row) if row else None


def published_page(
    connection: Connection, thread_id: int, *, after: UUID | None, limit: int, order: Order = "oldest"
) -> list[PublishedComment]:
    """Comments of a thread that readers see, those behind the cursor only."""
    place = after or _BEGINNINGS[order]
    rows = connection.execute(_PAGES[order], {"thread_id": thread_id, "place": place, "limit": limit})
    return [PublishedComment(*row) for row in rows]


def shown(connection: Connection, comment_id: UUID) -> ShownComment | None:
    """The comment as readers see it; None when they don't."""
    row = connection.execute(
        text(
            """
            SELECT s.key AS site_key, s.name AS site_name, t.page_url, c.author_name, r.body
            FROM comments c
            JOIN revisions r ON r.comment_id = c.id AND r.number = c.shown_revision
            JOIN threads t ON t.id = c.thread_id
            JOIN sites s ON s.id = c.site_id
            WHERE c.id = :id
            """
        ),
        {"id": comment_id},
    ).one_or_none()
    return ShownComment(*row) if row else None


def published_counts(connection: Connection, *, site_id: int, page_urls: list[str]) -> dict[str, int]:
    """Number of published comments by page URL. A page without any is 0."""
    keys = {page_key(url): url for url in page_urls}
    rows = connection.execute(
        text("SELECT page_key, published_count FROM threads WHERE site_id = :site_id AND page_key = ANY(:keys)"),
        {"site_id": site_id, "keys": list(keys)},
    )
    found = {bytes(row.page_key): row.published_count for row in rows}
    return {url: found.get(key, 0) for key, url in keys.items()}


def standing(connection: Connection, comment_id: UUID) -> Standing | None:
    """Where a comment stands, with the decision that put it there."""
    row = connection.execute(_STANDING, {"id": comment_id}).one_or_none()
    return _standing(row) if row else None


def standings_of(connection: Connection, author_id: int, *, limit: int) -> list[Standing]:
    """Where the comments of an author stand, the newest first."""
    return [_standing(row) for row in connection.execute(_STANDINGS, {"id": author_id, "limit": limit})]


def _standing(row: Row[Any]) -> Standing:
    return Standing(**{**row._mapping, "intake": intake_of(row.intake)})


_STANDINGS_FROM = """
    SELECT c.id, c.status, c.revision, c.shown_revision, c.author_token_hash AS token_hash, c.parent_id,
           CASE WHEN p.shown_revision IS NOT NULL THEN p.author_name END AS parent_author,
           c.author_name, c.author_website, c.author_id IS NOT NULL AS has_address, c.is_proven,
           r.body, r.body_html, r.renderer_version, c.created_at, c.edited_at,
           t.page_url, t.page_title, s.key AS site_key, s.name AS site_name, s.intake,
           d.event, d.reason_code, d.decided_by, d.decided_at, d.message,
           EXISTS (SELECT FROM appeals a WHERE a.decision_id = d.id) AS has_appealed,
           v.reason_code AS verdict_code, v.revision AS verdict_revision
    FROM comments c
    JOIN threads t ON t.id = c.thread_id
    JOIN sites s ON s.id = c.site_id
    JOIN revisions r ON r.comment_id = c.id AND r.number = c.revision
    LEFT JOIN comments p ON p.id = c.parent_id
    LEFT JOIN LATERAL (SELECT * FROM decisions WHERE comment_id = c.id ORDER BY id DESC LIMIT 1) d ON true
    LEFT JOIN LATERAL (
        SELECT reason_code, revision FROM decisions WHERE comment_id = c.id AND decided_by <> 'author'
        ORDER BY id DESC LIMIT 1
    ) v ON true
"""
_STANDING = text(_STANDINGS_FROM + "WHERE c.id = :id")
# In three parts, each of which has an index of its own.
_STANDINGS = text(
    _STANDINGS_FROM  # noqa: S608 - our own words
    + """
    WHERE c.id IN (
        SELECT id FROM comments WHERE author_id = :id AND status IN ('published', 'spam', 'rejected', 'removed')
        UNION ALL SELECT id FROM comments WHERE author_id = :id AND status = 'held'
        UNION ALL SELECT id FROM comments WHERE author_id = :id AND status = 'pending')
    ORDER BY c.id DESC LIMIT :limit
    """
)
