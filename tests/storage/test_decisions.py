"""A stored status is its last decision, and decisions are never rewritten (promise 5)."""

import random
from dataclasses import replace
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from service.moderation.model import Status
from service.moderation.states import TRANSITIONS, Event, IllegalTransition
from service.runtime import Runtime
from service.storage import decisions
from service.storage.decisions import POLICY, Decision
from tests.conftest import ORIGIN, SET_STATUS, Drain, Rows, Visitor, status_of

BY = ("policy", "moderator:ada", "moderator:bob")


def decide(runtime: Runtime, comment_id: UUID, event: Event, decided_by: str) -> bool:
    """Whether the state machine let this decision be recorded."""
    with runtime.engine.begin() as connection:
        comment = decisions.lock(connection, [comment_id])[comment_id]
        if event is Event.REVISE:
            number = comment.revision + 1
            query = text("INSERT INTO revisions (comment_id, number, body) VALUES (:id, :number, 'Said otherwise.')")
            connection.execute(query, {"id": comment_id, "number": number})
            comment = replace(comment, revision=number)
        undone = decisions.last(connection, [comment_id]).get(comment_id) if event is Event.UNDO else None
        if event is Event.UNDO and (undone is None or not undone.is_by_person or undone.event is Event.UNDO):
            return False
        try:
            decisions.record(connection, [Decision(comment, event, decided_by, "test", ("Because.",), undoes=undone)])
        except IllegalTransition:
            connection.rollback()
            return False
    return True


def test_the_book_is_right_after_any_series_of_events(visitor: Visitor, runtime: Runtime, rows: Rows) -> None:
    """Status, count and version are recomputed from the decisions alone, for every comment of two threads."""
    chance = random.Random(20_261_122)
    ids = [visitor.comment(page_url=f"{ORIGIN}/{n % 2}/", body=f"Number {n}.") for n in range(12)]
    events = [event for event in Event for _ in range(1 if event is Event.ERASE else 8)]

    taken = sum(decide(runtime, chance.choice(ids), chance.choice(events), chance.choice(BY)) for _ in range(400))

    assert taken > 50
    check_the_book(rows)
    assert len({status for _, status in rows("SELECT id, status FROM comments")}) > 2


def check_the_book(rows: Rows) -> None:
    """Recompute what is cached, in SQL of its own."""
    assert (
        rows(
            """
        SELECT c.id, c.status, c.revision, c.shown_revision, last.* FROM comments c
        LEFT JOIN (SELECT DISTINCT ON (comment_id) * FROM decisions ORDER BY comment_id, id DESC) last
            ON last.comment_id = c.id
        WHERE (c.status, c.revision) IS DISTINCT FROM (coalesce(last.status, 'pending'), coalesce(last.revision, 1))
           OR c.shown_revision IS DISTINCT FROM last.shown_revision
        """
        )
        == []
    )
    assert (
        rows(
            """
        SELECT t.id, t.published_count, count(c.id) FROM threads t
        LEFT JOIN comments c ON c.thread_id = t.id AND c.shown_revision IS NOT NULL
        GROUP BY t.id HAVING t.published_count <> count(c.id)
        """
        )
        == []
    )
    arrows = {(arrow.current.value, arrow.event.value, arrow.following.value) for arrow in TRANSITIONS}
    walked = rows(
        """
        SELECT coalesce(lag(status) OVER (PARTITION BY comment_id ORDER BY id), 'pending'), event, status
        FROM decisions ORDER BY comment_id, id
        """
    )
    assert {step for step in walked if step[1] != "undo"} <= arrows
    for (before, event, _), (_, following, back) in pairwise(walked):
        if following == "undo":
            assert back == before
            assert event not in {"undo", "revise", "erase"}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(list(Event)), st.sampled_from(BY)), max_size=12))
def test_one_comment_goes_only_where_the_drawing_goes(
    visitor: Visitor, runtime: Runtime, rows: Rows, events: list[tuple[Event, str]]
) -> None:
    """Every shortest counterexample would be shown."""
    comment_id = visitor.comment()
    for event, decided_by in events:
        decide(runtime, comment_id, event, decided_by)

    check_the_book(rows)


def test_the_policy_never_overturns_anybody(visitor: Visitor, runtime: Runtime, rows: Rows) -> None:
    """Promise 6: what a moderator has decided, no machine decides again."""
    comment_id = visitor.comment()
    decide(runtime, comment_id, Event.REJECT, "moderator:ada")

    for event in (Event.PUBLISH, Event.HOLD, Event.SPAM, Event.REJECT, Event.REMOVE, Event.RESTORE):
        assert not decide(runtime, comment_id, event, POLICY)
    assert status_of(rows, comment_id) == "rejected"


def test_a_batch_with_one_illegal_step_changes_nothing(visitor: Visitor, runtime: Runtime, rows: Rows) -> None:
    """All or nothing: the other comments of the batch are untouched."""
    legal, illegal = visitor.comment(), visitor.comment()
    decide(runtime, illegal, Event.SPAM, POLICY)

    with runtime.engine.begin() as connection:
        locked = decisions.lock(connection, [legal, illegal])
        batch = [
            Decision(locked[c], Event.PUBLISH, POLICY, "passed", ("All checks passed.",)) for c in (legal, illegal)
        ]
        with pytest.raises(IllegalTransition):
            decisions.record(connection, batch)

    assert status_of(rows, legal) == "pending"
    check_the_book(rows)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE decisions SET status = 'published'", "UPDATE decisions SET note = 'x'", "DELETE FROM decisions"],
)
def test_a_decision_can_not_be_rewritten(visitor: Visitor, rows: Rows, drain: Drain, statement: str) -> None:
    """The database itself refuses, whoever asks."""
    visitor.published()
    before = rows("SELECT d::text FROM decisions d")

    with pytest.raises(DBAPIError, match="append-only"):
        rows(statement)
    assert rows("SELECT d::text FROM decisions d") == before


def test_many_at_once_keep_the_count(visitor: Visitor, runtime: Runtime, rows: Rows) -> None:
    """Decisions about one thread from many connections do not lose each other's count, nor block for good."""
    from concurrent.futures import ThreadPoolExecutor

    ids = [visitor.comment(body=f"Number {n}.") for n in range(24)]
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda comment_id: decide(runtime, comment_id, Event.PUBLISH, "moderator:ada"), ids))

    assert all(taken)
    assert rows("SELECT published_count FROM threads") == [(24,)]
    check_the_book(rows)


def test_every_status_is_one_that_the_database_knows(visitor: Visitor, rows: Rows) -> None:
    """The words of the code and those of the schema are the same."""
    comment_id: Any = visitor.comment()
    for status in Status:
        rows(f"{SET_STATUS} WHERE id = :id", status=status.value, id=comment_id)
    with pytest.raises(DBAPIError):
        rows("UPDATE comments SET status = 'approved'")


def test_a_page_takes_comments_and_replies_while_a_decision_about_it_is_under_way(
    visitor: Visitor, runtime: Runtime, rows: Rows
) -> None:
    """Otherwise a batch of comments to two pages and a batch of decisions about them wait for each other in a circle."""
    parent, other = visitor.published(), visitor.comment()

    with runtime.engine.begin() as connection:
        locked = decisions.lock(connection, [parent, other])
        decisions.record(connection, [Decision(locked[other], Event.PUBLISH, "moderator:ada", "test", ("Because.",))])
        arrived = [visitor.comment(), visitor.comment(parent_id=str(parent))]

    assert [status_of(rows, comment_id) for comment_id in arrived] == ["pending", "pending"]
    assert status_of(rows, other) == "published"
