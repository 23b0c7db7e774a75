"""Checking: every comment is decided, by all its checks, once; and what fails is held (promises 1, 2, 3)."""

import math
from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from service.moderation.checks import MODERATION_CHECKS, BatchCheck, each
from service.moderation.model import Facts, Label, Signal
from service.moderation.policy import policy_from_settings
from service.runtime import Runtime
from service.storage import sites, tasks
from service.storage.sites import Site
from service.usecases.check import check_due
from service.usecases.upkeep import expire
from tests.conftest import ORIGIN, PLAIN_CHECKS, Drain, Rows, Visitor, status_of
from tests.storage.test_decisions import check_the_book

LONG = "Methadone kept me alive for eleven years, and nobody at the clinic ever made me feel small about it. Part {}."


def checks(
    *, spam: Callable[[Facts], Any] | None = None, moderation: Callable[[Facts], Any] | None = None
) -> Mapping[str, Sequence[BatchCheck]]:
    """The plain checks with one more in front."""
    return {
        "check_spam": ((each(spam),) if spam else ()) + PLAIN_CHECKS["check_spam"],
        "check_moderation": ((each(moderation),) if moderation else ()) + PLAIN_CHECKS["check_moderation"],
    }


@pytest.fixture(autouse=True)
def _without_the_reader(drain: Drain) -> None:
    drain.checks = PLAIN_CHECKS


def fails_for(word: str) -> Callable[[Facts], Any]:
    def check(facts: Facts) -> list[Signal]:
        if word in facts.body:
            raise RuntimeError(f"no idea about {word}")
        return []

    return check


def make_due(rows: Rows) -> None:
    """Let every waiting time be over."""
    rows("UPDATE tasks SET due_at = now() WHERE done_at IS NULL")


def drain_patiently(drain: Drain, rows: Rows, **how: Any) -> None:
    """Until nothing is left, whatever has to be tried again."""
    for _ in range(20):
        drain(**how)
        make_due(rows)
    assert rows("SELECT count(*) FROM tasks WHERE done_at IS NULL") == [(0,)]


class TestVerdict:
    """When the verdict falls, and what it says."""

    @pytest.mark.parametrize("order", [("check_spam", "check_moderation"), ("check_moderation", "check_spam")])
    def test_it_falls_when_both_checks_have_reported(
        self, visitor: Visitor, drain: Drain, rows: Rows, order: tuple[str, str]
    ) -> None:
        """Not after the first, in whichever order they come."""
        comment_id = visitor.comment()
        assert drain(order[0]) == 1
        assert status_of(rows, comment_id) == "pending"
        assert rows("SELECT count(*) FROM decisions") == [(0,)]

        assert drain(order[1]) == 1
        assert status_of(rows, comment_id) == "published"
        assert rows("SELECT event, decided_by, reasons, policy_version FROM decisions") == [
            ("publish", "policy", ["All checks passed."], 1)
        ]

    def test_it_names_the_signals_that_led_to_it(self, visitor: Visitor, drain: Drain, rows: Rows) -> None:
        """The decision points at the evidence of both checks (promise 5)."""
        links = " ".join(f"https://shop-{n}.example.com/buy" for n in range(5))
        comment_id = visitor.comment(body=f"Such a fine list of shops for everyone: {links} and call +44 20 7946 0958")
        drain()

        ((ids, reasons),) = rows("SELECT signal_ids, reasons FROM decisions WHERE comment_id = :id", id=comment_id)
        names = dict(rows("SELECT id, check_name FROM signals"))
        assert {names[signal_id] for signal_id in ids} == {"links", "personal_data"}
        assert status_of(rows, comment_id) == "held"
        assert any("5 links" in reason for reason in reasons)

    @pytest.mark.parametrize(
        ("mode", "first", "second"),
        [
            ("hold_everything", "held", "held"),
            ("hold_first_time_authors", "held", "published"),
            ("publish_what_passes", "published", "published"),
        ],
    )
    def test_the_sites_mode_counts(  # noqa: PLR0913
        self,
        visitor: Visitor,
        runtime: Runtime,
        site: Site,
        drain: Drain,
        rows: Rows,
        mode: str,
        first: str,
        second: str,
    ) -> None:
        """An author is known once a comment of theirs stands on the site."""
        with runtime.engine.begin() as connection:
            wanted = replace(site, policy=policy_from_settings(1, {"mode": mode}))
            sites.change(connection, site, wanted, changed_by="test")
        earlier = visitor.comment(body="Hello.")
        drain()
        assert status_of(rows, earlier) == first
        rows("UPDATE comments SET status = 'published', shown_revision = revision")

        later = visitor.comment(body="Hello again.")
        drain()
        assert status_of(rows, later) == second

    def test_a_near_duplicate_in_another_thread_is_found(self, visitor: Visitor, drain: Drain, rows: Rows) -> None:
        """Nearly the same words elsewhere on the site, under another name; not on another page of history."""
        first = visitor.comment(body=LONG.format("one"))
        drain()
        copy = visitor.comment(
            body=LONG.format("two"), page_url=f"{ORIGIN}/elsewhere/", author_email="other@example.org"
        )
        other = visitor.comment(body="Something that nobody has said here so far, about gardens and the birds in them.")
        drain()

        assert status_of(rows, first) == "published"
        assert status_of(rows, copy) == "held"
        assert status_of(rows, other) == "published"
        assert rows("SELECT check_name FROM signals WHERE comment_id = :id", id=copy) == [("repetition",)]

    def test_duplicates_of_one_batch_are_found_in_each_other(self, visitor: Visitor, drain: Drain, rows: Rows) -> None:
        """A burst of copies does not slip through together: only the first may pass."""
        ids = [
            visitor.comment(body=LONG.format("one"), author_email=f"a{n}@example.org", page_url=f"{ORIGIN}/{n}/")
            for n in range(6)
        ]
        drain()

        assert [status_of(rows, comment_id) for comment_id in ids][0] == "published"
        assert "published" not in [status_of(rows, comment_id) for comment_id in ids[1:]]


