"""The outbox at the desk: owners see what is told to whom, masked; links only their addressee."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from service.runtime import Runtime
from service.web.api.mails import masked
from tests.conftest import PLAIN_CHECKS, Rows, Visitor, add_site

MAILS = "/api/v1/review/mails"
LogIn = Callable[..., FlaskClient]


@pytest.fixture
def mail_id(visitor: Visitor, bearer: Callable[..., dict[str, str]], rows: Rows) -> int:
    """The statement about a comment that was rejected."""
    visitor.drain.checks = PLAIN_CHECKS
    comment_id = visitor.comment(body="Please call +44 20 7946 0958 tonight", author_email="ann.hidden@example.org")
    visitor.drain()
    reject(visitor, comment_id, bearer("moderator"))
    ((found,),) = rows("SELECT id FROM mails")
    return int(found)


def reject(visitor: Visitor, comment_id: UUID, token: dict[str, str]) -> None:
    sent = {"decision": "reject", "revision": 1, "reason": "off_topic"}
    url = f"/api/v1/review/comments/{comment_id}/decisions"
    assert visitor.client.post(url, json=sent, headers=token).status_code == 201


def test_an_owner_sees_what_is_told(log_in: LogIn, mail_id: int) -> None:
    """The address masked, the text as it goes out."""
    owner = log_in("owner")
    (listed,) = owner.get(f"{MAILS}?site=blog").get_json()["mails"]
    shown: dict[str, Any] = owner.get(f"{MAILS}/{mail_id}").get_json()

    assert (listed["id"], listed["kind"], listed["state"], listed["site"]) == (mail_id, "statement", "waiting", "blog")
    assert shown["mail"] == listed
    assert shown["to"] == "a…@example.org"
    assert "off topic" in shown["text"]
    assert "ann.hidden" not in str(shown)


def test_the_pages_say_the_same(log_in: LogIn, mail_id: int) -> None:
    """And the menu leads there."""
    owner = log_in("owner")
    index, letter = owner.get("/desk/mails/"), owner.get(f"/desk/mails/{mail_id}")

    assert "Statement of reasons" in index.text
    assert 'href="/desk/mails/" aria-current="page"' in index.text
    assert "off topic" in letter.text
    assert "a…@example.org" in letter.text
    assert letter.headers["Cache-Control"] == "no-store"
    for page in (index, letter):
        assert "ann.hidden" not in page.text
    assert "no such mails" in owner.get("/desk/mails/?state=sent&site=").text


def test_nobody_else_sees_it(log_in: LogIn, mail_id: int, runtime: Runtime) -> None:
    """Neither who decides here nor who owns another site."""
    other = add_site(runtime, "other", "https://other.example.com")
    moderator, stranger = log_in("moderator"), log_in("owner", of=other, name="eve")

    for path in (MAILS, f"{MAILS}/{mail_id}", "/desk/mails/", f"/desk/mails/{mail_id}"):
        assert moderator.get(path).status_code == 403
    assert stranger.get(MAILS).get_json() == {"mails": [], "next_cursor": None}
    assert stranger.get(f"{MAILS}/{mail_id}").status_code == 404
    assert stranger.get(f"/desk/mails/{mail_id}").status_code == 404
    assert stranger.get(f"{MAILS}?site=blog").status_code == 403


def test_older_mails_are_on_the_next_page(
    log_in: LogIn, mail_id: int, visitor: Visitor, bearer: Callable[..., dict[str, str]]
) -> None:
    """The newest first."""
    later = visitor.comment(body="Please call +44 20 7946 0958 in the morning or later", author_email="ben@example.org")
    visitor.drain()
    reject(visitor, later, bearer("moderator"))
    owner = log_in("owner")
    first = owner.get(f"{MAILS}?limit=1").get_json()
    second = owner.get(f"{MAILS}?limit=1&cursor={first['next_cursor']}").get_json()

    assert first["mails"][0]["comment_id"] == str(later)
    assert [mail["id"] for mail in second["mails"]] == [mail_id]
    assert second["next_cursor"] is None


@pytest.mark.parametrize("mail_id", ["0", "1", str(2**63), "9" * 30])
def test_a_mail_that_is_not_there_is_not_found(log_in: LogIn, mail_id: str) -> None:
    """Whatever the number."""
    assert log_in("owner").get(f"{MAILS}/{mail_id}").status_code == 404


def test_addresses_are_masked() -> None:
    """A letter to tell them apart, the host, and no more."""
    assert masked("ann@example.org") == "a…@example.org"
    assert masked("ü@x.example") == "ü…@x.example"
