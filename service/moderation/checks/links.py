"""Links: how many, how much else, in which notation, to which kind of host."""

import re
from collections.abc import Iterator, Sequence

from service.moderation.found_links import FoundLink, find_links, without_links
from service.moderation.hosts import is_deceptive, is_within
from service.moderation.model import Facts, Label, Signal, Span
from service.moderation.reading.signs import TRUSTED

REFERENCE_DOMAINS = TRUSTED
"""Hosts, and all below them, that people cite to help each other; links there are not counted."""

FAR_OVER_FACTOR = 4
FAR_OVER_LINKS = 10
MIN_LETTERS_BESIDE_LINKS = 20

_BBCODE = re.compile(r"\[url\s?[=\]]|\[link\s?=", re.IGNORECASE)
_RAW_ANCHOR = re.compile(r"<a\s[^<>]{0,200}href\s?=", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]")


def check_links(facts: Facts) -> Iterator[Signal]:
    """Yield what the links of the body, and the form of the author's website, are evidence of."""
    links = find_links(facts.body)
    counted = _counted(links, facts.own_hosts)
    yield from _too_many(counted, facts.policy.max_links)
    yield from _hardly_any_words(facts.body, links, counted)
    yield from _foreign_markup(facts.body)
    yield from _deceptive_hosts(links, facts.author_website)


def _counted(links: Sequence[FoundLink], own_hosts: frozenset[str]) -> list[FoundLink]:
    own = frozenset(host.removeprefix("www.") for host in own_hosts)
    return [link for link in links if not is_within(link.host, own | REFERENCE_DOMAINS)]


def _too_many(links: Sequence[FoundLink], max_links: int) -> Iterator[Signal]:
    count = len(links)
    if count <= max_links:
        return
    is_far_over = count >= FAR_OVER_LINKS and count >= FAR_OVER_FACTOR * max_links
    over = count - max_links
    score = 0.98 if is_far_over else min(0.8, 0.5 + 0.05 * (over - 1))
    detail = f"{count} link{'s' if count > 1 else ''}; this site allows {max_links}."
    yield _signal(score, detail, tuple(link.span for link in links))


def _hardly_any_words(body: str, links: list[FoundLink], counted: Sequence[FoundLink]) -> Iterator[Signal]:
    if not counted:
        return
    letters = len(_LETTERS.findall(without_links(body, links, filler=" ")))
    if letters < MIN_LETTERS_BESIDE_LINKS:
        yield _signal(
            0.5,
            f"Hardly anything but links: {letters} letters beside them.",
            tuple(link.span for link in counted),
        )


def _foreign_markup(body: str) -> Iterator[Signal]:
    found = [*_BBCODE.finditer(body), *_RAW_ANCHOR.finditer(body)]
    if not found:
        return
    spans = tuple(sorted(Span(*match.span()) for match in found))
    count = len(found)
    if count == 1:
        yield _signal(0.6, "A link is written in the code of forums or of HTML, as link robots do.", spans)
    else:
        yield _signal(0.96, f"{count} links are written in the code of forums or of HTML, as link robots do.", spans)


def _deceptive_hosts(links: Sequence[FoundLink], author_website: str | None) -> Iterator[Signal]:
    deceptive = [link for link in links if is_deceptive(link.host)]
    if deceptive:
        yield _signal(
            0.6,
            f"A link leads to {deceptive[0].host}, a host that mixes alphabets or imitates Latin letters.",
            tuple(link.span for link in deceptive),
        )
    for link in find_links(author_website or ""):
        if is_deceptive(link.host):
            yield _signal(0.6, f"The author's website is {link.host}, a host that mixes or imitates alphabets.")


def _signal(score: float, detail: str, spans: tuple[Span, ...] = ()) -> Signal:
    return Signal("links", Label.SPAM, score, detail, spans)
