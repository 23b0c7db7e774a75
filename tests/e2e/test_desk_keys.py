"""The review queue by keyboard, in a real browser: nothing pressed is lost, and what happened is said."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import PHONE, OpenPage
from tests.e2e.desk import (
    alike,
    clear_queue,
    decide_by_key,
    decided,
    decisions_of,
    enter,
    held,
    in_status,
    phone_numbers,
    reported,
    says,
    until,
)
from tests.stack import Stack

pytestmark = pytest.mark.xdist_group("pages")

FIFTY = 50


def open_queue(page: Page, stack: Stack, address: str = "/desk/") -> Page:
    page.goto(stack.url + address)
    expect(page.locator("html.scripted")).to_be_attached()
    return page


def current_author(page: Page) -> str:
    return page.locator(".row-link[aria-current] .row-author").inner_text()


def test_fifty_comments_are_decided_by_keys_without_a_lost_one(greenroom: Stack, open_page: OpenPage) -> None:
    """Pressed as fast as a script can, while requests run and pages of the list are fetched; each decides its row."""
    clear_queue(greenroom)
    ids = held(greenroom, phone_numbers(FIFTY + 5))
    page = open_queue(enter(open_page(), greenroom), greenroom)
    order = [str(one) for one in page.locator(".row").evaluate_all("all => all.map(one => one.dataset.id)")]
    keys = ["s" if n % 5 == 4 else "a" for n in range(FIFTY)]

    page.keyboard.press("j")
    for key in keys:
        page.keyboard.press(key)

    until(page, lambda: len(decisions_of(greenroom, ids)) == FIFTY, "keys were lost")
    decided = decisions_of(greenroom, ids)
    assert [(comment, event) for comment, event, _ in decided] == [
        (comment, "spam" if key == "s" else "publish") for comment, key in zip(order, keys, strict=False)
    ]
    assert {by for _, _, by in decided} == {"moderator:ada"}
    expect(page.locator(".row")).to_have_count(5)
    expect(page.locator(".row-link[aria-current]")).to_be_focused()


def test_a_list_that_runs_out_goes_on_with_what_comes(greenroom: Stack, open_page: OpenPage) -> None:
    """The keys were faster than the next page of the list: its first row is open and has the focus when it is there."""
    clear_queue(greenroom)
    ids = held(greenroom, phone_numbers(FIFTY + 2))
    page = enter(open_page(), greenroom)
    waiting: list[Route] = []
    page.route("**/desk/?*cursor=*", lambda route: waiting.append(route))
    open_queue(page, greenroom)
    page.keyboard.press("j")
    for _ in range(FIFTY):
        page.keyboard.press("a")
    until(page, lambda: len(decisions_of(greenroom, ids)) == FIFTY, "keys were lost")
    expect(page.locator(".row")).to_have_count(0)

    for route in waiting:
        route.continue_()

    expect(page.locator(".row")).to_have_count(2)
    expect(page.locator(".row-link[aria-current]")).to_be_focused()
    assert current_author(page) == f"Reader {FIFTY}"


def test_focus_goes_to_the_next_one_at_once(greenroom: Stack, open_page: OpenPage) -> None:
    """Before the answer has come; the pane follows, and the live region says what happened."""
    clear_queue(greenroom)
    held(greenroom, phone_numbers(3))
    page = open_queue(enter(open_page(), greenroom), greenroom)
    page.keyboard.press("j")
    expect(page.locator("#item-title")).to_have_text("Reader 0")
    page.route("**/decisions", lambda route: None)

    page.keyboard.press("a")

    assert current_author(page) == "Reader 1"
    expect(page.locator(".row-link[aria-current]")).to_be_focused()
    expect(page.locator("#item-title")).to_have_text("Reader 1")
    says(page, "Published the comment by Reader 0.")
    page.unroute("**/decisions")


def test_what_fails_comes_back_with_its_reason(greenroom: Stack, open_page: OpenPage) -> None:
    """The row is where it was, with the sentence of the problem; nothing was decided."""
    clear_queue(greenroom)
    ids = held(greenroom, phone_numbers(2))
    page = open_queue(enter(open_page(), greenroom), greenroom)
    page.keyboard.press("j")
    page.route("**/decisions", lambda route: route.fulfill(
        status=503, content_type="application/problem+json", body='{"detail": "The database can\'t be reached."}'
    ))  # fmt: skip

    page.keyboard.press("a")

    says(page, "The comment by Reader 0 was not decided. The database can't be reached.")
    expect(page.locator(".row").first.locator(".row-told")).to_have_text("The database can't be reached.")
    assert decisions_of(greenroom, ids) == []
    page.unroute("**/decisions")
    page.keyboard.press("k")
    page.keyboard.press("a")
    until(page, lambda: decisions_of(greenroom, ids) == [(ids[0], "publish", "moderator:ada")])


def test_who_comes_second_reads_what_the_first_decided(greenroom: Stack, open_page: OpenPage) -> None:
    """Two browsers show the same comment; the loser's row says so and keys pass over it from then on."""
    clear_queue(greenroom)
    ids = held(greenroom, phone_numbers(2))
    ada = open_queue(enter(open_page(), greenroom, "ada"), greenroom)
    bob = open_queue(enter(open_page(), greenroom, "bob"), greenroom)
    for page in (ada, bob):
        page.keyboard.press("j")
    ada.keyboard.press("s")
    until(ada, lambda: in_status(greenroom, "spam").count(ids[0]) == 1)

    bob.keyboard.press("s")

    says(bob, re.compile(r"The comment by Reader 0 was not decided\. .*spam"))
    expect(bob.locator(".row.settled")).to_have_count(1)
    assert decisions_of(greenroom, ids) == [(ids[0], "spam", "moderator:ada")]
    assert current_author(bob) == "Reader 1"


