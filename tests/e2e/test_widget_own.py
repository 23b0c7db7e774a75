"""What an author sees of the own comment, in the browser that sent it and in no other."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Request, expect

from tests.e2e.conftest import Moderator, OpenWidget, workers_asleep
from tests.e2e.widget import Host, Widget, is_listed, published
from tests.stack import Stack, wait_until

pytestmark = pytest.mark.xdist_group("widget")

AWAITING = "awaiting moderation"
PHONE_NUMBER = "Please ring 020 7946 0{} and ask for room nine."
HELP_LINE = "Samaritans: call 116 123, free, day and night"


def sent(widget: Widget, text: str, **fields: str) -> Locator:
    """Send it and wait until the browser has its token."""
    widget.fill(text, **fields).send()
    expect(widget.comment(text)).to_be_visible()
    return widget.comment(text)


def id_of(comment: Locator) -> str:
    return str(comment.evaluate("one => one.parentNode.id")).removeprefix("comment-")


def looked_at_again(page: Page) -> None:
    """A person who waits longer than a test: what would be asked in half a minute is asked now."""
    page.evaluate("dispatchEvent(new StorageEvent('storage', { key: 'greenroom.own' }))")


def test_what_is_held_says_that_a_person_will_look_and_appears_once_one_has(
    host: Host, open_widget: OpenWidget, moderator: Moderator
) -> None:
    widget = open_widget(host.page("/held"))
    mine = sent(widget, PHONE_NUMBER.format(123))
    expect(mine).to_contain_text("a person will look at it")
    expect(mine).to_contain_text(AWAITING)
    expect(mine.get_by_role("button", name="Reply")).to_have_count(0)
    assert moderator.decide(id_of(mine)).status_code == 201
    looked_at_again(widget.page)
    expect(mine).not_to_contain_text(AWAITING)
    expect(mine.get_by_role("button", name="Reply")).to_be_visible()
    expect(widget.heard).to_have_text("Your comment is published.")


def test_it_is_found_again_however_the_page_was_reached(host: Host, open_widget: OpenWidget) -> None:
    """By a link in a newsletter first, then by the page's own address."""
    url = host.page("/letter")
    widget = open_widget(f"{url}?utm_source=letter")
    mine = sent(widget, PHONE_NUMBER.format(126))
    widget.go(url)
    expect(mine).to_contain_text(AWAITING)


def test_a_tab_that_nobody_looks_at_asks_nothing(host: Host, open_widget: OpenWidget, moderator: Moderator) -> None:
    widget = open_widget(host.page("/away"))
    page = widget.page
    mine = sent(widget, PHONE_NUMBER.format(124))
    expect(mine).to_contain_text("a person will look at it")
    page.evaluate("Object.defineProperty(document, 'hidden', { configurable: true, get: () => window.isAway })")
    page.evaluate("window.isAway = true")
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if one.url.endswith("/status") else None)
    looked_at_again(page)
    assert moderator.decide(id_of(mine)).status_code == 201
    page.wait_for_timeout(300)
    assert asked == []
    page.evaluate("window.isAway = false; document.dispatchEvent(new Event('visibilitychange'))")
    expect(mine).not_to_contain_text(AWAITING)


def test_what_is_not_published_says_why_and_its_author_asks_for_another_look(
    greenroom: Stack, host: Host, open_widget: OpenWidget, moderator: Moderator
) -> None:
    """With the moderator's own words, also after a reload; a stranger sees nothing of it."""
    url = host.page("/rejected")
    widget = open_widget(url)
    text = PHONE_NUMBER.format(125)
    mine = sent(widget, text)
    expect(mine).to_contain_text("a person will look at it")
    decided = moderator.client.post(
        f"/api/v1/review/comments/{id_of(mine)}/decisions",
        json={"decision": "reject", "revision": 1, "message": "Please leave out the <b>number</b>."},
    )
    assert decided.status_code == 201
    widget.go(url)
    expect(mine).to_contain_text("not published")
    expect(mine).to_contain_text("A moderator decided not to publish it.")
    expect(mine).to_contain_text("From the moderator: Please leave out the <b>number</b>.")
    expect(open_widget(url).comment(text)).to_have_count(0)

    mine.get_by_role("button", name="Ask for another look").click()
    words = widget.page.get_by_label("In your own words")
    expect(words).to_be_focused()
    widget.button("Send").click()
    expect(words).to_have_attribute("aria-invalid", "true")
    words.fill("It is the clinic's public number.")
    widget.button("Send").click()
    expect(mine).to_contain_text("Thank you. A person will look at it.")
    expect(mine.get_by_role("button", name="Ask for another look")).to_have_count(0)
    with greenroom.database() as connection:
        found = connection.execute("SELECT body FROM appeals WHERE comment_id = %s", (id_of(mine),)).fetchall()
    assert found == [("It is the clinic's public number.",)]


