"""Rules: what the site's owners wrote down themselves, held against one comment."""

from collections.abc import Iterable, Iterator
from datetime import time, timedelta
from functools import cached_property
from typing import NamedTuple

from service.moderation.conditions import (
    Condition,
    FewPublished,
    LinkHost,
    LinkPattern,
    Links,
    NewAuthor,
    OtherLanguage,
    Pattern,
    Place,
    State,
    TimeOfDay,
    Word,
    in_words,
)
from service.moderation.found_links import FoundLink, find_links
from service.moderation.hosts import is_within
from service.moderation.model import Facts, Label, Rule, Signal, Span, Verdict
from service.moderation.patterns import MAX_SPANS, folded, pattern_finder, word_finder
from service.moderation.reading.language import UNKNOWN, language_of
from service.moderation.reading.material import material
from service.moderation.text import fold

_WEIGHT: dict[Verdict, tuple[Label, float]] = {
    Verdict.HOLD: (Label.HOUSE_RULES, 0.5),
    Verdict.REJECT: (Label.HOUSE_RULES, 0.95),
    Verdict.SPAM: (Label.SPAM, 0.98),
    Verdict.ESCALATE: (Label.HOUSE_RULES, 1.0),
}


class Met(NamedTuple):
    """That a condition is met: a sentence, and where in the body."""

    sentence: str
    spans: tuple[Span, ...] = ()


class Looked:
    """One comment as rules look at it. What a condition came to is kept, so that two policies can ask."""

    def __init__(self, facts: Facts) -> None:
        """Nothing is looked for before a rule asks."""
        self.facts = facts
        self._found: dict[Condition, Met | str | None] = {}

    def at(self, condition: Condition) -> Met | None:
        """Return where the condition is met, or None where it is not. Raises ValueError when it can't be read."""
        if condition not in self._found:
            try:
                self._found[condition] = _look(condition, self)
            except ValueError as error:
                self._found[condition] = str(error)
        found = self._found[condition]
        if isinstance(found, str):
            raise ValueError(found)  # noqa: TRY004 - it was one when it was kept
        return found

    @cached_property
    def body(self) -> str:
        return fold(self.facts.body)

    @cached_property
    def name(self) -> str:
        return fold(self.facts.author_name)

    @cached_property
    def is_plain(self) -> bool:
        """Whether searching the folded body as well would find nothing new."""
        return self.facts.body.isascii() and self.body == self.facts.body.lower()

    @cached_property
    def website(self) -> FoundLink | None:
        return next(iter(find_links(self.facts.author_website or "")), None)

    @cached_property
    def links(self) -> list[FoundLink]:
        return find_links(self.facts.body)

    @cached_property
    def links_away(self) -> list[FoundLink]:
        """The links of the body that lead away from the site."""
        own = frozenset(host.removeprefix("www.") for host in self.facts.own_hosts)
        return [link for link in self.links if not is_within(link.host, own)]

    @cached_property
    def language(self) -> str:
        return language_of(material(self.facts).tokens, self.facts.language)


def check_rules(facts: Facts) -> Iterator[Signal]:
    """Yield a signal for each rule of the site that the comment meets, those in the shadow included."""
    return signals_of(facts.policy.rules, Looked(facts))


def signals_of(rules: Iterable[Rule], looked: Looked) -> Iterator[Signal]:
    """Yield what these rules say about a comment."""
    for rule in rules:
        if rule.state is not State.OFF:
            yield from _met(rule, looked)


def _met(rule: Rule, looked: Looked) -> Iterator[Signal]:
    is_shadow = rule.state is State.SHADOW
    try:
        met = looked.at(rule.condition)
    except ValueError as error:
        if not is_shadow:
            # The owner meant something by this rule; until it can be read, a person looks.
            sentence = f"The rule “{in_words(rule.condition)}” cannot be read ({error}); please correct it."
            yield Signal("rules", Label.UNCHECKED, 1.0, sentence)
        return
    if met is not None:
        label, score = _WEIGHT.get(rule.verdict, _WEIGHT[Verdict.HOLD])
        yield Signal("rules", label, score, *met, rule_id=rule.id, verdict=rule.verdict, is_shadow=is_shadow)


