"""Why a logit is what it is: one contribution for each word, signal and the starting point, which add up to it.

A weight of a piece of a word is credited to the word that it stands in; where a feature occurs more than once, its
one contribution is shared equally between the occurrences. Only the words that say most are contributions of their
own, the others are two together: those that speak for it and those that speak against it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import fsum
from typing import NamedTuple

import numpy as np

from service.moderation.model import Span
from service.moderation.reading.features import BITS, BUCKETS, Texts, pieces
from service.moderation.reading.hashing import Places
from service.moderation.reading.heads import COLUMN, Head
from service.moderation.reading.lexicon import Group
from service.moderation.reading.linear import HEARS, Floats, Weights, probability
from service.moderation.reading.material import Material
from service.moderation.reading.structure import NAMES
from service.moderation.reading.taken_apart import TakenApart

MOST_SAID = 80
"""Characters of a text that an explanation quotes."""

MOST_WORDS = 200
"""Words that are contributions of their own: a sentence names three, and somebody may send 10,000."""

START = "where every comment starts"
OTHERS_FOR = "weaker words that speak for it"
OTHERS_AGAINST = "weaker words that speak against it"
_NEVER_NAMED = frozenset({START, OTHERS_FOR, OTHERS_AGAINST})
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
        found = [part for part in self.contributions if part.value > 0 and part.words not in _NEVER_NAMED]
        return tuple(found[:count])

    @property
    def speaking_for(self) -> float:
        """All that spoke for the head, added up, without the starting point."""
        return fsum(part.value for part in self.contributions if part.value > 0 and part.words != START)


class Layer(NamedTuple):
    """What a site's own model makes of the shipped sum: `share` of each of its parts, and what comes on top.

    `weights` gives the weights of places in a comment's vector (see `linear.Vector`), `others` are further parts.
    """

    share: float
    start: float
    weights: Callable[[Places], Floats]
    others: tuple[tuple[str, float], ...] = ()


class Ground:
    """What every explanation of one comment stands on: its words and its pieces, found once for all heads."""

    def __init__(self, batch: TakenApart, place: int) -> None:
        """Find them."""
        self.taken = batch.materials[place]
        self.signals = batch.signals[place]
        self.found = pieces(batch.grams, place)
        features = (self.found.channels << BITS) | self.found.ids
        _, which, times = np.unique(features, return_inverse=True, return_counts=True)
        self.shares: Floats = batch.values[:, place][self.found.channels] / times[which]
        """What each piece's weight is multiplied by: its channel's value, shared with the others of its feature."""
        self._words = _Words(self.taken)
        self._firsts, self._lasts = self._words.around(self.found.starts, self.found.ends)
        longest = int((self._lasts - self._firsts).max(initial=1))
        stretches, met_at, self._stretch_of = np.unique(
            self._firsts * longest + self._lasts - self._firsts - 1, return_index=True, return_inverse=True
        )
        self._stretches = self._firsts[met_at], self._lasts[met_at]
        self._met_at, self._said_of = self._words.same(*self._stretches)
        self._count = len(stretches)

    def by_words(self, values: Floats) -> Iterator[tuple[str, float, Sequence[Span]]]:
        """Yield the words that say most, each with the sum of its pieces' `values` and its places; then the others."""
        sums = np.bincount(self._stretch_of, weights=values, minlength=self._count)
        said = np.bincount(self._said_of, weights=sums, minlength=len(self._met_at))
        strongest = np.argsort(-np.abs(said), kind="stable")
        named = strongest[:MOST_WORDS][said[strongest[:MOST_WORDS]] != 0]
        yield from zip(self._quoted(named), said[named].tolist(), self._spans(named), strict=True)
        others = said[strongest[MOST_WORDS:]]
        yield OTHERS_FOR, float(others[others > 0].sum()), ()
        yield OTHERS_AGAINST, float(others[others < 0].sum()), ()

    def _quoted(self, named: Places) -> list[str]:
        firsts, lasts = (ends[self._met_at[named]].tolist() for ends in self._stretches)
        return [self._words.quoted(first, last) for first, last in zip(firsts, lasts, strict=True)]

    def _spans(self, named: Places) -> list[list[Span]]:
        order = np.full(len(self._met_at), -1)
        order[named] = np.arange(len(named))
        spans: list[list[Span]] = [[] for _ in named]
        wanted = np.flatnonzero(order[self._said_of] >= 0)
        firsts, lasts = (ends[wanted].tolist() for ends in self._stretches)
        for place, first, last in zip(order[self._said_of[wanted]].tolist(), firsts, lasts, strict=True):
            spans[place] += self._words.spans(first, last)
        return spans


