"""Bulk decisions: a selection or a whole query, shown first, decided by a worker, with a result for each comment."""

from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from apiflask import APIBlueprint
from flask import Response, request
from sqlalchemy import Connection

from service.errors import NotFound
from service.moderation.states import Event
from service.storage import bulk as stored
from service.storage import bulk_items, near_duplicates, review
from service.storage.actors import DECIDERS, EVERY_ROLE, Actor
from service.storage.bulk import BulkJob
from service.storage.near_duplicates import GroupPlace
from service.usecases.bulk import Begun, Order, Selection, preview, start, state_of, undo_bulk
from service.web import access
from service.web.answers import MODERATORS, as_json, describe, refusals
from service.web.api.bulk_schemas import (
    BulkIn,
    BulkItemsOut,
    BulkItemsQuery,
    BulkOut,
    BulksOut,
    BulksQuery,
    BulkUndoIn,
    GroupsOut,
    GroupsQuery,
    PreviewOut,
    SelectionIn,
)
from service.web.api.queue import resolved_filter
from service.web.api.queue_schemas import BIGGEST_ID
from service.web.context import runtime
from service.web.parsing import read_body, read_query

bulk_api = APIBlueprint("bulk", __name__, tag="Review")


@bulk_api.post("/api/v1/review/bulk/preview")
@describe(SelectionIn)
@bulk_api.output(PreviewOut, description="How many, and the first of them.")
@bulk_api.doc(
    summary="Look at what a bulk decision would be about",
    security=MODERATORS,
    responses=refusals(400, 401, 403, 413, 415, 422, 503),
)
def preview_bulk() -> Response:
    """Nothing is decided. On sites where you only look, nothing is found."""
    actor = access.require_actor(request, roles=DECIDERS)
    selection = selection_of(SelectionIn.read(read_body(request)), actor)
    with runtime().statements.connect() as connection:
        found = preview(connection, selection, by=actor)
    return as_json({"count": found.count, "sample": [asdict(item) for item in found.sample]})


@bulk_api.post("/api/v1/review/bulk")
@describe(BulkIn)
@bulk_api.output(BulkOut, 202, description="It is noted which comments are meant, and a worker decides.")
@bulk_api.doc(
    summary="Decide about many comments",
    security=MODERATORS,
    responses=refusals(400, 401, 403, 409, 413, 415, 422, 503),
)
def start_bulk() -> Response:
    """Each comment is looked at again when its turn comes: what was edited or decided meanwhile is left alone.

    Name in `expected` how many the preview showed; when there are more or fewer by now, 409 says so. A queue that grows
    is asked with `older_than`.
    """
    actor = access.require_actor(request, roles=DECIDERS)
    sent = BulkIn.read(read_body(request))
    order = Order(Event(sent.decision), sent.reason, sent.note, sent.message, sent.expected)
    return _begun(start(runtime().engine, selection_of(sent, actor), order, by=actor), actor)


@bulk_api.get("/api/v1/review/bulk")
@describe(BulksQuery, where="query")
@bulk_api.output(BulksOut, description="Bulk decisions about your sites.")
@bulk_api.doc(summary="List bulk decisions", security=MODERATORS, responses=refusals(400, 401, 403, 422, 503))
def list_bulk() -> Response:
    """The newest first; those that are about other sites as well are left out."""
    actor = access.require_actor(request, roles=EVERY_ROLE)
    query = BulksQuery.read(read_query(request))
    with runtime().statements.connect() as connection:
        found = stored.page(
            connection, site_ids=actor.sites_with(EVERY_ROLE), before=query.cursor, limit=query.limit + 1
        )
        shown = bulk_shown(connection, found[: query.limit])
    return as_json({"bulk": shown, "next_cursor": shown[-1]["id"] if len(found) > query.limit else None})


@bulk_api.get("/api/v1/review/bulk/<int:job_id>")
@bulk_api.output(BulkOut, description="How far it is.")
@bulk_api.doc(summary="Ask how far a bulk decision is", security=MODERATORS, responses=refusals(401, 403, 404, 503))
def show_bulk(job_id: int) -> Response:
    """Ask again while `state` is `waiting` or `running`."""
    actor = access.require_actor(request, roles=EVERY_ROLE)
    with runtime().statements.connect() as connection:
        (shown,) = bulk_shown(connection, [find_bulk(connection, job_id, actor)])
    return as_json(shown)


