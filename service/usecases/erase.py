"""Erase what somebody wrote, for good. Answers to it stay, under a comment without author and text."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from service.errors import EditWindowOver, NotFound, Said
from service.moderation.model import Status
from service.moderation.states import Event
from service.storage import appeals, claims, comments, decisions, erasing, mail_events, reports
from service.storage.decisions import AUTHOR, Decision
from service.usecases.own_comment import is_window_open
from service.usecases.tell_author import TIME_TO_UNDO


def erase_own(engine: Engine, comment_id: UUID, *, now: datetime) -> None:
    """Erase a comment for its author, within the time that the site allows.

    Raises:
        NotFound: it is not there any more.
        EditWindowOver: the site does not allow it, or not for so long.

    """
    with engine.begin() as connection:
        decisions.lock_alone(connection, comment_id)
        standing = comments.standing(connection, comment_id)
        if standing is None or standing.status == Status.ERASED:
            raise NotFound("There is no such comment.", said=Said("not_found.comment"))
        if not is_window_open(standing, now=now):
            raise EditWindowOver("The time in which this comment could be changed is over.")
        erase_comment(connection, comment_id)


def erase_comment(connection: Connection, comment_id: UUID) -> bool:
    """Erase a comment in the caller's transaction, whatever its status. False when it is erased already.

    Nothing of it comes back: neither by a check that still runs, nor by undo, a bulk decision, or learning.
    """
    comment = decisions.lock_alone(connection, comment_id)
    if comment is None or comment.status is Status.ERASED:
        return False
    erased = Decision(
        comment=comment,
        event=Event.ERASE,
        decided_by=AUTHOR,
        reason_code="erased",
        reasons=("Its author erased it.",),
    )
    decisions.record(connection, [erased])
    claims.end(connection, [comment_id])
    reports.resolve(connection, [comment_id])
    appeals.answer(connection, [comment_id])
    mail_events.add_outcomes(connection, [comment_id], after=TIME_TO_UNDO)
    erasing.forget_comment(connection, comment_id, comment.author_id)
    if comment.author_id is not None:
        erasing.forget_stranger(connection, comment.author_id)
    return True


def erase_author(engine: Engine, author_id: int) -> int:
    """Erase all that an author wrote on a site, and who they are. Returns how many comments that were.

    Each comment is a commit of its own: whatever ends this on its way, it can be done again and goes on.
    """
    erased = 0
    while True:
        with engine.begin() as connection:
            waiting = erasing.comments_of(connection, author_id)
        for comment_id in waiting:
            with engine.begin() as connection:
                erased += erase_comment(connection, comment_id)
        if not waiting:
            try:
                with engine.begin() as connection:
                    erasing.forget_author(connection, author_id)
            except IntegrityError:  # another comment came with this address in this very moment
                continue
            return erased
