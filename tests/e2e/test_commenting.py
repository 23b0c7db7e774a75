"""Leaving a comment as people do it: typing into the form and looking where it ends up."""

import json
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Page, Request, expect

from service.web.pages import HELD_REFRESH_S, REFRESH_S
from tests.e2e.conftest import (
    PATIENCE_S,
    FormOn,
    Moderator,
    OpenPage,
    Watch,
    comment_id,
    see_it_published,
    shown_comment,
    workers_asleep,
)
from tests.stack import Stack, wait_until

pytestmark = pytest.mark.xdist_group("pages")

PUBLISHED = "Your comment is published"
AWAITING = "Your comment is awaiting moderation"
WAITING = "Your comment is waiting for a moderator"


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


@pytest.mark.parametrize("javascript", [False, True], ids=["without JavaScript", "with JavaScript"])
def test_a_comment_goes_from_the_form_to_the_page(
    greenroom: Stack, open_page: OpenPage, form_on: FormOn, watch: Watch, javascript: bool
) -> None:
    """It is sent, waits, is published before the visitor's eyes, and stands on the page as it was typed."""
    page = open_page(javascript=javascript)
    text = f"Twelve weeks in, scripts {javascript}: 1 < 2 & 3 > 2 <b>not bold</b> <script>alert(1)</script>"
    with workers_asleep(greenroom):
        form_on(page).fill(text, name="שרה <i>Levi</i>", email="sarah.levi@example.org").send_after_typing()
        heading(page, AWAITING)
        assert page.locator('meta[http-equiv="refresh"]').get_attribute("content") == str(REFRESH_S)

    heading(page, PUBLISHED)
    assert page.locator('meta[http-equiv="refresh"]').count() == 0
    page.get_by_role("link", name="Read it on the page").click()

    comment = shown_comment(page, f"scripts {javascript}")
    expect(comment.locator(".body")).to_have_text(text)
    name = comment.locator(".byline bdi").first
    expect(name).to_have_text("שרה <i>Levi</i>")
    assert name.evaluate("name => getComputedStyle(name).unicodeBidi") == "isolate"
    assert urlsplit(page.url).fragment == comment.get_attribute("id")
    assert "sarah.levi" not in page.content(), "the address stays hidden"
    assert_nothing_secret(watch.requests, page)


def assert_nothing_secret(addresses: list[str], page: Page) -> None:
    """No address that the browser asked for carries what somebody typed or what opens something."""
    tokens = [cookie["value"] for cookie in page.context.cookies()]
    told = unquote(" ".join(addresses))
    for secret in ("sarah.levi", "example.org", "שרה", "Twelve weeks", "idempotency", "form_token", "gra_", *tokens):
        assert secret not in told
    assert {urlsplit(address).query for address in addresses} == {""}


def test_five_links_wait_for_a_person_who_publishes_them(
    open_page: OpenPage, form_on: FormOn, moderator: Moderator
) -> None:
    """The result page says that a person will look; once one has, through the review API, the page shows it."""
    page = open_page(javascript=False)
    links = " and ".join(f"https://source-{number}.example/study" for number in range(5))
    form_on(page).fill(f"Five studies that I found worth my evening: {links}").send_at_once()
    heading(page, WAITING)
    expect(page.get_by_text("a person will look at it")).to_be_visible()
    assert page.locator('meta[http-equiv="refresh"]').get_attribute("content") == str(HELD_REFRESH_S)
    held = comment_id(page)
    assert held in moderator.ids("held")

    assert moderator.decide(held).status_code == 201
    page.get_by_role("link", name="Look again now").click()

    heading(page, PUBLISHED)
    page.get_by_role("link", name="Read it on the page").click()
    comment = shown_comment(page, "Five studies that I found")
    expect(comment.get_by_role("link", name="source-4.example")).to_have_attribute(
        "rel", "nofollow ugc noopener noreferrer"
    )


def test_a_reply_stands_below_what_it_answers(open_page: OpenPage, form_on: FormOn) -> None:
    """Reply opens the form for that comment; the answer is shown below it, indented, and says whom it answers."""
    page = open_page(javascript=False)
    form_on(page).fill("Does anybody know how long the follow-up lasted?", name="Rosalind").send_at_once()
    see_it_published(page)
    parent = comment_id(page)
    page.get_by_role("link", name="Read it on the page").click()
    reply = shown_comment(page, "how long the follow-up lasted").get_by_role("link", name="Reply to Rosalind")
    answer = form_on(page, reply.get_attribute("href") or "")
    expect(page.get_by_text("Replying to Rosalind")).to_be_visible()
    assert page.get_by_role("link", name="Cancel the reply").get_attribute("href") == "/demo/plain#reply"
    answer.fill("Six months in the trial that I read.", name="Barbara").send_at_once()
    see_it_published(page)
    page.get_by_role("link", name="Read it on the page").click()

    shown = shown_comment(page, "Six months in the trial that I read")
    expect(shown.locator(".byline")).to_contain_text("in reply to Rosalind")
    above = page.locator(f".thread > li > #comment-{parent}")
    below = page.locator(f".thread > li:has(> #comment-{parent}) > .replies > li > article")
    expect(below).to_contain_text("Six months in the trial that I read")
    outer, inner = above.bounding_box(), below.bounding_box()
    assert outer and inner
    assert (outer["x"] < inner["x"], outer["y"] < inner["y"]) == (True, True)


