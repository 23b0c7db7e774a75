"""Many published comments at once, through the storage room's own functions, in a few large transactions."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import uuid_utils.compat as uuid7
from sqlalchemy import Connection, text

from bench.stage import Greenroom
from bench.stage import text as some_text
from service.moderation.markdown import RENDERER_VERSION, render_html
from service.moderation.states import Event
from service.storage import checking, decisions, submissions, tasks
from service.storage.checking import Rendered
from service.storage.database import connect
from service.storage.decisions import POLICY, Decision
from service.storage.submissions import NewComment

SITE_ID = 1
AT_ONCE = 500


def publish(greenroom: Greenroom, page_url: str, count: int, *, first: int = 0) -> None:
    """Fill a page of the demo site."""
    engine = connect(greenroom.servers()["database_url"], pool_size=1)
    with engine.begin() as connection:
        submissions.add_thread(connection, site_id=SITE_ID, page_url=page_url, page_title=None)
    for start in range(0, count, AT_ONCE):
        with engine.begin() as connection:
            _publish(connection, list(_comments(page_url, range(first + start, first + min(start + AT_ONCE, count)))))
    engine.dispose()


def tidy(greenroom: Greenroom) -> None:
    """What autovacuum would have done by the time that a site has grown so large."""
    with greenroom.database() as connection:
        connection.execute("VACUUM ANALYZE")


def nth_published(greenroom: Greenroom, page_url: str, number: int) -> UUID:
    """The id of a thread's n-th comment."""
    with connect(greenroom.servers()["database_url"], pool_size=1).connect() as connection:
        found = connection.execute(
            text("SELECT c.id FROM comments c JOIN threads t ON t.id = c.thread_id"
                 " WHERE t.page_key = :key ORDER BY c.id OFFSET :number LIMIT 1"),
            {"key": submissions.page_key(page_url), "number": number},
        ).scalar_one()  # fmt: skip
    return UUID(str(found))


def _comments(page_url: str, numbers: range) -> Iterator[NewComment]:
    for number in numbers:
        yield NewComment(
            id=uuid7.uuid7(), site_id=SITE_ID, page_url=page_url, page_title=None, page_excerpt=None, parent_id=None,
            author_name=f"Author {number}", author_website=None, author_language=None, author_token_hash=bytes(32),
            email=None, body=some_text(number), traces=None, form_age=None, is_honeypot_filled=False, suspicion=None,
            created_at=datetime.now(UTC),
        )  # fmt: skip


def _publish(connection: Connection, comments: list[NewComment]) -> None:
    stored = submissions.accept(connection, [(comment, None) for comment in comments])
    task_ids = [task_id for tasks_of_one in stored for task_id in tasks_of_one.values()]
    tasks.finish(connection, task_ids, "reported")
    checking.save_rendered(
        connection, [Rendered(comment.id, 1, render_html(comment.body), RENDERER_VERSION) for comment in comments]
    )
    locked = decisions.lock(connection, [comment.id for comment in comments])
    decisions.record(
        connection,
        [Decision(comment, Event.PUBLISH, POLICY, "passed", ("Seeded by the bench.",)) for comment in locked.values()],
    )
