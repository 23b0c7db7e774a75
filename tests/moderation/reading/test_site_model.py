"""A site's own model: it starts as the shipped reader and moves towards what its moderators decide."""

import re
from functools import cache
from math import fsum

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.moderation.checks.reading import spam_signals
from service.moderation.model import Facts
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


@cache
def _taught() -> SiteModel:
    readings, labels = _readings(40)
    return fit_site_model(readings, labels)


WORDS = st.sampled_from(
    [*WOOD, "zorblex", "idiot", "casino", "http://pills.example/buy", "I", "sanded", "🙂", "lovely"]
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine
@given(
    text=st.lists(WORDS | st.text(max_size=8), max_size=60).map(" ".join),
    name=st.sampled_from(["", "Anna", "zorblex oak"]),
    is_loud=st.booleans(),
)
def test_contributions_add_up_to_the_sites_logit(text: str, name: str, is_loud: bool) -> None:
    """Shipped or learnt, cut or not: nothing that moved this site's score is left out, and nothing is put in."""
    body = text + " casino bonus http://casino.example/buy" * 20 * is_loud
    (reading,) = shipped_reader().read([Facts(body, name)])
    model = _taught()

    explanation = reading.explain(Head.SPAM, model.layer(reading))
    assert fsum(part.value for part in explanation.contributions) == explanation.logit
    assert explanation.logit == pytest.approx(model.logit(reading), abs=1e-9)
    assert explanation.probability == pytest.approx(model.probability(reading), abs=1e-9)


def test_a_logit_beyond_what_counts_is_explained_as_cut() -> None:
    """The parts of a shipped logit of 20 are those of the 8 that the site's model heard."""
    body = "Buy viagra and cialis, casino bonus http://casino.example/buy http://pills.example " * 12
    (reading,) = shipped_reader().read([facts(body, author_name="Buy Viagra Online")])
    model = SiteModel(np.zeros(0, dtype=np.int64), np.zeros(0), (0.9, 0.2), -0.3, 1.2, 0.1, 40)

    assert reading.logit(Head.SPAM) > 8
    assert reading.explain(Head.SPAM, model.layer(reading)).logit == pytest.approx(model.logit(reading), abs=1e-9)


def test_without_decisions_the_explanation_is_the_shipped_one() -> None:
    """Word for word."""
    readings, _ = _readings(2)
    model = fit_site_model([], [])

    for reading in readings:
        own = {part.words: part.value for part in reading.explain(Head.SPAM, model.layer(reading)).contributions}
        shipped = {part.words: part.value for part in reading.explain(Head.SPAM).contributions}
        assert own == pytest.approx(shipped | dict.fromkeys(own.keys() - shipped.keys(), 0.0))


def test_the_word_that_decided_is_named_and_marked() -> None:
    """What this site's moderators taught is what its readers' comments are told."""
    known = facts("I think this one is from zorblex, no?", site_model=_taught(), site_model_version=1)
    (reading,) = shipped_reader().read([known])
    (signal,) = spam_signals(known, reading)

    assert reading.probability(Head.SPAM) < 0.2
    assert signal.score > 0.5
    assert re.match(r"Reads like spam \(\d+ %\): “zorblex” \+", signal.detail)
    assert "Earlier decisions of this site raise it" in signal.detail
    assert "zorblex" in {known.body[span.start : span.end] for span in signal.spans}
