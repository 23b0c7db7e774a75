"""Rows as one sparse matrix: hashed features first, structural signals in the last columns."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from service.moderation.model import Facts
from service.moderation.reading.features import BUCKETS
from service.moderation.reading.structure import NAMES
from service.moderation.reading.taken_apart import TakenApart, take_apart

WIDTH = BUCKETS + len(NAMES)
_TOGETHER = 64


def matrix_of(batch: Sequence[Facts]) -> csr_matrix:
    """Return the features of every comment, comments x `WIDTH`, exactly as the reader counts them."""
    parts = [_part(take_apart(batch[start : start + _TOGETHER])) for start in range(0, len(batch), _TOGETHER)]
    lengths = np.concatenate([length for _, _, length in parts])
    matrix = csr_matrix(
        (
            np.concatenate([values for values, _, _ in parts]),
            np.concatenate([ids for _, ids, _ in parts]),
            np.concatenate([[0], np.cumsum(lengths)]),
        ),
        shape=(len(batch), WIDTH),
    )
    matrix.sum_duplicates()
    return matrix


def _part(taken: TakenApart) -> tuple[NDArray[np.float32], NDArray[np.int32], NDArray[np.int64]]:
    vectors = [taken.vector(place) for place in range(len(taken.materials))]
    return (
        np.concatenate([vector.values for vector in vectors]).astype(np.float32),
        np.concatenate([vector.ids for vector in vectors]).astype(np.int32),
        np.array([len(vector.ids) for vector in vectors]),
    )
