"""One linear model with a column for each head: 8-bit weights for hashed features, plain ones for structural signals.

    logit = bias + sum over channels that the head hears of value * sum of weights
                 + sum over signals of strength * weight

The 8-bit weights of a head share one scale. Calibration is folded into the weights, so that the logistic function of
the logit is the probability.
"""

import json
import zlib
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.moderation.reading.features import BODY_CHANNELS, BUCKETS, CHANNELS, Hashed
from service.moderation.reading.heads import BY_FIELDS, HEADS
from service.moderation.reading.structure import NAMES

_MAGIC = b"GREENROOM-READER-1\n"

Floats = NDArray[np.float64]

HEARS: Floats = np.array(
    [[float(channel in BODY_CHANNELS or head in BY_FIELDS) for head in HEADS] for channel in range(len(CHANNELS))]
)
"""1 where a head listens to a channel, else 0; channels x heads."""


class Vector(NamedTuple):
    """One comment as a sparse vector: ascending places and their values; structural signals begin at `BUCKETS`."""

    ids: NDArray[np.integer]
    values: NDArray[np.floating]


class WeightsProblem(ValueError):
    """The bytes are not the weights of a reader, or of one that counts other signals."""


@dataclass(frozen=True, slots=True)
class Weights:
    """`table`: int8, buckets x heads; `scales` and `bias`: one for each head; `signals`: signals x heads."""

    table: NDArray[np.int8]
    scales: Floats
    signals: Floats
    bias: Floats
    trained_on: tuple[str, ...] = ()

    def logits(self, channels: list[Hashed], values: Floats, signals: Floats) -> Floats:
        """Return the logits, comments x heads, from the features of each channel, their values and the signals.

        `values` is channels x comments, `signals` is comments x signals.
        """
        total = signals @ self.signals + self.bias
        for channel, value, hears in zip(channels, values, HEARS, strict=True):
            total += self._sums(channel) * value[:, None] * hears
        return total

    def _sums(self, channel: Hashed) -> Floats:
        """Return for each comment the sum of the weights of its features, comments x heads."""
        if not len(channel.ids):
            return np.zeros((len(channel.bounds) - 1, len(HEADS)))
        rows = self.table.take(channel.ids, axis=0).astype(np.int32)
        is_filled = np.diff(channel.bounds) > 0
        sums = np.zeros((len(is_filled), len(HEADS)), dtype=np.int64)
        # reduceat gives the next element where a segment is empty, so the empty ones are left out.
        sums[is_filled] = np.add.reduceat(rows, channel.bounds[:-1][is_filled], axis=0)
        return sums * self.scales

    def to_bytes(self) -> bytes:
        """Return the weights as they are shipped; equal weights give equal bytes."""
        header = {"buckets": BUCKETS, "heads": list(HEADS), "signals": _names_digest(), "trained_on": self.trained_on}
        parts = (self.scales, self.bias, self.signals)
        numbers = b"".join(np.ascontiguousarray(part, dtype="<f4").tobytes() for part in parts)
        # Head by head, because the weights of one head are alike and pack better.
        body = zlib.compress(numbers + np.ascontiguousarray(self.table.T).tobytes(), 9)
        return _MAGIC + json.dumps(header, sort_keys=True).encode() + b"\n" + body


def from_bytes(raw: bytes) -> Weights:
    """Return the weights that `Weights.to_bytes` wrote. Raises WeightsProblem."""
    if not raw.startswith(_MAGIC):
        raise WeightsProblem("not the weights of a reader; `greenroom train` writes them")
    head, _, body = raw[len(_MAGIC) :].partition(b"\n")
    header = json.loads(head)
    if (header["buckets"], header["signals"]) != (BUCKETS, _names_digest()):
        raise WeightsProblem("the weights are of another version of the features; run `greenroom train`")
    unpacked = zlib.decompress(body)
    heads, names = len(HEADS), len(NAMES)
    count = heads * (2 + names)
    numbers = np.frombuffer(unpacked, dtype="<f4", count=count).astype(np.float64)
    table = np.frombuffer(unpacked, dtype=np.int8, offset=4 * count).reshape(heads, BUCKETS)
    return Weights(
        table=np.ascontiguousarray(table.T),
        scales=numbers[:heads],
        bias=numbers[heads : 2 * heads],
        signals=numbers[2 * heads :].reshape(names, heads),
        trained_on=tuple(header["trained_on"]),
    )


def digest(raw: bytes) -> str:
    """Return the SHA-256 of shipped weights in hexadecimal."""
    return sha256(raw).hexdigest()


def probability(logit: float) -> float:
    """Return the logistic function of a logit."""
    return float(1.0 / (1.0 + np.exp(-np.clip(logit, -60.0, 60.0))))


def _names_digest() -> str:
    return sha256("\n".join(NAMES).encode()).hexdigest()[:16]
