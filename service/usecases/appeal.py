"""An author objects to a decision: once, within thirty days. The comment stands in the review queue then."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Engine

from service.errors import Conflict, NotFound, Said
from service.moderation.model import Label, Status
from service.moderation.rank import Rank
from service.moderation.states import Event
from service.storage import appeals, decisions, review
from service.storage.decisions import LastDecision
from service.usecases.notify import notify_of

WITHIN = timedelta(days=30)
APPEALABLE = frozenset({Status.REJECTED, Status.REMOVED, Status.HELD})
"""Where a comment stands when its author may object. Who sends spam has no say in the review queue."""


def appeal(engine: Engine, comment_id: UUID, *, body: str, now: datetime, decision_id: int | None = None) -> None:
    """Store the author's objection to the last decision, which must be `decision_id` where that is given.

    Raises:
        NotFound: there is no such comment.
        Conflict: it was decided anew, there is nothing to object to, it is too late, or it was done already.

    """
    with engine.begin() as connection:
        comment = decisions.lock(connection, [comment_id]).get(comment_id)
        if comment is None:
            raise NotFound("There is no such comment.", said=Said("not_found.comment"))
        standing = decisions.last(connection, [comment_id]).get(comment_id)
        if standing is None or comment.status not in APPEALABLE or standing.reason_code == Label.SHADOW_BAN:
            sentence = "There is no decision about this comment that you could object to."
            raise Conflict(sentence, said=Said("appeal.nothing_decided"))
        if standing.event is Event.UPHOLD:
            sentence = "You have objected already, and a moderator has looked again. It can be done once."
            raise Conflict(sentence, said=Said("appeal.answered"))
        if decision_id is not None and standing.id != decision_id:
            sentence = "The comment has been decided anew since then. You are told of that decision as well."
            raise Conflict(sentence, said=Said("appeal.decided_anew"))
        if is_too_late(standing, now):
            sentence = "It is more than thirty days ago that this was decided."
            raise Conflict(sentence, said=Said("appeal.too_late"))
        if not appeals.add(
            connection, site_id=comment.site_id, comment_id=comment_id, decision_id=standing.id, body=body
        ):
            sentence = "You have objected to this decision already. It can be done once."
            raise Conflict(sentence, said=Said("appeal.done"))
        review.raise_to(connection, comment_id, Rank.APPEAL)
        notify_of(connection, comment_id, "appeal")


def is_too_late(decision: LastDecision, now: datetime) -> bool:
    """Whether nobody can object to this decision any more."""
    return now - decision.decided_at > WITHIN
