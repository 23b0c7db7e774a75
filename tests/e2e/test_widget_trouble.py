"""The widget when the thread can't be loaded, where the focus goes, and what else pages do that once broke it."""

import json
import re

import pytest
from playwright.sync_api import Page, expect
from uuid_utils.compat import uuid7

from tests.e2e.conftest import Moderator, OpenPage, OpenWidget, Watch
from tests.e2e.test_widget import AWAITING
from tests.e2e.test_widget_looks import CANVAS, DARK, LIGHT, check_access
from tests.e2e.test_widget_own import HELP_LINE, PHONE_NUMBER, id_of, looked_at_again, sent
from tests.e2e.test_widget_thread import MANY, item
from tests.e2e.widget import Host, published
from tests.stack import Stack

pytestmark = pytest.mark.xdist_group("widget")

FAILED = "The comments could not be loaded."
LISTED = re.compile(r"/sites/demo/comments\?")
TOLD = re.compile(r"/sites/demo/widget")
NEXT = re.compile(r"/sites/demo/comments\?.*cursor=")


@pytest.fixture(scope="module")
def long_page(greenroom: Stack, host: Host) -> str:
    """A page with so many comments that they come in three parts."""
    url = host.page("/far")
    published(greenroom, url, [f"Thought {number} of many." for number in range(1, MANY + 1)])
    return url


def test_what_failed_is_said_where_it_failed(
    greenroom: Stack, host: Host, open_widget: OpenWidget, long_page: str
) -> None:
    """“Load more” gives way to “Try again” below the thread, with the focus on it, and it is announced."""
    widget = open_widget(long_page)
    page = widget.page
    page.route(NEXT, lambda route: route.abort())
    widget.button("Load more comments").click()
    again = widget.button("Try again")
    expect(again).to_be_focused()
    expect(page.get_by_role("alert")).to_have_text(FAILED)
    expect(page.get_by_role("heading", name=f"{MANY} comments")).to_be_visible()
    assert again.bounding_box()["y"] > widget.comment("Thought 100 of many.").bounding_box()["y"]
    assert again.bounding_box()["y"] < widget.box("Comment").bounding_box()["y"]
    again.press("Enter")
    expect(again).to_be_focused()
    page.unroute(NEXT)
    again.press("Enter")
    expect(widget.comment("Thought 101 of many.")).to_be_focused()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_an_own_comment_does_not_hide_that_the_thread_failed(
    greenroom: Stack, host: Host, open_widget: OpenWidget
) -> None:
    """Nothing is counted that is not known; axe finds nothing in that state either."""
    url = host.page("/half-failed", head=CANVAS)
    published(greenroom, url, ["One that stands."])
    widget = open_widget(url, bypass_csp=True)
    page = widget.page
    sent(widget, PHONE_NUMBER.format(300))
    expect(widget.comment("room nine")).to_contain_text("a person will look")
    page.route(LISTED, lambda route: route.abort())
    page.reload()
    expect(widget.comment("room nine")).to_contain_text("a person will look")
    expect(page.get_by_role("alert")).to_have_text(FAILED)
    expect(page.get_by_role("heading", level=2)).to_have_count(1)
    check_access(page)
    page.unroute(LISTED)
    widget.button("Try again").click()
    expect(page.get_by_role("heading", name="1 comment")).to_be_focused()
    expect(page.get_by_role("article")).to_have_count(2)


def test_axe_finds_nothing_about_what_only_authors_see(
    greenroom: Stack, host: Host, open_widget: OpenWidget, moderator: Moderator
) -> None:
    """What waits for a person, what was not published, and the note to who may be in need."""
    greenroom.command("site", "set", "demo", f"help_lines={json.dumps([HELP_LINE])}")
    widget = open_widget(host.page("/axe-own", head=CANVAS), bypass_csp=True)
    crisis = sent(widget, "I can not go on. I want to kill myself tonight, believe me.")
    expect(crisis.get_by_text("You need not be alone with this.")).to_be_visible()
    mine = sent(widget, PHONE_NUMBER.format(301))
    expect(mine).to_contain_text("a person will look at it")
    check_access(widget.page)
    decided = moderator.client.post(
        f"/api/v1/review/comments/{id_of(mine)}/decisions",
        json={"decision": "reject", "revision": 1, "message": "Please leave out the number."},
    )
    assert decided.status_code == 201
    looked_at_again(widget.page)
    expect(mine).to_contain_text("From the moderator")
    check_access(widget.page)
    mine.get_by_role("button", name="Ask for another look").click()
    expect(widget.page.get_by_label("In your own words")).to_be_focused()
    check_access(widget.page)


