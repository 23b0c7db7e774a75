"""The list of a page's comments: both orders, whom each answers, and what is left of erased ones."""

from typing import Any
from uuid import UUID

import pytest

from service.storage import comments
from tests.conftest import SET_STATUS, Rows, Visitor


def many_published(visitor: Visitor, count: int) -> list[str]:
    ids = [str(visitor.comment(body=f"Number {n}.")) for n in range(count)]
    visitor.drain()
    return ids


def whole(visitor: Visitor, **query: Any) -> list[dict[str, Any]]:
    """All pages of the list, one after the other."""
    found: list[dict[str, Any]] = []
    cursor: dict[str, Any] = {}
    while True:
        page = visitor.read(**query, **cursor)
        found += page["comments"]
        if page["next_cursor"] is None:
            return found
        cursor = {"cursor": page["next_cursor"]}


def ids_of(shown: list[dict[str, Any]]) -> list[str]:
    return [comment["id"] for comment in shown]


def set_status(rows: Rows, comment_id: UUID | str, status: str) -> None:
    """As a decision would: status, what is shown, and the thread's count and version."""
    rows(f"{SET_STATUS} WHERE id = :id", status=status, id=comment_id)
    rows(
        "UPDATE threads t SET version = version + 1, published_count ="
        " (SELECT count(*) FROM comments c WHERE c.thread_id = t.id AND c.shown_revision IS NOT NULL)"
    )


def test_newest_is_the_list_from_its_other_end(visitor: Visitor) -> None:
    """Page by page, without a gap and without anything twice."""
    ids = many_published(visitor, 7)

    assert ids_of(whole(visitor, limit=3)) == ids
    assert ids_of(whole(visitor, limit=3, order="newest")) == ids[::-1]
    assert visitor.read(limit=7, order="newest")["next_cursor"] is None


def test_what_comes_while_somebody_reads_from_the_newest_shifts_nothing(visitor: Visitor) -> None:
    """The next page begins where the last one ended."""
    ids = many_published(visitor, 5)
    first = visitor.read(limit=2, order="newest")
    many_published(visitor, 3)

    rest = visitor.read(limit=100, order="newest", cursor=first["next_cursor"])
    assert ids_of(first["comments"] + rest["comments"]) == ids[::-1]


@pytest.mark.parametrize("order", ["", "hottest", "NEWEST"])
def test_an_order_that_does_not_exist_is_refused(visitor: Visitor, order: str) -> None:
    answer = visitor.client.get(visitor.url, query_string={"page_url": "https://example.org/post/", "order": order})

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.get_json()["errors"]] == ["/order"]


def test_a_reply_says_whom_it_answers(visitor: Visitor, rows: Rows) -> None:
    """In a flat list nobody could tell otherwise; a name that is not to be seen is not told here either."""
    parent = visitor.published(author_name="Ada")
    reply = visitor.published(author_name="Bob", parent_id=str(parent))
    by_id = {comment["id"]: comment for comment in visitor.read()["comments"]}

    assert by_id[str(parent)]["parent_author"] is None
    assert by_id[str(reply)]["parent_author"] == "Ada"

    for status in ("held", "pending", "spam", "removed"):
        set_status(rows, parent, status)
        (shown,) = visitor.read()["comments"]
        assert (shown["id"], shown["parent_id"], shown["parent_author"]) == (str(reply), str(parent), None)


@pytest.mark.parametrize("order", ["oldest", "newest"])
def test_an_erased_comment_keeps_the_place_of_its_answers(visitor: Visitor, rows: Rows, order: str) -> None:
    """Without name and text, not counted, and only as long as an answer is to be seen, however deep."""
    top = visitor.published(author_name="Ada", body="I was there.", author_website="https://ada.example.org")
    middle = visitor.published(author_name="Bob", body="So was I.", parent_id=str(top))
    leaf = visitor.published(author_name="Cem", body="And I was not.", parent_id=str(middle))
    lonely = visitor.published(author_name="Dan", body="What a calm evening that was.")
    for erased in (top, middle, lonely):
        set_status(rows, erased, "erased")

    page = visitor.read(order=order)
    shown = {comment["id"]: comment for comment in page["comments"]}
    assert list(shown) == [str(top), str(middle), str(leaf)][:: 1 if order == "oldest" else -1]
    assert page["total"] == 1
    assert [shown[str(one)]["is_erased"] for one in (top, middle, leaf)] == [True, True, False]
    tombstone = shown[str(top)]
    assert {name: tombstone[name] for name in ("author_name", "author_website", "body_text", "body_html", "edited_at")} == {
        "author_name": "", "author_website": None, "body_text": "", "body_html": "", "edited_at": None,
    }  # fmt: skip
    assert shown[str(leaf)]["parent_author"] is None
    assert (shown[str(top)]["reply_count"], shown[str(middle)]["reply_count"]) == (0, 1)

    set_status(rows, leaf, "spam")
    assert visitor.read(order=order)["comments"] == []


def test_erased_comments_do_not_make_a_page_shorter(visitor: Visitor, rows: Rows) -> None:
    """Those that leave nothing behind take no place of the page."""
    ids = many_published(visitor, 9)
    for erased in ids[1:5]:
        set_status(rows, erased, "erased")

    assert ids_of(visitor.read(limit=4)["comments"]) == [ids[0], *ids[5:8]]
    assert ids_of(whole(visitor, limit=2)) == [ids[0], *ids[5:]]


def test_one_cannot_answer_what_is_erased(visitor: Visitor, rows: Rows) -> None:
    """Its place is left, but nobody is there to talk to."""
    parent = visitor.published()
    visitor.published(parent_id=str(parent))
    set_status(rows, parent, "erased")

    answer = visitor.send(parent_id=str(parent))
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["pointer"] == "/parent_id"


@pytest.mark.parametrize("order", ["oldest", "newest"])
def test_a_page_is_read_from_the_index_and_no_further_than_it_goes(visitor: Visitor, rows: Rows, order: str) -> None:
    """The cost of a page does not grow with the thread, whichever end it begins at."""
    visitor.published()
    ((thread_id,),) = rows("SELECT id FROM threads")
    rows(
        "INSERT INTO threads (site_id, page_key, page_url) SELECT site_id, decode(md5(n::text), 'hex'), 'https://x/' || n"
        " FROM threads CROSS JOIN generate_series(1, 9) AS n"
    )
    rows(
        """
        WITH new AS (
            INSERT INTO comments (id, site_id, thread_id, author_name, status, shown_revision, created_at)
            SELECT uuidv7(), site_id, id, 'Author ' || n, 'published', 1, now()
            FROM generate_series(1, 600) AS n CROSS JOIN threads RETURNING id
        ) INSERT INTO revisions (comment_id, number, body) SELECT id, 1, 'Words.' FROM new
        """
    )
    rows("ANALYZE comments, revisions")
    query = str(comments._PAGES[order])  # type: ignore[index]  # noqa: SLF001
    place = comments._BEGINNINGS[order]  # type: ignore[index]  # noqa: SLF001
    plan = "\n".join(
        line
        for (line,) in rows(
            f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) {query}", thread_id=thread_id, place=place, limit=101
        )
    )

    assert f"Index Scan {'Backward ' if order == 'newest' else ''}using comments_seen on" in plan, plan
    assert "Sort" not in plan
    assert "actual rows=601" not in plan
