"""The cookies of the desk: the session itself, and that somebody has logged in here before."""

from flask import Request, Response

from service.storage.sessions import LONGEST
from service.usecases.log_in import Begun
from service.web import access
from service.web.context import runtime

KNOWN_FOR_S = 365 * 24 * 3600


def keep_session(response: Response, begun: Begun) -> Response:
    """Hand the browser its session. Once it is open, the browser is known for this person."""
    _set(response, access.session_cookie(), begun.session.shown, int(LONGEST.total_seconds()))
    if begun.stage == "open":
        _set(response, _known_cookie(), runtime().vault.known_browser(begun.moderator_id), KNOWN_FOR_S)
    return response


def drop_session(response: Response) -> Response:
    """Take the session away; the browser stays known."""
    _set(response, access.session_cookie(), "", 0)
    return response


def known_browser(request: Request) -> str:
    """What the browser shows that has logged in before, or nothing."""
    return request.cookies.get(_known_cookie(), "")


def _known_cookie() -> str:
    return access.session_cookie() + "_known"


def _set(response: Response, name: str, value: str, max_age: int) -> None:
    response.set_cookie(
        name, value, max_age=max_age, path="/", secure=name.startswith("__Host-"), httponly=True, samesite="Lax"
    )
