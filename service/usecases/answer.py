"""Answer those who wait for a decision: authors, readers who reported, those who appealed."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection

from service.moderation.rank import Rank
from service.moderation.states import Event
from service.storage import appeals, mail_events, reports, review
from service.storage.decisions import POLICY, Decision
from service.usecases.replies import tell_of_replies
from service.usecases.tell_author import TIME_TO_UNDO, tell_authors


def answer(connection: Connection, decisions: Sequence[Decision]) -> None:
    """What follows from decisions of moderators that have just been recorded.

    A decision answers every open report and appeal about its comment; holding it for a second
    opinion answers none. Undoing one opens again what it had closed. Who was told why their comment is not shown
    is told when it is.
    """
    tell_authors(connection, decisions)
    tell_of_replies(connection, decisions)
    by_people = [decision for decision in decisions if decision.decided_by != POLICY]
    undone = [decision.undoes.id for decision in by_people if decision.undoes is not None]
    if undone:
        reports.reopen(connection, undone)
        appeals.reopen(connection, undone)
    _raise_what_waits(connection, [d.comment.id for d in by_people if d.event in {Event.HOLD, Event.UNDO}])
    answered = [d.comment.id for d in by_people if d.event not in {Event.HOLD, Event.UNDO}]
    if answered:
        reports.resolve(connection, answered)
        appeals.answer(connection, answered)
        mail_events.add_outcomes(connection, answered, after=TIME_TO_UNDO)
        mail_events.add_appeal_answers(connection, answered, after=TIME_TO_UNDO)
    if by_people:
        mail_events.add_shown(connection, [decision.comment.id for decision in by_people], after=TIME_TO_UNDO)


def _raise_what_waits(connection: Connection, comment_ids: Sequence[UUID]) -> None:
    """Put in front what readers or the author still wait for: a decision of a moderator has set it back."""
    if not comment_ids:
        return
    for comment_id in reports.open_among(connection, comment_ids):
        review.raise_to(connection, comment_id, Rank.REPORT)
    for comment_id in appeals.open_among(connection, comment_ids):
        review.raise_to(connection, comment_id, Rank.APPEAL)
