"""Mail to moderators: what waits, with links that a scanner can't trigger and that decide once, in their own name."""

import re
import threading
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import httpx
import pytest
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from service.runtime import Runtime
from service.usecases.notify import send_digests
from tests.conftest import PLAIN_CHECKS, Rows, SendMails, Visitor, make_app, status_of
from tests.mail_server import mail_server

LogIn = Callable[..., FlaskClient]
NUMBER = "Please call +44 20 7946 0958 tonight. https://evil.example\nPublish: https://evil.example/now"


def wish(ada: FlaskClient, how: str, email: str | None = "ada.hidden@example.org") -> Any:
    return ada.put("/api/v1/session/mail", json={"email": email, "wishes": [{"site": "blog", "wish": how}]})


@pytest.fixture
def ada(log_in: LogIn) -> FlaskClient:
    """A moderator who wants to be told at once."""
    ada = log_in("moderator", name="ada")
    assert wish(ada, "at_once").status_code == 200
    return ada


@pytest.fixture
def hold(visitor: Visitor) -> Callable[..., UUID]:
    visitor.drain.checks = PLAIN_CHECKS

    def hold(**changes: Any) -> UUID:
        comment_id = visitor.comment(**{"body": NUMBER, "author_name": "Ann", **changes})
        visitor.drain()
        return comment_id

    return hold


@pytest.fixture
def url(runtime: Runtime) -> Iterator[str]:
    """A real HTTP server, as a mail scanner meets it."""
    server = make_server("127.0.0.1", 0, make_app(runtime), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def sent(send_mails: SendMails) -> list[Any]:
    with mail_server() as server:
        send_mails(server.url)
    return [message for message in server.messages if message["To"] == "ada.hidden@example.org"]


def links(message: Any) -> dict[str, str]:
    """The paths of the links, by action."""
    found = re.findall(r"https://comments\.example\.net(/decide/\d+-(\w+)-\S+)", message.get_content())
    return {action: path for path, action in found}


def test_a_scanner_changes_nothing_and_one_post_decides(
    ada: FlaskClient, hold: Callable[..., UUID], send_mails: SendMails, url: str, rows: Rows
) -> None:
    """Every link is fetched, in every way that reads; then a person presses a button, once, without logging in."""
    comment_id = hold()
    (message,) = sent(send_mails)
    paths = links(message)
    assert set(paths) == {"publish", "spam", "reject"}
    everything = re.findall(r"https://comments\.example\.net(/\S+)", message.get_content())
    with httpx.Client(base_url=url, follow_redirects=True, timeout=20) as scanner:
        for path in everything * 2:
            for method in ("GET", "HEAD", "OPTIONS"):
                scanner.request(method, path)
        assert status_of(rows, comment_id) == "held"
        assert rows("SELECT count(*) FROM decisions") == [(1,)]

        page = scanner.get(paths["publish"])
        assert page.text.count("<button") == 1
        assert "You decide as ada" in page.text
        assert (page.headers["Referrer-Policy"], page.headers["Cache-Control"]) == ("no-referrer", "no-store")
        assert scanner.post(paths["publish"], follow_redirects=False).status_code == 303
        assert status_of(rows, comment_id) == "published"
        assert rows("SELECT decided_by FROM decisions ORDER BY id DESC LIMIT 1") == [("moderator:ada",)]

        for path in paths.values():
            assert scanner.post(path).status_code == 409
            assert "<button" not in scanner.get(path).text
    assert rows("SELECT count(*) FROM decisions") == [(2,)]


def test_the_text_is_in_it_and_no_link_of_a_stranger(
    ada: FlaskClient, hold: Callable[..., UUID], send_mails: SendMails
) -> None:
    """T13: quoted, plain, disarmed; nobody's words can pass for our links. The author's address is not in it."""
    hold(author_name="Eve https://evil.example")
    (message,) = sent(send_mails)
    text = message.get_content()

    assert message["Subject"] == "A comment waits for you: Blog"
    assert "> Please call +44 20 7946 0958 tonight." in text
    assert "> Publish:" in text
    assert "evil.example" not in text
    assert "ann@example.org" not in text
    assert not message.is_multipart()


def test_an_edited_comment_is_refused(
    ada: FlaskClient, hold: Callable[..., UUID], send_mails: SendMails, visitor: Visitor, rows: Rows
) -> None:
    """The mail showed another text."""
    comment_id = hold()
    (message,) = sent(send_mails)
    rows("INSERT INTO revisions (comment_id, number, body) VALUES (:id, 2, 'Another text.')", id=comment_id)
    rows("UPDATE comments SET revision = 2")
    path = links(message)["publish"]

    assert "<button" not in visitor.client.get(path).text
    assert visitor.client.post(path).status_code == 409
    assert status_of(rows, comment_id) == "held"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE mails SET created_at = now() - interval '73 hours'",
        "UPDATE moderators SET disabled_at = now()",
        "UPDATE memberships SET role = 'viewer'",
        "DELETE FROM memberships",
    ],
)
def test_a_link_ends(
    ada: FlaskClient, hold: Callable[..., UUID], send_mails: SendMails, visitor: Visitor, rows: Rows, change: str
) -> None:
    """By age, or with its moderator's role."""
    comment_id = hold()
    (message,) = sent(send_mails)
    rows(change)

    assert visitor.client.post(links(message)["spam"]).status_code in {403, 404, 409}
    assert status_of(rows, comment_id) == "held"


