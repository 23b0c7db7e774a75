"""Submitting a comment: what is accepted, what is refused, and how either is said."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.runtime import Runtime
from service.storage import sites, tokens
from service.storage.sites import Intake, Site
from service.vault import token_digest
from tests.conftest import ORIGIN, PAGE, SET_STATUS, Rows, Visitor, add_site, make_app, status_of, typed
from tests.stack import Stack

JSON_AND_FORM = pytest.mark.parametrize("kind", ["json", "form"])
FORM = "application/x-www-form-urlencoded"


def send(visitor: Visitor, kind: str, **changes: Any) -> TestResponse:
    return visitor.send(**changes) if kind == "json" else visitor.send_form(**changes)


def pointers(answer: TestResponse) -> dict[str, str]:
    """Code by pointer of a refusal."""
    body = answer.get_json()
    assert answer.mimetype == "application/problem+json"
    assert body["status"] == answer.status_code
    assert body["type"] == f"/api/problems/{body['code']}"
    assert body["detail"].endswith(".")
    return {error["pointer"]: error["code"] for error in body["errors"]}


def refused(visitor: Visitor, kind: str, **changes: Any) -> str:
    """The refusal's whole text, whichever way it was sent, once it is clear that it is a 422."""
    answer = send(visitor, kind, **changes)
    assert answer.status_code == 422, answer.get_data(as_text=True)
    assert answer.mimetype == ("application/problem+json" if kind == "json" else "text/html")
    return answer.get_data(as_text=True)


class TestAccepted:
    """What is right is stored at once."""

    def test_json_gets_202_with_all_that_its_author_needs(self, visitor: Visitor) -> None:
        """The answer carries the id, the status, where to ask, and a token for asking."""
        answer = visitor.send()

        body = answer.get_json()
        assert answer.status_code == 202
        assert set(body) == {"id", "status", "status_url", "author_token", "editable_until"}
        assert body["status"] == "pending"
        assert body["status_url"] == f"https://comments.example.net/api/v1/comments/{body['id']}/status"
        assert answer.headers["Location"] == body["status_url"]
        assert answer.headers["Cache-Control"] == "no-store"
        status = visitor.client.get(
            f"/api/v1/comments/{body['id']}/status", headers={"Authorization": f"Bearer {body['author_token']}"}
        )
        assert status.get_json()["status"] == "pending"

    @JSON_AND_FORM
    def test_it_is_stored_pending_with_a_task_for_each_check(self, visitor: Visitor, rows: Rows, kind: str) -> None:
        """One comment, one revision, both tasks: all there before the answer is."""
        answer = send(visitor, kind, body="First.\r\nSecond.  ", page_title="A post", author_website="ann.example.com")

        assert answer.status_code == (202 if kind == "json" else 303)
        assert rows(
            "SELECT status, author_name, author_website, body, number, page_url, page_title FROM comments c"
            " JOIN revisions r ON r.comment_id = c.id JOIN threads t ON t.id = c.thread_id"
        ) == [("pending", "Ann", "https://ann.example.com/", "First.\nSecond.", 1, PAGE, "A post")]
        assert rows("SELECT kind, attempts, done_at FROM tasks ORDER BY kind") == [
            ("check_moderation", 0, None),
            ("check_spam", 0, None),
        ]

    def test_the_same_page_is_one_thread_however_its_address_is_spelt(self, visitor: Visitor, rows: Rows) -> None:
        """Case, default port, fragment and tracking parameters do not matter."""
        for url in (PAGE, "HTTPS://Example.ORG:443/post/", f"{PAGE}#reply", f"{PAGE}?utm_source=mail&fbclid=1"):
            visitor.comment(page_url=url)

        assert rows("SELECT page_url FROM threads") == [(PAGE,)]

    def test_text_is_normalised_and_names_lose_hidden_characters(self, visitor: Visitor, rows: Rows) -> None:
        """NFC everywhere; direction marks and zero-width characters stay out of names."""
        visitor.comment(author_name="A\u202en\u200bn", body="Cafe\u0301")

        assert rows("SELECT author_name, body FROM comments JOIN revisions ON id = comment_id") == [("Ann", "Café")]

    def test_the_address_is_kept_as_a_hash_and_a_prefix_only(self, visitor: Visitor, rows: Rows) -> None:
        """No full address is stored, of IPv4 or of IPv6."""
        for address in ("203.0.113.77", "2001:db8:77:88:99::1"):
            visitor.client.post(
                visitor.url, json=typed(), headers=visitor.headers, environ_base={"REMOTE_ADDR": address}
            )

        stored = rows("SELECT ip_prefix::text, length(ip_hash) FROM comments ORDER BY id")
        assert stored == [("203.0.113.0/24", 16), ("2001:db8:77::/48", 16)]

    def test_the_largest_comment_and_names_are_accepted(self, visitor: Visitor, rows: Rows) -> None:
        """The limits themselves are allowed: 10,000 characters of any size, 100 of a name."""
        body, name = "ß" * 9_999 + "𝄞", "é" * 100
        comment_id = visitor.comment(body=body, author_name=name)
        assert rows("SELECT comment_id, body FROM revisions") == [(comment_id, body)]
        assert rows("SELECT author_name FROM comments") == [(name,)]

    @JSON_AND_FORM
    def test_name_and_email_are_optional_where_the_site_says_so(
        self, visitor: Visitor, runtime: Runtime, site: Site, rows: Rows, kind: str
    ) -> None:
        """With require_name and require_email off, a body is enough."""
        with runtime.engine.begin() as connection:
            intake = Intake(is_name_required=False, is_email_required=False, max_comment=20)
            sites.change(connection, site, replace(site, intake=intake), changed_by="test")

        assert send(visitor, kind, author_name=None, author_email=None).status_code in {202, 303}
        assert rows("SELECT author_name, author_id FROM comments") == [("", None)]
        assert "too_long" in refused(visitor, "json", body="x" * 21)


