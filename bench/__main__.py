"""`make bench`: the figures that Greenroom promises, measured side by side on this machine."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bench import (
    accepting,
    at_rest,
    deciding,
    desk,
    desk_deciding,
    machine,
    memory,
    reading,
    repetition,
    report,
    widget,
)
from bench.book import Book, Plan, Step
from bench.stage import Greenroom, stop_cleanly
from bench.wrk import require_wrk

SECTIONS: dict[str, ModuleType] = {
    "accepting": accepting,
    "deciding": deciding,
    "at-rest": at_rest,
    "reading": reading,
    "repetition": repetition,
    "memory": memory,
    "desk": desk,
    "desk-deciding": desk_deciding,
    "widget": widget,
}


@click.command()
@click.option("--rounds", default=3, show_default=True, type=click.IntRange(1, 50), help="How often everybody runs.")
@click.option(
    "--seconds", default=6.0, show_default=True, type=click.FloatRange(1, 60), help="How long each load lasts."
)
@click.option("--only", multiple=True, type=click.Choice(list(SECTIONS)), help="Measure this only; repeat for more.")
@click.option(
    "--isso", metavar="URL", help="A running Isso of this machine (moderation and guard off) to compare with."
)
@click.option("--json", "json_file", type=click.Path(path_type=Path, dir_okay=False), help="Write everything measured.")
@click.option(
    "--doc",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Write the results into this Markdown file.",
)
def main(
    rounds: int, seconds: float, only: tuple[str, ...], isso: str | None, json_file: Path | None, doc: Path | None
) -> None:
    """Measure Greenroom beside its own foundations, on this machine, in one run.

    \b
    python -m bench
    python -m bench --only accepting --only deciding --rounds 5
    python -m bench --isso http://127.0.0.1:18080 --doc docs/performance.md

    Everybody runs once in each round, and what counts are the ratios within a round. A run with errors is no result, and
    ends there.
    """
    require_wrk()
    stop_cleanly()
    console = Console(width=None if sys.stdout.isatty() else 150)
    book, plan = Book(), Plan(rounds, seconds, isso)
    chosen = {name: module for name, module in SECTIONS.items() if not only or name in only}
    neighbours = machine.Neighbours()
    _measure(chosen, plan, book)
    with Greenroom() as greenroom:
        about = machine.describe(greenroom)
    about["measured"] = f"{rounds} rounds of {seconds:g} s (reading: half of that)"
    about["others meanwhile"] = _others(neighbours.cores(), isso is not None)
    report.print_results(book, about, console)
    if json_file:
        json_file.write_text(json.dumps({"machine": about, **book.as_dict()}, indent=1, ensure_ascii=False) + "\n")
    if book.errors:
        console.print("\n[bold red]A run with errors is no result:[/bold red]", *book.errors, sep="\n  ")
        sys.exit(1)
    if doc:
        report.write_into(doc, book, about)


def _measure(chosen: dict[str, ModuleType], plan: Plan, book: Book) -> None:
    with progress_steps(sum(module.steps(plan) for module in chosen.values())) as step:
        for module in chosen.values():
            module.measure(plan, book, step)
            if book.errors:
                return


@contextmanager
def progress_steps(total: int) -> Iterator[Step]:
    """A progress bar that moves on with every sentence about what is done next."""
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("", total=total)

        def step(sentence: str) -> None:
            progress.update(task, description=sentence, advance=1 if progress.tasks[0].description else 0)

        yield step
        progress.update(task, completed=total)


def _others(cores: float, has_isso: bool) -> str:
    whose = "processes that are none of ours, Isso included," if has_isso else "processes that are none of ours"
    busy = " The machine was busy: trust the ratios, not the absolute figures." if cores > report.BUSY_CORES else ""
    return f"{whose} took {cores:.2f} cores.{busy}"


if __name__ == "__main__":
    main()
