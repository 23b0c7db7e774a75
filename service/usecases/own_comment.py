"""What an author may know and do about the own comment: whose it is, where it stands, until when it can be changed."""

from datetime import datetime, timedelta

from service.moderation.model import Label, Status
from service.moderation.states import Event
from service.storage.comments import Standing
from service.storage.decisions import is_person
from service.storage.sites import Intake
from service.usecases.appeal import APPEALABLE, WITHIN
from service.vault import is_token_of

EDITABLE = frozenset({Status.PENDING, Status.HELD, Status.PUBLISHED})
"""Where a comment stands when its author may change it."""


def is_author(token: str, standing: Standing, *, now: datetime, lifetime: timedelta) -> bool:
    """Whether this token opens the comment: it was given out for it, is not too old, and the comment is not erased."""
    return is_token_of(token, standing.token_hash) and now < standing.created_at + lifetime


def window_ends_at(created_at: datetime, intake: Intake) -> datetime | None:
    """Until when an author may change or delete a comment; None where the site allows neither."""
    return created_at + intake.edit_window if intake.edit_window else None


def editable_until(standing: Standing, *, now: datetime) -> datetime | None:
    """Until when its author may change it; None when that is over, or its status does not allow it."""
    is_possible = is_window_open(standing, now=now) and is_editable(standing)
    return window_ends_at(standing.created_at, standing.intake) if is_possible else None


def deletable_until(standing: Standing, *, now: datetime) -> datetime | None:
    """Until when its author may delete it, whatever its status; None when that is over."""
    return window_ends_at(standing.created_at, standing.intake) if is_window_open(standing, now=now) else None


def can_prove(standing: Standing, *, sends_mail: bool) -> bool:
    """Whether its author can show by a mail that the address is theirs."""
    return sends_mail and standing.has_address and not standing.is_proven


def is_window_open(standing: Standing, *, now: datetime) -> bool:
    """Whether its author may still change or delete it, as far as the time goes."""
    ends_at = window_ends_at(standing.created_at, standing.intake)
    return ends_at is not None and now < ends_at


def is_editable(standing: Standing) -> bool:
    """Whether it can be changed where it stands. Somebody who is banned and must not notice can do what others can."""
    return standing.status in EDITABLE or is_shadowed(standing)


def can_appeal(standing: Standing, *, now: datetime) -> bool:
    """Whether its author can object to the decision that stands."""
    if standing.decided_at is None or is_shadowed(standing):
        return False
    is_open = standing.event != Event.UPHOLD and not standing.has_appealed
    return standing.status in APPEALABLE and is_open and now - standing.decided_at <= WITHIN


def is_shadowed(standing: Standing) -> bool:
    """Whether its author is banned and must not notice: what they are told is what anybody else would be."""
    return standing.verdict_code == Label.SHADOW_BAN and standing.status in {Status.REJECTED, Status.PENDING}


def told_status(standing: Standing) -> Status:
    """The status that the author is told."""
    return Status.PUBLISHED if is_shadowed(standing) and standing.status == Status.REJECTED else Status(standing.status)


def told_shown_revision(standing: Standing) -> int | None:
    """Which revision readers see, as the author is told."""
    if not is_shadowed(standing):
        return standing.shown_revision
    if standing.status == Status.REJECTED:
        return standing.revision
    return standing.verdict_revision if standing.intake.keeps_old_revision else None


def is_decided_by_person(standing: Standing) -> bool:
    return standing.decided_by is not None and is_person(standing.decided_by)
