"""A WordPress theme's comment form, its action pointed at us, works unchanged."""

from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from werkzeug.test import TestResponse

from service.languages.catalogue import catalogue
from service.storage.sites import Site
from tests.conftest import ORIGIN, PAGE, PLAIN_CHECKS, MakeRuntime, Rows, Visitor, make_app

URL = "/compat/wp/blog/wp-comments-post.php"
FROM_PAGE = {"Origin": ORIGIN, "Referer": PAGE}
OURS = "https://comments.example.net"


def post(
    visitor: Visitor, headers: dict[str, str] | None = None, *, client: Any = None, **changes: Any
) -> TestResponse:
    """As `comment_form()` of a theme sends it, with what its plugins add."""
    fields = {
        "comment": "A calm thought.", "author": "Ann", "email": "ann@example.org", "url": "", "submit": "Post Comment",
        "comment_post_ID": "17", "comment_parent": "0", "akismet_comment_nonce": "0123456789", "ak_js": "1764500000000",
        "ak_hp_textarea": "", "_wp_unfiltered_html_comment": "x", "wp-comment-cookies-consent": "yes", **changes,
    }  # fmt: skip
    data = {name: value for name, value in fields.items() if value is not None}
    return (client or visitor.client).post(URL, data=data, headers=FROM_PAGE if headers is None else headers)


def test_a_comment_leads_back_to_its_place_on_the_page(visitor: Visitor, rows: Rows) -> None:
    """302, and what a theme needs to tell its author that the comment waits."""
    sent = post(visitor)

    assert sent.status_code == 302
    ((comment_id, page_url, name, website, body),) = rows(
        "SELECT c.id, t.page_url, c.author_name, c.author_website, r.body FROM comments c"
        " JOIN threads t ON t.id = c.thread_id JOIN revisions r ON r.comment_id = c.id"
    )
    assert (page_url, name, website, body) == (PAGE, "Ann", None, "A calm thought.")
    place = urlsplit(sent.location)
    assert f"{place.scheme}://{place.netloc}{place.path}" == PAGE
    assert place.fragment == f"comment-{comment_id}"
    query = parse_qs(place.query)
    assert query["unapproved"] == [str(comment_id)]
    assert len(query["moderation-hash"][0]) == 32
    assert set(query) == {"unapproved", "moderation-hash"}


def test_what_stands_in_the_address_opens_nothing(visitor: Visitor, rows: Rows) -> None:
    """An address is seen by many; the author's token is in a cookie of ours instead."""
    sent = post(visitor)
    query = parse_qs(urlsplit(sent.location).query)
    comment_id, mark = query["unapproved"][0], query["moderation-hash"][0]

    asked = visitor.client.get(f"/api/v1/comments/{comment_id}/status", headers={"Authorization": f"Bearer {mark}"})
    assert asked.status_code == 401
    assert visitor.client.get(f"/comments/{comment_id}").text.count("A calm thought.") == 1
    stranger = make_app(visitor.drain.runtime).test_client()
    assert "A calm thought." not in stranger.get(f"/comments/{comment_id}").text


@pytest.mark.parametrize(
    ("redirect_to", "expected"),
    [
        (f"{ORIGIN}/thanks/", f"{ORIGIN}/thanks/?unapproved="),
        ("/thanks/?a=1", f"{ORIGIN}/thanks/?a=1&unapproved="),
        ("https://evil.example/", f"{PAGE}?unapproved="),
        ("//evil.example/", f"{PAGE}?unapproved="),
        ("https://example.org@evil.example/", f"{PAGE}?unapproved="),
        ("https://example.org.evil.example/", f"{PAGE}?unapproved="),
        ("https://evil.example\\@example.org/", f"{PAGE}?unapproved="),
        ("javascript:alert(1)", f"{PAGE}?unapproved="),
        ("https://[", f"{PAGE}?unapproved="),
        ("\t//evil.example", f"{PAGE}?unapproved="),
        ("", f"{PAGE}?unapproved="),
    ],
)
def test_it_leads_to_pages_of_the_site_only(visitor: Visitor, redirect_to: str, expected: str) -> None:
    """T17: whatever else `redirect_to` says, the page it is."""
    sent = post(visitor, redirect_to=redirect_to)

    assert sent.status_code == 302
    assert sent.location.startswith(expected)


def test_other_methods_are_answered_as_by_wordpress(visitor: Visitor) -> None:
    for method in ("get", "put", "delete", "options"):
        answer = getattr(visitor.client, method)(URL)
        assert (answer.status_code, answer.headers["Allow"]) == (405, "POST"), method


def test_the_page_is_where_the_browser_comes_from(visitor: Visitor, rows: Rows) -> None:
    """Without what is no part of its address: campaigns, and WordPress' own parameters."""
    post(
        visitor,
        headers={"Origin": ORIGIN, "Referer": f"{PAGE}?replytocom=3&utm_source=x&unapproved=4&moderation-hash=5"},
    )

    assert rows("SELECT page_url FROM threads") == [(PAGE,)]


def test_a_field_of_the_form_says_better_which_page_it_is(visitor: Visitor, rows: Rows) -> None:
    """Browsers mostly tell other sites no more than the origin."""
    assert post(visitor, headers={"Origin": ORIGIN, "Referer": f"{ORIGIN}/"}, page_url=PAGE).status_code == 302
    assert rows("SELECT page_url FROM threads") == [(PAGE,)]


