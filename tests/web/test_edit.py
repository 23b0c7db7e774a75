"""Authors change what they wrote. Nobody sees a new text before it was checked (promise 2)."""

import random
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy.exc import DBAPIError

from service.moderation.checks import BatchCheck, each
from service.moderation.model import Facts, Label, Signal, Verdict
from service.runtime import Runtime
from service.storage import checking, near_duplicates, reputation, tasks
from service.storage.reputation import Acquaintance
from service.storage.sites import Site
from service.usecases.check import check_due
from service.usecases.work_bulk import BulkWorker, bulk_due
from tests.conftest import PAGE, PLAIN_CHECKS, SET_STATUS, Drain, MakeRuntime, Rows, Visitor, make_app, status_of
from tests.stack import wait_until
from tests.storage.test_decisions import check_the_book
from tests.web.own_comments import Author, let, state_of, texts

FIRST = "The rain has stopped at last."
SECOND = "The rain has stopped, and the street smells of lilac."
HELD = "Write to me: ann.smith@example.net please"
REVIEW = "/api/v1/review/comments"
Bearer = Callable[..., dict[str, str]]


@pytest.fixture(autouse=True)
def _without_the_reader(drain: Drain) -> None:
    drain.checks = PLAIN_CHECKS


def with_check(check: Callable[[Facts], list[Signal]], kind: str = "check_spam") -> Mapping[str, Sequence[BatchCheck]]:
    """The plain checks with one more in front."""
    return {**PLAIN_CHECKS, kind: (each(check), *PLAIN_CHECKS[kind])}


def demands(verdict: Verdict) -> Mapping[str, Sequence[BatchCheck]]:
    """Checks that ask for this about every text."""
    return with_check(lambda _: [Signal("rules", Label.HOUSE_RULES, 1.0, "A rule.", rule_id="x", verdict=verdict)])


NONE: Mapping[str, Sequence[BatchCheck]] = {"check_spam": (), "check_moderation": ()}
"""Checks that have nothing to say, however often the same is said."""

HOLDING = {**NONE, "check_spam": (each(lambda _: [Signal("x", Label.UNCHECKED, 1.0, "Somebody has to look.")]),)}


def decide(client: FlaskClient, comment_id: UUID, headers: dict[str, str], **sent: Any) -> Any:
    return client.post(f"{REVIEW}/{comment_id}/decisions", json={"revision": 1, **sent}, headers=headers)


