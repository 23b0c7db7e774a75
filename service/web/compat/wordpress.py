"""The comment form of a WordPress theme, with its own field names: `wp-comments-post.php`."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit
from uuid import UUID

from apiflask import APIBlueprint
from flask import Response, request
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from service.errors import Duplicate, FieldError, Invalid, Problem, Said
from service.moderation.page_url import PageUrlProblem, canonicalise_page_url, origin_of
from service.storage.sites import Site
from service.web import problems
from service.web.api.submit import admit_page, count, form_again, take_in
from service.web.context import runtime, site_of
from service.web.forms import keep_author
from service.web.parsing import FORM, read_body

wordpress = APIBlueprint("wordpress", __name__, enable_openapi=False)

OURS = {
    "comment": "body", "author": "author_name", "email": "author_email", "url": "author_website",
    "page_url": "page_url", "page_title": "page_title", "lang": "lang", "form_token": "form_token",
    "idempotency_key": "idempotency_key", "ak_hp_textarea": "subject",
}  # fmt: skip
"""What WordPress and its plugins call what we know. All their other fields are let be, whatever they hold."""

NO_REPLY = "0"
NO_PAGE = (
    "The form doesn't say which page it is on, and neither does the browser. The site's owner can add a field page_url."
)


@wordpress.route("/compat/wp/<site_key>/wp-comments-post.php", methods=["POST"], provide_automatic_options=False)
def post(site_key: str) -> Response:
    """Take a comment in, and lead back to the page as WordPress does; what is wrong is said on a page of ours."""
    fields: dict[str, Any] = {}
    try:
        return _post(site_of(site_key), fields)
    except (Problem, DBAPIError, PoolTimeout) as error:
        problem = problems.problem_of(error)
        # WordPress knows no 422.
        return form_again(site_key, fields, problem, status=400 if isinstance(problem, Invalid) else None)


def _post(site: Site, fields: dict[str, Any]) -> Response:
    address = admit_page(site)
    sent: dict[str, Any] = {}
    try:
        read_body(request, into=sent, kinds=(FORM,))
    finally:
        fields |= _ours(sent)
        count(site, address, fields.get("author_email"))
    fields["page_url"] = _page_of(site, fields)
    accepted = take_in(site, fields, address=address)
    if not accepted.tasks:
        raise Duplicate("This comment is here already. Nothing was stored twice.")
    location = _back(site, fields["page_url"], sent.get("redirect_to", ""), accepted.comment_id)
    response = Response(status=302, headers={"Location": location, "Cache-Control": "no-store"})
    keep_author(response, accepted.comment_id)
    return response


def _ours(sent: Mapping[str, Any]) -> dict[str, Any]:
    """The fields under our names. A parent of WordPress' own is a number: there is none of ours behind it."""
    fields = {ours: sent[theirs] for theirs, ours in OURS.items() if theirs in sent}
    if _is_id(parent := sent.get("comment_parent", NO_REPLY)):
        fields["parent_id"] = parent
    return fields


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _page_of(site: Site, fields: Mapping[str, Any]) -> str:
    """The page: as the form says, else where the browser says it comes from, if that is a page and not only a site.

    Raises:
        Invalid: neither says it.

    """
    if fields.get("page_url"):
        return str(fields["page_url"])
    referrer = request.headers.get("Referer", "")
    try:
        page_url = canonicalise_page_url(referrer)
    except PageUrlProblem:
        page_url = ""
    if page_url and origin_of(page_url) in site.origins and urlsplit(referrer).path not in {"", "/"}:
        return page_url
    said = Said("page.unknown")
    raise Invalid(NO_PAGE, errors=[FieldError("/page_url", "required", NO_PAGE, said)], said=said)


def _back(site: Site, page_url: str, redirect_to: str, comment_id: UUID) -> str:
    """Where to go: what the form wants if it is on the site (T17), else the comment's place on its page."""
    base = canonicalise_page_url(page_url)
    with suppress(PageUrlProblem, ValueError):
        wanted = canonicalise_page_url(urljoin(base, redirect_to))
        base = wanted if origin_of(wanted) in site.origins else base
    # Nothing is published before it was checked, so each is "unapproved" now, as WordPress calls it.
    query = urlencode({"unapproved": comment_id, "moderation-hash": runtime().vault.moderation_hash(comment_id)})
    return f"{base}{'&' if urlsplit(base).query else '?'}{query}#comment-{comment_id}"
