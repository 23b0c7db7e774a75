"""Tell authors why their comment is not shown: queue the statement of reasons with the decision itself."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Connection, Engine

from service.moderation.model import Label
from service.moderation.states import Event
from service.storage import mail_events
from service.storage.decisions import Decision

TOLD = frozenset({Event.REJECT, Event.REMOVE})
"""Decisions that authors are told of. Spam is none: who sends it has typed somebody else's address, mostly."""

TIME_TO_UNDO = timedelta(minutes=2)
"""A statement waits this long, so that a slip that is undone at once is told to nobody."""

HELD_FOR_LONG = timedelta(days=1)
OLD_NEWS = timedelta(days=8)


def tell_authors(connection: Connection, decisions: Sequence[Decision]) -> None:
    """Queue what the authors are to be told of these decisions, in the transaction that recorded them.

    Each decision is told once, however often this is called. Whoever is banned without noticing is told nothing.
    """
    told = [
        decision.comment.id
        for decision in decisions
        if decision.event in TOLD and decision.reason_code != Label.SHADOW_BAN
    ]
    if told:
        mail_events.add_statements(connection, told, after=TIME_TO_UNDO)


def tell_of_long_holds(engine: Engine) -> int:
    """Queue a statement for every comment that a person has kept waiting for more than a day. Returns how many."""
    with engine.begin() as connection:
        return len(mail_events.add_overdue_holds(connection, held_for=HELD_FOR_LONG, longest=OLD_NEWS))
