"""What readers get: published comments and counts."""

from apiflask import APIBlueprint
from flask import Response, current_app, request

from service.errors import invalid
from service.moderation.page_url import PageUrlProblem, canonicalise_page_url
from service.storage import comments
from service.usecases.read_thread import ThreadPages
from service.usecases.submit import field_error_of_url
from service.web.answers import as_json, describe, refusals
from service.web.api.schemas import CountsIn, CountsOut, ThreadOut, ThreadQuery
from service.web.context import runtime, site_of
from service.web.fresh_pages import page_headers
from service.web.parsing import read_body, read_query

read_api = APIBlueprint("read", __name__, tag="Comments")
PAGES = "greenroom.pages"


@read_api.get("/api/v1/sites/<site_key>/comments")
@describe(ThreadQuery, where="query")
@read_api.output(ThreadOut, description="Published comments, oldest first unless asked otherwise.")
@read_api.doc(
    summary="List the comments of a page",
    description="Published comments, and what is left of erased ones that have answers. Follow `next_cursor` with the"
    " same `order`; a page that was read stays the same while comments arrive. Send `If-None-Match` with the ETag to"
    " get 304 when nothing changed.",
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
            order=query.order,
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


def _page_url(raw: str, pointer: str) -> str:
    try:
        return canonicalise_page_url(raw)
    except PageUrlProblem as problem:
        raise invalid([field_error_of_url(pointer, problem)]) from None
