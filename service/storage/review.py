"""What moderators see: comments in any status, with everything that is known but the e-mail address."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Row, text

from service.storage.decisions import RANK_BY_ITSELF
from service.storage.review_filter import ReviewFilter, conditions, is_in_status, status_conditions


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One comment as it stands in the review queue. `thread_id` and `author_id` are to filter by."""

    id: UUID
    site: str
    status: str
    revision: int
    parent_id: UUID | None
    thread_id: int
    author_id: int | None
    author_name: str
    author_website: str | None
    has_email: bool
    body: str
    page_url: str
    page_title: str | None
    created_at: datetime
    edited_at: datetime | None
    shown_revision: int | None
    rank: int
    severity: int
    language: str | None
    labels: tuple[str, ...]
    claimed_by: str | None
    report_count: int
    has_appeal: bool
    decision_id: int | None
    reason_code: str | None
    reasons: tuple[str, ...]


class Place(NamedTuple):
    """Where a page of the review queue ended: the highest rank and the oldest come first."""

    rank: int
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
    message: str | None
    undoes: int | None
    policy_version: int | None
    model_versions: tuple[str, ...]
    decided_at: datetime


# A moment that Python can't hold (an import may bring one) must not take the whole list away.
_SELECT = """
    SELECT c.id, site.key AS site, c.status, c.revision, c.parent_id, c.thread_id, c.author_id, c.author_name,
           c.author_website, c.author_id IS NOT NULL AS has_email, r.body, t.page_url, t.page_title,
           least(greatest(c.created_at, '0001-01-02 00:00Z'), '9999-12-30 00:00Z') AS created_at,
           c.edited_at, c.shown_revision, c.rank, c.severity, g.language,
           ARRAY(SELECT DISTINCT s.label FROM signals s WHERE s.comment_id = c.id AND s.revision = c.revision
                 ORDER BY s.label) AS labels,
           claims.claimed_by,
           (SELECT count(*) FROM reports WHERE comment_id = c.id AND resolved_at IS NULL) AS report_count,
           EXISTS (SELECT FROM appeals WHERE comment_id = c.id AND answered_at IS NULL) AS has_appeal,
           d.id AS decision_id, c.reason_code, coalesce(d.reasons, '{}') AS reasons
    FROM comments c
    JOIN sites site ON site.id = c.site_id
    JOIN revisions r ON r.comment_id = c.id AND r.number = c.revision
    JOIN threads t ON t.id = c.thread_id
    LEFT JOIN claims ON claims.comment_id = c.id AND claims.until > now()
    LEFT JOIN readings g ON g.comment_id = c.id AND g.revision = c.revision
    LEFT JOIN LATERAL (SELECT * FROM decisions d WHERE d.comment_id = c.id ORDER BY d.id DESC LIMIT 1) d ON true
"""

# Each site and status is read in the order of an index, and only as far as the page goes: the cost of a page does not
# grow with the queue.
_PLACES = """
    SELECT place.id, place.rank FROM unnest(CAST(:site_ids AS integer[])) AS one (site_id) CROSS JOIN LATERAL (
        SELECT c.id, c.rank FROM comments c
        WHERE c.site_id = one.site_id AND {conditions}
          AND (-c.rank, c.id) > (-CAST(:rank AS integer), CAST(:after AS uuid))
        ORDER BY -c.rank, c.id LIMIT :limit) place
"""

# What is searched for is looked up first, once, and then put in order.
_FOUND = """
    SELECT c.id, c.rank FROM comments c
    WHERE c.site_id = ANY(CAST(:site_ids AS integer[])) AND {conditions}
      AND (-c.rank, c.id) > (-CAST(:rank AS integer), CAST(:after AS uuid))
"""

# Of what is held and says nearly the same, all but the first that matches: read once for a page, from what is held.
_LATER = """
    later AS MATERIALIZED (
        SELECT id FROM (
            SELECT c.id, row_number() OVER (PARTITION BY c.site_id, n.group_id ORDER BY -c.rank, c.id) AS turn
            FROM near_duplicates n JOIN comments c ON c.id = n.comment_id
            WHERE c.site_id = ANY(CAST(:site_ids AS integer[])) AND c.status = 'held'{conditions}) held
        WHERE turn > 1)
"""
_LIKE = """
    AND c.id IN (SELECT other.comment_id FROM near_duplicates mine
                 JOIN near_duplicates other ON other.group_id = mine.group_id WHERE mine.comment_id = :like)
"""

_TOP = Place(9, UUID(int=0))


