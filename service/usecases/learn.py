"""Learn from what moderators decided: try a site's shadow, let it take over or not, and train the next one.

The pages of a lesson: a model is trained on the latest labels and stored as the shadow. When enough was decided that
it has not seen, it is tried on that (`shadow.try_out`). Whatever goes wrong, the active model stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import structlog
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from service.moderation.model import Facts, Reputation
from service.moderation.promises import publish_below
from service.moderation.reading.reader import Reader
from service.moderation.reading.site_model import Sample, SiteModel, fit_site_model
from service.storage import checking, learning, site_models, sites, tasks
from service.storage.checking import RevisionKey
from service.storage.learning import LearnTask, StoredLabel
from service.storage.site_models import NewModel, Standing, StoredModel
from service.storage.sites import Site
from service.usecases.ask_to_learn import is_enough
from service.usecases.check import facts_of
from service.usecases.shadow import FEWEST_DECISIONS, Decided, is_trial, try_out

HELD_OUT_SHARE = 0.2

READ_AT_ONCE = 64
RETRY_AFTER = timedelta(seconds=5)
BLOCKS = 3
"""The labels, in order, are cut into this many blocks; each is scored by a model that knows only the earlier ones.

More blocks would score more labels, with models that know more, at the price of one more training each.
"""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Learner:
    """What learning needs from outside."""

    engine: Engine
    reader: Reader
    worker: str
    lease: timedelta


class OvertakenError(Exception):
    """Somebody changed the site's models meanwhile; what was found out is about others."""


def catch_up(engine: Engine, reader: Reader) -> list[int]:
    """Ask for learning where the active model is for another release's reader or another promise. Returns the tasks."""
    with engine.begin() as connection:
        behind = {*site_models.outdated(connection, reader.version), *site_models.promising_otherwise(connection)}
        asked = [learning.ask(connection, site_id) for site_id in sorted(behind)]
    return [task_id for task_id in asked if task_id is not None]


def learn_due(learner: Learner) -> int:
    """Learn for one site that is due. Returns how many that were: 1, or 0 when none is.

    The lease is committed before anything else: if the process dies in the middle, the task comes back.
    """
    with learner.engine.begin() as connection:
        task = learning.claim(connection, worker=learner.worker, lease=learner.lease)
    if task is None:
        return 0
    if task.is_worn_out:
        _give_up(learner, task, "the process ended without a word")
        return 1
    try:
        _learn(learner, task)
    except DBAPIError:
        raise
    except Exception as error:  # noqa: BLE001 - noted, tried again, and after the last attempt given up
        log.warning("learning_failed", site=task.site_id, task=task.id, reason=type(error).__name__)
        if task.is_last_attempt:
            _give_up(learner, task, type(error).__name__)
        else:
            _try_again(learner, task)
    return 1


def _learn(learner: Learner, task: LearnTask) -> None:
    library = _Library(learner, task.site_id)
    _try_shadow(learner, task.site_id, library)
    if _is_left_behind(learner, task.site_id):
        _start_over(learner, task.site_id, library)
        _try_shadow(learner, task.site_id, library)
    with learner.engine.begin() as connection:
        standing = site_models.standing(connection, task.site_id)
        is_due = standing.shadow is None and is_enough(learning.progress(connection, task.site_id))
        labels = learning.latest_labels(connection, task.site_id)
        promise = _site(connection, task.site_id).policy.promise
    decided = library.study(labels) if is_due or promise is not None else []
    shadow = _train(learner, decided) if is_due else None
    hold_from = _hold_from(decided, promise) if promise is not None else None
    with learner.engine.begin() as connection:
        _lock(connection, task.site_id, standing)
        if not tasks.finish(connection, [task.id], "reported"):
            return
        if standing.active is not None:
            site_models.keep_promise(connection, task.site_id, standing.active, hold_from, promise=promise)
        if shadow:
            version = site_models.add_shadow(connection, task.site_id, shadow)
            log.info("shadow_trained", site=task.site_id, version=version, labels=shadow.label_count)


def _try_shadow(learner: Learner, site_id: int, library: "_Library") -> None:
    """Let the shadow take over or refuse it, if there is one and enough was decided since."""
    with learner.engine.begin() as connection:
        standing = site_models.standing(connection, site_id)
        if standing.shadow is None:
            return
        shadow = _found(connection, site_id, standing.shadow)
        active = _found(connection, site_id, standing.active) if standing.active is not None else None
        labels = learning.labels_after(connection, site_id, shadow.labels_up_to)
        before = [label for label in learning.latest_labels(connection, site_id) if label.id <= shadow.labels_up_to]
    is_current = shadow.shipped_version == learner.reader.version
    if is_current and not is_trial(labels):
        return
    if is_current:
        old = _usable(active, learner)
        outcome = try_out(
            SiteModel.from_bytes(old.weights) if old else None,
            SiteModel.from_bytes(shadow.weights),
            library.study(labels),
            before=library.study(before),
            known=old.labels_up_to if old else 0,
        ).as_dict()
    else:
        outcome = {"is_accepted": False, "reason": "It was made for another release."}
    with learner.engine.begin() as connection:
        _lock(connection, site_id, standing)
        settle = site_models.promote if outcome["is_accepted"] else site_models.refuse
        settle(connection, site_id, shadow.version, outcome)
    log.info("shadow_tried", site=site_id, version=shadow.version, is_accepted=outcome["is_accepted"])


