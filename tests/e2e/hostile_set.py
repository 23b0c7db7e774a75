"""The hostile set, posted to a running Greenroom and looked at in a browser.

`python -m tests.e2e.hostile_set` tries all of it and prints a table; the tests of test_hostile_set.py try a part.
Of each comment body, name and website are hostile at once. What the API refuses is counted, replaced by something calm so
that the rest arrives, and then put into the database behind its back: what readers see must not depend on the door.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from threading import local
from typing import Any, NamedTuple
from urllib.parse import quote
from xml.etree import ElementTree as ET

import click
import httpx
from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table

from service.usecases.submit import MAX_NAME, MAX_TITLE, MAX_WEBSITE
from tests.browser import chromium, launch_arguments
from tests.e2e.conftest import DESKTOP, HEIGHT, PHONE, Watch
from tests.e2e.desk import enter
from tests.hostile_vectors import CLEAN, Vector, sample, vectors
from tests.stack import Stack, wait_until

ON_A_PAGE = 100
ON_A_LIST = 50
WIDTH = 120
ATOM = "{http://www.w3.org/2005/Atom}"
BUDGET_S = 1_200
HOST_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<script type="module" src="/embed.js" data-site="demo"></script><main><div id="greenroom"></div></main></html>"""
SENDERS = 8
PATIENCE_S = 600
CALM = {"/body": "A calm thought.", "/author_name": "Eve", "/author_website": "", "/page_title": "A page"}
MOST = {"/body": 20_000, "/author_name": MAX_NAME, "/author_website": MAX_WEBSITE, "/page_title": MAX_TITLE}
BEHIND = {
    "/body": "UPDATE revisions SET body = %s, body_html = NULL WHERE comment_id = %s",
    "/author_name": "UPDATE comments SET author_name = %s WHERE id = %s",
    "/author_website": "UPDATE comments SET author_website = %s WHERE id = %s",
    "/page_title": "UPDATE threads SET page_title = %s WHERE id = (SELECT thread_id FROM comments WHERE id = %s)",
}


class Sent(NamedTuple):
    """A comment that was taken, the page it is on, and the texts that the door refused, by field."""

    id: str
    page_url: str
    refused: dict[str, str]


@dataclass
class Report:
    """What came of it."""

    vectors: int = 0
    posts: int = 0
    refusals: Counter[tuple[str, str]] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    looked_at: Counter[str] = field(default_factory=Counter)
    cut_off: Counter[str] = field(default_factory=Counter)
    """How many texts of one page, at most, were so wide that their ends can't be seen."""
    seconds: dict[str, float] = field(default_factory=dict)


Tick = Callable[[str, int, int], None]
"""Hears what is being done, how much of it is done, and of how much."""


def quiet(_what: str, _done: int, _total: int) -> None:
    """For those who don't want to hear."""