class TestFailing:
    """A check that fails means hold, never publish (T36)."""

    @pytest.mark.parametrize("kind", ["spam", "moderation"])
    def test_one_that_raises_for_one_comment_leaves_the_others_decided(
        self, visitor: Visitor, drain: Drain, rows: Rows, kind: str
    ) -> None:
        """The others of the batch are decided at once; that one is held after three attempts, with the reason."""
        good = [visitor.comment(body=f"Number {n}.") for n in range(5)]
        bad = visitor.comment(body="A bomb.")
        failing = checks(**{kind: fails_for("bomb")})

        drain(checks=failing)
        assert {status_of(rows, comment_id) for comment_id in good} == {"published"}
        assert status_of(rows, bad) == "pending"

        for expected in ("pending", "held"):
            make_due(rows)
            drain(checks=failing)
            assert status_of(rows, bad) == expected
        assert rows(
            "SELECT attempts, outcome FROM tasks WHERE comment_id = :id AND kind = :kind", id=bad, kind=f"check_{kind}"
        ) == [(3, "failed")]
        ((reasons, code),) = rows("SELECT reasons, reason_code FROM decisions WHERE comment_id = :id", id=bad)
        assert code == "unchecked"
        assert reasons == [f"The {kind} check failed 3 times, so a person has to look."]

    def test_one_that_recovers_in_time_is_not_held(self, visitor: Visitor, drain: Drain, rows: Rows) -> None:
        """Two failures are forgiven."""
        comment_id = visitor.comment(body="A bomb.")
        for _ in range(2):
            drain(checks=checks(spam=fails_for("bomb")))
            make_due(rows)
        drain()

        assert status_of(rows, comment_id) == "published"

    def test_a_retry_waits_for_a_while(self, visitor: Visitor, drain: Drain, rows: Rows) -> None:
        """A failing check is not tried three times in a millisecond."""
        visitor.comment(body="A bomb.")
        drain(checks=checks(spam=fails_for("bomb")))

        assert rows("SELECT attempts, due_at > now(), leased_by FROM tasks WHERE kind = 'check_spam'") == [
            (1, True, None)
        ]

    @pytest.mark.parametrize("score", [math.nan, math.inf, -1.0, 2.0, 1.0 + 1e-9], ids=str)
    def test_a_check_that_answers_with_no_score_holds_its_comment_and_no_other(
        self, visitor: Visitor, drain: Drain, rows: Rows, score: float
    ) -> None:
        """A classifier's NaN must neither publish nor keep a batch from being stored."""

        def odd(facts: Facts) -> list[Signal]:
            return [Signal("odd", Label.SPAM, score, "Odd.")] if "bomb" in facts.body else []

        good, bad = visitor.comment(), visitor.comment(body="A bomb.")
        drain_patiently_despite_errors(drain, rows, checks(spam=odd))

        assert status_of(rows, good) == "published"
        assert status_of(rows, bad) in ({"held", "spam"} if score > 1 else {"held"})

    @pytest.mark.parametrize("detail", ["A NUL: \0", "Half a character: \ud800"], ids=["NUL", "surrogate"])
    def test_a_sentence_that_can_not_be_stored_holds_its_comment_and_no_other(
        self, visitor: Visitor, drain: Drain, rows: Rows, detail: str
    ) -> None:
        """A check that quotes badly is a check that failed."""

        def odd(facts: Facts) -> list[Signal]:
            return [Signal("odd", Label.SPAM, 0.1, detail)] if "bomb" in facts.body else []

        good, bad = visitor.comment(), visitor.comment(body="A bomb.")
        drain_patiently_despite_errors(drain, rows, checks(spam=odd))

        assert status_of(rows, good) == "published"
        assert status_of(rows, bad) in {"held", "published"}

    def test_a_check_that_answers_for_too_few_holds(self, visitor: Visitor, drain: Drain, rows: Rows) -> None:
        """Nobody knows whose signals they are, so nobody is published on them."""
        ids = [visitor.comment(body=f"Number {n}.") for n in range(3)]
        mute: Mapping[str, Sequence[BatchCheck]] = {
            "check_spam": (lambda batch: [],),
            "check_moderation": MODERATION_CHECKS,
        }
        drain_patiently(drain, rows, checks=mute)

        assert {status_of(rows, comment_id) for comment_id in ids} == {"held"}

    def test_the_guard_is_around_the_checks(self, visitor: Visitor, drain: Drain, rows: Rows) -> None:
        """What ends a hanging check is in force while checks run, and no longer."""
        seen: list[str] = []

        @contextmanager
        def guard() -> Any:
            seen.append("begin")
            yield
            seen.append("end")

        def noting(facts: Facts) -> list[Signal]:
            seen.append("check")
            return []

        visitor.comment()
        tools = replace(drain.tools(checks=checks(spam=noting)), guard=guard)
        check_due("check_spam", tools)

        assert seen == ["begin", "check", "end"]


