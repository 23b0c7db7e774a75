"""The second step of logging in: show a code, set up an authenticator, make new recovery codes."""

from typing import Any

from apiflask import APIBlueprint
from flask import Response, make_response, redirect, request, url_for
from pydantic import Field
from werkzeug.wrappers import Response as AnyResponse

from service.credentials.one_time_codes import picture_of
from service.errors import Conflict, Problem, WrongCredentials
from service.storage.sessions import Standing
from service.usecases import second_step
from service.web import access
from service.web.api.session_schemas import CodeIn, Password
from service.web.console.account import account_page
from service.web.console.frame import complaints, desk_page
from service.web.console.login import STEPS, entry_page, go_on, local
from service.web.context import issuer, runtime
from service.web.parsing import Closed, read_form
from service.web.session_cookies import keep_session

desk_second_step = APIBlueprint("desk_second_step", __name__, url_prefix="/desk", enable_openapi=False)


class CodeForm(CodeIn):
    """What the page sends: also where its reader wanted to go."""

    next: str = Field("", max_length=2_000)


class ProposeForm(Closed):
    """One's password, to be sure."""

    totp_password: Password


@desk_second_step.get("/login/code")
def code() -> AnyResponse:
    """For whoever knows the password."""
    try:
        access.require_standing(request, stages={"code"})
    except Problem:
        return _to_login()
    return entry_page("desk/login_code.html", next=local(request.args.get("next", "")))


@desk_second_step.post("/login/code")
def show_code() -> AnyResponse:
    """Go on with the login."""
    standing = access.require_standing(request, stages={"code"})
    fields = read_form(request)
    wanted = local(str(fields.get("next", "")))
    try:
        begun = second_step.show_code(
            runtime().engine, standing, code=CodeForm.read(fields).code, vault=runtime().vault, now=runtime().now()
        )
    except Problem as problem:
        return entry_page("desk/login_code.html", problem, next=wanted)
    return go_on(begun, wanted)


@desk_second_step.get("/login/enrol")
def enrol() -> AnyResponse:
    """For owners whose site wants them to have an authenticator, and who have none yet."""
    try:
        standing = access.require_standing(request, stages={"enrol"})
    except Problem:
        return _to_login()
    return entry_page("desk/enrol.html", next=local(request.args.get("next", "")), **_proposal(standing))


@desk_second_step.post("/login/enrol")
def begin_enrolment() -> AnyResponse:
    """Make a secret. A GET doesn't: it changes nothing."""
    standing = access.require_standing(request, stages={"enrol"})
    fields = read_form(request)
    second_step.propose_authenticator(runtime().engine, standing, password=None, issuer=issuer(), vault=runtime().vault)
    return redirect(url_for("desk_second_step.enrol", next=local(str(fields.get("next", "")))), 303)


@desk_second_step.post("/login/enrol/confirm")
def confirm_enrolment() -> AnyResponse:
    """Show the recovery codes, this once; the session is open then."""
    standing = access.require_standing(request, stages={"enrol"})
    fields = read_form(request)
    wanted = local(str(fields.get("next", "")))
    try:
        codes, begun = second_step.confirm_authenticator(
            runtime().engine, standing, code=CodeForm.read(fields).code, vault=runtime().vault, now=runtime().now()
        )
    except Problem as problem:
        return entry_page("desk/enrol.html", problem, next=wanted, **_proposal(standing))
    where = STEPS.get(begun.stage)
    target = url_for(where, next=wanted) if where else wanted
    return keep_session(entry_page("desk/recovery_codes.html", codes=codes, target=target), begun)


@desk_second_step.post("/account/second-step/begin")
def propose() -> AnyResponse:
    """Make a secret, once the password was typed again."""
    actor = access.require_person(request)
    standing = access.require_standing(request, stages={"open"})
    try:
        password = ProposeForm.read(read_form(request)).totp_password
        second_step.propose_authenticator(
            runtime().engine, standing, password=password, issuer=issuer(), vault=runtime().vault
        )
    except WrongCredentials as problem:
        return account_page(actor, problem, field="totp_password")
    except Conflict:
        return redirect(url_for("desk_account.account"), 303)
    except Problem as problem:
        return account_page(actor, problem)
    return redirect(url_for("desk_second_step.setting_up"), 303)


@desk_second_step.get("/account/second-step")
def setting_up() -> AnyResponse:
    """The picture to scan, and the field for a code."""
    return _set_up_page()


@desk_second_step.post("/account/second-step")
def confirm() -> AnyResponse:
    """Show the recovery codes, this once."""
    access.require_person(request)
    standing = access.require_standing(request, stages={"open"})
    try:
        code = CodeIn.read(read_form(request)).code
        codes, begun = second_step.confirm_authenticator(
            runtime().engine, standing, code=code, vault=runtime().vault, now=runtime().now()
        )
    except Conflict:
        return redirect(url_for("desk_account.account"), 303)
    except Problem as problem:
        return _set_up_page(problem)
    return keep_session(_codes_page(codes), begun)


@desk_second_step.post("/account/second-step/codes")
def renew() -> AnyResponse:
    """Show new recovery codes, this once."""
    actor = access.require_person(request)
    standing = access.require_standing(request, stages={"open"})
    try:
        code = CodeIn.read(read_form(request)).code
        codes = second_step.renew_recovery_codes(
            runtime().engine, standing, code=code, vault=runtime().vault, now=runtime().now()
        )
    except Problem as problem:
        return account_page(actor, problem, field="code")
    return _codes_page(codes)


@desk_second_step.post("/account/second-step/remove")
def remove() -> AnyResponse:
    """The login asks for the password only."""
    actor = access.require_person(request)
    standing = access.require_standing(request, stages={"open"})
    try:
        code = CodeIn.read(read_form(request)).code
        second_step.remove_authenticator(
            runtime().engine, standing, code=code, vault=runtime().vault, now=runtime().now()
        )
    except Problem as problem:
        return account_page(actor, problem, field="code")
    return redirect(url_for("desk_account.account", done="removed"), 303)


def _to_login() -> AnyResponse:
    return redirect(url_for("desk_login.login", next=local(request.args.get("next", ""))), 303)


def _proposal(standing: Standing) -> dict[str, Any]:
    """The secret and its picture, where one waits to be confirmed."""
    found = second_step.proposed_authenticator(runtime().engine, standing, issuer=issuer(), vault=runtime().vault)
    return {"secret": found.secret, "picture": picture_of(found.address)} if found else {}


def _set_up_page(problem: Problem | None = None) -> AnyResponse:
    actor = access.require_person(request)
    proposal = _proposal(access.require_standing(request, stages={"open"}))
    if not proposal:
        return redirect(url_for("desk_account.account"), 303)
    page = desk_page("desk/second_step.html", actor, problem=problem, errors=complaints(problem), **proposal)
    return make_response(page, problem.status if problem else 200)


def _codes_page(codes: list[str]) -> Response:
    return entry_page("desk/recovery_codes.html", codes=codes, target=url_for("desk_account.account"))
