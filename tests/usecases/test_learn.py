"""Learning: what moderators decide teaches their site's own model, behind a gate, and nothing else does."""

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from rq import Queue
from rq.serializers import JSONSerializer

from service.moderation.policy import policy_from_settings
from service.moderation.reading.reader import Reader, shipped_reader
from service.moderation.states import Event
from service.runtime import Runtime
from service.storage import decisions, learning, site_models, sites
from service.storage.actors import Actor
from service.storage.learning import BURST, Progress
from service.storage.sites import Site
from service.usecases import learn as learning_usecase
from service.usecases.ask_to_learn import is_enough
from service.usecases.change_policy import change_policy
from service.usecases.learn import Learner, catch_up, learn_due
from service.usecases.review import decide
from service.usecases.roll_back import roll_back
from service.usecases.undo import undo
from tests.conftest import Rows, Visitor, add_site
from tests.stack import wait_until

GARDEN = (
    "tomatoes", "compost", "seedlings", "slugs", "watering", "greenhouse", "roses", "mulch", "bulbs", "shade", "frost",
)  # fmt: skip
TRADE = (
    "discount", "replica", "handbags", "wholesale", "voucher", "casino", "jackpot", "bonus", "payout", "crypto",
)  # fmt: skip
HOLDS_EVERYTHING = {"mode": "hold_everything", "thresholds": {"spam": {"hold": 0.5}}}


def honest(chance: random.Random) -> str:
    """What readers of a gardening blog write."""
    return f"My {' and '.join(chance.sample(GARDEN, 4))} did well this year, thank you. {chance.randrange(10**6)}"


def spam(chance: random.Random) -> str:
    """What comes in between."""
    return f"Best {' '.join(chance.sample(TRADE, 5))} for you today. {chance.randrange(10**6)}"


@dataclass
class Desk:
    """Comments that arrive and moderators who decide about them at once."""

    visitor: Visitor
    runtime: Runtime
    site: Site
    chance: random.Random

    def one(self, body: str, event: Event, by: str = "ada") -> UUID:
        comment_id = self.visitor.comment(body=body)
        self.decide(comment_id, event, by)
        return comment_id

    def decide(self, comment_id: UUID, event: Event, by: str = "ada") -> dict[str, int]:
        with self.runtime.engine.connect() as connection:
            standing = decisions.last(connection, [comment_id]).get(comment_id)
        reviewed = decide(
            self.runtime.engine, comment_id, event=event, revision=1, reason="other", note=None,
            by=self.actor(by),            replaces=standing.id if standing else None,
        )  # fmt: skip
        return dict(reviewed.tasks)

    def actor(self, name: str) -> Actor:
        return Actor(name, {self.site.id: "moderator"}, {self.site.key: self.site.id}, moderator_id=1)

    def undo(self, comment_id: UUID, by: str = "ada") -> None:
        with self.runtime.engine.connect() as connection:
            standing = decisions.last(connection, [comment_id])[comment_id]
        undo(self.runtime.engine, comment_id, decision_id=standing.id, note=None, by=self.actor(by))

    def decide_rightly(self, count: int, by: str = "ada") -> list[UUID]:
        """Half of them honest, half spam, in turn."""
        return [
            self.one(spam(self.chance), Event.SPAM, by) if n % 2 else self.one(honest(self.chance), Event.PUBLISH, by)
            for n in range(count)
        ]

    def decide_wrongly(self, count: int, by: str = "mallory") -> list[UUID]:
        """The same the other way round."""
        return [
            self.one(spam(self.chance), Event.PUBLISH, by) if n % 2 else self.one(honest(self.chance), Event.SPAM, by)
            for n in range(count)
        ]

    def learn(self, **changes: Any) -> int:
        """Whatever is due, as the worker would. Returns how many tasks that were."""
        done = 0
        while learn_due(self.learner(**changes)):
            done += 1
        return done

    def learner(self, **changes: Any) -> Learner:
        learner = Learner(
            engine=self.runtime.engine, reader=shipped_reader(), worker="test", lease=timedelta(seconds=20)
        )
        return replace(learner, **changes)

    def states(self) -> dict[int, str]:
        """Version and state, oldest first."""
        with self.runtime.engine.connect() as connection:
            return {r.version: r.state.value for r in reversed(site_models.history(connection, self.site.id))}

    def active(self) -> int | None:
        with self.runtime.engine.connect() as connection:
            return site_models.standing(connection, self.site.id).active

    def comparison(self, version: int) -> dict[str, Any]:
        with self.runtime.engine.connect() as connection:
            return next(
                dict(r.comparison) for r in site_models.history(connection, self.site.id) if r.version == version
            )

    def label_ids(self) -> set[UUID]:
        with self.runtime.engine.connect() as connection:
            return {label.comment_id for label in learning.latest_labels(connection, self.site.id)}

    def an_hour_passes(self, rows: Rows) -> None:
        """Decisions are append-only, so the clock of those that were made is turned back past the trigger."""
        rows("ALTER TABLE decisions DISABLE TRIGGER decisions_are_append_only")
        rows("UPDATE decisions SET decided_at = decided_at - interval '1 hour'")
        rows("ALTER TABLE decisions ENABLE TRIGGER decisions_are_append_only")


