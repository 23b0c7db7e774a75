"""Pages of comments that were read a moment ago, answered before Flask is asked: most reads of a busy site."""

import re
import secrets
from collections.abc import Callable, Iterable
from typing import Any

from service.storage.sites import Site
from service.usecases.read_thread import Page, ThreadPages
from service.web.context import SiteDirectory

CACHE_CONTROL = "public, max-age=1, stale-while-revalidate=5"
REQUEST_ID_BYTES = 16
PROTECTION = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "strict-origin-when-cross-origin"}
"""Headers that every answer carries, besides `X-Request-Id`."""

_PATH = re.compile(r"/api/v1/sites/([a-z0-9-]{1,63})/comments")

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def page_headers(page: Page, site: Site, origin: str | None) -> dict[str, str]:
    """The headers of a page of comments, the same whether Flask answers or we do."""
    headers = {"Content-Type": "application/json", "ETag": page.etag, "Cache-Control": CACHE_CONTROL, "Vary": "Origin"}
    if origin in site.origins:
        headers["Access-Control-Allow-Origin"] = origin
    elif origin is not None:
        headers["Cache-Control"] = "no-store"
    return headers


def new_request_id() -> str:
    return secrets.token_hex(REQUEST_ID_BYTES)


class FreshPages:
    """A WSGI layer around the application."""

    def __init__(self, application: Wsgi, pages: ThreadPages, sites: SiteDirectory) -> None:
        self._application = application
        self._pages = pages
        self._sites = sites

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        found = self._find(environ)
        if found is None:
            return self._application(environ, start_response)
        page, site = found
        headers = page_headers(page, site, environ.get("HTTP_ORIGIN"))
        headers |= {"X-Request-Id": new_request_id(), **PROTECTION}
        if page.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            del headers["Content-Type"]
            start_response("304 NOT MODIFIED", list(headers.items()))
            return []
        start_response("200 OK", [*headers.items(), ("Content-Length", str(len(page.body)))])
        return [page.body]

    def _find(self, environ: dict[str, Any]) -> tuple[Page, Site] | None:
        if environ["REQUEST_METHOD"] != "GET":
            return None
        path = _PATH.fullmatch(environ["PATH_INFO"])
        site = self._sites.fresh(path[1]) if path else None
        page = self._pages.fresh(site.id, environ["QUERY_STRING"].encode("latin-1")) if site else None
        return (page, site) if page and site else None
