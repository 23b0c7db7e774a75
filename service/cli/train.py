"""`greenroom train`: rebuild the shipped reader from a folder of labelled comments."""

import importlib.util
import time
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


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Write here instead of over the shipped ones."
)
@click.option(
    "--without", metavar="SOURCE", multiple=True, help="Leave a source out, to measure on it; repeat for more."
)
@in_words
def train(folder: Path, out: Path | None, without: tuple[str, ...]) -> None:
    """Train the reader on the `train` rows of FOLDER (*.jsonl, *.jsonl.gz), and on rows of our own writing.

    \b
    greenroom train data/
    greenroom train data/ --out without-sms.bin --without sms
    greenroom evaluate data/spam_sms.jsonl.gz --split all --model without-sms.bin

    The same rows give the same bytes. Prints how many rows of which source were used, and the digest.
    """
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
        rows = [*load_folder(folder, split="train"), *generate(SEED), *read(SEED)]
        rows = [row for row in rows if row["source"] not in without]
        fitted = fit(rows, progress=lambda sentence: progress.update(task, description=sentence))
    raw = fitted.weights.to_bytes()
    (out or SHIPPED).write_bytes(raw)
    _print_card(fitted, raw, seconds=time.monotonic() - began)


def _print_card(fitted: "Fitted", raw: bytes, *, seconds: float) -> None:
    from service.moderation.reading.linear import digest  # noqa: PLC0415 - nor does `--help` wait for numpy

    labels = sorted({label for counts in fitted.counts.values() for label in counts} - {"rows"})
    table = Table("source", "rows", *labels, title="Trained on")
    for source, counts in sorted(fitted.counts.items()):
        table.add_row(source, f"{counts['rows']:,}", *(f"{counts.get(label, 0):,}" for label in labels))
    console = Console(width=120)
    console.print(table)
    console.print(f"{len(raw):,} bytes in {seconds:.0f} s", highlight=False)
    console.print(f"SHA-256 {digest(raw)}", highlight=False)
