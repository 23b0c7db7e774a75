"""The page on which a reader reports a comment, without JavaScript and without an account."""

from uuid import UUID

from apiflask import APIBlueprint
from flask import Response, render_template, request, url_for

from service.errors import Invalid, NotFound, Problem, Said
from service.moderation.markdown import render_html
from service.storage import comments
from service.storage.comments import ShownComment
from service.usecases.report import REASONS
from service.web.api.reports import admit, take
from service.web.api.reports_schemas import MAX_REPORT, ReportIn
from service.web.context import runtime, site_of
from service.web.language import kept_language
from service.web.parsing import FORM, read_body
from service.web.refusals import refusal_of

report_pages = APIBlueprint("report_pages", __name__, enable_openapi=False)
FIELDS = ("reason", "text", "email")


@report_pages.get("/comments/<uuid:comment_id>/report")
def form(comment_id: UUID) -> Response:
    """The comment and the form. It changes nothing."""
    return _page(_seen(comment_id), comment_id, {}, None)


@report_pages.post("/comments/<uuid:comment_id>/report")
def send(comment_id: UUID) -> Response:
    """Store the report, or show the form again with what is wrong."""
    seen = _seen(comment_id)
    site = site_of(seen.site_key)
    address = admit(site)
    fields = read_body(request, kinds=(FORM,))
    try:
        take(ReportIn.read(fields), site, comment_id, address)
    except Invalid as problem:
        return _page(seen, comment_id, fields, problem)
    location = url_for("report_pages.thanks", comment_id=comment_id, **kept_language(request))
    return Response(status=303, headers={"Location": location, "Cache-Control": "no-store"})


@report_pages.get("/comments/<uuid:comment_id>/report/thanks")
def thanks(comment_id: UUID) -> str:
    """What follows. It says nothing about the comment, which may be gone by now."""
    with runtime().statements.connect() as connection:
        place = comments.standing(connection, comment_id)
    if place is None:
        raise NotFound("There is no such comment.", said=Said("not_found.comment"))
    return render_template("report_thanks.html", page_url=place.page_url, site_name=place.site_name)


def _seen(comment_id: UUID) -> ShownComment:
    """The comment with the text that readers see, which need not be its newest."""
    with runtime().statements.connect() as connection:
        seen = comments.shown(connection, comment_id)
    if seen is None:
        raise NotFound("There is no such comment.", said=Said("not_found.comment"))
    return seen


def _page(seen: ShownComment, comment_id: UUID, fields: dict[str, object], problem: Problem | None) -> Response:
    refusal = refusal_of(problem, request) if problem else None
    page = render_template(
        "report.html",
        action=url_for("report_pages.send", comment_id=comment_id, **kept_language(request)),
        site_name=seen.site_name,
        permalink=f"{seen.page_url}#comment-{comment_id}",
        author_name=seen.author_name,
        comment_html=render_html(seen.body),
        reasons=REASONS,
        typed={name: str(fields.get(name, "")) for name in FIELDS},
        errors={error.pointer.lstrip("/"): error.detail for error in refusal.errors} if refusal else {},
        problem=refusal.detail if refusal else None,
        max_text=MAX_REPORT,
    )
    return Response(page, problem.status if problem else 200, mimetype="text/html")
