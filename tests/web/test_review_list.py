"""The review queue over the API: all of a moderator's sites, filtered, and nothing that can break it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from service.runtime import Runtime
from service.storage.sites import Site
from tests.conftest import PLAIN_CHECKS, Rows, Visitor, add_site

REVIEW = "/api/v1/review/comments"
LogIn = Callable[..., FlaskClient]


@pytest.fixture
def other(runtime: Runtime) -> Site:
    return add_site(runtime, "other", "https://other.example.com")


@pytest.fixture
def held(visitor: Visitor, other: Site, rows: Rows) -> dict[str, UUID]:
    """A comment that waits on each of two sites."""
    visitor.drain.checks = PLAIN_CHECKS
    first, second = (visitor.comment(body=f"Please call +44 20 7946 095{n} tonight") for n in range(2))
    visitor.drain()
    rows("UPDATE comments SET site_id = :site_id WHERE id = :id", site_id=other.id, id=second)
    return {"blog": first, "other": second}


def listed(client: FlaskClient, **query: Any) -> list[str]:
    answer = client.get(REVIEW, query_string=query)
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.get_json()["comments"]]


def test_one_list_over_all_sites(log_in: LogIn, held: dict[str, UUID], other: Site, rows: Rows) -> None:
    """Whoever has a role on both sees both; whoever has one sees that; naming a site narrows it down."""
    both, one = log_in("moderator", name="ada"), log_in("viewer", name="eve", of=other)
    rows("INSERT INTO memberships SELECT :site_id, id, 'viewer' FROM moderators WHERE name = 'ada'", site_id=other.id)

    assert listed(both) == [str(held["blog"]), str(held["other"])]
    assert listed(both, site="other") == listed(one) == [str(held["other"])]
    assert one.get(f"{REVIEW}?site=blog").status_code == 403


def test_an_item_says_what_to_filter_by(log_in: LogIn, held: dict[str, UUID]) -> None:
    """Its own site, page, author, labels, language and reason lead to it."""
    client = log_in()
    (item,) = client.get(REVIEW).get_json()["comments"]
    query = {
        "site": item["site"], "thread": item["thread_id"], "author": item["author_id"], "label": item["labels"][0],
        "language": item["language"], "reason": item["reason_code"], "status": item["status"],
    }  # fmt: skip

    for name, value in query.items():
        assert listed(client, **{name: value}) == [str(held["blog"])], name
    assert listed(client, **query) == [str(held["blog"])]
    for name, value in {"thread": 2**62, "author": 2**62, "label": "crisis", "language": "de", "reason": "x"}.items():
        assert listed(client, **{name: value}) == [], name


def test_the_order_is_explained(log_in: LogIn, held: dict[str, UUID], rows: Rows) -> None:
    """Every rank that an item may have has a name and a meaning, the highest first."""
    rows("UPDATE comments SET rank = 8")

    page = log_in().get(REVIEW).get_json()
    ranks = [step["rank"] for step in page["order"]["ranks"]]
    assert ranks == sorted(ranks, reverse=True)
    assert page["comments"][0]["rank"] in ranks
    assert [step["name"] for step in page["order"]["ranks"]][:2] == ["crisis", "threat"]


def test_one_step_of_the_order_is_listed_and_counted(log_in: LogIn, held: dict[str, UUID], rows: Rows) -> None:
    """By the names that the answer explains."""
    rows(
        "UPDATE comments SET rank = 5, site_id = (SELECT id FROM sites WHERE key = 'blog') WHERE id = :id",
        id=held["other"],
    )
    client = log_in()
    names = [step["name"] for step in client.get(REVIEW).get_json()["order"]["ranks"]]

    assert {name: listed(client, waiting_for=name) for name in names} == {
        "crisis": [], "threat": [], "escalated": [], "report": [str(held["other"])], "appeal": [],
        "rest": [str(held["blog"])],
    }  # fmt: skip
    counted = client.get("/api/v1/review/counts?waiting_for=report").get_json()
    assert (counted["total"], counted["by_rank"]) == (1, {"5": 1})


@pytest.mark.parametrize(
    "query",
    [
        "waiting_for=4", "waiting_for=", "min_score=NaN", "min_score=nan", "min_score=inf", "max_score=-inf", "max_score=1.01", "min_score=1e400",
        "min_score=-1e-300", "min_score=", "min_score=0x1", "thread=0", "thread=-1", "thread=9223372036854775808",
        "thread=1e3", "thread=" + "9" * 4000, "author=x", "author=\u0661", "reason=A", "reason=a%00", "reason=%00",
        "label=a%00b", "label=" + "a" * 60, "language=EN", "language=e%00", "language=xxxx", "older_than=yesterday",
        "older_than=2026-01-01T00:00:00", "older_than=2026-13-01T00:00:00Z", "older_than=10000-01-01T00:00:00Z",
        "older_than=%00", "newer_than=1e400", "newer_than=99999999999999999999", "site=%00", "site=" + "a" * 64,
        "cursor=9.00000000-0000-0000-0000-00000000000", "cursor=10.00000000-0000-0000-0000-000000000000",
        "cursor=9.{00000000-0000-0000-0000-000000000000}", "cursor=9.00000000000000000000000000000000",
        "cursor=-1.00000000-0000-0000-0000-000000000000", "cursor=9.00000000-0000-0000-0000-00000000000\u0661",
        "cursor=9.00000000-0000-0000-0000-000000000000%0a", "cursor=%00", "limit=0", "limit=101", "limit=1.5",
        "status=erased", "status=%00", "text=x\udcff", "what=ever", "limit=1&limit=2",
    ],
)  # fmt: skip
def test_what_can_not_be_asked_is_refused(log_in: LogIn, query: str) -> None:
    """In words, and never with a 500."""
    raw = query.encode("utf-8", "surrogateescape")
    answer = log_in().get(REVIEW, query_string=raw.decode("latin-1"))

    assert answer.status_code in {400, 422}, answer.text
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize(
    "query",
    [
        "min_score=1e-58", "min_score=5e-324&max_score=1", "max_score=0", "min_score=-0.0", "min_score=1",
        "thread=9223372036854775807", "older_than=0001-01-01T00:00:00%2B14:00", "older_than=9999-12-31T23:59:59-14:00",
        "newer_than=0001-01-01T00:00:00Z", "newer_than=9999-12-31T23:59:59.999999-23:59",
        "cursor=0.ffffffff-ffff-ffff-ffff-ffffffffffff", "cursor=9.00000000-0000-0000-0000-000000000000",
    ],
)  # fmt: skip
def test_what_is_odd_but_clear_is_answered(log_in: LogIn, held: dict[str, UUID], query: str) -> None:
    """Numbers of nearly nothing and the ends of time."""
    assert log_in().get(f"{REVIEW}?{query}").status_code == 200