class TestRefused:
    """What is wrong is named, all of it at once, and nothing is stored."""

    @pytest.fixture(autouse=True)
    def _nothing_is_stored(self, site: Site, rows: Rows) -> Any:
        yield
        assert rows("SELECT count(*) FROM comments") == [(0,)]
        assert rows("SELECT count(*) FROM authors") == [(0,)]
        assert rows("SELECT count(*) FROM idempotency_keys") == [(0,)]

    def test_every_missing_field_is_named_at_once(self, visitor: Visitor) -> None:
        """An empty object is told about all four required fields."""
        answer = visitor.send_raw(b"{}")

        assert answer.status_code == 422
        assert pointers(answer) == {
            "/page_url": "required", "/author_name": "required", "/author_email": "required", "/body": "required",
        }  # fmt: skip

    def test_an_empty_form_is_told_about_every_field(self, visitor: Visitor) -> None:
        """Fields that are left empty are missing fields; each is linked to its place."""
        page = refused(visitor, "form", author_name="", author_email="", body="")

        for field in ("body", "author_name", "author_email"):
            assert f'href="#field-{field}"' in page
            assert f'id="error-{field}"' in page
        assert "3 fields need another look." in page

    def test_errors_of_every_kind_come_together(self, visitor: Visitor) -> None:
        """A wrong type, an unknown field, a bad address and an empty body are one answer."""
        answer = visitor.send(author_name=7, author_email="nobody", body=" ", colour="red", parent_id="x")

        assert answer.status_code == 422
        found = pointers(answer)
        assert set(found) == {"/author_name", "/author_email", "/body", "/colour", "/parent_id"}
        assert found["/author_name"] == "wrong_type"
        assert found["/colour"] == "unknown_field"

    def test_a_wrong_author_ip_does_not_hide_other_errors(self, visitor: Visitor, bearer: Any) -> None:
        """The site's own server hears of all its mistakes at once, too."""
        answer = visitor.send(headers=bearer("submitter"), author_ip="nowhere", body=None, author_name=None)

        assert answer.status_code == 422
        assert set(pointers(answer)) == {"/author_ip", "/body", "/author_name"}

    @JSON_AND_FORM
    @pytest.mark.parametrize("name", ["status", "id", "created_at", "author_id", "published_at", "is_published"])
    def test_what_only_we_may_set_is_refused(self, visitor: Visitor, kind: str, name: str) -> None:
        """T34: nobody publishes a comment by sending its status."""
        text = refused(visitor, kind, **{name: "published"})

        assert "you may not set it" in text

    @pytest.mark.parametrize(
        ("body", "content_type"),
        [
            (b'{"body": "a", "body": "b"}', "application/json"),
            (b'{"x": {"a": 1, "a": 2}}', "application/json"),
            (b"body=a&body=b", FORM),
        ],
    )
    def test_a_field_sent_twice_is_refused(self, visitor: Visitor, body: bytes, content_type: str) -> None:
        """T31: which of two values counts is not for a parser to choose."""
        answer = visitor.send_raw(body, content_type)

        assert answer.status_code == 400
        assert "sent twice" in answer.get_data(as_text=True)

    @pytest.mark.parametrize("content_type", ["application/json", FORM])
    def test_more_than_64_kib_is_refused(self, visitor: Visitor, content_type: str) -> None:
        """T26: one byte too many, and nothing is parsed."""
        filler = 64 * 1024 - len('{"body":""}')
        assert visitor.send_raw(b'{"body":"' + b"x" * filler + b'"}').status_code == 422

        answer = visitor.send_raw(b'{"body":"' + b"x" * (filler + 1) + b'"}', content_type)
        assert answer.status_code == 413

    @pytest.mark.parametrize(
        "body",
        [
            b"[" * 9 + b"]" * 9,
            b'{"a":' * 9 + b"1" + b"}" * 9,
            b"[" * 30_000 + b"]" * 30_000,
            b"[" * 60_000,
            b'{"body":' + b'["x",' * 5_000 + b"1" + b"]" * 5_000 + b"}",
        ],
        ids=["nine lists", "nine objects", "thirty thousand", "never closed", "in a field"],
    )
    def test_deep_nesting_is_refused_before_it_is_parsed(self, visitor: Visitor, body: bytes) -> None:
        """T26: nothing recursive ever sees it."""
        answer = visitor.send_raw(body)

        assert answer.status_code == 400
        assert answer.get_json()["code"] == "malformed"

    def test_brackets_inside_a_text_are_not_nesting(self, visitor: Visitor) -> None:
        """A comment may hold as many brackets as it likes."""
        answer = visitor.send_raw(json.dumps({"colour": '[[[[[[[[[[{{{{{{ \\" [[[['}).encode())

        assert answer.status_code == 422

    @pytest.mark.parametrize(
        ("body", "content_type"),
        [
            (json.dumps({f"k{n}": n for n in range(33)}).encode(), "application/json"),
            (json.dumps({"body": {f"k{n}": n for n in range(33)}}).encode(), "application/json"),
            ("&".join(f"k{n}={n}" for n in range(33)).encode(), FORM),
        ],
    )
    def test_33_keys_are_refused(self, visitor: Visitor, body: bytes, content_type: str) -> None:
        """T30: an object has at most 32 keys, wherever it stands."""
        answer = visitor.send_raw(body, content_type)

        assert answer.status_code == 400
        assert "32 fields" in answer.get_data(as_text=True)

    @pytest.mark.parametrize(
        "body",
        [
            b'{"body": NaN}', b'{"body": Infinity}', b'{"body": -Infinity}', b"[]", b"null", b'"x"', b"7", b"", b"{",
            b"{'body': 'a'}", b'\xef\xbb\xbf{"body": "a"}', b'{"body": "a"} x', b'{"body": ' + b"9" * 5_000 + b"}",
            '{"body": "é"}'.encode("latin-1"), '{"body": "a"}'.encode("utf-16"), b'{"body": "\xed\xa0\x80"}',
        ],
    )  # fmt: skip
    def test_what_is_not_a_json_object_in_utf_8_is_refused(self, visitor: Visitor, body: bytes) -> None:
        """A strict parser: no NaN, no other encodings, nothing around the object."""
        answer = visitor.send_raw(body)

        assert answer.status_code == 400
        assert answer.get_json()["code"] == "malformed"

    @pytest.mark.parametrize("body", [b"body=%ff%fe", "body=é".encode("latin-1"), b"body=%ED%A0%80"])
    def test_a_form_that_is_not_utf_8_is_refused(self, visitor: Visitor, body: bytes) -> None:
        """Nothing is guessed about encodings."""
        answer = visitor.send_raw(body, FORM)

        assert answer.status_code == 400
        assert answer.mimetype == "text/html"

    @pytest.mark.parametrize(
        "name", ["body", "author_name", "author_email", "author_website", "page_url", "page_title"]
    )
    @pytest.mark.parametrize("character", ["\\u0000", "\\ud800", "\\udfff\\ud800"])
    def test_nul_and_half_characters_are_refused_by_field(self, visitor: Visitor, name: str, character: str) -> None:
        """T25: what PostgreSQL or UTF-8 can't hold never reaches them."""
        raw = json.dumps(typed(**{name: "a"})).replace(f'"{name}": "a"', f'"{name}": "a{character}b"')
        answer = visitor.send_raw(raw.encode())

        assert answer.status_code == 422
        assert set(pointers(answer)) == {f"/{name}"}

    @pytest.mark.parametrize(
        "raw", [b'{"a\\u0000": 1}', b'{"\\ud800": 1}', b'{"body": ["\\u0000"]}', b'{"body": {"\\ud800": 1}}']
    )
    def test_such_characters_in_odd_places_are_refused_too(self, visitor: Visitor, raw: bytes) -> None:
        """In the name of a field or inside a list, they are no error of ours either."""
        answer = visitor.send_raw(raw)

        assert answer.status_code == 422
        assert pointers(answer)

    def test_nul_in_a_form_is_refused_and_what_was_typed_is_kept(self, visitor: Visitor) -> None:
        """T25 for forms: the other fields are not typed again."""
        page = refused(visitor, "form", body="Long and well considered\0.", author_name="Ann")

        assert 'value="Ann"' in page

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("body", "\x07bell"), ("body", "\u200b\u200b"), ("body", "\u2800"), ("author_name", "Ann\nBcc: x@y.org"),
            ("author_name", "\u202e\u200b"), ("body", "x" * 10_001), ("author_name", "x" * 101),
            ("author_website", "javascript:alert(1)"), ("author_website", "data:text/html,x"),
            ("author_website", "https://example.org/" + "x" * 2_000), ("author_website", "/relative"),
            ("page_title", "x" * 301), ("page_url", "not an address"), ("page_url", "ftp://example.org/"),
            ("page_url", f"{PAGE}{'x' * 2_000}"), ("author_email", "a@" + "x" * 253),
            ("author_email", "ann"), ("author_email", "ann@"), ("author_email", "a@b@example.org"),
            ("author_email", "ann@example.org\r\nBcc: eve@example.org"), ("author_email", "ann@localhost"),
            ("parent_id", "not-a-uuid"), ("form_token", "x" * 101), ("idempotency_key", "x" * 201),
        ],
    )  # fmt: skip
    @JSON_AND_FORM
    def test_a_value_that_can_not_be_is_refused_with_its_field(
        self, visitor: Visitor, kind: str, name: str, value: str
    ) -> None:
        """T1, T2, T5, T12, T19: bounded, visible, without control characters, absolute http addresses only."""
        answer = send(visitor, kind, **{name: value})

        assert answer.status_code == 422
        if kind == "json":
            assert list(pointers(answer)) == [f"/{name}"]
        elif name in {"body", "author_name", "author_email", "author_website"}:
            assert f'id="error-{name}"' in answer.get_data(as_text=True)

    def test_an_email_of_255_characters_is_refused_and_of_254_is_read(self, visitor: Visitor, rows: Rows) -> None:
        """The limit of RFC 5321; the sentence says it."""
        domain = ".".join(["d" * 60] * 3 + ["x" * 3, "org"])
        address = f"{'l' * (254 - len(domain) - 1)}@{domain}"
        assert len(address) == 254

        answer = visitor.send(author_email="l" + address)
        assert answer.status_code == 422
        assert "254" in answer.get_json()["errors"][0]["detail"]

    def test_a_refusal_never_repeats_the_email(self, visitor: Visitor) -> None:
        """Promise 4: not even its sender reads it in an error of the API."""
        for address in ("secret.person@@example.org", "secret.person@exa mple.org", "secret.person@-bad-.org"):
            assert "secret.person" not in refused(visitor, "json", author_email=address)

    @pytest.mark.parametrize(
        "content_type",
        ["multipart/form-data; boundary=x", "text/plain", "application/xml", "", "application/jsonp", "text/json"],
    )
    def test_another_kind_of_body_is_415(self, visitor: Visitor, content_type: str) -> None:
        """T29: a multipart body is not even read."""
        answer = visitor.send_raw(b"--x\r\n", content_type)

        assert answer.status_code == 415
        assert answer.get_json()["code"] == "unsupported_media_type"

    @JSON_AND_FORM
    @pytest.mark.parametrize(
        "url",
        [
            "https://example.com/post/",
            "https://example.org.evil.com/",
            "http://example.org/",
            "https://example.org:8443/",
        ],
    )
    def test_a_page_of_another_site_is_403(self, visitor: Visitor, kind: str, url: str) -> None:
        """T23: a site takes comments for its own pages only."""
        answer = send(visitor, kind, page_url=url)

        assert answer.status_code == 403
        assert "belong to this site" in answer.get_data(as_text=True)

    @pytest.mark.parametrize("key", ["", "a" * 201, "tab\tinside", "naïve"])
    def test_a_bad_idempotency_key_is_refused(self, visitor: Visitor, key: str) -> None:
        """1 to 200 printable ASCII characters, so that nothing odd is hashed."""
        answer = visitor.send(headers={"Idempotency-Key": key})

        assert answer.status_code == 422
        assert set(pointers(answer)) == {"/Idempotency-Key"}


