"""A dry run is bounded: in time, in what it lists, and in what it may do."""

from dataclasses import replace
from itertools import count
from time import perf_counter, process_time
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from service.moderation.model import Policy
from service.moderation.policy import policy_from_settings
from service.runtime import Runtime
from service.storage import past_comments
from service.storage.sites import Site
from service.usecases.dry_run import MOST_COMMENTS, MOST_LISTED, dry_run
from tests.conftest import Rows

WORDS = "I wrote down what I learnt in all those years about gardens, birds and the weather in the hills. "


@pytest.fixture
def crowded(rows: Rows, site: Site) -> Site:
    """A site with more comments than a dry run looks at: published ones, some by a moderator, and 50 held."""
    rows(
        "INSERT INTO threads (site_id, page_key, page_url) VALUES (:id, decode(md5('x'), 'hex'), 'https://example.org/')",
        id=site.id,
    )  # noqa: E501
    rows(
        """
        WITH numbers AS (SELECT n, CAST('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0') AS uuid) AS id
                         FROM generate_series(1, 2500) n),
        inserted AS (
            INSERT INTO comments (id, site_id, thread_id, author_name, status, shown_revision, created_at)
            SELECT id, :site_id, (SELECT id FROM threads), 'Ann', CASE WHEN n % 50 = 0 THEN 'held' ELSE 'published' END,
                   CASE WHEN n % 50 <> 0 THEN 1 END, now() - (2500 - n) * interval '1 minute'
            FROM numbers
        ), revised AS (
            INSERT INTO revisions (comment_id, number, body)
            SELECT id, 1, CAST(:words AS text) || CASE WHEN n % 100 = 7 THEN 'casino' ELSE 'number ' || n END FROM numbers
        ), said AS (
            INSERT INTO signals (comment_id, revision, check_name, label, score, detail)
            SELECT id, 1, 'reading', 'spam', CASE WHEN n % 50 = 0 THEN 0.7 ELSE 0.2 END, 'Reads like spam.' FROM numbers
        )
        INSERT INTO decisions (comment_id, site_id, revision, event, status, decided_by, reason_code, reasons)
        SELECT id, :site_id, 1, 'publish', 'published', CASE WHEN n % 200 = 7 THEN 'moderator:ada' ELSE 'policy' END, 'passed', '{x}'
        FROM numbers
        """,
        site_id=site.id,
        words=WORDS * 5,
    )
    rows("ANALYZE")
    return site


def policy(*rules: dict[str, Any], **settings: Any) -> Policy:
    given = [{"verdict": "hold", "reason": "Why not.", **rule} for rule in rules]
    return policy_from_settings(1, {"rules": given, **settings})


def test_the_last_two_thousand_in_less_than_two_seconds(runtime: Runtime, crowded: Site) -> None:
    """With fifty rules of several kinds, on texts of ordinary length."""
    rules: list[dict[str, Any]] = [{"kind": "word", "word": "casino", "id": "casino"}]
    rules += [{"kind": "word", "word": f"free offer {n}"} for n in range(35)]
    rules += [{"kind": "pattern", "pattern": rf"cheap\s+pills{n}\d+"} for n in range(10)]
    rules += [{"kind": "links", "more_than": 3}, {"kind": "link_host", "host": "pills.example"}]
    start, ours = perf_counter(), process_time()
    found = dry_run(runtime.engine, crowded.id, policy(*rules), clock=perf_counter, budget_s=60)
    took, ours = perf_counter() - start, process_time() - ours
    print(f"{took:.2f} s, of which {ours:.2f} s were ours")

    assert (found.looked_at, found.is_complete) == (MOST_COMMENTS, True)
    assert {(turn.old, turn.new): n for turn, n in found.turns.items()} == {("publish", "hold"): 20}
    assert sum(found.against_moderators.values()) == 10
    # What others do on this machine is none of its business.
    assert ours < 2, f"{ours:.2f} s"


def test_it_ends_when_its_time_is_over(runtime: Runtime, crowded: Site) -> None:
    """And says so; the newest comments come first."""
    ticks = count()
    found = dry_run(runtime.engine, crowded.id, policy(), clock=lambda: float(next(ticks)), budget_s=10)

    assert (found.looked_at, found.is_complete) == (10, False)


def test_the_list_is_bounded(runtime: Runtime, crowded: Site) -> None:
    """All are counted, the newest hundred are listed."""
    found = dry_run(runtime.engine, crowded.id, policy(mode="hold_everything"), clock=perf_counter, budget_s=60)

    assert sum(found.turns.values()) == MOST_COMMENTS - 40
    assert len(found.listed) == MOST_LISTED
    times = [item.created_at for item in found.listed]
    assert times == sorted(times, reverse=True)


def test_the_database_itself_refuses_to_write(runtime: Runtime) -> None:
    """Whatever a later change to the code may try."""
    with runtime.engine.begin() as connection, pytest.raises(DBAPIError, match="read-only"):  # noqa: PT012
        past_comments.forbid_writing(connection)
        connection.execute(text("UPDATE sites SET name = 'x'"))


def test_thresholds_are_tried_on_the_stored_reading(runtime: Runtime, crowded: Site) -> None:
    """What was read stands as it was read: only the line moves."""
    wanted = policy(thresholds={"spam": {"hold": 0.8, "spam": 0.95}})
    found = dry_run(runtime.engine, crowded.id, wanted, clock=perf_counter, budget_s=60)
    assert {(turn.old, turn.new): n for turn, n in found.turns.items()} == {("hold", "publish"): 40}

    promising = dry_run(runtime.engine, crowded.id, replace(policy(), promise=0.01), clock=perf_counter, budget_s=60)
    assert sum(promising.turns.values()) == MOST_COMMENTS - 40
