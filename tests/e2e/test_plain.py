"""Reading and writing without JavaScript, in a frame on somebody else's page, in German and in Arabic."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import ClassVar
from urllib.parse import urlencode

import httpx
import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from service.languages.catalogue import Catalogue, catalogue
from tests.e2e.conftest import DESKTOP, HEIGHT, PATIENCE_S, PHONE, come_to_the_result
from tests.e2e.test_every_page import complaints_of_axe
from tests.stack import Stack, wait_until

pytestmark = pytest.mark.xdist_group("plain")

SITE = "static"
POST = "/post/"


class Pages(BaseHTTPRequestHandler):
    """Somebody else's web server: one page, as the test wants it."""

    html: ClassVar[str] = ""

    def do_GET(self) -> None:
        self.send_response(200 if self.path.startswith(POST) else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.html.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@dataclass
class Host:
    """A static site with a page, and what it says of comments."""

    url: str
    greenroom: Stack

    @property
    def page_url(self) -> str:
        return self.url + POST

    def embed(self, **query: str) -> str:
        return f"{self.greenroom.url}/embed/{SITE}/thread?" + urlencode(
            {"page_url": self.page_url, "page_title": "A post", **query}
        )

    def shows(self, inside: str, language: str = "en") -> None:
        Pages.html = f'<!doctype html><html lang="{language}"><title>A post</title><h1>A post</h1>{inside}'

    def shows_frame(self, language: str) -> None:
        self.shows(
            f'<iframe title="c" src="{escape(self.embed(lang=language))}" width="100%" height="900"></iframe>', language
        )


@pytest.fixture(scope="module")
def host(greenroom: Stack) -> Iterator[Host]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    Thread(target=server.serve_forever, daemon=True).start()
    # Another host than ours, not only another port: cookies don't know ports.
    url = f"http://localhost:{server.server_port}"
    greenroom.command("site", "add", SITE, "--name", "A static site", "--origin", url)
    yield Host(url, greenroom)
    server.shutdown()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, viewport={"width": DESKTOP, "height": HEIGHT})
    context.set_default_timeout(PATIENCE_S * 1000)
    yield context.new_page()
    context.close()


def write(form: Page | FrameLocator, said: Catalogue, body: str, *, name: str = "Ann") -> None:
    for field, text in (("body", body), ("author_name", name), ("author_email", "ann@example.org")):
        form.get_by_role("textbox", name=said.say("pages", f"form.{field}")).fill(text)


def publish(host: Host, comment_id: str) -> None:
    token = host.greenroom.command("token", "add", "--site", SITE, "--role", "moderator", "--name", comment_id).strip()
    with httpx.Client(base_url=host.greenroom.url, headers={"Authorization": f"Bearer {token}"}, timeout=20) as client:
        status = lambda: client.get(f"/api/v1/review/comments/{comment_id}").json()["comment"]["status"]  # noqa: E731
        wait_until(lambda: status() != "pending", PATIENCE_S)
        if status() != "published":
            path = f"/api/v1/review/comments/{comment_id}/decisions"
            assert client.post(path, json={"decision": "publish", "revision": 1}).status_code == 201


