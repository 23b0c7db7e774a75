"""Faults: each breaks a running Greenroom under load, waits until it has mended itself, and counts every comment.

`python -m tests.faults --rounds 20` repeats each and prints a table; tests/test_promises.py runs each once.
"""

import itertools
import random
import signal
import sys
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from statistics import median
from typing import Self

import click
import httpx
import psutil
import psycopg
from redis.exceptions import RedisError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rq import Queue
from rq.serializers import JSONSerializer

from service.gateways.job_queue import JOB_KINDS
from tests.stack import Stack, wait_until

SABOTAGE = {"PYTHONPATH": str(Path(__file__).parent / "sabotage")}
WORKERS = ("worker-spam", "worker-moderation")

RATE = 40.0
SENDERS = 8
SETTLED_WITHIN_S = 60.0
HALF_WITHIN_S = 15.0
FLUSHED_WITHIN_S = 30.0
LAST_ONES_S = 15.0
IMPATIENCE_S = 2.0
AWAY_S = 4.0
HANG_S = 8.0
WIDTH = 120


# The load: comments that are like no other, sent as a careful client would.

WORDS = (
    "garden river window morning letter bridge season kitchen village answer picture winter corner journey market"
    " teacher engine forest island shadow summer ticket harbour pocket castle basket butter candle circle cotton"
    " doctor farmer finger flower hammer holiday jacket ladder lesson meadow mirror museum needle orange palace"
    " pencil pepper pillow planet rabbit ribbon saddle sailor school silver spring square station street sugar"
    " supper tailor temple thunder timber tunnel turtle valley velvet violin wagon walnut weather wheel yellow"
).split()  # fmt: skip


def fresh_body(marker: str = "") -> str:
    """A text that shares no phrase with any other. `marker` asks tests/sabotage to misbehave."""
    name = "".join(chr(ord("g") + int(digit, 16)) for digit in uuid.uuid4().hex)
    return " ".join(filter(None, [*random.choices(WORDS, k=20), marker, name]))  # noqa: S311 - not a secret


@dataclass(slots=True)
class Post:
    """One comment that was sent, once or again and again with the same key. `answers` are codes or errors' names."""

    key: str
    body: str
    page: int
    comment_id: uuid.UUID | None = None
    answers: list[str] = field(default_factory=list)
    slowest_s: float = 0.0


def accepted_of(posts: Iterable[Post]) -> list[uuid.UUID]:
    return [post.comment_id for post in posts if post.comment_id]


class Load:
    """Posts at a bounded rate until the block ends. What isn't accepted is sent again with its key until it is."""

    def __init__(self, stack: Stack, *, rate: float = RATE, sluggish_every: int = 0) -> None:
        self.posts: list[Post] = []
        self._stack, self._rate, self._sluggish_every = stack, rate, sluggish_every
        self._numbers = itertools.count()
        self._stopping = threading.Event()
        self._threads = [threading.Thread(target=self._run, daemon=True) for _ in range(SENDERS)]
        self._began = time.monotonic()

    def __enter__(self) -> Self:
        self._began = time.monotonic()
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join(SETTLED_WITHIN_S)

    def accepts(self, more: int, within: float = SETTLED_WITHIN_S) -> None:
        """Wait until so many more comments were accepted."""
        wanted = len(self.accepted) + more
        wait_until(lambda: len(self.accepted) >= wanted, within, lambda: f"only {len(self.accepted)} of {wanted} accepted")

    @property
    def accepted(self) -> list[uuid.UUID]:
        return accepted_of(list(self.posts))

    @property
    def answers(self) -> Counter[str]:
        return Counter(answer for post in list(self.posts) for answer in post.answers)

    def _run(self) -> None:
        with httpx.Client(timeout=20) as client:
            while not self._stopping.is_set():
                number = next(self._numbers)
                if self._stopping.wait(max(0.0, self._began + number / self._rate - time.monotonic())):
                    return
                is_sluggish = self._sluggish_every and number % self._sluggish_every == 0
                post = Post(uuid.uuid4().hex, fresh_body("marksluggish" if is_sluggish else ""), number % 3)
                self.posts.append(post)
                insist(client, self._stack, post)


