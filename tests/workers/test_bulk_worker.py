"""A bulk decision in a whole Greenroom of real processes, whose worker is killed on the way."""

import signal

import httpx
import pytest

from tests.stack import Stack, wait_until

SITE = "bulk"
ORIGIN = "https://bulk.example.org"
COUNT = 3_000
DECIDED_WITHIN_S = 60

SEED = """
    WITH site AS (SELECT id FROM sites WHERE key = %(site)s), thread AS (
        INSERT INTO threads (site_id, page_key, page_url)
        SELECT id, decode(md5('bulk'), 'hex'), 'https://bulk.example.org/' FROM site RETURNING id, site_id
    ), comment AS (
        INSERT INTO comments (id, site_id, thread_id, author_name, status, created_at)
        SELECT uuidv7(), thread.site_id, thread.id, 'Author ' || n, 'held', now()
        FROM thread CROSS JOIN generate_series(1, %(count)s) AS n RETURNING id
    )
    INSERT INTO revisions (comment_id, number, body) SELECT id, 1, 'Words of ' || id FROM comment
"""


@pytest.fixture
def token(live: Stack) -> str:
    """Of a moderator of a site on which three thousand comments wait."""
    live.command("site", "add", SITE, "--origin", ORIGIN)
    with live.database() as connection:
        connection.execute(SEED, {"site": SITE, "count": COUNT})
    return live.command("token", "add", "--site", SITE, "--role", "moderator").split()[-1]


def test_a_killed_bulk_worker_decides_everything_once(live: Stack, token: str) -> None:
    """Killed three times in the middle, and each comment has exactly one decision at the end."""
    client = httpx.Client(base_url=live.url, headers={"Authorization": f"Bearer {token}"}, timeout=20)
    sent = {"decision": "publish", "expected": COUNT, "query": {"site": SITE}}
    job_id = client.post("/api/v1/review/bulk", json=sent).json()["id"]

    def processed() -> int:
        return int(client.get(f"/api/v1/review/bulk/{job_id}").json()["processed"])

    kills = 0
    while kills < 3:
        so_far, pid = processed(), live.pid("worker-bulk")
        wait_until(lambda so_far=so_far: processed() > so_far, DECIDED_WITHIN_S)
        if processed() == COUNT:
            break
        live.signal("worker-bulk", signal.SIGKILL, whole_family=True)
        kills += 1
        wait_until(lambda pid=pid: live.pid("worker-bulk") != pid, 30)
    wait_until(lambda: processed() == COUNT, DECIDED_WITHIN_S)

    assert kills > 0
    shown = client.get(f"/api/v1/review/bulk/{job_id}").json()
    assert (shown["state"], shown["results"]) == ("finished", {"done": COUNT})
    with live.database() as connection:
        assert connection.execute(
            "SELECT count(*), count(DISTINCT comment_id) FROM decisions d JOIN sites s ON s.id = d.site_id"
            " WHERE s.key = %s",
            [SITE],
        ).fetchall() == [(COUNT, COUNT)]
        assert connection.execute(
            "SELECT published_count FROM threads t JOIN sites s ON s.id = t.site_id WHERE s.key = %s", [SITE]
        ).fetchall() == [(COUNT,)]
