"""How moderation goes, counted from the database: what waits, how long it took, who decided what."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, text

MOST_ROWS = 12
"""More reasons or people than that say nothing at a glance."""


@dataclass(frozen=True, slots=True)
class Period:
    """From when to when, on which sites. Before `until`, not at it."""

    site_ids: tuple[int, ...]
    since: datetime
    until: datetime

    @property
    def parameters(self) -> dict[str, object]:
        return {"site_ids": list(self.site_ids), "since": self.since, "until": self.until}


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits for a person now: how many, since when the oldest waits, and how many by how long they have waited."""

    waiting: int
    oldest_at: datetime | None
    under_an_hour: int
    under_a_day: int
    under_three_days: int
    longer: int


@dataclass(frozen=True, slots=True)
class Waited:
    """How long held comments waited for a person: median and nine in ten, in seconds; None where none was decided."""

    decided: int
    median_s: float | None
    p90_s: float | None


@dataclass(frozen=True, slots=True)
class Counted:
    """A word and how often it was meant."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Overturned:
    """Of what a check spoke against and a person decided, how much that person published."""

    check: str
    decided: int
    published: int


@dataclass(frozen=True, slots=True)
class ByPeople:
    """What people decided: how long it waited, what of the machine's they corrected, why, and against which check."""

    waited: Waited
    taken_down_later: int
    let_through_later: int
    reasons: list[Counted]
    checks: list[Overturned]


@dataclass(frozen=True, slots=True)
class Day:
    """Decisions of one day (UTC)."""

    day: date
    by_machine: int
    by_people: int


def read_one_moment(connection: Connection) -> None:
    """All figures that follow in this transaction are of the same moment."""
    connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))


def backlog(connection: Connection, site_ids: tuple[int, ...], now: datetime) -> Backlog:
    row = connection.execute(_BACKLOG, {"site_ids": list(site_ids), "now": now}).one()
    return Backlog(*row)


def by_people(connection: Connection, period: Period) -> ByPeople:
    """What people decided in the period and did not take back, counted in one go: looking behind each costs most."""
    row = connection.execute(_BY_PEOPLE, {**period.parameters, "limit": MOST_ROWS}).one()
    return ByPeople(
        waited=Waited(row.waited, row.median_s, row.p90_s),
        taken_down_later=row.taken_down_later,
        let_through_later=row.let_through_later,
        reasons=[Counted(*item) for item in row.reasons],
        checks=[Overturned(*item) for item in row.checks],
    )


def by_machine(connection: Connection, period: Period) -> int:
    """Comments that the machine concluded without a person."""
    return int(connection.execute(_BY_MACHINE, period.parameters).scalar_one())


def by_moderator(connection: Connection, period: Period, *, owned: list[int], own_label: str) -> list[Counted]:
    """Who decided how much: everybody on the `owned` sites, on the others only the one who asks."""
    parameters = {**period.parameters, "limit": MOST_ROWS, "owned": owned, "label": own_label}
    return [Counted(*row) for row in connection.execute(_BY_MODERATOR, parameters)]


def by_day(connection: Connection, period: Period) -> list[Day]:
    """Every day of the period, also those on which nothing was decided."""
    found = {row.day: row for row in connection.execute(_BY_DAY, period.parameters)}
    first, last = period.since.date(), (period.until - timedelta(microseconds=1)).date()
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [
        Day(day, found[day].by_machine if day in found else 0, found[day].by_people if day in found else 0)
        for day in days
    ]


