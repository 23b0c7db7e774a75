"""The audit: what the database says about every comment that was accepted."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tests.stack import Stack

# It sees each decision at the moment of its commit, so that no publication goes unnoticed that was checked later.
WITNESS = """
    CREATE TABLE IF NOT EXISTS published_unchecked (comment_id uuid, revision integer);
    CREATE OR REPLACE FUNCTION witness_publication() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO published_unchecked SELECT new.comment_id, new.revision
        WHERE (SELECT count(*) FROM tasks t WHERE t.comment_id = new.comment_id AND t.revision = new.revision
               AND t.kind IN ('check_spam', 'check_moderation') AND t.outcome = 'reported') <> 2;
        RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER witness_publications AFTER INSERT ON decisions DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (new.event = 'publish' AND new.decided_by = 'policy') EXECUTE FUNCTION witness_publication();
"""


@dataclass(frozen=True, slots=True)
class Audit:
    """What became of comments that were accepted. All but `accepted` and `by_status` should be 0."""

    accepted: int
    by_status: Counter[str]
    lost: int
    twice: int
    unchecked: int
    unexplained: int
    miscounted: int

    @property
    def pending(self) -> int:
        return self.by_status["pending"]

    @property
    def decided(self) -> int:
        return self.by_status.total() - self.pending

    def complaints(self) -> list[str]:
        wrong = {
            name: getattr(self, name) for name in ("lost", "pending", "twice", "unchecked", "unexplained", "miscounted")
        }
        return [f"{count} {name}" for name, count in wrong.items() if count]


def audit(stack: Stack, accepted: Sequence[uuid.UUID]) -> Audit:
    """Count them: lost, stored or reported or decided twice, published unchecked, with a status that no decision explains."""
    ids = list(set(accepted))
    with stack.database() as connection:

        def count(query: str) -> int:
            row = connection.execute(query, {"ids": ids}).fetchone()
            return int(str(row[0])) if row else 0

        statuses = connection.execute(
            "SELECT status, count(*) FROM comments WHERE id = ANY(%(ids)s) GROUP BY 1", {"ids": ids}
        )
        by_status = Counter({str(status): int(str(number)) for status, number in statuses})
        return Audit(
            accepted=len(ids),
            by_status=by_status,
            lost=len(ids) - by_status.total(),
            twice=count(_STORED_TWICE) + count(_REPORTED_TWICE) + count(_DECIDED_TWICE),
            unchecked=count(_UNCHECKED),
            unexplained=count(_UNEXPLAINED),
            miscounted=count(_MISCOUNTED),
        )


def given_up(stack: Stack, accepted: Sequence[uuid.UUID]) -> int:
    """How many of them wait for a person because a check failed at them."""
    with stack.database() as connection:
        row = connection.execute(
            "SELECT count(DISTINCT comment_id) FROM signals WHERE comment_id = ANY(%(ids)s) AND label = 'unchecked'",
            {"ids": list(set(accepted))},
        ).fetchone()
    return int(str(row[0])) if row else 0


# No two posts say the same, so a text that is stored twice was one post.
_STORED_TWICE = """
    SELECT coalesce(sum(copies - 1), 0) FROM (
        SELECT count(*) AS copies FROM revisions WHERE number = 1 AND body IN (
            SELECT body FROM revisions WHERE comment_id = ANY(%(ids)s) AND number = 1)
        GROUP BY body) AS texts
"""
_REPORTED_TWICE = """
    SELECT coalesce(sum(copies - 1), 0) FROM (
        SELECT count(*) AS copies FROM signals WHERE comment_id = ANY(%(ids)s)
        GROUP BY comment_id, revision, check_name, label, detail, spans) AS found
"""
_DECIDED_TWICE = """
    SELECT coalesce(sum(greatest(by_policy - 1, published - 1, 0)), 0) FROM (
        SELECT count(*) FILTER (WHERE decided_by = 'policy') AS by_policy,
               count(*) FILTER (WHERE event = 'publish') AS published
        FROM decisions WHERE comment_id = ANY(%(ids)s) GROUP BY comment_id, revision) AS revisions
"""
_UNCHECKED = """
    SELECT count(*) FROM comments c WHERE c.id = ANY(%(ids)s) AND (
        EXISTS (SELECT FROM published_unchecked u WHERE u.comment_id = c.id)
        OR c.shown_revision IS NOT NULL
        AND (SELECT count(*) FROM tasks t WHERE t.comment_id = c.id AND t.revision = c.shown_revision
             AND t.kind IN ('check_spam', 'check_moderation') AND t.outcome = 'reported') <> 2
        AND NOT EXISTS (SELECT FROM decisions d WHERE d.comment_id = c.id AND d.revision = c.shown_revision
                        AND d.decided_by LIKE 'moderator:%%'))
"""
_UNEXPLAINED = """
    SELECT count(*) FROM comments c LEFT JOIN LATERAL (
        SELECT * FROM decisions d WHERE d.comment_id = c.id ORDER BY d.id DESC LIMIT 1) AS last ON true
    WHERE c.id = ANY(%(ids)s) AND (
        c.status <> coalesce(last.status, 'pending')
        OR c.status <> 'pending' AND (coalesce(cardinality(last.reasons), 0) = 0 OR last.revision <> c.revision))
"""
_MISCOUNTED = """
    SELECT count(*) FROM threads t WHERE published_count <>
        (SELECT count(*) FROM comments c WHERE c.thread_id = t.id AND c.shown_revision IS NOT NULL)
    AND cardinality(%(ids)s) >= 0
"""
