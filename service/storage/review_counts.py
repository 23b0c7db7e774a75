"""How much waits, and of what kind."""

from dataclasses import dataclass, field

from sqlalchemy import Connection, text

from service.storage.review_filter import ReviewFilter, conditions, is_in_status


@dataclass(frozen=True, slots=True)
class ReviewCounts:
    """Numbers of comments that match. One comment may have several labels; without a decision it has no reason."""

    total: int = 0
    by_site: dict[str, int] = field(default_factory=dict)
    by_reason: dict[str, int] = field(default_factory=dict)
    by_label: dict[str, int] = field(default_factory=dict)
    by_rank: dict[str, int] = field(default_factory=dict)


_COUNTS = """
    WITH found AS MATERIALIZED (
        SELECT c.id, c.revision, c.site_id, c.reason_code, c.rank FROM comments c
        WHERE c.site_id = ANY(:site_ids) AND {conditions}
    )
    SELECT 'total' AS kind, '' AS name, count(*) AS comments FROM found
    UNION ALL SELECT 'by_site', s.key, count(*) FROM found f JOIN sites s ON s.id = f.site_id GROUP BY s.key
    UNION ALL SELECT 'by_reason', reason_code, count(*) FROM found WHERE reason_code IS NOT NULL GROUP BY reason_code
    UNION ALL SELECT 'by_rank', CAST(rank AS text), count(*) FROM found GROUP BY rank
    {by_label}
    ORDER BY kind, comments DESC, name
"""
_BY_LABEL = """
    UNION ALL SELECT 'by_label', label, count(*) FROM (
        SELECT DISTINCT s.comment_id, s.label FROM found f
        JOIN signals s ON s.comment_id = f.id AND s.revision = f.revision) labelled GROUP BY label
"""


def count(connection: Connection, wanted: ReviewFilter, *, has_labels: bool = True) -> ReviewCounts:
    """What matches, by site, reason, label and rank; the most frequent first.

    Labels cost several times the rest, since each comment has several signals: leave them out where nobody sees them.
    """
    sql, parameters = conditions(wanted)
    by_label = _BY_LABEL if has_labels else ""
    query = text(_COUNTS.format(conditions=is_in_status(wanted) + sql, by_label=by_label))
    rows = connection.execute(query, {**parameters, "site_ids": list(wanted.site_ids)}).all()
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row.kind, {})[row.name] = row.comments
    total = found.pop("total")[""]
    return ReviewCounts(total, **found)
