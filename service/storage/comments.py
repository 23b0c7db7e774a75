"""What readers see. Every query here carries the same predicate: status = 'published'."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, text

from service.storage.submissions import page_key


@dataclass(frozen=True, slots=True)
class ThreadState:
    """`version` grows with every change that a reader could notice."""

    id: int
    version: int
    published_count: int


@dataclass(frozen=True, slots=True)
class PublishedComment:
    """One comment as readers may see it. There is no field for an e-mail address, so none can leak."""

    id: UUID
    parent_id: UUID | None
    author_name: str
    author_website: str | None
    body: str
    body_html: str | None
    renderer_version: int | None
    created_at: datetime
    edited_at: datetime | None
    reply_count: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a comment stands, for its author."""

    status: str
    reason_code: str | None
    reasons: tuple[str, ...]
    is_by_moderator: bool
    message: str | None
    page_url: str
    page_title: str | None
    site_key: str
    site_name: str
    author_name: str
    body: str
    created_at: datetime
    help_lines: tuple[str, ...]


_THREAD = text("SELECT id, version, published_count FROM threads WHERE site_id = :site_id AND page_key = :page_key")

_PAGE = text(
    """
    SELECT c.id, c.parent_id, c.author_name, c.author_website, r.body, r.body_html, r.renderer_version,
           c.created_at, c.edited_at,
           (SELECT count(*) FROM comments reply
            WHERE reply.parent_id = c.id AND reply.status = 'published') AS reply_count
    FROM comments c JOIN revisions r ON r.comment_id = c.id AND r.number = c.revision
    WHERE c.thread_id = :thread_id AND c.status = 'published' AND (CAST(:after AS uuid) IS NULL OR c.id > :after)
    ORDER BY c.id LIMIT :limit
    """
)


def thread_state(connection: Connection, *, site_id: int, page_url: str) -> ThreadState | None:
    row = connection.execute(_THREAD, {"site_id": site_id, "page_key": page_key(page_url)}).one_or_none()
    return ThreadState(*row) if row else None


def published_page(connection: Connection, thread_id: int, *, after: UUID | None, limit: int) -> list[PublishedComment]:
    """Published comments of a thread, oldest first, those after the cursor only."""
    rows = connection.execute(_PAGE, {"thread_id": thread_id, "after": after, "limit": limit})
    return [PublishedComment(*row) for row in rows]


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
    """Where a comment stands and the decision that put it there."""
    row = connection.execute(
        text(
            """
            SELECT c.status, d.reason_code, d.reasons, d.decided_by, d.message, t.page_url, t.page_title,
                   s.key AS site_key, s.name AS site_name, s.intake, c.author_name, r.body, c.created_at
            FROM comments c
            JOIN threads t ON t.id = c.thread_id
            JOIN sites s ON s.id = c.site_id
            JOIN revisions r ON r.comment_id = c.id AND r.number = c.revision
            LEFT JOIN LATERAL (SELECT * FROM decisions d WHERE d.comment_id = c.id ORDER BY d.id DESC LIMIT 1) d ON true
            WHERE c.id = :id
            """
        ),
        {"id": comment_id},
    ).one_or_none()
    if row is None:
        return None
    return Standing(
        status=row.status,
        reason_code=row.reason_code,
        reasons=tuple(row.reasons or ()),
        is_by_moderator=row.decided_by not in (None, "policy"),
        message=row.message,
        page_url=row.page_url,
        page_title=row.page_title,
        site_key=row.site_key,
        site_name=row.site_name,
        author_name=row.author_name,
        body=row.body,
        created_at=row.created_at,
        help_lines=tuple(row.intake.get("help_lines", ())),
    )
