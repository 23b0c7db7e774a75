"""What the pages of the review queue are asked for, and what their forms send."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from service.storage.review import Place
from service.web.api.schemas import MAX_MESSAGE, REASON_PATTERN
from service.web.parsing import Closed, ClosedQuery

Number = Annotated[int, Field(strict=False, ge=1, le=2**31 - 1)]
RowNumber = Annotated[int, Field(strict=False, ge=1, le=2**63 - 1)]
Id = Annotated[UUID, Field(strict=False)]


class QueueQuery(ClosedQuery):
    """Which comments the list shows, and from where on."""

    status: Literal["held", "spam", "rejected", "removed", "pending", "published"] = "held"
    site: str | None = Field(None, max_length=63)
    cursor: str | None = Field(None, pattern=r"^[0-9]\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
    done: UUID | None = None

    def place(self) -> Place | None:
        if self.cursor is None:
            return None
        rank, _, comment_id = self.cursor.partition(".")
        return Place(int(rank), UUID(comment_id))

    def kept(self) -> dict[str, Any]:
        """What goes along from page to page: the filters as they stand in an address."""
        chosen = self.model_dump(exclude={"done"}, exclude_defaults=True)
        return {name: value for name, value in chosen.items() if value is not None}


class DecisionForm(Closed):
    """A moderator's decision as the page sends it, and where to go on."""

    decision: Literal["publish", "spam", "reject", "remove", "restore"]
    revision: Number
    reason: str = Field("moderator", pattern=REASON_PATTERN)
    note: str | None = Field(None, max_length=2_000)
    message: str | None = Field(None, max_length=MAX_MESSAGE)
    replaces: RowNumber | None = None
    next: Id | None = None


class UndoForm(Closed):
    """Which decision is taken back."""

    decision_id: RowNumber