def insist(client: httpx.Client, stack: Stack, post: Post) -> None:
    """Send a post until it is accepted, for a minute at most."""
    deadline = time.monotonic() + SETTLED_WITHIN_S
    while post.comment_id is None and time.monotonic() < deadline:
        send(client, stack, post)
        if post.comment_id is None:
            time.sleep(0.2)


def send(client: httpx.Client, stack: Stack, post: Post) -> None:
    """Send a post once and note what came of it."""
    began = time.monotonic()
    try:
        answer = client.post(
            f"{stack.url}/api/v1/sites/demo/comments",
            json={
                "page_url": f"{stack.url}/faults/{post.page}",
                "author_name": "Ann",
                "author_email": f"reader-{post.key[:1]}@example.org",
                "body": post.body,
            },
            headers={"Origin": stack.url, "Idempotency-Key": post.key},
        )
        post.answers.append(str(answer.status_code))
        if answer.is_success:
            post.comment_id = uuid.UUID(answer.json()["id"])
        elif answer.is_client_error:
            post.answers[-1] += f" {answer.text}"
    except httpx.HTTPError as error:
        post.answers.append(type(error).__name__)
    post.slowest_s = max(post.slowest_s, time.monotonic() - began)


def send_all(stack: Stack, bodies: Iterable[str]) -> list[Post]:
    """Send each body as a comment, one after the other."""
    posts = [Post(uuid.uuid4().hex, body, 0) for body in bodies]
    with httpx.Client(timeout=20) as client:
        for post in posts:
            insist(client, stack, post)
    return posts


# The audit: what the database says about every comment that was accepted.

# It sees each decision at the moment of its commit, so that no publication goes unnoticed that was checked later.
WITNESS = """
    CREATE TABLE IF NOT EXISTS published_unchecked (comment_id uuid, revision integer);
    CREATE OR REPLACE FUNCTION witness_publication() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO published_unchecked SELECT new.comment_id, new.revision
        WHERE (SELECT count(*) FROM tasks t WHERE t.comment_id = new.comment_id AND t.revision = new.revision
               AND t.kind IN ('check_spam', 'check_moderation') AND t.outcome = 'reported') <> 2;
        RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER witness_publications AFTER INSERT ON decisions DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (new.event = 'publish' AND new.decided_by = 'policy') EXECUTE FUNCTION witness_publication();
"""


@dataclass(frozen=True, slots=True)
class Audit:
    """What became of comments that were accepted. All but `accepted` and `by_status` should be 0."""

    accepted: int
    by_status: Counter[str]
    lost: int
    twice: int
    unchecked: int
    unexplained: int
    miscounted: int

    @property
    def pending(self) -> int:
        return self.by_status["pending"]

    @property
    def decided(self) -> int:
        return self.by_status.total() - self.pending

    def complaints(self) -> list[str]:
        wrong = {name: getattr(self, name) for name in ("lost", "pending", "twice", "unchecked", "unexplained", "miscounted")}
        return [f"{count} {name}" for name, count in wrong.items() if count]


def audit(stack: Stack, accepted: Sequence[uuid.UUID]) -> Audit:
    """Count them: lost, stored or decided twice, published unchecked, with a status that no decision explains."""
    ids = list(set(accepted))
    with stack.database() as connection:

        def count(query: str) -> int:
            row = connection.execute(query, {"ids": ids}).fetchone()
            return int(str(row[0])) if row else 0

        statuses = connection.execute("SELECT status, count(*) FROM comments WHERE id = ANY(%(ids)s) GROUP BY 1", {"ids": ids})
        by_status = Counter({str(status): int(str(number)) for status, number in statuses})
        return Audit(
            accepted=len(ids),
            by_status=by_status,
            lost=len(ids) - by_status.total(),
            twice=count(_STORED_TWICE) + count(_DECIDED_TWICE),
            unchecked=count(_UNCHECKED),
            unexplained=count(_UNEXPLAINED),
            miscounted=count(_MISCOUNTED),
        )