class TestChanging:
    """What an author gets, and what readers see meanwhile."""

    def test_the_new_text_replaces_the_old_one_once_it_has_passed(self, visitor: Visitor, rows: Rows) -> None:
        """It keeps id, place and answers, and says that it was edited."""
        before = visitor.published(body="Somebody else was first.")
        author = Author.of_published(visitor, body=FIRST)
        reply = visitor.published(body="So it has.", parent_id=str(author.comment_id))

        told = author.edited(SECOND)
        assert (told["id"], told["status"], told["revision"]) == (str(author.comment_id), "pending", 2)
        assert told["editable_until"] == author.status()["editable_until"]
        assert texts(visitor) == ["Somebody else was first.", FIRST, "So it has."]
        assert visitor.read()["total"] == 3
        status = author.status()
        assert (status["status"], status["shown_revision"]) == ("pending", 1)
        assert "earlier text" in status["detail"]
        assert (status["comment"]["body_text"], status["comment"]["revision"]) == (SECOND, 2)

        visitor.drain()
        shown = visitor.read()["comments"]
        assert [comment["id"] for comment in shown] == [str(before), str(author.comment_id), str(reply)]
        assert shown[1]["body_text"] == SECOND
        assert SECOND in shown[1]["body_html"]
        assert shown[1]["edited_at"] > shown[1]["created_at"]
        assert (shown[1]["reply_count"], shown[2]["parent_author"]) == (1, "Ann")
        assert state_of(rows, author.comment_id) == ("published", 2, 2)
        assert rows("SELECT event, decided_by, revision, shown_revision FROM decisions WHERE comment_id = :id ORDER BY id",
                    id=author.comment_id) == [
            ("publish", "policy", 1, 1), ("revise", "author", 2, 1), ("publish", "policy", 2, 2),
        ]  # fmt: skip
        check_the_book(rows)

    def test_what_readers_see_is_not_called_edited_before_it_is(self, visitor: Visitor) -> None:
        """The old text is as old as it ever was; a change leaves no mark on it."""
        author = Author.of_published(visitor, body=FIRST)
        before = visitor.read()
        author.edited(SECOND)

        assert visitor.read() == before

    def test_a_site_can_hide_the_old_text_meanwhile(
        self, visitor: Visitor, runtime: Runtime, site: Site, rows: Rows
    ) -> None:
        """Then nothing is to be seen of the comment until its new text has passed."""
        let(runtime, site, keeps_old_revision=False)
        author = Author.of_published(visitor, body=FIRST)
        author.edited(SECOND)
        assert (texts(visitor), visitor.read()["total"]) == ([], 0)
        assert author.status()["shown_revision"] is None
        check_the_book(rows)

        visitor.drain()
        assert (texts(visitor), visitor.read()["total"]) == ([SECOND], 1)
        check_the_book(rows)

    def test_a_comment_that_waits_can_be_changed(self, visitor: Visitor, rows: Rows) -> None:
        """Whoever sees the slip at once need not wait; and who is held may take out why."""
        pending, held = Author.of(visitor, body=HELD), Author.of(visitor, body=HELD)
        pending.edited(FIRST)
        visitor.drain()
        assert held.status()["status"] == "held"
        held.edited(SECOND)
        visitor.drain()

        assert texts(visitor) == [FIRST, SECOND]
        assert state_of(rows, pending.comment_id) == state_of(rows, held.comment_id) == ("published", 2, 2)

    def test_the_same_text_again_is_no_new_one(self, visitor: Visitor, rows: Rows) -> None:
        """Sent twice, or changed to what it is: nothing is checked anew, and nobody is told of an edit."""
        author = Author.of_published(visitor, body=FIRST)
        assert author.edited(f"{FIRST}  \r\n")["revision"] == 1
        first, again = author.edited(SECOND), author.edited(SECOND)

        assert first == again
        assert rows("SELECT count(*) FROM revisions") == [(2,)]
        visitor.drain()
        assert author.edited(SECOND, revision=2)["status"] == "published"
        assert rows("SELECT count(*) FROM decisions") == [(3,)]

    def test_the_tasks_are_sent_on_their_way(self, visitor: Visitor, rows: Rows) -> None:
        """One commit holds the new text and both of its checks."""
        author = Author.of_published(visitor, body=FIRST)
        author.edited(SECOND)

        assert rows("SELECT kind FROM tasks WHERE revision = 2 AND done_at IS NULL ORDER BY kind") == [
            ("check_moderation",), ("check_spam",),
        ]  # fmt: skip


