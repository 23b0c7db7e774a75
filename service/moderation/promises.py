"""Promises: how far a site may publish without review so that what it promised its readers holds."""

from collections.abc import Iterator, Sequence
from math import lgamma, log, log1p

import numpy as np
from numpy.typing import ArrayLike, NDArray

CONFIDENCE = 0.95


def publish_below(
    scores: ArrayLike, is_bad: ArrayLike, *, promise: float, confidence: float = CONFIDENCE
) -> float | None:
    """Return the highest score under which the share of bad comments is at most `promise`, as far as one can know.

    A comment scored below the result may be published without review. `scores` are probabilities that a model gave
    before it knew the decision, `is_bad` the decisions, one each. The share is known as its one-sided upper bound of
    Clopper and Pearson ("The use of confidence or fiducial limits", Biometrika 26, 1934), which is exact for every
    number of decisions: with none bad, a promise of 1 % takes 299 of them at 95 %. None when no score will do.

    Raises ValueError when `promise` or `confidence` is not between 0 and 1.
    """
    if not 0 < promise < 1 or not 0 < confidence < 1:
        message = f"a promise and a confidence lie between 0 and 1, not {promise} and {confidence}"
        raise ValueError(message)
    ordered, bad = _in_order(scores, is_bad)
    kept = [
        bound
        for bound, count, failures in _candidates(ordered, bad)
        if is_kept(failures, count, promise=promise, confidence=confidence)
    ]
    return kept[-1] if kept else None


def is_kept(bad: int, count: int, *, promise: float, confidence: float = CONFIDENCE) -> bool:
    """Whether `bad` of `count` leave no doubt, at this confidence, that the share is at most `promise`.

    That is the case when so few would be bad at most as often as `1 - confidence` if the share were `promise`: the
    upper bound of Clopper and Pearson is then at most `promise`.
    """
    if bad >= promise * count:
        return False
    failures = np.arange(bad + 1)
    logs = (
        lgamma(count + 1)
        - np.array([lgamma(k + 1) + lgamma(count - k + 1) for k in failures.tolist()])
        + failures * log(promise)
        + (count - failures) * log1p(-promise)
    )
    return float(np.exp(logs).sum()) <= 1 - confidence


def _in_order(scores: ArrayLike, is_bad: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    given, bad = np.asarray(scores, dtype=np.float64), np.asarray(is_bad, dtype=np.bool_)
    order = np.argsort(given, kind="stable")
    return given[order], bad[order]


def _candidates(scores: NDArray[np.float64], bad: NDArray[np.bool_]) -> Iterator[tuple[float, int, int]]:
    """Yield each bound with how many comments stand below it and how many of those are bad; equals stay together."""
    failures: Sequence[int] = np.cumsum(bad).tolist()
    for place, score in enumerate(scores.tolist()):
        following = float(scores[place + 1]) if place + 1 < len(scores) else 1.0
        if following > score:
            yield following, place + 1, failures[place]
