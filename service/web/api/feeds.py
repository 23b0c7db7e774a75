"""The newest comments of a site or a page, for feed readers."""

from hashlib import blake2b

from apiflask import APIBlueprint
from flask import Response, request
from pydantic import Field

from service.storage import feeds
from service.storage.sites import Site
from service.web.answers import describe, file_answer, refusals
from service.web.api.schemas import MAX_URL
from service.web.atom import MIMETYPE, Feed, updated_at, write_feed
from service.web.context import runtime, site_of
from service.web.language import LANGUAGE, LONGEST_TAG, catalogue_of, depends_on_language
from service.web.parsing import ClosedQuery, read_query
from service.web.threads import page_of

feeds_api = APIBlueprint("feeds", __name__, tag="Comments")
NEWEST = 50
CACHE = "public, max-age=60"


class FeedQuery(ClosedQuery):
    """Of which page; of all of the site's where none is named."""

    page_url: str | None = Field(None, max_length=MAX_URL)
    lang: str | None = Field(None, description=LANGUAGE, max_length=LONGEST_TAG)


@feeds_api.get("/api/v1/sites/<site_key>/comments.atom")
@describe(FeedQuery, where="query")
@feeds_api.doc(
    summary="Follow the comments of a site or a page",
    description=f"Atom (RFC 4287): the newest {NEWEST} published comments. `ETag` and `If-None-Match` work.",
    responses=file_answer(MIMETYPE, "The feed.") | refusals(400, 403, 404, 422, 503, also={304: "Nothing changed."}),
)
def comments_atom(site_key: str) -> Response:
    """Published comments only, by the same rule as the list."""
    site = site_of(site_key)
    query = FeedQuery.read(read_query(request))
    page_url = page_of(site, query.page_url) if query.page_url is not None else None
    with runtime().statements.connect() as connection:
        entries = (
            feeds.newest_of_page(connection, site.id, page_url, limit=NEWEST)
            if page_url
            else feeds.newest_of_site(connection, site.id, limit=NEWEST)
        )
    title = entries[0].page_title if page_url and entries else None
    body = write_feed(_feed(site, page_url, title), entries, catalogue_of(request))
    response = Response(body, mimetype=MIMETYPE)
    response.headers["Cache-Control"] = CACHE
    response.set_etag(blake2b(body, digest_size=12).hexdigest())
    response.last_modified = updated_at(entries)
    depends_on_language(response).make_conditional(request)
    return response


def _feed(site: Site, page_url: str | None, page_title: str | None) -> Feed:
    said, base_url = catalogue_of(request), runtime().settings.base_url
    address = base_url + request.full_path.rstrip("?")
    if page_url is None:
        title = said.say("pages", "feed.site", site=site.name)
        return Feed(title, f"{base_url}/sites/{site.key}/comments", address, f"{site.origins[0]}/")
    title = said.say("pages", "thread.title_of", title=page_title or page_url)
    return Feed(title, f"{page_url}#comments", address, page_url)
