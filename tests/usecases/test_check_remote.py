"""Remote checks: asked last, of what the site wants asked; what they answer is evidence, and their silence never loses one."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from service.gateways.remote.build import remote_guard
from service.gateways.remote.client import RemoteClient
from service.gateways.remote.guard import RemoteGuard
from service.gateways.remote.secret_names import secrets_in
from service.gateways.remote.settings import RemoteSettings
from service.gateways.remote.store import RedisStore
from service.moderation.checks import each
from service.moderation.model import Facts, Label, Signal
from service.runtime import Runtime
from service.storage import sites, tasks
from service.storage.sites import Site
from service.usecases.check import check_due
from service.usecases.check_remote import Asker, ask_due
from tests.conftest import HOOK_SECRET, ORIGIN, PLAIN_CHECKS, Drain, Rows, Visitor, add_site, status_of
from tests.gateways.remote.service import Answer, Service, always, as_json, response, serving
from tests.storage.test_decisions import check_the_book

SECRETS = secrets_in({"GREENROOM_REMOTE_HOOK": HOOK_SECRET})
NOTHING = as_json({"answers": []})
SPAM = as_json({"answers": [{"label": "spam", "score": 0.97, "detail": "Seen on three other sites today."}]})
CRISIS = as_json({"answers": [{"label": "crisis", "score": 0.9, "detail": "Says goodbye."}]})
BROKEN = always(response(500))


@dataclass
class Elsewhere:
    """The site's remote check, and what the workers do about it."""

    runtime: Runtime
    site: Site
    drain: Drain
    rows: Rows
    serve: Callable[[Answer], Service]

    def use(self, answer: Answer, **changes: Any) -> Service:
        """From now on the site asks this service."""
        service = self.serve(answer)
        given = {"kind": "hook", "secret_name": "hook", "allow_private_hosts": True, "url": service.url, **changes}
        self.store(self.site, RemoteSettings.from_settings(given).to_settings())
        return service

    def store(self, site: Site, remote: dict[str, object] | None) -> None:
        with self.runtime.engine.begin() as connection:
            sites.change(connection, site, replace(site, remote=remote), changed_by="test")

    def asker(self) -> Asker:
        return Asker(
            engine=self.runtime.engine,
            vault=self.runtime.vault,
            guard_of=self.guard_of,
            now=self.runtime.now,
            worker="test",
            lease=timedelta(seconds=20),
        )

    def guard_of(self, site_id: int, settings: RemoteSettings) -> RemoteGuard:
        store = RedisStore(self.runtime.redis)
        return remote_guard(settings, site_id=site_id, store=store, find_secret=SECRETS, client=RemoteClient())

    def check(self) -> int:
        """All checks of our own, then the remote ones once. Returns how many were asked about."""
        self.drain()
        return ask_due(self.asker())

    def check_patiently(self) -> None:
        """Until nothing is left, whatever has to be tried again."""
        self.drain()
        for _ in range(10):
            self.rows("UPDATE tasks SET due_at = now() WHERE done_at IS NULL")
            while ask_due(self.asker()):
                pass
        assert self.rows("SELECT count(*) FROM tasks WHERE done_at IS NULL") == [(0,)]

    def signals(self) -> list[tuple[str, str]]:
        return self.rows("SELECT label, detail FROM signals WHERE check_name = 'remote' ORDER BY id")


@pytest.fixture
def elsewhere(runtime: Runtime, site: Site, drain: Drain, rows: Rows) -> Iterator[Elsewhere]:
    drain.checks = PLAIN_CHECKS
    with ExitStack() as running:
        yield Elsewhere(runtime, site, drain, rows, lambda answer: running.enter_context(serving(answer)))


def scoring(score: float) -> dict[str, Any]:
    """Our own checks, one of which says this of every comment."""

    def check(_: Facts) -> list[Signal]:
        return [Signal("test", Label.SPAM, score, "A test says so.")] if score else []

    return {"check_spam": (each(check),), "check_moderation": PLAIN_CHECKS["check_moderation"]}