class TestOrigin:
    """Whose pages may send comments (T23)."""

    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"Origin": "null"},
            {"Origin": ""},
            {"Origin": "https://evil.example"},
            {"Origin": "https://example.org.evil.example"},
            {"Origin": "https://example.org:8443"},
            {"Origin": "http://example.org"},
            {"Origin": "https://evil.example", "Referer": PAGE},
            {"Referer": "https://evil.example/https://example.org/"},
            {"Referer": "https://example.org@evil.example/"},
            {"Referer": "no address"},
        ],
        ids=str,
    )
    @JSON_AND_FORM
    def test_a_foreign_or_missing_origin_is_403(
        self, visitor: Visitor, rows: Rows, kind: str, headers: dict[str, str]
    ) -> None:
        """Whoever hides where the form was, is refused like whoever says it was elsewhere."""
        visitor.headers = headers
        answer = send(visitor, kind)

        assert answer.status_code == 403
        assert rows("SELECT count(*) FROM comments") == [(0,)]

    @pytest.mark.parametrize(
        "headers",
        [{"Origin": ORIGIN}, {"Referer": f"{PAGE}?x=1"}, {"Origin": "https://comments.example.net"}],
        ids=["the site's", "no Origin but a Referer", "our own pages"],
    )
    @JSON_AND_FORM
    def test_the_sites_own_pages_and_ours_are_welcome(
        self, visitor: Visitor, kind: str, headers: dict[str, str]
    ) -> None:
        """A browser that sends no Origin still says where the form was."""
        visitor.headers = headers

        assert send(visitor, kind).status_code in {202, 303}


