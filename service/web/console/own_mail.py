"""One's own mail as a page of the account."""

from apiflask import APIBlueprint
from flask import Response, redirect, request, url_for

from service.errors import Invalid
from service.web import access
from service.web.api.own_mail import keep, own_mail
from service.web.api.own_mail_schemas import OwnMailIn
from service.web.console.frame import desk_page
from service.web.parsing import read_form

desk_own_mail = APIBlueprint("desk_own_mail", __name__, url_prefix="/desk/account/mail", enable_openapi=False)
WISHES = {"never": "never", "at_once": "at once", "hourly": "at most every hour", "daily": "once a day"}
FIELD = "wish-"


@desk_own_mail.get("")
def show() -> str:
    """Where mail goes, and how often."""
    actor = access.require_person(request)
    return desk_page("desk/own_mail.html", actor, mail=own_mail(actor), choices=WISHES, error=None)


@desk_own_mail.post("")
def save() -> Response:
    """Store it, or say what is wrong."""
    actor = access.require_person(request)
    fields = read_form(request)
    wishes = [
        {"site": name.removeprefix(FIELD), "wish": fields.pop(name)} for name in list(fields) if name.startswith(FIELD)
    ]
    forget = fields.pop("forget", None) is not None
    try:
        keep(actor, OwnMailIn.read({"email": "" if forget else None, **fields, "wishes": [] if forget else wishes}))
    except Invalid as problem:
        page = desk_page(
            "desk/own_mail.html", actor, mail=own_mail(actor), choices=WISHES, error=problem.errors[0].detail
        )
        return Response(page, problem.status, mimetype="text/html")
    return redirect(url_for("desk_own_mail.show"), 303)  # type: ignore[return-value]
