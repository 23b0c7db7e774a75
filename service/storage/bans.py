"""Bans of a site: who is banned, until when, and which of them a comment meets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson
from sqlalchemy import Connection, Row, text

from service.moderation.model import Ban, BanEffect, BanKind
from service.storage.checking import RevisionKey

MOST_NAMES = 200
"""Patterns of names that a site may have in force: each of them is looked for in each name."""


@dataclass(frozen=True, slots=True)
class NewBan:
    """Whom to ban. `value` is a host or a pattern; e-mail address and network are those of the comment."""

    site_id: int
    kind: BanKind
    value: str | None
    effect: BanEffect
    reason: str
    comment_id: UUID | None
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class StoredBan:
    """One ban, as moderators see it. An e-mail address has no value: it is known by the comment it came with."""

    id: int
    kind: str
    value: str | None
    effect: str
    reason: str
    comment_id: UUID | None
    made_by: str
    created_at: datetime
    expires_at: datetime | None
    lifted_by: str | None
    lifted_at: datetime | None
    is_in_force: bool


@dataclass(frozen=True, slots=True)
class Suspect:
    """A revision and what it can be banned by, besides what is stored with its comment."""

    key: RevisionKey
    site_id: int
    hosts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A ban that a revision meets; one of names only if its name fits `pattern`."""

    key: RevisionKey
    ban: Ban
    pattern: str | None


_IN_FORCE = "b.lifted_at IS NULL AND (b.expires_at IS NULL OR b.expires_at > :now)"
_SELECT = f"""
    SELECT b.id, b.kind, coalesce(b.value, CAST(b.network AS text)) AS value, b.effect, b.reason, b.comment_id,
           b.made_by, b.created_at, b.expires_at, b.lifted_by, b.lifted_at, {_IN_FORCE} AS is_in_force
    FROM bans b
"""  # noqa: S608 - a constant


def add(connection: Connection, new: NewBan, *, made_by: str) -> int | None:
    """Ban. Returns the ban's id; None when the comment that is pointed at lacks what is to be banned."""
    return connection.execute(
        text(
            """
            INSERT INTO bans (site_id, kind, digest, network, value, effect, reason, comment_id, made_by, expires_at)
            SELECT :site_id, :kind, found.digest, found.network, :value, :effect, :reason, :comment_id, :made_by,
                   :expires_at
            FROM (SELECT 1) one LEFT JOIN LATERAL (
                SELECT CASE WHEN :kind = 'email' THEN a.email_fingerprint END AS digest,
                       CASE WHEN :kind = 'network' THEN c.ip_prefix END AS network
                FROM comments c LEFT JOIN authors a ON a.id = c.author_id
                WHERE c.id = :comment_id AND c.site_id = :site_id) found ON true
            WHERE :kind IN ('host', 'name') OR found.digest IS NOT NULL OR found.network IS NOT NULL
            RETURNING id
            """
        ),
        {
            "site_id": new.site_id,
            "kind": new.kind.value,
            "value": new.value,
            "effect": new.effect.value,
            "reason": new.reason,
            "comment_id": new.comment_id,
            "made_by": made_by,
            "expires_at": new.expires_at,
        },
    ).scalar_one_or_none()


def has_comment(connection: Connection, site_id: int, comment_id: UUID) -> bool:
    """Whether the site has such a comment."""
    query = text("SELECT EXISTS (SELECT FROM comments WHERE id = :id AND site_id = :site_id AND status <> 'erased')")
    return bool(connection.execute(query, {"id": comment_id, "site_id": site_id}).scalar_one())


def count_names(connection: Connection, site_id: int, *, now: datetime) -> int:
    """How many patterns of names are in force."""
    query = text(f"SELECT count(*) FROM bans b WHERE b.site_id = :site_id AND b.kind = 'name' AND {_IN_FORCE}")  # noqa: S608 - a constant
    return int(connection.execute(query, {"site_id": site_id, "now": now}).scalar_one())


def find(connection: Connection, ban_id: int, *, site_id: int, now: datetime) -> StoredBan | None:
    row = connection.execute(
        text(_SELECT + "WHERE b.id = :id AND b.site_id = :site_id"), {"id": ban_id, "site_id": site_id, "now": now}
    ).one_or_none()
    return _stored(row) if row else None


def page(
    connection: Connection, site_id: int, *, now: datetime, only_in_force: bool, before: int | None, limit: int
) -> list[StoredBan]:
    """A site's bans, the newest first."""
    condition = f"AND {_IN_FORCE} " if only_in_force else ""
    rows = connection.execute(
        text(
            f"{_SELECT} WHERE b.site_id = :site_id AND (CAST(:before AS bigint) IS NULL OR b.id < :before) {condition}"
            "ORDER BY b.id DESC LIMIT :limit"
        ),
        {"site_id": site_id, "now": now, "before": before, "limit": limit},
    )
    return [_stored(row) for row in rows]


def lift(connection: Connection, ban_id: int, *, site_id: int, lifted_by: str) -> bool:
    """End a ban. Returns whether it was there and not lifted before."""
    rows = connection.execute(
        text(
            "UPDATE bans SET lifted_at = now(), lifted_by = :lifted_by"
            " WHERE id = :id AND site_id = :site_id AND lifted_at IS NULL"
        ),
        {"id": ban_id, "site_id": site_id, "lifted_by": lifted_by},
    )
    return rows.rowcount == 1


def candidates(connection: Connection, suspects: Sequence[Suspect], *, now: datetime) -> list[Candidate]:
    """Bans in force that these revisions meet, and all bans of names on their sites."""
    wanted = [
        {"id": suspect.key[0], "revision": suspect.key[1], "site_id": suspect.site_id, "hosts": suspect.hosts}
        for suspect in suspects
    ]
    rows = connection.execute(_CANDIDATES, {"wanted": orjson.dumps(wanted).decode(), "now": now})
    return [
        Candidate((row.id, row.revision), Ban(BanKind(row.kind), BanEffect(row.effect), row.reason), row.pattern)
        for row in rows
    ]


# A ban of a website holds for everything below it as well.
_CANDIDATES = text(
    f"""
    SELECT w.id, w.revision, b.kind, b.effect, b.reason, CASE WHEN b.kind = 'name' THEN b.value END AS pattern
    FROM json_to_recordset(CAST(:wanted AS json)) AS w (id uuid, revision integer, site_id integer, hosts text[])
    JOIN comments c ON c.id = w.id
    LEFT JOIN authors a ON a.id = c.author_id
    JOIN bans b ON b.site_id = w.site_id AND {_IN_FORCE}
    WHERE CASE b.kind
        WHEN 'email' THEN b.digest = a.email_fingerprint
        WHEN 'network' THEN c.ip_prefix <<= b.network
        WHEN 'host' THEN EXISTS (
            SELECT FROM unnest(w.hosts) AS linked (host)
            WHERE host = b.value OR right(host, length(b.value) + 1) = '.' || b.value)
        ELSE true END
    ORDER BY b.id
    """  # noqa: S608 - a constant
)


def _stored(row: Row[tuple[object, ...]]) -> StoredBan:
    return StoredBan(**row._mapping)
