"""Wording: the site's own words and patterns. Patterns run on RE2, so that none can hang a worker."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

import re2  # type: ignore[import-untyped]

from service.moderation.model import Facts, Label, Signal, Span, Verdict, WordRule
from service.moderation.text import UNSPACED_LETTER, fold

MAX_PATTERN = 500
MAX_SPANS = 20

_WEIGHT: dict[Verdict, tuple[Label, float]] = {
    Verdict.HOLD: (Label.HOUSE_RULES, 0.5),
    Verdict.REJECT: (Label.HOUSE_RULES, 0.95),
    Verdict.SPAM: (Label.SPAM, 0.98),
    Verdict.ESCALATE: (Label.HOUSE_RULES, 1.0),
}

_Finder = Callable[[str], list[Span]]


class _Words(NamedTuple):
    """The texts that a rule is held against, folded once for all rules."""

    body: str
    folded_body: str
    folded_name: str


def check_wording(facts: Facts) -> Iterator[Signal]:
    """Yield a signal for each rule of the site that the body or the name meets."""
    if not facts.policy.rules:
        return
    words = _Words(facts.body, fold(facts.body), fold(facts.author_name))
    for rule in facts.policy.rules:
        yield from _met(rule, words)


def validate_rule(rule: WordRule) -> str | None:
    """Return a sentence that says what is wrong with a rule, or None when it can be used."""
    if not rule.pattern.strip():
        return "The rule is empty: give a word or a pattern."
    if len(rule.pattern) > MAX_PATTERN:
        return f"The rule has {len(rule.pattern)} characters; at most {MAX_PATTERN} are allowed."
    if rule.verdict not in _WEIGHT:
        return "A rule leads to hold, spam, reject or escalate."
    return _problem_of_pattern(rule.pattern) if rule.is_regex else None


def _problem_of_pattern(pattern: str) -> str | None:
    try:
        matches_nothing_typed = _compiled(pattern).search("") is not None
    except ValueError as error:
        return f"The pattern “{pattern}” cannot be read: {error}."
    if matches_nothing_typed:
        return f"The pattern “{pattern}” fits an empty text, so it would fit every comment."
    return None


def _met(rule: WordRule, words: _Words) -> Iterator[Signal]:
    try:
        find, find_folded = _finders(rule.pattern, is_regex=rule.is_regex)
    except ValueError as error:
        # The owner meant something by this rule; until it can be read, a person looks.
        yield Signal(
            "wording",
            Label.UNCHECKED,
            1.0,
            f"The rule “{rule.pattern}” cannot be read ({error}); please correct it.",
        )
        return
    label, score = _WEIGHT.get(rule.verdict, _WEIGHT[Verdict.HOLD])
    spans = find(words.body)
    if spans or find_folded(words.folded_body):
        yield Signal("wording", label, score, f"The text meets the site's rule “{rule.pattern}”.", tuple(spans))
    elif find_folded(words.folded_name):
        yield Signal("wording", label, score, f"The name meets the site's rule “{rule.pattern}”.")


@lru_cache(maxsize=4096)
def _finders(pattern: str, *, is_regex: bool) -> tuple[_Finder, _Finder]:
    """Return what finds the rule in a text as typed, and what finds it in a folded one. Raises ValueError."""
    if is_regex:
        find = _spans_of(_compiled(pattern))
        return find, find
    return _spans_of(_whole_word(pattern)), _spans_of(_whole_word(fold(pattern)))


def _spans_of(pattern: re.Pattern[str]) -> _Finder:
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
    try:
        compiled: re.Pattern[str] = re2.compile(pattern, options)
    except re2.error as error:
        said = error.args[0] if error.args else "not a pattern"
        raise ValueError(said.decode() if isinstance(said, bytes) else str(said)) from error
    return compiled
