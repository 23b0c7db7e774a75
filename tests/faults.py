"""Faults: each breaks a running Greenroom under load, waits until it has mended itself, and counts every comment.

`python -m tests.faults --rounds 20` repeats each and prints a table; tests/test_promises.py runs each once.
"""

import random
import signal
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from statistics import median

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
from tests.ledger import WITNESS, audit, given_up
from tests.load import RATE, Load, Post, accepted_of, fresh_body, send_all
from tests.stack import Stack, wait_until

SABOTAGE = {"PYTHONPATH": str(Path(__file__).parent / "sabotage")}
WORKERS = ("worker-spam", "worker-moderation")

SETTLED_WITHIN_S = 60.0
HALF_WITHIN_S = 15.0
FLUSHED_WITHIN_S = 30.0
LAST_ONES_S = 15.0
DELIVERED_WITHIN_S = 150.0
IMPATIENCE_S = 2.0
AWAY_S = 4.0
HANG_S = 8.0
SLUGGISH_EVERY = 40
WIDTH = 120


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


def held_by(stack: Stack, queue: str) -> list[int]:
    """The tasks that a worker of this queue has in hand, while it is in the middle of one that takes its time."""
    with stack.database() as connection:
        rows = connection.execute(
            "SELECT t.id, r.body FROM tasks t JOIN revisions r ON r.comment_id = t.comment_id AND r.number = t.revision"
            " WHERE t.leased_by LIKE %s AND t.done_at IS NULL", [f"{queue}@%"]
        ).fetchall()  # fmt: skip
    is_in_the_middle = any("marksluggish" in str(body) for _, body in rows)
    return [int(str(task_id)) for task_id, _ in rows] if is_in_the_middle else []


def is_undone(stack: Stack, task_ids: Sequence[int]) -> bool:
    """Whether one of these tasks still is to be done."""
    with stack.database() as connection:
        row = connection.execute(
            "SELECT EXISTS (SELECT FROM tasks WHERE id = ANY(%s) AND done_at IS NULL)", [list(task_ids)]
        ).fetchone()
    return row == (True,)


# The faults.

UNANSWERED = ("ConnectError", "ReadError", "RemoteProtocolError", "WriteError")


@fault
def worker_killed(stack: Stack) -> Row:
    """The spam worker's head is killed in the middle of a job. The process that runs the job lives on and reports late,
    when its successor has done the same."""
    with Load(stack, sluggish_every=SLUGGISH_EVERY) as load:
        load.accepts(20)
        wait_until(lambda: bool(held_by(stack, "spam")), 20)
        head, *forked = stack.family("worker-spam")
        in_hand = held_by(stack, "spam")
        head.kill()
        ended_at = time.time()
        # Not before its parent is gone: Linux hangs up on a stopped process that becomes an orphan.
        wait_until(lambda: not head.is_running() or head.status() == psutil.STATUS_ZOMBIE, 5)
        with suspended(forked):
            comes_true(lambda: not is_undone(stack, in_hand), 20)
        load.accepts(30)
    psutil.wait_procs(forked, timeout=30)
    return settle(stack, "worker-killed", load.posts, ended_at=ended_at)


@fault
def worker_killed_with_its_job(stack: Stack) -> Row:
    """The spam worker is killed in the middle of a job, with the process that runs the job."""
    with Load(stack, sluggish_every=SLUGGISH_EVERY) as load:
        load.accepts(20)
        wait_until(lambda: bool(held_by(stack, "spam")), 20)
        stack.signal("worker-spam", signal.SIGKILL, whole_family=True)
        ended_at = time.time()
        load.accepts(30)
    return settle(stack, "worker-killed-with-its-job", load.posts, ended_at=ended_at)


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
    with Load(stack, sluggish_every=SLUGGISH_EVERY) as load:
        load.accepts(20)
        wait_until(lambda: bool(held_by(stack, "spam")), 20)
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
        wait_until(
            lambda: stack.redis().scard("rq:workers") >= 2 * len(WORKERS), 60, "the second workers did not start"
        )
        with Load(stack, rate=4) as load:
            sent = 0
            for _ in range(6):
                load.accepts(2)
                fresh, sent = load.accepted[sent:], len(load.accepted)
                deliver(stack, fresh, times=3)
        ended_at = time.time()
        comes_true(lambda: not pending(stack, load.accepted), SETTLED_WITHIN_S)
        deliver(stack, load.accepted[:12], times=1)
        wait_until(lambda: all_delivered(stack), DELIVERED_WITHIN_S, lambda: f"jobs were left: {waiting_jobs(stack)}")
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
    return not any(waiting_jobs(stack).values()) and all(len(stack.family(part)) == 1 for part in WORKERS)


