"""Bans: made from a comment, met by those that follow, over in time, and never told to whom they are about."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.moderation.checks.ban import check_ban
from service.moderation.model import Ban, BanEffect, BanKind, Facts, Policy, Verdict
from service.moderation.policy import judge
from service.runtime import Runtime
from service.storage import reputation
from service.storage.reputation import Acquaintance
from service.storage.sites import Site
from tests.conftest import PLAIN_CHECKS, Rows, Visitor, add_site, status_of

BANS = "/api/v1/sites/blog/bans"
LogIn = Callable[..., FlaskClient]
Bearer = Callable[..., dict[str, str]]


@pytest.fixture
def ada(log_in: LogIn, visitor: Visitor) -> FlaskClient:
    visitor.drain.checks = PLAIN_CHECKS
    return log_in(name="ada")


def ban(client: FlaskClient, kind: str, **more: Any) -> TestResponse:
    return client.post(BANS, json={"kind": kind, "reason": "Again and again.", **more})


def banned(client: FlaskClient, kind: str, **more: Any) -> dict[str, Any]:
    answer = ban(client, kind, **more)
    assert answer.status_code == 201, answer.text
    return dict(answer.get_json())


def comment(visitor: Visitor, **changes: Any) -> UUID:
    """A comment whose checks have reported."""
    comment_id = visitor.comment(**changes)
    visitor.drain()
    return comment_id


class TestWho:
    """Whom a ban meets."""

    def test_an_email_address_is_banned_by_pointing_at_a_comment(
        self, ada: FlaskClient, visitor: Visitor, rows: Rows
    ) -> None:
        """In whatever case it is typed, under whatever name; others are not met, and the address stays hidden."""
        first = comment(visitor, author_email="troll@example.org")
        made = banned(ada, "email", comment_id=str(first))

        again = comment(visitor, author_email="Troll@Example.org", author_name="Somebody else")
        assert status_of(rows, again) == "rejected"
        assert status_of(rows, comment(visitor, author_email="ben@example.org")) == "published"
        assert status_of(rows, first) == "published"
        assert made["value"] is None
        assert "example.org" not in str(rows("SELECT b::text FROM bans b")) + str(
            rows("SELECT a::text FROM audit_log a")
        )

    def test_a_network_is_banned_by_pointing_at_a_comment(
        self, ada: FlaskClient, client: FlaskClient, visitor: Visitor, rows: Rows
    ) -> None:
        """Its neighbours are met, others are not; without a known network there is nothing to ban."""
        client.environ_base["REMOTE_ADDR"] = "203.0.113.7"
        first = comment(visitor)
        assert banned(ada, "network", comment_id=str(first))["value"] == "203.0.113.0/24"

        client.environ_base["REMOTE_ADDR"] = "203.0.113.200"
        assert status_of(rows, comment(visitor, author_email="new@example.org")) == "rejected"
        client.environ_base["REMOTE_ADDR"] = "198.51.100.7"
        assert status_of(rows, comment(visitor, author_email="new@example.org")) == "published"
        rows("UPDATE comments SET ip_hash = NULL, ip_prefix = NULL")
        assert ban(ada, "network", comment_id=str(first)).status_code == 422

    @pytest.mark.parametrize(
        ("changes", "status"),
        [
            ({"author_website": "https://shop.example.com/"}, "rejected"),
            ({"author_website": "https://www.SHOP.example.com/x"}, "rejected"),
            ({"body": "Have a look at https://de.shop.example.com/offer today, friends of the garden."}, "rejected"),
            ({"author_website": "https://myshop.example.com/"}, "published"),
            ({"author_website": "https://example.com/shop.example.com"}, "published"),
        ],
    )
    def test_a_website_is_banned_with_all_below_it(
        self, ada: FlaskClient, visitor: Visitor, rows: Rows, changes: dict[str, str], status: str
    ) -> None:
        """As the author's own or in the text."""
        assert banned(ada, "host", value="https://www.Shop.example.com/offers")["value"] == "shop.example.com"

        assert status_of(rows, comment(visitor, **changes)) == status

    @pytest.mark.parametrize(
        ("name", "status"), [("Cheap Loans 24", "rejected"), ("cheap loans", "rejected"), ("Ann", "published")]
    )
    def test_names_are_banned_by_a_pattern(
        self, ada: FlaskClient, visitor: Visitor, rows: Rows, name: str, status: str
    ) -> None:
        """On RE2, in capitals or not."""
        banned(ada, "name", value=r"^cheap \w+")

        assert status_of(rows, comment(visitor, author_name=name)) == status

    def test_it_holds_on_its_site_only(self, ada: FlaskClient, runtime: Runtime, visitor: Visitor, rows: Rows) -> None:
        """Another site makes up its own mind."""
        banned(ada, "name", value="ann")
        add_site(runtime, "other", "https://other.example.com")
        elsewhere = Visitor(visitor.client, visitor.drain, "other", {"Origin": "https://other.example.com"})

        comment_id = comment(elsewhere, page_url="https://other.example.com/", author_name="Ann")
        assert status_of(rows, comment_id) == "published"


