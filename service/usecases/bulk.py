"""Decide about many comments at once: show what is meant, note it, and have a worker do it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, Engine

from service.errors import Conflict, FieldError, Forbidden, NotFound, invalid
from service.moderation.states import Event
from service.storage import audit, bulk, bulk_items, near_duplicates, review
from service.storage.actors import DECIDERS, EVERY_ROLE, Actor
from service.storage.bulk import BULK, BulkJob, NewBulk
from service.storage.review import ReviewItem
from service.storage.review_filter import ReviewFilter

MOST = 20_000
SAMPLE = 10


@dataclass(frozen=True, slots=True)
class Selection:
    """Which comments are meant: those named, all that match, or all that are held and say nearly the same as one."""

    ids: tuple[UUID, ...] = ()
    wanted: ReviewFilter | None = None
    like: UUID | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """What is decided about each of them. `expected` is how many the moderator was shown."""

    event: Event
    reason: str
    note: str | None
    message: str | None
    expected: int


@dataclass(frozen=True, slots=True)
class Preview:
    """How many comments are meant, and the first of them."""

    count: int
    sample: list[ReviewItem]


@dataclass(frozen=True, slots=True)
class Begun:
    """The bulk decision, and the task that a worker should hear of."""

    job_id: int
    tasks: Mapping[str, int]


def preview(connection: Connection, selection: Selection, *, by: Actor) -> Preview:
    """What a bulk decision would be about, on the sites where this actor may decide."""
    site_ids = by.sites_with(DECIDERS)
    if selection.wanted is not None:
        return Preview(
            review.count_matching(connection, selection.wanted),
            review.page(connection, selection.wanted, limit=SAMPLE),
        )
    found = _named(connection, selection, site_ids)
    shown = [review.find(connection, comment_id, site_ids=site_ids) for comment_id in found[:SAMPLE]]
    return Preview(len(found), [item for item in shown if item is not None])


def start(engine: Engine, selection: Selection, order: Order, *, by: Actor) -> Begun:
    """Note which comments are meant, as they are now, and have a worker decide about them one by one.

    Raises:
        Conflict: there are not as many as the moderator was shown.
        Invalid: there are too many for one go.

    """
    site_ids = tuple(by.sites_with(DECIDERS)) if selection.wanted is None else selection.wanted.site_ids
    with engine.begin() as connection:
        if selection.wanted is None:
            ids = _named(connection, selection, site_ids)
        else:
            ids = review.ids_matching(connection, selection.wanted, up_to=MOST + 1)
        if len(ids) > MOST:
            raise invalid([FieldError("/query", "too_many", f"One go takes {MOST:,} comments. Narrow the filter.")])
        if len(ids) != order.expected:
            raise Conflict(f"{order.expected:,} comments were meant, now there are {len(ids):,}. Look again.")
        new = NewBulk(
            event=order.event.value,
            reason_code=order.reason,
            note=order.note,
            message=order.message,
            site_ids=site_ids,
            filter=selection.wanted.to_json() if selection.wanted else None,
        )
        job_id = bulk.add(connection, new, by=by)
        total = bulk_items.snapshot(connection, job_id, ids)
        return _begin(connection, job_id, total, by=by, event=order.event)


def _named(connection: Connection, selection: Selection, site_ids: Collection[int]) -> list[UUID]:
    if selection.like is not None:
        return near_duplicates.held_like(connection, selection.like, site_ids=site_ids, up_to=MOST + 1)
    return bulk_items.present(connection, selection.ids, site_ids=site_ids)


def undo_bulk(engine: Engine, job_id: int, *, note: str | None, by: Actor) -> Begun:
    """Take back what a bulk decision did, item by item; what it has not reached yet is left alone.

    Raises:
        NotFound: there is no such bulk decision about their sites.
        Forbidden: their role on one of the sites doesn't allow decisions.
        Conflict: it is taken back already, or is itself an undo.

    """
    with engine.begin() as connection:
        if bulk.find(connection, job_id, site_ids=by.sites_with(EVERY_ROLE)) is None:
            raise NotFound("There is no such bulk decision about your sites.")
        job = bulk.lock(connection, job_id)
        if not set(job.site_ids) <= set(by.sites_with(DECIDERS)):
            raise Forbidden("Your role on one of its sites doesn't allow decisions.")
        if job.undone_by is not None or job.undoes is not None:
            raise Conflict("This is taken back already. Decide anew instead.")
        bulk_items.stop(connection, job_id)
        bulk.close(connection, job_id)
        new = NewBulk(Event.UNDO.value, "undo", note, None, site_ids=job.site_ids, undoes=job_id)
        undo_id = bulk.add(connection, new, by=by)
        total = bulk_items.snapshot_undo(connection, undo_id, job_id)
        return _begin(connection, undo_id, total, by=by, event=Event.UNDO)


def _begin(connection: Connection, job_id: int, total: int, *, by: Actor, event: Event) -> Begun:
    task_id = bulk.begin(connection, job_id, total)
    details = {"decision": event.value, "total": total}
    for site_id in bulk.lock(connection, job_id).site_ids:
        audit.note(connection, by, "bulk_started", site_id=site_id, subject=f"bulk:{job_id}", details=details)
    return Begun(job_id, {BULK: task_id})


def state_of(job: BulkJob, results: Mapping[str, int]) -> str:
    """`waiting` until a worker has begun, `running`, `finished`, or `stopped` where it was taken back on its way."""
    if job.finished_at is not None:
        return "stopped" if results.get("stopped") else "finished"
    return "running" if results else "waiting"
