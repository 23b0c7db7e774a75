"""Insights: the figures are those of the decisions, of one's own sites and period only."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from service.runtime import Runtime
from service.web.console import charts
from tests.conftest import ORIGIN, PLAIN_CHECKS, Rows, Visitor, add_site, typed

INSIGHTS = "/api/v1/review/insights"
PHONE = "Please call +44 20 7946 09{:02} tonight"
LogIn = Callable[..., FlaskClient]


@pytest.fixture
def held(visitor: Visitor) -> list[UUID]:
    """Six comments that wait because of a phone number; two more were published by the machine."""
    visitor.drain.checks = PLAIN_CHECKS
    found = [visitor.comment(body=PHONE.format(number), author_email=f"a{number}@example.org") for number in range(6)]
    for number in range(2):
        visitor.comment(body=f"A calm thought, number {number}.", author_email=f"b{number}@example.org")
    visitor.drain()
    return found


def decide(client: FlaskClient, comment_id: UUID, decision: str, reason: str | None = None) -> int:
    sent = {"decision": decision, "revision": 1, **({"reason": reason} if reason else {})}
    answer = client.post(f"/api/v1/review/comments/{comment_id}/decisions", json=sent)
    assert answer.status_code == 201, answer.text
    found: int = answer.get_json()["decision_id"]
    return found


def look(client: FlaskClient, **query: Any) -> dict[str, Any]:
    answer = client.get(INSIGHTS, query_string=query)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def long_ago(rows: Rows, decision_id: int, **interval: str) -> None:
    """Move a decision into the past, past the trigger that keeps history as it is."""
    ((name, span),) = interval.items()
    rows(
        "SET LOCAL session_replication_role = replica; UPDATE decisions SET decided_at = decided_at"
        f" - interval '{span} {name}' WHERE id = {decision_id}"
    )


def test_the_figures_are_those_of_the_decisions(log_in: LogIn, held: list[UUID], rows: Rows) -> None:
    """What waits, who decided, for which reasons, the machine's share, and where people saw it otherwise."""
    ada, ben = log_in("owner", name="ada"), log_in("moderator", name="ben")
    for comment_id, decision in zip(held, ("publish", "publish", "publish", "spam"), strict=False):
        decide(ben if decision == "spam" else ada, comment_id, decision)
    ((machines,),) = rows(
        "SELECT comment_id FROM decisions WHERE decided_by = 'policy' AND status = 'published' LIMIT 1"
    )
    decide(ada, machines, "remove")
    found = look(ada, site="blog")

    assert found["backlog"]["waiting"] == 2
    assert found["backlog"]["under_an_hour"] == 2
    assert found["waited"]["decided"] == 4
    assert 0 <= found["waited"]["median_s"] <= found["waited"]["p90_s"] < 600
    assert found["shares"] == {
        "by_machine": 2, "by_people": 4, "machine_share": 2 / 6, "taken_down_later": 1, "let_through_later": 0,
    }  # fmt: skip
    assert found["by_moderator"] == [{"name": "moderator:ada", "count": 4}, {"name": "moderator:ben", "count": 1}]
    assert sum(item["count"] for item in found["by_reason"]) == 5
    assert {"check": "personal_data", "decided": 4, "published": 3} in found["by_check"]
    assert sum(day["by_people"] for day in found["by_day"]) == 5
    assert len(found["by_day"]) == 30


def test_what_was_taken_back_does_not_count_as_decided(log_in: LogIn, held: list[UUID]) -> None:
    """An undone decision overturned nothing."""
    ada = log_in("owner", name="ada")
    decision_id = decide(ada, held[0], "publish")
    undone = ada.post(f"/api/v1/review/comments/{held[0]}/undo", json={"decision_id": decision_id})
    assert undone.status_code in {200, 201}, undone.text

    found = look(ada, site="blog")
    assert found["waited"] == {"decided": 0, "median_s": None, "p90_s": None}
    assert found["by_check"] == []
    assert found["by_moderator"] == []
    assert sum(day["by_people"] for day in found["by_day"]) == 0
    assert found["backlog"]["waiting"] == 6


