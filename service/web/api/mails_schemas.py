"""Every shape that goes in or out of the outbox."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from service.web.api.schemas import MAX_PAGE, Shown
from service.web.parsing import ClosedQuery


class MailsQuery(ClosedQuery):
    """Which mails to list."""

    site: str | None = Field(None, max_length=63, description="Of all your sites when left out.")
    state: Literal["waiting", "sent", "kept", "dropped", "failed"] | None = None
    cursor: int | None = Field(None, ge=1, le=2**63 - 1, description="`next_cursor` of the page before.")
    limit: int = Field(50, ge=1, le=MAX_PAGE)


class MailOut(Shown):
    """One mail of the outbox."""

    id: int
    site: str
    kind: str
    recipient: str = Field(description="`author`, `reporter`, `moderator`, or `asker` of a link.")
    comment_id: UUID | None
    state: str = Field(
        description="`kept` was not sent, for no mail server is named; `dropped` was overtaken by events."
    )
    problem: str | None = Field(description="What went wrong at the last attempt, in a word.")
    attempts: int
    created_at: datetime
    finished_at: datetime | None
    due_at: datetime | None = Field(description="When it is tried next; null when it is done.")


class MailPageOut(Shown):
    """A page of the outbox, the newest first."""

    mails: list[MailOut]
    next_cursor: int | None


class MailDetailOut(Shown):
    """One mail with its text. Links that act for their addressee are shown to nobody else."""

    mail: MailOut
    to: str | None = Field(description="The masked address; null when there is nothing to send any more.")
    subject: str | None
    text: str | None
