"""In which language a request is answered."""

from collections.abc import Mapping

from flask import Request, Response, g

from service.languages.catalogue import Catalogue, best_language, catalogue

LANGUAGE = "BCP 47: in which language to answer; else `Accept-Language` decides."
LONGEST_TAG = 35
"""Characters of a language tag: RFC 5646, section 4.4.1."""


def language_of(request: Request) -> str:
    """What the request asks for with `lang`, else what its browser prefers, else English."""
    return best_language(request.args.get("lang"), g.get("lang"), request.headers.get("Accept-Language"))


def catalogue_of(request: Request) -> Catalogue:
    return catalogue(language_of(request))


def note_language(fields: Mapping[str, object]) -> None:
    """Remember the field `lang` of a body for this request."""
    lang = fields.get("lang")
    if isinstance(lang, str):
        g.lang = lang


def depends_on_language(response: Response) -> Response:
    """Tell caches that the answer is another one for a browser with another language."""
    response.vary.add("Accept-Language")
    return response
