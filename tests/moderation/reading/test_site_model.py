"""A site's own model: it starts as the shipped reader and moves towards what its moderators decide."""

import pytest

from service.moderation.reading.heads import Head
from service.moderation.reading.reader import Reading, shipped_reader
from service.moderation.reading.site_model import (
    Sample,
    SiteModel,
    SiteModelProblem,
    compare,
    fit_site_model,
)
from tests.moderation.comments import facts

WOOD = ("oak", "birch", "maple", "walnut", "cherry", "ash", "pine", "larch")


def _readings(count: int) -> tuple[list[Reading], list[int]]:
    """Every second comment praises a brand that only this site knows as spam."""
    texts = [
        f"The {WOOD[i % 8]} table number {i} from zorblex is lovely"
        if i % 2
        else f"I sanded {WOOD[i % 8]} board {i} by hand today"
        for i in range(count)
    ]
    return shipped_reader().read([facts(text) for text in texts]), [i % 2 for i in range(count)]


def test_without_decisions_it_is_the_shipped_reader() -> None:
    """A new site judges as shipped."""
    readings, _ = _readings(2)

    model = fit_site_model([], [])
    assert [model.logit(reading) for reading in readings] == [reading.logit(Head.SPAM) for reading in readings]


def test_it_learns_what_the_moderators_mean() -> None:
    """After forty decisions a word of the site's own is worth more than all that was shipped."""
    readings, labels = _readings(60)

    model = fit_site_model(readings[:40], labels[:40])
    found = compare(None, model, readings[40:], labels[40:])
    assert found.new_auc > 0.95
    assert found.new_log_loss < found.old_log_loss
    assert 0 < model.probability(readings[40]) < model.probability(readings[41]) < 1


def test_the_same_decisions_give_the_same_bytes() -> None:
    """A model can be checked by training it again, and survives being stored."""
    readings, labels = _readings(30)

    raw = fit_site_model(readings, labels).to_bytes()
    assert raw == fit_site_model(readings, labels).to_bytes()
    stored = SiteModel.from_bytes(raw)
    assert stored.to_bytes() == raw
    with pytest.raises(SiteModelProblem):
        SiteModel.from_bytes(b"nothing")


def test_samples_are_as_good_as_readings() -> None:
    """What a lesson keeps of a comment is enough to learn from it."""
    readings, labels = _readings(30)
    samples = [Sample.of(reading) for reading in readings]

    by_reading, by_sample = fit_site_model(readings, labels), fit_site_model(samples, labels)
    assert by_sample.logit(samples[3]) == pytest.approx(by_reading.logit(readings[3]), abs=1e-2)


def test_one_label_moves_little_of_what_is_unlike_it() -> None:
    """A single decision is no reason to turn everything round."""
    readings, _ = _readings(1)
    (unlike,) = shipped_reader().read([facts("My mother read this twice and rang the clinic the same evening.")])

    model = fit_site_model(readings, [1])
    moved = [abs(model.logit(reading) - reading.logit(Head.SPAM)) for reading in (readings[0], unlike)]
    assert moved[1] < 0.6 * moved[0]


def test_a_label_for_each_reading() -> None:
    """Nobody's decision is given to another comment."""
    readings, _ = _readings(2)

    with pytest.raises(ValueError, match="2 readings and 1 labels"):
        fit_site_model(readings, [1])
