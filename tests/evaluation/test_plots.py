"""The pictures are there, are pictures, and show what they should."""

import numpy as np

from service.evaluation.curve import Point
from service.evaluation.metrics import measure
from service.evaluation.plots import Line, draw_all

PNG = b"\x89PNG\r\n\x1a\n"


def rows(seed, count=300):
    generator = np.random.default_rng(seed)
    labels = (generator.random(count) < 0.3).astype(np.int64)
    return labels, 1 / (1 + np.exp(-(generator.normal(size=count) + 3 * labels - 2)))


def test_every_picture_is_written(tmp_path):
    """Into a folder that is made for them."""
    learning = {"blog, spam": [Point(n, 300, measure(*rows(n))) for n in (0, 10, 50)]}

    written = draw_all(tmp_path / "new" / "plots", [Line("spam, blog", *rows(1))], learning, title="300 comments")

    assert [path.name for path in written] == ["roc.png", "precision-recall.png", "calibration.png", "learning.png"]
    assert all(path.read_bytes().startswith(PNG) for path in written)


def test_rows_of_one_kind_are_left_out(tmp_path):
    """No curve can be drawn of them, and none is made up."""
    assert draw_all(tmp_path, [Line("spam", np.ones(5, dtype=np.int64), np.full(5, 0.9))], {}, title="5 comments") == []
