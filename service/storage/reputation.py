"""What this site decided before about the same author, the same linked hosts and the same network."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson
from sqlalchemy import Connection, text

from service.moderation.model import Reputation
from service.storage.checking import RevisionKey

LATEST = 2_000
"""Comments of a site that are looked at for networks from which spam comes."""

LEAST_BAD, TIMES_AS_BAD = 5, 4
"""A network is bad when so many of its comments were, and so many times as many as were published."""

RECENT = 50
"""Decisions looked at per author, host and prefix: somebody with a long history costs no more than anybody."""


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """A revision and what it can be known by."""

    comment_id: UUID
    revision: int
    site_id: int
    author_id: int | None
    ip_prefix: str | None
    hosts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What a check knew when it read a revision, the models that read it, and the language it is written in."""

    comment_id: UUID
    revision: int
    reputation: Reputation
    model_versions: tuple[str, ...]
    language: str


def remember_hosts(connection: Connection, items: Sequence[Acquaintance]) -> None:
    """Note which hosts each comment links to; those already noted stay."""
    pairs = [(item, host) for item in items for host in item.hosts]
    if not pairs:
        return
    connection.execute(
        text(
            "INSERT INTO comment_hosts (comment_id, site_id, host)"
            " SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:sites AS integer[]), CAST(:hosts AS text[]))"
            " ON CONFLICT DO NOTHING"
        ),
        {
            "ids": [item.comment_id for item, _ in pairs],
            "sites": [item.site_id for item, _ in pairs],
            "hosts": [host for _, host in pairs],
        },
    )


# Only what came before counts: ids are UUIDv7, in the order of arrival. Good repute of an author needs a submission of
# a browser that has proven the address, since anybody can type somebody else's; ill repute does not. Nor can anybody
# spoil the name of who has proven it: then only what was proven counts against it.
# What a ban rejected says nothing new about anybody: it is counted once, as the ban.
_REPUTATION = text(
    """
    WITH wanted AS (
        SELECT * FROM json_to_recordset(CAST(:items AS json)) AS w (
            id uuid, revision integer, site_id integer, author_id bigint, ip_prefix cidr, hosts text[])
    )
    SELECT w.id, w.revision,
           CASE WHEN own.is_proven THEN by_author.published ELSE 0 END AS author_published,
           by_author.bad AS author_bad, by_host.published AS host_published, by_host.bad AS host_bad,
           by_prefix.published AS prefix_published, by_prefix.bad AS prefix_bad
    FROM wanted w
    JOIN comments own ON own.id = w.id
    CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE status = 'published') AS published,
               count(*) FILTER (WHERE status IN ('spam', 'rejected', 'removed') AND NOT is_banned
                                AND (is_proven OR NOT own.is_proven)) AS bad
        FROM (SELECT status, is_proven, coalesce(c.reason_code IN ('ban', 'shadow_ban'), false) AS is_banned
              FROM comments c WHERE c.author_id = w.author_id AND c.id < w.id
              AND c.status IN ('published', 'spam', 'rejected', 'removed') ORDER BY c.id DESC LIMIT :recent) recent
    ) by_author
    CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE status = 'published') AS published,
               count(*) FILTER (WHERE status IN ('spam', 'rejected', 'removed') AND NOT is_banned) AS bad
        FROM unnest(w.hosts) AS linked (host) CROSS JOIN LATERAL (
            SELECT c.status, coalesce(c.reason_code IN ('ban', 'shadow_ban'), false) AS is_banned
            FROM comment_hosts h JOIN comments c ON c.id = h.comment_id
            WHERE h.site_id = w.site_id AND h.host = linked.host AND h.comment_id < w.id
            ORDER BY h.comment_id DESC LIMIT :recent) recent
    ) by_host
    CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE status = 'published') AS published,
               count(*) FILTER (WHERE status IN ('spam', 'rejected', 'removed') AND NOT is_banned) AS bad
        FROM (SELECT status, coalesce(c.reason_code IN ('ban', 'shadow_ban'), false) AS is_banned
              FROM comments c WHERE c.site_id = w.site_id AND c.ip_prefix = w.ip_prefix AND c.id < w.id
              AND c.status IN ('published', 'spam', 'rejected', 'removed') ORDER BY c.id DESC LIMIT :recent) recent
    ) by_prefix
    """
)


def reputations(connection: Connection, items: Sequence[Acquaintance]) -> dict[RevisionKey, Reputation]:
    """What was decided before about those whom each revision can be known by, at most 50 decisions of each kind."""
    wanted = [
        {
            "id": item.comment_id,
            "revision": item.revision,
            "site_id": item.site_id,
            "author_id": item.author_id,
            "ip_prefix": item.ip_prefix,
            "hosts": item.hosts,
        }
        for item in items
    ]
    rows = connection.execute(_REPUTATION, {"items": orjson.dumps(wanted).decode(), "recent": RECENT})
    return {(row.id, row.revision): Reputation(*row[2:]) for row in rows}


def bad_networks(connection: Connection, site_id: int, *, since: datetime) -> frozenset[str]:
    """The networks of which this site took nearly everything for spam since then, among its latest comments."""
    rows = connection.execute(
        text(
            """
            SELECT CAST(ip_prefix AS text) FROM (
                SELECT ip_prefix, status, coalesce(reason_code IN ('ban', 'shadow_ban'), false) AS is_banned
                FROM comments WHERE site_id = :site_id AND created_at >= :since AND ip_hash IS NOT NULL
                AND status IN ('published', 'spam', 'rejected', 'removed') ORDER BY created_at DESC LIMIT :latest
            ) latest
            GROUP BY ip_prefix
            HAVING count(*) FILTER (WHERE status <> 'published' AND NOT is_banned)
                >= greatest(:least, :times * count(*) FILTER (WHERE status = 'published'))
            """
        ),
        {"site_id": site_id, "since": since, "latest": LATEST, "least": LEAST_BAD, "times": TIMES_AS_BAD},
    )
    return frozenset(rows.scalars())


def save_known(connection: Connection, known: Sequence[Known]) -> None:
    """Keep what a check knew: learning must see what it saw."""
    if not known:
        return
    rows = [
        {
            "comment_id": item.comment_id,
            "revision": item.revision,
            "reputation": item.reputation,
            "model_versions": item.model_versions,
            "language": item.language,
        }
        for item in known
    ]
    connection.execute(
        text(
            """
            INSERT INTO readings (comment_id, revision, reputation, model_versions, language)
            SELECT * FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r (
                comment_id uuid, revision integer, reputation jsonb, model_versions text[], language text)
            ON CONFLICT DO NOTHING
            """
        ),
        {"rows": orjson.dumps(rows).decode()},
    )


def model_versions(connection: Connection, comment_ids: list[UUID]) -> dict[UUID, tuple[str, ...]]:
    """Which models read the present revision of each comment."""
    rows = connection.execute(
        text(
            "SELECT r.comment_id, r.model_versions FROM readings r"
            " JOIN comments c ON c.id = r.comment_id AND c.revision = r.revision WHERE c.id = ANY(:ids)"
        ),
        {"ids": comment_ids},
    )
    return {row.comment_id: tuple(row.model_versions) for row in rows}
