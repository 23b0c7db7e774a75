"""The outbox: what is decided is told once, to a real server, whatever happens on the way."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from service.moderation.conditions import Word
from service.moderation.model import Rule, Verdict
from service.runtime import Runtime
from service.storage import mail_events, mails, sites
from service.storage.sites import Site
from service.usecases.send_mail import PAUSES
from service.usecases.tell_author import tell_of_long_holds
from tests.conftest import PLAIN_CHECKS, Rows, SendMails, Visitor
from tests.mail_server import mail_server, odd_server

REVIEW = "/api/v1/review/comments"
NUMBER = "Please call +44 20 7946 0958 tonight"


@pytest.fixture
def held(visitor: Visitor) -> Callable[..., UUID]:
    """`held()`: a comment that waits for a person."""
    visitor.drain.checks = PLAIN_CHECKS

    def hold(**changes: Any) -> UUID:
        comment_id = visitor.comment(**{"body": NUMBER, **changes})
        visitor.drain()
        return comment_id

    return hold


@pytest.fixture
def decide(visitor: Visitor, bearer: Callable[..., dict[str, str]]) -> Callable[..., None]:
    token = bearer("moderator")

    def decide(comment_id: UUID, decision: str = "reject", **fields: Any) -> None:
        sent = {"decision": decision, "revision": 1, **fields}
        answer = visitor.client.post(f"{REVIEW}/{comment_id}/decisions", json=sent, headers=token)
        assert answer.status_code == 201, answer.get_data(as_text=True)

    return decide


def outbox(rows: Rows) -> list[tuple[str, str | None]]:
    return [(state, problem) for state, problem in rows("SELECT state, problem FROM mails ORDER BY id")]


def test_an_author_is_told_why(
    held: Callable[..., UUID], decide: Callable[..., None], send_mails: SendMails, rows: Rows
) -> None:
    """What was done, by whom, on which facts; without a word that a stranger could have written."""
    decide(
        held(author_email="ann@example.org", author_name="Buy https://pills.example"), reason="off_topic", note="rude"
    )
    with mail_server() as server:
        assert send_mails(server.url) == 1

    (message,) = server.messages
    assert message["To"] == "ann@example.org"
    assert message["Subject"] == "Your comment was not published: Blog"
    text = " ".join(message.get_content().split())
    for part in ("https://example.org/post/", "A person decided that", "off topic", "was not published"):
        assert part in text
    for part in ("pills", "7946", "rude", "a moderator"):
        assert part not in text
    assert outbox(rows) == [("sent", None)]


@pytest.mark.parametrize("decision", ["publish", "spam"])
def test_nobody_is_told_of_anything_else(
    held: Callable[..., UUID], decide: Callable[..., None], rows: Rows, decision: str
) -> None:
    """Least of all of spam: it was sent in somebody else's name."""
    decide(held(), decision)

    assert outbox(rows) == []


def test_a_verdict_of_the_machine_is_told_as_such(
    visitor: Visitor, site: Site, runtime: Runtime, send_mails: SendMails
) -> None:
    """A person can then be asked."""
    with runtime.engine.begin() as connection:
        policy = replace(site.policy, rules=(Rule("r", Word("xylophone"), Verdict.REJECT),))
        wanted = replace(site, policy=policy)
        sites.change(connection, site, wanted, changed_by="test")
    visitor.drain.checks = PLAIN_CHECKS
    visitor.comment(body="My xylophone is out of tune.")
    visitor.drain()
    with mail_server() as server:
        send_mails(server.url)

    (message,) = server.messages
    text = " ".join(message.get_content().split())
    assert "A program decided that" in text
    assert "house rules" in text


def test_without_an_address_nobody_is_told(
    held: Callable[..., UUID], decide: Callable[..., None], site: Site, runtime: Runtime, rows: Rows
) -> None:
    """On a site that asks for none."""
    with runtime.engine.begin() as connection:
        wanted = replace(site, intake=replace(site.intake, is_email_required=False))
        sites.change(connection, site, wanted, changed_by="test")
    decide(held(author_email=None))

    assert outbox(rows) == []


