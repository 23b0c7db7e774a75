"""The page of docs/embedding.md, put onto a site as it stands there, and lists that count."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenPage, OpenWidget, Watch
from tests.e2e.widget import Host, published
from tests.stack import Stack

pytestmark = pytest.mark.xdist_group("widget")

DOCS = (Path(__file__).parent.parent.parent / "docs/embedding.md").read_text()
PAGE, COUNTS, FRAME, FORM = (
    next(block for block in re.findall(r"^```html\n(.*?)^```", DOCS, re.MULTILINE | re.DOTALL) if mark in block)
    for mark in ("<!doctype html>", "data-greenroom-count>", "<iframe", "<form")
)
ARTICLE = "/night-shift/"


@pytest.fixture(scope="module")
def blog(greenroom: Stack, host: Host) -> str:
    """The site of the docs, whose origin is the one of our pages. Returns the article's address."""
    greenroom.command("site", "add", "blog", "--origin", host.url)
    return host.url + ARTICLE


def here(snippet: str, host: Host) -> str:
    """With addresses of this machine and nothing else changed."""
    encoded = host.url.replace(":", "%3A").replace("/", "%2F")
    for there, ours in (("https://comments.example.org", host.greenroom), ("https://example.org", host.url)):
        snippet = snippet.replace(there, ours)
    return snippet.replace("https%3A%2F%2Fexample.org", encoded)


def test_the_page_of_the_docs_takes_comments_and_lists_count_them(
    blog: str, host: Host, open_widget: OpenWidget
) -> None:
    """Copied as it stands, it shows a comment at once and published soon; its count follows, however it was reached."""
    host.pages[ARTICLE] = here(PAGE, host)
    host.pages["/list"] = f"<!doctype html><title>All</title>{here(COUNTS, host)}"

    widget = open_widget(f"{blog}?utm_source=letter&fbclid=x#fold")
    widget.fill("It was quiet until four, and then it was not.").send()
    expect(widget.comment("quiet until four")).not_to_contain_text("awaiting moderation")

    widget.page.goto(host.url + "/list")
    for counted in widget.page.locator("[data-greenroom-count]").all():
        expect(counted).to_have_text("1")


def test_a_list_of_many_pages_counts_each(
    greenroom: Stack, blog: str, host: Host, open_page: OpenPage, watch: Watch
) -> None:
    """More than one request may name are asked in several."""
    watch.also = host.url
    for path in ("/many/0", "/many/149"):
        published(greenroom, host.url + path, ["One"])
    links = "".join(f'<a href="/many/{number}" data-greenroom-count>-</a> ' for number in range(150))
    host.pages["/archive"] = (
        f'<!doctype html><script type="module" src="{host.greenroom}/embed.js" data-site="demo"></script>{links}'
    )
    page = open_page()

    page.goto(host.url + "/archive")

    for number, count in ((0, "1"), (1, "0"), (149, "1")):
        expect(page.locator(f"[href='/many/{number}']")).to_have_text(count)


def test_the_frame_of_the_docs_shows_the_thread_without_javascript(
    blog: str, host: Host, open_page: OpenPage, watch: Watch
) -> None:
    """Only who has no scripts gets it, and its form is whole."""
    watch.also = host.url
    host.pages["/framed"] = f"<!doctype html><title>Framed</title>{here(FRAME, host)}"
    host.policies["/framed"] = "default-src 'none'; frame-src {greenroom}"
    page = open_page(javascript=False)

    page.goto(host.url + "/framed")

    frame = page.frame_locator("iframe")

    expect(frame.get_by_role("textbox", name="Comment")).to_be_visible()
    expect(frame.get_by_role("button", name="Post Comment")).to_be_visible()


def test_the_form_of_the_docs_is_taken(blog: str, host: Host, open_page: OpenPage, watch: Watch) -> None:
    """Its author lands on the page that says where the comment stands."""
    watch.also = host.url
    page = open_page(javascript=False)
    host.pages["/own-form"] = f"<!doctype html><title>A form</title>{here(FORM, host)}"

    page.goto(host.url + "/own-form")
    for label, text in (("Comment", "From a form of our own."), ("Name", "Ada"), ("Email", "ada@example.org")):
        page.get_by_role("textbox", name=label).fill(text)
    page.get_by_role("button", name="Post Comment").click()

    page.wait_for_url(f"{host.greenroom}/comments/*")
    expect(page.get_by_text("From a form of our own.")).to_be_visible()
