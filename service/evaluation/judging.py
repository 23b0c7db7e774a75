"""Judging: facts in, out comes what the product would decide, with the probabilities behind it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple, TypeVar

from service.moderation.checks import MODERATION_CHECKS, SPAM_CHECKS, run_checks
from service.moderation.checks.reading import (
    check_conduct_reading,
    check_spam_reading,
    conduct_signals,
    spam_signals,
)
from service.moderation.model import Facts, Label, Policy, Signal, Verdict
from service.moderation.policy import judge
from service.moderation.reading.heads import Head
from service.moderation.reading.reader import Reader, Reading

Item = TypeVar("Item")

BATCH = 64
"""Comments that are judged in one call, as a worker does."""

SCORES: Mapping[str, tuple[Head, ...]] = {
    "spam": (Head.SPAM,),
    "toxicity": (Head.TOXICITY, Head.THREAT),
    "crisis": (Head.CRISIS,),
    "personal_data": (Head.PERSONAL_DATA,),
    "illegal_sale": (Head.ILLEGAL_SALE,),
}
"""The scores that are told, and the heads of which each is the highest."""

_WITHOUT_READING = tuple(
    check for check in SPAM_CHECKS + MODERATION_CHECKS if check not in {check_spam_reading, check_conduct_reading}
)


class Judged(NamedTuple):
    """The verdict on one comment, its reasons, the probability (0 to 1) of each score, and the evidence."""

    verdict: Verdict
    reasons: tuple[str, ...]
    scores: Mapping[str, float]
    signals: tuple[Signal, ...]
    reading: Reading


def judge_batch(batch: Sequence[Facts], *, reader: Reader, policy: Policy) -> list[Judged]:
    """Return what all checks together would decide of each comment, in order.

    Every comment is read once, and the two trained checks are given that reading; they say the same as in a worker.
    """
    readings = reader.read(batch)
    signals = run_checks(_WITHOUT_READING, batch)
    return [
        _judged(facts, reading, found, policy) for facts, reading, found in zip(batch, readings, signals, strict=True)
    ]


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Yield the items in lists of BATCH; the last one may be shorter."""
    waiting = iter(items)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def _judged(facts: Facts, reading: Reading, found: Iterable[Signal], policy: Policy) -> Judged:
    counted = (signal for signal in found if not signal.is_shadow)
    signals = (*counted, *spam_signals(facts, reading), *conduct_signals(facts, reading))
    judgement = judge(signals, policy=policy, published_before=facts.published_before)
    return Judged(judgement.verdict, judgement.reasons, _scores(reading, signals), signals, reading)


def _scores(reading: Reading, signals: Sequence[Signal]) -> dict[str, float]:
    """The probability of each score, or the score of a signal that is surer of the same label."""
    return {
        name: max(
            *(reading.probability(head) for head in heads),
            *(signal.score for signal in signals if signal.label in _labels(heads)),
            0.0,
        )
        for name, heads in SCORES.items()
    }


def _labels(heads: tuple[Head, ...]) -> set[Label]:
    return {Label(head.value) for head in heads}
