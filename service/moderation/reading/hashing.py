"""Hashes of every substring that is asked for, of a whole batch of texts at once.

A polynomial hash modulo 2^64 (Karp and Rabin 1987) of the prefixes is one cumulative sum; because the base is odd it
has an inverse, so the hash of any substring is a difference and a product. One finaliser (Stafford's mix 13, as in
SplitMix64) then spreads it over the buckets.
"""

from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Places: TypeAlias = NDArray[np.int64]
Hashes: TypeAlias = NDArray[np.uint64]

_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)
_WORD = np.uint64(64)


@lru_cache(maxsize=8)
def _powers(base: int, count: int) -> Hashes:
    powers = np.full(count, base, dtype=np.uint64)
    powers[0] = 1
    return np.multiply.accumulate(powers, dtype=np.uint64)


def code_points(text: str) -> NDArray[np.uint32]:
    """Return the code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


class Prefixes:
    """The hashes of all prefixes of one text (usually a batch joined by spaces)."""

    def __init__(self, points: NDArray[np.uint32]) -> None:
        """Read the text once."""
        size = 1 << int(len(points) + 1).bit_length()
        self._inverse = _powers(_INVERSE, size)
        self._sums = np.zeros(len(points) + 1, dtype=np.uint64)
        np.cumsum(points.astype(np.uint64) * _powers(_BASE, size)[: len(points)], out=self._sums[1:])

    def hashes(self, starts: Places, ends: Places, salts: Hashes) -> Hashes:
        """Return one hash for each substring; equal substrings of equal salt have equal hashes wherever they stand."""
        return mix((self._sums[ends] - self._sums[starts]) * self._inverse[starts] + salts)


def mix(hashes: Hashes) -> Hashes:
    """Spread hashes over all 64 bits."""
    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return hashes ^ (hashes >> np.uint64(31))


def bucket(hashes: Hashes, bits: int) -> NDArray[np.int64]:
    """Return the top `bits` of each hash."""
    return (hashes >> (_WORD - np.uint64(bits))).astype(np.int64)
