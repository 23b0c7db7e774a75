"""What moderators see: comments in any status, with everything that is known but the e-mail address."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Row, text


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One comment as it stands in the review queue."""

    id: UUID
    status: str
    revision: int
    parent_id: UUID | None
    author_name: str
    author_website: str | None
    has_email: bool
    body: str
    page_url: str
    page_title: str | None
    created_at: datetime
    severity: int
    reason_code: str | None
    reasons: tuple[str, ...]


class Place(NamedTuple):
    """Where a page of the review queue ended: the severest and oldest come first."""

    severity: int
    id: UUID


@dataclass(frozen=True, slots=True)
class StoredSignal:
    id: int
    revision: int
    check_name: str
    label: str
    score: float
    detail: str
    spans: list[list[int]]


@dataclass(frozen=True, slots=True)
class StoredDecision:
    id: int
    revision: int
    event: str
    status: str
    decided_by: str
    reason_code: str
    reasons: tuple[str, ...]
    note: str | None
    policy_version: int | None
    model_versions: tuple[str, ...]
    decided_at: datetime


_SELECT = """
    SELECT c.id, c.status, c.revision, c.parent_id, c.author_name, c.author_website,
           c.author_id IS NOT NULL AS has_email,
           r.body, t.page_url, t.page_title, c.created_at, c.severity, d.reason_code,
           coalesce(d.reasons, '{}') AS reasons
    FROM comments c
    JOIN revisions r ON r.comment_id = c.id AND r.number = c.revision
    JOIN threads t ON t.id = c.thread_id
    LEFT JOIN LATERAL (SELECT * FROM decisions d WHERE d.comment_id = c.id ORDER BY d.id DESC LIMIT 1) d ON true
"""


_TOP = Place(9, UUID(int=0))


def page(connection: Connection, *, site_id: int, status: str, after: Place | None, limit: int) -> list[ReviewItem]:
    """Comments of a site in one status: the severest first, and among equals the oldest."""
    after = after or _TOP
    rows = connection.execute(
        text(
            _SELECT
            + """WHERE c.site_id = :site_id AND c.status = :status
                   AND (-c.severity, c.id) > (-CAST(:severity AS integer), CAST(:after AS uuid))
                 ORDER BY -c.severity, c.id LIMIT :limit"""
        ),
        {"site_id": site_id, "status": status, "severity": after.severity, "after": after.id, "limit": limit},
    )
    return [_item(row) for row in rows]


def find(connection: Connection, comment_id: UUID, *, site_ids: list[int]) -> ReviewItem | None:
    """The comment, when it is on one of these sites."""
    row = connection.execute(
        text(_SELECT + "WHERE c.id = :id AND c.site_id = ANY(:site_ids)"), {"id": comment_id, "site_ids": site_ids}
    ).one_or_none()
    return _item(row) if row else None


def signals(connection: Connection, comment_id: UUID) -> list[StoredSignal]:
    rows = connection.execute(
        text(
            "SELECT id, revision, check_name, label, score, detail, spans FROM signals"
            " WHERE comment_id = :id ORDER BY id"
        ),
        {"id": comment_id},
    )
    return [StoredSignal(*row) for row in rows]


def decisions(connection: Connection, comment_id: UUID) -> list[StoredDecision]:
    rows = connection.execute(
        text(
            "SELECT id, revision, event, status, decided_by, reason_code, reasons, note, policy_version,"
            " model_versions, decided_at FROM decisions WHERE comment_id = :id ORDER BY id"
        ),
        {"id": comment_id},
    )
    return [
        StoredDecision(**{**row._mapping, "reasons": tuple(row.reasons), "model_versions": tuple(row.model_versions)})
        for row in rows
    ]


def _item(row: Row[tuple[object, ...]]) -> ReviewItem:
    return ReviewItem(**{**row._mapping, "reasons": tuple(row.reasons)})
