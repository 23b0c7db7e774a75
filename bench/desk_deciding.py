"""Deciding at the desk: pairs of moderators at once, and a bulk decision beside a web that goes on answering."""

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

import httpx

from bench import desk_seed
from bench.book import Book, Plan, Step, Table, at_least, at_most, percentile, spread
from bench.stage import SITE, Greenroom

SECTION = "desk-deciding"
PAIRS = 200
AT_ONCE = 10_000
LONGEST_S = 300
REVIEW = "/api/v1/review"
ASK_EVERY_S = 0.02


def steps(plan: Plan) -> int:
    return 2 + 2 * plan.rounds


def measure(plan: Plan, book: Book, step: Step) -> None:
    step(f"desk-deciding: starting a Greenroom and giving it {AT_ONCE + PAIRS * plan.rounds:,} held comments")
    pairs, bulks, waits = [], [], []
    with Greenroom() as greenroom:
        desk_seed.fill(greenroom, SITE, stored=AT_ONCE + PAIRS * plan.rounds, held=AT_ONCE + PAIRS * plan.rounds)
        with _moderator(greenroom, "ada") as ada, _moderator(greenroom, "bob") as bob:
            for number in range(plan.rounds):
                step(f"desk-deciding, round {number + 1} of {plan.rounds}: {PAIRS} pairs of opposite decisions at once")
                pairs.append(_pairs(greenroom, ada, bob, book))
            for number in range(plan.rounds):
                step(f"desk-deciding, round {number + 1} of {plan.rounds}: {AT_ONCE:,} comments in one go")
                took, times = _bulk(ada, book)
                bulks.append(took)
                waits.append(times)
                _take_back(ada)
    _report(pairs, bulks, waits, book)


def _moderator(greenroom: Greenroom, name: str) -> httpx.Client:
    token = greenroom.command("token", "add", "--site", SITE, "--role", "moderator", "--name", name).strip()
    return httpx.Client(base_url=greenroom.url, headers={"Authorization": f"Bearer {token}"}, timeout=30)


def _pairs(greenroom: Greenroom, ada: httpx.Client, bob: httpx.Client, book: Book) -> dict[str, int]:
    """Winners, refusals that name the winner's decision, and lines in the log."""
    first = ada.get(f"{REVIEW}/comments?limit={PAIRS // 2}").json()
    second = ada.get(f"{REVIEW}/comments?limit={PAIRS // 2}&cursor={first['next_cursor']}").json()
    ids = [item["id"] for page in (first, second) for item in page["comments"]]
    with greenroom.database() as connection:
        before = connection.execute("SELECT count(*) FROM decisions").fetchone()

    def decide(turn: int) -> tuple[str, httpx.Response]:
        client, decision = ((ada, "publish"), (bob, "spam"))[turn % 2]
        sent = {"decision": decision, "revision": 1}
        return ids[turn // 2], client.post(f"{REVIEW}/comments/{ids[turn // 2]}/decisions", json=sent)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(decide, range(2 * PAIRS)))
    won = {comment_id: answer.json()["decision_id"] for comment_id, answer in answers if answer.status_code == 201}
    told = sum(a.status_code == 409 and a.json()["decision"]["id"] == won.get(i) for i, a in answers)
    with greenroom.database() as connection:
        after = connection.execute("SELECT count(*) FROM decisions").fetchone()
    assert before
    assert after
    found = {"winners": len(won), "refusals": told, "in the log": int(str(after[0])) - int(str(before[0]))}
    if found != dict.fromkeys(found, PAIRS):
        book.errors.append(f"desk-deciding: {found}, {Counter(answer.status_code for _, answer in answers)}")
    return found


def _bulk(client: httpx.Client, book: Book) -> tuple[float, list[float]]:
    """Seconds from the request to the last decision, and how long other requests took meanwhile, in milliseconds."""
    count = client.post(f"{REVIEW}/bulk/preview", json={"query": {"site": SITE}}).json()["count"]
    with _others(client, book) as times:
        began = time.monotonic()
        sent = {"decision": "publish", "expected": count, "query": {"site": SITE}}
        job = client.post(f"{REVIEW}/bulk", json=sent).json()
        done = _wait(client, job["id"])
        took = time.monotonic() - began
    if done["results"] != {"done": count}:
        book.errors.append(f"desk-deciding: {done['results']} of {count}")
    return took * AT_ONCE / count, times


@contextmanager
def _others(client: httpx.Client, book: Book) -> Iterator[list[float]]:
    """Somebody reads the queue, a page and its health, one after the other, for as long as the block lasts."""
    paths = (f"{REVIEW}/comments", f"{REVIEW}/counts", "/healthz", "/demo/")
    stop, times = Event(), []

    def ask() -> None:
        with httpx.Client(base_url=client.base_url, headers=client.headers, timeout=30) as own:
            while not stop.is_set():
                for path in paths:
                    began = time.perf_counter()
                    answer = own.get(path)
                    times.append((time.perf_counter() - began) * 1_000)
                    if not answer.is_success:
                        book.errors.append(f"desk-deciding, {path}: {answer.status_code}")
                stop.wait(ASK_EVERY_S)

    thread = Thread(target=ask)
    thread.start()
    try:
        yield times
    finally:
        stop.set()
        thread.join()


def _take_back(client: httpx.Client) -> None:
    """So that the next round finds as many."""
    newest = client.get(f"{REVIEW}/bulk?limit=1").json()["bulk"][0]
    undo = client.post(f"{REVIEW}/bulk/{newest['id']}/undo", json={}).json()
    _wait(client, undo["id"])


def _wait(client: httpx.Client, job_id: int) -> dict[str, Any]:
    ends_at = time.monotonic() + LONGEST_S
    while True:
        job: dict[str, Any] = client.get(f"{REVIEW}/bulk/{job_id}").json()
        if job["state"] in {"finished", "stopped"} or time.monotonic() > ends_at:
            return job
        time.sleep(0.1)


def _report(pairs: list[dict[str, int]], bulks: list[float], waits: list[list[float]], book: Book) -> None:
    for name in ("winners", "refusals", "in the log"):
        counts = [found[name] for found in pairs]
        book.add(SECTION, f"{PAIRS} pairs of opposite decisions at once: {name}", counts, "", at_least(PAIRS))
    slowest = [percentile(times, 0.99) for times in waits]
    book.add(SECTION, f"a bulk decision over {AT_ONCE:,} comments", bulks, "s", at_most(60))
    book.add(SECTION, "other requests meanwhile: p99", slowest, "ms", at_most(300))
    rows = [
        [f"a bulk decision over {AT_ONCE:,} comments, seconds", spread(bulks)],
        ["other requests meanwhile, median ms", spread([percentile(times, 0.5) for times in waits])],
        ["other requests meanwhile, p99 ms", spread(slowest)],
    ]
    book.tables.append(Table("Deciding at the desk", ["", ""], rows))
