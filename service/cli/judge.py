"""Judge comments offline: what the product would decide, with the evidence, and nothing but the text to go by."""

import json
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, TypeAlias

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from service.cli.common import in_words
from service.evaluation.comments import Comment, LineProblem, read_comment
from service.evaluation.judging import SCORES, Judged, batches, judge_batch
from service.moderation.model import Label, Policy, Verdict
from service.moderation.policy import policy_from_settings, policy_to_settings
from service.moderation.reading.reader import Reader, reader_of, shipped_reader
from service.moderation.rule_settings import problems_of_rules

MAX_LINE = 1_000_000
"""Bytes of a line that are read; nobody's comment is longer, and memory stays bounded."""
READ_AT_ONCE = 65_536

Given: TypeAlias = Comment | LineProblem
"""What a line turned out to be."""


policy_option = click.option(
    "--policy", "policy_file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A site's rules as JSON, such as 'greenroom site show' prints; the defaults if left out.",
)  # fmt: skip
model_option = click.option(
    "--model", "model_file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Weights from 'greenroom train --out'; the shipped ones if left out.",
)  # fmt: skip


@click.command()
@policy_option
@model_option
@in_words
def judge(policy_file: Path | None, model_file: Path | None) -> None:
    """Judge comments from standard input: JSON Lines in, JSON Lines out, in the same order. No database, no network.

    A line in has id, text and, where known, author, email, url (the author's website), page (title, url, excerpt) and
    lang. A line out has id, verdict (publish, hold, spam, reject, escalate), scores (probabilities from 0 to 1) and
    signals (check, label, score, detail, spans in code points of the text). Behaviour and history count as absent.
    A line that is no comment gets an error in its place, with the verdict hold and scores of 0, and the command then
    exits with 1. docs/judging.md has every field and every error.

    \b
    greenroom judge < comments.jsonl > verdicts.jsonl
    greenroom judge --policy blog.json < comments.jsonl | grep '"escalate"'
    echo '{"id": 1, "text": "Thank you!"}' | greenroom judge
    """
    policy = read_policy(policy_file)
    reader = read_model(model_file)
    source = sys.stdin.buffer
    _tell_a_person_what_to_type(source)
    with _bar(source) as advance:
        refused = _judge_lines(_lines(source, advance), policy=policy, reader=reader)
    if refused:
        what = "1 line was no comment" if refused == 1 else f"{refused:,} lines were no comments"
        raise click.ClickException(f"{what}; each has an 'error' in its place in the output that says why.")


def read_policy(file: Path | None) -> Policy:
    """Return the policy of a settings file, or the default one. Ends the command in words when it can't be used."""
    if file is None:
        return Policy()
    try:
        policy = policy_from_settings(1, _settings(file.read_text(encoding="utf-8")))
    except (ValueError, RecursionError) as error:
        raise click.ClickException(f"{file}: {error}. See 'greenroom site show' for how settings look.") from None
    for _, problem in problems_of_rules(policy.rules):
        raise click.ClickException(f"{file}: rules: {problem}")
    return policy


def read_model(file: Path | None) -> Reader:
    """Return the reader of a weight file, or the shipped one. Ends the command in words when it can't be used."""
    try:
        return reader_of(file.read_bytes()) if file else shipped_reader()
    except ValueError as error:
        whose = f"{file} holds" if file else "The shipped file holds"
        raise click.ClickException(f"{whose} no weights of this version: {error}") from None


def _settings(text: str) -> dict[str, Any]:
    """Read settings, without what 'greenroom site show' says beside the policy. A word that nobody knows stays."""
    settings = json.loads(text)
    if not isinstance(settings, dict):
        raise ValueError("it holds no JSON object")  # noqa: TRY004 - one kind of error for every wrong setting
    if "policy_version" not in settings:
        return settings
    return {name: settings[name] for name in policy_to_settings(Policy()) if name in settings}