def test_a_reason_is_given_by_keyboard(greenroom: Stack, open_page: OpenPage) -> None:
    """`r` opens the reasons, arrows choose, Enter rejects; letters typed there are no keys of the desk."""
    clear_queue(greenroom)
    ids = held(greenroom, phone_numbers(2))
    page = open_queue(enter(open_page(), greenroom), greenroom)
    page.keyboard.press("j")
    page.keyboard.press("r")
    expect(page.locator("#reject [name=reason]").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#reject")).not_to_have_attribute("open", "")
    page.keyboard.press("r")
    page.get_by_label("Note for other moderators").fill("as ever")
    page.get_by_label("Note for other moderators").press("a")
    page.get_by_text("Off topic").click()
    page.keyboard.press("Enter")

    until(page, lambda: decisions_of(greenroom, ids) == [(ids[0], "reject", "moderator:ada")])
    with greenroom.database() as connection:
        (found,) = connection.execute(
            "SELECT reason_code, note FROM decisions WHERE event = 'reject' AND comment_id = %s", (ids[0],)
        )
    assert found == ("off_topic", "as evera")


def test_keys_can_be_switched_off(greenroom: Stack, open_page: OpenPage) -> None:
    """For whoever speaks to the browser or brushes keys by accident; with modifiers they never fire."""
    clear_queue(greenroom)
    ids = held(greenroom, phone_numbers(1))
    page = open_queue(enter(open_page(), greenroom), greenroom)
    page.keyboard.press("j")
    page.keyboard.press("Control+s")
    page.keyboard.press("Alt+a")
    page.keyboard.press("?")
    page.keyboard.press("a")
    page.get_by_label("Use single keys in this browser").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("a")
    assert page.locator(".row").count() == 1

    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Use single keys in this browser").check()
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    until(page, lambda: decisions_of(greenroom, ids) == [(ids[0], "publish", "moderator:ada")])
    expect(page.locator("#all-done")).to_be_visible()


def test_three_decisions_are_taken_back_by_keys(greenroom: Stack, open_page: OpenPage) -> None:
    """The last first, each to its old place; and what was taken back can be decided anew."""
    clear_queue(greenroom)
    ids = held(greenroom, phone_numbers(5))
    page = open_queue(enter(open_page(), greenroom), greenroom)
    for key in ("j", "a", "s", "a", "s", "u", "u", "u"):
        page.keyboard.press(key)

    until(page, lambda: [event for _, event, _ in decisions_of(greenroom, ids)][4:] == ["undo"] * 3)
    assert [comment for comment, _, _ in decisions_of(greenroom, ids)[4:]] == [ids[3], ids[2], ids[1]]
    says(page, "Took it back: the comment by Reader 1 is as it was.")
    expect(page.locator(".row-author")).to_have_text([f"Reader {n}" for n in (1, 2, 3, 4)])
    until(page, lambda: current_author(page) == "Reader 1")
    assert set(in_status(greenroom, "held")) & set(ids) == set(ids[1:])

    page.keyboard.press("a")
    until(page, lambda: decisions_of(greenroom, ids)[-1] == (ids[1], "publish", "moderator:ada"))


def test_a_report_is_answered_by_key(greenroom: Stack, open_page: OpenPage) -> None:
    """`a` leaves a reported comment published; what is published and not reported is left alone, and that is said."""
    clear_queue(greenroom)
    ids = held(greenroom, phone_numbers(3))
    reported(greenroom, ids[:2])
    page = open_queue(enter(open_page(), greenroom), greenroom)
    expect(page.locator(".row").first).to_contain_text("1 report")
    page.keyboard.press("j")
    decide_by_key(page, "a")
    says(page, "Left published the comment by Reader 0.")
    assert decisions_of(greenroom, ids) == [(ids[0], "keep", "moderator:ada")]
    with decided(page):
        page.get_by_role("button", name="Leave it published").click()
    assert decisions_of(greenroom, ids)[1:] == [(ids[1], "keep", "moderator:ada")]
    expect(page.locator(".row-link[aria-current]")).to_be_focused()
    assert current_author(page) == "Reader 2"

    open_queue(page, greenroom, f"/desk/comments/{ids[0]}?status=published")
    page.keyboard.press("a")
    says(page, "This comment is published already.")
    assert len(decisions_of(greenroom, ids)) == 2


def test_an_earlier_decision_is_taken_back_by_key(greenroom: Stack, open_page: OpenPage) -> None:
    """After a reload `u` takes back one's own decision about what is open, with the list's filters; nobody else's."""
    clear_queue(greenroom)
    ids = held(greenroom, phone_numbers(3))
    page = open_queue(enter(open_page(), greenroom), greenroom)
    page.keyboard.press("j")
    decide_by_key(page, "a")
    bob = enter(open_page(), greenroom, "bob")
    open_queue(bob, greenroom, f"/desk/comments/{ids[0]}?status=published")
    bob.keyboard.press("u")
    says(bob, "Somebody else decided last about this comment.")

    open_queue(page, greenroom, f"/desk/comments/{ids[0]}?status=any")
    page.keyboard.press("u")
    expect(page.locator(".toast")).to_contain_text("Took back the decision about the comment by Reader 0.")
    assert [(event, by) for _, event, by in decisions_of(greenroom, ids)] == [
        ("publish", "moderator:ada"), ("undo", "moderator:ada"),
    ]  # fmt: skip
    assert "status=any" in page.url
    expect(page.locator("html.scripted")).to_be_attached()
    page.keyboard.press("u")
    says(page, "There is nothing to undo.")


def test_banning_leads_back_to_the_list(greenroom: Stack, open_page: OpenPage) -> None:
    """With the filters that it had, and `u` still takes back what was decided about the comment."""
    answer = greenroom.post("Ring 020 7946 0166 about the ferry", author_email="cora@example.org").json()
    page = enter(open_page(), greenroom)
    until(page, lambda: answer["id"] in in_status(greenroom, "held"))
    open_queue(page, greenroom, f"/desk/comments/{answer['id']}?status=any&text=ferry")
    decide_by_key(page, "s")
    open_queue(page, greenroom, f"/desk/comments/{answer['id']}?status=any&text=ferry")
    page.keyboard.press("b")
    page.get_by_label("Reason, for other moderators").fill("Every week")
    page.get_by_role("button", name="Ban").click()
    page.get_by_role("link", name="Back to the review queue").click()
    expect(page.locator("html.scripted")).to_be_attached()
    assert "status=any&text=ferry" in page.url
    page.keyboard.press("u")
    expect(page.locator(".toast")).to_contain_text("Took back the decision")
    assert [event for _, event, _ in decisions_of(greenroom, [answer["id"]])] == ["spam", "undo"]
    page.goto(f"{greenroom.url}/desk/bans/")
    page.get_by_role("button", name="Lift").first.click()


def test_a_wave_is_one_row_and_none_of_it_is_lost(greenroom: Stack, open_page: OpenPage) -> None:
    """More than a page of it: one row; whoever decides about that alone has the next of them in its place."""
    clear_queue(greenroom)
    ids = held(greenroom, phone_numbers(2 * FIFTY + 5))
    alike(greenroom, ids[:-1])
    page = open_queue(enter(open_page(), greenroom), greenroom)
    expect(page.locator(".row")).to_have_count(2)
    expect(page.locator("#further")).to_have_count(0)
    expect(page.locator(".row-like")).to_have_text(re.compile("and 103 like it"))

    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator(".row-like")).to_have_text(re.compile("and 102 like it"))
    expect(page.locator(".row")).to_have_count(2)
    assert current_author(page) == f"Reader {2 * FIFTY + 4}"
    page.keyboard.press("u")
    expect(page.locator(".row-like")).to_have_text(re.compile("and 103 like it"))
    until(page, lambda: [event for _, event, _ in decisions_of(greenroom, ids)] == ["publish", "undo"])
    expect(page.locator(".row-author")).to_have_text(["Reader 0", f"Reader {2 * FIFTY + 4}"])

    for key in ("j", "a", "a"):
        page.keyboard.press(key)
    expect(page.locator(".row")).to_have_count(1)
    assert current_author(page) == "Reader 1"
    page.keyboard.press("a")
    expect(page.locator(".row-author")).to_have_text(["Reader 2"])
    expect(page.locator(".row-link[aria-current]")).to_be_focused()
    until(page, lambda: [comment for comment, _, _ in decisions_of(greenroom, ids)[2:]] == [ids[-1], ids[0], ids[1]])


def test_undo_by_mouse(greenroom: Stack, open_page: OpenPage) -> None:
    """The line that says what happened has a button, also where the comment stands alone."""
    clear_queue(greenroom)
    ids = held(greenroom, phone_numbers(2))
    page = open_queue(enter(open_page(width=PHONE), greenroom), greenroom, f"/desk/comments/{ids[0]}")
    page.get_by_role("button", name="Spam").click()
    says(page, "Marked as spam the comment by Reader 0.")
    expect(page.locator("#item-title")).to_have_text("Reader 1")
    page.locator("#said").get_by_role("button", name="Undo").click()

    until(page, lambda: [event for _, event, _ in decisions_of(greenroom, ids)] == ["spam", "undo"])
    expect(page.locator("#item-title")).to_have_text("Reader 0")