class TestAsked:
    """Who is asked, when, about what."""

    def test_nobody_unless_the_site_says_so(self, visitor: Visitor, elsewhere: Elsewhere, rows: Rows) -> None:
        """Off by default: no task, no waiting."""
        comment_id = visitor.comment()

        assert elsewhere.check() == 0
        assert status_of(rows, comment_id) == "published"
        assert rows("SELECT count(*) FROM tasks WHERE kind = 'check_remote'") == [(0,)]

    def test_after_all_others_and_before_the_verdict(self, visitor: Visitor, elsewhere: Elsewhere, rows: Rows) -> None:
        """The comment stays pending until the service has answered; then the verdict falls on all evidence."""
        service = elsewhere.use(SPAM)
        comment_id = visitor.comment(body="A calm thought.")
        elsewhere.drain()
        assert status_of(rows, comment_id) == "pending"
        assert service.asked == []

        assert ask_due(elsewhere.asker()) == 1
        assert status_of(rows, comment_id) == "spam"
        assert rows("SELECT reasons FROM decisions") == [
            (["The site's own check says: Seen on three other sites today."],)
        ]
        assert ask_due(elsewhere.asker()) == 0
        check_the_book(rows)

    def test_the_other_worker_is_told(self, visitor: Visitor, elsewhere: Elsewhere, rows: Rows) -> None:
        """It need not wait for the relay."""
        elsewhere.use(NOTHING)
        visitor.comment()
        told: list[Any] = []
        elsewhere.drain("check_moderation")
        tools = replace(elsewhere.drain.tools(), wake=told.append)
        check_due("check_spam", tools)

        ((task_id,),) = rows("SELECT id FROM tasks WHERE kind = 'check_remote'")
        assert told == [{"check_remote": task_id}]

    @pytest.mark.parametrize(("score", "is_asked"), [(0.0, False), (0.3, True), (0.44, True), (0.5, False)])
    def test_only_the_uncertain_band(
        self, visitor: Visitor, elsewhere: Elsewhere, rows: Rows, score: float, *, is_asked: bool
    ) -> None:
        """Where the site wants that; what our own checks are sure of is decided by them."""
        service = elsewhere.use(NOTHING, only_uncertain=[0.2, 0.45])
        elsewhere.drain.checks = scoring(score)
        comment_id = visitor.comment()
        elsewhere.check()

        assert len(service.asked) == is_asked
        assert status_of(rows, comment_id) == ("held" if score == 0.5 else "published")

    @pytest.mark.parametrize("is_allowed", [False, True])
    def test_email_and_network_only_with_leave(
        self, visitor: Visitor, elsewhere: Elsewhere, *, is_allowed: bool
    ) -> None:
        """As the service sees it; of an address no more than the network is known."""
        service = elsewhere.use(NOTHING, may_send_email=is_allowed, may_send_address=is_allowed)
        visitor.comment(author_email="very.hidden@example.org", author_website="https://ann.example")
        elsewhere.check()

        (asked,) = service.asked
        told = asked.json["data"]
        assert (told["body"], told["author_name"], told["site"]) == ("A calm thought.", "Ann", ORIGIN)
        if is_allowed:
            assert (told["author_email"], told["client_address"]) == ("very.hidden@example.org", "127.0.0.0")
        else:
            assert "hidden" not in asked.body.decode()
            assert "127.0.0" not in asked.body.decode()

    def test_one_question_about_one_text(self, visitor: Visitor, elsewhere: Elsewhere, rows: Rows) -> None:
        """Once a revision, however often a worker looks."""
        service = elsewhere.use(NOTHING)
        visitor.comment()
        for _ in range(3):
            elsewhere.check()
            rows("UPDATE tasks SET due_at = now()")

        assert len(service.asked) == 1

    def test_not_about_what_a_moderator_has_decided(self, visitor: Visitor, elsewhere: Elsewhere, rows: Rows) -> None:
        """What needs no answer any more does not leave."""
        service = elsewhere.use(NOTHING)
        comment_id = visitor.comment()
        elsewhere.drain()
        rows("UPDATE comments SET status = 'rejected', shown_revision = NULL WHERE id = :id", id=comment_id)

        assert ask_due(elsewhere.asker()) == 1
        assert service.asked == []
        assert status_of(rows, comment_id) == "rejected"

    def test_turned_off_meanwhile(self, visitor: Visitor, elsewhere: Elsewhere, rows: Rows) -> None:
        """Then our own checks decide alone."""
        service = elsewhere.use(SPAM)
        comment_id = visitor.comment()
        elsewhere.drain()
        elsewhere.store(elsewhere.site, None)

        assert ask_due(elsewhere.asker()) == 1
        assert service.asked == []
        assert status_of(rows, comment_id) == "published"


