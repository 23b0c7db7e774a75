"""What the checks are told, and what they found out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import orjson
from sqlalchemy import Connection, TextClause, text

from service.moderation.model import Label, Signal, Span, Verdict

RevisionKey = tuple[UUID, int]
"""A comment's id and the number of one of its texts."""


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A revision as the checks need it, with the e-mail still sealed."""

    comment_id: UUID
    revision: int
    site_id: int
    thread_id: int
    author_id: int | None
    body: str
    author_name: str
    author_website: str | None
    page_url: str
    page_title: str | None
    page_excerpt: str | None
    ip_prefix: str | None
    email_key_id: str | None
    email_ciphertext: bytes | None
    form_age: timedelta | None
    is_honeypot_filled: bool
    suspicion: str | None
    created_at: datetime
    author_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """The signals that one finished check has about one revision."""

    comment_id: UUID
    revision: int
    signals: tuple[Signal, ...]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A revision's HTML and the version of the renderer that made it."""

    comment_id: UUID
    revision: int
    html: str
    renderer_version: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything known about a comment whose checks have all reported."""

    signals: tuple[Signal, ...] = ()
    signal_ids: tuple[int, ...] = ()


def load(connection: Connection, revisions: Sequence[RevisionKey]) -> dict[RevisionKey, Unchecked]:
    """Those of these revisions that are the present ones of comments that are not erased."""
    return _load(connection, _LOAD, revisions)


def load_to_check(connection: Connection, revisions: Sequence[RevisionKey]) -> dict[RevisionKey, Unchecked]:
    """The same; until this transaction ends nobody changes or erases them, so that what it stores is not too late."""
    return _load(connection, _LOAD_TO_CHECK, revisions)


_PRESENT = """
    SELECT c.id, r.number, c.site_id, c.thread_id, c.author_id, r.body, c.author_name, c.author_website,
           t.page_url, t.page_title, t.page_excerpt, CAST(c.ip_prefix AS text),
           a.email_key_id, a.email_ciphertext, c.form_age, c.is_honeypot_filled, c.suspicion, c.created_at,
           CASE WHEN c.is_proven OR a.proven_at IS NULL THEN a.created_at END AS author_since
    FROM unnest(CAST(:ids AS uuid[]), CAST(:numbers AS integer[])) AS wanted (id, number)
    JOIN comments c ON c.id = wanted.id AND c.revision = wanted.number AND c.status <> 'erased'
    JOIN revisions r ON r.comment_id = wanted.id AND r.number = wanted.number
    JOIN threads t ON t.id = c.thread_id
    LEFT JOIN authors a ON a.id = c.author_id
"""
_LOAD = text(_PRESENT)
_LOAD_TO_CHECK = text(_PRESENT + "ORDER BY c.id FOR KEY SHARE OF c")


def _load(connection: Connection, query: TextClause, revisions: Sequence[RevisionKey]) -> dict[RevisionKey, Unchecked]:
    wanted = {"ids": [item[0] for item in revisions], "numbers": [item[1] for item in revisions]}
    return {(row.id, row.number): Unchecked(*row) for row in connection.execute(query, wanted)}


def still_pending(connection: Connection, revisions: Sequence[RevisionKey]) -> set[RevisionKey]:
    """Those revisions that are the present ones of comments nobody has decided."""
    rows = connection.execute(
        text("SELECT id, revision FROM comments WHERE id = ANY(:ids) AND status = 'pending'"),
        {"ids": [item[0] for item in revisions]},
    )
    return {(row.id, row.revision) for row in rows} & set(revisions)


def published_before(connection: Connection, comment_ids: list[UUID]) -> dict[UUID, int]:
    """How many published comments the author of each of these has; those who have none are left out.

    An address that somebody has proven is known by proof only: whoever just types it is a stranger.
    """
    if not comment_ids:
        return {}
    rows = connection.execute(
        text(
            """
            WITH known AS (
                SELECT c.id, c.author_id FROM comments c JOIN authors a ON a.id = c.author_id
                WHERE c.id = ANY(:ids) AND (c.is_proven OR a.proven_at IS NULL)
            ), counted AS (
                SELECT author_id, count(*) AS published FROM comments
                WHERE author_id IN (SELECT author_id FROM known) AND status = 'published' GROUP BY author_id
            )
            SELECT known.id, counted.published FROM known JOIN counted ON counted.author_id = known.author_id
            """
        ),
        {"ids": comment_ids},
    )
    return {row.id: row.published for row in rows}


def add_signals(connection: Connection, findings: Sequence[Finding]) -> None:
    """Store what was found, without what is in the shadow. Scores are kept as 32-bit floats."""
    rows = [
        {
            "comment_id": str(finding.comment_id),
            "revision": finding.revision,
            "check_name": signal.check,
            "label": signal.label.value,
            "score": signal.score,
            "detail": signal.detail,
            "spans": [list(span) for span in signal.spans],
            "rule_id": signal.rule_id,
            "verdict": signal.verdict,
        }
        for finding in findings
        for signal in finding.signals
        if not signal.is_shadow
    ]
    if rows:
        connection.execute(
            text(
                """
                INSERT INTO signals (comment_id, revision, check_name, label, score, detail, spans, rule_id, verdict)
                SELECT * FROM jsonb_to_recordset(CAST(:rows AS jsonb))
                    AS s (comment_id uuid, revision integer, check_name text, label text, score real, detail text,
                          spans jsonb, rule_id text, verdict text)
                """
            ),
            {"rows": orjson.dumps(rows).decode()},
        )


def save_rendered(connection: Connection, rendered: Sequence[Rendered]) -> None:
    """Keep the HTML beside the text, so that readers do not wait for it to be made."""
    connection.execute(
        text(
            """
            UPDATE revisions r SET body_html = new.html, renderer_version = new.version
            FROM unnest(CAST(:ids AS uuid[]), CAST(:numbers AS integer[]), CAST(:html AS text[]),
                        CAST(:versions AS integer[]))
                AS new (id, number, html, version)
            WHERE r.comment_id = new.id AND r.number = new.number
            """
        ),
        {
            "ids": [item.comment_id for item in rendered],
            "numbers": [item.revision for item in rendered],
            "html": [item.html for item in rendered],
            "versions": [item.renderer_version for item in rendered],
        },
    )


def evidence(connection: Connection, comment_ids: list[UUID]) -> dict[UUID, Evidence]:
    """All signals of the present revision, by comment id."""
    rows = connection.execute(
        text(
            """
            SELECT s.comment_id, s.id, s.check_name, s.label, s.score, s.detail, s.spans, s.rule_id, s.verdict
            FROM signals s JOIN comments c ON c.id = s.comment_id AND c.revision = s.revision
            WHERE s.comment_id = ANY(:ids) ORDER BY s.id
            """
        ),
        {"ids": comment_ids},
    )
    found: dict[UUID, Evidence] = {comment_id: Evidence() for comment_id in comment_ids}
    for row in rows:
        so_far = found[row.comment_id]
        spans = tuple(Span(*span) for span in row.spans)
        verdict = Verdict(row.verdict) if row.verdict else None
        signal = Signal(row.check_name, Label(row.label), row.score, row.detail, spans, row.rule_id, verdict)
        found[row.comment_id] = Evidence((*so_far.signals, signal), (*so_far.signal_ids, row.id))
    return found
