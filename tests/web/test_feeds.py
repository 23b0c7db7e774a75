"""Atom feeds of a site and of a page: whole by RFC 4287, and nothing in them that readers don't see."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID
from xml.etree import ElementTree as ET

import pytest
from werkzeug.test import TestResponse

from service.languages.catalogue import LANGUAGES, catalogue
from service.web.api.feeds import NEWEST
from tests.conftest import ORIGIN, PAGE, PLAIN_CHECKS, Rows, Visitor

FEED = "/api/v1/sites/blog/comments.atom"
NAMES = {"a": "http://www.w3.org/2005/Atom", "thr": "http://purl.org/syndication/thread/1.0"}
ANOTHER = f"{ORIGIN}/another/"
REQUIRED = ("id", "title", "updated")


def get(visitor: Visitor, headers: dict[str, str] | None = None, **query: Any) -> TestResponse:
    return visitor.client.get(FEED, query_string=query, headers=headers or {})


def feed(answer: TestResponse) -> ET.Element:
    """The feed, once it has what RFC 4287 asks of feeds and entries, each once."""
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/atom+xml"
    root = ET.fromstring(answer.data)
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    for element in (root, *root.findall("a:entry", NAMES)):
        for name in REQUIRED:
            (found,) = element.findall(f"a:{name}", NAMES)
            assert found.text
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", element.findtext("a:id", "", NAMES))
        at = element.findtext("a:updated", "", NAMES)
        assert datetime.fromisoformat(at).utcoffset() is not None
        (page,) = [link for link in element.findall("a:link", NAMES) if link.get("rel") == "alternate"]
        assert page.get("href", "").startswith("https://")
    for entry in root.findall("a:entry", NAMES):
        (author,) = entry.findall("a:author", NAMES)
        assert author.findtext("a:name", "", NAMES)
        assert author.find("a:email", NAMES) is None
        (content,) = entry.findall("a:content", NAMES)
        assert content.get("type") == "html"
    ids = [entry.findtext("a:id", "", NAMES) for entry in root.findall("a:entry", NAMES)]
    assert len(ids) == len(set(ids))
    return root


def ids(root: ET.Element) -> list[UUID]:
    return [UUID(entry.findtext("a:id", "", NAMES)) for entry in root.findall("a:entry", NAMES)]


def test_a_site_has_one_feed_of_all_its_pages(visitor: Visitor) -> None:
    """Newest first; each entry leads to its comment on its page."""
    first = visitor.published(page_title="The post")
    second = visitor.published(page_url=ANOTHER, body="Another calm thought, of another kind.")
    root = feed(get(visitor))

    assert ids(root) == [second, first]
    links = [link.get("href") for link in root.findall("a:entry/a:link", NAMES)]
    assert links == [f"{ANOTHER}#comment-{second}", f"{PAGE}#comment-{first}"]
    titles = [entry.findtext("a:title", "", NAMES) for entry in root.findall("a:entry", NAMES)]
    assert titles == ["Ann", "Ann on “The post”"]
    assert root.findtext("a:title", "", NAMES) == "Comments on Blog"
    assert {link.get("rel"): link.get("href") for link in root.findall("a:link", NAMES)} == {
        "self": f"https://comments.example.net{FEED}",
        "alternate": f"{ORIGIN}/",
    }


def test_a_page_has_a_feed_of_its_own(visitor: Visitor) -> None:
    """Whatever spelling of its address was asked for."""
    here = visitor.published(page_title="The post")
    visitor.published(page_url=ANOTHER, body="Another calm thought, of another kind.")
    root = feed(get(visitor, page_url=f"{PAGE}?utm_source=x#top"))

    assert ids(root) == [here]
    assert root.findtext("a:title", "", NAMES) == "Comments on “The post”"
    assert [link.get("href") for link in root.findall("a:link", NAMES) if link.get("rel") == "alternate"] == [PAGE]


def test_answers_name_what_they_answer(visitor: Visitor) -> None:
    """RFC 4685."""
    parent = visitor.published()
    visitor.published(body="An answer to that, with words of its own.", parent_id=str(parent), author_name="Bea")
    (answer,) = feed(get(visitor)).findall("a:entry/thr:in-reply-to", NAMES)

    assert answer.get("ref") == f"urn:uuid:{parent}"
    assert answer.get("href") == f"{PAGE}#comment-{parent}"


def test_only_what_readers_see_is_in_it(visitor: Visitor, rows: Rows) -> None:
    """T44: the same predicate as the list. Pending, held and erased comments are not there, nor named as parents."""
    visitor.drain.checks = PLAIN_CHECKS
    parent = visitor.published(body="A thought that will be taken back.")
    child = visitor.published(body="An answer to that, with words of its own.", parent_id=str(parent))
    visitor.comment(body="Please call +44 20 7946 0958 tonight", author_email="held@example.org")
    visitor.drain()
    visitor.comment(body="Still being checked.", author_email="pending@example.org")
    rows("UPDATE comments SET status = 'removed', shown_revision = NULL WHERE id = :id", id=parent)

    for query in ({}, {"page_url": PAGE}):
        answer = get(visitor, **query)
        assert ids(feed(answer)) == [child]
        for unseen in ("taken back", "7946", "Still being checked", str(parent), "in-reply-to"):
            assert unseen not in answer.text
    assert [shown["id"] for shown in visitor.read()["comments"]] == [str(child)]


@pytest.mark.parametrize("path", [FEED, "/api/v1/sites/blog/thread.html", "/embed/blog/thread"])
def test_a_text_that_is_still_checked_is_not_in_it(visitor: Visitor, rows: Rows, path: str) -> None:
    """Promise 2, after an edit: readers see the text that was published, until the new one is."""
    comment_id = visitor.published(body="The text that was checked.")
    rows("INSERT INTO revisions (comment_id, number, body) VALUES (:id, 2, 'Unchecked words.')", id=comment_id)
    rows("UPDATE comments SET status = 'pending', revision = 2, shown_revision = 1 WHERE id = :id", id=comment_id)
    answer = visitor.client.get(path, query_string={"page_url": PAGE})

    assert "The text that was checked." in answer.text
    assert "Unchecked" not in answer.text


def test_nobodys_address_is_in_it(visitor: Visitor) -> None:
    visitor.published(author_email="hidden@example.org", author_website="https://ann.example/")
    answer = get(visitor)

    assert "hidden" not in answer.text
    assert "@example.org" not in answer.text
    assert feed(answer).findtext("a:entry/a:author/a:uri", "", NAMES) == "https://ann.example/"


def test_texts_are_escaped_once_and_hold_nothing_that_xml_can_not(visitor: Visitor) -> None:
    """What a reader's program shows is the sanitised HTML; names and titles are text."""
    name = '<b>&amp; "Ann"</b>'
    visitor.published(author_name=name, body="1 < 2 & *so on* <script>x</script> \ufffe\uffff", page_title="<i>&</i>")
    root = feed(get(visitor))

    entry = root.find("a:entry", NAMES)
    assert entry is not None
    assert entry.findtext("a:author/a:name", "", NAMES) == name
    assert entry.findtext("a:title", "", NAMES) == f"{name} on “<i>&</i>”"
    assert entry.findtext("a:content", "", NAMES).strip() == (
        "<p>1 &lt; 2 &amp; <em>so on</em> &lt;script&gt;x&lt;/script&gt; </p>"
    )


