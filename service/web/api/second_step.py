"""The second step of logging in, for programs in a browser."""

from apiflask import APIBlueprint
from flask import Response, request

from service.usecases import second_step
from service.web import access
from service.web.answers import as_json, describe, refusals
from service.web.api.session import SESSION, begun
from service.web.api.session_schemas import (
    BegunOut,
    CodeIn,
    ConfirmedOut,
    EndedOut,
    ProposedOut,
    ProposeIn,
    RecoveryCodesOut,
)
from service.web.context import issuer, runtime
from service.web.parsing import read_body

second_step_api = APIBlueprint("second_step", __name__, tag="People")

_REFUSED = refusals(400, 401, 403, 409, 413, 415, 422, 429, 503)


@second_step_api.post("/api/v1/session/code")
@describe(CodeIn)
@second_step_api.output(BegunOut, 201, description="The login goes on; a new session's cookie comes along.")
@second_step_api.doc(summary="Show a one-time code", security=SESSION, responses=_REFUSED)
def show_code() -> Response:
    """While `stage` is `code`. A code works once."""
    standing = access.require_standing(request, stages={"code"})
    code = CodeIn.read(read_body(request)).code
    return begun(
        second_step.show_code(runtime().engine, standing, code=code, vault=runtime().vault, now=runtime().now())
    )


@second_step_api.post("/api/v1/session/totp")
@describe(ProposeIn)
@second_step_api.output(ProposedOut, 201, description="A fresh secret; it counts once it is confirmed.")
@second_step_api.doc(summary="Set up an authenticator", security=SESSION, responses=_REFUSED)
def propose() -> Response:
    """Confirm it with `PUT`."""
    standing = access.require_standing(request, stages={"open", "enrol"})
    wanted = ProposeIn.read(read_body(request))
    found = second_step.propose_authenticator(
        runtime().engine, standing, password=wanted.current_password, issuer=issuer(), vault=runtime().vault
    )
    return as_json({"secret": found.secret, "address": found.address}, status=201)


@second_step_api.put("/api/v1/session/totp")
@describe(CodeIn)
@second_step_api.output(ConfirmedOut, description="From now on the login asks for a code.")
@second_step_api.doc(summary="Confirm an authenticator", security=SESSION, responses=_REFUSED)
def confirm() -> Response:
    """With a code of it. The answer holds the recovery codes."""
    standing = access.require_standing(request, stages={"open", "enrol"})
    code = CodeIn.read(read_body(request)).code
    codes, session = second_step.confirm_authenticator(
        runtime().engine, standing, code=code, vault=runtime().vault, now=runtime().now()
    )
    return begun(session, status=200, also={"recovery_codes": codes})


@second_step_api.post("/api/v1/session/recovery-codes")
@describe(CodeIn)
@second_step_api.output(RecoveryCodesOut, 201, description="Those until now are worth nothing.")
@second_step_api.doc(summary="Make new recovery codes", security=SESSION, responses=_REFUSED)
def renew() -> Response:
    """With a code of the authenticator, or one of the old ones."""
    standing = access.require_standing(request, stages={"open"})
    code = CodeIn.read(read_body(request)).code
    codes = second_step.renew_recovery_codes(
        runtime().engine, standing, code=code, vault=runtime().vault, now=runtime().now()
    )
    return as_json({"recovery_codes": codes}, status=201)


@second_step_api.post("/api/v1/session/totp/removal")
@describe(CodeIn)
@second_step_api.output(EndedOut, description="The login asks for the password only.")
@second_step_api.doc(summary="Take the authenticator away", security=SESSION, responses=_REFUSED)
def remove() -> Response:
    """With a code of it, or a recovery code."""
    standing = access.require_standing(request, stages={"open"})
    code = CodeIn.read(read_body(request)).code
    second_step.remove_authenticator(runtime().engine, standing, code=code, vault=runtime().vault, now=runtime().now())
    return as_json({"ended": 1})
