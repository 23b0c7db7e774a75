"""The widget on a page of another origin, under the strictest policy: reading, writing, and what is lost when all fails."""

import re

import httpx
import pytest
from playwright.sync_api import Page, expect

from service.languages.catalogue import LANGUAGES
from service.web.widget.view import script
from tests.e2e.conftest import OpenPage, OpenWidget, Watch, workers_asleep
from tests.e2e.widget import Host, Widget, published
from tests.stack import Stack, wait_until

pytestmark = pytest.mark.xdist_group("widget")

AWAITING = "awaiting moderation"
SENT = re.compile(r"/api/v1/sites/demo/comments$")


def test_a_comment_is_shown_at_once_and_published_without_a_reload(
    greenroom: Stack, host: Host, open_widget: OpenWidget, watch: Watch
) -> None:
    """Its author sees it where it belongs, marked, and sees the mark go; nobody else sees it before."""
    url = host.page("/at-once")
    widget = open_widget(url)
    expect(widget.page.get_by_text("No comments yet. Be the first.")).to_be_visible()
    with workers_asleep(greenroom):
        widget.fill(
            "Twelve weeks in, and <b>calm</b>.", name="שרה <i>Levi</i>", website="https://sarah.example/"
        ).send()
        mine = widget.comment("Twelve weeks in")
        expect(mine).to_contain_text(AWAITING)
        expect(mine).to_be_focused()
        expect(widget.box("Comment")).to_have_value("")
        stranger = open_widget(url)
        expect(stranger.page.get_by_text("No comments yet. Be the first.")).to_be_visible()

    expect(mine).not_to_contain_text(AWAITING)
    expect(widget.page.get_by_role("heading", name="1 comment")).to_be_visible()
    expect(widget.heard).to_have_text("Your comment is published.")
    stranger.go(url)
    shown = stranger.comment("Twelve weeks in")
    expect(shown.locator("bdi")).to_have_text("שרה <i>Levi</i>")
    expect(shown.get_by_role("link", name="שרה")).to_have_attribute("rel", "nofollow ugc noopener noreferrer")
    assert watch.violations == []


def test_nobody_reads_that_there_is_none_below_their_own(host: Host, open_widget: OpenWidget) -> None:
    """Not even before the server is first asked how it stands."""
    widget = open_widget(host.page("/first-of-all"))
    widget.page.route("**/status", lambda route: route.abort())
    widget.fill("The first one here").send()
    expect(widget.comment("The first one here")).to_contain_text(AWAITING)
    expect(widget.page.get_by_text("No comments yet.")).to_have_count(0, timeout=1_000)


def test_where_a_comment_stands_is_known_after_a_reload_and_in_another_tab(
    greenroom: Stack, host: Host, open_widget: OpenWidget
) -> None:
    """The same browser shows it while it waits, in the tab that sent it, in another one, and after a reload."""
    widget = open_widget(host.page("/two-tabs"))
    other = Widget(widget.page.context.new_page()).go(widget.page.url)
    with workers_asleep(greenroom):
        widget.fill("Seen in both tabs").send()
        expect(other.comment("Seen in both tabs")).to_contain_text(AWAITING)
        widget.page.reload()
        expect(widget.comment("Seen in both tabs")).to_contain_text(AWAITING)
    for tab in (widget, other):
        tab.page.bring_to_front()
        expect(tab.comment("Seen in both tabs")).not_to_contain_text(AWAITING)


def test_a_reply_opens_below_its_comment_and_stands_there(
    greenroom: Stack, host: Host, open_widget: OpenWidget
) -> None:
    """Cancel gives the focus back; what was typed moves along; the answer is indented below what it answers."""
    url = host.page("/replies")
    published(greenroom, url, ["How long did the follow-up last?", "Another one"])
    widget = open_widget(url)
    asked = widget.page.get_by_role("listitem").filter(has_text="How long did").first
    asked.get_by_role("button", name="Reply: Author 1").click()
    expect(asked.get_by_role("textbox", name="Comment")).to_be_focused()
    expect(asked.get_by_text("in reply to Author 1")).to_be_visible()
    widget.box("Comment").fill("Six months")
    widget.button("Cancel").click()
    expect(asked.get_by_role("button", name="Reply: Author 1")).to_be_focused()
    expect(asked.get_by_role("textbox", name="Comment")).to_have_count(0)

    asked.get_by_role("button", name="Reply: Author 1").click()
    expect(widget.box("Comment")).to_have_value("Six months")
    widget.fill("Six months in the trial that I read.", name="Barbara").send()
    answer = asked.get_by_role("listitem").filter(has_text="Six months in the trial")
    expect(answer).not_to_contain_text(AWAITING)
    assert answer.bounding_box()["x"] > asked.bounding_box()["x"]
    widget.go(url)
    expect(asked.get_by_role("listitem").filter(has_text="Six months in the trial")).to_be_visible()
    expect(asked.get_by_role("button", name="1 reply")).to_have_attribute("aria-expanded", "true")
    asked.get_by_role("button", name="1 reply").click()
    expect(answer).to_be_hidden()


