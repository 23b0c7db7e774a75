"""Metrics are checked against their definitions, worked out by brute force or by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.evaluation.metrics import (
    Estimate,
    Ordered,
    auc,
    calibration_error,
    measure,
    pr_auc,
    recall_at,
    reliability,
)


def arrays(rows):
    """Labels and scores of rows like (1, 0.9)."""
    return np.array([label for label, _ in rows], dtype=np.int64), np.array([float(score) for _, score in rows])


def swept(rows):
    return Ordered(*arrays(rows)).sweep()


ROWS = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 8).map(lambda tenths: tenths / 8)), min_size=2, max_size=40)
BOTH_KINDS = ROWS.filter(lambda rows: len({label for label, _ in rows}) == 2)


class TestRanking:
    """How well the bad are parted from the good."""

    @given(BOTH_KINDS)
    def test_auc_is_the_chance_that_a_bad_one_scores_higher(self, rows):
        """A tie counts half."""
        bad = [score for label, score in rows if label]
        good = [score for label, score in rows if not label]
        wins = sum((b > g) + 0.5 * (b == g) for b in bad for g in good)

        assert auc(swept(rows)) == pytest.approx(wins / len(bad) / len(good))

    @given(BOTH_KINDS)
    def test_recall_never_flags_more_good_ones_than_allowed(self, rows):
        """The bar is the best one that keeps the promise, and equal scores fall on one side of it."""
        bad = [score for label, score in rows if label]
        good = [score for label, score in rows if not label]
        bars = [math.inf, *(score for _, score in rows)]

        for allowed in (0.0, 0.1, 0.5, 1.0):
            best = max(
                sum(score >= bar for score in bad) / len(bad)
                for bar in bars
                if sum(score >= bar for score in good) / len(good) <= allowed
            )
            assert recall_at(swept(rows), allowed) == pytest.approx(best)

    def test_pr_auc_by_hand(self):
        """Bad, good, bad: precision 1 at half of the recall, 2/3 at the whole."""
        assert pr_auc(swept([(1, 0.9), (0, 0.8), (1, 0.7), (0, 0.1)])) == pytest.approx(0.5 * 1 + 0.5 * 2 / 3)

    def test_scores_that_tell_nothing(self):
        """All alike: chance, whatever the order of the rows."""
        rows = [(1, 0.5), (0, 0.5), (0, 0.5), (1, 0.5)]

        assert auc(swept(rows)) == 0.5
        assert pr_auc(swept(rows)) == 0.5
        assert recall_at(swept(rows), 0.01) == 0

    @given(BOTH_KINDS, st.randoms())
    def test_the_order_of_the_rows_does_not_matter(self, rows, random):
        """Nor for ties."""
        shuffled = random.sample(rows, len(rows))

        for metric in (auc, pr_auc, lambda sweep: recall_at(sweep, 0.1)):
            assert metric(swept(rows)) == pytest.approx(metric(swept(shuffled)))


class TestCalibration:
    """Whether 70 % means 70 of a hundred."""

    def test_perfect_and_worst(self):
        """Sure and right is 0; sure and wrong is 1."""
        assert calibration_error(*arrays([(1, 1.0), (0, 0.0)] * 50), bins=2) == 0
        assert calibration_error(*arrays([(0, 1.0), (1, 0.0)] * 50), bins=2) == 1

    def test_by_hand(self):
        """Ten rows said to be 30 % of which half are bad, ten said to be 80 % of which all are."""
        rows = [(n % 2, 0.3) for n in range(10)] + [(1, 0.8)] * 10

        assert calibration_error(*arrays(rows), bins=2) == pytest.approx((0.2 + 0.2) / 2)

    @given(ROWS)
    def test_bins_have_equal_mass(self, rows):
        """Every row is in one bin, and no bin has two rows more than another."""
        sizes = [item.rows for item in reliability(*arrays(rows))]

        assert sum(sizes) == len(rows)
        assert max(sizes) - min(sizes) <= 1

    def test_true_probabilities_have_a_small_error(self):
        """20,000 rows drawn by their own scores."""
        generator = np.random.default_rng(1)
        scores = generator.random(20_000)
        labels = (generator.random(20_000) < scores).astype(np.int64)

        assert calibration_error(labels, scores) < 0.02


class TestMeasure:
    """All figures with their intervals."""

    def rows(self, count=400):
        generator = np.random.default_rng(3)
        labels = (generator.random(count) < 0.3).astype(np.int64)
        return labels, 1 / (1 + np.exp(-(generator.normal(size=count) + 2 * labels - 1)))

    def test_the_same_seed_gives_the_same_figures(self):
        """What the docs say can be checked to the last digit."""
        assert measure(*self.rows()) == measure(*self.rows())

    def test_intervals_hold_the_figure_and_narrow_with_rows(self):
        """Every interval is around its value; sixteen times the rows give about a quarter of the width."""
        few, many = measure(*self.rows(250)).auc, measure(*self.rows(4_000)).auc

        for estimate in (few, many):
            assert 0 <= estimate.low <= estimate.value <= estimate.high <= 1
        assert 2 < (few.high - few.low) / (many.high - many.low) < 8

    def test_the_interval_is_that_of_hanley_and_mcneil(self):
        """Their formula of 1982 for the standard error of the AUC, on rows of normal scores."""
        labels, scores = self.rows(2_000)
        found = measure(labels, scores).auc
        area, bad, good = found.value, int(labels.sum()), int((1 - labels).sum())
        q1, q2 = area / (2 - area), 2 * area**2 / (1 + area)
        variance = (area * (1 - area) + (bad - 1) * (q1 - area**2) + (good - 1) * (q2 - area**2)) / (bad * good)

        assert found.high - found.low == pytest.approx(2 * 1.96 * variance**0.5, rel=0.2)

    def test_rows_of_one_kind_have_no_auc(self):
        """But a calibration error: how sure it is of what is not there."""
        found = measure(np.ones(40, dtype=np.int64), np.full(40, 0.9))

        assert (found.bad, found.good) == (40, 0)
        assert found.auc is found.pr_auc is found.recall_at_1_percent is None
        assert found.calibration_error.value == pytest.approx(0.1)

    def test_a_score_that_is_no_number_is_refused(self):
        """A figure made of NaN would look like any other."""
        with pytest.raises(ValueError, match="numbers"):
            measure(np.array([0, 1]), np.array([0.5, math.nan]))

    def test_as_json(self):
        """Estimates become objects."""
        told = measure(*self.rows()).as_dict()

        assert set(told["auc"]) == set(Estimate._fields)
        assert told["bad"] + told["good"] == 400
