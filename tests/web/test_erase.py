"""Authors erase what they wrote. Nothing of it is left but its place, and nothing brings it back."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.exc import DBAPIError

from service.moderation.model import Facts, Signal
from service.runtime import Runtime
from service.storage import checking, learning, reputation, search, subscriptions
from service.storage.reputation import Acquaintance
from service.storage.sites import Site
from service.usecases.check import check_due
from service.usecases.erase import erase_author, erase_comment
from service.usecases.read_words import read_words
from service.usecases.work_bulk import BulkWorker, bulk_due
from tests.conftest import PLAIN_CHECKS, SET_STATUS, Drain, MakeRuntime, Rows, SendMails, Visitor, make_app, status_of
from tests.mail_server import mail_server
from tests.stack import wait_until
from tests.storage.test_decisions import check_the_book
from tests.web.own_comments import Author, let, state_of
from tests.web.test_edit import FIRST, HELD, REVIEW, SECOND, decide, with_check

Bearer = Callable[..., dict[str, str]]
LogIn = Callable[..., FlaskClient]
WORD = "Quetzalquarz"
NAME = "Wilhelmine Zwirbelquast"
EMAIL = "zwirbelquast@wolkenheim.example.org"
WEBSITE = "https://zwirbelquast.example.net/"
SECRETS = ("quetzalquarz", "zwirbelquast", "wolkenheim")


@pytest.fixture(autouse=True)
def _without_the_reader(drain: Drain) -> None:
    drain.checks = PLAIN_CHECKS


def somebody(visitor: Visitor, **changes: Any) -> Author:
    """Somebody whose every word can be looked for."""
    fields = {"author_name": NAME, "author_email": EMAIL, "author_website": WEBSITE, **changes}
    return Author.of(visitor, **fields)


def everywhere(rows: Rows) -> Iterator[tuple[str, str]]:
    """Every row of every table as text; what is stored as bytes also unescaped."""
    for (table,) in rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"):
        for (row,) in rows(f'SELECT t::text FROM "{table}" t'):
            yield table, row.lower()
        for (column,) in rows(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = :table"
            " AND data_type = 'bytea'", table=table,
        ):  # fmt: skip
            for (value,) in rows(f'SELECT "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL'):
                yield f"{table}.{column}", bytes(value).decode("latin-1").lower()


def traces(rows: Rows) -> set[str]:
    """The tables in which any of the secrets stands."""
    return {place for place, text in everywhere(rows) if any(secret in text for secret in SECRETS)}


class TestErasing:
    """What an author gets, and what readers see."""

    def test_it_is_gone_and_its_answers_stay(self, visitor: Visitor, rows: Rows) -> None:
        """For readers: a place without author and text. For its author: nothing opens it any more."""
        author = somebody(visitor, body=FIRST)
        visitor.drain()
        reply = visitor.published(body="So it has.", parent_id=str(author.comment_id))
        answer = author.erase()

        assert (answer.status_code, answer.data) == (204, b"")
        page = visitor.read()
        assert [(comment["id"], comment["is_erased"]) for comment in page["comments"]] == [
            (str(author.comment_id), True), (str(reply), False),
        ]  # fmt: skip
        assert (page["total"], page["comments"][0]["author_name"], page["comments"][0]["body_text"]) == (1, "", "")
        assert {author.ask().status_code, author.edit(SECOND).status_code, author.erase().status_code} == {401}
        assert state_of(rows, author.comment_id) == ("erased", 1, None)
        assert rows("SELECT event, decided_by, status FROM decisions WHERE comment_id = :id ORDER BY id DESC LIMIT 1",
                    id=author.comment_id) == [("erase", "author", "erased")]  # fmt: skip
        check_the_book(rows)

    @pytest.mark.parametrize("status", ["pending", "held", "published", "spam", "rejected", "removed"])
    def test_whatever_has_become_of_it(self, visitor: Visitor, rows: Rows, status: str) -> None:
        """To forget is not to decide: also what was turned down may be erased."""
        author = somebody(visitor, body=FIRST)
        rows(SET_STATUS, status=status)
        rows("UPDATE threads SET published_count = :count", count=int(status == "published"))

        assert author.erase().status_code == 204
        assert status_of(rows, author.comment_id) == "erased"

    def test_only_within_the_window_and_only_its_author(
        self, visitor: Visitor, runtime: Runtime, site: Site, bearer: Bearer, rows: Rows
    ) -> None:
        author, other = somebody(visitor, body=FIRST), Author.of(visitor)
        for headers in ({}, other.headers, bearer("owner")):
            assert author.client.delete(author.url, headers=headers).status_code == 401
        let(runtime, site, edit_window=timedelta(minutes=5))
        rows("UPDATE comments SET created_at = created_at - interval '5 minutes'")
        late = author.erase()

        assert (late.status_code, late.get_json()["code"]) == (403, "edit_window_over")
        assert status_of(rows, author.comment_id) == "pending"

    def test_erasing_is_limited_like_changing(self, visitor: Visitor, make_runtime: MakeRuntime) -> None:
        limited = make_runtime(limit_edit="1 per hour")
        answers = [Author.of(visitor).elsewhere(limited).erase() for _ in range(2)]

        assert [answer.status_code for answer in answers] == [204, 429]


class TestForgetting:
    """T9, T10: no table holds a word of it."""

    def everything_that_leaves_traces(self, visitor: Visitor, bearer: Bearer) -> Author:
        """A comment about which all was said and stored that can be."""
        client, ada = visitor.client, bearer("moderator")
        author = somebody(
            visitor, body=f"{WORD} one: write to {EMAIL}, see {WEBSITE} and https://{WORD}.example.com/x", lang="pt-BR",
            page_title="A post", notify=True, idempotency_key="once",
        )  # fmt: skip
        visitor.drain()
        read_words(visitor.drain.runtime.engine)
        author.edited(f"{WORD} two: call +44 20 7946 0958 or https://{WORD}.example.com/y")
        visitor.drain()
        somebody(visitor, body=f"{WORD} two: call +44 20 7946 0958 or https://{WORD}.example.com/y !", author_email="x@example.org",
                 author_name="X", author_website=None)  # fmt: skip
        visitor.drain()
        client.post(f"{author.url}/proof", headers=author.headers)
        review = f"{REVIEW}/{author.comment_id}"
        client.post(f"{review}/notes", json={"body": f"He says {WORD}."}, headers=ada)
        client.post(f"{review}/claim", json={}, headers=ada)
        sent = {"note": f"{WORD}?", "message": f"We don't like {WORD}."}
        assert decide(client, author.comment_id, ada, decision="publish", revision=2, **sent).status_code == 201
        report = {"reason": "legal", "text": f"He says {WORD}.", "email": "reader@example.org"}
        url = f"/api/v1/sites/blog/comments/{author.comment_id}/reports"
        assert client.post(url, json=report, headers=visitor.headers).status_code == 202
        assert decide(client, author.comment_id, ada, decision="remove", revision=2, **sent).status_code == 201
        appealed = client.post(f"{author.url}/appeals", json={"text": f"{WORD} is a word!"}, headers=author.headers)
        assert appealed.status_code == 202, appealed.text
        return author

    def test_no_table_holds_a_word_of_it(self, visitor: Visitor, rows: Rows, bearer: Bearer, runtime: Runtime) -> None:
        """Text, name, address and website, in every text and every byte of the database."""
        author = self.everything_that_leaves_traces(visitor, bearer)
        assert traces(rows) >= {
            "comments",
            "revisions",
            "decisions",
            "notes",
            "reports",
            "appeals",
            "comment_hosts",
            "comment_words",
        }
        ((other,),) = rows("SELECT id FROM comments WHERE author_name = 'X'")
        with runtime.engine.begin() as connection:
            erase_comment(connection, other)

        assert author.erase().status_code == 204
        assert traces(rows) == set()
        ((row,),) = rows("SELECT c::text FROM comments c WHERE id = :id", id=author.comment_id)
        assert "pt-BR" not in row
        assert rows("SELECT count(*) FROM readings") == rows("SELECT count(*) FROM fingerprints") == [(0,)]
        assert rows("SELECT count(*) FROM authors") == [(0,)]
        assert rows("SELECT count(*) FROM mails WHERE recipient = 'author'") == [(0,)]
        assert rows("SELECT ip_hash, ip_prefix, form_age, author_id, author_token_hash FROM comments WHERE id = :id",
                    id=author.comment_id) == [(None, None, None, None, None)]  # fmt: skip

    def test_who_decided_what_and_when_stays(self, visitor: Visitor, rows: Rows, bearer: Bearer) -> None:
        """Promise 5: every status still has its decision; only words that may quote the comment are gone."""
        author = self.everything_that_leaves_traces(visitor, bearer)
        codes = "SELECT id, event, status, decided_by, reason_code, revision, decided_at, signal_ids FROM decisions WHERE comment_id = :id ORDER BY id"
        before = rows(codes, id=author.comment_id)
        author.erase()

        assert rows(codes, id=author.comment_id)[:-1] == before
        assert rows("SELECT DISTINCT reasons, note, message FROM decisions WHERE comment_id = :id AND event <> 'erase'",
                    id=author.comment_id) == [(["Forgotten with the comment."], None, None)]  # fmt: skip
        assert rows("SELECT count(*) FROM reports WHERE resolved_at IS NULL") == [(0,)]
        assert rows("SELECT count(*) FROM appeals WHERE answered_at IS NULL") == [(0,)]

    def test_words_of_other_decisions_cannot_be_forgotten(self, visitor: Visitor, rows: Rows) -> None:
        """The history of what is not erased is as it was; and of what is erased nothing but the words goes."""
        kept, erased = Author.of_published(visitor, body=FIRST), Author.of_published(visitor, body=SECOND)
        erased.erase()
        forget = "UPDATE decisions SET reasons = ARRAY['Forgotten with the comment.'], note = NULL, message = NULL"

        rows(f"{forget} WHERE comment_id = :id", id=erased.comment_id)
        for wrong, which in (
            (forget, kept),
            (f"{forget}, decided_by = 'policy'", erased),
            (f"{forget}, status = 'held'", erased),
        ):
            with pytest.raises(DBAPIError, match="append-only"):
                rows(f"{wrong} WHERE comment_id = :id", id=which.comment_id)
        with pytest.raises(DBAPIError, match="append-only"):
            rows("DELETE FROM decisions WHERE comment_id = :id", id=erased.comment_id)

    def test_an_address_that_others_of_its_comments_have_stays(self, visitor: Visitor, rows: Rows) -> None:
        """Erasing one comment is not leaving."""
        first, second = somebody(visitor, body=FIRST), somebody(visitor, body=SECOND)
        first.erase()
        assert rows("SELECT count(*) FROM authors") == [(1,)]
        second.erase()
        assert rows("SELECT count(*) FROM authors") == [(0,)]

    def test_whoever_reported_it_by_law_is_told(self, visitor: Visitor, rows: Rows, send_mails: SendMails) -> None:
        """That it is not there any more; and that no moderator had to decide it."""
        author = Author.of_published(visitor, body=FIRST)
        report = {"reason": "legal", "text": "It is against the law.", "email": "reader@example.org"}
        url = f"/api/v1/sites/blog/comments/{author.comment_id}/reports"
        visitor.client.post(url, json=report, headers=visitor.headers)
        author.erase()
        with mail_server() as server:
            send_mails(server.url)

        (message,) = server.messages
        said = " ".join(message.get_content().split())
        assert "its author has erased it" in said
        assert "moderator" not in said


class TestStaysErased:
    """Nothing brings it back."""

    def gone(self, rows: Rows, author: Author) -> None:
        assert state_of(rows, author.comment_id)[0] == "erased"
        assert rows("SELECT DISTINCT body, body_html FROM revisions WHERE comment_id = :id", id=author.comment_id) == [
            ("", None)
        ]
        assert traces(rows) == set()

    @pytest.mark.parametrize("kind", ["check_spam", "check_moderation"])
    def test_a_check_that_still_runs_stores_nothing(self, visitor: Visitor, rows: Rows, kind: str) -> None:
        """It has read the text, and found something in it, while its author erased it."""
        author = somebody(visitor, body=f"{WORD}: call +44 20 7946 0958 or https://{WORD}.example.com/")

        def overtaken(facts: Facts) -> list[Signal]:
            assert author.erase().status_code == 204
            return []

        check_due(kind, visitor.drain.tools(checks=with_check(overtaken, kind)))
        visitor.drain()
        read_words(visitor.drain.runtime.engine)
        self.gone(rows, author)
        assert rows("SELECT count(*) FROM tasks WHERE done_at IS NULL") == [(0,)]
        assert rows("SELECT count(*) FROM signals") == rows("SELECT count(*) FROM readings") == [(0,)]

    def test_a_check_that_writes_down_what_it_read_is_waited_for(
        self, visitor: Visitor, runtime: Runtime, rows: Rows
    ) -> None:
        """Real connections: erasing begins when the other transaction has ended, and forgets what that has stored."""
        author = somebody(visitor, body=FIRST)
        key = (author.comment_id, 1)
        with ThreadPoolExecutor(1) as pool:
            with runtime.engine.begin() as connection:
                (item,) = checking.load_to_check(connection, [key]).values()
                erasing = pool.submit(author.elsewhere(runtime).erase)
                wait_until(lambda: rows("SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'"), 5)
                host = f"{WORD}.example.com".lower()
                reputation.remember_hosts(connection, [Acquaintance(*key, item.site_id, None, None, (host,))])
            assert erasing.result(10).status_code == 204
        self.gone(rows, author)

    def test_words_that_are_being_read_for_the_search_do_not_stay(
        self, visitor: Visitor, runtime: Runtime, rows: Rows
    ) -> None:
        author = somebody(visitor, body=f"{WORD} it is.")
        rows("INSERT INTO comment_words (comment_id, revision) VALUES (:id, 0)", id=author.comment_id)
        with ThreadPoolExecutor(1) as pool:
            with runtime.engine.begin() as connection:
                found = search.unread(connection)
                erasing = pool.submit(author.elsewhere(runtime).erase)
                wait_until(lambda: rows("SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'"), 5)
                search.save(connection, found)
            assert erasing.result(10).status_code == 204
        self.gone(rows, author)
        assert rows("SELECT count(*) FROM comment_words") == [(0,)]

    def test_neither_undo_nor_a_decision_nor_a_bulk_decision(
        self, visitor: Visitor, runtime: Runtime, bearer: Bearer, log_in: LogIn, rows: Rows
    ) -> None:
        author = somebody(visitor, body=f"{WORD}: {HELD}")
        visitor.drain()
        ada, desk = log_in(), bearer("moderator")
        begun = ada.post("/api/v1/review/bulk", json={
            "decision": "publish", "expected": 1, "ids": [str(author.comment_id)], "reason": "within_rules",
        })  # fmt: skip
        assert begun.status_code == 202, begun.text
        author.erase()
        while bulk_due(BulkWorker(engine=runtime.engine, wake=lambda _: None, worker="x", lease=timedelta(seconds=20))):
            pass
        assert [
            item["result"]
            for item in ada.get(f"/api/v1/review/bulk/{begun.get_json()['id']}/items").get_json()["items"]
        ] == ["gone"]

        for (decision_id,) in rows("SELECT id FROM decisions ORDER BY id"):
            undone = visitor.client.post(
                f"{REVIEW}/{author.comment_id}/undo", json={"decision_id": decision_id}, headers=desk
            )
            assert undone.status_code == 409
        for decision in ("publish", "spam", "reject", "hold", "remove", "restore"):
            assert decide(visitor.client, author.comment_id, desk, decision=decision).status_code == 409
        self.gone(rows, author)

    def test_no_model_learns_from_it(self, visitor: Visitor, runtime: Runtime, site: Site, bearer: Bearer) -> None:
        """A moderator's word about it teaches nothing any more."""
        author = somebody(visitor, body=f"{WORD}: {HELD}")
        visitor.drain()
        assert decide(visitor.client, author.comment_id, bearer("moderator"), decision="spam").status_code == 201
        with runtime.engine.connect() as connection:
            assert len(learning.latest_labels(connection, site.id)) == 1
        author.erase()

        with runtime.engine.connect() as connection:
            assert learning.latest_labels(connection, site.id) == []
            assert checking.load(connection, [(author.comment_id, 1)]) == {}

    def test_the_same_submission_sent_once_more_does_not_bring_it_back(self, visitor: Visitor, rows: Rows) -> None:
        """A browser that was offline and tries again is told that its key was used."""
        author = somebody(visitor, body=f"{WORD} it is.", idempotency_key="once")
        author.erase()
        again = visitor.send(
            body=f"{WORD} it is.", author_name=NAME, author_email=EMAIL, author_website=WEBSITE, idempotency_key="once"
        )

        assert (again.status_code, again.get_json()["code"]) == (422, "idempotency_key_reused")
        self.gone(rows, author)

    def test_the_database_itself_brings_nothing_back(self, visitor: Visitor, rows: Rows) -> None:
        author = Author.of_published(visitor, body=FIRST)
        author.erase()

        with pytest.raises(DBAPIError, match="stays erased"):
            rows("UPDATE comments SET status = 'held'")

    @pytest.mark.parametrize("other", ["edit", "decide", "check"])
    def test_whatever_happens_in_the_same_moment(
        self, visitor: Visitor, runtime: Runtime, bearer: Bearer, rows: Rows, other: str
    ) -> None:
        """Real connections at the same time: whoever is first, in the end it is erased."""
        visitor.drain.checks = {"check_spam": (), "check_moderation": ()}
        desk = bearer("moderator")
        for n in range(8):
            author = somebody(visitor, body=f"{WORD} {n}")
            tabs = [author.elsewhere(runtime) for _ in range(2)]
            tools = visitor.drain.tools()
            acts: dict[str, Callable[[], Any]] = {
                "edit": lambda tabs=tabs: tabs[0].edit(f"{WORD} again"),
                "decide": lambda author=author, tabs=tabs: decide(
                    tabs[0].client, author.comment_id, desk, decision="publish"
                ),
                "check": lambda tools=tools: (check_due("check_spam", tools), check_due("check_moderation", tools)),
            }  # type: ignore[misc]
            barrier = Barrier(2)

            def at_once(act: Callable[[], Any], barrier: Barrier = barrier) -> Any:
                barrier.wait(10)
                return act()

            with ThreadPoolExecutor(2) as pool:
                first, erased = pool.map(at_once, [acts[other], tabs[1].erase])
            assert erased.status_code == 204, erased.text
            assert other == "check" or first.status_code in {201, 202, 401, 404, 409}, first.text
            visitor.drain()
            self.gone(rows, author)
        check_the_book(rows)


