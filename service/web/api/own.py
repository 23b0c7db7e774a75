"""What authors ask and do with the token of their own comment."""

from uuid import UUID

from apiflask import APIBlueprint
from flask import Response, request

from service.usecases.own_comment import can_appeal, editable_until, told_shown_revision
from service.usecases.read_thread import safe_html
from service.web.answers import as_json, describe, refusals
from service.web.api.schemas import StatusOut, StatusQuery
from service.web.context import runtime
from service.web.own import find_own, help_lines_for, told_of
from service.web.parsing import read_query

own_api = APIBlueprint("own", __name__, tag="Comments")


@own_api.get("/api/v1/comments/<uuid:comment_id>/status")
@describe(StatusQuery, where="query")
@own_api.output(StatusOut, description="Where the comment stands.")
@own_api.doc(
    summary="Ask where one's own comment stands",
    description="Needs the `author_token` that came with the 202, as a bearer token. It is valid for 30 days.",
    security="author_token",
    responses=refusals(400, 401, 404, 422, 503),
)
def comment_status(comment_id: UUID) -> Response:
    standing = find_own(request, comment_id)
    StatusQuery.read(read_query(request))
    now = runtime().now()
    state, sentence = told_of(standing, request)
    return as_json(
        {
            "id": comment_id,
            "status": state,
            "detail": sentence,
            "help_lines": help_lines_for(standing),
            "message": standing.message,
            "comment": {
                "parent_id": standing.parent_id,
                "author_name": standing.author_name,
                "author_website": standing.author_website,
                "body_text": standing.body,
                "body_html": safe_html(standing),
                "created_at": standing.created_at,
                "edited_at": standing.edited_at,
                "revision": standing.revision,
            },
            "shown_revision": told_shown_revision(standing),
            "editable_until": editable_until(standing, now=now),
            "can_appeal": can_appeal(standing, now=now),
        }
    )
