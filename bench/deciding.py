"""Deciding: a backlog of comments, beside a bare RQ worker that does nothing."""

import subprocess
import sys
import time

from bench import noop, wrk
from bench.book import Book, Plan, Step, Table, at_least, ratios, spread
from bench.processes import CpuMeter
from bench.stage import BACKGROUND, Greenroom, settle

SECTION = "deciding"
BACKLOG = 5_000
LONGEST_S = 300


def steps(plan: Plan) -> int:
    return 1 + plan.rounds * 2


def measure(plan: Plan, book: Book, step: Step) -> None:
    step("deciding: starting a Greenroom")
    decided, jobs, costs = [], [], []
    with Greenroom() as greenroom:
        wrk.send(greenroom.url, greenroom.script, {}, seconds=1)
        greenroom.wait_decided()
        for number in range(plan.rounds):
            step(f"deciding, round {number + 1} of {plan.rounds}: {BACKLOG} comments")
            with CpuMeter(greenroom.parts(*BACKGROUND, "postgres")) as meter:
                decided.append(_decide_backlog(greenroom, book, meter))
            costs.append(sum(meter.seconds.values()) * 1000 / BACKLOG)
            step(f"deciding, round {number + 1} of {plan.rounds}: {BACKLOG} jobs that do nothing")
            jobs.append(_bare_rq(greenroom))
            book.samples.append({"section": SECTION, "round": number + 1, "decided": decided[-1], "jobs": jobs[-1]})
    book.add(
        SECTION, "comments/s decided, against a SimpleWorker's no-op jobs/s", ratios(decided, jobs), "x", at_least(1)
    )
    book.add(SECTION, "comments decided per second", decided)
    rows = [
        [f"Greenroom, a backlog of {BACKLOG:,} comments (two checks each)", spread(decided), spread(costs)],
        [f"bare RQ SimpleWorker, {BACKLOG:,} jobs that do nothing", spread(jobs), ""],
    ]
    book.tables.append(Table("Deciding, one worker per job queue", ["", "per second", "CPU ms each"], rows))


def _decide_backlog(greenroom: Greenroom, book: Book, meter: CpuMeter) -> float:
    """Comments per second from waking the workers to the last decision."""
    settle(*greenroom.parts().values())
    greenroom.sleep()
    load = wrk.send(greenroom.url, greenroom.script, {}, count=BACKLOG)
    if load.errors:
        book.errors.append(f"deciding: {load.errors} errors in {load.requests} posts")
    settle(*greenroom.parts("web", "postgres").values())
    backlog = greenroom.count("pending")
    meter.__enter__()  # what accepting has cost is not deciding's
    with greenroom.database() as connection:
        began = time.monotonic()
        greenroom.wake()
        while connection.execute("SELECT FROM comments WHERE status = 'pending' LIMIT 1").fetchone() is not None:
            if time.monotonic() - began > LONGEST_S:
                book.errors.append(f"deciding: {greenroom.count('pending')} comments pending after {LONGEST_S} s")
                break
            time.sleep(0.02)
    return backlog / (time.monotonic() - began)


def _bare_rq(greenroom: Greenroom) -> float:
    url = greenroom.servers()["redis_url"]
    settle(*greenroom.parts().values())
    noop.enqueue(url, BACKLOG)
    subprocess.run([sys.executable, "-m", "bench.noop", url], check=True, timeout=LONGEST_S)
    return noop.jobs_per_second(url, BACKLOG)
