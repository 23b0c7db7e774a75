"""Logging in and out, and one's own sessions: what the pages of the desk do, for programs in a browser."""

from collections.abc import Mapping
from dataclasses import asdict

from apiflask import APIBlueprint
from flask import Response, request

from service.storage import sessions
from service.usecases.change_password import change_password
from service.usecases.end_sessions import end_other_sessions, end_session
from service.usecases.log_in import Begun, log_in
from service.vault import token_digest
from service.web import access
from service.web.answers import as_json, describe, refusals
from service.web.api.session_schemas import (
    BegunOut,
    EndedOut,
    LoginIn,
    PasswordIn,
    RunningSessionsOut,
    SessionOut,
)
from service.web.attempts import attempt_of
from service.web.context import runtime
from service.web.parsing import read_body, read_id
from service.web.session_cookies import drop_session, keep_session

session_api = APIBlueprint("session", __name__, tag="People")

SESSION: list[str | dict[str, list[object]]] = ["session"]


@session_api.post("/api/v1/session")
@describe(LoginIn)
@session_api.output(BegunOut, 201, description="The session has begun; its cookie comes along.")
@session_api.doc(summary="Log in", responses=refusals(400, 401, 403, 413, 415, 422, 429, 503))
def log_in_here() -> Response:
    """Only from a page of this instance. Programs elsewhere take an API token."""
    access.require_own_origin(request)
    wanted = LoginIn.read(read_body(request))
    return begun(log_in(runtime().engine, attempt_of(request, wanted.name, wanted.password), vault=runtime().vault))


@session_api.get("/api/v1/session")
@session_api.output(SessionOut, description="Who is logged in, and where they may do what.")
@session_api.doc(summary="Who am I", security=SESSION, responses=refusals(401, 403, 503))
def show_session() -> Response:
    """Of the session whose cookie comes with the request."""
    actor = access.require_person(request)
    keys = {site_id: key for key, site_id in actor.site_ids.items()}
    roles = [{"site": keys[site_id], "role": role} for site_id, role in actor.roles.items()]
    return as_json(
        {
            "name": actor.name,
            "is_admin": actor.is_admin,
            "roles": sorted(roles, key=lambda item: item["site"]),
            "csrf_token": access.csrf_token(request),
        }
    )


@session_api.delete("/api/v1/session")
@session_api.output(EndedOut, description="The session has ended.")
@session_api.doc(summary="Log out", security=SESSION, responses=refusals(401, 403, 404, 503))
def log_out() -> Response:
    """End the session whose cookie comes with the request."""
    actor = access.require_person(request)
    end_session(runtime().engine, actor.session_id or 0, by=actor)
    return drop_session(as_json({"ended": 1}))


@session_api.put("/api/v1/session/password")
@describe(PasswordIn)
@session_api.output(BegunOut, description="The password is changed; a new session's cookie comes along.")
@session_api.doc(
    summary="Change one's password", security=SESSION, responses=refusals(400, 401, 403, 413, 415, 422, 429, 503)
)
def change_own_password() -> Response:
    """All other sessions of the same person end."""
    standing = access.require_standing(request, stages={"open", "password"})
    wanted = PasswordIn.read(read_body(request))
    return begun(
        change_password(
            runtime().engine,
            standing,
            present=wanted.current_password,
            wanted=wanted.new_password,
            vault=runtime().vault,
        ),
        status=200,
    )


@session_api.get("/api/v1/sessions")
@session_api.output(RunningSessionsOut, description="One's own sessions.")
@session_api.doc(summary="List one's sessions", security=SESSION, responses=refusals(401, 403, 503))
def list_sessions() -> Response:
    """Wherever they run: on this browser and on others."""
    actor = access.require_person(request)
    with runtime().statements.connect() as connection:
        running = sessions.of_moderator(connection, actor.moderator_id or 0)
    return as_json({"sessions": [{**asdict(item), "is_this": item.id == actor.session_id} for item in running]})


@session_api.delete("/api/v1/sessions")
@session_api.output(EndedOut, description="All others have ended.")
@session_api.doc(summary="End all other sessions", security=SESSION, responses=refusals(401, 403, 503))
def end_others() -> Response:
    """All of one's own but the one that asks."""
    return as_json({"ended": end_other_sessions(runtime().engine, by=access.require_person(request))})


@session_api.delete("/api/v1/sessions/<int:session_id>")
@session_api.output(EndedOut, description="It has ended.")
@session_api.doc(summary="End one session", security=SESSION, responses=refusals(401, 403, 404, 503))
def end_one(session_id: int) -> Response:
    """Of one's own."""
    end_session(runtime().engine, read_id(session_id), by=access.require_person(request))
    return as_json({"ended": 1})


def begun(session: Begun, *, status: int = 201, also: Mapping[str, object] | None = None) -> Response:
    """The answer to a step of logging in."""
    csrf = runtime().vault.csrf_token(token_digest(session.session.shown))
    return keep_session(as_json({"stage": session.stage, "csrf_token": csrf, **(also or {})}, status=status), session)