# No two posts say the same, so a text that is stored twice was one post.
_STORED_TWICE = """
    SELECT coalesce(sum(copies - 1), 0) FROM (
        SELECT count(*) AS copies FROM revisions WHERE number = 1 AND body IN (
            SELECT body FROM revisions WHERE comment_id = ANY(%(ids)s) AND number = 1)
        GROUP BY body) AS texts
"""
_DECIDED_TWICE = """
    SELECT coalesce(sum(greatest(by_policy - 1, published - 1, 0)), 0) FROM (
        SELECT count(*) FILTER (WHERE decided_by = 'policy') AS by_policy,
               count(*) FILTER (WHERE event = 'publish') AS published
        FROM decisions WHERE comment_id = ANY(%(ids)s) GROUP BY comment_id, revision) AS revisions
"""
_UNCHECKED = """
    SELECT count(*) FROM comments c WHERE c.id = ANY(%(ids)s) AND (
        EXISTS (SELECT FROM published_unchecked u WHERE u.comment_id = c.id)
        OR c.status = 'published'
        AND (SELECT count(*) FROM tasks t WHERE t.comment_id = c.id AND t.revision = c.revision
             AND t.kind IN ('check_spam', 'check_moderation') AND t.outcome = 'reported') <> 2
        AND NOT EXISTS (SELECT FROM decisions d WHERE d.comment_id = c.id AND d.decided_by LIKE 'moderator:%%'))
"""
_UNEXPLAINED = """
    SELECT count(*) FROM comments c LEFT JOIN LATERAL (
        SELECT * FROM decisions d WHERE d.comment_id = c.id ORDER BY d.id DESC LIMIT 1) AS last ON true
    WHERE c.id = ANY(%(ids)s) AND (
        c.status <> coalesce(last.status, 'pending')
        OR c.status <> 'pending' AND (coalesce(cardinality(last.reasons), 0) = 0 OR last.revision <> c.revision))
"""
_MISCOUNTED = """
    SELECT count(*) FROM threads t WHERE published_count <>
        (SELECT count(*) FROM comments c WHERE c.thread_id = t.id AND c.status = 'published')
    AND cardinality(%(ids)s) >= 0
"""


# One row of the table.


@dataclass(frozen=True, slots=True)
class Row:
    """What one fault did. Times in seconds from the fault's end to the decisions that it had interrupted."""

    fault: str
    accepted: int
    decided: int
    lost: int
    twice: int
    unchecked: int
    recoveries: tuple[float, ...]
    complaints: tuple[str, ...]

    @property
    def worst(self) -> float:
        return max(self.recoveries, default=0.0)

    @property
    def median(self) -> float:
        return median(self.recoveries) if self.recoveries else 0.0


Fault = Callable[[Stack], Row]
FAULTS: dict[str, Fault] = {}


def fault(function: Fault) -> Fault:
    """Enter a fault into the table under its name, between a calm before and an audit by all."""

    @wraps(function)
    def on_a_calm_stack(stack: Stack) -> Row:
        wait_until_calm(stack)
        return function(stack)

    FAULTS[function.__name__.replace("_", "-")] = on_a_calm_stack
    return on_a_calm_stack


