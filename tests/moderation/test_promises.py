"""Promises to readers: publish without review only as far as the site's own decisions carry."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.moderation.promises import is_kept, publish_below


@pytest.mark.parametrize(
    ("bad", "count", "promise", "expected"),
    [
        (0, 299, 0.01, True),
        (0, 298, 0.01, False),
        (1, 473, 0.01, True),
        (1, 472, 0.01, False),
        (0, 59, 0.05, True),
        (0, 58, 0.05, False),
        (3, 153, 0.05, True),
        (3, 152, 0.05, False),
    ],
)
def test_the_bound_is_that_of_clopper_and_pearson(bad: int, count: int, promise: float, expected: bool) -> None:
    """The published sample sizes for 95 %: 299, 473 for 1 %; 59, 153 for 5 % (one-sided, zero or few failures)."""
    assert is_kept(bad, count, promise=promise) is expected


def test_too_few_decisions_promise_nothing() -> None:
    """Not even when every one of them was good."""
    assert publish_below([0.1] * 298, [False] * 298, promise=0.01) is None
    assert publish_below([], [], promise=0.01) is None


def test_with_enough_good_ones_all_of_the_kind_may_pass() -> None:
    """Nothing bad was ever seen: anything below certainty is published."""
    assert publish_below([0.1] * 299, [False] * 299, promise=0.01) == 1.0


def test_it_is_the_highest_threshold_that_keeps_the_promise() -> None:
    """Below .4 nothing is bad, above half of it is: the threshold is the first score above."""
    low, high = np.linspace(0.0, 0.4, 400), np.linspace(0.5, 1.0, 100)
    scores = np.concatenate([high, low])
    is_bad = np.concatenate([np.arange(100) % 2 == 0, np.zeros(400, dtype=bool)])

    found = publish_below(scores, is_bad, promise=0.01)

    assert found is not None
    assert 0.4 < found <= 0.51
    assert publish_below(scores, is_bad, promise=0.2) > found


def test_equal_scores_stay_together() -> None:
    """A threshold can't publish one of two comments that scored the same."""
    scores, is_bad = [0.1] * 299 + [0.2] * 50, [False] * 299 + [True] * 25 + [False] * 25

    assert publish_below(scores, is_bad, promise=0.01) == 0.2


@pytest.mark.parametrize(("promise", "confidence"), [(0.0, 0.95), (1.0, 0.95), (-1, 0.95), (0.01, 0.0), (0.01, 1.0)])
def test_what_can_not_be_promised_is_refused(promise: float, confidence: float) -> None:
    """In a sentence with the number."""
    with pytest.raises(ValueError, match="between 0 and 1"):
        publish_below([0.5], [False], promise=promise, confidence=confidence)


@given(
    st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=400),
    st.sampled_from([0.02, 0.05, 0.2, 0.5]),
)
def test_what_it_lets_pass_always_keeps_the_promise(decided: list[tuple[float, bool]], promise: float) -> None:
    """Whatever was decided: the bound of those below the threshold is within the promise."""
    found = publish_below([score for score, _ in decided], [bad for _, bad in decided], promise=promise)
    if found is not None:
        below = [bad for score, bad in decided if score < found]
        assert is_kept(sum(below), len(below), promise=promise)


def test_it_is_broken_no_oftener_than_said() -> None:
    """On simulated sites, choosing the best threshold breaks the promise in about one of twenty, and then by little."""
    chance = np.random.default_rng(20_261_125)
    broken = 0
    everything = chance.beta(0.15, 3, 100_000)
    for _ in range(100):
        scores = chance.beta(0.15, 3, 1_000)
        found = publish_below(scores, chance.random(1_000) < scores, promise=0.03)
        share = everything[everything < found].mean() if found is not None else 0.0
        broken += share > 0.03
        assert share < 0.045
    assert broken <= 10
