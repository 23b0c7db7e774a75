"""Rows as sparse matrices: hashed features first, structural signals in the last columns."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix

from service.moderation.model import Facts
from service.moderation.reading.features import BODY_CHANNELS, BUCKETS
from service.moderation.reading.heads import BY_FIELDS, Head
from service.moderation.reading.linear import Vector
from service.moderation.reading.structure import NAMES
from service.moderation.reading.taken_apart import take_apart

WIDTH = BUCKETS + len(NAMES)
_TOGETHER = 64


class Matrices(NamedTuple):
    """Features, comments x `WIDTH`: for heads that read the fields as well, and for those that read the text alone."""

    whole: csr_matrix
    text: csr_matrix

    def seen_by(self, head: Head) -> csr_matrix:
        """Return the features that the reader shows this head."""
        return self.whole if head in BY_FIELDS else self.text


def matrices_of(batch: Sequence[Facts]) -> Matrices:
    """Return the features of every comment, exactly as the reader counts them."""
    whole, text = [], []
    for start in range(0, len(batch), _TOGETHER):
        taken = take_apart(batch[start : start + _TOGETHER])
        places = range(len(taken.materials))
        whole += [taken.vector(place) for place in places]
        text += [taken.vector(place, BODY_CHANNELS) for place in places]
    return Matrices(_matrix(whole), _matrix(text))


def _matrix(vectors: Sequence[Vector]) -> csr_matrix:
    matrix = csr_matrix(
        (
            np.concatenate([vector.values for vector in vectors]).astype(np.float32),
            np.concatenate([vector.ids for vector in vectors]).astype(np.int32),
            np.concatenate([[0], np.cumsum([len(vector.ids) for vector in vectors])]),
        ),
        shape=(len(vectors), WIDTH),
    )
    matrix.sum_duplicates()
    return matrix
