"""Mail about replies: asked for with a comment, confirmed by its address, ended by one button."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine

from service.storage import mail_events, subscriptions
from service.storage.decisions import POLICY, Decision
from service.storage.sites import Site
from service.storage.subscriptions import Subscription
from service.usecases.tell_author import TIME_TO_UNDO

WORKS_FOR = timedelta(days=7)
"""The link that confirms. As long as one works, no other is sent."""


def can_notify(site: Site, *, sends_mail: bool) -> bool:
    """Whether an author of this site can be told of replies. `sends_mail` says whether this instance does."""
    return sends_mail and site.intake.replies_by_mail


def tell_of_replies(connection: Connection, decisions: Sequence[Decision]) -> None:
    """Queue what follows for others when comments become public, in the transaction that made them so.

    Whoever wants mail about replies is asked to confirm that; whoever was answered and wants to know is told. Each
    once, however often this is called.
    """
    for is_by_policy, after in ((True, timedelta()), (False, TIME_TO_UNDO)):
        published = [
            decision.comment.id
            for decision in decisions
            if decision.shown_revision is not None and (decision.decided_by == POLICY) is is_by_policy
        ]
        if published:
            mail_events.add_confirmations(connection, published, after=after, works_for=WORKS_FOR)
            mail_events.add_replies(connection, published, after=after)


def is_too_late(wish: Subscription, now: datetime) -> bool:
    """Whether the link in the mail has had its time."""
    return wish.asked_at is None or now - wish.asked_at > WORKS_FOR


def confirm(engine: Engine, wish: Subscription, *, now: datetime) -> bool:
    """Let mail about replies come to this address, for all its comments on the site. False when it is too late."""
    if wish.is_over or (wish.confirmed_at is None and is_too_late(wish, now)):
        return False
    with engine.begin() as connection:
        subscriptions.confirm(connection, wish.author_id)
    return True


def unsubscribe(engine: Engine, wish: Subscription, *, is_all: bool) -> None:
    """End mail about replies to this comment, or all mail of the site to this address."""
    with engine.begin() as connection:
        subscriptions.end(connection, wish.id)
        if is_all:
            subscriptions.end_all_mail(connection, wish.author_id)