@dataclass
class Crowd:
    """Posts vectors as the site's own server would, and has all of them published by a moderator."""

    stack: Stack
    report: Report = field(default_factory=Report)
    tick: Tick = quiet

    def __post_init__(self) -> None:
        self._own = local()
        self._token = self._new_token("submitter")
        self._moderator = self._new_token("moderator")

    def _new_token(self, role: str) -> str:
        return self.stack.command("token", "add", "--site", "demo", "--role", role, "--name", f"a {role}").strip()

    def post_all(self, vectors: Sequence[Vector]) -> list[Sent]:
        """One comment for each vector as its body, with others as name and website, and one page for each as its title."""
        texts = [vector.text for vector in vectors]
        third = len(texts) // 3
        comments = [
            {
                "page_url": f"{self.stack.url}/hostile/{number // ON_A_PAGE}",
                "/body": text,
                "/author_name": texts[(number + third) % len(texts)][:MAX_NAME],
                "/author_website": texts[(number + 2 * third) % len(texts)][:MAX_WEBSITE],
            }
            for number, text in enumerate(texts)
        ]
        titles = [
            {
                "page_url": f"{self.stack.url}/title/{number}",
                "/body": f"A calm thought about page {number}.",
                "/page_title": text[:MAX_TITLE],
            }
            for number, text in enumerate(texts)
        ]
        self.report.vectors = len(texts)
        with ThreadPoolExecutor(SENDERS) as pool, Timed(self.report, "posting"):
            return list(self._counted("posting", pool.map(self._post, [*comments, *titles]), 2 * len(texts)))

    def _counted(self, what: str, items: Iterator[Any], total: int) -> Iterator[Any]:
        for number, item in enumerate(items, 1):
            self.tick(what, number, total)
            yield item

    def _post(self, fields: dict[str, str]) -> Sent:
        refused: dict[str, str] = {}
        fields = dict(fields)
        while True:
            answer = self._send(fields)
            if answer.status_code == 202:
                return Sent(answer.json()["id"], fields["page_url"], refused)
            wrong = self._complaints(answer, fields)
            for pointer, code in wrong.items():
                self.report.refusals[pointer, code] += 1
                refused[pointer], fields[pointer] = fields[pointer], CALM[pointer]

    def _complaints(self, answer: httpx.Response, fields: dict[str, str]) -> dict[str, str]:
        """The fields to replace. A text that can't even be read is refused without naming a field: then all go."""
        assert answer.status_code in {400, 413, 422}, f"{answer.status_code} {answer.text} for {str(fields)[:500]}"
        named = {error["pointer"]: error["code"] for error in answer.json()["errors"]}
        typed = {pointer for pointer in CALM if pointer in fields and fields[pointer] != CALM[pointer]}
        found = {pointer: code for pointer, code in named.items() if pointer in typed}
        found = found or dict.fromkeys(typed, answer.json()["code"])
        assert found, f"{answer.text} for {str(fields)[:500]}"
        return found

    def _send(self, fields: dict[str, str]) -> httpx.Response:
        if not hasattr(self._own, "client"):
            self._own.client = httpx.Client(
                base_url=self.stack.url, headers={"Authorization": f"Bearer {self._token}"}, timeout=60
            )
        sent = {"author_name": "Eve", "author_email": "eve@example.org"}
        sent |= {name.removeprefix("/"): text for name, text in fields.items()}
        self.report.posts += 1
        return self._own.client.post(
            "/api/v1/sites/demo/comments",
            content=json.dumps(sent).encode(),
            headers={"Content-Type": "application/json"},
        )

    def publish_all(self, sent: Sequence[Sent]) -> None:
        """Wait for the checks, then one bulk decision for each status that is not published."""
        with Timed(self.report, "checking"):
            self._wait_for_checks(len(sent))
        with (
            Timed(self.report, "publishing"),
            httpx.Client(
                base_url=self.stack.url, headers={"Authorization": f"Bearer {self._moderator}"}, timeout=60
            ) as client,
        ):
            for status in ("held", "spam", "rejected"):
                self._publish(client, {"site": "demo", "status": status})
        self._put_behind(sent)

    def _wait_for_checks(self, total: int) -> None:
        with self.stack.database() as connection:
            count = "SELECT count(*) FROM comments WHERE status = 'pending'"

            def is_done() -> bool:
                waiting = int(connection.execute(count).fetchone()[0])
                self.tick("checking", total - waiting, total)
                return waiting == 0

            wait_until(is_done, PATIENCE_S, "some comments stayed pending")

    def _publish(self, client: httpx.Client, query: dict[str, str]) -> None:
        found = client.post("/api/v1/review/bulk/preview", json={"query": query})
        assert found.status_code == 200, found.text
        count = found.json()["count"]
        if not count:
            return
        begun = client.post("/api/v1/review/bulk", json={"query": query, "decision": "publish", "expected": count})
        assert begun.status_code == 202, begun.text

        def is_done() -> bool:
            job = client.get(f"/api/v1/review/bulk/{begun.json()['id']}").json()
            self.tick("publishing", job["processed"], job["total"])
            return bool(job["state"] == "finished")

        wait_until(is_done, PATIENCE_S, "a bulk decision did not end")

    def _put_behind(self, sent: Sequence[Sent]) -> None:
        """What the door refused, into the database. PostgreSQL itself takes neither NUL nor half characters."""
        with self.stack.database() as connection:
            for one in sent:
                for pointer, text in one.refused.items():
                    kept = "".join(c for c in text if c != "\0" and not 0xD800 <= ord(c) <= 0xDFFF)[: MOST[pointer]]
                    if kept:
                        connection.execute(BEHIND[pointer], (kept, one.id))
            connection.execute("UPDATE threads SET version = version + 1")


