"""One comment over the review API: what stands around it, notes, claims, and the hidden address."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient

from service.runtime import Runtime
from service.vault import mask_email
from tests.conftest import ORIGIN, PAGE, PLAIN_CHECKS, SET_STATUS, Rows, Visitor, add_site, status_of

REVIEW = "/api/v1/review/comments"
LogIn = Callable[..., FlaskClient]
BODY = "Please call **me** on +44 20 7946 0958 about the harbour festival of next week"


@pytest.fixture
def held(visitor: Visitor) -> UUID:
    """A comment that waits for a person, because it shows a phone number."""
    visitor.drain.checks = PLAIN_CHECKS
    found = visitor.comment(
        body=BODY, author_name="Ann", author_email="annabel@example.org", page_title="A post",
        author_website="https://ann.example.net/",
    )  # fmt: skip
    visitor.drain()
    return found


def shown(client: FlaskClient, comment_id: UUID) -> dict[str, Any]:
    answer = client.get(f"{REVIEW}/{comment_id}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


class TestDetail:
    """What a moderator needs to decide."""

    def test_the_text_as_it_was_sent_and_as_readers_see_it(self, log_in: LogIn, held: UUID) -> None:
        """The page and the website as links."""
        detail = shown(log_in(), held)

        assert detail["comment"]["body"] == BODY
        assert detail["body_html"] == f"<p>{BODY.replace('**me**', '<strong>me</strong>')}</p>\n"
        assert detail["page"] == {"page_url": PAGE, "page_title": "A post", "link": PAGE, "published_count": 0}
        assert detail["website_link"] == "https://ann.example.net/"
        assert detail["may_decide"] is True

    def test_what_it_answers(self, log_in: LogIn, visitor: Visitor) -> None:
        """The parent, for context; none where it answers nothing."""
        visitor.drain.checks = PLAIN_CHECKS
        parent = visitor.published(body="Where is the festival?", author_name="Ben")
        child = visitor.comment(parent_id=str(parent))
        client = log_in()

        answered = shown(client, child)["answers"]
        assert (answered["id"], answered["body"], answered["author_name"]) == (
            str(parent),
            "Where is the festival?",
            "Ben",
        )
        assert answered["status"] == "published"
        assert shown(client, parent)["answers"] is None

    def test_the_policy_that_judged(self, log_in: LogIn, held: UUID, rows: Rows) -> None:
        """Its version then, with the thresholds then, though the site has changed its mind since."""
        rows(
            "INSERT INTO policies (site_id, version, settings, changed_by)"
            " SELECT site_id, 2, jsonb_build_object('mode', 'hold_everything'), 'test' FROM policies"
        )
        rows("UPDATE sites SET policy_version = 2")

        judged_by = shown(log_in(), held)["judged_by"]
        assert (judged_by["version"], judged_by["mode"]) == (1, "publish_what_passes")
        assert {"label": "personal_data", "hold": 0.35, "spam": None, "reject": None, "escalate": 0.8} in judged_by[
            "thresholds"
        ]

    def test_what_the_site_knows_of_the_author(self, log_in: LogIn, visitor: Visitor, held: UUID, rows: Rows) -> None:
        """How often they were published and judged bad, since when, and under which other names; nobody else's."""
        for status, name in (("published", "Annie"), ("published", "Annie"), ("spam", "Ann"), ("rejected", "Casino")):
            other = visitor.comment(author_email="annabel@example.org", author_name=name)
            rows(f"{SET_STATUS} WHERE id = :id", status=status, id=other)
        rows(
            "UPDATE comments SET status = 'published', shown_revision = revision WHERE id = :id",
            id=visitor.comment(author_name="Somebody"),
        )

        author = shown(log_in(), held)["author"]
        assert author.pop("first_seen_at")
        assert author == {
            "is_proven": False, "published": 2, "held": 1, "spam": 1, "rejected": 1, "removed": 0,
            "names": ["Annie", "Casino"], "email_masked": "a…l@e…e.org",
        }  # fmt: skip

    def test_without_an_address_nobody_is_known(self, log_in: LogIn, held: UUID, rows: Rows) -> None:
        """And there is nothing to reveal."""
        rows("UPDATE comments SET author_id = NULL")
        client = log_in()

        assert shown(client, held)["author"] is None
        assert client.post(f"{REVIEW}/{held}/email", json={}).status_code == 404

    def test_what_says_nearly_the_same(self, log_in: LogIn, visitor: Visitor, held: UUID) -> None:
        """Before and after it, whatever became of them; not what merely stands on the same page."""
        visitor.comment(body="A calm thought about something else entirely, with enough words to be remembered")
        again = visitor.comment(body=BODY + "!", author_name="Dan", author_email="dan@example.org")
        visitor.drain()
        client = log_in()

        (alike,) = shown(client, held)["alike"]
        assert (alike["id"], alike["author_name"], alike["likeness"]) == (str(again), "Dan", 1.0)
        assert [item["id"] for item in shown(client, again)["alike"]] == [str(held)]

    def test_what_is_erased_is_alike_no_more(self, log_in: LogIn, visitor: Visitor, held: UUID, rows: Rows) -> None:
        """Forgotten for good."""
        again = visitor.comment(body=BODY, author_email="dan@example.org")
        visitor.drain()
        rows("UPDATE comments SET status = 'erased', shown_revision = NULL WHERE id = :id", id=again)

        assert shown(log_in(), held)["alike"] == []

    def test_who_only_looks_here_changes_nothing_because_of_another_site(
        self, log_in: LogIn, held: UUID, runtime: Runtime, rows: Rows
    ) -> None:
        """Roles are per site: an owner elsewhere is a viewer here."""
        client = log_in("viewer", name="eve")
        other = add_site(runtime, "other", "https://other.example.com")
        rows(
            "INSERT INTO memberships SELECT :site_id, id, 'owner' FROM moderators WHERE name = 'eve'", site_id=other.id
        )

        assert client.post(f"{REVIEW}/{held}/claim", json={}).status_code == 403
        assert client.delete(f"{REVIEW}/{held}/claim").status_code == 403
        assert client.post(f"{REVIEW}/{held}/notes", json={"body": "x"}).status_code == 403
        assert client.post(f"{REVIEW}/{held}/email", json={}).status_code == 403
        assert shown(client, held)["author"]["email_masked"] is None

    def test_another_sites_comment_is_not_there(self, log_in: LogIn, held: UUID, runtime: Runtime) -> None:
        """Neither to look at, nor to note, to claim or to reveal."""
        client = log_in("owner", of=add_site(runtime, "other", "https://other.example.com"))

        for method, path in (
            ("GET", ""), ("GET", "/notes"), ("POST", "/notes"), ("POST", "/claim"), ("DELETE", "/claim"), ("POST", "/email"),
        ):  # fmt: skip
            body = {"json": {"body": "x"} if path == "/notes" else {}} if method == "POST" else {}
            assert client.open(f"{REVIEW}/{held}{path}", method=method, **body).status_code == 404, (method, path)


