"""Submitting a comment, as JSON or from a plain HTML form."""

import uuid
from dataclasses import replace
from typing import Any

from apiflask import APIBlueprint
from flask import Response, render_template, request, url_for
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from service.errors import FieldError, Forbidden, Invalid, Problem, Said, invalid
from service.gateways.email_addresses import read_email
from service.storage.sites import Site
from service.usecases.own_comment import window_ends_at
from service.usecases.submit import Accepted, Submission, find_problems, submit_comment
from service.web import access, friction, limits, problems
from service.web.answers import as_json, describe, refusals
from service.web.api.schemas import AcceptedOut, FormOut, SubmitIn, parse_submission
from service.web.context import reception, runtime, site_of
from service.web.forms import form_of, keep_author
from service.web.language import kept_language
from service.web.parsing import FORM, JSON, read_body

submit_api = APIBlueprint("submit", __name__, tag="Comments")
SUBMITTER = frozenset({"submitter"})
KEY_HEADER = "Idempotency-Key"
MAX_KEY = 200


@submit_api.post("/api/v1/sites/<site_key>/comments")
@describe(SubmitIn, forms=True)
@submit_api.output(AcceptedOut, 202, description="Stored; the checks are on their way.")
@submit_api.doc(
    summary="Submit a comment",
    description="A JSON client gets 202 with the comment's id and a token for its author. An HTML form gets 303 to a"
    " page that shows where the comment stands. Send `Idempotency-Key` (or the field `idempotency_key`) so that"
    " a repeated request stores nothing twice.",
    responses=refusals(
        400, 401, 403, 404, 413, 415, 422, 429, 503, also={303: "To the result page (HTML forms)."}, forms=True
    ),
)
def submit(site_key: str) -> Response:
    if request.mimetype != FORM:
        return _answer(_submit(site_key, {}), site_of(site_key))
    fields: dict[str, Any] = {}
    try:
        accepted = _submit(site_key, fields)
    except (Problem, DBAPIError, PoolTimeout) as error:
        return form_again(site_key, fields, problems.problem_of(error))
    location = url_for("pages.submission", comment_id=accepted.comment_id, **kept_language(request))
    response = Response(status=303, headers={"Location": location, "Cache-Control": "no-store"})
    keep_author(response, accepted.comment_id)
    return response


@submit_api.get("/api/v1/sites/<site_key>/form")
@submit_api.output(FormOut, description="Fresh values for one form.")
@submit_api.doc(summary="Open a form", responses=refusals(404, 503))
def open_form(site_key: str) -> Response:
    """What a form carries along: a signed time, and a key that makes a double click one comment."""
    site_of(site_key)
    token = runtime().vault.form_token(runtime().now())
    return as_json({"form_token": token, "idempotency_key": str(uuid.uuid4())}, cache="no-store")


def _submit(site_key: str, fields: dict[str, Any]) -> Accepted:
    """Take one submission in. `fields` is filled with what was sent, as soon as it can be read."""
    site = site_of(site_key)
    address = admit(site)
    try:
        read_body(request, into=fields, kinds=(JSON, FORM))
    finally:
        count(site, address, fields.get("author_email"))
    return take_in(site, fields, address=address)


def take_in(site: Site, fields: dict[str, Any], *, address: str | None) -> Accepted:
    """Store what was read, or say everything that is wrong with it. `address` is None for the site's own server."""
    parsed, problems = parse_submission(fields)
    submission = _once(_submission(parsed, problems, address=address))
    if problems:
        raise invalid(_merged(problems, find_problems(submission, site=site, read_email=read_email)))
    if address is not None and friction.is_asked_of(site):
        submission = _pass_door(site, submission, address=address, work=parsed.pow)
    accepted = submit_comment(
        runtime().statements,
        reception(),
        submission,
        site=site,
        vault=runtime().vault,
        read_email=read_email,
        now=runtime().now(),
    )
    if accepted.tasks:
        runtime().messenger.tell(accepted.tasks)
    return accepted


def _pass_door(site: Site, submission: Submission, *, address: str, work: str | None) -> Submission:
    """The submission; a person has to look at it where a suspicious client did no work."""
    visit = friction.Visit(submission, runtime().vault.limit_key(address), work, is_form=request.mimetype == FORM)
    suspicion = friction.suspicion_of(site, visit)
    if suspicion is None:
        return submission
    # Nobody computes for a comment that would be refused anyway.
    if problems := find_problems(submission, site=site, read_email=read_email):
        raise invalid(problems)
    return submission if friction.has_worked(site, visit) else replace(submission, suspicion=suspicion)


def admit(site: Site) -> str | None:
    """The client's address once it may submit; None for the site's own server, which says whose address it is."""
    if access.bearer(request):
        access.require_actor(request, roles=SUBMITTER, site_key=site.key)
        return None
    return admit_page(site)


