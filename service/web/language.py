"""In which language a request is answered."""

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Flask, Request, Response, g, request
from markupsafe import Markup, escape

from service.languages.catalogue import DEFAULT, Catalogue, best_language, catalogue

LANGUAGE = "BCP 47: in which language to answer; else `Accept-Language` decides."
LONGEST_TAG = 35
"""Characters of a language tag: RFC 5646, section 4.4.1."""

FOR_MODERATORS = re.compile(
    r"/(?:desk|decide)/.*"
    r"|/api/v1/(?:review|sessions?|people|links|tokens|audit)(?:/.*)?"
    r"|/api/v1/sites/[^/]+/(?:bans|policy)(?:/.*)?"
)
"""Addresses that only moderators and their programs use: these speak English throughout."""


def install(app: Flask) -> None:
    """Let every template speak the language of its request."""
    app.context_processor(_words)


def language_of(request: Request) -> str:
    """What the request asks for with `lang`, else what its browser prefers, else English."""
    if FOR_MODERATORS.fullmatch(request.path):
        return DEFAULT
    return best_language(request.args.get("lang"), g.get("lang"), request.headers.get("Accept-Language"))


def catalogue_of(request: Request) -> Catalogue:
    return catalogue(language_of(request))


def kept_language(request: Request) -> dict[str, Any]:
    """What an address of ours must carry so that it is answered in this language too: often nothing."""
    language = language_of(request)
    return {} if language == best_language(request.headers.get("Accept-Language")) else {"lang": language}


def note_language(fields: Mapping[str, object]) -> None:
    """Remember the field `lang` of a body for this request."""
    lang = fields.get("lang")
    if isinstance(lang, str):
        g.lang = lang


def depends_on_language(response: Response) -> Response:
    """Tell caches that the answer is another one for a browser with another language."""
    response.vary.add("Accept-Language")
    return response


def phrase(said: Catalogue, name: str, /, **values: object) -> Markup:
    """A sentence of the pages. What stands in it is escaped, unless it is markup already."""
    return escape(said.unfilled("pages", name, values)).format_map(said.written(values))


def _words() -> dict[str, Any]:
    """For templates: `say` a sentence. `said` is the language of threads and forms, `spoken` that around them."""
    said = catalogue_of(request)
    return {"said": said, "spoken": said, "say": partial(phrase, said), "kept_language": kept_language(request)}
