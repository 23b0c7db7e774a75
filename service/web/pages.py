"""Pages for people: the demo article, the result of a form post, the API's description."""

from typing import Any
from uuid import UUID

from apiflask import APIBlueprint
from flask import Response, current_app, render_template, request, url_for

from service.errors import NotFound
from service.storage import comments
from service.storage.comments import PublishedComment
from service.usecases.read_thread import safe_html
from service.web.context import runtime, site_of
from service.web.forms import new_form
from service.web.own import find_own_by_cookie, help_lines_for, told_of

pages = APIBlueprint("pages", __name__, enable_openapi=False)

DEMO_SITE = "demo"
DEMO_TITLE = "Ketamine-assisted therapy for addiction"
DEMO_COMMENTS = 100
DEEPEST_INDENT = 3
REFRESH_S = 2
HELD_REFRESH_S = 30


@pages.get("/")
def home() -> str:
    return render_template(
        "home.html",
        demo_url=url_for("pages.demo") if _has_demo() else None,
        desk_url=url_for("desk_queue.queue"),
        health_url=url_for("health.readyz"),
    )


@pages.get("/demo/")
def demo() -> str:
    """The article with the widget below it, as a site would embed it."""
    return render_template(
        "demo.html",
        page_url=runtime().settings.base_url + url_for("pages.demo"),
        page_title=DEMO_TITLE,
        site_key=site_of(DEMO_SITE).key,
    )


@pages.get("/demo/plain")
def demo_plain() -> str:
    """The same article as a page of its own, whose comments and form need no JavaScript."""
    site = site_of(DEMO_SITE)
    page_url = runtime().settings.base_url + url_for("pages.demo_plain")
    with runtime().statements.connect() as connection:
        thread = comments.thread_state(connection, site_id=site.id, page_url=page_url)
        found = comments.published_page(connection, thread.id, after=None, limit=DEMO_COMMENTS) if thread else []
    parent = next((item for item in found if str(item.id) == request.args.get("reply_to")), None)
    form = new_form(
        site,
        page_url=page_url,
        page_title=DEMO_TITLE,
        parent_id=str(parent.id) if parent else "",
        parent_author=parent.author_name if parent else "",
    )
    form["cancel_url"] = url_for("pages.demo_plain", _anchor="reply")
    return render_template(
        "demo_plain.html", comments=_threaded(found), total=thread.published_count if thread else 0, form=form
    )


@pages.get("/comments/<uuid:comment_id>")
def submission(comment_id: UUID) -> str:
    """Where a comment stands, for the browser that sent it."""
    standing = find_own_by_cookie(request, comment_id)
    if standing is None:
        return render_template(
            "submission.html",
            state="unknown",
            sentence="Only the browser that sent a comment can see where it stands, and for a day.",
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
        stop_refresh_url=url_for("pages.submission", comment_id=comment_id, refresh="no"),
        comment_html=safe_html(standing),
        author_name=standing.author_name,
        help_lines=help_lines_for(standing),
        message=standing.message,
    )


@pages.get("/api/docs")
def api_docs() -> str:
    return render_template("api_docs.html", document=current_app.spec, document_url=url_for("openapi.spec"))  # type: ignore[attr-defined]


def _has_demo() -> bool:
    try:
        site_of(DEMO_SITE)
    except NotFound:
        return False
    return True


def _threaded(found: list[PublishedComment]) -> list[dict[str, Any]]:
    """Replies below what they answer, each with its depth; a reply to something hidden stands at the top."""
    shown = {comment.id for comment in found}
    children: dict[UUID | None, list[PublishedComment]] = {}
    for comment in found:
        children.setdefault(comment.parent_id if comment.parent_id in shown else None, []).append(comment)
    ordered: list[dict[str, Any]] = []
    waiting = [(comment, 0) for comment in reversed(children.get(None, []))]
    while waiting:
        comment, depth = waiting.pop()
        ordered.append(_for_page(comment, depth))
        waiting.extend((child, depth + 1) for child in reversed(children.get(comment.id, [])))
    return ordered


def _for_page(comment: PublishedComment, depth: int) -> dict[str, Any]:
    return {
        "id": str(comment.id),
        "parent_id": str(comment.parent_id) if comment.parent_id else None,
        "is_erased": comment.is_erased,
        "author_name": comment.author_name,
        "author_website": comment.author_website,
        "body_html": safe_html(comment),
        "created_at": comment.created_at.isoformat(),
        "depth": min(depth, DEEPEST_INDENT),
        "reply_url": url_for("pages.demo_plain", reply_to=str(comment.id), _anchor="reply"),
    }


def page_policy(response: Response) -> None:
    """What a page may load and ask: our own style sheet, pictures and script, and us; nothing from anywhere else."""
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self';"
        " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
