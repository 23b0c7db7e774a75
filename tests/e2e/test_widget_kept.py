"""What is typed into the widget is kept, and what is sent is sent once, whatever the browser, the net or another tab does."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.conftest import Moderator, OpenWidget, workers_asleep
from tests.e2e.test_widget import AWAITING, SENT, lose_the_answer
from tests.e2e.test_widget_own import sent
from tests.e2e.widget import Host, Widget, published
from tests.stack import Stack, wait_until

pytestmark = pytest.mark.xdist_group("widget")

LISTED = re.compile(r"/sites/demo/comments\?")
BLOCKED = """for (const name of ["localStorage", "sessionStorage"])
    Object.defineProperty(window, name, { get() { throw new DOMException("Not allowed", "SecurityError"); } });"""
FULL = """localStorage.clear(); for (let size = 1 << 22, n = 0; size >= 1; size /= 2)
    try { for (;;) localStorage["filler" + n++] = "x".repeat(size); } catch {}"""


def answers(route: Route, host: Host, status: int, body: dict[str, Any]) -> None:
    route.fulfill(status=status, json=body, headers={"Access-Control-Allow-Origin": host.url})


def keys_of(widget: Widget) -> list[str]:
    keys: list[str] = []
    widget.page.on(
        "request",
        lambda one: (
            keys.append(one.headers["idempotency-key"]) if one.method == "POST" and SENT.search(one.url) else None
        ),
    )
    return keys


@pytest.mark.parametrize("storage", [BLOCKED, FULL], ids=["blocked", "full"])
def test_a_browser_that_keeps_nothing_shows_the_own_comment_all_the_same(
    host: Host, open_widget: OpenWidget, storage: str
) -> None:
    widget = open_widget(host.page("/no-storage"))
    page = widget.page
    page.context.add_init_script(storage)
    page.reload()
    text = f"Nothing is kept here, {storage[:3]}."
    mine = sent(widget, text)
    expect(mine).not_to_contain_text(AWAITING)
    expect(widget.heard).to_have_text("Your comment is published.")
    mine.get_by_role("button", name="Delete").click()
    widget.button("Delete").click()
    expect(mine).to_have_count(0)


def test_the_form_outlives_the_comment_that_it_answers(host: Host, open_widget: OpenWidget) -> None:
    """One's own comment is deleted here, and in another tab, while a reply to it is open."""
    url = host.page("/form-stays")
    widget = open_widget(url)
    for number, place in enumerate(("here", "in another tab")):
        mine = sent(widget, f"Deleted {place}.")
        expect(mine).not_to_contain_text(AWAITING)
        tab = widget if number == 0 else Widget(widget.page.context.new_page()).go(url)
        mine.get_by_role("button", name="Reply").click()
        widget.box("Comment").fill("Half an answer")
        tab.comment(f"Deleted {place}.").get_by_role("button", name="Delete").click()
        tab.button("Delete").click()
        expect(mine).to_have_count(0)
        expect(widget.box("Comment")).to_have_value("Half an answer")
        expect(widget.page.get_by_text("in reply to")).to_have_count(0)
    widget.fill("No answer any more.").send()
    expect(widget.comment("No answer any more.")).not_to_contain_text(AWAITING)


def test_an_answer_stays_one_when_the_thread_fails_to_load(
    greenroom: Stack, host: Host, open_widget: OpenWidget
) -> None:
    """Nor does the link that the page was opened with get lost: one button brings back both."""
    url = host.page("/kept-answer")
    asked, other = published(greenroom, url, ["Question?", "Linked."])
    widget = open_widget(url)
    page = widget.page
    widget.button("Reply: Author 1").click()
    widget.box("Comment").fill("Half an answer")
    page.route(LISTED, lambda route: route.abort())
    page.goto(f"{url}#comment-{other}")
    page.reload()
    expect(widget.button("Try again")).to_be_visible()
    page.reload()
    expect(widget.button("Try again")).to_be_visible()
    page.unroute(LISTED)
    widget.button("Try again").click()
    item = page.locator(f"#comment-{asked}")
    expect(item.get_by_role("textbox", name="Comment")).to_have_value("Half an answer")
    expect(page.locator(f"#comment-{other} > article")).to_be_focused()


