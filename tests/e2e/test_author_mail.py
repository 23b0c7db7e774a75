"""An author's mail in a browser: replies asked for, confirmed, told, ended; an address proven; everything taken along."""

import json
import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESKTOP, HEIGHT, PHONE, OpenPage
from tests.e2e.test_every_page import complaints_of_axe
from tests.mail_server import MailServer, mail_server
from tests.stack import Stack, wait_until

pytestmark = pytest.mark.xdist_group("pages")

ANN, BEN = "ann@example.org", "ben@example.org"
PATIENCE_S = 60


@pytest.fixture(scope="module")
def post_office() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture(scope="module")
def greenroom(post_office: MailServer) -> Iterator[Stack]:
    """One that sends its mail to the post office."""
    own = {
        "GREENROOM_SMTP_URL": post_office.url, "GREENROOM_MAIL_FROM": "desk@example.net",
        "GREENROOM_SWEEP_SECONDS": "0.5",
    }  # fmt: skip
    with Stack(env=own) as stack:
        yield stack


def write(stack: Stack, body: str, **fields: Any) -> dict[str, str]:
    """A comment that readers see."""
    sent = {"page_url": f"{stack.url}/demo/", "author_name": "Ann", "author_email": ANN, "body": body, **fields}
    answer = httpx.post(f"{stack.url}/api/v1/sites/demo/comments", json=sent, headers={"Origin": stack.url}, timeout=20)
    assert answer.status_code == 202, answer.text
    accepted: dict[str, str] = answer.json()

    def status() -> Any:
        key = {"Authorization": f"Bearer {accepted['author_token']}"}
        return httpx.get(accepted["status_url"], headers=key, timeout=20).json()["status"]

    wait_until(lambda: status() == "published", PATIENCE_S, lambda: f"it is {status()}")
    return accepted


def next_mail(post_office: MailServer, to: str, about: str, *, after: int = 0) -> EmailMessage:
    """The mail to this address whose subject says this, once it has come."""

    def found() -> list[EmailMessage]:
        return [mail for mail in post_office.messages[after:] if mail["To"] == to and about in mail["Subject"]]

    wait_until(lambda: bool(found()), PATIENCE_S, lambda: f"only {[m['Subject'] for m in post_office.messages]}")
    return found()[0]


def link(mail: EmailMessage, stack: Stack, page: str) -> str:
    (found,) = re.findall(rf"{re.escape(stack.url)}/{page}/\S+", mail.get_content())
    return str(found)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def test_replies_are_asked_for_confirmed_told_and_ended(
    greenroom: Stack, post_office: MailServer, open_page: OpenPage
) -> None:
    """Nothing before the address has said yes, nothing after one click; the pages need no script."""
    page = open_page(javascript=False)
    comment = write(greenroom, "I have been sober for three years.", notify=True)
    question = next_mail(post_office, ANN, "mail about replies")
    write(greenroom, "That is good to hear, Ann.", author_email=BEN, parent_id=comment["id"])
    page.goto(link(question, greenroom, "replies"))
    expect(page.get_by_text("I have been sober for three years.")).to_be_visible()
    press(page, "Yes, send me mail")
    expect(page.get_by_text("You get a mail when somebody replies.")).to_be_visible()
    assert [mail["Subject"] for mail in post_office.messages if "A reply" in mail["Subject"]] == []

    write(greenroom, "How did you do it?", author_name="Ben", author_email=BEN, parent_id=comment["id"])
    told = next_mail(post_office, ANN, "A reply to your comment")
    assert "> How did you do it?" in told.get_content()
    page.goto(link(told, greenroom, "unsubscribe"))
    expect(page.get_by_role("button", name="No more mail about this comment")).to_be_visible()
    one_click = httpx.post(told["List-Unsubscribe"].strip("<>"), data={"List-Unsubscribe": "One-Click"}, timeout=20)
    assert one_click.status_code == 200
    page.reload()
    expect(page.get_by_text("Done: no more mail comes about replies to this comment.")).to_be_visible()

    before = len(post_office.messages)
    write(greenroom, "Which group did you go to?", author_email=BEN, parent_id=comment["id"])
    # Whatever is asked for later comes later: when this one is here, the other would have been.
    httpx.post(
        f"{greenroom.url}/api/v1/sites/demo/authors/link", json={"email": BEN}, headers={"Origin": greenroom.url}
    ).raise_for_status()
    next_mail(post_office, BEN, "Your comments", after=before)
    assert [mail["To"] for mail in post_office.messages[before:]] == [BEN]


