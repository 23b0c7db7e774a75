"""Metrics: how well scores part the bad from the good, and how far they can be taken at their word.

`labels` are 0 (good) and 1 (bad), `scores` are floats of which a higher one is worse; both have the shape (n,). A
metric that the rows cannot give (all of one kind) is None, never a number that looks like one.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Integers: TypeAlias = npt.NDArray[np.int64]

BINS = 15
"""Bins of the calibration error, as in Guo et al. 2017, but of equal mass: scores of comments crowd near 0."""
RESAMPLES = 200
SEED = 20_260
INTERVAL = (2.5, 97.5)
"""Percentiles of the bootstrap: a 95 % interval."""


class Estimate(NamedTuple):
    """A figure and its 95 % interval."""

    value: float
    low: float
    high: float


class Sweep(NamedTuple):
    """What is caught as the bar comes down: shares (k + 1,) of the bad and of the good at or above each distinct score.

    Both begin with 0 and end with 1. `thresholds` (k,) are the scores, highest first; equal scores fall together.
    """

    recall: Floats
    false_positives: Floats
    precision: Floats
    thresholds: Floats


class Bin(NamedTuple):
    """Rows of about the same score: how many, their mean score, and the share that is really bad."""

    rows: int
    predicted: float
    observed: float


@dataclass(frozen=True, slots=True)
class Figures:
    """All that is measured of one head on one set of rows; None where the rows are all of one kind."""

    bad: int
    good: int
    auc: Estimate | None
    pr_auc: Estimate | None
    recall_at_0_1_percent: Estimate | None
    recall_at_1_percent: Estimate | None
    calibration_error: Estimate

    def as_dict(self) -> dict[str, Any]:
        """Return plain JSON values; an estimate becomes an object of value, low and high."""
        return {
            field.name: value._asdict() if isinstance(value := getattr(self, field.name), Estimate) else value
            for field in fields(self)
        }


class Ordered:
    """Rows from the highest score to the lowest: sorted once, so that a resample is a matter of weights."""

    def __init__(self, labels: Integers, scores: Floats) -> None:
        """Sort the rows. Raises ValueError when a score is not a number or nothing is given."""
        if not len(labels) or len(labels) != len(scores) or not np.isfinite(scores).all():
            raise ValueError("labels and scores must be of one length, not empty, and scores must be numbers")
        order = np.argsort(-scores, kind="stable")
        self.labels = labels[order]
        self.scores = scores[order]
        self._ends = np.flatnonzero(np.append(np.diff(self.scores) != 0, True))

    def sweep(self, weights: Integers | None = None) -> Sweep:
        """Return the sweep, each row counted `weights` (n,) times. The rows must be of both kinds."""
        counted = np.ones_like(self.labels) if weights is None else weights
        caught = np.cumsum(counted * self.labels)[self._ends]
        flagged = np.cumsum(counted * (1 - self.labels))[self._ends]
        found = caught + flagged
        precision = np.divide(caught, found, out=np.ones(len(found)), where=found > 0)
        return Sweep(
            _from_zero(caught / caught[-1]), _from_zero(flagged / flagged[-1]), precision, self.scores[self._ends]
        )

    def repeated(self, weights: Integers) -> tuple[Integers, Floats]:
        """Return labels and scores with each row as often as its weight says, highest score first."""
        return np.repeat(self.labels, weights), np.repeat(self.scores, weights)


def auc(sweep: Sweep) -> float:
    """Return the area under the ROC curve.

    It is the chance that a bad row scores higher than a good one, a tie counted half: the rank statistic of
    Hanley & McNeil 1982.
    """
    return float(np.trapezoid(sweep.recall, sweep.false_positives))


def pr_auc(sweep: Sweep) -> float:
    """Return average precision: precision summed over the steps of recall.

    Straight lines between the points would flatter (Davis & Goadrich 2006).
    """
    return float(np.sum(np.diff(sweep.recall) * sweep.precision))


def recall_at(sweep: Sweep, false_positives: float) -> float:
    """Return the share of the bad that is caught while at most this share of the good is flagged."""
    allowed = int(np.searchsorted(sweep.false_positives, false_positives + 1e-12, side="right")) - 1
    return float(sweep.recall[allowed])


def reliability(labels: Integers, scores: Floats, *, bins: int = BINS) -> list[Bin]:
    """Return bins of equal mass from the lowest score to the highest; fewer when there are fewer rows."""
    order = np.argsort(scores, kind="stable")
    parts = np.array_split(order, min(bins, len(order)))
    return [Bin(len(part), float(scores[part].mean()), float(labels[part].mean())) for part in parts]


def calibration_error(labels: Integers, scores: Floats, *, bins: int = BINS) -> float:
    """Return the expected calibration error: the mean distance between score and truth, 0 to 1.

    After Naeini, Cooper & Hauskrecht 2015, over bins of equal mass (Nguyen & O'Connor 2015). Perfect probabilities
    have an error too, by chance, and a larger one on fewer rows.
    """
    found = reliability(labels, scores, bins=bins)
    return sum(item.rows * abs(item.predicted - item.observed) for item in found) / len(labels)


def measure(labels: Integers, scores: Floats, *, resamples: int = RESAMPLES, seed: int = SEED) -> Figures:
    """Return every metric with its interval: a stratified percentile bootstrap (Efron & Tibshirani 1993).

    Bad and good rows are drawn apart, so that every resample has as many of each. The same seed gives the same figures.
    """
    rows = Ordered(labels, scores)
    draws = _draws(rows.labels, resamples, seed)
    bad = int(labels.sum())
    swept: list[Sweep] = []
    if 0 < bad < len(labels):
        swept = [rows.sweep(), *(rows.sweep(draw) for draw in draws)]
    errors = [calibration_error(labels, scores), *(calibration_error(*rows.repeated(draw)) for draw in draws)]
    return Figures(
        bad=bad,
        good=len(labels) - bad,
        auc=_estimate(swept, auc),
        pr_auc=_estimate(swept, pr_auc),
        recall_at_0_1_percent=_estimate(swept, lambda sweep: recall_at(sweep, 0.001)),
        recall_at_1_percent=_estimate(swept, lambda sweep: recall_at(sweep, 0.01)),
        calibration_error=_interval(errors),
    )


def _from_zero(shares: Floats) -> Floats:
    return np.concatenate([[0.0], shares])


def _draws(labels: Integers, resamples: int, seed: int) -> list[Integers]:
    """Return for each resample how often it has drawn each row."""
    generator = np.random.default_rng(seed)
    strata = [np.flatnonzero(labels == kind) for kind in (0, 1)]
    draws = []
    for _ in range(resamples):
        counts = np.zeros(len(labels), dtype=np.int64)
        for stratum in strata:
            if len(stratum):
                drawn = generator.integers(len(stratum), size=len(stratum))
                counts[stratum] = np.bincount(drawn, minlength=len(stratum))
        draws.append(counts)
    return draws


def _estimate(swept: list[Sweep], metric: Callable[[Sweep], float]) -> Estimate | None:
    return _interval([metric(sweep) for sweep in swept]) if swept else None


def _interval(values: list[float]) -> Estimate:
    """Return the first value, between the percentiles of the others."""
    value, *resampled = values
    low, high = np.percentile(resampled or [value], INTERVAL)
    return Estimate(value, float(low), float(high))
