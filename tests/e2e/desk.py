"""What the tests of the desk's pages share: moderators who are logged in, and comments that wait for them."""

import json
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from html.parser import HTMLParser

from playwright.sync_api import Page, expect
from uuid_utils.compat import uuid7

from service.vault import new_session_token
from tests.e2e.conftest import PATIENCE_S
from tests.stack import Stack

VOID = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
    "path",
    "circle",
}


def enter(page: Page, stack: Stack, name: str = "ada", role: str = "moderator", site: str = "demo") -> Page:
    """Give the page's browser a session of this moderator, who is made where there is none."""
    session = new_session_token()
    with stack.database() as connection:
        connection.execute(
            "INSERT INTO moderators (name, password_hash, must_change_password) VALUES (%s, '-', false)"
            " ON CONFLICT DO NOTHING",
            (name,),
        )
        connection.execute(
            "INSERT INTO memberships (site_id, moderator_id, role) SELECT s.id, m.id, %s FROM sites s, moderators m"
            " WHERE s.key = %s AND m.name = %s ON CONFLICT (site_id, moderator_id) DO UPDATE SET role = excluded.role",
            (role, site, name),
        )
        connection.execute(
            "INSERT INTO sessions (moderator_id, digest, client, expires_at)"
            " SELECT id, %s, 'a browser', now() + interval '1 hour' FROM moderators WHERE name = %s",
            (session.digest, name),
        )
    page.context.add_cookies([{"name": "greenroom_session", "value": session.shown, "url": stack.url}])
    return page


COUNT_ANEW = (
    "UPDATE threads t SET version = version + 1, published_count = ("
    " SELECT count(*) FROM comments c WHERE c.thread_id = t.id AND c.shown_revision IS NOT NULL)"
)
"""What the service keeps in step, and statements of a test do not."""


def clear_queue(stack: Stack) -> None:
    """Put away what other tests left waiting, so that a list begins with one's own comments."""
    with stack.database() as connection:
        connection.execute(
            "UPDATE comments SET status = 'removed', shown_revision = NULL, severity = 0, rank = 0 WHERE status IN ('held', 'pending') OR rank > 0"
        )
        connection.execute(COUNT_ANEW)


def held(stack: Stack, bodies: Sequence[str], *, author: str = "Reader") -> list[str]:
    """Comments that wait for a person, in this order, as the checks would have left them."""
    ids = [str(uuid7()) for _ in bodies]
    rows = [
        {"id": comment_id, "body": body, "name": f"{author} {n}"}
        for n, (comment_id, body) in enumerate(zip(ids, bodies, strict=True))
    ]
    with stack.database() as connection:
        connection.execute(HOLD, {"rows": json.dumps(rows), "url": f"{stack.url}/demo/"})
    return ids


HOLD = """
    WITH given AS (
        SELECT * FROM jsonb_to_recordset(%(rows)s::jsonb) AS g (id uuid, body text, name text)
    ), site AS (
        SELECT id FROM sites WHERE key = 'demo'
    ), thread AS (
        INSERT INTO threads (site_id, page_key, page_url, page_title)
        SELECT id, decode(md5('held'), 'hex'), %(url)s, 'The night shift' FROM site
        ON CONFLICT (site_id, page_key) DO UPDATE SET page_title = excluded.page_title
        RETURNING id, site_id
    ), comment AS (
        INSERT INTO comments (id, site_id, thread_id, author_name, status, reason_code, created_at)
        SELECT g.id, t.site_id, t.id, g.name, 'held', 'personal_data', now() - interval '3 hours' FROM given g, thread t
    ), revision AS (
        INSERT INTO revisions (comment_id, number, body) SELECT id, 1, body FROM given
    ), signal AS (
        INSERT INTO signals (comment_id, revision, check_name, label, score, detail, spans)
        SELECT id, 1, 'personal_data', 'personal_data', 0.7, 'The text shows a phone number.', '[[6, 9]]' FROM given
    )
    INSERT INTO decisions (comment_id, site_id, revision, event, status, decided_by, reason_code, reasons)
    SELECT g.id, s.id, 1, 'hold', 'held', 'policy', 'personal_data', ARRAY['The text shows a phone number.']
    FROM given g, site s
"""


def reported(stack: Stack, comment_ids: Sequence[str]) -> None:
    """Publish these, as a person did, and have a reader report each."""
    with stack.database() as connection:
        for comment_id in comment_ids:
            connection.execute(
                "INSERT INTO decisions (comment_id, site_id, revision, event, status, decided_by, reason_code, reasons)"
                " SELECT id, site_id, 1, 'publish', 'published', 'policy', 'passed', ARRAY['All checks passed.']"
                " FROM comments WHERE id = %s",
                (comment_id,),
            )
            connection.execute(
                "UPDATE comments SET status = 'published', shown_revision = 1, reason_code = 'passed', rank = 5"
                " WHERE id = %s",
                (comment_id,),
            )
            connection.execute(
                "INSERT INTO reports (site_id, comment_id, revision, reason, body, reporter_hash)"
                " SELECT site_id, id, 1, 'insult', 'He means me.', decode(md5(id::text), 'hex') FROM comments"
                " WHERE id = %s",
                (comment_id,),
            )
        connection.execute(COUNT_ANEW)


