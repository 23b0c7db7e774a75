"""Memory of what was said before: near-duplicates of a text in one indexed look-up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection, text

from service.moderation.fingerprint import BANDS, Fingerprint, likeness
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
    JOIN comments c ON c.id = hit.comment_id
    WHERE f.created_at > :since AND c.status <> 'erased'
    """
)


def similar(
    connection: Connection, items: Sequence[Fingerprinted], *, now: datetime
) -> dict[RevisionKey, tuple[Similar, ...]]:
    """Earlier comments of the same site, at most 30 days old, that share a band of their fingerprint."""
    by_key = {(item.comment_id, item.revision): item for item in items}
    rows = connection.execute(_CANDIDATES, {**_marked(items), "per_band": PER_BAND, "since": now - MEMORY})
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
