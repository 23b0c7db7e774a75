"""Links that were handed to one person: an invitation, or a new password. Looking at one changes nothing."""

from apiflask import APIBlueprint
from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from service.errors import Forbidden, NotFound, Problem
from service.usecases.accept_link import accept_link, look_at_link
from service.web.api.session_schemas import Password
from service.web.console.login import entry_page
from service.web.context import runtime
from service.web.parsing import Closed, read_form

desk_links = APIBlueprint("desk_links", __name__, url_prefix="/desk/links", enable_openapi=False)


class ChosenForm(Closed):
    """The password that somebody chose."""

    new_password: Password


@desk_links.get("/<token>")
def look(token: str) -> Response:
    """A page with one form. Whatever follows links in mails does no harm here (T33)."""
    return _page(token)


@desk_links.post("/<token>")
def accept(token: str) -> AnyResponse:
    """Store the password; the link is used up. Then one logs in as always."""
    _require_own_page()
    fields = read_form(request)
    try:
        accept_link(runtime().engine, token, password=ChosenForm.read(fields).new_password)
    except Problem as problem:
        return _page(token, problem)
    response = redirect(url_for("desk_login.login", welcome="yes"), 303)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _require_own_page() -> None:
    """Nobody else's page may send this form, which has no session to prove where it comes from.

    A page that tells nobody its address sends `Origin: null`; browsers say `same-origin` all the same.
    """
    origin, fetch_site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    if origin not in {None, "null", runtime().settings.base_url} or fetch_site not in {None, "same-origin"}:
        raise Forbidden("This request doesn't come from the page of the link.")


def _page(token: str, problem: Problem | None = None) -> Response:
    try:
        link = look_at_link(runtime().engine, token)
    except NotFound as gone:
        response = entry_page("desk/link_gone.html", gone)
    else:
        response = entry_page("desk/link.html", problem, link=link, token=token)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
