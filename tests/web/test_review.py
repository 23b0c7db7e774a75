"""The review API: who may see what waits, and who may decide."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.runtime import Runtime
from tests.conftest import ORIGIN, PLAIN_CHECKS, SET_STATUS, Rows, Visitor, add_site, status_of

REVIEW = "/api/v1/review/comments"
PHONE = "Please call +44 20 7946 0958 tonight"
Bearer = Callable[..., dict[str, str]]


@pytest.fixture
def held(visitor: Visitor) -> UUID:
    """A comment that waits for a person, because it shows a phone number."""
    visitor.drain.checks = PLAIN_CHECKS
    comment_id = visitor.comment(body=PHONE, page_title="A post")
    visitor.drain()
    return comment_id


@pytest.fixture
def moderator(bearer: Bearer) -> dict[str, str]:
    return bearer("moderator")


def decide(client: FlaskClient, comment_id: UUID, headers: dict[str, str], **decision: Any) -> TestResponse:
    sent = {"decision": "publish", "revision": 1, **decision}
    return client.post(f"{REVIEW}/{comment_id}/decisions", json=sent, headers=headers)


class TestAccess:
    """Who is let in."""

    @pytest.mark.parametrize("role", ["viewer", "moderator", "owner"])
    def test_people_of_the_site_may_look(self, client: FlaskClient, held: UUID, bearer: Bearer, role: str) -> None:
        """Each role sees the queue and its comments."""
        assert client.get(f"{REVIEW}?site=blog", headers=bearer(role)).status_code == 200
        assert client.get(f"{REVIEW}/{held}", headers=bearer(role)).status_code == 200

    @pytest.mark.parametrize(
        ("role", "status"), [("viewer", 403), ("submitter", 403), ("moderator", 201), ("owner", 201)]
    )
    def test_moderators_and_owners_decide(  # noqa: PLR0913
        self, client: FlaskClient, rows: Rows, held: UUID, bearer: Bearer, role: str, status: int
    ) -> None:
        """A viewer only looks; a submitter not even that."""
        assert decide(client, held, bearer(role)).status_code == status
        assert status_of(rows, held) == ("published" if status == 201 else "held")

    def test_a_submitter_sees_nothing(self, client: FlaskClient, held: UUID, bearer: Bearer) -> None:
        """The site's own server sends comments; it does not read what waits."""
        assert client.get(f"{REVIEW}?site=blog", headers=bearer("submitter")).status_code == 403
        assert client.get(f"{REVIEW}/{held}", headers=bearer("submitter")).status_code == 403

    def test_without_a_token_in_force_it_is_401(
        self, client: FlaskClient, held: UUID, rows: Rows, moderator: dict[str, str]
    ) -> None:
        """None, a made-up one, an author's, a revoked one, or one in the URL."""
        token = moderator["Authorization"].removeprefix("Bearer ")
        attempts: list[dict[str, Any]] = [
            {}, {"headers": {"Authorization": "Bearer grt_x"}}, {"headers": {"Authorization": f"Basic {token}"}},
            {"headers": {"Authorization": token}}, {"headers": {"Authorization": "Bearer"}},
            {"headers": {"Authorization": "Bearer é"}}, {"headers": {"Cookie": f"token={token}"}},
        ]  # fmt: skip
        for attempt in attempts:
            for answer in (
                client.get(f"{REVIEW}?site=blog", **attempt),
                client.get(f"{REVIEW}/{held}", **attempt),
                client.get(f"{REVIEW}/{held}?token={token}&access_token={token}", **attempt),
                client.post(f"{REVIEW}/{held}/decisions", json={"decision": "publish", "revision": 1}, **attempt),
            ):
                assert answer.status_code == 401
                assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        rows("UPDATE tokens SET revoked_at = now()")
        assert decide(client, held, moderator).status_code == 401
        assert status_of(rows, held) == "held"

    def test_a_token_in_the_url_is_never_looked_at(self, client: FlaskClient, moderator: dict[str, str]) -> None:
        """URLs end up in logs and histories: the list refuses the parameter even beside a good header."""
        token = moderator["Authorization"].removeprefix("Bearer ")

        assert client.get(f"{REVIEW}?site=blog&token={token}", headers=moderator).status_code == 422

    def test_another_sites_moderator_finds_nothing_here(
        self, client: FlaskClient, runtime: Runtime, rows: Rows, held: UUID, bearer: Bearer
    ) -> None:
        """Not the queue (403), not the comment (404), and no decision."""
        stranger = bearer("owner", add_site(runtime, "other", "https://other.example.com"))

        assert client.get(f"{REVIEW}?site=blog", headers=stranger).status_code == 403
        assert client.get(f"{REVIEW}/{held}", headers=stranger).status_code == 404
        assert decide(client, held, stranger).status_code == 404
        assert client.get(f"{REVIEW}?site=nosuch", headers=stranger).status_code == 403
        assert status_of(rows, held) == "held"

    def test_the_last_use_of_a_token_is_noted(self, client: FlaskClient, rows: Rows, moderator: dict[str, str]) -> None:
        """An owner sees which tokens are still in use."""
        assert rows("SELECT last_used_at FROM tokens") == [(None,)]
        client.get(f"{REVIEW}?site=blog", headers=moderator)
        ((first,),) = rows("SELECT last_used_at FROM tokens")
        client.get(f"{REVIEW}?site=blog", headers=moderator)

        assert first is not None
        assert rows("SELECT last_used_at FROM tokens") == [(first,)]

    def test_the_token_itself_is_not_stored(self, rows: Rows, moderator: dict[str, str]) -> None:
        """T9: whoever reads the database can't act with it."""
        token = moderator["Authorization"].removeprefix("Bearer ")

        assert token not in str(rows("SELECT t::text FROM tokens t"))
        assert token.encode().hex() not in str(rows("SELECT t::text FROM tokens t"))