@pytest.fixture
def desk(visitor: Visitor, runtime: Runtime, site: Site) -> Desk:
    return Desk(visitor, runtime, site, random.Random(20_261_125))


@pytest.fixture
def taught(desk: Desk) -> Desk:
    """A desk whose site has an active model: 10 decisions taught a shadow, 30 more let it take over."""
    for count in (10, 30):
        desk.decide_rightly(count)
        assert desk.learn() == 1
    assert desk.states() == {1: "active", 2: "shadow"}
    return desk


class TestLabels:
    """What teaches, and what does not."""

    def test_the_last_word_of_a_moderator_counts(self, desk: Desk) -> None:
        """Publish, restore and spam; the policy's decisions and other verdicts say nothing about spam."""
        published = desk.one("A.", Event.PUBLISH)
        marked = desk.one("B.", Event.SPAM)
        restored = desk.one("C.", Event.PUBLISH)
        desk.decide(restored, Event.REMOVE)
        desk.decide(restored, Event.RESTORE)
        desk.one("D.", Event.REJECT)
        removed = desk.one("E.", Event.PUBLISH)
        desk.decide(removed, Event.REMOVE)

        assert desk.label_ids() == {published, marked, restored}

    def test_the_machine_does_not_teach_itself(self, visitor: Visitor, desk: Desk) -> None:
        """What the policy published or held is no label."""
        visitor.published()

        assert desk.label_ids() == set()

    def test_what_is_undone_teaches_nothing(self, desk: Desk) -> None:
        """Neither the decision nor its undo; what a moderator said before it teaches again."""
        marked, twice = desk.one("A.", Event.SPAM), desk.one("B.", Event.PUBLISH)
        desk.decide(twice, Event.SPAM)
        with desk.runtime.engine.connect() as connection:
            assert [label.is_spam for label in learning.latest_labels(connection, desk.site.id)] == [True, True]
        desk.undo(marked)
        desk.undo(twice)

        with desk.runtime.engine.connect() as connection:
            labels = learning.latest_labels(connection, desk.site.id)
            assert [(label.comment_id, label.is_spam) for label in labels] == [(twice, False)]
            assert learning.progress(connection, desk.site.id).new == 1

    def test_a_label_that_is_taken_back_is_gone(self, desk: Desk) -> None:
        """A second decision takes the first one's place; a verdict that says nothing leaves no label."""
        comment_id = desk.one("A.", Event.SPAM)
        desk.decide(comment_id, Event.PUBLISH)
        with desk.runtime.engine.connect() as connection:
            (label,) = learning.latest_labels(connection, desk.site.id)
        assert (label.comment_id, label.is_spam) == (comment_id, False)

        desk.decide(comment_id, Event.REMOVE)
        assert desk.label_ids() == set()

    def test_a_report_takes_no_label_away(self, desk: Desk, rows: Rows) -> None:
        """A moderator leaves a reported comment published: that says publish again, of their own comments and others'."""
        mine, passed = desk.one("A.", Event.PUBLISH), desk.visitor.published(body="B.")
        for comment_id in (mine, passed):
            rows(
                "INSERT INTO reports (site_id, comment_id, revision, reason, reporter_hash)"
                " VALUES (:site_id, :id, 1, 'spam', decode(md5('a reader'), 'hex'))",
                site_id=desk.site.id,
                id=comment_id,
            )
            desk.decide(comment_id, Event.PUBLISH, by="ben")

        with desk.runtime.engine.connect() as connection:
            labels = learning.latest_labels(connection, desk.site.id)
        assert rows("SELECT event FROM decisions WHERE decided_by = 'moderator:ben'") == [("keep",), ("keep",)]
        assert {(label.comment_id, label.is_spam) for label in labels} == {(mine, False), (passed, False)}

    def test_an_edited_comment_is_no_longer_what_was_decided(self, desk: Desk, rows: Rows) -> None:
        """The label belongs to a revision."""
        comment_id = desk.one("A.", Event.PUBLISH)
        rows("INSERT INTO revisions (comment_id, number, body) VALUES (:id, 2, 'Another.')", id=comment_id)
        rows("UPDATE comments SET revision = 2, status = 'pending' WHERE id = :id", id=comment_id)

        assert desk.label_ids() == set()

    def test_other_sites_teach_nothing_here(self, desk: Desk, runtime: Runtime) -> None:
        """Each site has moderators and a taste of its own."""
        desk.decide_rightly(4)
        other = add_site(runtime, "other", "https://other.example.com")

        with runtime.engine.connect() as connection:
            assert learning.latest_labels(connection, other.id) == []
            assert learning.progress(connection, other.id) == Progress(0, 0, 0, has_model=False)

    def test_a_burst_counts_for_fifty_where_others_have_decided(self, desk: Desk) -> None:
        """The latest fifty of one moderator's hour; alone at the desk a moderator may teach as fast as they can."""
        alone = desk.decide_wrongly(BURST + 10)
        assert desk.label_ids() == set(alone)

        others = desk.decide_rightly(4)
        assert desk.label_ids() == set(alone[10:]) | set(others)

    def test_learning_sees_the_reputation_that_the_check_saw(self, desk: Desk, rows: Rows) -> None:
        """Counted later it would know how this very comment was decided."""
        comment_id = desk.one("A.", Event.SPAM)
        rows("DELETE FROM readings")
        rows(
            "INSERT INTO readings (comment_id, revision, reputation, model_versions)"
            " VALUES (:id, 1, '{\"author_bad\": 3}', '{}')",
            id=comment_id,
        )

        with desk.runtime.engine.connect() as connection:
            found = learning.reputations(connection, [(comment_id, 1), (comment_id, 2)])
        assert {key: (known.author_bad, known.author_published) for key, known in found.items()} == {
            (comment_id, 1): (3, 0)
        }


