"""The desk: does the review queue stay fast when much is stored and much waits, and is anything found quickly?"""

import time
from collections.abc import Callable, Mapping
from typing import Any

import httpx

from bench import desk_seed
from bench.book import Book, Plan, Step, Table, at_most, percentile, spread
from bench.stage import SITE, Greenroom
from service.storage import moderators, sessions, sites
from service.storage.database import connect
from service.vault import new_session_token

SECTION = "desk"
STORED, FEW, MANY = 100_000, 1_000, 10_000
QUIET, QUIET_STORED = "quiet", 10_000
"""The site where few wait, beside the one where many do, in the same database: they are asked in turn."""

OK = 200
REQUESTS = 60
FIRST_PAGE, DESK = "first page over the API", "first page at the desk"

Question = Callable[[httpx.Client], httpx.Response]
Times = dict[str, list[list[float]]]
"""Milliseconds of every request, by question and round."""


def steps(plan: Plan) -> int:
    return 2 + plan.rounds


def measure(plan: Plan, book: Book, step: Step) -> None:
    step(f"desk: starting a Greenroom and giving it {STORED:,} comments")
    with Greenroom() as greenroom:
        greenroom.command("site", "add", QUIET, "--name", "Quiet", "--origin", "https://quiet.example.com")
        desk_seed.fill(greenroom, QUIET, stored=QUIET_STORED, held=FEW)
        desk_seed.fill(greenroom, SITE, stored=STORED - QUIET_STORED, held=MANY)
        with _client(greenroom, QUIET) as quiet, _client(greenroom, SITE) as busy:
            few, many = _ask({QUIET: quiet, SITE: busy}, plan, book, step)
    _report(few, many, book)


def _client(greenroom: Greenroom, site_key: str) -> httpx.Client:
    """An owner of the site: for the API with a token, for the pages with a session."""
    token = greenroom.command("token", "add", "--site", site_key, "--role", "owner", "--name", "bench").strip()
    session = new_session_token()
    engine = connect(greenroom.servers()["database_url"], pool_size=1)
    with engine.begin() as connection:
        site = sites.find(connection, site_key)
        assert site is not None
        moderator_id = moderators.add(connection, f"of {site_key}", password_hash="-", site_id=site.id, role="owner")
        sessions.begin(connection, moderator_id, digest=session.digest)
    engine.dispose()
    return httpx.Client(
        base_url=greenroom.url,
        headers={"Authorization": f"Bearer {token}"},
        cookies={"greenroom_session": session.shown},
        timeout=20,
    )


def _questions() -> dict[str, Question]:
    """What a moderator asks: the page that opens first, the numbers beside it, filters, and searches of all kinds."""
    often = desk_seed.frequent_word()

    def get(path: str, **query: Any) -> Question:
        return lambda client: client.get(f"/api/v1/review/{path}", params=query)

    def search(text: str, status: str = "any") -> Question:
        return lambda client: client.post("/api/v1/review/search", json={"text": text, "status": status})

    return {
        FIRST_PAGE: get("comments"),
        DESK: lambda client: client.get("/desk/"),
        "counts": get("counts"),
        "filtered by label and score": get("comments", label="threat", min_score="0.9"),
        "filtered by reason and language": get("comments", reason="mode", language="de"),
        "all statuses": get("comments", status="any"),
        "search: a rare word in everything": search(desk_seed.RARE),
        "search: from within a long word": search("quartz"),
        "search: the most frequent word in everything": search(often),
        "search: the most frequent word in what waits": search(often, "waiting"),
        "search: a word and an author's name": search(f"{often} 123"),
        "search: a beginning of two letters": search("ba"),
        "search: a phrase": search('"page number 7"'),
        "search: an e-mail address": search("somebody@example.org"),
    }


def _ask(clients: Mapping[str, httpx.Client], plan: Plan, book: Book, step: Step) -> tuple[Times, ...]:
    """Every question to every site in turn, so that a busy neighbour hits all alike."""
    questions = _questions()
    found: dict[str, Times] = {site: {name: [] for name in questions} for site in clients}
    for number in range(plan.rounds):
        step(f"desk, round {number + 1} of {plan.rounds}: {len(questions)} questions to two sites")
        for times in found.values():
            for rounds in times.values():
                rounds.append([])
        for _ in range(REQUESTS):
            for name, question in questions.items():
                for site, client in clients.items():
                    found[site][name][-1].append(_milliseconds(client, name, question, book))
    book.samples.append({"section": SECTION, "ms": found})
    return tuple(found.values())


def _milliseconds(client: httpx.Client, name: str, question: Question, book: Book) -> float:
    began = time.perf_counter()
    answer = question(client)
    took = (time.perf_counter() - began) * 1_000
    if answer.status_code != OK:
        book.errors.append(f"desk, {name}: {answer.status_code}")
    return took


def _report(few: Times, many: Times, book: Book) -> None:
    def medians(rounds: list[list[float]]) -> list[float]:
        return [percentile(times, 0.5) for times in rounds]

    for page in (FIRST_PAGE, DESK):
        first = medians(many[page])
        ratio = [more / less for more, less in zip(first, medians(few[page]), strict=True)]
        book.add(SECTION, f"{page}, {STORED:,} stored, {MANY:,} held: median", first, "ms", at_most(150))
        book.add(SECTION, f"{page}: {MANY:,} held against {FEW:,}", ratio, "x", at_most(1.5))
    slowest = max((medians(rounds) for name, rounds in many.items() if name.startswith("search")), key=max)
    book.add(SECTION, f"the slowest kind of search among {STORED:,}: median", slowest, "ms", at_most(300))
    rows = [
        [
            name,
            spread(medians(few[name])),
            spread(medians(rounds)),
            spread([percentile(times, 0.99) for times in rounds]),
        ]
        for name, rounds in many.items()
    ]
    columns = ["", f"{FEW:,} held: median ms", f"{MANY:,} held: median ms", f"{MANY:,} held: p99 ms"]
    book.tables.append(Table(f"The desk, {STORED:,} comments stored, one request at a time", columns, rows))