def test_what_comes_too_late_is_not_shown(greenroom: Stack, host: Host, open_widget: OpenWidget) -> None:
    """The order was changed while the thread was loading, and the first request fails then."""
    url = host.page("/too-late")
    published(greenroom, url, ["First.", "Second."])
    widget = open_widget(host.page("/too-late-empty"))
    page = widget.page
    held = []
    page.route(LISTED, lambda route: route.fallback() if "newest" in route.request.url else held.append(route))
    page.goto(url)
    expect(page.get_by_label("Order")).to_be_visible()
    page.get_by_label("Order").select_option("Newest first")
    expect(page.get_by_role("article").first).to_contain_text("Second.")
    held[0].abort()
    page.wait_for_timeout(300)
    expect(page.get_by_text(FAILED)).to_have_count(0)
    expect(page.get_by_role("article")).to_have_count(2)


def test_a_reply_unfolds_what_hides_it(greenroom: Stack, host: Host, open_widget: OpenWidget) -> None:
    url = host.page("/folded")
    (asked,) = published(greenroom, url, ["Question?"], author_name="Ann")
    published(greenroom, url, ["An answer."], parent_id=asked)
    widget = open_widget(url)
    fold = widget.button("1 reply")
    fold.click()
    expect(widget.comment("An answer.")).to_be_hidden()
    widget.button("Reply: Ann").click()
    mine = sent(widget, "Below what is folded.")
    expect(mine).to_be_focused()
    expect(mine).not_to_contain_text(AWAITING)


def test_deleting_asks_aloud_and_leaves_the_focus_at_hand(host: Host, open_widget: OpenWidget) -> None:
    widget = open_widget(host.page("/delete-focus"))
    mine = sent(widget, "Soon gone.")
    expect(mine).not_to_contain_text(AWAITING)
    mine.get_by_role("button", name="Delete").click()
    cancel = widget.button("Cancel")
    expect(cancel).to_be_focused()
    expect(cancel).to_have_accessible_description("Delete this comment for good?")
    widget.button("Delete").click()
    expect(mine).to_have_count(0)
    expect(widget.page.get_by_role("heading", name="0 comments")).to_be_focused()


def test_what_is_loaded_on_the_first_press_may_fail_once(greenroom: Stack, host: Host, open_widget: OpenWidget) -> None:
    """It says so, and the next press works."""
    url = host.page("/late-actions")
    published(greenroom, url, ["Buy my pills."], author_name="Seller")
    widget = open_widget(url)
    page = widget.page
    page.route(TOLD, lambda route: route.abort())
    widget.button("Report: Seller").click()
    expect(widget.comment("Buy my pills.")).to_contain_text("It could not be sent")
    page.unroute(TOLD)
    widget.button("Report: Seller").click()
    expect(page.get_by_label("What is wrong?")).to_be_focused()


def colour_of_field(page: Page) -> str:
    box = page.get_by_role("textbox", name="Comment")
    return str(box.evaluate("one => getComputedStyle(one).backgroundColor"))


@pytest.mark.parametrize(
    ("colour", "theme"),
    [
        ("oklch(0.95 0.02 250)", DARK),
        ("oklch(0.25 0.02 250)", LIGHT),
        ("lab(95 40 20)", DARK),
        ("color(display-p3 0.95 0.94 0.93)", DARK),
        ("color(srgb 0.1 0.1 0.1)", LIGHT),
    ],
)
def test_a_colour_may_be_written_in_any_way(host: Host, open_widget: OpenWidget, colour: str, theme: str) -> None:
    url = host.page("/modern-colour", head=f"<style>body {{ color: {colour} }}</style>")
    assert colour_of_field(open_widget(url, bypass_csp=True).page) == theme