class TestEmail:
    """Hidden, masked, revealed."""

    @pytest.mark.parametrize(
        ("address", "masked"),
        [
            ("annabel@example.org", "a…l@e…e.org"), ("ann@mail.example.co.uk", "a…@m…o.uk"), ("a@b.io", "…@….io"),
            ("longer@localhost", "l…r@…localhost"), ("weiß@münchen.de", "w…@m…n.de"),
        ],
    )  # fmt: skip
    def test_the_mask(self, address: str, masked: str) -> None:
        """Recognisable to who knows it, and useless to who doesn't."""
        assert mask_email(address) == masked

    def test_a_viewer_does_not_even_see_the_mask(self, log_in: LogIn, held: UUID) -> None:
        """And reveals nothing."""
        client = log_in("viewer")

        assert shown(client, held)["author"]["email_masked"] is None
        assert shown(client, held)["may_decide"] is False
        assert client.post(f"{REVIEW}/{held}/email", json={}).status_code == 403

    def test_revealing_leaves_a_row(self, log_in: LogIn, held: UUID, rows: Rows) -> None:
        """Who, about which comment, why; never the address itself."""
        answer = log_in(name="ada").post(f"{REVIEW}/{held}/email", json={"why": "legal_request"})

        assert answer.get_json() == {"email": "annabel@example.org"}
        assert answer.headers["Cache-Control"] == "no-store"
        assert rows("SELECT actor, action, subject, details FROM audit_log") == [
            ("moderator:ada", "email_revealed", f"comment:{held}", {"why": "legal_request"})
        ]
        assert "annabel" not in str(rows("SELECT a::text FROM audit_log a"))

    def test_looking_at_it_leaves_none(self, log_in: LogIn, held: UUID, rows: Rows) -> None:
        """A GET changes nothing, and shows no address."""
        client = log_in()

        assert "annabel@" not in client.get(f"{REVIEW}/{held}").text
        assert client.get(f"{REVIEW}/{held}/email").status_code == 405
        assert rows("SELECT count(*) FROM audit_log") == [(0,)]

    def test_what_can_not_be_opened_is_said(self, log_in: LogIn, held: UUID, rows: Rows) -> None:
        """The key is gone, or the bytes are damaged: 409, no row, and the comment is shown all the same."""
        client = log_in()
        for damage in ("email_key_id = 'gone'", "email_key_id = 'k1', email_ciphertext = '\\x00'"):
            rows(f"UPDATE authors SET {damage}")
            assert client.post(f"{REVIEW}/{held}/email", json={}).status_code == 409
            assert shown(client, held)["author"]["email_masked"] is None
        assert rows("SELECT count(*) FROM audit_log") == [(0,)]

    @pytest.mark.parametrize("why", ["Because ann@example.org", "", "x" * 51, 7, None])
    def test_the_audit_log_takes_codes_only(self, log_in: LogIn, held: UUID, why: object) -> None:
        """Free text would bring names and addresses into it."""
        assert log_in().post(f"{REVIEW}/{held}/email", json={"why": why}).status_code == 422