def test_a_link_is_for_one_action(
    ada: FlaskClient, hold: Callable[..., UUID], send_mails: SendMails, visitor: Visitor, rows: Rows
) -> None:
    """Nobody makes another one of it."""
    comment_id = hold()
    (message,) = sent(send_mails)
    path = links(message)["spam"]

    for forged in (
        path.replace("-spam-", "-publish-"),
        path[:-2],
        path + "x",
        path.replace("-spam-", "-erase-"),
        "/decide/x",
    ):
        assert visitor.client.get(forged).status_code == 404
        assert visitor.client.post(forged).status_code == 404
    assert status_of(rows, comment_id) == "held"


def test_somebody_was_faster(
    ada: FlaskClient, hold: Callable[..., UUID], send_mails: SendMails, visitor: Visitor, log_in: LogIn, rows: Rows
) -> None:
    """At the desk."""
    comment_id = hold()
    (message,) = sent(send_mails)
    bob = log_in("moderator", name="bob")
    bob.post(f"/api/v1/review/comments/{comment_id}/decisions", json={"decision": "spam", "revision": 1})

    assert visitor.client.post(links(message)["publish"]).status_code == 409
    assert status_of(rows, comment_id) == "spam"


def test_a_digest_bundles_and_leaves_out_what_is_done(
    ada: FlaskClient, hold: Callable[..., UUID], send_mails: SendMails, runtime: Runtime, rows: Rows
) -> None:
    """At most one an hour, whatever comes."""
    wish(ada, "hourly")
    first, second = hold(), hold(body=f"{NUMBER} or in the morning")
    hold(body=f"{NUMBER} or at noon, before the others come")
    ada.post(f"/api/v1/review/comments/{first}/decisions", json={"decision": "publish", "revision": 1})
    assert send_digests(runtime.engine) == 1
    assert send_digests(runtime.engine) == 0
    (message,) = sent(send_mails)

    assert message["Subject"] == "2 comments wait for you: Blog"
    assert len(re.findall(r"/decide/\d+-publish-", message.get_content())) == 2
    hold(body=f"{NUMBER} or on Sunday, when everybody sleeps late")
    assert send_digests(runtime.engine) == 0
    rows("UPDATE mails SET created_at = now() - interval '61 minutes'")
    assert send_digests(runtime.engine) == 1
    assert second


@pytest.mark.parametrize(("how", "count"), [("daily", 1), ("never", 0)])
def test_what_is_urgent_comes_at_once(
    ada: FlaskClient, visitor: Visitor, send_mails: SendMails, how: str, count: int
) -> None:
    """A crisis does not wait for a digest; who wants nothing gets nothing."""
    wish(ada, how)
    visitor.comment(body="I can't go on. I want to kill myself tonight.")
    visitor.drain()

    assert len(sent(send_mails)) == count


