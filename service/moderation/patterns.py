"""Words and patterns of a site, made ready to search with. Patterns run on RE2, so that none can hang a worker."""

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import islice

import re2  # type: ignore[import-untyped]

from service.moderation.model import Span
from service.moderation.text import UNSPACED_LETTER, fold

MAX_PATTERN = 500
MAX_SPANS = 20
MAX_PATTERN_MEMORY = 1 << 20
"""Bytes that RE2 may take for one pattern: a site may have hundreds."""

Finder = Callable[[str], list[Span]]


def problem_of_pattern(pattern: str) -> str | None:
    """Return a sentence that says what is wrong with a pattern, or None when it can be used."""
    try:
        fits_nothing_typed = _compiled(pattern).search("") is not None
    except ValueError as error:
        return f"The pattern “{pattern}” cannot be read: {error}."
    if fits_nothing_typed:
        return f"The pattern “{pattern}” fits an empty text, so it would fit every comment."
    return None


@lru_cache(maxsize=4096)
def pattern_finder(pattern: str) -> Finder:
    """Return what finds a pattern in a text. Raises ValueError when it is none."""
    return _spans_of(_compiled(pattern))


@lru_cache(maxsize=4096)
def word_finder(word: str) -> Finder:
    """Return what finds a word as it is typed, in capitals or not. Raises ValueError when it is blank."""
    return _spans_of(_whole_word(word))


@lru_cache(maxsize=4096)
def folded(word: str) -> str:
    """Return a rule's word as it is in folded texts."""
    return fold(word)


def _spans_of(pattern: re.Pattern[str]) -> Finder:
    """Return a function from a text to the places of the pattern, without those of no length."""

    def find(text: str) -> list[Span]:
        places = (Span(*found.span()) for found in islice(pattern.finditer(text), MAX_SPANS))
        return [place for place in places if place.end > place.start]

    return find


def _whole_word(word: str) -> re.Pattern[str]:
    parts = [re.escape(part) for part in word.split()]
    if not parts:
        message = "it is empty"
        raise ValueError(message)
    # Without spaces between words, a word is looked for anywhere.
    is_unspaced = UNSPACED_LETTER.search(word) is not None
    before = r"(?<!\w)" if parts[0][0].isalnum() and not is_unspaced else ""
    after = r"(?!\w)" if parts[-1][-1].isalnum() and not is_unspaced else ""
    return re.compile(before + r"\s+".join(parts) + after, re.IGNORECASE)


def _compiled(pattern: str) -> re.Pattern[str]:
    """Return an RE2 pattern, which has the interface of `re`; capital and small letters are the same to it."""
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    options.max_mem = MAX_PATTERN_MEMORY
    try:
        compiled: re.Pattern[str] = re2.compile(pattern, options)
    except re2.error as error:
        said = error.args[0] if error.args else "not a pattern"
        raise ValueError(said.decode() if isinstance(said, bytes) else str(said)) from error
    return compiled
