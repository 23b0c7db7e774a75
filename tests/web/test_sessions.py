"""Sessions at the review API: as good as a token for reading, and for deciding only from a page of ours."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy.exc import DBAPIError

from service.runtime import Runtime
from service.storage import actors, audit
from service.vault import token_digest
from tests.conftest import PLAIN_CHECKS, Rows, Visitor, add_site, status_of

REVIEW = "/api/v1/review/comments"
LogIn = Callable[..., FlaskClient]


@pytest.fixture
def held(visitor: Visitor) -> UUID:
    """A comment that waits for a person."""
    visitor.drain.checks = PLAIN_CHECKS
    comment_id = visitor.comment(body="Please call +44 20 7946 0958 tonight")
    visitor.drain()
    return comment_id


def publish(client: FlaskClient, comment_id: UUID, **headers: str) -> int:
    sent = {"decision": "publish", "revision": 1}
    return client.post(f"{REVIEW}/{comment_id}/decisions", json=sent, headers=headers).status_code


def test_whoever_is_logged_in_decides_by_name(log_in: LogIn, held: UUID, rows: Rows) -> None:
    """And the history tells a person from a token of the same name."""
    assert publish(log_in(name="ada"), held) == 201

    assert rows("SELECT decided_by FROM decisions WHERE decided_by <> 'policy'") == [("moderator:ada",)]


@pytest.mark.parametrize(
    "changes",
    [
        {"X-CSRF-Token": ""},
        {"X-CSRF-Token": "0" * 64},
        {"X-CSRF-Token": "é"},
        {"Origin": "https://example.org"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_page_of_somebody_else_decides_nothing(
    log_in: LogIn, held: UUID, rows: Rows, changes: dict[str, str]
) -> None:
    """Though the browser sends the cookie along."""
    assert publish(log_in(), held, **changes) == 403
    assert status_of(rows, held) == "held"


def test_neither_origin_nor_fetch_site_is_not_enough(log_in: LogIn, held: UUID) -> None:
    """A browser sends at least one of the two with a post."""
    client = log_in()
    del client.environ_base["HTTP_ORIGIN"], client.environ_base["HTTP_SEC_FETCH_SITE"]

    assert publish(client, held) == 403


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE sessions SET ended_at = now()",
        "UPDATE sessions SET expires_at = now()",
        "UPDATE sessions SET last_seen_at = now() - interval '121 minutes'",
        "UPDATE moderators SET disabled_at = now()",
    ],
)
def test_a_session_ends(log_in: LogIn, held: UUID, rows: Rows, change: str) -> None:
    """By hand, by age, by idleness, or with its moderator."""
    client = log_in()
    assert client.get(f"{REVIEW}?site=blog").status_code == 200
    rows(change)

    assert client.get(f"{REVIEW}?site=blog").status_code == 401
    assert publish(client, held) == 401


def test_a_session_is_used_to_the_minute(log_in: LogIn, rows: Rows) -> None:
    """So that it stays alive while it is used, and not every request writes."""
    client = log_in()
    rows("UPDATE sessions SET last_seen_at = now() - interval '110 minutes'")
    client.get(f"{REVIEW}?site=blog")

    assert rows("SELECT last_seen_at > now() - interval '1 minute' FROM sessions") == [(True,)]


def test_an_admin_is_owner_everywhere(log_in: LogIn, held: UUID, runtime: Runtime) -> None:
    """Also on sites without a membership; nobody else is."""
    other = add_site(runtime, "other", "https://other.example.com")

    assert log_in("viewer", of=other, name="eve").get(f"{REVIEW}?site=blog").status_code == 403
    assert log_in("viewer", of=other, name="root", is_admin=True).get(f"{REVIEW}?site=blog").status_code == 200


def test_a_viewer_of_this_site_does_not_decide_because_of_another(
    log_in: LogIn, held: UUID, runtime: Runtime, rows: Rows
) -> None:
    """Roles are per site."""
    client = log_in("viewer", name="eve")
    other = add_site(runtime, "other", "https://other.example.com")
    rows("INSERT INTO memberships SELECT :site_id, id, 'owner' FROM moderators", site_id=other.id)

    assert publish(client, held) == 403
    assert status_of(rows, held) == "held"


def test_the_session_itself_is_not_stored(log_in: LogIn, rows: Rows) -> None:
    """Whoever reads the database can't log in with it."""
    cookie = log_in().get_cookie("__Host-greenroom")
    assert cookie

    assert rows("SELECT digest FROM sessions") == [(token_digest(cookie.value),)]
    assert cookie.value not in str(rows("SELECT s::text FROM sessions s"))


def test_the_audit_log_is_only_added_to(log_in: LogIn, runtime: Runtime, rows: Rows) -> None:
    """Neither changed nor deleted, whoever asks."""
    cookie = log_in(name="ada").get_cookie("__Host-greenroom")
    assert cookie
    with runtime.engine.begin() as connection:
        ada = actors.by_session(connection, token_digest(cookie.value))
        assert ada
        audit.note(connection, ada, "email_revealed", subject="comment:1", details={"why": "asked"})

    assert rows("SELECT actor, action, subject, details FROM audit_log") == [
        ("moderator:ada", "email_revealed", "comment:1", {"why": "asked"})
    ]
    for rewriting in ("UPDATE audit_log SET actor = 'moderator:bob'", "DELETE FROM audit_log"):
        with pytest.raises(DBAPIError, match="append-only"):
            rows(rewriting)