def test_each_is_told_once(
    ada: FlaskClient, hold: Callable[..., UUID], send_mails: SendMails, runtime: Runtime, rows: Rows
) -> None:
    """However often somebody notes it."""
    from service.storage import notices

    comment_id = hold()
    with runtime.engine.begin() as connection:
        assert notices.add(connection, [comment_id], "held") == []
    assert len(sent(send_mails)) == 1


def test_viewers_and_other_sites_are_not_told(log_in: LogIn, hold: Callable[..., UUID], rows: Rows) -> None:
    """Whatever they wish."""
    eve = log_in("viewer", name="eve")
    assert wish(eve, "at_once").get_json()["wishes"] == []
    hold()
    assert rows("SELECT count(*) FROM notices") == [(0,)]


def test_an_owner_who_reads_the_outbox_can_not_decide_in_anothers_name(
    ada: FlaskClient, hold: Callable[..., UUID], send_mails: SendMails, log_in: LogIn, rows: Rows
) -> None:
    """The links are shown to their addressee only, also to an admin of an instance that sends mail."""
    hold()
    sent(send_mails)
    ((mail_id,),) = rows("SELECT id FROM mails WHERE kind = 'notice'")
    for other in (log_in("owner", name="olga"), log_in("owner", name="root", is_admin=True)):
        text = other.get(f"/api/v1/review/mails/{mail_id}").get_json()["text"]
        assert "/decide/" not in text
        assert "/decide/" not in other.get(f"/desk/mails/{mail_id}").text


def test_a_mail_offers_no_judgement_of_ones_own_decision(
    ada: FlaskClient, hold: Callable[..., UUID], send_mails: SendMails, log_in: LogIn, runtime: Runtime, rows: Rows
) -> None:
    """While somebody else could look, its page says so instead of a button that would be refused."""
    from service.storage import notices

    log_in("moderator", name="bob")
    comment_id = hold()
    sent(send_mails)
    decided = {"decision": "reject", "revision": 1}
    assert ada.post(f"/api/v1/review/comments/{comment_id}/decisions", json=decided).status_code == 201
    rows(
        "INSERT INTO appeals (site_id, comment_id, decision_id, body)"
        " SELECT site_id, comment_id, id, 'Why?' FROM decisions WHERE event = 'reject'"
    )
    rows("UPDATE comments SET rank = 4")
    with runtime.engine.begin() as connection:
        notices.add(connection, [comment_id], "appeal")
    (message,) = sent(send_mails)
    path = links(message)["publish"]
    page = ada.get(path).text

    assert "Another moderator has to look." in page
    assert "<button" not in page
    assert ada.post(path).status_code == 409
    assert status_of(rows, comment_id) == "rejected"
    rows("UPDATE moderators SET disabled_at = now() WHERE name = 'bob'")
    assert "Overturn and publish it" in ada.get(path).text


class TestOwnMail:
    """Where it goes and how often."""

    def test_the_address_is_sealed_and_masked(self, ada: FlaskClient, rows: Rows) -> None:
        """Nowhere readable, and kept when it is left out."""
        shown = wish(ada, "daily", email=None).get_json()

        assert shown["wishes"] == [{"site": "blog", "wish": "daily"}]
        assert shown["email_masked"]
        stored = "".join(str(rows(f"SELECT t::text FROM {t} t")) for t in ("moderator_addresses", "audit_log", "mails"))
        assert "hidden" not in stored + str(shown)

    def test_without_an_address_nothing_is_sent_anywhere(self, log_in: LogIn) -> None:
        """It says what is missing."""
        assert wish(log_in("moderator", name="bob"), "daily", email=None).status_code == 422
        assert wish(log_in("moderator", name="cleo"), "daily", email="nobody").status_code == 422

    def test_the_page_does_the_same(self, ada: FlaskClient, rows: Rows) -> None:
        """With forms, and a button that forgets."""
        assert 'name="wish-blog"' in ada.get("/desk/account/mail").text
        saved = ada.post("/desk/account/mail", data={"wish-blog": "hourly", "email": ""})
        assert saved.status_code == 303
        assert rows("SELECT wish FROM mail_wishes") == [("hourly",)]
        assert ada.post("/desk/account/mail", data={"wish-blog": "hourly", "forget": "yes"}).status_code == 303
        assert rows("SELECT count(*) FROM moderator_addresses") == [(0,)]
