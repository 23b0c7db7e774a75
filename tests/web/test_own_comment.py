"""What an author learns about the own comment, and who is its author."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from service.languages.catalogue import LANGUAGES
from service.runtime import Runtime
from service.storage.sites import Site
from service.vault import token_digest
from tests.conftest import ORIGIN, SET_STATUS, MakeRuntime, Rows, Visitor, make_app
from tests.web.own_comments import let

Own = dict[str, Any]


def ask(client: FlaskClient, own: Own, **query: Any) -> Any:
    headers = {"Authorization": f"Bearer {own['author_token']}"}
    return client.get(f"/api/v1/comments/{own['id']}/status", query_string=query, headers=headers)


def status(visitor: Visitor, own: Own, **query: Any) -> dict[str, Any]:
    answer = ask(visitor.client, own, **query)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.get_json()
    return body


class TestStatus:
    """All that the author's own browser needs to show the comment where it belongs."""

    def test_it_carries_the_comment_as_its_author_wrote_it(self, visitor: Visitor) -> None:
        """Also while nobody else sees it."""
        parent = visitor.published(author_name="Ada")
        own = visitor.accepted(
            body="**Mine**, and mine alone.", author_website="https://bob.example.org", author_name="Bob",
            parent_id=str(parent),
        )  # fmt: skip

        told = status(visitor, own)
        comment = told["comment"]
        assert (comment["body_text"], comment["revision"], comment["edited_at"]) == (
            "**Mine**, and mine alone.",
            1,
            None,
        )
        assert comment["body_html"] == "<p><strong>Mine</strong>, and mine alone.</p>\n"
        assert (comment["author_name"], comment["author_website"]) == ("Bob", "https://bob.example.org/")
        assert comment["parent_id"] == str(parent)
        assert told["shown_revision"] is None
        assert "ann@example.org" not in str(told)

        visitor.drain()
        told = status(visitor, own)
        assert (told["status"], told["shown_revision"]) == ("published", 1)
        assert told["comment"]["body_html"] == visitor.read()["comments"][1]["body_html"]

    def test_it_says_until_when_the_comment_can_be_changed(
        self, visitor: Visitor, runtime: Runtime, site: Site, rows: Rows
    ) -> None:
        """The same moment as the answer to the submission, as long as it is to come."""
        own = visitor.accepted()
        until = datetime.fromisoformat(own["editable_until"])
        ((created_at,),) = rows("SELECT created_at FROM comments")

        assert abs(until - created_at - timedelta(minutes=15)) < timedelta(seconds=1)
        assert datetime.fromisoformat(status(visitor, own)["editable_until"]) == until
        rows("UPDATE comments SET created_at = created_at - interval '15 minutes'")
        assert status(visitor, own)["editable_until"] is None

        let(runtime, site, edit_window=timedelta(0))
        answer = make_app(runtime).test_client().post(
            visitor.url, json={"page_url": f"{ORIGIN}/", "body": "x", "author_name": "x", "author_email": "x@example.org"},
            headers=visitor.headers,
        )  # fmt: skip
        assert answer.get_json()["editable_until"] is None

    def test_a_repeated_submission_hears_of_the_same_moment(self, visitor: Visitor) -> None:
        first, again = (visitor.send(headers={"Idempotency-Key": "once"}).get_json() for _ in range(2))

        assert first == again

    @pytest.mark.parametrize(
        ("name", "can_change", "can_appeal"),
        [
            ("pending", True, False), ("held", True, True), ("published", True, False), ("spam", False, False),
            ("rejected", False, True), ("removed", False, True),
        ],
    )  # fmt: skip
    def test_it_says_what_its_author_can_do(
        self, visitor: Visitor, rows: Rows, name: str, can_change: bool, can_appeal: bool
    ) -> None:
        """Change it while it is on its way or on the stage; object to what was decided against it."""
        own = visitor.accepted()
        if name != "pending":
            visitor.drain()
        rows(SET_STATUS, status=name)

        told = status(visitor, own)
        assert (told["editable_until"] is not None, told["can_appeal"]) == (can_change, can_appeal)

    def test_who_has_objected_cannot_do_so_again(self, visitor: Visitor) -> None:
        own = visitor.accepted(body="Write to me: ann.smith@example.net please")
        visitor.drain()
        assert status(visitor, own)["can_appeal"]

        headers = {"Authorization": f"Bearer {own['author_token']}"}
        answer = visitor.client.post(f"/api/v1/comments/{own['id']}/appeals", json={"text": "Why?"}, headers=headers)
        assert answer.status_code == 202
        assert not status(visitor, own)["can_appeal"]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_it_is_told_in_the_language_that_was_asked_for(self, visitor: Visitor, language: str) -> None:
        own = visitor.accepted()
        sentences = {status(visitor, own, lang=other)["detail"] for other in LANGUAGES if other != language}

        told = status(visitor, own, lang=language)["detail"]
        assert told not in sentences
        assert ask(visitor.client, own, lang="tlh").get_json()["detail"] == status(visitor, own)["detail"]

    def test_the_language_of_the_author_is_kept_with_the_comment(self, visitor: Visitor, rows: Rows) -> None:
        """For the mails that are written later."""
        visitor.accepted(lang="pt-BR")
        visitor.accepted(body="In no language.")

        assert rows("SELECT author_language FROM comments ORDER BY id") == [("pt-BR",), (None,)]
        for wrong in ("", "p", "de_AT", "x" * 36, "<b>"):
            answer = visitor.send(lang=wrong)
            assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, "/lang")