def admit_page(site: Site) -> str:
    """The client's address, once we know that a page of the site, or of ours, has sent it."""
    access.require_origin(request, site, own_origin=runtime().settings.base_url)
    return access.client_address(request, runtime().settings)


def count(site: Site, address: str | None, email: object) -> None:
    """Count this submission against every limit, also when its body can't be read."""
    keys = {"site": site.key}
    if address:
        keys["address"] = runtime().vault.limit_key(address)
        if friction.is_asked_of(site):
            keys["recent"] = keys["address"]
    if isinstance(email, str) and email.isprintable() and email.strip():
        keys["email"] = runtime().vault.email_fingerprint(email.strip()).hex()[:32]
    limits.count(keys)


def _submission(parsed: SubmitIn, problems: list[FieldError], *, address: str | None) -> Submission:
    """What the use case is told. Adds to `problems` what is wrong with the fields around the comment."""
    if parsed.author_ip is not None and address is not None:
        raise Forbidden(
            "Only the site's own server may say whose address a comment came from.",
            errors=[FieldError("/author_ip", "forbidden", "This field needs a token of role submitter.")],
            said=Said("forbidden.author_ip"),
        )
    if parsed.page_excerpt is not None and address is not None:
        raise Forbidden(
            "Only the site's own server may say what a page is about.",
            errors=[FieldError("/page_excerpt", "forbidden", "This field needs a token of role submitter.")],
            said=Said("forbidden.page_excerpt"),
        )
    return Submission(
        page_url=parsed.page_url,
        body=parsed.body,
        author_name=parsed.author_name or "",
        author_email=parsed.author_email or "",
        author_website=parsed.author_website or "",
        page_title=parsed.page_title or "",
        page_excerpt=parsed.page_excerpt or "",
        parent_id=parsed.parent_id,
        language=parsed.lang,
        form_token=parsed.form_token or "",
        honeypot=parsed.subject or "",
        client_address=_visitor_address(parsed, problems) if parsed.author_ip is not None else address,
        idempotency_key=_idempotency_key(parsed, problems),
        wants_replies=parsed.notify,
        proof=parsed.proof or "",
    )


def _once(submission: Submission) -> Submission:
    """A form may stand on a page for years, without a key: the same words from one place are one comment there."""
    if request.mimetype != FORM or submission.idempotency_key is not None:
        return submission
    sender = runtime().vault.limit_key(submission.client_address or "")
    return replace(submission, idempotency_key=f"form {sender} {submission.body_hash().hex()}")


def _visitor_address(parsed: SubmitIn, problems: list[FieldError]) -> str | None:
    address = access.address_of(parsed.author_ip or "")
    if address is None:
        problems.append(FieldError("/author_ip", "invalid", "This is not an IPv4 or IPv6 address."))
        return None
    return str(address)


def _idempotency_key(parsed: SubmitIn, problems: list[FieldError]) -> str | None:
    key = request.headers.get(KEY_HEADER)
    if key is None:
        return parsed.idempotency_key
    if not key or len(key) > MAX_KEY or not key.isascii() or not key.isprintable():
        detail = f"Send 1 to {MAX_KEY} printable ASCII characters."
        problems.append(FieldError(f"/{KEY_HEADER}", "invalid", detail))
        return None
    return key


def _merged(first: list[FieldError], more: list[FieldError]) -> list[FieldError]:
    pointers = {problem.pointer for problem in first}
    return first + [problem for problem in more if problem.pointer not in pointers]


def _answer(accepted: Accepted, site: Site) -> Response:
    status_url = f"{runtime().settings.base_url}/api/v1/comments/{accepted.comment_id}/status"
    return as_json(
        {
            "id": str(accepted.comment_id),
            "status": "pending",
            "status_url": status_url,
            "author_token": runtime().vault.author_token(accepted.comment_id),
            "editable_until": window_ends_at(accepted.created_at, site.intake),
        },
        status=202,
        cache="no-store",
        headers={"Location": status_url},
    )


def form_again(site_key: str, fields: dict[str, Any], problem: Problem, *, status: int | None = None) -> Response:
    """The same form, with what was typed and what is wrong with it. Nothing of it goes into a URL.

    `status` is another one than the problem's, for clients that know others.
    """
    try:
        site = site_of(site_key)
    except Problem:
        return problems.render(problem)
    if not fields and not isinstance(problem, Invalid):
        return problems.render(problem)
    page = render_template(
        "form_errors.html",
        form=form_of(site, fields, problem),
        problem=problems.as_dict(problem),
        site_name=site.name,
    )
    response = Response(page, status or problem.status, mimetype="text/html", headers=problem.headers)
    response.headers["Cache-Control"] = "no-store"
    return response
