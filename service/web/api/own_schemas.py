"""Shapes of what authors ask and do with the token of their own comment."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from service.web.api.schemas import MAX_BODY, Shown
from service.web.language import LANGUAGE, LONGEST_TAG
from service.web.parsing import Closed, ClosedQuery

State = Literal["pending", "held", "published", "not_published"]


class StatusQuery(ClosedQuery):
    """In which language the author is told."""

    lang: str | None = Field(None, description=LANGUAGE, max_length=LONGEST_TAG)


class OwnCommentOut(Shown):
    """A comment's newest text, for its author, whether readers see it or not."""

    parent_id: UUID | None
    parent_author: str | None = Field(description="Whom it answers; null where that comment is not to be seen.")
    author_name: str
    author_website: str | None
    body_text: str
    body_html: str
    created_at: datetime
    edited_at: datetime | None
    revision: int


class StatusOut(Shown):
    """Where a comment stands, for its author."""

    id: UUID
    status: State
    detail: str = Field(description="A sentence that says why.")
    help_lines: list[str] = Field(description="For somebody who may need help now; set by the site, mostly empty.")
    message: str | None = Field(description="What the moderator who decided tells the author, where one did.")
    comment: OwnCommentOut
    shown_revision: int | None = Field(description="The revision that readers see now; null for none.")
    editable_until: datetime | None = Field(description="Until when its author may change it; null when not any more.")
    deletable_until: datetime | None = Field(description="Until when its author may delete it, whatever its status.")
    can_appeal: bool = Field(description="Whether its author can object to the decision.")
    can_prove: bool = Field(description="Whether its author can show by a mail that the address is theirs.")


class EditIn(Closed):
    """A new text, and the revision that it replaces."""

    body: str = Field(description="The comment: a subset of Markdown.", max_length=MAX_BODY)
    revision: int = Field(ge=1, le=2**31 - 1, description="As the author saw it; 409 where it is not the newest.")
    lang: str | None = Field(None, description=LANGUAGE, max_length=LONGEST_TAG)


class EditedOut(Shown):
    """Where the comment stands now."""

    id: UUID
    status: State
    revision: int
    editable_until: datetime | None