def _judge_lines(lines: Iterable[bytes], *, policy: Policy, reader: Reader) -> int:
    """Write one line out for each line in. Returns how many were no comments."""
    refused = 0
    for batch in batches(_read(line, policy) for line in lines):
        facts = [given.facts for given in batch if isinstance(given, Comment)]
        judged = iter(judge_batch(facts, reader=reader, policy=policy))
        refused += len(batch) - len(facts)
        answers = [_as_json(given, next(judged)) if isinstance(given, Comment) else _error(given) for given in batch]
        # An id may hold half a character, which must not end the whole run.
        click.echo("\n".join(json.dumps(answer, ensure_ascii=False) for answer in answers).encode(errors="replace"))
    return refused


def _read(line: bytes, policy: Policy) -> Given:
    if len(line) > MAX_LINE:
        return LineProblem("line_too_long", f"The line has more than {MAX_LINE:,} bytes.")
    try:
        return read_comment(line, policy=policy)
    except LineProblem as problem:
        return problem


def _as_json(comment: Comment, judged: Judged) -> dict[str, Any]:
    return {
        "id": comment.id,
        "verdict": judged.verdict.value,
        "scores": dict(judged.scores),
        "signals": [
            {
                "check": signal.check,
                "label": signal.label.value,
                "score": signal.score,
                "detail": signal.detail,
                "spans": [list(span) for span in signal.spans],
            }
            for signal in judged.signals
        ],
    }


def _error(problem: LineProblem) -> dict[str, Any]:
    """What could not be judged is for a person to look at: a reader of verdicts finds all that it asks for."""
    unchecked = {
        "check": "unchecked",
        "label": Label.UNCHECKED.value,
        "score": 1.0,
        "detail": problem.detail,
        "spans": [],
    }
    return {
        "id": problem.comment_id,
        "verdict": Verdict.HOLD.value,
        "scores": dict.fromkeys(SCORES, 0.0),
        "signals": [unchecked],
        "error": {"code": problem.code, "detail": problem.detail},
    }


def _lines(source: IO[bytes], advance: Callable[[int, int], None]) -> Iterator[bytes]:
    """Yield the lines that are not blank. Of one that is too long, a piece that is too long as well."""
    while line := source.readline(MAX_LINE + 1):
        size = len(line)
        if size > MAX_LINE and not line.endswith(b"\n"):
            size += _skip_rest(source)
        advance(size, 1)
        if line.strip():
            yield line


def _skip_rest(source: IO[bytes]) -> int:
    skipped = 0
    while piece := source.readline(READ_AT_ONCE):
        skipped += len(piece)
        if piece.endswith(b"\n"):
            break
    return skipped


def _tell_a_person_what_to_type(source: IO[bytes]) -> None:
    if source.isatty():
        click.echo('Type comments like {"id": 1, "text": "Hello"}, one a line; end with Ctrl-D.', err=True)


@contextmanager
def _bar(source: IO[bytes]) -> Iterator[Callable[[int, int], None]]:
    """Show on a terminal's standard error how far we are: in bytes where the input is a file, else in lines."""
    columns: Sequence[Any] = (
        TextColumn("judging"), BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[lines]:,} lines"),
        TimeElapsedColumn(),
    )  # fmt: skip
    console = Console(stderr=True)
    is_shown = console.is_terminal and not source.isatty()
    with Progress(*columns, console=console, disable=not is_shown) as progress:
        task = progress.add_task("judging", total=_size(source), lines=0)

        def advance(size: int, lines: int) -> None:
            if is_shown:
                progress.update(task, advance=size, lines=progress.tasks[0].fields["lines"] + lines)

        yield advance


def _size(source: IO[bytes]) -> int | None:
    try:
        about = os.fstat(source.fileno())
    except (OSError, ValueError):
        return None
    return about.st_size if stat.S_ISREG(about.st_mode) else None