def test_an_answer_to_what_is_gone_becomes_a_comment(
    greenroom: Stack, host: Host, open_widget: OpenWidget, moderator: Moderator
) -> None:
    """It is said what is wrong, though no field is; after a reload nothing is in the way."""
    url = host.page("/gone-parent")
    (asked,) = published(greenroom, url, ["Question?"])
    widget = open_widget(url)
    widget.button("Reply: Author 1").click()
    widget.box("Comment").fill("x")
    assert moderator.decide(str(asked), "remove").status_code == 201
    widget.fill("An answer to nothing.").send()
    said = "The comment you reply to isn't there any more."
    expect(widget.heard).to_have_text(said)
    expect(widget.page.locator("form").get_by_text(said)).to_be_visible()
    widget.page.wait_for_timeout(1100)  # As long as lists may be kept.
    widget.go(url)
    expect(widget.box("Comment")).to_have_value("An answer to nothing.")
    widget.send()
    expect(widget.comment("An answer to nothing.")).not_to_contain_text(AWAITING)


def test_a_lost_answer_is_no_dead_end(greenroom: Stack, host: Host, open_widget: OpenWidget) -> None:
    """The reply is cancelled after all, or the page has a new title meanwhile: it can still be sent."""
    url = host.page("/dead-end")
    published(greenroom, url, ["Question?"])
    widget = open_widget(url)
    widget.button("Reply: Author 1").click()
    lose_the_answer(widget.page)
    widget.fill("Lost once as an answer.").send()
    expect(widget.button("Try again")).to_be_enabled()
    widget.page.unroute(SENT)
    widget.button("Cancel").click()
    widget.button("Try again").click()
    expect(widget.page.locator("ol.thread > li").filter(has_text="Lost once").last).not_to_contain_text("Question?")
    expect(widget.box("Comment")).to_have_value("")

    keys = lose_the_answer(widget.page)
    widget.fill("Lost once under another title.").send()
    expect(widget.button("Try again")).to_be_enabled()
    widget.page.unroute(SENT)
    more = keys_of(widget)
    widget.page.evaluate("document.title = '(1) ' + document.title")
    widget.page.get_by_label("Save my name").check()
    widget.button("Try again").click()
    expect(widget.comment("Lost once under another title.").first).not_to_contain_text(AWAITING)
    assert more == keys[:1]
    widget.go(url)
    expect(widget.comment("Lost once under another title.")).to_have_count(1)


def test_a_key_that_was_used_is_used_no_more(host: Host, open_widget: OpenWidget) -> None:
    widget = open_widget(host.page("/used-key"))
    refusal = {"status": 422, "code": "idempotency_key_reused", "detail": "This key was used.", "errors": []}
    widget.page.route(
        SENT,
        lambda route: answers(route, host, 422, refusal) if route.request.method == "POST" else route.fallback(),
    )
    keys = keys_of(widget)
    widget.fill("Sent with two keys.").send()
    expect(widget.heard).to_have_text("This key was used.")
    widget.page.unroute(SENT)
    widget.send()
    expect(widget.comment("Sent with two keys.")).not_to_contain_text(AWAITING)
    assert len(set(keys)) == 2


def test_what_is_typed_while_a_comment_is_on_its_way_stays(host: Host, open_widget: OpenWidget) -> None:
    url = host.page("/typed-on")
    widget = open_widget(url)
    held: list[Route] = []
    widget.page.route(SENT, lambda route: held.append(route) if route.request.method == "POST" else route.fallback())
    widget.fill("The first part").send()
    wait_until(lambda: widget.page.wait_for_timeout(50) or bool(held), 10)
    widget.box("Comment").focus()
    widget.box("Comment").fill("And a second thought")
    held[0].continue_()
    expect(widget.comment("The first part")).not_to_contain_text(AWAITING)
    expect(widget.box("Comment")).to_have_value("And a second thought")
    expect(widget.box("Comment")).to_be_focused()
    widget.page.unroute(SENT)
    widget.go(url)
    expect(widget.box("Comment")).to_have_value("And a second thought")