def settle(  # noqa: PLR0913 - what may differ between faults
    stack: Stack,
    name: str,
    posts: Sequence[Post],
    *,
    ended_at: float,
    allowed: Iterable[str] = (),
    within: float = SETTLED_WITHIN_S,
    slowest: float | None = None,
    must_interrupt: bool = True,
) -> Row:
    """Wait until nothing is pending, audit, and say everything that is not as promised.

    `ended_at` is the fault's end in seconds since the epoch. Posts may be answered with 202 and with what is
    `allowed` besides.
    """
    accepted = accepted_of(posts)
    complaints = []
    patience = max(LAST_ONES_S, ended_at + within - time.time())
    if not comes_true(lambda: not pending(stack, accepted), patience):
        complaints.append(f"still undone: {stuck(stack, accepted)}")
    found = audit(stack, accepted)
    complaints += found.complaints()
    times = recoveries(stack, accepted, ended_at)
    if times and times[-1] > within:
        complaints.append(f"the last took {times[-1]:.0f} s")
    if times and median(times) > HALF_WITHIN_S:
        complaints.append(f"half took longer than {median(times):.0f} s")
    if must_interrupt and not times:
        complaints.append("the fault interrupted nothing, so this round says nothing")
    unanswered = [post for post in posts if not post.comment_id]
    if unanswered:
        complaints.append(f"{len(unanswered)} never accepted: {unanswered[0].answers[-3:]}")
    strange = Counter(answer for post in posts for answer in post.answers if answer not in {"202", *allowed})
    if strange:
        complaints.append(f"answered with {dict(strange)}")
    slow = max(post.slowest_s for post in posts)
    if slowest and slow > slowest:
        complaints.append(f"an answer took {slow:.1f} s")
    return Row(
        name, found.accepted, found.decided, found.lost, found.twice, found.unchecked, tuple(times), tuple(complaints)
    )


def comes_true(is_so: Callable[[], bool], seconds: float) -> bool:
    """Wait for a condition. Returns whether it became true in time."""
    try:
        wait_until(is_so, seconds)
    except AssertionError:
        return False
    return True


def pending(stack: Stack, ids: Sequence[uuid.UUID]) -> int:
    """How many of these are pending; all while the database can't be asked."""
    try:
        with stack.database() as connection:
            row = connection.execute(
                "SELECT count(*) FROM comments WHERE id = ANY(%s) AND status = 'pending'", [list(ids)]
            ).fetchone()
    except psycopg.OperationalError:
        return len(ids)
    return int(str(row[0])) if row else 0


def stuck(stack: Stack, ids: Sequence[uuid.UUID]) -> list[tuple[object, ...]]:
    """The undone tasks of the first comments that are pending."""
    with stack.database() as connection:
        return connection.execute(
            "SELECT kind, attempts, leased_by, due_at - now() FROM tasks WHERE comment_id = ANY(%s)"
            " AND done_at IS NULL LIMIT 3", [list(ids)]
        ).fetchall()  # fmt: skip


def recoveries(stack: Stack, ids: Sequence[uuid.UUID], ended_at: float) -> list[float]:
    """Seconds from the fault's end to the decision of each comment that was waiting then."""
    with stack.database() as connection:
        rows = connection.execute(
            "SELECT extract(epoch FROM min(d.decided_at))::float8 - %(ended)s FROM comments c"
            " JOIN decisions d ON d.comment_id = c.id WHERE c.id = ANY(%(ids)s) AND c.created_at < to_timestamp(%(ended)s)"
            " GROUP BY c.id HAVING min(d.decided_at) > to_timestamp(%(ended)s)",
            {"ids": list(ids), "ended": ended_at},
        ).fetchall()
    return sorted(float(str(row[0])) for row in rows)


def wait_until_calm(stack: Stack) -> None:
    """Every part runs and answers, and nothing waits."""
    wait_until(lambda: _is_calm(stack), SETTLED_WITHIN_S, "the stack did not come to rest")


def _is_calm(stack: Stack) -> bool:
    try:
        with stack.database() as connection:
            undone = connection.execute("SELECT count(*) FROM tasks WHERE done_at IS NULL").fetchone()
        stack.redis().ping()
    except (psycopg.OperationalError, RedisError):
        return False
    return undone == (0,) and stack.is_ready() and all(stack.family(part) for part in ("relay", *WORKERS))


def is_in_a_job(stack: Stack, queue: str) -> bool:
    """Whether a worker of this queue holds a task right now."""
    with stack.database() as connection:
        row = connection.execute(
            "SELECT EXISTS (SELECT FROM tasks WHERE leased_by LIKE %s AND done_at IS NULL AND due_at > now())", [f"{queue}@%"]
        ).fetchone()
    return row == (True,)


# The faults.

UNANSWERED = ("ConnectError", "ReadError", "RemoteProtocolError", "WriteError")