def test_the_decision_and_the_mail_are_one(
    held: Callable[..., UUID], visitor: Visitor, bearer: Callable[..., dict[str, str]], rows: Rows,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """A mail about a decision that was not recorded would be a lie."""
    comment_id, token = held(), bearer("moderator")

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("service.usecases.review.note_decision", fail)
    sent = {"decision": "reject", "revision": 1}
    assert visitor.client.post(f"{REVIEW}/{comment_id}/decisions", json=sent, headers=token).status_code == 500

    assert outbox(rows) == []
    assert rows("SELECT count(*) FROM tasks WHERE kind = 'mail'") == [(0,)]


def test_a_slip_that_is_undone_is_told_to_nobody(
    held: Callable[..., UUID], decide: Callable[..., None], send_mails: SendMails, rows: Rows
) -> None:
    """A statement waits for two minutes, and looks again before it goes."""
    comment_id = held()
    decide(comment_id)
    assert rows("SELECT due_at - created_at FROM tasks WHERE kind = 'mail'") == [(timedelta(minutes=2),)]
    ((decision_id,),) = rows("SELECT max(id) FROM decisions")
    decide(comment_id, "publish", replaces=decision_id)
    with mail_server() as server:
        send_mails(server.url)

    assert server.messages == []
    assert outbox(rows) == [("dropped", "overtaken")]


@pytest.mark.parametrize("how", ["publish", "undo"])
def test_who_was_told_why_not_is_told_when_it_is_shown_after_all(
    held: Callable[..., UUID], decide: Callable[..., None], send_mails: SendMails, rows: Rows, visitor: Visitor,
    bearer: Callable[..., dict[str, str]], how: str,
) -> None:  # fmt: skip
    """Once; and nobody who was not told before. Whoever publishes may say something."""
    comment_id = held()
    decide(comment_id, "publish")
    decide(comment_id, "remove")
    with mail_server() as server:
        send_mails(server.url)
    ((decision_id,),) = rows("SELECT max(id) FROM decisions")
    if how == "publish":
        decide(comment_id, "restore", message="Sorry.")
    else:
        sent = {"decision_id": decision_id}
        answer = visitor.client.post(f"{REVIEW}/{comment_id}/undo", json=sent, headers=bearer("owner"))
        assert answer.status_code == 201, answer.text
    with mail_server() as after:
        send_mails(after.url)

    assert [message["Subject"] for message in server.messages] == ["Your comment was removed: Blog"]
    (told,) = after.messages
    assert told["Subject"] == "Your comment is published: Blog"
    assert "it is published now" in told.get_content()
    assert ("> Sorry." in told.get_content()) == (how == "publish")
    assert rows("SELECT kind FROM mails ORDER BY id") == [("statement",), ("shown",)]


def test_each_decision_is_told_once(
    held: Callable[..., UUID], decide: Callable[..., None], send_mails: SendMails, runtime: Runtime, rows: Rows
) -> None:
    """However often somebody asks for it."""
    comment_id = held()
    decide(comment_id)
    with runtime.engine.begin() as connection:
        assert mail_events.add_statements(connection, [comment_id], after=timedelta()) == []
    with mail_server() as server:
        send_mails(server.url)
        send_mails(server.url)

    assert len(server.messages) == 1


def test_two_workers_send_a_mail_once(
    held: Callable[..., UUID], decide: Callable[..., None], runtime: Runtime, rows: Rows
) -> None:
    """Whoever has the lease sends; the other finds nothing."""
    decide(held())
    rows("UPDATE tasks SET due_at = now() WHERE kind = 'mail'")
    with runtime.engine.begin() as connection:
        assert mails.claim(connection, worker="one", lease=timedelta(seconds=50))
    with runtime.engine.begin() as connection:
        assert mails.claim(connection, worker="two", lease=timedelta(seconds=50)) is None


def test_a_worker_that_dies_after_the_server_took_it_sends_it_again(
    held: Callable[..., UUID], decide: Callable[..., None], send_mails: SendMails, rows: Rows,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """At least once, then, and both copies have one Message-ID, by which mail programs know them as one."""
    decide(held())

    def die(*_: object) -> None:
        raise SystemExit

    with mail_server() as server:
        with monkeypatch.context() as patched:
            patched.setattr(mails, "finish", die)
            with pytest.raises(SystemExit):
                send_mails(server.url)
        rows("UPDATE tasks SET leased_by = NULL WHERE kind = 'mail'")
        send_mails(server.url)

    first, second = server.messages
    assert first["Message-ID"] == second["Message-ID"]
    assert outbox(rows) == [("sent", None)]


def test_a_server_that_is_away_is_tried_again_ever_more_rarely(
    held: Callable[..., UUID], decide: Callable[..., None], send_mails: SendMails, rows: Rows
) -> None:
    """For two days; then the mail is given up, and says why."""
    decide(held())
    with odd_server() as port:
        pass
    for pause in PAUSES:
        assert send_mails(f"smtp://127.0.0.1:{port}") == 1
        assert outbox(rows) == [("waiting", "unreachable")]
        ((waits,),) = rows("SELECT due_at - now() FROM tasks WHERE kind = 'mail'")
        assert pause - timedelta(seconds=10) < waits <= pause
    send_mails(f"smtp://127.0.0.1:{port}")

    assert outbox(rows) == [("failed", "unreachable")]
    assert send_mails(f"smtp://127.0.0.1:{port}") == 0
    assert timedelta(days=1) < sum(PAUSES, timedelta()) < timedelta(days=3)


def test_it_arrives_once_the_server_is_back(
    held: Callable[..., UUID], decide: Callable[..., None], send_mails: SendMails, rows: Rows
) -> None:
    """Nothing is lost meanwhile."""
    decide(held())
    with odd_server() as port:
        pass
    send_mails(f"smtp://127.0.0.1:{port}")
    with mail_server() as server:
        server.answers.append("451 greylisted")
        assert send_mails(server.url) == 1
        assert send_mails(server.url) == 1

    assert len(server.messages) == 1
    assert outbox(rows) == [("sent", None)]


def test_an_address_that_does_not_exist_is_not_tried_again(
    held: Callable[..., UUID], decide: Callable[..., None], send_mails: SendMails, rows: Rows
) -> None:
    """The server said so for good; others are not kept waiting."""
    decide(held(author_email="gone@example.org"))
    decide(held(author_email="ben@example.org", body=f"{NUMBER} or tomorrow"))
    with mail_server() as server:
        server.refused["gone@example.org"] = "550 no such user"
        assert send_mails(server.url) == 2

    assert outbox(rows) == [("failed", "recipient_refused"), ("sent", None)]


def test_without_a_mail_server_mails_are_kept_and_never_sent_later(
    held: Callable[..., UUID], decide: Callable[..., None], send_mails: SendMails, rows: Rows
) -> None:
    """Whoever begins to send must not begin with a year of old news."""
    decide(held())
    assert send_mails(None) == 1
    assert outbox(rows) == [("kept", None)]
    with mail_server() as server:
        assert send_mails(server.url) == 0
    assert server.messages == []


def test_nobody_is_flooded(
    held: Callable[..., UUID], runtime: Runtime, rows: Rows, decide: Callable[..., None]
) -> None:
    """Whoever types somebody else's address a hundred times makes us send ten mails, also when one click rejects all."""
    comment_ids = [held(body=f"{NUMBER}, or on day {n} after the fair") for n in range(mail_events.MOST_A_DAY + 2)]
    rows("UPDATE comments SET status = 'held', shown_revision = NULL")
    decide(comment_ids[0])
    rows(
        "INSERT INTO decisions (comment_id, site_id, revision, event, status, decided_by, reason_code, reasons)"
        " SELECT id, site_id, 1, 'reject', 'rejected', 'moderator:x', 'x', '{x}' FROM comments WHERE status = 'held'"
    )
    with runtime.engine.begin() as connection:
        mail_events.add_statements(connection, comment_ids, after=timedelta())

    assert len(outbox(rows)) == mail_events.MOST_A_DAY


def test_a_hold_of_more_than_a_day_is_told_once(
    held: Callable[..., UUID], send_mails: SendMails, runtime: Runtime, rows: Rows
) -> None:
    """Not one of an hour, nor one that everybody has forgotten, nor what has been decided since."""
    rows("ALTER TABLE decisions DISABLE TRIGGER decisions_are_append_only")
    for hours in (1, 25, 24 * 9):
        comment_id = held(body=f"{NUMBER}, or in {hours} hours at the usual place")
        rows(
            "UPDATE decisions SET decided_at = now() - make_interval(hours => :hours) WHERE comment_id = :id",
            hours=hours, id=comment_id,
        )  # fmt: skip
    rows("ALTER TABLE decisions ENABLE TRIGGER decisions_are_append_only")

    assert tell_of_long_holds(runtime.engine) == 1
    assert tell_of_long_holds(runtime.engine) == 0
    with mail_server() as server:
        send_mails(server.url)

    (message,) = server.messages
    assert message["Subject"] == "Your comment is still waiting: Blog"
    assert "Nothing has been decided" in " ".join(message.get_content().split())


def test_what_waits_again_after_an_undo_is_told_as_well(
    held: Callable[..., UUID], decide: Callable[..., None], send_mails: SendMails, runtime: Runtime, rows: Rows,
    visitor: Visitor, bearer: Callable[..., dict[str, str]],
) -> None:  # fmt: skip
    """As a hold: nothing has been decided about it."""
    comment_id = held()
    decide(comment_id, "spam")
    ((decision_id,),) = rows("SELECT max(id) FROM decisions")
    sent = {"decision_id": decision_id}
    assert visitor.client.post(f"{REVIEW}/{comment_id}/undo", json=sent, headers=bearer("owner")).status_code == 201
    rows("ALTER TABLE decisions DISABLE TRIGGER decisions_are_append_only")
    rows("UPDATE decisions SET decided_at = decided_at - interval '25 hours'")
    rows("ALTER TABLE decisions ENABLE TRIGGER decisions_are_append_only")

    assert tell_of_long_holds(runtime.engine) == 1
    with mail_server() as server:
        send_mails(server.url)
    assert [message["Subject"] for message in server.messages] == ["Your comment is still waiting: Blog"]


def test_the_outbox_holds_no_address_and_no_text(
    held: Callable[..., UUID], decide: Callable[..., None], send_mails: SendMails, rows: Rows, caplog: Any
) -> None:
    """Nor do the logs, when a server refuses it and repeats the address in its answer."""
    decide(held(author_email="very.hidden@example.org"))
    with mail_server() as server:
        server.refused["very.hidden@example.org"] = "550 very.hidden@example.org is unknown"
        send_mails(server.url)

    assert "hidden" not in str(rows("SELECT m::text FROM mails m")) + str(rows("SELECT t::text FROM tasks t"))
    assert "hidden" not in caplog.text


def test_an_author_is_told_in_the_own_language(
    held: Callable[..., UUID], decide: Callable[..., None], send_mails: SendMails
) -> None:
    """The one that the form spoke, which came with the comment."""
    decide(held(lang="de"), reason="insult")
    with mail_server() as server:
        send_mails(server.url)

    (message,) = server.messages
    assert message["Subject"] == "Ihr Kommentar wurde nicht veröffentlicht: Blog"
    assert message["Content-Language"] == "de"
    assert "Der Grund: beleidigt jemanden." in message.get_content()