def drain_patiently_despite_errors(drain: Drain, rows: Rows, with_checks: Mapping[str, Sequence[BatchCheck]]) -> None:
    """As RQ and the relay would: a job that fails is sent again when its tasks are due."""
    for _ in range(30):
        for kind in ("check_spam", "check_moderation"):
            try:
                drain(kind, checks=with_checks)
            except Exception:
                continue
        make_due(rows)
    assert rows("SELECT count(*) FROM tasks WHERE done_at IS NULL") == [(0,)]


class TestInterrupted:
    """A worker that dies, a job that comes twice (promises 1 and 3)."""

    def test_what_a_dead_worker_held_comes_back(
        self, visitor: Visitor, drain: Drain, runtime: Runtime, rows: Rows
    ) -> None:
        """Not before its lease ends, so that nobody checks it twice at once; then at once."""
        comment_id = visitor.comment()
        with runtime.engine.begin() as connection:
            (held,) = tasks.claim(connection, "check_spam", worker="dead", lease=timedelta(seconds=20))
        assert drain() == 1
        assert status_of(rows, comment_id) == "pending"

        rows("UPDATE tasks SET due_at = now() - interval '1 second' WHERE id = :id", id=held.id)
        assert drain() == 1
        assert status_of(rows, comment_id) == "published"

    def test_release_gives_back_what_one_worker_held(self, visitor: Visitor, runtime: Runtime, rows: Rows) -> None:
        """Nothing of another worker, nothing that is done."""
        for n in range(3):
            visitor.comment(body=f"Number {n}.")
        lease = timedelta(seconds=20)
        with runtime.engine.begin() as connection:
            mine = tasks.claim(connection, "check_spam", worker="mine", lease=lease)
            others = tasks.claim(connection, "check_moderation", worker="other", lease=lease)
            tasks.finish(connection, [mine[0].id], "reported")
        with runtime.engine.begin() as connection:
            assert tasks.release(connection, "mine") == 2
            assert tasks.release(connection, "mine") == 0

        assert rows("SELECT count(*) FROM tasks WHERE due_at <= now() AND done_at IS NULL") == [(2,)]
        assert rows("SELECT count(*) FROM tasks WHERE leased_by = 'other'") == [(len(others),)]

    def test_one_that_kills_its_worker_again_and_again_is_held(
        self, visitor: Visitor, drain: Drain, runtime: Runtime, rows: Rows
    ) -> None:
        """After three attempts without a word, a person looks; the check is not run a fourth time."""
        comment_id = visitor.comment()
        for _ in range(3):
            with runtime.engine.begin() as connection:
                assert tasks.claim(connection, "check_spam", worker="dead", lease=timedelta())
        ran: list[str] = []
        drain(checks=checks(spam=lambda facts: ran.append(facts.body) or []))

        assert ran == []
        assert status_of(rows, comment_id) == "held"
        ((reasons,),) = rows("SELECT reasons FROM decisions")
        assert reasons == ["The spam check failed 3 times, so a person has to look."]

    def test_a_task_that_was_tried_before_travels_alone(self, visitor: Visitor, runtime: Runtime) -> None:
        """If it kills its process, it takes no other with it."""
        first = visitor.comment()
        with runtime.engine.begin() as connection:
            tasks.claim(connection, "check_spam", worker="dead", lease=timedelta())
        fresh = [visitor.comment(body=f"Number {n}.") for n in range(3)]
        claimed = []
        for _ in range(2):
            with runtime.engine.begin() as connection:
                claimed.append(tasks.claim(connection, "check_spam", worker="w", lease=timedelta(seconds=20)))

        assert [[task.comment_id for task in batch] for batch in claimed] == [fresh, [first]]

    def test_two_workers_never_hold_the_same_task(self, visitor: Visitor, runtime: Runtime) -> None:
        """What one has locked, the other passes by without waiting."""
        for n in range(100):
            visitor.comment(body=f"Number {n}.")
        lease = timedelta(seconds=20)
        with runtime.engine.begin() as one, runtime.engine.begin() as other:
            first = tasks.claim(one, "check_spam", worker="one", lease=lease)
            second = tasks.claim(other, "check_spam", worker="other", lease=lease)

        assert (len(first), len(second)) == (tasks.BATCH, 100 - tasks.BATCH)
        assert not {task.id for task in first} & {task.id for task in second}

    def test_a_job_delivered_three_times_makes_one_decision(self, visitor: Visitor, drain: Drain, rows: Rows) -> None:
        """Late deliveries find nothing to do."""
        visitor.comment()
        for _ in range(3):
            drain()

        assert rows("SELECT count(*) FROM decisions") == [(1,)]
        assert rows("SELECT published_count FROM threads") == [(1,)]

    def test_two_workers_that_both_hold_it_make_one_decision(
        self, visitor: Visitor, drain: Drain, runtime: Runtime, rows: Rows
    ) -> None:
        """A worker whose lease ran out while it worked finds its task done: its findings don't count twice."""
        comment_id = visitor.comment(body="Call +44 20 7946 0958 now")
        drain("check_spam")

        def overtaken(facts: Facts) -> list[Signal]:
            make_due(rows)
            drain("check_moderation")
            return []

        check_due("check_moderation", drain.tools(checks=checks(moderation=overtaken)))
        assert rows("SELECT count(*) FROM decisions") == [(1,)]
        assert rows("SELECT count(*) FROM signals") == [(1,)]
        assert status_of(rows, comment_id) == "held"

    def test_many_workers_at_once_decide_each_comment_once(self, visitor: Visitor, drain: Drain, rows: Rows) -> None:
        """Eight workers on two kinds of task, two hundred comments."""
        from concurrent.futures import ThreadPoolExecutor

        for n in range(150):
            visitor.comment(body=f"Number {n}.", page_url=f"{ORIGIN}/{n % 3}/")
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda n: drain(("check_spam", "check_moderation")[n % 2]), range(8)))
        drain()

        assert rows("SELECT count(*), count(DISTINCT comment_id) FROM decisions") == [(150, 150)]
        assert rows("SELECT count(*) FROM comments WHERE status = 'pending'") == [(0,)]
        check_the_book(rows)


