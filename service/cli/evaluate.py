"""Measure the judgement on labelled comments: figures with intervals, verdicts, time, learning curve, plots."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from service.cli.common import in_words
from service.cli.judge import model_option, policy_option, read_model, read_policy
from service.evaluation.comments import HEADS, Labelled, LineProblem, lines_of, read_labelled
from service.evaluation.curve import CHECKPOINTS, Point, learning_curve
from service.evaluation.metrics import Estimate
from service.evaluation.report import (
    ALL,
    Answer,
    Expectations,
    Measured,
    Report,
    Speed,
    answer_all,
    compare_with_expected,
    measure_heads,
    truth_and_scores,
)
from service.moderation.model import Policy, Verdict
from service.moderation.reading.heads import Head

DASH = "\N{EN DASH}"
NOT_LABELLED = "no line says what people thought of it: give it 'labels', 'label' or 'expected'"


class _Loaded(NamedTuple):
    """The rows of each file by its name, and how many lines the door would have refused."""

    rows: dict[str, list[Labelled]]
    refused: int


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "is_json", is_flag=True, help="Print the figures as JSON.")
@click.option(
    "--learn", "is_learning", is_flag=True,
    help="Replay each file in its order as a moderator's decisions. At 10, 50, 200 and 1,000 of them the model is"
    " fitted at once; a site's new model first has to pass a gate (see 'greenroom model').",
)  # fmt: skip
@click.option("--plots", type=click.Path(file_okay=False, path_type=Path), help="Write PNG files into this folder.")
@click.option(
    "--head", type=click.Choice(HEADS), help="Measure this head only; else all that the lines have labels of."
)
@click.option(
    "--by-source/--together", default=True,
    help="Measure each source on its own, too, where there are several (the default), or all together only.",
)  # fmt: skip
@click.option(
    "--split",
    help="Only lines of this split, such as dev, or without any; 'all' for every line. Left out: all but 'train'."
    " The model may have learned from that.",
)
@policy_option
@model_option
@in_words
def evaluate(
    files: tuple[Path, ...], is_json: bool, is_learning: bool, plots: Path | None, head: str | None, by_source: bool,
    split: str | None, policy_file: Path | None, model_file: Path | None,
) -> None:  # fmt: skip
    """Measure the judgement on labelled comments (JSON Lines, also gzipped).

    A line is as 'greenroom judge' takes it, with the truth as labels ({"spam": 1}), label (spam, ham, toxic, ok) or
    expected (the verdicts that would be right). Intervals are 95 % of a bootstrap with a fixed seed.

    \b
    greenroom evaluate data/*.jsonl.gz --split dev
    greenroom evaluate blog.jsonl --learn --plots plots/
    greenroom evaluate comments.jsonl --json > figures.json
    """
    if plots and find_spec("matplotlib") is None:
        raise click.ClickException("Plots need matplotlib: pip install 'greenroom[lab]'.")
    policy, reader = read_policy(policy_file), read_model(model_file)
    loaded = _load(files, split, policy)
    everything = [item for rows in loaded.rows.values() for item in rows]
    heads = (head,) if head else HEADS
    with _bar() as bar:
        judging = bar.add_task("judging", total=len(everything))
        answers, speed = answer_all(
            everything, reader=reader, policy=policy, done=lambda count: bar.advance(judging, count)
        )
        report = Report(
            rows=len(answers),
            refused=loaded.refused,
            model=answers[0].judged.reading.model_version,
            measured=list(measure_heads(answers, heads=heads, is_by_source=by_source)),
            expectations=compare_with_expected(answers),
            speed=speed,
            learning=_learn(loaded, answers, heads, bar) if is_learning else {},
        )
    if is_json:
        click.echo(json.dumps(report.as_dict(), indent=1))
    else:
        _print(report)
    if plots:
        _draw(plots, report, answers)


def _load(files: Sequence[Path], split: str | None, policy: Policy) -> _Loaded:
    rows: dict[str, list[Labelled]] = {}
    refused = 0
    for file in files:
        name = file.name.removesuffix(".gz").removesuffix(".jsonl")
        kept = rows.setdefault(name, [])
        for number, line in enumerate(_lines(file, split), 1):
            try:
                kept.append(read_labelled(line, policy=policy))
            except LineProblem as problem:
                if problem.code not in {"required", "invisible_only", "too_long", "control_character"}:
                    raise click.ClickException(f"{file}, comment {number}: {problem.detail}") from None
                refused += 1
    if not any(item.labels or item.expected for items in rows.values() for item in items):
        raise click.ClickException(f"There is nothing to measure: {NOT_LABELLED}.")
    return _Loaded(rows, refused)


def _lines(file: Path, split: str | None) -> Iterator[bytes]:
    try:
        yield from lines_of(file, split=split)
    except (OSError, EOFError) as error:
        raise click.ClickException(f"{file} can't be read: {error}") from None


def _learn(loaded: _Loaded, answers: Sequence[Answer], heads: Sequence[str], bar: Progress) -> dict[str, list[Point]]:
    """The learning curve of each file on the first head that it has labels of."""
    curves: dict[str, list[Point]] = {}
    rest = iter(answers)
    learning = bar.add_task("learning", total=len(loaded.rows) * len(CHECKPOINTS))
    for number, (name, rows) in enumerate(loaded.rows.items(), 1):
        own = [next(rest) for _ in rows]
        head = next((head for head in heads if any(head in item.labels for item in rows)), None)
        if head:
            known = [answer for answer in own if head in answer.labelled.labels]
            curves[f"{name}, {head}"] = list(
                learning_curve(
                    [answer.judged.reading for answer in known],
                    [answer.labelled.labels[head] for answer in known],
                    head=Head(head),
                    done=lambda _decisions: bar.advance(learning),
                )
            )
        bar.update(learning, completed=number * len(CHECKPOINTS))
    return {name: points for name, points in curves.items() if points}


def _draw(folder: Path, report: Report, answers: Sequence[Answer]) -> None:
    from service.evaluation.plots import Line, draw_all  # noqa: PLC0415 - matplotlib is an extra

    lines = [Line(_named(item), *truth_and_scores(_rows_of(item, answers), item.head)) for item in report.measured]
    for path in draw_all(folder, lines, report.learning, title=f"{report.rows:,} comments"):
        click.echo(f"Wrote {path}.", err=True)


def _rows_of(item: Measured, answers: Sequence[Answer]) -> list[Answer]:
    return [
        answer
        for answer in answers
        if item.head in answer.labelled.labels and item.source in {ALL, answer.labelled.source}
    ]


def _named(item: Measured) -> str:
    return f"{item.head}, {item.source}"


def _print(report: Report) -> None:
    out = Console()
    refused = f", {report.refused:,} more refused at the door" if report.refused else ""
    out.print(f"{report.rows:,} comments{refused}, model {report.model}", highlight=False)
    for head in dict.fromkeys(item.head for item in report.measured):
        own = [item for item in report.measured if item.head == head]
        out.print(_figures(head, own), _verdicts(head, own))
    if report.expectations:
        _print_expectations(out, report.expectations)
    for name, points in report.learning.items():
        out.print(_curve(name, points))
    out.print(_time(report.speed), highlight=False)


def _figures(head: str, measured: Sequence[Measured]) -> Table:
    table = _table(
        f"{head}: figures and their 95 % intervals",
        "source", "bad", "good", "AUC", "PR-AUC", "caught\nat 0.1 %", "caught\nat 1 %", "calibration\nerror",
    )  # fmt: skip
    for item in measured:
        found = item.figures
        estimates = (
            found.auc, found.pr_auc, found.recall_at_0_1_percent, found.recall_at_1_percent, found.calibration_error,
        )  # fmt: skip
        table.add_row(item.source, f"{found.bad:,}", f"{found.good:,}", *map(_shown, estimates), style=_style(item))
    return table


def _verdicts(head: str, measured: Sequence[Measured]) -> Table:
    table = _table(f"{head}: verdicts of the policy", "source", "really", "comments", *Verdict)
    for item in measured:
        for truth, counts in item.verdicts.items():
            if total := sum(counts.values()):
                shares = [f"{counts[verdict] / total:.1%}" if counts[verdict] else DASH for verdict in Verdict]
                table.add_row(item.source, truth, f"{total:,}", *shares, style=_style(item))
    return table


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for number, column in enumerate(columns):
        table.add_column(column, justify="left" if number == 0 else "right")
    return table


def _style(item: Measured) -> str:
    return "bold" if item.source == ALL else ""


def _print_expectations(out: Console, found: Expectations) -> None:
    table = _table("verdicts beside the expected ones", "kind", "acceptable", "of")
    for kind, (acceptable, total) in found.by_kind.items():
        table.add_row(kind, str(acceptable), str(total), style="" if acceptable == total else "yellow")
    out.print(table)
    out.print(
        f"acceptable {found.share:.3f} ({found.acceptable} of {found.comments}) · "
        f"honest lost {len(found.honest_lost)} of {found.honest}, held {len(found.honest_held)} · "
        f"must be seen first, published {len(found.must_see_published)} of {found.must_see}",
        highlight=False, style="bold",
    )  # fmt: skip
    for what, ids in (("lost", found.honest_lost), ("published unseen", found.must_see_published)):
        if ids:
            out.print(f"  {what}: {', '.join(ids)}", highlight=False)


def _curve(name: str, points: Sequence[Point]) -> Table:
    table = _table(f"learning: {name}", "decisions", "following", "AUC", "caught\nat 1 %", "calibration\nerror")
    for point in points:
        found = point.figures
        estimates = (found.auc, found.recall_at_1_percent, found.calibration_error)
        table.add_row(f"{point.decisions:,}", f"{point.following:,}", *map(_shown, estimates))
    return table


def _shown(estimate: Estimate | None) -> str:
    """The figure, and under it from where to where it may lie; without the zero, so that 80 columns are enough."""
    if estimate is None:
        return DASH
    value, low, high = (f"{part:.3f}".removeprefix("0").replace("1.000", "1.00") for part in estimate)
    return f"{value}\n{low}{DASH}{high}"


def _time(speed: Speed) -> str:
    return (
        f"milliseconds a comment: alone {speed.alone_median:.2f} at the median, {speed.alone_p99:.2f} at the 99th "
        f"percentile, {speed.alone_worst:.1f} at worst; in batches {speed.in_batch:.2f}"
    )


@contextmanager
def _bar() -> Iterator[Progress]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        yield bar
