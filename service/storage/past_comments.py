"""The last comments of a site as its policy saw them: the text, who wrote it, the evidence, and what became of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection, Row, text

from service.moderation.model import Label, Signal, Span, Status, Verdict


@dataclass(frozen=True, slots=True)
class PastComment:
    """A comment that was decided, with the stored evidence about its present text.

    `published_before` counts, up to a bound, the author's comments that are published now and are older.
    `moderator` is who decided last, None where that was the policy.
    """

    id: UUID
    body: str
    author_name: str
    author_website: str | None
    page_title: str | None
    page_url: str
    page_excerpt: str | None
    author_age: timedelta | None
    created_at: datetime
    published_before: int
    status: Status
    moderator: str | None
    signals: tuple[Signal, ...]


def forbid_writing(connection: Connection) -> None:
    """Let the database itself refuse every change in this transaction."""
    connection.execute(text("SET TRANSACTION READ ONLY"))


def latest(connection: Connection, site_id: int, *, limit: int, count_up_to: int) -> list[PastComment]:
    """The last `limit` decided comments of a site, the newest first; published ones are counted up to `count_up_to`."""
    rows = connection.execute(_LATEST, {"site_id": site_id, "limit": limit, "count_up_to": count_up_to})
    return [_past(row) for row in rows]


# The newest of every status and rank by the index that the review queue has, then the newest of all.
_LATEST = text(
    """
    WITH newest AS MATERIALIZED (
        SELECT found.id
        FROM unnest(CAST('{held,published,spam,rejected,removed}' AS text[])) AS wanted (status),
             generate_series(0, 9) AS place (rank),
             LATERAL (
                SELECT c.id FROM comments c
                WHERE c.site_id = :site_id AND c.status = wanted.status AND (-c.rank) = (-place.rank)
                  AND c.status NOT IN ('pending', 'erased')
                ORDER BY c.id DESC LIMIT :limit
             ) found
        ORDER BY found.id DESC LIMIT :limit
    )
    SELECT c.id, r.body, c.author_name, c.author_website, t.page_title, t.page_url, t.page_excerpt,
           CASE WHEN c.is_proven OR a.proven_at IS NULL THEN c.created_at - a.created_at END AS author_age,
           c.created_at, coalesce(e.published, 0) AS published_before,
           c.status, d.decided_by, coalesce(s.signals, '[]') AS signals
    FROM newest
    JOIN comments c ON c.id = newest.id
    JOIN revisions r ON r.comment_id = c.id AND r.number = c.revision
    JOIN threads t ON t.id = c.thread_id
    LEFT JOIN authors a ON a.id = c.author_id
    LEFT JOIN LATERAL (
        SELECT count(*) AS published FROM (
            SELECT FROM comments earlier
            WHERE earlier.author_id = c.author_id AND earlier.status = 'published' AND earlier.id < c.id
            LIMIT :count_up_to
        ) AS older
    ) e ON CAST(:count_up_to AS integer) > 0 AND (c.is_proven OR a.proven_at IS NULL)
    LEFT JOIN LATERAL (
        SELECT decided_by FROM decisions WHERE comment_id = c.id ORDER BY id DESC LIMIT 1
    ) d ON true
    LEFT JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_array(check_name, label, score, detail, rule_id, verdict, spans) ORDER BY id)
            AS signals
        FROM signals WHERE comment_id = c.id AND revision = c.revision
    ) s ON true
    ORDER BY c.id DESC
    """
)


def _past(row: Row[tuple[object, ...]]) -> PastComment:
    is_moderator = row.decided_by is not None and row.decided_by.startswith("moderator:")
    return PastComment(
        id=row.id,
        body=row.body,
        author_name=row.author_name,
        author_website=row.author_website,
        page_title=row.page_title,
        page_url=row.page_url,
        page_excerpt=row.page_excerpt,
        author_age=row.author_age,
        created_at=row.created_at,
        published_before=row.published_before,
        status=Status(row.status),
        moderator=row.decided_by if is_moderator else None,
        signals=tuple(_signal(*signal) for signal in row.signals),
    )


def _signal(
    check: str, label: str, score: float, detail: str, rule_id: str | None, verdict: str | None, spans: list[list[int]]
) -> Signal:
    asked = Verdict(verdict) if verdict else None
    return Signal(check, Label(label), score, detail, tuple(Span(*span) for span in spans), rule_id, asked)
