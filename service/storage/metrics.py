"""Figures for ops, counted from what is stored: they survive every restart and agree with the database."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, text

TIME_TO_DECISION_S = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)
"""Upper bounds of the histogram's buckets, in seconds."""


@dataclass(slots=True)
class Tally:
    """Totals over decisions. `until` is the last decision counted."""

    until: int = 0
    decided: dict[tuple[str, str, str], int] = field(default_factory=dict)
    buckets: list[int] = field(default_factory=lambda: [0] * (len(TIME_TO_DECISION_S) + 1))
    seconds: float = 0.0

    def add(self, other: "Tally") -> None:
        for key, count in other.decided.items():
            self.decided[key] = self.decided.get(key, 0) + count
        self.buckets = [mine + theirs for mine, theirs in zip(self.buckets, other.buckets, strict=True)]
        self.seconds += other.seconds
        self.until = max(self.until, other.until)


def settled_until(connection: Connection) -> int:
    """The last decision that is older than a minute: no transaction that began before it is still open."""
    query = text("SELECT coalesce(max(id), 0) FROM decisions WHERE decided_at < now() - interval '1 minute'")
    return int(connection.execute(query).scalar_one())


def tally(connection: Connection, *, after: int, until: int | None = None) -> Tally:
    """Decisions with ids in (after, until], by verdict, reason and who decided; and how long they took."""
    rows = connection.execute(
        text(
            """
            SELECT d.event, d.reason_code, d.decided_by = 'policy' AS is_policy, count(*) AS decisions,
                   max(d.id) AS until,
                   width_bucket(extract(epoch FROM d.decided_at - c.created_at)::float8, CAST(:bounds AS float8[]))
                       AS bucket,
                   sum(extract(epoch FROM d.decided_at - c.created_at)) AS seconds
            FROM decisions d JOIN comments c ON c.id = d.comment_id
            WHERE d.id > :after AND (CAST(:until AS bigint) IS NULL OR d.id <= :until)
            GROUP BY 1, 2, 3, 6
            """
        ),
        {"after": after, "until": until, "bounds": list(TIME_TO_DECISION_S)},
    )
    found = Tally(until=after)
    for row in rows:
        key = (row.event, row.reason_code, "policy" if row.is_policy else "moderator")
        found.decided[key] = found.decided.get(key, 0) + row.decisions
        found.until = max(found.until, row.until)
        if row.is_policy:
            found.buckets[row.bucket] += row.decisions
            found.seconds += float(row.seconds)
    return found


def accepted(connection: Connection) -> int:
    """Comments ever accepted."""
    return int(connection.execute(text("SELECT count(*) FROM comments")).scalar_one())


def queue_depth(connection: Connection) -> dict[str, int]:
    """Undone tasks by kind."""
    rows = connection.execute(text("SELECT kind, count(*) AS tasks FROM tasks WHERE done_at IS NULL GROUP BY kind"))
    return {row.kind: row.tasks for row in rows}


def attempts(connection: Connection) -> dict[tuple[str, str], int]:
    """Attempts at tasks that are not done or needed more than one, by kind and outcome."""
    rows = connection.execute(
        text("SELECT kind, coalesce(outcome, 'undone') AS outcome, sum(attempts) AS attempts FROM tasks GROUP BY 1, 2")
    )
    return {(row.kind, row.outcome): int(row.attempts) for row in rows}


def mails(connection: Connection) -> dict[str, int]:
    """Mails of the outbox by state."""
    rows = connection.execute(text("SELECT state, count(*) AS mails FROM mails GROUP BY state"))
    return {row.state: row.mails for row in rows}


def oldest_pending(connection: Connection) -> datetime | None:
    """When the comment came that has waited longest for its checks."""
    query = text("SELECT created_at FROM comments WHERE status = 'pending' ORDER BY created_at LIMIT 1")
    return connection.execute(query).scalar_one_or_none()
