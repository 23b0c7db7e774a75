"""The items of a bulk decision: what was seen of each comment, and what came of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class BulkItem:
    """One comment of a bulk decision that is still to be decided, as it was seen."""

    place: int
    comment_id: UUID
    revision: int
    seen_decision_id: int | None


@dataclass(frozen=True, slots=True)
class ItemResult:
    """What came of one item; `decision_id` where a decision was made."""

    place: int
    result: str
    decision_id: int | None = None


@dataclass(frozen=True, slots=True)
class ShownItem:
    """One item as a moderator sees it. `result` is None while it waits."""

    place: int
    comment_id: UUID
    revision: int
    result: str | None
    decision_id: int | None


def present(connection: Connection, comment_ids: Sequence[UUID], *, site_ids: Collection[int]) -> list[UUID]:
    """Those of the comments that are on these sites and not erased, in the order in which they are named."""
    rows = connection.execute(
        text("SELECT id FROM comments WHERE id = ANY(:ids) AND site_id = ANY(:site_ids) AND status <> 'erased'"),
        {"ids": list(comment_ids), "site_ids": list(site_ids)},
    )
    found = set(rows.scalars())
    return [comment_id for comment_id in dict.fromkeys(comment_ids) if comment_id in found]


def snapshot(connection: Connection, job_id: int, comment_ids: Sequence[UUID]) -> int:
    """Note these comments as items, with revision and last decision as they are now. Returns how many there are."""
    rows = connection.execute(
        text(
            """
            INSERT INTO bulk_items (job_id, place, comment_id, revision, seen_decision_id)
            SELECT :job_id, wanted.place, c.id, c.revision,
                   (SELECT max(d.id) FROM decisions d WHERE d.comment_id = c.id)
            FROM unnest(CAST(:ids AS uuid[])) WITH ORDINALITY AS wanted (id, place)
            JOIN comments c ON c.id = wanted.id
            """
        ),
        {"job_id": job_id, "ids": list(comment_ids)},
    )
    return rows.rowcount


def snapshot_undo(connection: Connection, job_id: int, undone: int) -> int:
    """Note as items what another bulk decision did, in its order. Returns how many there are."""
    rows = connection.execute(
        text(
            """
            INSERT INTO bulk_items (job_id, place, comment_id, revision, seen_decision_id)
            SELECT :job_id, place, comment_id, revision, decision_id FROM bulk_items
            WHERE job_id = :undone AND result = 'done'
            """
        ),
        {"job_id": job_id, "undone": undone},
    )
    return rows.rowcount


def still_open(connection: Connection, job_id: int, *, limit: int) -> list[BulkItem]:
    """The next items that are to be decided. Lock the bulk decision before, so that nobody else takes them."""
    rows = connection.execute(
        text(
            "SELECT place, comment_id, revision, seen_decision_id FROM bulk_items"
            " WHERE job_id = :id AND result IS NULL ORDER BY place LIMIT :limit"
        ),
        {"id": job_id, "limit": limit},
    )
    return [BulkItem(*row) for row in rows]


def note_results(connection: Connection, job_id: int, results: Sequence[ItemResult]) -> None:
    """What came of these items."""
    connection.execute(
        text(
            """
            UPDATE bulk_items i SET result = new.result, decision_id = new.decision_id
            FROM unnest(CAST(:places AS integer[]), CAST(:results AS text[]), CAST(:decisions AS bigint[]))
                AS new (place, result, decision_id)
            WHERE i.job_id = :id AND i.place = new.place
            """
        ),
        {
            "id": job_id,
            "places": [item.place for item in results],
            "results": [item.result for item in results],
            "decisions": [item.decision_id for item in results],
        },
    )


def stop(connection: Connection, job_id: int) -> None:
    """Leave alone what is still to be done."""
    connection.execute(
        text("UPDATE bulk_items SET result = 'stopped' WHERE job_id = :id AND result IS NULL"), {"id": job_id}
    )


def page(connection: Connection, job_id: int, *, result: str | None, after: int, limit: int) -> list[ShownItem]:
    """Items in their order, those of one result only where one is named."""
    rows = connection.execute(
        text(
            "SELECT place, comment_id, revision, result, decision_id FROM bulk_items"
            " WHERE job_id = :id AND place > :after AND (CAST(:result AS text) IS NULL OR result = :result)"
            " ORDER BY place LIMIT :limit"
        ),
        {"id": job_id, "after": after, "result": result, "limit": limit},
    )
    return [ShownItem(*row) for row in rows]