class TestSubmitter:
    """The site's own server sends comments for its visitors."""

    def test_a_submitter_needs_no_origin_and_says_whose_address_it_is(
        self, visitor: Visitor, rows: Rows, bearer: Any
    ) -> None:
        """The visitor's address is kept, in place of the server's."""
        visitor.headers = bearer("submitter")
        visitor.comment(author_ip="198.51.100.7")
        visitor.comment()

        assert rows("SELECT ip_prefix::text FROM comments ORDER BY id") == [("198.51.100.0/24",), (None,)]

    def test_nobody_else_may_say_whose_address_it_is(self, visitor: Visitor, rows: Rows) -> None:
        """T39: a browser's word for its address counts for nothing."""
        answer = visitor.send(author_ip="198.51.100.7")

        assert answer.status_code == 403
        assert set(pointers(answer)) == {"/author_ip"}
        assert rows("SELECT count(*) FROM comments") == [(0,)]

    @pytest.mark.parametrize("role", ["viewer", "moderator", "owner"])
    def test_another_role_is_403(self, visitor: Visitor, bearer: Any, role: str) -> None:
        """A moderator's token decides; it does not submit."""
        assert visitor.send(headers=bearer(role)).status_code == 403

    def test_a_token_of_another_site_is_403(self, visitor: Visitor, runtime: Runtime, bearer: Any) -> None:
        """A token is bound to its site."""
        other = add_site(runtime, "other", "https://other.example.com")

        assert visitor.send(headers=bearer("submitter", other)).status_code == 403

    def test_a_revoked_token_is_401_at_once(self, visitor: Visitor, runtime: Runtime, bearer: Any) -> None:
        """Revoking needs no restart; the answer says which kind of token is wanted."""
        headers = bearer("submitter")
        assert visitor.send(headers=headers).status_code == 202
        with runtime.engine.begin() as connection:
            found = tokens.find(connection, token_digest(headers["Authorization"].removeprefix("Bearer ")))
            assert found
            tokens.revoke(connection, found.id)

        answer = visitor.send(headers=headers)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")

    def test_an_unknown_token_is_401_even_from_the_right_page(self, visitor: Visitor) -> None:
        """A wrong token is an error, never "no token"."""
        assert visitor.send(headers={"Authorization": "Bearer grt_wrong"}).status_code == 401


