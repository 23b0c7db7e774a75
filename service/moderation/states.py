"""Which status may follow which, and who may bring it about. The table is the machine."""

from enum import StrEnum
from typing import NamedTuple

from service.moderation.model import Status


class Event(StrEnum):
    """What happens to a comment."""

    PUBLISH = "publish"
    KEEP = "keep"
    """Left published, though somebody reported it."""
    RECALL = "recall"
    """Held by the policy, and not shown any more, since many reported what they saw."""
    HOLD = "hold"
    SPAM = "spam"
    REJECT = "reject"
    REMOVE = "remove"
    RESTORE = "restore"
    UPHOLD = "uphold"
    OVERTURN = "overturn"
    UNDO = "undo"
    REVISE = "revise"
    ERASE = "erase"


class Decider(StrEnum):
    """Who brings an event about: the policy, a moderator, or either (an author revises, an owner erases)."""

    POLICY = "policy"
    MODERATOR = "moderator"
    ANYONE = "anyone"


class Transition(NamedTuple):
    """One arrow of the drawing."""

    current: Status
    event: Event
    following: Status
    decider: Decider


class IllegalTransition(Exception):
    """The event cannot follow this status; nothing was changed."""

    def __init__(self, current: Status, event: Event) -> None:
        """Keep both, for the sentence that the caller shows."""
        super().__init__(f"A comment that is {current} cannot take the event “{event}”.")
        self.current = current
        self.event = event


_PENDING, _HELD, _PUBLISHED = Status.PENDING, Status.HELD, Status.PUBLISHED
_SPAM, _REJECTED, _REMOVED, _ERASED = Status.SPAM, Status.REJECTED, Status.REMOVED, Status.ERASED


def _arrows(decider: Decider, event: Event, following: Status, *origins: Status) -> tuple[Transition, ...]:
    return tuple(Transition(current, event, following, decider) for current in origins)


TRANSITIONS: tuple[Transition, ...] = (
    *_arrows(Decider.POLICY, Event.PUBLISH, _PUBLISHED, _PENDING),
    *_arrows(Decider.POLICY, Event.HOLD, _HELD, _PENDING),
    *_arrows(Decider.POLICY, Event.RECALL, _HELD, _PENDING, _HELD, _PUBLISHED),
    *_arrows(Decider.POLICY, Event.SPAM, _SPAM, _PENDING),
    *_arrows(Decider.POLICY, Event.REJECT, _REJECTED, _PENDING),
    *_arrows(Decider.MODERATOR, Event.HOLD, _HELD, _PENDING, _PUBLISHED, _SPAM, _REJECTED),
    *_arrows(Decider.MODERATOR, Event.PUBLISH, _PUBLISHED, _PENDING, _HELD, _SPAM, _REJECTED, _REMOVED),
    *_arrows(Decider.MODERATOR, Event.KEEP, _PUBLISHED, _PUBLISHED),
    *_arrows(Decider.MODERATOR, Event.SPAM, _SPAM, _PENDING, _HELD, _PUBLISHED, _REJECTED),
    *_arrows(Decider.MODERATOR, Event.REJECT, _REJECTED, _PENDING, _HELD, _SPAM),
    *_arrows(Decider.MODERATOR, Event.REMOVE, _REMOVED, _PUBLISHED),
    *_arrows(Decider.MODERATOR, Event.RESTORE, _PUBLISHED, _REMOVED),
    *_arrows(Decider.MODERATOR, Event.UPHOLD, _REJECTED, _REJECTED),
    *_arrows(Decider.MODERATOR, Event.UPHOLD, _REMOVED, _REMOVED),
    *_arrows(Decider.MODERATOR, Event.OVERTURN, _PUBLISHED, _HELD, _REJECTED, _REMOVED),
    *_arrows(Decider.ANYONE, Event.REVISE, _PENDING, _PENDING, _HELD, _PUBLISHED, _REJECTED),
    *_arrows(Decider.ANYONE, Event.ERASE, _ERASED, *(status for status in Status if status is not _ERASED)),
)


def next_status(current: Status, event: Event, *, by_moderator: bool) -> Status:
    """Return the status after the event. Raises IllegalTransition for an arrow that is not in the table.

    Deciding what a comment already is counts as illegal, so that the second of two moderators hears of the first.
    """
    decider = Decider.MODERATOR if by_moderator else Decider.POLICY
    for arrow in TRANSITIONS:
        if (arrow.current, arrow.event) == (current, event) and arrow.decider in (decider, Decider.ANYONE):
            return arrow.following
    raise IllegalTransition(current, event)


def status_before(previous: Status, undone: Event, current: Status) -> Status:
    """Return the status to which undoing leads: a moderator's arrow is walked backwards.

    Undo has no arrow of its own in the table, since where it leads depends on history: `undone` is what a moderator
    decided while the comment was `previous`. Raises IllegalTransition where no moderator's arrow led here.
    """
    arrow = Transition(previous, undone, current, Decider.MODERATOR)
    if arrow not in TRANSITIONS:
        raise IllegalTransition(current, Event.UNDO)
    return previous
