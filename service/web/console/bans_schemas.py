"""What the page of bans is asked for, and what its forms send."""

from collections.abc import Mapping
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from service.web.console.queue_schemas import Id, RowNumber
from service.web.parsing import Closed, ClosedQuery

DAYS: Mapping[str, int] = {"day": 1, "week": 7, "month": 30, "year": 365, "lifted": 0}
"""How long a ban lasts; 0 means until somebody lifts it."""


Back = Annotated[
    str, Field(max_length=5_000, pattern=r"^/desk/comments/[0-9a-f-]{36}(\?[A-Za-z0-9/_.~%&=+:,;!$'()*?@-]*)?$")
]
"""The page of the queue that somebody came from, with its filters."""


class BansQuery(ClosedQuery):
    """Whose bans are listed, and whom the form is about."""

    site: str | None = Field(None, max_length=63)
    state: Literal["in_force", "any"] = "in_force"
    comment: UUID | None = None
    cursor: RowNumber | None = None
    back: Back | None = None


class BanForm(Closed):
    """Whom to ban, how, how long and why."""

    site: str = Field(max_length=63)
    kind: Literal["email", "network", "host", "name"]
    comment_id: Id | None = None
    value: str | None = Field(None, max_length=500)
    effect: Literal["hold", "reject", "shadow"]
    lasts: Literal["day", "week", "month", "year", "lifted"]
    reason: str = Field(min_length=1, max_length=300)
    back: Back | None = None


class LiftForm(Closed):
    """On which site a ban is lifted."""

    site: str = Field(max_length=63)
