"""What the tests of the widget share: a site on another origin, comments on its pages, and the widget as people use it."""

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID, uuid4

import httpx
from playwright.sync_api import BrowserContext, Locator, Page, expect
from uuid_utils.compat import uuid7

from service.moderation.markdown import RENDERER_VERSION, render_html
from service.moderation.states import Event
from service.storage import checking, decisions, submissions, tasks
from service.storage.checking import Rendered
from service.storage.database import connect
from service.storage.decisions import POLICY, Decision
from service.storage.submissions import NewComment
from tests.stack import Stack

SITE_ID = 1
STRICT = (
    "default-src 'none'; script-src {greenroom}; connect-src {greenroom};"
    " require-trusted-types-for 'script'; trusted-types 'none'"
)
"""All that a page must allow: our script, and asking us."""


@dataclass
class Host:
    """A site whose pages embed the widget, as strict as a page can be."""

    url: str
    greenroom: str
    pages: dict[str, str] = field(default_factory=dict)
    policies: dict[str, str] = field(default_factory=dict)
    """Of pages that need another one."""

    def page(
        self,
        path: str,
        *,
        lang: str = "en",
        script: str = "",
        head: str = "",
        around: str = "{}",
        direction: str = "ltr",
    ) -> str:
        """Put an article at this path; `script` has more attributes of the script, `around` the widget's place in it."""
        place = around.format('<div id="greenroom"></div>')
        self.pages[path] = (
            f'<!doctype html><html lang="{lang}" dir="{direction}"><head><meta charset="utf-8"><title>The night shift</title>'
            f'<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">'
            f'{head}<script type="module" src="{self.greenroom}/embed.js" data-site="demo" {script}></script></head>'
            f"<body><main><h1>The night shift</h1><p>An article.</p>{place}</main></body></html>"
        )
        return self.url + path


@contextmanager
def serving(stack: Stack) -> Iterator[Host]:
    """A small server on an origin of its own, which the site `demo` knows."""
    host = Host("", stack.url)

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            page = host.pages.get(path)
            self.send_response(200 if page else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", host.policies.get(path, STRICT).format(greenroom=stack.url))
            self.end_headers()
            self.wfile.write((page or "").encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    host.url = f"http://127.0.0.1:{server.server_port}"
    stack.command("site", "set", "demo", f"origins={json.dumps([stack.url, host.url])}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()


def new_address() -> str:
    """An address that no other test wrote from: what was decided about theirs counts against an author."""
    return f"ada-{uuid4().hex}@example.org"


@dataclass
class Widget:
    """The widget on a page, as it is used by a person."""

    page: Page

    def go(self, url: str) -> "Widget":
        self.page.goto(url)
        expect(self.page.get_by_role("heading", level=2).first).to_be_visible()
        return self

    def box(self, label: str) -> Locator:
        return self.page.get_by_role("textbox", name=label)

    def fill(self, body: str, *, name: str = "Ada", email: str | None = None, website: str = "") -> "Widget":
        given = new_address() if email is None else email
        for label, text in (("Comment", body), ("Name", name), ("Email", given), ("Website", website)):
            self.box(label).fill(text)
        return self

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def send(self) -> None:
        self.button("Post Comment").click()

    def comment(self, text: str) -> Locator:
        return self.page.get_by_role("article").filter(has_text=text)

    @property
    def heard(self) -> Locator:
        """What a screen reader is told."""
        return self.page.get_by_role("status")


def pass_time(context: BrowserContext, token: str) -> None:
    """Forms are as old as this token: what is sent sooner than anyone can type is held."""
    context.route("**/sites/*/form", lambda route: route.fulfill(json={"form_token": token, "idempotency_key": "x"},
                                                                headers={"Access-Control-Allow-Origin": "*"}))  # fmt: skip


def published(stack: Stack, page_url: str, bodies: Sequence[str], *, parent_id: UUID | None = None,
              **more: Any) -> list[UUID]:  # fmt: skip
    """Comments that stand on a page, oldest first, as if the checks had passed them."""
    engine = connect(stack.servers()["database_url"], pool_size=1)
    nothing: dict[str, Any] = {one.name: None for one in fields(NewComment)}
    known = {
        "site_id": SITE_ID,
        "page_url": page_url,
        "parent_id": parent_id,
        "is_honeypot_filled": False,
        "author_token_hash": bytes(32),
    }
    found = [
        NewComment(**nothing | known | {"id": uuid7(), "body": body, "author_name": f"Author {number}",
                                        "created_at": datetime.now(UTC)} | more)
        for number, body in enumerate(bodies, 1)
    ]  # fmt: skip
    with engine.begin() as connection:
        submissions.add_thread(connection, site_id=SITE_ID, page_url=page_url, page_title=None)
    with engine.begin() as connection:
        stored = submissions.accept(connection, [(comment, None) for comment in found])
        tasks.finish(connection, [one for kinds in stored for one in kinds.values()], "reported")
        checking.save_rendered(
            connection, [Rendered(one.id, 1, render_html(one.body), RENDERER_VERSION) for one in found]
        )
        locked = decisions.lock(connection, [one.id for one in found])
        decisions.record(
            connection,
            [
                Decision(comment, Event.PUBLISH, POLICY, "passed", ("Put there by a test.",))
                for comment in locked.values()
            ],
        )
    engine.dispose()
    return [one.id for one in found]


def status_of(stack: Stack, comment_id: str) -> str:
    with stack.database() as connection:
        row = connection.execute("SELECT status FROM comments WHERE id = %s", (comment_id,)).fetchone()
    return str(row[0]) if row else "missing"


def is_listed(stack: Stack, page_url: str, text: str) -> bool:
    found = httpx.get(f"{stack.url}/api/v1/sites/demo/comments", params={"page_url": page_url}, timeout=20).json()
    return any(text in one["body_text"] for one in found["comments"])