class TestRules:
    """Who may change what, and until when."""

    def test_only_within_the_window(self, visitor: Visitor, runtime: Runtime, site: Site, rows: Rows) -> None:
        """Fifteen minutes, or as long as the site allows."""
        author = Author.of_published(visitor, body=FIRST)
        rows("UPDATE comments SET created_at = created_at - interval '14 minutes 50 seconds'")
        author.edited("Still in time.")
        rows("UPDATE comments SET created_at = created_at - interval '11 seconds'")
        late = author.edit("Too late.", revision=2)
        assert (late.status_code, late.get_json()["code"]) == (403, "edit_window_over")

        let(runtime, site, edit_window=timedelta(minutes=16))
        author.edited("Again in time.", revision=2)
        let(runtime, site, edit_window=timedelta(0))
        assert author.edit("Never.", revision=3).status_code == 403

    @pytest.mark.parametrize("status", ["spam", "rejected", "removed"])
    def test_what_was_turned_down_stays_as_it_is(self, visitor: Visitor, rows: Rows, status: str) -> None:
        """Nobody changes a comment until it slips through."""
        author = Author.of_published(visitor, body=FIRST)
        rows(SET_STATUS, status=status)
        answer = author.edit(SECOND)

        assert (answer.status_code, answer.get_json()["code"]) == (409, "not_editable")
        assert rows("SELECT count(*) FROM revisions") == [(1,)]

    def test_only_with_the_newest_text_in_view(self, visitor: Visitor) -> None:
        """What was written in another tab is not lost unseen."""
        author = Author.of_published(visitor, body=FIRST)
        author.edited("From one tab.")
        answer = author.edit("From the other.")

        assert (answer.status_code, answer.get_json()["code"]) == (409, "changed")
        assert author.status()["comment"]["body_text"] == "From one tab."

    def test_at_most_ten_texts(self, visitor: Visitor) -> None:
        author = Author.of(visitor, body=FIRST)
        for number in range(1, 10):
            assert author.edited(f"Number {number}.", revision=number)["revision"] == number + 1
        answer = author.edit("One too many.", revision=10)

        assert (answer.status_code, answer.get_json()["code"]) == (409, "too_many_revisions")
        assert author.edited("Number 9.", revision=9)["revision"] == 10

    @pytest.mark.parametrize(
        ("body", "code"),
        [
            ("", "required"),
            ("   ", "required"),
            ("x" * 10_001, "too_long"),
            ("\x07", "control_character"),
            ("\u200b", "invisible_only"),
        ],
    )
    def test_it_is_validated_as_a_submission_is(self, visitor: Visitor, body: str, code: str) -> None:
        """By the same function, with the same words."""
        author = Author.of_published(visitor, body=FIRST)
        edited, submitted = author.edit(body), visitor.send(body=body)

        assert edited.status_code == submitted.status_code == 422
        assert edited.get_json()["errors"] == submitted.get_json()["errors"]
        assert edited.get_json()["errors"][0]["pointer"] == "/body"

    @pytest.mark.parametrize(
        "sent",
        [{}, {"body": "x"}, {"revision": 1}, {"body": "x", "revision": "1"}, {"body": "x", "revision": 0},
         {"body": "x", "revision": 2**31}, {"body": "x", "revision": 1, "author_name": "Eve"}, {"body": "x\0", "revision": 1}],
    )  # fmt: skip
    def test_what_it_does_not_know_is_refused(self, visitor: Visitor, sent: dict[str, Any]) -> None:
        author = Author.of_published(visitor, body=FIRST)

        assert author.client.patch(author.url, json=sent, headers=author.headers).status_code == 422

    def test_only_its_author(self, visitor: Visitor, bearer: Bearer, rows: Rows) -> None:
        """T11: neither another author, nor a moderator, nor whoever has no token; all get the same answer."""
        author, other = Author.of_published(visitor, body=FIRST), Author.of(visitor)
        sent = {"body": SECOND, "revision": 1}
        answers = [
            author.client.patch(author.url, json=sent, headers=headers)
            for headers in ({}, other.headers, bearer("owner"), {"Authorization": "Bearer "})
        ]

        assert {answer.status_code for answer in answers} == {401}
        assert len({answer.text for answer in answers}) == 1
        rows("UPDATE comments SET created_at = created_at - interval '30 days'")
        assert author.edit(SECOND).status_code == 401

    def test_edits_have_a_limit_of_their_own(self, visitor: Visitor, make_runtime: MakeRuntime) -> None:
        """It does not take away from what one may write, nor the other way round."""
        author = Author.of(visitor).elsewhere(make_runtime(limit_edit="2 per hour", limit_address="1 per hour"))
        answers = [author.edit(f"Number {number}.", revision=number) for number in (1, 2, 3)]

        assert [answer.status_code for answer in answers] == [202, 202, 429]
        assert "edits" in answers[2].get_json()["detail"]
        assert int(answers[2].headers["Retry-After"]) > 0

    def test_the_page_of_the_site_may_do_it(self, visitor: Visitor) -> None:
        """A browser asks first, from its own origin only."""
        author = Author.of_published(visitor, body=FIRST)
        asked = {
            "Access-Control-Request-Method": "PATCH",
            "Access-Control-Request-Headers": "authorization,content-type",
        }
        allowed = author.client.options(author.url, headers={"Origin": "https://example.org", **asked})
        foreign = author.client.options(author.url, headers={"Origin": "https://evil.example", **asked})

        assert "PATCH" in allowed.headers["Access-Control-Allow-Methods"]
        assert allowed.headers["Access-Control-Allow-Origin"] == "https://example.org"
        assert "Access-Control-Allow-Origin" not in foreign.headers
        assert author.edit(SECOND).headers["Access-Control-Allow-Origin"] == "https://example.org"


