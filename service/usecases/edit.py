"""An author changes the own comment: a new text, which is checked like the first one before anybody sees it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine

from service.errors import Changed, EditWindowOver, NotEditable, NotFound, Said, TooManyRevisions
from service.moderation.states import Event
from service.storage import comments, decisions, revisions
from service.storage.comments import Standing
from service.storage.decisions import AUTHOR, Decision
from service.usecases.own_comment import is_editable, is_window_open

MOST_REVISIONS = 10


@dataclass(frozen=True, slots=True)
class Edited:
    """The comment as it stands now, and the tasks that are due now: none where the text was the same."""

    standing: Standing
    tasks: Mapping[str, int]


def edit_comment(engine: Engine, comment_id: UUID, *, body: str, revision: int, now: datetime) -> Edited:
    """Store a new text and its checks, in one commit. `body` is in its normal form, `revision` the one it replaces.

    What readers see stays the old text until the new one has passed, or nothing, as the site wants it. The same text
    again is no new one.

    Raises:
        NotFound: there is no such comment any more.
        EditWindowOver: the site does not allow it, or not for so long.
        NotEditable: it was turned down, or taken down.
        Changed: its author has changed it elsewhere meanwhile.
        TooManyRevisions: it has as many texts as a comment may have.

    """
    with engine.begin() as connection:
        comment = decisions.lock_alone(connection, comment_id)
        standing = comments.standing(connection, comment_id) if comment else None
        if comment is None or standing is None:
            raise NotFound("There is no such comment.", said=Said("not_found.comment"))
        if standing.body == body:
            return Edited(standing, {})
        _require_editable(standing, revision, now)
        number = comment.revision + 1
        tasks = revisions.add(connection, comment_id, number, body)
        revised = Decision(
            comment=replace(comment, revision=number),
            event=Event.REVISE,
            decided_by=AUTHOR,
            reason_code="edited",
            reasons=("Its author changed the text.",),
            hides_old_text=not standing.intake.keeps_old_revision,
        )
        decisions.record(connection, [revised])
        changed = comments.standing(connection, comment_id)
    assert changed is not None, "it was locked"
    return Edited(changed, tasks)


def _require_editable(standing: Standing, revision: int, now: datetime) -> None:
    if not is_window_open(standing, now=now):
        raise EditWindowOver("The time in which this comment could be changed is over.")
    if not is_editable(standing):
        raise NotEditable("This comment was not published, so it can't be changed any more.")
    if standing.revision != revision:
        raise Changed("The comment was edited meanwhile. Please look again.")
    if standing.revision >= MOST_REVISIONS:
        most = MOST_REVISIONS - 1
        detail = f"A comment can be changed {most} times, and this one was."
        raise TooManyRevisions(detail, said=Said("too_many_revisions", {"most": most}))