class TestEnough:
    """When learning is asked for."""

    @pytest.mark.parametrize(
        ("progress", "expected"),
        [
            (Progress(5, 5, 0, has_model=False), True),
            (Progress(5, 4, 0, has_model=False), False),
            (Progress(2, 98, 0, has_model=False), False),
            (Progress(10, 10, 10, has_model=True), True),
            (Progress(10, 9, 10, has_model=True), False),
            (Progress(10, 10, 1_000, has_model=True), False),
            (Progress(50, 50, 1_000, has_model=True), True),
            (Progress(0, 100, 100, has_model=True), False),
        ],
        ids=str,
    )
    def test_it_takes_ten_then_twenty_or_a_tenth_more(self, progress: Progress, expected: bool) -> None:
        """And three of each kind, always."""
        assert is_enough(progress) is expected

    def test_the_decision_that_makes_it_enough_asks(self, desk: Desk, rows: Rows) -> None:
        """In its own commit; those that follow find the task there."""
        for _ in range(4):
            assert desk.decide(desk.visitor.comment(body=honest(desk.chance)), Event.PUBLISH) == {}
        for _ in range(5):
            assert desk.decide(desk.visitor.comment(body=spam(desk.chance)), Event.SPAM) == {}
        asked = desk.decide(desk.visitor.comment(body=honest(desk.chance)), Event.PUBLISH)
        assert list(asked) == ["learn"]
        assert desk.decide(desk.visitor.comment(body=honest(desk.chance)), Event.PUBLISH) == {}

        assert rows("SELECT id, site_id, comment_id FROM tasks WHERE kind = 'learn'") == [
            (asked["learn"], desk.site.id, None)
        ]


