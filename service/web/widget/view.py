"""The widget's scripts, for the pages of any site."""

import gzip
from functools import cache
from hashlib import blake2b
from importlib.resources import files

from apiflask import APIBlueprint
from flask import Response, request

widget = APIBlueprint("widget", __name__, enable_openapi=False)

HEADERS = {
    "Content-Type": "text/javascript; charset=utf-8",
    "Cache-Control": "public, max-age=600",
    "Vary": "Accept-Encoding",
    # Whoever embeds it is another origin; what it may then ask of a site, that site's list of origins says.
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


@widget.get("/embed.js")
def embed() -> Response:
    return _served("embed.js")


@widget.get("/embed/pow.js")
def proof_of_work() -> Response:
    """What the widget loads when it is asked to show one."""
    return _served("pow.js")


@widget.get("/embed/actions.js")
def actions() -> Response:
    """What the widget loads when somebody reports a comment, or does something with an own one."""
    return _served("actions.js")


@widget.get("/embed/counts.js")
def counts() -> Response:
    """What the widget loads on lists of pages."""
    return _served("counts.js")


def _served(name: str) -> Response:
    """The same bytes as in the repository, compressed for whoever can read that."""
    response = Response(headers=HEADERS)
    if request.accept_encodings["gzip"]:
        response.set_data(_compressed(name))
        response.headers["Content-Encoding"] = "gzip"
    else:
        response.set_data(script(name))
    response.set_etag(blake2b(response.get_data(), digest_size=12).hexdigest())
    response.make_conditional(request)
    return response


@cache
def script(name: str) -> bytes:
    return (files("service.web.widget") / name).read_bytes()


@cache
def _compressed(name: str) -> bytes:
    return gzip.compress(script(name), 9, mtime=0)