class TestNothingUnchecked:
    """Promise 2, for every text of a comment."""

    def test_while_the_workers_stand_still_the_old_text_stays(self, visitor: Visitor, rows: Rows) -> None:
        """Neither list, nor report page, nor counts show a word of the new one, however long it takes."""
        author = Author.of_published(visitor, body=FIRST)
        author.edited("Buy my canaryword pills")
        for kind in (None, "check_spam"):
            if kind:
                visitor.drain(kind)
            assert texts(visitor) == [FIRST]
            report_page = visitor.client.get(f"/comments/{author.comment_id}/report").text
            assert "canaryword" not in report_page
            assert FIRST in report_page
        assert state_of(rows, author.comment_id) == ("pending", 2, 1)

    @pytest.mark.parametrize(
        ("verdict", "expected"),
        [
            (Verdict.HOLD, ("held", 2, 1)), (Verdict.ESCALATE, ("held", 2, 1)),
            (Verdict.SPAM, ("spam", 2, None)), (Verdict.REJECT, ("rejected", 2, None)),
        ],
    )  # fmt: skip
    def test_a_published_comment_that_turns_bad_is_not_shown(
        self, visitor: Visitor, rows: Rows, verdict: Verdict, expected: tuple[str, int, int | None]
    ) -> None:
        """A doubt leaves the old text; what is spam or rejected takes all of it away."""
        author = Author.of_published(visitor, body=FIRST)
        author.edited(SECOND)
        visitor.drain(checks=demands(verdict))

        assert state_of(rows, author.comment_id) == expected
        assert texts(visitor) == ([FIRST] if expected[2] else [])
        assert visitor.read()["total"] == (1 if expected[2] else 0)
        check_the_book(rows)

    def test_a_check_that_fails_holds_the_new_text(self, visitor: Visitor, rows: Rows) -> None:
        """It never means publish, and the text that was checked is still there."""

        def fails(facts: Facts) -> list[Signal]:
            raise RuntimeError("no idea")

        author = Author.of_published(visitor, body=FIRST)
        author.edited(SECOND)
        for _ in range(8):
            visitor.drain(checks=with_check(fails))
            rows("UPDATE tasks SET due_at = now() WHERE done_at IS NULL")

        assert state_of(rows, author.comment_id) == ("held", 2, 1)
        assert texts(visitor) == [FIRST]
        assert "earlier text" in author.status()["detail"]

    @pytest.mark.parametrize("kind", ["check_spam", "check_moderation"])
    def test_an_edit_while_a_check_of_the_old_text_runs(self, visitor: Visitor, rows: Rows, kind: str) -> None:
        """What that check found out is about the old text: it neither publishes nor explains the new one."""
        author = Author.of(visitor, body=FIRST)
        other = "check_moderation" if kind == "check_spam" else "check_spam"
        visitor.drain(other)

        def overtaken(facts: Facts) -> list[Signal]:
            if facts.body == FIRST:
                author.edited(SECOND)
            return []

        check_due(kind, visitor.drain.tools(checks=with_check(overtaken, kind)))
        assert state_of(rows, author.comment_id) == ("pending", 2, None)
        assert texts(visitor) == []

        visitor.drain()
        assert texts(visitor) == [SECOND]
        assert rows("SELECT event, revision FROM decisions ORDER BY id") == [("revise", 2), ("publish", 2)]

    def test_a_worker_that_died_over_the_old_text_does_not_come_back_for_it(self, visitor: Visitor, rows: Rows) -> None:
        """Its lease ends, the task comes again, and finds that there is a newer text."""
        author = Author.of(visitor, body=FIRST)
        tools = visitor.drain.tools()
        with tools.engine.begin() as connection:
            assert len(tasks.claim(connection, "check_spam", worker="dead", lease=timedelta(seconds=20))) == 1
        author.edited(SECOND)
        rows("UPDATE tasks SET due_at = now()")
        seen: list[str] = []

        def noting(facts: Facts) -> list[Signal]:
            seen.append(facts.body)
            return []

        visitor.drain(checks=with_check(noting))
        assert seen == [SECOND]
        assert texts(visitor) == [SECOND]
        assert rows("SELECT count(*) FROM tasks WHERE done_at IS NULL") == [(0,)]

    def test_the_database_itself_shows_no_text_that_was_not_published(self, visitor: Visitor, rows: Rows) -> None:
        """Whatever a later hand writes into the code: a comment that waits cannot show its newest text."""
        author = Author.of_published(visitor, body=FIRST)
        author.edited(SECOND)

        for wrong in ("shown_revision = 2", "revision = 1", "status = 'spam'", "status = 'published'"):
            with pytest.raises(DBAPIError, match="comments_show_what_was_published"):
                rows(f"UPDATE comments SET {wrong} WHERE id = :id", id=author.comment_id)


