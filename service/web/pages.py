"""Pages for people: the demo article, the result of a form post, the API's description."""

import math
from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from apiflask import APIBlueprint
from flask import Response, current_app, render_template, request, url_for

from service.errors import NotFound
from service.languages.catalogue import DEFAULT, catalogue
from service.storage.comments import Standing
from service.usecases.own_comment import is_editable, is_window_open, window_ends_at
from service.usecases.read_thread import safe_html
from service.web.context import runtime, site_of
from service.web.language import catalogue_of, kept_language
from service.web.own import find_own_by_cookie, help_lines_for, told_of
from service.web.threads import address_in, form_for, read_thread, thread_query

pages = APIBlueprint("pages", __name__, enable_openapi=False)

DEMO_SITE = "demo"
DEMO_TITLE = "Ketamine-assisted therapy for addiction"
ENGLISH = catalogue(DEFAULT)
"""What pages are in that nobody has translated."""

REFRESH_S = 2
HELD_REFRESH_S = 30


@pages.get("/")
def home() -> str:
    return render_template(
        "home.html",
        spoken=ENGLISH,
        demo_url=url_for("pages.demo") if _has_demo() else None,
        desk_url=url_for("desk_queue.queue"),
        health_url=url_for("health.readyz"),
    )


@pages.get("/demo/")
def demo() -> str:
    """The article with the widget below it, as a site would embed it."""
    return render_template(
        "demo.html",
        spoken=ENGLISH,
        page_url=runtime().settings.base_url + url_for("pages.demo"),
        page_title=DEMO_TITLE,
        site_key=site_of(DEMO_SITE).key,
    )


@pages.get("/demo/plain")
def demo_plain() -> str:
    """The same article as a page of its own, whose comments and form need no JavaScript."""
    site = site_of(DEMO_SITE)
    query = thread_query(page_url=runtime().settings.base_url + url_for("pages.demo_plain"))
    address = address_in("pages.demo_plain")
    return render_template(
        "demo_plain.html",
        spoken=ENGLISH,
        thread=read_thread(site, query.page_url, after=query.cursor, order=query.order),
        form=form_for(site, query.page_url, page_title=DEMO_TITLE, reply_to=query.reply_to, address=address),
        address=address,
    )


@pages.get("/comments/<uuid:comment_id>")
def submission(comment_id: UUID) -> str:
    """Where a comment stands, for the browser that sent it."""
    standing = find_own_by_cookie(request, comment_id)
    if standing is None:
        return render_template(
            "submission.html",
            state="unknown",
            sentence=catalogue_of(request).say("pages", "result.unknown"),
        )
    state, sentence = told_of(standing, request)
    is_waiting = state in {"pending", "held"} and request.args.get("refresh") != "no"
    return render_template(
        "submission.html",
        state=state,
        sentence=sentence,
        page_url=standing.page_url,
        page_title=standing.page_title,
        permalink=f"{standing.page_url}#comment-{comment_id}" if state == "published" else None,
        refresh_seconds=(REFRESH_S if state == "pending" else HELD_REFRESH_S) if is_waiting else None,
        stop_refresh_url=url_for("pages.submission", comment_id=comment_id, refresh="no", **kept_language(request)),
        comment_html=safe_html(standing),
        author_name=standing.author_name,
        help_lines=help_lines_for(standing),
        message=standing.message,
        **_changes(standing),
    )


def _changes(standing: Standing) -> dict[str, object]:
    """Where its author can change or erase the comment, and for how many minutes more; nothing when not any more."""
    now = runtime().now()
    ends_at = window_ends_at(standing.created_at, standing.intake)
    if ends_at is None or not is_window_open(standing, now=now):
        return {"minutes_left": None}
    address = {"comment_id": standing.id, **kept_language(request)}
    return {
        "minutes_left": math.ceil((ends_at - now) / timedelta(minutes=1)),
        "edit_url": url_for("own_pages.edit_form", **address) if is_editable(standing) else None,
        "erase_url": url_for("own_pages.erase_form", **address),
    }


@pages.get("/api/docs")
def api_docs() -> str:
    document = current_app.spec  # type: ignore[attr-defined]
    return render_template("api_docs.html", spoken=ENGLISH, document=document, document_url=url_for("openapi.spec"))


def _has_demo() -> bool:
    try:
        site_of(DEMO_SITE)
    except NotFound:
        return False
    return True


def page_policy(response: Response, *, framed_by: Collection[str] = ()) -> None:
    """What a page may load and ask: our own style sheet, pictures and script, and us; nothing from anywhere else.

    `framed_by` are the origins whose pages may show it in a frame: nobody's, unless the page is made for that.
    """
    ancestors = " ".join(["'self'", *framed_by]) if framed_by else "'none'"
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self';"
        f" form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
    )
