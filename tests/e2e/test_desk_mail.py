"""A comment's whole way by mail: decided from a moderator's mailbox, objected to from the author's, overturned."""

import re
from collections.abc import Iterator
from email.message import EmailMessage

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenPage
from tests.e2e.desk import decisions_of, enter, until
from tests.e2e.test_every_page import complaints_of_axe
from tests.mail_server import MailServer, mail_server
from tests.stack import Stack, wait_until

pytestmark = pytest.mark.xdist_group("pages")

ADA, AUTHOR = "ada@example.org", "ann@example.org"
PATIENCE_S = 60


@pytest.fixture(scope="module")
def post_office() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture(scope="module")
def greenroom(post_office: MailServer) -> Iterator[Stack]:
    """One that sends its mail to the post office."""
    own = {"GREENROOM_SMTP_URL": post_office.url, "GREENROOM_MAIL_FROM": "desk@example.net"}
    with Stack(env=own) as stack:
        yield stack


def letter(post_office: MailServer, to: str, about: str) -> EmailMessage:
    """The mail to this address whose subject says this, once it has come."""

    def found() -> list[EmailMessage]:
        return [mail for mail in post_office.messages if mail["To"] == to and about in mail["Subject"]]

    wait_until(lambda: bool(found()), PATIENCE_S, lambda: f"only {[m['Subject'] for m in post_office.messages]}")
    return found()[0]


def links(mail: EmailMessage, stack: Stack) -> list[str]:
    return re.findall(rf"{re.escape(stack.url)}/\S+", mail.get_content())


def scan(addresses: list[str]) -> None:
    """Fetch every link in every way that reads, twice, as a mail scanner does."""
    with httpx.Client(follow_redirects=True, timeout=20) as scanner:
        for address in addresses * 2:
            for method in ("GET", "HEAD", "OPTIONS"):
                scanner.request(method, address)


def assert_accessible(page: Page) -> None:
    """In both colours."""
    for colours in ("light", "dark"):
        page.emulate_media(color_scheme=colours)
        assert complaints_of_axe(page) == [], colours


def pass_the_time_to_undo(stack: Stack) -> None:
    """As if two minutes were over: until then an undo keeps the author's mail from being sent."""
    with stack.database() as connection:
        connection.execute("UPDATE tasks SET due_at = now() WHERE kind = 'mail' AND done_at IS NULL")


def test_decided_by_mail_objected_to_and_overturned(
    greenroom: Stack, post_office: MailServer, open_page: OpenPage
) -> None:
    """Scanners fetch every link and nothing happens; each person presses one button; a second moderator answers."""
    ada = enter(open_page(), greenroom, "ada")
    ada.goto(f"{greenroom.url}/desk/account/mail")
    ada.get_by_label("Email").fill(ADA)
    ada.get_by_label("About demo").select_option("at_once")
    ada.get_by_role("button", name="Save").click()
    expect(ada.get_by_label("Email (now a…@e…e.org")).to_be_visible()
    comment = greenroom.post("Please call +44 20 7946 0958 tonight", author_email=AUTHOR).json()["id"]

    notice = letter(post_office, ADA, "waits for you")
    scan(links(notice, greenroom))
    assert decisions_of(greenroom, [comment]) == []
    stranger = open_page()
    stranger.goto(next(link for link in links(notice, greenroom) if "-reject-" in link))
    assert_accessible(stranger)
    stranger.get_by_role("button").click()
    until(stranger, lambda: decisions_of(greenroom, [comment]) == [(comment, "reject", "moderator:ada")])

    pass_the_time_to_undo(greenroom)
    statement = letter(post_office, AUTHOR, "")
    scan(links(statement, greenroom))
    assert len(decisions_of(greenroom, [comment])) == 1
    author = open_page()
    author.goto(next(link for link in links(statement, greenroom) if "/appeals/" in link))
    assert_accessible(author)
    author.get_by_label("Say why").fill("It is the number of the help line.")
    author.get_by_role("button", name="Ask for another look").click()
    expect(author.get_by_role("heading", name="Your objection has arrived")).to_be_visible()

    bob = enter(open_page(), greenroom, "bob")
    bob.goto(f"{greenroom.url}/desk/")
    bob.locator(".row-link").first.click()
    expect(bob.get_by_text("It is the number of the help line.")).to_be_visible()
    bob.get_by_role("button", name="Overturn and publish").click()
    until(bob, lambda: [event for _, event, _ in decisions_of(greenroom, [comment])] == ["reject", "overturn"])
    author.reload()
    expect(author.get_by_text("You were right: the comment is published.")).to_be_visible()
    pass_the_time_to_undo(greenroom)
    letter(post_office, AUTHOR, "is published")
