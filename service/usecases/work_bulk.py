"""Go on with a bulk decision: a batch of its items, each looked at anew, in one commit."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import Connection, Engine

from service.moderation.model import Status
from service.moderation.reasons import in_words
from service.moderation.states import TRANSITIONS, Event, IllegalTransition
from service.storage import appeals, bulk, bulk_items, decisions, reports
from service.storage.bulk import BulkJob
from service.storage.bulk_items import BulkItem, ItemResult
from service.storage.decisions import Decision, LastDecision, LockedComment
from service.storage.tasks import MAX_ATTEMPTS
from service.usecases.answer import answer
from service.usecases.ask_to_learn import note_decision
from service.usecases.undo import resume, taking_back

BATCH = 200

LEADS_TO: Mapping[Event, Status] = {arrow.event: arrow.following for arrow in TRANSITIONS}

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class BulkWorker:
    """What it needs from outside. `wake` is told the kind and id of new tasks; it never raises."""

    engine: Engine
    wake: Callable[[Mapping[str, int]], None]
    worker: str
    lease: timedelta
    batch: int = BATCH


@dataclass(slots=True)
class _Batch:
    """What comes of a batch: decisions to record, and items that come to nothing."""

    decided: list[tuple[BulkItem, Decision]] = field(default_factory=list)
    passed_over: list[ItemResult] = field(default_factory=list)


def bulk_due(worker: BulkWorker) -> int:
    """Decide about one batch of a bulk decision that is due. Returns how many batches that were: 0 when none is due.

    The lease is committed before the batch, and the batch with its results: whatever dies on the way, each item is
    decided once. After an attempt that failed the next item goes alone, and an item that fails three times is given up.
    """
    with worker.engine.begin() as connection:
        task = bulk.claim(connection, worker=worker.worker, lease=worker.lease)
    if task is None:
        return 0
    with worker.engine.begin() as connection:
        job = bulk.lock(connection, task.job_id)
        items = bulk_items.still_open(connection, job.id, limit=worker.batch if task.attempts == 1 else 1)
        made_due: Mapping[str, int] = {}
        if task.attempts > MAX_ATTEMPTS:
            log.warning("bulk_item_given_up", job=job.id)
            bulk_items.note_results(connection, job.id, [ItemResult(item.place, "failed") for item in items])
        elif items:
            made_due = _decide(connection, job, items)
        if bulk_items.still_open(connection, job.id, limit=1):
            bulk.go_on(connection, task)
        else:
            bulk.close(connection, job.id)
    if made_due:
        worker.wake(made_due)
    return 1


def _decide(connection: Connection, job: BulkJob, items: Sequence[BulkItem]) -> Mapping[str, int]:
    ids = [item.comment_id for item in items]
    comments = decisions.lock(connection, ids)
    standing = decisions.last(connection, ids)
    allowed = bulk.allowed_sites(connection, job)
    not_theirs = _own_appeals(connection, job, standing)
    reported = set(reports.open_among(connection, ids)) if job.event == Event.PUBLISH else set()
    batch = _Batch()
    for item in items:
        comment = comments.get(item.comment_id)
        event = Event(job.event)
        if item.comment_id in reported and comment and comment.status is Status.PUBLISHED:
            event = Event.KEEP
        outcome = _look_at(item, comment, standing.get(item.comment_id), event, job, allowed)
        if item.comment_id in not_theirs and isinstance(outcome, Decision):
            outcome = "own_appeal"
        if isinstance(outcome, Decision):
            batch.decided.append((item, outcome))
        else:
            batch.passed_over.append(ItemResult(item.place, outcome))
    return _record(connection, job, batch)


def _own_appeals(connection: Connection, job: BulkJob, standing: Mapping[UUID, LastDecision]) -> set[UUID]:
    """Comments whose appeals, open or answered, are for another person than the one who asked for this."""
    who: dict[str, Any] = {"label": job.made_by, "moderator_id": job.moderator_id}
    if job.event == Event.UNDO:
        return appeals.answered_against(connection, [decision.id for decision in standing.values()], **who)
    return appeals.against_own(connection, list(standing), **who)


def _look_at(
    item: BulkItem,
    comment: LockedComment | None,
    standing: LastDecision | None,
    event: Event,
    job: BulkJob,
    allowed: set[int],
) -> Decision | str:
    """The decision about one item, or the word for why there is none."""
    if comment is None or comment.status is Status.ERASED:
        return "gone"
    if comment.site_id not in allowed:
        return "forbidden"
    if (
        comment.revision == item.revision
        and event not in {Event.UNDO, Event.KEEP}
        and comment.status is LEADS_TO[event]
    ):
        return "already"
    if comment.revision != item.revision or (standing.id if standing else None) != item.seen_decision_id:
        return "changed"
    decision = _undo(comment, standing, job) if event is Event.UNDO else _anew(comment, event, job)
    try:
        decision.status  # noqa: B018 - asks the state machine
    except IllegalTransition:
        return "impossible"
    return decision


def _anew(comment: LockedComment, event: Event, job: BulkJob) -> Decision:
    return Decision(
        comment=comment,
        event=event,
        decided_by=job.made_by,
        reason_code=job.reason_code,
        reasons=(in_words(job.reason_code),),
        note=job.note,
        message=job.message,
    )


def _undo(comment: LockedComment, standing: LastDecision | None, job: BulkJob) -> Decision:
    assert standing is not None, "what a bulk decision did has a decision"
    return taking_back(comment, standing, note=job.note, by=job.made_by)


def _record(connection: Connection, job: BulkJob, batch: _Batch) -> Mapping[str, int]:
    """Everything that follows from the decisions of a batch. Returns the tasks that they made due."""
    made = [decision for _, decision in batch.decided]
    ids = decisions.record(connection, made)
    answer(connection, made)
    made_due = resume(connection, made) if job.event == Event.UNDO else {}
    for site_id in sorted({decision.comment.site_id for decision in made}):
        if (task_id := note_decision(connection, site_id)) is not None:
            made_due["learn"] = task_id
    done = [ItemResult(item.place, "done", ids[item.comment_id]) for item, _ in batch.decided]
    bulk_items.note_results(connection, job.id, done + batch.passed_over)
    return made_due
