"""The Flask application, made by a function from a runtime."""

from typing import Any

from apiflask import APIFlask
from flask import Response, g, request

from service import __version__
from service.runtime import Runtime
from service.usecases.read_thread import ThreadPages
from service.usecases.submit import open_reception
from service.web import access, friction, language, limits, problems
from service.web.api.appeals import appeals_api
from service.web.api.audit import audit_api
from service.web.api.author_mail import author_mail_api
from service.web.api.bans import bans_api
from service.web.api.bulk import bulk_api
from service.web.api.embedding import embedding_api
from service.web.api.feeds import feeds_api
from service.web.api.insights import insights_api
from service.web.api.mails import mails_api
from service.web.api.own import own_api
from service.web.api.own_mail import own_mail_api
from service.web.api.people import people_api
from service.web.api.policy import policy_api
from service.web.api.queue import queue_api
from service.web.api.read import PAGES, read_api
from service.web.api.reports import reports_api
from service.web.api.review import review_api
from service.web.api.review_item import review_item_api
from service.web.api.schemas import ProblemOut
from service.web.api.second_step import second_step_api
from service.web.api.session import session_api
from service.web.api.submit import submit_api
from service.web.api.tokens import tokens_api
from service.web.appeal_pages import appeal_pages
from service.web.compat.wordpress import wordpress
from service.web.console import one_address
from service.web.console.account import desk_account
from service.web.console.appeals import desk_appeals
from service.web.console.audit import desk_audit
from service.web.console.bans import desk_bans
from service.web.console.bulk import desk_bulk
from service.web.console.deciding import desk_deciding
from service.web.console.insights import desk_insights
from service.web.console.links import desk_links
from service.web.console.login import desk_login
from service.web.console.mails import desk_mails
from service.web.console.own_mail import desk_own_mail
from service.web.console.people import desk_people
from service.web.console.queue import desk_queue
from service.web.console.rules import desk_rules
from service.web.console.second_step import desk_second_step
from service.web.console.tokens import desk_tokens
from service.web.context import EXTENSION, RECEPTION, SITES, SiteDirectory, site_for_cors
from service.web.decide_pages import decide_pages
from service.web.embed_pages import embed_pages
from service.web.fresh_pages import PROTECTION, FreshPages, new_request_id
from service.web.health import health
from service.web.own_pages import own_pages
from service.web.own_words_pages import own_words_pages
from service.web.pages import page_policy, pages
from service.web.parsing import MAX_BODY_BYTES
from service.web.proof_pages import proof_pages
from service.web.reply_pages import reply_pages
from service.web.report_pages import report_pages
from service.web.widget.view import widget

CORS_ENDPOINTS = frozenset(
    {
        "submit.submit",
        "submit.open_form",
        "read.list_comments",
        "read.count_comments",
        "own.comment_status",
        "own.edit",
        "own.erase",
        "embedding.widget",
        "embed_pages.fragment",
        "feeds.comments_atom",
        "embedding.preview",
        "reports.report",
        "appeals.object_to",
        "author_mail.prove",
        "author_mail.send_link",
    }
)
DESCRIPTION = (
    "Comments wait in the green room until they have been checked; then they go on stage. Errors are"
    " `application/problem+json` (RFC 9457) with a stable `code`, a sentence in `detail`, and every wrong field in"
    " `errors`."
)


def create_app(runtime: Runtime) -> APIFlask:
    """An application that serves with this runtime. Nothing connects before the first request."""
    app = APIFlask("service.web", title="Greenroom", version=__version__, json_errors=False, docs_path=None,
                   spec_path="/api/openapi.json", static_url_path="/static")  # fmt: skip
    app.config.update(_CONFIG)
    app.description = DESCRIPTION
    app.security_schemes = {
        "api_token": {"type": "http", "scheme": "bearer", "description": "From `greenroom token add`."},
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": "__Host-greenroom",
            "description": "Logged in at the desk. What changes something also needs the header `X-CSRF-Token`.",
        },
        "author_token": {"type": "http", "scheme": "bearer", "description": "From the answer to a submission."},
    }
    app.spec_processor(_complete)
    app.extensions[EXTENSION] = runtime
    app.extensions[SITES] = SiteDirectory(runtime)
    app.extensions[PAGES] = ThreadPages()
    app.extensions[friction.EXTENSION] = friction.BadNetworks(runtime)
    app.extensions[RECEPTION] = open_reception(runtime.statements)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.before_request(_name_request)
    limits.install(app, runtime)
    language.install(app)
    one_address.install(app)
    problems.register(app)
    app.after_request(_finish)
    app.wsgi_app = FreshPages(app.wsgi_app, app.extensions[PAGES], app.extensions[SITES])  # type: ignore[method-assign]
    return app