class TestModerators:
    """Who decides while the checks are at it (promise 6)."""

    @pytest.mark.parametrize(
        ("decision", "status"), [("publish", "published"), ("spam", "spam"), ("reject", "rejected")]
    )
    def test_later_checks_do_not_overturn_a_moderator(  # noqa: PLR0913
        self, visitor: Visitor, drain: Drain, rows: Rows, bearer: Any, decision: str, status: str
    ) -> None:
        """Whatever they find is noted, and that is all."""
        comment_id = visitor.comment(body="Call +44 20 7946 0958 now")
        drain("check_spam")
        answer = visitor.client.post(
            f"/api/v1/review/comments/{comment_id}/decisions", json={"decision": decision, "revision": 1},
            headers=bearer("moderator"),
        )  # fmt: skip
        assert answer.status_code == 201
        drain()

        assert status_of(rows, comment_id) == status
        assert rows("SELECT decided_by FROM decisions") == [("moderator:token:a moderator",)]
        assert rows("SELECT check_name FROM signals") == [("personal_data",)]
        assert rows("SELECT count(*) FROM tasks WHERE done_at IS NULL AND kind <> 'mail'") == [(0,)]


class TestRevisions:
    """Nothing is published unchecked: each revision has its own checks (promise 2, T36)."""

    def edit(self, rows: Rows, comment_id: UUID, body: str) -> None:
        """What an edit will do: a second revision with tasks of its own, pending again."""
        rows("INSERT INTO revisions (comment_id, number, body) VALUES (:id, 2, :body)", id=comment_id, body=body)
        rows(
            "UPDATE comments SET revision = 2, status = 'pending', shown_revision = NULL WHERE id = :id", id=comment_id
        )
        rows(
            "INSERT INTO tasks (comment_id, revision, kind) SELECT :id, 2, unnest(ARRAY['check_spam', 'check_moderation'])",
            id=comment_id,
        )

    def test_the_checks_of_the_first_do_not_decide_the_second(self, visitor: Visitor, drain: Drain, rows: Rows) -> None:
        """Edited after the first text's checks have reported: it stays pending until its own have."""
        comment_id = visitor.comment()
        drain("check_spam")
        self.edit(rows, comment_id, "Call +44 20 7946 0958 now")
        rows("UPDATE tasks SET due_at = 'infinity' WHERE revision = 2")
        drain()
        assert status_of(rows, comment_id) == "pending"

        make_due(rows)
        drain()
        assert status_of(rows, comment_id) == "held"
        assert rows("SELECT revision FROM decisions") == [(2,)]

    @pytest.mark.parametrize(("first", "second", "status"), [
        ("A calm thought.", "Call +44 20 7946 0958 now", "held"),
        ("Call +44 20 7946 0958 now", "A calm thought.", "published"),
    ])  # fmt: skip
    def test_of_two_texts_in_one_batch_the_newer_is_judged(  # noqa: PLR0913
        self, visitor: Visitor, drain: Drain, rows: Rows, first: str, second: str, status: str
    ) -> None:
        """Edited before any worker came: nobody will ever see the first text, so nothing is found out about it."""
        comment_id = visitor.comment(body=first)
        self.edit(rows, comment_id, second)
        drain()

        assert status_of(rows, comment_id) == status
        found = [(2,)] if status == "held" else []
        assert rows("SELECT revision FROM signals WHERE check_name = 'personal_data'") == found
        assert rows("SELECT number, trim(body_html, E'\\n') FROM revisions ORDER BY number") == [
            (1, None), (2, f"<p>{second}</p>"),
        ]  # fmt: skip
        assert rows("SELECT count(*) FROM tasks WHERE done_at IS NULL AND kind <> 'mail'") == [(0,)]


