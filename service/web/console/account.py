"""One's own account: password and sessions."""

from apiflask import APIBlueprint
from flask import Response, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from service.errors import Problem
from service.storage import second_steps, sessions
from service.storage.actors import Actor
from service.usecases.change_password import change_password
from service.usecases.end_sessions import end_other_sessions, end_session
from service.web import access
from service.web.api.session_schemas import PasswordIn
from service.web.console.frame import complaints, desk_page
from service.web.console.login import go_on
from service.web.context import runtime
from service.web.parsing import Closed, read_form, read_id

desk_account = APIBlueprint("desk_account", __name__, url_prefix="/desk/account", enable_openapi=False)


class Nothing(Closed):
    """A form of one button."""


@desk_account.get("")
def account() -> Response:
    """What is known of oneself, and what can be changed."""
    return account_page(access.require_person(request))


@desk_account.post("/password")
def change() -> AnyResponse:
    """A new password; all other sessions end."""
    actor = access.require_person(request)
    standing = access.require_standing(request, stages={"open"})
    try:
        form = PasswordIn.read(read_form(request))
        begun = change_password(
            runtime().engine,
            standing,
            present=form.current_password or "",
            wanted=form.new_password,
            vault=runtime().vault,
        )
    except Problem as problem:
        return account_page(actor, problem)
    return go_on(begun, url_for("desk_account.account", done="password"))


@desk_account.post("/sessions/<int:session_id>/end")
def end_one(session_id: int) -> AnyResponse:
    """End one of one's own sessions."""
    actor = access.require_person(request)
    Nothing.read(read_form(request))
    end_session(runtime().engine, read_id(session_id), by=actor)
    return redirect(url_for("desk_account.account", done="session"), 303)


@desk_account.post("/sessions/end-others")
def end_others() -> AnyResponse:
    """End all of one's own sessions but this one."""
    actor = access.require_person(request)
    Nothing.read(read_form(request))
    end_other_sessions(runtime().engine, by=actor)
    return redirect(url_for("desk_account.account", done="sessions"), 303)


_DONE = {
    "removed": "The authenticator is taken away. Your password alone lets you in.",
    "password": "Your password is changed. All your other sessions have ended.",
    "session": "That session has ended.",
    "sessions": "All your other sessions have ended.",
}


def account_page(actor: Actor, problem: Problem | None = None, *, field: str = "") -> Response:
    """The page, with what is wrong; `field` says where, when the problem itself names no field."""
    with runtime().statements.connect() as connection:
        running = sessions.of_moderator(connection, actor.moderator_id or 0)
        authenticator = second_steps.find(connection, actor.moderator_id or 0)
        codes_left = second_steps.count_recovery_codes(connection, actor.moderator_id or 0)
        is_required = second_steps.is_required(connection, actor.moderator_id or 0)
    keys = {site_id: key for key, site_id in actor.site_ids.items()}
    page = desk_page(
        "desk/account.html",
        actor,
        sessions=running,
        has_authenticator=authenticator is not None and authenticator.is_confirmed,
        codes_left=codes_left,
        is_required=is_required,
        roles=sorted((keys[site_id], role) for site_id, role in actor.roles.items()),
        done=_DONE.get(request.args.get("done", "")),
        problem=problem,
        errors=_complaints_at(problem, field),
    )
    response = make_response(page, problem.status if problem else 200)
    if problem and "Retry-After" in problem.headers:
        response.headers["Retry-After"] = problem.headers["Retry-After"]
    return response


def _complaints_at(problem: Problem | None, field: str) -> dict[str, str]:
    found = complaints(problem)
    return {field: found[""]} if field and set(found) == {""} else found