def test_what_is_wrong_is_said_beside_its_field(host: Host, open_widget: OpenWidget) -> None:
    """Every wrong field at once, for eyes and ears, the first one in focus; nothing typed is lost."""
    widget = open_widget(host.page("/errors"))
    widget.fill("Mended once", name="", email="ada at example.org").send()
    expect(widget.box("Name")).to_be_focused()
    for label in ("Name", "Email"):
        expect(widget.box(label)).to_have_attribute("aria-invalid", "true")
    expect(widget.box("Name")).to_have_accessible_description("Please fill in this field.")
    expect(widget.heard).to_have_text("2 fields need another look.")
    expect(widget.box("Comment")).to_have_value("Mended once")

    widget.fill("Mended once").send()
    expect(widget.comment("Mended once")).not_to_contain_text(AWAITING)
    expect(widget.page.locator("[aria-invalid=true]")).to_have_count(0)


def test_nothing_is_lost_offline_and_one_button_tries_again(
    greenroom: Stack, host: Host, open_widget: OpenWidget, watch: Watch
) -> None:
    """The net goes away in the middle of a submit, the answer is lost, the page is reloaded: one comment in the end."""
    url = host.page("/offline")
    widget = open_widget(url)
    page = widget.fill("Written on a train").page
    page.context.set_offline(True)
    widget.send()
    expect(page.get_by_text("Your text is kept here.").first).to_be_visible()
    expect(widget.box("Comment")).to_have_value("Written on a train")
    page.context.set_offline(False)
    keys = lose_the_answer(page)
    widget.button("Try again").click()
    expect(widget.button("Try again")).to_be_enabled()
    wait_until(lambda: len(keys) == 1, 10)
    expect(widget.button("Try again")).to_be_visible()

    page.unroute(SENT)
    page.on("request", lambda sent: keys.append(sent.headers["idempotency-key"]) if sent.method == "POST" else None)
    widget.go(url)
    expect(widget.box("Comment")).to_have_value("Written on a train")
    expect(widget.box("Name")).to_have_value("Ada")
    widget.send()
    expect(widget.box("Comment"), "the answer came: the comment may have stood there before").to_have_value("")
    expect(widget.comment("Written on a train").first).not_to_contain_text(AWAITING)
    assert len(set(keys)) == 1, "the same key each time"
    widget.go(url)
    expect(widget.comment("Written on a train")).to_have_count(1)
    expect(widget.box("Comment")).to_have_value("")


def lose_the_answer(page: Page) -> list[str]:
    """The server stores what is sent, and its answer never arrives. Returns the keys that were sent."""
    keys: list[str] = []

    def lose(route):
        if route.request.method == "POST":
            route.fetch()
            keys.append(route.request.headers["idempotency-key"])
            route.abort("connectionreset")
        else:
            route.fallback()

    page.route(SENT, lose)
    return keys


def test_a_nervous_finger_leaves_one_comment(host: Host, open_widget: OpenWidget) -> None:
    """Two clicks are one request, and so are two that nothing comes between."""
    widget = open_widget(host.page("/nervous"))
    posts: list[str] = []
    widget.page.on(
        "request", lambda sent: posts.append(sent.url) if sent.method == "POST" and SENT.search(sent.url) else None
    )
    widget.fill("Sent by a nervous finger")
    widget.button("Post Comment").dblclick()
    expect(widget.comment("Sent by a nervous finger")).not_to_contain_text(AWAITING)
    assert len(posts) == 1
    widget.fill("Sent by two fingers")
    widget.page.locator("form").evaluate("form => { form.requestSubmit(); form.requestSubmit(); }")
    expect(widget.comment("Sent by two fingers")).not_to_contain_text(AWAITING)
    assert len(posts) == 2


def test_name_and_address_are_remembered_only_where_the_visitor_asked_for_it(
    host: Host, open_widget: OpenWidget
) -> None:
    """“Save my name…” is off at first; ticked, another page knows all three; unticked, they are forgotten."""
    widget = open_widget(host.page("/remember"))
    box = widget.page.get_by_label("Save my name, email, and website in this browser for the next time I comment.")
    expect(box).not_to_be_checked()
    widget.fill("x", name="Grace", email="grace@example.org", website="https://grace.example/")
    assert "grace@" not in widget.page.evaluate("JSON.stringify(localStorage)")
    box.check()
    elsewhere = Widget(widget.page.context.new_page()).go(host.page("/remember-2"))
    for label, typed in (("Name", "Grace"), ("Email", "grace@example.org"), ("Website", "https://grace.example/")):
        expect(elsewhere.box(label)).to_have_value(typed)
    box.uncheck()
    elsewhere.page.reload()
    expect(elsewhere.box("Comment")).to_be_visible()
    expect(elsewhere.box("Name")).to_have_value("")
    assert "grace@" not in widget.page.evaluate("JSON.stringify(localStorage)")