class TestLesson:
    """Shadow, trial, switch."""

    def test_nothing_due_is_nothing_done(self, desk: Desk) -> None:
        """A job that comes twice returns at once."""
        assert desk.learn() == 0

    def test_a_first_model_waits_in_the_shadow(self, desk: Desk, rows: Rows) -> None:
        """Trained on all ten, it judges nothing."""
        desk.decide_rightly(10)
        assert desk.learn() == 1

        assert desk.states() == {1: "shadow"}
        assert desk.active() is None
        assert rows("SELECT label_count, labels_up_to, shipped_version FROM site_models") == [
            (10, rows("SELECT max(id) FROM decisions")[0][0], shipped_reader().version)
        ]
        assert rows("SELECT outcome FROM tasks WHERE kind = 'learn'") == [("reported",)]

    def test_it_takes_over_when_later_decisions_bear_it_out(self, taught: Desk) -> None:
        """Compared with the shipped reader on thirty decisions that it never saw; the next one is trained at once."""
        found = taught.comparison(1)

        assert found["is_accepted"] is True
        assert (found["decisions"], found["spam"], found["moderators"]) == (30, 15, 1)
        assert found["on_all"]["new_auc"] >= found["on_all"]["old_auc"]
        assert found["on_all"]["new_log_loss"] <= found["on_all"]["old_log_loss"] + 0.02

    def test_every_version_is_kept(self, taught: Desk) -> None:
        """The one before is retired, not forgotten."""
        taught.decide_rightly(20)
        taught.learn()

        assert taught.states() == {1: "retired", 2: "active", 3: "shadow"}

    def test_too_few_later_decisions_leave_it_in_the_shadow(self, desk: Desk, rows: Rows) -> None:
        """A trial of nineteen is none."""
        desk.decide_rightly(10)
        desk.learn()
        desk.decide_rightly(18)
        rows("INSERT INTO tasks (kind, site_id) VALUES ('learn', :id)", id=desk.site.id)
        desk.learn()

        assert desk.states() == {1: "shadow"}

    def test_what_it_was_trained_on_does_not_try_it(self, desk: Desk, rows: Rows) -> None:
        """Deciding the same comments anew gives labels, but no trial."""
        ids = desk.decide_rightly(20)
        desk.learn()
        for comment_id in ids[::2]:
            desk.decide(comment_id, Event.REMOVE)
            desk.decide(comment_id, Event.RESTORE)

        ((up_to,),) = rows("SELECT labels_up_to FROM site_models")
        with desk.runtime.engine.connect() as connection:
            assert learning.labels_after(connection, desk.site.id, up_to) == []
            assert len(learning.latest_labels(connection, desk.site.id)) == 20

    def test_two_learners_at_once_give_one_model(self, desk: Desk, rows: Rows) -> None:
        """Whoever comes second finds nothing to do, also when the first one's lease has run out."""
        desk.decide_rightly(10)
        barrier = threading.Barrier(2)

        def learn_together(number: int) -> None:
            barrier.wait()
            desk.learn(worker=f"worker {number}", lease=timedelta())

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(learn_together, range(2)))
        rows("UPDATE tasks SET due_at = now() WHERE done_at IS NULL")
        desk.learn()

        assert desk.states() == {1: "shadow"}
        assert rows("SELECT count(*) FROM tasks WHERE kind = 'learn' AND done_at IS NOT NULL") == [(1,)]

    def test_two_learners_at_once_switch_once(self, desk: Desk, rows: Rows) -> None:
        """The shadow takes over once, and one more is trained."""
        for count in (10, 30):
            desk.decide_rightly(count)
            with ThreadPoolExecutor(2) as pool:
                list(pool.map(lambda n: desk.learn(worker=f"worker {n}", lease=timedelta()), range(2)))
            rows("UPDATE tasks SET due_at = now() WHERE done_at IS NULL")
            desk.learn()

        assert desk.states() == {1: "active", 2: "shadow"}