class TestQueue:
    """What waits."""

    def test_it_lists_what_is_held_oldest_first(self, visitor: Visitor, held: UUID, moderator: dict[str, str]) -> None:
        """Nothing that is published, pending or spam; with the reasons as sentences."""
        visitor.published()
        visitor.comment(subject="robot")
        second = visitor.comment(body="Mail me: ann.smith@example.net")
        visitor.drain()
        visitor.comment(body="Still pending.")

        answer = visitor.client.get(f"{REVIEW}?site=blog", headers=moderator)
        page = answer.get_json()
        assert [item["id"] for item in page["comments"]] == [str(held), str(second)]
        assert page["next_cursor"] is None
        assert answer.headers["Cache-Control"] == "no-store"
        first = page["comments"][0]
        assert first | {"created_at": None, "thread_id": 0, "author_id": 0} == {
            "id": str(held), "site": "blog", "status": "held", "revision": 1, "parent_id": None, "thread_id": 0,
            "author_id": 0, "author_name": "Ann", "author_website": None, "has_email": True, "body": PHONE, "page_url": f"{ORIGIN}/post/",
            "page_title": "A post", "created_at": None, "edited_at": None, "shown_revision": None, "rank": 0, "severity": 0, "language": "und",
            "labels": ["personal_data"], "claimed_by": None, "report_count": 0, "has_appeal": False, "decision_id": first["decision_id"], "reason_code": "personal_data",
            "reasons": ["The text shows a phone number."],
        }  # fmt: skip

    @pytest.mark.parametrize("status", ["pending", "published", "spam", "held"])
    def test_other_statuses_can_be_asked_for(
        self, visitor: Visitor, rows: Rows, moderator: dict[str, str], status: str
    ) -> None:
        """Each lists its own."""
        ids = {name: visitor.comment(body=f"This is {name}.") for name in ("pending", "published", "spam", "held")}
        for name, comment_id in ids.items():
            rows(f"{SET_STATUS} WHERE id = :id", status=name, id=comment_id)

        page = visitor.client.get(f"{REVIEW}?site=blog&status={status}", headers=moderator).get_json()
        assert [item["id"] for item in page["comments"]] == [str(ids[status])]

    def test_a_cursor_leads_through_the_queue(self, visitor: Visitor, moderator: dict[str, str]) -> None:
        """Each once, though one of them is decided on the way."""
        ids = [visitor.comment(body=f"Call +44 20 7946 095{n} now") for n in range(5)]
        visitor.drain()
        first = visitor.client.get(f"{REVIEW}?site=blog&limit=2", headers=moderator).get_json()
        decide(visitor.client, ids[1], moderator)
        second = visitor.client.get(
            f"{REVIEW}?site=blog&limit=2&cursor={first['next_cursor']}", headers=moderator
        ).get_json()
        third = visitor.client.get(
            f"{REVIEW}?site=blog&limit=2&cursor={second['next_cursor']}", headers=moderator
        ).get_json()

        found = [item["id"] for page in (first, second, third) for item in page["comments"]]
        assert found == [str(comment_id) for comment_id in ids]
        assert third["next_cursor"] is None

    @pytest.mark.parametrize(
        "query",
        ["status=erased", "site=blog&status=deleted", "site=blog&cursor=x", "site=blog&limit=0", "site=blog&x=1"],
    )
    def test_a_query_that_can_not_be_is_422(self, client: FlaskClient, moderator: dict[str, str], query: str) -> None:
        """The same strictness as for readers."""
        assert client.get(f"{REVIEW}?{query}", headers=moderator).status_code == 422


