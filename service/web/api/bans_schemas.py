"""Bans: what is sent, and what moderators see."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from service.web.api.queue_schemas import Moment, RowId
from service.web.api.schemas import MAX_PAGE, Shown
from service.web.parsing import Closed, ClosedQuery

Kind = Literal["email", "network", "host", "name"]
Effect = Literal["hold", "reject", "shadow"]


class BanIn(Closed):
    """Whom to ban, how, and until when."""

    kind: Kind
    comment_id: Annotated[UUID, Field(strict=False)] | None = Field(
        None, description="A comment of whom you ban; e-mail address and network are taken from it."
    )
    value: str | None = Field(
        None, min_length=1, max_length=500, description="A website (`host`), or an RE2 pattern (`name`)."
    )
    effect: Effect = Field("reject", description="`shadow`: its author is told that it is published; nobody sees it.")
    reason: str = Field(min_length=1, max_length=300, description="For moderators, who read it with each comment.")
    expires_at: Moment | None = Field(None, description="Without it the ban lasts until it is lifted.")


class BanOut(Shown):
    """One ban. `value` is a website, a pattern or a network; of an e-mail address nothing is shown."""

    id: int
    kind: Kind
    value: str | None
    effect: Effect
    reason: str
    comment_id: UUID | None
    made_by: str
    created_at: datetime
    expires_at: datetime | None
    lifted_by: str | None
    lifted_at: datetime | None
    is_in_force: bool


class BansQuery(ClosedQuery):
    """Which bans."""

    state: Literal["in_force", "any"] = "in_force"
    cursor: RowId | None = Field(None, description="`next_cursor` of the page before.")
    limit: int = Field(50, ge=1, le=MAX_PAGE)


class BansOut(Shown):
    """A page of bans, the newest first."""

    bans: list[BanOut]
    next_cursor: int | None
