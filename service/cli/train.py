"""`greenroom train`: rebuild the shipped reader from a folder of labelled comments."""

import importlib.util
import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from service.cli.common import in_words

if TYPE_CHECKING:
    from service.training.fit import Fitted

SHIPPED = Path(__file__).parent.parent / "moderation" / "reading" / "weights.bin"

LICENCES: Mapping[str, str] = {
    "davidson": "MIT",
    "germeval": "CC BY 4.0",
    "jigsaw": "labels CC0, text CC BY-SA 3.0",
    "judol": "MIT",
    "sms": "CC BY 4.0",
    "synth": "own work",
    "synthetic": "own work",
    "written": "own work",
    "youtube": "CC BY 4.0",
}
"""Of each source that the shipped weights learned from; docs/model-card.md says whose they are."""


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Write here, and not over the shipped weights."
)
@click.option(
    "--without",
    metavar="SOURCE",
    multiple=True,
    help="Leave a source out, to measure on it; repeat for more. Needs --out.",
)
@in_words
def train(folder: Path, out: Path | None, without: tuple[str, ...]) -> None:
    """Train the reader on the `train` rows of FOLDER (*.jsonl, *.jsonl.gz), and on rows of our own writing.

    \b
    greenroom train data/
    greenroom train data/ --out without-sms.bin --without sms
    greenroom evaluate data/spam_sms.jsonl.gz --split all --model without-sms.bin

    The same rows give the same bytes. Prints how many rows of which source and licence were used, and the digest.
    """
    if without and out is None:
        raise click.UsageError("A model that lacks a source is for measuring: say with --out where to write it.")
    target = out or SHIPPED
    _require_writable(target)
    if importlib.util.find_spec("scipy") is None:
        raise click.ClickException("Training needs scipy: pip install 'greenroom[lab]'.")
    from service.training.fit import SEED, fit  # noqa: PLC0415 - it takes the libraries of the extra `lab`
    from service.training.rows import load_folder  # noqa: PLC0415
    from service.training.synthetic import generate  # noqa: PLC0415
    from service.training.written import read  # noqa: PLC0415

    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    began = time.monotonic()
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("Loading", total=None)
        try:
            given = load_folder(folder, split="train")
        except (ValueError, OSError, EOFError) as error:
            raise click.ClickException(f"{folder} can't be read: {error}") from None
        if not given:
            raise click.ClickException(
                f"{folder} has nothing to learn from: no line of a *.jsonl or *.jsonl.gz in it has the split 'train'."
            )
        rows = [*given, *generate(SEED), *read(SEED)]
        _require_known(without, {row["source"] for row in rows})
        rows = [row for row in rows if row["source"] not in without]
        fitted = fit(rows, progress=lambda sentence: progress.update(task, description=sentence))
    raw = fitted.weights.to_bytes()
    target.write_bytes(raw)
    _print_card(fitted, raw, seconds=time.monotonic() - began)


def _require_writable(target: Path) -> None:
    """End the command in words before minutes of training, where its result could not be written."""
    if not target.parent.is_dir():
        raise click.ClickException(f"{target} can't be written: there is no folder {target.parent}.")
    if not os.access(target if target.exists() else target.parent, os.W_OK):
        raise click.ClickException(f"{target} can't be written: you have no right to.")


def _require_known(without: Sequence[str], sources: set[str]) -> None:
    for source in without:
        if source not in sources:
            raise click.ClickException(f"--without {source}: no row is of it. There are {', '.join(sorted(sources))}.")


def _print_card(fitted: "Fitted", raw: bytes, *, seconds: float) -> None:
    from service.moderation.reading.linear import digest  # noqa: PLC0415 - nor does `--help` wait for numpy

    labels = sorted({label for counts in fitted.counts.values() for label in counts} - {"rows"})
    table = Table("source", "licence", "rows", *labels, title="Trained on")
    for source, counts in sorted(fitted.counts.items()):
        licence = LICENCES.get(source, "not known here")
        table.add_row(source, licence, f"{counts['rows']:,}", *(f"{counts.get(label, 0):,}" for label in labels))
    console = Console(width=120)
    console.print(table)
    console.print(f"{len(raw):,} bytes in {seconds:.0f} s", highlight=False)
    console.print(f"SHA-256 {digest(raw)}", highlight=False)
    console.print(
        "What it is meant for, on whom it was measured and where it fails: docs/model-card.md", highlight=False
    )
