"""Every page of the desk has one address. Who types another slash at its end is led there."""

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import NotFound


def install(app: Flask) -> None:
    """Werkzeug itself leads to addresses that end in a slash; this leads to those that don't."""
    app.before_request(_without_slash)


def _without_slash() -> Response | None:
    path = request.path
    if not isinstance(request.routing_exception, NotFound) or not path.startswith("/desk/") or not path.endswith("/"):
        return None
    adapter = current_app.create_url_adapter(request)
    address = path.rstrip("/")
    if adapter is None or not adapter.test(address, method=request.method):
        return None
    query = request.query_string.decode("latin-1")
    location = f"{request.script_root}{address}{'?' if query else ''}{query}"
    return Response(status=308, headers={"Location": location, "Cache-Control": "no-store"})
