"""Memory of what was said before: near-duplicates of a text in one indexed look-up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection, text

from service.moderation.fingerprint import BANDS, SIGNATURE_BYTES, Fingerprint, likeness
from service.moderation.model import Similar, Status
from service.storage.checking import RevisionKey

MEMORY = timedelta(days=30)
PER_BAND = 8
"""Candidates looked at per band: a text that was posted ten thousand times costs no more than eight."""


@dataclass(frozen=True, slots=True)
class Fingerprinted:
    """A revision and its fingerprint."""

    comment_id: UUID
    revision: int
    site_id: int
    thread_id: int
    author_id: int | None
    created_at: datetime
    fingerprint: Fingerprint


def remember(connection: Connection, items: Sequence[Fingerprinted]) -> None:
    """Store fingerprints; those already stored stay as they are."""
    if not items:
        return
    connection.execute(
        _REMEMBER,
        {
            **_marked(items),
            "signatures": [item.fingerprint.signature for item in items],
            "times": [item.created_at for item in items],
        },
    )


# Bands come in one flat array, the same number for each item: repeating their items would be most of what is sent.
_REMEMBER = text(
    """
    WITH item AS (
        SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:revisions AS integer[]), CAST(:sites AS integer[]),
                             CAST(:signatures AS bytea[]), CAST(:times AS timestamptz[])) WITH ORDINALITY
            AS item (comment_id, revision, site_id, signature, created_at, place)
    ), stored AS (
        INSERT INTO fingerprints (comment_id, revision, site_id, signature, created_at)
        SELECT comment_id, revision, site_id, signature, created_at FROM item ON CONFLICT DO NOTHING
    )
    INSERT INTO fingerprint_bands (site_id, band, comment_id, revision)
    SELECT site_id, (CAST(:bands AS bigint[]))[(place - 1) * :bands_each + number], comment_id, revision
    FROM item CROSS JOIN generate_series(1, :bands_each) AS number
    ON CONFLICT DO NOTHING
    """
)


def _marked(items: Sequence[Fingerprinted]) -> dict[str, object]:
    return {
        "ids": [item.comment_id for item in items],
        "revisions": [item.revision for item in items],
        "sites": [item.site_id for item in items],
        "bands": [band for item in items for band in item.fingerprint.bands],
        "bands_each": BANDS,
    }


# Newest first per band: ids are UUIDv7, so the primary key's order is the order of arrival.
_CANDIDATES = text(
    """
    SELECT DISTINCT wanted.id AS for_id, wanted.revision AS for_revision,
           c.id, c.thread_id, c.author_id, c.status, c.created_at, f.signature
    FROM unnest(CAST(:ids AS uuid[]), CAST(:revisions AS integer[]), CAST(:sites AS integer[])) WITH ORDINALITY
        AS wanted (id, revision, site_id, place)
    CROSS JOIN generate_series(1, :bands_each) AS number
    CROSS JOIN LATERAL (
        SELECT b.comment_id, b.revision FROM fingerprint_bands b
        WHERE b.site_id = wanted.site_id AND b.comment_id < wanted.id
          AND b.band = (CAST(:bands AS bigint[]))[(wanted.place - 1) * :bands_each + number]
        ORDER BY b.comment_id DESC LIMIT :per_band
    ) AS hit
    JOIN fingerprints f ON f.comment_id = hit.comment_id AND f.revision = hit.revision
    JOIN comments c ON c.id = hit.comment_id AND c.revision = hit.revision
    WHERE f.created_at > :since AND c.status <> 'erased'
    """
)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An earlier comment that shares a band of a fingerprint, and how alike it is."""

    comment_id: UUID
    similar: Similar


def neighbours(
    connection: Connection, items: Sequence[Fingerprinted], *, now: datetime
) -> dict[RevisionKey, tuple[Neighbour, ...]]:
    """Earlier comments of the same site, at most 30 days old, that share a band of their fingerprint."""
    by_key = {(item.comment_id, item.revision): item for item in items}
    rows = connection.execute(_CANDIDATES, {**_marked(items), "per_band": PER_BAND, "since": now - MEMORY})
    found: dict[RevisionKey, list[Neighbour]] = {}
    for row in rows:
        key = (row.for_id, row.for_revision)
        item = by_key[key]
        similar = Similar(
            likeness=likeness(bytes(row.signature), item.fingerprint.signature),
            age=item.created_at - row.created_at,
            is_same_thread=row.thread_id == item.thread_id,
            is_same_author=row.author_id is not None and row.author_id == item.author_id,
            status=Status(row.status),
        )
        found.setdefault(key, []).append(Neighbour(row.id, similar))
    return {key: tuple(others) for key, others in found.items()}


@dataclass(frozen=True, slots=True)
class Alike:
    """A comment of the same site that says nearly the same, whether it came before or after."""

    id: UUID
    status: str
    author_name: str
    body: str
    likeness: float
    created_at: datetime


# Both neighbours of each band in the order of arrival, so that a text that came ten thousand times costs no more.
_ALIKE = text(
    """
    WITH hit AS (
        SELECT DISTINCT near.comment_id, near.revision
        FROM fingerprint_bands mine CROSS JOIN LATERAL (
            (SELECT b.comment_id, b.revision FROM fingerprint_bands b
             WHERE b.site_id = mine.site_id AND b.band = mine.band AND b.comment_id < mine.comment_id
             ORDER BY b.comment_id DESC LIMIT :per_band)
            UNION ALL
            (SELECT b.comment_id, b.revision FROM fingerprint_bands b
             WHERE b.site_id = mine.site_id AND b.band = mine.band AND b.comment_id > mine.comment_id
             ORDER BY b.comment_id LIMIT :per_band)) near
        WHERE mine.comment_id = :id AND mine.revision = :revision
    )
    SELECT c.id, c.status, c.author_name, r.body, own.signature AS own, f.signature,
           least(greatest(c.created_at, '0001-01-02 00:00Z'), '9999-12-30 00:00Z') AS created_at
    FROM hit
    JOIN comments c ON c.id = hit.comment_id AND c.revision = hit.revision AND c.status <> 'erased'
    JOIN revisions r ON r.comment_id = hit.comment_id AND r.number = hit.revision
    JOIN fingerprints f ON f.comment_id = hit.comment_id AND f.revision = hit.revision
    JOIN fingerprints own ON own.comment_id = :id AND own.revision = :revision
    """
)


def alike(connection: Connection, comment_id: UUID, revision: int, *, at_least: float, limit: int) -> list[Alike]:
    """Comments that say nearly the same as this one, the most alike first; only those that are still remembered."""
    rows = connection.execute(_ALIKE, {"id": comment_id, "revision": revision, "per_band": PER_BAND})
    found = [
        Alike(row.id, row.status, row.author_name, row.body, _likeness(row.own, row.signature), row.created_at)
        for row in rows
    ]
    close = [item for item in found if item.likeness >= at_least]
    return sorted(close, key=lambda item: (-item.likeness, item.id))[:limit]


def _likeness(one: bytes, other: bytes) -> float:
    """0 where a signature was stored that is none."""
    sound = len(one) == len(other) == SIGNATURE_BYTES
    return likeness(bytes(one), bytes(other)) if sound else 0.0