@fault
def worker_killed(stack: Stack) -> Row:
    """The spam worker's head is killed in the middle of a job; the process that it forked lives on."""
    return _kill_worker(stack, "worker-killed", whole_family=False)


@fault
def worker_killed_with_its_job(stack: Stack) -> Row:
    """The spam worker is killed in the middle of a job, with the process that runs the job."""
    return _kill_worker(stack, "worker-killed-with-its-job", whole_family=True)


def _kill_worker(stack: Stack, name: str, *, whole_family: bool) -> Row:
    with Load(stack, sluggish_every=10) as load:
        load.accepts(20)
        wait_until(lambda: is_in_a_job(stack, "spam"), 20)
        stack.signal("worker-spam", signal.SIGKILL, whole_family=whole_family)
        ended_at = time.time()
        load.accepts(30)
    return settle(stack, name, load.posts, ended_at=ended_at)


@fault
def web_killed(stack: Stack) -> Row:
    """The web server's main process is killed while it answers."""
    with Load(stack) as load:
        load.accepts(30)
        stack.signal("web", signal.SIGKILL)
        ended_at = time.time()
        load.accepts(30)
    return settle(stack, "web-killed", load.posts, ended_at=ended_at, allowed=UNANSWERED, must_interrupt=False)


@fault
def web_worker_killed(stack: Stack) -> Row:
    """Each process that answers HTTP is killed in turn."""
    with Load(stack) as load:
        load.accepts(30)
        ended_at = time.time()
        for process in stack.family("web")[1:]:
            process.kill()
            ended_at = time.time()
            load.accepts(15)
    return settle(stack, "web-worker-killed", load.posts, ended_at=ended_at, allowed=UNANSWERED, must_interrupt=False)


@fault
def redis_flushed(stack: Stack) -> Row:
    """Redis forgets everything while 300 comments wait."""
    with stopped(stack, *WORKERS):
        with Load(stack, rate=120) as load:
            load.accepts(300)
        waiting = pending(stack, load.accepted)
        stack.redis().flushall()
        ended_at = time.time()
    row = settle(stack, "redis-flushed", load.posts, ended_at=ended_at, within=FLUSHED_WITHIN_S)
    assert waiting >= 300, f"only {waiting} were pending"
    return row


@fault
def redis_killed(stack: Stack) -> Row:
    """Redis is killed, and started again by the supervisor, while comments are posted."""
    with Load(stack) as load:
        load.accepts(30)
        stack.signal("valkey", signal.SIGKILL)
        ended_at = time.time()
        load.accepts(60)
    return settle(stack, "redis-killed", load.posts, ended_at=ended_at, slowest=IMPATIENCE_S, must_interrupt=False)


@fault
def redis_away(stack: Stack) -> Row:
    """Redis stays away for a while; posting goes on."""
    with Load(stack) as load:
        load.accepts(30)
        with stack.held_down("valkey"):
            load.accepts(round(AWAY_S * RATE))
        ended_at = time.time()
        load.accepts(20)
    return settle(stack, "redis-away", load.posts, ended_at=ended_at, slowest=IMPATIENCE_S)


@fault
def redis_hangs(stack: Stack) -> Row:
    """Redis takes connections and answers nothing for eight seconds; posting goes on."""
    with Load(stack) as load:
        load.accepts(30)
        with stopped(stack, "valkey"):
            time.sleep(HANG_S)  # the fault itself
        ended_at = time.time()
        load.accepts(20)
    return settle(stack, "redis-hangs", load.posts, ended_at=ended_at, slowest=IMPATIENCE_S)


@fault
def database_restarted(stack: Stack) -> Row:
    """PostgreSQL is shut down fast, and started again by the supervisor."""
    return _end_database(stack, "database-restarted", signal.SIGINT)


@fault
def database_killed(stack: Stack) -> Row:
    """PostgreSQL's main process is killed, and the server recovers from its log."""
    return _end_database(stack, "database-killed", signal.SIGKILL)