class TestPeople:
    """What moderators decide, and what readers report, when texts change."""

    def test_a_moderator_decides_about_the_text_that_was_seen(
        self, visitor: Visitor, bearer: Bearer, rows: Rows
    ) -> None:
        """A decision names the revision; after an edit it is refused, and nothing changes."""
        author = Author.of_published(visitor, body=FIRST)
        author.edited(HELD)
        visitor.drain()
        ada = bearer("moderator")
        late = decide(visitor.client, author.comment_id, ada, decision="publish")
        assert (late.status_code, late.get_json()["code"]) == (409, "changed")
        assert texts(visitor) == [FIRST]

        assert decide(visitor.client, author.comment_id, ada, decision="publish", revision=2).status_code == 201
        assert texts(visitor) == [HELD]
        check_the_book(rows)

    @pytest.mark.parametrize(("decision", "shown"), [("spam", []), ("reject", []), ("hold", []), ("publish", [HELD])])
    def test_what_a_moderator_decides_is_about_all_of_it(
        self, visitor: Visitor, bearer: Bearer, rows: Rows, decision: str, shown: list[str]
    ) -> None:
        """Whoever turns the new text down does not mean to leave the old one; undo brings back what was seen."""
        author = Author.of_published(visitor, body=FIRST)
        author.edited(HELD)
        if decision != "hold":
            visitor.drain()
        ada = bearer("moderator")
        decided = decide(visitor.client, author.comment_id, ada, decision=decision, revision=2)
        assert decided.status_code == 201, decided.text
        assert texts(visitor) == shown

        undone = visitor.client.post(
            f"{REVIEW}/{author.comment_id}/undo", json={"decision_id": decided.get_json()["decision_id"]}, headers=ada
        )
        assert undone.status_code == 201, undone.text
        assert texts(visitor) == [FIRST]
        check_the_book(rows)

    def test_what_its_author_did_is_not_undone_by_a_moderator(
        self, visitor: Visitor, bearer: Bearer, rows: Rows
    ) -> None:
        author = Author.of_published(visitor, body=FIRST)
        author.edited(SECOND)
        ((last,),) = rows("SELECT max(id) FROM decisions")
        answer = visitor.client.post(
            f"{REVIEW}/{author.comment_id}/undo", json={"decision_id": last}, headers=bearer("moderator")
        )

        assert answer.status_code == 409
        assert state_of(rows, author.comment_id) == ("pending", 2, 1)

    @pytest.mark.parametrize("how", ["a moderator held it", "readers reported it", "its author objected"])
    def test_no_edit_slips_past_a_person(
        self, visitor: Visitor, runtime: Runtime, site: Site, bearer: Bearer, rows: Rows, how: str
    ) -> None:
        """What a person was to look at waits for that person, also with another text."""
        let(runtime, site, hold_after_reports=1)
        author = Author.of(visitor, body=HELD if "author" in how else FIRST)
        visitor.drain()
        if "moderator" in how:
            decide(visitor.client, author.comment_id, bearer("moderator"), decision="hold")
        elif "readers" in how:
            sent = {"reason": "insult"}
            url = f"/api/v1/sites/blog/comments/{author.comment_id}/reports"
            assert make_app(runtime).test_client().post(url, json=sent, headers=visitor.headers).status_code == 202
        else:
            answer = visitor.client.post(f"{author.url}/appeals", json={"text": "Why?"}, headers=author.headers)
            assert answer.status_code == 202
        assert status_of(rows, author.comment_id) == "held"
        assert texts(visitor) == []

        author.edited(SECOND)
        visitor.drain()
        assert state_of(rows, author.comment_id) == ("held", 2, None)
        assert rows("SELECT reason_code FROM comments") == [("changed_while_held",)]
        author.edited("And once more.", revision=2)
        visitor.drain()
        assert state_of(rows, author.comment_id) == ("held", 3, None)
        assert (
            decide(visitor.client, author.comment_id, bearer("moderator"), decision="publish", revision=3).status_code
            == 201
        )
        assert texts(visitor) == ["And once more."]

    def test_readers_report_the_text_that_they_see(
        self, visitor: Visitor, runtime: Runtime, site: Site, rows: Rows
    ) -> None:
        """Also while a new one waits; where the site wants that, it is taken away until a person has looked."""
        let(runtime, site, hold_after_reports=2)
        author = Author.of_published(visitor, body=FIRST)
        author.edited(HELD)
        visitor.drain()
        assert state_of(rows, author.comment_id) == ("held", 2, 1)

        client = make_app(runtime).test_client()
        url = f"/api/v1/sites/blog/comments/{author.comment_id}/reports"
        for n, expected in ((1, 202), (2, 202), (3, 404)):
            answer = client.post(
                url, json={"reason": "insult"}, headers=visitor.headers, environ_base={"REMOTE_ADDR": f"192.0.2.{n}"}
            )
            assert answer.status_code == expected
        assert rows("SELECT DISTINCT revision FROM reports") == [(1,)]
        assert state_of(rows, author.comment_id) == ("held", 2, None)
        assert texts(visitor) == []
        check_the_book(rows)

    def test_one_can_answer_what_one_sees(self, visitor: Visitor) -> None:
        """A comment whose new text is being checked is still there to be answered."""
        author = Author.of_published(visitor, body=FIRST)
        author.edited(HELD)
        visitor.drain()

        reply = visitor.published(body="So it has.", parent_id=str(author.comment_id))
        assert [comment["id"] for comment in visitor.read()["comments"]] == [str(author.comment_id), str(reply)]

    def test_the_desk_says_that_it_was_edited_and_what_readers_see(
        self, visitor: Visitor, bearer: Bearer, log_in: Callable[..., FlaskClient]
    ) -> None:
        """With the earlier text beside the new one."""
        author = Author.of_published(visitor, body=FIRST)
        author.edited(HELD)
        visitor.drain()
        shown = visitor.client.get(f"{REVIEW}/{author.comment_id}", headers=bearer("viewer")).get_json()

        assert (shown["comment"]["revision"], shown["comment"]["shown_revision"]) == (2, 1)
        assert shown["comment"]["edited_at"] > shown["comment"]["created_at"]
        assert [(one["number"], one["body"]) for one in shown["revisions"]] == [(1, FIRST), (2, HELD)]
        page = log_in().get(f"/desk/comments/{author.comment_id}").text
        assert "edited, revision 2" in page
        assert "readers see revision 1" in page
        assert FIRST in page
        assert "by <bdi>The author</bdi>" in page

    def test_a_shadow_ban_is_not_given_away_by_an_edit(
        self, visitor: Visitor, log_in: Callable[..., FlaskClient], rows: Rows
    ) -> None:
        """Whoever is banned in the shadow can change the comment like anybody else, and hears the same."""
        friend = Author.of_published(visitor, body=FIRST, author_name="Ben", author_email="ben@example.org")
        ban = {"kind": "name", "value": "ann", "effect": "shadow", "reason": "x"}
        assert log_in().post("/api/v1/sites/blog/bans", json=ban).status_code == 201
        shadowed = Author.of(visitor, body=FIRST)
        visitor.drain()
        assert status_of(rows, shadowed.comment_id) == "rejected"

        def told(author: Author) -> dict[str, Any]:
            status = author.status()
            return {name: status[name] for name in ("status", "detail", "shown_revision", "can_appeal", "message")} | {
                "revision": status["comment"]["revision"], "can_edit": status["editable_until"] is not None,
            }  # fmt: skip

        assert told(shadowed) == told(friend)
        answers = [author.edited(SECOND) for author in (shadowed, friend)]
        assert answers[0]["status"] == answers[1]["status"]
        assert told(shadowed) == told(friend)
        visitor.drain()
        assert told(shadowed) == told(friend)
        assert status_of(rows, shadowed.comment_id) == "rejected"
        assert texts(visitor) == [SECOND]


