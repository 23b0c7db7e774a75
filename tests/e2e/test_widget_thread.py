"""The thread as the widget shows it: who answers whom, what comes later, where a link leads, how old things are."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import OpenWidget
from tests.e2e.widget import Host, Widget, published
from tests.stack import Stack

pytestmark = pytest.mark.xdist_group("widget")

MANY = 230


@pytest.fixture(scope="module")
def long_page(greenroom: Stack, host: Host) -> str:
    """A page with so many comments that they come in three parts, and a late answer to the first of them."""
    url = host.page("/long")
    first, *_ = published(greenroom, url, [f"Thought {number} of many." for number in range(1, MANY)])
    published(greenroom, url, ["A late answer."], parent_id=first, author_name="Late")
    return url


def item(page: Page, comment_id: UUID) -> Locator:
    return page.locator(f"#comment-{comment_id}")


def is_in_view(one: Locator) -> bool:
    return bool(
        one.evaluate("one => { const box = one.getBoundingClientRect(); return box.top >= 0 && box.top < innerHeight }")
    )


def test_answers_stand_below_what_they_answer_three_deep(greenroom: Stack, host: Host, open_widget: OpenWidget) -> None:
    """Deeper ones stand in the deepest row and say whom they answer; each row folds, and says how much it hides."""
    url = host.page("/deep")
    ids = published(greenroom, url, ["Root."], author_name="Root")
    for name in ("One", "Two", "Three", "Four", "Five"):
        ids += published(greenroom, url, [f"{name}."], author_name=name, parent_id=ids[-1])
    page = open_widget(url).page
    expect(item(page, ids[-1])).to_be_visible()

    lefts = [item(page, one).bounding_box()["x"] for one in ids]
    assert lefts[0] < lefts[1] < lefts[2] < lefts[3] == lefts[4] == lefts[5]
    expect(item(page, ids[5]).get_by_role("link", name="Four")).to_have_attribute("href", f"{url}#comment-{ids[4]}")
    expect(item(page, ids[2]).locator("> article")).not_to_contain_text("in reply to")

    fold = item(page, ids[1]).get_by_role("button", name="4 replies")
    fold.click()
    expect(fold).to_have_attribute("aria-expanded", "false")
    expect(item(page, ids[5])).to_be_hidden()
    page.evaluate("id => { location.hash = 'comment-' + id }", str(ids[5]))
    expect(item(page, ids[5])).to_be_in_viewport()
    expect(fold).to_have_attribute("aria-expanded", "true")


def test_more_is_loaded_without_losing_ones_place(long_page: str, open_widget: OpenWidget) -> None:
    """A hundred at a time; the focus goes on with what came, and nothing jumps; late answers find their place."""
    widget = open_widget(long_page)
    page, more = widget.page, widget.button("Load more comments")
    expect(page.get_by_role("article")).to_have_count(100)
    expect(page.get_by_role("heading", name="230 comments")).to_be_visible()
    more.scroll_into_view_if_needed()
    place = widget.comment("Thought 100 of many.").bounding_box()
    more.press("Enter")
    expect(widget.comment("Thought 101 of many.")).to_be_focused()
    assert abs(widget.comment("Thought 100 of many.").bounding_box()["y"] - place["y"]) < 100

    more.click()
    expect(page.get_by_role("article")).to_have_count(MANY)
    expect(more).to_be_hidden()
    first = page.get_by_role("listitem").first
    expect(first.get_by_text("A late answer.")).to_have_count(1)


def test_a_link_to_a_comment_leads_there_although_it_must_be_loaded_first(
    greenroom: Stack, long_page: str, open_widget: OpenWidget
) -> None:
    """The page opens at it, with the focus on it, and shows which one it is."""
    with greenroom.database() as connection:
        row = connection.execute("SELECT c.id FROM comments c JOIN revisions r ON r.comment_id = c.id"
                                 " WHERE r.body = 'Thought 205 of many.'").fetchone()  # fmt: skip
    widget = open_widget(f"{long_page}#comment-{row[0]}")
    linked = widget.comment("Thought 205 of many.")
    expect(linked).to_be_focused()
    expect(linked).to_be_in_viewport()
    assert linked.evaluate("one => getComputedStyle(one).backgroundColor") not in {
        "rgba(0, 0, 0, 0)",
        "rgb(255, 255, 255)",
    }
    expect(linked.get_by_role("link").filter(has=widget.page.locator("time"))).to_have_attribute(
        "href", f"{long_page}#comment-{row[0]}"
    )


def test_the_newest_come_first_and_say_whom_they_answer(long_page: str, open_widget: OpenWidget) -> None:
    """Flat, so that nothing new hides in an old conversation; and back again."""
    widget = open_widget(long_page)
    widget.page.get_by_label("Order").select_option("Newest first")
    articles = widget.page.get_by_role("article")
    expect(articles.first).to_contain_text("A late answer.")
    expect(articles.first).to_contain_text("in reply to Author 1")
    expect(articles.nth(1)).to_contain_text(f"Thought {MANY - 1} of many.")
    expect(articles).to_have_count(100)
    widget.button("Load more comments").click()
    expect(articles).to_have_count(200)
    expect(articles.nth(199)).to_contain_text("Thought 31 of many.")
    widget.page.get_by_label("Order").select_option("Oldest first")
    expect(articles.first).to_contain_text("Thought 1 of many.")
    expect(articles).to_have_count(100)


def test_times_are_relative_exact_on_hover_and_for_machines(
    greenroom: Stack, host: Host, open_widget: OpenWidget
) -> None:
    url = host.page("/times")
    then = datetime.now(UTC) - timedelta(days=3, minutes=5)
    published(greenroom, url, ["Three days ago."], created_at=then)
    widget = open_widget(url, locale="en-GB", timezone_id="Europe/Berlin")
    time = widget.page.locator("time")
    expect(time).to_have_text("3 days ago")
    assert datetime.fromisoformat(time.get_attribute("datetime")) == then.replace(microsecond=then.microsecond)
    assert str(then.year) in time.get_attribute("title")


def test_an_erased_comment_keeps_the_place_of_its_answers(
    greenroom: Stack, host: Host, open_widget: OpenWidget
) -> None:
    """It says so, and can be neither answered nor reported."""
    url = host.page("/erased")
    gone, _ = published(greenroom, url, ["Regretted.", "Another."], author_name="Nobody")
    published(greenroom, url, ["I understand."], parent_id=gone, author_name="Kind")
    as_erased(greenroom, gone)
    page = open_widget(url).page
    tombstone = item(page, gone).locator("> article")
    expect(tombstone).to_contain_text("[erased]")
    expect(tombstone.get_by_role("button", name="Reply")).to_have_count(0)
    expect(tombstone).not_to_contain_text("Nobody")
    expect(item(page, gone).get_by_text("I understand.")).to_be_visible()


def as_erased(stack: Stack, comment_id: UUID) -> None:
    with stack.database() as connection:
        connection.execute(
            "UPDATE comments SET status = 'erased', shown_revision = NULL, author_name = '' WHERE id = %s",
            (comment_id,),
        )


def test_bodies_are_shown_as_they_were_meant_and_links_earn_nothing(
    greenroom: Stack, host: Host, open_widget: OpenWidget
) -> None:
    """All that the sanitiser lets through; what it should not have let through is text."""
    url = host.page("/bodies")
    text = "**bold** *em* `a < b` [l](https://a.example/?x=1&y=2)\nline\n\n> quote\n\n- one\n- two\n\n1. first\n\n```\n\n  x & y\n```"
    good, bad = published(greenroom, url, [text, "Harmless."])
    slipped = (
        '<p onclick="wasRun=1">a</p><img src=x onerror="wasRun=1"><script>wasRun=1</script>'
        '<a href="javascript:wasRun=1" rel="nofollow ugc noopener noreferrer">b</a></div></div><style>*{display:none}</style>&lt;i&gt;'
    )
    with greenroom.database() as connection:
        connection.execute("UPDATE revisions SET body_html = %s WHERE comment_id = %s", (slipped, bad))
    page = open_widget(url).page
    body = item(page, good).locator(".body")
    expect(body.locator("strong")).to_have_text("bold")
    expect(body.locator("code").first).to_have_text("a < b")
    expect(body.locator("blockquote p")).to_have_text("quote")
    expect(body.locator("ul li")).to_have_text(["one", "two"])
    expect(body.locator("ol li")).to_have_text("first")
    assert body.locator("pre").inner_text().strip("\n") == "  x & y"
    expect(body.get_by_role("link")).to_have_attribute("href", "https://a.example/?x=1&y=2")
    expect(body.get_by_role("link")).to_have_attribute("rel", "nofollow ugc noopener noreferrer")
    assert body.get_attribute("dir") == "auto"

    hostile = item(page, bad).locator(".body")
    expect(hostile).to_contain_text('<img src=x onerror="wasRun=1">')
    expect(hostile).to_contain_text("<i>")
    assert hostile.locator("img, script, style, a").count() == 0
    assert hostile.locator("*").evaluate_all("all => all.flatMap(one => one.getAttributeNames())") == []
    assert page.evaluate("window.wasRun") is None


def test_a_reader_reports_a_comment(greenroom: Stack, host: Host, open_widget: OpenWidget) -> None:
    """With a reason, and words if they like; an address is asked for where the law is named, and only there."""
    url = host.page("/report")
    reported, _ = published(greenroom, url, ["Buy my pills.", "Honest."], author_name="Seller")
    widget = open_widget(url)
    button = widget.button("Report: Seller").first
    button.click()
    reason, email = widget.page.get_by_label("What is wrong?"), item(widget.page, reported).get_by_label("Email")
    expect(reason).to_be_focused()
    expect(email).to_be_hidden()
    widget.button("Cancel").click()
    expect(button).to_be_focused()

    button.click()
    reason.select_option("Against the law")
    widget.button("Send").click()
    expect(email).to_be_focused()
    expect(email).to_have_attribute("aria-invalid", "true")
    email.fill("reader@example.org")
    widget.page.get_by_label("In your own words").fill("See paragraph four.")
    widget.button("Send").click()
    expect(item(widget.page, reported).get_by_text("Thank you. A person will look at it.")).to_be_visible()
    with greenroom.database() as connection:
        found = connection.execute("SELECT reason, body FROM reports WHERE comment_id = %s", (reported,)).fetchall()
    assert found == [("legal", "See paragraph four.")]


def test_one_request_counts_for_a_whole_index_page(greenroom: Stack, host: Host, open_widget: OpenWidget) -> None:
    """Elements name a page or are links to it; no widget is shown there."""
    first, second = host.page("/counted"), host.page("/uncounted")
    published(greenroom, first, ["One.", "Two."])
    index = host.page(
        "/index",
        around='<a data-greenroom-count href="/counted">?</a><i data-greenroom-count="/uncounted"></i><a data-greenroom-count href="/counted"></a>',
    )
    del second
    asked: list[str] = []
    page = open_widget(first).page
    page.on("request", lambda sent: asked.append(sent.url) if "/counts" in sent.url and sent.method == "POST" else None)
    page.goto(index)
    expect(page.locator("[data-greenroom-count]")).to_have_text(["2", "0", "2"])
    assert len(asked) == 1


def test_what_cannot_be_loaded_can_be_tried_again(greenroom: Stack, host: Host, open_widget: OpenWidget) -> None:
    """First nothing can be asked, then only the thread fails; each time one button tries again."""
    url = host.page("/failing")
    published(greenroom, url, ["Worth waiting for."])
    widget = open_widget(host.page("/empty"))
    page = widget.page
    for pattern in ("**/sites/demo/widget*", "**/sites/demo/comments?*"):
        page.route(pattern, lambda route: route.abort())
        page.goto(url)
        expect(page.get_by_text("The comments could not be loaded.")).to_be_visible()
        page.unroute(pattern)
        widget.button("Try again").click()
        expect(widget.comment("Worth waiting for.")).to_be_visible()
        expect(page.get_by_text("The comments could not be loaded.")).to_have_count(0)


def test_two_widgets_do_not_share_a_thread_and_a_page_says_which_is_its_own(
    greenroom: Stack, host: Host, open_widget: OpenWidget
) -> None:
    """`data-page-url`, else the canonical link, else the address without its fragment."""
    thread = host.url + "/the-one"
    published(greenroom, thread, ["Found by its name."])
    for path, more in (
        ("/by-attribute", {"script": 'data-page-url="/the-one"'}),
        ("/by-link", {"head": '<link rel="canonical" href="/the-one">'}),
    ):
        expect(open_widget(host.page(path, **more)).comment("Found by its name.")).to_be_visible()
    expect(Widget(open_widget(host.page("/the-one") + "#x").page).comment("Found by its name.")).to_be_visible()
