"""Reading: what the trained reader, and the site's own model where there is one, make of a comment."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from service.moderation.model import Facts, Label, OwnModel, Signal, Span
from service.moderation.reading.explain import Contribution, Explanation
from service.moderation.reading.heads import Head
from service.moderation.reading.reader import Reading, shipped_reader

FLOOR = 0.15
"""Probability from which on a head is worth a signal."""

MOST_NAMED = 3
PLAIN = frozenset({
    "speaks to you", "speaks of oneself", "speaks of others", "tells of the past", "says I often", "only names a group",
    "very short", "short", "long", "very long", "starts small", "ends without a stop", "a question", "no name",
    "a name of one word", "a name of a person", "no link and no website",
})  # fmt: skip
"""True of so many comments that a moderator learns nothing from it: named only where nothing else speaks."""

MOST_SPANS = 20

_SAYS: Mapping[Head, str] = {
    Head.SPAM: "Reads like spam",
    Head.ILLEGAL_SALE: "Reads like dealing in drugs, or looking for a dealer",
    Head.TOXICITY: "Reads like an insult, hatred or contempt",
    Head.THREAT: "Reads like a threat",
    Head.CRISIS: "Reads like somebody in danger of hurting themselves",
    Head.PERSONAL_DATA: "Reads like somebody's private data",
}
_SPAM_HEADS = (Head.SPAM, Head.ILLEGAL_SALE)
_CONDUCT_HEADS = (Head.TOXICITY, Head.THREAT, Head.CRISIS, Head.PERSONAL_DATA)


def check_spam_reading(batch: Sequence[Facts]) -> Sequence[Iterable[Signal]]:
    """Return for every comment what it shows of spam and of dealing in drugs."""
    readings = shipped_reader().read(batch)
    return [list(spam_signals(facts, reading)) for facts, reading in zip(batch, readings, strict=True)]


def check_conduct_reading(batch: Sequence[Facts]) -> Sequence[Iterable[Signal]]:
    """Return for every comment what it shows of toxicity, threats, a crisis and others' private data."""
    readings = shipped_reader().read(batch)
    return [list(conduct_signals(facts, reading)) for facts, reading in zip(batch, readings, strict=True)]


def spam_signals(facts: Facts, reading: Reading) -> Iterator[Signal]:
    """Yield the signals of the spam heads; the site's own model, where there is one, gives the score of spam."""
    for head in _SPAM_HEADS:
        if head is Head.SPAM and facts.site_model is not None:
            yield from _by_site(facts.site_model, reading)
        else:
            yield from _signal(reading.probability(head), reading, head)


def conduct_signals(_facts: Facts, reading: Reading) -> Iterator[Signal]:
    """Yield the signals of the heads of conduct."""
    for head in _CONDUCT_HEADS:
        yield from _signal(reading.probability(head), reading, head)


def _by_site(model: OwnModel, reading: Reading) -> Iterator[Signal]:
    score = model.probability(reading)
    shipped = reading.probability(Head.SPAM)
    if score - shipped >= 0.1:  # noqa: PLR2004 (less is not worth a word)
        note = f" Earlier decisions of this site raise it from {_percent(shipped)}."
    elif shipped - score >= 0.1:  # noqa: PLR2004
        note = f" Earlier decisions of this site lower it from {_percent(shipped)}."
    else:
        note = ""
    yield from _signal(score, reading, Head.SPAM, note, model)


def _signal(
    score: float, reading: Reading, head: Head, note: str = "", model: OwnModel | None = None
) -> Iterator[Signal]:
    if score >= FLOOR:
        explanation = reading.explain(head, model.layer(reading) if model else None)
        named = _telling(explanation)
        detail = f"{_SAYS[head]} ({_percent(score)}){_because(explanation, named)}.{note}"
        yield Signal("reading", Label(head.value), score, detail, _spans(named))


def _telling(explanation: Explanation) -> Sequence[Contribution]:
    """Return the strongest contributions that say something about this comment."""
    speaking = explanation.strongest(len(explanation.contributions))
    return [part for part in speaking if part.words not in PLAIN][:MOST_NAMED] or speaking[:MOST_NAMED]


def _because(explanation: Explanation, named: Sequence[Contribution]) -> str:
    """Return the strongest reasons and their part of all that speaks for it."""
    if not named:
        return ""
    reasons = ", ".join(f"{part.words} +{part.value:.1f}" for part in named)
    share = sum(part.value for part in named) / explanation.speaking_for
    return f": {reasons}; {_percent(share)} of what speaks for it"


def _spans(named: Sequence[Contribution]) -> tuple[Span, ...]:
    return tuple(sorted({span for part in named for span in part.spans if span.end > span.start}))[:MOST_SPANS]


def _percent(share: float) -> str:
    return f"{min(99, round(100 * share))} %"
