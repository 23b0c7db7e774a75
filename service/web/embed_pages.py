"""A thread and its form for pages that run no script of ours: a piece of HTML, or a whole page for a frame."""

from hashlib import blake2b
from typing import Any, Literal

from apiflask import APIBlueprint
from flask import Response, render_template, request, url_for
from pydantic import Field

from service.storage.sites import Site
from service.web.answers import describe, file_answer, refusals
from service.web.api.schemas import MAX_PAGE
from service.web.context import runtime, site_of
from service.web.language import depends_on_language, kept_language
from service.web.parsing import read_query
from service.web.threads import Address, ThreadPageQuery, address_in, form_for, page_of, read_thread, thread_query

embed_pages = APIBlueprint("embed_pages", __name__, tag="Comments")
FRAGMENT_CACHE = "public, max-age=1, stale-while-revalidate=5"


class FragmentQuery(ThreadPageQuery):
    """Which thread, and how much of it."""

    limit: int = Field(MAX_PAGE, ge=1, le=MAX_PAGE)
    form: Literal["yes", "no"] = Field("yes", description="Whether the form is part of it.")


@embed_pages.get("/api/v1/sites/<site_key>/thread.html")
@describe(FragmentQuery, where="query")
@embed_pages.doc(
    summary="Get a thread as HTML",
    description="For static site generators and servers: no head, no script, no style. `Link` with `rel=next` names the"
    " next page; `ETag` and `If-None-Match` work.",
    responses=file_answer("text/html", "A `div` with the thread and the form.")
    | refusals(400, 403, 404, 422, 503, also={304: "Nothing changed."}),
)
def fragment(site_key: str) -> Response:
    """The same for everybody, so its form carries neither a time nor a key of its own."""
    site = site_of(site_key)
    query = FragmentQuery.read(read_query(request))
    page_url = page_of(site, query.page_url)
    base_url = runtime().settings.base_url
    address = _address(site, query, base_url=base_url)
    thread = read_thread(site, page_url, after=query.cursor, order=query.order, limit=query.limit)
    form = _bare_form(site, page_url, query, address=address, base_url=base_url) if query.form == "yes" else None
    html = render_template("thread_fragment.html", thread=thread, form=form, address=address, base_url=base_url)
    response = Response(html, mimetype="text/html")
    response.headers["Cache-Control"] = FRAGMENT_CACHE
    response.set_etag(blake2b(html.encode(), digest_size=12).hexdigest())
    if thread.next_cursor:
        response.headers["Link"] = f'<{_next_fragment(site, thread.next_cursor)}>; rel="next"'
    depends_on_language(response).make_conditional(request)
    return response


@embed_pages.get("/embed/<site_key>/thread")
@embed_pages.doc(hide=True)
def thread(site_key: str) -> str:
    """The same as a whole page, for a frame or to be looked at by itself."""
    site = site_of(site_key)
    query = thread_query()
    page_url = page_of(site, query.page_url)
    address = _address(site, query)
    return render_template(
        "thread_page.html",
        thread=read_thread(site, page_url, after=query.cursor, order=query.order),
        form=form_for(site, page_url, page_title=query.page_title, reply_to=query.reply_to, address=address),
        address=address,
        page_title=query.page_title,
        feed_url=url_for("feeds.comments_atom", site_key=site.key, page_url=page_url, **kept_language(request)),
        is_framed=request.headers.get("Sec-Fetch-Dest") == "iframe",
    )


def _address(site: Site, query: ThreadPageQuery, *, base_url: str = "") -> Address:
    """Where the page for frames shows this thread otherwise."""
    return address_in(
        "embed_pages.thread",
        base_url=base_url,
        site_key=site.key,
        page_url=query.page_url,
        page_title=query.page_title or None,
    )


def _next_fragment(site: Site, cursor: str) -> str:
    following: dict[str, Any] = {**request.args, "cursor": cursor}
    return runtime().settings.base_url + url_for("embed_pages.fragment", site_key=site.key, **following)


def _bare_form(site: Site, page_url: str, query: ThreadPageQuery, *, address: Address, base_url: str) -> dict[str, Any]:
    """A form that may stand on a page for years."""
    form = form_for(site, page_url, page_title=query.page_title, reply_to=query.reply_to, address=address)
    bare = {"action": base_url + form["action"], "idempotency_key": "", "form_token": "", "is_bare": True}
    return {**form, **bare}
