"""Deciding beside others: reasons, messages, undo, and what the second of two moderators hears."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.moderation.reasons import CATALOGUE
from service.moderation.states import TRANSITIONS, Decider
from service.runtime import Runtime
from tests.conftest import PLAIN_CHECKS, Drain, Rows, Visitor, add_site, status_of
from tests.storage.test_decisions import check_the_book

REVIEW = "/api/v1/review/comments"
Bearer = Callable[..., dict[str, str]]
LogIn = Callable[..., FlaskClient]


@pytest.fixture
def held(visitor: Visitor) -> UUID:
    """A comment that waits for a person, because it shows a phone number."""
    visitor.drain.checks = PLAIN_CHECKS
    comment_id = visitor.comment(body="Please call +44 20 7946 0958 tonight")
    visitor.drain()
    return comment_id


@pytest.fixture
def ada(log_in: LogIn) -> FlaskClient:
    return log_in(name="ada")


@pytest.fixture
def bob(log_in: LogIn) -> FlaskClient:
    return log_in(name="bob")


def decide(client: FlaskClient, comment_id: UUID, decision: str = "publish", **more: Any) -> TestResponse:
    sent = {"decision": decision, "revision": 1, **more}
    return client.post(f"{REVIEW}/{comment_id}/decisions", json=sent)


def decided(client: FlaskClient, comment_id: UUID, decision: str = "publish", **more: Any) -> int:
    """The id of a decision that was taken."""
    answer = decide(client, comment_id, decision, **more)
    assert answer.status_code == 201, answer.text
    return int(answer.get_json()["decision_id"])


def undo(client: FlaskClient, comment_id: UUID, decision_id: int) -> TestResponse:
    return client.post(f"{REVIEW}/{comment_id}/undo", json={"decision_id": decision_id})


class TestEveryDecision:
    """What a moderator can do."""

    @pytest.mark.parametrize(
        ("series", "status"),
        [
            (["publish", "remove"], "removed"), (["publish", "remove", "restore"], "published"),
            (["publish", "hold"], "held"), (["spam", "hold"], "held"), (["reject", "hold", "publish"], "published"),
        ],
    )  # fmt: skip
    def test_what_follows_a_decision_needs_no_leave(
        self, ada: FlaskClient, rows: Rows, held: UUID, series: list[str], status: str
    ) -> None:
        """Taking down, bringing back and sending back to the queue follow one another by their nature."""
        for decision in series:
            decided(ada, held, decision)

        assert status_of(rows, held) == status
        check_the_book(rows)

    def test_a_reason_of_the_catalogue_is_told_in_words(self, ada: FlaskClient, held: UUID) -> None:
        """In the history; a code of one's own is named there."""
        first = decided(ada, held, "reject", reason="off_topic")
        decided(ada, held, "spam", reason="our_own_code", replaces=first)

        lines = ada.get(f"{REVIEW}/{held}").get_json()["decisions"]
        assert [line["reasons"] for line in lines[1:]] == [
            ["A moderator decided: off topic."], ["A moderator decided (our_own_code)."]
        ]  # fmt: skip

    def test_the_catalogue_names_decisions_that_exist(self, ada: FlaskClient) -> None:
        """Each code once, and only decisions that a moderator takes with a reason; an answer has its question for one."""
        listed = ada.get("/api/v1/review/reasons").get_json()["reasons"]

        assert [reason["code"] for reason in listed] == [reason.code for reason in CATALOGUE]
        assert len({reason["code"] for reason in listed}) == len(listed)
        named = {decision for reason in listed for decision in reason["decisions"]}
        answers = {"keep", "uphold", "overturn"}
        assert named | answers == {arrow.event.value for arrow in TRANSITIONS if arrow.decider is Decider.MODERATOR}
        assert not named & answers

    def test_the_catalogue_is_for_moderators(self, client: FlaskClient, bearer: Bearer) -> None:
        """Of any role; not for the site's own server."""
        assert client.get("/api/v1/review/reasons").status_code == 401
        assert client.get("/api/v1/review/reasons", headers=bearer("submitter")).status_code == 403
        assert client.get("/api/v1/review/reasons", headers=bearer("viewer")).status_code == 200


class TestMessage:
    """What the author is told."""

    def test_the_author_reads_it_beside_the_status(self, visitor: Visitor, ada: FlaskClient, log_in: LogIn) -> None:
        """In the answer for programs and on the page; moderators see it in the history. Readers never do."""
        accepted = visitor.accepted(body="Off topic, I know.")
        decided(ada, UUID(accepted["id"]), "reject", reason="off_topic", message="This page is about <gardens>.")

        token = {"Authorization": f"Bearer {accepted['author_token']}"}
        told = visitor.client.get(accepted["status_url"], headers=token).get_json()
        assert (told["status"], told["message"]) == ("not_published", "This page is about <gardens>.")
        history = ada.get(f"{REVIEW}/{accepted['id']}").get_json()["decisions"]
        assert history[-1]["message"] == "This page is about <gardens>."

    def test_it_is_gone_when_the_decision_is_undone(self, visitor: Visitor, ada: FlaskClient) -> None:
        """What does not stand is not told."""
        accepted = visitor.accepted()
        visitor.drain()
        comment_id = UUID(accepted["id"])
        undo(ada, comment_id, decided(ada, comment_id, "remove", message="Sorry."))

        token = {"Authorization": f"Bearer {accepted['author_token']}"}
        told = visitor.client.get(accepted["status_url"], headers=token).get_json()
        assert (told["status"], told["message"]) == ("published", None)