class TestNotes:
    """From moderators, for moderators."""

    def test_a_note_is_seen_by_others_of_the_site(self, log_in: LogIn, held: UUID, rows: Rows) -> None:
        """In order, with its author, also by viewers, who can't leave any."""
        ada, eve = log_in(name="ada"), log_in("viewer", name="eve")
        for body in ("Seen her before.", "<script>alert(1)</script> \u202e"):
            assert ada.post(f"{REVIEW}/{held}/notes", json={"body": body}).status_code == 201

        notes = eve.get(f"{REVIEW}/{held}/notes").get_json()["notes"]
        assert [(note["written_by"], note["body"]) for note in notes] == [
            ("moderator:ada", "Seen her before."), ("moderator:ada", "<script>alert(1)</script> \u202e"),
        ]  # fmt: skip
        assert shown(eve, held)["notes"] == notes
        assert eve.post(f"{REVIEW}/{held}/notes", json={"body": "x"}).status_code == 403
        assert rows("SELECT action, subject FROM audit_log") == [("note_added", f"comment:{held}")] * 2
        assert "before" not in str(rows("SELECT a::text FROM audit_log a"))

    @pytest.mark.parametrize("body", ["", "  \n", "x" * 2001, "a\0b", "\ud800", None, 7])
    def test_what_is_no_note_is_refused(self, log_in: LogIn, held: UUID, body: object) -> None:
        """In words."""
        assert log_in().post(f"{REVIEW}/{held}/notes", json={"body": body}).status_code == 422

    def test_readers_never_see_it(self, log_in: LogIn, visitor: Visitor, rows: Rows) -> None:
        """Neither on the page nor in the author's status."""
        accepted = visitor.accepted()
        visitor.drain()
        log_in().post(f"{REVIEW}/{accepted['id']}/notes", json={"body": "Twice now."})

        status = visitor.client.get(
            accepted["status_url"], headers={"Authorization": f"Bearer {accepted['author_token']}"}
        )
        assert "Twice now" not in status.text + str(visitor.read())

    def test_it_is_forgotten_with_the_comment(self, log_in: LogIn, held: UUID, rows: Rows) -> None:
        """What is erased takes along what was written about it."""
        log_in().post(f"{REVIEW}/{held}/notes", json={"body": "Seen her before."})
        rows("UPDATE comments SET status = 'erased', shown_revision = NULL")

        assert rows("SELECT count(*) FROM notes") == [(0,)]


