"""bogofilter beside us: trained on the very rows that `greenroom train` learns from, measured on the same comments.

bogofilter is the Debian package of that name (Graham's and Robinson's Bayes with Fisher's method, as mail servers run
it). A comment is given to it as a mail: the author is the sender, the page's title the subject.
"""

import json
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import which

import click
import numpy as np
from rich.console import Console
from rich.table import Table

from service.cli.judge import read_model
from service.evaluation.metrics import Estimate, Figures, Floats, Integers, measure
from service.evaluation.report import ALL
from service.moderation.model import Facts
from service.moderation.reading.heads import Head
from service.moderation.reading.reader import Reader
from service.training.fit import SEED
from service.training.rows import Row, facts_of, load_folder
from service.training.synthetic import generate
from service.training.written import read

DASH = "\N{EN DASH}"
Scorer = Callable[[Sequence[Row]], list[float]]
NAMES = ("bogofilter", "greenroom")


@dataclass(frozen=True)
class Beside:
    """Both on the same rows of one source, and how long each took for a comment."""

    source: str
    figures: dict[str, Figures]


@click.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--head", type=click.Choice(["spam", "toxicity"]), default="spam", show_default=True)
@click.option(
    "--without", help="Train without this source and measure on all of its rows; give --model trained so too."
)
@click.option(
    "--model", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Our weights, if not the shipped."
)
@click.option("--json", "is_json", is_flag=True, help="Print the figures as JSON.")
def main(data: Path, head: str, without: str | None, model: Path | None, is_json: bool) -> None:
    """Train bogofilter on the train rows of DATA (and those of our own writing), then measure it and us on the dev rows.

    \b
    python -m bench.bogofilter data/open
    python -m bench.bogofilter data/open --without youtube --model without-youtube.bin
    """
    if which("bogofilter") is None:
        raise click.ClickException("bogofilter is not installed: apt install bogofilter")
    learned, asked = _rows(data, head, without)
    with tempfile.TemporaryDirectory() as folder:
        bogofilter = Bogofilter(Path(folder))
        bogofilter.learn(learned, head)
        scores = {
            "bogofilter": _timed(bogofilter.scores, asked),
            "greenroom": _timed(_ours(read_model(model), head), asked),
        }
    labels = np.array([row["labels"][head] for row in asked], dtype=np.int64)
    found = [_beside(source, asked, labels, scores) for source in (*sorted({row["source"] for row in asked}), ALL)]
    milliseconds = {name: seconds / len(asked) * 1_000 for name, (_, seconds) in scores.items()}
    if is_json:
        told = {item.source: {name: figures.as_dict() for name, figures in item.figures.items()} for item in found}
        click.echo(
            json.dumps({"head": head, "learned": len(learned), "sources": told, "milliseconds": milliseconds}, indent=1)
        )
    else:
        _print(found, head, len(learned), milliseconds)


class Bogofilter:
    """A bogofilter with a word list of its own."""

    def __init__(self, folder: Path) -> None:
        """Keep the folder that the word list is in."""
        self.folder = folder

    def learn(self, rows: Iterable[Row], head: str) -> None:
        """Register every row as spam or as none."""
        rows = list(rows)
        for kind, switch in ((1, "-s"), (0, "-n")):
            self._run([switch], [row for row in rows if row["labels"][head] == kind])

    def scores(self, rows: Sequence[Row]) -> list[float]:
        """Return its probability for each row."""
        scores = [float(line) for line in self._run(["-TT"], rows).split()]
        if len(scores) != len(rows):
            raise click.ClickException(f"bogofilter answered {len(scores)} times for {len(rows)} comments")
        return scores

    def _run(self, switches: list[str], rows: Sequence[Row]) -> str:
        mailbox = self.folder / "mailbox"
        mailbox.write_bytes(b"".join(map(_as_mail, rows)))
        # -C: no configuration file of this machine; -M: a mailbox of many mails. It exits with 0, 1 or 2 as the last was.
        command = ["bogofilter", "-C", "-d", str(self.folder), "-M", *switches, "-I", str(mailbox)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode > 2:
            raise click.ClickException(f"bogofilter failed: {done.stderr.strip()}")
        return done.stdout


def _rows(data: Path, head: str, without: str | None) -> tuple[list[Row], list[Row]]:
    """What is learned from, and what is asked about. Rows of our own writing are in both worlds' training."""
    train = [*load_folder(data, split="train"), *generate(SEED), *read(SEED)]
    learned = [row for row in train if head in row["labels"] and row["source"] != without]
    asked = load_folder(data, split=None if without else "dev")
    asked = [row for row in asked if head in row["labels"] and without in {None, row["source"]}]
    if not learned or not asked:
        raise click.ClickException(f"{data} has no rows for this.")
    return learned, asked


def _as_mail(row: Row) -> bytes:
    fields = {"From": row["author"], "Subject": row["page_title"], "X-Website": row["url"]}
    head = "".join(f"{name}: {' '.join(value.split())}\n" for name, value in fields.items() if value)
    # An empty line, or one that begins with "From ", would end the mail.
    body = "\n".join(f" {line}" for line in row["text"].splitlines())
    text = f"From comment\n{head}Content-Type: text/plain; charset=utf-8\n\n{body}\n\n"
    return text.encode(errors="replace").replace(b"\0", b" ")


def _ours(reader: Reader, head: str) -> Scorer:
    def scores(rows: Sequence[Row]) -> list[float]:
        facts: list[Facts] = [facts_of(row) for row in rows]
        return [
            reading.probability(Head(head))
            for start in range(0, len(facts), 64)
            for reading in reader.read(facts[start : start + 64])
        ]

    return scores


def _timed(scorer: Scorer, rows: Sequence[Row]) -> tuple[Floats, float]:
    began = time.perf_counter()
    return np.array(scorer(rows)), time.perf_counter() - began


def _beside(source: str, asked: Sequence[Row], labels: Integers, scores: dict[str, tuple[Floats, float]]) -> Beside:
    chosen = np.array([source in {ALL, row["source"]} for row in asked])
    return Beside(source, {name: measure(labels[chosen], values[chosen]) for name, (values, _) in scores.items()})


def _print(found: Sequence[Beside], head: str, learned: int, milliseconds: dict[str, float]) -> None:
    table = Table("source", "who", "bad", "good", "AUC", "PR-AUC", "caught at 0.1 %", "caught at 1 %", "calibration error",
                  title=f"{head}, {learned:,} rows learned by both", title_justify="left")  # fmt: skip
    for item in found:
        for name in NAMES:
            figures = item.figures[name]
            estimates = (figures.auc, figures.pr_auc, figures.recall_at_0_1_percent, figures.recall_at_1_percent,
                         figures.calibration_error)  # fmt: skip
            table.add_row(item.source, name, f"{figures.bad:,}", f"{figures.good:,}", *map(_shown, estimates))
    console = Console()
    console.print(table)
    for name, value in milliseconds.items():
        console.print(f"{name}: {value:.3f} ms a comment in bulk", highlight=False)


def _shown(estimate: Estimate | None) -> str:
    return f"{estimate.value:.3f} ({estimate.low:.3f}{DASH}{estimate.high:.3f})" if estimate else DASH


if __name__ == "__main__":
    main()