class TestGate:
    """What may not take over."""

    def test_a_poisoned_burst_is_refused(self, taught: Desk, rows: Rows) -> None:
        """Another moderator turns everything round, quickly and consistently; the model that judges is untouched."""
        taught.decide_rightly(20)
        taught.learn()
        before = taught.active()
        taught.an_hour_passes(rows)
        for _ in range(4):
            taught.decide_wrongly(20)
            taught.learn()

        assert taught.active() == before
        reasons = [
            taught.comparison(version).get("reason", "")
            for version, state in taught.states().items()
            if state == "refused"
        ]
        assert any("mallory" in reason for reason in reasons), reasons

    def test_the_same_moderator_an_hour_later_is_not_believed_either(self, taught: Desk, rows: Rows) -> None:
        """A token that was stolen has the name of an honest person."""
        taught.decide_rightly(20)
        taught.learn()
        before = taught.active()
        taught.an_hour_passes(rows)
        for _ in range(3):
            taught.decide_wrongly(20, by="ada")
            taught.learn()

        assert taught.active() == before

    def test_an_honest_burst_is_learnt_from(self, taught: Desk, rows: Rows) -> None:
        """Eighty right decisions of somebody else in one hour are no attack."""
        before = taught.active()
        taught.an_hour_passes(rows)
        for _ in range(4):
            taught.decide_rightly(20, by="bob")
            taught.learn()

        assert taught.active() not in {None, before}
        assert "refused" not in taught.states().values()

    def test_once_the_wrong_labels_are_undone_learning_goes_on(self, taught: Desk, rows: Rows) -> None:
        """Undo takes back what was taught."""
        taught.an_hour_passes(rows)
        wrong = taught.decide_wrongly(20)
        taught.learn()
        for n, comment_id in enumerate(wrong):
            taught.decide(comment_id, Event.SPAM if n % 2 else Event.PUBLISH)
        taught.an_hour_passes(rows)
        before = taught.active()
        for _ in range(3):
            taught.decide_rightly(20)
            taught.learn()

        assert taught.active() not in {None, before}

    def test_what_is_worse_on_later_decisions_is_refused(self, desk: Desk) -> None:
        """One moderator changed their mind: the old labels judge the new ones badly."""
        desk.decide_wrongly(10, by="ada")
        desk.learn()
        desk.decide_rightly(40)
        desk.learn()

        assert desk.states()[1] == "refused"
        assert desk.comparison(1)["reason"] == "It is worse on the latest decisions."


