"""One Greenroom of real processes, one Chromium, and pages that are watched while a test uses them."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect, sync_playwright

from service.moderation.checks.behaviour import FASTEST_TYPING
from tests.browser import chromium, is_ci, launch_arguments
from tests.e2e.widget import Host, Widget, new_address, pass_time, serving
from tests.stack import Stack, wait_until

DESKTOP, PHONE, HEIGHT = 1280, 360, 900
PATIENCE_S = 30
TYPING_S = FASTEST_TYPING.total_seconds() + 0.1
REVIEW = "/api/v1/review/comments"
WORKERS = ("worker-spam", "worker-moderation")


@dataclass
class Watch:
    """What no page may ever do, noted while somebody looks at it."""

    own: str
    also: str | None = None
    """A site of ours on another origin, whose pages embed the widget."""
    requests: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        context.set_default_timeout(PATIENCE_S * 1000)
        context.on("request", lambda request: self.requests.append(request.url))
        context.on("console", lambda message: self._hear(message.text))
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        context.on("dialog", self._dismiss)
        context.route(lambda url: not self._is_ours(url), self._stop)

    def assert_nothing_happened(self) -> None:
        assert self.foreign == [], "a page asked somebody else for something"
        assert self.violations == [], "a page met its own Content-Security-Policy"
        assert self.dialogs == [], "a page opened a dialog"
        assert self.errors == [], "a script of a page failed"

    def _is_ours(self, url: str) -> bool:
        return url.startswith(f"{self.own}/") or bool(self.also and url.startswith(f"{self.also}/"))

    def _stop(self, route: Route) -> None:
        self.foreign.append(route.request.url)
        route.abort()

    def _hear(self, said: str) -> None:
        if "Content Security Policy" in said or said.startswith("Refused to"):
            self.violations.append(said)

    def _dismiss(self, dialog: Any) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()


class OpenPage(Protocol):
    """A fresh page in a browser that knows nothing yet; `javascript`, `dark` and `width` are as a visitor has them."""

    def __call__(self, *, javascript: bool = True, dark: bool = False, width: int = DESKTOP, **more: Any) -> Page: ...


@pytest.fixture(scope="session")
def greenroom() -> Iterator[Stack]:
    with Stack() as stack:
        yield stack


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = chromium()
    if found is None:
        missing = "No Chromium starts here, so nobody looked at the pages: run `python -m tests.browser`."
        if is_ci():
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=launch_arguments())
        yield started
        started.close()


@pytest.fixture
def watch(greenroom: Stack) -> Watch:
    return Watch(greenroom.url)


@pytest.fixture
def open_page(browser: Browser, watch: Watch) -> Iterator[OpenPage]:
    """Opens pages. Whatever a test is about: at its end none of them has done what no page may do."""
    contexts: list[BrowserContext] = []

    def opened(*, javascript: bool = True, dark: bool = False, width: int = DESKTOP, **more: Any) -> Page:
        context = browser.new_context(
            java_script_enabled=javascript,
            color_scheme="dark" if dark else "light",
            viewport={"width": width, "height": HEIGHT},
            reduced_motion="reduce",
            **more,
        )
        contexts.append(context)
        watch.over(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
    watch.assert_nothing_happened()


@pytest.fixture(scope="session")
def host(greenroom: Stack) -> Iterator[Host]:
    with serving(greenroom) as found:
        yield found


class OpenWidget(Protocol):
    """A fresh browser in which forms are old enough; `page` is as for `OpenPage`."""

    def __call__(self, url: str, **page: Any) -> Widget: ...


@pytest.fixture
def open_widget(open_page: OpenPage, watch: Watch, host: Host, earlier_token: str) -> OpenWidget:
    watch.also = host.url

    def opened(url: str, **more: Any) -> Widget:
        page = open_page(**more)
        pass_time(page.context, earlier_token)
        return Widget(page).go(url)

    return opened


@pytest.fixture(scope="session", autouse=True)
def _patience() -> None:
    expect.set_options(timeout=PATIENCE_S * 1000)


@dataclass
class Moderator:
    """A person with a token of the review API."""

    client: httpx.Client

    def decide(self, comment_id: str, decision: str = "publish") -> httpx.Response:
        return self.client.post(f"{REVIEW}/{comment_id}/decisions", json={"decision": decision, "revision": 1})

    def ids(self, status: str) -> list[str]:
        """The first hundred comments in this status, oldest first."""
        listed = self.client.get(REVIEW, params={"site": "demo", "status": status, "limit": 100}).json()
        return [item["id"] for item in listed["comments"]]

    def publish_all(self, comment_ids: list[str]) -> None:
        """Once the checks have spoken, put on the page whatever they thought of it."""
        wait_until(lambda: not set(self.ids("pending")) & set(comment_ids), PATIENCE_S, "some stayed pending")
        published = set(self.ids("published"))
        for comment_id in comment_ids:
            if comment_id not in published:
                assert self.decide(comment_id).status_code == 201

    def clear_page(self) -> None:
        """Take every published comment away: a page shows a hundred at most."""
        for comment_id in self.ids("published"):
            answer = self.decide(comment_id, "remove")
            assert answer.status_code == 201, answer.text


@pytest.fixture(scope="session")
def moderator(greenroom: Stack) -> Iterator[Moderator]:
    token = greenroom.command("token", "add", "--site", "demo", "--role", "moderator", "--name", "ada").strip()
    with httpx.Client(base_url=greenroom.url, headers={"Authorization": f"Bearer {token}"}, timeout=20) as client:
        yield Moderator(client)


@dataclass
class CommentForm:
    """The form of a page, as it is used by a person."""

    page: Page
    shown_at: float
    earlier_token: str

    def fill(self, body: str, *, name: str = "Ada", email: str | None = None, website: str = "") -> "CommentForm":
        given = new_address() if email is None else email
        for label, text in (("Comment", body), ("Name", name), ("Email", given), ("Website", website)):
            self.field(label).fill(text)
        return self

    def field(self, label: str) -> Locator:
        return self.page.locator("form.comment-form").get_by_role("textbox", name=label)

    def send_at_once(self) -> None:
        """What is sent sooner than anyone can type is held; so it goes as a form that was opened a while ago."""
        self.let_time_pass()
        self.page.get_by_role("button", name="Post Comment").click()

    def let_time_pass(self) -> None:
        self.page.locator("[name=form_token]").evaluate("(field, token) => { field.value = token }", self.earlier_token)

    def send_after_typing(self) -> None:
        """As a person does: that check looks at the clock, so we must."""
        wait_until(lambda: time.monotonic() - self.shown_at > TYPING_S, TYPING_S + 1)
        self.page.get_by_role("button", name="Post Comment").click()


FormOn = Callable[..., CommentForm]


@pytest.fixture(scope="session")
def earlier_token(greenroom: Stack) -> str:
    """Of a form that was opened so long ago that somebody may have typed into it."""
    token: str = httpx.get(f"{greenroom.url}/api/v1/sites/demo/form", timeout=20).json()["form_token"]
    opened_at = time.monotonic()
    wait_until(lambda: time.monotonic() - opened_at > TYPING_S, TYPING_S + 1)
    return token


@pytest.fixture(scope="session")
def form_on(greenroom: Stack, earlier_token: str) -> FormOn:
    """`form_on(page)`: go to the demo page without JavaScript and find its form."""

    def found(page: Page, address: str = "/demo/plain") -> CommentForm:
        answer = page.goto(greenroom.url + address)
        assert answer is not None
        assert answer.status == 200
        return CommentForm(page, time.monotonic(), earlier_token)

    return found


@contextmanager
def workers_asleep(stack: Stack) -> Iterator[None]:
    """Whatever is sent meanwhile stays pending; decided as soon as the block ends."""
    for worker in WORKERS:
        stack.signal(worker, signal.SIGSTOP, whole_family=True)
    try:
        yield
    finally:
        for worker in WORKERS:
            stack.signal(worker, signal.SIGCONT, whole_family=True)


def comment_id(page: Page) -> str:
    """Of the comment whose result page this is."""
    path = urlsplit(page.url).path
    assert path.startswith("/comments/"), page.url
    return path.rsplit("/", 1)[1]


def come_to_the_result(page: Page) -> str:
    """Wait for the result page and turn its own refreshing off, which could run into whatever is done next.

    Returns the comment's id.
    """
    page.wait_for_url("**/comments/*")
    page.goto(f"{page.url}{'&' if '?' in page.url else '?'}refresh=no")
    return comment_id(page)


def see_it_published(page: Page) -> None:
    """Look at the result page again and again until the comment is published."""
    come_to_the_result(page)
    title = page.get_by_role("heading", level=1)
    wait_until(
        lambda: page.reload() is not None and title.inner_text() == "Your comment is published",
        PATIENCE_S,
        lambda: page.locator("main").inner_text(),
    )


def shown_comment(page: Page, text: str) -> Locator:
    """The published comment with this text."""
    return page.locator("#comments article.comment").filter(has_text=text)
