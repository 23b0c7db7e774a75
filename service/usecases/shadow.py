"""Whether a site's new model may take over: it is tried on decisions that it was not trained on."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import NamedTuple

from service.moderation.reading.site_model import Comparison, Sample, SiteModel, compare, fit_site_model
from service.storage.learning import StoredLabel

FEWEST_DECISIONS = 20
FEWEST_OF_EACH = 3
"""Fewer honest or spam ones say nothing about how well the two are told apart."""

LOSS_TOLERANCE = 0.02
AUC_TOLERANCE = 0.02
BURST_TOLERANCE = 0.05
MOST_WEIGHED = 1_000


class Decided(NamedTuple):
    """A label and what the shipped reader made of the comment."""

    label: StoredLabel
    sample: Sample


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a trial found. `on_all` and `on_others` are figures of the old and the new model, if there were enough."""

    is_accepted: bool
    reason: str
    decisions: int = 0
    spam: int = 0
    moderators: int = 0
    on_all: Mapping[str, float] | None = None
    on_others: Mapping[str, float] | None = None
    burst: Mapping[str, object] | None = None

    def as_dict(self) -> dict[str, object]:
        """Plain JSON values, as they are stored beside the model."""
        return asdict(self)


def is_trial(labels: Sequence[StoredLabel]) -> bool:
    """Whether these decisions are enough to compare two models on: 20, with at least 3 of each kind."""
    return len(labels) >= FEWEST_DECISIONS and _has_both(labels)


def try_out(
    old: SiteModel | None, new: SiteModel, decided: Sequence[Decided], *, before: Sequence[Decided], known: int
) -> Outcome:
    """Compare the model that judges (None: the shipped reader alone) with the one that wants to.

    `decided` are the latest decisions, which neither was trained on; `before` are those that the new one was trained
    on. The new one is accepted when it is no worse on all of `decided`; where more than one moderator decided, no
    worse on what the others than the busiest one said; and when the largest burst among the labels after decision
    `known`, the last that the old one knew, does not contradict what was said outside of it.

    No worse means: log loss at most 0.02 nats higher and AUC at most 0.02 lower. A log loss of 0.02 is a probability
    of .98 instead of 1, less than a moderator could see. With the fewest decisions, ten of each kind, one pair in the
    wrong order is .01 of AUC, so that two such pairs are forgiven. A stricter rule would refuse every second model
    that is just as good; a laxer one would let a site slip downhill in steps that nobody notices.
    """
    figures = _compare(old, new, decided)
    others = _of_others(decided)
    on_others = _compare(old, new, others) if others else None
    burst = _largest_burst([*before, *decided], known)
    reason = _complaint(figures, on_others, burst)
    return Outcome(
        is_accepted=reason is None,
        reason=reason or "It is no worse on decisions that it was not trained on.",
        decisions=len(decided),
        spam=sum(item.label.is_spam for item in decided),
        moderators=len({item.label.moderator for item in decided}),
        on_all=asdict(figures),
        on_others=asdict(on_others) if on_others else None,
        burst=burst.as_dict() if burst else None,
    )


@dataclass(frozen=True, slots=True)
class Burst:
    """What one sitting's labels do to the judgement of what was said outside of it: AUC without them and with them."""

    sitting: str
    labels: int
    without: float
    having: float

    @property
    def is_contradicted(self) -> bool:
        return self.having < self.without - BURST_TOLERANCE

    def as_dict(self) -> dict[str, object]:
        """Plain JSON values."""
        return {"sitting": self.sitting, "labels": self.labels, "auc_without": self.without, "auc_with": self.having}


def _largest_burst(decided: Sequence[Decided], known: int) -> Burst | None:
    """Weigh the sitting with most labels after decision `known` against all other labels; None if there are too few.

    Two models are trained on one half of the others' labels, one of them also on the burst, and both are asked about
    the other half. Right labels, however many at once, leave the order of other comments as it was; wrong ones do
    not. AUC, because a wave of spam may well move all probabilities up. The tolerance is wider than the one between
    two models: the halves are small, and only a contradiction is looked for.
    """
    counts = Counter(item.label.sitting for item in decided if item.label.id > known)
    if not counts:
        return None
    sitting, count = min(counts.items(), key=lambda item: (-item[1], item[0]))
    burst = [item for item in decided if item.label.sitting == sitting]
    others = [item for item in decided if item.label.sitting != sitting]
    known_half, asked_half = _halves(others)
    if count < FEWEST_DECISIONS or not all(
        is_trial([item.label for item in half]) for half in (known_half, asked_half)
    ):
        return None
    found = _compare(_fit(known_half), _fit([*known_half, *burst]), asked_half)
    return Burst(sitting, len(burst), found.old_auc, found.new_auc)


def _halves(decided: Sequence[Decided]) -> tuple[Sequence[Decided], Sequence[Decided]]:
    """Two halves of the latest 1,000, each with every second honest and every second spam one."""
    latest = decided[-MOST_WEIGHED:]
    kinds = [[item for item in latest if item.label.is_spam is is_spam] for is_spam in (False, True)]
    return [item for kind in kinds for item in kind[::2]], [item for kind in kinds for item in kind[1::2]]


def _of_others(decided: Sequence[Decided]) -> Sequence[Decided] | None:
    """The decisions of all but the moderator with most of them; None where they are too few of each kind."""
    counts = Counter(item.label.moderator for item in decided)
    busiest = min(counts, key=lambda name: (-counts[name], name))
    others = [item for item in decided if item.label.moderator != busiest]
    return others if _has_both([item.label for item in others]) else None


def _complaint(figures: Comparison, on_others: Comparison | None, burst: Burst | None) -> str | None:
    """Why the new model must not take over; None when it may."""
    if _is_worse(figures):
        return "It is worse on the latest decisions."
    if on_others and _is_worse(on_others):
        return "It is worse on the decisions of the other moderators."
    if burst and burst.is_contradicted:
        return f"{burst.labels} labels of {burst.sitting} contradict what was decided before and beside them."
    return None


def _is_worse(figures: Comparison) -> bool:
    return (
        figures.new_log_loss > figures.old_log_loss + LOSS_TOLERANCE
        or figures.new_auc < figures.old_auc - AUC_TOLERANCE
    )


def _compare(old: SiteModel | None, new: SiteModel, decided: Sequence[Decided]) -> Comparison:
    return compare(old, new, [item.sample for item in decided], [item.label.is_spam for item in decided])


def _fit(decided: Sequence[Decided]) -> SiteModel:
    return fit_site_model([item.sample for item in decided], [item.label.is_spam for item in decided])


def _has_both(labels: Sequence[StoredLabel]) -> bool:
    spam = sum(label.is_spam for label in labels)
    return min(spam, len(labels) - spam) >= FEWEST_OF_EACH
