"""The comment form as pages show it, and what a browser without JavaScript keeps for its author."""

import uuid
from typing import Any
from uuid import UUID

from flask import Response, request, url_for

from service.errors import Problem
from service.gateways.email_addresses import MAX_EMAIL
from service.storage.sites import Site
from service.usecases.replies import can_notify
from service.usecases.submit import MAX_NAME, MAX_WEBSITE
from service.web.context import runtime
from service.web.own import AUTHOR_COOKIE
from service.web.refusals import refusal_of

AUTHOR_COOKIE_S = 24 * 3600
TYPED = ("body", "author_name", "author_email", "author_website", "notify")


def new_form(
    site: Site, *, page_url: str, page_title: str, parent_id: str = "", parent_author: str = ""
) -> dict[str, Any]:
    """An empty form for a page, with a signed time and a key of its own."""
    return {
        "action": url_for("submit.submit", site_key=site.key),
        "page_url": page_url,
        "page_title": page_title,
        "parent_id": parent_id,
        "parent_author": parent_author,
        "idempotency_key": str(uuid.uuid4()),
        "form_token": runtime().vault.form_token(runtime().now()),
        "values": {},
        "errors": {},
        "required": required_fields(site),
        "can_notify": can_notify(site, sends_mail=runtime().settings.sends_mail),
        "max_length": longest_fields(site),
    }


def required_fields(site: Site) -> list[str]:
    """The fields that must be filled in, in the form's order."""
    wanted = {"body": True, "author_name": site.intake.is_name_required, "author_email": site.intake.is_email_required}
    return [name for name, is_required in wanted.items() if is_required]


def longest_fields(site: Site) -> dict[str, int]:
    """How many characters each field may have."""
    return {
        "body": site.intake.max_comment,
        "author_name": MAX_NAME,
        "author_email": MAX_EMAIL,
        "author_website": MAX_WEBSITE,
    }


def form_of(site: Site, fields: dict[str, Any], problem: Problem) -> dict[str, Any]:
    """The form again, with everything that was typed and what is wrong with it."""
    form = new_form(
        site,
        page_url=fields.get("page_url", ""),
        page_title=fields.get("page_title", ""),
        parent_id=fields.get("parent_id", ""),
    )
    form["values"] = {name: fields.get(name, "") for name in TYPED}
    form["errors"] = {error.pointer.lstrip("/"): error.detail for error in refusal_of(problem, request).errors}
    form["form_token"] = fields.get("form_token") or form["form_token"]
    return form


def keep_author(response: Response, comment_id: UUID) -> None:
    """Let this browser, and no other, see where the comment stands: a cookie for that one page, never a URL."""
    response.set_cookie(
        AUTHOR_COOKIE,
        runtime().vault.author_token(comment_id),
        max_age=AUTHOR_COOKIE_S,
        path=url_for("pages.submission", comment_id=comment_id),
        secure=runtime().settings.base_url.startswith("https:"),
        httponly=True,
        samesite="Lax",
    )
