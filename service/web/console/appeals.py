"""The desk's form that answers an appeal."""

from uuid import UUID

from apiflask import APIBlueprint
from flask import Response, redirect, request, url_for

from service.errors import Conflict
from service.moderation.states import Event
from service.storage.actors import DECIDERS
from service.usecases.answer_appeal import answer_appeal
from service.web import access
from service.web.console.queue import asked, item_page
from service.web.console.queue_schemas import AppealForm
from service.web.context import runtime
from service.web.parsing import read_form

desk_appeals = APIBlueprint("desk_appeals", __name__, url_prefix="/desk/comments", enable_openapi=False)


@desk_appeals.post("/<uuid:comment_id>/appeal")
def answer(comment_id: UUID) -> Response:
    """Record the answer and go on to the next comment."""
    actor = access.require_actor(request, roles=DECIDERS)
    query = asked()
    sent = AppealForm.read(read_form(request))
    try:
        reviewed = answer_appeal(
            runtime().engine,
            comment_id,
            event=Event(sent.outcome),
            revision=sent.revision,
            by=actor,
            note=sent.note or None,
            message=sent.message or None,
        )
    except Conflict as conflict:
        return Response(item_page(actor, query, comment_id, complaint=conflict.detail), conflict.status)
    if reviewed.tasks:
        runtime().messenger.tell(reviewed.tasks)
    kept = {**query.kept(), "done": comment_id}
    following = sent.next and url_for("desk_queue.item", comment_id=sent.next, **kept)
    return redirect(following or url_for("desk_queue.queue", **kept), 303)  # type: ignore[return-value]
