"""The one renderer of errors: problem+json for programs (RFC 9457), a readable page for people."""

from typing import Any

import orjson
import structlog
from flask import Flask, Response, g, render_template, request
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound, RequestEntityTooLarge

from service import errors
from service.errors import Problem
from service.usecases.submit import is_database_away
from service.web.parsing import FORM, too_large

TYPE_BASE = "/api/problems/"
RETRY_AFTER_S = 5

log = structlog.get_logger(__name__)


def register(app: Flask) -> None:
    app.register_error_handler(Problem, render)
    app.register_error_handler(HTTPException, _render_http)
    app.register_error_handler(DBAPIError, _render_database)
    app.register_error_handler(PoolTimeout, lambda _: render(_away()))
    app.register_error_handler(Exception, _render_unexpected)


def render(problem: Problem) -> Response:
    """The answer to a refused request, in the form that its sender can read."""
    body = as_dict(problem)
    if _is_for_people():
        page = render_template("problem.html", problem=body, request_id=g.get("request_id", ""))
        response = Response(page, problem.status, mimetype="text/html")
    else:
        response = Response(orjson.dumps(body), problem.status, mimetype="application/problem+json")
    response.headers.update(problem.headers)
    response.headers["Cache-Control"] = "no-store"
    return response


def as_dict(problem: Problem) -> dict[str, Any]:
    return {
        "type": TYPE_BASE + problem.code,
        "title": problem.title,
        "status": problem.status,
        "code": problem.code,
        "detail": problem.detail,
        "errors": [error._asdict() for error in problem.errors],
    }


def _is_for_people() -> bool:
    return request.mimetype == FORM or not request.path.startswith("/api/")


def _render_http(error: HTTPException) -> Response:
    return render(_translate(error))


def _translate(error: HTTPException) -> Problem:
    if isinstance(error, MethodNotAllowed):
        allowed = ", ".join(sorted(error.valid_methods or ()))
        return errors.MethodNotAllowed(f"Use {allowed} here.", headers={"Allow": allowed})
    if isinstance(error, NotFound):
        return errors.NotFound("There is nothing at this address.")
    if isinstance(error, RequestEntityTooLarge):
        return too_large()
    return errors.Malformed(error.description or "This request can't be understood.")


def _render_database(error: DBAPIError) -> Response:
    if is_database_away(error):
        log.warning("database_away", reason=type(error.orig).__name__)
        return render(_away())
    return _render_unexpected(error)


def _away() -> Problem:
    return errors.Unavailable(
        "The database can't be reached. Nothing was stored; please try again in a moment.",
        headers={"Retry-After": str(RETRY_AFTER_S)},
    )


def _render_unexpected(error: Exception) -> Response:
    """Something we did not foresee. The log says where; the message is left out, since it may quote what was typed."""
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    where = f"{frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}" if frame else ""
    log.error("unexpected_error", reason=type(error).__name__, where=where)
    return render(errors.Internal("Something went wrong on our side. It was noted."))
