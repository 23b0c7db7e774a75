"""Deciding at the desk, with forms: record it, go on to the next comment, and take it back where it was wrong."""

from uuid import UUID

from apiflask import APIBlueprint
from flask import Response, redirect, request, url_for

from service.errors import Conflict
from service.moderation.states import Event
from service.storage.actors import DECIDERS
from service.usecases.add_note import add_note
from service.usecases.reveal_email import reveal_email
from service.usecases.review import Reviewed, decide
from service.usecases.undo import undo
from service.web import access
from service.web.console.queue import asked, item_page
from service.web.console.queue_schemas import DecisionForm, NoteForm, RevealForm, UndoForm
from service.web.context import runtime
from service.web.parsing import read_form

desk_deciding = APIBlueprint("desk_deciding", __name__, url_prefix="/desk/comments", enable_openapi=False)


@desk_deciding.post("/<uuid:comment_id>/decisions")
def decide_item(comment_id: UUID) -> Response:
    """Record the decision and go on to the next comment."""
    actor = access.require_actor(request, roles=DECIDERS)
    query = asked()
    form = DecisionForm.read(read_form(request))
    try:
        reviewed = decide(
            runtime().engine,
            comment_id,
            event=Event(form.decision),
            revision=form.revision,
            reason=form.reason,
            note=form.note,
            by=actor,
            message=form.message,
            replaces=form.replaces,
        )
    except Conflict as conflict:
        return Response(item_page(actor, query, comment_id, complaint=conflict.detail), conflict.status)
    _tell(reviewed)
    kept = {**query.kept(), "done": comment_id}
    following = form.next and url_for("desk_queue.item", comment_id=form.next, **kept)
    return _see(following or url_for("desk_queue.queue", **kept))


@desk_deciding.post("/<uuid:comment_id>/undo")
def undo_item(comment_id: UUID) -> Response:
    """Take the decision back and show the comment."""
    actor = access.require_actor(request, roles=DECIDERS)
    query = asked()
    form = UndoForm.read(read_form(request))
    try:
        reviewed = undo(runtime().engine, comment_id, decision_id=form.decision_id, note=None, by=actor)
    except Conflict as conflict:
        return Response(item_page(actor, query, comment_id, complaint=conflict.detail), conflict.status)
    _tell(reviewed)
    return _see(url_for("desk_queue.item", comment_id=comment_id, **query.kept(), done=comment_id))


@desk_deciding.post("/<uuid:comment_id>/notes")
def note_item(comment_id: UUID) -> Response:
    """Leave a note for other moderators."""
    actor = access.require_actor(request, roles=DECIDERS)
    query = asked()
    form = NoteForm.read(read_form(request))
    add_note(runtime().engine, comment_id, body=form.body, by=actor)
    return _see(url_for("desk_queue.item", comment_id=comment_id, **query.kept(), _anchor="notes"))


@desk_deciding.post("/<uuid:comment_id>/email")
def reveal_item(comment_id: UUID) -> str:
    """Show the e-mail address on this page only; the audit log has it."""
    actor = access.require_actor(request, roles=DECIDERS)
    query = asked()
    form = RevealForm.read(read_form(request))
    email = reveal_email(runtime().engine, runtime().vault, comment_id, why=form.why, by=actor)
    return item_page(actor, query, comment_id, email=email)


def _tell(reviewed: Reviewed) -> None:
    if reviewed.tasks:
        runtime().messenger.tell(reviewed.tasks)


def _see(address: str) -> Response:
    return redirect(address, 303)  # type: ignore[return-value]