class TestToken:
    """T11, T16: the author's token opens one comment, for a while."""

    def test_only_its_hash_is_stored(self, visitor: Visitor, rows: Rows) -> None:
        """Whoever steals the database can't open a comment with what is in it."""
        own = visitor.accepted()
        ((stored,),) = rows("SELECT author_token_hash FROM comments")

        assert stored == token_digest(own["author_token"])
        assert own["author_token"] not in str(rows("SELECT c::text FROM comments c"))
        for shown in (stored.hex(), "\\x" + stored.hex(), ""):
            assert ask(visitor.client, {**own, "author_token": shown}).status_code == 401

    def test_a_repeated_submission_gets_the_same_token(self, visitor: Visitor) -> None:
        """A browser that never saw the first answer is no stranger."""
        first, again = (visitor.send(headers={"Idempotency-Key": "once"}).get_json() for _ in range(2))

        assert first["author_token"] == again["author_token"]
        assert status(visitor, again)["status"] == "pending"

    @pytest.mark.parametrize(
        ("days", "age", "is_open"), [(30, 29, True), (30, 30, False), (2, 3, False), (40, 39, True)]
    )
    def test_it_ends_by_itself(
        self, visitor: Visitor, make_runtime: MakeRuntime, rows: Rows, days: int, age: int, is_open: bool
    ) -> None:
        """After thirty days, or as long as the instance says; the token itself stays what it was."""
        own = visitor.accepted()
        rows("UPDATE comments SET created_at = created_at - make_interval(days => :age)", age=age)
        client = make_app(make_runtime(author_token_days=days)).test_client()

        assert ask(client, own).status_code == (200 if is_open else 401)

    def test_a_token_that_was_taken_back_opens_nothing(
        self, visitor: Visitor, rows: Rows, bearer: Callable[..., dict[str, str]]
    ) -> None:
        """Neither the status, nor an appeal, nor the page of a browser without JavaScript."""
        own = visitor.accepted()
        posted = visitor.send_form(body="By a form.")
        page = posted.headers["Location"]
        assert "awaiting moderation" in visitor.client.get(page).text
        rows("UPDATE comments SET author_token_hash = NULL")

        headers = {"Authorization": f"Bearer {own['author_token']}"}
        appealed = visitor.client.post(f"/api/v1/comments/{own['id']}/appeals", json={"text": "x"}, headers=headers)
        assert ask(visitor.client, own).status_code == appealed.status_code == 401
        assert "Only the browser that sent" in visitor.client.get(page).text
