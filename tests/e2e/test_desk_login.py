"""An owner's first day: a one-time password, one's own, an authenticator, and in again by both; in a real browser."""

import time

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenPage
from tests.e2e.desk import clear_queue, decide_by_key, decisions_of, held, phone_numbers
from tests.stack import Stack

pytestmark = pytest.mark.xdist_group("pages")

PASSWORD = "seven quiet herons over the weir"
STEP_S = 30


def log_in(page: Page, password: str) -> None:
    page.get_by_label("Name").fill("grace")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()


def test_from_a_one_time_password_to_a_decision(greenroom: Stack, open_page: OpenPage) -> None:
    """Each step asks for what it needs and no page opens before the last; a code works once."""
    clear_queue(greenroom)
    ids = held(greenroom, phone_numbers(2))
    told = greenroom.command("moderator", "add", "grace", "--site", "demo", "--role", "owner")
    page = open_page()
    page.goto(f"{greenroom.url}/desk/comments/{ids[0]}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Log in")

    log_in(page, told.split()[-1])
    expect(page.get_by_role("heading", level=1)).to_have_text("Choose a password")
    page.goto(f"{greenroom.url}/desk/")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Review queue")
    page.goto(f"{greenroom.url}/desk/login/password")
    page.get_by_label("New password").fill("password1234")
    page.keyboard.press("Enter")
    expect(page.locator(".complaint")).to_contain_text("well-known passwords")
    page.get_by_label("New password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Review queue")

    page.goto(f"{greenroom.url}/desk/account")
    step = page.locator("form", has=page.get_by_role("button", name="Set up an authenticator"))
    step.get_by_label("Present password").fill(PASSWORD)
    step.get_by_role("button").click()
    authenticator = pyotp.TOTP(page.locator("code.key").inner_text().replace(" ", ""))
    page.get_by_role("textbox", name="Code").fill(authenticator.now())
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator(".codes li")).to_have_count(10)
    recovery = page.locator(".codes code").first.inner_text()
    page.get_by_role("link", name="I have kept them").click()
    page.get_by_role("button", name="Log out").click()

    page.goto(f"{greenroom.url}/desk/")
    log_in(page, PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your code")
    page.get_by_role("textbox", name="Code").fill("000000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_role("textbox", name="Code").fill(authenticator.at(int(time.time()) + STEP_S))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Review queue")
    expect(page.locator("html.scripted")).to_be_attached()
    page.keyboard.press("j")
    decide_by_key(page, "a")
    assert decisions_of(greenroom, ids) == [(ids[0], "publish", "moderator:grace")]

    page.get_by_role("button", name="Log out").click()
    page.goto(f"{greenroom.url}/desk/")
    for attempt in ("in", "refused"):
        log_in(page, PASSWORD)
        page.get_by_role("textbox", name="Code").fill(recovery)
        page.keyboard.press("Enter")
        if attempt == "in":
            expect(page.get_by_role("heading", level=1)).to_have_text("Review queue")
            page.get_by_role("button", name="Log out").click()
            page.goto(f"{greenroom.url}/desk/")
    expect(page.get_by_role("alert")).to_be_visible()