def appealed(stack: Stack, comment_id: str, *, by: str) -> None:
    """Reject it, as this moderator did, and have its author object."""
    with stack.database() as connection:
        connection.execute(
            "INSERT INTO decisions (comment_id, site_id, revision, event, status, decided_by, reason_code, reasons)"
            " SELECT id, site_id, 1, 'reject', 'rejected', %s, 'off_topic', ARRAY['Off topic.'] FROM comments"
            " WHERE id = %s",
            (f"moderator:{by}", comment_id),
        )
        connection.execute(
            "UPDATE comments SET status = 'rejected', reason_code = 'off_topic', rank = 4 WHERE id = %s", (comment_id,)
        )
        connection.execute(
            "INSERT INTO appeals (site_id, comment_id, decision_id, body) SELECT site_id, comment_id, id, 'It is mine.'"
            " FROM decisions WHERE comment_id = %s AND event = 'reject'",
            (comment_id,),
        )


def alike(stack: Stack, comment_ids: Sequence[str]) -> None:
    """Have these say nearly the same."""
    with stack.database() as connection:
        connection.execute(
            "INSERT INTO near_duplicates (comment_id, group_id) SELECT id, %s FROM unnest(%s::uuid[]) AS one (id)",
            (comment_ids[0], list(comment_ids)),
        )


def phone_numbers(count: int) -> list[str]:
    """Bodies that a check holds, each unlike the others."""
    return [f"Case {n}: ring 020 7946 0{100 + n} and ask for room {n}." for n in range(count)]


def in_status(stack: Stack, *statuses: str) -> list[str]:
    with stack.database() as connection:
        found = connection.execute("SELECT id FROM comments WHERE status = ANY(%s)", (list(statuses),))
        return [str(row[0]) for row in found]


def decisions_of(stack: Stack, comment_ids: Sequence[str]) -> list[tuple[str, str, str]]:
    """What moderators decided about these, in order: comment, event, by whom."""
    with stack.database() as connection:
        found = connection.execute(
            "SELECT comment_id, event, decided_by FROM decisions"
            " WHERE comment_id::text = ANY(%s) AND decided_by <> 'policy' ORDER BY id",
            (list(comment_ids),),
        )
        return [(str(row[0]), str(row[1]), str(row[2])) for row in found]


def until(page: Page, is_so: Callable[[], bool], why: str = "it never became true") -> None:
    """Wait for a condition while the browser's requests go on: each of them passes through `Watch` in this process."""
    began = time.monotonic()
    while not is_so():
        assert time.monotonic() - began < PATIENCE_S, why
        page.wait_for_timeout(50)


@contextmanager
def decided(page: Page) -> Iterator[None]:
    """Wait until the page has heard that it is so; leaving sooner, it would ask whether to stay."""
    with page.expect_response(re.compile(r"/decisions$")) as told:
        yield
    told.value.finished()
    page.evaluate("new Promise(done => setTimeout(done))")


def decide_by_key(page: Page, key: str) -> None:
    """Press it and wait for the answer."""
    with decided(page):
        page.keyboard.press(key)


def says(page: Page, sentence: str | re.Pattern[str]) -> None:
    """The live region says this."""
    expect(page.locator("#said")).to_contain_text(sentence)


class Markup(HTMLParser):
    """Reads a page as it was sent and notes what is not valid: tags left open or crossed, ids twice, loose references."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self._open: list[str] = []
        self._ids: set[str] = set()
        self._references: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.wrong.append(f"<{tag}> has an attribute twice")
        given = {name: value or "" for name, value in attrs}
        if given.get("id") in self._ids:
            self.wrong.append(f"id {given['id']} twice")
        self._ids |= {given["id"]} if "id" in given else set()
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "form"):
            self._references |= set(given.get(name, "").split())
        if (
            tag == "p"
            and "p" in self._open[-1:]
            or tag in {"div", "ul", "ol", "dl", "p", "form", "section"}
            and "p" in self._open
        ):
            self.wrong.append(f"<{tag}> in <p>")
        if tag in {"a", "button", "input", "select", "textarea", "summary"} and {"a", "button"} & set(self._open):
            self.wrong.append(f"<{tag}> in something that is pressed")
        if tag == "form" and "form" in self._open:
            self.wrong.append("a form in a form")
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.wrong.append(f"</{tag}> closes something else")

    def verdict(self) -> list[str]:
        loose = self._references - self._ids
        return (
            self.wrong
            + [f"nothing has the id {name}" for name in sorted(loose)]
            + [f"<{tag}> open" for tag in self._open]
        )


def flaws(html: str) -> list[str]:
    """What is not valid in a page."""
    markup = Markup()
    markup.feed(html)
    markup.close()
    return markup.verdict()
