"""Memory at rest: every process of `greenroom up` but PostgreSQL and Valkey."""

import time

import httpx

from bench import at_rest
from bench.book import Book, Plan, Step, Table, at_most, number
from bench.processes import pss_mb
from bench.stage import WORKERS, Greenroom, settle

SECTION = "memory"
COMMENTS = 100
REST_S = 3.0


def steps(_: Plan) -> int:
    return 1


def measure(_: Plan, book: Book, step: Step) -> None:
    step("memory: starting a Greenroom and letting it work a little")
    with Greenroom() as greenroom:
        with httpx.Client(base_url=greenroom.url, timeout=20) as client:
            at_rest.published(greenroom, client, f"{greenroom.url}/bench/memory", COMMENTS)
        settle(*greenroom.parts().values())
        time.sleep(REST_S)
        _weigh(greenroom, book)


def _weigh(greenroom: Greenroom, book: Book) -> None:
    servers = {process.pid for name in ("postgres", "valkey") for process in greenroom.family(name)}
    own = [process for process in greenroom.everything() if process.pid not in servers]
    parts = {name: pss_mb(greenroom.family(name)) for name in ("web", *WORKERS, "relay")}
    total = pss_mb(own)
    book.samples.append({"section": SECTION, "total": total, **parts})
    book.add(SECTION, "all processes of greenroom up, without PostgreSQL and Valkey", [total], "MB", at_most(300))
    for worker in WORKERS:
        book.add(SECTION, worker, [parts[worker]], "MB", at_most(200))
    counts = {name: len(greenroom.family(name)) for name in parts}
    rows = [[name, str(counts[name]), number(size)] for name, size in parts.items()]
    rows.append(["supervisor", "1", number(total - sum(parts.values()))])
    rows.append(["together", str(len(own)), number(total)])
    book.tables.append(Table("Memory at rest, after 100 comments (PSS)", ["", "processes", "MB"], rows))
