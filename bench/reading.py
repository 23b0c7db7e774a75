"""Reading: a thread of 100 comments beside a constant of the same bytes; long threads; a large site."""

from urllib.parse import quote

import httpx

from bench import at_rest, rounds, seed
from bench.book import Book, Plan, Step, at_least, at_most, ratios
from bench.rounds import Subject
from bench.stage import SITE, Greenroom, Isso, Server, bare_floor

SECTION = "reading"
HUNDRED, LONG = 100, 5_000
SMALL_SITE, LARGE_SITE = 1_000, 50_000
PER_THREAD = 100
NOISE = 1.1
"""What is the same may differ by a tenth in a measurement."""

PAGE = "a thread of 100"
CONSTANT = "floor: a constant of the same bytes"
ISSO = "Isso, a thread of 100"
FIRST, DEEP = "a thread of 5,000, first page", "a thread of 5,000, page 49"
NEW_PAGE = "a thread of 100, never asked before"
NEW_FIRST, NEW_DEEP = f"{FIRST}, never asked before", f"{DEEP}, never asked before"
SMALL = f"{NEW_PAGE}, site of {SMALL_SITE:,}"


def steps(plan: Plan) -> int:
    return 2 + plan.rounds * (9 if plan.isso else 8)


def measure(plan: Plan, book: Book, step: Step) -> None:
    step("reading: starting two Greenrooms")
    isso = Isso(plan.isso) if plan.isso else None
    if isso:
        isso.seed(HUNDRED)
    with Greenroom() as small, Greenroom() as large:
        body = _visitors_write(large)
        _visitors_write(small)
        step(f"reading: filling one site with {SMALL_SITE:,} comments, the other with {LARGE_SITE:,}")
        _fill(small, SMALL_SITE)
        seed.publish(large, _page(large, "long"), LONG)
        _fill(large, LARGE_SITE - LONG)
        with bare_floor(large, body) as floor:
            subjects = _subjects(small, large, floor, isso)
            found = rounds.run(subjects, plan=plan, seconds=plan.seconds / 2, section=SECTION, book=book, step=step)
    _report(found, book, has_isso=isso is not None)


def _page(greenroom: Greenroom, name: str) -> str:
    return f"{greenroom.url}/bench/{name}"


def _visitors_write(greenroom: Greenroom) -> bytes:
    """A hundred comments through the front door. Returns the list of them as readers get it."""
    page_url = _page(greenroom, "hundred")
    with httpx.Client(base_url=greenroom.url, timeout=20) as client:
        at_rest.published(greenroom, client, page_url, HUNDRED)
        return client.get(f"/api/v1/sites/{SITE}/comments", params={"page_url": page_url}).content


def _fill(greenroom: Greenroom, count: int) -> None:
    for first in range(HUNDRED, count, PER_THREAD):
        seed.publish(greenroom, _page(greenroom, f"other-{first}"), min(PER_THREAD, count - first), first=first)
    seed.tidy(greenroom)


def _subjects(small: Greenroom, large: Greenroom, floor: Server, isso: Isso | None) -> list[Subject]:
    def reader(name: str, greenroom: Greenroom, page: str, cursor: str = "") -> Subject:
        url = f"/api/v1/sites/{SITE}/comments?page_url={quote(_page(greenroom, page), safe='')}{cursor}"
        return Subject(name, greenroom.url, {"LOAD": "read", "URLS": url}, greenroom.parts("web", "postgres", "valkey"))

    before_all = "&cursor=00000000-0000-7000-8000-%X"
    deep = f"&cursor={seed.nth_published(large, _page(large, 'long'), LONG - 2 * HUNDRED)}"
    near = f"{deep[:-12]}%X"
    subjects = [
        reader(PAGE, large, "hundred"),
        Subject(CONSTANT, floor.url, {"LOAD": "read", "URLS": "/constant"}, floor.parts(large)),
        reader(FIRST, large, "long"),
        reader(DEEP, large, "long", deep),
        reader(NEW_PAGE, large, "hundred", before_all),
        reader(SMALL, small, "hundred", before_all),
        reader(NEW_FIRST, large, "long", before_all),
        reader(NEW_DEEP, large, "long", near),
    ]
    return [*subjects, Subject(ISSO, isso.url, isso.reading, isso.parts)] if isso else subjects


def _report(found: rounds.Rounds, book: Book, *, has_isso: bool) -> None:
    ours = found.rates(PAGE)
    book.add(
        SECTION,
        "100 comments: requests/s as a share of a constant's",
        ratios(ours, found.rates(CONSTANT)),
        "",
        at_least(0.5),
    )
    if has_isso:
        book.add(
            SECTION, "100 comments: requests/s against Isso's", ratios(ours, found.rates(ISSO)), "x", at_least(100)
        )
    for name, one, other in (
        ("first page of 5,000 against the page of 100", FIRST, PAGE),
        ("page 49 of 5,000 against the page of 100", DEEP, PAGE),
        ("the same, never asked before: first page", NEW_FIRST, NEW_PAGE),
        ("the same, never asked before: page 49", NEW_DEEP, NEW_PAGE),
        (f"site of {LARGE_SITE:,} against one of {SMALL_SITE:,}, never asked before", NEW_PAGE, SMALL),
    ):
        book.add(SECTION, f"CPU: {name}", ratios(found.cpu(one), found.cpu(other)), "x", at_most(NOISE))
    book.add(SECTION, "requests/s, 100 comments", ours)
    title = f"Reading at 32 connections, in a site of {LARGE_SITE:,} comments"
    book.tables.append(rounds.table(title, found, what="requests", parts=["web", "postgres"]))