class TestWhen:
    """A ban begins and ends."""

    def test_an_expired_ban_does_nothing(
        self, ada: FlaskClient, visitor: Visitor, rows: Rows, runtime: Runtime
    ) -> None:
        """And is not listed among those in force."""
        until = runtime.now() + timedelta(hours=1)
        made = banned(ada, "name", value="ann", expires_at=until.isoformat())
        assert made["is_in_force"]
        assert status_of(rows, comment(visitor)) == "rejected"
        rows("UPDATE bans SET expires_at = now() - interval '1 second'")

        assert status_of(rows, comment(visitor)) == "published"
        assert ada.get(BANS).get_json()["bans"] == []
        assert [one["is_in_force"] for one in ada.get(f"{BANS}?state=any").get_json()["bans"]] == [False]

    def test_a_lifted_ban_does_nothing(self, ada: FlaskClient, visitor: Visitor, rows: Rows) -> None:
        """Who lifted it stays on record; lifting it twice changes nothing."""
        made = banned(ada, "name", value="ann")
        lifted = ada.delete(f"{BANS}/{made['id']}").get_json()

        assert (lifted["lifted_by"], lifted["is_in_force"]) == ("moderator:ada", False)
        assert ada.delete(f"{BANS}/{made['id']}").get_json() == lifted
        assert status_of(rows, comment(visitor)) == "published"
        assert rows("SELECT action, subject, details ->> 'kind' FROM audit_log ORDER BY id") == [
            ("ban_made", f"ban:{made['id']}", "name"), ("ban_lifted", f"ban:{made['id']}", None)
        ]  # fmt: skip


