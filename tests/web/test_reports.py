"""Readers report a published comment: it stands in the review queue until somebody decides, and stays published."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient

from service.runtime import Runtime
from service.storage import sites
from service.storage.sites import Site
from service.usecases.ask_to_learn import is_enough
from service.usecases.upkeep import expire
from tests.conftest import ORIGIN, MakeRuntime, Rows, SendMails, Visitor, add_site, make_app, status_of
from tests.mail_server import mail_server

REVIEW = "/api/v1/review/comments"


def report(
    client: FlaskClient, comment_id: UUID, *, site: str = "blog", address: str = "192.0.2.1", **fields: Any
) -> Any:
    return client.post(
        f"/api/v1/sites/{site}/comments/{comment_id}/reports",
        json={"reason": "insult", **fields},
        headers={"Origin": ORIGIN},
        environ_base={"REMOTE_ADDR": address},
    )


@pytest.fixture
def published(visitor: Visitor) -> UUID:
    return visitor.published(body="The roses came back in June.")


@pytest.fixture
def decide(visitor: Visitor, bearer: Callable[..., dict[str, str]]) -> Callable[..., Any]:
    token = bearer("moderator")
    return lambda comment_id, decision, **more: visitor.client.post(
        f"{REVIEW}/{comment_id}/decisions", json={"decision": decision, "revision": 1, **more}, headers=token
    )


def queue_of(visitor: Visitor, bearer: Callable[..., dict[str, str]]) -> list[str]:
    listed = visitor.client.get(REVIEW, headers=bearer("viewer")).get_json()
    return [item["id"] for item in listed["comments"]]


def test_a_reported_comment_waits_for_a_person_and_stays_where_it_is(
    visitor: Visitor, published: UUID, bearer: Callable[..., dict[str, str]], rows: Rows
) -> None:
    """Moderators see what was said, and nobody who said it."""
    assert queue_of(visitor, bearer) == []
    answer = report(visitor.client, published, text="He means\r\nme.", email="ben.hidden@example.org")

    assert answer.status_code == 202
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert status_of(rows, published) == "published"
    assert queue_of(visitor, bearer) == [str(published)]
    shown = visitor.client.get(f"{REVIEW}/{published}", headers=bearer("viewer"))
    (said,) = shown.get_json()["reports"]
    assert (said["reason"], said["body"], said["has_contact"], said["resolved_at"]) == (
        "insult", "He means\nme.", True, None,
    )  # fmt: skip
    assert "hidden" not in shown.text + str(rows("SELECT r::text FROM reports r"))


def test_one_client_reports_once(visitor: Visitor, published: UUID, rows: Rows) -> None:
    """A second report is taken as the first, with the same answer; another client's counts."""
    answers = [
        report(visitor.client, published, address=address) for address in ("192.0.2.1", "192.0.2.1", "192.0.2.9")
    ]

    assert [answer.status_code for answer in answers] == [202, 202, 202]
    assert answers[0].data == answers[1].data
    assert rows("SELECT count(*) FROM reports") == [(2,)]


@pytest.mark.parametrize("is_held", [True, False])
def test_what_nobody_can_read_can_not_be_reported(visitor: Visitor, rows: Rows, is_held: bool) -> None:
    """Nor does the answer tell whether there is such a comment."""
    comment_id = visitor.comment() if is_held else uuid4()
    assert report(visitor.client, comment_id).status_code == 404
    assert rows("SELECT count(*) FROM reports") == [(0,)]


def test_a_comment_of_another_site_can_not_be_reported_here(
    visitor: Visitor, published: UUID, runtime: Runtime, rows: Rows
) -> None:
    """The site's key and the comment belong together."""
    add_site(runtime, "other", ORIGIN)

    assert report(visitor.client, published, site="other").status_code == 404
    assert rows("SELECT count(*) FROM reports") == [(0,)]


def test_a_page_of_somebody_else_reports_nothing(visitor: Visitor, published: UUID) -> None:
    """As with comments."""
    url = f"/api/v1/sites/blog/comments/{published}/reports"
    for origin in ("https://elsewhere.example.com", "null"):
        answer = visitor.client.post(url, json={"reason": "spam"}, headers={"Origin": origin})
        assert answer.status_code == 403


@pytest.mark.parametrize(
    ("fields", "pointers"),
    [
        ({"reason": "boring"}, {"/reason"}),
        ({"reason": "legal"}, {"/email"}),
        ({"reason": "legal", "email": "nobody"}, {"/email"}),
        ({"email": "nobody", "text": "x" * 2001}, {"/email", "/text"}),
        ({"status": "removed"}, {"/status"}),
    ],
)
def test_what_is_wrong_is_named(visitor: Visitor, published: UUID, fields: dict[str, Any], pointers: set[str]) -> None:
    """An address is needed only where the law is named."""
    answer = report(visitor.client, published, **fields)

    assert answer.status_code == 422
    assert {error["pointer"] for error in answer.get_json()["errors"]} == pointers


