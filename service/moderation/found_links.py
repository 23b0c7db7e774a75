"""The web addresses in a text, found the same way by every check."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from service.moderation.hosts import MAX_HOST, HostProblem, canonical_host
from service.moderation.model import Span

# Parentheses belong to an address only in pairs, as in en.wikipedia.org/wiki/Ketamine_(medication).
# The repeats are possessive: a text is read once, whatever it holds.
_LINK = re.compile(
    r"(?:https?://|(?<![\w.@/:-])www\.(?=\w))(?:[^\s<>()\[\]\"`{}|\\^]++|\([^\s<>()\[\]\"`{}|\\^]*+\))*+",
    re.IGNORECASE,
)
_AUTHORITY = re.compile(r"(?:https?://)?(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)", re.IGNORECASE)
_TRAILING_PUNCTUATION = ".,;:!?'*_~…"


class FoundLink(NamedTuple):
    """An address as it was typed, its canonical host (lower-cased text where that is none), and its place."""

    url: str
    host: str
    span: Span


def find_links(text: str) -> list[FoundLink]:
    """Return the http, https and `www.` addresses of a text in order, without the punctuation after them."""
    lowered = text.lower()
    if "://" not in text and "www." not in lowered:
        return []
    return list(_found(text))


def without_links(text: str, links: list[FoundLink], *, filler: str) -> str:
    """Return the text with each link's characters replaced by `filler` (one character), so that places stay true."""
    pieces: list[str] = []
    position = 0
    for link in links:
        pieces += (text[position : link.span.start], filler * (link.span.end - link.span.start))
        position = link.span.end
    pieces.append(text[position:])
    return "".join(pieces)


def _found(text: str) -> Iterator[FoundLink]:
    for match in _LINK.finditer(text):
        url = match.group().rstrip(_TRAILING_PUNCTUATION)
        host = _host(url)
        if host:
            yield FoundLink(url, host, Span(match.start(), match.start() + len(url)))


def _host(url: str) -> str:
    found = _AUTHORITY.match(url)
    typed = found.group(1) if found else ""
    try:
        return canonical_host(typed)
    except HostProblem:
        return typed.lower()[:MAX_HOST]
