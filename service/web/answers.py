"""Answers, and how the OpenAPI document tells of them."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import orjson
from flask import Response
from pydantic import BaseModel

from service.web.parsing import FORM, JSON

View = TypeVar("View", bound=Callable[..., Any])

MODERATORS: list[str | dict[str, list[Any]]] = ["api_token", "session"]
"""The ways in which a moderator, or a program of one, says who it is: `security` of a route."""

REFUSALS: Mapping[int, str] = {
    400: "The request can't be understood.",
    401: "A token is needed.",
    403: "Not allowed.",
    404: "There is nothing here.",
    405: "Another method is needed.",
    409: "Somebody was faster, or the comment was edited.",
    413: "Too large.",
    415: "Another kind of body is needed.",
    422: "Some fields are wrong; `errors` names them all.",
    429: "Too many at once; `Retry-After` says when to come back.",
    503: "The database can't be reached; nothing was stored.",
}


def as_json(
    body: object, *, status: int = 200, cache: str = "no-store", headers: Mapping[str, str] | None = None
) -> Response:
    response = Response(orjson.dumps(body), status, mimetype=JSON)
    response.headers["Cache-Control"] = cache
    if headers:
        response.headers.update(headers)
    return response


def refusals(*statuses: int, also: Mapping[int, str] | None = None, forms: bool = False) -> dict[int, Any]:
    """What a route may answer besides its success, for the OpenAPI document. A form is answered with a page."""
    content: dict[str, Any] = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemOut"}}}
    if forms:
        content["text/html"] = {"schema": {"type": "string"}}
    described: dict[int, Any] = {status: {"description": REFUSALS[status], "content": content} for status in statuses}
    return described | {status: {"description": text} for status, text in (also or {}).items()}


def file_answer(mimetype: str, description: str) -> dict[int, Any]:
    """The success of a route that answers with no JSON, for the OpenAPI document."""
    return {200: {"description": description, "content": {mimetype: {"schema": {"type": "string"}}}}}


def describe(model: type[BaseModel], *, where: str = "body", forms: bool = False) -> Callable[[View], View]:
    """Name the schema of a body or query in the OpenAPI document, for a view that reads it itself.

    APIFlask's own decorator would read it with Flask's parser, which takes what we must refuse.
    """

    def annotate(view: View) -> View:
        spec: dict[str, Any] = view.__dict__.setdefault("_spec", {})
        if where == "query":
            spec.setdefault("args", []).append((model, "query"))
        else:
            spec |= {"body": model, "content_type": [FORM, JSON] if forms else JSON}
        return view

    return annotate