def test_a_tab_does_not_forget_the_name_that_another_one_saved(host: Host, open_widget: OpenWidget) -> None:
    url = host.page("/saved-name")
    widget = open_widget(url)
    other = Widget(widget.page.context.new_page()).go(url)
    widget.fill("x", name="Grace")
    widget.page.get_by_label("Save my name").check()
    other.box("Comment").fill("typed in the other tab")
    saved = widget.page.evaluate("localStorage['greenroom.author']")
    assert json.loads(saved)["author_name"] == "Grace"


def test_two_tabs_share_one_draft(greenroom: Stack, host: Host, open_widget: OpenWidget) -> None:
    """What is typed in one is in the other, so neither overwrites it; also where it answers somebody."""
    url = host.page("/shared-draft")
    (asked,) = published(greenroom, url, ["Question?"])
    widget = open_widget(url)
    other = Widget(widget.page.context.new_page()).go(url)
    other.button("Reply: Author 1").click()
    other.box("Comment").fill("Begun in the other tab")
    answer = widget.page.locator(f"#comment-{asked}").get_by_role("textbox", name="Comment")
    expect(answer).to_have_value("Begun in the other tab")
    answer.press("End")
    answer.press("!")
    expect(answer).to_have_value("Begun in the other tab!")
    other.box("Name").fill("Ada")
    expect(answer).to_have_value("Begun in the other tab!")


def test_a_form_that_stood_open_for_a_day_is_renewed(host: Host, open_widget: OpenWidget) -> None:
    widget = open_widget(host.page("/old-form"))
    asked: list[str] = []
    widget.page.context.route(
        "**/sites/*/form", lambda route: (asked.append(route.request.url), route.fallback())
    )  # fmt: skip
    widget.box("Comment").focus()
    wait_until(lambda: widget.page.wait_for_timeout(50) or len(asked) == 1, 10)
    widget.box("Name").focus()
    widget.page.clock.install()
    widget.page.clock.fast_forward("23:00:00")
    widget.box("Comment").focus()
    wait_until(lambda: widget.page.wait_for_timeout(50) or len(asked) >= 2, 10)


def test_no_cookie_is_ever_set(host: Host, open_widget: OpenWidget) -> None:
    widget = open_widget(host.page("/no-cookie"))
    mine = sent(widget, "Without a cookie.")
    expect(mine).not_to_contain_text(AWAITING)
    assert widget.page.context.cookies() == []


def test_erasing_is_offered_as_long_as_the_server_says(greenroom: Stack, host: Host, open_widget: OpenWidget) -> None:
    """Also of what was not published, when nothing can be edited any more."""
    widget = open_widget(host.page("/erasable"))
    standing = {"deletable_until": "2999-01-01T00:00:00Z", "editable_until": None}

    def later(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | standing)

    widget.page.route("**/status", later)
    with workers_asleep(greenroom):
        mine = sent(widget, "To be erased later.")
        expect(mine.get_by_role("button", name="Edit")).to_have_count(0)
        expect(mine.get_by_role("button", name="Delete")).to_be_visible()
    widget.page.unroute_all(behavior="ignoreErrors")


def test_an_address_can_be_confirmed_as_long_as_the_server_says(host: Host, open_widget: OpenWidget) -> None:
    """Pressed once it is gone; after a reload it is there again, unless the link in the mail was opened."""
    widget = open_widget(host.page("/provable"))
    page = widget.page
    standing = {"can_prove": True}

    def later(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | standing)

    page.route("**/status", later)
    page.route("**/proof", lambda route: answers(route, host, 202, {"proof": "grp_x"}))
    mine = sent(widget, "Not confirmed yet.")
    prove = mine.get_by_role("button", name="Confirm my email address")
    prove.click()
    expect(mine).to_contain_text("Please open the link that we have just mailed to you.")
    expect(prove).to_have_count(0)
    page.reload()
    expect(prove).to_be_visible()
    standing["can_prove"] = False
    page.reload()
    expect(mine).to_be_visible()
    page.wait_for_timeout(300)
    expect(prove).to_have_count(0)
    page.unroute_all(behavior="ignoreErrors")