class TestAnswered:
    """An answer is evidence like any other."""

    def test_it_can_only_be_stricter(self, visitor: Visitor, elsewhere: Elsewhere, rows: Rows) -> None:
        """A service that finds nothing does not publish what our own checks hold."""
        elsewhere.use(NOTHING)
        elsewhere.drain.checks = scoring(0.5)
        comment_id = visitor.comment()
        elsewhere.check()

        assert status_of(rows, comment_id) == "held"

    def test_a_crisis_comes_first(self, visitor: Visitor, elsewhere: Elsewhere, rows: Rows) -> None:
        """Also when our own checks call it spam: it is held, in front of the queue."""
        elsewhere.use(CRISIS)
        elsewhere.drain.checks = scoring(0.99)
        comment_id = visitor.comment()
        elsewhere.check()

        assert rows("SELECT status, severity FROM comments WHERE id = :id", id=comment_id) == [("held", 3)]
        assert elsewhere.signals() == [("crisis", "The site's own check says: Says goodbye.")]

    def test_a_whole_batch(self, visitor: Visitor, elsewhere: Elsewhere, rows: Rows) -> None:
        """Each comment gets its own answer."""

        def answer(asked: Any, connection: Any) -> None:
            is_bad = "odd" in asked.json["data"]["body"]
            (SPAM if is_bad else NOTHING)(asked, connection)

        elsewhere.use(answer)
        sent = {visitor.comment(body=f"{'odd' if n % 2 else 'even'} comment number {n}"): n for n in range(20)}

        assert elsewhere.check() == len(sent)
        assert {comment_id: status_of(rows, comment_id) for comment_id in sent} == {
            comment_id: "spam" if n % 2 else "published" for comment_id, n in sent.items()
        }