class TestClaims:
    """Who has it open."""

    def claim(self, client: FlaskClient, comment_id: UUID, **body: object) -> dict[str, Any]:
        answer = client.post(f"{REVIEW}/{comment_id}/claim", json=body)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.get_json()
        return found

    def claimed_by(self, client: FlaskClient, comment_id: UUID) -> str | None:
        """As the list says and the comment's own page says: the two must agree."""
        listed = client.get(f"{REVIEW}?status=any").get_json()["comments"]
        (found,) = [item["claimed_by"] for item in listed if item["id"] == str(comment_id)]
        assert shown(client, comment_id)["claim"]["claimed_by"] == found
        return found

    def test_others_see_who_has_it(self, log_in: LogIn, held: UUID) -> None:
        """In the list and in the detail; who claims second learns whose it is."""
        ada, bob = log_in(name="ada"), log_in(name="bob")
        assert self.claimed_by(bob, held) is None
        assert self.claim(ada, held)["is_yours"] is True

        assert self.claimed_by(bob, held) == "moderator:ada"
        assert self.claim(bob, held) | {"until": None} == {
            "claimed_by": "moderator:ada", "until": None, "is_yours": False,
        }  # fmt: skip
        assert self.claim(bob, held, take_over=True)["claimed_by"] == self.claimed_by(ada, held) == "moderator:bob"

    def test_it_lasts_two_minutes_and_is_renewed(self, log_in: LogIn, held: UUID, rows: Rows) -> None:
        """While the page stays open."""
        ada = log_in(name="ada")
        self.claim(ada, held)
        rows("UPDATE claims SET until = now() + interval '1 second'")
        self.claim(ada, held)

        assert rows("SELECT until - now() BETWEEN interval '115 seconds' AND interval '2 minutes' FROM claims") == [
            (True,)
        ]

    def test_it_ends_by_itself(self, log_in: LogIn, held: UUID, rows: Rows) -> None:
        """Then it is anybody's again."""
        ada, bob = log_in(name="ada"), log_in(name="bob")
        self.claim(ada, held)
        rows("UPDATE claims SET until = now()")

        assert self.claimed_by(bob, held) is None
        assert self.claim(bob, held)["claimed_by"] == "moderator:bob"

    def test_it_ends_on_leaving(self, log_in: LogIn, held: UUID) -> None:
        """One's own, and nobody else's."""
        ada, bob = log_in(name="ada"), log_in(name="bob")
        self.claim(ada, held)

        assert bob.delete(f"{REVIEW}/{held}/claim").get_json()["claimed_by"] == "moderator:ada"
        assert ada.delete(f"{REVIEW}/{held}/claim").get_json() == {"claimed_by": None, "until": None, "is_yours": False}
        assert ada.delete(f"{REVIEW}/{held}/claim").status_code == 200

    def test_it_keeps_nobody_from_deciding(self, log_in: LogIn, held: UUID, rows: Rows) -> None:
        """The first decision wins, and ends the claim."""
        ada, bob = log_in(name="ada"), log_in(name="bob")
        self.claim(ada, held)

        assert bob.post(f"{REVIEW}/{held}/decisions", json={"decision": "spam", "revision": 1}).status_code == 201
        assert status_of(rows, held) == "spam"
        assert self.claimed_by(ada, held) is None

    def test_the_machine_ends_no_claim(self, log_in: LogIn, visitor: Visitor) -> None:
        """A check that reports while somebody reads."""
        comment_id = visitor.comment()
        ada = log_in(name="ada")
        self.claim(ada, comment_id)
        visitor.drain()

        assert self.claimed_by(ada, comment_id) == "moderator:ada"

    def test_a_viewer_claims_nothing(self, log_in: LogIn, held: UUID) -> None:
        """They can't decide either."""
        viewer = log_in("viewer")

        assert viewer.post(f"{REVIEW}/{held}/claim", json={}).status_code == 403
        assert viewer.delete(f"{REVIEW}/{held}/claim").status_code == 403

    def test_nothing_that_is_not_there_is_claimed(self, log_in: LogIn) -> None:
        """404, as for another site's."""
        assert log_in().post(f"{REVIEW}/{uuid4()}/claim", json={}).status_code == 404


HOSTILE = "\u202e<img src=x onerror=alert(1)>'\"\\&{{7*7}}%00%s\u0000".replace("\0", "") + "Z\u0301\u0302\u0303" * 30


