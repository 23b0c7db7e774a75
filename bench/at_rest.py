"""At rest: one comment at a time, from its POST until it is published and until a reader sees it."""

import time

import httpx
import psycopg

from bench.book import Book, Plan, Step, Table, at_most, number, percentile
from bench.stage import SITE, Greenroom, author, text
from tests.stack import wait_until

SECTION = "at rest"
COMMENTS = 60
WATCHED = 12
PAUSE_S = 0.15
LONGEST_S = 30


def steps(_: Plan) -> int:
    return 2


def measure(_: Plan, book: Book, step: Step) -> None:
    step("at rest: starting a Greenroom")
    with Greenroom() as greenroom, httpx.Client(base_url=greenroom.url, timeout=20) as client:
        greenroom.post("The first one warms everything up, as the first visitor of a day does.")
        greenroom.wait_decided()
        step(f"at rest: {COMMENTS} comments, one at a time")
        with greenroom.database() as connection:
            waits = [_one(greenroom, client, connection, index, book) for index in range(COMMENTS)]
            seen = [_until_seen(greenroom, client, connection, COMMENTS + index, book) for index in range(WATCHED)]
    posts, published = [post for post, _ in waits], [whole for _, whole in waits]
    book.samples.append({"section": SECTION, "post_ms": posts, "published_ms": published, "seen_ms": seen})
    book.add(SECTION, "from POST to published, p50", [percentile(published, 0.5)], "ms", at_most(150))
    book.add(SECTION, "from POST to published, p95", [percentile(published, 0.95)], "ms")
    book.add(SECTION, "from published to the public list, longest", [max(seen)], "ms", at_most(1000))
    rows = [
        [name, *(number(percentile(values, share)) for share in (0.5, 0.95)), number(max(values)), str(len(values))]
        for name, values in (
            ("POST answered", posts), ("POST to published", published), ("published to the public list", seen),
        )
    ]  # fmt: skip
    book.tables.append(Table("One comment at a time", ["", "p50 ms", "p95 ms", "longest ms", "comments"], rows))


def _one(
    greenroom: Greenroom, client: httpx.Client, connection: psycopg.Connection[tuple[object, ...]], index: int, book: Book
) -> tuple[float, float]:  # fmt: skip
    """Milliseconds until the POST was answered, and until the decision was there for everybody to see."""
    time.sleep(PAUSE_S)
    began = time.monotonic()
    comment_id = _post(greenroom, client, index)
    answered = time.monotonic()
    status = _decided(connection, comment_id)
    ended = time.monotonic()
    if status != "published":
        book.errors.append(f"at rest: an honest comment became {status}")
    return (answered - began) * 1000, (ended - began) * 1000


def _until_seen(
    greenroom: Greenroom, client: httpx.Client, connection: psycopg.Connection[tuple[object, ...]], index: int, book: Book
) -> float:  # fmt: skip
    """Milliseconds from published to being in the list, which somebody reads all the time."""
    page = {"page_url": f"{greenroom.url}/bench/rest"}

    def listed() -> str:
        return client.get(f"/api/v1/sites/{SITE}/comments", params=page).text

    listed()
    comment_id = _post(greenroom, client, index)
    published = None
    ends_at = time.monotonic() + LONGEST_S
    while comment_id not in listed():
        if published is None and _status(connection, comment_id) == "published":
            published = time.monotonic()
        if time.monotonic() > ends_at:
            book.errors.append(f"at rest: an honest comment was not seen: {_status(connection, comment_id)}")
            break
    return (time.monotonic() - published) * 1000 if published else 0.0


def _post(greenroom: Greenroom, client: httpx.Client, index: int) -> str:
    sent = {
        "page_url": f"{greenroom.url}/bench/rest", "author_name": author(index),
        "author_email": f"rest{index}@example.org", "body": text(index),
    }  # fmt: skip
    answer = client.post(f"/api/v1/sites/{SITE}/comments", json=sent, headers={"Origin": greenroom.url})
    answer.raise_for_status()
    return str(answer.json()["id"])


def _status(connection: psycopg.Connection[tuple[object, ...]], comment_id: str) -> str:
    row = connection.execute("SELECT status FROM comments WHERE id = %s", [comment_id]).fetchone()
    return str(row[0]) if row else "missing"


def _decided(connection: psycopg.Connection[tuple[object, ...]], comment_id: str) -> str:
    ends_at = time.monotonic() + LONGEST_S
    while (status := _status(connection, comment_id)) == "pending" and time.monotonic() < ends_at:
        time.sleep(0.002)
    return status


def published(greenroom: Greenroom, client: httpx.Client, page_url: str, count: int) -> None:
    """Put so many comments on a page as its visitors would, and wait until all are public."""
    for index in range(count):
        sent = {
            "page_url": page_url, "author_name": author(index), "author_email": f"reader{index}@example.org",
            "body": text(10_000 + index),
        }  # fmt: skip
        client.post(f"/api/v1/sites/{SITE}/comments", json=sent, headers={"Origin": greenroom.url}).raise_for_status()

    def total() -> int:
        listing = client.get(f"/api/v1/sites/{SITE}/comments", params={"page_url": page_url})
        return int(listing.json()["total"])

    wait_until(lambda: total() == count, LONGEST_S * 2, lambda: f"only {total()} of {count} comments were published")