class TestDetail:
    """Why a comment waits."""

    def test_it_shows_the_evidence_and_where_it_stands(
        self, client: FlaskClient, held: UUID, moderator: dict[str, str]
    ) -> None:
        """Signals carry places in the text; the decision carries the policy's version and its reasons."""
        detail = client.get(f"{REVIEW}/{held}", headers=moderator).get_json()

        (signal,) = detail["signals"]
        assert (signal["check_name"], signal["label"], signal["revision"]) == ("personal_data", "personal_data", 1)
        assert [PHONE[start:end] for start, end in signal["spans"]] == ["+44 20 7946 0958"]
        (decision,) = detail["decisions"]
        assert (decision["event"], decision["status"], decision["decided_by"]) == ("hold", "held", "policy")
        assert decision["reasons"] == ["The text shows a phone number."]
        assert decision["policy_version"] == 1
        assert detail["comment"]["id"] == str(held)

    def test_the_email_is_not_part_of_it(self, client: FlaskClient, held: UUID, moderator: dict[str, str]) -> None:
        """Promise 4: moderators see that there is one, not which."""
        answer = client.get(f"{REVIEW}/{held}", headers=moderator)

        assert answer.get_json()["comment"]["has_email"] is True
        assert "ann@" not in answer.text

    def test_an_unknown_comment_is_404(self, client: FlaskClient, moderator: dict[str, str]) -> None:
        """The answer is the same as for another site's."""
        assert client.get(f"{REVIEW}/{uuid4()}", headers=moderator).status_code == 404
        assert client.get(f"{REVIEW}/7", headers=moderator).status_code == 404