@dataclass
class Timed:
    """Notes how long a step took."""

    report: Report
    what: str
    began: float = 0.0

    def __enter__(self) -> None:
        self.began = time.monotonic()

    def __exit__(self, *_: object) -> None:
        self.report.seconds[self.what] = self.report.seconds.get(self.what, 0) + time.monotonic() - self.began


# What a page may not do, whoever wrote what is on it. `parts` are boxes that nothing may leave, in their order from top to
# bottom; an element that scrolls or clips keeps what is in it. Half a pixel is rounding.
ESCAPED = r"""
({ parts, bodies, scope }) => {
    const root = scope ? document.querySelector(scope).shadowRoot : document;
    const found = [];
    let cut = 0;
    const say = (one, what) => found.length < 50 && found.push(`${one.id || one.className || one.localName}: ${what}`);
    const boxes = [...root.querySelectorAll(parts)];
    if (document.scrollingElement.scrollWidth > innerWidth) say(document.body, `the page is ${document.scrollingElement.scrollWidth} wide`);
    let last = null;
    for (const box of boxes) {
        const rect = box.getBoundingClientRect();
        const inside = (one) => one.left >= rect.left - 1 && one.right <= rect.right + 1 && one.top >= rect.top - 1 && one.bottom <= rect.bottom + 1;
        if (rect.right > innerWidth + 1 || rect.left < -1) say(box, `from ${rect.left} to ${rect.right}`);
        if (last && !last.contains(box) && rect.top < last.getBoundingClientRect().bottom - 1) say(box, "covers what is above it");
        last = box;
        const own = getComputedStyle(box);
        const keeps = new Set(own.overflowX !== "visible" && own.overflowY !== "visible" ? [box] : []);
        const walker = document.createTreeWalker(box, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
        const range = document.createRange();
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const parent = node.parentElement;
            if (keeps.has(parent)) { if (node.nodeType === 1) keeps.add(node); continue; }
            let rects;
            if (node.nodeType === 1) {
                const style = getComputedStyle(node);
                if (node.matches(".visually-hidden")) { keeps.add(node); continue; }
                if (["fixed", "absolute", "sticky"].includes(style.position) && node.closest(bodies)) say(box, `${node.localName} is ${style.position}`);
                if (style.overflowX !== "visible" && style.overflowY !== "visible") keeps.add(node);
                if (style.overflowX === "clip" && node.scrollWidth > node.clientWidth + 1) cut++;
                rects = node.getClientRects();
            } else {
                if (!node.data.trim()) continue;
                range.selectNodeContents(node);
                rects = range.getClientRects();
            }
            for (const one of rects) {
                if (one.width && one.height && !inside(one)) {
                    say(box, `${node.localName ?? "text"} at ${[one.left, one.top, one.right, one.bottom].map(Math.round)} leaves ${[rect.left, rect.top, rect.right, rect.bottom].map(Math.round)}`);
                    break;
                }
            }
        }
    }
    return { found, cut };
}
"""

FOREIGN = r"""
({ bodies, names, scope }) => {
    const root = scope ? document.querySelector(scope).shadowRoot : document;
    const known = new Set("p br em strong code pre blockquote ul ol li a span".split(" "));
    const found = [];
    for (const one of root.querySelectorAll(`${bodies} *`)) {
        if (!known.has(one.localName) || one.namespaceURI !== "http://www.w3.org/1999/xhtml") found.push(one.outerHTML.slice(0, 200));
        if (one.localName === "span") continue; // Ours, where a link leads nowhere.
        for (const name of one.getAttributeNames()) if (!["href", "rel", "title", "target"].includes(name)) found.push(one.outerHTML.slice(0, 200));
    }
    for (const one of root.querySelectorAll("*")) if (one.getAttributeNames().some((name) => name.startsWith("on"))) found.push(one.outerHTML.slice(0, 200));
    for (const one of root.querySelectorAll(`${bodies} a, ${names} a`)) {
        if (one.hasAttribute("href") && !["http:", "https:", "mailto:", ":"].includes(one.protocol)) found.push(one.outerHTML.slice(0, 200));
        if (one.hasAttribute("href") && !["nofollow", "ugc", "noopener", "noreferrer"].every((word) => one.relList.contains(word))) found.push(one.outerHTML.slice(0, 200));
    }
    return found.slice(0, 20);
}
"""