def test_a_switch_of_the_page_switches_the_widget(host: Host, open_widget: OpenWidget) -> None:
    """As pages do: by a class or an attribute of the root or of the body; a transition may take a while."""
    style = "body { color: #222; transition: color .2s } .dark body, body[data-theme=dark] { color: #eee; background: #111 }"
    page = open_widget(host.page("/switched", head=f"<style>{style}</style>"), bypass_csp=True).page
    page.emulate_media(reduced_motion="no-preference")
    assert colour_of_field(page) == LIGHT
    for on, off in (
        ("document.documentElement.className = 'dark'", "document.documentElement.className = ''"),
        ("document.body.dataset.theme = 'dark'", "delete document.body.dataset.theme"),
    ):
        for change, theme in ((on, DARK), (off, LIGHT)):
            page.evaluate(change)
            expect(page.get_by_role("textbox", name="Comment")).to_have_css("background-color", theme)


def test_a_page_may_take_the_widget_away(host: Host, open_widget: OpenWidget, watch: Watch) -> None:
    """Routers that swap pages do: what is gone follows no switch, and complains of none."""
    page = open_widget(host.page("/swapped")).page
    page.evaluate("document.body.replaceChildren('Another page')")
    page.evaluate("document.documentElement.className = 'dark'")
    page.evaluate("new Promise(done => setTimeout(done))")

    assert watch.errors == []


def test_a_link_to_what_is_gone_loads_no_more_than_it_must(long_page: str, open_widget: OpenWidget) -> None:
    widget = open_widget(long_page)
    page = widget.page
    first = page.get_by_role("listitem").first.evaluate("one => one.id")
    gone = first[:-12] + "0" * 12  # older than all: ids of one millisecond differ in their last digits only
    for hash_ in (gone, "comment-anything", f"comment-{gone}-more"):
        pages: list[str] = []
        page.on("request", lambda one, pages=pages: pages.append(one.url) if LISTED.search(one.url) else None)
        page.goto("about:blank")
        page.goto(f"{long_page}#{hash_}")
        expect(page.get_by_role("article")).to_have_count(100)
        page.wait_for_timeout(500)
        assert len(pages) == 1, hash_
        expect(page.get_by_role("article")).to_have_count(100)
    page.evaluate("id => { location.hash = 'comment-' + id }", str(uuid7()))
    expect(page.get_by_role("article")).to_have_count(MANY)


def test_the_same_link_leads_there_again(greenroom: Stack, host: Host, open_widget: OpenWidget) -> None:
    url = host.page("/same-link")
    (asked,) = published(greenroom, url, ["Question?"])
    widget = open_widget(url)
    link = item(widget.page, asked).get_by_role("link").first
    for _ in range(2):
        link.click()
        expect(widget.comment("Question?")).to_be_focused()
        widget.box("Comment").focus()


def test_what_is_told_of_an_own_comment_moves_nothing(greenroom: Stack, host: Host, open_widget: OpenWidget) -> None:
    """Somebody scrolled away from it while one of its buttons had the focus."""
    url = host.page("/no-jump")
    published(greenroom, url, ["Long.\n\n" * 40, "Longer.\n\n" * 40])
    widget = open_widget(url)
    mine = sent(widget, PHONE_NUMBER.format(302))
    expect(mine).to_contain_text("a person will look at it")
    mine.get_by_role("button", name="Edit").focus()
    widget.page.evaluate("scrollTo(0, 0)")
    with widget.page.expect_response("**/status"):
        looked_at_again(widget.page)
    expect(mine).to_be_focused()
    assert widget.page.evaluate("scrollY") == 0