def _end_database(stack: Stack, name: str, number: signal.Signals) -> Row:
    with Load(stack, sluggish_every=10) as load:
        load.accepts(20)
        wait_until(lambda: is_in_a_job(stack, "spam"), 20)
        before = stack.pid("postgres")
        stack.signal("postgres", number)
        wait_until(lambda: stack.pid("postgres") != before and _answers(stack), SETTLED_WITHIN_S)
        ended_at = time.time()
        load.accepts(30)
    return settle(stack, name, load.posts, ended_at=ended_at, allowed={"503"}, must_interrupt=False)


def _answers(stack: Stack) -> bool:
    try:
        stack.database().close()
    except psycopg.OperationalError:
        return False
    return True


@fault
def jobs_delivered_three_times(stack: Stack) -> Row:
    """Every job is delivered three times, to two workers of each queue and by two relays, and once more when all is done."""
    with ExitStack() as others:
        for queue in ("spam", "moderation"):
            others.enter_context(stack.another("worker", queue, "--name", "second"))
        others.enter_context(stack.another("relay"))
        wait_until(lambda: stack.redis().scard("rq:workers") >= 2 * len(WORKERS), 20, "the second workers did not start")
        with Load(stack, rate=25) as load:
            sent = 0
            for _ in range(10):
                load.accepts(8)
                fresh, sent = load.accepted[sent:], len(load.accepted)
                deliver(stack, fresh, times=3)
        ended_at = time.time()
        wait_until(lambda: not pending(stack, load.accepted), SETTLED_WITHIN_S)
        deliver(stack, load.accepted, times=1)
        wait_until(lambda: all_delivered(stack), SETTLED_WITHIN_S, "the late jobs were not taken")
    return settle(stack, "jobs-delivered-three-times", load.posts, ended_at=ended_at, must_interrupt=False)


def deliver(stack: Stack, comment_ids: Sequence[uuid.UUID], *, times: int) -> None:
    """Put the jobs of these comments into Redis behind Greenroom's back."""
    with stack.database() as connection:
        tasks = connection.execute(
            "SELECT id, kind FROM tasks WHERE comment_id = ANY(%s) ORDER BY id", [list(comment_ids)]
        ).fetchall()
    redis = stack.redis()
    for queue, function in {(kind.queue, kind.function) for kind in JOB_KINDS.values()}:
        jobs = [
            Queue.prepare_data(function, args=(task_id,), result_ttl=0, description="again")
            for task_id, kind in tasks
            if JOB_KINDS[str(kind)].queue == queue
        ]
        with redis.pipeline(transaction=False) as pipeline:
            Queue(queue, connection=redis, serializer=JSONSerializer).enqueue_many(jobs * times, pipeline=pipeline)
            pipeline.execute()


def all_delivered(stack: Stack) -> bool:
    """Whether no job waits, and no worker of `greenroom up` has one in hand."""
    redis = stack.redis()
    waiting = any(redis.llen(f"rq:queue:{kind.queue}") for kind in JOB_KINDS.values())
    return not waiting and all(len(stack.family(part)) == 1 for part in WORKERS)


@fault
def check_raises(stack: Stack) -> Row:
    """A check raises an error at one comment of a batch."""
    return _misbehave(stack, "check-raises", "markraises")


@fault
def check_sleeps(stack: Stack) -> Row:
    """A check hangs at one comment of a batch, in Python."""
    return _misbehave(stack, "check-sleeps", "marksleeps")


@fault
def check_spins(stack: Stack) -> Row:
    """A check hangs at one comment of a batch, in C, holding the interpreter's lock, deaf to signals."""
    return _misbehave(stack, "check-spins", "markspins")


@fault
def check_dies(stack: Stack) -> Row:
    """A check kills its process at one comment of a batch."""
    return _misbehave(stack, "check-dies", "markdies")


