"""Accepting: posts per second and their cost, beside the bare floor and Isso; and ten thousand on end."""

from dataclasses import asdict

from bench import rounds, wrk
from bench.book import Book, Plan, Step, at_least, at_most, ratios
from bench.rounds import Subject
from bench.stage import BACKGROUND, SERVERS, Greenroom, Isso, Server, bare_floor

ALONE = "Greenroom, accepting alone"
BUSY = "Greenroom, deciding as well"
FLOOR = "floor: Flask and the same statement"
ENQUEUE = "floor, and one rq enqueue"
PLAIN = "floor with a one-row insert instead"
ISSO = "Isso"
SECTION = "accepting"
ON_END = 10_000
STALL_MS = 1_000
IN_FLIGHT = wrk.CONNECTIONS


def steps(plan: Plan) -> int:
    return 2 + plan.rounds * (6 if plan.isso else 5)


def measure(plan: Plan, book: Book, step: Step) -> None:
    step("accepting: starting two Greenrooms and the floor")
    isso = Isso(plan.isso) if plan.isso else None
    with Greenroom() as alone, Greenroom() as busy, bare_floor(alone) as floor:
        for greenroom in (alone, busy):
            wrk.send(greenroom.url, greenroom.script, {}, seconds=1)
            greenroom.wait_decided()
        alone.sleep()
        stored = alone.count()
        found = rounds.run(
            _subjects(alone, busy, floor, isso), plan=plan, seconds=plan.seconds, section=SECTION, book=book, step=step
        )
        _must_be_stored(book, alone.count() - stored, sum(load.requests for load in found.loads[ALONE]), plan.rounds)
        _report(found, book, has_isso=isso is not None)
        step("accepting: ten thousand posts on end")
        _ten_thousand(busy, book)


def _subjects(alone: Greenroom, busy: Greenroom, floor: Server, isso: Isso | None) -> list[Subject]:
    bare = floor.parts(alone)
    subjects = [
        Subject(ALONE, alone.url, alone.script, alone.parts(*SERVERS)),
        Subject(FLOOR, floor.url, {**alone.script, "PREFIX": "/insert"}, bare),
        Subject(ENQUEUE, floor.url, {**alone.script, "PREFIX": "/enqueue"}, bare),
        Subject(PLAIN, floor.url, {**alone.script, "PREFIX": "/plain"}, bare),
        Subject(BUSY, busy.url, busy.script, busy.parts(), after=busy.wait_decided),
    ]
    return [*subjects, Subject(ISSO, isso.url, isso.script, isso.parts)] if isso else subjects


def _must_be_stored(book: Book, stored: int, answered: int, runs: int) -> None:
    """Every 202 is a row. What was in flight when wrk hung up may be one as well."""
    if not answered <= stored <= answered + IN_FLIGHT * runs:
        book.errors.append(f"accepting: {answered} posts were accepted and {stored} comments stored")


def _report(found: rounds.Rounds, book: Book, *, has_isso: bool) -> None:
    ours = found.rates(ALONE)
    book.add(SECTION, "posts/s as a share of the floor's", ratios(ours, found.rates(FLOOR)), "", at_least(0.55))
    if has_isso:
        book.add(SECTION, "posts/s against Isso's", ratios(ours, found.rates(ISSO)), "x", at_least(2.5))
    book.add(SECTION, "CPU per accepted comment, web + PostgreSQL + Valkey", found.cpu(ALONE), "ms", at_most(1.3))
    book.add(SECTION, "p99 at 32 connections", [load.p99_ms for load in found.loads[ALONE]], "ms", at_most(150))
    book.add(SECTION, "posts/s, accepting alone", ours)
    book.add(SECTION, "posts/s, deciding as well", found.rates(BUSY))
    book.add(SECTION, "CPU per comment of workers and relay, deciding as well", found.cpu(BUSY, *BACKGROUND), "ms")
    book.add(SECTION, "CPU per comment, against the floor's", ratios(found.cpu(ALONE), found.cpu(FLOOR)), "x")
    parts = [*SERVERS, *BACKGROUND]
    book.tables.append(rounds.table("Accepting at 32 connections", found, what="posts", parts=parts))


def _ten_thousand(greenroom: Greenroom, book: Book) -> None:
    """With everything running, without a pause."""
    stored = greenroom.count()
    load = wrk.send(greenroom.url, greenroom.script, greenroom.parts(), count=ON_END)
    book.samples.append({"section": SECTION, "subject": "ten thousand on end", "round": 1, **asdict(load)})
    if load.requests < ON_END:
        book.errors.append(f"accepting: only {load.requests} of {ON_END} posts within {wrk.LONGEST_COUNTED_S} s")
    if load.errors:
        book.errors.append(f"accepting: {load.errors} errors in {load.requests} posts on end")
    _must_be_stored(book, greenroom.count() - stored, load.requests, 1)
    book.add(SECTION, "10,000 posts on end: errors", [load.errors], "", at_most(0))
    book.add(SECTION, "10,000 posts on end: longest wait", [load.max_ms], "ms", at_most(STALL_MS))
    greenroom.wait_decided()
