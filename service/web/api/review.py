"""The review API: one comment with everything that is known about it, and a person's decision."""

from dataclasses import asdict
from uuid import UUID

from apiflask import APIBlueprint
from flask import Response, request

from service.errors import NotFound
from service.moderation.states import Event
from service.storage import review as stored
from service.storage.actors import DECIDERS, EVERY_ROLE
from service.usecases.review import decide
from service.web import access
from service.web.answers import MODERATORS, as_json, describe, refusals
from service.web.api.schemas import (
    DecidedOut,
    DecisionIn,
    ReviewDetailOut,
)
from service.web.context import runtime
from service.web.parsing import read_body

review_api = APIBlueprint("review", __name__, tag="Review")


@review_api.get("/api/v1/review/comments/<uuid:comment_id>")
@review_api.output(ReviewDetailOut, description="The comment, its signals and its decisions.")
@review_api.doc(summary="Show one comment", security=MODERATORS, responses=refusals(401, 403, 404, 503))
def show_review(comment_id: UUID) -> Response:
    """Everything that is known about a comment but the e-mail address."""
    actor = access.require_actor(request, roles=EVERY_ROLE)
    with runtime().statements.connect() as connection:
        item = stored.find(connection, comment_id, site_ids=actor.sites_with(EVERY_ROLE))
        if item is None:
            raise NotFound("This site has no such comment.")
        signals = stored.signals(connection, comment_id)
        decisions = stored.decisions(connection, comment_id)
    return as_json(
        {
            "comment": asdict(item),
            "signals": [asdict(signal) for signal in signals],
            "decisions": [asdict(decision) for decision in decisions],
        }
    )


@review_api.post("/api/v1/review/comments/<uuid:comment_id>/decisions")
@describe(DecisionIn)
@review_api.output(DecidedOut, 201, description="The decision is recorded.")
@review_api.doc(
    summary="Decide about a comment",
    security=MODERATORS,
    responses=refusals(400, 401, 403, 404, 409, 413, 415, 422, 503),
)
def decide_review(comment_id: UUID) -> Response:
    """Name the revision that you saw: an edited comment is refused with 409."""
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
    )
    if reviewed.tasks:
        runtime().messenger.tell(reviewed.tasks)
    return as_json({"id": str(comment_id), "status": reviewed.status}, status=201)
