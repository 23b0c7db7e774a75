"""Which rule of a site was met by which text: counted once, also for rules that stand in the shadow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import orjson
from sqlalchemy import Connection, text

from service.moderation.model import Signal


@dataclass(frozen=True, slots=True)
class Met:
    """What a check found in one revision of a comment of a site."""

    comment_id: UUID
    revision: int
    site_id: int
    signals: tuple[Signal, ...]


@dataclass(frozen=True, slots=True)
class Hits:
    """How often a rule was met: while it was on, and while it stood in the shadow."""

    hits: int = 0
    shadow_hits: int = 0
    last_hit_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One text that met a rule: what the rule asked for, or would have, and what became of the comment."""

    comment_id: UUID
    revision: int
    author_name: str
    verdict: str
    at: datetime
    status: str


class Place(NamedTuple):
    """Where a page of hits ended."""

    at: datetime
    comment_id: UUID


def note(connection: Connection, met: Sequence[Met]) -> None:
    """Count every rule that was met. What was counted before stays as it was."""
    rows = [
        {
            "comment_id": str(item.comment_id),
            "revision": item.revision,
            "rule_id": signal.rule_id,
            "site_id": item.site_id,
            "is_shadow": signal.is_shadow,
            "verdict": signal.verdict,
        }
        for item in met
        for signal in item.signals
        if signal.rule_id is not None and signal.verdict is not None
    ]
    if rows:
        connection.execute(
            text(
                """
                INSERT INTO rule_hits (comment_id, revision, rule_id, site_id, is_shadow, verdict)
                SELECT * FROM jsonb_to_recordset(CAST(:rows AS jsonb))
                    AS m (comment_id uuid, revision integer, rule_id text, site_id integer, is_shadow boolean,
                          verdict text)
                ON CONFLICT DO NOTHING
                """
            ),
            {"rows": orjson.dumps(rows).decode()},
        )


def of_site(connection: Connection, site_id: int) -> dict[str, Hits]:
    """How often each rule of a site was met, by its id; a rule that never was is left out."""
    rows = connection.execute(
        text(
            """
            SELECT rule_id, count(*) FILTER (WHERE NOT is_shadow) AS hits, count(*) FILTER (WHERE is_shadow) AS shadow,
                   max(at) AS last_hit_at
            FROM rule_hits WHERE site_id = :site_id GROUP BY rule_id
            """
        ),
        {"site_id": site_id},
    )
    return {row.rule_id: Hits(row.hits, row.shadow, row.last_hit_at) for row in rows}


def latest(
    connection: Connection, site_id: int, rule_id: str, *, is_shadow: bool, after: Place | None, limit: int
) -> list[Hit]:
    """The texts that met a rule while it was on, or while it stood in the shadow; the newest first."""
    rows = connection.execute(
        text(
            """
            SELECT h.comment_id, h.revision, c.author_name, h.verdict, h.at, c.status
            FROM rule_hits h JOIN comments c ON c.id = h.comment_id
            WHERE h.site_id = :site_id AND h.rule_id = :rule_id AND h.is_shadow = :is_shadow
              AND (CAST(:at AS timestamptz) IS NULL OR (h.at, h.comment_id) < (:at, CAST(:comment_id AS uuid)))
            ORDER BY h.at DESC, h.comment_id DESC LIMIT :limit
            """
        ),
        {
            "site_id": site_id,
            "rule_id": rule_id,
            "is_shadow": is_shadow,
            "at": after.at if after else None,
            "comment_id": after.comment_id if after else None,
            "limit": limit,
        },
    )
    return [Hit(*row) for row in rows]
