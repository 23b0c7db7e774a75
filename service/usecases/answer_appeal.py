"""A moderator answers an appeal: what was decided is upheld, or overturned and the comment published."""

from uuid import UUID

from sqlalchemy import Engine

from service.errors import Changed, Conflict
from service.moderation.states import Event, IllegalTransition
from service.storage import appeals, decisions
from service.storage.actors import Actor
from service.storage.decisions import Decision
from service.usecases.answer import answer
from service.usecases.ask_to_learn import note_decision
from service.usecases.review import Reviewed, conflict, lock_for, require_another_person

WORDS = {
    Event.UPHOLD: "A moderator looked again and upheld the decision.",
    Event.OVERTURN: "A moderator looked again and overturned the decision.",
}


def answer_appeal(
    engine: Engine,
    comment_id: UUID,
    *,
    event: Event,
    revision: int,
    by: Actor,
    note: str | None = None,
    message: str | None = None,
) -> Reviewed:
    """Record the answer; the author is told. `event` is UPHOLD or OVERTURN.

    Raises:
        NotFound: no site of theirs has such a comment.
        Forbidden: their role there only looks.
        Changed: the comment was edited.
        Conflict: nobody has appealed, somebody has answered, or it was this moderator's own decision.

    """
    with engine.begin() as connection:
        comment = lock_for(connection, comment_id, by=by)
        if comment.revision != revision:
            raise Changed(
                f"The comment was edited: you saw revision {revision}, it is at {comment.revision} now. Look again."
            )
        standing = decisions.last(connection, [comment_id]).get(comment_id)
        if appeals.open_of(connection, comment_id) is None:
            raise conflict("No appeal about this comment waits for an answer.", standing)
        require_another_person(connection, comment, by=by)
        decision = Decision(
            comment=comment,
            event=event,
            decided_by=by.label,
            reason_code=event.value,
            reasons=(WORDS[event],),
            note=note,
            message=message,
        )
        status = _status(decision)
        recorded = decisions.record(connection, [decision])
        answer(connection, [decision])
        task_id = note_decision(connection, comment.site_id)
    return Reviewed(status, recorded[comment_id], {} if task_id is None else {"learn": task_id})


def _status(decision: Decision) -> str:
    try:
        return decision.status.value
    except IllegalTransition:
        raise Conflict(
            f"The comment is {decision.comment.status.value}: nothing has been decided yet that could be upheld."
            " Publish or reject it; that answers the appeal."
        ) from None
