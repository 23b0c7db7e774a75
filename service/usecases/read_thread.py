"""A page of published comments as bytes, kept as long as nothing about its thread changed."""

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import blake2b
from uuid import UUID

import orjson
from sqlalchemy import Connection, Engine

from service.moderation.markdown import RENDERER_VERSION, render_html
from service.storage import comments
from service.storage.comments import Order, PublishedComment, Standing, ThreadState
from service.storage.feeds import FeedEntry

FRESH_FOR_S = 0.5
"""For this long a page is served without asking the database; a new comment shows within a second."""

LARGEST_MEMORY = 32 * 1024 * 1024
"""Bytes of rendered pages that one process keeps."""

Key = tuple[int, bytes]


@dataclass(slots=True)
class Page:
    """An answer, the thread version it shows, and when that was last true (monotonic seconds)."""

    body: bytes
    etag: str
    version: int
    checked_at: float


class ThreadPages:
    """Pages by site and query string, least recently used first to go."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def fresh(self, site_id: int, query: bytes) -> Page | None:
        """A page that was true half a second ago."""
        page = self._pages.get((site_id, query))
        return page if page and time.monotonic() - page.checked_at < FRESH_FOR_S else None

    def load(
        self,
        statements: Engine,
        site_id: int,
        query: bytes,
        *,
        page_url: str,
        after: UUID | None,
        limit: int,
        order: Order = "oldest",
    ) -> Page:
        """The page as it is now. It is made anew only when the thread's version has changed."""
        checked_at = time.monotonic()
        with statements.connect() as connection:
            thread = comments.thread_state(connection, site_id=site_id, page_url=page_url)
            known = self._pages.get((site_id, query))
            if known and thread and known.version == thread.version:
                known.checked_at = checked_at
                return known
            body = _render(connection, thread, page_url=page_url, after=after, limit=limit, order=order)
        etag = f'"{blake2b(body, digest_size=12).hexdigest()}"'
        page = Page(body, etag, thread.version if thread else -1, checked_at)
        self._keep((site_id, query), page)
        return page

    def _keep(self, key: Key, page: Page) -> None:
        with self._lock:
            replaced = self._pages.pop(key, None)
            self._bytes += _size(key, page) - (_size(key, replaced) if replaced else 0)
            self._pages[key] = page
            while self._bytes > LARGEST_MEMORY:
                self._bytes -= _size(*self._pages.popitem(last=False))


def _size(key: Key, page: Page) -> int:
    return len(key[1]) + len(page.body)


def _render(
    connection: Connection, thread: ThreadState | None, *, page_url: str, after: UUID | None, limit: int, order: Order
) -> bytes:
    found = comments.published_page(connection, thread.id, after=after, limit=limit + 1, order=order) if thread else []
    shown = found[:limit]
    return orjson.dumps(
        {
            "comments": [public_comment(comment) for comment in shown],
            "next_cursor": shown[-1].id if len(found) > limit else None,
            "total": thread.published_count if thread else 0,
            "page_url": page_url,
        }
    )


def public_comment(comment: PublishedComment) -> dict[str, object]:
    """One comment as the public API shows it."""
    return {
        "id": comment.id,
        "parent_id": comment.parent_id,
        "parent_author": comment.parent_author,
        "is_erased": comment.is_erased,
        "author_name": comment.author_name,
        "author_website": comment.author_website,
        "body_html": safe_html(comment),
        "body_text": comment.body,
        "created_at": comment.created_at,
        "edited_at": comment.edited_at,
        "reply_count": comment.reply_count,
    }


def safe_html(comment: PublishedComment | Standing | FeedEntry) -> str:
    """The stored HTML, or a fresh one when an older release made it."""
    if comment.body_html is not None and comment.renderer_version == RENDERER_VERSION:
        return comment.body_html
    return render_html(comment.body) if comment.body else ""
