"""Why a logit is what it is: one contribution for each word, signal and the starting point, which add up to it.

A weight of a piece of a word is credited to the word that it stands in; where a feature occurs more than once, its
one contribution is shared equally between the occurrences.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from math import fsum
from typing import NamedTuple

from service.moderation.model import Span
from service.moderation.reading.features import BODY_CHANNELS, CHANNELS, pieces
from service.moderation.reading.heads import COLUMN, Head
from service.moderation.reading.lexicon import Group
from service.moderation.reading.linear import Weights, probability
from service.moderation.reading.material import Material
from service.moderation.reading.structure import NAMES
from service.moderation.reading.taken_apart import TakenApart

MOST_SAID = 80
"""Characters of a text that an explanation quotes."""

START = "where every comment starts"
_FIELD_WORDS = {"name": "“{}” in the name", "link": "“{}” in a link", "website": "“{}” in the website"}
_GROUP_OF_NAME = {
    name: group for group in Group for name in (group.value, f"{group.value}, several", f"{group.value}, dense")
}


class Contribution(NamedTuple):
    """`words` for people, the `value` that was added to the logit, and where in the body it stands, if anywhere."""

    words: str
    value: float
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """All contributions to the logit of one head, strongest first; their values add up to `logit`."""

    head: Head
    logit: float
    contributions: tuple[Contribution, ...]

    @property
    def probability(self) -> float:
        """The calibrated probability, 0 to 1."""
        return probability(self.logit)

    def strongest(self, count: int) -> tuple[Contribution, ...]:
        """Return the contributions that spoke most strongly for the head, without the starting point."""
        found = [part for part in self.contributions if part.value > 0 and part.words != START]
        return tuple(found[:count])


def explain(weights: Weights, batch: TakenApart, place: int, head: Head) -> Explanation:
    """Return the exact explanation of one head's logit for one comment of a batch."""
    column = COLUMN[head]
    parts: dict[str, tuple[list[float], set[Span]]] = {START: ([float(weights.bias[column])], set())}
    for words, value, spans in _all_parts(weights, batch, place, column):
        values, places = parts.setdefault(words, ([], set()))
        values.append(value)
        places.update(spans)
    contributions = [
        Contribution(words, fsum(values), tuple(sorted(spans))) for words, (values, spans) in parts.items()
    ]
    contributions.sort(key=lambda part: -abs(part.value))
    return Explanation(head, fsum(part.value for part in contributions), tuple(contributions))


def _all_parts(
    weights: Weights, batch: TakenApart, place: int, column: int
) -> Iterator[tuple[str, float, tuple[Span, ...]]]:
    taken = batch.materials[place]
    for channel in range(len(CHANNELS)):
        scale = float(weights.scales[column] * batch.values[channel, place])
        yield from _parts_of_channel(weights, taken, channel, column, scale)
    for signal in batch.signals[place].nonzero()[0].tolist():
        value = float(batch.signals[place, signal] * weights.signals[signal, column])
        if value:
            yield NAMES[signal], value, _spans_of_signal(taken, NAMES[signal])


def _parts_of_channel(
    weights: Weights, taken: Material, channel: int, column: int, scale: float
) -> Iterator[tuple[str, float, tuple[Span, ...]]]:
    text = taken.texts.of(channel)
    found = pieces(taken.texts, channel)
    times = Counter(piece.id for piece in found)
    words = _Words(text, taken.body_places if channel in BODY_CHANNELS else {})
    form = _FIELD_WORDS.get(CHANNELS[channel].name, "“{}”")
    for piece in found:
        value = float(weights.table[piece.id, column]) * scale / times[piece.id]
        if value:
            said, spans = words.around(piece.start, piece.end)
            yield form.format(said), value, spans


class _Words:
    """The words of a channel's text, found by their places."""

    def __init__(self, text: str, places: dict[int, Span]) -> None:
        self._words = text.split(" ")
        self._starts = list(accumulate((len(word) + 1 for word in self._words), initial=0))
        self._places = places

    def around(self, start: int, end: int) -> tuple[str, tuple[Span, ...]]:
        """Return the words that a piece stands in, and where they stand in the body."""
        first = bisect_right(self._starts, start) - 1
        last = bisect_left(self._starts, end)
        if last - first > 1 and start == self._starts[first + 1] - 1:
            first += 1  # the space before a word belongs to it
        said = _shortened(" ".join(self._words[first:last]))
        spans = (self._places.get(place) for place in self._starts[first:last])
        return said, tuple(span for span in spans if span is not None)


def _shortened(said: str) -> str:
    """Return a text that fits into a sentence: somebody's word of 10,000 letters is neither read nor hashed whole."""
    return said if len(said) <= MOST_SAID else f"{said[: MOST_SAID - 1]}…"


def _spans_of_signal(taken: Material, name: str) -> tuple[Span, ...]:
    if group := _GROUP_OF_NAME.get(name):
        return tuple(taken.span_of(hit.start, hit.end) for hit in taken.hits if group in hit.groups)
    if "link" in name and "no link" not in name and "without" not in name:
        return tuple(taken.read.span(*link.span) for link in taken.links)
    return ()