def _look(condition: Condition, looked: Looked) -> Met | None:
    match condition:
        case Word() | Pattern():
            return _words(condition, looked)
        case Links() | LinkHost() | LinkPattern():
            return _links(condition, looked)
        case FewPublished() | NewAuthor():
            return _standing(condition, looked.facts)
        case OtherLanguage():
            return _language(condition, looked)
        case TimeOfDay():
            return _hour(condition, looked.facts.local_time)


def _words(condition: Word | Pattern, looked: Looked) -> Met | None:
    said = condition.word if isinstance(condition, Word) else condition.pattern
    search = _word_spans if isinstance(condition, Word) else _pattern_spans
    if Place.TEXT in condition.places:
        spans = search(said, looked.facts.body, looked.body, is_same=looked.is_plain)
        if spans is not None:
            return Met(f"The text meets the site's rule “{said}”.", tuple(spans))
    if Place.NAME in condition.places and search(said, looked.name, looked.name, is_same=True) is not None:
        return Met(f"The name meets the site's rule “{said}”.")
    if Place.WEBSITE in condition.places and looked.website is not None:
        host = looked.website.host
        if search(said, host, host, is_same=True) is not None:
            return Met(f"The website {host} meets the site's rule “{said}”.")
    return None


def _word_spans(word: str, text: str, as_folded: str, *, is_same: bool) -> list[Span] | None:
    """Return where the word is in a text as typed (nowhere, when it is only there in disguise), or None."""
    bare = folded(word)
    # To Python, i and the two i of Turkish are one letter in search; folded they are three.
    if bare and bare not in as_folded and "\u0130" not in text and "\u0131" not in text:
        return None
    spans = word_finder(word)(text)
    return spans if spans or (not is_same and word_finder(bare)(as_folded)) else None


def _pattern_spans(pattern: str, text: str, as_folded: str, *, is_same: bool) -> list[Span] | None:
    find = pattern_finder(pattern)
    spans = find(text)
    return spans if spans or (not is_same and find(as_folded)) else None


def _links(condition: Links | LinkHost | LinkPattern, looked: Looked) -> Met | None:
    if isinstance(condition, Links):
        count = len(looked.links_away)
        if count <= condition.more_than:
            return None
        sentence = f"{count} link{'s' if count > 1 else ''}; the site has a rule about {in_words(condition)}."
        return Met(sentence, tuple(link.span for link in looked.links_away)[:MAX_SPANS])
    # A rule that names hosts may well name the site's own.
    fitting = [link for link in looked.links if _fits(condition, link)]
    if fitting:
        sentence = f"A link leads to {fitting[0].host}; the site has a rule about {in_words(condition)}."
        return Met(sentence, tuple(link.span for link in fitting)[:MAX_SPANS])
    if looked.website is not None and _fits(condition, looked.website):
        return Met(f"The author's website is {looked.website.host}; the site has a rule about {in_words(condition)}.")
    return None


def _fits(condition: LinkHost | LinkPattern, link: FoundLink) -> bool:
    if isinstance(condition, LinkHost):
        return is_within(link.host, frozenset({condition.host}))
    return bool(pattern_finder(condition.pattern)(link.url))


def _standing(condition: FewPublished | NewAuthor, facts: Facts) -> Met | None:
    if isinstance(condition, FewPublished):
        count = facts.published_before
        if count >= condition.fewer_than:
            return None
        have = "no published comment" if count == 0 else f"{count} published comment{'s' if count > 1 else ''}"
        return Met(f"The author has {have} here; the site's rule asks for {condition.fewer_than}.")
    if facts.author_age is not None and facts.author_age >= timedelta(days=condition.days):
        return None
    days = f"{condition.days} day{'s' if condition.days > 1 else ''}"
    return Met(f"The author was first seen here less than {days} ago; the site has a rule about that.")


def _language(condition: OtherLanguage, looked: Looked) -> Met | None:
    language = looked.language
    if language == UNKNOWN or language in condition.languages:
        return None
    return Met(f"The text seems to be in the language “{language}”; the site expects {', '.join(condition.languages)}.")


def _hour(condition: TimeOfDay, local_time: time | None) -> Met | None:
    if local_time is None:
        message = "the site's time zone is not known"
        raise ValueError(message)
    start, end = condition.start, condition.end
    is_after, is_before = local_time >= start, local_time < end
    if (is_after and is_before) if start < end else (is_after or is_before):
        return Met(f"It was sent at {local_time:%H:%M}; the site has a rule for {start:%H:%M} to {end:%H:%M}.")
    return None