def test_ids_stay_what_they_are(visitor: Visitor, rows: Rows) -> None:
    """The feed's whatever it holds, and an entry's also when its text was changed; only then is it newer."""
    comment_id = visitor.published()
    before = feed(get(visitor, page_url=PAGE))
    rows(
        "INSERT INTO revisions (comment_id, number, body, created_at)"
        " VALUES (:id, 2, 'Another text.', now() + interval '1 minute')",
        id=comment_id,
    )
    rows("UPDATE comments SET revision = 2, shown_revision = 2 WHERE id = :id", id=comment_id)
    after = feed(get(visitor, page_url=PAGE, lang="de"))

    assert before.findtext("a:id", "", NAMES) == after.findtext("a:id", "", NAMES)
    assert ids(before) == ids(after) == [comment_id]
    assert before.findtext("a:updated", "", NAMES) < after.findtext("a:updated", "", NAMES)
    assert before.findtext("a:entry/a:published", "", NAMES) == after.findtext("a:entry/a:published", "", NAMES)
    assert feed(get(visitor)).findtext("a:id", "", NAMES) != after.findtext("a:id", "", NAMES)


def test_who_has_it_already_is_sent_nothing(visitor: Visitor) -> None:
    """By ETag or by date, until something changes."""
    visitor.published()
    first = get(visitor)
    again = get(visitor, headers={"If-None-Match": first.headers["ETag"]})
    since = get(visitor, headers={"If-Modified-Since": first.headers["Last-Modified"]})
    assert [(answer.status_code, answer.data) for answer in (again, since)] == [(304, b"")] * 2
    assert first.headers["Cache-Control"] == "public, max-age=60"
    assert "Accept-Language" in first.vary

    visitor.published(body="Another calm thought, of another kind.")
    assert get(visitor, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_feed_without_comments_is_one(visitor: Visitor) -> None:
    """And says always the same."""
    empty = get(visitor, page_url=PAGE)

    assert ids(feed(empty)) == []
    assert get(visitor, page_url=PAGE).headers["ETag"] == empty.headers["ETag"]


def test_it_ends_after_the_newest(visitor: Visitor, rows: Rows) -> None:
    """Fifty, also of a site with thousands."""
    visitor.published()
    rows(
        "INSERT INTO comments (id, site_id, thread_id, author_name, status, revision, shown_revision, created_at)"
        " SELECT gen_random_uuid(), site_id, thread_id, 'N', 'published', 1, 1, created_at FROM comments,"
        " generate_series(1, 60)"
    )
    rows(
        "INSERT INTO revisions (comment_id, number, body, created_at)"
        " SELECT id, 1, 'x', created_at FROM comments c WHERE NOT EXISTS"
        " (SELECT FROM revisions r WHERE r.comment_id = c.id)"
    )

    assert len(ids(feed(get(visitor)))) == NEWEST == 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_titles_are_in_the_language_asked_for(visitor: Visitor, language: str) -> None:
    visitor.published(page_title="The post")
    root = feed(get(visitor, lang=language))

    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    assert root.findtext("a:title", "", NAMES) == catalogue(language).say("pages", "feed.site", site="Blog")


@pytest.mark.parametrize(
    ("query", "status"),
    [({"page_url": "https://elsewhere.example.com/"}, 403), ({"page_url": "x"}, 422), ({"limit": "9"}, 422)],
)
def test_what_is_wrong_is_refused(visitor: Visitor, query: dict[str, str], status: int) -> None:
    assert get(visitor, **query).status_code == status
