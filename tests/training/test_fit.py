"""Fitting: the same rows give the same bytes."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from service.moderation.reading.features import BUCKETS
from service.moderation.reading.heads import HEADS
from service.moderation.reading.linear import digest
from service.moderation.reading.reader import shipped_reader
from service.moderation.reading.structure import PLACE
from service.training import logistic
from service.training.fit import fit
from service.training.logistic import fit_logistic
from service.training.priors import PRIORS, highest_of
from service.training.synthetic import generate
from service.training.written import read


def test_the_same_rows_give_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """On two hundred rows of our own, with every head, in three steps; the whole takes minutes (docs/accuracy.md)."""
    monkeypatch.setattr(logistic, "MOST_STEPS", 3)
    rows = [*generate(7)[::160], *read(7)[::100]]
    first, second = (digest(fit(rows).weights.to_bytes()) for _ in range(2))

    assert 200 <= len(rows) <= 260
    assert first == second


def test_what_speaks_for_honesty_never_speaks_against_it() -> None:
    """Whatever the rows say: a signal with a negative prior is bounded, the others are free."""
    rows = csr_matrix(np.array([[1.0, 1.0], [1.0, 0.0], [0.0, 1.0], [0.0, 0.0]] * 20))
    bad = np.array([1.0, 1.0, 1.0, 0.0] * 20)
    line = fit_logistic(
        rows, bad, importance=np.ones(80), penalty=np.full(2, 0.1), prior=np.zeros(2), highest=np.array([0.0, np.inf])
    )

    assert line.weights[0] == 0.0
    assert line.weights[1] > 1.0
    for head in HEADS:
        below = {name for name, value in PRIORS[head].items() if value < 0}
        assert {name for name in PRIORS[head] if highest_of(head)[BUCKETS + PLACE[name]] == 0.0} == below


def test_the_shipped_weights_keep_to_it() -> None:
    """They were trained so; the calibration only scales them."""
    weights = shipped_reader().weights
    for column, head in enumerate(HEADS):
        assert (weights.signals[:, column] <= highest_of(head)[BUCKETS:]).all(), head