class TestReplies:
    """A comment may answer a published one of the same page."""

    def test_a_reply_to_a_published_comment_is_accepted(self, visitor: Visitor) -> None:
        """It is shown with its parent, and the parent counts it."""
        parent = visitor.published()
        reply = visitor.published(parent_id=str(parent))

        first, second = visitor.read()["comments"]
        assert (first["id"], first["reply_count"]) == (str(parent), 1)
        assert (second["id"], second["parent_id"]) == (str(reply), str(parent))

    @JSON_AND_FORM
    @pytest.mark.parametrize("which", ["pending", "held", "spam", "of another page", "of another site", "unknown"])
    def test_a_reply_to_what_readers_do_not_see_is_422(  # noqa: PLR0913
        self, visitor: Visitor, runtime: Runtime, rows: Rows, kind: str, which: str
    ) -> None:
        """T44: whether a hidden comment exists can't be found out by answering it."""
        published = visitor.published(page_url=f"{ORIGIN}/other/")
        if which == "of another site":
            add_site(runtime, "other", "https://other.example.com")
            elsewhere = Visitor(visitor.client, visitor.drain, "other", {"Origin": "https://other.example.com"})
            parent = elsewhere.published(page_url="https://other.example.com/")
        elif which == "unknown":
            parent = uuid4()
        elif which == "of another page":
            parent = published
        else:
            parent = visitor.comment()
            rows(f"{SET_STATUS} WHERE id = :id", status=which, id=parent)
        before = rows("SELECT count(*) FROM comments")

        text = refused(visitor, kind, parent_id=str(parent))

        assert "you reply to isn&#39;t there" in text or "you reply to isn't there" in text
        assert kind == "form" or '"/parent_id"' in text
        assert rows("SELECT count(*) FROM comments") == before


