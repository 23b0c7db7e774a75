"""No comment breaks the review queue: whatever its fields hold, it is listed, counted, found, shown and cleared.

A hostile comment that kills the moderators' list, and an item that can't be cleared because of one field, are known
defects of others.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import orjson
import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some

from tests.conftest import PLAIN_CHECKS, Rows, Visitor, status_of

REVIEW = "/api/v1/review/comments"
LogIn = Callable[..., FlaskClient]

NASTY = some.sampled_from([
    "\u202e\u2066\u200f", "<script>alert(1)</script>", "\"'`><img src=x onerror=alert(1)>", "{{7*7}}${7*7}#{7*7}%s%n",
    "]]>--><!--", "\ufeff\ufffe\uffff", "Z\u0321\u0353\u035a" * 60, "👩‍👩‍👧‍👦🏳️‍🌈", "\u2028\u2029\x85", "\x01\x1b[31m\x7f", "javascript:alert(1)",
    "=cmd|' /C calc'!A0", "\\x00\\u0000\\", "ﷺ" * 20, "𒐫" * 20, "a" * 300, " \t\n", "-- ; DROP TABLE comments", ":x :* :name %(x)s",
])  # fmt: skip
ANYTHING = some.lists(
    NASTY | some.text(some.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40), max_size=5
).map("".join)
JSON = some.recursive(
    some.none() | some.booleans() | some.integers(-(2**70), 2**70) | some.floats(allow_nan=False, allow_infinity=False)
    | some.text(some.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=5),
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(some.sampled_from("abc"), inner, max_size=2),
    max_leaves=12,
)  # fmt: skip


@pytest.fixture
def held(visitor: Visitor) -> UUID:
    visitor.drain.checks = PLAIN_CHECKS
    found = visitor.comment(
        body="Please call +44 20 7946 0958 about the harbour festival of next week", page_title="A post"
    )
    visitor.drain()
    return found


def answered(client: FlaskClient, path: str, **query: Any) -> dict[str, Any]:
    answer = client.get(path, query_string=query)
    assert answer.status_code == 200, answer.text[:500]
    found: dict[str, Any] = orjson.loads(answer.data)
    return found


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(name=ANYTHING, website=ANYTHING, title=ANYTHING, url=ANYTHING, body=ANYTHING, detail=ANYTHING, spans=JSON)
@example(name="", website="", title="", url="", body="x", detail="", spans=[[0, 1e400]] and [[0, 10**30]])
@example(name="\u202e", website="http://[", title="]", url="//", body="\ufffe", detail="", spans={"a": [[]]})
def test_whatever_a_comment_holds(  # noqa: PLR0913
    held: UUID,
    log_in: LogIn,
    rows: Rows,
    name: str,
    website: str,
    title: str,
    url: str,
    body: str,
    detail: str,
    spans: Any,
) -> None:
    """Every text comes through as it is, in valid JSON; no link is anything but http; the comment can be cleared."""
    rows("DELETE FROM memberships")
    rows("DELETE FROM sessions")
    rows("UPDATE moderators SET name = 'was ' || id WHERE name = 'ada'")
    rows("UPDATE comments SET author_name = left(:name, 100), author_website = left(:website, 2000), status = 'held', shown_revision = NULL",
         name=name, website=website)  # fmt: skip
    rows("UPDATE threads SET page_title = left(:title, 300), page_url = left(:url, 2000)", title=title, url=url)
    rows("UPDATE revisions SET body = :body, body_html = NULL", body=body or "x")
    rows("UPDATE signals SET detail = :detail, label = left(:detail, 9), spans = CAST(:spans AS jsonb)",
         detail=detail, spans=orjson.dumps(_storable(spans)).decode())  # fmt: skip
    client = log_in(name="ada")

    (item,) = answered(client, REVIEW)["comments"]
    assert (item["body"], item["author_name"], item["page_title"]) == (body or "x", name[:100], title[:300])
    assert answered(client, "/api/v1/review/counts")["total"] == 1
    found = answered(client, f"{REVIEW}/{held}")
    for link in (found["page"]["link"], found["website_link"]):
        assert link is None or link.startswith(("http://", "https://"))
    for signal in found["signals"]:
        assert all(0 <= start < end <= len(item["body"]) for start, end in signal["spans"])
    decided = client.post(
        f"{REVIEW}/{held}/decisions", json={"decision": "spam", "revision": 1, "replaces": item["decision_id"]}
    )
    assert decided.status_code == 201, decided.text
    assert status_of(rows, held) == "spam"


def _storable(value: Any) -> Any:
    """JSON that orjson can write: it knows no whole numbers of more than 64 bits."""
    if isinstance(value, int) and not isinstance(value, bool) and not -(2**63) <= value < 2**63:
        return float(value)
    if isinstance(value, list):
        return [_storable(item) for item in value]
    return {key: _storable(item) for key, item in value.items()} if isinstance(value, dict) else value


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=ANYTHING)
def test_whatever_somebody_searches_for(held: UUID, log_in: LogIn, rows: Rows, text: str) -> None:
    """The answer is a list or a refusal in words."""
    rows("DELETE FROM memberships")
    rows("UPDATE moderators SET name = 'was ' || id WHERE name = 'ada'")
    client = log_in(name="ada")

    answer = client.post("/api/v1/review/search", json={"text": text})
    assert answer.status_code == (200 if len(text) <= 300 else 422), answer.text[:500]
    assert client.get(REVIEW, query_string={"text": text}).status_code in {200, 422}