class TestEffect:
    """What becomes of a comment that meets a ban."""

    @pytest.mark.parametrize(("effect", "status"), [("hold", "held"), ("reject", "rejected"), ("shadow", "rejected")])
    def test_the_reason_stands_in_its_history(
        self, ada: FlaskClient, visitor: Visitor, effect: str, status: str
    ) -> None:
        """As a sentence for moderators, with the signal behind it."""
        banned(ada, "name", value="ann", effect=effect)
        comment_id = comment(visitor)

        detail = ada.get(f"/api/v1/review/comments/{comment_id}").get_json()
        assert detail["comment"]["status"] == status
        assert detail["comment"]["reasons"] == ["The author's name fits a banned pattern: Again and again."]
        assert [signal["check_name"] for signal in detail["signals"]] == ["ban"]

    def test_nobody_notices_a_shadow_ban(self, ada: FlaskClient, visitor: Visitor, rows: Rows) -> None:
        """Its author is told what everybody is told whose comment is published; readers see nothing; no mail is sent."""
        published = visitor.accepted(author_name="Ben")
        banned(ada, "name", value="ann", effect="shadow")
        shadowed = visitor.accepted()
        visitor.drain()

        def told(accepted: dict[str, str]) -> dict[str, Any]:
            token = {"Authorization": f"Bearer {accepted['author_token']}"}
            told = visitor.client.get(accepted["status_url"], headers=token).get_json()
            own = dict.fromkeys(("author_name", "created_at"))
            return (
                told | dict.fromkeys(("id", "editable_until", "deletable_until")) | {"comment": told["comment"] | own}
            )

        def objects(accepted: dict[str, str]) -> tuple[int, str]:
            token = {"Authorization": f"Bearer {accepted['author_token']}"}
            url = f"/api/v1/comments/{accepted['id']}/appeals"
            answer = visitor.client.post(url, json={"text": "Why?"}, headers=token)
            return answer.status_code, answer.get_json()["code"]

        assert told(shadowed) == told(published)
        assert told(shadowed)["status"] == "published"
        assert [objects(accepted) for accepted in (shadowed, published)] == [(409, "conflict")] * 2
        for accepted, name in ((shadowed, "Ann"), (published, "Ben")):
            visitor.accepted(author_name=name, body="And one more thing.", parent_id=accepted["id"])
        assert [shown["id"] for shown in visitor.read()["comments"]] == [published["id"]]
        assert visitor.read()["total"] == 1
        assert rows("SELECT count(*) FROM mails") == [(0,)]
        assert rows("SELECT reason_code FROM comments WHERE id = :id", id=shadowed["id"]) == [("shadow_ban",)]
        assert rows("SELECT count(*) FROM mails") == [(0,)]

    def test_an_open_ban_is_told(self, ada: FlaskClient, visitor: Visitor, rows: Rows) -> None:
        """With a statement of reasons, as every rejection."""
        banned(ada, "name", value="ann")
        comment(visitor)

        assert rows("SELECT count(*) FROM mails") == [(1,)]

    def test_what_a_person_must_see_is_held_all_the_same(self) -> None:
        """A crisis is a crisis, whoever has it: escalation is stricter than a ban."""
        facts = Facts(body="x", author_name="Ann", ban=Ban(BanKind.NAME, BanEffect.SHADOW, "Because."))
        (signal,) = check_ban(facts)
        from service.moderation.model import Label, Signal

        crisis = Signal("reading", Label.CRISIS, 0.9, "Somebody may be in danger.")
        assert judge([signal], policy=Policy(), published_before=0).verdict is Verdict.REJECT
        assert judge([signal, crisis], policy=Policy(), published_before=0).verdict is Verdict.ESCALATE

    def test_a_shadow_is_not_given_away_by_another_ban_or_rule(
        self, ada: FlaskClient, visitor: Visitor, rows: Rows
    ) -> None:
        """Where several are met, the one that must not be noticed is told."""
        first = comment(visitor)
        banned(ada, "email", comment_id=str(first), effect="shadow")
        banned(ada, "name", value="ann", effect="reject")

        comment_id = comment(visitor)
        assert rows("SELECT reason_code FROM comments WHERE id = :id", id=comment_id) == [("shadow_ban",)]

    def test_a_ban_is_not_counted_twice(
        self, ada: FlaskClient, visitor: Visitor, runtime: Runtime, site: Site, rows: Rows
    ) -> None:
        """What a ban rejected gives neither its author's network nor its links a bad name: others use them, too."""
        banned(ada, "name", value="ann")
        comment(visitor, author_website="https://shared.example.com/")
        ((author_id, prefix),) = rows("SELECT author_id, CAST(ip_prefix AS text) FROM comments")
        later = visitor.comment(body="Another thought, a day later.")

        with runtime.engine.connect() as connection:
            known = reputation.reputations(
                connection,
                [Acquaintance(later, 1, site.id, author_id, prefix, ("shared.example.com",))],
            )
        assert [(one.author_bad, one.host_bad, one.prefix_bad) for one in known.values()] == [(0, 0, 0)]


