"""The widget in a real Chromium: script time of the first thread, cost of every page of a long one, click to published."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import CDPSession, Page, sync_playwright

from bench import seed
from bench.book import Book, Plan, Step, Table, at_most, number, percentile
from bench.stage import Greenroom, text
from service.moderation.checks.behaviour import FASTEST_TYPING
from tests.browser import chromium, launch_arguments

SECTION = "widget"
HUNDRED, LONG, PAGE = 100, 5_000, 100
LOADS, SENT = 15, 40
COMPARED = 10
PATIENCE_MS = 30_000
WORK = ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration")

MILLISECONDS_UNTIL_PUBLISHED = """
    ([text, name]) => new Promise((resolve) => {
        const root = document.getElementById("greenroom").shadowRoot, form = root.querySelector("form");
        const said = { body: text, author_name: name, author_email: `${name.replace(" ", "")}@example.org` };
        for (const [field, value] of Object.entries(said)) form.elements[field].value = value;
        form.elements.body.dispatchEvent(new Event("input", { bubbles: true }));
        const isPublished = () => {
            const last = [...root.querySelectorAll("article")].at(-1);
            return last?.textContent.includes(text.slice(0, 12)) && !last.querySelector("mark");
        };
        const began = performance.now();
        new MutationObserver((_, watching) => {
            if (!isPublished()) return;
            watching.disconnect();
            resolve(performance.now() - began);
        }).observe(root, { subtree: true, childList: true });
        form.querySelector(".main").click();
    })
"""


def steps(_: Plan) -> int:
    return 4


def measure(_: Plan, book: Book, step: Step) -> None:
    found = chromium()
    if found is None:
        step("widget: there is no Chromium here, so nothing is measured (python -m tests.browser)")
        return
    step("widget: starting a Greenroom and a Chromium")
    with Greenroom() as greenroom, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=launch_arguments())
        with _page(browser.new_page) as page:
            published = _send(greenroom, page, step)
        with greenroom.database() as connection:
            connection.execute("TRUNCATE comments CASCADE")
            connection.execute("TRUNCATE threads CASCADE")
        seed.publish(greenroom, _demo(greenroom), HUNDRED)
        step(f"widget: a page of {HUNDRED} comments, {LOADS} times")
        loads = [_load(greenroom, browser.new_page) for _ in range(LOADS)]
        step(f"widget: all pages of a thread of {LONG:,}")
        seed.publish(greenroom, _demo(greenroom), LONG - HUNDRED, first=HUNDRED)
        with _page(browser.new_page) as page:
            pages = _load_all(greenroom, page)
        browser.close()
    _report(book, loads, pages, published)


def _demo(greenroom: Greenroom) -> str:
    return f"{greenroom.url}/demo/"


@contextmanager
def _page(opened: Callable[[], Page]) -> Iterator[Page]:
    page = opened()
    page.set_default_timeout(PATIENCE_MS)
    yield page
    page.close()


def _load(greenroom: Greenroom, opened: Callable[[], Page]) -> dict[str, float]:
    """Milliseconds of a browser's work until a hundred comments are there. The page has no script but ours."""
    with _page(opened) as page:
        session = _watched(page)
        page.goto(_demo(greenroom))
        _wait_for(page, HUNDRED)
        return _work(session)


def _load_all(greenroom: Greenroom, page: Page) -> list[dict[str, float]]:
    """The same for every further page of a long thread."""
    session = _watched(page)
    page.goto(_demo(greenroom))
    _wait_for(page, PAGE)
    costs, before = [], _work(session)
    for shown in range(2 * PAGE, LONG + 1, PAGE):
        page.locator("button.more").evaluate("one => one.click()")
        _wait_for(page, shown)
        now = _work(session)
        costs.append({name: now[name] - before[name] for name in WORK})
        before = now
    return costs


def _send(greenroom: Greenroom, page: Page, step: Step) -> list[float]:
    """Milliseconds from the click until its author sees the comment published, one at a time."""
    step(f"widget: {SENT} comments, from the click until published")
    page.goto(_demo(greenroom))
    with page.expect_response("**/form"):
        page.get_by_role("textbox", name="Comment").focus()
    time.sleep(FASTEST_TYPING.total_seconds() + 1)
    waits = []
    for index in range(SENT + 1):
        waits.append(float(page.evaluate(MILLISECONDS_UNTIL_PUBLISHED, [text(20_000 + index), f"Reader {index}"])))
        time.sleep(0.2)
    return waits[1:]


def _watched(page: Page) -> CDPSession:
    """Metrics of the page, in time that its thread really had."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    return session


def _work(session: CDPSession) -> dict[str, float]:
    told = session.send("Performance.getMetrics")["metrics"]
    return {one["name"]: one["value"] * 1000 for one in told if one["name"] in WORK}


def _wait_for(page: Page, count: int) -> None:
    """Until so many comments are there and painted."""
    page.wait_for_function(
        "count => document.getElementById('greenroom').shadowRoot?.querySelectorAll('article').length >= count"
        " && new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(true))))",
        arg=count,
    )


def _report(
    book: Book, loads: list[dict[str, float]], pages: list[dict[str, float]], published: list[float]
) -> None:  # fmt: skip
    script = [one["ScriptDuration"] for one in loads]
    whole = [sum(one.values()) for one in pages]
    first, last = whole[:COMPARED], whole[-COMPARED:]
    book.samples.append({"section": SECTION, "loads": loads, "pages": pages, "published_ms": published})
    book.add(
        SECTION, f"script time of the first {HUNDRED} comments, p50", [percentile(script, 0.5)], "ms", at_most(100)
    )
    book.add(
        SECTION, "from click to published, as its author sees it, p50", [percentile(published, 0.5)], "ms", at_most(500)
    )
    book.add(
        SECTION, f"the last {COMPARED} pages of a thread of {LONG:,} against the first {COMPARED}",
        [percentile(last, 0.5) / percentile(first, 0.5)], "x", at_most(1.5),
    )  # fmt: skip
    rows = [
        [name, *(number(percentile(values, share)) for share in (0.5, 0.95)), number(max(values)), str(len(values))]
        for name, values in (
            ("script, first 100 comments", script),
            ("layout and style, first 100 comments", [sum(one.values()) - one["ScriptDuration"] for one in loads]),
            (f"script, layout and style, first {COMPARED} further pages of 5,000", first),
            (f"script, layout and style, last {COMPARED} pages of 5,000", last),
            ("click to published", published),
        )
    ]  # fmt: skip
    book.tables.append(Table("The widget in Chromium", ["", "p50 ms", "p95 ms", "longest ms", "times"], rows))