BLUEPRINTS = (
    submit_api,
    read_api,
    own_api,
    own_pages,
    embedding_api,
    embed_pages,
    feeds_api,
    wordpress,
    widget,
    reports_api,
    report_pages,
    appeals_api,
    appeal_pages,
    desk_appeals,
    decide_pages,
    reply_pages,
    proof_pages,
    author_mail_api,
    own_words_pages,
    own_mail_api,
    desk_own_mail,
    queue_api,
    review_api,
    bulk_api,
    review_item_api,
    bans_api,
    mails_api,
    policy_api,
    desk_rules,
    desk_mails,
    session_api,
    second_step_api,
    people_api,
    tokens_api,
    insights_api,
    audit_api,
    desk_insights,
    desk_audit,
    desk_links,
    desk_people,
    desk_tokens,
    desk_login,
    desk_account,
    desk_second_step,
    health,
    pages,
    desk_queue,
    desk_deciding,
    desk_bulk,
    desk_bans,
)

TAGS = {
    "/api/v1/review/": "Review",
    "/api/v1/sites/{site_key}/bans": "Review",
    "/api/v1/session": "People",
    "/api/v1/sites/{site_key}/policy": "Rules",
    "/api/v1/audit": "Review",
    "/api/v1/people": "People",
    "/api/v1/links": "People",
    "/api/v1/tokens": "People",
}
"""What the document groups addresses by: how they begin. The others are about comments."""

_CONFIG = {
    "MAX_CONTENT_LENGTH": MAX_BODY_BYTES,
    "OPENAPI_VERSION": "3.1.0",
    "AUTO_404_RESPONSE": False,
    "AUTO_VALIDATION_ERROR_RESPONSE": False,
    "AUTO_AUTH_ERROR_RESPONSE": False,
    "AUTO_OPERATION_ID": True,
    "SERVERS": [{"url": "/"}],
    "TAGS": [
        {"name": "Comments", "description": "For pages and their readers."},
        {"name": "Review", "description": "For moderators, with an API token or logged in at the desk."},
        {"name": "Rules", "description": "What a site's policy is, was, and would have done."},
        {"name": "People", "description": "Logging in, sessions, and who may do what."},
    ],
}


def _name_request() -> None:
    g.request_id = new_request_id()


def _finish(response: Response) -> Response:
    """Headers that every answer carries, and those that let a site's pages read what is meant for them."""
    headers = response.headers
    headers["X-Request-Id"] = g.get("request_id", "")
    for name, value in PROTECTION.items():
        headers.setdefault(name, value)
    if (response.content_type or "").startswith("text/html"):
        page_policy(response, framed_by=_framers())
        headers.setdefault("Cache-Control", "no-store")
    if request.endpoint in CORS_ENDPOINTS:
        site = site_for_cors(request.view_args or {})
        if site:
            access.allow_origin(response, request, site)
    return response


def _framers() -> tuple[str, ...]:
    """Whose pages may show this one in a frame: the site's, where it is made for that, also when it is refused."""
    site = site_for_cors(request.view_args or {}) if request.endpoint == "embed_pages.thread" else None
    return site.origins if site else ()


def _complete(document: dict[Any, Any] | str) -> dict[Any, Any] | str:
    """What APIFlask can't know: the schema of refusals, headers, and fields that only some sites require."""
    if isinstance(document, str):
        return document
    for path, item in document["paths"].items():
        for operation in item.values():
            operation["tags"] = [next((tag for start, tag in TAGS.items() if path.startswith(start)), "Comments")]
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    schema = ProblemOut.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(schema.pop("$defs", {}))
    schemas["ProblemOut"] = schema
    return document