def test_what_stands_in_its_place_stays_until_the_thread_is_there(
    greenroom: Stack, host: Host, open_page: OpenPage, watch: Watch
) -> None:
    """Also when Greenroom can't be reached; in the page's own style."""
    watch.also = host.url
    url = host.page("/static", head="<style>#greenroom { color: rgb(1, 2, 3) }</style>")
    host.pages["/static"] = host.pages["/static"].replace(
        '<div id="greenroom"></div>',
        '<div id="greenroom"><a href="/read">Read it without scripts</a><p>Built in.</p></div>',
    )
    published(greenroom, url, ["Fresh."])
    page = open_page(bypass_csp=True)
    page.route(LISTED, lambda route: route.abort())
    page.route(TOLD, lambda route: route.abort())
    page.goto(url)
    assert_still_there(page)
    page.unroute(TOLD)
    with page.expect_response(TOLD), page.expect_event("requestfailed", lambda sent: LISTED.search(sent.url)):
        page.get_by_role("button", name="Try again").click()
    page.evaluate("new Promise(done => setTimeout(done))")
    assert_still_there(page)
    page.unroute(LISTED)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("article").filter(has_text="Fresh.")).to_be_visible()
    expect(page.get_by_text("Built in.")).to_be_hidden()


def assert_still_there(page: Page) -> None:
    """What the page put in the widget's place, below the word that the thread could not be loaded."""
    expect(page.get_by_role("alert")).to_have_text(FAILED)
    expect(page.get_by_role("link", name="Read it without scripts")).to_be_visible()
    expect(page.get_by_text("Built in.")).to_have_css("color", "rgb(1, 2, 3)")


def test_a_site_chooses_the_size(host: Host, open_widget: OpenWidget) -> None:
    """The root's, not that of the text around it; or any other."""
    small = "<style>:root { font-size: 20px } main { font-size: 11px }</style>"
    size = "one => getComputedStyle(one).fontSize"
    assert open_widget(host.page("/size-1", head=small), bypass_csp=True).box("Comment").evaluate(size) == "20px"
    chosen = small + "<style>#greenroom { --greenroom-size: 13px }</style>"
    assert open_widget(host.page("/size-2", head=chosen), bypass_csp=True).box("Comment").evaluate(size) == "13px"


def test_attributes_may_stand_at_the_place_too(greenroom: Stack, host: Host, open_widget: OpenWidget) -> None:
    url = host.page("/at-the-place")
    host.pages["/at-the-place"] = (
        host.pages["/at-the-place"]
        .replace('data-site="demo"', "")
        .replace(
            'id="greenroom"',
            'id="greenroom" data-site="demo" data-sort="newest" data-page-title="Its own title" data-lang="de"',
        )
    )
    published(greenroom, url, ["First.", "Second."])
    widget = open_widget(url)
    expect(widget.page.get_by_role("article").first).to_contain_text("Second.")
    expect(widget.page.get_by_role("combobox")).to_have_value("newest")
    with widget.page.expect_request(lambda one: one.method == "POST" and one.url.endswith("/demo/comments")) as asked:
        for label, text in (("Kommentar", "Dritter."), ("Name", "Ada"), ("E-Mail", "ada@example.org")):
            widget.box(label).fill(text)
        widget.button("Kommentar absenden").click()
    assert json.loads(asked.value.post_data or "{}")["page_title"] == "Its own title"


def test_one_bad_address_does_not_stop_the_others_from_being_counted(
    greenroom: Stack, host: Host, open_page: OpenPage, watch: Watch
) -> None:
    watch.also = host.url
    published(greenroom, host.page("/count-me"), ["One"])
    marks = "".join(
        f'<i data-greenroom-count="{where}">-</i>' for where in ("http://[", "mailto:a@b.example", "/count-me")
    )
    marks += "<b data-greenroom-count>-</b>"
    page = open_page()
    page.goto(host.page("/bad-count", around=marks))
    expect(page.locator("[data-greenroom-count='/count-me']")).to_have_text("1")
    expect(page.locator("[data-greenroom-count='http://[']")).to_have_text("-")


def test_the_script_may_be_there_twice(host: Host, open_widget: OpenWidget) -> None:
    """Under two addresses, as templates that were put together sometimes have it: there is one widget."""
    twice = f'<script type="module" src="{host.greenroom}/embed.js?again" data-site="demo"></script>'
    widget = open_widget(host.page("/twice", head=twice))
    widget.page.wait_for_timeout(300)
    expect(widget.button("Post Comment")).to_have_count(1)
