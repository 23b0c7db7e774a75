"""Logging in and out: the pages that a person meets before the desk lets them in."""

import re
from contextlib import suppress
from typing import Any

from apiflask import APIBlueprint
from flask import Response, make_response, redirect, render_template, request, url_for
from pydantic import Field
from werkzeug.wrappers import Response as AnyResponse

from service.errors import Problem, Unauthorised
from service.usecases.change_password import change_password
from service.usecases.end_sessions import end_session
from service.usecases.log_in import Begun, log_in
from service.web import access
from service.web.api.session_schemas import LoginIn, PasswordIn
from service.web.attempts import attempt_of
from service.web.console.frame import complaints
from service.web.context import runtime
from service.web.parsing import read_form
from service.web.session_cookies import drop_session, keep_session

desk_login = APIBlueprint("desk_login", __name__, url_prefix="/desk", enable_openapi=False)

STEPS = {
    "code": "desk_second_step.code",
    "password": "desk_login.choose_password",
    "enrol": "desk_second_step.enrol",
}
"""Where somebody goes on whose session lacks a step."""

_OWN_PATH = re.compile(r"/desk/[A-Za-z0-9/_.~%?&=+,:;@-]{0,1000}")


class LoginForm(LoginIn):
    """What the page sends: also where its reader wanted to go."""

    next: str = Field("", max_length=2_000)


@desk_login.get("/login")
def login() -> AnyResponse:
    """The form, for whoever is not logged in yet."""
    wanted = local(request.args.get("next", ""))
    if access.find_person(request):
        return redirect(wanted, 303)
    return entry_page("desk/login.html", next=wanted, is_new=request.args.get("welcome") == "yes")


@desk_login.post("/login")
def enter() -> AnyResponse:
    """Begin a session, and go on to what is missing or to where the reader wanted to go."""
    access.require_own_origin(request)
    fields = read_form(request)
    try:
        form = LoginForm.read(fields)
        begun = log_in(runtime().engine, attempt_of(request, form.name, form.password), vault=runtime().vault)
    except Problem as problem:
        return entry_page(
            "desk/login.html", problem, next=local(str(fields.get("next", ""))), name=str(fields.get("name", ""))
        )
    return go_on(begun, local(form.next))


@desk_login.get("/login/password")
def choose_password() -> AnyResponse:
    """For whoever came in with a one-time password."""
    try:
        standing = access.require_standing(request, stages={"password"})
    except Problem:
        return redirect(url_for("desk_login.login", next=local(request.args.get("next", ""))), 303)
    return entry_page("desk/choose_password.html", name=standing.name, next=local(request.args.get("next", "")))


class ChoosePasswordForm(PasswordIn):
    """What the page sends: also where its reader wanted to go."""

    next: str = Field("", max_length=2_000)


@desk_login.post("/login/password")
def set_password() -> AnyResponse:
    """Store it, and let its owner in."""
    standing = access.require_standing(request, stages={"password"})
    fields = read_form(request)
    try:
        form = ChoosePasswordForm.read(fields)
        begun = change_password(
            runtime().engine, standing, present=None, wanted=form.new_password, vault=runtime().vault
        )
    except Problem as problem:
        wanted = local(str(fields.get("next", "")))
        return entry_page("desk/choose_password.html", problem, name=standing.name, next=wanted)
    return go_on(begun, local(form.next))


@desk_login.post("/logout")
def logout() -> AnyResponse:
    """End this session. Whose session has ended already is logged out as well."""
    with suppress(Unauthorised):
        actor = access.require_person(request)
        end_session(runtime().engine, actor.session_id or 0, by=actor)
    return drop_session(Response(status=303, headers={"Location": url_for("desk_login.login")}))


def go_on(begun: Begun, wanted: str) -> Response:
    """To the next step of logging in, or to where the reader wanted to go."""
    where = STEPS.get(begun.stage)
    target = url_for(where, next=wanted) if where else wanted
    return keep_session(Response(status=303, headers={"Location": target}), begun)


def local(wanted: str) -> str:
    """Where to go after logging in: a page of the desk, whatever a link says (T17)."""
    is_ours = _OWN_PATH.fullmatch(wanted) and not wanted.startswith("/desk/login")
    return wanted if is_ours else url_for("desk_queue.queue")


def entry_page(template: str, problem: Problem | None = None, **context: Any) -> Response:  # noqa: ANN401 - whatever it shows
    """A page for somebody who is not let in yet."""
    page = render_template(
        template, problem=problem, errors=complaints(problem), csrf_token=access.csrf_token(request), **context
    )
    response = make_response(page, problem.status if problem else 200)
    if problem:
        response.headers.update({name: value for name, value in problem.headers.items() if name == "Retry-After"})
    return response