class TestIdempotency:
    """A repeated request stores nothing twice (promise 3, T32)."""

    def test_the_same_key_and_body_give_the_same_answer_and_one_row(self, visitor: Visitor, rows: Rows) -> None:
        """Also after the checks have run."""
        headers = {"Idempotency-Key": "k1"}
        first = visitor.send(headers=headers)
        again = visitor.send(headers=headers)
        visitor.drain()
        later = visitor.send(headers=headers)

        assert first.get_json() == again.get_json() == later.get_json()
        assert {first.status_code, again.status_code, later.status_code} == {202}
        assert rows("SELECT count(*), count(DISTINCT id) FROM comments") == [(1, 1)]
        assert rows("SELECT count(*) FROM tasks") == [(2,)]

    @pytest.mark.parametrize(
        "change",
        [{"body": "Another."}, {"author_name": "Bob"}, {"author_email": "b@example.org"}, {"page_url": f"{ORIGIN}/2/"}],
        ids=str,
    )
    def test_the_same_key_with_another_body_is_422(self, visitor: Visitor, rows: Rows, change: dict[str, str]) -> None:
        """It is neither stored nor silently taken for the first one."""
        visitor.send(headers={"Idempotency-Key": "k1"})
        answer = visitor.send(headers={"Idempotency-Key": "k1"}, **change)

        assert answer.status_code == 422
        assert answer.get_json()["code"] == "idempotency_key_reused"
        assert rows("SELECT count(*) FROM comments") == [(1,)]

    def test_sites_do_not_share_keys(self, visitor: Visitor, runtime: Runtime, rows: Rows) -> None:
        """What one site's visitor sends says nothing about another's."""
        add_site(runtime, "other", "https://other.example.com")
        other = Visitor(visitor.client, visitor.drain, "other", {"Origin": "https://other.example.com"})
        visitor.send(headers={"Idempotency-Key": "k1"})
        other.send(headers={"Idempotency-Key": "k1"}, page_url="https://other.example.com/")

        assert rows("SELECT count(*) FROM comments") == [(2,)]

    def test_a_refused_post_leaves_its_key_free(self, visitor: Visitor) -> None:
        """Whoever mends a field sends the same form again."""
        assert visitor.send_form(idempotency_key="k1", author_name="").status_code == 422

        assert visitor.send_form(idempotency_key="k1").status_code == 303

    def test_a_double_click_on_a_form_is_one_comment(self, visitor: Visitor, rows: Rows) -> None:
        """The form carries its key along; both clicks end on the same page."""
        first = visitor.send_form(idempotency_key="k1")
        second = visitor.send_form(idempotency_key="k1")

        assert first.location == second.location
        assert rows("SELECT count(*) FROM comments") == [(1,)]

    def test_fifty_at_once_are_one_row(self, live: Stack) -> None:
        """Against all web processes, on a page that has no thread yet: one comment, one answer."""
        page, key = f"{live.url}/fifty/{uuid4()}", str(uuid4())
        sent = {"page_url": page, "author_name": "Ann", "author_email": "ann@example.org", "body": "Only once."}

        answers = fifty_at_once(live, lambda _: sent, {"Idempotency-Key": key})

        assert {answer.status_code for answer in answers} == {202}
        assert len({answer.text for answer in answers}) == 1
        with live.database() as connection:
            query = "SELECT count(*) FROM comments c JOIN threads t ON t.id = c.thread_id WHERE page_url = %s"
            assert connection.execute(query, [page]).fetchall() == [(1,)]

    def test_fifty_at_once_without_a_key_are_fifty_rows_in_one_thread(self, live: Stack) -> None:
        """Nothing is lost where all begin the same thread at the same time."""
        page = f"{live.url}/many/{uuid4()}"
        answers = fifty_at_once(live, lambda n: typed(page_url=page, body=f"Number {n}"))

        assert {answer.status_code for answer in answers} == {202}
        with live.database() as connection:
            query = "SELECT count(*), count(DISTINCT t.id) FROM comments c JOIN threads t ON t.id = thread_id WHERE page_url = %s"
            assert connection.execute(query, [page]).fetchall() == [(50, 1)]


def fifty_at_once(live: Stack, body_of: Any, headers: dict[str, str] | None = None) -> list[httpx.Response]:
    """The answers to fifty posts from the demo page that arrive together."""
    url, limits = f"{live.url}/api/v1/sites/demo/comments", httpx.Limits(max_connections=50)
    together = Barrier(50)
    with httpx.Client(headers={"Origin": live.url, **(headers or {})}, timeout=30, limits=limits) as client:

        def post(n: int) -> httpx.Response:
            together.wait(30)
            return client.post(url, json=body_of(n))

        with ThreadPoolExecutor(50) as pool:
            return list(pool.map(post, range(50)))


