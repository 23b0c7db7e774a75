"""A site's own model: logistic regression over the reader's vector, with the shipped logits among the features.

With no decisions it is the shipped reader; every decision moves it, words it has seen often most. Fitted by L-BFGS
(Nocedal 1980) from fixed starts, so the same decisions give the same model, and calibrated on predictions of models
that had not seen the decision (Platt 1999).
"""

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from service.moderation.reading.descent import least
from service.moderation.reading.explain import Layer
from service.moderation.reading.features import BUCKETS
from service.moderation.reading.heads import Head
from service.moderation.reading.linear import Floats, Vector, probability

_MAGIC = b"GREENROOM-SITE-1\n"
SHIPPED = (Head.SPAM, Head.TOXICITY)
"""The shipped logits that are features; the first starts at its full weight."""

SHIPPED_AS: Mapping[Head, str] = {Head.TOXICITY: "what reads like an insult, hatred or contempt"}
"""How an explanation names the shipped logits that are no logits of spam."""

PENALTY_OF_WORDS = 0.25
PENALTY_OF_SIGNALS = 1.0
PENALTY_OF_LOGITS = 3.0
PENALTY_OF_BIAS = 0.5
LOUDNESS = 2.0
"""Factor of the hashed features, whose values are small beside signals from 0 to 1."""

MOST_LOGIT = 8.0
FOLDS = 5
FEWEST_TO_CALIBRATE = 8
"""Decisions of each kind below which the shipped calibration is kept."""


class SiteModelProblem(ValueError):
    """The bytes are not a site's model."""


class Read(Protocol):
    """What was read of a comment: a `Reading`, or the `Sample` kept of one."""

    @property
    def vector(self) -> Vector:
        """The comment as a sparse vector."""

    def logit(self, head: Head) -> float:
        """Return the shipped logit of a head."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What a lesson keeps of a reading: no text, a few kilobytes."""

    vector: Vector
    logits: tuple[float, ...]

    def logit(self, head: Head) -> float:
        """Return the shipped logit of spam or toxicity."""
        return self.logits[SHIPPED.index(head)]

    @classmethod
    def of(cls, reading: Read) -> "Sample":
        """Keep what is needed of a reading."""
        vector = Vector(reading.vector.ids.astype(np.int32), reading.vector.values.astype(np.float32))
        return cls(vector, tuple(reading.logit(head) for head in SHIPPED))


