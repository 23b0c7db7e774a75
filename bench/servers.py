"""Which WSGI server: granian, gunicorn and waitress with the same Greenroom behind them, accepting and reading.

`python -m bench.servers` measures; docs/decisions says what was chosen.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import click
import httpx
from rich.console import Console

from bench import at_rest, machine, report, rounds
from bench.__main__ import progress_steps
from bench.book import Book, Plan
from bench.processes import pss_mb
from bench.rounds import Subject
from bench.stage import SITE, Greenroom, Server, serving, stop_cleanly
from bench.wrk import require_wrk

HUNDRED = 100
APPLICATION = "service.wsgi:application"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A server with so many processes and threads."""

    server: str
    processes: int
    threads: int

    @property
    def name(self) -> str:
        return f"{self.server} {self.processes}x{self.threads}"

    def command(self) -> list[str]:
        python = sys.executable
        if self.server == "granian":
            return [python, "-m", "service.cli", "web"]
        if self.server == "gunicorn":
            return [
                python, "-m", "gunicorn", "--worker-class", "gthread", "--workers", str(self.processes), "--threads",
                str(self.threads), "--keep-alive", "60", "--bind", "127.0.0.1:PORT", APPLICATION,
            ]  # fmt: skip
        return [
            python, "-m", "waitress", "--listen=127.0.0.1:PORT", f"--threads={self.threads}", APPLICATION,
        ]  # fmt: skip

    def environment(self) -> dict[str, str]:
        return {"GREENROOM_WEB_PROCESSES": str(self.processes), "GREENROOM_WEB_THREADS": str(self.threads)}


SHAPES = [(1, 4), (2, 2), (2, 4), (2, 8), (3, 4)]


@click.command()
@click.option("--rounds", default=3, show_default=True, type=click.IntRange(1, 50))
@click.option("--seconds", default=4.0, show_default=True, type=click.FloatRange(1, 60))
@click.option("--packages", type=click.Path(path_type=Path, exists=True, file_okay=False),
              help="A folder with gunicorn and waitress: pip install --target FOLDER gunicorn waitress")  # fmt: skip
@click.option("--json", "json_file", type=click.Path(path_type=Path, dir_okay=False))
def main(rounds: int, seconds: float, packages: Path | None, json_file: Path | None) -> None:
    """Compare WSGI servers, and numbers of processes and threads, on this machine.

    \b
    pip install --target /tmp/servers gunicorn waitress
    python -m bench.servers --packages /tmp/servers
    """
    require_wrk()
    stop_cleanly()
    book, plan, neighbours = Book(), Plan(rounds, seconds, None), machine.Neighbours()
    _measure(list(_candidates(has_others=packages is not None)), packages, plan, book)
    console = Console(width=None if sys.stdout.isatty() else 150)
    about = {"others meanwhile": f"{neighbours.cores():.2f} cores"}
    report.print_results(book, about, console)
    if json_file:
        json_file.write_text(json.dumps({"machine": about, **book.as_dict()}, indent=1) + "\n")
    if book.errors:
        console.print("A run with errors is no result:", *book.errors, sep="\n  ")
        sys.exit(1)


def _candidates(*, has_others: bool) -> Iterator[Candidate]:
    for processes, threads in SHAPES:
        yield Candidate("granian", processes, threads)
    if has_others:
        yield Candidate("gunicorn", 2, 4)
        yield Candidate("gunicorn", 2, 8)
        yield Candidate("waitress", 1, 8)


def _measure(candidates: list[Candidate], packages: Path | None, plan: Plan, book: Book) -> None:
    """Every candidate is another web process of the same Greenroom; its own one rests."""
    with Greenroom() as greenroom, ExitStack() as stack, progress_steps(2 * plan.rounds * len(candidates)) as step:
        with httpx.Client(base_url=greenroom.url, timeout=20) as client:
            page_url = f"{greenroom.url}/bench/hundred"
            at_rest.published(greenroom, client, page_url, HUNDRED)
        greenroom.sleep()
        env = greenroom.beside()
        if packages:
            env["PYTHONPATH"] = os.pathsep.join(filter(None, [str(packages.resolve()), env.get("PYTHONPATH")]))
        servers = {
            one.name: stack.enter_context(serving(one.command(), {**env, **one.environment()}, ready="/healthz"))
            for one in candidates
        }
        page = f"/api/v1/sites/{SITE}/comments?page_url={quote(page_url, safe='')}"
        for section, script, what in (
            ("accepting", greenroom.script, "posts"),
            ("reading", {"LOAD": "read", "URLS": page}, "requests"),
        ):
            subjects = [Subject(name, one.url, script, one.parts(greenroom)) for name, one in servers.items()]
            found = rounds.run(subjects, plan=plan, seconds=plan.seconds, section=section, book=book, step=step)
            title = f"{section.capitalize()} by server (processes x threads), 32 connections"
            book.tables.append(rounds.table(title, found, what=what, parts=["web", "postgres", "valkey"]))
        _weigh(servers, book)


def _weigh(servers: dict[str, Server], book: Book) -> None:
    for name, server in servers.items():
        book.add("memory after load", name, [pss_mb(server.own())], "MB")


if __name__ == "__main__":
    main()
