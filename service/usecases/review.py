"""A moderator decides about one comment."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, Engine

from service.errors import Changed, Conflict, Forbidden, NotFound
from service.moderation.model import Status
from service.moderation.reasons import in_words
from service.moderation.states import Event, IllegalTransition
from service.storage import appeals, decisions, reports
from service.storage.actors import DECIDERS, Actor
from service.storage.decisions import AUTHOR, POLICY, Decision, LastDecision, LockedComment
from service.usecases.answer import answer
from service.usecases.ask_to_learn import note_decision

CONTRARY = frozenset({Event.PUBLISH, Event.SPAM, Event.REJECT})
"""What two moderators may say about the same comment at once; the other events follow one another by their nature."""

WAITING = frozenset({Status.PENDING, Status.HELD})


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The status that follows, the decision's id, and the tasks that it made due, by kind."""

    status: str
    decision_id: int
    tasks: Mapping[str, int]


def decide(  # noqa: PLR0913 - what a decision consists of
    engine: Engine,
    comment_id: UUID,
    *,
    event: Event,
    revision: int,
    reason: str,
    note: str | None,
    by: Actor,
    message: str | None = None,
    replaces: int | None = None,
) -> Reviewed:
    """Record a moderator's decision; where that makes enough to learn from, ask for it in the same commit.

    `replaces` is the decision of a moderator that this one changes. Without it, what a moderator has decided can't be
    published, spam or rejected anew: of two who decide at once, the second hears of the first.

    Raises:
        NotFound: no site of theirs has such a comment.
        Forbidden: their role there only looks.
        Changed: the comment was edited.
        Conflict: another moderator was faster, or it is decided that way already; it carries that decision.

    """
    with engine.begin() as connection:
        return decide_within(
            connection,
            comment_id,
            event=event,
            revision=revision,
            reason=reason,
            note=note,
            by=by,
            message=message,
            replaces=replaces,
        )


def decide_within(  # noqa: PLR0913 - what a decision consists of
    connection: Connection,
    comment_id: UUID,
    *,
    event: Event,
    revision: int,
    reason: str,
    note: str | None,
    by: Actor,
    message: str | None = None,
    replaces: int | None = None,
) -> Reviewed:
    """The same in the caller's transaction."""
    comment = lock_for(connection, comment_id, by=by)
    if comment.revision != revision:
        raise Changed(
            f"The comment was edited: you saw revision {revision}, it is at {comment.revision} now. Look again."
        )
    standing = decisions.last(connection, [comment_id]).get(comment_id)
    event = _keeping(connection, comment, event)
    if event is not Event.HOLD:
        require_another_person(connection, comment, by=by)
    _require_unrivalled(comment, standing, event=event, replaces=replaces)
    decision = Decision(
        comment=comment,
        event=event,
        decided_by=by.label,
        reason_code=reason,
        reasons=(in_words(reason),),
        note=note,
        message=message,
    )
    try:
        status = decision.status
    except IllegalTransition:
        raise conflict(
            f"The comment is {comment.status.value}; it can't be decided as '{event.value}' from there.",
            standing,
        ) from None
    recorded = decisions.record(connection, [decision])
    answer(connection, [decision])
    task_id = note_decision(connection, comment.site_id)
    return Reviewed(status.value, recorded[comment_id], {} if task_id is None else {"learn": task_id})


def lock_for(connection: Connection, comment_id: UUID, *, by: Actor) -> LockedComment:
    """The comment, locked, when this actor may decide about it.

    Raises:
        NotFound: no site of theirs has such a comment.
        Forbidden: their role there only looks.

    """
    comment = decisions.lock(connection, [comment_id]).get(comment_id)
    if comment is None or not by.roles.get(comment.site_id):
        raise NotFound("There is no such comment on your sites.")
    if not by.may(DECIDERS, comment.site_id):
        raise Forbidden("Your role on this site doesn't allow decisions.")
    return comment


def require_another_person(connection: Connection, comment: LockedComment, *, by: Actor) -> None:
    """Refuse to answer an appeal against one's own decision while somebody else could.

    Raises:
        Conflict: this moderator decided what the author objects to, and is not the only one of the site.

    """
    if appeals.against_own(connection, [comment.id], label=by.label, moderator_id=by.moderator_id):
        raise Conflict("The author appeals against your own decision. Another moderator has to look.")


def _keeping(connection: Connection, comment: LockedComment, event: Event) -> Event:
    """Publishing what is published, but was reported, is to leave it so: that answers the reports."""
    is_kept = event is Event.PUBLISH and comment.status is Status.PUBLISHED and reports.is_open(connection, comment.id)
    return Event.KEEP if is_kept else event


def _require_unrivalled(
    comment: LockedComment, standing: LastDecision | None, *, event: Event, replaces: int | None
) -> None:
    """Refuse to override a decision that this moderator has not seen."""
    if standing is None or replaces == standing.id:
        return
    is_settled = comment.status not in WAITING and standing.decided_by != POLICY
    if replaces is not None or (is_settled and event in CONTRARY):
        raise conflict(f"{_who(standing)} has decided meanwhile: the comment is {standing.status.value}.", standing)


def conflict(detail: str, standing: LastDecision | None) -> Conflict:
    """A refusal that tells which decision was there first."""
    if standing is None:
        return Conflict(detail)
    winner = {
        "id": standing.id,
        "revision": standing.revision,
        "decision": standing.event.value,
        "status": standing.status.value,
        "decided_by": standing.decided_by,
        "reason": standing.reason_code,
        "decided_at": standing.decided_at,
    }
    return Conflict(detail, extra={"decision": winner})


def _who(standing: LastDecision) -> str:
    unnamed = {POLICY: "The policy", AUTHOR: "The author"}
    return unnamed.get(standing.decided_by, standing.decided_by.removeprefix("moderator:"))