class TestUndo:
    """Nothing is final but forgetting."""

    @pytest.mark.parametrize("decision", ["publish", "spam", "reject"])
    def test_it_brings_the_status_before_back(
        self, ada: FlaskClient, visitor: Visitor, rows: Rows, held: UUID, decision: str
    ) -> None:
        """As a line of its own that names what it took back; the comment waits where it waited."""
        decision_id = decided(ada, held, decision)
        answer = undo(ada, held, decision_id)

        assert answer.status_code == 201
        assert answer.get_json()["status"] == status_of(rows, held) == "held"
        assert rows("SELECT event, status, undoes, decided_by FROM decisions ORDER BY id DESC LIMIT 1") == [
            ("undo", "held", decision_id, "moderator:ada")
        ]
        listed = ada.get(f"{REVIEW}?reason=personal_data").get_json()["comments"]
        assert [(item["id"], item["reasons"]) for item in listed] == [(str(held), ["The text shows a phone number."])]
        assert visitor.read()["total"] == 0
        check_the_book(rows)

    def test_a_colleague_may_undo_and_decide_anew(
        self, ada: FlaskClient, bob: FlaskClient, rows: Rows, held: UUID
    ) -> None:
        """What waits again is decided like the first time."""
        undo(bob, held, decided(ada, held, "spam"))

        decided(bob, held, "publish")
        assert status_of(rows, held) == "published"

    def test_taking_down_is_undone_with_the_count(self, ada: FlaskClient, visitor: Visitor, rows: Rows) -> None:
        """The page shows it again, as the policy had it."""
        comment_id = visitor.published()
        undo(ada, comment_id, decided(ada, comment_id, "spam"))

        assert [shown["id"] for shown in visitor.read()["comments"]] == [str(comment_id)]
        check_the_book(rows)

    def test_only_the_last_decision_can_be_undone(self, ada: FlaskClient, rows: Rows, held: UUID) -> None:
        """Another one is refused with the one that stands."""
        first = decided(ada, held, "publish")
        second = decided(ada, held, "remove")
        answer = undo(ada, held, first)

        assert answer.status_code == 409
        assert answer.get_json()["decision"]["id"] == second
        assert status_of(rows, held) == "removed"

    def test_an_undo_is_not_undone(self, ada: FlaskClient, held: UUID) -> None:
        """Nor is a decision undone twice."""
        first = decided(ada, held, "publish")
        second = undo(ada, held, first).get_json()["decision_id"]

        assert undo(ada, held, first).status_code == 409
        assert undo(ada, held, second).status_code == 409

    def test_the_policy_is_not_undone(self, ada: FlaskClient, visitor: Visitor, rows: Rows, held: UUID) -> None:
        """A person who sees it otherwise decides."""
        ((by_policy,),) = rows("SELECT max(id) FROM decisions")
        fresh = visitor.comment(body="Nobody has looked at this.")

        assert undo(ada, held, by_policy).status_code == 409
        assert undo(ada, fresh, by_policy).status_code == 409
        assert rows("SELECT count(*) FROM decisions") == [(1,)]

    def test_a_comment_that_was_being_checked_is_not_left_waiting(
        self, ada: FlaskClient, visitor: Visitor, rows: Rows, drain: Drain
    ) -> None:
        """Its checks have reported meanwhile, and nobody would report again: the policy decides at once."""
        quick, slow = visitor.comment(body="A calm thought."), visitor.comment(body="Another calm thought.")
        hasty, early = decided(ada, quick, "spam"), decided(ada, slow, "spam")
        assert undo(ada, slow, early).get_json()["status"] == "pending"
        visitor.drain()

        assert undo(ada, quick, hasty).get_json()["status"] == "published"
        assert status_of(rows, slow) == "published"
        assert rows("SELECT event FROM decisions WHERE comment_id = :id ORDER BY id", id=quick) == [
            ("spam",), ("undo",), ("publish",)
        ]  # fmt: skip

    def test_an_edited_comment_is_not_undone(self, ada: FlaskClient, rows: Rows, held: UUID) -> None:
        """The text that was decided is not there any more."""
        decision_id = decided(ada, held, "publish")
        rows("INSERT INTO revisions (comment_id, number, body) VALUES (:id, 2, 'Something else.')", id=held)
        rows(
            "INSERT INTO decisions (comment_id, site_id, revision, event, status, decided_by, reason_code, reasons)"
            " SELECT id, site_id, 2, 'revise', 'pending', 'author', 'edited', '{}' FROM comments"
        )
        rows("UPDATE comments SET revision = 2, status = 'pending', shown_revision = NULL")

        assert undo(ada, held, decision_id).status_code == 409

    def test_it_takes_the_same_role_as_deciding(
        self, ada: FlaskClient, client: FlaskClient, held: UUID, bearer: Bearer, runtime: Runtime, rows: Rows
    ) -> None:
        """A viewer may not, a stranger finds nothing, and nobody in particular is asked who they are."""
        decision_id = decided(ada, held, "publish")
        sent = {"decision_id": decision_id}
        stranger = bearer("owner", add_site(runtime, "other", "https://other.example.com"))

        assert client.post(f"{REVIEW}/{held}/undo", json=sent).status_code == 401
        assert client.post(f"{REVIEW}/{held}/undo", json=sent, headers=bearer("viewer")).status_code == 403
        assert client.post(f"{REVIEW}/{held}/undo", json=sent, headers=stranger).status_code == 404
        assert status_of(rows, held) == "published"

    @pytest.mark.parametrize("body", [{}, {"decision_id": 0}, {"decision_id": "1"}, {"decision_id": 1, "x": 1}])
    def test_an_undo_that_can_not_be_is_422(self, ada: FlaskClient, held: UUID, body: dict[str, Any]) -> None:
        """The schema is closed here, too."""
        assert ada.post(f"{REVIEW}/{held}/undo", json=body).status_code == 422


