"""The results, for a terminal and for docs/performance.md."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table as RichTable

from bench.book import DASH, Book, Figure

BEGIN, END = "<!-- written by python -m bench --doc: begin -->", "<!-- written by python -m bench --doc: end -->"
SPREAD = f"median (lowest{DASH}highest)"
BUSY_CORES = 0.15


def print_results(book: Book, machine: Mapping[str, str], console: Console) -> None:
    for table in book.tables:
        shown = RichTable(*table.columns, title=table.title, title_justify="left")
        for row in table.rows:
            shown.add_row(*row)
        console.print(shown)
    shown = RichTable("", "figure", SPREAD, "target", "", title="Figures", title_justify="left")
    for figure in book.figures:
        style = {True: "green", False: "red", None: ""}[figure.is_met]
        shown.add_row(figure.section, figure.name, figure.shown(), figure.wanted(), figure.verdict(), style=style)
    console.print(shown)
    for name, value in machine.items():
        console.print(f"{name}: {value}", highlight=False)


def write_into(path: Path, book: Book, machine: Mapping[str, str]) -> None:
    """Put the results between the markers of a Markdown file; the text around them stays."""
    before, begin, rest = path.read_text().partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{path} has no place for the results: {BEGIN} … {END}")
    path.write_text(f"{before}{BEGIN}\n\n{as_markdown(book, machine)}\n{END}{after}")


def as_markdown(book: Book, machine: Mapping[str, str]) -> str:
    parts = ["## The machine", _bullets(machine), "## Figures", _figures(book.figures)]
    for table in book.tables:
        parts += [f"## {table.title}", _grid(table.columns, table.rows)]
    return "\n\n".join(parts) + "\n"


def _bullets(items: Mapping[str, str]) -> str:
    return "\n".join(f"- {name}: {value}" for name, value in items.items())


def _figures(figures: Sequence[Figure]) -> str:
    rows = [[f.section, f.name, f.shown(), f.wanted(), f.verdict()] for f in figures]
    return _grid(["", "figure", SPREAD, "target", ""], rows)


def _grid(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