@dataclass(frozen=True)
class Surface:
    """Where comments are shown: boxes that nothing may leave, texts in them, names, and the element of a shadow root."""

    parts: str
    bodies: str
    names: str
    scope: str | None = None


THREAD = Surface("article.comment", ".comment .body", ".comment .byline b")
WIDGET = Surface("article", ".body", ".by b", scope="#greenroom")
LIST = Surface(".rows > .row", ".row-text", ".row-author")
ITEM = Surface(".item, .item .sent, .item .rendered", ".item .rendered", ".item h2")


@dataclass
class Look:
    """A browser that looks at everything that was sent, and notes what is wrong with it."""

    stack: Stack
    browser: Browser
    report: Report
    tick: Tick = quiet

    def everywhere(self, sent: Sequence[Sent], *, desk_pages: int, desk_items: int) -> None:
        """`desk_pages` and `desk_items` are how many of the review desk's pages are looked at, spread over all."""
        pages = list(dict.fromkeys(one.page_url for one in sent if "/hostile/" in one.page_url))
        for is_policy_off in (True, False):
            what = "thread, sanitiser alone" if is_policy_off else "thread, with its policy"
            self._threads(pages, what, bypass_csp=is_policy_off)
        self._widgets(pages)
        self._feeds(pages)
        self._desk(sorted(one.id for one in sent), desk_pages, desk_items)

    @contextmanager
    def _page(self, what: str, **more: Any) -> Iterator[Page]:
        """A page of a fresh browser. At its end nothing has happened that no page may do."""
        watch = Watch(self.stack.url)
        context = self.browser.new_context(viewport={"width": DESKTOP, "height": HEIGHT}, **more)
        watch.over(context)
        with Timed(self.report, what):
            yield context.new_page()
        context.close()
        happened = (*watch.foreign, *watch.violations, *watch.dialogs, *watch.errors)
        self.report.broken += [f"{what}: {one[:300]}" for one in happened[:20]]

    def _threads(self, pages: Sequence[str], what: str, **more: Any) -> None:
        with self._page(what, **more) as page:
            for number, page_url in enumerate(pages, 1):
                address = f"{self.stack.url}/embed/demo/thread?page_url={quote(page_url, safe='')}"
                self._judge(page, address, THREAD, what)
                self.tick(what, number, len(pages))

    def _widgets(self, pages: Sequence[str]) -> None:
        with self._page("widget") as page:
            page.context.route("**/hostile/*", lambda route: route.fulfill(body=HOST_PAGE, content_type="text/html"))
            for number, page_url in enumerate(pages, 1):
                self._judge(page, page_url, WIDGET, "widget")
                self.tick("widget", number, len(pages))

    def _feeds(self, pages: Sequence[str]) -> None:
        """A feed is well-formed, and the HTML in it is as clean as a page's."""
        with Timed(self.report, "feed"), httpx.Client(base_url=self.stack.url, timeout=60) as client:
            for page_url in pages:
                answer = client.get("/api/v1/sites/demo/comments.atom", params={"page_url": page_url})
                if answer.status_code != 200:
                    self.report.broken.append(f"feed: {answer.status_code} {page_url}")
                    continue
                entries = ET.fromstring(answer.content).findall(f"{ATOM}entry")
                self.report.looked_at["feed"] += len(entries)
                for entry in entries:
                    html = entry.findtext(f"{ATOM}content") or ""
                    if "".join(CLEAN.findall(html)) != html:
                        self.report.broken.append(f"feed: {html[:300]}")

    def _desk(self, ids: Sequence[str], pages: int, items: int) -> None:
        lists = [f"/desk/?status=published&site=demo&cursor=0.{one}" for one in spread(ids[::ON_A_LIST], pages)]
        comments = [f"/desk/comments/{one}?status=published&site=demo" for one in spread(ids, items)]
        for what, surface, addresses in (("desk, list", LIST, lists), ("desk, comment", ITEM, comments)):
            with self._page(what) as page:
                enter(page, self.stack)
                for number, address in enumerate(addresses, 1):
                    self._judge(page, self.stack.url + address, surface, what)
                    self.tick(what, number, len(addresses))

    def _judge(self, page: Page, address: str, surface: Surface, what: str) -> None:
        try:
            found = self._found(page, address, surface, what)
        except PlaywrightError as error:
            found = [f"the page went elsewhere, or never came: {error.message[:300]}"]
        self.report.broken += [f"{what}, {address}: {one}" for one in found]

    def _found(self, page: Page, address: str, surface: Surface, what: str) -> list[str]:
        """What a page may not do, on a phone and on a desk."""
        answer = page.goto(address, wait_until="load")
        if answer is None or answer.status != 200:
            return [f"answered with {answer and answer.status}"]
        shown = page.locator(f"{surface.scope or ''} {surface.parts}")
        shown.first.wait_for()
        page.evaluate("document.querySelectorAll('.item details').forEach(one => { one.open = true })")
        found: list[str] = page.evaluate(FOREIGN, asdict(surface))
        for width in (PHONE, DESKTOP):
            page.set_viewport_size({"width": width, "height": HEIGHT})
            escaped = page.evaluate(ESCAPED, asdict(surface))
            found += [f"{width} px, {one}" for one in escaped["found"]]
            self.report.cut_off[what] = max(self.report.cut_off[what], escaped["cut"])
        if page.evaluate("window.wasRun") is not None:
            found.append("a script ran")
        self.report.looked_at[what] += shown.count()
        return found


