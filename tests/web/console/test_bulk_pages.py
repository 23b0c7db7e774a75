"""The pages of bulk decisions, without a script."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from service.runtime import Runtime
from service.usecases.work_bulk import BulkWorker, bulk_due
from service.web.console import queue
from tests.conftest import PLAIN_CHECKS, Rows, Visitor, add_site

LogIn = Callable[..., FlaskClient]


def waiting(visitor: Visitor, count: int) -> list[UUID]:
    visitor.drain.checks = PLAIN_CHECKS
    ids = [
        visitor.comment(body=f"Case {n}: ring 020 7946 0{100 + n} tonight", author_email=f"r{n}@example.org")
        for n in range(count)
    ]
    visitor.drain()
    return ids


def work(runtime: Runtime) -> None:
    """Do what is due, as the worker would."""
    worker = BulkWorker(engine=runtime.engine, wake=lambda _: None, worker="test", lease=timedelta(seconds=20))
    while bulk_due(worker):
        pass


def test_a_whole_query_is_shown_decided_watched_and_taken_back(
    log_in: LogIn, visitor: Visitor, runtime: Runtime, rows: Rows
) -> None:
    """Count and sample first; what comes in meanwhile is not meant; each comment has a result."""
    ids = waiting(visitor, 3)
    client = log_in(name="ada")
    listed = client.get("/desk/?label=personal_data").get_data(as_text=True)
    (address,) = re.findall(r'id="decide-all" href="([^"]+)"', listed)
    page = client.get(address).get_data(as_text=True)
    assert "Decide about 3 comments" in page
    assert page.count('class="row-link"') == 3
    (action,) = re.findall(r'class="card" method="post" action="([^"]+)"', page)
    waiting(visitor, 1)

    begun = client.post(
        action.replace("&amp;", "&"), data={"decision": "reject", "reason": "personal_data", "expected": "3"}
    )
    assert begun.status_code == 303, begun.get_data(as_text=True)
    job = begun.headers["Location"]
    assert "It begins in a moment" in client.get(job).get_data(as_text=True)
    work(runtime)
    page = client.get(job).get_data(as_text=True)
    assert 'Decided <span class="count">3</span>' in page
    assert "3 of 3" in page
    assert rows("SELECT count(*) FROM comments WHERE status = 'rejected'") == [(3,)]

    undone = client.post(f"{job}/undo", data={"csrf_token": "in the header"}).headers["Location"]
    work(runtime)
    assert "takes back" in client.get(undone).get_data(as_text=True)
    assert rows("SELECT count(*) FROM comments WHERE status = 'held'") == [(4,)]
    listed = client.get("/desk/bulk/").get_data(as_text=True)
    assert "Rejected: shows private data of somebody" in listed
    assert "taken back" in listed
    assert {str(one) for one in ids} <= set(re.findall(r"<code>([0-9a-f-]{36})</code>", page))


def test_chosen_comments_are_decided_together(log_in: LogIn, visitor: Visitor, runtime: Runtime, rows: Rows) -> None:
    """Those and no others; with another number than was shown nothing is decided."""
    first, second, _ = waiting(visitor, 3)
    client = log_in()
    page = client.post("/desk/bulk/new", data={"ids": f"{first},{second}"}).get_data(as_text=True)
    assert "Decide about 2 comments" in page
    sent = {"ids": f"{first},{second}", "decision": "spam", "expected": "3"}
    refused = client.post("/desk/bulk/", data=sent)
    assert refused.status_code == 409
    assert "3 comments were meant, now there are 2" in refused.get_data(as_text=True)

    client.post("/desk/bulk/", data={**sent, "expected": "2"})
    work(runtime)

    assert set(rows("SELECT id FROM comments WHERE status = 'spam'")) == {(first,), (second,)}
    assert client.post("/desk/bulk/new", data={"ids": "nonsense"}).status_code == 422


def test_a_viewer_watches_only(log_in: LogIn, visitor: Visitor) -> None:
    """No button in the list, no page to decide on."""
    waiting(visitor, 2)
    client = log_in("viewer")

    assert "decide-all" not in client.get("/desk/").get_data(as_text=True)
    assert client.get("/desk/bulk/new").status_code == 403
    assert "Nothing was decided in bulk yet" in client.get("/desk/bulk/").get_data(as_text=True)


def test_what_says_nearly_the_same_is_one_row(log_in: LogIn, visitor: Visitor, runtime: Runtime, rows: Rows) -> None:
    """“and 2 like it”, decided together; what is unlike it stays."""
    visitor.drain.checks = PLAIN_CHECKS
    text = "Ring 020 7946 0999 tonight for the cheapest holiday flats by the sea, ask for Hugo, offer number"
    for n in range(3):
        visitor.comment(body=f"{text} {n}", author_email=f"h{n}@example.org")
        visitor.drain()
    waiting(visitor, 1)
    rows("UPDATE comments SET status = 'held', shown_revision = NULL WHERE status <> 'held'")
    client = log_in()
    page = client.get("/desk/").get_data(as_text=True)
    assert page.count('class="row"') == 2
    (address,) = re.findall(r'href="(/desk/bulk/like/[^"]+)">and 2 like it', page)
    page = client.get(address).get_data(as_text=True)
    assert "Decide about 3 comments" in page
    (like,) = re.findall(r'name="like" value="([^"]+)"', page)

    client.post("/desk/bulk/", data={"like": like, "decision": "spam", "expected": "3"})
    work(runtime)

    assert rows("SELECT count(*) FROM comments WHERE status = 'spam'") == [(3,)]
    assert "like it" not in client.get("/desk/").get_data(as_text=True)


def test_publishing_many_leaves_reported_ones_published(
    log_in: LogIn, visitor: Visitor, runtime: Runtime, rows: Rows
) -> None:
    """That answers their reports; what is published and not reported was so before. Taking it back opens them again."""
    reported, quiet = (visitor.published(body=f"The roses came back in {month}.") for month in ("June", "July"))
    rows(
        "INSERT INTO reports (site_id, comment_id, revision, reason, reporter_hash)"
        " SELECT site_id, id, 1, 'insult', decode(md5('a reader'), 'hex') FROM comments WHERE id = :id",
        id=reported,
    )
    rows("UPDATE comments SET rank = 5 WHERE id = :id", id=reported)
    client = log_in(name="ada")
    sent = {"ids": f"{reported},{quiet}", "decision": "publish", "expected": "2"}
    job = client.post("/desk/bulk/", data=sent).headers["Location"]
    work(runtime)

    page = client.get(job).get_data(as_text=True)
    assert 'Decided <span class="count">1</span>' in page
    assert 'Left alone: it was so before <span class="count">1</span>' in page
    assert rows("SELECT event, status FROM decisions WHERE decided_by <> 'policy'") == [("keep", "published")]
    assert rows("SELECT count(*) FROM reports WHERE resolved_at IS NULL") == [(0,)]
    assert rows("SELECT rank FROM comments WHERE id = :id", id=reported) == [(0,)]

    client.post(f"{job}/undo", data={"csrf_token": "in the header"})
    work(runtime)
    assert rows("SELECT count(*) FROM reports WHERE resolved_at IS NULL") == [(1,)]
    assert rows("SELECT rank, status FROM comments WHERE id = :id", id=reported) == [(5, "published")]


def test_a_wave_is_one_row_over_all_pages(
    log_in: LogIn, visitor: Visitor, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first that matches stands for all of them, whatever the filter; nobody else's site is told of it."""
    monkeypatch.setattr(queue, "PAGE", 2)
    ids = waiting(visitor, 9)
    rows(
        "INSERT INTO near_duplicates (comment_id, group_id)"
        " SELECT id, CAST(:first AS uuid) FROM comments WHERE id = ANY(:ids) ON CONFLICT (comment_id)"
        " DO UPDATE SET group_id = excluded.group_id",
        first=ids[1],
        ids=ids[1:6],
    )
    client = log_in()

    def shown(address: str) -> list[list[UUID]]:
        pages = []
        while address:
            page = client.get(address).get_data(as_text=True)
            pages.append([UUID(one) for one in re.findall(r'class="row[^"]*" data-id="([^"]+)"', page)])
            (address,) = re.findall(r'id="further" href="([^"]+)"', page) or [""]
            address = address.replace("&amp;", "&")
        return pages

    assert shown("/desk/") == [[ids[0], ids[1]], [ids[6], ids[7]], [ids[8]]]
    assert "and 4 like it" in client.get("/desk/").get_data(as_text=True)
    assert shown("/desk/?text=0103") == [[ids[3]]]
    assert shown("/desk/?status=any") == [[ids[0], ids[1]], [ids[6], ids[7]], [ids[8]]]

    rows("UPDATE comments SET status = 'spam' WHERE id = :id", id=ids[1])
    assert shown("/desk/?status=held")[0] == [ids[0], ids[2]]
    answer = client.get(f"/desk/comments/{ids[1]}/like?site=blog")
    assert f'data-id="{ids[2]}"' in answer.text
    assert f'href="/desk/comments/{ids[2]}?site=blog"' in answer.text
    assert "and 3 like it" in answer.text
    assert f'data-id="{ids[3]}"' in client.get(f"/desk/comments/{ids[1]}/like?text=0103").text
    assert client.get(f"/desk/comments/{ids[0]}/like").status_code == 204
    rows("UPDATE comments SET rank = 9 WHERE id = :id", id=ids[4])
    assert shown("/desk/")[0] == [ids[4], ids[0]]


def test_another_site_is_not_told_what_is_like_it(log_in: LogIn, visitor: Visitor, runtime: Runtime) -> None:
    (comment_id,) = waiting(visitor, 1)
    client = log_in("owner", of=add_site(runtime, "other", "https://other.example.com"))
    assert client.get(f"/desk/comments/{comment_id}/like").status_code == 404