def test_an_impatient_visitor_leaves_one_comment(
    greenroom: Stack, open_page: OpenPage, form_on: FormOn, watch: Watch
) -> None:
    """Two clicks, and the same post again as a reload repeats it, end on one result page and make one comment."""
    page = open_page()
    posts: list[Request] = []
    page.on("request", lambda request: posts.append(request) if request.method == "POST" else None)
    form = form_on(page).fill("Sent by a nervous finger")
    form.let_time_pass()
    page.get_by_role("button", name="Post Comment").dblclick()
    see_it_published(page)
    sent = posts[0]
    again = [
        page.request.post(
            sent.url,
            data=sent.post_data,
            max_redirects=0,
            headers={"Content-Type": "application/x-www-form-urlencoded", "Origin": greenroom.url},
        )
        for _ in range(2)
    ]

    assert [answer.status for answer in again] == [303, 303]
    assert {answer.headers["location"] for answer in again} == {urlsplit(page.url).path}
    form_on(page)
    expect(shown_comment(page, "Sent by a nervous finger")).to_have_count(1)


def test_a_comment_is_left_by_keyboard_alone(open_page: OpenPage, form_on: FormOn) -> None:
    """Tab reaches every field and the button in order, shows where it is, and Enter sends."""
    page = open_page()
    form = form_on(page)
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the content"
    page.keyboard.press("Enter")
    tab_to(page, "Leave a comment")
    page.keyboard.press("Enter")

    stops = []
    for typed in ("Typed without a mouse", "Katherine", "katherine@example.org", "https://katherine.example"):
        page.keyboard.press("Tab")
        stops.append(focused(page))
        page.keyboard.type(typed)
    page.keyboard.press("Tab")
    stops.append(focused(page))
    assert stops == [
        "field-body",
        "field-author_name",
        "field-author_email",
        "field-author_website",
        "Post Comment",
    ]

    page.keyboard.press("Shift+Tab")
    form.let_time_pass()
    page.keyboard.press("Enter")
    see_it_published(page)


def tab_to(page: Page, name: str) -> None:
    for _ in range(20):
        page.keyboard.press("Tab")
        if focused(page) == name:
            return
    raise AssertionError(f"Tab never came to {name}")


def focused(page: Page) -> str:
    """What has the focus, once it is certain that one can see so."""
    found = json.loads(
        page.evaluate(
            """() => {
                const here = document.activeElement, style = getComputedStyle(here), box = here.getBoundingClientRect();
                return JSON.stringify({
                    name: here.id || here.textContent.trim(),
                    outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
                    isInView: box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight,
                });
            }"""
        )
    )
    assert found["outline"] >= 2, f"the focus on {found['name']} can't be seen"
    assert found["isInView"], f"{found['name']} has the focus out of sight"
    return str(found["name"])


def test_refreshing_can_be_stopped(greenroom: Stack, open_page: OpenPage, form_on: FormOn) -> None:
    """Who reads slowly, or with a screen reader, stops the page from reloading and looks again by hand."""
    page = open_page(javascript=False)
    with workers_asleep(greenroom):
        form_on(page).fill("Read to me, slowly").send_at_once()
        heading(page, AWAITING)
        page.get_by_role("link", name="stop refreshing").click()
        page.wait_for_url("**?refresh=no")
        heading(page, AWAITING)
        assert page.locator('meta[http-equiv="refresh"]').count() == 0

    def is_published() -> bool:
        page.get_by_role("link", name="look again").click()
        return page.get_by_role("heading", level=1).inner_text() == PUBLISHED

    wait_until(is_published, PATIENCE_S)


def test_nobody_else_sees_where_a_comment_stands(open_page: OpenPage, form_on: FormOn) -> None:
    """The result page opens in the browser that sent the comment; another one learns nothing from its address."""
    page = open_page(javascript=False)
    form_on(page).fill("For my eyes until it is published").send_at_once()
    page.wait_for_url("**/comments/*")
    stranger = open_page(javascript=False)
    answer = stranger.goto(page.url)
    assert answer
    assert answer.status == 200
    expect(stranger.get_by_text("Only the browser that sent a comment can see where it stands")).to_be_visible()
    assert "For my eyes" not in stranger.content()
