"""How much waits, and of what kind."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, text

from service.storage.review_filter import ReviewFilter, conditions, is_in_status


@dataclass(frozen=True, slots=True)
class ReviewCounts:
    """Numbers of comments that match. One comment may have several labels; without a decision it has no reason."""

    total: int = 0
    by_site: dict[str, int] = field(default_factory=dict)
    by_reason: dict[str, int] = field(default_factory=dict)
    by_label: dict[str, int] = field(default_factory=dict)
    by_rank: dict[str, int] = field(default_factory=dict)


# One pass, over the index alone where only what waits is asked for: the first page at the desk costs hardly more when
# ten times as much waits.
_COUNTS = """
    SELECT site.key AS by_site, found.reason_code AS by_reason, CAST(found.rank AS text) AS by_rank, found.comments
    FROM (SELECT c.site_id, c.reason_code, c.rank, count(*) AS comments FROM comments c
          WHERE c.site_id = ANY(:site_ids) AND {conditions}
          GROUP BY c.site_id, c.reason_code, c.rank) found
    JOIN sites site ON site.id = found.site_id
"""
_LABELS = """
    SELECT s.label, count(DISTINCT s.comment_id) AS comments
    FROM comments c JOIN signals s ON s.comment_id = c.id AND s.revision = c.revision
    WHERE c.site_id = ANY(:site_ids) AND {conditions} GROUP BY s.label
"""


def count(connection: Connection, wanted: ReviewFilter, *, has_labels: bool = True) -> ReviewCounts:
    """What matches, by site, reason, label and rank; the most frequent first.

    Labels cost several times the rest, since each comment has several signals: leave them out where nobody sees them.
    """
    found = _rows(connection, _COUNTS, wanted)
    labelled = _rows(connection, _LABELS, wanted) if has_labels else []
    return ReviewCounts(
        total=sum(row.comments for row in found),
        by_site=_summed((row.by_site, row.comments) for row in found),
        by_reason=_summed((row.by_reason, row.comments) for row in found if row.by_reason is not None),
        by_label=_summed((row.label, row.comments) for row in labelled),
        by_rank=_summed((row.by_rank, row.comments) for row in found),
    )


def _rows(connection: Connection, query: str, wanted: ReviewFilter) -> Sequence[Row[Any]]:
    sql, parameters = conditions(wanted)
    asked = text(query.format(conditions=is_in_status(wanted) + sql))
    return connection.execute(asked, {**parameters, "site_ids": list(wanted.site_ids)}).all()


def _summed(parts: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The sum of each name; the most frequent first, and among equals by name."""
    found = Counter[str]()
    for name, comments in parts:
        found[name] += comments
    return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))