def test_help_lines_are_shown_to_the_one_who_may_need_them(
    greenroom: Stack, host: Host, open_widget: OpenWidget
) -> None:
    url = host.page("/crisis")
    greenroom.command("site", "set", "demo", f"help_lines={json.dumps([HELP_LINE])}")
    widget = open_widget(url)
    mine = sent(widget, "I can not go on. I want to kill myself tonight.")
    expect(mine.get_by_text("You need not be alone with this.")).to_be_visible()
    expect(mine.get_by_role("listitem")).to_have_text(HELP_LINE)
    expect(mine.get_by_text("Only you see this note.")).to_be_visible()
    other = sent(open_widget(url), PHONE_NUMBER.format(126))
    expect(other).to_contain_text("a person will look at it")
    expect(other.get_by_text(HELP_LINE)).to_have_count(0)
    expect(other.get_by_text("You need not be alone")).to_have_count(0)


def test_an_author_edits_within_the_window(greenroom: Stack, host: Host, open_widget: OpenWidget) -> None:
    """The new text is checked anew, and readers see the old one until it has passed."""
    url = host.page("/edited")
    widget = open_widget(url)
    mine = sent(widget, "Seven weeks, I think.")
    expect(mine).not_to_contain_text(AWAITING)
    expect(mine.get_by_text("until ")).to_be_visible()
    with workers_asleep(greenroom):
        mine.get_by_role("button", name="Edit").click()
        box = widget.page.locator("li").get_by_role("textbox", name="Comment")
        expect(box).to_be_focused()
        expect(box).to_have_value("Seven weeks, I think.")
        box.fill("Eight weeks, as I now **know**.")
        widget.button("Send").click()
        changed = widget.comment("Eight weeks")
        expect(changed).to_contain_text(AWAITING)
        assert not is_listed(greenroom, url, "Eight weeks")
    expect(changed).not_to_contain_text(AWAITING)
    expect(changed.locator("strong")).to_have_text("know")
    expect(changed.get_by_text("edited", exact=True)).to_be_visible()
    wait_until(lambda: is_listed(greenroom, url, "Eight weeks"), 10)


def test_an_author_deletes_after_being_asked_once_more(greenroom: Stack, host: Host, open_widget: OpenWidget) -> None:
    """It is gone in every tab; where somebody has answered, a tombstone keeps the place."""
    url = host.page("/deleted")
    widget = open_widget(url)
    mine = sent(widget, "Written in haste.")
    expect(mine).not_to_contain_text(AWAITING)
    other = Widget(widget.page.context.new_page()).go(url)
    expect(other.comment("Written in haste.").get_by_role("button", name="Delete")).to_be_visible()
    mine.get_by_role("button", name="Delete").click()
    expect(widget.page.get_by_text("Delete this comment for good?")).to_be_visible()
    widget.button("Cancel").click()
    expect(mine.get_by_role("button", name="Delete")).to_be_focused()
    mine.get_by_role("button", name="Delete").click()
    widget.button("Delete").click()
    expect(mine).to_have_count(0)
    expect(other.comment("Written in haste.")).to_have_count(0)
    expect(widget.page.get_by_role("heading", name="0 comments")).to_be_visible()

    answered = sent(widget, "Regretted later.")
    expect(answered).not_to_contain_text(AWAITING)
    published(greenroom, url, ["An answer to it."], parent_id=id_of(answered))
    widget.go(url)
    answered.get_by_role("button", name="Delete").click()
    widget.button("Delete").click()
    expect(widget.page.get_by_text("[erased]")).to_be_visible()
    widget.go(url)
    expect(
        widget.page.get_by_role("listitem").filter(has_text="[erased]").get_by_text("An answer to it.")
    ).to_be_visible()