def test_times_are_median_and_ninetieth_percentile(log_in: LogIn, held: list[UUID], rows: Rows) -> None:
    """Of the time between the hold and the person."""
    ada = log_in("owner", name="ada")
    for comment_id, seconds in zip(held, (10, 20, 30, 40, 1000), strict=False):
        decide(ada, comment_id, "publish")
        ((hold_id,),) = rows("SELECT id FROM decisions WHERE comment_id = :id AND decided_by = 'policy'", id=comment_id)
        long_ago(rows, hold_id, seconds=str(seconds))
    waited = look(ada, site="blog")["waited"]

    assert waited["decided"] == 5
    assert 30 <= waited["median_s"] < 40
    assert 616 <= waited["p90_s"] < 660


def test_only_the_period_counts(log_in: LogIn, held: list[UUID], rows: Rows) -> None:
    """Eight days ago is no part of the last seven."""
    ada = log_in("owner", name="ada")
    old, new = decide(ada, held[0], "publish"), decide(ada, held[1], "publish")
    long_ago(rows, old, days="8")

    assert new
    assert look(ada, site="blog", days=7)["by_moderator"] == [{"name": "moderator:ada", "count": 1}]
    assert look(ada, site="blog", days=30)["by_moderator"] == [{"name": "moderator:ada", "count": 2}]
    assert len(look(ada, site="blog", days=7)["by_day"]) == 7


def test_only_owners_see_how_much_others_decided(log_in: LogIn, held: list[UUID]) -> None:
    """A moderator sees the own figure, and that of no colleague."""
    ada, ben, eve = log_in("owner", name="ada"), log_in("moderator", name="ben"), log_in("viewer", name="eve")
    decide(ada, held[0], "publish")
    decide(ben, held[1], "publish")

    assert len(look(ada)["by_moderator"]) == 2
    assert look(ben)["by_moderator"] == [{"name": "moderator:ben", "count": 1}]
    assert look(eve)["by_moderator"] == []
    assert ">ada<" in ada.get("/desk/insights").text
    assert ">ada<" not in ben.get("/desk/insights").text


def test_other_sites_are_not_counted(log_in: LogIn, held: list[UUID], runtime: Runtime, visitor: Visitor) -> None:
    """Neither in the sum of all of one's own, nor by asking for them."""
    other = add_site(runtime, "other", "https://other.example.com")
    eve = log_in("owner", name="eve", of=other)

    assert look(eve)["backlog"]["waiting"] == 0
    assert eve.get(INSIGHTS, query_string={"site": "blog"}).status_code == 403
    assert eve.get("/desk/insights?site=blog").status_code == 404
    admin = log_in("viewer", name="root", of=other, is_admin=True)
    assert look(admin)["backlog"]["waiting"] == 6
    assert typed(page_url=ORIGIN)


def test_the_page_draws_every_figure_and_says_it_as_well(log_in: LogIn, held: list[UUID]) -> None:
    """No mark without a number in a table, no style in the page; also when there is nothing to draw."""
    ada = log_in("owner", name="ada")
    empty = ada.get("/desk/insights?days=7")
    assert empty.status_code == 200
    decide(ada, held[0], "publish")
    page = ada.get("/desk/insights?days=7").text

    assert page.count('<rect class="people"') == 7
    assert len(re.findall(r"<tr><th scope=\"row\">\d+ \w+ \d{4}</th>", page)) == 7
    assert "personal data" in page and "1 (100 %)" in page
    assert "style=" not in page and "<style" not in page


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 s"), (59.4, "59 s"), (61, "1 min 1 s"), (3600, "1 h"), (90_061, "1 d 1 h"), (86_400 * 400, "400 d")],
)
def test_spans_are_said_in_two_units(seconds: float, said: str) -> None:
    """As people say them."""
    assert charts.duration(seconds) == said