@pytest.mark.parametrize("referrer", [f"{ORIGIN}/", ORIGIN, "", "https://elsewhere.example.com/post/", "nonsense"])
def test_without_a_page_it_is_refused_and_kept(visitor: Visitor, rows: Rows, referrer: str) -> None:
    """Nothing lands on the home page by mistake; the text is on the page that says so."""
    answer = post(visitor, headers={"Origin": ORIGIN, "Referer": referrer})

    assert answer.status_code == 400
    assert answer.text.count("say which page it is on") == 1
    assert "Mend what is marked" not in answer.text, "nothing of the form is"
    assert "A calm thought." in answer.text
    assert rows("SELECT count(*) FROM comments") == [(0,)]


def test_wrong_fields_come_back_with_everything_that_was_typed(visitor: Visitor) -> None:
    """400, in the form of ours, which can be mended and sent."""
    answer = post(visitor, author="", email="ann", url="ftp://x", comment="Typed <b>with care</b>.")

    assert answer.status_code == 400
    for kept in ("Typed &lt;b&gt;with care&lt;/b&gt;.", 'value="ann"', 'value="ftp://x"', f'value="{PAGE}"'):
        assert kept in answer.text
    for field in ("author_name", "author_email", "author_website"):
        assert f'id="error-{field}"' in answer.text
        assert f'href="#field-{field}"' in answer.text
    assert "Mend what is marked" in answer.text
    mended = {"page_url": PAGE, "body": "Typed with care.", "author_name": "Ann", "author_email": "ann@example.org"}
    sent = visitor.client.post("/api/v1/sites/blog/comments", data=mended, headers={"Origin": OURS})
    assert sent.status_code == 303


def test_the_same_again_is_a_conflict(visitor: Visitor, rows: Rows) -> None:
    """409 as WordPress has it, and one comment."""
    assert post(visitor).status_code == 302
    again = post(visitor)

    assert again.status_code == 409
    assert "This comment is here already." in again.text
    assert "A calm thought." in again.text
    assert rows("SELECT count(*) FROM comments") == [(1,)]


def test_too_many_are_told_when_to_come_back(visitor: Visitor, make_runtime: MakeRuntime, site: Site) -> None:
    """429 with Retry-After, and the text is kept."""
    client = make_app(make_runtime(limit_address="1 per hour")).test_client()
    post(visitor, client=client)
    answer = post(visitor, client=client, comment="A second thought.")

    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "A second thought." in answer.text


def test_forms_of_other_sites_are_refused(visitor: Visitor, rows: Rows) -> None:
    """By what the browser says of where it comes from; a page that is not the site's as well."""
    elsewhere = {"Origin": "https://elsewhere.example.com", "Referer": PAGE}
    assert post(visitor, headers=elsewhere).status_code == 403
    assert post(visitor, headers={}).status_code == 403
    assert post(visitor, page_url="https://elsewhere.example.com/").status_code == 403
    assert visitor.client.post("/compat/wp/nobody/wp-comments-post.php", headers=FROM_PAGE).status_code == 404
    assert rows("SELECT count(*) FROM comments") == [(0,)]


def test_a_reply_names_a_comment_of_ours(visitor: Visitor, rows: Rows) -> None:
    """A number is a comment of WordPress' own, which nobody has here: then it is no reply."""
    visitor.drain.checks = PLAIN_CHECKS
    parent = visitor.published()
    post(visitor, comment="An answer to that.", comment_parent=str(parent))
    post(visitor, comment="An answer to an old one.", comment_parent="4711")

    parents = dict(rows(
        "SELECT r.body, c.parent_id FROM comments c JOIN revisions r ON r.comment_id = c.id"
    ))  # fmt: skip
    assert parents["An answer to that."] == parent
    assert parents["An answer to an old one."] is None


def test_what_only_programs_fill_in_is_noticed(visitor: Visitor, rows: Rows) -> None:
    """Akismet's hidden field is our trap as well."""
    post(visitor, ak_hp_textarea="cheap pills")

    assert rows("SELECT is_honeypot_filled FROM comments") == [(True,)]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"comment=a&comment=b", "application/x-www-form-urlencoded", 400),
        (b"comment=%00", "application/x-www-form-urlencoded", 400),
        (b"x" * 70_000, "application/x-www-form-urlencoded", 413),
        (b"{}", "application/json", 415),
        (b"--x--", "multipart/form-data; boundary=x", 415),
    ],
)
def test_what_can_not_be_read_is_refused(visitor: Visitor, body: bytes, kind: str, status: int) -> None:
    answer = visitor.client.post(URL, data=body, content_type=kind, headers=FROM_PAGE)

    assert answer.status_code == status
    assert answer.mimetype == "text/html"


def test_it_speaks_the_readers_language(visitor: Visitor) -> None:
    said = catalogue("fr")
    answer = post(visitor, headers={**FROM_PAGE, "Accept-Language": "fr"}, comment="")
    assert said.say("pages", "form.not_sent") in answer.text.replace("&#39;", "'")
    post(visitor)
    again = post(visitor, headers={**FROM_PAGE, "Accept-Language": "fr"})
    assert said.say("problems", "duplicate") in again.text


def test_an_id_that_is_none_is_no_parent(visitor: Visitor, rows: Rows) -> None:
    """A reply to a comment that is gone is refused, as everywhere."""
    gone = UUID(int=7)
    answer = post(visitor, comment_parent=str(gone))

    assert answer.status_code == 400
    assert rows("SELECT count(*) FROM comments") == [(0,)]
