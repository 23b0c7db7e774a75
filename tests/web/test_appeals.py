"""An author objects once to a decision, by the link of its mail or the own token; another person answers."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from service.runtime import Runtime
from tests.conftest import PLAIN_CHECKS, Rows, SendMails, Visitor, status_of
from tests.mail_server import mail_server

REVIEW = "/api/v1/review/comments"
LogIn = Callable[..., FlaskClient]


class Case:
    """A comment that ada rejected, and its author."""

    def __init__(self, visitor: Visitor, log_in: LogIn) -> None:
        visitor.drain.checks = PLAIN_CHECKS
        accepted = visitor.accepted(body="Please call +44 20 7946 0958 tonight", author_email="ann@example.org")
        visitor.drain()
        self.id, self.token = UUID(accepted["id"]), accepted["author_token"]
        self.visitor, self.ada = visitor, log_in("moderator", name="ada")
        assert self.decide(self.ada, "reject").status_code == 201

    def decide(self, by: FlaskClient, decision: str, **more: Any) -> Any:
        sent = {"decision": decision, "revision": 1, **more}
        return by.post(f"{REVIEW}/{self.id}/decisions", json=sent)

    def object(self, text: str = "It is my own number.", token: str | None = None) -> Any:
        headers = {"Authorization": f"Bearer {token or self.token}"}
        return self.visitor.client.post(f"/api/v1/comments/{self.id}/appeals", json={"text": text}, headers=headers)

    def answer(self, by: FlaskClient, outcome: str, **more: Any) -> Any:
        return by.post(f"{REVIEW}/{self.id}/appeal", json={"outcome": outcome, "revision": 1, **more})

    def seen(self, by: FlaskClient) -> list[dict[str, Any]]:
        appeals: list[dict[str, Any]] = by.get(f"{REVIEW}/{self.id}").get_json()["appeals"]
        return appeals


@pytest.fixture
def case(visitor: Visitor, log_in: LogIn) -> Case:
    return Case(visitor, log_in)


def link_in(message: Any) -> str:
    (url,) = re.findall(r"https://comments\.example\.net(/appeals/\S+)", message.get_content())
    return str(url)


def test_the_mail_leads_to_a_page_that_objects(case: Case, send_mails: SendMails, log_in: LogIn, rows: Rows) -> None:
    """Looking at it changes nothing; sending the form puts the comment into the queue, where bob overturns."""
    client = case.visitor.client
    with mail_server() as server:
        send_mails(server.url)
    link = link_in(server.messages[0])
    for method in ("get", "head", "options", "get"):
        page = getattr(client, method)(link)
        assert page.status_code == 200
    assert rows("SELECT count(*) FROM appeals") == [(0,)]
    page = client.get(link)
    assert "was not published" in page.text
    assert (page.headers["Referrer-Policy"], page.headers["Cache-Control"]) == ("no-referrer", "no-store")

    sent = client.post(link, data={"text": "It is my own number."})
    assert sent.status_code == 303
    assert "has arrived" in client.get(sent.headers["Location"]).text
    bob = log_in("moderator", name="bob")
    assert [item["id"] for item in bob.get(REVIEW).get_json()["comments"]] == [str(case.id)]
    (appeal,) = case.seen(bob)
    assert (appeal["body"], appeal["decided_by"], appeal["outcome"]) == ("It is my own number.", "moderator:ada", None)

    answer = case.answer(bob, "overturn", message="You were right.")
    assert (answer.status_code, answer.get_json()["status"]) == (201, "published")
    assert status_of(rows, case.id) == "published"
    assert bob.get(REVIEW).get_json()["comments"] == []
    assert case.seen(bob)[0]["outcome"] == "overturned"
    assert "You were right" in client.get(link).text
    with mail_server() as server:
        send_mails(server.url)
    (told,) = server.messages
    assert told["Subject"] == "Your comment is published: Blog"
    assert "> You were right." in told.get_content()


def test_what_is_upheld_stays_and_the_author_is_told(
    case: Case, send_mails: SendMails, log_in: LogIn, rows: Rows
) -> None:
    """Once and for all."""
    assert case.object().status_code == 202
    assert case.answer(log_in("owner", name="bob"), "uphold").get_json()["status"] == "rejected"
    rows("DELETE FROM tasks WHERE subject_id = (SELECT id FROM mails WHERE kind = 'statement')")
    with mail_server() as server:
        send_mails(server.url)

    assert [message["Subject"] for message in server.messages] == ["Your appeal was answered: Blog"]
    assert case.object().status_code == 409
    assert case.answer(log_in("owner", name="cleo"), "overturn").status_code == 409


def test_nobody_judges_the_own_decision_while_another_could(case: Case, log_in: LogIn, rows: Rows) -> None:
    """Neither by answering nor by simply deciding anew. When bob has left, ada may."""
    bob = log_in("moderator", name="bob")
    case.object()
    ((decision_id,),) = rows("SELECT max(id) FROM decisions")

    for refused in (case.answer(case.ada, "uphold"), case.answer(case.ada, "overturn"),
                    case.decide(case.ada, "publish", replaces=decision_id)):  # fmt: skip
        assert refused.status_code == 409
        assert "own decision" in refused.get_json()["detail"]
    assert case.seen(bob)[0]["answer_id"] is None
    rows("UPDATE moderators SET disabled_at = now() WHERE name = 'bob'")
    assert case.answer(case.ada, "overturn").status_code == 201


@pytest.mark.parametrize("role", ["viewer"])
def test_a_viewer_is_nobody_else(case: Case, log_in: LogIn, role: str) -> None:
    """Who may not decide can't answer, and doesn't count."""
    eve = log_in(role, name="eve")
    case.object()

    assert case.answer(eve, "uphold").status_code == 403
    assert case.answer(case.ada, "uphold").status_code == 201


def test_any_decision_of_somebody_else_answers(case: Case, log_in: LogIn, rows: Rows) -> None:
    """Who publishes it has overturned."""
    case.object()
    ((decision_id,),) = rows("SELECT max(id) FROM decisions")
    bob = log_in("moderator", name="bob")
    assert case.decide(bob, "publish", replaces=decision_id).status_code == 201
    assert case.seen(bob)[0]["outcome"] == "overturned"


def test_an_undo_opens_it_again(case: Case, log_in: LogIn, rows: Rows) -> None:
    """And puts it back into the queue."""
    case.object()
    bob = log_in("moderator", name="bob")
    answered = case.answer(bob, "overturn").get_json()
    assert bob.post(f"{REVIEW}/{case.id}/undo", json={"decision_id": answered["decision_id"]}).status_code == 201

    assert status_of(rows, case.id) == "rejected"
    assert case.seen(bob)[0]["answered_at"] is None
    assert rows("SELECT rank FROM comments") == [(4,)]


def test_nobody_takes_back_what_overturned_the_own_decision(case: Case, log_in: LogIn, rows: Rows) -> None:
    """Neither alone nor by the dozen; who answered may."""
    case.object()
    bob = log_in("moderator", name="bob")
    answered = case.answer(bob, "overturn").get_json()
    undo = {"decision_id": answered["decision_id"]}
    refused = case.ada.post(f"{REVIEW}/{case.id}/undo", json=undo)
    assert (refused.status_code, refused.get_json()["decision"]["decided_by"]) == (409, "moderator:bob")
    assert status_of(rows, case.id) == "published"
    assert bob.post(f"{REVIEW}/{case.id}/undo", json=undo).status_code == 201


def test_it_can_be_done_once(case: Case) -> None:
    """By token and link together."""
    assert case.object().status_code == 202
    assert case.object().status_code == 409


def test_thirty_days_later_it_is_too_late(case: Case, rows: Rows, runtime: Runtime) -> None:
    """The link says so."""
    rows("ALTER TABLE decisions DISABLE TRIGGER decisions_are_append_only")
    rows("UPDATE decisions SET decided_at = now() - interval '31 days'")
    rows("ALTER TABLE decisions ENABLE TRIGGER decisions_are_append_only")
    ((decision_id,),) = rows("SELECT max(id) FROM decisions")
    link = f"/appeals/{runtime.vault.appeal_token(case.id, decision_id)}"

    assert "they are over" in case.visitor.client.get(link).text
    assert case.visitor.client.post(link, data={"text": "Please."}).status_code == 409
    assert case.object().status_code == 409
    assert rows("SELECT count(*) FROM appeals") == [(0,)]


def test_a_link_is_about_one_decision(case: Case, rows: Rows, runtime: Runtime) -> None:
    """What was decided anew has a mail of its own."""
    ((decision_id,),) = rows("SELECT max(id) FROM decisions")
    link = f"/appeals/{runtime.vault.appeal_token(case.id, decision_id)}"
    case.decide(case.ada, "publish", replaces=decision_id)
    ((later,),) = rows("SELECT max(id) FROM decisions")
    case.decide(case.ada, "remove", replaces=later)

    assert "decided anew" in case.visitor.client.get(link).text
    assert case.visitor.client.post(link, data={"text": "Please."}).status_code == 409


@pytest.mark.parametrize("decision", ["publish", "spam"])
def test_there_is_nothing_to_object_to(visitor: Visitor, log_in: LogIn, rows: Rows, decision: str) -> None:
    """What is published, and what is spam."""
    case = Case(visitor, log_in)
    ((decision_id,),) = rows("SELECT max(id) FROM decisions")
    case.decide(case.ada, decision, replaces=decision_id)

    assert case.object().status_code == 409


def test_nobody_objects_for_somebody_else(case: Case, visitor: Visitor, rows: Rows, runtime: Runtime) -> None:
    """Neither with another comment's token, nor by guessing a link."""
    other = visitor.accepted(body="Another thought entirely, about the weather in May.")
    ((decision_id,),) = rows("SELECT max(id) FROM decisions")
    good = runtime.vault.appeal_token(case.id, decision_id)

    assert case.object(token=other["author_token"]).status_code == 401
    for token in (
        good[:-1] + ("A" if good[-1] != "A" else "B"), good.partition("-")[0], f"{good}x", f"0{good}", "1-", "x",
        f"{decision_id + 1}-{good.partition('-')[2]}", f"{'9' * 30}-x", good.replace("-", "—"),
    ):  # fmt: skip
        assert visitor.client.get(f"/appeals/{token}").status_code == 404, token
        assert visitor.client.post(f"/appeals/{token}", data={"text": "Please."}).status_code == 404, token
    assert rows("SELECT count(*) FROM appeals") == [(0,)]


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_what_is_wrong_is_said(case: Case, rows: Rows, runtime: Runtime, text: str) -> None:
    """With what was typed, escaped."""
    ((decision_id,),) = rows("SELECT max(id) FROM decisions")
    link = f"/appeals/{runtime.vault.appeal_token(case.id, decision_id)}"
    page = case.visitor.client.post(link, data={"text": text})

    assert page.status_code == 422
    assert 'id="error-text"' in page.text
    assert case.object(text=text).status_code == 422


