"""What a page of a site asks for before anybody has written: how the widget speaks, and how a comment would look."""

import gzip
from functools import lru_cache

from apiflask import APIBlueprint
from flask import Response, request

from service.errors import invalid
from service.moderation.markdown import render_html
from service.moderation.text import TextProblem, normalise_body
from service.storage.sites import Site
from service.usecases.replies import can_notify
from service.usecases.report import REASONS
from service.usecases.submit import field_error_of_text
from service.web import access, limits
from service.web.answers import as_json, describe, refusals
from service.web.api.embedding_schemas import DraftIn, DraftOut, WidgetOut, WidgetQuery
from service.web.context import runtime, site_of
from service.web.forms import required_fields
from service.web.language import catalogue_of, depends_on_language
from service.web.parsing import read_body, read_query

embedding_api = APIBlueprint("embedding", __name__, tag="Comments")
CACHE = "public, max-age=300"
NEEDED_LATER = frozenset({"delete_sure", "proof_sent", "reason", "text", "thanks"})
"""Sentences that nobody sees before pressing something that few press."""


@embedding_api.get("/api/v1/sites/<site_key>/widget")
@describe(WidgetQuery, where="query")
@embedding_api.output(WidgetOut, description="What the site asks for, and every sentence of the widget.")
@embedding_api.doc(summary="Open the widget", responses=refusals(400, 404, 422, 503))
def widget(site_key: str) -> Response:
    """The same for everybody; a cache may keep it for five minutes."""
    site = site_of(site_key)
    asked = WidgetQuery.read(read_query(request))
    said, sends_mail = catalogue_of(request), runtime().settings.sends_mail
    told: dict[str, object] = {"messages": said.part("widget")}
    if asked.part == "page":
        told["messages"] = {name: text for name, text in said.part("widget").items() if name not in NEEDED_LATER}
    else:
        told["report_reasons"] = [
            {"code": code, "title": said.say("pages", f"report.reason.{code}")} for code in REASONS
        ]
    answer = as_json(
        {
            "site": {
                "required": required_fields(site),
                "can_notify": can_notify(site, sends_mail=sends_mail),
                "sends_mail": sends_mail,
            },
            "language": said.language,
            "direction": said.direction,
        }
        | told,
        cache=CACHE,
    )
    if request.accept_encodings["gzip"]:
        answer.set_data(_compressed(answer.get_data()))
        answer.headers["Content-Encoding"] = "gzip"
    answer.vary.add("Accept-Encoding")
    return depends_on_language(answer)


@lru_cache(maxsize=64)
def _compressed(answer: bytes) -> bytes:
    """Sites and languages are few, so it is nearly always there already."""
    return gzip.compress(answer, 9, mtime=0)


@embedding_api.post("/api/v1/sites/<site_key>/preview")
@describe(DraftIn)
@embedding_api.output(DraftOut, description="Nothing was stored.")
@embedding_api.doc(summary="See how a comment would look", responses=refusals(400, 403, 404, 413, 415, 422, 429, 503))
def preview(site_key: str) -> Response:
    """From a page of the site only, and counted, but not with the comments."""
    site = site_of(site_key)
    settings = runtime().settings
    access.require_origin(request, site, own_origin=settings.base_url)
    limits.count({"preview": runtime().vault.limit_key(access.client_address(request, settings))}, what="previews")
    sent = DraftIn.read(read_body(request))
    return as_json({"body_html": render_html(_body(sent.body, site))})


def _body(raw: str, site: Site) -> str:
    try:
        return normalise_body(raw, max_length=site.intake.max_comment)
    except TextProblem as problem:
        raise invalid([field_error_of_text("/body", problem)]) from None
