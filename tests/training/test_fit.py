"""Fitting: the same rows give the same bytes."""

import pytest

from service.moderation.reading.linear import digest
from service.training import logistic
from service.training.fit import fit
from service.training.synthetic import generate
from service.training.written import read


def test_the_same_rows_give_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """On two hundred rows of our own, with every head, in few steps; the whole takes minutes (docs/accuracy.md)."""
    monkeypatch.setattr(logistic, "MOST_STEPS", 15)
    rows = [*generate(7)[::160], *read(7)[::100]]
    first, second = (digest(fit(rows).weights.to_bytes()) for _ in range(2))

    assert 200 <= len(rows) <= 260
    assert first == second
