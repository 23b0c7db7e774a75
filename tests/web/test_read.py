"""What readers get, and what they never get."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from service.runtime import Runtime
from service.usecases.read_thread import LARGEST_MEMORY, ThreadPages
from tests.conftest import ORIGIN, PAGE, SET_STATUS, Drain, Rows, Visitor, add_site, make_app
from tests.stack import wait_until

HIDDEN = ("pending", "held", "spam", "rejected", "removed", "erased")
COMMENTS = "/api/v1/sites/blog/comments"


def counts(client: FlaskClient, *urls: str) -> dict[str, int]:
    answer = client.post(f"{COMMENTS}/counts", json={"page_urls": list(urls)})
    assert answer.status_code == 200, answer.text
    found: dict[str, int] = answer.get_json()["counts"]
    return found


def many_published(visitor: Visitor, count: int) -> list[str]:
    """Ids of so many new published comments, in the order in which they came."""
    ids = [str(visitor.comment(body=f"Number {n}.")) for n in range(count)]
    visitor.drain()
    return ids


class TestHidden:
    """Nothing but what is published can be noticed (promise 2, T44)."""

    @pytest.mark.parametrize("status", HIDDEN)
    def test_a_hidden_comment_leaves_no_trace(
        self, visitor: Visitor, client: FlaskClient, rows: Rows, status: str
    ) -> None:
        """Not in the list, the total, the counts, the reply counts, nor through a cursor or a filter."""
        shown = visitor.published()
        hidden = visitor.comment(parent_id=str(shown), body="Hidden words.")
        other = visitor.comment(page_url=f"{ORIGIN}/other/", body="Hidden words.")
        rows(f"{SET_STATUS} WHERE id = ANY(:ids)", status=status, ids=[hidden, other])

        page = visitor.read()
        assert [comment["id"] for comment in page["comments"]] == [str(shown)]
        assert page["comments"][0]["reply_count"] == 0
        assert page["total"] == 1
        assert page["next_cursor"] is None
        unseen = visitor.read(page_url=f"{ORIGIN}/never-seen/")
        assert visitor.read(page_url=f"{ORIGIN}/other/") == {**unseen, "page_url": f"{ORIGIN}/other/"}
        assert counts(client, PAGE, f"{ORIGIN}/other/", f"{ORIGIN}/never-seen/") == {
            PAGE: 1, f"{ORIGIN}/other/": 0, f"{ORIGIN}/never-seen/": 0,
        }  # fmt: skip
        assert visitor.read(limit=1)["next_cursor"] is None
        assert visitor.read(cursor=str(hidden))["comments"] == visitor.read(cursor=str(uuid4_after(hidden)))["comments"]

    def test_each_verdict_of_the_checks_but_publish_stays_hidden(self, visitor: Visitor, rows: Rows) -> None:
        """Held and spam comments are decided by the real checks here."""
        held = visitor.comment(body="Write to me: ann.smith@example.net please")
        spam = visitor.comment(subject="filled in", body="Another one.")
        shown = visitor.published()

        assert dict(rows("SELECT id, status FROM comments")) == {held: "held", spam: "spam", shown: "published"}
        assert [comment["id"] for comment in visitor.read()["comments"]] == [str(shown)]
        assert visitor.read()["total"] == 1

    def test_totals_counts_and_lists_agree(self, visitor: Visitor, client: FlaskClient) -> None:
        """Whatever comes, and however it is asked."""
        for n in range(7):
            visitor.comment(body=f"Number {n}." if n % 2 else f"Call +44 20 7946 095{n} now")
            visitor.drain()

        page = visitor.read()
        assert page["total"] == len(page["comments"]) == counts(client, PAGE)[PAGE] == 3

    def test_another_sites_comments_are_not_mixed_in(
        self, visitor: Visitor, runtime: Runtime, client: FlaskClient
    ) -> None:
        """Two sites that know the same page have two threads."""
        add_site(runtime, "other", ORIGIN)
        visitor.published()

        other = client.get("/api/v1/sites/other/comments", query_string={"page_url": PAGE})
        assert other.get_json() == {"comments": [], "next_cursor": None, "total": 0, "page_url": PAGE}

    def test_no_field_holds_an_email_or_an_address(self, visitor: Visitor, client: FlaskClient) -> None:
        """T7, T8: the shape of a public comment has no room for one, nor for a hash of one."""
        visitor.published(author_email="very.hidden@example.org")

        (comment,) = visitor.read()["comments"]
        assert set(comment) == {
            "id", "parent_id", "parent_author", "is_erased", "author_name", "author_website", "body_html", "body_text",
            "created_at", "edited_at",
            "reply_count",
        }  # fmt: skip
        assert "very.hidden" not in str(comment)


def uuid4_after(comment_id: UUID) -> UUID:
    """An id of nothing, in the place of this one."""
    return UUID(int=comment_id.int + 1)


class TestPages:
    """Cursors."""

    def test_pages_follow_each_other_without_gap_or_overlap(self, visitor: Visitor) -> None:
        """All comments, each once, oldest first; the last page has no cursor."""
        ids = many_published(visitor, 7)

        seen, cursor = [], {}
        for expected in (3, 3, 1):
            page = visitor.read(limit=3, **cursor)
            assert len(page["comments"]) == expected
            assert page["total"] == 7
            seen += [comment["id"] for comment in page["comments"]]
            cursor = {"cursor": page["next_cursor"]}
        assert seen == ids
        assert page["next_cursor"] is None

    def test_a_full_last_page_has_no_cursor(self, visitor: Visitor) -> None:
        """Nobody is sent to an empty page."""
        many_published(visitor, 3)

        assert visitor.read(limit=3)["next_cursor"] is None

    def test_comments_that_arrive_between_two_pages_change_neither(self, visitor: Visitor) -> None:
        """No old comment is shown twice or missed, however many come in between."""
        old = many_published(visitor, 6)
        seen: list[str] = []
        cursor: dict[str, str] = {}
        while True:
            page = visitor.read(limit=2, **cursor)
            seen += [comment["id"] for comment in page["comments"]]
            if page["next_cursor"] is None or len(seen) > 20:
                break
            cursor = {"cursor": page["next_cursor"]}
            if len(seen) <= 4:
                many_published(visitor, 1)

        assert len(seen) == len(set(seen))
        assert seen[:6] == old
        assert len(seen) == 8

    def test_a_cursor_survives_the_removal_of_its_comment(self, visitor: Visitor, rows: Rows) -> None:
        """Reading on works though the last comment of the page is gone."""
        ids = many_published(visitor, 4)
        cursor = visitor.read(limit=2)["next_cursor"]
        rows("UPDATE comments SET status = 'removed', shown_revision = NULL WHERE id = :id", id=UUID(cursor))

        assert [comment["id"] for comment in visitor.read(cursor=cursor)["comments"]] == ids[2:]

    @pytest.mark.parametrize(
        ("query", "pointer"),
        [
            ({"cursor": "x"}, "/cursor"), ({"cursor": "1"}, "/cursor"), ({"limit": "0"}, "/limit"),
            ({"limit": "101"}, "/limit"), ({"limit": "ten"}, "/limit"), ({"limit": "1e9"}, "/limit"),
            ({"page_url": "nowhere"}, "/page_url"), ({"page_url": ""}, "/page_url"), ({"page_url": "x" * 2001}, "/page_url"),
            ({"page_url": f"{PAGE}\0"}, "/page_url"), ({"sort": "hot"}, "/sort"), ({"status": "held"}, "/status"),
            ({"token": "x"}, "/token"), ({"author_email": "a@example.org"}, "/author_email"),
        ],
    )  # fmt: skip
    def test_a_query_that_can_not_be_is_422(self, client: FlaskClient, query: dict[str, str], pointer: str) -> None:
        """Unknown parameters too: nobody shall think that a filter was heard."""
        answer = client.get(COMMENTS, query_string={"page_url": PAGE, **query})

        assert answer.status_code == 422, answer.text
        assert [error["pointer"] for error in answer.get_json()["errors"]] == [pointer]

    def test_a_missing_page_is_named(self, client: FlaskClient) -> None:
        """Without a page there is nothing to list."""
        answer = client.get(COMMENTS)

        assert answer.status_code == 422
        assert answer.get_json()["errors"] == [
            {"pointer": "/page_url", "code": "required", "detail": "Please fill in this field."}
        ]

    @pytest.mark.parametrize(
        "query", [f"page_url={PAGE}&page_url={PAGE}", "page_url=%FF", "page_url=\xe9", "a=1&" * 40]
    )
    def test_an_unreadable_query_is_400(self, client: FlaskClient, query: str) -> None:
        """T25, T31: twice the same parameter, another encoding, too many."""
        answer = client.get(f"{COMMENTS}?{query}")

        assert answer.status_code == 400, answer.text
        assert answer.get_json()["code"] == "malformed"


class TestCounts:
    """Many pages at once."""

    def test_a_hundred_pages_are_counted_in_one_request(self, visitor: Visitor, client: FlaskClient) -> None:
        """By the address as it was sent, also where two spellings are one page."""
        visitor.published()
        urls = [PAGE, f"{PAGE}#top", f"{PAGE}?utm_source=x", *(f"{ORIGIN}/{n}/" for n in range(97))]

        found = counts(client, *urls)
        assert list(found) == urls
        assert [found[url] for url in urls[:4]] == [1, 1, 1, 0]

    @pytest.mark.parametrize(
        "body",
        [
            {"page_urls": []}, {"page_urls": [PAGE] * 101}, {"page_urls": PAGE}, {}, {"page_urls": [1]},
            {"page_urls": ["nowhere"]}, {"page_urls": [PAGE], "status": "held"},
        ],
    )  # fmt: skip
    def test_a_wrong_list_is_422(self, client: FlaskClient, body: dict[str, Any]) -> None:
        """None, too many, no list, no address, or something else besides."""
        answer = client.post(f"{COMMENTS}/counts", json=body)

        assert answer.status_code == 422
        assert answer.get_json()["errors"][0]["pointer"].startswith(("/page_urls", "/status"))


class TestCaching:
    """Fast, and never more than a second behind."""

    def test_nothing_new_is_304(self, visitor: Visitor, client: FlaskClient) -> None:
        """The ETag stays while the thread does, and changes with it."""
        visitor.published()
        first = client.get(COMMENTS, query_string={"page_url": PAGE})
        again = client.get(COMMENTS, query_string={"page_url": PAGE}, headers={"If-None-Match": first.headers["ETag"]})
        listed = client.get(
            COMMENTS, query_string={"page_url": PAGE}, headers={"If-None-Match": f'"other", {first.headers["ETag"]}'}
        )
        other = client.get(COMMENTS, query_string={"page_url": PAGE}, headers={"If-None-Match": '"other"'})

        assert again.status_code == listed.status_code == 304
        assert again.get_data() == b""
        assert again.headers["ETag"] == first.headers["ETag"]
        assert other.status_code == 200

    def test_caches_may_keep_it_for_a_second_and_keep_origins_apart(
        self, visitor: Visitor, client: FlaskClient
    ) -> None:
        """A CDN can serve it; T21 and T42: no cookie, and `Vary: Origin` also on a 304."""
        visitor.published()
        answer = client.get(COMMENTS, query_string={"page_url": PAGE})
        unchanged = client.get(
            COMMENTS, query_string={"page_url": PAGE}, headers={"If-None-Match": answer.headers["ETag"]}
        )

        for response in (answer, unchanged):
            assert response.headers["Cache-Control"].startswith("public, max-age=1")
            assert "Origin" in response.headers["Vary"]
            assert "Set-Cookie" not in response.headers

    @pytest.mark.parametrize("origin", [None, ORIGIN, "https://evil.example", "null"], ids=str)
    @pytest.mark.parametrize("is_known", [False, True], ids=["asked anew", "known already"])
    def test_a_page_from_memory_is_answered_like_a_fresh_one(
        self, visitor: Visitor, client: FlaskClient, origin: str | None, is_known: bool
    ) -> None:
        """T6, T21: the same bytes and headers, for whichever origin asks, though another one asked before."""
        visitor.published()
        sent: dict[str, Any] = {"query_string": {"page_url": PAGE}, "headers": {"Origin": origin} if origin else {}}
        if is_known:
            sent["headers"]["If-None-Match"] = client.get(COMMENTS, query_string={"page_url": PAGE}).headers["ETag"]
        fresh = make_app(visitor.drain.runtime).test_client().get(COMMENTS, **sent)
        client.get(COMMENTS, query_string={"page_url": PAGE}, headers={"Origin": "https://another.example"})
        client.get(COMMENTS, query_string={"page_url": PAGE}, headers={"Origin": ORIGIN})
        kept = client.get(COMMENTS, **sent)

        assert (kept.status_code, kept.data) == (fresh.status_code, fresh.data)
        assert {**kept.headers, "X-Request-Id": ""} == {**fresh.headers, "X-Request-Id": ""}
        assert len(kept.headers["X-Request-Id"]) == 32
        assert kept.headers.get("Access-Control-Allow-Origin") == (ORIGIN if origin == ORIGIN else None)

    def test_a_new_publication_is_visible_within_a_second(self, visitor: Visitor, client: FlaskClient) -> None:
        """Through the cache of a process that has just answered."""
        query = {"page_url": PAGE}
        before = client.get(COMMENTS, query_string=query)
        assert before.get_json()["total"] == 0
        comment_id = visitor.comment()
        client.get(COMMENTS, query_string=query)
        visitor.drain()

        def is_visible() -> bool:
            found = client.get(COMMENTS, query_string=query, headers={"If-None-Match": before.headers["ETag"]})
            return found.status_code == 200 and found.get_json()["comments"][0]["id"] == str(comment_id)

        assert wait_until(is_visible, 5, "it never became visible") < 1

    def test_a_comment_taken_down_is_gone_within_a_second(
        self, visitor: Visitor, client: FlaskClient, bearer: Any
    ) -> None:
        """The same the other way round: a cache must not keep what a moderator took down."""
        comment_id = visitor.published()
        client.get(COMMENTS, query_string={"page_url": PAGE})
        decided = client.post(
            f"/api/v1/review/comments/{comment_id}/decisions", headers=bearer("moderator"),
            json={"decision": "spam", "revision": 1},
        )  # fmt: skip
        assert decided.status_code == 201

        def is_gone() -> bool:
            return client.get(COMMENTS, query_string={"page_url": PAGE}).get_json()["total"] == 0

        assert wait_until(is_gone, 5) < 1

    def test_made_up_addresses_do_not_fill_the_memory(self, runtime: Runtime, site: Any) -> None:
        """Whoever asks for a million pages that do not exist must not make a process keep a million answers."""
        pages, statements = ThreadPages(), runtime.statements
        for n in range(200):
            _load(pages, statements, site.id, f"{ORIGIN}/{n}/", "x" * 8_000)

        kept = sum(len(key[1]) + len(page.body) for key, page in pages._pages.items())  # noqa: SLF001
        assert kept <= pages._bytes <= LARGEST_MEMORY  # noqa: SLF001 - what is kept is what is counted


def _load(pages: ThreadPages, statements: Engine, site_id: int, page_url: str, padding: str) -> None:
    query = f"page_url={page_url}&{padding}".encode()
    pages.load(statements, site_id, query, page_url=page_url, after=None, limit=100)


class TestStatus:
    """Where a comment stands, for its author."""

    @pytest.mark.parametrize(
        ("status", "told"),
        [
            ("pending", "pending"), ("held", "held"), ("published", "published"), ("spam", "not_published"),
            ("rejected", "not_published"), ("removed", "not_published"), ("erased", "not_published"),
        ],
    )  # fmt: skip
    def test_each_status_is_told_with_a_sentence(self, visitor: Visitor, rows: Rows, status: str, told: str) -> None:
        """Four states are enough; spam and rejected are not told apart."""
        accepted = visitor.accepted()
        rows(SET_STATUS, status=status)
        answer = ask(visitor.client, accepted["id"], accepted["author_token"])

        body = answer.get_json()
        assert answer.status_code == 200
        assert (body["id"], body["status"]) == (accepted["id"], told)
        assert body["detail"].endswith(".")
        assert answer.headers["Cache-Control"] == "no-store"

    def test_the_sentence_says_who_turned_it_down(self, visitor: Visitor, bearer: Any) -> None:
        """The checks, or a moderator; never which check or which moderator."""
        by_checks = visitor.accepted(subject="robot")
        by_moderator = visitor.accepted()
        visitor.drain()
        visitor.client.post(
            f"/api/v1/review/comments/{by_moderator['id']}/decisions", headers=bearer("moderator"),
            json={"decision": "spam", "revision": 1, "note": "third time today"},
        )  # fmt: skip

        machine = ask(visitor.client, by_checks["id"], by_checks["author_token"]).get_json()["detail"]
        person = ask(visitor.client, by_moderator["id"], by_moderator["author_token"]).get_json()["detail"]
        assert "checks" in machine
        assert "moderator" in person
        assert "hidden field" not in machine
        assert "third time" not in person

    def test_only_its_own_token_opens_it(self, visitor: Visitor, bearer: Any) -> None:
        """T11, T16: none, a wrong one, another comment's, a moderator's: all the same 401."""
        first, second = visitor.accepted(), visitor.accepted(body="Another.")
        path = f"/api/v1/comments/{first['id']}/status"
        refusals = [
            visitor.client.get(path),
            ask(visitor.client, first["id"], "gra_wrong"),
            ask(visitor.client, first["id"], second["author_token"]),
            visitor.client.get(path, headers=bearer("owner")),
            visitor.client.get(path, headers={"Authorization": "Basic Og=="}),
            visitor.client.get(f"{path}?author_token={first['author_token']}"),
            ask(visitor.client, str(uuid4()), first["author_token"]),
        ]

        assert {answer.status_code for answer in refusals} == {401}
        assert len({answer.text for answer in refusals}) == 1
        assert all(answer.headers["WWW-Authenticate"].startswith("Bearer") for answer in refusals)


def ask(client: FlaskClient, comment_id: str, token: str) -> Any:
    return client.get(f"/api/v1/comments/{comment_id}/status", headers={"Authorization": f"Bearer {token}"})


class TestRendering:
    """Untrusted text leaves through one renderer (T1, T2)."""

    def test_names_and_websites_come_back_as_text(self, visitor: Visitor, rows: Rows) -> None:
        """JSON carries them as they are; whoever shows them escapes them."""
        visitor.published(
            author_name="<img src=x onerror=alert(1)>'\"", author_website='https://a.example.com/?q="><script>'
        )

        answer = visitor.client.get(COMMENTS, query_string={"page_url": PAGE})
        (comment,) = answer.get_json()["comments"]
        assert answer.mimetype == "application/json"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert comment["author_name"] == "<img src=x onerror=alert(1)>'\""
        assert comment["author_website"] == "https://a.example.com/?q=%22%3E%3Cscript%3E"

    def test_the_body_comes_as_safe_html_and_as_it_was_typed(self, visitor: Visitor, rows: Rows) -> None:
        """Also when an older release has rendered it: then it is made anew."""
        typed = "**Bold** <script>alert(1)</script> [x](javascript:alert(1)) ![i](https://a.example.com/i.png) <b onclick=x>"
        visitor.comment(body=typed)
        visitor.drain()
        rows("UPDATE comments SET status = 'published', shown_revision = revision")
        rows("UPDATE threads SET published_count = 1, version = version + 1")
        stored = visitor.read()["comments"][0]
        rows("UPDATE revisions SET body_html = '<script>old</script>', renderer_version = 0")
        rendered = visitor.read()["comments"][0]

        assert stored == rendered
        assert stored["body_text"] == typed
        assert "<strong>Bold</strong>" in stored["body_html"]
        for hostile in ("<script", "<img", "<b ", 'href="javascript'):
            assert hostile not in stored["body_html"]

    def test_links_say_that_they_are_not_ours(self, visitor: Visitor) -> None:
        """T20: no vote for what commenters link to."""
        visitor.published(body="A rather long explanation with a source: https://example.net/source which says so.")

        assert 'rel="nofollow ugc noopener noreferrer"' in visitor.read()["comments"][0]["body_html"]


def test_the_thread_keeps_its_count(visitor: Visitor, drain: Drain, rows: Rows) -> None:
    """What the list counts from is kept in step with the comments."""
    many_published(visitor, 5)

    assert rows("SELECT published_count FROM threads") == rows(
        "SELECT count(*)::integer FROM comments WHERE status = 'published'"
    )