class TestBroken:
    """A stored field that makes no sense takes neither the list nor the comment away, and the comment can be cleared."""

    @pytest.mark.parametrize(
        "damage",
        [
            "UPDATE signals SET spans = '{\"a\": 1}'",
            "UPDATE signals SET spans = '[[0, 99999999], [5, 2], [-1, 3], [1], \"x\", null, [1.5, 2], [true, false], [[0], 1]]'",
            "UPDATE signals SET spans = 'null'",
            "UPDATE signals SET spans = (SELECT jsonb_agg(jsonb_build_array(0, n)) FROM generate_series(1, 5000) n)",
            "UPDATE signals SET label = 'no_such_label', check_name = '', detail = ''",
            "UPDATE signals SET revision = 1, score = 0",
            "UPDATE comments SET created_at = 'infinity'",
            "UPDATE comments SET created_at = '-infinity'",
            "UPDATE comments SET created_at = '4000-01-01 BC'",
            "UPDATE comments SET author_website = 'javascript:alert(1)', author_name = ''",
            "UPDATE comments SET author_website = 'http://[::1'",
            "UPDATE comments SET author_website = 'http://a@b:99999999999/'",
            "UPDATE comments SET rank = 3, severity = 9",
            "UPDATE threads SET page_url = 'javascript:alert(1)', page_title = NULL",
            "UPDATE threads SET page_url = ''",
            "UPDATE revisions SET body_html = NULL, renderer_version = NULL",
            "UPDATE revisions SET body_html = '<p>old', renderer_version = -1",
            'UPDATE policies SET settings = \'{"mode": "no_such_mode"}\' WHERE version = 1',
            "UPDATE readings SET language = NULL, reputation = '[]'",
            "DELETE FROM readings",
            "DELETE FROM signals",
            "DELETE FROM comment_words",
            "UPDATE fingerprints SET signature = '\\x00'",
            "UPDATE authors SET email_ciphertext = '', email_key_id = '', created_at = 'infinity'",
        ],
    )
    def test_it_is_listed_and_shown_and_can_be_cleared(
        self, log_in: LogIn, held: UUID, rows: Rows, damage: str
    ) -> None:
        """By somebody who decides on what is left."""
        client = log_in()
        rows("INSERT INTO policies SELECT site_id, 2, settings, changed_by FROM policies")
        rows("UPDATE sites SET policy_version = 2")
        rows(damage)

        assert [item["id"] for item in client.get(REVIEW).get_json()["comments"]] == [str(held)]
        assert client.get("/api/v1/review/counts").get_json()["total"] == 1
        detail = shown(client, held)
        for signal in detail["signals"]:
            assert all(0 <= start < end <= len(BODY) for start, end in signal["spans"])
        assert "javascript:" not in str((detail["website_link"], detail["page"]["link"]))
        answer = client.post(f"{REVIEW}/{held}/decisions", json={"decision": "spam", "revision": 1})
        assert answer.status_code == 201, answer.text

    def test_a_text_that_breaks_the_renderer_is_shown_as_text(
        self, log_in: LogIn, held: UUID, rows: Rows, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Escaped, so that it does nothing."""

        def broken(_: str) -> str:
            raise RecursionError

        monkeypatch.setattr("service.usecases.show_comment.render_html", broken)
        rows("UPDATE revisions SET body = '<b>x</b>', body_html = NULL")

        assert shown(log_in(), held)["body_html"] == "<p>&lt;b&gt;x&lt;/b&gt;</p>"

    def test_hostile_words_come_through_as_they_are(self, log_in: LogIn, held: UUID, rows: Rows) -> None:
        """As text, in every field that holds text; the HTML is what the sanitiser made."""
        rows("UPDATE comments SET author_name = left(:text, 100)", text=HOSTILE)
        rows("UPDATE revisions SET body = :text, body_html = NULL", text=HOSTILE)
        rows("UPDATE threads SET page_title = :text", text=HOSTILE)
        client = log_in()

        (item,) = client.get(REVIEW).get_json()["comments"]
        assert (item["body"], item["page_title"], item["author_name"]) == (HOSTILE, HOSTILE, HOSTILE[:100])
        assert "<img" not in shown(client, held)["body_html"]


@pytest.mark.parametrize(
    ("url", "is_link"),
    [
        (f"{ORIGIN}/a?b=c#d", True), ("http://[::1]:8080/", True), ("javascript:alert(1)", False), ("//example.org", False),
        ("/relative", False), ("https://user@example.org/", False), ("https://", False), ("https://exa mple.org", False),
        ("https://example.org/\u202egpj.exe", False), ("\thttps://example.org", False), ("data:text/html,x", False),
        ("http://[::1", False), ("", False), (None, False),
    ],
)  # fmt: skip
def test_only_a_safe_address_becomes_a_link(url: str | None, is_link: bool) -> None:
    """Absolute, http or https, nothing hidden in it."""
    from service.usecases.show_comment import web_link

    assert web_link(url) == (url if is_link else None)
