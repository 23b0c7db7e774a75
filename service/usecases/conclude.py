"""Conclude: store what checks found; where it was the last one to report, let the verdict fall in the same commit."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from service.gateways.remote.settings import RemoteSettings
from service.moderation.model import Label, Signal, Verdict
from service.moderation.policy import judge, with_promise
from service.moderation.states import Event
from service.storage import appeals, checking, decisions, reputation, rule_hits, site_models, sites, tasks
from service.storage.checking import Evidence, Finding, Rendered
from service.storage.decisions import CHANGED_WHILE_HELD, POLICY, Decision, LockedComment
from service.storage.rule_hits import Met
from service.storage.sites import Site
from service.storage.tasks import Task
from service.usecases.notify import notify_of_holds
from service.usecases.replies import tell_of_replies
from service.usecases.tell_author import tell_authors

REMOTE = "check_remote"
"""The kind of task that asks a site's remote check. It is added when everything else has reported."""

EVENT: Mapping[Verdict, Event] = {
    Verdict.PUBLISH: Event.PUBLISH,
    Verdict.HOLD: Event.HOLD,
    Verdict.ESCALATE: Event.HOLD,
    Verdict.SPAM: Event.SPAM,
    Verdict.REJECT: Event.REJECT,
}
"""What happens to the comment: escalating is holding, in front of the others."""


WAITS_FOR_A_PERSON = ("A person was to look at it before its author changed the text.",)


class Found(NamedTuple):
    """What one task came to: its signals, and whether it is to be counted as failed."""

    task: Task
    signals: tuple[Signal, ...]

    @property
    def has_failed(self) -> bool:
        return any(signal.label is Label.UNCHECKED for signal in self.signals)

    @property
    def outcome(self) -> str:
        return "failed" if self.has_failed else "reported"


def conclude(
    connection: Connection,
    locked: Mapping[UUID, LockedComment],
    found: Sequence[Found],
    rendered: Sequence[Rendered] = (),
) -> int | None:
    """Finish these tasks. Returns a new task of a remote check, if there is one: a worker should be told of it.

    What was finished before stays as it was; only the first to finish a task has a say, and what is erased meanwhile is
    finished. `locked` are the comments, locked by `decisions.lock`.
    """
    news: set[int] = set()
    for outcome in sorted({item.outcome for item in found}):
        news |= tasks.finish(connection, [item.task.id for item in found if item.outcome == outcome], outcome)
    new = [item for item in found if item.task.id in news]
    checking.add_signals(connection, [Finding(f.task.comment_id, f.task.revision, f.signals) for f in new])
    rule_hits.note(
        connection,
        [Met(f.task.comment_id, f.task.revision, locked[f.task.comment_id].site_id, f.signals) for f in new],
    )
    if rendered:
        checking.save_rendered(connection, rendered)
    return decide_ready(connection, [locked[item.task.comment_id] for item in new])


def decide_ready(connection: Connection, comments: Sequence[LockedComment]) -> int | None:
    """Let the verdict fall on those that are pending though every check has reported. Answers like `conclude`."""
    ready = set(tasks.fully_checked(connection, [comment.id for comment in comments]))
    if not ready:
        return None
    return _ask_or_decide(connection, [comment for comment in comments if comment.id in ready])


def _ask_or_decide(connection: Connection, comments: Sequence[LockedComment]) -> int | None:
    evidence = checking.evidence(connection, [comment.id for comment in comments])
    known_sites = sites.by_ids(connection, list({comment.site_id for comment in comments}))
    wanted = [comment for comment in comments if _is_asked(known_sites[comment.site_id], evidence[comment.id])]
    asked: dict[UUID, int] = {}
    if wanted:
        asked = tasks.add(connection, REMOTE, [(comment.id, comment.revision) for comment in wanted])
    _decide(connection, [comment for comment in comments if comment.id not in asked], evidence, known_sites)
    return min(asked.values(), default=None)


def _is_asked(site: Site, evidence: Evidence) -> bool:
    """Whether the site's remote check is to be asked: by the strongest signal of our own, 0 where there is none."""
    if site.remote is None:
        return False
    strongest = max((signal.score for signal in evidence.signals), default=0.0)
    try:
        return RemoteSettings.from_settings(site.remote).is_wanted(strongest)
    except ValueError:  # whoever asks will say that these settings can't be read
        return True


def _awaited(connection: Connection, comments: Sequence[LockedComment]) -> set[UUID]:
    """Those changed while a person was to look at them, or to answer their author: no change gets past that."""
    changed = [comment.id for comment in comments if comment.revision > 1]
    if not changed:
        return set()
    return decisions.awaited(connection, changed) | set(appeals.open_among(connection, changed))


def _decide(
    connection: Connection,
    comments: Sequence[LockedComment],
    evidence: Mapping[UUID, Evidence],
    known_sites: Mapping[int, Site],
) -> None:
    models = site_models.active(connection, list({comment.site_id for comment in comments}))
    published = checking.published_before(connection, [comment.id for comment in comments])
    readers = reputation.model_versions(connection, [comment.id for comment in comments])
    awaited = _awaited(connection, comments)
    verdicts = []
    for comment in comments:
        policy, model = known_sites[comment.site_id].policy, models.get(comment.site_id)
        policy = with_promise(policy, model.bound_of(policy.promise) if model else None)
        found = evidence[comment.id]
        judgement = judge(found.signals, policy=policy, published_before=published.get(comment.id, 0))
        if comment.id in awaited and judgement.verdict is Verdict.PUBLISH:
            judgement = judgement._replace(verdict=Verdict.HOLD, code=CHANGED_WHILE_HELD, reasons=WAITS_FOR_A_PERSON)
        verdicts.append(
            Decision(
                comment=comment,
                event=EVENT[judgement.verdict],
                decided_by=POLICY,
                reason_code=judgement.code,
                reasons=judgement.reasons,
                signal_ids=found.signal_ids,
                policy_version=policy.version,
                model_versions=readers.get(comment.id, ()),
                severity=None if judgement.code == CHANGED_WHILE_HELD else judgement.severity,
            )
        )
    decisions.record(connection, verdicts)
    tell_authors(connection, verdicts)
    tell_of_replies(connection, verdicts)
    notify_of_holds(connection, verdicts)