def test_an_answer_that_was_begun_is_there_after_a_reload(
    greenroom: Stack, host: Host, open_widget: OpenWidget
) -> None:
    """Below the comment that it answers, also when the order is turned round, or when that comes on a further page."""
    url = host.page("/begun")
    published(greenroom, url, [f"Question {number}?" for number in range(1, 106)])
    widget = open_widget(url)
    widget.button("Load more comments").click()
    widget.button("Reply: Author 104").click()
    widget.box("Comment").fill("Half an answer")
    widget.page.get_by_label("Order").select_option("Newest first")
    asked = widget.page.get_by_role("listitem").filter(has_text="Question 104?")
    expect(asked.get_by_role("textbox", name="Comment")).to_have_value("Half an answer")
    widget.page.reload()
    expect(asked.get_by_role("textbox", name="Comment")).to_have_value("Half an answer")
    expect(asked.get_by_text("in reply to Author 104")).to_be_visible()
    expect(asked.get_by_role("textbox", name="Comment")).not_to_be_focused()
    widget.fill("A whole answer to it").send()
    expect(asked.get_by_role("listitem").filter(has_text="A whole answer to it")).not_to_contain_text(AWAITING)


def test_too_many_at_once_are_told_when_to_come_back(host: Host, open_widget: OpenWidget) -> None:
    """In the server's words; the text stays, and the same button sends it later."""
    widget = open_widget(host.page("/hasty"))
    said = "Too many comments in a short time. Please try again in 40 seconds."
    widget.page.route(
        SENT,
        lambda route: (
            route.fulfill(
                status=429,
                json={"code": "rate_limited", "detail": said, "status": 429, "errors": []},
                headers={"Retry-After": "40", "Access-Control-Allow-Origin": host.url},
            )
            if route.request.method == "POST"
            else route.fallback()
        ),
    )
    widget.fill("In a hurry").send()
    expect(widget.page.locator("form").get_by_text(said)).to_be_visible()
    expect(widget.heard).to_have_text(said)
    expect(widget.box("Comment")).to_have_value("In a hurry")
    widget.page.unroute(SENT)
    widget.send()
    expect(widget.comment("In a hurry")).not_to_contain_text(AWAITING)


def test_a_comment_can_be_seen_before_it_is_sent(host: Host, open_widget: OpenWidget) -> None:
    """Hints about Markdown, folded; a preview by the same renderer, which goes away with the next key."""
    widget = open_widget(host.page("/preview"))
    hint = widget.page.get_by_text("**bold**, *italic*")
    expect(hint).to_be_hidden()
    widget.page.get_by_text("Formatting").click()
    expect(hint).to_be_visible()
    widget.box("Comment").fill("This is **important**")
    widget.button("Preview").click()
    expect(widget.page.locator("form strong")).to_have_text("important")
    widget.box("Comment").press("End")
    widget.box("Comment").press("!")
    expect(widget.page.locator("form strong")).to_have_count(0)


def test_a_program_that_fills_in_everything_is_noticed(greenroom: Stack, host: Host, open_widget: OpenWidget) -> None:
    """One field is for programs: no eye sees it, no key reaches it, no ear hears it."""
    widget = open_widget(host.page("/trap"))
    trap = widget.page.locator("input[name=subject]")
    assert trap.evaluate("one => one.offsetWidth > 0 && one.closest('[aria-hidden]') !== null && one.tabIndex === -1")
    widget.fill("Filled in by a program, all of it")
    trap.evaluate("one => { one.value = 'Buy now' }")
    widget.send()
    expect(widget.comment("Filled in by a program")).to_be_visible()
    expect(widget.comment("Filled in by a program")).to_contain_text(re.compile("not published|a person will look"))


def test_the_demo_page_is_a_site_like_any_other(greenroom: Stack, open_widget: OpenWidget, open_page: OpenPage) -> None:
    """The article with the real widget; who has no JavaScript is led to the page without."""
    widget = open_widget(f"{greenroom.url}/demo/")
    widget.fill("On the demo page itself").send()
    expect(widget.comment("On the demo page itself")).not_to_contain_text(AWAITING)
    expect(widget.page.get_by_role("heading", level=1)).to_contain_text("Ketamine-assisted therapy")
    plain = open_page(javascript=False)
    plain.goto(f"{greenroom.url}/demo/")
    plain.get_by_role("link", name="Read and leave comments without it").click()
    expect(plain.get_by_text("On the demo page itself")).to_be_visible()


def test_all_that_a_page_loads_is_ten_kilobytes(greenroom: Stack) -> None:
    """As it comes over the wire: the script, and what it is told in the most talkative language."""
    served = httpx.get(f"{greenroom.url}/embed.js", timeout=20)
    assert served.content == script("embed.js"), "nothing is stripped: what is in the repository is what is served"
    told = [
        httpx.get(f"{greenroom.url}/api/v1/sites/demo/widget", params={"lang": lang, "part": "page"}, timeout=20)
        for lang in LANGUAGES
    ]
    sizes = [served.num_bytes_downloaded, max(one.num_bytes_downloaded for one in told)]
    assert sum(sizes) <= 10_240, sizes
    assert all(one.headers["content-encoding"] == "gzip" for one in told)
    assert served.headers["content-encoding"] == "gzip"
    assert served.headers["access-control-allow-origin"] == "*"
