"""The newest comments that readers see, of a whole site or of one page: the same predicate as a page of a thread."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, text

from service.storage.submissions import page_key


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One published comment and its page. There is no field for an e-mail address, so none can leak."""

    id: UUID
    parent_id: UUID | None
    author_name: str
    author_website: str | None
    body: str
    body_html: str | None
    renderer_version: int | None
    created_at: datetime
    edited_at: datetime | None
    page_url: str
    page_title: str | None


_NEWEST = """
    SELECT c.id, CASE WHEN p.shown_revision IS NOT NULL THEN c.parent_id END AS parent_id, c.author_name,
           c.author_website, r.body, r.body_html, r.renderer_version, c.created_at,
           CASE WHEN r.number > 1 THEN r.created_at END AS edited_at, t.page_url, t.page_title
    FROM comments c
    JOIN revisions r ON r.comment_id = c.id AND r.number = c.shown_revision
    JOIN threads t ON t.id = c.thread_id
    LEFT JOIN comments p ON p.id = c.parent_id
    WHERE {where} AND c.shown_revision IS NOT NULL
    ORDER BY c.id DESC LIMIT :limit
"""
_OF_SITE = text(_NEWEST.format(where="c.site_id = :site_id"))
_OF_PAGE = text(
    _NEWEST.format(where="c.thread_id = (SELECT id FROM threads WHERE site_id = :site_id AND page_key = :page_key)")
)


def newest_of_site(connection: Connection, site_id: int, *, limit: int) -> list[FeedEntry]:
    rows = connection.execute(_OF_SITE, {"site_id": site_id, "limit": limit})
    return [FeedEntry(*row) for row in rows]


def newest_of_page(connection: Connection, site_id: int, page_url: str, *, limit: int) -> list[FeedEntry]:
    rows = connection.execute(_OF_PAGE, {"site_id": site_id, "page_key": page_key(page_url), "limit": limit})
    return [FeedEntry(*row) for row in rows]