def test_the_link_is_in_no_table(case: Case, send_mails: SendMails, rows: Rows, log_in: LogIn) -> None:
    """It is made from a key; an owner who reads the outbox does not see it either."""
    with mail_server() as server:
        send_mails(server.url)
    secret = link_in(server.messages[0]).partition("-")[2]
    owner = log_in("owner", name="olga")
    ((mail_id,),) = rows("SELECT id FROM mails")

    assert secret not in "".join(
        str(rows(f"SELECT t::text FROM {table} t")) for table in ("mails", "tasks", "decisions")
    )
    shown = owner.get(f"/api/v1/review/mails/{mail_id}").get_json()["text"]
    assert secret not in shown
    assert "shown to its addressee only" in shown


def test_the_desk_answers_with_a_form(case: Case, log_in: LogIn, runtime: Runtime, rows: Rows) -> None:
    """As every other decision there."""
    case.object("<b>It is my own number.")
    bob = log_in("moderator", name="bob")
    page = bob.get(f"/desk/comments/{case.id}").text
    assert "&lt;b&gt;It is my own number." in page
    assert 'value="overturn"' in page
    sent = bob.post(f"/desk/comments/{case.id}/appeal", data={"outcome": "overturn", "revision": "1", "message": ""})

    assert sent.status_code == 303
    assert status_of(rows, case.id) == "published"