_BACKLOG = text(
    """
    SELECT count(*), min(created_at),
           count(*) FILTER (WHERE created_at > CAST(:now AS timestamptz) - interval '1 hour'),
           count(*) FILTER (WHERE created_at <= CAST(:now AS timestamptz) - interval '1 hour'
                              AND created_at > CAST(:now AS timestamptz) - interval '1 day'),
           count(*) FILTER (WHERE created_at <= CAST(:now AS timestamptz) - interval '1 day'
                              AND created_at > CAST(:now AS timestamptz) - interval '3 days'),
           count(*) FILTER (WHERE created_at <= CAST(:now AS timestamptz) - interval '3 days')
    FROM comments WHERE site_id = ANY(:site_ids) AND status = 'held'
    """
)
# Each with what stood before it. Only what was held by the machine has waited for a person.
_BY_PEOPLE = text(
    """
    WITH people AS MATERIALIZED (
        SELECT d.id, d.status, d.reason_code, before.status AS before_status, before.decided_by = 'policy' AS by_policy,
               extract(epoch FROM d.decided_at - before.decided_at)::float8 AS seconds, before.signal_ids
        FROM decisions d
        JOIN LATERAL (
            SELECT b.status, b.decided_by, b.decided_at, b.signal_ids FROM decisions b
            WHERE b.comment_id = d.comment_id AND b.id < d.id ORDER BY b.id DESC LIMIT 1) before ON true
        WHERE d.site_id = ANY(:site_ids) AND d.decided_at >= :since AND d.decided_at < :until
          AND d.decided_by LIKE 'moderator:%' AND d.event <> 'undo'
          AND NOT EXISTS (SELECT FROM decisions u WHERE u.undoes = d.id)
    ), reasons AS (
        SELECT reason_code, count(*) AS decisions FROM people
        GROUP BY reason_code ORDER BY decisions DESC, reason_code LIMIT :limit
    ), checks AS (
        SELECT s.check_name, count(DISTINCT p.id) AS decided,
               count(DISTINCT p.id) FILTER (WHERE p.status = 'published') AS published
        FROM people p CROSS JOIN LATERAL unnest(p.signal_ids) AS cited (id) JOIN signals s ON s.id = cited.id
        WHERE p.by_policy AND p.before_status <> 'published' GROUP BY s.check_name
    )
    SELECT count(*) FILTER (WHERE by_policy AND before_status = 'held') AS waited,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) FILTER (WHERE by_policy AND before_status = 'held')
               AS median_s,
           percentile_cont(0.9) WITHIN GROUP (ORDER BY seconds) FILTER (WHERE by_policy AND before_status = 'held')
               AS p90_s,
           count(*) FILTER (WHERE by_policy AND before_status = 'published' AND status <> 'published')
               AS taken_down_later,
           count(*) FILTER (WHERE by_policy AND before_status IN ('spam', 'rejected') AND status = 'published')
               AS let_through_later,
           coalesce((SELECT json_agg(json_build_array(reason_code, decisions) ORDER BY decisions DESC, reason_code)
                     FROM reasons), '[]') AS reasons,
           coalesce((SELECT json_agg(json_build_array(check_name, decided, published) ORDER BY decided DESC, check_name)
                     FROM checks), '[]') AS checks
    FROM people
    """
)
_BY_MACHINE = text(
    """
    SELECT count(*) FROM decisions
    WHERE site_id = ANY(:site_ids) AND decided_at >= :since AND decided_at < :until
      AND decided_by = 'policy' AND status IN ('published', 'spam', 'rejected')
    """
)
_BY_MODERATOR = text(
    """
    SELECT decided_by, count(*) AS decisions FROM decisions d
    WHERE site_id = ANY(:site_ids) AND decided_at >= :since AND decided_at < :until AND decided_by LIKE 'moderator:%'
      AND event <> 'undo' AND NOT EXISTS (SELECT FROM decisions u WHERE u.undoes = d.id)
      AND (site_id = ANY(:owned) OR decided_by = :label)
    GROUP BY decided_by ORDER BY decisions DESC, decided_by LIMIT :limit
    """
)
_BY_DAY = text(
    """
    SELECT CAST(decided_at AT TIME ZONE 'UTC' AS date) AS day,
           count(*) FILTER (WHERE decided_by = 'policy' AND status IN ('published', 'spam', 'rejected')) AS by_machine,
           count(*) FILTER (WHERE decided_by LIKE 'moderator:%') AS by_people
    FROM decisions d
    WHERE site_id = ANY(:site_ids) AND decided_at >= :since AND decided_at < :until AND event <> 'undo'
      AND (decided_by = 'policy' OR NOT EXISTS (SELECT FROM decisions u WHERE u.undoes = d.id))
    GROUP BY 1
    """
)
