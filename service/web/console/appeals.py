"""The desk's form that answers an appeal."""

from uuid import UUID

from apiflask import APIBlueprint
from flask import Response, redirect, request, url_for

from service.moderation.states import Event
from service.storage.actors import DECIDERS
from service.usecases.answer_appeal import answer_appeal
from service.web import access
from service.web.api.appeals_schemas import AppealAnswerForm
from service.web.context import runtime
from service.web.parsing import read_form

desk_appeals = APIBlueprint("desk_appeals", __name__, url_prefix="/desk/comments", enable_openapi=False)


@desk_appeals.post("/<uuid:comment_id>/appeal")
def answer(comment_id: UUID) -> Response:
    """Record the answer and show the comment again."""
    actor = access.require_actor(request, roles=DECIDERS)
    sent = AppealAnswerForm.read(read_form(request))
    reviewed = answer_appeal(
        runtime().engine,
        comment_id,
        event=Event(sent.outcome),
        revision=sent.revision,
        by=actor,
        note=sent.note,
        message=sent.message,
    )
    if reviewed.tasks:
        runtime().messenger.tell(reviewed.tasks)
    return redirect(url_for("desk_queue.item", comment_id=comment_id, done=comment_id), 303)  # type: ignore[return-value]