class TestAsking:
    """What is refused."""

    @pytest.mark.parametrize(
        ("body", "pointer"),
        [
            ({"kind": "email"}, "/comment_id"), ({"kind": "network"}, "/comment_id"), ({"kind": "host"}, "/value"),
            ({"kind": "name"}, "/value"), ({"kind": "name", "value": "(a"}, "/value"),
            ({"kind": "name", "value": "a*"}, "/value"), ({"kind": "host", "value": "not a host"}, "/value"),
            ({"kind": "host", "value": "localhost"}, "/value"), ({"kind": "name", "value": "a", "reason": ""}, "/reason"),
            ({"kind": "name", "value": "a", "expires_at": "2020-01-01T00:00:00Z"}, "/expires_at"),
            ({"kind": "name", "value": "a", "expires_at": "soon"}, "/expires_at"),
            ({"kind": "email", "value": "ann@example.org"}, "/value"),
            ({"kind": "email", "comment_id": str(uuid4())}, "/comment_id"),
            ({"kind": "name", "value": "a", "effect": "burn"}, "/effect"), ({"kind": "name", "value": "a", "x": 1}, "/x"),
        ],
    )  # fmt: skip
    def test_a_ban_that_can_not_be_is_422(
        self, ada: FlaskClient, rows: Rows, body: dict[str, Any], pointer: str
    ) -> None:
        """With a sentence about the field that is wrong."""
        answer = ada.post(BANS, json={"reason": "Because.", **body})

        assert answer.status_code == 422, answer.text
        assert pointer in [error["pointer"] for error in answer.get_json()["errors"]]
        assert rows("SELECT count(*) FROM bans") == [(0,)]

    def test_an_author_without_an_address_can_not_be_banned_by_it(
        self, ada: FlaskClient, visitor: Visitor, rows: Rows
    ) -> None:
        """Nobody else is."""
        first = comment(visitor)
        rows("UPDATE comments SET author_id = NULL")

        assert ban(ada, "email", comment_id=str(first)).status_code == 422

    def test_patterns_of_names_have_an_end(self, ada: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
        """Each is looked for in each name."""
        monkeypatch.setattr("service.usecases.ban.MOST_NAMES", 1)
        banned(ada, "name", value="ann")

        assert ban(ada, "name", value="ben").status_code == 422

    def test_they_come_in_pages(self, ada: FlaskClient) -> None:
        """The newest first."""
        made = [banned(ada, "name", value=f"name{n}")["id"] for n in range(3)]
        first = ada.get(f"{BANS}?limit=2").get_json()
        second = ada.get(f"{BANS}?limit=2&cursor={first['next_cursor']}").get_json()

        assert [one["id"] for page in (first, second) for one in page["bans"]] == made[::-1]
        assert second["next_cursor"] is None

    def test_it_takes_a_role_that_decides(
        self, ada: FlaskClient, client: FlaskClient, bearer: Bearer, runtime: Runtime, visitor: Visitor
    ) -> None:
        """Viewers and strangers neither see nor make nor lift any; a stranger's comment can't be pointed at."""
        made = banned(ada, "name", value="zed")
        other = add_site(runtime, "other", "https://other.example.com")
        stranger = bearer("owner", other)
        for headers in (bearer("viewer"), bearer("submitter"), stranger):
            assert client.get(BANS, headers=headers).status_code == 403
            assert client.post(BANS, json={}, headers=headers).status_code == 403
            assert client.delete(f"{BANS}/{made['id']}", headers=headers).status_code == 403
        assert client.get(BANS).status_code == 401
        assert client.delete(f"/api/v1/sites/other/bans/{made['id']}", headers=stranger).status_code == 404
        sent = {"kind": "email", "reason": "x", "comment_id": str(comment(visitor))}
        assert client.post("/api/v1/sites/other/bans", json=sent, headers=stranger).status_code == 422
