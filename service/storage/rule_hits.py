"""Which rule of a site was met by which text: counted once, also for rules that stand in the shadow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
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
