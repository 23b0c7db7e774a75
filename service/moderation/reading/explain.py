"""Why a logit is what it is: one contribution for each word, signal and the starting point, which add up to it.

A weight of a piece of a word is credited to the word that it stands in; where a feature occurs more than once, its
one contribution is shared equally between the occurrences.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import fsum
from typing import NamedTuple

import numpy as np

from service.moderation.model import Span
from service.moderation.reading.features import BITS, Pieces, Texts, pieces
from service.moderation.reading.hashing import Places
from service.moderation.reading.heads import COLUMN, Head
from service.moderation.reading.lexicon import Group
from service.moderation.reading.linear import HEARS, Floats, Weights, probability
from service.moderation.reading.material import Material
from service.moderation.reading.structure import NAMES
from service.moderation.reading.taken_apart import TakenApart

MOST_SAID = 80
"""Characters of a text that an explanation quotes."""

START = "where every comment starts"
_SAID_IN = Texts("“{}”", "“{}” in the name", "“{}” in a link", "“{}” in the website")
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
    for words, found, spans in _all_parts(weights, batch, place, column):
        values, places = parts.setdefault(words, ([], set()))
        values += found
        places.update(spans)
    contributions = [
        Contribution(words, fsum(values), tuple(sorted(spans))) for words, (values, spans) in parts.items()
    ]
    contributions.sort(key=lambda part: -abs(part.value))
    return Explanation(head, fsum(part.value for part in contributions), tuple(contributions))


def _all_parts(
    weights: Weights, batch: TakenApart, place: int, column: int
) -> Iterator[tuple[str, Sequence[float], Sequence[Span]]]:
    taken = batch.materials[place]
    found = pieces(batch.grams, place)
    yield from _parts_of_words(taken, found, _values(weights, found, column, batch.values[:, place]))
    for signal in batch.signals[place].nonzero()[0].tolist():
        value = float(batch.signals[place, signal] * weights.signals[signal, column])
        if value:
            yield NAMES[signal], [value], _spans_of_signal(taken, NAMES[signal])


def _values(weights: Weights, found: Pieces, column: int, by_channel: Floats) -> Floats:
    """Return what each piece adds to the logit, sharing with the others of its feature."""
    features = (found.channels << BITS) | found.ids
    _, which, times = np.unique(features, return_inverse=True, return_counts=True)
    scales = weights.scales[column] * by_channel * HEARS[:, column]
    values: Floats = weights.table[found.ids, column] * scales[found.channels] / times[which]
    return values


def _parts_of_words(
    taken: Material, found: Pieces, values: Floats
) -> Iterator[tuple[str, Sequence[float], Sequence[Span]]]:
    """Yield the words that pieces stand in, in the order in which they are met, with the values of all of those."""
    words = _Words(taken)
    speaking = np.flatnonzero(values)
    firsts, lasts = words.around(found.starts[speaking], found.ends[speaking])
    _, met_at, which = np.unique((firsts << 32) | lasts, return_index=True, return_inverse=True)
    by_words = values[speaking][np.argsort(which, kind="stable")].tolist()
    bounds = [0, *np.cumsum(np.bincount(which)).tolist()]
    order = np.argsort(met_at)
    met = met_at[order]
    for group, first, last in zip(order.tolist(), firsts[met].tolist(), lasts[met].tolist(), strict=True):
        said, spans = words.between(first, last)
        yield said, by_words[bounds[group] : bounds[group + 1]], spans


class _Words:
    """The words of a comment's texts, found by their places in the texts joined."""

    def __init__(self, taken: Material) -> None:
        self._forms: list[str] = []
        self._words: list[str] = []
        for form, text in zip(_SAID_IN, taken.texts, strict=True):
            words = text.split(" ")
            self._words += words
            self._forms += [form] * len(words)
        starts = [0, *accumulate(len(word) + 1 for word in self._words)]
        places = taken.body_places
        self._spans = [places.get(start) if form is _SAID_IN.body else None
                       for form, start in zip(self._forms, starts, strict=False)]  # fmt: skip
        self._starts = np.array(starts)

    def around(self, starts: Places, ends: Places) -> tuple[Places, Places]:
        """Return the first and the last (exclusive) of the words that each piece stands in."""
        firsts = np.searchsorted(self._starts, starts, side="right") - 1
        lasts = np.searchsorted(self._starts, ends)
        # The space before a word belongs to it.
        firsts += (lasts - firsts > 1) & (starts == self._starts[firsts + 1] - 1)
        return firsts, lasts

    def between(self, first: int, last: int) -> tuple[str, list[Span]]:
        """Return some words as they are quoted, and where they stand in the body."""
        said = self._forms[first].format(_shortened(" ".join(self._words[first:last])))
        return said, [span for span in self._spans[first:last] if span is not None]


def _shortened(said: str) -> str:
    """Return a text that fits into a sentence: somebody's word of 10,000 letters is neither read nor hashed whole."""
    return said if len(said) <= MOST_SAID else f"{said[: MOST_SAID - 1]}…"


def _spans_of_signal(taken: Material, name: str) -> Sequence[Span]:
    if group := _GROUP_OF_NAME.get(name):
        return tuple(taken.span_of(hit.start, hit.end) for hit in taken.hits if group in hit.groups)
    if "link" in name and "no link" not in name and "without" not in name:
        return tuple(taken.read.span(*link.span) for link in taken.links)
    return ()
