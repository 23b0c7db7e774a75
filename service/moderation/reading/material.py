"""Material: one comment taken apart once, for the hashed features, the structural signals and the explanations."""
# ruff: noqa: RUF001 - signs of other scripts

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from service.moderation.found_contacts import find_emails, find_phones
from service.moderation.found_links import FoundLink, find_links, without_links
from service.moderation.model import Facts, Span
from service.moderation.reading.features import TOKEN, Texts, tokenised
from service.moderation.reading.lexicon import FIRST_WORDS, PHRASES, Group
from service.moderation.reading.normalise import Normalised, normalise
from service.moderation.reading.signs import DIGIT

MAX_FIELD = 300
MAX_EXCERPT = 5_000
SHORTEST_TOPIC = 4
"""Letters of a word of the page that can be its topic."""

CONDUCT = frozenset({
    Group.INSULT, Group.VULGAR, Group.SCORN, Group.PEOPLE, Group.HATE, Group.THREAT, Group.HARM, Group.DESPAIR,
    Group.DEATH, Group.YOUTH, Group.WHEREABOUTS, Group.SEEK, Group.LEWD,
})  # fmt: skip
"""Groups that mean the same whatever the page is about: an insult is never on topic."""

_CLASSES = {Group.PEOPLE: "‹group›", Group.DRUG: "‹drug›"}
"""Words that stand for any other of their kind: what is said of one group of people may be said of each."""

AROUND = 2
"""Words on either side that are read together with what stands for a class."""

MOST_CLASSES = 50
"""Words of a class whose surroundings are read: the rest of a list teaches nothing new."""