class TestForm:
    """A plain HTML form, with JavaScript off."""

    def test_it_leads_to_the_result_page_with_a_cookie_for_it_alone(self, visitor: Visitor) -> None:
        """303, so that a reload posts nothing again; neither e-mail nor token stands in the address."""
        answer = visitor.send_form()

        cookie = answer.headers["Set-Cookie"]
        assert answer.status_code == 303
        assert re.fullmatch(r"/comments/[0-9a-f-]{36}", answer.location)
        assert "HttpOnly" in cookie
        assert "Secure" in cookie
        assert "SameSite=Lax" in cookie
        assert f"Path={answer.location}" in cookie

    def test_the_result_page_says_where_the_comment_stands(self, visitor: Visitor) -> None:
        """It refreshes itself while the comment waits, and no longer once it is decided."""
        location = visitor.send_form().location
        waiting = visitor.client.get(location)
        visitor.drain()
        decided = visitor.client.get(location)

        assert "Your comment is awaiting moderation" in waiting.text
        assert 'http-equiv="refresh"' in waiting.text
        assert "Your comment is published" in decided.text
        assert 'http-equiv="refresh"' not in decided.text
        assert waiting.headers["Cache-Control"] == decided.headers["Cache-Control"] == "no-store"

    def test_a_held_comment_says_that_a_person_will_look(self, visitor: Visitor) -> None:
        """The page does not say what the checks think of it."""
        location = visitor.send_form(body="Call me on +44 20 7946 0958").location
        visitor.drain()

        assert "Your comment is waiting for a moderator" in visitor.client.get(location).text

    def test_without_the_cookie_the_page_shows_nothing(self, visitor: Visitor, client: FlaskClient) -> None:
        """Neither what was written nor whether there is such a comment."""
        location = visitor.send_form(body="Only for my eyes.").location
        stranger = client.application.test_client()
        page = stranger.get(location)
        nothing = stranger.get(f"/comments/{uuid4()}")

        assert "Only for my eyes." not in page.text
        assert page.status_code == nothing.status_code
        assert page.text.replace(location, "") == nothing.text

    def test_the_cookie_of_one_comment_opens_no_other(self, visitor: Visitor, client: FlaskClient) -> None:
        """Each cookie is made from its comment's id."""
        first = visitor.send_form(body="Mine.")
        second = client.application.test_client().post(
            visitor.url, data=typed(body="Not yours."), headers=visitor.headers
        )
        value = first.headers["Set-Cookie"].split(";")[0]

        assert "Not yours." not in client.application.test_client().get(second.location, headers={"Cookie": value}).text

    def test_a_refused_form_keeps_what_was_typed(self, visitor: Visitor) -> None:
        """All of it, as it was typed, escaped: nothing has to be written again."""
        answer = visitor.send_form(
            body='Line one\n<script>alert("x")</script> & "quotes"', author_name='<b>"Ann\'', author_email="wrong",
            author_website="https://ann.example.com/?a=1&b=2", page_title="<i>Post", idempotency_key="key-1",
        )  # fmt: skip

        page = answer.text
        assert answer.status_code == 422
        assert answer.headers["Cache-Control"] == "no-store"
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt; &amp; &#34;quotes&#34;" in page
        assert "&lt;b&gt;&#34;Ann&#39;" in page
        assert 'value="wrong"' in page
        assert 'value="https://ann.example.com/?a=1&amp;b=2"' in page
        assert f'value="{PAGE}"' in page

    def test_too_many_forms_keep_what_was_typed(self, make_runtime: Any, site: Site) -> None:
        """Whoever is told to wait must not lose the text; the page says how long."""
        from_limited = limited_client(make_runtime, limit_address="1 per hour")
        headers = {"Origin": ORIGIN}
        from_limited.post("/api/v1/sites/blog/comments", data=typed(), headers=headers)
        answer = from_limited.post(
            "/api/v1/sites/blog/comments", data=typed(body="Took me an hour to write."), headers=headers
        )

        assert answer.status_code == 429
        assert answer.mimetype == "text/html"
        assert "Retry-After" in answer.headers
        assert "Took me an hour to write." in answer.text

    def test_a_form_while_the_database_is_away_keeps_what_was_typed(self, make_runtime: Any, site: Site) -> None:
        """The site is known, then PostgreSQL goes: 503, and the text is still there."""
        runtime = make_runtime()
        client = limited_client(lambda **_: runtime)
        assert client.get("/api/v1/sites/blog/form").status_code == 200
        runtime.engine.dispose()
        runtime.engine.pool._creator = _no_database  # noqa: SLF001 - the pool can't connect any more
        answer = client.post(
            "/api/v1/sites/blog/comments", data=typed(body="Took me an hour to write."), headers={"Origin": ORIGIN}
        )

        assert answer.status_code == 503
        assert answer.headers["Retry-After"]
        assert "Took me an hour to write." in answer.text

    def test_the_honeypot_is_spam_and_does_not_say_so(self, visitor: Visitor, rows: Rows) -> None:
        """Programs that fill in the hidden field get the same answer as people."""
        answer = visitor.send_form(subject="Buy now")
        visitor.drain()

        assert answer.status_code == 303
        assert rows("SELECT status, is_honeypot_filled FROM comments") == [("spam", True)]

    def test_a_form_sent_at_once_is_held(self, visitor: Visitor, rows: Rows) -> None:
        """The time since the form was opened is signed, and counts."""
        form = visitor.client.get("/api/v1/sites/blog/form").get_json()
        assert visitor.send_form(**form).status_code == 303
        visitor.drain()

        assert rows("SELECT status FROM comments") == [("held",)]

    def test_a_forged_form_time_is_no_evidence_for_anybody(
        self, visitor: Visitor, runtime: Runtime, rows: Rows
    ) -> None:
        """A token that is not ours is treated like none."""
        stamp = runtime.vault.form_token(runtime.now()).split(".")[0]
        visitor.comment(form_token=f"{int(stamp) - 3600}.{'0' * 32}")

        assert rows("SELECT form_age FROM comments") == [(None,)]


def _no_database(*_: object) -> Any:
    import psycopg  # noqa: PLC0415

    raise psycopg.OperationalError("away")


def limited_client(make_runtime: Any, **settings: str) -> FlaskClient:
    return make_app(make_runtime(**settings)).test_client()