class TestTwoAtOnce:
    """T37: exactly one wins, and the other is told what happened."""

    def test_the_second_hears_who_decided_what_and_when(
        self, ada: FlaskClient, bob: FlaskClient, rows: Rows, held: UUID
    ) -> None:
        """As members of the refusal, for programs and for the page."""
        decision_id = decided(ada, held, "publish", reason="within_rules")
        answer = decide(bob, held, "spam")

        assert answer.status_code == 409
        told = answer.get_json()
        assert told["code"] == "conflict"
        assert told["detail"] == "ada has decided meanwhile: the comment is published."
        assert told["decision"].pop("decided_at")
        assert told["decision"] == {
            "id": decision_id, "revision": 1, "decision": "publish", "status": "published",
            "decided_by": "moderator:ada", "reason": "within_rules",
        }  # fmt: skip
        assert status_of(rows, held) == "published"

    def test_whoever_has_seen_it_may_replace_it(self, ada: FlaskClient, bob: FlaskClient, held: UUID) -> None:
        """By naming it; a decision that does not stand any more is not replaced."""
        first = decided(ada, held, "publish")
        decided(bob, held, "spam", replaces=first)

        answer = decide(ada, held, "publish", replaces=first)
        assert answer.status_code == 409
        assert answer.get_json()["decision"]["decided_by"] == "moderator:bob"

    def test_an_edited_comment_is_refused_as_changed(self, ada: FlaskClient, rows: Rows, held: UUID) -> None:
        """With a code of its own: nobody was faster, the text is another one."""
        rows("INSERT INTO revisions (comment_id, number, body) VALUES (:id, 2, 'Something else.')", id=held)
        rows("UPDATE comments SET revision = 2")
        answer = decide(ada, held, "publish")

        assert (answer.status_code, answer.get_json()["code"]) == (409, "changed")
        assert "decision" not in answer.get_json()

    def test_of_two_hundred_pairs_each_has_one_winner(
        self, app: APIFlask, ada: FlaskClient, bob: FlaskClient, visitor: Visitor, rows: Rows
    ) -> None:
        """Two hundred winners, two hundred refusals that name the winner's decision, two hundred lines in the log."""
        ids = [visitor.comment(body=f"Number {n}.") for n in range(200)]
        rows("UPDATE comments SET status = 'held', shown_revision = NULL")

        def one(turn: int) -> tuple[UUID, TestResponse]:
            client, decision = ((ada, "publish"), (bob, "spam"))[turn % 2]
            browser = app.test_client()
            browser.environ_base |= client.environ_base
            cookie = client.get_cookie("__Host-greenroom")
            assert cookie
            browser.set_cookie("__Host-greenroom", cookie.value, secure=True)
            return ids[turn // 2], decide(browser, ids[turn // 2], decision)

        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(one, range(400)))

        assert Counter(answer.status_code for _, answer in answers) == {201: 200, 409: 200}
        winners = {comment_id: a.get_json() for comment_id, a in answers if a.status_code == 201}
        assert len(winners) == 200
        for comment_id, answer in answers:
            if answer.status_code == 409:
                assert answer.get_json()["decision"]["id"] == winners[comment_id]["decision_id"]
        assert rows("SELECT count(*), count(DISTINCT comment_id) FROM decisions") == [(200, 200)]