_HOST_WORD = re.compile(r"[a-z]+|[^\W\d_a-z]+|\d+")
_SENTENCE_END = frozenset({".", "!", "?", "..", "...", "!!", "!!!", "??", "?!", "。", "！"})
_COMMON = frozenset(
    tokenised(
        "with from this that what when your about have they them then than were will would could should which their "
        "there here into over some more most just like very also only even much many been being after before because "
        "while html https index page post blog article comments news title"
    ).split(" ")
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of the lexicon: its groups, and its first and last token (exclusive)."""

    phrase: str
    groups: tuple[Group, ...]
    start: int
    end: int


@dataclass(frozen=True)
class Material:
    """A comment taken apart. `plain` is its normalised text with the links blanked, `tokens` its words without leet."""

    facts: Facts
    read: Normalised
    links: list[FoundLink]
    plain: str
    tokens: list[str]

    @cached_property
    def name(self) -> str:
        """The author's name in plain spelling."""
        return normalise(self.facts.author_name[:MAX_FIELD]).text

    @cached_property
    def website(self) -> str:
        """The website field, lower-cased."""
        return (self.facts.author_website or "")[:MAX_FIELD].lower().strip()

    @cached_property
    def page_words(self) -> frozenset[str]:
        """The words that the page is about: of its title, its excerpt and the last part of its address."""
        facts = self.facts
        return _page_words(facts.page_title or "", (facts.page_excerpt or "")[:MAX_EXCERPT], facts.page_url or "")

    @cached_property
    def has_digits(self) -> bool:
        """Whether a digit stands in `plain`, of any script."""
        return DIGIT.count(self.plain) > 0

    @cached_property
    def emails(self) -> list[Span]:
        """Where e-mail addresses stand in the original body."""
        return [self.read.span(*span) for span in find_emails(self.plain)]

    @cached_property
    def phones(self) -> list[Span]:
        """Where phone numbers of people stand in the original body."""
        return [self.read.span(*span) for span in find_phones(self.plain)]

    @cached_property
    def hits(self) -> list[Hit]:
        """The phrases of the lexicon in the body, longest first at each place; what the page is about is left out."""
        return [hit for hit in self._all_hits if not CONDUCT.isdisjoint(hit.groups) or not self.is_on_topic(hit.phrase)]

    @cached_property
    def _all_hits(self) -> list[Hit]:
        return hits_in(self.tokens)

    @cached_property
    def texts(self) -> Texts:
        """What the channels of the hashed features read."""
        return Texts(
            body=" ".join(word for word, _, _ in self._body_words),
            name=tokenised(self.name),
            link=" ".join(_link_words(link.url) for link in self.links[:20]),
            website=_link_words(self.website),
        )

    def is_on_topic(self, phrase: str) -> bool:
        """Tell whether the page is about these words, so that they are no news from a commenter."""
        pages = self.page_words
        return bool(pages) and all(word in pages or word.removesuffix("s") in pages for word in phrase.split(" "))

    @cached_property
    def body_places(self) -> dict[int, Span]:
        """Where in the original body each word stands that the body's channels read, by its place in their text."""
        places: dict[int, Span] = {}
        position = 0
        for word, start, end in self._body_words:
            if word:
                places[position] = self.span_of(start, end)
            position += len(word) + 1
        return places

    @cached_property
    def _body_words(self) -> list[tuple[str, int, int]]:
        """The words that the body's channels read, each with its first and last token (exclusive).

        First all but what the page is about, then again what stands around each word of a class, with the class in its
        place. An empty word parts what does not stand together.
        """
        out = self._left_out
        words = [(word, place, place + 1) for place, word in enumerate(self.tokens) if word not in out]
        for hit in self._of_class:
            before, after = range(max(0, hit.start - AROUND), hit.start), range(hit.end, hit.end + AROUND)
            words += [
                ("", 0, 0),
                *((self.tokens[place], place, place + 1) for place in before),
                (_class_of(hit), hit.start, hit.end),
                *((self.tokens[place], place, place + 1) for place in after if place < len(self.tokens)),
            ]
        return words

    @cached_property
    def _of_class(self) -> list[Hit]:
        return [hit for hit in self._all_hits if not _CLASSES.keys().isdisjoint(hit.groups)][:MOST_CLASSES]

    @cached_property
    def _left_out(self) -> frozenset[str]:
        pages = self.page_words
        on_topic = [word for word in self.tokens if word in pages or word.removesuffix("s") in pages] if pages else []
        return frozenset(word for word in on_topic if not _is_conduct(word))

    @cached_property
    def token_spans(self) -> list[Span]:
        """Where each token stands in `plain`."""
        return [Span(start, end) for _, start, end in _words(self.read, self.plain)]

    def span_of(self, first: int, last: int) -> Span:
        """Return where in the original body the tokens from `first` up to `last` stand."""
        spans = self.token_spans
        return self.read.span(spans[first].start, spans[last - 1].end)

    def last_sentence(self) -> int:
        """Return the place of the first token of the last sentence."""
        end = len(self.tokens)
        while end > 0 and self.tokens[end - 1] in _SENTENCE_END:
            end -= 1
        start = end
        while start > 0 and self.tokens[start - 1] not in _SENTENCE_END:
            start -= 1
        return start


def material(facts: Facts) -> Material:
    """Take a comment apart."""
    read = normalise(facts.body)
    links = find_links(read.text)
    plain = without_links(read.text, links, filler=" ") if links else read.text
    tokens = [word for word, _, _ in _words(read, plain)] if read.words else TOKEN.findall(plain)
    return Material(facts, read, links, plain, tokens)


def _words(read: Normalised, plain: str) -> Iterator[tuple[str, int, int]]:
    """Yield the tokens of a text with their places, those in leet as what they stand for, unless a link has them."""
    position = 0
    for word, start, end in read.words:
        if plain[start:end] == read.text[start:end]:
            yield from _tokens(plain, position, start)
            yield word, start, end
            position = end
    yield from _tokens(plain, position, len(plain))


def _tokens(plain: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    return ((found.group(), *found.span()) for found in TOKEN.finditer(plain, start, end))


@lru_cache(maxsize=64)
def _page_words(title: str, excerpt: str, url: str) -> frozenset[str]:
    """Return the words of a page, remembered because many comments stand under one."""
    text = f"{title} {excerpt} {url.rstrip('/').rpartition('/')[2]}".lower()
    words = set(TOKEN.findall(text)) if text.strip() else set()
    return frozenset(word for word in words if len(word) >= SHORTEST_TOPIC and word not in _COMMON)


def host_words(host: str) -> list[str]:
    """Return the words of a host name, without `www` and without its ending."""
    labels = host.removeprefix("www.").split(".")
    return [word for label in labels[:-1] for word in _HOST_WORD.findall(label)]


def _link_words(url: str) -> str:
    bare = url.removeprefix("https://").removeprefix("http://").removeprefix("www.")
    return " ".join(_HOST_WORD.findall(bare))


def hits_in(tokens: list[str]) -> list[Hit]:
    """Return the phrases of the lexicon in these words, the longest at each place."""
    found = []
    covered = 0
    for start, token in enumerate(tokens):
        if token not in FIRST_WORDS or start < covered:
            continue
        for end in range(min(len(tokens), start + FIRST_WORDS[token]), start, -1):
            phrase = " ".join(tokens[start:end])
            if phrase in PHRASES:
                found.append(Hit(phrase, PHRASES[phrase], start, end))
                covered = end
                break
    return found


def lexicon_groups(words: list[str]) -> set[Group]:
    """Return the groups of all phrases in these words."""
    return {group for hit in hits_in(words) for group in hit.groups}


def _class_of(hit: Hit) -> str:
    return next(_CLASSES[group] for group in hit.groups if group in _CLASSES)


def _is_conduct(word: str) -> bool:
    return not CONDUCT.isdisjoint(PHRASES.get(word, ()))
