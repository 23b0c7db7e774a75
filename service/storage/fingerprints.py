"""Memory of what was said before: near-duplicates of a text in one indexed look-up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection, text

from service.moderation.fingerprint import Fingerprint, likeness
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
        text(
            """
            WITH item AS (
                SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:revisions AS integer[]), CAST(:sites AS integer[]),
                                     CAST(:signatures AS bytea[]), CAST(:times AS timestamptz[]))
                    AS item (comment_id, revision, site_id, signature, created_at)
            )
            INSERT INTO fingerprints (comment_id, revision, site_id, signature, created_at)
            SELECT comment_id, revision, site_id, signature, created_at FROM item ON CONFLICT DO NOTHING
            """
        ),
        {
            "ids": [item.comment_id for item in items],
            "revisions": [item.revision for item in items],
            "sites": [item.site_id for item in items],
            "signatures": [item.fingerprint.signature for item in items],
            "times": [item.created_at for item in items],
        },
    )
    bands = [(item, band) for item in items for band in item.fingerprint.bands]
    connection.execute(
        text(
            """
            INSERT INTO fingerprint_bands (site_id, band, comment_id, revision)
            SELECT * FROM unnest(CAST(:sites AS integer[]), CAST(:bands AS bigint[]), CAST(:ids AS uuid[]),
                                 CAST(:revisions AS integer[]))
            ON CONFLICT DO NOTHING
            """
        ),
        {
            "sites": [item.site_id for item, _ in bands],
            "bands": [band for _, band in bands],
            "ids": [item.comment_id for item, _ in bands],
            "revisions": [item.revision for item, _ in bands],
        },
    )


# Newest first per band: ids are UUIDv7, so the primary key's order is the order of arrival.
_CANDIDATES = text(
    """
    SELECT DISTINCT wanted.id AS for_id, wanted.revision AS for_revision,
           c.id, c.thread_id, c.author_id, c.status, c.created_at, f.signature
    FROM unnest(CAST(:ids AS uuid[]), CAST(:revisions AS integer[]), CAST(:sites AS integer[]),
                CAST(:bands AS bigint[]))
        AS wanted (id, revision, site_id, band)
    CROSS JOIN LATERAL (
        SELECT b.comment_id, b.revision FROM fingerprint_bands b
        WHERE b.site_id = wanted.site_id AND b.band = wanted.band AND b.comment_id < wanted.id
        ORDER BY b.comment_id DESC LIMIT :per_band
    ) AS hit
    JOIN fingerprints f ON f.comment_id = hit.comment_id AND f.revision = hit.revision
    JOIN comments c ON c.id = hit.comment_id
    WHERE f.created_at > :since AND c.status <> 'erased'
    """
)


def similar(
    connection: Connection, items: Sequence[Fingerprinted], *, now: datetime
) -> dict[RevisionKey, tuple[Similar, ...]]:
    """Earlier comments of the same site, at most 30 days old, that share a band of their fingerprint."""
    by_key = {(item.comment_id, item.revision): item for item in items}
    bands = [(item, band) for item in items for band in item.fingerprint.bands]
    rows = connection.execute(
        _CANDIDATES,
        {
            "ids": [item.comment_id for item, _ in bands],
            "revisions": [item.revision for item, _ in bands],
            "sites": [item.site_id for item, _ in bands],
            "bands": [band for _, band in bands],
            "per_band": PER_BAND,
            "since": now - MEMORY,
        },
    )
    found: dict[RevisionKey, list[Similar]] = {}
    for row in rows:
        key = (row.for_id, row.for_revision)
        item = by_key[key]
        found.setdefault(key, []).append(
            Similar(
                likeness=likeness(bytes(row.signature), item.fingerprint.signature),
                age=item.created_at - row.created_at,
                is_same_thread=row.thread_id == item.thread_id,
                is_same_author=row.author_id is not None and row.author_id == item.author_id,
                status=Status(row.status),
            )
        )
    return {key: tuple(others) for key, others in found.items()}
