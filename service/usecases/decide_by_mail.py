"""A moderator decides by the button of a mail: once, about what the mail showed, in the own name."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine

from service.errors import Conflict, NotFound
from service.moderation.model import Status
from service.moderation.states import Event
from service.storage import actors, appeals, notices
from service.storage.notices import Notice
from service.usecases.review import Reviewed, decide_within

WITHIN = timedelta(hours=72)
ACTIONS = ("publish", "spam", "reject")


@dataclass(frozen=True, slots=True)
class Button:
    """What a link of a mail is for: one action about one notice."""

    notice_id: int
    action: str


def decide_by_mail(engine: Engine, button: Button, *, now: datetime) -> Reviewed:
    """Record the decision and use the notice up, in one commit. None of its links works afterwards.

    Raises:
        NotFound: there is no such notice, or its moderator may not decide here any more.
        Changed: the comment was edited since.
        Conflict: it was used, is too old, or somebody was faster.

    """
    with engine.begin() as connection:
        notice = notices.find(connection, button.notice_id, is_locked=True)
        actor = actors.by_moderator(connection, notice.moderator_id) if notice else None
        if notice is None or actor is None:
            raise NotFound("This link doesn't work any more.")
        if why := refusal(notice, now):
            raise Conflict(why)
        reviewed = decide_within(
            connection,
            notice.comment_id,
            event=event_of(
                button.action, notice, has_appeal=appeals.open_of(connection, notice.comment_id) is not None
            ),
            revision=notice.revision,
            reason="by_mail",
            note=None,
            by=actor,
            replaces=notice.decision_id if notice.about != "held" else None,
        )
        notices.use_up(connection, notice.id)
    return reviewed


def refusal(notice: Notice, now: datetime) -> str | None:
    """Why this notice's links decide nothing, in a sentence; None while they do."""
    if notice.used_at is not None:
        return "You have decided about this by mail already. At the desk you can still change it."
    if notice.sent_at is None or now - notice.sent_at > WITHIN:
        return "This link is older than 72 hours. Decide at the desk."
    return None


def event_of(action: str, notice: Notice, *, has_appeal: bool) -> Event:
    """What an action means where the comment stands now."""
    is_refused = notice.status in {Status.REJECTED, Status.REMOVED}
    if has_appeal and action == "publish":
        return Event.OVERTURN
    if has_appeal and action == "reject" and is_refused:
        return Event.UPHOLD
    if action == "reject" and notice.status == Status.PUBLISHED:
        return Event.REMOVE
    return Event(action)
