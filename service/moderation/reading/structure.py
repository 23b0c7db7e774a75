"""Structural signals: what a comment does, whatever its words; they carry over to media nobody trained on.

Each is a number from 0 to 1; 0 says nothing. The names stand in explanations, so they are written for people.
"""

from collections.abc import Callable, Iterator, Mapping

from service.moderation.reading.about_conduct import CONDUCT_NAMES, conduct
from service.moderation.reading.about_links import LINK_NAMES, links_and_fields
from service.moderation.reading.lexicon import Group
from service.moderation.reading.material import Material
from service.moderation.reading.shape import SHAPE_NAMES, shape

Values = Mapping[str, float]

PROMOTION = frozenset({
    Group.TRADE, Group.ORDER, Group.SELF, Group.CASINO, Group.PHARMACY, Group.MONEY, Group.ADULT, Group.SEO,
    Group.MIRACLE, Group.PRIZE, Group.MESSENGER, Group.DEAL, Group.PLACARD,
})  # fmt: skip
"""Groups of words that sell."""


def structure(taken: Material) -> dict[str, float]:
    """Return the signals of one comment that are not 0, by name."""
    found: dict[str, float] = {}
    for about in _ABOUT:
        for name, value in about(taken):
            if value > 0:
                found[name] = max(found.get(name, 0.0), min(1.0, value))
    return found


def phrases(taken: Material) -> Iterator[tuple[str, float]]:
    """Yield for each group of the lexicon whether, how often and how densely it is met."""
    counts: dict[Group, set[str]] = {}
    for hit in taken.hits:
        for group in hit.groups:
            counts.setdefault(group, set()).add(hit.phrase)
    length = len(taken.tokens)
    for group, found in counts.items():
        yield group.value, 1.0
        yield f"{group.value}, several", (len(found) - 1) / 3
        yield f"{group.value}, dense", 3 * len(found) / (length + 12)
    selling = [group for group in counts if group in PROMOTION]
    yield "several kinds of advertising", (len(selling) - 1) / 4


def ending(taken: Material) -> Iterator[tuple[str, float]]:
    """Yield whether the last sentence sells, and the rest does not."""
    start = taken.last_sentence()
    last = [hit for hit in taken.hits if hit.start >= start and not PROMOTION.isdisjoint(hit.groups)]
    before = [hit for hit in taken.hits if hit.start < start and not PROMOTION.isdisjoint(hit.groups)]
    yield "an advertising last sentence", len(last) / 3
    if start > 0:
        yield "a last sentence that turns to selling", (len(last) - len(before)) / 3


def topic(taken: Material) -> Iterator[tuple[str, float]]:
    """Yield how much the text shares with the page, where the page is known."""
    pages = taken.page_words
    if not pages:
        return
    words = {word for word in taken.tokens if len(word) > 3}  # noqa: PLR2004 (as SHORTEST_TOPIC)
    shared = sum(word in pages or word.removesuffix("s") in pages for word in words)
    yield "about the page's topic", shared / 2
    yield "words of the page, dense", 3 * shared / (len(words) + 4)
    if not shared:
        yield "nothing about the page's topic", len(words) / 12


def standing(taken: Material) -> Iterator[tuple[str, float]]:
    """Yield what this site decided before about the author, the hosts linked to and the network."""
    known = taken.facts.reputation
    yield from _decided("the author", known.author_published, known.author_bad)
    yield from _decided("a linked host", known.host_published, known.host_bad)
    yield from _decided("the network", known.prefix_published, known.prefix_bad)


def _decided(of: str, published: int, bad: int) -> Iterator[tuple[str, float]]:
    # One decision counts half: (n / (n + 1)).
    if bad > published:
        yield f"{of}: judged bad here before", (bad - published) / (bad - published + 1)
    elif published > bad:
        yield f"{of}: published here before", (published - bad) / (published - bad + 1)


_STANDING = tuple(
    f"{of}: {what} here before"
    for of in ("the author", "a linked host", "the network")
    for what in ("judged bad", "published")
)
_ABOUT: tuple[Callable[[Material], Iterator[tuple[str, float]]], ...] = (
    phrases, ending, topic, links_and_fields, conduct, shape, standing,
)  # fmt: skip


def _phrase_names() -> Iterator[str]:
    for group in Group:
        yield from (group.value, f"{group.value}, several", f"{group.value}, dense")


NAMES: tuple[str, ...] = (
    *_phrase_names(),
    "several kinds of advertising", "an advertising last sentence", "a last sentence that turns to selling",
    "about the page's topic", "words of the page, dense", "nothing about the page's topic",
    *LINK_NAMES, *CONDUCT_NAMES, *SHAPE_NAMES, *_STANDING,
)  # fmt: skip
"""All signals in the order of their weights."""

PLACE = {name: place for place, name in enumerate(NAMES)}