def page(connection: Connection, wanted: ReviewFilter, *, after: Place | None = None, limit: int) -> list[ReviewItem]:
    """Comments that match: the highest rank first, and among equals the oldest."""
    places, parameters = _places(wanted, after or _TOP, limit)
    rows = connection.execute(
        text(f"WITH place AS ({places}) {_SELECT} JOIN place ON place.id = c.id ORDER BY -c.rank, c.id"),
        parameters,
    )
    return [_item(row) for row in rows]


def folded_page(
    connection: Connection,
    wanted: ReviewFilter,
    *,
    after: Place | None = None,
    like: UUID | None = None,
    limit: int,
) -> list[ReviewItem]:
    """The same, of the held comments that say nearly the same only the first. `like`: only those like this one."""
    sql, parameters = conditions(wanted)
    later = _LATER.format(conditions=sql)
    narrower = " AND c.id NOT IN (SELECT id FROM later)"
    if like is not None:
        narrower += _LIKE
        parameters["like"] = like
    places, more = _places(wanted, after or _TOP, limit, narrower=narrower)
    rows = connection.execute(
        text(f"WITH {later}, place AS ({places}) {_SELECT} JOIN place ON place.id = c.id ORDER BY -c.rank, c.id"),
        {**parameters, **more},
    )
    return [_item(row) for row in rows]


def ids_matching(connection: Connection, wanted: ReviewFilter, *, up_to: int) -> list[UUID]:
    """The ids of at most so many comments that match, in the order of the queue."""
    places, parameters = _places(wanted, _TOP, up_to)
    return list(connection.execute(text(places), parameters).scalars())


def count_matching(connection: Connection, wanted: ReviewFilter) -> int:
    """How many comments match."""
    sql, parameters = conditions(wanted)
    query = f"SELECT count(*) FROM comments c WHERE c.site_id = ANY(:site_ids) AND {is_in_status(wanted)}{sql}"  # noqa: S608 - our own words
    return int(connection.execute(text(query), {**parameters, "site_ids": list(wanted.site_ids)}).scalar_one())


def _places(wanted: ReviewFilter, after: Place, limit: int, *, narrower: str = "") -> tuple[str, dict[str, object]]:
    sql, parameters = conditions(wanted)
    sql += narrower
    if wanted.text is None:
        stretches = [_PLACES.format(conditions=status + sql) for status in status_conditions(wanted)]
    else:
        stretches = [_FOUND.format(conditions=is_in_status(wanted) + sql)]
    query = f"SELECT id, rank FROM ({' UNION ALL '.join(stretches)}) place ORDER BY -rank, id LIMIT :limit"  # noqa: S608 - our own words
    place = {"site_ids": list(wanted.site_ids), "rank": after.rank, "after": after.id, "limit": limit}
    return query, {**parameters, **place}


def find(connection: Connection, comment_id: UUID, *, site_ids: list[int]) -> ReviewItem | None:
    """The comment, when it is on one of these sites."""
    row = connection.execute(
        text(_SELECT + "WHERE c.id = :id AND c.site_id = ANY(:site_ids)"), {"id": comment_id, "site_ids": site_ids}
    ).one_or_none()
    return _item(row) if row else None


def raise_to(connection: Connection, comment_id: UUID, rank: int) -> None:
    """Have a person see it, at least this soon, whatever its status: until a moderator decides, or `settle`."""
    connection.execute(
        text("UPDATE comments SET rank = :rank WHERE id = :id AND rank < :rank AND status <> 'erased'"),
        {"id": comment_id, "rank": rank},
    )


def settle(connection: Connection, comment_id: UUID) -> None:
    """Undo `raise_to`, where a person answered without a decision: what is held waits as it did before."""
    connection.execute(text(f"UPDATE comments c SET rank = {RANK_BY_ITSELF} WHERE id = :id"), {"id": comment_id})  # noqa: S608 - our own words


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
            "SELECT id, revision, event, status, decided_by, reason_code, reasons, note, message, undoes,"
            " policy_version, model_versions, decided_at FROM decisions WHERE comment_id = :id ORDER BY id"
        ),
        {"id": comment_id},
    )
    return [
        StoredDecision(**{**row._mapping, "reasons": tuple(row.reasons), "model_versions": tuple(row.model_versions)})
        for row in rows
    ]


def _item(row: Row[tuple[object, ...]]) -> ReviewItem:
    return ReviewItem(**{**row._mapping, "reasons": tuple(row.reasons), "labels": tuple(row.labels)})
