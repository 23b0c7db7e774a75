"""Bulk decisions at the desk: look first, decide once about many, watch it being done, and take it back."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from apiflask import APIBlueprint
from flask import Response, redirect, request, url_for
from sqlalchemy import Connection

from service.errors import Conflict, NotFound
from service.moderation.states import Event
from service.storage import bulk as stored
from service.storage import bulk_items, review
from service.storage.actors import DECIDERS, EVERY_ROLE, Actor
from service.usecases.bulk import MOST, Order, Selection, preview, start, undo_bulk
from service.web import access
from service.web.api.bulk import bulk_shown, find_bulk
from service.web.console import showing, wording
from service.web.console.bulk_schemas import BulkForm, BulkListQuery, BulkQuery, NothingForm, SelectionForm
from service.web.console.frame import desk_page
from service.web.console.queue import asked, question
from service.web.console.queue_schemas import QueueQuery
from service.web.context import runtime
from service.web.parsing import read_form, read_query

desk_bulk = APIBlueprint("desk_bulk", __name__, url_prefix="/desk/bulk", enable_openapi=False)

PAGE = 100
JOBS = 50


@desk_bulk.get("/")
def index() -> str:
    """What was decided about many at once, the newest first."""
    query = BulkListQuery.read(read_query(request))
    actor = access.require_actor(request, roles=EVERY_ROLE)
    with runtime().statements.connect() as connection:
        found = stored.page(connection, site_ids=actor.sites_with(EVERY_ROLE), before=query.cursor, limit=JOBS + 1)
        jobs = [_job(job) for job in bulk_shown(connection, found[:JOBS])]
    next_cursor = found[JOBS - 1].id if len(found) > JOBS else None
    return desk_page(
        "desk/bulk_list.html", actor, jobs=jobs, next_cursor=next_cursor, is_further=query.cursor is not None
    )


@desk_bulk.get("/new")
def choose() -> str:
    """All comments that match the address: how many, the first of them, and what can be decided."""
    query = asked()
    actor = access.require_actor(request, roles=DECIDERS, site_key=query.site)
    # What comes in from now on was not shown, so it is not meant.
    moment = question(query, actor).older_than or runtime().now()
    query = query.model_copy(update={"older_than": moment, "waited": None})
    return _preview_page(actor, query, _matching(query, actor))


@desk_bulk.post("/new")
def choose_selected() -> str:
    """The same about comments that were chosen one by one."""
    actor = access.require_actor(request, roles=DECIDERS)
    form = SelectionForm.read(read_form(request))
    return _preview_page(actor, asked(), Selection(ids=form.ids))


@desk_bulk.get("/like/<uuid:comment_id>")
def choose_like(comment_id: UUID) -> str:
    """The same about all that wait and say nearly what this comment says."""
    actor = access.require_actor(request, roles=DECIDERS)
    with runtime().statements.connect() as connection:
        if review.find(connection, comment_id, site_ids=actor.sites_with(DECIDERS)) is None:
            raise NotFound("There is no such comment on the sites where you decide.")
    return _preview_page(actor, asked(), Selection(like=comment_id))


@desk_bulk.post("/")
def begin() -> Response:
    """Have a worker decide, and go to where one can watch it."""
    query = asked()
    actor = access.require_actor(request, roles=DECIDERS, site_key=query.site)
    form = BulkForm.read(read_form(request))
    selection = Selection(ids=form.ids, like=form.like) if form.ids or form.like else _matching(query, actor)
    order = Order(Event(form.decision), form.reason, form.note, form.message, form.expected)
    try:
        begun = start(runtime().engine, selection, order, by=actor)
    except Conflict as conflict:
        return Response(_preview_page(actor, query, selection, complaint=conflict.detail), conflict.status)
    runtime().messenger.tell(begun.tasks)
    return redirect(url_for("desk_bulk.show", job_id=begun.job_id), 303)  # type: ignore[return-value]


@desk_bulk.get("/<int:job_id>")
def show(job_id: int) -> str:
    """How far it is, what came of each comment, and the way back."""
    actor = access.require_actor(request, roles=EVERY_ROLE)
    query = BulkQuery.read({name: value for name, value in read_query(request).items() if value != ""})
    with runtime().statements.connect() as connection:
        context = _progress(connection, actor, job_id, query)
    return desk_page("desk/bulk.html", actor, query=query, **context)


@desk_bulk.post("/<int:job_id>/undo")
def take_back(job_id: int) -> Response:
    """Take back what was decided, and go to where one can watch that."""
    actor = access.require_actor(request, roles=DECIDERS)
    NothingForm.read(read_form(request))
    with runtime().statements.connect() as connection:
        find_bulk(connection, job_id, actor)
    begun = undo_bulk(runtime().engine, job_id, note=None, by=actor)
    runtime().messenger.tell(begun.tasks)
    return redirect(url_for("desk_bulk.show", job_id=begun.job_id), 303)  # type: ignore[return-value]


def _matching(query: QueueQuery, actor: Actor) -> Selection:
    """What matches, on the sites where this moderator may decide."""
    wanted = question(query, actor)
    allowed = set(actor.sites_with(DECIDERS))
    return Selection(wanted=replace(wanted, site_ids=tuple(one for one in wanted.site_ids if one in allowed)))


def _preview_page(actor: Actor, query: QueueQuery, selection: Selection, *, complaint: str = "") -> str:
    with runtime().statements.connect() as connection:
        found = preview(connection, selection, by=actor)
    now = runtime().now()
    return desk_page(
        "desk/bulk_new.html",
        actor,
        count=found.count,
        most=MOST,
        rows=[showing.row(item, by=actor, site=item.site, now=now) for item in found.sample],
        ids=",".join(map(str, selection.ids)),
        like=selection.like,
        filters=query.without(),
        back=query.without("older_than"),
        decisions=[(event, wording.EVENTS[event].title) for event in wording.BULK_EVENTS],
        reasons=[(event, wording.DONE[event], wording.reasons_for(event)) for event in wording.BULK_EVENTS],
        complaint=complaint,
    )


def _progress(connection: Connection, actor: Actor, job_id: int, query: BulkQuery) -> dict[str, Any]:
    found = find_bulk(connection, job_id, actor)
    (shown,) = bulk_shown(connection, [found])
    items = bulk_items.page(connection, found.id, result=query.result, after=query.after, limit=PAGE + 1)
    return {
        "job": _job(shown),
        "items": items[:PAGE],
        "next_after": items[PAGE - 1].place if len(items) > PAGE else None,
        "results": wording.RESULTS,
        "may_undo": set(found.site_ids) <= set(actor.sites_with(DECIDERS))
        and found.undone_by is None
        and found.undoes is None,
    }


def _job(shown: dict[str, Any]) -> dict[str, Any]:
    """A bulk decision in words."""
    return {
        **shown,
        "done": wording.DONE.get(shown["decision"], shown["decision"]),
        "by": wording.decided_by(shown["made_by"]),
        "reason_words": wording.reason_title(shown["reason"], is_by_person=True)
        if shown["reason"] not in {"moderator", "undo"}
        else None,
        "is_over": shown["state"] in {"finished", "stopped"},
        "age": wording.age(shown["created_at"], runtime().now()),
        "percent": round(100 * shown["processed"] / shown["total"]) if shown["total"] else 100,
    }
