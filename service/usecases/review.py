"""A moderator decides about one comment."""

from uuid import UUID

from sqlalchemy import Engine

from service.errors import Conflict, NotFound
from service.moderation.states import Event, IllegalTransition
from service.storage import decisions
from service.storage.decisions import Decision
from service.storage.tokens import Token


def decide(
    engine: Engine, comment_id: UUID, *, event: Event, revision: int, reason: str, note: str | None, by: Token
) -> str:
    """Record a moderator's decision. Returns the status that follows.

    Raises:
        NotFound: the site has no such comment.
        Conflict: the comment was edited, or was decided that way already.

    """
    with engine.begin() as connection:
        comment = decisions.lock(connection, [comment_id]).get(comment_id)
        if comment is None or comment.site_id != by.site_id:
            raise NotFound("This site has no such comment.")
        if comment.revision != revision:
            raise Conflict(
                f"The comment was edited: you saw revision {revision}, it is at {comment.revision} now. Look again."
            )
        decision = Decision(
            comment=comment,
            event=event,
            decided_by=f"moderator:{by.name}",
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
    return status.value