def _is_left_behind(learner: Learner, site_id: int) -> bool:
    """Whether the site has learnt, but for another release's reader, and no shadow is on its way."""
    with learner.engine.begin() as connection:
        standing = site_models.standing(connection, site_id)
        return standing.shadow is None and site_id in site_models.outdated(connection, learner.reader.version)


def _start_over(learner: Learner, site_id: int, library: "_Library") -> None:
    """Train on the earlier labels, so that the latest fifth of them can try the model at once."""
    with learner.engine.begin() as connection:
        standing = site_models.standing(connection, site_id)
        labels = learning.latest_labels(connection, site_id)
    earlier = labels[: -max(FEWEST_DECISIONS, int(HELD_OUT_SHARE * len(labels)))]
    if not is_trial(earlier):
        return
    model = _train(learner, library.study(earlier))
    with learner.engine.begin() as connection:
        _lock(connection, site_id, standing)
        site_models.add_shadow(connection, site_id, model)


def _train(learner: Learner, decided: Sequence[Decided]) -> NewModel:
    return NewModel(
        shipped_version=learner.reader.version,
        weights=_fit(decided).to_bytes(),
        label_count=len(decided),
        labels_up_to=decided[-1].label.id,
    )


def _hold_from(decided: Sequence[Decided], promise: float) -> float | None:
    """The spam probability from which the site's promise needs a person; None while the labels are too few to say.

    Every label but those of the first block is scored by a model that was trained on earlier blocks only, as it would
    have been at the time (prequential, Dawid 1984): a model's scores of what it was trained on promise too much.
    What is counted is spam. Moderators decide about what was held more often than about what was not, so that the
    share among all comments is lower rather than higher.
    """
    scores: list[float] = []
    asked: list[Decided] = []
    size = -(-len(decided) // BLOCKS)
    for start in range(size, len(decided), size):
        if is_trial([item.label for item in decided[:start]]):
            model, block = _fit(decided[:start]), decided[start : start + size]
            scores += [model.probability(item.sample) for item in block]
            asked += block
    return publish_below(scores, [item.label.is_spam for item in asked], promise=promise)


def _fit(decided: Sequence[Decided]) -> SiteModel:
    return fit_site_model([item.sample for item in decided], [item.label.is_spam for item in decided])


@dataclass(slots=True)
class _Library:
    """What the shipped reader made of a site's comments: each is read once in a lesson, and kept small."""

    learner: Learner
    site_id: int
    _samples: dict[RevisionKey, Sample] = field(default_factory=dict)

    def study(self, labels: Sequence[StoredLabel]) -> list[Decided]:
        """The labels with their comments as read."""
        unread = [label.key for label in labels if label.key not in self._samples]
        for start in range(0, len(unread), READ_AT_ONCE):
            keys = unread[start : start + READ_AT_ONCE]
            facts = self._facts(keys)
            for key, reading in zip(facts, self.learner.reader.read(list(facts.values())), strict=True):
                self._samples[key] = Sample.of(reading)
        return [Decided(label, self._samples[label.key]) for label in labels if label.key in self._samples]

    def _facts(self, keys: Sequence[RevisionKey]) -> dict[RevisionKey, Facts]:
        with self.learner.engine.begin() as connection:
            found = checking.load(connection, keys)
            site = _site(connection, self.site_id)
            reputations = learning.reputations(connection, keys)
        return {
            key: replace(facts_of(item, site), reputation=reputations.get(key, Reputation()))
            for key, item in found.items()
        }


def _usable(active: StoredModel | None, learner: Learner) -> StoredModel | None:
    """The model that judges: beside another release's reader it is the shipped reader alone."""
    return active if active and active.shipped_version == learner.reader.version else None


def _site(connection: Connection, site_id: int) -> Site:
    return sites.by_ids(connection, [site_id])[site_id]


def _found(connection: Connection, site_id: int, version: int) -> StoredModel:
    model = site_models.find(connection, site_id, version)
    if model is None:
        raise OvertakenError
    return model


def _lock(connection: Connection, site_id: int, expected: Standing) -> None:
    """Make sure that nobody has changed the site's models since, and that nobody does until this transaction ends."""
    if site_models.lock(connection, site_id) != expected:
        raise OvertakenError


def _try_again(learner: Learner, task: LearnTask) -> None:
    with learner.engine.begin() as connection:
        tasks.postpone(connection, task.id, RETRY_AFTER * task.attempts)


def _give_up(learner: Learner, task: LearnTask, reason: str) -> None:
    """Finish as failed. The active model stays, the shadow does not, and learning waits for labels newer than now."""
    sentence = f"Learning failed {task.attempts} times: {reason}."
    with learner.engine.begin() as connection:
        standing = site_models.lock(connection, task.site_id)
        if not tasks.finish(connection, [task.id], "failed"):
            return
        if standing.shadow is not None:
            outcome = {"is_accepted": False, "reason": sentence}
            site_models.refuse(connection, task.site_id, standing.shadow, outcome)
        site_models.add_failure(connection, task.site_id, shipped_version=learner.reader.version, reason=sentence)
    log.warning("learning_given_up", site=task.site_id, task=task.id)
