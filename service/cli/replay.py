"""Send labelled comments through the real endpoint and see what becomes of every one of them."""

import gzip
import itertools
import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import click
import httpx
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from service.cli.common import in_words, new_runtime
from service.cli.people import create_token
from service.cli.sites import find_site
from service.runtime import Runtime
from service.storage import tokens, upkeep
from service.storage.upkeep import Outcome
from service.vault import token_digest

SENDERS = 16
TIMEOUT_S = 30
POLL_S = 0.5
LABELS = {"spam": "spam", "toxic": "toxic", "ham": "honest", "ok": "honest"}
FINISHED = ("published", "held", "spam", "rejected")


@dataclass(slots=True)
class Sent:
    """What was sent and what the endpoint answered."""

    labels: dict[UUID, str] = field(default_factory=dict)
    refused: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--site", "site_key", default="demo", show_default=True)
@click.option("--rate", type=float, help="Comments per second; as fast as it goes if left out.")
@click.option("--limit", type=int, help="Only the first so many lines.")
@click.option("--wait", type=float, default=120, show_default=True, help="Seconds to wait for the last decision.")
@in_words
def replay(file: Path, site_key: str, rate: float | None, limit: int | None, wait: float) -> None:
    """Send labelled comments (JSON Lines with `text` and `label`, also gzipped) to a running Greenroom, wait for the
    decisions, and say what became of them. Exits with 1 when one was lost.

    \b
    greenroom replay comments.jsonl.gz --limit 2000
    greenroom replay comments.jsonl --site blog --rate 20
    """
    runtime = new_runtime()
    site = find_site(site_key)
    token = create_token(runtime, site=site, role="submitter", name="greenroom replay")
    try:
        lines = list(itertools.islice(_read(file), limit))
        url = f"{runtime.settings.base_url}/api/v1/sites/{site.key}/comments"
        sent = _send_all(url, token, lines, origin=site.origins[0], rate=rate)
        outcomes = _await_decisions(runtime, list(sent.labels), wait)
    finally:
        _revoke(runtime, token)
    lost = _print(sent, outcomes, total=len(lines))
    if lost:
        raise SystemExit(1)


@click.command()
@in_words
def ledger() -> None:
    """Print, as JSON, how many comments have which status, and the status of each.

    \b
    greenroom ledger | python -m json.tool
    """
    with new_runtime().engine.connect() as connection:
        book = {"by_status": upkeep.counts_by_status(connection), "by_id": upkeep.status_by_id(connection)}
    click.echo(json.dumps(book))


def _read(file: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def _send_all(url: str, token: str, lines: list[dict[str, Any]], *, origin: str, rate: float | None) -> Sent:
    sent, lock = Sent(), threading.Lock()
    headers = {"Authorization": f"Bearer {token}"}
    began = time.monotonic()
    with (
        Progress(
            TextColumn("sending"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=_console()
        ) as bar,
        httpx.Client(headers=headers, timeout=TIMEOUT_S, limits=httpx.Limits(max_connections=SENDERS)) as client,
        ThreadPoolExecutor(SENDERS) as pool,
    ):
        task = bar.add_task("sending", total=len(lines))

        def send(numbered: tuple[int, dict[str, Any]]) -> None:
            number, line = numbered
            if rate:
                time.sleep(max(0.0, began + number / rate - time.monotonic()))
            answer = _post(client, url, _body(number, line, origin))
            with lock:
                if isinstance(answer, UUID):
                    sent.labels[answer] = LABELS.get(line.get("label", ""), "unlabelled")
                else:
                    sent.refused[answer] += 1
                bar.advance(task)

        list(pool.map(send, enumerate(lines)))
    sent.seconds = time.monotonic() - began
    return sent


def _post(client: httpx.Client, url: str, body: dict[str, str]) -> UUID | str:
    """The accepted comment's id, or the code of the refusal. Waits when told to."""
    while True:
        try:
            answer = client.post(url, json=body)
        except httpx.HTTPError as error:
            return type(error).__name__
        if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
            time.sleep(float(answer.headers.get("Retry-After", "1")))
        elif answer.status_code == httpx.codes.ACCEPTED:
            return UUID(answer.json()["id"])
        else:
            errors = answer.json().get("errors") or [{"code": answer.json().get("code", str(answer.status_code))}]
            return str(errors[0]["code"])


def _body(number: int, line: dict[str, Any], origin: str) -> dict[str, str]:
    page = str(line.get("page") or line.get("source") or "replay").replace(":", "-")
    body = {
        "page_url": f"{origin}/replay/{page}",
        "body": line["text"],
        "author_name": line.get("author") or f"Reader {number}",
        "author_email": f"reader-{number}@example.org",
        "author_ip": f"2001:db8:{number >> 16:x}:{number & 0xFFFF:x}::1",
    }
    return body | ({"author_website": line["url"]} if line.get("url") else {})


def _await_decisions(runtime: Runtime, ids: list[UUID], wait: float) -> dict[UUID, Outcome]:
    deadline = time.monotonic() + wait
    with Progress(TextColumn("deciding"), BarColumn(), MofNCompleteColumn(), console=_console()) as bar:
        task = bar.add_task("deciding", total=len(ids))
        while True:
            with runtime.engine.connect() as connection:
                outcomes = upkeep.outcomes(connection, ids)
            decided = sum(outcome.status in FINISHED for outcome in outcomes.values())
            bar.update(task, completed=decided)
            if decided == len(ids) or time.monotonic() > deadline:
                return outcomes
            time.sleep(POLL_S)


def _print(sent: Sent, outcomes: dict[UUID, Outcome], *, total: int) -> int:
    """Print the table. Returns how many comments were accepted and are not decided."""
    table = Table("label", *FINISHED, "undecided", title=f"{total:,} comments replayed")
    lost = 0
    for label in sorted(set(sent.labels.values())):
        statuses = Counter(
            outcomes[comment_id].status if comment_id in outcomes else "gone"
            for comment_id, its_label in sent.labels.items()
            if its_label == label
        )
        undecided = sum(count for status, count in statuses.items() if status not in FINISHED)
        lost += undecided
        table.add_row(label, *(f"{statuses[status]:,}" for status in FINISHED), str(undecided))
    out = Console()
    out.print(table)
    times = sorted(outcome.seconds for outcome in outcomes.values() if outcome.seconds is not None)
    accepted = len(sent.labels)
    out.print(f"accepted {accepted:,}, refused {sum(sent.refused.values()):,}, lost {lost:,}")
    for code, count in sent.refused.most_common():
        out.print(f"  refused as {code}: {count:,}")
    if times:
        p50, p95, p99 = (times[min(len(times) - 1, int(len(times) * q))] for q in (0.5, 0.95, 0.99))
        out.print(f"{accepted / sent.seconds:,.0f} posts/s")
        out.print(f"time to decision: p50 {p50:.2f} s, p95 {p95:.2f} s, p99 {p99:.2f} s")
    return lost


def _revoke(runtime: Runtime, token: str) -> None:
    with runtime.engine.begin() as connection:
        found = tokens.find(connection, token_digest(token))
        if found:
            tokens.revoke(connection, found.id)


def _console() -> Console:
    return Console(stderr=True)
