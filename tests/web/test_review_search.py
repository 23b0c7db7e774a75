"""Searching and counting the review queue; an e-mail address finds its author, never from a URL."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from service.runtime import Runtime
from service.storage.sites import Site
from tests.conftest import PLAIN_CHECKS, Rows, Visitor, add_site

SEARCH = "/api/v1/review/search"
COUNTS = "/api/v1/review/counts"
LogIn = Callable[..., FlaskClient]


@pytest.fixture
def held(visitor: Visitor) -> list[UUID]:
    """Two comments that wait, by two authors; one mentions the other's address."""
    visitor.drain.checks = PLAIN_CHECKS
    found = [
        visitor.comment(body="Please call +44 20 7946 0950 tonight", author_email="Zoe@example.org"),
        visitor.comment(body="Mail me: zoe@example.org", author_name="Ben", author_email="ben@example.org"),
    ]
    visitor.drain()
    return found


def searched(client: FlaskClient, **body: Any) -> list[str]:
    answer = client.post(SEARCH, json=body)
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.get_json()["comments"]]


def test_words_are_found_either_way(log_in: LogIn, held: list[UUID]) -> None:
    """As a body and as a query, with the filters of the list, page by page."""
    client = log_in("viewer")

    assert searched(client, text="tonight") == [str(held[0])]
    assert searched(client, text="tonight", label="spam") == []
    assert searched(client) == [str(one) for one in held]
    assert client.get("/api/v1/review/comments?text=ben+mail").get_json()["comments"][0]["id"] == str(held[1])
    first = client.post(SEARCH, json={"limit": 1}).get_json()
    assert searched(client, cursor=first["next_cursor"]) == [str(held[1])]


@pytest.mark.parametrize("address", ["zoe@example.org", "ZOE@example.org", "  zoe@example.org "])
def test_an_address_finds_its_author(log_in: LogIn, held: list[UUID], address: str) -> None:
    """Exactly who wrote with it, not who mentions it; no answer repeats it."""
    client = log_in("moderator")

    assert searched(client, text=address) == [str(held[0])]
    assert searched(client, text="nobody@example.org") == []
    assert "zoe@" not in client.post(SEARCH, json={"text": "tonight"}).text.lower()


def test_only_moderators_search_by_address(log_in: LogIn, held: list[UUID], runtime: Runtime, rows: Rows) -> None:
    """And only on the sites where they are one."""
    assert log_in("viewer", name="eve").post(SEARCH, json={"text": "zoe@example.org"}).status_code == 403
    client = log_in("viewer", name="ada")
    other = add_site(runtime, "other", "https://other.example.com")
    rows("INSERT INTO memberships SELECT :id, id, 'owner' FROM moderators WHERE name = 'ada'", id=other.id)

    assert searched(client, text="zoe@example.org") == []
    assert searched(client, text="zoe") == [str(held[1])]
    assert client.post(SEARCH, json={"text": "zoe@example.org", "site": "blog"}).status_code == 403


@pytest.mark.parametrize("path", ["/api/v1/review/comments", COUNTS])
def test_an_address_is_never_looked_for_by_url(log_in: LogIn, held: list[UUID], path: str) -> None:
    """Addresses of pages end up in logs and histories."""
    answer = log_in("owner").get(path, query_string={"text": "from zoe@example.org"})

    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["code"] == "email_in_url"
    assert "zoe" not in answer.text


def test_searching_from_elsewhere_is_refused(log_in: LogIn, held: list[UUID]) -> None:
    """A page of somebody else can't use the cookie, though a search changes nothing."""
    answer = log_in().post(SEARCH, json={"text": "tonight"}, headers={"Origin": "https://example.org"})

    assert answer.status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        {"text": "x" * 301}, {"text": "a\0b"}, {"text": "\ud800"}, {"text": 7}, {"limit": "5"}, {"limit": True},
        {"min_score": "0.5"}, {"min_score": 1.5}, {"thread": 1.5}, {"thread": 2**63}, {"older_than": 5},
        {"older_than": "5"}, {"newer_than": "2026-01-01"}, {"newer_than": "2026-01-01T00:00:00"}, {"site": 1},
        {"what": "ever"}, {"cursor": "x"}, {"status": "erased"},
    ],
)  # fmt: skip
def test_what_can_not_be_searched_for_is_refused(log_in: LogIn, body: dict[str, Any]) -> None:
    """By name, never with a 500."""
    answer = log_in().post(SEARCH, json=body)

    assert answer.status_code == 422, answer.text
    assert answer.get_json()["errors"][0]["pointer"] == f"/{next(iter(body))}"


@pytest.mark.parametrize("raw", ['{"min_score": NaN}', '{"min_score": 1e400}', '{"limit": 1e400}', "[]", "{"])
def test_what_is_no_number_is_refused(log_in: LogIn, raw: str) -> None:
    """Neither NaN nor infinity."""
    assert log_in().post(SEARCH, data=raw, content_type="application/json").status_code in {400, 422}


class TestCounts:
    """How much waits."""

    def test_by_site_reason_label_and_rank(self, log_in: LogIn, held: list[UUID], rows: Rows, runtime: Runtime) -> None:
        """The numbers are those of the list with the same filters; nothing of another's site is in them."""
        other = add_site(runtime, "other", "https://other.example.com")
        rows("UPDATE comments SET site_id = :site_id, rank = 9 WHERE id = :id", site_id=other.id, id=held[1])
        client = log_in("viewer", name="root", is_admin=True)

        assert client.get(COUNTS).get_json() == {
            "total": 2, "by_site": {"blog": 1, "other": 1}, "by_reason": {"personal_data": 2},
            "by_label": {"personal_data": 2}, "by_rank": {"0": 1, "9": 1},
        }  # fmt: skip
        assert client.get(f"{COUNTS}?text=tonight").get_json()["by_site"] == {"blog": 1}
        assert log_in("viewer", name="eve").get(COUNTS).get_json()["by_site"] == {"blog": 1}
        assert client.get(f"{COUNTS}?reason=nothing").get_json() == {
            "total": 0, "by_site": {}, "by_reason": {}, "by_label": {}, "by_rank": {},
        }  # fmt: skip

    def test_a_label_counts_a_comment_once(self, log_in: LogIn, held: list[UUID], rows: Rows) -> None:
        """However many signals of it there are, and only those of the present text."""
        rows("INSERT INTO signals (comment_id, revision, check_name, label, score, detail)"
             " SELECT id, 1, 'x', label, 0.5, '' FROM comments, unnest(ARRAY['spam', 'spam', 'crisis']) label")  # fmt: skip
        rows("INSERT INTO revisions (comment_id, number, body) VALUES (:id, 2, 'New.')", id=held[0])
        rows("UPDATE comments SET revision = 2 WHERE id = :id", id=held[0])

        assert log_in().get(COUNTS).get_json()["by_label"] == {"crisis": 1, "personal_data": 1, "spam": 1}


def test_a_site_of_another_is_refused_everywhere(log_in: LogIn, runtime: Runtime, site: Site) -> None:
    """List, counts and search alike."""
    client = log_in("owner", of=add_site(runtime, "other", "https://other.example.com"))

    assert client.get(f"{COUNTS}?site=blog").status_code == 403
    assert client.post(SEARCH, json={"site": "blog"}).status_code == 403