def waiting_jobs(stack: Stack) -> dict[str, int]:
    """How many jobs wait in each job queue."""
    redis = stack.redis()
    return {
        kind.queue: Queue(kind.queue, connection=redis, serializer=JSONSerializer).count for kind in JOB_KINDS.values()
    }


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
    """One batch with one comment at which the check fails: it must be held for that, and no other one.

    What the trained reader thinks of the random words of the others is not our subject: it may hold one in thousands.
    """
    with stopped(stack, "worker-spam"):
        texts = [fresh_body() for _ in range(11)]
        texts.insert(random.randrange(12), fresh_body(marker))
        posts = send_all(stack, texts)
        ended_at = time.time()
    with Load(stack, rate=10) as load:
        comes_true(lambda: not pending(stack, accepted_of(posts)), SETTLED_WITHIN_S)
    posts += load.posts
    row = settle(stack, name, posts, ended_at=ended_at)
    complaints = list(row.complaints)
    marked = [post for post in posts if marker in post.body]
    innocent = [post for post in posts if marker not in post.body]
    if statuses(stack, marked) != {"held": 1} or given_up(stack, accepted_of(marked)) != 1:
        complaints.append(f"the comment at which the check fails is {dict(statuses(stack, marked))}")
    if (unchecked := given_up(stack, accepted_of(innocent))) or not statuses(stack, innocent)["published"]:
        complaints.append(f"the others are {dict(statuses(stack, innocent))}, {unchecked} of them unchecked")
    return replace(row, complaints=tuple(complaints))


def statuses(stack: Stack, posts: Sequence[Post]) -> Counter[str]:
    """How many of these posts have which status."""
    return audit(stack, accepted_of(posts)).by_status


@contextmanager
def stopped(stack: Stack, *parts: str) -> Iterator[None]:
    """These parts stand still, as they are, until the block ends."""
    with suspended([process for part in parts for process in stack.family(part)]):
        yield


@contextmanager
def suspended(processes: Sequence[psutil.Process]) -> Iterator[None]:
    """These processes stand still until the block ends. One that has ended already is no loss."""
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.suspend()
    try:
        yield
    finally:
        for process in processes:
            with suppress(psutil.NoSuchProcess):
                process.resume()


@contextmanager
def stage(**env: str) -> Iterator[Stack]:
    """A Greenroom with checks that can be asked to misbehave and a database that witnesses every publication.

    Its folder stays when something goes wrong.
    """
    with Stack(env=SABOTAGE | env) as stack:
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
            with suppress(BrokenPromise), stage() as stack:
                for name in chosen:
                    progress.update(bar, description=f"round {number}: {name}")
                    rows[name].append(attempt(name, stack))
                    for complaint in rows[name][-1].complaints:
                        progress.console.print(f"round {number}, {name}: {complaint} (see {stack.data_dir})")
                    progress.advance(bar)
                if any(rows[name][-1].complaints for name in chosen):
                    raise BrokenPromise
    console.print(table(rows))
    slow = [name for name, found in rows.items() if half_time(found) > HALF_WITHIN_S]
    if slow:
        console.print(f"Half of what was interrupted took longer than {HALF_WITHIN_S:.0f} s: {', '.join(slow)}")
    raise SystemExit(bool(slow) or any(row.complaints for found in rows.values() for row in found))


class BrokenPromise(Exception):
    """Keeps the folder of a stack, for somebody to look into."""


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
        worst = max(row.worst for row in found)
        drawn.add_row(
            name, f"{kept}/{len(found)}", *(f"{number:,}" for number in sums), f"{worst:.1f}", f"{half_time(found):.1f}"
        )
    return drawn


def half_time(rows: Iterable[Row]) -> float:
    """Within how many seconds half of everything that was interrupted was decided."""
    times = [seconds for row in rows for seconds in row.recoveries]
    return median(times) if times else 0.0


if __name__ == "__main__":
    main()
