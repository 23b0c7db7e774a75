"""What a request says about who tries to log in."""

from contextlib import suppress

from flask import Request

from service.moderation.text import TextProblem, normalise_name
from service.usecases.log_in import Attempt
from service.web import access
from service.web.context import runtime
from service.web.session_cookies import known_browser

LONGEST_NAME = 100


def attempt_of(request: Request, name: str, password: str) -> Attempt:
    """The attempt of this browser. A name that can't be one stays as it was typed: nobody has it."""
    with suppress(TextProblem):
        name = normalise_name(name, max_length=LONGEST_NAME)
    return Attempt(
        name=name,
        password=password,
        address=access.client_address(request, runtime().settings),
        client=request.headers.get("User-Agent", ""),
        known=known_browser(request),
    )
