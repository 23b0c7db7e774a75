"""The page behind a link in a moderator's mail: the comment and one button. A GET never acts."""

from typing import NamedTuple

from apiflask import APIBlueprint
from flask import Response, render_template, request

from service.errors import Conflict, NotFound, Problem
from service.storage import actors, appeals, notices
from service.storage.notices import Notice
from service.usecases.decide_by_mail import ACTIONS, Button, decide_by_mail, event_of, refusal
from service.web.context import runtime

decide_pages = APIBlueprint("decide_pages", __name__, enable_openapi=False)
LONGEST_ID = 18
WORDS = {
    "publish": "Publish it", "overturn": "Overturn and publish it", "spam": "Mark it as spam", "reject": "Reject it",
    "remove": "Remove it", "uphold": "Uphold the decision",
}  # fmt: skip


class _Asked(NamedTuple):
    """What a link is about: a notice, an action, and in whose name."""

    button: Button
    notice: Notice
    name: str
    event: str
    is_own_case: bool


@decide_pages.get("/decide/<token>")
def show(token: str) -> Response:
    """The comment as the mail showed it, and the button. Scanners may fetch it as often as they like."""
    return _page(_asked(token), None)


@decide_pages.post("/decide/<token>")
def act(token: str) -> Response:
    """Decide, and lead back to the page, which then says that the link is used."""
    asked = _asked(token)
    try:
        reviewed = decide_by_mail(runtime().engine, asked.button, now=runtime().now())
    except Conflict as problem:
        return _page(asked, problem)
    if reviewed.tasks:
        runtime().messenger.tell(reviewed.tasks)
    return _private(Response(status=303, headers={"Location": request.path}))


def _asked(token: str) -> _Asked:
    """What the link is about.

    Raises:
        NotFound: we didn't make it, or its moderator may not decide here any more.

    """
    number, _, rest = token.partition("-")
    action = rest.partition("-")[0]
    is_number = number.isascii() and number.isdigit() and len(number) <= LONGEST_ID
    if not is_number or action not in ACTIONS or not runtime().vault.is_notice_token(token, int(number), action):
        raise _unknown()
    with runtime().statements.connect() as connection:
        notice = notices.find(connection, int(number))
        actor = actors.by_moderator(connection, notice.moderator_id) if notice else None
        if notice is None or actor is None:
            raise _unknown()
        has_appeal = appeals.open_of(connection, notice.comment_id) is not None
        is_own_case = bool(
            appeals.against_own(connection, [notice.comment_id], label=actor.label, moderator_id=actor.moderator_id)
        )
    event = event_of(action, notice, has_appeal=has_appeal)
    return _Asked(Button(notice.id, action), notice, actor.name, event.value, is_own_case)


def _unknown() -> NotFound:
    return NotFound("This link leads nowhere. Copy it whole from the mail, in one line, or decide at the desk.")


def _page(asked: _Asked, problem: Problem | None) -> Response:
    why = problem.detail if problem else refusal(asked.notice, runtime().now())
    if why is None and not asked.notice.is_waiting:
        why = "The comment was edited, or somebody has decided meanwhile. Look at the desk."
    if why is None and asked.is_own_case:
        why = "The author appeals against your own decision. Another moderator has to look."
    page = render_template(
        "decide.html", notice=asked.notice, name=asked.name, why_not=why, verb=WORDS[asked.event], action=request.path,
        is_destructive=asked.event not in {"publish", "overturn"},
    )  # fmt: skip
    return _private(Response(page, problem.status if problem else 200, mimetype="text/html"))


def _private(response: Response) -> Response:
    """Keep the link to this browser: it is not stored, and no other site is told of it."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response
