"""The page that a decision's mail leads to: what was decided, and a form to object. Looking at it changes nothing."""

from typing import NamedTuple

from apiflask import APIBlueprint
from flask import Response, render_template, request, url_for

from service.errors import Conflict, Invalid, NotFound, Problem, Said
from service.moderation.model import Status
from service.storage import appeals, told
from service.storage.appeals import StoredAppeal
from service.storage.told import DecisionTold
from service.usecases.appeal import WITHIN, appeal
from service.web.api.appeals import read_appeal
from service.web.api.appeals_schemas import MAX_APPEAL, AppealIn
from service.web.context import runtime
from service.web.language import kept_language
from service.web.parsing import FORM, read_body
from service.web.refusals import refusal_of

appeal_pages = APIBlueprint("appeal_pages", __name__, enable_openapi=False)
LONGEST_ID = 18


class _Question(NamedTuple):
    """The decision that a link is about, and the appeal against it, if there was one."""

    decision_id: int
    decision: DecisionTold
    appeal: StoredAppeal | None


@appeal_pages.get("/appeals/<token>")
def show(token: str) -> Response:
    """What was decided and, while one can object, the form for it; afterwards what came of it."""
    return _page(_question(token), {}, None)


@appeal_pages.post("/appeals/<token>")
def send(token: str) -> Response:
    """Store the appeal, and lead back to the page, which says so."""
    question = _question(token)
    fields = read_body(request, kinds=(FORM,))
    try:
        body = read_appeal(AppealIn.read({"text": "", **fields}).text)
        appeal(
            runtime().engine,
            question.decision.comment_id,
            body=body,
            now=runtime().now(),
            decision_id=question.decision_id,
        )
    except (Invalid, Conflict) as problem:
        return _page(question, fields, problem)
    return _private(Response(status=303, headers={"Location": _own_address()}))


def _question(token: str) -> _Question:
    """What the link is about.

    Raises:
        NotFound: the link was not made by us.

    """
    number, _, _ = token.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_ID):
        raise _unknown()
    decision_id = int(number)
    with runtime().statements.connect() as connection:
        decision = told.decision_of_author(connection, decision_id)
        if decision is None or not runtime().vault.is_appeal_token(token, decision.comment_id, decision_id):
            raise _unknown()
        return _Question(decision_id, decision, appeals.against(connection, decision_id))


def _unknown() -> NotFound:
    sentence = "This link leads nowhere. Copy it whole from the mail, in one line."
    return NotFound(sentence, said=Said("not_found.link"))


def _page(question: _Question, fields: dict[str, object], problem: Problem | None) -> Response:
    decision, found = question.decision, question.appeal
    is_late = runtime().now() - decision.decided_at > WITHIN
    refusal = refusal_of(problem, request) if problem else None
    page = render_template(
        "appeal.html",
        decision=decision,
        is_by_person=decision.decided_by != "policy",
        appeal=found,
        can_object=found is None and decision.is_last and not is_late and decision.status != Status.PUBLISHED,
        is_late=is_late,
        typed=str(fields.get("text", "")),
        complaint=refusal.detail if refusal and isinstance(problem, Conflict) else None,
        error=refusal.errors[0].detail if refusal and refusal.errors else None,
        max_text=MAX_APPEAL,
        action=_own_address(),
    )
    return _private(Response(page, problem.status if problem else 200, mimetype="text/html"))


def _own_address() -> str:
    return url_for("appeal_pages.show", **(request.view_args or {}), **kept_language(request))


def _private(response: Response) -> Response:
    """Keep the link to this browser: it is not stored, and no other site is told of it."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response