class TestSilent:
    """No answer holds, or is gone on without, as the site says. Nothing is lost, and nobody else waits."""

    @pytest.mark.parametrize(("on_failure", "status"), [("hold", "held"), ("go_on_without", "published")])
    def test_broken_for_good(
        self, visitor: Visitor, elsewhere: Elsewhere, rows: Rows, on_failure: str, status: str
    ) -> None:
        """Asked three times, then the site's choice."""
        service = elsewhere.use(BROKEN, on_failure=on_failure)
        comment_id = visitor.comment()
        elsewhere.check_patiently()

        assert len(service.asked) == tasks.MAX_ATTEMPTS
        assert status_of(rows, comment_id) == status
        assert bool(elsewhere.signals()) == (on_failure == "hold")
        check_the_book(rows)

    def test_what_would_be_the_same_again_is_not_asked_again(
        self, visitor: Visitor, elsewhere: Elsewhere, rows: Rows
    ) -> None:
        """An answer that can't be read is read once."""
        service = elsewhere.use(as_json({"answers": "none"}))
        comment_id = visitor.comment()
        elsewhere.check()

        assert len(service.asked) == 1
        assert status_of(rows, comment_id) == "held"
        ((label, detail),) = elsewhere.signals()
        assert label == "unchecked"
        assert "out of schema" in detail

    def test_it_recovers(self, visitor: Visitor, elsewhere: Elsewhere, rows: Rows) -> None:
        """A hiccup costs a second, not a hold."""
        turns = [BROKEN, NOTHING]
        elsewhere.use(lambda asked, connection: turns.pop(0)(asked, connection))
        comment_id = visitor.comment()
        elsewhere.check_patiently()

        assert status_of(rows, comment_id) == "published"

    def test_a_wave_over_the_budget_is_held(self, visitor: Visitor, elsewhere: Elsewhere, rows: Rows) -> None:
        """The day's budget bounds what is asked, not what is decided."""
        service = elsewhere.use(NOTHING, daily_budget=3)
        for n in range(8):
            visitor.comment(body=f"Comment {n}.")
        elsewhere.check_patiently()

        assert len(service.asked) == 3
        assert sorted(rows("SELECT status, count(*) FROM comments GROUP BY 1")) == [("held", 5), ("published", 3)]

    def test_a_secret_that_is_missing(self, visitor: Visitor, elsewhere: Elsewhere, rows: Rows) -> None:
        """Nobody is asked; the sentence says why."""
        service = elsewhere.use(NOTHING, secret_name="another")
        comment_id = visitor.comment()
        elsewhere.check()

        assert service.asked == []
        assert status_of(rows, comment_id) == "held"
        assert "no secret" in elsewhere.signals()[0][1]

    def test_settings_that_cannot_be_read(self, visitor: Visitor, elsewhere: Elsewhere, rows: Rows) -> None:
        """Of another release, or changed by hand: held, whatever they say about failures."""
        elsewhere.store(elsewhere.site, {"kind": "oracle", "on_failure": "go_on_without"})
        comment_id = visitor.comment()
        elsewhere.check()

        assert status_of(rows, comment_id) == "held"
        assert "settings" in elsewhere.signals()[0][1]

    def test_nobody_waits_for_another_sites_service(
        self, visitor: Visitor, elsewhere: Elsewhere, runtime: Runtime, rows: Rows
    ) -> None:
        """One batch, two sites: the quick one's comment is decided while the slow one's service still thinks."""
        seen: list[str] = []
        quick = visitor.comment()

        def slow(asked: Any, connection: Any) -> None:
            for _ in range(400):
                if status_of(rows, quick) != "pending":
                    break
                service.is_over.wait(0.01)
            seen.append(status_of(rows, quick))
            NOTHING(asked, connection)

        elsewhere.use(NOTHING)
        other = add_site(runtime, "other", "https://other.example")
        service = elsewhere.serve(slow)
        elsewhere.store(
            other,
            {
                "kind": "hook",
                "secret_name": "hook",
                "allow_private_hosts": True,
                "url": service.url,
                "timeout_seconds": 8,
            },
        )
        guest = replace(visitor, site_key="other", headers={"Origin": "https://other.example"})
        late = UUID(guest.accepted(page_url="https://other.example/x/")["id"])

        assert elsewhere.check() == 2
        assert seen == ["published"]
        assert status_of(rows, late) == "published"

    def test_a_process_that_dies_while_asking(self, visitor: Visitor, elsewhere: Elsewhere, rows: Rows) -> None:
        """After three attempts that ended without a word, the site's choice; nobody is asked a fourth time."""
        service = elsewhere.use(NOTHING)
        comment_id = visitor.comment()
        elsewhere.drain()
        rows("UPDATE tasks SET attempts = 3 WHERE kind = 'check_remote'")

        assert ask_due(elsewhere.asker()) == 1
        assert service.asked == []
        assert status_of(rows, comment_id) == "held"


def test_nothing_personal_in_redis(visitor: Visitor, elsewhere: Elsewhere, runtime: Runtime) -> None:
    """Counts and times under the site's number, and that is all."""
    elsewhere.use(BROKEN, may_send_email=True, may_send_address=True)
    visitor.comment(author_email="very.hidden@example.org", author_name="Rumpelstilz")
    elsewhere.check_patiently()

    stored = [(key, json.dumps(str(runtime.redis.get(key)))) for key in runtime.redis.keys("LIMITS:remote:*")]
    assert stored
    assert not any(word in str(stored) for word in ("hidden", "Rumpel", "127.0.0", "calm"))
