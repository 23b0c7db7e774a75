"""Take a moderator's decision back: the comment is again what it was before."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import Connection, Engine

from service.errors import Conflict
from service.moderation.model import Status
from service.moderation.states import Event, IllegalTransition
from service.storage import appeals, decisions
from service.storage.actors import Actor
from service.storage.decisions import Decision, LastDecision, LockedComment
from service.usecases.answer import answer
from service.usecases.conclude import REMOTE, decide_ready
from service.usecases.review import Reviewed, conflict, lock_for


def undo(engine: Engine, comment_id: UUID, *, decision_id: int, note: str | None, by: Actor) -> Reviewed:
    """Take back the last decision about a comment, which must be this one. That is itself a decision.

    A comment whose checks were still running then is pending again; where all have reported meanwhile, the policy
    decides in the same commit.

    Raises:
        NotFound: no site of theirs has such a comment.
        Forbidden: their role there only looks.
        Conflict: it is not the last decision, no moderator's, an undo itself, or the answer to an appeal against a
            decision of their own while somebody else could look; it carries the last one.

    """
    with engine.begin() as connection:
        comment = lock_for(connection, comment_id, by=by)
        standing = decisions.last(connection, [comment_id]).get(comment_id)
        undone = _undoable(standing, decision_id)
        if appeals.answered_against(connection, [undone.id], label=by.label, moderator_id=by.moderator_id):
            raise conflict("This answers an appeal against your own decision. Another moderator has to look.", undone)
        decision = taking_back(comment, undone, note=note, by=by.label)
        try:
            status = decision.status
        except IllegalTransition:
            raise conflict("This decision can't be undone. Decide anew instead.", undone) from None
        recorded = decisions.record(connection, [decision])
        answer(connection, [decision])
        tasks = resume(connection, [decision])
        if status is Status.PENDING:
            status = decisions.lock(connection, [comment_id])[comment_id].status
    return Reviewed(status.value, recorded[comment_id], tasks)


def _undoable(standing: LastDecision | None, decision_id: int) -> LastDecision:
    if standing is None:
        raise Conflict("Nobody has decided about this comment yet.")
    if standing.id != decision_id:
        raise conflict("Only the last decision about a comment can be undone, and that is another one.", standing)
    if not standing.is_by_person:
        raise conflict("No moderator made this decision. It can't be undone; decide instead.", standing)
    if standing.event is Event.UNDO:
        raise conflict("This is already taken back. Decide anew instead.", standing)
    return standing


def taking_back(comment: LockedComment, undone: LastDecision, *, note: str | None, by: str) -> Decision:
    """The decision of `by` that walks another one backwards. What explained the status before explains it again."""
    return Decision(
        comment=comment,
        event=Event.UNDO,
        decided_by=by,
        reason_code=undone.previous_code or "undo",
        reasons=undone.previous_reasons or ("A moderator took the decision back.",),
        note=note,
        undoes=undone,
    )


def resume(connection: Connection, undone: list[Decision]) -> dict[str, int]:
    """Let the policy decide what is pending again though all checks have reported: nothing may wait for ever.

    Returns the task of a remote check where that one is to be asked first.
    """
    pending = [
        replace(decision.comment, status=Status.PENDING, shown_revision=decision.shown_revision)
        for decision in undone
        if decision.status is Status.PENDING
    ]
    task_id = decide_ready(connection, pending) if pending else None
    return {} if task_id is None else {REMOTE: task_id}
