"""Refusals in the language of whoever is refused. English is what the code says; other languages have it by name."""

from collections.abc import Mapping
from typing import NamedTuple

from flask import Request

from service.errors import FieldError, Problem, Said
from service.languages.catalogue import DEFAULT, Catalogue
from service.web.language import catalogue_of

PART = "problems"


class Refusal(NamedTuple):
    """What somebody reads of a problem."""

    title: str
    detail: str
    errors: tuple[FieldError, ...]


def refusal_of(problem: Problem, request: Request) -> Refusal:
    """The problem as it is told to whoever sent this request."""
    return in_language(problem, catalogue_of(request))


def in_language(problem: Problem, said: Catalogue) -> Refusal:
    """The problem in one language: the exact sentence where it has a name there, else the one for its code."""
    if said.language == DEFAULT:
        return Refusal(problem.title, problem.detail, problem.errors)
    return Refusal(
        title=_sentence(said, Said(f"title.{problem.code}"), problem.title),
        detail=_sentence(said, problem.said, problem.detail, by_code=problem.code),
        errors=tuple(
            error._replace(detail=_sentence(said, error.said, error.detail, by_code=f"field.{error.code}"))
            for error in problem.errors
        ),
    )


def _sentence(said: Catalogue, wanted: Said | None, english: str, *, by_code: str = "") -> str:
    """The sentence with this name, else the one for its code; English where nobody has translated it yet."""
    if wanted is not None and said.has(PART, wanted.name):
        return said.say(PART, wanted.name, **_written(said, wanted.values))
    return said.say(PART, by_code) if said.has(PART, by_code) else english


def _written(said: Catalogue, values: Mapping[str, object]) -> dict[str, object]:
    return {
        name: said.say(PART, value.name, **value.values) if isinstance(value, Said) else value
        for name, value in values.items()
    }
