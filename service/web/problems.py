"""The one renderer of errors: problem+json for programs (RFC 9457), a readable page for people."""

from typing import Any

import orjson
import structlog
from flask import Flask, Request, Response, g, render_template, request, url_for
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound, RequestEntityTooLarge

from service import errors
from service.errors import Problem, Said
from service.usecases.submit import is_database_away
from service.web.parsing import FORM, too_large
from service.web.refusals import refusal_of

TYPE_BASE = "/api/problems/"
RETRY_AFTER_S = 5

log = structlog.get_logger(__name__)


def register(app: Flask) -> None:
    app.register_error_handler(Exception, lambda error: render(problem_of(error)))


def problem_of(error: Exception) -> Problem:
    """What to tell about any error. What we did not foresee is logged by place, never by message."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, HTTPException):
        return _translate(error)
    if isinstance(error, PoolTimeout) or (isinstance(error, DBAPIError) and is_database_away(error)):
        log.warning("database_away", reason=type(error).__name__)
        return errors.Unavailable(
            "The database can't be reached. Nothing was stored; please try again in a moment.",
            headers={"Retry-After": str(RETRY_AFTER_S)},
        )
    log.error("unexpected_error", reason=type(error).__name__, where=_where(error))
    return errors.Internal("Something went wrong on our side. It was noted.")


def render(problem: Problem) -> Response:
    """The answer to a refused request, in the form that its sender can read."""
    if isinstance(problem, errors.Unauthorised) and is_desk_page(request):
        wanted = url_for("desk_login.login", next=request.full_path.rstrip("?"))
        return Response(status=303, headers={"Location": wanted, "Cache-Control": "no-store"})
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
    """The members of the answer, in the language of whoever asked."""
    refusal = refusal_of(problem, request)
    return {
        "type": TYPE_BASE + problem.code,
        "title": refusal.title,
        "status": problem.status,
        "code": problem.code,
        "detail": refusal.detail,
        "errors": [{"pointer": error.pointer, "code": error.code, "detail": error.detail} for error in refusal.errors],
        **problem.extra,
    }


def is_desk_page(request: Request) -> bool:
    """Whether a person looks at a page of the desk: then they are asked to log in, and come back to it."""
    return request.method in {"GET", "HEAD"} and request.path.startswith("/desk/")


def _is_for_people() -> bool:
    return request.mimetype == FORM or not request.path.startswith("/api/")


def _translate(error: HTTPException) -> Problem:
    if isinstance(error, MethodNotAllowed):
        allowed = ", ".join(sorted(error.valid_methods or ()))
        said = Said("method_not_allowed", {"methods": allowed})
        return errors.MethodNotAllowed(f"Use {allowed} here.", headers={"Allow": allowed}, said=said)
    if isinstance(error, NotFound):
        return errors.NotFound("There is nothing at this address.")
    if isinstance(error, RequestEntityTooLarge):
        return too_large()
    return errors.Malformed(error.description or "This request can't be understood.")


def _where(error: Exception) -> str:
    """File and line where an error was raised. Its message may quote what was typed, so nobody gets that."""
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    return f"{frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}" if frame else ""