def _misbehave(stack: Stack, name: str, marker: str) -> Row:
    """One batch with one comment at which the check fails; it must be held, and every other one published."""
    with stopped(stack, "worker-spam"):
        posts = send_all(stack, [fresh_body(marker), *(fresh_body() for _ in range(11))])
        ended_at = time.time()
    with Load(stack, rate=10) as load:
        comes_true(lambda: not pending(stack, accepted_of(posts)), SETTLED_WITHIN_S)
    row = settle(stack, name, [*posts, *load.posts], ended_at=ended_at)
    complaints = list(row.complaints)
    marked, innocent = statuses(stack, posts[:1]), statuses(stack, [*posts[1:], *load.posts])
    if marked != {"held": 1}:
        complaints.append(f"the comment at which the check fails is {dict(marked)}")
    if set(innocent) != {"published"}:
        complaints.append(f"the others are {dict(innocent)}")
    return Row(
        row.fault, row.accepted, row.decided, row.lost, row.twice, row.unchecked, row.recoveries, tuple(complaints)
    )


def statuses(stack: Stack, posts: Sequence[Post]) -> Counter[str]:
    """How many of these posts have which status."""
    return audit(stack, accepted_of(posts)).by_status


@contextmanager
def stopped(stack: Stack, *parts: str) -> Iterator[None]:
    """These parts stand still, as they are, until the block ends."""
    families = [process for part in parts for process in stack.family(part)]
    for process in families:
        with suppress(psutil.NoSuchProcess):
            process.suspend()
    try:
        yield
    finally:
        for process in families:
            with suppress(psutil.NoSuchProcess):
                process.resume()


@contextmanager
def stage() -> Iterator[Stack]:
    """A Greenroom with checks that can be asked to misbehave and a database that witnesses every publication."""
    with Stack(env=SABOTAGE) as stack:
        with stack.database() as connection:
            connection.execute(WITNESS)
        yield stack


# The table.


@click.command()
@click.option("--rounds", default=20, show_default=True, help="How often each fault happens.")
@click.option("--only", multiple=True, type=click.Choice(list(FAULTS)), help="Only these; repeat for more.")
def main(rounds: int, only: tuple[str, ...]) -> None:
    """Break a running Greenroom in every way of tests/test_promises.py, again and again, and print what became of
    every comment. Exits with 1 when a promise was broken.

    \b
    python -m tests.faults --rounds 20
    python -m tests.faults --only redis-hangs --rounds 3
    """
    chosen = [name for name in FAULTS if not only or name in only]
    rows: dict[str, list[Row]] = {name: [] for name in chosen}
    console = Console(width=None if sys.stdout.isatty() else WIDTH)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        bar = progress.add_task("", total=rounds * len(chosen))
        for number in range(1, rounds + 1):
            with stage() as stack:
                for name in chosen:
                    progress.update(bar, description=f"round {number}: {name}")
                    rows[name].append(attempt(name, stack))
                    for complaint in rows[name][-1].complaints:
                        progress.console.print(f"round {number}, {name}: {complaint} (see {stack.log})")
                    progress.advance(bar)
    console.print(table(rows))
    raise SystemExit(any(row.complaints for found in rows.values() for row in found))


def attempt(name: str, stack: Stack) -> Row:
    """A fault's row, also when it went so wrong that there is nothing to count."""
    try:
        return FAULTS[name](stack)
    except (AssertionError, psutil.Error, psycopg.Error, RedisError, httpx.HTTPError) as error:
        return Row(name, 0, 0, 0, 0, 0, (), (f"{type(error).__name__}: {error}",))


def table(rows: dict[str, list[Row]]) -> Table:
    """One line per fault: sums over its rounds, and the recovery of everything that it interrupted."""
    titles = ("fault", "kept", "accepted", "decided", "lost", "twice", "unchecked", "worst s", "median s")
    drawn = Table(*titles, title="What became of every accepted comment")
    for column in drawn.columns[1:]:
        column.justify = "right"
    for name, found in rows.items():
        kept = sum(not row.complaints for row in found)
        sums = [sum(getattr(row, column) for row in found) for column in titles[2:7]]
        times = [seconds for row in found for seconds in row.recoveries]
        worst, middle = (f"{max(times):.1f}", f"{median(times):.1f}") if times else ("–", "–")
        drawn.add_row(name, f"{kept}/{len(found)}", *(f"{number:,}" for number in sums), worst, middle)
    return drawn


if __name__ == "__main__":
    main()