class TestStatistics:
    """What is known of a text goes with it."""

    def test_a_link_that_was_taken_out_earns_no_good_repute(self, visitor: Visitor, rows: Rows) -> None:
        """Otherwise a spammer has the host praised by publishing comments without it."""
        author = Author.of(visitor, body="Read this: https://shop.example.net/now it helped me a lot, honestly.")
        visitor.drain()
        assert rows("SELECT host FROM comment_hosts") == [("shop.example.net",)]
        author.edited(FIRST)
        assert rows("SELECT host FROM comment_hosts") == []
        visitor.drain()

        assert rows("SELECT host FROM comment_hosts") == []

    def test_an_edited_comment_is_not_decided_with_those_it_was_once_like(
        self, visitor: Visitor, log_in: Callable[..., FlaskClient], rows: Rows
    ) -> None:
        """Else somebody says what a hundred others say, changes it, and is published with them, unseen."""
        long = (
            "Call me at +44 20 7946 0958, I have been through all of this and would like to help whoever reads it here."
        )
        authors = [Author.of(visitor, body=f"{long} {'!' * n}") for n in range(3)]
        visitor.drain()
        assert len(rows("SELECT FROM near_duplicates")) == 3
        authors[0].edited(
            "Call +44 20 7946 0999 for something else entirely, which nobody has looked at so far, believe me."
        )
        visitor.drain()
        Author.of(visitor, body=f"{long} ????")
        visitor.drain()

        ada = log_in()
        preview = ada.post("/api/v1/review/bulk/preview", json={"like": str(authors[1].comment_id)})
        assert preview.status_code == 200, preview.text
        assert preview.get_json()["count"] == 3
        assert rows("SELECT count(*) FROM near_duplicates WHERE comment_id = :id", id=authors[0].comment_id) == [(0,)]

    @pytest.mark.parametrize("table", ["comment_hosts", "near_duplicates"])
    def test_what_a_check_still_writes_about_the_old_text_does_not_stay(
        self, visitor: Visitor, runtime: Runtime, rows: Rows, table: str
    ) -> None:
        """An edit waits for it; and what comes after the edit finds nothing to write about."""
        author = Author.of(visitor, body=FIRST)
        key = (author.comment_id, 1)
        with ThreadPoolExecutor(1) as pool:
            with runtime.engine.begin() as connection:
                (item,) = checking.load_to_check(connection, [key]).values()
                edit = pool.submit(author.elsewhere(runtime).edit, SECOND)
                wait_until(lambda: rows("SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'"), 5)
                hosts = [Acquaintance(*key, item.site_id, None, None, ("shop.example.net",))]
                reputation.remember_hosts(connection, hosts)
                near_duplicates.join(connection, {author.comment_id: author.comment_id})
            assert edit.result(10).status_code == 202

        assert rows(f"SELECT FROM {table}") == []
        with runtime.engine.begin() as connection:
            assert checking.load_to_check(connection, [key]) == {}


