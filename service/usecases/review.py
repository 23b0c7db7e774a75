"""A moderator decides about one comment."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Engine

from service.errors import Conflict, Forbidden, NotFound
from service.moderation.states import Event, IllegalTransition
from service.storage import decisions
from service.storage.actors import DECIDERS, Actor
from service.storage.decisions import Decision
from service.usecases.ask_to_learn import note_decision
from service.usecases.tell_author import tell_authors


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The status that follows, and the tasks that the decision made due, by kind."""

    status: str
    tasks: Mapping[str, int]


def decide(
    engine: Engine, comment_id: UUID, *, event: Event, revision: int, reason: str, note: str | None, by: Actor
) -> Reviewed:
    """Record a moderator's decision; where that makes enough to learn from, ask for it in the same commit.

    Raises:
        NotFound: no site of theirs has such a comment.
        Forbidden: their role there only looks.
        Conflict: the comment was edited, or was decided that way already.

    """
    with engine.begin() as connection:
        comment = decisions.lock(connection, [comment_id]).get(comment_id)
        if comment is None or not by.roles.get(comment.site_id):
            raise NotFound("There is no such comment on your sites.")
        if not by.may(DECIDERS, comment.site_id):
            raise Forbidden("Your role on this site doesn't allow decisions.")
        if comment.revision != revision:
            raise Conflict(
                f"The comment was edited: you saw revision {revision}, it is at {comment.revision} now. Look again."
            )
        decision = Decision(
            comment=comment,
            event=event,
            decided_by=by.label,
            reason_code=reason,
            reasons=("A moderator decided.",),
            note=note,
        )
        try:
            status = decision.status
        except IllegalTransition:
            raise Conflict(
                f"The comment is {comment.status.value}; it can't be decided as '{event.value}' from there."
            ) from None
        decisions.record(connection, [decision])
        tell_authors(connection, [decision])
        task_id = note_decision(connection, comment.site_id)
    return Reviewed(status.value, {} if task_id is None else {"learn": task_id})
