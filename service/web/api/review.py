"""The review API: a person's decision."""

from uuid import UUID

from apiflask import APIBlueprint
from flask import Response, request

from service.moderation.reasons import CATALOGUE
from service.moderation.states import Event
from service.storage.actors import DECIDERS, EVERY_ROLE
from service.usecases.review import Reviewed, decide
from service.usecases.undo import undo
from service.web import access
from service.web.answers import MODERATORS, as_json, describe, refusals
from service.web.api.schemas import (
    DecidedOut,
    DecisionIn,
    ReasonsOut,
    UndoIn,
)
from service.web.context import runtime
from service.web.parsing import read_body

review_api = APIBlueprint("review", __name__, tag="Review")


@review_api.post("/api/v1/review/comments/<uuid:comment_id>/decisions")
@describe(DecisionIn)
@review_api.output(DecidedOut, 201, description="The decision is recorded.")
@review_api.doc(
    summary="Decide about a comment",
    security=MODERATORS,
    responses=refusals(400, 401, 403, 404, 409, 413, 415, 422, 503),
)
def decide_review(comment_id: UUID) -> Response:
    """Name the revision that you saw: an edited comment is refused with 409 `changed`.

    Where another moderator was faster, 409 `conflict` carries that decision in `decision`. To change what a moderator
    has decided, name it in `replaces`.
    """
    actor = access.require_actor(request, roles=DECIDERS)
    decision = DecisionIn.read(read_body(request))
    reviewed = decide(
        runtime().engine,
        comment_id,
        event=Event(decision.decision),
        revision=decision.revision,
        reason=decision.reason,
        note=decision.note,
        by=actor,
        message=decision.message,
        replaces=decision.replaces,
    )
    return _decided(comment_id, reviewed)


@review_api.post("/api/v1/review/comments/<uuid:comment_id>/undo")
@describe(UndoIn)
@review_api.output(DecidedOut, 201, description="The decision is taken back.")
@review_api.doc(
    summary="Take the last decision back",
    security=MODERATORS,
    responses=refusals(400, 401, 403, 404, 409, 413, 415, 422, 503),
)
def undo_review(comment_id: UUID) -> Response:
    """The comment is again what it was before, and the history says who undid what. It teaches the site nothing.

    Only a moderator's decision can be undone, and only while it is the last one about its comment.
    """
    actor = access.require_actor(request, roles=DECIDERS)
    sent = UndoIn.read(read_body(request))
    return _decided(
        comment_id, undo(runtime().engine, comment_id, decision_id=sent.decision_id, note=sent.note, by=actor)
    )


def _decided(comment_id: UUID, reviewed: Reviewed) -> Response:
    if reviewed.tasks:
        runtime().messenger.tell(reviewed.tasks)
    return as_json({"id": str(comment_id), "status": reviewed.status, "decision_id": reviewed.decision_id}, status=201)


@review_api.get("/api/v1/review/reasons")
@review_api.output(ReasonsOut, description="The catalogue.")
@review_api.doc(summary="List the reasons for decisions", security=MODERATORS, responses=refusals(401, 403, 503))
def list_reasons() -> Response:
    """Codes with titles for people, each with the decisions that it can explain. Other codes are allowed, too."""
    access.require_actor(request, roles=EVERY_ROLE)
    return as_json(
        {
            "reasons": [
                {"code": reason.code, "title": reason.title, "decisions": sorted(reason.events)} for reason in CATALOGUE
            ]
        }
    )