class TestRaces:
    """Real connections, at the same time."""

    def together(self, *acts: Callable[[], Any]) -> list[Any]:
        barrier = Barrier(len(acts))

        def act(one: Callable[[], Any]) -> Any:
            barrier.wait(10)
            return one()

        with ThreadPoolExecutor(len(acts)) as pool:
            return list(pool.map(act, acts))

    def test_of_two_edits_at_once_one_is_first(self, visitor: Visitor, runtime: Runtime, rows: Rows) -> None:
        """The other hears that the text has changed; no text is lost, none has two numbers."""
        for n in range(8):
            author = Author.of_published(visitor, body=f"{FIRST} {n}")
            tabs = [author.elsewhere(runtime) for _ in range(4)]
            answers = self.together(*(lambda tab=tab, i=i: tab.edit(f"Tab {i}.") for i, tab in enumerate(tabs)))  # type: ignore[misc]

            assert sorted(answer.status_code for answer in answers) == [202, 409, 409, 409]
            winner = next(i for i, answer in enumerate(answers) if answer.status_code == 202)
            assert rows("SELECT number, body FROM revisions WHERE comment_id = :id AND number > 1", id=author.comment_id) == [
                (2, f"Tab {winner}.")
            ]  # fmt: skip
            visitor.drain()
            assert state_of(rows, author.comment_id) == ("published", 2, 2)
        check_the_book(rows)

    def test_the_same_edit_sent_four_times_at_once_is_one(self, visitor: Visitor, runtime: Runtime, rows: Rows) -> None:
        author = Author.of_published(visitor, body=FIRST)
        tabs = [author.elsewhere(runtime) for _ in range(4)]
        answers = self.together(*(lambda tab=tab: tab.edit(SECOND) for tab in tabs))  # type: ignore[misc]

        assert {answer.status_code for answer in answers} == {202}
        assert {answer.get_json()["revision"] for answer in answers} == {2}
        assert rows("SELECT count(*) FROM revisions") == [(2,)]

    @pytest.mark.parametrize("decision", ["publish", "spam"])
    def test_an_edit_while_a_moderator_decides(
        self, visitor: Visitor, runtime: Runtime, bearer: Bearer, rows: Rows, decision: str
    ) -> None:
        """Either the decision is about the text that was seen, and the new one is checked after it, or it is refused."""
        visitor.drain.checks = HOLDING
        ada = bearer("moderator")
        outcomes = set()
        for n in range(10):
            author = Author.of(visitor, body=f"{HELD} {n}")
            visitor.drain()
            tab, desk = author.elsewhere(runtime), make_app(runtime).test_client()
            edited, decided = self.together(
                lambda tab=tab: tab.edit(SECOND),
                lambda desk=desk, author=author: decide(desk, author.comment_id, ada, decision=decision),
            )  # type: ignore[misc]
            outcomes.add((edited.status_code, decided.status_code))
            status, revision, shown = state_of(rows, author.comment_id)
            if edited.status_code == 202:
                assert status == "pending"
                assert (revision, shown) == (2, 1 if decided.status_code == 201 else None)
                assert decision == "publish" or decided.get_json()["code"] == "changed"
            else:
                assert (edited.get_json()["code"], decided.status_code, status, shown) == (
                    "not_editable",
                    201,
                    "spam",
                    None,
                )
            assert SECOND not in texts(visitor)
            rows("UPDATE tasks SET done_at = now(), outcome = 'failed' WHERE done_at IS NULL")
        assert outcomes <= {(202, 201), (202, 409), (409, 201)}
        check_the_book(rows)

    def test_an_edit_while_both_checks_report(self, visitor: Visitor, runtime: Runtime, rows: Rows) -> None:
        """Three at once, many times: whatever comes first, only a text that was checked is ever shown."""
        visitor.drain.checks = NONE
        chance = random.Random(7)
        for n in range(10):
            author = Author.of(visitor, body=f"{FIRST} {n}")
            tab = author.elsewhere(runtime)
            tools = visitor.drain.tools()
            acts: list[Callable[[], Any]] = [
                lambda tab=tab, n=n: tab.edit(f"{SECOND} {n}"),
                lambda tools=tools: check_due("check_spam", tools),
                lambda tools=tools: check_due("check_moderation", tools),
            ]  # type: ignore[misc]
            chance.shuffle(acts)
            self.together(*acts)
            unchecked = rows(
                """
                SELECT c.id FROM comments c WHERE shown_revision IS NOT NULL AND 2 <> (
                    SELECT count(*) FROM tasks t WHERE t.comment_id = c.id AND t.revision = c.shown_revision
                    AND t.kind IN ('check_spam', 'check_moderation') AND t.outcome = 'reported')
                """
            )
            assert unchecked == []
            visitor.drain()
            assert state_of(rows, author.comment_id) == ("published", 2, 2)
        check_the_book(rows)

    def test_a_bulk_decision_leaves_alone_what_was_edited_meanwhile(
        self, visitor: Visitor, runtime: Runtime, log_in: Callable[..., FlaskClient], rows: Rows
    ) -> None:
        """What the moderator saw in the list is not what is there now."""
        authors = [Author.of(visitor, body=f"{HELD} {n}") for n in range(4)]
        visitor.drain()
        ada = log_in()
        ids = [str(author.comment_id) for author in authors]
        begun = ada.post(
            "/api/v1/review/bulk", json={"decision": "publish", "expected": 4, "ids": ids, "reason": "within_rules"}
        )
        assert begun.status_code == 202, begun.text
        authors[2].edited("Something that nobody has seen.")
        worker = BulkWorker(engine=runtime.engine, wake=lambda _: None, worker="test", lease=timedelta(seconds=20))
        while bulk_due(worker):
            pass

        assert [status_of(rows, author.comment_id) for author in authors] == [
            "published",
            "published",
            "pending",
            "published",
        ]
        assert "Something that nobody has seen." not in texts(visitor)


def test_a_thread_that_is_kept_in_memory_shows_the_new_text_soon(visitor: Visitor, client: FlaskClient) -> None:
    """The version of the thread grows with every text that readers see anew."""
    author = Author.of_published(visitor, body=FIRST)
    query = {"page_url": PAGE}
    etag = client.get(visitor.url, query_string=query).headers["ETag"]
    author.edited(SECOND)
    visitor.drain()

    def is_new() -> bool:
        answer = client.get(visitor.url, query_string=query, headers={"If-None-Match": etag})
        return answer.status_code == 200 and answer.get_json()["comments"][0]["body_text"] == SECOND

    assert wait_until(is_new, 5) < 1