def test_nobody_may_edit_when_the_window_is_over(greenroom: Stack, host: Host, open_widget: OpenWidget) -> None:
    """The server refuses in words, nothing typed is lost; after a reload there is nothing to press."""
    url = host.page("/window-over")
    widget = open_widget(url)
    mine = sent(widget, "Too late for this one.")
    expect(mine).not_to_contain_text(AWAITING)
    mine.get_by_role("button", name="Edit").click()
    with greenroom.database() as connection:
        connection.execute(
            "UPDATE comments SET created_at = created_at - interval '1 hour' WHERE id = %s", (id_of(mine),)
        )
    box = widget.page.locator("li").get_by_role("textbox", name="Comment")
    box.fill("Never to be seen.")
    widget.button("Send").click()
    expect(widget.heard).not_to_be_empty()
    expect(box).to_have_value("Never to be seen.")
    widget.go(url)
    expect(mine).to_be_visible()
    expect(mine.get_by_role("button", name="Edit")).to_have_count(0)


@pytest.fixture
def with_mail(open_widget: OpenWidget) -> Iterator[Callable[[str], Widget]]:
    """Opens pages of a site that can send mail, as far as the widget can tell."""
    contexts: list[BrowserContext] = []

    def opened(url: str) -> Widget:
        widget = open_widget(url)
        widget.page.context.route("**/sites/demo/widget*", promise_mail)
        widget.page.context.route("**/status", promise_proof)
        contexts.append(widget.page.context)
        return widget.go(url)

    yield opened
    for context in contexts:
        context.unroute_all(behavior="ignoreErrors")


def promise_mail(route: Any) -> None:
    answer = route.fetch()
    told = answer.json()
    told["site"] |= {"can_notify": True, "sends_mail": True}
    route.fulfill(response=answer, json=told)


def promise_proof(route: Any) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, json=answer.json() | {"can_prove": True})


def test_an_author_asks_to_be_told_of_replies(host: Host, with_mail: Callable[[str], Widget]) -> None:
    """Off by default; where the site sends no mail, nothing is offered."""
    widget = with_mail(host.page("/notify"))
    posts: list[Request] = []
    widget.page.on("request", lambda one: posts.append(one) if one.method == "POST" else None)
    box = widget.page.get_by_label("Tell me about replies by mail")
    expect(box).not_to_be_checked()
    sent(widget, "Nobody need write to me.")
    box.check()
    sent(widget, "Somebody may write to me.")
    wishes = [
        json.loads(one.post_data or "{}").get("notify") for one in posts if one.url.endswith("/sites/demo/comments")
    ]
    assert wishes == [None, True]


def test_a_link_leads_to_all_that_one_wrote(
    greenroom: Stack, host: Host, with_mail: Callable[[str], Widget], open_widget: OpenWidget
) -> None:
    """Below the form, where a mail can open it; elsewhere it would be a dead end."""
    url = host.page("/own-data")
    name = "See, export or erase what you wrote here"
    expect(open_widget(url).page.get_by_role("link", name=name)).to_have_count(0)
    widget = with_mail(url)
    link = widget.page.get_by_role("link", name=name)
    assert link.bounding_box()["y"] > widget.button("Post Comment").bounding_box()["y"]
    link.click()
    widget.page.wait_for_url(f"{greenroom.url}/authors/demo")
    expect(widget.page.get_by_role("textbox", name="Email")).to_be_visible()


def test_a_confirmed_address_is_shown_with_the_next_comment(host: Host, with_mail: Callable[[str], Widget]) -> None:
    widget = with_mail(host.page("/proof"))
    mine = sent(widget, "Known from now on.")
    widget.page.route(
        "**/proof",
        lambda route: route.fulfill(
            json={"proof": "grp_x"}, status=202, headers={"Access-Control-Allow-Origin": host.url}
        ),
    )
    mine.get_by_role("button", name="Confirm my email address").click()
    expect(mine).to_contain_text("Please open the link that we have just mailed to you.")
    expect(mine.get_by_role("button", name="Confirm my email address")).to_have_count(0)
    with widget.page.expect_request(
        lambda one: one.method == "POST" and one.url.endswith("/sites/demo/comments")
    ) as asked:
        widget.fill("Known, I hope.").send()
    assert json.loads(asked.value.post_data or "{}")["proof"] == "grp_x"
