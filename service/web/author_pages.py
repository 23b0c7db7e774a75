"""What the pages behind links in mails to authors have in common: their language, and that nobody else sees them."""

import textwrap
from dataclasses import dataclass
from typing import Any

from flask import Response, render_template, request

from service.languages.catalogue import Catalogue, best_language, catalogue

FIRST_WORDS = 200
"""Characters of a comment that tell which one it is."""


@dataclass(frozen=True, slots=True)
class Voice:
    """What these pages say, in one language."""

    words: Catalogue

    def say(self, name: str, **values: object) -> str:
        return self.words.say("pages", f"letters.{name}", **values)


def voice_in(language: str | None = None) -> Voice:
    """The language of the mail that led here, else the browser's."""
    return Voice(catalogue(best_language(language, request.headers.get("Accept-Language"))))


def show(template: str, voice: Voice, *, status: int = 200, is_secret: bool = True, **facts: Any) -> Response:  # noqa: ANN401 - what templates take
    """A page with a `title` and what else its template needs. It is secret where its address lets its holder act."""
    page = render_template(
        f"author/{template}", say=voice.say, language=voice.words.language, direction=voice.words.direction, **facts
    )
    response = Response(page, status, mimetype="text/html")
    return private(response) if is_secret else response


def note(voice: Voice, title: str, sentence: str, *, status: int = 200, **facts: Any) -> Response:  # noqa: ANN401
    """A page that says one thing."""
    return show("note.html", voice, status=status, title=title, sentence=sentence, **facts)


def unknown_link(voice: Voice) -> Response:
    """The answer to a link that we did not make, or whose matter is gone."""
    return note(voice, voice.say("unknown.title"), voice.say("unknown"), status=404)


def first_words(body: str) -> str:
    return textwrap.shorten(body, FIRST_WORDS, placeholder=" …")


def private(response: Response) -> Response:
    """Keep the link to this browser: it is not stored, and no other site is told of it."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response