class TestExpire:
    """What must be forgotten is forgotten in time, and nothing else."""

    def test_addresses_keys_and_fingerprints_go_after_their_time(
        self, visitor: Visitor, drain: Drain, runtime: Runtime, rows: Rows
    ) -> None:
        """The comment itself stays."""
        old = visitor.comment(body=LONG.format("old"))
        visitor.send(headers={"Idempotency-Key": "old"}, body="Old key.")
        drain()
        for table in ("comments", "idempotency_keys", "fingerprints"):
            rows(f"UPDATE {table} SET created_at = created_at - interval '31 days'")
        new = visitor.comment(body="Something entirely different that has never been said before on this site at all.")
        visitor.send(headers={"Idempotency-Key": "new"}, body="New key.")
        drain()

        forgotten = expire(
            runtime.engine, now=datetime.now(UTC), ip_retention=timedelta(days=30), idempotency=timedelta(hours=24)
        )
        assert forgotten == 2 + 1 + 1
        assert rows("SELECT ip_hash, ip_prefix FROM comments WHERE id = :id", id=old) == [(None, None)]
        assert rows("SELECT count(*) FROM comments WHERE ip_hash IS NOT NULL AND ip_prefix IS NOT NULL") == [(2,)]
        assert rows("SELECT count(*) FROM idempotency_keys") == [(1,)]
        assert rows("SELECT comment_id FROM fingerprints") == [(new,)]
        assert rows("SELECT DISTINCT comment_id FROM fingerprint_bands") == [(new,)]
        assert rows("SELECT count(*) FROM comments") == [(4,)]

    def test_nothing_is_forgotten_early(self, visitor: Visitor, runtime: Runtime, drain: Drain) -> None:
        """An hour before its time everything is still there."""
        visitor.send(headers={"Idempotency-Key": "k"}, body=LONG.format("one"))
        drain()
        soon = datetime.now(UTC) + timedelta(hours=23)

        assert expire(runtime.engine, now=soon, ip_retention=timedelta(days=30), idempotency=timedelta(hours=24)) == 0
