"""The rules editor in a real browser: by keyboard, without JavaScript, on a phone, in both themes."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESKTOP, PHONE, OpenPage
from tests.e2e.desk import enter, flaws, held
from tests.e2e.test_every_page import complaints_of_axe
from tests.stack import Stack

pytestmark = pytest.mark.xdist_group("pages")

RULES = "/desk/rules/demo"
REASON = "Why this rule exists"


def try_word(page: Page, stack: Stack, word: str) -> None:
    """Fill in the form of a new rule and see what it would have done."""
    page.goto(f"{stack.url}{RULES}")
    page.get_by_role("link", name="Word", exact=True).click()
    page.get_by_label("Word, or some words in a row").fill(word)
    page.get_by_label(REASON).fill("The flood of May: it came back every night.")
    page.get_by_role("radio", name=re.compile("Spam")).check()
    page.get_by_role("button", name="See what it would have done").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What it would have done")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_rule_is_tried_saved_and_turned_off(greenroom: Stack, open_page: OpenPage, javascript: bool) -> None:  # noqa: FBT001
    """The result comes before the save button; what is saved stands in the list, and goes as it came."""
    word = "zebrafish" if javascript else "quokka"
    held(greenroom, [f"Everything here is {word}, ring me on 020 7946 0101."])
    page = enter(open_page(javascript=javascript), greenroom, role="owner", name="olga")
    try_word(page, greenroom, word)
    expect(page.locator(".trial-sum")).to_contain_text("this would have called 1 spam that the present policy holds.")
    expect(page.locator("tbody")).to_contain_text(word)

    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("is in force")
    row = page.locator("tr", has_text=word)
    expect(row).to_contain_text("The flood of May")

    row.get_by_role("button", name=re.compile("^Off")).click()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("tr", has_text=word).locator(".chip", has_text="Off")).to_be_visible()
    page.get_by_role("link", name="History").click()
    expect(page.get_by_text(f"Turned off: the word “{word}”")).to_be_visible()


def test_the_keyboard_is_enough(greenroom: Stack, open_page: OpenPage) -> None:
    """Tab, arrows, space and enter: from the list to a saved rule."""
    page = enter(open_page(), greenroom, role="owner", name="olga")
    page.goto(f"{greenroom.url}{RULES}/new?kind=few_published")
    page.get_by_label("Published comments of the author").focus()
    page.keyboard.type("2")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name=re.compile("^Spam"))).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name=re.compile("^Shadow"))).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("Newcomers, for a look.")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("What it would have done")
    page.get_by_label("Note for the history").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("is in force")
    expect(page.locator("tr", has_text="fewer than 2 published")).to_contain_text("Shadow")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_page_of_it_is_readable_for_all(greenroom: Stack, open_page: OpenPage, dark: bool) -> None:  # noqa: FBT001
    """axe-core finds nothing, the markup is valid, and a phone need not scroll sideways; also with hostile words."""
    hostile = "x" * 300
    held(greenroom, [f"{hostile} and much more of it, ring me on 020 7946 0102.", f"{'<b>' * 30} {hostile}"])
    page = enter(open_page(dark=dark), greenroom, role="owner", name="olga")
    seen = []

    def look(name: str) -> None:
        page.wait_for_load_state()
        widths = []
        for width in (PHONE, DESKTOP):
            page.set_viewport_size({"width": width, "height": 900})
            widths.append(page.evaluate("document.documentElement.scrollWidth"))
        assert widths == [PHONE, DESKTOP], name
        assert complaints_of_axe(page) == [], name
        assert flaws(page.content()) == [], name
        seen.append(name)

    for name in ("", f"{RULES}", f"{RULES}/settings", f"{RULES}/history"):
        page.goto(f"{greenroom.url}{name or '/desk/rules/'}")
        look(name)
    for kind in ("word", "pattern", "links", "link_host", "link_pattern", "few_published", "new_author", "language",
                 "time_of_day"):  # fmt: skip
        page.goto(f"{greenroom.url}{RULES}/new?kind={kind}")
        look(kind)
    try_word(page, greenroom, hostile)
    look("dry run")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("is in force")
    look("saved")
    page.locator("tr", has_text=hostile).get_by_role("link", name=re.compile("^Edit")).click()
    look("edit")
    page.get_by_role("button", name="Remove this rule").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What it would have done")
    look("dry run of a removal")
    page.get_by_role("button", name="Save").click()
    page.goto(f"{greenroom.url}{RULES}/new?kind=pattern")
    page.get_by_label("Pattern", exact=True).fill("(")
    page.get_by_label(REASON).fill("x")
    page.get_by_role("button", name="See what it would have done").click()
    expect(page.get_by_role("alert")).to_contain_text("cannot be read")
    look("complaint")
    assert len(seen) == 18