class TestRollback:
    """The way back."""

    def roll_back(self, desk: Desk, version: int | None) -> int | None:
        with desk.runtime.engine.begin() as connection:
            return roll_back(connection, desk.site.id, version)

    def test_the_version_before_judges_again(self, taught: Desk) -> None:
        """The shadow that was trained on the same labels is refused; nothing is deleted."""
        taught.decide_rightly(20)
        taught.learn()
        assert taught.active() == 2

        assert self.roll_back(taught, 1) == 2
        assert taught.states() == {1: "active", 2: "retired", 3: "refused"}

    def test_the_shipped_reader_judges_alone_again(self, taught: Desk) -> None:
        """Also when there is no version before."""
        assert self.roll_back(taught, None) == 1
        assert taught.active() is None

    def test_learning_goes_on_from_there(self, taught: Desk) -> None:
        """The next model is compared with the one that judges now."""
        self.roll_back(taught, None)
        for _ in range(2):
            taught.decide_rightly(20)
            taught.learn()

        assert taught.states() == {1: "retired", 2: "refused", 3: "active", 4: "shadow"}

    def test_a_rollback_in_the_middle_of_a_lesson_wins(
        self, taught: Desk, rows: Rows, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The lesson is about models that stand no longer so; it is begun again."""
        taught.decide_rightly(20)
        trial = learning_usecase.try_out

        def meanwhile(*args: Any, **kwargs: Any) -> Any:
            self.roll_back(taught, None)
            return trial(*args, **kwargs)

        monkeypatch.setattr(learning_usecase, "try_out", meanwhile)
        learn_due(taught.learner())
        assert taught.states() == {1: "retired", 2: "refused"}

        monkeypatch.undo()
        rows("UPDATE tasks SET due_at = now() WHERE done_at IS NULL")
        taught.learn()
        assert taught.states() == {1: "retired", 2: "refused", 3: "shadow"}


class TestFailing:
    """Learning that fails harms nobody."""

    @pytest.fixture
    def broken(self, taught: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
        """A desk where training raises, with enough new decisions."""
        taught.decide_rightly(20)

        def fail(*_: object, **__: object) -> None:
            raise MemoryError

        monkeypatch.setattr(learning_usecase, "fit_site_model", fail)
        return taught

    def test_it_is_tried_again_after_a_while(self, broken: Desk, rows: Rows) -> None:
        """The task stays, and is not tried three times in a millisecond."""
        assert broken.learn() == 1
        assert rows(
            "SELECT attempts, due_at > now(), leased_by FROM tasks WHERE kind = 'learn' AND done_at IS NULL"
        ) == [(1, True, None)]

    def test_after_three_attempts_the_model_stays_as_it_is(self, broken: Desk, rows: Rows) -> None:
        """It is noted among the versions, and not tried again before more was decided."""
        active = None
        for _ in range(4):
            broken.learn()
            active = broken.active()
            rows("UPDATE tasks SET due_at = now() WHERE done_at IS NULL")
        assert rows("SELECT outcome FROM tasks WHERE kind = 'learn' ORDER BY id DESC LIMIT 1") == [("failed",)]
        assert broken.active() == active is not None
        assert broken.comparison(max(broken.states()))["reason"] == "Learning failed 3 times: MemoryError."

        broken.decide_rightly(10)
        assert rows("SELECT count(*) FROM tasks WHERE kind = 'learn' AND done_at IS NULL") == [(0,)]
        broken.decide_rightly(10)
        assert rows("SELECT count(*) FROM tasks WHERE kind = 'learn' AND done_at IS NULL") == [(1,)]

    def test_one_that_kills_its_process_again_and_again_is_given_up(self, taught: Desk, rows: Rows) -> None:
        """After three attempts without a word nobody tries a fourth time."""
        taught.decide_rightly(20)
        for _ in range(3):
            with taught.runtime.engine.begin() as connection:
                assert learning.claim(connection, worker="dead", lease=timedelta())
        before = taught.active()
        assert taught.learn() == 1

        assert taught.active() == before
        assert taught.states() == {1: "active", 2: "refused", 3: "refused"}

    def test_who_comes_back_after_the_lesson_was_ended_changes_nothing(
        self, desk: Desk, rows: Rows, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A process that was thought dead finds its task finished, and leaves no model behind."""
        desk.decide_rightly(10)
        fit = learning_usecase.fit_site_model

        def slowly(*args: Any, **kwargs: Any) -> Any:
            rows("UPDATE tasks SET done_at = now(), outcome = 'failed' WHERE kind = 'learn'")
            return fit(*args, **kwargs)

        monkeypatch.setattr(learning_usecase, "fit_site_model", slowly)
        assert desk.learn() == 1

        assert desk.states() == {}


class TestUpgrade:
    """A new release brings another reader."""

    def test_a_new_model_is_made_for_the_new_reader_at_once(self, taught: Desk, rows: Rows) -> None:
        """From the stored labels: the latest try the model that was trained on the others."""
        taught.decide_rightly(60)
        taught.learn()
        newer = Reader(shipped_reader().weights, "newer")
        with taught.runtime.engine.connect() as connection:
            assert site_models.outdated(connection, "newer") == [taught.site.id]
        rows("UPDATE site_models SET state = 'refused' WHERE state = 'shadow'")

        assert len(catch_up(taught.runtime.engine, newer)) == 1
        assert taught.learn(reader=newer) == 1
        with taught.runtime.engine.connect() as connection:
            assert site_models.active(connection, [taught.site.id])[taught.site.id].shipped_version == "newer"

    def test_a_shadow_of_the_old_reader_never_judges(self, taught: Desk) -> None:
        """It is refused untried."""
        taught.decide_rightly(20)
        taught.learn(reader=Reader(shipped_reader().weights, "newer"))

        assert taught.comparison(2)["reason"] == "It was made for another release."


class TestPromise:
    """Publish without review only where fewer than so many are spam."""

    def promise(self, runtime: Runtime, site: Site, share: float | None) -> None:
        with runtime.engine.begin() as connection:
            wanted = replace(site, policy=policy_from_settings(1, {"promise": share}))
            sites.change(connection, site, wanted, changed_by="test")

    def hold_from(self, desk: Desk) -> float | None:
        with desk.runtime.engine.connect() as connection:
            return site_models.active(connection, [desk.site.id])[desk.site.id].hold_from

    def test_it_is_set_from_the_sites_own_decisions(self, taught: Desk, runtime: Runtime, site: Site) -> None:
        """Once there are enough of them: 20 % take at least 14 that went well, of which no model knew."""
        self.promise(runtime, site, 0.2)
        taught.decide_rightly(40)
        taught.learn()

        found = self.hold_from(taught)
        assert found is not None
        assert 0 < found <= 1

    def test_too_few_decisions_keep_no_promise(self, taught: Desk, runtime: Runtime, site: Site) -> None:
        """1 % takes 299 at the least."""
        self.promise(runtime, site, 0.01)
        taught.decide_rightly(20)
        taught.learn()

        assert self.hold_from(taught) is None

    def test_a_bound_keeps_the_promise_that_it_was_found_for(
        self, taught: Desk, runtime: Runtime, site: Site, rows: Rows
    ) -> None:
        """Promising more asks for a lesson, and until then holds as a site does whose decisions are too few to say."""
        self.promise(runtime, site, 0.2)
        taught.decide_rightly(40)
        taught.learn()
        with runtime.engine.connect() as connection:
            before = sites.by_ids(connection, [site.id])[site.id]
        version = change_policy(
            runtime.engine, site.id, replace(before.policy, promise=0.01), based_on=before.policy.version, note="",
            by=taught.actor("ada"),
        )  # fmt: skip
        with runtime.engine.connect() as connection:
            model = site_models.active(connection, [site.id])[site.id]

        assert version == before.policy.version + 1
        assert model.bound_of(0.2) is not None
        assert model.bound_of(0.01) is None
        assert taught.learn() == 1
        with runtime.engine.connect() as connection:
            model = site_models.active(connection, [site.id])[site.id]
        assert (model.kept_promise, model.hold_from) == (0.01, None)

    def test_a_bound_from_before_promises_stood_beside_it(self, taught: Desk, runtime: Runtime, site: Site) -> None:
        """Nobody knows what it keeps: the worker asks for a lesson when it starts, once."""
        self.promise(runtime, site, 0.2)

        assert len(catch_up(runtime.engine, shipped_reader())) == 1
        assert taught.learn() == 1
        assert catch_up(runtime.engine, shipped_reader()) == []

    def test_without_a_promise_there_is_no_bound(self, taught: Desk) -> None:
        """The policy's thresholds hold."""
        assert self.hold_from(taught) is None


class TestRunning:
    """From the review API to the switch, with the job queue in between."""

    def test_sixty_decisions_by_the_api_teach_a_model_that_takes_over_and_can_go_again(  # noqa: PLR0913
        self,
        desk: Desk,
        client: FlaskClient,
        bearer: Callable[..., dict[str, str]],
        runtime: Runtime,
        rows: Rows,
    ) -> None:
        """Hold, decide, retrain, compare in the shadow, switch, judge with it, roll back."""
        with runtime.engine.begin() as connection:
            wanted = replace(desk.site, policy=policy_from_settings(1, HOLDS_EVERYTHING))
            sites.change(connection, desk.site, wanted, changed_by="test")
        moderator = bearer("moderator")
        queue = Queue("learning", connection=runtime.redis, serializer=JSONSerializer)
        sent = 0
        for n in range(60):
            body, decision = (spam(desk.chance), "spam") if n % 2 else (honest(desk.chance), "publish")
            comment_id = desk.visitor.comment(body=body)
            desk.visitor.drain()
            answer = client.post(
                f"/api/v1/review/comments/{comment_id}/decisions",
                json={"decision": decision, "revision": 1},
                headers=moderator,
            )
            assert answer.status_code == 201, answer.get_data(as_text=True)
            if rows("SELECT FROM tasks WHERE kind = 'learn' AND done_at IS NULL"):
                wait_until(lambda: queue.count > 0, 5)
                (job,) = queue.jobs
                assert job.func_name == "workers.jobs.learn"
                queue.empty()
                sent += desk.learn()

        assert sent == 3
        assert desk.states() == {1: "retired", 2: "active", 3: "shadow"}
        assert desk.comparison(2)["is_accepted"] is True

        comment_id = desk.visitor.comment(body=spam(desk.chance))
        desk.visitor.drain()
        ((versions,),) = rows("SELECT model_versions FROM readings WHERE comment_id = :id", id=comment_id)
        assert versions == [f"shipped:{shipped_reader().version}", "site:2"]

        with runtime.engine.begin() as connection:
            assert roll_back(connection, desk.site.id, 1) == 2
        comment_id = desk.visitor.comment(body=spam(desk.chance))
        desk.visitor.drain()
        ((versions,),) = rows("SELECT model_versions FROM readings WHERE comment_id = :id", id=comment_id)
        assert versions == [f"shipped:{shipped_reader().version}", "site:1"]
