"""Changing and erasing one's own comment in a browser without JavaScript, from the result page on."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESKTOP, PATIENCE_S, PHONE, FormOn, OpenPage, comment_id, see_it_published
from tests.e2e.test_every_page import complaints_of_axe
from tests.stack import Stack, wait_until

FIRST = "We walked along the harbour until the ferry came, and nobody was in a hurry."
SECOND = "We walked along the harbour until the last ferry came, and nobody was in a hurry."
PICTURES = os.environ.get("GREENROOM_PICTURES")


def picture(page: Page, name: str) -> None:
    """Kept for whoever wants to look, where `GREENROOM_PICTURES` names a folder."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def test_a_comment_is_changed_and_then_erased(greenroom: Stack, open_page: OpenPage, form_on: FormOn) -> None:
    """Write, see it published, change it, see the change published, erase it: all by links and forms."""
    page = open_page(javascript=False)
    form_on(page).fill(FIRST).send_at_once()
    see_it_published(page)
    own = f"{greenroom.url}/comments/{comment_id(page)}"

    page.get_by_role("link", name="Edit").click()
    expect(page.get_by_role("textbox", name="Comment")).to_have_value(FIRST)
    page.get_by_role("textbox", name="Comment").fill(SECOND)
    page.get_by_role("button", name="Save the change").click()
    page.wait_for_url(re.compile(re.escape(own)))
    expect(page.locator(".own .body")).to_contain_text(SECOND)
    see_it_published(page)

    reader = open_page(javascript=False)
    listed = reader.locator("#comments")
    reader.goto(f"{greenroom.url}/demo/plain")
    expect(listed).to_contain_text(SECOND)
    expect(listed).not_to_contain_text(FIRST)
    reader.goto(f"{own}/edit")
    expect(reader.get_by_role("heading", level=1)).to_have_text("There is nothing here")

    page.goto(own)
    page.get_by_role("link", name="Delete").click()
    page.get_by_role("link", name="Leave it as it is").click()
    page.wait_for_url(re.compile(re.escape(own)))
    page.get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Delete it for good").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your comment is deleted")
    page.goto(own)
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no comment to show here")
    wait_until(
        lambda: reader.goto(f"{greenroom.url}/demo/plain") is not None and SECOND not in listed.inner_text(), PATIENCE_S
    )


@pytest.mark.parametrize(
    ("dark", "width", "language"), [(False, PHONE, "en"), (True, DESKTOP, "en"), (False, PHONE, "ar")]
)
def test_the_pages_can_be_read_by_everybody(
    open_page: OpenPage, form_on: FormOn, dark: bool, width: int, language: str
) -> None:
    """axe finds nothing, and nothing is wider than the screen."""
    page = open_page(dark=dark, width=width)
    form_on(page).fill(f"{FIRST} {dark} {width} {language}").send_at_once()
    page.wait_for_url("**/comments/*")
    own = page.url.partition("?")[0]
    seen = {}
    for name, address in (("result", ""), ("edit", "/edit"), ("erase", "/erase")):
        page.goto(f"{own}{address}?refresh=no&lang={language}")
        seen[name] = complaints_of_axe(page)
        picture(page, f"{name}-{language}-{'dark' if dark else 'light'}-{width}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto(f"{own}/edit?lang={language}")
    page.locator("form.comment-form").evaluate("form => { form.noValidate = true }")
    page.locator("#field-body").fill(" ")
    page.locator("form.comment-form button").click()
    expect(page.locator("[role=alert]")).to_be_visible()
    seen["refused"] = complaints_of_axe(page)
    picture(page, f"refused-{language}-{'dark' if dark else 'light'}-{width}")

    assert seen == {"result": [], "edit": [], "erase": [], "refused": []}