class TestDecisions:
    """A moderator decides."""

    @pytest.mark.parametrize(
        ("decision", "status"), [("publish", "published"), ("spam", "spam"), ("reject", "rejected")]
    )
    def test_each_decision_has_its_status_and_its_line(  # noqa: PLR0913
        self, client: FlaskClient, rows: Rows, held: UUID, moderator: dict[str, str], decision: str, status: str
    ) -> None:
        """Who, which revision, why, and what they noted for other moderators (promise 5)."""
        answer = decide(client, held, moderator, decision=decision, reason="off_topic", note="Twice now.")

        assert answer.status_code == 201
        ((decision_id,),) = rows("SELECT max(id) FROM decisions")
        assert answer.get_json() == {"id": str(held), "status": status, "decision_id": decision_id}
        assert status_of(rows, held) == status
        assert rows(
            "SELECT revision, event, status, decided_by, reason_code, note FROM decisions ORDER BY id DESC LIMIT 1"
        ) == [(1, decision, status, "moderator:token:a moderator", "off_topic", "Twice now.")]

    def test_what_is_published_is_public(self, visitor: Visitor, held: UUID, moderator: dict[str, str]) -> None:
        """Readers see it, rendered, and the count follows."""
        decide(visitor.client, held, moderator)

        page = visitor.read()
        assert [comment["id"] for comment in page["comments"]] == [str(held)]
        assert page["comments"][0]["body_html"].startswith("<p>Please call")
        assert page["total"] == 1

    def test_what_was_published_can_be_taken_down_again(self, visitor: Visitor, moderator: dict[str, str]) -> None:
        """It is gone from the page and from its count; both decisions stay on record."""
        comment_id = visitor.published()
        assert decide(visitor.client, comment_id, moderator, decision="spam").status_code == 201

        assert (visitor.read()["comments"], visitor.read()["total"]) == ([], 0)
        detail = visitor.client.get(f"{REVIEW}/{comment_id}", headers=moderator).get_json()
        assert [line["status"] for line in detail["decisions"]] == ["published", "spam"]

    def test_a_stale_revision_is_409(
        self, client: FlaskClient, rows: Rows, held: UUID, moderator: dict[str, str]
    ) -> None:
        """T37: nobody publishes a text that they have not seen."""
        rows("INSERT INTO revisions (comment_id, number, body) VALUES (:id, 2, 'Something else.')", id=held)
        rows("UPDATE comments SET revision = 2")

        assert decide(client, held, moderator, revision=1).status_code == 409
        assert decide(client, held, moderator, revision=3).status_code == 409
        assert status_of(rows, held) == "held"
        assert decide(client, held, moderator, revision=2).status_code == 201

    def test_the_second_of_two_same_decisions_is_409(
        self, client: FlaskClient, rows: Rows, held: UUID, moderator: dict[str, str]
    ) -> None:
        """The second moderator hears of the first (T37)."""
        assert decide(client, held, moderator).status_code == 201
        answer = decide(client, held, moderator)

        assert answer.status_code == 409
        assert "published" in answer.get_json()["detail"]
        assert rows("SELECT count(*) FROM decisions") == [(2,)]

    def test_of_ten_moderators_at_once_exactly_one_decides(
        self, app: APIFlask, rows: Rows, held: UUID, moderator: dict[str, str]
    ) -> None:
        """The others get 409; there is one publication (promise 3)."""
        with ThreadPoolExecutor(10) as pool:
            answers = list(pool.map(lambda _: decide(app.test_client(), held, moderator), range(10)))

        assert sorted(answer.status_code for answer in answers) == [201] + [409] * 9
        assert rows("SELECT count(*) FROM decisions WHERE event = 'publish'") == [(1,)]
        assert rows("SELECT published_count FROM threads") == [(1,)]

    def test_contrary_decisions_at_once_leave_one_consistent_history(
        self, app: APIFlask, rows: Rows, held: UUID, moderator: dict[str, str]
    ) -> None:
        """Whoever comes last knows of it: status and count match the last line."""
        with ThreadPoolExecutor(8) as pool:
            list(
                pool.map(
                    lambda n: decide(app.test_client(), held, moderator, decision=("publish", "spam")[n % 2]), range(8)
                )
            )

        ((last,),) = rows("SELECT status FROM decisions ORDER BY id DESC LIMIT 1")
        assert status_of(rows, held) == last
        assert rows("SELECT published_count FROM threads") == [(int(last == "published"),)]

    @pytest.mark.parametrize(
        ("change", "pointer"),
        [
            ({"decision": "undo"}, "/decision"), ({"decision": "erase"}, "/decision"), ({"decision": None}, "/decision"),
            ({"revision": 0}, "/revision"), ({"revision": "1"}, "/revision"), ({"revision": 2**31}, "/revision"),
            ({"revision": True}, "/revision"), ({"revision": 1.0}, "/revision"),
            ({"reason": "Off topic"}, "/reason"), ({"reason": ""}, "/reason"), ({"reason": "off_topic\n"}, "/reason"),
            ({"note": "x" * 2001}, "/note"), ({"note": "a\0b"}, "/note"), ({"note": "\ud800"}, "/note"),
            ({"message": ""}, "/message"), ({"message": "x" * 1001}, "/message"), ({"message": "a\0b"}, "/message"),
            ({"replaces": 0}, "/replaces"), ({"replaces": "1"}, "/replaces"), ({"replaces": 2**63}, "/replaces"),
            ({"status": "published"}, "/status"), ({"decided_by": "policy"}, "/decided_by"),
        ],
    )  # fmt: skip
    def test_a_decision_that_can_not_be_is_422(  # noqa: PLR0913
        self,
        client: FlaskClient,
        rows: Rows,
        held: UUID,
        moderator: dict[str, str],
        change: dict[str, Any],
        pointer: str,
    ) -> None:
        """The schema is closed here, too (T25, T34)."""
        answer = decide(client, held, moderator, **change)

        assert answer.status_code == 422, answer.text
        assert pointer in [error["pointer"] for error in answer.get_json()["errors"]]
        assert status_of(rows, held) == "held"

    def test_a_page_can_not_decide_with_a_form(
        self, client: FlaskClient, rows: Rows, held: UUID, moderator: dict[str, str]
    ) -> None:
        """T24: what an HTML form can send is no decision, with or without a token."""
        body = {"decision": "publish", "revision": "1"}

        assert client.post(f"{REVIEW}/{held}/decisions", data=body).status_code in {401, 415}
        assert client.post(f"{REVIEW}/{held}/decisions", data=body, headers=moderator).status_code in {415, 422}
        assert status_of(rows, held) == "held"
