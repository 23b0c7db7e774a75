"""What is counted, and that each figure is the one that its name says."""

from types import SimpleNamespace

import pytest

from service.evaluation.comments import Comment, Labelled
from service.evaluation.judging import SCORES, Judged, batches
from service.evaluation.report import Answer, compare_with_expected, measure_heads
from service.moderation.model import Facts, Verdict

READING = SimpleNamespace(probability=lambda _head: 0.25, model_version="none")


def answer(verdict, number=0, *, source="blog", score=0.0, **labelled):
    """A comment with this verdict; every score of it is the same."""
    comment = Comment(f"c{number}", Facts("Hello", "Anna"))
    judged = Judged(Verdict(verdict), (), dict.fromkeys(SCORES, score), (), READING)
    return Answer(Labelled(comment, source, **labelled), judged)


def expected(verdict, number, *accepted, **labelled):
    return answer(verdict, number, expected=frozenset(map(Verdict, accepted)), **labelled)


class TestExpectations:
    """Verdicts beside those that people would accept."""

    def test_each_kind_of_failure_is_counted_by_itself(self):
        """Lost is spam or rejected: a held comment waits for somebody."""
        found = compare_with_expected(
            [
                expected("publish", 1, "publish", kind="honest"),
                expected("hold", 2, "publish", kind="honest"),
                expected("spam", 3, "publish", "hold", kind="honest"),
                expected("reject", 4, "publish", kind="honest"),
                expected("escalate", 5, "publish", "hold", kind="honest"),
                expected("escalate", 6, "escalate", "hold", kind="crisis", must_not_publish=True),
                expected("publish", 7, "escalate", "hold", kind="crisis", must_not_publish=True),
                expected("publish", 8, "spam", kind="spam"),
                answer("spam", 9),
            ]
        )

        assert (found.comments, found.acceptable, found.share) == (8, 2, 0.25)
        assert (found.honest, found.honest_lost, found.honest_held) == (5, ["c3", "c4"], ["c2", "c5"])
        assert (found.must_see, found.must_see_published) == (2, ["c7"])
        assert found.by_kind == {"crisis": (1, 2), "honest": (1, 5), "spam": (0, 1)}

    def test_nothing_is_said_where_nothing_was_expected(self):
        """Labels alone are no verdicts."""
        assert compare_with_expected([answer("hold", labels={"spam": 1})]) is None


class TestHeads:
    """Figures of each head and source."""

    ROWS = (
        answer("spam", source="blog", score=0.9, labels={"spam": 1}),
        answer("publish", source="blog", score=0.1, labels={"spam": 0}),
        answer("hold", source="wiki", score=0.2, labels={"spam": 1, "toxicity": 0}),
        answer("publish", source="wiki", score=0.3, labels={"spam": 0, "toxicity": 1}),
    )

    def test_rows_without_a_truth_for_a_head_are_left_out(self):
        """Of four rows two speak of toxicity, none of crisis."""
        found = {item.head: item for item in measure_heads(self.ROWS)}

        assert set(found) == {"spam", "toxicity"}
        assert (found["spam"].figures.bad, found["spam"].figures.good) == (2, 2)
        assert (found["toxicity"].figures.bad, found["toxicity"].figures.good) == (1, 1)
        assert found["spam"].figures.auc.value == pytest.approx(0.75)

    def test_by_source_each_has_its_own_figures(self):
        """And all of them come last."""
        found = list(measure_heads(self.ROWS, heads=("spam",), is_by_source=True))

        assert [item.source for item in found] == ["blog", "wiki", "all"]
        assert [item.figures.auc.value for item in found] == [1.0, 0.0, 0.75]

    def test_verdicts_are_counted_by_truth(self):
        """A table of two rows and five columns."""
        (found,) = measure_heads(self.ROWS, heads=("spam",))

        assert found.verdicts == {"bad": {"spam": 1, "hold": 1}, "good": {"publish": 2}}

    def test_a_threat_is_measured_by_its_own_head(self):
        """It has no score of its own in the output, being told as toxicity."""
        rows = [answer("hold", score=1.0, labels={"threat": 0})]
        (found,) = measure_heads(rows, heads=("threat",))

        assert found.figures.calibration_error.value == pytest.approx(0.25)


def test_batches_keep_the_order_and_lose_nothing():
    """The last one is shorter."""
    sizes = [len(batch) for batch in batches(range(130))]

    assert sizes == [64, 64, 2]
    assert [item for batch in batches(range(130)) for item in batch] == list(range(130))
