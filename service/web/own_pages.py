"""Pages on which a browser without JavaScript changes or erases its own comment. Looking at one changes nothing."""

from uuid import UUID

from apiflask import APIBlueprint
from flask import Response, render_template, request, url_for

from service.errors import Forbidden, NotFound, Problem, Said
from service.moderation.model import Status
from service.storage import comments
from service.storage.comments import Standing
from service.usecases.erase import erase_own
from service.usecases.read_thread import safe_html
from service.web import access
from service.web.api.own_schemas import EditIn
from service.web.context import runtime
from service.web.language import kept_language
from service.web.own import AUTHOR_COOKIE, change, count_edit, find_own_by_cookie
from service.web.parsing import FORM, read_body
from service.web.refusals import refusal_of

own_pages = APIBlueprint("own_pages", __name__, enable_openapi=False)


@own_pages.get("/comments/<uuid:comment_id>/edit")
def edit_form(comment_id: UUID) -> Response:
    """The text of the comment, to be changed."""
    standing = _own(comment_id)
    return _edit_page(standing, standing.body, None)


@own_pages.post("/comments/<uuid:comment_id>/edit")
def edit(comment_id: UUID) -> Response:
    """Take the new text in, or show the form again with what was typed and what is wrong."""
    standing = _own(comment_id)
    _require_own_page()
    fields = read_body(request, kinds=(FORM,))
    try:
        count_edit(request)
        sent = EditIn.read({"body": "", **fields, "revision": _number(fields.get("revision"))})
        change(comment_id, standing, body=sent.body, revision=sent.revision)
    except Problem as problem:
        return _edit_page(_own(comment_id), str(fields.get("body", "")), problem)
    return _to("pages.submission", comment_id)


@own_pages.get("/comments/<uuid:comment_id>/erase")
def erase_form(comment_id: UUID) -> Response:
    """The comment, and whether it is really to be erased."""
    return _erase_page(_own(comment_id), None)


@own_pages.post("/comments/<uuid:comment_id>/erase")
def erase(comment_id: UUID) -> Response:
    """Erase it for good, and have the browser forget its token."""
    standing = _own(comment_id)
    _require_own_page()
    try:
        count_edit(request)
        erase_own(runtime().engine, comment_id, now=runtime().now())
    except Problem as problem:
        return _erase_page(standing, problem)
    response = _to("own_pages.erased", comment_id)
    response.delete_cookie(AUTHOR_COOKIE, path=url_for("pages.submission", comment_id=comment_id))
    return response


@own_pages.get("/comments/<uuid:comment_id>/erased")
def erased(comment_id: UUID) -> str:
    """That it is gone, for anybody who asks; and the way back to the page."""
    with runtime().statements.connect() as connection:
        standing = comments.standing(connection, comment_id)
    if standing is None or standing.status != Status.ERASED:
        raise NotFound("There is no such comment.", said=Said("not_found.comment"))
    return render_template("erased.html", page_url=standing.page_url, page_title=standing.page_title)


def _own(comment_id: UUID) -> Standing:
    """The comment, for the browser that sent it.

    Raises:
        NotFound: this browser did not send it, or too long ago, or it is erased.

    """
    standing = find_own_by_cookie(request, comment_id)
    if standing is None:
        raise NotFound("There is no such comment.", said=Said("not_found.comment"))
    return standing


def _require_own_page() -> None:
    """Refuse what no page of ours sent: the cookie alone comes along with anybody's form.

    Raises:
        Forbidden: the browser names another origin, or none.

    """
    if not access.is_from_own_page(request):
        raise Forbidden("That is not allowed here.", said=Said("forbidden"))


def _number(raw: object) -> object:
    return int(raw) if isinstance(raw, str) and raw.isascii() and raw.isdigit() else raw


def _edit_page(standing: Standing, typed: str, problem: Problem | None) -> Response:
    refusal = refusal_of(problem, request) if problem else None
    errors = {error.pointer.lstrip("/"): error.detail for error in refusal.errors} if refusal else {}
    page = render_template(
        "edit_own.html",
        action=_address("own_pages.edit", standing.id),
        back_url=_address("pages.submission", standing.id),
        site_name=standing.site_name,
        typed=typed,
        revision=standing.revision,
        error=errors.get("body"),
        problem=refusal.detail if refusal else None,
        max_text=standing.intake.max_comment,
    )
    return _page(page, problem)


def _erase_page(standing: Standing, problem: Problem | None) -> Response:
    page = render_template(
        "erase_own.html",
        action=_address("own_pages.erase", standing.id),
        back_url=_address("pages.submission", standing.id),
        site_name=standing.site_name,
        author_name=standing.author_name,
        comment_html=safe_html(standing),
        problem=refusal_of(problem, request).detail if problem else None,
    )
    return _page(page, problem)


def _page(page: str, problem: Problem | None) -> Response:
    response = Response(page, problem.status if problem else 200, mimetype="text/html")
    if problem:
        response.headers.update(problem.headers)
    response.headers["Cache-Control"] = "no-store"
    return response


def _address(view: str, comment_id: UUID) -> str:
    return url_for(view, comment_id=comment_id, **kept_language(request))


def _to(view: str, comment_id: UUID) -> Response:
    return Response(status=303, headers={"Location": _address(view, comment_id), "Cache-Control": "no-store"})