def test_an_address_is_proven_once(greenroom: Stack, post_office: MailServer, open_page: OpenPage) -> None:
    """The browser that asked is known then; the page says whose comment it is about."""
    before = len(post_office.messages)
    comment = write(greenroom, "It was hard in the beginning.", author_email="cleo@example.org", author_name="Cleo")
    key = {"Authorization": f"Bearer {comment['author_token']}"}
    proof = httpx.post(f"{greenroom.url}/api/v1/comments/{comment['id']}/proof", headers=key, timeout=20).json()[
        "proof"
    ]
    mail = next_mail(post_office, "cleo@example.org", "Is this address yours?", after=before)
    page = open_page()
    page.goto(link(mail, greenroom, "proofs"))
    expect(page.get_by_text("It was hard in the beginning.")).to_be_visible()
    expect(page.get_by_text("Cleo")).to_be_visible()
    press(page, "Yes, I wrote it")
    expect(page.get_by_text("Confirmed.")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)

    known = write(greenroom, "Later it was not.", author_email="cleo@example.org", proof=proof)
    typed = write(greenroom, "I am Cleo, says somebody.", author_email="cleo@example.org")
    with greenroom.database() as database:
        rows = database.execute(
            "SELECT is_proven FROM comments WHERE id = ANY(%s) ORDER BY id", [[known["id"], typed["id"]]]
        ).fetchall()
    assert rows == [(True,), (False,)]


def test_everything_is_seen_taken_along_and_erased(
    greenroom: Stack, post_office: MailServer, open_page: OpenPage, tmp_path: Path
) -> None:
    """From the form to the last button, without JavaScript; an answer stays, below nobody's name."""
    before = len(post_office.messages)
    written = write(greenroom, "About my brother.", author_email="dora@example.org", author_name="Dora", notify=True)
    write(greenroom, "All the best to him.", author_email=BEN, parent_id=written["id"])
    page = open_page(javascript=False, accept_downloads=True)
    page.goto(f"{greenroom.url}/authors/demo")
    page.get_by_label("Email").fill("dora@example.org")
    press(page, "Send me the link")
    expect(page.get_by_text("a mail is on its way")).to_be_visible()
    mail = next_mail(post_office, "dora@example.org", "Your comments", after=before)
    page.goto(link(mail, greenroom, "my-comments"))
    expect(page.get_by_text("About my brother.")).to_be_visible()
    with page.expect_download() as started:
        press(page, "Download as JSON")
    started.value.save_as(tmp_path / "mine.json")
    found = json.loads((tmp_path / "mine.json").read_text())
    assert found["email"] == "dora@example.org"
    assert [comment["revisions"][0]["body"] for comment in found["comments"]] == ["About my brother."]

    press(page, "Erase all …")
    expect(page.get_by_role("heading", name="Erase everything that you wrote on Demo?")).to_be_visible()
    press(page, "Yes, erase all")
    expect(page.get_by_role("heading", name="Everything is erased")).to_be_visible()
    listed = httpx.get(
        f"{greenroom.url}/api/v1/sites/demo/comments", params={"page_url": f"{greenroom.url}/demo/"}, timeout=20
    ).json()["comments"]
    assert [one["author_name"] for one in listed if one["id"] == written["id"]] == [""]
    assert "All the best to him." in [one["body_text"] for one in listed]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_pages_are_for_everybody(
    greenroom: Stack, post_office: MailServer, open_page: OpenPage, dark: bool
) -> None:
    """Axe-core finds nothing in either colours, they fit a phone and a desk, also from right to left; no script at all."""
    before, address = len(post_office.messages), f"eve-{dark}@example.org".lower()
    comment = write(greenroom, "A thought\nin two lines.", author_email=address, notify=True, lang="ar")
    httpx.post(
        f"{greenroom.url}/api/v1/comments/{comment['id']}/proof",
        headers={"Authorization": f"Bearer {comment['author_token']}"}, timeout=20,
    ).raise_for_status()  # fmt: skip
    httpx.post(
        f"{greenroom.url}/api/v1/sites/demo/authors/link", json={"email": address}, headers={"Origin": greenroom.url}
    ).raise_for_status()
    wait_until(lambda: len(post_office.messages) >= before + 3, PATIENCE_S)
    text = "\n".join(mail.get_content() for mail in post_office.messages[before:])
    addresses = sorted(set(re.findall(rf"{re.escape(greenroom.url)}/\S+-\S+", text)))
    assert {one.split("/")[3] for one in addresses} == {"replies", "unsubscribe", "proofs", "my-comments"}
    page = open_page(dark=dark)
    for one in [*addresses, f"{greenroom.url}/authors/demo", f"{greenroom.url}/replies/1-x"]:
        page.goto(one)
        assert page.locator("script").count() == 0
        assert page.locator("h1").count() == 1
        assert complaints_of_axe(page) == [], one
        for width in (PHONE, DESKTOP):
            page.set_viewport_size({"width": width, "height": HEIGHT})
            assert page.evaluate("document.documentElement.scrollWidth") == width, one