@bulk_api.get("/api/v1/review/bulk/<int:job_id>/items")
@describe(BulkItemsQuery, where="query")
@bulk_api.output(BulkItemsOut, description="What came of each comment.")
@bulk_api.doc(
    summary="List what came of each comment", security=MODERATORS, responses=refusals(400, 401, 403, 404, 422, 503)
)
def list_bulk_items(job_id: int) -> Response:
    """In the order in which they are decided."""
    actor = access.require_actor(request, roles=EVERY_ROLE)
    query = BulkItemsQuery.read(read_query(request))
    with runtime().statements.connect() as connection:
        job = find_bulk(connection, job_id, actor)
        found = bulk_items.page(connection, job.id, result=query.result, after=query.cursor or 0, limit=query.limit + 1)
    shown = found[: query.limit]
    cursor = shown[-1].place if len(found) > query.limit else None
    return as_json({"items": [asdict(item) for item in shown], "next_cursor": cursor})


@bulk_api.post("/api/v1/review/bulk/<int:job_id>/undo")
@describe(BulkUndoIn)
@bulk_api.output(BulkOut, 202, description="A bulk decision that takes the other one back.")
@bulk_api.doc(
    summary="Take a bulk decision back",
    security=MODERATORS,
    responses=refusals(400, 401, 403, 404, 409, 413, 415, 422, 503),
)
def undo_bulk_decision(job_id: int) -> Response:
    """What it has not reached yet is left alone. What was decided anew since then stays as it is (`changed`)."""
    actor = access.require_actor(request, roles=DECIDERS)
    sent = BulkUndoIn.read(read_body(request))
    if job_id > BIGGEST_ID:
        raise NotFound("There is no such bulk decision about your sites.")
    return _begun(undo_bulk(runtime().engine, job_id, note=sent.note, by=actor), actor)


@bulk_api.get("/api/v1/review/groups")
@describe(GroupsQuery, where="query")
@bulk_api.output(GroupsOut, description="Groups of near-duplicates.")
@bulk_api.doc(
    summary="List what waits in groups of near-duplicates",
    security=MODERATORS,
    responses=refusals(400, 401, 403, 422, 503),
)
def list_groups() -> Response:
    """Each group as one row: the comment to look at, and how many more are like it."""
    query = GroupsQuery.read(read_query(request))
    actor = access.require_actor(request, roles=EVERY_ROLE, site_key=query.site)
    site_ids = actor.sites_with(EVERY_ROLE) if query.site is None else [actor.site_ids[query.site]]
    size, _, group_id = (query.cursor or "").partition(".")
    after = GroupPlace(int(size), UUID(group_id)) if query.cursor else None
    with runtime().statements.connect() as connection:
        found = near_duplicates.page(connection, site_ids=site_ids, after=after, limit=query.limit + 1)
        shown = found[: query.limit]
        items = [review.find(connection, group.first_id, site_ids=site_ids) for group in shown]
    rows = [
        {"comment": asdict(item), "similar_count": group.size - 1}
        for group, item in zip(shown, items, strict=True)
        if item is not None
    ]
    cursor = f"{shown[-1].size}.{shown[-1].group_id}" if len(found) > query.limit else None
    return as_json({"groups": rows, "next_cursor": cursor})


def selection_of(sent: SelectionIn, actor: Actor) -> Selection:
    """Which comments are meant, on sites where the actor may decide.

    Raises:
        Forbidden: a site is named on which they may not.

    """
    if sent.query is None:
        return Selection(ids=tuple(sent.ids or ()), like=sent.like)
    access.require_actor(request, roles=DECIDERS, site_key=sent.query.site)
    wanted = resolved_filter(sent.query, actor)
    allowed = set(actor.sites_with(DECIDERS))
    return Selection(wanted=replace(wanted, site_ids=tuple(one for one in wanted.site_ids if one in allowed)))


def find_bulk(connection: Connection, job_id: int, actor: Actor) -> BulkJob:
    """The bulk decision, when it is about none but sites of the actor.

    Raises:
        NotFound: there is no such one.

    """
    job = stored.find(connection, job_id, site_ids=actor.sites_with(EVERY_ROLE)) if job_id <= BIGGEST_ID else None
    if job is None:
        raise NotFound("There is no such bulk decision about your sites.")
    return job


def bulk_shown(connection: Connection, jobs: list[BulkJob]) -> list[dict[str, Any]]:
    """Bulk decisions with how far they are."""
    results = stored.results(connection, [job.id for job in jobs])
    return [
        {
            "id": job.id,
            "decision": job.event,
            "reason": job.reason_code,
            "note": job.note,
            "message": job.message,
            "made_by": job.made_by,
            "query": job.filter,
            "undoes": job.undoes,
            "undone_by": job.undone_by,
            "state": state_of(job, results[job.id]),
            "total": job.total,
            "processed": sum(results[job.id].values()),
            "results": results[job.id],
            "created_at": job.created_at,
            "finished_at": job.finished_at,
        }
        for job in jobs
    ]


def _begun(begun: Begun, actor: Actor) -> Response:
    runtime().messenger.tell(begun.tasks)
    with runtime().statements.connect() as connection:
        (shown,) = bulk_shown(connection, [find_bulk(connection, begun.job_id, actor)])
    return as_json(shown, status=202)
