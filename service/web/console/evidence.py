"""How a stranger's text is shown to a moderator: evidence marked where it stands, and links that lead nowhere."""

from collections.abc import Iterable, Sequence
from html import escape
from html.parser import HTMLParser
from itertools import pairwise
from typing import NamedTuple

MAX_SPANS = 200
"""More marks than that help nobody, and a hostile text could ask for thousands."""

EXCERPT = 180
"""Code points of a comment that its row in the list shows."""


class Piece(NamedTuple):
    """A stretch of text and the numbers of the signals that speak of it; `ends` are those whose last piece it is."""

    text: str
    signals: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


class Inert(NamedTuple):
    """HTML in which every link is plain text, and the addresses that it names, each once."""

    html: str
    addresses: tuple[str, ...]


def marked(body: str, evidence: Iterable[tuple[int, Sequence[Sequence[int]]]]) -> list[Piece]:
    """The body in pieces. `evidence` gives the number of a signal and its spans in code points, as they are stored.

    Spans may overlap, be turned round or reach beyond the text: they are clipped, and empty ones left out.
    """
    spans = [
        (max(0, int(span[0])), min(len(body), int(span[1])), number)
        for number, found in evidence
        for span in found
        if len(span) == 2  # noqa: PLR2004 - start and end
    ]
    spans = [span for span in spans if span[0] < span[1]][:MAX_SPANS]
    cuts = sorted({0, len(body), *(span[0] for span in spans), *(span[1] for span in spans)})
    return [_piece(body, start, end, spans) for start, end in pairwise(cuts)]


def _piece(body: str, start: int, end: int, spans: list[tuple[int, int, int]]) -> Piece:
    over = [span for span in spans if span[0] <= start and end <= span[1]]
    numbers = sorted({number for _, _, number in over})
    ends = sorted({number for _, last, number in over if last == end})
    return Piece(body[start:end], tuple(numbers), tuple(ends))


def excerpt(body: str) -> str:
    """The first words of a text on one line."""
    line = " ".join(body[: EXCERPT * 3].split())
    return line if len(line) <= EXCERPT and len(body) <= EXCERPT * 3 else f"{line[:EXCERPT].rstrip()}…"


def inert(html: str) -> Inert:
    """The sanitised HTML of a comment without anything that can be followed."""
    reader = _Disarmed()
    reader.feed(html)
    reader.close()
    return Inert("".join(reader.parts), tuple(dict.fromkeys(reader.addresses)))


class _Disarmed(HTMLParser):
    """Writes down again what it reads, but for links: their text stays, their address follows in brackets."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.addresses: list[str] = []
        self._open: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._open.append((dict(attrs).get("href") or "", len(self.parts)))
            self.parts.append('<span class="dead-link">')
        else:
            self.parts.append(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if tag != "a":
            if tag != "br":
                self.parts.append(f"</{tag}>")
            return
        address, start = self._open.pop() if self._open else ("", len(self.parts))
        shown = "".join(self.parts[start + 1 :])
        self.parts.append("</span>")
        if address:
            self.addresses.append(address)
            if shown != escape(address):
                self.parts.append(f' <span class="address">({escape(address)})</span>')

    def handle_data(self, data: str) -> None:
        self.parts.append(escape(data))