class TestCors:
    """Which pages' scripts may read the answers (T21)."""

    def test_a_preflight_from_the_site_is_allowed_exactly(self, visitor: Visitor) -> None:
        """The origin itself, never a star, never credentials; caches keep origins apart."""
        answer = visitor.client.options(
            visitor.url, headers={"Origin": ORIGIN, "Access-Control-Request-Method": "POST"}
        )

        assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
        assert "POST" in answer.headers["Access-Control-Allow-Methods"]
        assert "Idempotency-Key" in answer.headers["Access-Control-Allow-Headers"]
        assert "Access-Control-Allow-Credentials" not in answer.headers
        assert "Origin" in answer.headers["Vary"]

    @pytest.mark.parametrize(
        "origin",
        [
            "https://evil.example",
            "https://example.org.evil.example",
            "http://example.org",
            "null",
            "https://EXAMPLE.org",
        ],
    )
    @pytest.mark.parametrize("method", ["OPTIONS", "GET", "POST"])
    def test_a_foreign_origin_gets_no_such_header(self, visitor: Visitor, method: str, origin: str) -> None:
        """Not even part of one; and the answer still varies by origin."""
        answer = visitor.client.open(visitor.url, method=method, headers={"Origin": origin}, json=typed())

        assert not [name for name, _ in answer.headers if name.lower().startswith("access-control-")]
        assert "Origin" in answer.headers["Vary"]

    def test_answers_and_refusals_alike_can_be_read_by_the_site(self, visitor: Visitor) -> None:
        """A widget must be able to show what was wrong."""
        accepted = visitor.send()
        for answer in (
            accepted,
            visitor.send(body=""),
            visitor.send_raw(b"{"),
            visitor.client.get(visitor.url, query_string={"page_url": PAGE}, headers=visitor.headers),
            visitor.client.get(f"/api/v1/comments/{accepted.get_json()['id']}/status", headers=visitor.headers),
            visitor.client.get("/api/v1/sites/blog/form", headers=visitor.headers),
        ):
            assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
            assert "Origin" in answer.headers["Vary"]

    def test_the_review_api_is_never_shared(self, visitor: Visitor, bearer: Any) -> None:
        """Moderators' answers are for no page's script."""
        answer = visitor.client.get(
            "/api/v1/review/comments?site=blog", headers={**bearer("moderator"), "Origin": ORIGIN}
        )

        assert answer.status_code == 200
        assert "Access-Control-Allow-Origin" not in answer.headers


class TestRoutes:
    """Addresses and methods."""

    @pytest.mark.parametrize(
        ("method", "path"),
        [
            ("DELETE", "/api/v1/sites/blog/comments"),
            ("PUT", "/api/v1/sites/blog/comments"),
            ("POST", "/api/v1/sites/blog/form"),
            ("GET", "/api/v1/sites/blog/comments/counts"),
            ("POST", "/api/openapi.json"),
        ],
    )
    def test_another_method_is_405_with_allow(self, visitor: Visitor, method: str, path: str) -> None:
        """The answer says which ones there are."""
        answer = visitor.client.open(path, method=method)

        assert answer.status_code == 405
        assert method not in answer.headers["Allow"]
        assert "OPTIONS" in answer.headers["Allow"]
        assert answer.get_json()["code"] == "method_not_allowed"

    @pytest.mark.parametrize("key", ["nosuch", "BLOG", "blog%00", "bl%FFog", "%E2%80%AE", "x" * 300])
    def test_an_unknown_site_is_404(self, visitor: Visitor, key: str) -> None:
        """Also one that no database could hold (T25)."""
        for answer in (
            visitor.client.post(f"/api/v1/sites/{key}/comments", json=typed(), headers=visitor.headers),
            visitor.client.get(f"/api/v1/sites/{key}/comments", query_string={"page_url": PAGE}),
            visitor.client.get(f"/api/v1/sites/{key}/form"),
        ):
            assert answer.status_code == 404
            assert answer.get_json()["code"] == "not_found"

    @pytest.mark.parametrize("path", ["/api/v1/comments/1/status", "/api/v1/nothing", "/nothing", "/comments/x"])
    def test_an_unknown_address_is_404(self, client: FlaskClient, path: str) -> None:
        """A program gets a problem, a person a page (T16: neither tells of files)."""
        answer = client.get(path)

        assert answer.status_code == 404
        assert answer.mimetype == ("application/problem+json" if path.startswith("/api/") else "text/html")

    def test_every_answer_carries_its_protection(self, visitor: Visitor) -> None:
        """T6: no sniffing; a request id to find it in the logs; pages load nothing from elsewhere."""
        for answer in (visitor.send(), visitor.send_form(), visitor.send_raw(b"{"), visitor.client.get("/nothing")):
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["X-Request-Id"])
        page = visitor.client.get("/nothing")
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]

    def test_a_comment_still_pending_is_nowhere_to_be_read(self, visitor: Visitor, rows: Rows) -> None:
        """Accepted is not published."""
        comment_id = visitor.comment()

        assert status_of(rows, UUID(str(comment_id))) == "pending"
        assert visitor.read()["comments"] == []
