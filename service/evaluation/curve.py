"""Curve: what a site's own model knows after so many decisions, measured on the comments that came after them."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from service.evaluation.metrics import Figures, Floats, measure
from service.moderation.reading.heads import Head
from service.moderation.reading.linear import probability
from service.moderation.reading.site_model import Read, SiteModel, fit_site_model

CHECKPOINTS = (0, 10, 50, 200, 1_000)
FEWEST_FOLLOWING = 30
"""Comments after a checkpoint below which nothing is said about them."""


class Point(NamedTuple):
    """After so many decisions: how well the comments that follow are judged (prequential, Dawid 1984)."""

    decisions: int
    following: int
    figures: Figures

    def as_dict(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {"decisions": self.decisions, "following": self.following, **self.figures.as_dict()}


def learning_curve(
    readings: Sequence[Read],
    labels: Sequence[int],
    *,
    head: Head = Head.SPAM,
    checkpoints: Sequence[int] = CHECKPOINTS,
    done: Callable[[int], None] = lambda _decisions: None,
) -> Iterator[Point]:
    """Yield a point for each checkpoint: the model is fitted on what came before it and asked about what comes after.

    The comments are taken in the order given, as a moderator would meet them. Checkpoint 0 is the shipped model alone.
    `done` is told each checkpoint that is behind us.
    """
    model: SiteModel | None = None
    for decisions in checkpoints:
        if len(readings) - decisions < FEWEST_FOLLOWING:
            return
        if decisions:
            model = fit_site_model(readings[:decisions], labels[:decisions], previous=model)
        following = readings[decisions:]
        truth = np.array(labels[decisions:], dtype=np.int64)
        yield Point(decisions, len(following), measure(truth, _scores(following, model, head)))
        done(decisions)


def _scores(readings: Sequence[Read], model: SiteModel | None, head: Head) -> Floats:
    if model is None:
        return np.array([probability(reading.logit(head)) for reading in readings])
    return np.array([model.probability(reading) for reading in readings])
