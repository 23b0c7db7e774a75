"""Report: figures by head and source, verdicts beside what people said, and the time that it took."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

import numpy as np

from service.evaluation.comments import HEADS, Labelled
from service.evaluation.curve import Point
from service.evaluation.judging import Judged, batches, judge_batch
from service.evaluation.metrics import Figures, Floats, Integers, measure
from service.moderation.model import Facts, Policy, Verdict
from service.moderation.reading.heads import Head
from service.moderation.reading.reader import Reader

ALL = "all"
TIMED_ALONE = 1_000
"""Comments that are judged one by one to see how long one takes."""
LOST = frozenset({Verdict.SPAM, Verdict.REJECT})
"""What an honest comment is lost by: nobody looks at it again."""


class Answer(NamedTuple):
    """One labelled comment and what was decided of it."""

    labelled: Labelled
    judged: Judged


@dataclass(frozen=True, slots=True)
class Measured:
    """One head on the rows of one source, or of all of them. `verdicts` counts them by truth (bad, good)."""

    head: str
    source: str
    figures: Figures
    verdicts: dict[str, Counter[str]]

    def as_dict(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "head": self.head,
            "source": self.source,
            **self.figures.as_dict(),
            "verdicts": {truth: dict(counts) for truth, counts in self.verdicts.items()},
        }


@dataclass(frozen=True, slots=True)
class Expectations:
    """Verdicts beside those that people would accept. The wrong ones are listed by id."""

    comments: int
    acceptable: int
    honest: int
    honest_lost: list[str]
    honest_held: list[str]
    must_see: int
    must_see_published: list[str]
    by_kind: dict[str, tuple[int, int]]
    """For each kind: how many were decided acceptably, and how many there are."""

    @property
    def share(self) -> float:
        return self.acceptable / self.comments

    def as_dict(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {**asdict(self), "share_acceptable": self.share}


@dataclass(frozen=True, slots=True)
class Speed:
    """Milliseconds for one comment: alone, one after the other, and as its part of a batch."""

    alone_median: float
    alone_p99: float
    alone_worst: float
    in_batch: float


@dataclass(frozen=True, slots=True)
class Report:
    """All that one evaluation found out."""

    rows: int
    refused: int
    model: str
    measured: list[Measured]
    expectations: Expectations | None
    speed: Speed
    learning: dict[str, list[Point]] = field(default_factory=dict)
    """The learning curve of each file."""

    def as_dict(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "rows": self.rows,
            "refused": self.refused,
            "model": self.model,
            "measured": [item.as_dict() for item in self.measured],
            "expectations": self.expectations.as_dict() if self.expectations else None,
            "milliseconds": asdict(self.speed),
            "learning": {name: [point.as_dict() for point in points] for name, points in self.learning.items()},
        }


def answer_all(
    labelled: Sequence[Labelled], *, reader: Reader, policy: Policy, done: Callable[[int], None]
) -> tuple[list[Answer], Speed]:
    """Judge every comment in batches, and the first ones also alone, by the clock. `done` is told how many are done."""
    answers: list[Answer] = []
    began = time.perf_counter()
    for batch in batches(labelled):
        judged = judge_batch([item.comment.facts for item in batch], reader=reader, policy=policy)
        answers += map(Answer, batch, judged)
        done(len(batch))
    in_batch = (time.perf_counter() - began) / max(1, len(labelled))
    return answers, _speed([item.comment.facts for item in labelled[:TIMED_ALONE]], in_batch, reader, policy)


def measure_heads(
    answers: Sequence[Answer], *, heads: Sequence[str] = HEADS, is_by_source: bool = False
) -> Iterator[Measured]:
    """Yield the figures of every head that the rows have a truth for: of each source if asked, then of all."""
    for head in heads:
        known = [answer for answer in answers if head in answer.labelled.labels]
        if not known:
            continue
        sources = sorted({answer.labelled.source for answer in known})
        if is_by_source and len(sources) > 1:
            for source in sources:
                yield _measured(head, source, [answer for answer in known if answer.labelled.source == source])
        yield _measured(head, ALL if len(sources) > 1 else sources[0] or ALL, known)


def truth_and_scores(answers: Sequence[Answer], head: str) -> tuple[Integers, Floats]:
    """Return the labels (n,) and the probabilities (n,) of the rows, all of which have a truth for this head."""
    labels = np.array([answer.labelled.labels[head] for answer in answers], dtype=np.int64)
    return labels, np.array([score_of(answer.judged, head) for answer in answers])


def score_of(judged: Judged, head: str) -> float:
    """Return the score that is told for a head; a threat has none of its own and is asked of the reading."""
    return judged.scores[head] if head in judged.scores else judged.reading.probability(Head(head))


def compare_with_expected(answers: Sequence[Answer]) -> Expectations | None:
    """Return how the verdicts stand beside the expected ones, or None where no row says what is expected."""
    known = [answer for answer in answers if answer.labelled.expected]
    if not known:
        return None
    honest = [answer for answer in known if Verdict.PUBLISH in answer.labelled.expected]
    must_see = [answer for answer in known if answer.labelled.must_not_publish]
    return Expectations(
        comments=len(known),
        acceptable=sum(map(_is_acceptable, known)),
        honest=len(honest),
        honest_lost=_ids(answer for answer in honest if answer.judged.verdict in LOST),
        honest_held=_ids(answer for answer in honest if answer.judged.verdict in {Verdict.HOLD, Verdict.ESCALATE}),
        must_see=len(must_see),
        must_see_published=_ids(answer for answer in must_see if answer.judged.verdict is Verdict.PUBLISH),
        by_kind=_by_kind(known),
    )


def _speed(sample: Sequence[Facts], in_batch: float, reader: Reader, policy: Policy) -> Speed:
    seconds = [_seconds_alone(facts, reader, policy) for facts in sample]
    median, p99, worst = np.percentile(seconds or [0.0], [50, 99, 100]) * 1_000
    return Speed(float(median), float(p99), float(worst), in_batch * 1_000)


def _seconds_alone(facts: Facts, reader: Reader, policy: Policy) -> float:
    began = time.perf_counter()
    judge_batch([facts], reader=reader, policy=policy)
    return time.perf_counter() - began


def _measured(head: str, source: str, answers: Sequence[Answer]) -> Measured:
    verdicts: dict[str, Counter[str]] = {"bad": Counter(), "good": Counter()}
    for answer in answers:
        verdicts["bad" if answer.labelled.labels[head] else "good"][answer.judged.verdict.value] += 1
    return Measured(head, source, measure(*truth_and_scores(answers, head)), verdicts)


def _is_acceptable(answer: Answer) -> bool:
    return answer.judged.verdict in answer.labelled.expected


def _by_kind(answers: Sequence[Answer]) -> dict[str, tuple[int, int]]:
    kinds = sorted({answer.labelled.kind for answer in answers})
    return {
        kind: (
            sum(_is_acceptable(answer) for answer in answers if answer.labelled.kind == kind),
            sum(answer.labelled.kind == kind for answer in answers),
        )
        for kind in kinds
    }


def _ids(answers: Iterator[Answer]) -> list[str]:
    return [str(answer.labelled.comment.id) for answer in answers]