@dataclass(frozen=True, slots=True, eq=False)
class SiteModel:
    """`ids` ascending with their `weights`; `shares` of the shipped logits; `slope` and `shift` calibrate."""

    ids: NDArray[np.int64]
    weights: Floats
    shares: tuple[float, ...]
    bias: float
    slope: float
    shift: float
    decisions: int

    def logit(self, reading: Read) -> float:
        """Return the calibrated logit of spam at this site."""
        return self.slope * self._raw(reading) + self.shift

    def probability(self, reading: Read) -> float:
        """Return the calibrated probability, 0 to 1, that this site's moderators call it spam."""
        return probability(self.logit(reading))

    def layer(self, reading: Read) -> Layer:
        """Return this model as a layer over the shipped sum of spam, so that it can be explained exactly."""
        logit = reading.logit(Head.SPAM)
        # A logit beyond what counts is cut: each of its parts then counts for as much less.
        kept = _bounded(logit) / logit if logit else 1.0
        shares = dict(zip(SHIPPED, self.shares, strict=True))
        return Layer(
            share=self.slope * shares[Head.SPAM] * kept,
            start=self.slope * self.bias + self.shift,
            weights=self._added_by,
            others=tuple(
                (words, self.slope * shares[head] * _bounded(reading.logit(head))) for head, words in SHIPPED_AS.items()
            ),
        )

    def _added_by(self, places: NDArray[np.int64]) -> Floats:
        """What a value of 1 at each place of a vector adds to the calibrated logit."""
        if not len(self.ids):
            return np.zeros(len(places))
        found = np.minimum(np.searchsorted(self.ids, places), len(self.ids) - 1)
        weights = np.where(self.ids[found] == places, self.slope * self.weights[found], 0.0)
        return np.where(places < BUCKETS, LOUDNESS * weights, weights)

    def _raw(self, reading: Read) -> float:
        vector = _loud(reading.vector)
        shipped = sum(share * _bounded(reading.logit(head)) for share, head in zip(self.shares, SHIPPED, strict=True))
        if not len(self.ids):
            return self.bias + shipped
        places = np.minimum(np.searchsorted(self.ids, vector.ids), len(self.ids) - 1)
        is_known = self.ids[places] == vector.ids
        return self.bias + shipped + float(vector.values[is_known] @ self.weights[places[is_known]])

    def to_bytes(self) -> bytes:
        """Return the model as it is stored; equal models give equal bytes."""
        numbers = {"shares": self.shares, "bias": self.bias, "slope": self.slope, "shift": self.shift}
        header = json.dumps({**numbers, "decisions": self.decisions, "count": len(self.ids)}, sort_keys=True)
        body = self.ids.astype("<i4").tobytes() + self.weights.astype("<f4").tobytes()
        return _MAGIC + header.encode() + b"\n" + zlib.compress(body, 6)

    @classmethod
    def from_bytes(cls, raw: bytes) -> "SiteModel":
        """Return the model that `to_bytes` wrote. Raises SiteModelProblem."""
        if not raw.startswith(_MAGIC):
            raise SiteModelProblem("not a site's model")
        head, _, packed = raw[len(_MAGIC) :].partition(b"\n")
        header, body = json.loads(head), zlib.decompress(packed)
        count = header["count"]
        return cls(
            ids=np.frombuffer(body, dtype="<i4", count=count).astype(np.int64),
            weights=np.frombuffer(body, dtype="<f4", offset=4 * count).astype(np.float64),
            shares=tuple(header["shares"]),
            bias=header["bias"],
            slope=header["slope"],
            shift=header["shift"],
            decisions=header["decisions"],
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """Log loss (nats) and AUC of two models on the same decisions; the old one may be the shipped reader alone."""

    old_log_loss: float
    new_log_loss: float
    old_auc: float
    new_auc: float


class _Table(NamedTuple):
    """Decisions as a sparse matrix; the last columns are the shipped logits and the bias."""

    ids: NDArray[np.int64]
    columns: NDArray[np.int64]
    values: Floats
    starts: NDArray[np.int64]
    rows: NDArray[np.int64]

    @property
    def width(self) -> int:
        return len(self.ids) + len(SHIPPED) + 1

    def times(self, weights: Floats) -> Floats:
        return np.asarray(np.add.reduceat(self.values * weights[self.columns], self.starts), dtype=np.float64)

    def turned_times(self, slopes: Floats) -> Floats:
        sums = np.bincount(self.columns, weights=self.values * slopes[self.rows], minlength=self.width)
        return sums.astype(np.float64, copy=False)


def fit_site_model(readings: Sequence[Read], labels: Sequence[int], *, previous: SiteModel | None = None) -> SiteModel:
    """Return the model of these decisions (1 or true is spam). `previous` only says where the search begins.

    Raises ValueError when there is not one label for each reading.
    """
    if len(readings) != len(labels):
        raise ValueError(f"{len(readings)} readings and {len(labels)} labels")
    truth = np.array(labels, dtype=np.float64)
    model = _uncalibrated(readings, truth, previous)
    slope, shift = _calibration(readings, truth, model)
    return SiteModel(model.ids, model.weights, model.shares, model.bias, slope, shift, len(labels))


def compare(old: SiteModel | None, new: SiteModel, readings: Sequence[Read], labels: Sequence[int]) -> Comparison:
    """Return how the two models do on decisions, which neither should have been trained on."""
    truth = np.array(labels, dtype=np.float64)
    before = np.array([old.logit(reading) if old else reading.logit(Head.SPAM) for reading in readings])
    after = np.array([new.logit(reading) for reading in readings])
    return Comparison(_log_loss(before, truth), _log_loss(after, truth), _auc(before, truth), _auc(after, truth))


def _uncalibrated(readings: Sequence[Read], truth: Floats, previous: SiteModel | None = None) -> SiteModel:
    if not len(truth):
        return _untaught()
    table = _table(readings)
    size = len(table.ids)
    prior = np.zeros(table.width)
    prior[size] = 1.0
    penalty = np.where(table.ids < BUCKETS, PENALTY_OF_WORDS, PENALTY_OF_SIGNALS)
    penalty = np.append(penalty, [PENALTY_OF_LOGITS] * len(SHIPPED) + [PENALTY_OF_BIAS])
    signs = 2.0 * truth - 1.0

    def loss(weights: Floats) -> tuple[float, Floats]:
        margins = signs * table.times(weights)
        pull = weights - prior
        slopes = -signs / (1.0 + np.exp(np.minimum(margins, 500.0)))
        value = float(np.logaddexp(0.0, -margins).sum() + 0.5 * penalty @ (pull * pull))
        return value, table.turned_times(slopes) + penalty * pull

    found = least(loss, _start(table, prior, previous))
    shares = tuple(float(share) for share in found[size:-1])
    return SiteModel(table.ids, found[:size], shares, float(found[-1]), 1.0, 0.0, len(truth))


def _untaught() -> SiteModel:
    shares = (1.0,) + (0.0,) * (len(SHIPPED) - 1)
    return SiteModel(np.zeros(0, dtype=np.int64), np.zeros(0), shares, 0.0, 1.0, 0.0, 0)


def _table(readings: Sequence[Read]) -> _Table:
    vectors = [_loud(reading.vector) for reading in readings]
    ids, found = np.unique(np.concatenate([vector.ids for vector in vectors]), return_inverse=True)
    lengths = np.array([len(vector.ids) for vector in vectors])
    extra = len(SHIPPED) + 1
    starts = np.concatenate([[0], np.cumsum(lengths + extra)])
    columns, values = np.empty(starts[-1], dtype=np.int64), np.empty(starts[-1])
    is_extra = np.zeros(starts[-1], dtype=bool)
    is_extra[(starts[1:, None] - np.arange(extra, 0, -1)).ravel()] = True
    columns[~is_extra] = found
    values[~is_extra] = np.concatenate([vector.values for vector in vectors])
    columns[is_extra] = np.tile(len(ids) + np.arange(extra), len(vectors))
    values[is_extra] = [
        value for reading in readings for value in (*(_bounded(reading.logit(head)) for head in SHIPPED), 1.0)
    ]
    return _Table(ids, columns, values, starts[:-1], np.repeat(np.arange(len(vectors)), lengths + extra))


def _start(table: _Table, prior: Floats, previous: SiteModel | None) -> Floats:
    start = prior.copy()
    if previous is not None:
        _, here, there = np.intersect1d(table.ids, previous.ids, assume_unique=True, return_indices=True)
        start[here] = previous.weights[there]
        start[len(table.ids) :] = [*previous.shares, previous.bias]
    return start


def _calibration(readings: Sequence[Read], truth: Floats, whole: SiteModel) -> tuple[float, float]:
    """Return slope and shift from predictions of models that had not seen the decision."""
    if min(truth.sum(), len(truth) - truth.sum()) < FEWEST_TO_CALIBRATE:
        return 1.0, 0.0
    folds = np.arange(len(truth)) % FOLDS
    logits = np.empty(len(truth))
    for fold in range(FOLDS):
        chosen = folds != fold
        model = _uncalibrated([readings[place] for place in np.flatnonzero(chosen).tolist()], truth[chosen], whole)
        for place in np.flatnonzero(~chosen).tolist():
            logits[place] = model.logit(readings[place])
    signs = 2.0 * truth - 1.0

    def loss(point: Floats) -> tuple[float, Floats]:
        margins = signs * (point[0] * logits + point[1])
        slopes = -signs / (1.0 + np.exp(np.minimum(margins, 500.0)))
        pull = point - np.array([1.0, 0.0])
        return (
            float(np.logaddexp(0.0, -margins).sum() + pull @ pull),
            np.array([slopes @ logits, slopes.sum()]) + 2.0 * pull,
        )

    slope, shift = least(loss, np.array([1.0, 0.0]))
    return max(0.05, float(slope)), float(shift)


def _loud(vector: Vector) -> Vector:
    return Vector(vector.ids, np.where(vector.ids < BUCKETS, vector.values * LOUDNESS, vector.values))


def _bounded(logit: float) -> float:
    return max(-MOST_LOGIT, min(MOST_LOGIT, logit))


def _log_loss(logits: Floats, truth: Floats) -> float:
    return float(np.logaddexp(0.0, -(2.0 * truth - 1.0) * logits).mean()) if len(truth) else 0.0


def _auc(logits: Floats, truth: Floats) -> float:
    """Return the probability that a spam comment scores above an honest one; 0.5 where one kind is missing."""
    bad = int(truth.sum())
    if bad in {0, len(truth)}:
        return 0.5
    _, inverse, counts = np.unique(logits, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    return float((ranks[truth > 0].sum() - bad * (bad + 1) / 2) / (bad * (len(truth) - bad)))
