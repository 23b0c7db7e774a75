"""Readers report a published comment, as JSON; `report_pages` does the same without JavaScript."""

from uuid import UUID

from apiflask import APIBlueprint
from flask import Response, request

from service.errors import FieldError, NotAnAddress, Said, invalid
from service.gateways.email_addresses import read_email
from service.moderation.text import TextProblem, normalise_body
from service.storage.sites import Site
from service.usecases.report import LEGAL, Complaint, report_comment
from service.usecases.submit import field_error_of_text
from service.web import access, limits
from service.web.answers import as_json, describe, refusals
from service.web.api.reports_schemas import MAX_REPORT, ReportedOut, ReportIn
from service.web.context import runtime, site_of
from service.web.language import catalogue_of
from service.web.parsing import read_body

reports_api = APIBlueprint("reports", __name__, tag="Comments")


@reports_api.post("/api/v1/sites/<site_key>/comments/<uuid:comment_id>/reports")
@describe(ReportIn)
@reports_api.output(ReportedOut, 202, description="Stored; the comment waits for a moderator.")
@reports_api.doc(summary="Report a comment", responses=refusals(400, 403, 404, 413, 415, 422, 429, 503))
def report(site_key: str, comment_id: UUID) -> Response:
    """The comment stays published until somebody decides, unless the site has it held after so many reports."""
    site = site_of(site_key)
    address = admit(site)
    take(ReportIn.read(read_body(request)), site, comment_id, address)
    return as_json({"status": "received", "detail": catalogue_of(request).say("pages", "report.received")}, status=202)


def admit(site: Site) -> str:
    """The client's address, once it may report; every attempt counts.

    Raises:
        OriginNotAllowed: a browser sent it from a page of another site.
        RateLimited: that was one too many.

    """
    settings = runtime().settings
    access.require_origin(request, site, own_origin=settings.base_url)
    address = access.client_address(request, settings)
    limits.count({"report": runtime().vault.limit_key(address)}, what="reports")
    return address


def take(sent: ReportIn, site: Site, comment_id: UUID, address: str) -> None:
    """Store the report.

    Raises:
        Invalid: with every field that is wrong.
        RateLimited: this client has reported this comment too often today.
        NotFound: the site has no such published comment.

    """
    problems: list[FieldError] = []
    body = _text(sent.text, problems)
    email = _email(sent.email, problems, is_required=sent.reason == LEGAL)
    if problems:
        raise invalid(problems)
    limits.count({"report_comment": f"{runtime().vault.limit_key(address)}:{comment_id}"}, what="reports")
    complaint = Complaint(sent.reason, body, email, address)
    report_comment(runtime().engine, comment_id, complaint, site=site, vault=runtime().vault)


def _text(raw: str | None, problems: list[FieldError]) -> str | None:
    if raw is None or not raw.strip():
        return None
    try:
        return normalise_body(raw, max_length=MAX_REPORT)
    except TextProblem as problem:
        problems.append(field_error_of_text("/text", problem))
        return None


def _email(raw: str | None, problems: list[FieldError], *, is_required: bool) -> str | None:
    address = (raw or "").strip()
    if not address:
        if is_required:
            sentence = "We need an address to tell you what was decided about a report that names the law."
            problems.append(FieldError("/email", "required", sentence, Said("report.email_required")))
        return None
    try:
        return read_email(address)
    except NotAnAddress as problem:
        problems.append(FieldError("/email", "invalid", str(problem), problem.said))
        return None
