"""What authors ask and do with the token of their own comment."""

from uuid import UUID

from apiflask import APIBlueprint
from flask import Response, request

from service.usecases.erase import erase_own
from service.usecases.own_comment import can_appeal, can_prove, deletable_until, editable_until, told_shown_revision
from service.usecases.read_thread import safe_html
from service.web.answers import as_json, describe, refusals
from service.web.api.own_schemas import EditedOut, EditIn, StatusOut, StatusQuery
from service.web.context import runtime
from service.web.own import change, count_edit, find_own, help_lines_for, state_of, told_of
from service.web.parsing import read_body, read_query

own_api = APIBlueprint("own", __name__, tag="Comments")


@own_api.patch("/api/v1/comments/<uuid:comment_id>")
@describe(EditIn)
@own_api.output(EditedOut, 202, description="Stored; the checks are on their way.")
@own_api.doc(
    summary="Change one's own comment",
    description="Needs the `author_token`, as a bearer token. The new text is a new revision, and is checked before"
    " anybody sees it. Possible until `editable_until`, for a comment that waits or is published. The same text again"
    " changes nothing.",
    security="author_token",
    responses=refusals(400, 401, 403, 404, 409, 413, 415, 422, 429, 503),
)
def edit(comment_id: UUID) -> Response:
    """Until the new text has passed, readers see the old one, or nothing: as the site wants it."""
    standing = find_own(request, comment_id)
    count_edit(request)
    sent = EditIn.read(read_body(request))
    changed = change(comment_id, standing, body=sent.body, revision=sent.revision)
    return as_json(
        {
            "id": comment_id,
            "status": state_of(changed),
            "revision": changed.revision,
            "editable_until": editable_until(changed, now=runtime().now()),
        },
        status=202,
    )


@own_api.delete("/api/v1/comments/<uuid:comment_id>")
@own_api.doc(
    summary="Erase one's own comment",
    description="Needs the `author_token`, as a bearer token. For good: text, name and address are forgotten wherever"
    " they are stored. Answers stay, under a comment without author and text. Possible within the site's time for"
    " changes, whatever has become of the comment; the token opens nothing afterwards.",
    security="author_token",
    responses=refusals(401, 403, 404, 429, 503, also={204: "Erased."}),
)
def erase(comment_id: UUID) -> Response:
    find_own(request, comment_id)
    count_edit(request)
    erase_own(runtime().engine, comment_id, now=runtime().now())
    return Response(status=204, headers={"Cache-Control": "no-store"})


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
                "parent_author": standing.parent_author,
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
            "deletable_until": deletable_until(standing, now=now),
            "can_appeal": can_appeal(standing, now=now),
            "can_prove": can_prove(standing, sends_mail=runtime().settings.sends_mail),
        }
    )
