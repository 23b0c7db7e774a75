"""What readers get: published comments, counts, and a comment's status for its own author."""

from uuid import UUID

from apiflask import APIBlueprint
from flask import Response, current_app, request

from service.errors import NotFound, Said, Unauthorised, invalid
from service.moderation.model import Label, Status
from service.moderation.page_url import PageUrlProblem, canonicalise_page_url
from service.storage import comments
from service.storage.comments import Standing
from service.usecases.read_thread import ThreadPages
from service.usecases.submit import field_error_of_url
from service.web import access
from service.web.answers import as_json, describe, refusals
from service.web.api.schemas import CountsIn, CountsOut, StatusOut, ThreadOut, ThreadQuery
from service.web.context import runtime, site_of
from service.web.fresh_pages import page_headers
from service.web.parsing import read_body, read_query

read_api = APIBlueprint("read", __name__, tag="Comments")
PAGES = "greenroom.pages"


@read_api.get("/api/v1/sites/<site_key>/comments")
@describe(ThreadQuery, where="query")
@read_api.output(ThreadOut, description="Published comments, oldest first.")
@read_api.doc(
    summary="List the comments of a page",
    description="Published comments only. Follow `next_cursor`; a page that was read stays the same while comments"
    " arrive. Send `If-None-Match` with the ETag to get 304 when nothing changed.",
    responses=refusals(400, 404, 422, 503, also={304: "Nothing changed."}),
)
def list_comments(site_key: str) -> Response:
    site = site_of(site_key)
    pages: ThreadPages = current_app.extensions[PAGES]
    page = pages.fresh(site.id, request.query_string)
    if page is None:
        query = ThreadQuery.read(read_query(request))
        page_url = _page_url(query.page_url, "/page_url")
        page = pages.load(
            runtime().statements,
            site.id,
            request.query_string,
            page_url=page_url,
            after=query.cursor,
            limit=query.limit,
        )
    headers = page_headers(page, site, request.headers.get("Origin"))
    is_known = page.etag in request.headers.get("If-None-Match", "")
    return Response(status=304, headers=headers) if is_known else Response(page.body, headers=headers)


@read_api.post("/api/v1/sites/<site_key>/comments/counts")
@describe(CountsIn)
@read_api.output(CountsOut, description="How many published comments each page has.")
@read_api.doc(summary="Count the comments of many pages", responses=refusals(400, 404, 413, 415, 422, 503))
def count_comments(site_key: str) -> Response:
    """Up to 100 pages in one request."""
    site = site_of(site_key)
    sent = CountsIn.read(read_body(request)).page_urls
    canonical = {raw: _page_url(raw, f"/page_urls/{index}") for index, raw in enumerate(sent)}
    with runtime().statements.connect() as connection:
        counts = comments.published_counts(connection, site_id=site.id, page_urls=list(set(canonical.values())))
    return as_json({"counts": {raw: counts[url] for raw, url in canonical.items()}})


@read_api.get("/api/v1/comments/<uuid:comment_id>/status")
@read_api.output(StatusOut, description="Where the comment stands.")
@read_api.doc(
    summary="Ask where one's own comment stands",
    description="Needs the `author_token` that came with the 202, as a bearer token.",
    security="author_token",
    responses=refusals(401, 404, 503),
)
def comment_status(comment_id: UUID) -> Response:
    token = access.bearer(request)
    if not token or not runtime().vault.is_author_token(token, comment_id):
        raise Unauthorised(
            "Send the author_token of this comment as a bearer token.",
            headers={"WWW-Authenticate": 'Bearer realm="greenroom"'},
        )
    standing = find_standing(comment_id)
    state, sentence = describe_standing(standing)
    return as_json(
        {
            "id": str(comment_id),
            "status": state,
            "detail": sentence,
            "help_lines": help_lines_for(standing),
            "message": standing.message,
        }
    )


def find_standing(comment_id: UUID) -> Standing:
    with runtime().statements.connect() as connection:
        standing = comments.standing(connection, comment_id)
    if standing is None:
        raise NotFound("There is no such comment.", said=Said("not_found.comment"))
    return standing


def help_lines_for(standing: Standing) -> list[str]:
    """The site's help lines, for the author of a comment that waits because it speaks of a crisis."""
    is_in_crisis = standing.status == Status.HELD and standing.reason_code == Label.CRISIS
    return list(standing.help_lines) if is_in_crisis else []


def describe_standing(standing: Standing) -> tuple[str, str]:
    """What an author is told: one of four states, and why."""
    match Status(standing.status):
        case Status.PENDING:
            return "pending", "Your comment is awaiting moderation. The checks usually take less than a second."
        case Status.HELD:
            return "held", "Your comment is awaiting moderation: a person will look at it."
        # A shadow ban works as long as nobody can tell it from this.
        case Status.REJECTED if standing.reason_code == Label.SHADOW_BAN:
            return "published", "Your comment is published."
        case Status.PUBLISHED:
            return "published", "Your comment is published."
        case Status.ERASED:
            return "not_published", "This comment was erased."
        case _:
            who = "A moderator decided not to publish it." if standing.is_by_moderator else "The checks turned it down."
            return "not_published", f"Your comment was not published. {who}"


def _page_url(raw: str, pointer: str) -> str:
    try:
        return canonicalise_page_url(raw)
    except PageUrlProblem as problem:
        raise invalid([field_error_of_url(pointer, problem)]) from None