class TestAuthor:
    """All that somebody wrote, and who they are."""

    def id_of(self, rows: Rows, author: Author) -> int:
        ((author_id,),) = rows("SELECT author_id FROM comments WHERE id = :id", id=author.comment_id)
        return int(author_id)

    def test_everything_is_erased_and_the_address_forgotten(
        self, visitor: Visitor, runtime: Runtime, rows: Rows
    ) -> None:
        """Whatever became of each, however long ago; others' words stay."""
        authors = [somebody(visitor, body=f"{WORD} {n}") for n in range(4)]
        other = Author.of(visitor, body="Mine stays.")
        visitor.drain()
        for author, status in zip(authors, ("published", "spam", "held", "removed"), strict=True):
            rows(f"{SET_STATUS} WHERE id = :id", status=status, id=author.comment_id)
        rows("UPDATE comments SET created_at = created_at - interval '3 years'")
        authors[0].client.post(f"{authors[0].url}/proof", headers=authors[0].headers)

        assert erase_author(runtime.engine, self.id_of(rows, authors[0])) == 4
        assert traces(rows) == set()
        assert {status_of(rows, author.comment_id) for author in authors} == {"erased"}
        assert status_of(rows, other.comment_id) == "published"
        assert rows("SELECT count(*) FROM authors") == [(1,)]
        assert rows("SELECT count(*) FROM mails WHERE recipient = 'author'") == [(0,)]

    def test_it_can_be_done_again(self, visitor: Visitor, runtime: Runtime, rows: Rows) -> None:
        """After it was interrupted, or twice by mistake."""
        author_id = self.id_of(rows, somebody(visitor, body=FIRST))

        assert erase_author(runtime.engine, author_id) == 1
        assert erase_author(runtime.engine, author_id) == 0

    def test_whoever_wanted_no_mail_gets_none_later(self, visitor: Visitor, runtime: Runtime, rows: Rows) -> None:
        """The address is forgotten, and still nobody can have mail sent to it by typing it."""
        author_id = self.id_of(rows, somebody(visitor, body=FIRST))
        with runtime.engine.begin() as connection:
            subscriptions.end_all_mail(connection, author_id)
        erase_author(runtime.engine, author_id)
        assert rows("SELECT email_ciphertext FROM authors") == [(b"",)]
        again = somebody(visitor, body=SECOND)

        assert self.id_of(rows, again) == author_id
        assert rows("SELECT no_mail_since IS NOT NULL FROM authors") == [(True,)]

    def test_a_comment_that_comes_meanwhile_is_erased_too_or_stays_whole(
        self, visitor: Visitor, runtime: Runtime, rows: Rows
    ) -> None:
        """Never half: no comment points at an author who is not there."""
        for n in range(5):
            author_id = self.id_of(rows, somebody(visitor, body=f"{WORD} {n}"))
            barrier = Barrier(2)

            def comes(n: int = n, barrier: Barrier = barrier) -> Any:
                client = make_app(runtime).test_client()
                barrier.wait(10)
                return Visitor(client, visitor.drain).send(
                    body=f"{WORD} again {n}", author_name=NAME, author_email=EMAIL
                )

            def goes(author_id: int = author_id, barrier: Barrier = barrier) -> int:
                barrier.wait(10)
                return erase_author(runtime.engine, author_id)

            with ThreadPoolExecutor(2) as pool:
                came, went = pool.submit(comes), pool.submit(goes)
                assert came.result(20).status_code == 202
                assert went.result(20) >= 1
            assert rows("SELECT count(*) FROM comments c WHERE status <> 'erased' AND NOT EXISTS"
                        " (SELECT FROM authors a WHERE a.id = c.author_id)") == [(0,)]  # fmt: skip
            for (rest,) in rows("SELECT id FROM authors"):
                erase_author(runtime.engine, rest)
        assert traces(rows) == set()


def test_the_desk_shows_what_is_left(visitor: Visitor, log_in: LogIn) -> None:
    """A moderator who follows an old link sees that it was erased, and by whom."""
    author = somebody(visitor, body=f"{WORD}: {HELD}")
    visitor.drain()
    author.erase()
    page = log_in().get(f"/desk/comments/{author.comment_id}")

    assert page.status_code == 200
    assert "Erased" in page.text
    assert not any(secret in page.text.lower() for secret in SECRETS)