def explain(weights: Weights, ground: Ground, head: Head, layer: Layer | None = None) -> Explanation:
    """Return the exact explanation of one head's logit for one comment, or of what a site's layer makes of it."""
    column = COLUMN[head]
    found = ground.found
    start = float(weights.bias[column])
    scales = weights.scales[column] * HEARS[:, column]
    by_piece = weights.table[found.ids, column] * scales[found.channels]
    by_signal = weights.signals[:, column]
    others: tuple[tuple[str, float], ...] = ()
    if layer:
        start = layer.share * start + layer.start
        by_piece = layer.share * by_piece + layer.weights(found.ids)
        by_signal = layer.share * by_signal + layer.weights(BUCKETS + np.arange(len(NAMES)))
        others = layer.others
    parts: dict[str, tuple[list[float], set[Span]]] = {}
    for words, value, spans in (
        (START, start, ()),
        *ground.by_words(by_piece * ground.shares),
        *_parts_of_signals(ground, by_signal),
        *((words, value, ()) for words, value in others),
    ):
        if value or words == START:
            values, places = parts.setdefault(words, ([], set()))
            values.append(value)
            places.update(spans)
    contributions = [
        Contribution(words, fsum(values), tuple(sorted(spans))) for words, (values, spans) in parts.items()
    ]
    contributions.sort(key=lambda part: -abs(part.value))
    return Explanation(head, fsum(part.value for part in contributions), tuple(contributions))


def _parts_of_signals(ground: Ground, weights: Floats) -> Iterator[tuple[str, float, Sequence[Span]]]:
    for signal in ground.signals.nonzero()[0].tolist():
        if value := float(ground.signals[signal] * weights[signal]):
            yield NAMES[signal], value, _spans_of_signal(ground.taken, NAMES[signal])


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

    def same(self, firsts: Places, lasts: Places) -> tuple[Places, Places]:
        """Return where the first of each of the stretches that are quoted alike is, and for each which that is."""
        known: dict[tuple[str, ...], int] = {}
        met_at: list[int] = []
        which = []
        for number, (first, last) in enumerate(zip(firsts.tolist(), lasts.tolist(), strict=True)):
            key = (self._forms[first], *self._words[first:last])
            place = known.setdefault(key, len(known))
            if place == len(met_at):
                met_at.append(number)
            which.append(place)
        return np.array(met_at, dtype=np.int64), np.array(which, dtype=np.int64)

    def quoted(self, first: int, last: int) -> str:
        """Return some words as they are quoted."""
        return self._forms[first].format(_shortened(" ".join(self._words[first:last])))

    def spans(self, first: int, last: int) -> list[Span]:
        """Return where some words stand in the body."""
        return [span for span in self._spans[first:last] if span is not None]


def _shortened(said: str) -> str:
    """Return a text that fits into a sentence: somebody's word of 10,000 letters is neither read nor hashed whole."""
    return said if len(said) <= MOST_SAID else f"{said[: MOST_SAID - 1]}…"


def _spans_of_signal(taken: Material, name: str) -> Sequence[Span]:
    if group := _GROUP_OF_NAME.get(name):
        return tuple(taken.span_of(hit.start, hit.end) for hit in taken.hits if group in hit.groups)
    if "link" in name and "no link" not in name and "without" not in name:
        return tuple(taken.read.span(*link.span) for link in taken.links)
    return ()