def spread(items: Sequence[str], count: int) -> list[str]:
    """So many of them, from the first to the last."""
    step = max(1, len(items) // count)
    return list(items[::step])[:count]


@click.command()
@click.option("--count", type=int, help="About so many, of every class. All if left out.")
def main(count: int | None) -> None:
    """Post the hostile set to a Greenroom of its own and look at it in a browser; fails when anything breaks.

    \b
    python -m tests.e2e.hostile_set --count 1000
    """
    found = chromium()
    if found is None:
        raise SystemExit("No Chromium starts here: run `python -m tests.browser`.")
    chosen = sample(count) if count else vectors()
    console = Console(stderr=True)
    with drawing(console) as tick, Stack() as stack, sync_playwright() as playwright:
        report = Report()
        browser = playwright.chromium.launch(executable_path=found, args=launch_arguments())
        crowd = Crowd(stack, report, tick)
        sent = crowd.post_all(chosen)
        crowd.publish_all(sent)
        Look(stack, browser, report, tick).everywhere(sent, desk_pages=len(sent), desk_items=100)
        browser.close()
    Console(width=None if sys.stdout.isatty() else WIDTH).print(*tables(report))
    for one in report.broken[:50]:
        console.print(one, markup=False, highlight=False)
    seconds = sum(report.seconds.values())
    if seconds > BUDGET_S:
        console.print(f"It took {seconds:,.0f} s; {BUDGET_S:,} s are allowed.")
    raise SystemExit(bool(report.broken) or seconds > BUDGET_S)


@contextmanager
def drawing(console: Console) -> Iterator[Tick]:
    """Progress bars, one for each step."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bars: dict[str, TaskID] = {}
    with Progress(*columns, console=console) as progress:

        def tick(what: str, done: int, total: int) -> None:
            if what not in bars:
                bars[what] = progress.add_task(what, total=total)
            progress.update(bars[what], completed=done, total=total)

        yield tick


def tables(report: Report) -> Iterator[Table]:
    seen = Table(
        "where",
        "comments seen",
        "cut off on a page",
        "seconds",
        title=f"{report.vectors:,} texts in {report.posts:,} posts",
    )
    for what, seconds in report.seconds.items():
        seen.add_row(
            what,
            f"{report.looked_at[what]:,}" if what in report.looked_at else "",
            str(report.cut_off[what] or ""),
            f"{seconds:.1f}",
        )
    yield seen
    refused = Table("field", "code", "refused", title="What the door refused, and was put behind it")
    for (pointer, code), number in report.refusals.most_common():
        refused.add_row(pointer.removeprefix("/"), code, f"{number:,}")
    yield refused


if __name__ == "__main__":
    main()