def test_reports_are_limited(make_runtime: MakeRuntime, visitor: Visitor, published: UUID) -> None:
    """Per client over all comments, and per comment."""
    another = visitor.published(body="And in July there were more of them than ever before.")
    client = make_app(make_runtime(limit_report="7 per hour")).test_client()
    answers = [report(client, published, address="192.0.2.77") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [202] * 5 + [429]
    assert answers[-1].get_json()["detail"].startswith("Too many reports")
    assert [report(client, another, address="192.0.2.77").status_code for _ in range(2)] == [202, 429]


def test_leaving_it_published_answers_the_reports(
    visitor: Visitor, published: UUID, decide: Callable[..., Any], bearer: Callable[..., dict[str, str]], rows: Rows
) -> None:
    """That is a decision like any other, and the queue is empty again."""
    ((before,),) = rows("SELECT published_at FROM comments")
    report(visitor.client, published)
    answer = decide(published, "publish", reason="within_rules")

    assert (answer.status_code, answer.get_json()["status"]) == (201, "published")
    assert queue_of(visitor, bearer) == []
    ((event, by),) = rows("SELECT event, decided_by FROM decisions ORDER BY id DESC LIMIT 1")
    assert (event, by) == ("keep", "moderator:token:a moderator")
    assert rows("SELECT decision_id = (SELECT max(id) FROM decisions), resolved_at IS NULL FROM reports") == [
        (True, False)
    ]
    assert rows("SELECT published_at FROM comments") == [(before,)]
    assert rows("SELECT published_count FROM threads") == [(1,)]


def test_publishing_what_nobody_reported_stays_refused(published: UUID, decide: Callable[..., Any]) -> None:
    """It is published already."""
    assert decide(published, "publish").status_code == 409


def test_reports_teach_the_model_nothing_but_who_answers_them_does(
    visitor: Visitor, published: UUID, decide: Callable[..., Any], runtime: Runtime, site: Site
) -> None:
    """What readers say is no label; that a moderator leaves the comment where it is, is one like every decision."""
    from service.storage import learning

    def learnt() -> tuple[int, int]:
        with runtime.engine.begin() as connection:
            progress = learning.progress(connection, site.id)
        assert not is_enough(progress)
        return progress.honest, progress.spam

    report(visitor.client, published, reason="spam")
    assert learnt() == (0, 0)
    decide(published, "publish")
    assert learnt() == (1, 0)


@pytest.mark.parametrize("decision", ["remove", "spam"])
def test_taking_it_down_answers_them_too(
    visitor: Visitor, published: UUID, decide: Callable[..., Any], rows: Rows, decision: str
) -> None:
    """Whatever the reason."""
    report(visitor.client, published)
    assert decide(published, decision).status_code == 201
    assert rows("SELECT resolved_at IS NULL FROM reports") == [(False,)]


def test_an_undo_opens_them_again(
    visitor: Visitor, published: UUID, decide: Callable[..., Any], bearer: Callable[..., dict[str, str]], rows: Rows
) -> None:
    """The question is asked again, in its place."""
    report(visitor.client, published)
    decided = decide(published, "publish").get_json()
    undone = visitor.client.post(
        f"{REVIEW}/{published}/undo", json={"decision_id": decided["decision_id"]}, headers=bearer("moderator")
    )
    assert undone.status_code == 201, undone.text

    assert rows("SELECT resolved_at, decision_id FROM reports") == [(None, None)]
    assert queue_of(visitor, bearer) == [str(published)]


def hold_after(runtime: Runtime, site: Site, reports: int) -> FlaskClient:
    with runtime.engine.begin() as connection:
        wanted = replace(site, intake=replace(site.intake, hold_after_reports=reports))
        sites.change(connection, site, wanted, changed_by="test")
    return make_app(runtime).test_client()


def test_a_site_may_have_it_held_after_some_reports(
    visitor: Visitor, published: UUID, runtime: Runtime, site: Site, rows: Rows
) -> None:
    """By the policy, with the reasons that were given; it stays in its place in the queue."""
    client = hold_after(runtime, site, 2)
    report(client, published, reason="insult", address="192.0.2.1")
    report(client, published, reason="insult", address="192.0.2.1")
    assert status_of(rows, published) == "published"
    report(client, published, reason="hate", address="192.0.2.2")

    assert status_of(rows, published) == "held"
    assert rows("SELECT event, decided_by, reason_code, reasons FROM decisions ORDER BY id DESC LIMIT 1") == [
        ("recall", "policy", "reported", [
            "A reader reported it: hatred against people for what they are.", "A reader reported it: insults somebody.",
        ])
    ]  # fmt: skip
    assert rows("SELECT rank FROM comments") == [(5,)]
    assert rows("SELECT published_count FROM threads") == [(0,)]


def test_readers_do_not_overrule_a_moderator(
    visitor: Visitor, published: UUID, decide: Callable[..., Any], runtime: Runtime, site: Site, rows: Rows
) -> None:
    """A crowd can have a moderator look again, and no more."""
    report(visitor.client, published)
    decide(published, "publish")
    client = hold_after(runtime, site, 1)
    for number in range(2, 5):
        report(client, published, address=f"192.0.2.{number}")

    assert status_of(rows, published) == "published"
    assert rows("SELECT rank FROM comments") == [(5,)]


def test_whoever_named_the_law_is_told(
    visitor: Visitor,
    published: UUID,
    decide: Callable[..., Any],
    send_mails: SendMails,
    rows: Rows,
) -> None:
    """What was decided; nobody else is, and nothing that the reader wrote comes back."""
    report(
        visitor.client,
        published,
        address="192.0.2.1",
        reason="legal",
        email="ben@example.org",
        text="buy pills.example",
    )
    report(visitor.client, published, address="192.0.2.2", reason="insult", email="eve@example.org")
    decide(published, "remove", reason="unlawful")
    with mail_server() as server:
        send_mails(server.url)

    told = {message["To"]: " ".join(message.get_content().split()) for message in server.messages}
    assert set(told) == {"ben@example.org", "ann@example.org"}
    assert "it is not shown any more. The reason: against the law." in told["ben@example.org"]
    assert "pills" not in told["ben@example.org"]


def test_a_report_that_was_left_is_answered_as_well(
    visitor: Visitor,
    published: UUID,
    decide: Callable[..., Any],
    send_mails: SendMails,
) -> None:
    """And says where else to turn."""
    report(visitor.client, published, reason="legal", email="ben@example.org")
    decide(published, "publish")
    with mail_server() as server:
        send_mails(server.url)

    (message,) = server.messages
    assert "left it published" in message.get_content()
    assert "court" in message.get_content()


def test_the_client_is_forgotten_in_time(visitor: Visitor, published: UUID, runtime: Runtime, rows: Rows) -> None:
    """As with comments."""
    report(visitor.client, published)
    ((seen,),) = rows("SELECT reporter_hash FROM reports")
    assert len(seen) == 16
    expire(runtime.engine, now=runtime.now() + timedelta(days=31), ip_retention=timedelta(days=30),
           idempotency=timedelta(days=60))  # fmt: skip

    assert rows("SELECT reporter_hash FROM reports") == [(None,)]


def test_the_desk_shows_them_and_leaves_it_published(
    visitor: Visitor, published: UUID, log_in: Callable[..., FlaskClient], rows: Rows
) -> None:
    """With a button that answers; escaped."""
    report(visitor.client, published, text="<b>He means me.")
    ada = log_in("moderator", name="ada")
    page = ada.get(f"/desk/comments/{published}").text
    assert "&lt;b&gt;He means me." in page
    assert "Leave it published" in page
    ((decision_id,),) = rows("SELECT max(id) FROM decisions")
    sent = {"decision": "publish", "revision": "1", "replaces": str(decision_id)}
    assert ada.post(f"/desk/comments/{published}/decisions", data=sent).status_code == 303

    assert rows("SELECT resolved_at IS NULL FROM reports") == [(False,)]
    assert "Leave it published" not in ada.get(f"/desk/comments/{published}").text


class TestPage:
    """Without JavaScript."""

    def test_the_form_shows_the_comment_and_changes_nothing(
        self, visitor: Visitor, published: UUID, rows: Rows
    ) -> None:
        """However often it is fetched."""
        for method in ("get", "head"):
            page = getattr(visitor.client, method)(f"/comments/{published}/report")
            assert page.status_code == 200
        page = visitor.client.get(f"/comments/{published}/report")

        assert "The roses came back in June." in page.text
        assert 'name="reason" value="legal"' in page.text
        assert rows("SELECT count(*) FROM reports") == [(0,)]

    def test_sending_it_reports(self, visitor: Visitor, published: UUID, runtime: Runtime, rows: Rows) -> None:
        """And leads to a page that says thank you."""
        sent = visitor.client.post(
            f"/comments/{published}/report", data={"reason": "spam", "text": "", "email": ""},
            headers={"Origin": runtime.settings.base_url},
        )  # fmt: skip
        assert sent.status_code == 303
        assert "Thank you" in visitor.client.get(sent.headers["Location"]).text
        assert rows("SELECT reason, body FROM reports") == [("spam", None)]

    def test_what_is_wrong_is_said_beside_what_was_typed(
        self, visitor: Visitor, published: UUID, runtime: Runtime
    ) -> None:
        """Escaped."""
        page = visitor.client.post(
            f"/comments/{published}/report", data={"reason": "legal", "text": "<script>alert(1)</script>"},
            headers={"Origin": runtime.settings.base_url},
        )  # fmt: skip

        assert page.status_code == 422
        assert "We need an address" in page.text
        assert "&lt;script&gt;" in page.text
        assert "<script>alert" not in page.text

    def test_there_is_none_for_what_nobody_can_read(self, visitor: Visitor) -> None:
        """Held, or not there at all."""
        for comment_id in (visitor.comment(), uuid4()):
            assert visitor.client.get(f"/comments/{comment_id}/report").status_code == 404
