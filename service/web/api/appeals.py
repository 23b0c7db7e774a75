"""Authors object to a decision with their own token; moderators answer."""

from uuid import UUID

from apiflask import APIBlueprint
from flask import Response, request

from service.errors import FieldError, Said, invalid
from service.moderation.states import Event
from service.moderation.text import TextProblem, normalise_body
from service.storage.actors import DECIDERS
from service.usecases.answer_appeal import answer_appeal
from service.usecases.appeal import appeal
from service.usecases.submit import field_error_of_text
from service.web import access
from service.web.answers import MODERATORS, as_json, describe, refusals
from service.web.api.appeals_schemas import MAX_APPEAL, AppealAnswerIn, AppealedOut, AppealIn
from service.web.api.schemas import DecidedOut
from service.web.context import runtime
from service.web.language import catalogue_of
from service.web.own import find_own
from service.web.parsing import read_body

appeals_api = APIBlueprint("appeals", __name__, tag="Comments")


@appeals_api.post("/api/v1/comments/<uuid:comment_id>/appeals")
@describe(AppealIn)
@appeals_api.output(AppealedOut, 202, description="Stored; the comment waits for another moderator.")
@appeals_api.doc(
    summary="Object to a decision about one's own comment",
    description="Needs the `author_token` that came with the 202, as a bearer token. Once for each decision, within 30"
    " days, for a comment that was rejected, removed or is held.",
    security="author_token",
    responses=refusals(400, 401, 404, 409, 413, 415, 422, 503),
)
def object_to(comment_id: UUID) -> Response:
    find_own(request, comment_id)
    body = read_appeal(AppealIn.read(read_body(request)).text)
    appeal(runtime().engine, comment_id, body=body, now=runtime().now())
    detail = catalogue_of(request).say("pages", "appeal.received")
    return as_json({"status": "received", "detail": detail}, status=202)


@appeals_api.post("/api/v1/review/comments/<uuid:comment_id>/appeal")
@describe(AppealAnswerIn)
@appeals_api.output(DecidedOut, 201, description="The answer is recorded; the author is told.")
@appeals_api.doc(
    summary="Answer an appeal",
    security=MODERATORS,
    responses=refusals(400, 401, 403, 404, 409, 413, 415, 422, 503),
)
def answer(comment_id: UUID) -> Response:
    """`uphold` leaves the comment as it is, `overturn` publishes it.

    Whoever made the decision in question is refused with 409 while somebody else could answer.
    """
    actor = access.require_actor(request, roles=DECIDERS)
    sent = AppealAnswerIn.read(read_body(request))
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
    return as_json({"id": str(comment_id), "status": reviewed.status, "decision_id": reviewed.decision_id}, status=201)


def read_appeal(raw: str) -> str:
    """The author's words in their normal form.

    Raises:
        Invalid: nothing was written, or too much.

    """
    if not raw.strip():
        sentence = "Please say why the decision is wrong."
        raise invalid([FieldError("/text", "required", sentence, Said("appeal.required"))])
    try:
        return normalise_body(raw, max_length=MAX_APPEAL)
    except TextProblem as problem:
        raise invalid([field_error_of_text("/text", problem)]) from None