@pytest.mark.parametrize("language", ["de", "ar"])
def test_a_reader_of_a_static_page_writes_and_is_answered_in_a_frame(host: Host, visit: Page, language: str) -> None:
    """Read, write, mend a mistake, see the result and come back; reply to it; all in the page's language."""
    said = catalogue(language)
    host.shows_frame(language)
    visit.goto(host.page_url)
    frame = visit.frame_locator("iframe")
    text = f"Ein ruhiger Gedanke, {language}, über das, was in den Wochen danach geschah."
    write(frame, said, text, name=" ")
    frame.get_by_role("button", name=said.say("pages", "form.send")).click()

    visit.wait_for_url(f"{host.greenroom.url}/**")
    expect(visit.get_by_role("heading", level=1)).to_have_text(said.say("pages", "form.not_sent"))
    expect(visit.locator("#error-author_name")).to_contain_text(said.say("problems", "text.required"))
    expect(visit.locator("#field-body")).to_have_value(text)
    assert visit.locator("html").get_attribute("dir") == said.direction
    visit.locator("#field-author_name").fill("Ann")
    visit.get_by_role("button", name=said.say("pages", "form.send")).click()

    comment_id = come_to_the_result(visit)
    assert visit.locator("html").get_attribute("lang") == language
    publish(host, comment_id)
    visit.reload()
    expect(visit.get_by_role("heading", level=1)).to_have_text(said.say("pages", "result.heading.published"))
    visit.get_by_role("link", name=said.say("pages", "result.read")).click()

    visit.wait_for_url(f"{host.page_url}#comment-{comment_id}")
    shown = frame.locator(f"#comment-{comment_id}")
    expect(shown.locator(".body")).to_have_text(text)
    shown.get_by_role("link", name=said.say("pages", "thread.reply_to", name="Ann")).click()
    expect(frame.locator(".replying")).to_contain_text("Ann")
    assert visit.url.startswith(host.page_url), "replying stays in the frame"
    answer = f"Eine Antwort, {language}, nachdem ich eine Nacht darüber geschlafen habe."
    write(frame, said, answer, name="Bea")
    frame.get_by_role("button", name=said.say("pages", "form.send")).click()
    publish(host, come_to_the_result(visit))

    visit.goto(host.page_url)
    below = frame.locator(f"li:has(> #comment-{comment_id}) > .replies > li > article")
    expect(below.locator(".body")).to_have_text(answer)


def test_a_piece_of_html_that_was_built_in_takes_comments(host: Host, visit: Page) -> None:
    """What a static site generator fetched at build time: the form works on the page itself."""
    said = catalogue("en")
    fetched = httpx.get(
        f"{host.greenroom.url}/api/v1/sites/{SITE}/thread.html", params={"page_url": host.page_url, "lang": "en"}
    )
    host.shows(fetched.text)
    visit.goto(host.page_url)
    write(visit, said, "Written on a page that was built before anybody wrote to it.")
    expect(visit.locator("[name=subject]")).to_be_hidden()
    visit.get_by_role("button", name="Post Comment").click()

    comment_id = come_to_the_result(visit)
    assert visit.url.startswith(host.greenroom.url)
    expect(visit.locator(".own .body")).to_contain_text("Written on a page that was built")
    publish(host, comment_id)
    visit.reload()
    visit.get_by_role("link", name="Read it on the page").click()
    visit.wait_for_url(f"{host.page_url}*")


def test_another_site_can_not_frame_it(host: Host, visit: Page, greenroom: Stack) -> None:
    """T22: on a page that is not the site's, the frame stays empty."""
    url = host.page_url.replace("localhost", "127.0.0.1")
    host.shows_frame("en")
    visit.goto(url)

    expect(visit.get_by_role("heading", name="A post")).to_be_visible()
    expect(visit.frame_locator("iframe").locator("#comments")).to_have_count(0)


@pytest.mark.parametrize(("language", "dark"), [("de", False), ("ar", True)], ids=["German, light", "Arabic, dark"])
def test_axe_finds_nothing_and_everything_fits(host: Host, browser: Browser, language: str, dark: bool) -> None:
    """The page for frames, by itself and as a reply, its errors, and the page for reporting."""
    context = browser.new_context(color_scheme="dark" if dark else "light", reduced_motion="reduce")
    context.set_default_timeout(PATIENCE_S * 1000)
    page = context.new_page()
    shown = httpx.get(
        f"{host.greenroom.url}/api/v1/sites/{SITE}/comments", params={"page_url": host.page_url, "limit": 1}
    ).json()["comments"]
    if not shown:
        pytest.skip("the stories before this one left no comment")
    page.goto(host.embed(lang=language, reply_to=shown[0]["id"]))
    assert_fine(page)
    page.locator("form").evaluate("form => { form.noValidate = true }")
    page.get_by_role("button").click()
    page.wait_for_load_state()
    assert page.locator(".complaint").count() == 3
    assert_fine(page)
    page.goto(f"{host.greenroom.url}/comments/{shown[0]['id']}/report?lang={language}")
    assert_fine(page)
    context.close()


def assert_fine(page: Page) -> None:
    assert complaints_of_axe(page) == []
    for width in (PHONE, DESKTOP):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        assert page.evaluate("document.documentElement.scrollWidth") == width, (page.url, width)
